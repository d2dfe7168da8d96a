// Text: sequences of characters. What Python's methods do, with every corner.

function ChrText(n: int): string
  requires IsScalar(n)
{
  [n as char]
}

function OrdText(s: string): int
  requires |s| == 1
{
  s[0] as int
}

// list(s)
function Letters(s: string): seq<string>
  ensures |Letters(s)| == |s|
  ensures forall i :: 0 <= i < |s| ==> Letters(s)[i] == [s[i]]
{
  if |s| == 0 then [] else Letters(s[..|s| - 1]) + [[s[|s| - 1]]]
}

predicate EndsWith(s: string, t: string)
{
  |t| <= |s| && s[|s| - |t|..] == t
}

// `t in s`
predicate Contains(s: string, t: string)
{
  exists i :: 0 <= i <= |s| - |t| && s[i..i + |t|] == t
}

// The first place of t in s at or after `start`, or -1.
function FindFrom(s: string, t: string, start: int): int
  requires start >= 0
  ensures FindFrom(s, t, start) == -1 || start <= FindFrom(s, t, start) <= |s| - |t|
  ensures FindFrom(s, t, start) >= 0 ==>
    s[FindFrom(s, t, start)..FindFrom(s, t, start) + |t|] == t
  decreases |s| - start
{
  if start + |t| > |s| then -1
  else if s[start..start + |t|] == t then start
  else FindFrom(s, t, start + 1)
}

// s.find(t, a)
function FindAfter(s: string, t: string, a: int): int
{
  FindFrom(s, t, if a < 0 then Max(0, a + |s|) else a)
}

function Find(s: string, t: string): int
  ensures -1 <= Find(s, t) <= |s| - |t| || Find(s, t) == -1
{
  FindFrom(s, t, 0)
}

// The last place of t in s at or before `start`, or -1.
function FindBefore(s: string, t: string, start: int): int
  requires -1 <= start <= |s| - |t| || start < 0
  ensures FindBefore(s, t, start) == -1 || 0 <= FindBefore(s, t, start) <= start
  decreases start + 1
{
  if start < 0 then -1
  else if s[start..start + |t|] == t then start
  else FindBefore(s, t, start - 1)
}

function FindLast(s: string, t: string): int
{
  FindBefore(s, t, |s| - |t|)
}

// s.index(t)
function PlaceOf(s: string, t: string): int
  requires Find(s, t) >= 0
{
  Find(s, t)
}

// s.rindex(t)
function LastPlaceOf(s: string, t: string): int
  requires FindLast(s, t) >= 0
{
  FindLast(s, t)
}

// Non-overlapping occurrences at or after `start`, for a t that is not empty.
function CountFrom(s: string, t: string, start: int): int
  requires |t| > 0 && start >= 0
  ensures CountFrom(s, t, start) >= 0
  decreases |s| - start
{
  var at := FindFrom(s, t, start);
  if at < 0 then 0 else 1 + CountFrom(s, t, at + |t|)
}

function CountText(s: string, t: string): int
  ensures CountText(s, t) >= 0
{
  if |t| == 0 then |s| + 1 else CountFrom(s, t, 0)
}

// The first n occurrences replaced, all for n < 0.
function ReplaceText(s: string, old_: string, new_: string, n: int): string
  decreases |s|
{
  if n == 0 then s
  else if |old_| == 0 then
    new_ + if |s| == 0 then "" else [s[0]] + ReplaceText(s[1..], old_, new_, n - 1)
  else
    var at := Find(s, old_);
    if at < 0 then s
    else s[..at] + new_ + ReplaceText(s[at + |old_|..], old_, new_, n - 1)
}

function Join(separator: string, parts: seq<string>): string
{
  if |parts| == 0 then ""
  else if |parts| == 1 then parts[0]
  else Join(separator, parts[..|parts| - 1]) + separator + parts[|parts| - 1]
}

// s.split(separator, n): at most n splits, all for n < 0.
function Split(s: string, separator: string, n: int): seq<string>
  requires |separator| > 0
  ensures |Split(s, separator, n)| > 0
  decreases |s|
{
  var at := Find(s, separator);
  if n == 0 || at < 0 then [s]
  else [s[..at]] + Split(s[at + |separator|..], separator, n - 1)
}

// The first place at or after i that is no space, or the end.
function SkipSpace(s: string, i: int): int
  requires 0 <= i <= |s|
  ensures i <= SkipSpace(s, i) <= |s|
  ensures SkipSpace(s, i) < |s| ==> !IsSpaceChar(s[SkipSpace(s, i)])
  decreases |s| - i
{
  if i < |s| && IsSpaceChar(s[i]) then SkipSpace(s, i + 1) else i
}

