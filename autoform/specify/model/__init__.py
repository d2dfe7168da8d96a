"""The language model as one more who proposes postconditions: asked on request, never believed.

What it answers is read by the grammar of contract expressions, held against runs, written in the
form of the host's language, read back and proved, as any other candidate is.
"""

from __future__ import annotations

from autoform.specify.model.rounds import Rounds

__all__ = ["Rounds"]
