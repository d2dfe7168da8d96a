// Dafny 4, printed from data.ir.

datatype Point = Point(x: int, y: int)
datatype Shape = Empty | Circle(Circle_0: Point, Circle_1: int) | type'(type'_0: int)
datatype Tree<T> = Leaf | Node(Node_0: Tree<T>, Node_1: T, Node_2: Tree<T>)
const LIMIT: int := 10 + 1

// move, line 7
function move(p: Point, dx: int): Point
{
  p.(x := p.x + dx)
}

// area, line 9
function area(s: Shape): int
  requires s.Circle?
{
  s.Circle_1 * LIMIT
}

// make, line 15
function make(r: int): Shape
{
  Shape.Circle(Point(0, r), r)
}

// depth, line 17
function depth<T(==)>(t: Tree<T>): int
{
  if t.Node? then
    1 + Max(depth(t.Node_0), depth(t.Node_2))
  else
    0
}

// first_or, line 22
function first_or<T(==)>(xs: seq<T>, other: T): T
{
  if |xs| > 0 then
    xs[0]
  else
    other
}

// What the functions above lean on.

function Max(a: int, b: int): int
{
  if b > a then b else a
}
