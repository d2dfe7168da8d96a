"""Does a function do the same as what autoform makes of it?

The original in its own language, the interpreter of the spec IR, the functional form and the
emitted code run on the same inputs; any difference is shrunk to one call. `crosscheck` is the
whole; its parts serve whatever else runs originals or needs inputs.
"""

from autoform.crosscheck.check import ALL_ENGINES, crosscheck
from autoform.crosscheck.compare import agree, differing
from autoform.crosscheck.observation import Gave, Input, NoClaim, Observation, Odd, Reason, Threw
from autoform.crosscheck.original import (
    Limits,
    Original,
    language_of,
    open_original,
    open_originals,
)
from autoform.crosscheck.results import (
    CheckResult,
    CheckVerdict,
    Counterexample,
    Counts,
    EngineCount,
    EngineName,
)

__all__ = [
    "ALL_ENGINES",
    "CheckResult",
    "CheckVerdict",
    "Counterexample",
    "Counts",
    "EngineCount",
    "EngineName",
    "Gave",
    "Input",
    "Limits",
    "NoClaim",
    "Observation",
    "Odd",
    "Original",
    "Reason",
    "Threw",
    "agree",
    "crosscheck",
    "differing",
    "language_of",
    "open_original",
    "open_originals",
]
