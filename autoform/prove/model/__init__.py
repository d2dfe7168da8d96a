"""The language model: asked for what the deterministic prover leaves open, believed in nothing.

What it answers is read by the grammar of contract expressions and may only add invariants,
measures and asserts, each of which is proved like any other. Code and contract are not its to
change: they are in no answer that can be read.
"""

from __future__ import annotations

from autoform.prove.model.door import Door, open_door
from autoform.prove.model.loop import Assisted, Task, assist
from autoform.prove.model.report import ModelReport
from autoform.prove.model.settings import ModelSettings, ModelUnavailable

__all__ = [
    "Assisted",
    "Door",
    "ModelReport",
    "ModelSettings",
    "ModelUnavailable",
    "Task",
    "assist",
    "open_door",
]
