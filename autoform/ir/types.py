"""Types of the spec IR: a closed union of frozen dataclasses, printed as they are parsed.

The IR is language-neutral: a Python `list[int]` and a Rust `Vec<i64>` are both a `SeqType`.
What only the host language can tell apart (list or tuple, slice or vector) is kept as host
type text on parameters, for running the original, and never changes the meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias, assert_never

from autoform.ir.names import quoted


@dataclass(frozen=True, slots=True)
class IntType:
    """`Int`: the mathematical integers."""


@dataclass(frozen=True, slots=True)
class MachineIntType:
    """`i8` … `u128`, `isize`, `usize`. `pointer` marks the last two, which are 64 bits wide here.

    `usize` and `u64` hold the same values but are different types, as in Rust.
    """

    bits: int
    signed: bool
    pointer: bool = False

    @property
    def minimum(self) -> int:
        """The least value of the type."""
        return -(1 << (self.bits - 1)) if self.signed else 0

    @property
    def maximum(self) -> int:
        """The greatest value of the type."""
        return (1 << (self.bits - 1)) - 1 if self.signed else (1 << self.bits) - 1

    @property
    def name(self) -> str:
        """The type as Rust spells it."""
        return ("i" if self.signed else "u") + ("size" if self.pointer else str(self.bits))


@dataclass(frozen=True, slots=True)
class BoolType:
    """`Bool`. Not an integer: front ends insert `bool.to_int` where the host mixes them."""


@dataclass(frozen=True, slots=True)
class FloatType:
    """`Float`: IEEE 754 binary64 when executed; provers refuse it unless allowed as a real."""


@dataclass(frozen=True, slots=True)
class CharType:
    """`Char`: one Unicode scalar value (Rust `char`). Python characters are `Str`."""


@dataclass(frozen=True, slots=True)
class StrType:
    """`Str`: a finite sequence of Unicode code points."""


@dataclass(frozen=True, slots=True)
class SeqType:
    """`Seq<T>`: a finite immutable sequence."""

    element: Type


@dataclass(frozen=True, slots=True)
class TupleType:
    """`(A, B)`; `()` is the unit type, the result of a procedure."""

    items: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class SetType:
    """`Set<T>`: a finite set. Its iteration order does not exist."""

    element: Type


@dataclass(frozen=True, slots=True)
class MapType:
    """`Map<K, V>`: a finite map with insertion order; equality ignores the order."""

    key: Type
    value: Type


@dataclass(frozen=True, slots=True)
class OptionType:
    """`Option<T>`: `none` or `some(x)`. Python's `T | None`."""

    item: Type


@dataclass(frozen=True, slots=True)
class ResultType:
    """`Result<T, E>`: `ok(x)` or `err(e)`."""

    ok: Type
    err: Type


@dataclass(frozen=True, slots=True)
class RecordType:
    """A record declared in the module, `Point` or `Pair<Int>`."""

    name: str
    args: tuple[Type, ...] = ()


@dataclass(frozen=True, slots=True)
class EnumType:
    """An enum declared in the module, `Shape` or `Tree<Int>`."""

    name: str
    args: tuple[Type, ...] = ()


@dataclass(frozen=True, slots=True)
class TypeVar:
    """A type parameter of the enclosing function, record or enum."""

    name: str


@dataclass(frozen=True, slots=True)
class FnType:
    """`(A, B) => C`: the type of a `Lambda`, allowed only as an argument of an operator."""

    params: tuple[Type, ...]
    result: Type


Type: TypeAlias = (
    IntType
    | MachineIntType
    | BoolType
    | FloatType
    | CharType
    | StrType
    | SeqType
    | TupleType
    | SetType
    | MapType
    | OptionType
    | ResultType
    | RecordType
    | EnumType
    | TypeVar
    | FnType
)

INT: Final = IntType()
BOOL: Final = BoolType()
FLOAT: Final = FloatType()
CHAR: Final = CharType()
STR: Final = StrType()
UNIT: Final = TupleType(())

MACHINE_INTS: Final[dict[str, MachineIntType]] = {
    t.name: t
    for signed in (True, False)
    for t in (
        *(MachineIntType(bits, signed) for bits in (8, 16, 32, 64, 128)),
        MachineIntType(64, signed, pointer=True),
    )
}


