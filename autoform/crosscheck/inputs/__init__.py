"""Inputs for a function: from its types, its `requires`, and the examples beside it."""

from autoform.crosscheck.inputs.corner_inputs import corner_inputs
from autoform.crosscheck.inputs.corners import corners
from autoform.crosscheck.inputs.fixed_lengths import length_fitter
from autoform.crosscheck.inputs.generate import generate
from autoform.crosscheck.inputs.preconditions import Knowledge, knowledge_of
from autoform.crosscheck.inputs.repair import repairs
from autoform.crosscheck.inputs.size import LADDER, Size
from autoform.crosscheck.inputs.strategies import Evaluate, arguments, values

__all__ = [
    "LADDER",
    "Evaluate",
    "Knowledge",
    "Size",
    "arguments",
    "corner_inputs",
    "corners",
    "generate",
    "knowledge_of",
    "length_fitter",
    "repairs",
    "values",
]
