"""Inputs aimed at where two functions part: at what they write out, and at known traps.

A function that compares with `86_400` is asked about `86_399` to `86_401` and about texts and
rows of that length, both are asked about the ends of all widths, and one that reads numbers from
texts about `" 1"`, `"+1"`, `"1_0"` and digits that are not ASCII.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from autoform.crosscheck import Input
from autoform.crosscheck.inputs import LADDER, corners
from autoform.equiv.matching import NoCounterpart, Side, convert
from autoform.ir.decls import Module
from autoform.ir.exprs import CharLit, FloatLit, IntLit, StrLit
from autoform.ir.restriction import restricted
from autoform.ir.traversal import walk
from autoform.ir.types import (
    INT,
    CharType,
    FloatType,
    IntType,
    MachineIntType,
    OptionType,
    SeqType,
    StrType,
    TupleType,
    Type,
    TypeVar,
    substitute_type,
)
from autoform.semantics.values import NONE, Some, Value, has_type

__all__ = ["targeted_inputs"]

_SIZE: Final = LADDER[0]
_WIDTHS: Final = (7, 8, 15, 16, 31, 32, 53, 63, 64)
_SMALL: Final = (0, 1, -1, 2, -2, 3, 7, 10, -10)
_NUMERALS: Final = (
    *("0", "1", "7", "-1", "+1", "-0", "+", "-", "--1", "00", "007", "1_0", "_1", "1__0"),
    *(" 1", "1 ", "\t1\n", "\x0b1", "1\x1c", "\xa01", "1\u2003", "1 2", "1.0", "1e3", "0x1"),
    *("٣", "²", "½", "१२", "255", "256", "65536", "4294967296", "18446744073709551616"),
)
_WORDS: Final = (
    *("", "a", "A", "aB", "ab ab", " a", "a ", " ", "\n", "a\nb", "a\r\nb", "\x0ba", "\x1ca"),
    *("\x85", "a\u2028b", "\xa0a", "\u2003a", "a_b", "a-b", "a,b,", ",", "''", '"', "\\", "\0"),
    *(
        "é",
        "e\u0301",
        "ß",
        "ŉ",
        "ﬁ",
        "İ",
        "\u0131",
        "ΑΣ",
        "ς",
        "ǅ",
        "K",
        "\U0001f600",
        "aé",
        "日本",
    ),
)
_FLOATS: Final = (
    *(0.0, -0.0, 0.5, -0.5, 1.5, 2.5, -2.5, 1.0, -1.0, 0.1, 0.3, 0.49999999999999994, 1e-9),
    *(2.0**31, 2.0**53, 2.0**63, -(2.0**63), 1e300, 5e-324),
    *(float("inf"), float("-inf"), float("nan")),
)
_LONGEST: Final = 300
"""Of a text or row made as long as a number that a function writes out."""
_MOST_WRITTEN: Final = 24
_MOST_ITEMS: Final = 12
_PLAIN: Final = 3
"""Of the other parameters' values, while one takes all of its own."""


def targeted_inputs(first: Side, second: Side, most: int) -> list[Input]:
    """At most so many inputs of the first function, the same each time.

    Each argument is one of both functions; a precondition need not be met.
    """
    plain: dict[str, Type] = dict.fromkeys(first.function.type_params, INT)
    maker = _Maker(first.module, _Written.of((first, second)))
    columns = [
        [
            value
            for value in maker.column(substitute_type(one.type, plain))
            if _has_counterpart(value, one.type, first.module, other.type, second.module)
        ]
        for one, other in zip(first.function.params, second.function.params, strict=True)
    ]
    if not columns or not all(columns):
        return []
    found: dict[str, Input] = {}
    for given in _rows(columns, most):
        found.setdefault(repr(given), given)  # `0.0` and `-0.0` are equal, and two inputs
        if len(found) == most:
            break
    return list(found.values())


def _has_counterpart(value: Value, a: Type, of: Module, b: Type, other: Module) -> bool:
    try:
        convert(value, a, of, b, other)
    except NoCounterpart:
        return False
    return True


def _rows(columns: Sequence[Sequence[Value]], most: int) -> Iterator[Input]:
    """All rows if they are few; else each value with plain ones and with its like, then others."""
    if math.prod(map(len, columns)) <= most:
        yield from itertools.product(*columns)
        return
    chooser = random.Random(0)  # noqa: S311 - a fixed choice, no secret
    for turn in range(max(map(len, columns))):
        yield tuple([column[turn % len(column)] for column in columns])
        for at, column in enumerate(columns):
            if turn < len(column):
                others = [chooser.choice(each[:_PLAIN]) for each in columns]
                yield (*others[:at], column[turn], *others[at + 1 :])
    for _ in range(most):
        yield tuple([chooser.choice(column) for column in columns])


