// Dafny 4, printed from expressions.ir.

// factorial, line 2
function factorial(n: int): int
  requires !(n < 0)  // else raises ValueError
  ensures factorial(n) >= 1
  decreases n
{
  assert !(n < 0);  // else raises ValueError
  if n <= 1 then
    1
  else
    var rest: int := factorial(n - 1);
    rest * n
}

// in_range, line 13
predicate in_range(x: int, low: int, high: int)
{
  low <= x < high || (x == 100 && !(low > high))
}

// last, line 17
function last(xs: seq<int>): int
  requires |xs| > 0
{
  xs[|xs| - 1]
}

// both, line 23
predicate both(a: bool, xs: seq<int>)
  requires |xs| > 0
{
  Both(a, (xs[0] > 0))
}

// What the functions above lean on.

// `a & b` on booleans, which evaluates both.
function Both(a: bool, b: bool): bool
{
  a && b
}
