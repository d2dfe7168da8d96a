"""The base of every IR node."""

from __future__ import annotations

from dataclasses import dataclass, field

from autoform.source import NOWHERE, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Base of every IR node. Equality ignores `span`: same meaning, same node."""

    span: Span = field(default=NOWHERE, compare=False, repr=False)
