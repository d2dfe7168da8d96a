// Dafny 4, printed from calls.ir.

// is_prime, line 2
method is_prime(n: int) returns (result: bool)
{
  if n < 2 {
    return false;
  }
  var d: int := 2;
  while d < n
    invariant 2 <= d <= Max(2, n)
    decreases n - d
  {
    if FloorMod(n, d) == 0 {
      return false;
    }
    d := d + 1;
  }
  return true;
}

// next_prime, line 8
method next_prime(n: int) returns (result: int)
  ensures is_prime'value(result)
{
  var m: int := n + 1;
  while true
  {
    var called: bool := is_prime(m);
    if called {
      break;
    }
    m := m + 1;
  }
  return m;
}

// by_primality, line 16
method by_primality(xs: seq<int>) returns (result: seq<int>)
{
  return SortByKey(xs, (x: int) requires x in xs => is_prime'value(x), BoolLess);
}

// is_prime_loop1'value, line 4
predicate is_prime_loop1'value(d: int, n: int)
  decreases n - d
{
  if d >= n then
    true
  else
    if FloorMod(n, d) == 0 then
      false
    else
      is_prime_loop1'value(d + 1, n)
}

// is_prime'value, line 2
predicate is_prime'value(n: int)
{
  if n < 2 then
    false
  else
    is_prime_loop1'value(2, n)
}

// What the functions above lean on.

// Python's `%`: the sign of the divisor.
function FloorMod(a: int, b: int): int
  requires b != 0
  ensures b > 0 ==> 0 <= FloorMod(a, b) < b
  ensures b < 0 ==> b < FloorMod(a, b) <= 0
{
  if b > 0 then a % b else -((-a) % (-b))
}

function Max(a: int, b: int): int
{
  if b > a then b else a
}

function InsertByKey<T, K>(xs: seq<T>, x: T, key: T --> K, less: (K, K) -> bool): seq<T>
  requires key.requires(x) && forall y :: y in xs ==> key.requires(y)
  ensures multiset(InsertByKey(xs, x, key, less)) == multiset(xs) + multiset{x}
  ensures forall y :: y in InsertByKey(xs, x, key, less) ==> key.requires(y)
{
  if |xs| == 0 || !less(key(x), key(xs[|xs| - 1])) then xs + [x]
  else
    assert xs == xs[..|xs| - 1] + [xs[|xs| - 1]];
    InsertByKey(xs[..|xs| - 1], x, key, less) + [xs[|xs| - 1]]
}

// Stable, ascending by key.
function SortByKey<T, K>(xs: seq<T>, key: T --> K, less: (K, K) -> bool): seq<T>
  requires forall x :: x in xs ==> key.requires(x)
  ensures multiset(SortByKey(xs, key, less)) == multiset(xs)
  ensures |SortByKey(xs, key, less)| == |xs|
  ensures forall x :: x in SortByKey(xs, key, less) ==> key.requires(x)
{
  if |xs| == 0 then []
  else
    assert xs == xs[..|xs| - 1] + [xs[|xs| - 1]];
    var sorted := InsertByKey(SortByKey(xs[..|xs| - 1], key, less), xs[|xs| - 1], key, less);
    assert |sorted| == |multiset(sorted)|;
    sorted
}

// False before true.
function BoolLess(a: bool, b: bool): bool
{
  !a && b
}
