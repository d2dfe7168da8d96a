"""Short ways to build the expressions that templates are made of."""

from __future__ import annotations

from collections.abc import Mapping

from autoform.ir.build import widened
from autoform.ir.exprs import (
    Apply,
    Binder,
    Collection,
    Comprehension,
    Expr,
    Filter,
    Generator,
    IntLit,
    Or,
    Quant,
    Quantifier,
    Var,
    type_of,
)
from autoform.ir.ops import apply
from autoform.ir.traversal import free_vars, substitute, walk
from autoform.ir.types import (
    INT,
    STR,
    IntType,
    MapType,
    SeqType,
    SetType,
    StrType,
    Type,
    element_type,
)

ZERO = IntLit(0, INT)
ONE = IntLit(1, INT)
TWO = IntLit(2, INT)


def number(value: int) -> IntLit:
    """An `Int` literal."""
    return IntLit(value, INT)


def eq(left: Expr, right: Expr) -> Apply:
    """`left == right`."""
    return apply("eq", left, right)


def le(left: Expr, right: Expr) -> Apply:
    """`left <= right`."""
    return apply("le", left, right)


def lt(left: Expr, right: Expr) -> Apply:
    """`left < right`."""
    return apply("lt", left, right)


def add(left: Expr, right: Expr) -> Expr:
    """`left + right`, without additions of zero."""
    if right == ZERO:
        return left
    if isinstance(right, IntLit) and right.value < 0:
        return apply("sub", left, number(-right.value))
    return right if left == ZERO else apply("add", left, right)


def times(left: Expr, right: Expr) -> Expr:
    """`left * right`, without multiplications by one."""
    return right if left == ONE else left if right == ONE else apply("mul", left, right)


def negated(condition: Expr) -> Expr:
    """The opposite, pushed into comparisons."""
    match condition:
        case Apply("not", (inner,)):
            return inner
        case Apply(op, args) if op in _OPPOSITES:
            return apply(_OPPOSITES[op], *args)
        case _:
            return apply("not", condition)


_OPPOSITES = {"eq": "ne", "ne": "eq", "lt": "ge", "ge": "lt", "le": "gt", "gt": "le"}


def implies(premise: Expr, conclusion: Expr) -> Expr:
    """`premise` implies `conclusion`, as a disjunction, which every host language has."""
    return Or((negated(premise), conclusion))


def is_sized(type_: Type) -> bool:
    """Whether values of the type have a length."""
    return isinstance(type_, SeqType | StrType | SetType | MapType)


def length(value: Expr) -> Expr:
    """`len(value)`."""
    match type_of(value):
        case StrType():
            return apply("str.len", value)
        case SetType():
            return apply("set.len", value)
        case MapType():
            return apply("map.len", value)
        case _:
            return apply("seq.len", value)


def item(value: Expr, place: Expr) -> Expr:
    """`value[place]` of a sequence or text, `place` not negative."""
    return apply("str.at" if type_of(value) == STR else "seq.at", value, place)


def items_of(type_: Type) -> Type | None:
    """What a generator over a value of the type yields."""
    return STR if type_ == STR else element_type(type_)


def places(value: Expr) -> Expr:
    """`range(len(value))`."""
    return apply("seq.range", ZERO, length(value), ONE)


def span(start: Expr, stop: Expr) -> Expr:
    """`range(start, stop)`."""
    return apply("seq.range", start, stop, ONE)


def every(name: str, source: Expr, condition: Expr) -> Quant:
    """`all(condition for name in source)`."""
    return Quant(Quantifier.FORALL, _binder(name, source), source, condition)


def some(name: str, source: Expr, condition: Expr) -> Quant:
    """`any(condition for name in source)`."""
    return Quant(Quantifier.EXISTS, _binder(name, source), source, condition)


def listed(element: Expr, name: str, source: Expr, condition: Expr | None = None) -> Comprehension:
    """`[element for name in source if condition]`."""
    clauses: list[Generator | Filter] = [Generator(_binder(name, source), source)]
    if condition is not None:
        clauses.append(Filter(condition))
    return Comprehension(Collection.SEQ, element, tuple(clauses))


def _binder(name: str, source: Expr) -> Binder:
    found = items_of(type_of(source))
    assert found is not None
    return Binder(name, found)


def fresh(base: str, *near: Expr) -> str:
    """A short name that none of the expressions uses."""
    taken = {node.name for node in walk(*near) if isinstance(node, Var | Binder)}
    for name in (base, *_SHORT, *(f"{base}{n}" for n in range(100))):
        if name not in taken:
            return name
    raise AssertionError("more than a hundred names")


_SHORT = ("x", "y", "z", "i", "j", "k", "a", "b")


def with_variable(expr: Expr, name: str, value: Expr) -> Expr:
    """The expression with a variable replaced."""
    return substitute(expr, {name: value}) if name in free_vars(expr) else expr


def size(expr: Expr) -> int:
    """How many nodes one reads."""
    return sum(1 for node in walk(expr) if not isinstance(node, Binder | Generator | Filter))


def with_known(expr: Expr, known: Mapping[str, Expr], most: int) -> Expr | None:
    """The expression with what is known put in; None where that is captured, or has more nodes."""
    try:
        found = substitute(expr, known)
    except ValueError:
        return None
    return None if size(found) > most else found


def as_int(value: Expr) -> Expr:
    """An integer of any width as `Int`."""
    return value if isinstance(type_of(value), IntType) else widened(value)


def is_pure_of(expr: Expr, names: set[str]) -> bool:
    """Whether the expression speaks of these variables only."""
    return free_vars(expr).keys() <= names
