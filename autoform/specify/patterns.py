"""What may be said of one element of a collection: conditions and functions of a variable.

Types give the common ones (`x > 0`, `x % 2 == 0`, `x * x`). The body's loops and comprehensions
give their own, with what they ran over:

    for i in range(1, n + 1):
        if n % i == 0:          the pattern `n % i == 0` over range(1, n + 1)

An element that is read by its place is a pattern of elements as well: `xs[i] > limit` over
range(len(xs)) is `x > limit` over xs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from autoform.ir.decls import Function
from autoform.ir.exprs import (
    Apply,
    Expr,
    Generator,
    IntLit,
    Quant,
    StrLit,
    Var,
    type_of,
)
from autoform.ir.node import Node
from autoform.ir.ops import apply
from autoform.ir.stmts import Assign, ForEach, ForRange
from autoform.ir.traversal import free_vars, rewrite, walk
from autoform.ir.types import BOOL, INT, STR, IntType, SeqType, Type, is_integer
from autoform.specify.candidate import Pattern
from autoform.specify.expressions import (
    ONE,
    TWO,
    ZERO,
    as_int,
    eq,
    fresh,
    items_of,
    length,
    number,
)
from autoform.specify.vocabulary import expressions, inputs, integer_literals, text_literals

MOST_PATTERNS: Final = 40
_AT: Final = frozenset({"seq.at", "seq.at_neg", "str.at", "str.at_neg"})
_KINDS: Final = ("isdigit", "isalpha", "isupper", "islower", "isspace", "isalnum")


def predicates(function: Function) -> list[Pattern]:
    """Conditions on one element, those of the body first."""
    own = [p for p in body_patterns(function) if type_of(p.expr) == BOOL]
    return [*own, *_common_predicates(function)]


def images(function: Function) -> list[Pattern]:
    """Functions of one element, those of the body first."""
    own = [p for p in body_patterns(function) if type_of(p.expr) != BOOL]
    return [*own, *_common_images(function)]


def _common_predicates(function: Function) -> Iterator[Pattern]:
    x = Var(fresh("x", *inputs(function)), INT)
    yield from (
        Pattern(x.name, INT, condition)
        for condition in (
            apply("gt", x, ZERO),
            apply("ge", x, ZERO),
            apply("lt", x, ZERO),
            eq(apply("floor_mod", x, TWO), ZERO),
            eq(apply("floor_mod", x, TWO), ONE),
        )
    )
    limits = [as_int(value) for value in inputs(function) if is_integer(type_of(value))]
    limits += [number(value) for value in integer_literals(function) if value not in {0, 1, 2}]
    for limit in limits[:5]:
        yield from (
            Pattern(x.name, INT, apply(op, x, limit)) for op in ("eq", "ne", "lt", "le", "gt", "ge")
        )
        if not isinstance(limit, IntLit) or limit.value > 2:
            yield Pattern(x.name, INT, eq(apply("floor_mod", x, limit), ZERO))
    for value in inputs(function):
        element = items_of(type_of(value))
        if isinstance(type_of(value), SeqType) and element is not None:
            name = fresh("x", *inputs(function))
            yield Pattern(name, element, apply("seq.contains", value, Var(name, element)))
    if any(items_of(type_of(value)) == STR for value in inputs(function)):
        yield from _text_predicates(function)


def _text_predicates(function: Function) -> Iterator[Pattern]:
    x = Var(fresh("c", *inputs(function)), STR)
    yield from (Pattern(x.name, STR, apply(f"py.{kind}", x)) for kind in _KINDS)
    others: list[Expr] = [value for value in inputs(function) if type_of(value) == STR]
    others += [StrLit(text) for text in text_literals(function)]
    for other in others:
        yield Pattern(x.name, STR, eq(x, other))
        yield Pattern(x.name, STR, apply("str.contains", other, x))
        yield Pattern(x.name, STR, apply("str.starts_with", x, other))
    for value in inputs(function):
        if is_integer(type_of(value)):
            yield from (
                Pattern(x.name, STR, apply(op, length(x), as_int(value)))
                for op in ("eq", "lt", "le", "gt", "ge")
            )


def _common_images(function: Function) -> Iterator[Pattern]:
    x = Var(fresh("x", *inputs(function)), INT)
    yield Pattern(x.name, INT, x)
    shapes = [
        apply("mul", x, x),
        apply("abs", x),
        apply("neg", x),
        apply("add", x, ONE),
        apply("sub", x, ONE),
        apply("mul", TWO, x),
        apply("mul", apply("mul", x, x), x),
    ]
    for value in inputs(function):
        if is_integer(type_of(value)):
            shapes += [apply(op, x, as_int(value)) for op in ("add", "sub", "mul", "floor_mod")]
    yield from (Pattern(x.name, INT, shape) for shape in shapes)
    c = Var(fresh("c", *inputs(function)), STR)
    yield Pattern(c.name, STR, c)
    yield from (
        Pattern(c.name, STR, shape)
        for shape in (
            length(c),
            apply("str.reverse", c),
            *(apply(f"py.{op}", c) for op in ("upper", "lower", "swapcase", "capitalize", "strip")),
        )
    )


def body_patterns(function: Function) -> list[Pattern]:
    """What the body's loops and comprehensions ask of and make from their variable."""
    fixed = {param.name for param in function.params if not param.inout}
    fixed -= {node.name for node in walk(*function.body) if isinstance(node, Assign)}
    found: list[Pattern] = []
    loops = list(_loops(function))
    for expr in expressions(function):
        for name, type_, source in loops:
            names = free_vars(expr).keys()
            if name not in names or not names - {name} <= fixed:
                continue
            own = source if source is not None and free_vars(source).keys() <= fixed else None
            found.append(Pattern(name, type_, expr, own))
            by_value = _by_value(Pattern(name, type_, expr, own))
            if by_value is not None:
                found.append(by_value)
    for name, type_, source in loops:
        if source is not None and free_vars(source).keys() <= fixed:
            found.append(Pattern(name, type_, Var(name, type_), source))
    return list(dict.fromkeys(found))[:MOST_PATTERNS]


def _loops(function: Function) -> Iterator[tuple[str, Type, Expr | None]]:
    """The variables of loops, with what they run over; a counted-up local runs over nothing."""
    for node in walk(*function.body):
        match node:
            case ForEach(binder, source) | Generator(binder, source):
                yield binder.name, binder.type, source
            case Quant(binder=binder, domain=domain):
                yield binder.name, binder.type, domain
            case ForRange(binder, start, stop, step) if binder.type == INT:
                yield binder.name, binder.type, apply("seq.range", start, stop, step)
            case Assign(name, Apply("add", (Var(own, IntType()), IntLit(1)))) if own == name:
                yield name, INT, None
            case _:
                pass


def _by_value(pattern: Pattern) -> Pattern | None:
    """`xs[i] > 0` of a place i as `x > 0` of an element x."""
    place = Var(pattern.name, pattern.type)
    read = [
        node
        for node in walk(pattern.expr)
        if isinstance(node, Apply) and node.op in _AT and node.args[1] == place
    ]
    if not read or any(node != read[0] for node in read):
        return None
    element = Var(fresh("x", pattern.expr), read[0].type)

    def change(node: Node) -> Node:
        return element if node == read[0] else node

    expr = rewrite(pattern.expr, change)
    if pattern.name in free_vars(expr):
        return None
    return Pattern(element.name, element.type, expr, read[0].args[0])
