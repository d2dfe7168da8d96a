"""Where the methods of a type are looked up, in order."""

from __future__ import annotations

from typing import Final

from autoform.frontends.rust.types import INTEGERS, Con, Ty

_GROUPS: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(INTEGERS, ("Int", "Any")),
    "f64": ("Float", "Any"),
    "bool": ("Bool", "Any"),
    "char": ("Char", "Any"),
    "Str": ("Str", "Any"),
    "Seq": ("Seq", "Any"),
    "VecDeque": ("VecDeque", "Any"),
    "Option": ("Option", "Any"),
    "Result": ("Result", "Any"),
    "Iter": ("Iter", "Any"),
    "Range": ("Range", "Iter", "Any"),
    "RangeFrom": ("Iter", "Any"),
    "HashMap": ("HashMap", "Any"),
    "BTreeMap": ("BTreeMap", "Any"),
    "HashSet": ("HashSet", "Any"),
    "BTreeSet": ("BTreeSet", "Any"),
    "Entry": ("Entry",),
    "Repeated": ("Repeated",),
    "Ordering": ("Ordering", "Any"),
}


def receiver_groups(ty: Ty) -> tuple[str, ...]:
    """The groups of the library that have methods of a type."""
    if type(ty) is Con:
        return _GROUPS.get(ty.name, ("Any",))
    assert not isinstance(ty, Con)
    return {"int": ("Int", "Any"), "float": ("Float", "Any")}.get(ty.kind, ())
