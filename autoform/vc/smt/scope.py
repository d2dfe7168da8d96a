"""What names stand for in a term, and expressions abstracted from what their names stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias, TypeVar, cast

from autoform.ir.exprs import Binder, Expr, Let, Old, ResultValue, Var
from autoform.ir.node import Node
from autoform.ir.traversal import binders_of, map_children
from autoform.ir.types import Type
from autoform.vc.smt.binding import z3

Term: TypeAlias = z3.ExprRef
_E = TypeVar("_E", bound=Expr)


@dataclass(frozen=True, slots=True)
class Scope:
    """What names stand for: variables now, parameters at entry (`old`), the result.

    `guards` hold wherever the value of the expression matters: ranges of quantifiers around it,
    and conditions that decide whether it is read at all.
    """

    variables: Mapping[str, Term]
    old: Mapping[str, Term] = field(default_factory=dict)
    result: Term | None = None
    guards: tuple[z3.BoolRef, ...] = ()

    def bind(self, name: str, term: Term) -> Scope:
        """The scope with one more name, which `old` does not change."""
        old = {n: t for n, t in self.old.items() if n != name}
        return Scope({**self.variables, name: term}, old, self.result, self.guards)

    def at_entry(self) -> Scope:
        """The scope in which `old` expressions are read."""
        return Scope({**self.variables, **self.old}, self.old, self.result, self.guards)

    def under(self, *guards: z3.BoolRef) -> Scope:
        """The scope where the guards hold too."""
        return replace(self, guards=(*self.guards, *guards))


@dataclass(slots=True)
class _Abstraction:
    scope: Scope
    terms: list[Term] = field(default_factory=list)
    captured: dict[tuple[str, bool], str] = field(default_factory=dict)
    bound: int = 0

    def capture(self, key: tuple[str, bool], type_: Type, term: Term) -> Var:
        name = self.captured.get(key)
        if name is None:
            name = self.captured[key] = f"captured {len(self.terms)}"
            self.terms.append(term)
        return Var(name, type_)

    def visit(self, node: Node, bound: Mapping[str, str], *, old: bool) -> Node:
        match node:
            case Var(name, type_):
                if name in bound:
                    return Var(bound[name], type_)
                if old and name in self.scope.old:
                    return self.capture((name, True), type_, self.scope.old[name])
                return self.capture((name, False), type_, self.scope.variables[name])
            case ResultValue(type_):
                assert self.scope.result is not None
                return self.capture(("\\result", False), type_, self.scope.result)
            case Old(value):
                return self.visit(value, bound, old=True)
            case Binder(name):
                return replace(node, name=bound[name])
            case _:
                inner = dict(bound)
                for binder in binders_of(node):
                    inner[binder.name] = f"bound {self.bound}"
                    self.bound += 1
                if isinstance(node, Let):
                    node = replace(node, name=inner[node.name])
                return map_children(node, lambda child: self.visit(child, inner, old=old))


def abstract(expr: _E, scope: Scope) -> tuple[_E, list[Term]]:
    r"""The expression over `captured 0`, `captured 1`, …, and the terms that these stand for.

    Variables, `\old(x)` and `\result` become captured names in order of occurrence, and binders
    are numbered, so that two expressions that differ in names alone become equal.
    """
    work = _Abstraction(scope)
    abstracted = cast(_E, work.visit(expr, {}, old=False))
    return abstracted, work.terms


def captured_scope(terms: list[Term]) -> Scope:
    """The scope in which an abstracted expression means what it was abstracted from."""
    return Scope({f"captured {place}": term for place, term in enumerate(terms)})
