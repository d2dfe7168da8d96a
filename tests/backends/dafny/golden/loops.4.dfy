// Dafny 4, printed from loops.ir.

// sum_of_odd, line 2
method sum_of_odd(n: int) returns (result: int)
  ensures result >= 0
{
  var total: int := 0;
  var i: int := 0;
  while i < n
    invariant 0 <= i <= Max(0, n)
    invariant total >= 0
    decreases n - i
  {
    if !(i % 2 == 0) {
      total := total + i;
    }
    i := i + 1;
  }
  return total;
}

// find_pair, line 13
method find_pair(rows: seq<seq<int>>, wanted: int) returns (result: Option<int>)
{
  Prefixes(rows);
  var found: Option<int> := None;
  var items_1: seq<seq<int>> := rows;
  var place_1: int := 0;
  while place_1 < |items_1|
    invariant 0 <= place_1 <= |items_1|
    decreases |items_1| - place_1
  {
    var row: seq<int> := items_1[place_1];
    Prefixes(row);
    var leaving: bool := false;
    var items: seq<int> := row;
    var place: int := 0;
    while place < |items|
      invariant 0 <= place <= |items|
      decreases |items| - place
    {
      var x: int := items[place];
      if x == wanted {
        found := Some(x);
        leaving := true;
        break;
      }
      place := place + 1;
    }
    if leaving {
      break;
    }
    place_1 := place_1 + 1;
  }
  return found;
}

// countdown, line 23
method countdown(n: int) returns (result: int)
  requires n >= 0
  ensures result == 0
{
  var n': int := n;
  n' := n' + 0;
  while n' > 0
    invariant n' >= 0
    decreases n'
  {
    n' := n' - 1;
  }
  return n';
}

// What the functions above lean on.

datatype Option<+T> = None | Some(value: T)

function Max(a: int, b: int): int
{
  if b > a then b else a
}

// What one more element makes of a prefix.
lemma Prefixes<T>(xs: seq<T>)
  ensures xs[..|xs|] == xs && xs[0..] == xs
  ensures forall i {:trigger xs[i]} :: 0 <= i < |xs| ==> xs[i] in xs
  ensures forall i {:trigger xs[i]} :: 0 <= i < |xs| ==> xs[..i + 1] == xs[..i] + [xs[i]]
{
}
