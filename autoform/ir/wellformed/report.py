"""Violations as data, and the exception that shows them in the IR's own text."""

from __future__ import annotations

from dataclasses import dataclass

from autoform.ir.decls import ConstDecl, EnumDecl, Function, RecordDecl
from autoform.ir.node import Node
from autoform.ir.traversal import MAX_DEPTH, depth
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

    def explain(self) -> str:
        """The message, and the declaration with the message under the line it is about."""
        from autoform.ir.text import print_remarked  # a parser library, loaded to explain only

        headline = f"{self.name or 'module'}: {self.message}"
        match self.declaration:
            case Function() | RecordDecl() | EnumDecl() | ConstDecl() as declaration:
                if depth(declaration) <= MAX_DEPTH:
                    remarks = {id(self.node): self.message}
                    return f"{headline}\n{print_remarked(declaration, remarks)}"
            case _:
                pass
        return headline


class IllFormed(Exception):
    """A module breaks the rules of `autoform.ir.wellformed`: a defect of what built it."""

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        super().__init__(violations)
        self.violations = violations

    def __str__(self) -> str:
        return "\n".join(violation.explain() for violation in self.violations)
