"""A unit of work: one program whose functions become rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias

from autoform.corpus.row import Licence

__all__ = ["Json", "Unit", "UnitLanguage"]

Json: TypeAlias = Any  # what `json` reads and writes
UnitLanguage: TypeAlias = Literal["python", "rust"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A file, or a record of a public set.

    `item` is its name in its corpus, unique there. `entry_points` limits the rows to functions of
    these names; None is all. `derivation` says what was done to the text before it came here.
    """

    corpus: str
    item: str
    path: str
    text: str
    language: UnitLanguage
    licence: Licence
    repository: str | None = None
    commit: str | None = None
    derivation: tuple[str, ...] = ()
    entry_points: tuple[str, ...] | None = None

    def to_json(self) -> Json:
        """As a worker is told of it."""
        return asdict(self)

    @staticmethod
    def from_json(data: Mapping[str, Json]) -> Unit:
        """The unit that `to_json` wrote down."""
        points = data["entry_points"]
        return Unit(
            **{
                **data,
                "derivation": tuple(data["derivation"]),
                "entry_points": None if points is None else tuple(points),
            }
        )

    @property
    def digest(self) -> str:
        """What tells whether the unit is still the one that a journal speaks of."""
        text = json.dumps(self.to_json(), sort_keys=True)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
