"""What the library functions of `autoform.frontends.rust.prelude` mean, by family."""

from autoform.frontends.rust.library import (
    collections,
    edges,
    floats,
    integers,
    iterators,
    options,
    orderings,
    sequences,
    skipping,
    text,
)

FAMILIES = (
    collections,
    edges,
    floats,
    integers,
    iterators,
    options,
    orderings,
    sequences,
    skipping,
    text,
)
"""Imported because they enter what they lower in the tables of `lower_exprs`."""
