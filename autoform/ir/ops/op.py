"""What an operator is: a name, a type scheme, the exceptions it may raise, its meaning in words.

Operators keep the IR small: a new library function is a row of the catalogue, its semantics in
`autoform.semantics`, its definedness in `autoform.ir.definedness`, and a line in each back end
that can print it. A back end that has no such line refuses the function before printing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from autoform.ir.types import (
    FloatType,
    FnType,
    IntType,
    MachineIntType,
    Type,
    TypeVar,
    format_type,
    is_integer,
    is_ordered,
    parts,
    substitute_type,
)

OUTSIDE: Final = "OutsideSubset"
"""Raised where the original would go on with a value the IR cannot represent (`2 ** -1` is a
float in Python). No claim is made about such a call: cross-checks discard it, provers must show
that it cannot happen.

Operators whose rows do not name it raise it too, where no condition in the IR would say when, and
where no prover goes: two NaNs compared inside a collection or one in a set (Python goes by
identity, Rust does not), characters that versions of Unicode differ about, decimal text of more
than 4,300 digits, counts and places of more than 64 bits, failures inside an iteration over a
set."""


@dataclass(frozen=True, slots=True)
class Op:
    """An operator `name(params) -> result`; `raises` names every exception it can raise."""

    name: str
    params: tuple[Type, ...]
    result: Type
    doc: str
    raises: tuple[str, ...] = ()


# The variables of type schemes. T, U, K and V stand for any type.
T: Final = TypeVar("T")
U: Final = TypeVar("U")
K: Final = TypeVar("K")
V: Final = TypeVar("V")
NUMBER: Final = TypeVar("Number")
INTEGER: Final = TypeVar("Integer")
TARGET: Final = TypeVar("Target")
MACHINE: Final = TypeVar("Machine")
UNSIGNED: Final = TypeVar("Unsigned")
"""The unsigned type of the width that `MACHINE` stands for."""
ORDERED: Final = TypeVar("Ordered")

_CONSTRAINTS: Final[dict[str, tuple[Callable[[Type], bool], str]]] = {
    "Number": (
        lambda t: isinstance(t, IntType | MachineIntType | FloatType | TypeVar),
        "a number type",
    ),
    "Integer": (lambda t: is_integer(t) or isinstance(t, TypeVar), "an integer type"),
    "Target": (is_integer, "an integer type"),
    "Machine": (lambda t: isinstance(t, MachineIntType), "a machine integer type"),
    "Unsigned": (
        lambda t: isinstance(t, MachineIntType) and not t.signed,
        "an unsigned machine integer type",
    ),
    "Ordered": (is_ordered, "an ordered type"),
}


class SignatureError(Exception):
    """The arguments or the result do not fit the operator's scheme; the message says which."""


def check_application(op: Op, args: tuple[Type, ...], result: Type) -> None:
    """Check argument and result types against the scheme. Raises `SignatureError`."""
    if len(args) != len(op.params):
        raise SignatureError(f"{op.name} takes {len(op.params)} arguments, not {len(args)}")
    bindings = bind_arguments(op, args)
    _bind(op.result, result, bindings, f"result of {op.name}")


def bind_arguments(op: Op, args: tuple[Type, ...]) -> dict[str, Type]:
    """The bindings of the scheme's variables that the argument types force."""
    bindings: dict[str, Type] = {}
    for position, (scheme, actual) in enumerate(zip(op.params, args, strict=True), 1):
        _bind(scheme, actual, bindings, f"argument {position} of {op.name}")
    match bindings.get(MACHINE.name):
        case MachineIntType(bits, _, pointer):
            bindings[UNSIGNED.name] = MachineIntType(bits, signed=False, pointer=pointer)
        case _:
            pass
    return bindings


def result_type(op: Op, args: tuple[Type, ...]) -> Type:
    """The result type that the argument types determine.

    Raises `SignatureError` when they do not fit or leave it open (a conversion's target).
    """
    if len(args) != len(op.params):
        raise SignatureError(f"{op.name} takes {len(op.params)} arguments, not {len(args)}")
    bindings = bind_arguments(op, args)
    if open_variables := _scheme_variables(op.result) - bindings.keys():
        raise SignatureError(f"{op.name} leaves {', '.join(sorted(open_variables))} open")
    return substitute_type(op.result, bindings)


def can_stand_for(variable: TypeVar, type_: Type) -> bool:
    """Whether a variable of a scheme can be bound to the type: `NUMBER` to `Int`, not to `Str`."""
    fits, _ = _CONSTRAINTS.get(variable.name, (None, ""))
    return fits is None or fits(type_)


def _scheme_variables(scheme: Type) -> set[str]:
    if isinstance(scheme, TypeVar):
        return {scheme.name}
    return set().union(*map(_scheme_variables, parts(scheme)))


def _bind(scheme: Type, actual: Type, bindings: dict[str, Type], where: str) -> None:
    if isinstance(scheme, TypeVar):
        if bindings.setdefault(scheme.name, actual) != actual:
            raise _mismatch(where, actual, bindings[scheme.name])
        fits, expected = _CONSTRAINTS.get(scheme.name, (None, ""))
        if fits is not None and not fits(actual):
            raise SignatureError(f"{where}: {format_type(actual)} is not {expected}")
        return
    inner, found = parts(scheme), parts(actual)
    same_head = type(scheme) is type(actual) and len(inner) == len(found)
    if isinstance(scheme, FnType) and isinstance(actual, FnType):
        same_head = same_head and len(scheme.params) == len(actual.params)
    if not same_head or (not inner and scheme != actual):
        raise _mismatch(where, actual, substitute_type(scheme, bindings))
    for part, part_found in zip(inner, found, strict=True):
        _bind(part, part_found, bindings, where)


def _mismatch(where: str, found: Type, expected: Type) -> SignatureError:
    return SignatureError(
        f"{where}: {format_type(found)} where {format_type(expected)} is expected"
    )
