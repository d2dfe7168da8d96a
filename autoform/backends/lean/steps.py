"""What printers share: bindings before a term, conditions, and the module being printed."""

from __future__ import annotations

from dataclasses import dataclass

from autoform.backends.lean.names import GlobalNames
from autoform.backends.lean.terms import COMPARISON, Term, app, infix
from autoform.ir.decls import Module


@dataclass(frozen=True, slots=True)
class Step:
    """`let name ← term` when it raises, else `let name := term`."""

    name: str
    term: Term
    raises: bool
    type: Term | None = None


@dataclass(frozen=True, slots=True)
class Truth:
    """A condition, as a proposition or as a `Bool`: whichever is natural."""

    prop: Term | None = None
    bool: Term | None = None

    @property
    def as_prop(self) -> Term:
        """The condition as a (decidable) proposition."""
        if self.prop is not None:
            return self.prop
        return infix(self.as_bool, "=", Term("true"), COMPARISON)

    @property
    def as_bool(self) -> Term:
        """The condition as a `Bool`."""
        if self.bool is not None:
            return self.bool
        return app("decide", self.as_prop)


@dataclass(frozen=True, slots=True)
class Context:
    """What a module's terms are printed with. `raising` are the functions that are `Except`."""

    module: Module
    names: GlobalNames
    raising: frozenset[str]
