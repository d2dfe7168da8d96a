"""When an operator does not raise: its conditions as IR expressions over its own arguments.

`xs[i]` is defined when `0 <= i && i < seq.len(xs)`; otherwise it raises `IndexError`. A prover
shows the conditions, an explainer prints them, and the reference interpreter is tested against
them.

A condition is total where those before it hold, so that asking it never fails. Two rules bind
it. If all conditions of an application are true, the operator does not raise: that direction is
soundness and is never given up. If one is false, the operator raises the exception named with
the first false one; the operators of `APPROXIMATE` give this up where the exact condition has no
closed form. Functions passed as arguments are not looked into: what their bodies may raise is for
the caller to ask, for every element. An argument occurs in its conditions as it is, as often as
they need it: binders inside it are then no longer unique.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from autoform.ir.definedness.collections import COLLECTION_RULES
from autoform.ir.definedness.floats import FLOAT_RULES
from autoform.ir.definedness.integers import INTEGER_RULES
from autoform.ir.definedness.rule import PANIC, Rule
from autoform.ir.definedness.text import TEXT_RULES
from autoform.ir.exprs import TRUE, Apply, Expr, IsVariant, VariantGet

RULES: Final[dict[str, Rule]] = {**INTEGER_RULES, **FLOAT_RULES, **TEXT_RULES, **COLLECTION_RULES}

APPROXIMATE: Final = frozenset(
    {
        "py.float_pow",
        "py.format_float",
        "py.format_int",
        "py.format_str",
        "py.round_digits",
        "seq.fsum",
        "set.sum",
    }
)
"""Operators that, where a condition is false, may be defined all the same, or raise something else
(a complex power that overflows)."""


def conditions(application: Apply | VariantGet) -> tuple[tuple[str, Expr], ...]:
    """What must hold for no exception, each with the exception that it excludes, in order.

    Empty for what cannot raise. Conditions that literal arguments make true are left out.
    """
    found: Iterable[tuple[str, Expr]]
    if isinstance(application, VariantGet):
        found = ((PANIC, IsVariant(application.value, application.variant)),)
    else:
        rule = RULES.get(application.op)
        found = () if rule is None else rule(application)
    return tuple(
        (exception, replace(condition, span=application.span))
        for exception, condition in found
        if condition != TRUE
    )
