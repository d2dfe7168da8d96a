// Order: sorting, least and greatest elements. `less` is a strict order.

// Lexicographic order of sequences.
function SeqLess<T>(xs: seq<T>, ys: seq<T>, less: (T, T) -> bool): bool
{
  if |ys| == 0 then false
  else if |xs| == 0 then true
  else if less(xs[0], ys[0]) then true
  else if less(ys[0], xs[0]) then false
  else SeqLess(xs[1..], ys[1..], less)
}

// Lexicographic order of text by code points. Dafny's own `<` on sequences is "proper prefix".
function TextLess(a: string, b: string): bool
{
  if |b| == 0 then false
  else if |a| == 0 then true
  else if a[0] != b[0] then a[0] < b[0]
  else TextLess(a[1..], b[1..])
}

function OptionLess<T>(a: Option<T>, b: Option<T>, less: (T, T) -> bool): bool
{
  b.Some? && (a.None? || less(a.value, b.value))
}

predicate IsSorted(xs: seq<int>)
{
  forall i, j :: 0 <= i < j < |xs| ==> xs[i] <= xs[j]
}

predicate IsSortedReal(xs: seq<real>)
{
  forall i, j :: 0 <= i < j < |xs| ==> xs[i] <= xs[j]
}

predicate IsSortedBy<T>(xs: seq<T>, less: (T, T) -> bool)
{
  forall i :: 0 <= i < |xs| - 1 ==> !less(xs[i + 1], xs[i])
}

function InsertSorted(xs: seq<int>, x: int): seq<int>
  requires IsSorted(xs)
  ensures IsSorted(InsertSorted(xs, x))
  ensures multiset(InsertSorted(xs, x)) == multiset(xs) + multiset{x}
{
  if |xs| == 0 || xs[|xs| - 1] <= x then xs + [x]
  else
    var last := xs[|xs| - 1];
    var rest := xs[..|xs| - 1];
    assert xs == rest + [last];
    var placed := InsertSorted(rest, x);
    assert forall i :: 0 <= i < |placed| ==> placed[i] in multiset(placed);
    assert forall i :: 0 <= i < |placed| ==> placed[i] in rest || placed[i] == x;
    placed + [last]
}

function Sorted(xs: seq<int>): seq<int>
  ensures IsSorted(Sorted(xs))
  ensures multiset(Sorted(xs)) == multiset(xs)
  ensures |Sorted(xs)| == |xs|
{
  if |xs| == 0 then []
  else
    assert xs == xs[..|xs| - 1] + [xs[|xs| - 1]];
    var sorted := InsertSorted(Sorted(xs[..|xs| - 1]), xs[|xs| - 1]);
    assert |sorted| == |multiset(sorted)|;
    sorted
}

function InsertBy<T>(xs: seq<T>, x: T, less: (T, T) -> bool): seq<T>
  ensures multiset(InsertBy(xs, x, less)) == multiset(xs) + multiset{x}
{
  if |xs| == 0 || !less(x, xs[|xs| - 1]) then xs + [x]
  else
    assert xs == xs[..|xs| - 1] + [xs[|xs| - 1]];
    InsertBy(xs[..|xs| - 1], x, less) + [xs[|xs| - 1]]
}

// Stable: what `less` does not tell apart keeps its order.
function SortBy<T>(xs: seq<T>, less: (T, T) -> bool): seq<T>
  ensures multiset(SortBy(xs, less)) == multiset(xs)
  ensures |SortBy(xs, less)| == |xs|
{
  if |xs| == 0 then []
  else
    assert xs == xs[..|xs| - 1] + [xs[|xs| - 1]];
    var sorted := InsertBy(SortBy(xs[..|xs| - 1], less), xs[|xs| - 1], less);
    assert |sorted| == |multiset(sorted)|;
    sorted
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

function MinOf(xs: seq<int>): int
  requires |xs| > 0
  ensures MinOf(xs) in xs
  ensures forall i :: 0 <= i < |xs| ==> MinOf(xs) <= xs[i]
{
  if |xs| == 1 then xs[0] else Min(MinOf(xs[..|xs| - 1]), xs[|xs| - 1])
}

function MaxOf(xs: seq<int>): int
  requires |xs| > 0
  ensures MaxOf(xs) in xs
  ensures forall i :: 0 <= i < |xs| ==> xs[i] <= MaxOf(xs)
{
  if |xs| == 1 then xs[0] else Max(MaxOf(xs[..|xs| - 1]), xs[|xs| - 1])
}

// The first element that no other comes before.
function FirstBy<T>(xs: seq<T>, less: (T, T) -> bool): T
  requires |xs| > 0
  ensures FirstBy(xs, less) in xs
{
  if |xs| == 1 then xs[0]
  else
    var best := FirstBy(xs[..|xs| - 1], less);
    if less(xs[|xs| - 1], best) then xs[|xs| - 1] else best
}

// The first element whose key no other key comes before.
function FirstByKey<T, K>(xs: seq<T>, key: T --> K, less: (K, K) -> bool): T
  requires |xs| > 0
  requires forall x :: x in xs ==> key.requires(x)
  ensures FirstByKey(xs, key, less) in xs
{
  if |xs| == 1 then xs[0]
  else
    var best := FirstByKey(xs[..|xs| - 1], key, less);
    if less(key(xs[|xs| - 1]), key(best)) then xs[|xs| - 1] else best
}

// The last element whose key comes before no other.
function LastByKey<T, K>(xs: seq<T>, key: T --> K, less: (K, K) -> bool): T
  requires |xs| > 0
  requires forall x :: x in xs ==> key.requires(x)
  ensures LastByKey(xs, key, less) in xs
{
  if |xs| == 1 then xs[0]
  else
    var best := LastByKey(xs[..|xs| - 1], key, less);
    if less(key(xs[|xs| - 1]), key(best)) then best else xs[|xs| - 1]
}

// False before true.
function BoolLess(a: bool, b: bool): bool
{
  !a && b
}
