"""Every operator of the catalogue as a Python function.

`MEANINGS` has exactly the names of `autoform.ir.ops.OPS`. A function raises what its row names,
as `EvaluationFailed`; beyond that only `OutsideSubset`, where Python itself gives up on size or
Python's and Rust's answers depend on more than the values (identity of NaNs, version of Unicode).
"""

from __future__ import annotations

from typing import Final

from autoform.semantics.meaning import Meaning
from autoform.semantics.ops.chars import CHARS
from autoform.semantics.ops.collections import MAPS, OPTIONS, SETS
from autoform.semantics.ops.comparisons import COMPARISONS
from autoform.semantics.ops.floats import FLOATS
from autoform.semantics.ops.integers import INTEGERS
from autoform.semantics.ops.machine import MACHINE_INTEGERS
from autoform.semantics.ops.python_text import PYTHON_TEXT
from autoform.semantics.ops.reductions import REDUCTIONS
from autoform.semantics.ops.sequences import SEQUENCES
from autoform.semantics.ops.text import TEXT

MEANINGS: Final[dict[str, Meaning]] = {
    **COMPARISONS,
    **INTEGERS,
    **MACHINE_INTEGERS,
    **FLOATS,
    **CHARS,
    **TEXT,
    **PYTHON_TEXT,
    **SEQUENCES,
    **REDUCTIONS,
    **SETS,
    **MAPS,
    **OPTIONS,
}
