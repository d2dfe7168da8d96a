// Dafny 2, printed from inout.ir.

// push_twice, line 2
method push_twice(xs: seq<int>, x: int) returns (result: int, xs': seq<int>)
  ensures |xs'| == |xs| + 2
{
  xs' := xs;
  xs' := xs' + [x];
  xs' := xs' + [x];
  return |xs'|, xs';
}

// clear, line 10
method clear(xs: seq<int>) returns (xs': seq<int>)
{
  xs' := xs;
  xs' := [];
}

// user, line 14
method user(a: int) returns (result: int)
{
  var ys: seq<int> := [a];
  var n: int;
  n, ys := push_twice(ys, a);
  var unused': int;
  unused', ys := push_twice(ys, a);
  ys := clear(ys);
  return n + |ys|;
}
