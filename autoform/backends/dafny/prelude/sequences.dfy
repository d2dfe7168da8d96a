// Sequences. Recursion takes the last element off, as loops add it: f(xs[..i + 1]) unfolds to
// f(xs[..i]) and xs[i].

// A slice bound: counted from the end when negative, then clamped.
function ClampIndex(i: int, length: int): int
  requires length >= 0
  ensures 0 <= ClampIndex(i, length) <= length
  ensures 0 <= i <= length ==> ClampIndex(i, length) == i
{
  if i < 0 then (if i + length < 0 then 0 else i + length) else if i > length then length else i
}

// Python's xs[i]
function AtNeg<T>(xs: seq<T>, i: int): T
  requires -|xs| <= i < |xs|
  ensures 0 <= i ==> AtNeg(xs, i) == xs[i]
{
  xs[if i < 0 then i + |xs| else i]
}

function UpdateNeg<T>(xs: seq<T>, i: int, x: T): seq<T>
  requires -|xs| <= i < |xs|
  ensures |UpdateNeg(xs, i, x)| == |xs|
{
  xs[(if i < 0 then i + |xs| else i) := x]
}

// Python's xs[a:b]
function Slice<T>(xs: seq<T>, a: int, b: int): seq<T>
  ensures 0 <= a <= b <= |xs| ==> Slice(xs, a, b) == xs[a..b]
{
  var low := ClampIndex(a, |xs|);
  var high := ClampIndex(b, |xs|);
  if low < high then xs[low..high] else []
}

function SliceFrom<T>(xs: seq<T>, a: int): seq<T>
  ensures 0 <= a <= |xs| ==> SliceFrom(xs, a) == xs[a..]
{
  xs[ClampIndex(a, |xs|)..]
}

function SliceTo<T>(xs: seq<T>, b: int): seq<T>
  ensures 0 <= b <= |xs| ==> SliceTo(xs, b) == xs[..b]
{
  xs[..ClampIndex(b, |xs|)]
}

// A slice bound for a negative step: it may stand before the first place.
function ClampBack(i: int, length: int): int
  requires length >= 0
  ensures -1 <= ClampBack(i, length) < length || length == 0
{
  if i < 0 then (if i + length < -1 then -1 else i + length)
  else if i > length - 1 then length - 1 else i
}

// Python's xs[a:b:step]
function SliceStep<T>(xs: seq<T>, a: Option<int>, b: Option<int>, step: int): seq<T>
  requires step != 0
{
  var n := |xs|;
  if step > 0 then
    var low := if a.None? then 0 else ClampIndex(a.value, n);
    var high := if b.None? then n else ClampIndex(b.value, n);
    Pick(xs, low, step, RangeLength(low, high, step))
  else
    var low := if a.None? then n - 1 else ClampBack(a.value, n);
    var high := if b.None? then -1 else ClampBack(b.value, n);
    var count := RangeLength(low, high, step);
    LastInRange(low, high, step);
    Pick(xs, low, step, count)
}

// xs[start], xs[start + step], ...: `count` elements.
function Pick<T>(xs: seq<T>, start: int, step: int, count: int): seq<T>
  requires count >= 0
  requires count > 0 ==> 0 <= start < |xs| && 0 <= start + (count - 1) * step < |xs|
  ensures |Pick(xs, start, step, count)| == count
  decreases count
{
  if count == 0 then []
  else
    Between(start, step, count);
    Pick(xs, start, step, count - 1) + [xs[start + (count - 1) * step]]
}

// xs[a:b] = ys
function ReplaceSlice<T>(xs: seq<T>, a: int, b: int, ys: seq<T>): seq<T>
{
  var low := ClampIndex(a, |xs|);
  var high := Max(low, ClampIndex(b, |xs|));
  xs[..low] + ys + xs[high..]
}

// xs * n
function Repeat<T>(xs: seq<T>, n: int): seq<T>
  ensures |Repeat(xs, n)| == if n <= 0 then 0 else n * |xs|
  ensures |xs| == 1 ==> forall i :: 0 <= i < n ==> Repeat(xs, n)[i] == xs[0]
{
  if n <= 0 then [] else Repeat(xs, n - 1) + xs
}

// Python's xs.insert(i, x)
function Insert<T>(xs: seq<T>, i: int, x: T): seq<T>
{
  var at := ClampIndex(i, |xs|);
  xs[..at] + [x] + xs[at..]
}

function InsertAt<T>(xs: seq<T>, i: int, x: T): seq<T>
  requires 0 <= i <= |xs|
{
  xs[..i] + [x] + xs[i..]
}

function PopLast<T>(xs: seq<T>): (seq<T>, T)
  requires |xs| > 0
{
  (xs[..|xs| - 1], xs[|xs| - 1])
}