// The first place at or after i that is a space, or the end.
function SkipWord(s: string, i: int): int
  requires 0 <= i <= |s|
  ensures i <= SkipWord(s, i) <= |s|
  ensures i < |s| && !IsSpaceChar(s[i]) ==> SkipWord(s, i) > i
  decreases |s| - i
{
  if i < |s| && !IsSpaceChar(s[i]) then SkipWord(s, i + 1) else i
}

// s.split()
function Words(s: string): seq<string>
  decreases |s|
{
  var a := SkipSpace(s, 0);
  if a == |s| then []
  else
    var b := SkipWord(s, a);
    [s[a..b]] + Words(s[b..])
}

function SkipLine(s: string, i: int): int
  requires 0 <= i <= |s|
  ensures i <= SkipLine(s, i) <= |s|
  decreases |s| - i
{
  if i < |s| && !IsLineEnd(s[i]) then SkipLine(s, i + 1) else i
}

// s.splitlines()
function Lines(s: string): seq<string>
  decreases |s|
{
  if |s| == 0 then []
  else
    var end := SkipLine(s, 0);
    if end == |s| then [s]
    else
      var two := end + 1 < |s| && s[end] as int == 13 && s[end + 1] as int == 10;
      [s[..end]] + Lines(s[end + (if two then 2 else 1)..])
}

function TrimLeft(s: string): string
{
  s[SkipSpace(s, 0)..]
}

function TrimRight(s: string): string
{
  if |s| > 0 && IsSpaceChar(s[|s| - 1]) then TrimRight(s[..|s| - 1]) else s
}

function Trim(s: string): string
{
  TrimRight(TrimLeft(s))
}

function TrimLeftChars(s: string, chars: string): string
{
  if |s| > 0 && s[0] in chars then TrimLeftChars(s[1..], chars) else s
}

function TrimRightChars(s: string, chars: string): string
{
  if |s| > 0 && s[|s| - 1] in chars then TrimRightChars(s[..|s| - 1], chars) else s
}

function TrimChars(s: string, chars: string): string
{
  TrimRightChars(TrimLeftChars(s, chars), chars)
}

function RemovePrefix(s: string, t: string): string
{
  if t <= s then s[|t|..] else s
}

function RemoveSuffix(s: string, t: string): string
{
  if EndsWith(s, t) then s[..|s| - |t|] else s
}

function AsciiUpper(s: string): string
  ensures |AsciiUpper(s)| == |s|
  ensures forall i :: 0 <= i < |s| ==> AsciiUpper(s)[i] == ToAsciiUpper(s[i])
{
  if |s| == 0 then "" else AsciiUpper(s[..|s| - 1]) + [ToAsciiUpper(s[|s| - 1])]
}

function AsciiLower(s: string): string
  ensures |AsciiLower(s)| == |s|
  ensures forall i :: 0 <= i < |s| ==> AsciiLower(s)[i] == ToAsciiLower(s[i])
{
  if |s| == 0 then "" else AsciiLower(s[..|s| - 1]) + [ToAsciiLower(s[|s| - 1])]
}

function AsciiSwap(s: string): string
  ensures |AsciiSwap(s)| == |s|
{
  if |s| == 0 then ""
  else
    var c := s[|s| - 1];
    AsciiSwap(s[..|s| - 1]) + [if IsAsciiLower(c) then ToAsciiUpper(c) else ToAsciiLower(c)]
}

// Each run of letters begins with a capital.
function AsciiTitle(s: string): string
{
  if |s| == 0 then ""
  else
    var c := s[|s| - 1];
    var inside := |s| > 1 && IsAsciiLetter(s[|s| - 2]);
    AsciiTitle(s[..|s| - 1]) + [if inside then ToAsciiLower(c) else ToAsciiUpper(c)]
}

function {:axiom} UnicodeUpper(s: string): string

function {:axiom} UnicodeLower(s: string): string

function {:axiom} UnicodeCasefold(s: string): string

function {:axiom} UnicodeSwapcase(s: string): string

function {:axiom} UnicodeCapitalize(s: string): string

function {:axiom} UnicodeTitle(s: string): string

predicate {:axiom} UnicodeIsIdentifier(s: string)

predicate {:axiom} UnicodeIsTitleText(s: string)

function Upper(s: string): string
{
  if IsAscii(s) then AsciiUpper(s) else UnicodeUpper(s)
}

function Lower(s: string): string
{
  if IsAscii(s) then AsciiLower(s) else UnicodeLower(s)
}

function Casefold(s: string): string
{
  if IsAscii(s) then AsciiLower(s) else UnicodeCasefold(s)
}

function Swapcase(s: string): string
{
  if IsAscii(s) then AsciiSwap(s) else UnicodeSwapcase(s)
}

function Capitalize(s: string): string
{
  if IsAscii(s) then AsciiUpper(s[..Min(1, |s|)]) + AsciiLower(s[Min(1, |s|)..])
  else UnicodeCapitalize(s)
}

