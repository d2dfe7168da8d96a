// Machine integers. Dafny checks that every result fits.

newtype i8 = x: int | -0x80 <= x < 0x80

newtype i16 = x: int | -0x8000 <= x < 0x8000

newtype i32 = x: int | -0x8000_0000 <= x < 0x8000_0000

newtype i64 = x: int | -0x8000_0000_0000_0000 <= x < 0x8000_0000_0000_0000

newtype i128 = x: int |
  -0x8000_0000_0000_0000_0000_0000_0000_0000 <= x < 0x8000_0000_0000_0000_0000_0000_0000_0000

newtype isize = x: int | -0x8000_0000_0000_0000 <= x < 0x8000_0000_0000_0000

newtype u8 = x: int | 0 <= x < 0x100

newtype u16 = x: int | 0 <= x < 0x1_0000

newtype u32 = x: int | 0 <= x < 0x1_0000_0000

newtype u64 = x: int | 0 <= x < 0x1_0000_0000_0000_0000

newtype u128 = x: int | 0 <= x < 0x1_0000_0000_0000_0000_0000_0000_0000_0000

newtype usize = x: int | 0 <= x < 0x1_0000_0000_0000_0000

// The remainder on a type whose least value is `low`: low % -1 overflows, as the quotient would.
function MachineRem(a: int, b: int, low: int): int
  requires b != 0 && !(a == low && b == -1)
{
  TruncRem(a, b)
}

function MachineMod(a: int, b: int, low: int): int
  requires b != 0 && !(a == low && b == -1)
{
  a % b
}

function FitOption(a: int, low: int, high: int): Option<int>
{
  if low <= a <= high then Some(a) else None
}

// Every sum from the left stays within the type.
predicate SumsFit(xs: seq<int>, low: int, high: int)
{
  forall i :: 0 <= i <= |xs| ==> low <= Sum(xs[..i]) <= high
}

function MachineSum(xs: seq<int>, low: int, high: int): int
  requires SumsFit(xs, low, high)
  ensures low <= MachineSum(xs, low, high) <= high
{
  assert xs[..|xs|] == xs;
  Sum(xs)
}

predicate ProductsFit(xs: seq<int>, low: int, high: int)
{
  forall i :: 0 <= i <= |xs| ==> low <= Product(xs[..i]) <= high
}

function MachineProduct(xs: seq<int>, low: int, high: int): int
  requires ProductsFit(xs, low, high)
  ensures low <= MachineProduct(xs, low, high) <= high
{
  assert xs[..|xs|] == xs;
  Product(xs)
}

function CheckedDiv(a: int, b: int, low: int, high: int): Option<int>
{
  if b == 0 then None else FitOption(TruncDiv(a, b), low, high)
}

function CheckedRem(a: int, b: int, low: int, high: int): Option<int>
{
  if b == 0 || !(low <= TruncDiv(a, b) <= high) then None else Some(TruncRem(a, b))
}

function MachineShiftLeft(a: int, n: int, bits: int): int
  requires 0 <= n < bits
{
  a * Pow(2, n)
}

function MachineShiftRight(a: int, n: int, bits: int): int
  requires 0 <= n < bits
  ensures a >= 0 ==> 0 <= MachineShiftRight(a, n, bits) <= a
  ensures a < 0 ==> a <= MachineShiftRight(a, n, bits) < 0
{
  QuotientShrinks(a, Pow(2, n));
  a / Pow(2, n)
}

// The pattern p of `bits` bits rotated.
function RotateLeft(p: int, n: int, bits: int): int
  requires 0 <= n && bits > 0
{
  p * Pow(2, n % bits) % Pow(2, bits) + p / Pow(2, bits - n % bits)
}

function RotateRight(p: int, n: int, bits: int): int
  requires 0 <= n && bits > 0
{
  RotateLeft(p, (bits - n % bits) % bits, bits)
}

function LeadingZeros(p: int, bits: int): int
{
  bits - BitLength(p)
}

function TrailingZeros(p: int, bits: int): int
  requires p >= 0
{
  if p == 0 then bits else LowZeros(p)
}
