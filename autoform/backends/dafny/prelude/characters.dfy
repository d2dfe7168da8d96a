// Characters. Below 128 everything is defined here; beyond, what the Unicode tables say is left
// open by functions without a body: a proof may not lean on it, and an execution stops there.

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

predicate IsAsciiDigit(c: char)
{
  48 <= c as int <= 57
}

predicate IsAsciiAlphanumeric(c: char)
{
  IsAsciiLetter(c) || IsAsciiDigit(c)
}

predicate IsAsciiPunctuation(c: char)
{
  33 <= c as int <= 126 && !IsAsciiLetter(c) && !IsAsciiDigit(c)
}

predicate IsAsciiSpace(c: char)
{
  c as int == 9 || c as int == 10 || c as int == 12 || c as int == 13 || c as int == 32
}

function ToAsciiUpper(c: char): char
  ensures !IsAsciiLower(c) ==> ToAsciiUpper(c) == c
{
  if IsAsciiLower(c) then (c as int - 32) as char else c
}

function ToAsciiLower(c: char): char
  ensures !IsAsciiUpper(c) ==> ToAsciiLower(c) == c
{
  if IsAsciiUpper(c) then (c as int + 32) as char else c
}

predicate {:axiom} UnicodeIsAlpha(c: char)

predicate {:axiom} UnicodeIsDigit(c: char)

predicate {:axiom} UnicodeIsDecimal(c: char)

predicate {:axiom} UnicodeIsNumeric(c: char)

predicate {:axiom} UnicodeIsUpper(c: char)

predicate {:axiom} UnicodeIsLower(c: char)

predicate {:axiom} UnicodeIsTitle(c: char)

predicate IsAlphaChar(c: char)
{
  if c as int < 128 then IsAsciiLetter(c) else UnicodeIsAlpha(c)
}

predicate IsDigitChar(c: char)
{
  if c as int < 128 then IsAsciiDigit(c) else UnicodeIsDigit(c)
}

predicate IsDecimalChar(c: char)
{
  if c as int < 128 then IsAsciiDigit(c) else UnicodeIsDecimal(c)
}

predicate IsNumericChar(c: char)
{
  if c as int < 128 then IsAsciiDigit(c) else UnicodeIsNumeric(c)
}

predicate IsUpperChar(c: char)
{
  if c as int < 128 then IsAsciiUpper(c) else UnicodeIsUpper(c)
}

predicate IsLowerChar(c: char)
{
  if c as int < 128 then IsAsciiLower(c) else UnicodeIsLower(c)
}

predicate IsTitleChar(c: char)
{
  c as int >= 128 && UnicodeIsTitle(c)
}

// Python's str.isspace on one character: complete.
predicate IsSpaceChar(c: char)
{
  var n := c as int;
  9 <= n <= 13 || 28 <= n <= 32 || n == 0x85 || n == 0xA0 || n == 0x1680 ||
  0x2000 <= n <= 0x200A || n == 0x2028 || n == 0x2029 || n == 0x202F || n == 0x205F || n == 0x3000
}

// Unicode White_Space, Rust's char::is_whitespace: complete.
predicate IsWhiteSpace(c: char)
{
  IsSpaceChar(c) && !(28 <= c as int <= 31)
}

// Where str.splitlines ends a line: complete.
predicate IsLineEnd(c: char)
{
  var n := c as int;
  10 <= n <= 13 || 28 <= n <= 30 || n == 0x85 || n == 0x2028 || n == 0x2029
}

predicate {:axiom} UnicodeAlphabetic(c: char)

predicate {:axiom} UnicodeUppercase(c: char)

predicate {:axiom} UnicodeLowercase(c: char)

predicate {:axiom} UnicodeNumber(c: char)

// Rust's char::is_alphabetic, by the Unicode property, which is not Python's str.isalpha.
predicate IsAlphabetic(c: char)
{
  if c as int < 128 then IsAsciiLetter(c) else UnicodeAlphabetic(c)
}

predicate IsUppercase(c: char)
{
  if c as int < 128 then IsAsciiUpper(c) else UnicodeUppercase(c)
}

predicate IsLowercase(c: char)
{
  if c as int < 128 then IsAsciiLower(c) else UnicodeLowercase(c)
}

predicate IsNumeric(c: char)
{
  if c as int < 128 then IsAsciiDigit(c) else UnicodeNumber(c)
}

predicate IsAlphanumeric(c: char)
{
  IsAlphabetic(c) || IsNumeric(c)
}

function {:axiom} UnicodeToUppercase(c: char): string

function {:axiom} UnicodeToLowercase(c: char): string

function ToUppercase(c: char): string
{
  if c as int < 128 then [ToAsciiUpper(c)] else UnicodeToUppercase(c)
}

function ToLowercase(c: char): string
{
  if c as int < 128 then [ToAsciiLower(c)] else UnicodeToLowercase(c)
}

// The value of a digit in a radix up to 36.
function DigitValue(c: char, radix: int): Option<int>
{
  var n := c as int;
  var value := if 48 <= n <= 57 then n - 48 else if 97 <= n <= 122 then n - 87
    else if 65 <= n <= 90 then n - 55 else 99;
  if value < radix then Some(value) else None
}

predicate IsScalar(n: int)
{
  0 <= n < 0xD800 || 0xE000 <= n < 0x110000
}
