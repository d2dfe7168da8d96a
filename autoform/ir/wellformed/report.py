"""Violations as data, and the exception that carries them."""

from __future__ import annotations

from dataclasses import dataclass

from autoform.ir.decls import ConstDecl, EnumDecl, Function, RecordDecl
from autoform.ir.node import Node
from autoform.source import Span


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule broken by `node`, inside the declaration."""

    message: str
    node: Node
    declaration: Node

    @property
    def name(self) -> str:
        """The declaration's name; empty for the module."""
        match self.declaration:
            case Function(name) | RecordDecl(name) | EnumDecl(name) | ConstDecl(name):
                return name
            case _:
                return ""

    @property
    def span(self) -> Span:
        """Where the node comes from."""
        return self.node.span


class IllFormed(Exception):
    """A module breaks the rules of `autoform.ir.wellformed`: a defect of what built it."""

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        super().__init__("\n".join(f"{v.name or 'module'}: {v.message}" for v in violations))
        self.violations = violations