function Title(s: string): string
{
  if IsAscii(s) then AsciiTitle(s) else UnicodeTitle(s)
}

predicate IsAlphaText(s: string)
{
  |s| > 0 && forall i :: 0 <= i < |s| ==> IsAlphaChar(s[i])
}

predicate IsDigitText(s: string)
{
  |s| > 0 && forall i :: 0 <= i < |s| ==> IsDigitChar(s[i])
}

predicate IsDecimalText(s: string)
{
  |s| > 0 && forall i :: 0 <= i < |s| ==> IsDecimalChar(s[i])
}

predicate IsNumericText(s: string)
{
  |s| > 0 && forall i :: 0 <= i < |s| ==> IsNumericChar(s[i])
}

predicate IsAlnumText(s: string)
{
  |s| > 0 && forall i :: 0 <= i < |s| ==>
    IsAlphaChar(s[i]) || IsDecimalChar(s[i]) || IsDigitChar(s[i]) || IsNumericChar(s[i])
}

predicate IsSpaceText(s: string)
{
  |s| > 0 && forall i :: 0 <= i < |s| ==> IsSpaceChar(s[i])
}

predicate IsUpperText(s: string)
{
  (exists i :: 0 <= i < |s| && IsUpperChar(s[i])) &&
  (forall i :: 0 <= i < |s| ==> !IsLowerChar(s[i]) && !IsTitleChar(s[i]))
}

predicate IsLowerText(s: string)
{
  (exists i :: 0 <= i < |s| && IsLowerChar(s[i])) &&
  (forall i :: 0 <= i < |s| ==> !IsUpperChar(s[i]) && !IsTitleChar(s[i]))
}

predicate IsAsciiTitle(s: string)
{
  (exists i :: 0 <= i < |s| && IsAsciiLetter(s[i])) &&
  (forall i :: 0 <= i < |s| ==>
    (IsAsciiUpper(s[i]) ==> i == 0 || !IsAsciiLetter(s[i - 1])) &&
    (IsAsciiLower(s[i]) ==> i > 0 && IsAsciiLetter(s[i - 1])))
}

predicate IsTitleText(s: string)
{
  if IsAscii(s) then IsAsciiTitle(s) else UnicodeIsTitleText(s)
}

predicate IsAsciiIdentifier(s: string)
{
  |s| > 0 && !IsAsciiDigit(s[0]) &&
  forall i :: 0 <= i < |s| ==> IsAsciiLetter(s[i]) || IsAsciiDigit(s[i]) || s[i] as int == 95
}

predicate IsIdentifier(s: string)
{
  if IsAscii(s) then IsAsciiIdentifier(s) else UnicodeIsIdentifier(s)
}

function ZeroFill(s: string, n: int): string
{
  if |s| >= n then s
  else if |s| > 0 && (s[0] as int == 43 || s[0] as int == 45)
    then [s[0]] + Repeat("0", n - |s|) + s[1..]
  else Repeat("0", n - |s|) + s
}

function PadRight(s: string, n: int, fill: string): string
  requires |fill| == 1
{
  s + Repeat(fill, n - |s|)
}

function PadLeft(s: string, n: int, fill: string): string
  requires |fill| == 1
{
  Repeat(fill, n - |s|) + s
}

// s.center(n, fill): an odd rest goes to the left of an odd width, else to the right.
function PadBoth(s: string, n: int, fill: string): string
  requires |fill| == 1
{
  if n <= |s| then s
  else
    var rest := n - |s|;
    var left := rest / 2 + (if rest % 2 == 1 && n % 2 == 1 then 1 else 0);
    Repeat(fill, left) + s + Repeat(fill, rest - left)
}

function DigitChar(d: int): char
  requires 0 <= d < 36
{
  if d < 10 then (48 + d) as char else (87 + d) as char
}

function Digits(n: int, base: int): string
  requires n >= 0 && 2 <= base <= 36
  ensures |Digits(n, base)| > 0
  decreases n
{
  if n < base then [DigitChar(n)] else Digits(n / base, base) + [DigitChar(n % base)]
}

function IntToText(n: int): string
  ensures |IntToText(n)| > 0
{
  if n < 0 then "-" + Digits(-n, 10) else Digits(n, 10)
}

function BoolToText(b: bool): string
{
  if b then "True" else "False"
}

// bin, oct, hex: sign, prefix, digits.
function BaseText(n: int, prefix: string, base: int): string
  requires 2 <= base <= 36
{
  (if n < 0 then "-" else "") + prefix + Digits(Abs(n), base)
}

// The value of digits in a base, single underscores allowed between them.
function ParseDigits(s: string, base: int): Option<int>
{
  if |s| == 0 then None
  else
    var digit := DigitValue(s[|s| - 1], base);
    if digit.None? then None
    else if |s| == 1 then digit
    else
      var high := ParseDigits(s[..|s| - 1 - (if s[|s| - 2] as int == 95 then 1 else 0)], base);
      if high.None? then None else Some(high.value * base + digit.value)
}

