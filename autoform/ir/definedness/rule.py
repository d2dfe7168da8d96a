"""The shape of a rule, the exceptions, and the conditions that many rules share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

from autoform.ir.build import compare, conjunction, in_range, integer, widened
from autoform.ir.exprs import FALSE, Apply, Expr, type_of
from autoform.ir.ops import OUTSIDE
from autoform.ir.traversal import declared_names, fresh_name, variables
from autoform.ir.types import MachineIntType, TypeVar

Conditions: TypeAlias = Iterable[tuple[str, Expr]]
Rule: TypeAlias = Callable[[Apply], Conditions]

INDEX: Final = "IndexError"
KEY: Final = "KeyError"
OVERFLOW: Final = "OverflowError"
PANIC: Final = "Panic"
TYPE: Final = "TypeError"
VALUE: Final = "ValueError"
ZERO: Final = "ZeroDivisionError"

__all__ = ["OUTSIDE"]


def at_least(position: int, minimum: int, exception: str) -> Rule:
    """The rule of an operator whose argument is an integer of at least that."""

    def rule(application: Apply) -> Conditions:
        yield exception, compare("ge", widened(application.args[position]), integer(minimum))

    return rule


def nonzero(position: int, exception: str) -> Rule:
    """The rule of an operator whose integer argument is not zero."""

    def rule(application: Apply) -> Conditions:
        yield exception, differs(application.args[position], 0)

    return rule


def differs(value: Expr, number: int) -> Expr:
    """Whether an integer expression is not that number."""
    type_ = type_of(value)
    if isinstance(type_, MachineIntType) and type_.minimum <= number <= type_.maximum:
        return compare("ne", value, integer(number, type_))
    return compare("ne", widened(value), integer(number))


def between(low: Expr, value: Expr, high: Expr) -> Expr:
    """`low <= value && value < high`."""
    return conjunction((compare("le", low, value), compare("lt", value, high)))


def fits(exact: Expr, application: Apply) -> Conditions:
    """That the exact result, an `Int`, is a value of the result type.

    A type variable may stand for any machine type: nothing is known to fit.
    """
    if isinstance(application.type, MachineIntType):
        yield OVERFLOW, in_range(exact, application.type)
    elif isinstance(application.type, TypeVar):
        yield OVERFLOW, FALSE


def unused_name(base: str, application: Apply) -> str:
    """A name for a binder of a condition that does not occur in the application."""
    return fresh_name(base, declared_names(application).keys() | variables(application).keys())
