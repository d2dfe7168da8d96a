"""How long a collection of Rust can be, said of what a function is given.

    fn total(xs: &[i32])        requires seq.len(xs) <= 9223372036854775807

An allocation has at most `isize::MAX` bytes, so that `xs.len()`, and an index that counts up to it,
fit `usize` with room to spare. Values without a size take no bytes: a slice of those, or of a type
variable that may stand for one, is only as long as `usize` can say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from autoform.ir import exprs as ir
from autoform.ir.build import compare, conjunction, integer
from autoform.ir.ops import apply
from autoform.ir.types import (
    BoolType,
    CharType,
    FloatType,
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

__all__ = ["Fields", "length_conditions"]

_MOST_BYTES: Final = (1 << 63) - 1
_MOST_COUNTED: Final = (1 << 64) - 1


class Fields(Protocol):
    """What is known of a struct: its fields, none where they depend on its arguments."""

    def __call__(self, type_: RecordType, /) -> Iterable[tuple[str, Type]]:
        """The fields with their types."""
        ...


@dataclass(slots=True)
class _Lengths:
    fields: Fields
    fresh: Callable[[str], str]

    def of(self, value: ir.Expr, inside: frozenset[str]) -> Iterator[ir.Expr]:
        match ir.type_of(value):
            case SeqType(element):
                most = _MOST_BYTES if _takes_bytes(element) else _MOST_COUNTED
                yield compare("le", apply("seq.len", value), integer(most))
                yield from self._of_elements(value, element, inside)
            case StrType():
                # No longer in characters than in bytes; both are said, for both are asked.
                for length in ("str.len", "str.utf8_len"):
                    yield compare("le", apply(length, value), integer(_MOST_BYTES))
            case MapType():
                yield compare("le", apply("map.len", value), integer(_MOST_BYTES))
            case SetType():
                yield compare("le", apply("set.len", value), integer(_MOST_BYTES))
            case TupleType(items):
                for place in range(len(items)):
                    yield from self.of(ir.TupleGet(value, place), inside)
            case RecordType(name) as type_ if name not in inside:
                for field, field_type in self.fields(type_):
                    part = ir.FieldGet(value, field, field_type)
                    yield from self.of(part, inside | {name})
            case _:
                return

    def _of_elements(
        self, value: ir.Expr, element: Type, inside: frozenset[str]
    ) -> Iterator[ir.Expr]:
        if not isinstance(element, SeqType | StrType | TupleType | RecordType):
            return
        name = self.fresh("each")
        inner = tuple(self.of(ir.Var(name, element), inside))
        if inner:
            binder = ir.Binder(name, element)
            yield ir.Quant(ir.Quantifier.FORALL, binder, value, conjunction(inner))


def length_conditions(
    value: ir.Expr, fields: Fields, fresh: Callable[[str], str]
) -> Iterator[ir.Expr]:
    """What holds of the lengths in any value of its type."""
    return _Lengths(fields, fresh).of(value, frozenset())


def _takes_bytes(type_: Type) -> bool:
    """Whether every value of the type surely takes a byte: an array may have no elements."""
    match type_:
        case MachineIntType() | BoolType() | CharType() | FloatType() | StrType():
            return True
        case MapType() | SetType():
            return True
        case OptionType(item):
            return _takes_bytes(item)
        case TupleType(items):
            return any(map(_takes_bytes, items))
        case _:
            return False
