"""Lines of `format(value, spec)`: common literal specs exactly, others as functions left open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from autoform.backends.dafny.code import Code, atom, call
from autoform.backends.dafny.operators.rule import Args, Rule
from autoform.backends.dafny.unit import Unit
from autoform.ir.exprs import Apply, StrLit

__all__ = ["FORMAT_RULES"]

_SPEC: Final = re.compile(
    r"(?:(?P<fill>[ -~])?(?P<align>[<>^]))?(?P<sign>[-+ ])?(?P<zero>0)?(?P<width>[1-9][0-9]*)?"
    r"(?P<group>[,_])?(?:\.(?P<precision>[0-9]+))?(?P<type>[a-zA-Z%]?)"
)
_BASES: Final = {"": 10, "d": 10, "b": 2, "o": 8, "x": 16, "X": 16}
_WIDEST: Final = 1000
_PARTIAL_ON_INT: Final = frozenset("ceEfFgG%")
"""Types of format that overflow on large integers."""


@dataclass(frozen=True, slots=True)
class _Spec:
    fill: str
    align: str
    sign: str
    zero: bool
    width: int
    group: str
    precision: int | None
    type: str


def _parse(expr: Apply) -> _Spec | None:
    """The parts of a literal spec; None for one that is not literal or not plain."""
    literal = expr.args[1]
    found = _SPEC.fullmatch(literal.value) if isinstance(literal, StrLit) else None
    if found is None or int(found["width"] or 0) > _WIDEST:
        return None
    return _Spec(
        found["fill"] or " ",
        found["align"] or "",
        found["sign"] or "-",
        found["zero"] is not None,
        int(found["width"] or 0),
        found["group"] or "",
        None if found["precision"] is None else int(found["precision"]),
        found["type"],
    )


def _text(unit: Unit, value: str) -> Code:
    literal, names = unit.dialect.text_literal(value)
    unit.used.update(names)
    return atom(literal)


_PADS: Final = {"<": "PadRight", ">": "PadLeft", "^": "PadMiddle"}


def _padded(unit: Unit, code: Code, spec: _Spec, align: str) -> Code:
    if not spec.width:
        return code
    pad = unit.use(_PADS[spec.align or align])
    return call(pad, code, atom(str(spec.width)), _text(unit, spec.fill))


def _int(unit: Unit, expr: Apply, args: Args) -> Code:
    spec = _parse(expr)
    if spec is None or spec.precision is not None or spec.type not in _BASES:
        return _left_open(unit, expr, args, "Int", 0)
    if spec.zero and (spec.align or spec.group):
        return _left_open(unit, expr, args, "Int", 0)
    base = _BASES[spec.type]
    if base == 10 and spec.sign == "-" and not spec.group:
        digits = call(unit.use("IntToText"), args[0])
    elif spec.type == "X":
        return _left_open(unit, expr, args, "Int", 0)
    else:
        positive = _text(unit, "" if spec.sign == "-" else spec.sign)
        size = atom("3" if base == 10 else "4")
        separator = _text(unit, spec.group)
        digits = call(unit.use("SignedDigits"), args[0], positive, atom(str(base)), separator, size)
    if spec.zero:
        return call(unit.use("ZeroFill"), digits, atom(str(spec.width)))
    return _padded(unit, digits, spec, ">")


def _str(unit: Unit, expr: Apply, args: Args) -> Code:
    spec = _parse(expr)
    plain = spec is not None and spec.sign == "-" and not (spec.zero or spec.group)
    if spec is None or not plain or spec.type not in {"", "s"}:
        return _left_open(unit, expr, args, "Text", "")
    text = args[0]
    if spec.precision is not None:
        text = call(unit.use("SliceTo"), text, atom(str(spec.precision)))
    return _padded(unit, text, spec, "<")


def _float(unit: Unit, expr: Apply, args: Args) -> Code:
    return _left_open(unit, expr, args, "Real", 0.5)


def _left_open(unit: Unit, expr: Apply, args: Args, kind: str, sample: float | str) -> Code:
    """Nothing is known of the text, but that the same value and spec give the same."""
    literal = expr.args[1]
    suits_all = isinstance(literal, StrLit) and _suits(sample, literal.value)
    return call(unit.use(f"Format{kind}" if suits_all else f"CheckedFormat{kind}"), *args)


def _suits(sample: float | str, spec: str) -> bool:
    """Whether `format` takes the spec for every value of the sample's type."""
    if isinstance(sample, int) and spec[-1:] in _PARTIAL_ON_INT:
        return False
    try:
        format(sample, spec)
    except ValueError:
        return False
    return True


FORMAT_RULES: Final[dict[str, Rule]] = {
    "py.format_int": _int,
    "py.format_float": _float,
    "py.format_str": _str,
}
