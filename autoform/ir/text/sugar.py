"""The operators that have a sign of their own, and how tightly each expression binds."""

from __future__ import annotations

from enum import IntEnum
from typing import Final


class Tightness(IntEnum):
    """How tightly an expression binds, in the order of the grammar's rules."""

    LOOSE = 0  # if, let, quantifiers, lambdas: they extend as far as they can
    IMPLIES = 1
    OR = 2
    AND = 3
    COMPARISON = 4
    SUM = 5
    PRODUCT = 6
    UNARY = 7
    POSTFIX = 8


SIGNS: Final = {
    "eq": "==",
    "ne": "!=",
    "lt": "<",
    "le": "<=",
    "gt": ">",
    "ge": ">=",
    "add": "+",
    "sub": "-",
    "mul": "*",
    "floor_div": "//",
    "floor_mod": "%",
}
"""Binary operators. `/` is nothing's sign: languages differ on what it means."""

TIGHTNESS: Final = {
    **dict.fromkeys(("eq", "ne", "lt", "le", "gt", "ge"), Tightness.COMPARISON),
    **dict.fromkeys(("add", "sub"), Tightness.SUM),
    **dict.fromkeys(("mul", "floor_div", "floor_mod"), Tightness.PRODUCT),
}
