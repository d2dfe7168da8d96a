"""Values of each type at its corners, and operands on which an operator is worth trying."""

from __future__ import annotations

from itertools import islice, product
from random import Random
from typing import Final

from autoform.ir.decls import Function
from autoform.ir.types import (
    BoolType,
    CharType,
    IntType,
    MachineIntType,
    MapType,
    OptionType,
    ResultType,
    SeqType,
    SetType,
    StrType,
    TupleType,
    Type,
)
from autoform.semantics.values import NONE, Err, MapValue, Ok, Some, Value

__all__ = ["operands", "values"]

_INTEGERS: Final = (0, 1, -1, 2, 3, -4, 7, 10, -13, 16, 35, 255, -256, 1000, -(10**12) - 7, 1 << 70)
_TEXTS: Final = (
    "",
    "a",
    "abc",
    "aXbX",
    "Hello World",
    "  a b\tc ",
    "aaa",
    "12",
    "-7",
    "+1_0",
    "0x1F",
    "ab\ncd\r\nef\r",
    "Title Case",
    "x_1",
    "\x1c5\x1f",
    "1",
    "ABC",
    " ",
    "a,b,,c",
)
_CHARACTERS: Final = ("a", "Z", "0", " ", "_", "\t", "\x1c", "~", "f")


def values(type_: Type) -> tuple[Value, ...]:
    """Some values of the type."""
    match type_:
        case IntType():
            return _INTEGERS
        case MachineIntType():
            fitting = (n for n in _INTEGERS if type_.minimum <= n <= type_.maximum)
            return (*fitting, type_.minimum, type_.maximum)
        case BoolType():
            return (False, True)
        case CharType():
            return _CHARACTERS
        case StrType():
            return _TEXTS
        case SeqType(element):
            return _sequences(values(element))
        case SetType(element):
            return tuple(map(frozenset, _sequences(values(element))))
        case OptionType(item):
            return (NONE, *map(Some, values(item)))
        case ResultType(ok, err):
            return (*map(Ok, values(ok)[:3]), *map(Err, values(err)[:3]))
        case TupleType(items):
            rows = zip(*map(_cycled, items), strict=False)
            return tuple(islice(rows, 12))
        case MapType(key, value):
            pairs = tuple(zip(_cycled(key), _cycled(value), strict=True))
            return tuple(MapValue(pairs[:size]) for size in (0, 1, 3, 5))
        case _:
            raise TypeError(type_)


def _cycled(type_: Type) -> tuple[Value, ...]:
    found = values(type_)
    return tuple(found[place % len(found)] for place in range(12))


def _sequences(items: tuple[Value, ...]) -> tuple[tuple[Value, ...], ...]:
    return (
        (),
        items[:1],
        items[:2],
        items[1::-1],
        (*items[:3], *items[:2]),
        items[3:8],
        tuple(reversed(items[:6])),
    )


def operands(function: Function, number: int) -> list[tuple[Value, ...]]:
    """That many rows of operands, chosen evenly and always the same."""
    columns = [values(param.type) for param in function.params]
    size = 1
    for column in columns:
        size *= len(column)
    if size <= number:
        return list(product(*columns))
    choose = Random(function.name)  # noqa: S311 - not for secrets
    return [tuple(choose.choice(column) for column in columns) for _ in range(number)]
