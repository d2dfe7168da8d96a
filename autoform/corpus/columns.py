"""The columns of a row as a dataset card lists them.

Whoever reads JSON by looking at it takes a list that is empty in the first rows for a list of
nothing, and fails at the first that is not. The card tells the types beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, get_args, get_origin, get_type_hints, is_typeddict

from autoform.corpus.parquet import without_none
from autoform.corpus.row import Row

__all__ = ["columns"]

_PLAIN: Final[dict[object, str]] = {str: "string", int: "int64", bool: "bool"}
_STEP: Final = "  "


def columns(row: type = Row) -> list[str]:
    """The lines of `features`, in YAML."""
    return list(_named(row, ""))


def _named(row: type, indent: str) -> Iterator[str]:
    for name, hint in get_type_hints(row).items():
        yield f"{indent}- name: {name}"
        yield from _typed(without_none(hint)[0], indent + _STEP)


def _typed(hint: object, indent: str) -> Iterator[str]:
    if isinstance(hint, type) and is_typeddict(hint):
        yield f"{indent}struct:"
        yield from _named(hint, indent)
    elif get_origin(hint) is list:
        (inner,) = get_args(hint)
        if isinstance(inner, type) and is_typeddict(inner):
            yield f"{indent}list:"
            yield from _named(inner, indent)
        else:
            yield f"{indent}list: {_PLAIN[inner]}"
    else:
        yield f"{indent}dtype: {'string' if get_origin(hint) is Literal else _PLAIN[hint]}"
