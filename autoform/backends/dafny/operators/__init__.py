"""The operators of the IR in Dafny: one line each, by name."""

from __future__ import annotations

from typing import Final

from autoform.backends.dafny.code import Code
from autoform.backends.dafny.operators.collections import COLLECTION_RULES, OVER_ELEMENTS
from autoform.backends.dafny.operators.floats import FLOAT_RULES
from autoform.backends.dafny.operators.machine import MACHINE_RULES
from autoform.backends.dafny.operators.numbers import NUMBER_RULES
from autoform.backends.dafny.operators.rule import Args, Rule
from autoform.backends.dafny.operators.text import TEXT_RULES
from autoform.backends.dafny.unit import Unit
from autoform.ir.exprs import Apply

__all__ = ["OVER_ELEMENTS", "RULES", "UNPRINTED", "application"]

RULES: Final[dict[str, Rule]] = {
    **NUMBER_RULES,
    **MACHINE_RULES,
    **COLLECTION_RULES,
    **TEXT_RULES,
    **FLOAT_RULES,
}

UNPRINTED: Final = frozenset(
    {
        "float.powi",
        "str.from_utf8",
        "str.split_whitespace",
        "str.to_utf8",
        "str.trim",
        "str.trim_end",
        "str.trim_start",
    }
)
"""Operators of Rust's library without a line yet: functions with them are refused."""


def application(unit: Unit, expr: Apply, args: Args) -> Code:
    """The application of an operator to printed operands.

    Raises `Unordered` where the type of the operands has no order that Dafny could compute.
    """
    return RULES[expr.op](unit, expr, args)
