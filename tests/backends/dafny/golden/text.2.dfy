// Dafny 2, printed from text.ir.

// greet, line 2
function method greet(name: Str): Str
{
  Text("Hello, \"") + Upper(name) + Text("\"\n")
}

// is_vowel, line 6
predicate method is_vowel(c: Str)
{
  Contains(Text("aeiou"), c) || c == Codes([233]) || c == Codes([128512])
}

// letters, line 10
function method letters(s: Str): seq<Str>
{
  Filter(Letters(s), (c: Str) => IsAlphaText(c) && c != Text(""))
}

// before, line 14
predicate method before(a: Str, b: Str)
{
  TextLess(a, b)
}

// padded, line 16
function method padded(n: int): Str
{
  ZeroFill(IntToText(n), 5) + ZeroFill(SignedDigits(n, Text(""), 16, Text(""), 4), 8)
}

// What the functions above lean on.

newtype Char = c: int | 0 <= c < 0xD800 || 0xE000 <= c < 0x110000

type Str = seq<Char>

function method Ch(c: char): Char
  requires (c as int) < 0xD800 || 0xE000 <= c as int
{
  c as int as Char
}

// A literal.
function method Text(s: string): Str
  requires forall i :: 0 <= i < |s| ==> (s[i] as int) < 0xD800 || 0xE000 <= s[i] as int
  ensures |Text(s)| == |s|
  ensures forall i :: 0 <= i < |s| ==> Text(s)[i] as int == s[i] as int
{
  if |s| == 0 then [] else Text(s[..|s| - 1]) + [Ch(s[|s| - 1])]
}

// A literal by its code points.
function method Codes(s: seq<Char>): Str
{
  s
}

function method Abs(a: int): int
  ensures Abs(a) >= 0
{
  if a < 0 then -a else a
}

// xs * n
function method Repeat<T>(xs: seq<T>, n: int): seq<T>
  ensures |Repeat(xs, n)| == if n <= 0 then 0 else n * |xs|
  ensures |xs| == 1 ==> forall i :: 0 <= i < n ==> Repeat(xs, n)[i] == xs[0]
{
  if n <= 0 then [] else Repeat(xs, n - 1) + xs
}

function method Filter<T>(xs: seq<T>, p: T --> bool): seq<T>
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
function method TextLess(a: Str, b: Str): bool
{
  if |b| == 0 then false
  else if |a| == 0 then true
  else if a[0] != b[0] then a[0] < b[0]
  else TextLess(a[1..], b[1..])
}

predicate method IsAscii(s: Str)
{
  forall i :: 0 <= i < |s| ==> s[i] as int < 128
}

predicate method IsAsciiUpper(c: Char)
{
  65 <= c as int <= 90
}

predicate method IsAsciiLower(c: Char)
{
  97 <= c as int <= 122
}

predicate method IsAsciiLetter(c: Char)
{
  IsAsciiUpper(c) || IsAsciiLower(c)
}

function method ToAsciiUpper(c: Char): Char
  ensures !IsAsciiLower(c) ==> ToAsciiUpper(c) == c
{
  if IsAsciiLower(c) then (c as int - 32) as Char else c
}

predicate method {:axiom} UnicodeIsAlpha(c: Char)

predicate method IsAlphaChar(c: Char)
{
  if c as int < 128 then IsAsciiLetter(c) else UnicodeIsAlpha(c)
}

// list(s)
function method Letters(s: Str): seq<Str>
  ensures |Letters(s)| == |s|
  ensures forall i :: 0 <= i < |s| ==> Letters(s)[i] == [s[i]]
{
  if |s| == 0 then [] else Letters(s[..|s| - 1]) + [[s[|s| - 1]]]
}

// `t in s`
predicate method Contains(s: Str, t: Str)
{
  exists i :: 0 <= i <= |s| - |t| && s[i..i + |t|] == t
}

function method AsciiUpper(s: Str): Str
  ensures |AsciiUpper(s)| == |s|
  ensures forall i :: 0 <= i < |s| ==> AsciiUpper(s)[i] == ToAsciiUpper(s[i])
{
  if |s| == 0 then [] else AsciiUpper(s[..|s| - 1]) + [ToAsciiUpper(s[|s| - 1])]
}

function method {:axiom} UnicodeUpper(s: Str): Str

function method Upper(s: Str): Str
{
  if IsAscii(s) then AsciiUpper(s) else UnicodeUpper(s)
}

predicate method IsAlphaText(s: Str)
{
  |s| > 0 && forall i :: 0 <= i < |s| ==> IsAlphaChar(s[i])
}

function method ZeroFill(s: Str, n: int): Str
{
  if |s| >= n then s
  else if |s| > 0 && (s[0] as int == 43 || s[0] as int == 45)
    then [s[0]] + Repeat(Text("0"), n - |s|) + s[1..]
  else Repeat(Text("0"), n - |s|) + s
}

function method DigitChar(d: int): Char
  requires 0 <= d < 36
{
  if d < 10 then (48 + d) as Char else (87 + d) as Char
}

function method Digits(n: int, base: int): Str
  requires n >= 0 && 2 <= base <= 36
  ensures |Digits(n, base)| > 0
  decreases n
{
  if n < base then [DigitChar(n)] else Digits(n / base, base) + [DigitChar(n % base)]
}

function method IntToText(n: int): Str
  ensures |IntToText(n)| > 0
{
  if n < 0 then Text("-") + Digits(-n, 10) else Digits(n, 10)
}

// Digits with a separator before every group of three, or of `size`.
function method Grouped(digits: Str, separator: Str, size: int): Str
  requires size > 0
  decreases |digits|
{
  if |digits| <= size then digits
  else Grouped(digits[..|digits| - size], separator, size) + separator + digits[|digits| - size..]
}

// format(n, spec) without padding: sign, digits in a base, grouped unless the separator is empty.
function method SignedDigits(n: int, positive: Str, base: int, separator: Str, size: int): Str
  requires 2 <= base <= 36 && size > 0
{
  var digits := Digits(Abs(n), base);
  (if n < 0 then Text("-") else positive) +
  if |separator| == 0 then digits else Grouped(digits, separator, size)
}
