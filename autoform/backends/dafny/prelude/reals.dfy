// Floats taken as real numbers, on request only. What real arithmetic does not determine has no
// body: a proof knows of it what its `ensures` says.

function AbsReal(x: real): real
{
  if x < 0.0 then -x else x
}

function MinReal(a: real, b: real): real
{
  if b < a then b else a
}

function MaxReal(a: real, b: real): real
{
  if b > a then b else a
}

function TruncReal(x: real): int
{
  if x < 0.0 then -((-x).Floor) else x.Floor
}

function CeilReal(x: real): int
{
  -((-x).Floor)
}

// To the nearest integer, ties to even.
function RoundEven(x: real): int
{
  var low := x.Floor;
  var rest := x - low as real;
  if rest < 0.5 || (rest == 0.5 && low % 2 == 0) then low else low + 1
}

// To the nearest integer, ties away from zero.
function RoundAway(x: real): int
{
  if x < 0.0 then -((-x + 0.5).Floor) else (x + 0.5).Floor
}

function RoundDigits(x: real, digits: int): real
{
  if digits >= 0 then
    RoundEven(x * Pow(10, digits) as real) as real / Pow(10, digits) as real
  else
    RoundEven(x / Pow(10, -digits) as real) as real * Pow(10, -digits) as real
}

// An integer that has a float of its own.
function ExactReal(a: int): real
  requires -9007199254740992 <= a <= 9007199254740992
{
  a as real
}

// What may be an int or a float in Python, where the two mean the same.
function Numeric(x: real): real
  requires -9007199254740992.0 < x < 9007199254740992.0
{
  x
}

predicate IsIntegral(x: real)
{
  x.Floor as real == x
}

// -1, 0 or 1 as the integer is less than, equal to or greater than the real.
function CompareReal(a: int, x: real): int
{
  if a as real < x then -1 else if (a as real) > x then 1 else 0
}

function FloorDivReal(a: real, b: real): real
  requires b != 0.0
{
  (a / b).Floor as real
}

function FloorModReal(a: real, b: real): real
  requires b != 0.0
{
  a - b * FloorDivReal(a, b)
}

function TruncRemReal(a: real, b: real): real
  requires b != 0.0
{
  a - b * TruncReal(a / b) as real
}

function PowIntReal(a: real, n: int): real
  requires n >= 0
  ensures a != 0.0 ==> PowIntReal(a, n) != 0.0
  decreases n
{
  if n == 0 then 1.0 else PowIntReal(a, n - 1) * a
}

function {:axiom} PowPositiveReal(a: real, b: real): real
  requires a > 0.0
  ensures PowPositiveReal(a, b) > 0.0

predicate PowRealDefined(a: real, b: real)
{
  (a != 0.0 || b >= 0.0) && (a >= 0.0 || IsIntegral(b))
}

function PowReal(a: real, b: real): real
  requires PowRealDefined(a, b)
{
  if IsIntegral(b) then
    if b >= 0.0 then PowIntReal(a, b.Floor) else 1.0 / PowIntReal(a, -(b.Floor))
  else if a == 0.0 then 0.0
  else PowPositiveReal(a, b)
}

function {:axiom} Sqrt(x: real): real
  requires x >= 0.0
  ensures Sqrt(x) >= 0.0
  ensures Sqrt(x) * Sqrt(x) == x

function Hypot(x: real, y: real): real
{
  NotNegative(x, y);
  Sqrt(x * x + y * y)
}

lemma NotNegative(x: real, y: real)
  ensures x * x + y * y >= 0.0
{
}

function {:axiom} Exp(x: real): real
  ensures Exp(x) > 0.0

function {:axiom} Log(x: real): real
  requires x > 0.0

function {:axiom} Log2(x: real): real
  requires x > 0.0

function {:axiom} Log10(x: real): real
  requires x > 0.0

predicate LogBaseDefined(x: real, b: real)
{
  x > 0.0 && b > 0.0 && Log(b) != 0.0
}

function LogBase(x: real, b: real): real
  requires LogBaseDefined(x, b)
{
  Log(x) / Log(b)
}

function {:axiom} Sin(x: real): real
  ensures -1.0 <= Sin(x) <= 1.0

function {:axiom} Cos(x: real): real
  ensures -1.0 <= Cos(x) <= 1.0

function {:axiom} Tan(x: real): real

function {:axiom} Asin(x: real): real
  requires -1.0 <= x <= 1.0

function {:axiom} Acos(x: real): real
  requires -1.0 <= x <= 1.0
  ensures Acos(x) >= 0.0

function {:axiom} Atan(x: real): real

function {:axiom} Atan2(y: real, x: real): real

function {:axiom} Sinh(x: real): real

function {:axiom} Cosh(x: real): real
  ensures Cosh(x) >= 1.0

function {:axiom} Tanh(x: real): real
  ensures -1.0 <= Tanh(x) <= 1.0

function {:axiom} Degrees(x: real): real

function {:axiom} Radians(x: real): real

// math.isclose
function IsClose(a: real, b: real, relative: real, absolute: real): bool
  requires relative >= 0.0 && absolute >= 0.0
{
  AbsReal(a - b) <= MaxReal(relative * MaxReal(AbsReal(a), AbsReal(b)), absolute)
}

// The float that stands for infinity: some number.
function {:axiom} Infinity(): real

function {:axiom} RealToText(x: real): string

predicate {:axiom} IsRealText(s: string)

function {:axiom} TextToReal(s: string): real
  requires IsRealText(s)

function {:axiom} FormatReal(x: real, spec: string): string

predicate {:axiom} FormatsReal(x: real, spec: string)

function CheckedFormatReal(x: real, spec: string): string
  requires FormatsReal(x, spec)
{
  FormatReal(x, spec)
}

// A fact that holds of every real.
function Ignoring(x: real, fact: bool): bool
{
  fact
}
