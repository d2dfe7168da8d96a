"""Operators that Lean writes by type: arithmetic, comparisons, conversions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from autoform.backends.lean.terms import (
    APP,
    COMPARISON,
    MAX,
    NOT,
    PRODUCT,
    SUM,
    Term,
    app,
    infix,
    negative,
)
from autoform.ir.exprs import Apply, IntLit, type_of
from autoform.ir.types import FloatType, MachineIntType, OptionType, Type, is_integer

_INFIX: Final = {"add": ("+", SUM), "sub": ("-", SUM), "mul": ("*", PRODUCT)}
_ROUNDED_DOWN: Final = {"floor_div": "/", "floor_mod": "%"}
_COMPARISONS: Final = {"lt": "<", "le": "≤", "gt": ">", "ge": "≥"}


@dataclass(frozen=True, slots=True)
class Written:
    """A term, and whether it is an `Except Err`."""

    term: Term
    raises: bool = False


def literal(value: int) -> Term:
    """An integer literal, whose type Lean must find elsewhere."""
    return Term(str(value)) if value >= 0 else negative(Term(str(-value)))


def bounds(type_: MachineIntType) -> tuple[Term, Term]:
    """The least and the greatest value of a type."""
    return literal(type_.minimum), literal(type_.maximum)


def checked(term: Term, type_: Type) -> Written:
    """The value, checked against the range of a machine type."""
    if isinstance(type_, MachineIntType):
        return Written(app("Py.checked", *bounds(type_), term), raises=True)
    return Written(term)


def arithmetic(node: Apply, args: tuple[Term, ...]) -> Written | None:
    """The operators on numbers that are written by type; None for any other."""
    op = node.op
    if op in _INFIX:
        symbol, level = _INFIX[op]
        return checked(infix(args[0], symbol, args[1], level), node.type)
    if op == "neg":
        return checked(negative(args[0]), node.type)
    if op in _ROUNDED_DOWN:
        return _division(node, args)
    if op == "abs" and isinstance(node.type, FloatType):
        return Written(app("Float.abs", args[0]))
    if op.startswith("int."):
        return _on_integers(node, args)
    return None


def _division(node: Apply, args: tuple[Term, ...]) -> Written | None:
    """By a positive literal, rounding down is Lean's own division, which `omega` knows."""
    divisor = node.args[1]
    if isinstance(divisor, IntLit) and divisor.value > 0:
        return Written(infix(args[0], _ROUNDED_DOWN[node.op], args[1], PRODUCT))
    return None


def _on_integers(node: Apply, args: tuple[Term, ...]) -> Written | None:
    kind, _, name = node.op.removeprefix("int.").partition("_")
    if kind in {"wrapping", "checked", "saturating", "overflowing"} and name in _INFIX:
        symbol, level = _INFIX[name]
        machine = type_of(node.args[0])
        if isinstance(machine, MachineIntType):
            helper = {"wrapping": "wrap", "checked": "fits", "saturating": "clamp"}.get(kind, kind)
            exact = infix(args[0], symbol, args[1], level)
            return Written(app(f"Py.{helper}", *bounds(machine), exact))
    match node.op:
        case "int.bit_not":
            return _complement(node, args[0])
        case "int.wrapping_neg":
            return _in_range("Py.wrap", node.type, negative(args[0]))
        case "int.narrow":
            return checked(args[0], node.type)
        case "int.try_narrow":
            target = node.type.item if isinstance(node.type, OptionType) else node.type
            known = _in_range("Py.fits", target, args[0])
            return known or Written(app("some", args[0]))
        case "int.wrap":
            return _in_range("Py.wrap", node.type, args[0]) or Written(args[0])
        case "int.abs_diff":
            return Written(_absolute(infix(args[0], "-", args[1], SUM)))
        case "int.unsigned_abs":
            return Written(_absolute(args[0]))
        case _:
            return None


def _in_range(helper: str, type_: Type, term: Term) -> Written | None:
    if not isinstance(type_, MachineIntType):
        return None
    return Written(app(helper, *bounds(type_), term))


def _complement(node: Apply, arg: Term) -> Written:
    exact = infix(negative(arg), "-", Term("1"), SUM)
    if isinstance(node.type, MachineIntType) and not node.type.signed:
        return Written(infix(literal(node.type.maximum), "-", arg, SUM))
    return Written(exact)


def _absolute(term: Term) -> Term:
    return Term(f"(Int.natAbs {term.arg} : Int)")


def comparison(op: str, args: tuple[Term, ...], type_: Type) -> tuple[Term | None, Term | None]:
    """An order comparison as a proposition or as a truth value."""
    if is_integer(type_) or isinstance(type_, FloatType):
        return infix(args[0], _COMPARISONS[op], args[1], COMPARISON), None
    left, right = args if op in {"lt", "ge"} else (args[1], args[0])
    less = app("Py.Ordered.lt", left, right)
    return None, less if op in {"lt", "gt"} else Term(f"!{less.arg}", NOT)


def from_template(template: str, args: tuple[Term, ...]) -> Term:
    """A template with its arguments, and how tightly it binds."""
    text = template.format(*(arg.arg for arg in args))
    return Term(text, _level(template))


def _level(template: str) -> int:
    if template.startswith(("(", "[")) and template.endswith((")", "]")) and " ^ " not in template:
        return MAX
    for symbol, level in ((" && ", 35), (" ++ ", SUM), (" * ", PRODUCT), (" / ", PRODUCT)):
        if symbol in template:
            return level
    return 75 if " ^ " in template else APP
