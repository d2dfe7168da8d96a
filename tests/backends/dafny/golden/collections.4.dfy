// Dafny 4, printed from collections.ir.

// tally, line 2
method tally(words: seq<string>) returns (result: map<string, int>)
{
  Prefixes(words);
  var counts: map<string, int> := map[];
  var items: seq<string> := words;
  var place: int := 0;
  while place < |items|
    invariant 0 <= place <= |items|
    decreases |items| - place
  {
    var word: string := items[place];
    counts := counts[word := MapGetOr(counts, word, 0) + 1];
    place := place + 1;
  }
  return counts;
}

// squares, line 10
function squares(xs: seq<int>): set<int>
{
  set x | x in xs && x > 0 :: x * x
}

// ratios, line 12
function ratios(xs: seq<int>, n: int): seq<int>
{
  Map(Filter(xs, (x: int) => x != 0), (x: int) requires x != 0 => FloorDiv(n, x))
}

// longest_first, line 14
function longest_first(words: seq<string>): seq<string>
{
  SortByKey(words, (w: string) => |w|, (a'''''''''': int, b'''''''''': int) => b'''''''''' < a'''''''''')
}

// smallest, line 18
function smallest(s: set<int>): int
  requires |s| > 0
  ensures smallest(s) in s
{
  SetMin(s)
}

// pair, line 25
function pair(a: int, b: string): (int, string)
{
  (a, b)
}

// one, line 27
function one(a: int): Single<int>
{
  Single(a)
}

// What the functions above lean on.

// A tuple of one item: Dafny reads `(x)` as x.
datatype Single<T> = Single(item: T)

// Python's `//`: rounded towards minus infinity.
function FloorDiv(a: int, b: int): int
  requires b != 0
{
  if b > 0 then a / b else (-a) / (-b)
}

function Map<T, U>(xs: seq<T>, f: T --> U): seq<U>
  requires forall x :: x in xs ==> f.requires(x)
  ensures |Map(xs, f)| == |xs|
  ensures forall i :: 0 <= i < |xs| ==> Map(xs, f)[i] == f(xs[i])
{
  if |xs| == 0 then [] else Map(xs[..|xs| - 1], f) + [f(xs[|xs| - 1])]
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

// What one more element makes of a prefix.
lemma Prefixes<T>(xs: seq<T>)
  ensures xs[..|xs|] == xs && xs[0..] == xs
  ensures forall i {:trigger xs[i]} :: 0 <= i < |xs| ==> xs[i] in xs
  ensures forall i {:trigger xs[i]} :: 0 <= i < |xs| ==> xs[..i + 1] == xs[..i] + [xs[i]]
{
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

lemma HasLeast(s: set<int>)
  requires s != {}
  ensures exists m :: m in s && forall x :: x in s ==> m <= x
  decreases |s|
{
  var x :| x in s;
  if s == {x} {
    assert forall y :: y in s ==> x <= y;
  } else {
    var rest := s - {x};
    assert |rest| < |s|;
    assert rest != {} by {
      if rest == {} {
        assert forall y :: y in s ==> y == x;
        assert s == {x};
      }
    }
    HasLeast(rest);
    var m :| m in rest && forall y :: y in rest ==> m <= y;
    var least := if x < m then x else m;
    assert forall y :: y in s ==> y == x || y in rest;
    assert least in s && forall y :: y in s ==> least <= y;
  }
}

function SetMin(s: set<int>): int
  requires s != {}
  ensures SetMin(s) in s
  ensures forall x :: x in s ==> SetMin(s) <= x
{
  HasLeast(s);
  var m :| m in s && forall x :: x in s ==> m <= x;
  m
}

function MapGetOr<K(==), V>(m: map<K, V>, k: K, other: V): V
{
  if k in m then m[k] else other
}
