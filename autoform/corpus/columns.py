"""The columns of a row, or of a view, as a dataset card lists them.

Whoever reads JSON by looking at it takes a list that is empty in the first rows for a list of
nothing, and fails at the first that is not. The card tells the types beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal, get_args, get_origin, get_type_hints, is_typeddict

from autoform.corpus.parquet import without_none
from autoform.corpus.row import Row

__all__ = ["columns"]

_PLAIN: Final[dict[object, str]] = {
    str: "string",
    int: "int64",
    bool: "bool",
    float: "float64",
}
_STEP: Final = "  "


def columns(hints: Mapping[str, object] | None = None) -> list[str]:
    """The lines of `features`, in YAML: of columns with these types, else of a row."""
    return list(_named(get_type_hints(Row) if hints is None else hints, ""))


def _named(hints: Mapping[str, object], indent: str) -> Iterator[str]:
    for name, hint in hints.items():
        yield f"{indent}- name: {name}"
        yield from _typed(without_none(hint)[0], indent + _STEP)


def _typed(hint: object, indent: str) -> Iterator[str]:
    if isinstance(hint, type) and is_typeddict(hint):
        yield f"{indent}struct:"
        yield from _named(get_type_hints(hint), indent)
    elif get_origin(hint) is list:
        (inner,) = get_args(hint)
        if isinstance(inner, type) and is_typeddict(inner):
            yield f"{indent}list:"
            yield from _named(get_type_hints(inner), indent)
        else:
            yield f"{indent}list: {_PLAIN[inner]}"
    else:
        yield f"{indent}dtype: {'string' if get_origin(hint) is Literal else _PLAIN[hint]}"