def parts(type_: Type) -> tuple[Type, ...]:
    """The types a type is built from, outermost first level only."""
    match type_:
        case SeqType(element) | SetType(element):
            return (element,)
        case OptionType(item):
            return (item,)
        case TupleType(items):
            return items
        case MapType(key, value):
            return (key, value)
        case ResultType(ok, err):
            return (ok, err)
        case RecordType(_, args) | EnumType(_, args):
            return args
        case FnType(params, result):
            return (*params, result)
        case (
            IntType()
            | MachineIntType()
            | BoolType()
            | FloatType()
            | CharType()
            | StrType()
            | TypeVar()
        ):
            return ()
        case _:
            assert_never(type_)


def map_parts(type_: Type, change: Callable[[Type], Type]) -> Type:
    """The same type with `change` applied to each of its parts."""
    match type_:
        case SeqType(element):
            return SeqType(change(element))
        case SetType(element):
            return SetType(change(element))
        case OptionType(item):
            return OptionType(change(item))
        case TupleType(items):
            return TupleType(tuple(map(change, items)))
        case MapType(key, value):
            return MapType(change(key), change(value))
        case ResultType(ok, err):
            return ResultType(change(ok), change(err))
        case RecordType(name, args):
            return RecordType(name, tuple(map(change, args)))
        case EnumType(name, args):
            return EnumType(name, tuple(map(change, args)))
        case FnType(params, result):
            return FnType(tuple(map(change, params)), change(result))
        case (
            IntType()
            | MachineIntType()
            | BoolType()
            | FloatType()
            | CharType()
            | StrType()
            | TypeVar()
        ):
            return type_
        case _:
            assert_never(type_)


def walk_type(type_: Type) -> Iterator[Type]:
    """The type and every type inside it, outermost first."""
    yield type_
    for part in parts(type_):
        yield from walk_type(part)


def substitute_type(type_: Type, bindings: dict[str, Type]) -> Type:
    """Replace type variables by their bindings; unbound ones stay."""
    if isinstance(type_, TypeVar):
        return bindings.get(type_.name, type_)
    return map_parts(type_, lambda part: substitute_type(part, bindings))


def match_type(scheme: Type, actual: Type, bindings: dict[str, Type]) -> bool:
    """Whether binding the scheme's variables, beyond those bound already, makes it that type.

    Every variable of the scheme can be bound; variables of the actual type stand for themselves.
    """
    if isinstance(scheme, TypeVar):
        return bindings.setdefault(scheme.name, actual) == actual
    if map_parts(scheme, _erase) != map_parts(actual, _erase):
        return False
    return all(
        match_type(part, found, bindings)
        for part, found in zip(parts(scheme), parts(actual), strict=True)
    )


def _erase(_: Type) -> Type:
    return INT


def element_type(type_: Type) -> Type | None:
    """What iterating gives: elements of a `Seq` or `Set`, keys of a `Map`, one-character texts."""
    match type_:
        case SeqType(element) | SetType(element) | MapType(element, _):
            return element
        case StrType():
            return type_
        case _:
            return None


def format_type(type_: Type) -> str:  # noqa: C901 - one line per type
    """The type as the IR's text form writes it."""
    match type_:
        case IntType():
            return "Int"
        case MachineIntType():
            return type_.name
        case BoolType():
            return "Bool"
        case FloatType():
            return "Float"
        case CharType():
            return "Char"
        case StrType():
            return "Str"
        case SeqType(element):
            return f"Seq<{format_type(element)}>"
        case SetType(element):
            return f"Set<{format_type(element)}>"
        case MapType(key, value):
            return f"Map<{format_type(key)}, {format_type(value)}>"
        case OptionType(item):
            return f"Option<{format_type(item)}>"
        case ResultType(ok, err):
            return f"Result<{format_type(ok)}, {format_type(err)}>"
        case TupleType((item,)):
            return f"({format_type(item)},)"
        case TupleType(items):
            return f"({', '.join(map(format_type, items))})"
        case RecordType(name, args) | EnumType(name, args):
            return quoted(name) + (f"<{', '.join(map(format_type, args))}>" if args else "")
        case TypeVar(name):
            return quoted(name)
        case FnType(params, result):
            return f"({', '.join(map(format_type, params))}) => {format_type(result)}"
        case _:
            assert_never(type_)


def is_integer(type_: Type) -> bool:
    """Whether the type is `Int` or a machine integer."""
    return isinstance(type_, IntType | MachineIntType)


def is_ordered(type_: Type) -> bool:
    """Whether `<` is defined: numbers, booleans, text, and sequences, tuples, options of such."""
    match type_:
        case IntType() | MachineIntType() | BoolType() | FloatType() | CharType() | StrType():
            return True
        case SeqType() | TupleType() | OptionType():
            return all(is_ordered(part) for part in parts(type_))
        case TypeVar():
            return True
        case _:
            return False
