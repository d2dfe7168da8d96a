// Dafny 4, printed from names.ir.

// method, line 2
function method'(var': int, array2': int, x'_x: int, nau00ef've: int): int
{
  var' + array2' + x'_x + nau00ef've
}

// Max, line 6
function Max'(int': int, string': string): int
{
  Max(int', |string'|)
}

// Main, line 8
method Main'(result: int) returns (result': int)
{
  var while_: int := result;
  while while_ > 0
    decreases while_
  {
    while_ := while_ - 1;
  }
  return while_;
}

// What the functions above lean on.

function Max(a: int, b: int): int
{
  if b > a then b else a
}
