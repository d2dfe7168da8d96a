// What every other part of the prelude stands on: options, results, one-item tuples, text.

datatype Option<+T> = None | Some(value: T)

datatype Result<+T, +E> = Ok(value: T) | Err(error: E)

// A tuple of one item: Dafny reads `(x)` as x.
datatype Single<T> = Single(item: T)

// The value of an expression that is never evaluated.
function Unreachable<T>(): T
  requires false
{
  Unreachable<T>()
}

// Stops a program that was compiled without being verified.
function Stop<T>(): T
  requires false
{
  var none: seq<T> := [];
  none[0]
}

function UnwrapOr<T>(x: Option<T>, other: T): T
{
  if x.Some? then x.value else other
}

// The empty sequence where nothing else says of what.
function Empty<T>(): seq<T>
{
  []
}
