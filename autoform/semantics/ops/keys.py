"""What may enter a set or become a key: everything but NaN, of which Python's answer is its own."""

from __future__ import annotations

import math
from collections.abc import Callable

from autoform.ir.types import EnumType, FloatType, RecordType, Type, TypeVar, walk_type
from autoform.semantics.failure import outside
from autoform.semantics.values import MapValue, Value, dissect_constructed


def may_hold_nan(type_: Type) -> bool:
    """Whether a NaN may be somewhere in values of the type, as far as the type alone tells."""
    suspects = (FloatType, TypeVar, RecordType, EnumType)
    return any(isinstance(part, suspects) for part in walk_type(type_))


def key_guard(type_: Type) -> Callable[[Value], None]:
    """What must be called on a value of the type before it enters a set or becomes a key."""
    return refuse_nan if may_hold_nan(type_) else _accept


def _accept(_value: Value) -> None:
    pass


def refuse_nan(value: Value) -> None:
    """Raise `OutsideSubset` when a NaN is anywhere in the value."""
    pending = [value]
    while pending:
        part = pending.pop()
        match part:
            case float():
                if math.isnan(part):
                    raise outside("a NaN is in a set or a key")
            case tuple() | frozenset():
                pending.extend(part)
            case MapValue():
                pending.extend(part.values())
            case bool() | int() | str():
                pass
            case _:
                pending.extend(dissect_constructed(part)[1])
