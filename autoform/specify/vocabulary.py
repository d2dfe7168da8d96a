"""The words of contracts: terms over the parameters, and parts of the outcome to speak of.

Types give some of them, the function's own text the rest: its literals, its conditions, and
whatever it computes from its parameters alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Final

from autoform.ir.decls import Function, Param
from autoform.ir.exprs import (
    Apply,
    BoolLit,
    Call,
    Expr,
    FloatLit,
    IntLit,
    Lambda,
    NoneLit,
    Old,
    ResultValue,
    StrLit,
    TupleGet,
    Var,
    type_of,
)
from autoform.ir.ops import apply
from autoform.ir.stmts import Assign, Stmt, VarDecl
from autoform.ir.traversal import free_vars, substitute, walk
from autoform.ir.types import (
    BOOL,
    INT,
    STR,
    UNIT,
    BoolType,
    FnType,
    IntType,
    OptionType,
    SeqType,
    TupleType,
    is_integer,
)
from autoform.specify.expressions import (
    ONE,
    TWO,
    ZERO,
    as_int,
    is_sized,
    item,
    length,
    number,
    size,
)

MOST_LITERALS: Final = 8
MOST_BODY_TERMS: Final = 24
LARGEST_TERM: Final = 14
"""Nodes of the longest term taken from a body."""

_LITERALS: Final = (IntLit, BoolLit, FloatLit, StrLit, NoneLit, Var, ResultValue, Lambda)


@dataclass(frozen=True, slots=True)
class Target:
    """A part of the outcome; `guard` says when it is there, as of an optional result."""

    expr: Expr
    guard: Expr | None = None


def at_entry(param: Param) -> Expr:
    """A parameter's value at the call."""
    value = Var(param.name, param.type)
    return Old(value) if param.inout else value


def inputs(function: Function) -> list[Expr]:
    """The parameters at entry."""
    return [at_entry(param) for param in function.params]


def targets(function: Function) -> Iterator[Target]:
    """The result and its parts, then the final values of parameters that change."""
    if function.result != UNIT:
        yield from _parts(ResultValue(function.result), None)
    for param in function.params:
        if param.inout:
            yield from _parts(Var(param.name, param.type), None)


def _parts(value: Expr, guard: Expr | None) -> Iterator[Target]:
    yield Target(value, guard)
    match type_of(value):
        case TupleType(items):
            for place in range(min(len(items), 4)):
                yield from _parts(TupleGet(value, place), guard)
        case OptionType():
            if guard is None:
                present = apply("option.is_some", value)
                yield from _parts(apply("option.unwrap", value), present)
        case _:
            pass


def integer_literals(function: Function) -> list[int]:
    """The integers that the body mentions, the least in size first."""
    found = {node.value for node in walk(*function.body) if isinstance(node, IntLit)}
    return sorted(found, key=lambda value: (abs(value), value))[:MOST_LITERALS]


def text_literals(function: Function) -> list[str]:
    """The texts that the body mentions, messages of exceptions apart."""
    found = (node.value for node in walk(*function.body) if isinstance(node, StrLit))
    return list(dict.fromkeys(found))[:MOST_LITERALS]


def base_integers(function: Function) -> list[Expr]:
    """The integers that inputs are made of: parameters, lengths, sums, extrema, ends."""
    found: list[Expr] = []
    for value in inputs(function):
        found += _integers_of(value)
    return found


def _integers_of(value: Expr) -> Iterator[Expr]:
    type_ = type_of(value)
    if is_integer(type_):
        yield as_int(value)
    elif is_sized(type_):
        yield length(value)
    elif isinstance(type_, TupleType):
        for place, part in enumerate(type_.items[:4]):
            if is_integer(part):
                yield as_int(TupleGet(value, place))
    if isinstance(type_, SeqType) and isinstance(type_.element, IntType):
        for op in ("seq.sum", "seq.max", "seq.min"):
            yield apply(op, value)
        yield item(value, ZERO)
        yield item(value, apply("sub", length(value), ONE))
        yield apply("seq.product", value)


