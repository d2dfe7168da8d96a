// Dafny 4, printed from floats.ir.
// Assumes float-as-real: every float is a real number, and infinity some real number.

// mean, line 4
function mean(xs: seq<real>): real
  requires |xs| > 0
{
  SumReal(xs) / (|xs| as real)
}

// constants, line 10
function constants(): seq<real>
{
  [0.00001, 0.0, 10000000000000000000000.0, 0.1, Infinity()]
}

// distance, line 12
function distance(x: real, y: real): real
{
  Sqrt(x * x + y * y)
}

// What the functions above lean on.

function SumReal(xs: seq<real>): real
{
  if |xs| == 0 then 0.0 else SumReal(xs[..|xs| - 1]) + xs[|xs| - 1]
}

function {:axiom} Sqrt(x: real): real
  requires x >= 0.0
  ensures Sqrt(x) >= 0.0
  ensures Sqrt(x) * Sqrt(x) == x

// The float that stands for infinity: some number.
function {:axiom} Infinity(): real
