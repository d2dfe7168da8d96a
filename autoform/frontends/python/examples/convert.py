"""From values of the host language to values of the IR, by the types that inference found."""

from __future__ import annotations

from typing import Final

from autoform.frontends.python import types as host
from autoform.frontends.python.examples.host import (
    Equals,
    HostExample,
    HostValue,
    Raises,
    Truth,
    Unstated,
)
from autoform.frontends.python.types import HostType
from autoform.semantics.values import NONE, UNIT_VALUE, MapValue, Some, Value

__all__ = ["NotOfTypeError", "claim", "convert"]

_MAX_EXACT: Final = 2**53
"""Beyond it not every integer is a double."""
_MAX_ITEMS: Final = 10_000


class NotOfTypeError(Exception):
    """The value does not belong to the type, or not exactly."""


def convert(value: HostValue, type_: HostType) -> Value:
    """The value as the IR has it. Raises `NotOfTypeError`; a `bool` is no `int` here.

    An `int` stands for the double that equals it where the type is `float`, up to 2**53.
    """
    type_ = host.resolve(type_)
    match type_, value:
        case host.Prim(), _:
            return _primitive(value, type_)
        case host.OptionalT(item), _:
            return NONE if value is None else Some(convert(value, item))
        case host.ListT(element), list():
            return tuple(convert(item, element) for item in value)
        case host.VarTupleT(element), tuple():
            return tuple(convert(item, element) for item in value)
        case host.TupleT(items), tuple() if len(items) == len(value):
            return tuple(map(convert, value, items))
        case host.SetT(element, frozen=True), frozenset():
            return frozenset(convert(item, element) for item in value)
        case host.SetT(element, frozen=False), set():
            return frozenset(convert(item, element) for item in value)
        case host.DictT(key, item), dict():
            return MapValue((convert(k, key), convert(v, item)) for k, v in value.items())
        case host.IterT(element), list() | tuple() | range() if len(value) <= _MAX_ITEMS:
            return tuple(convert(item, element) for item in value)
        case _:
            raise _mismatch(value, type_)


def claim(example: HostExample, result: HostType) -> Value | None:
    """What an example says a call returns, as a value of the result's type, or `None`."""
    match example.outcome:
        case Equals(value):
            try:
                converted = convert(value, result)
            except NotOfTypeError:
                return None
            # `assert f(x) == 0.0` does not say which zero; a doctest that prints `0.0` does.
            printed = example.kind == "doctest" and not _holds_integer_zero(value)
            return converted if printed or not _holds_float_zero(converted) else None
        case Truth(value):
            return value if host.resolve(result) is host.BOOL else None
        case Raises() | Unstated():
            return None


def _primitive(value: HostValue, type_: HostType) -> Value:
    if type_ is host.BOOL and isinstance(value, bool):
        return value
    if type_ is host.NONE and value is None:
        return UNIT_VALUE
    if type_ is host.STR and isinstance(value, str) and not _has_surrogates(value):
        return value
    if type_ is host.RANGE and isinstance(value, range) and len(value) <= _MAX_ITEMS:
        return tuple(value)
    if type_ in {host.FLOAT, host.NUMERIC} and isinstance(value, float):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        if type_ is host.INT:
            return value
        if type_ in {host.FLOAT, host.NUMERIC} and abs(value) <= _MAX_EXACT:
            return float(value)
    raise _mismatch(value, type_)


def _holds_float_zero(value: Value) -> bool:
    match value:
        case float():
            return value == 0
        case tuple() | frozenset():
            return any(map(_holds_float_zero, value))
        case MapValue():
            return any(map(_holds_float_zero, (*value, *value.values())))
        case Some(inner):
            return _holds_float_zero(inner)
        case _:
            return False


def _holds_integer_zero(value: HostValue) -> bool:
    match value:
        case bool() | float() | str() | range() | None:
            return False
        case int():
            return value == 0
        case dict():
            return any(map(_holds_integer_zero, (*value, *value.values())))
        case _:
            return any(map(_holds_integer_zero, value))


def _has_surrogates(text: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in text)


def _mismatch(value: HostValue, type_: HostType) -> NotOfTypeError:
    return NotOfTypeError(f"`{value!r}` is not of the type `{host.describe(type_)}`")
