// Dafny 4, printed from text.ir.

// greet, line 2
function greet(name: string): string
{
  "Hello, \"" + Upper(name) + "\"\n"
}

// is_vowel, line 6
predicate is_vowel(c: string)
{
  Contains("aeiou", c) || c == "\U{E9}" || c == "\U{1F600}"
}

// letters, line 10
function letters(s: string): seq<string>
{
  Filter(Letters(s), (c: string) => IsAlphaText(c) && c != "")
}

// before, line 14
predicate before(a: string, b: string)
{
  TextLess(a, b)
}

// padded, line 16
function padded(n: int): string
{
  ZeroFill(IntToText(n), 5) + ZeroFill(SignedDigits(n, "", 16, "", 4), 8)
}

// What the functions above lean on.

function Abs(a: int): int
  ensures Abs(a) >= 0
{
  if a < 0 then -a else a
}

// xs * n
function Repeat<T>(xs: seq<T>, n: int): seq<T>
  ensures |Repeat(xs, n)| == if n <= 0 then 0 else n * |xs|
  ensures |xs| == 1 ==> forall i :: 0 <= i < n ==> Repeat(xs, n)[i] == xs[0]
{
  if n <= 0 then [] else Repeat(xs, n - 1) + xs
}

function Filter<T>(xs: seq<T>, p: T --> bool): seq<T>
  requires forall x :: x in xs ==> p.requires(x)
  ensures |Filter(xs, p)| <= |xs|
  ensures forall x :: x in Filter(xs, p) ==> x in xs && p.requires(x) && p(x)
  ensures forall x {:trigger x in xs} {:trigger x in Filter(xs, p)} :: x in xs && p(x) ==> x in Filter(xs, p)
  ensures |Filter(xs, p)| > 0 ==> Filter(xs, p)[0] in xs && p.requires(Filter(xs, p)[0]) && p(Filter(xs, p)[0])
{
  if |xs| == 0 then []
  else if p(xs[|xs| - 1]) then Filter(xs[..|xs| - 1], p) + [xs[|xs| - 1]]
  else Filter(xs[..|xs| - 1], p)
}

// Lexicographic order of text by code points. Dafny's own `<` on sequences is "proper prefix".
function TextLess(a: string, b: string): bool
{
  if |b| == 0 then false
  else if |a| == 0 then true
  else if a[0] != b[0] then a[0] < b[0]
  else TextLess(a[1..], b[1..])
}

predicate IsAscii(s: string)
{
  forall i :: 0 <= i < |s| ==> s[i] as int < 128
}

predicate IsAsciiUpper(c: char)
{
  65 <= c as int <= 90
}

predicate IsAsciiLower(c: char)
{
  97 <= c as int <= 122
}

predicate IsAsciiLetter(c: char)
{
  IsAsciiUpper(c) || IsAsciiLower(c)
}

function ToAsciiUpper(c: char): char
  ensures !IsAsciiLower(c) ==> ToAsciiUpper(c) == c
{
  if IsAsciiLower(c) then (c as int - 32) as char else c
}

predicate {:axiom} UnicodeIsAlpha(c: char)

predicate IsAlphaChar(c: char)
{
  if c as int < 128 then IsAsciiLetter(c) else UnicodeIsAlpha(c)
}

// list(s)
function Letters(s: string): seq<string>
  ensures |Letters(s)| == |s|
  ensures forall i :: 0 <= i < |s| ==> Letters(s)[i] == [s[i]]
{
  if |s| == 0 then [] else Letters(s[..|s| - 1]) + [[s[|s| - 1]]]
}

// `t in s`
predicate Contains(s: string, t: string)
{
  exists i :: 0 <= i <= |s| - |t| && s[i..i + |t|] == t
}

function AsciiUpper(s: string): string
  ensures |AsciiUpper(s)| == |s|
  ensures forall i :: 0 <= i < |s| ==> AsciiUpper(s)[i] == ToAsciiUpper(s[i])
{
  if |s| == 0 then "" else AsciiUpper(s[..|s| - 1]) + [ToAsciiUpper(s[|s| - 1])]
}

function {:axiom} UnicodeUpper(s: string): string

function Upper(s: string): string
{
  if IsAscii(s) then AsciiUpper(s) else UnicodeUpper(s)
}

predicate IsAlphaText(s: string)
{
  |s| > 0 && forall i :: 0 <= i < |s| ==> IsAlphaChar(s[i])
}

function ZeroFill(s: string, n: int): string
{
  if |s| >= n then s
  else if |s| > 0 && (s[0] as int == 43 || s[0] as int == 45)
    then [s[0]] + Repeat("0", n - |s|) + s[1..]
  else Repeat("0", n - |s|) + s
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
