"""Every pass, with the features that no module has after it."""

from __future__ import annotations

from typing import Final

from autoform.passes import Pass
from autoform.passes.early_returns import early_returns
from autoform.passes.foreach_to_while import foreach_to_while
from autoform.passes.forrange_to_while import forrange_to_while
from autoform.passes.functional import functional_form
from autoform.passes.hoist_calls import hoist_calls
from autoform.passes.inout_to_result import inout_to_result
from autoform.passes.lower_break import lower_break
from autoform.passes.lower_comprehensions import lower_comprehensions
from autoform.passes.lower_continue import lower_continue
from autoform.passes.lower_labels import lower_labels
from autoform.passes.narrow_indexes import narrow_indexes
from autoform.passes.sums_to_lengths import sums_to_lengths

__all__ = ["PASSES"]

_LABELS: Final = frozenset({"label"})
_JUMPS: Final = _LABELS | {"Continue"}
_INOUTS: Final = frozenset({"inout", "CallStmt"})
_STATEMENTS: Final = frozenset({"While", "ForRange", "ForEach", "Assign", "Break", "Continue"})

PASSES: Final = (
    Pass("lower-labels", lower_labels, _LABELS),
    Pass("lower-continue", lower_continue, _JUMPS),
    Pass("lower-break", lower_break, _JUMPS | {"Break"}),
    Pass("early-returns", early_returns, _LABELS),
    Pass("foreach-to-while", foreach_to_while, _JUMPS | {"ForEach"}),
    Pass("forrange-to-while", forrange_to_while, _JUMPS | {"ForRange"}),
    # These two leave what stands where no statement can: in lambdas, over sets, in contracts.
    Pass("lower-comprehensions", lower_comprehensions),
    Pass("hoist-calls", hoist_calls),
    Pass("narrow-indexes", narrow_indexes),
    Pass("sums-to-lengths", sums_to_lengths),
    Pass("inout-to-result", inout_to_result, _INOUTS),
    Pass("functional-form", functional_form, _LABELS | _INOUTS | _STATEMENTS),
)
