"""The operators with an encoding of their own, by family. Others are uninterpreted.

An encoding may assume the operator's definedness: it is an obligation of its own.
"""

from __future__ import annotations

from typing import Final

from autoform.vc.smt.operators.characters import CHARACTERS
from autoform.vc.smt.operators.collections import COLLECTIONS, empty_map, map_insert
from autoform.vc.smt.operators.numbers import NUMBERS
from autoform.vc.smt.operators.numerals import NUMERALS
from autoform.vc.smt.operators.sequences import SEQUENCES
from autoform.vc.smt.operators.table import Encode

ENCODERS: Final[dict[str, Encode]] = {
    **NUMBERS,
    **SEQUENCES,
    **COLLECTIONS,
    **CHARACTERS,
    **NUMERALS,
}

__all__ = ["ENCODERS", "Encode", "empty_map", "map_insert"]