function PopAt<T>(xs: seq<T>, i: int): (seq<T>, T)
  requires -|xs| <= i < |xs|
{
  (DeleteAt(xs, i), AtNeg(xs, i))
}

function DeleteAt<T>(xs: seq<T>, i: int): seq<T>
  requires -|xs| <= i < |xs|
{
  var at := if i < 0 then i + |xs| else i;
  xs[..at] + xs[at + 1..]
}

function Remove<T(==)>(xs: seq<T>, x: T): seq<T>
  requires x in xs
{
  var at := IndexOf(xs, x);
  xs[..at] + xs[at + 1..]
}

function Swap<T>(xs: seq<T>, i: int, j: int): seq<T>
  requires 0 <= i < |xs| && 0 <= j < |xs|
  ensures multiset(Swap(xs, i, j)) == multiset(xs)
{
  xs[i := xs[j]][j := xs[i]]
}

// The first place of x.
function IndexOf<T(==)>(xs: seq<T>, x: T): int
  requires x in xs
  ensures 0 <= IndexOf(xs, x) < |xs| && xs[IndexOf(xs, x)] == x
  ensures forall j :: 0 <= j < IndexOf(xs, x) ==> xs[j] != x
{
  if xs[0] == x then 0 else 1 + IndexOf(xs[1..], x)
}

// How many elements are x. (Dafny 2.3 fails on a `multiset` in the condition of an `if`.)
function CountOf<T(==)>(xs: seq<T>, x: T): int
  ensures CountOf(xs, x) == multiset(xs)[x]
{
  multiset(xs)[x]
}

// Whether each has the elements of the other, as often.
predicate IsPermutation<T(==)>(xs: seq<T>, ys: seq<T>)
{
  multiset(xs) == multiset(ys)
}

