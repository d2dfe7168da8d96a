// Sets. What depends on an order of the elements takes the least of them first.

function SetRemove<T(==)>(s: set<T>, x: T): set<T>
  requires x in s
{
  s - {x}
}

function SymmetricDifference<T(==)>(s: set<T>, t: set<T>): set<T>
{
  (s - t) + (t - s)
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

lemma HasGreatest(s: set<int>)
  requires s != {}
  ensures exists m :: m in s && forall x :: x in s ==> x <= m
  decreases |s|
{
  var x :| x in s;
  if s == {x} {
    assert forall y :: y in s ==> y <= x;
  } else {
    var rest := s - {x};
    assert |rest| < |s|;
    assert rest != {} by {
      if rest == {} {
        assert forall y :: y in s ==> y == x;
        assert s == {x};
      }
    }
    HasGreatest(rest);
    var m :| m in rest && forall y :: y in rest ==> y <= m;
    var greatest := if m < x then x else m;
    assert forall y :: y in s ==> y == x || y in rest;
    assert greatest in s && forall y :: y in s ==> y <= greatest;
  }
}

function SetMax(s: set<int>): int
  requires s != {}
  ensures SetMax(s) in s
  ensures forall x :: x in s ==> x <= SetMax(s)
{
  HasGreatest(s);
  var m :| m in s && forall x :: x in s ==> x <= m;
  m
}

function SetSum(s: set<int>): int
  decreases |s|
{
  if s == {} then 0 else SetMin(s) + SetSum(s - {SetMin(s)})
}

// The elements, ascending.
function SetSorted(s: set<int>): seq<int>
  ensures forall x :: x in SetSorted(s) <==> x in s
  ensures forall i, j :: 0 <= i < j < |SetSorted(s)| ==> SetSorted(s)[i] < SetSorted(s)[j]
  ensures |SetSorted(s)| == |s|
  decreases |s|
{
  if s == {} then [] else
    var m := SetMin(s);
    assert forall x :: x in s - {m} ==> m < x;
    [m] + SetSorted(s - {m})
}

// `less` orders the elements of s totally.
predicate Orders<T(==)>(s: set<T>, less: (T, T) -> bool)
{
  (forall x, y :: x in s && y in s ==> x == y || less(x, y) || less(y, x)) &&
  (forall x, y :: x in s && y in s ==> !(less(x, y) && less(y, x))) &&
  (forall x, y, z :: x in s && y in s && z in s && less(x, y) && less(y, z) ==> less(x, z))
}

lemma HasFirst<T>(s: set<T>, less: (T, T) -> bool)
  requires s != {} && Orders(s, less)
  ensures exists m :: m in s && forall x :: x in s ==> x == m || less(m, x)
  decreases |s|
{
  var x :| x in s;
  if s == {x} {
    assert forall y :: y in s ==> y == x;
  } else {
    var rest := s - {x};
    assert |rest| < |s|;
    assert rest != {} by {
      if rest == {} {
        assert forall y :: y in s ==> y == x;
        assert s == {x};
      }
    }
    HasFirst(rest, less);
    var m :| m in rest && forall y :: y in rest ==> y == m || less(m, y);
    var first := if less(x, m) then x else m;
    assert forall y :: y in s ==> y == first || less(first, y);
  }
}

function SetFirst<T(==)>(s: set<T>, less: (T, T) -> bool): T
  requires s != {} && Orders(s, less)
  ensures SetFirst(s, less) in s
{
  HasFirst(s, less);
  var m :| m in s && forall x :: x in s ==> x == m || less(m, x);
  m
}

function SetSortedBy<T(==)>(s: set<T>, less: (T, T) -> bool): seq<T>
  requires Orders(s, less)
  ensures |SetSortedBy(s, less)| == |s|
  decreases |s|
{
  if s == {} then [] else
    var m := SetFirst(s, less);
    [m] + SetSortedBy(s - {m}, less)
}

lemma TextOrderAsymmetric(a: string, b: string)
  ensures !(TextLess(a, b) && TextLess(b, a))
  ensures a == b || TextLess(a, b) || TextLess(b, a)
{
  if |a| > 0 && |b| > 0 && a[0] == b[0] {
    TextOrderAsymmetric(a[1..], b[1..]);
    assert a == [a[0]] + a[1..] && b == [b[0]] + b[1..];
  }
}

lemma TextOrderTransitive(a: string, b: string, c: string)
  ensures TextLess(a, b) && TextLess(b, c) ==> TextLess(a, c)
{
  if |a| > 0 && |b| > 0 && |c| > 0 && a[0] == b[0] && b[0] == c[0] {
    TextOrderTransitive(a[1..], b[1..], c[1..]);
  }
}

lemma TextOrders(s: set<string>)
  ensures Orders(s, TextLess)
{
  forall x, y | x in s && y in s
    ensures x == y || TextLess(x, y) || TextLess(y, x)
    ensures !(TextLess(x, y) && TextLess(y, x))
  {
    TextOrderAsymmetric(x, y);
  }
  forall x, y, z | x in s && y in s && z in s && TextLess(x, y) && TextLess(y, z)
    ensures TextLess(x, z)
  {
    TextOrderTransitive(x, y, z);
  }
}

function SetMinText(s: set<string>): string
  requires s != {}
{
  TextOrders(s);
  SetFirst(s, TextLess)
}

function SetMaxText(s: set<string>): string
  requires s != {}
{
  var sorted := SetSortedText(s);
  sorted[|sorted| - 1]
}

function SetSortedText(s: set<string>): seq<string>
  ensures |SetSortedText(s)| == |s|
{
  TextOrders(s);
  SetSortedBy(s, TextLess)
}