@dataclass(frozen=True, slots=True)
class _Written:
    """The literals of both functions and of what they call, those of the contracts included."""

    integers: tuple[int, ...]
    floats: tuple[float, ...]
    texts: tuple[str, ...]

    @staticmethod
    def of(sides: Iterable[Side]) -> _Written:
        integers: dict[int, None] = {}
        floats: dict[float, None] = {}
        texts: dict[str, None] = {}
        for side in sides:
            used = restricted(side.module, [side.function.name])
            for node in walk(side.function, *used.functions, *used.consts):
                match node:
                    case IntLit(value):
                        integers[value] = None
                    case FloatLit():
                        floats[node.value] = None
                    case StrLit(text) | CharLit(text):
                        texts[text] = None
                    case _:
                        pass
        return _Written(
            tuple(sorted(integers, key=abs, reverse=True)[:_MOST_WRITTEN]),
            tuple(floats)[:_MOST_WRITTEN],
            tuple(texts)[:_MOST_WRITTEN],
        )

    def near_integers(self) -> Iterator[int]:
        """The integers written out, their neighbours and opposites."""
        for value in self.integers:
            yield from (value, value - 1, value + 1, -value, -value - 1, 1 - value)

    def lengths(self) -> Iterator[int]:
        """Lengths beside those written out."""
        for value in self.integers:
            yield from (n for n in (value - 1, value, value + 1) if 1 < n <= _LONGEST)


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the values of one function's parameters."""

    module: Module
    written: _Written

    def column(self, type_: Type) -> list[Value]:
        """The values of a type, plain ones first, each once."""
        found: dict[str, Value] = {}
        for value in self._values(type_):
            if has_type(value, type_, self.module):
                found.setdefault(repr(value), value)
        return list(found.values())

    def _values(self, type_: Type) -> Iterator[Value]:
        match type_:
            case IntType() | MachineIntType() | TypeVar():
                yield from self._integers()
            case FloatType():
                yield from self._floats()
            case StrType():
                yield from self._texts()
            case CharType():
                yield from (letter for text in self._texts() for letter in text[:1])
            case SeqType(element):
                yield from self._sequences(self.column(element))
            case OptionType(item):
                yield NONE
                yield from (Some(value) for value in self.column(item))
            case TupleType(items) if items:
                columns = [self.column(item) for item in items]
                if all(columns):
                    yield from _rows(columns, _SIZE.length**2)
            case _:
                yield from corners(type_, self.module, _SIZE)

    def _integers(self) -> Iterator[int]:
        yield from _SMALL
        yield from self.written.near_integers()
        for bits in _WIDTHS:
            for sign in (1, -1):
                yield from (sign * (1 << bits) + off for off in (-1, 0, 1))

    def _floats(self) -> Iterator[float]:
        yield from _FLOATS
        numbers = (*self.written.floats, *map(float, filter(_is_modest, self.written.integers)))
        for value in numbers:
            yield from (value, -value, value + 0.5, value - 0.5, math.nextafter(value, math.inf))

    def _texts(self) -> Iterator[str]:
        for text in self.written.texts:
            yield from (text, text * 2, f" {text}", f"{text} ", f"a{text}", f"{text}a")
            yield from (text.upper(), text.lower(), text[1:], f"a{text}b{text}", f"{text}\n")
        yield from _WORDS
        yield from _NUMERALS
        for value in self.written.near_integers():
            yield str(value)
        for length in self.written.lengths():
            yield from ("a" * length, "é" * length, "0" * length)

    def _sequences(self, items: Sequence[Value]) -> Iterator[Value]:
        """Empty, singles, pairs either way and repeated, and rows of the lengths written out."""
        yield ()
        if not items:
            return
        few = items[:_MOST_ITEMS]
        for one, other in itertools.pairwise(few):
            yield from ((one, other), (other, one), (one, one), (one, other, one))
        for item in items:
            yield from ((item,), (item,) * 3)
        for one, other in itertools.pairwise(items[_MOST_ITEMS:]):
            yield from ((one, other), (other, one))
        yield tuple(few)
        yield tuple(reversed(few))
        yield (items[0],) * 20
        for length in self.written.lengths():
            yield (items[0],) * length
            yield tuple(itertools.islice(itertools.cycle(few), length))


def _is_modest(value: int) -> bool:
    """Whether it has a nearest double that is finite, and halves beside it."""
    return abs(value) < 1 << 53
