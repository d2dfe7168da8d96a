// Dialect 2 only: characters and text. Dafny 2's own `char` is a UTF-16 unit, too small for a
// code point, so a character is a number here, with the range that Dafny 4's `char` has.

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
