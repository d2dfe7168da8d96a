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
    RecordValue,
    Some,
    Value,
    VariantValue,
)

__all__ = ["NoCounterpartError", "UnexpectedValueError", "from_wire", "to_wire"]

Wire: TypeAlias = Any  # JSON: see `worker.encode`

EXACT_INT: Final = 1 << 53
_TUPLES: Final = frozenset({"tuple"})
_LISTS: Final = frozenset({"list", "MutableSequence"})
_LIST_OR_TUPLE: Final = frozenset({"", "Sequence", "Iterable", "Collection", "Reversible"})


class NoCounterpartError(Exception):
    """A value of the IR that Python has no value for, such as `Some(None)`."""


class UnexpectedValueError(Exception):
    """A value that the declared types do not allow; the message says what and where."""


# ── To Python ─────────────────────────────────────────────────────────────────────────────────


def to_wire(value: Value, type_: Type, host: Host, module: Module) -> Wire:
    """Encode an IR value as the Python value of that host type.

    Raises `NoCounterpartError` when Python has none.
    """
    match type_:
        case IntType() | MachineIntType():
            assert isinstance(value, int)
            return value if -EXACT_INT < value < EXACT_INT else {"int": hex(value)}
        case BoolType() | StrType() | CharType():
            return value
        case FloatType():
            return _float_to_wire(value, host)
        case SeqType(element):
            return _seq_to_wire(value, element, host, module)
        case TupleType(items):
            return _tuple_to_wire(value, items, host, module)
        case SetType(element):
            assert isinstance(value, frozenset)
            tag = "frozenset" if host.name == "frozenset" else "set"
            return {tag: [to_wire(item, element, host.arg(0), module) for item in value]}
        case MapType(key, item):
            assert isinstance(value, MapValue)
            return {
                "dict": [
                    [to_wire(k, key, host.arg(0), module), to_wire(v, item, host.arg(1), module)]
                    for k, v in value.items()
                ]
            }
        case OptionType(item):
            return _option_to_wire(value, item, host, module)
        case RecordType():
            return _record_to_wire(value, type_, module)
        case EnumType():
            return _enum_to_wire(value)
        case TypeVar():
            return _untyped_to_wire(value)
        case ResultType() | FnType():
            raise NoCounterpartError(f"Python has no `{format_type(type_)}`")
        case _:
            assert_never(type_)


def _float_to_wire(value: Value, host: Host) -> Wire:
    """Where an `int` may stand for a float, every even one does: both are then tried."""
    assert isinstance(value, float)
    if host.name == INT_OR_FLOAT and _is_small_integer(value) and int(value) % 2 == 0:
        return int(value)
    return {"float": value.hex()}


def _is_small_integer(value: float) -> bool:
    return abs(value) < EXACT_INT and value.is_integer() and str(value) != "-0.0"


def _seq_to_wire(value: Value, element: Type, host: Host, module: Module) -> Wire:
    assert isinstance(value, tuple)
    items = [to_wire(item, element, host.arg(0), module) for item in value]
    if host.name in _TUPLES:
        return {"tuple": items}
    return {"deque": items} if host.name == "deque" else items


def _tuple_to_wire(value: Value, items: Sequence[Type], host: Host, module: Module) -> Wire:
    assert isinstance(value, tuple)
    if not items:
        return None
    parts = zip(value, items, range(len(items)), strict=True)
    encoded = [to_wire(item, type_, host.arg(place), module) for item, type_, place in parts]
    return encoded if host.name in _LISTS else {"tuple": encoded}


def _option_to_wire(value: Value, item: Type, host: Host, module: Module) -> Wire:
    if value is NONE:
        return None
    assert isinstance(value, Some)
    encoded = to_wire(value.value, item, host, module)
    if encoded is None:
        raise NoCounterpartError("Python has no `Some(None)`")
    return encoded


def _record_to_wire(value: Value, type_: RecordType, module: Module) -> Wire:
    assert isinstance(value, RecordValue)
    declared = next(record for record in module.records if record.name == type_.name)
    fields = zip(value.fields, declared.fields, strict=True)
    return {"record": [type_.name, *(to_wire(v, f.type, UNKNOWN, module) for v, f in fields)]}


def _enum_to_wire(value: Value) -> Wire:
    assert isinstance(value, VariantValue)
    if value.items:
        raise NoCounterpartError("Python enums have no payload")
    return {"enum": [value.name, value.variant]}


def _untyped_to_wire(value: Value) -> Wire:
    """A value of a type variable: inputs are generated with plain values for those."""
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return value if -EXACT_INT < value < EXACT_INT else {"int": hex(value)}
    if isinstance(value, float):
        return {"float": value.hex()}
    raise NoCounterpartError("only plain values stand for a type variable")


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
        declared = next(record for record in self.module.records if record.name == name)
        parts = zip(fields, declared.fields, strict=True)
        return RecordValue(name, tuple(self.read(v, f.type, UNKNOWN) for v, f in parts))

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
        return ("deque",) if host.name == "deque" else ("list", "tuple")

    def _items(self, wire: Wire, tags: Sequence[str]) -> list[Wire]:
        if isinstance(wire, list):
            self._demand("list" in tags, wire)
            return wire
        found = next((tag for tag in tags if isinstance(wire, dict) and tag in wire), None)
        self._demand(found is not None, wire)
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
