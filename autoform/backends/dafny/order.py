"""Comparisons: `<` and `==` on every type of the IR.

Dafny's `<` on sequences is "proper prefix" and on sets "proper subset"; the IR's is lexicographic.
"""

from __future__ import annotations

from collections.abc import Callable

from autoform.backends.dafny.code import Code, Level, call, logic, member, negation, relation
from autoform.backends.dafny.unit import Unit
from autoform.ir.types import (
    BoolType,
    CharType,
    FloatType,
    IntType,
    MachineIntType,
    MapType,
    OptionType,
    SeqType,
    StrType,
    TupleType,
    Type,
    parts,
    walk_type,
)

__all__ = [
    "Unordered",
    "equal",
    "greater_function",
    "holds_map",
    "is_native",
    "item",
    "less",
    "less_function",
    "unequal",
]


class Unordered(Exception):
    """There is no order to print for the type."""


def is_native(type_: Type) -> bool:
    """Whether Dafny's own `<` is the order of the type."""
    return isinstance(type_, IntType | MachineIntType | FloatType | CharType)


def less(unit: Unit, type_: Type, left: Code, right: Code) -> Code:
    """`left < right`. Both are evaluated."""
    match type_:
        case _ if is_native(type_):
            return relation("<", left, right)
        case BoolType():
            return call(unit.use("BoolLess"), left, right)
        case StrType():
            return call(unit.use("TextLess"), left, right)
        case SeqType(element):
            return call(unit.use("SeqLess"), left, right, less_function(unit, element))
        case OptionType(item):
            return call(unit.use("OptionLess"), left, right, less_function(unit, item))
        case TupleType(items) if left.is_simple and right.is_simple:
            return _tuple_less(unit, items, left, right, 0)
        case TupleType():
            return call(less_function(unit, type_).primary, left, right)
        case _:
            raise Unordered


def less_function(unit: Unit, type_: Type, depth: int = 0) -> Code:
    """The strict order of a type as a function value."""
    match type_:
        case BoolType():
            return Code(unit.use("BoolLess"))
        case StrType():
            return Code(unit.use("TextLess"))
        case TupleType(items):
            return _lambda(unit, type_, depth, lambda x, y: _tuple_less(unit, items, x, y, depth))
        case SeqType(element) | OptionType(element):
            name = unit.use("SeqLess" if isinstance(type_, SeqType) else "OptionLess")
            inner = less_function(unit, element, depth + 1)
            return _lambda(unit, type_, depth, lambda x, y: call(name, x, y, inner))
        case _ if is_native(type_):
            return _lambda(unit, type_, depth, lambda x, y: relation("<", x, y))
        case _:
            raise Unordered


def greater_function(unit: Unit, type_: Type) -> Code:
    """The reverse of the order of a type as a function value."""
    return _lambda(unit, type_, 9, lambda x, y: less(unit, type_, y, x))


def _lambda(unit: Unit, type_: Type, depth: int, body: Callable[[Code, Code], Code]) -> Code:
    suffix = "'" * (depth + 1)
    x, y = f"a{suffix}", f"b{suffix}"

    text = body(Code(x), Code(y))
    spelled = unit.type(type_)
    return Code(f"({x}: {spelled}, {y}: {spelled}) => {text.text}", Level.OPEN)


def _tuple_less(unit: Unit, items: tuple[Type, ...], x: Code, y: Code, depth: int) -> Code:
    """`x.0 < y.0 || (x.0 == y.0 && x.1 < y.1)`, and so on."""
    found = Code("false")
    for place in reversed(range(len(items))):
        a, b = item(x, items, place), item(y, items, place)
        first = _less_at(unit, items[place], a, b, depth)
        if place == len(items) - 1:
            found = first
        else:
            found = logic("||", (first, logic("&&", (equal(unit, items[place], a, b), found))))
    return found


def _less_at(unit: Unit, type_: Type, a: Code, b: Code, depth: int) -> Code:
    match type_:
        case TupleType(items):
            return _tuple_less(unit, items, a, b, depth)
        case SeqType(element) | OptionType(element):
            name = unit.use("SeqLess" if isinstance(type_, SeqType) else "OptionLess")
            return call(name, a, b, less_function(unit, element, depth + 1))
        case _:
            return less(unit, type_, a, b)


def item(value: Code, items: tuple[Type, ...], place: int) -> Code:
    """An item of a tuple."""
    return member(value, "item" if len(items) == 1 else str(place))


def holds_map(type_: Type) -> bool:
    """Whether values of the type hold maps, whose equality must ignore their order."""
    return any(isinstance(part, MapType) for part in walk_type(type_))


def equal(unit: Unit, type_: Type, left: Code, right: Code) -> Code:
    """`left == right`, maps without regard to order."""
    if not unit.ordered_maps or not holds_map(type_):
        return relation("==", left, right)
    if isinstance(type_, MapType) and not any(map(holds_map, parts(type_))):
        return call(unit.use("DictEqual"), left, right)
    raise Unordered


def unequal(unit: Unit, type_: Type, left: Code, right: Code) -> Code:
    """Not `equal`."""
    same = equal(unit, type_, left, right)
    return relation("!=", left, right) if same.level is Level.RELATION else negation(same)
