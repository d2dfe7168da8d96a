"""IR values as the Python values an original takes and gives, in the worker's encoding.

An argument is built with the parameter's host type; a result is accepted only when its exact
Python type is what the IR type and the host type say, so that a `True` where an integer is
declared, or a tuple where a list is, is seen as the difference it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeAlias, assert_never

from autoform.crosscheck.python.hosts import INT_OR_FLOAT, UNKNOWN, Host
from autoform.crosscheck.python.show import describe
from autoform.crosscheck.python.worker import EXACT_INT, MAX_NODES
from autoform.ir.decls import Module
from autoform.ir.types import (
    BoolType,
    CharType,
    EnumType,
    FloatType,
    FnType,
    IntType,
    MachineIntType,
    MapType,
    OptionType,
    RecordType,
    ResultType,
    SeqType,
    SetType,
    StrType,
    TupleType,
    Type,
    TypeVar,
    format_type,
)
from autoform.semantics.values import (
    NONE,
    MapValue,
    NoneValue,
    RecordValue,
    Some,
    Value,
    VariantValue,
    field_types,
)

__all__ = ["NoCounterpartError", "UnexpectedValueError", "from_wire", "to_wire"]

Wire: TypeAlias = Any  # JSON: see `worker.encode`

_TUPLES: Final = frozenset({"tuple"})
_TAGGED_SEQUENCES: Final = frozenset({"tuple", "deque"})
_LISTS: Final = frozenset({"list", "MutableSequence"})


class NoCounterpartError(Exception):
    """A value of the IR that Python has no value for, such as `Some(None)`."""


class UnexpectedValueError(Exception):
    """A value that the declared types do not allow; the message says what and where."""


# ── To Python ─────────────────────────────────────────────────────────────────────────────────


def to_wire(value: Value, type_: Type, host: Host, module: Module) -> Wire:
    """Encode an IR value as the Python value of that host type.

    Raises `NoCounterpartError` when Python has none.
    """
    match type_, value:
        case (BoolType(), bool()) | (StrType() | CharType(), str()):
            return value
        case (IntType() | MachineIntType(), int()):
            return _int_to_wire(value)
        case FloatType(), float():
            return _float_to_wire(value, host)
        case OptionType(), NoneValue():
            return None
        case OptionType(item), Some(inner):
            encoded = to_wire(inner, item, host, module)
            if encoded is not None:
                return encoded
        case RecordType(name), RecordValue(_, fields):
            typed = zip(fields, field_types(type_, module) or (), strict=True)
            return {"record": [name, *(to_wire(v, t, UNKNOWN, module) for v, t in typed)]}
        case EnumType(name), VariantValue(_, variant, ()):
            return {"enum": [name, variant]}
        case TypeVar(), bool() | int() | float() | str():
            return _plain_to_wire(value)
        case _:
            return _collection_to_wire(value, type_, host, module)
    raise _no_counterpart(value, type_)


def _collection_to_wire(value: Value, type_: Type, host: Host, module: Module) -> Wire:
    match type_, value:
        case SeqType(element), tuple():
            items = [to_wire(item, element, host.arg(0), module) for item in value]
            return items if host.name not in _TAGGED_SEQUENCES else {host.name: items}
        case TupleType(()), ():
            return None
        case TupleType(types), tuple():
            places = enumerate(zip(value, types, strict=True))
            items = [to_wire(v, t, host.arg(place), module) for place, (v, t) in places]
            return items if host.name in _LISTS else {"tuple": items}
        case SetType(element), frozenset():
            tag = "frozenset" if host.name == "frozenset" else "set"
            ordered = sorted(value, key=repr)  # so that the same call is written the same way
            return {tag: [to_wire(item, element, host.arg(0), module) for item in ordered]}
        case MapType(key, item), MapValue():
            pairs = [
                [to_wire(k, key, host.arg(0), module), to_wire(v, item, host.arg(1), module)]
                for k, v in value.items()
            ]
            return {"dict": pairs}
        case _:
            raise _no_counterpart(value, type_)


def _no_counterpart(value: Value, type_: Type) -> NoCounterpartError:
    return NoCounterpartError(f"Python has no value for {value!r} of type `{format_type(type_)}`")


def _plain_to_wire(value: bool | float | str) -> Wire:  # noqa: FBT001 - any value
    """A value of a type variable."""
    match value:
        case bool() | str():
            return value
        case int():
            return _int_to_wire(value)
        case _:
            return {"float": value.hex()}


def _int_to_wire(value: int) -> Wire:
    return value if -EXACT_INT < value < EXACT_INT else {"int": hex(value)}


def _float_to_wire(value: float, host: Host) -> Wire:
    """Where an `int` may stand for a float, every even one does: both are then tried."""
    small = abs(value) < EXACT_INT and value.is_integer() and str(value) != "-0.0"
    if host.name == INT_OR_FLOAT and small and int(value) % 2 == 0:
        return int(value)
    return {"float": value.hex()}


# ── From Python ───────────────────────────────────────────────────────────────────────────────


def from_wire(wire: Wire, type_: Type, host: Host, module: Module) -> Value:
    """Read a Python value as one of an IR type.

    Raises `UnexpectedValueError` when it is of another type.
    """
    reader = _Reader(module, type_)
    return reader.read(wire, type_, host)


class _Reader:
    """Reads one value; knows the whole type for its messages."""

    def __init__(self, module: Module, whole: Type) -> None:
        self.module = module
        self.whole = whole

    def read(self, wire: Wire, type_: Type, host: Host) -> Value:
        """The value, or `UnexpectedValueError`."""
        match type_:
            case IntType() | MachineIntType():
                return self._read_int(wire)
            case BoolType():
                return self._demand(isinstance(wire, bool), wire)
            case FloatType():
                return self._read_float(wire, host)
            case StrType():
                return self._demand(isinstance(wire, str), wire)
            case CharType():
                return self._demand(isinstance(wire, str) and len(wire) == 1, wire)
            case SeqType(element):
                items = self._items(wire, self._seq_tags(host))
                return tuple(self.read(item, element, host.arg(0)) for item in items)
            case TupleType(items):
                return self._read_tuple(wire, items, host)
            case SetType(element):
                tags = (host.name,) if host.name in ("set", "frozenset") else ("set", "frozenset")
                found = self._items(wire, tags)
                return frozenset(self.read(item, element, host.arg(0)) for item in found)
            case MapType(key, item):
                return self._read_map(wire, key, item, host)
            case OptionType(item):
                return NONE if wire is None else Some(self.read(wire, item, host))
            case RecordType():
                return self._read_record(wire, type_)
            case EnumType():
                name, variant = self._tagged(wire, "enum")
                self._demand(name == type_.name, wire)
                return VariantValue(name, variant, ())
            case TypeVar():
                return self._read_untyped(wire)
            case ResultType() | FnType():
                raise self._unexpected(wire)
            case _:
                assert_never(type_)

    def _read_int(self, wire: Wire) -> int:
        if isinstance(wire, int) and not isinstance(wire, bool):
            return wire
        return int(str(self._tagged(wire, "int")), 16)

    def _read_float(self, wire: Wire, host: Host) -> float:
        small = isinstance(wire, int) and not isinstance(wire, bool)
        if small and host.name == INT_OR_FLOAT and abs(wire) <= EXACT_INT:
            return float(wire)
        return float.fromhex(str(self._tagged(wire, "float")))

    def _read_tuple(self, wire: Wire, items: tuple[Type, ...], host: Host) -> Value:
        if not items:
            self._demand(wire is None, wire)
            return ()
        found = self._items(wire, ("list",) if host.name in _LISTS else ("tuple",))
        self._demand(len(found) == len(items), wire)
        places = enumerate(zip(found, items, strict=True))
        return tuple(self.read(part, type_, host.arg(place)) for place, (part, type_) in places)

    def _read_map(self, wire: Wire, key: Type, item: Type, host: Host) -> Value:
        pairs = self._tagged(wire, "dict")
        return MapValue(
            (self.read(k, key, host.arg(0)), self.read(v, item, host.arg(1))) for k, v in pairs
        )

    def _read_record(self, wire: Wire, type_: RecordType) -> Value:
        name, *fields = self._tagged(wire, "record")
        self._demand(name == type_.name, wire)
        types = field_types(type_, self.module) or ()
        self._demand(len(types) == len(fields), wire)
        typed = zip(fields, types, strict=True)
        return RecordValue(name, tuple(self.read(v, t, UNKNOWN) for v, t in typed))

    def _read_untyped(self, wire: Wire) -> Value:
        if isinstance(wire, bool | str):
            return wire
        if isinstance(wire, dict) and "float" in wire:
            return self._read_float(wire, UNKNOWN)
        return self._read_int(wire)

    def _seq_tags(self, host: Host) -> tuple[str, ...]:
        if host.name in _TUPLES:
            return ("tuple",)
        if host.name in _LISTS:
            return ("list",)
        if host.name in ("deque", "range"):
            return (host.name,)
        return ("list", "tuple", "range")

    def _items(self, wire: Wire, tags: Sequence[str]) -> list[Wire]:
        if isinstance(wire, list):
            self._demand("list" in tags, wire)
            return wire
        found = next((tag for tag in tags if isinstance(wire, dict) and tag in wire), None)
        self._demand(found is not None, wire)
        if found == "range":
            start, stop, step = (self._read_int(part) for part in wire[found])
            return list(range(start, stop, step)[:MAX_NODES])
        return list(wire[found])

    def _tagged(self, wire: Wire, tag: str) -> Wire:
        self._demand(isinstance(wire, dict) and tag in wire, wire)
        return wire[tag]

    def _demand(self, fits: bool, wire: Wire) -> Wire:  # noqa: FBT001 - the condition is the point
        if not fits:
            raise self._unexpected(wire)
        return wire

    def _unexpected(self, wire: Wire) -> UnexpectedValueError:
        return UnexpectedValueError(
            f"{describe(wire)} where the declared type is `{format_type(self.whole)}`"
        )
