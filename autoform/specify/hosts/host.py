"""What a host language has to offer for contracts to be written in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from autoform.ir.decls import Function, Language
from autoform.ir.exprs import Expr
from autoform.source import SourceFile
from autoform.specify.hosts.edits import Edit
from autoform.specify.hosts.python import PythonHost
from autoform.specify.hosts.rust import RustHost
from autoform.specify.hosts.written import Written


class Host(Protocol):
    """Writes clauses for the functions of one file."""

    def require(self, function: Function, condition: Expr) -> Written:
        """A precondition. Raises `Unprintable`."""
        ...

    def ensure(self, function: Function, condition: Expr) -> Written:
        """A postcondition. Raises `Unprintable`."""
        ...

    def edits(self, function: Function, clauses: Sequence[Written]) -> list[Edit]:
        """What puts the clauses above the function, in their order and next to it."""
        ...

    def imports(self, clauses: Iterable[Written]) -> list[Edit]:
        """What the clauses take from elsewhere, and the file has not yet."""
        ...


def host_of(source: SourceFile, language: Language) -> Host | None:
    """The host for a file of the language, if contracts can be written in it."""
    match language:
        case Language.PYTHON:
            return PythonHost(source)
        case Language.RUST:
            return RustHost(source)
        case _:
            return None
