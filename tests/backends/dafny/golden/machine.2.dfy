// Dafny 2, printed from machine.ir.

// average, line 2
function method average(a: u32, b: u32): u32
{
  (a + b) / 2
}

// mixed, line 4
function method mixed(a: i32, b: i64): Option<i32>
{
  var it' := (WrapSigned(((a as i64) as int) + (b as int), 18446744073709551616) as i64) as int; if -2147483648 <= it' <= 2147483647 then Some(it' as i32) else None
}

// total, line 8
function method total(xs: seq<u8>): u8
{
  MachineSum(Map(xs, (it': u8) => it' as int), 0, 255) as u8
}

// minimum, line 10
function method minimum(): i32
{
  ((-2147483648) as i32)
}

// What the functions above lean on.

datatype Option<+T> = None | Some(value: T)

newtype i32 = x: int | -0x8000_0000 <= x < 0x8000_0000

newtype i64 = x: int | -0x8000_0000_0000_0000 <= x < 0x8000_0000_0000_0000

newtype u8 = x: int | 0 <= x < 0x100

newtype u32 = x: int | 0 <= x < 0x1_0000_0000

// Every sum from the left stays within the type.
predicate method SumsFit(xs: seq<int>, low: int, high: int)
{
  forall i :: 0 <= i <= |xs| ==> low <= Sum(xs[..i]) <= high
}

function method MachineSum(xs: seq<int>, low: int, high: int): int
  requires SumsFit(xs, low, high)
  ensures low <= MachineSum(xs, low, high) <= high
{
  assert xs[..|xs|] == xs;
  Sum(xs)
}

// a modulo m into [-m/2, m/2), for an even m.
function method WrapSigned(a: int, m: int): int
  requires m > 0 && m % 2 == 0
  ensures -(m / 2) <= WrapSigned(a, m) < m / 2
{
  (a + m / 2) % m - m / 2
}

function method Map<T, U>(xs: seq<T>, f: T --> U): seq<U>
  requires forall x :: x in xs ==> f.requires(x)
  ensures |Map(xs, f)| == |xs|
  ensures forall i :: 0 <= i < |xs| ==> Map(xs, f)[i] == f(xs[i])
{
  if |xs| == 0 then [] else Map(xs[..|xs| - 1], f) + [f(xs[|xs| - 1])]
}

function method Sum(xs: seq<int>): int
{
  if |xs| == 0 then 0 else Sum(xs[..|xs| - 1]) + xs[|xs| - 1]
}
