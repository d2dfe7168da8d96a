"""The parts of a value that have a given type: what later arguments may repeat."""

from __future__ import annotations

from collections.abc import Iterator

from autoform.ir.types import MapType, OptionType, SeqType, SetType, StrType, TupleType, Type
from autoform.semantics.values import MapValue, Some, Value

__all__ = ["parts_of_type"]


def parts_of_type(value: Value, type_: Type, wanted: Type) -> Iterator[Value]:
    """The value itself, its elements, keys, values and prefixes, as far as they are `wanted`."""
    if type_ == wanted:
        yield value
        if isinstance(value, str | tuple) and isinstance(type_, StrType | SeqType):
            yield value[: len(value) // 2]
            yield value[len(value) // 2 :]
            yield value[::-1]
        if isinstance(value, str):
            yield from dict.fromkeys(value)  # characters are texts of one
        return
    match type_, value:
        case SeqType(element), tuple():
            for item in value:
                yield from parts_of_type(item, element, wanted)
        case SetType(element), frozenset():
            for item in sorted(value, key=repr):
                yield from parts_of_type(item, element, wanted)
        case TupleType(items), tuple():
            for item, item_type in zip(value, items, strict=True):
                yield from parts_of_type(item, item_type, wanted)
        case MapType(key, held), MapValue():
            for k, v in value.items():
                yield from parts_of_type(k, key, wanted)
                yield from parts_of_type(v, held, wanted)
        case OptionType(inner), Some():
            yield from parts_of_type(value.value, inner, wanted)
        case _:
            return