def integer_terms(function: Function) -> list[Expr]:
    """Integers computed from inputs, simple ones first."""
    base = base_integers(function)
    simple = [value for value in base if size(value) <= 2]
    found: list[Expr] = [*base, *(e for e in body_terms(function) if is_integer(type_of(e)))]
    literals = [number(value) for value in integer_literals(function)]
    for value in simple[:5]:
        found += _alone(value, literals)
    joined = [value for value in simple if _is_counted(value)]
    for one, other in combinations(joined[:5], 2):
        found += [apply(op, one, other) for op in ("add", "mul", "min2", "max2", "int.gcd")]
        if len(joined) <= 3:
            found.append(apply("int.lcm", one, other))
    for one, other in permutations(joined[:4], 2):
        found += [apply(op, one, other) for op in ("sub", "floor_div", "floor_mod")]
    for one, two, three in combinations(joined[:4], 3):
        found += [apply(op, apply(op, one, two), three) for op in ("add", "mul", "min2", "max2")]
    return list(dict.fromkeys(found))


def _is_counted(value: Expr) -> bool:
    """Whether the integer is a parameter or a length: others are seldom combined."""
    return not isinstance(value, Apply) or value.op.endswith(".len") or value.op == "int.widen"


def _alone(value: Expr, literals: list[IntLit]) -> Iterator[Expr]:
    """What is commonly made of one integer; a length is neither negative nor squared."""
    if not isinstance(value, Apply):
        yield from (apply("abs", value), apply("neg", value), apply("mul", value, value))
        yield apply("floor_div", apply("mul", value, apply("add", value, ONE)), TWO)
    yield apply("floor_div", value, TWO)
    yield apply("floor_mod", value, TWO)
    for each in literals:
        if each.value > 2:
            yield from (apply(op, value, each) for op in ("floor_div", "floor_mod", "mul"))


def body_terms(function: Function) -> list[Expr]:
    """What the body computes from parameters that it does not change: terms and conditions."""
    fixed = {param.name for param in function.params if not param.inout}
    assigned = {stmt.name for stmt in _statements(function) if isinstance(stmt, Assign)}
    found = (
        expr
        for expr in expressions(function)
        if (names := free_vars(expr).keys()) and names <= fixed - assigned
    )
    return list(dict.fromkeys(found))[:MOST_BODY_TERMS]


def conditions(function: Function) -> list[Expr]:
    """The conditions that the body asks of its parameters alone."""
    return [expr for expr in body_terms(function) if type_of(expr) == BOOL]


def expressions(function: Function) -> Iterator[Expr]:
    """What the body computes, locals that are assigned once replaced by what they hold."""
    known = _assigned_once(function)
    for node in walk(*function.body):
        if isinstance(node, Expr) and is_value(node) and not isinstance(node, _LITERALS):
            expr = _inlined(node, known)
            if size(expr) <= LARGEST_TERM and _is_sayable(expr, function):
                yield expr


def is_value(expr: Expr) -> bool:
    """Whether the expression has a value that contracts can speak of: a function has none."""
    return not isinstance(type_of(expr), FnType)


def _is_sayable(expr: Expr, function: Function) -> bool:
    """Whether the expression may stand in the function's own contract."""
    return not any(
        isinstance(node, Call) and (node.function == function.name or "." in node.function)
        for node in walk(expr)
    )


def _statements(function: Function) -> Iterator[Stmt]:
    return (node for node in walk(*function.body) if isinstance(node, Stmt))


def _assigned_once(function: Function) -> dict[str, Expr]:
    """Locals that never change after their declaration."""
    values: dict[str, Expr] = {}
    counts: Counter[str] = Counter()
    for stmt in _statements(function):
        if isinstance(stmt, VarDecl) and stmt.value is not None:
            values[stmt.name] = stmt.value
            counts[stmt.name] += 1
        elif isinstance(stmt, Assign):
            counts[stmt.name] += 1
    return {name: value for name, value in values.items() if counts[name] == 1}


def _inlined(expr: Expr, known: dict[str, Expr]) -> Expr:
    for _ in range(3):
        names = {name: known[name] for name in free_vars(expr) if name in known}
        if not names or size(expr) > LARGEST_TERM:
            break
        try:
            expr = substitute(expr, names)
        except ValueError:
            break
    return expr


def texts(function: Function) -> list[Expr]:
    """The texts that templates compare with: parameters, their parts, literals."""
    values = [value for value in inputs(function) if type_of(value) == STR]
    return [*values, *(StrLit(text) for text in text_literals(function))]


def truths(function: Function) -> list[Expr]:
    """The parameters that are true or false."""
    return [value for value in inputs(function) if isinstance(type_of(value), BoolType)]


__all__ = [
    "INT",
    "Target",
    "at_entry",
    "base_integers",
    "body_terms",
    "conditions",
    "expressions",
    "inputs",
    "integer_literals",
    "integer_terms",
    "targets",
    "text_literals",
    "texts",
    "truths",
]
