"""All families of the library: importing this module enters them in the tables of `calls`."""

from __future__ import annotations

from typing import Final

from autoform.frontends.python.library import (
    changes,
    conversions,
    copies,
    formatting,
    iterators,
    mathematics,
    ordering,
    queries,
    reductions,
    scalars,
    search,
    sequences,
    text,
)

FAMILIES: Final = (
    changes,
    conversions,
    copies,
    formatting,
    iterators,
    mathematics,
    ordering,
    queries,
    reductions,
    scalars,
    search,
    sequences,
    text,
)
"""The modules whose import has entered what they know."""