function Reverse<T>(xs: seq<T>): seq<T>
  ensures |Reverse(xs)| == |xs|
  ensures forall i :: 0 <= i < |xs| ==> Reverse(xs)[i] == xs[|xs| - 1 - i]
{
  if |xs| == 0 then [] else [xs[|xs| - 1]] + Reverse(xs[..|xs| - 1])
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

function FlatMap<T, U>(xs: seq<T>, f: T --> seq<U>): seq<U>
  requires forall x :: x in xs ==> f.requires(x)
{
  if |xs| == 0 then [] else FlatMap(xs[..|xs| - 1], f) + f(xs[|xs| - 1])
}

function Flatten<T>(xss: seq<seq<T>>): seq<T>
{
  if |xss| == 0 then [] else Flatten(xss[..|xss| - 1]) + xss[|xss| - 1]
}

// f(... f(f(init, xs[0]), xs[1]) ...)
function Fold<T, U>(xs: seq<T>, init: U, f: (U, T) -> U): U
{
  if |xs| == 0 then init else f(Fold(xs[..|xs| - 1], init, f), xs[|xs| - 1])
}

function Enumerate<T>(xs: seq<T>, start: int): seq<(int, T)>
  ensures |Enumerate(xs, start)| == |xs|
  ensures forall i :: 0 <= i < |xs| ==> Enumerate(xs, start)[i] == (start + i, xs[i])
{
  if |xs| == 0 then []
  else Enumerate(xs[..|xs| - 1], start) + [(start + |xs| - 1, xs[|xs| - 1])]
}

// Pairs up to the shorter length.
function Zip<T, U>(xs: seq<T>, ys: seq<U>): seq<(T, U)>
  ensures |Zip(xs, ys)| == Min(|xs|, |ys|)
  ensures forall i :: 0 <= i < |xs| && i < |ys| ==> Zip(xs, ys)[i] == (xs[i], ys[i])
  decreases |xs| + |ys|
{
  if |xs| == 0 || |ys| == 0 then []
  else if |xs| > |ys| then Zip(xs[..|ys|], ys)
  else if |ys| > |xs| then Zip(xs, ys[..|xs|])
  else Zip(xs[..|xs| - 1], ys[..|ys| - 1]) + [(xs[|xs| - 1], ys[|ys| - 1])]
}

function Zip3<T, U, V>(xs: seq<T>, ys: seq<U>, zs: seq<V>): seq<(T, U, V)>
{
  var pairs := Zip(Zip(xs, ys), zs);
  Map(pairs, (p: ((T, U), V)) => (p.0.0, p.0.1, p.1))
}

// How many numbers a range has.
function RangeLength(a: int, b: int, step: int): int
  requires step != 0
  ensures RangeLength(a, b, step) >= 0
  ensures step == 1 ==> RangeLength(a, b, step) == Max(0, b - a)
{
  if step > 0 then (if a < b then (b - a - 1) / step + 1 else 0)
  else if a > b then (a - b - 1) / (-step) + 1 else 0
}

// start, start + step, ...: n numbers.
function Progression(start: int, step: int, n: int): seq<int>
  requires n >= 0
  ensures |Progression(start, step, n)| == n
  ensures forall i :: 0 <= i < n ==> Progression(start, step, n)[i] == start + i * step
  ensures step == 1 ==> forall x :: x in Progression(start, step, n) <==> start <= x < start + n
{
  if n == 0 then [] else Progression(start, step, n - 1) + [start + (n - 1) * step]
}

// Python's range(a, b, step)
function Range(a: int, b: int, step: int): seq<int>
  requires step != 0
  ensures |Range(a, b, step)| == RangeLength(a, b, step)
  ensures forall i :: 0 <= i < |Range(a, b, step)| ==> Range(a, b, step)[i] == a + i * step
  ensures step == 1 ==> forall x :: x in Range(a, b, step) <==> a <= x < b
{
  Progression(a, step, RangeLength(a, b, step))
}

// The last number of a range lies between its bounds.
lemma LastInRange(a: int, b: int, step: int)
  requires step != 0
  ensures step > 0 && a < b ==> a <= a + (RangeLength(a, b, step) - 1) * step < b
  ensures step < 0 && a > b ==> b < a + (RangeLength(a, b, step) - 1) * step <= a
{
}

// All numbers of a progression lie between the first and the last.
lemma Between(start: int, step: int, count: int)
  requires count > 0
  ensures step >= 0 ==> count > 1 ==> start <= start + (count - 2) * step <= start + (count - 1) * step
  ensures step < 0 ==> count > 1 ==> start >= start + (count - 2) * step >= start + (count - 1) * step
{
}

// Rust's xs.windows(n)
function Windows<T>(xs: seq<T>, n: int): seq<seq<T>>
  requires n > 0
{
  if |xs| < n then [] else Windows(xs[..|xs| - 1], n) + [xs[|xs| - n..]]
}

// Rust's xs.chunks(n)
function Chunks<T>(xs: seq<T>, n: int): seq<seq<T>>
  requires n > 0
{
  if |xs| == 0 then [] else if |xs| <= n then [xs] else [xs[..n]] + Chunks(xs[n..], n)
}

predicate Distinct<T(==)>(xs: seq<T>)
{
  forall i, j :: 0 <= i < j < |xs| ==> xs[i] != xs[j]
}

function ToSet<T(==)>(xs: seq<T>): set<T>
{
  set x | x in xs
}

function Sum(xs: seq<int>): int
{
  if |xs| == 0 then 0 else Sum(xs[..|xs| - 1]) + xs[|xs| - 1]
}

function Product(xs: seq<int>): int
{
  if |xs| == 0 then 1 else Product(xs[..|xs| - 1]) * xs[|xs| - 1]
}

function SumReal(xs: seq<real>): real
{
  if |xs| == 0 then 0.0 else SumReal(xs[..|xs| - 1]) + xs[|xs| - 1]
}

function ProductReal(xs: seq<real>): real
{
  if |xs| == 0 then 1.0 else ProductReal(xs[..|xs| - 1]) * xs[|xs| - 1]
}

// What one more element makes of a prefix.
lemma Prefixes<T>(xs: seq<T>)
  ensures xs[..|xs|] == xs && xs[0..] == xs
  ensures forall i {:trigger xs[i]} :: 0 <= i < |xs| ==> xs[i] in xs
  ensures forall i {:trigger xs[i]} :: 0 <= i < |xs| ==> xs[..i + 1] == xs[..i] + [xs[i]]
{
}

lemma Slices<T>(xs: seq<T>)
  ensures forall a, i {:trigger xs[a..i], xs[i]} ::
    0 <= a <= i < |xs| ==> xs[a..i + 1] == xs[a..i] + [xs[i]]
{
}

lemma Suffixes<T>(xs: seq<T>)
  ensures forall i {:trigger xs[i]} :: 0 <= i < |xs| ==> xs[i..] == [xs[i]] + xs[i + 1..]
{
}

lemma SumOfSuffixes(xs: seq<int>)
  ensures forall i {:trigger xs[i]} :: 0 <= i < |xs| ==> Sum(xs[i..]) == xs[i] + Sum(xs[i + 1..])
{
  forall i | 0 <= i < |xs|
    ensures Sum(xs[i..]) == xs[i] + Sum(xs[i + 1..])
  {
    assert xs[i..] == [xs[i]] + xs[i + 1..];
    SumOfAppended([xs[i]], xs[i + 1..]);
  }
}

lemma SumOfAppended(xs: seq<int>, ys: seq<int>)
  ensures Sum(xs + ys) == Sum(xs) + Sum(ys)
{
  if |ys| == 0 {
    assert xs + ys == xs;
  } else {
    assert (xs + ys)[..|xs + ys| - 1] == xs + ys[..|ys| - 1];
    SumOfAppended(xs, ys[..|ys| - 1]);
  }
}
