"""How the lines of the operators are written: from printed operands to a printed application."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from autoform.backends.dafny.code import Code, Level, atom, call, cast, infix, relation
from autoform.backends.dafny.unit import Unit
from autoform.ir.exprs import Apply, type_of
from autoform.ir.types import MachineIntType, Type

__all__ = [
    "Args",
    "Rule",
    "bounds",
    "function",
    "narrowed",
    "number",
    "on_integers",
    "operand_type",
    "operator",
    "predicate",
    "widened",
]

Args: TypeAlias = tuple[Code, ...]
Rule: TypeAlias = Callable[[Unit, Apply, Args], Code]


def operand_type(expr: Apply, place: int = 0) -> Type:
    """The type of an operand."""
    return type_of(expr.args[place])


def function(name: str, *extra: str) -> Rule:
    """A function of the prelude, with constant operands after the others."""
    return lambda unit, _expr, args: call(unit.use(name), *args, *map(atom, extra))


def operator(symbol: str, level: Level) -> Rule:
    """One of Dafny's own binary operators."""
    return lambda _unit, _expr, args: infix(symbol, level, *args)


def predicate(symbol: str) -> Rule:
    """One of Dafny's own comparisons."""
    return lambda _unit, _expr, args: relation(symbol, *args)


def number(value: int) -> Code:
    """An integer literal."""
    return atom(str(value)) if value >= 0 else Code(str(value), Level.UNARY)


def widened(code: Code, type_: Type) -> Code:
    """An integer of any type as an `int`."""
    return cast(code, "int") if isinstance(type_, MachineIntType) else code


def narrowed(unit: Unit, code: Code, type_: Type) -> Code:
    """An `int` as an integer of any type; Dafny shows that it fits."""
    return cast(code, unit.type(type_)) if isinstance(type_, MachineIntType) else code


def bounds(type_: MachineIntType) -> tuple[Code, Code]:
    """The least and the greatest value."""
    return number(type_.minimum), number(type_.maximum)


def on_integers(name: str) -> Rule:
    """A function of the prelude on `int`, used on integers of any type."""

    def rule(unit: Unit, expr: Apply, args: Args) -> Code:
        wide = [widened(arg, operand_type(expr, place)) for place, arg in enumerate(args)]
        return narrowed(unit, call(unit.use(name), *wide), expr.type)

    return rule
