"""Records: dataclasses and named tuples of the module. None are lifted yet."""

from __future__ import annotations

from typing import Protocol

from autoform.frontends.python import tree
from autoform.frontends.python.context import Lowering
from autoform.frontends.python.values import Val


class RecordInfo(Protocol):
    """What the lowering asks of a record."""

    def construct(self, ctx: Lowering, node: tree.Call) -> Val:
        """Lower a call of the class."""

    def field(self, ctx: Lowering, val: Val, node: tree.Attribute) -> Val:
        """Lower a read of a field."""