// C's isspace, which is what int() strips from ASCII text.
predicate IsPlainSpace(c: char)
{
  9 <= c as int <= 13 || c as int == 32
}

function TrimPlain(s: string): string
{
  if |s| > 0 && IsPlainSpace(s[0]) then TrimPlain(s[1..])
  else if |s| > 0 && IsPlainSpace(s[|s| - 1]) then TrimPlain(s[..|s| - 1])
  else s
}

function {:axiom} UnicodeParseInt(s: string, base: int): Option<int>

// int(s, base), none where it raises.
function ParseInt(s: string, base: int): Option<int>
{
  if !IsAscii(s) then UnicodeParseInt(s, base)
  else if base != 0 && !(2 <= base <= 36) then None
  else
    var t := TrimPlain(s);
    var negative := |t| > 0 && t[0] as int == 45;
    var u := if negative || (|t| > 0 && t[0] as int == 43) then t[1..] else t;
    var value := ParsePrefixed(u, base);
    if value.Some? && negative then Some(-value.value) else value
}

function BasePrefix(s: string): int
{
  if |s| < 2 || s[0] as int != 48 then 0
  else
    var c := ToAsciiLower(s[1]) as int;
    if c == 120 then 16 else if c == 111 then 8 else if c == 98 then 2 else 0
}

function ParsePrefixed(s: string, base: int): Option<int>
  requires base == 0 || 2 <= base <= 36
{
  var prefix := BasePrefix(s);
  if prefix != 0 && (base == 0 || base == prefix) then
    ParseDigits(if |s| > 2 && s[2] as int == 95 then s[3..] else s[2..], prefix)
  else if base == 0 then
    var value := ParseDigits(s, 10);
    if value.Some? && value.value != 0 && s[0] as int == 48 then None else value
  else ParseDigits(s, base)
}

// int(s, base)
function ParsedInt(s: string, base: int): int
  requires ParseInt(s, base).Some?
{
  ParseInt(s, base).value
}

// Rust's s.parse(): decimal digits after a sign, minus only for signed types.
function ParseRust(s: string, signed_: bool): Option<int>
{
  var negative := signed_ && |s| > 0 && s[0] as int == 45;
  var u := if negative || (|s| > 0 && s[0] as int == 43) then s[1..] else s;
  if |u| == 0 || exists i :: 0 <= i < |u| && !IsAsciiDigit(u[i]) then None
  else
    var value := ParseDigits(u, 10);
    if value.Some? && negative then Some(-value.value) else value
}

function ParseWithin(s: string, low: int, high: int): Option<int>
  ensures ParseWithin(s, low, high).Some? ==> low <= ParseWithin(s, low, high).value <= high
{
  var value := ParseRust(s, low < 0);
  if value.Some? && low <= value.value <= high then value else None
}

function Utf8Length(s: string): int
{
  if |s| == 0 then 0
  else
    var n := s[|s| - 1] as int;
    Utf8Length(s[..|s| - 1]) +
    if n < 0x80 then 1 else if n < 0x800 then 2 else if n < 0x10000 then 3 else 4
}

// Digits with a separator before every group of three, or of `size`.
function Grouped(digits: string, separator: string, size: int): string
  requires size > 0
  decreases |digits|
{
  if |digits| <= size then digits
  else Grouped(digits[..|digits| - size], separator, size) + separator + digits[|digits| - size..]
}

// format(n, spec) without padding: sign, digits in a base, grouped unless the separator is empty.
function SignedDigits(n: int, positive: string, base: int, separator: string, size: int): string
  requires 2 <= base <= 36 && size > 0
{
  var digits := Digits(Abs(n), base);
  (if n < 0 then "-" else positive) +
  if |separator| == 0 then digits else Grouped(digits, separator, size)
}

// format(s, "^n"): an odd rest goes to the right.
function PadMiddle(s: string, n: int, fill: string): string
  requires |fill| == 1
{
  var rest := Max(0, n - |s|);
  Repeat(fill, rest / 2) + s + Repeat(fill, rest - rest / 2)
}

// format() with a spec that suits every value, not defined here.
function {:axiom} FormatInt(n: int, spec: string): string

function {:axiom} FormatText(s: string, spec: string): string

// format() with a spec that may raise.
predicate {:axiom} FormatsInt(n: int, spec: string)

predicate {:axiom} FormatsText(s: string, spec: string)

function CheckedFormatInt(n: int, spec: string): string
  requires FormatsInt(n, spec)
{
  FormatInt(n, spec)
}

function CheckedFormatText(s: string, spec: string): string
  requires FormatsText(s, spec)
{
  FormatText(s, spec)
}
