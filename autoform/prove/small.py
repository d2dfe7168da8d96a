"""All small inputs: most wrong functions are wrong on some small input already.

Random inputs seldom repeat an element or are square; all lists over three numbers up to length
three do and are.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from autoform.crosscheck.observation import Input
from autoform.ir.decls import Function, Module
from autoform.ir.exprs import IntLit
from autoform.ir.traversal import walk
from autoform.ir.types import (
    BoolType,
    CharType,
    EnumType,
    IntType,
    MachineIntType,
    MapType,
    OptionType,
    RecordType,
    SeqType,
    SetType,
    StrType,
    TupleType,
    Type,
)
from autoform.semantics.values import NONE, MapValue, RecordValue, Some, Value, VariantValue

MOST: Final = 600
"""Combinations of all parameters."""

_LENGTH: Final = 3
_INNER: Final = 3
_DEEPEST: Final = 2
_ROWS: Final = 64
_MOST_NUMBERS: Final = 12


def small_inputs(function: Function, module: Module | None = None) -> Iterator[Input]:
    """Combinations of small values, as many values of each parameter as the total allows.

    Where the module is given, values of its records and enums are among them.
    """
    small = _Small(module or Module(functions=(function,)), _written(function))
    columns = [small.values(param.type, depth=0) for param in function.params]
    if not columns or not all(columns):
        return
    each = max(2, int(MOST ** (1 / len(columns))))
    while _product([column[:each] for column in columns]) * 2 <= MOST and each < MOST:
        each *= 2
    yield from itertools.islice(itertools.product(*(c[:each] for c in columns)), MOST)


def _written(function: Function) -> list[int]:
    """The integers that the function and its contract write out, least first."""
    return sorted({n.value for n in walk(function) if isinstance(n, IntLit)}, key=abs)


def _product(columns: Sequence[Sequence[Value]]) -> int:
    total = 1
    for column in columns:
        total *= len(column)
    return total


@dataclass(frozen=True, slots=True)
class _Small:
    """The small values of one function's types."""

    module: Module
    written: Sequence[int]

    def values(self, type_: Type, *, depth: int) -> list[Value]:
        """Small values, smallest first; none for what this does not know."""
        match type_:
            case IntType():
                return [0, 1, 2, -1, 3, 4, 10] if depth == 0 else [0, 1, 2, -1]
            case MachineIntType():
                return self._machine_integers(type_)
            case BoolType():
                return [False, True]
            case CharType():
                return list("a0 b19zAZ2:")
            case StrType():
                longest = _LENGTH if depth == 0 else 1
                return ["".join(map(str, letters)) for letters in _lists("ab ", longest)]
            case SeqType(element):
                if depth == 0 and isinstance(element, SeqType):
                    return list(_lists(self.values(element, depth=1), 2))
                inner = self.values(element, depth=depth + 1)[: _INNER if depth == 0 else 2]
                return list(_lists(inner, _LENGTH + 1 if depth == 0 else 2))
            case SetType(element):
                inner = self.values(element, depth=depth + 1)[:_INNER]
                return [frozenset(chosen) for chosen in _subsets(inner)]
            case MapType(key, value):
                keys, values = (self.values(part, depth=depth + 1)[:2] for part in (key, value))
                return [
                    MapValue(zip(ks, vs, strict=True))
                    for ks in _subsets(keys)
                    for vs in itertools.product(values, repeat=len(ks))
                ]
            case _:
                return self._structures(type_, depth)

    def _machine_integers(self, type_: MachineIntType) -> list[Value]:
        """Small ones, those that the function writes out, and the ends of the type."""
        likely = (0, 1, 2, -1, 3, *self.written, type_.maximum, type_.minimum)
        found: list[Value] = list(
            dict.fromkeys(n for n in likely if type_.minimum <= n <= type_.maximum)
        )
        return found[:_MOST_NUMBERS]

    def _structures(self, type_: Type, depth: int) -> list[Value]:
        """Values put together from others."""
        match type_:
            case TupleType(items):
                return list(self._rows(items, depth))
            case OptionType(item):
                return [NONE, *map(Some, self.values(item, depth=depth + 1))]
            case RecordType(name) | EnumType(name) if depth > _DEEPEST or type_.args:
                return []
            case RecordType(name):
                record = next(r for r in self.module.records if r.name == name)
                rows = self._rows([f.type for f in record.fields], depth)
                return [RecordValue(name, row) for row in rows]
            case EnumType(name):
                enum = next(e for e in self.module.enums if e.name == name)
                return [
                    VariantValue(name, variant.name, row)
                    for variant in enum.variants
                    for row in self._rows(variant.items, depth)
                ]
            case _:
                return []

    def _rows(self, types: Sequence[Type], depth: int) -> Iterator[tuple[Value, ...]]:
        """One value for each type; of many types few of each, so that the rows are not many."""
        columns = [self.values(type_, depth=depth + 1) for type_ in types]
        each = max(2, int(_ROWS ** (1 / max(1, len(columns)))))
        return itertools.islice(itertools.product(*(c[:each] for c in columns)), _ROWS)


def _lists(inner: Sequence[Value], longest: int) -> list[tuple[Value, ...]]:
    return [items for n in range(longest + 1) for items in itertools.product(inner, repeat=n)]


def _subsets(inner: Sequence[Value]) -> Iterator[tuple[Value, ...]]:
    for size in range(len(inner) + 1):
        yield from itertools.combinations(inner, size)
