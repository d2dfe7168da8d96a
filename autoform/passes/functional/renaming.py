"""Expressions moved into another function, where variables have other names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

from autoform.ir.exprs import (
    Binder,
    Comprehension,
    Expr,
    Filter,
    Generator,
    Lambda,
    Let,
    Quant,
    Var,
)
from autoform.ir.node import Node
from autoform.ir.traversal import map_children
from autoform.passes.blocks import Names


@dataclass(frozen=True, slots=True)
class Renaming:
    """Renames free variables by `current`, and gives every binder a name not yet taken.

    Binders are renamed because an expression may be written twice into one function.
    """

    current: Mapping[str, str]
    names: Names

    def expr(self, expr: Expr) -> Expr:
        """The expression in the new names."""
        return cast(Expr, self._node(expr))

    def _node(self, node: Node) -> Node:
        match node:
            case Var(name):
                new = self.current.get(name, name)
                return node if new == name else replace(node, name=new)
            case Let(name, value, body):
                inner, fresh = self._binding(name)
                return replace(node, name=fresh, value=self.expr(value), body=inner.expr(body))
            case Quant(_, binder, domain, body):
                inner, fresh = self._binding(binder.name)
                return replace(
                    node,
                    binder=replace(binder, name=fresh),
                    domain=self.expr(domain),
                    body=inner.expr(body),
                )
            case Lambda(params, body):
                return self._lambda(node, params, body)
            case Comprehension():
                return self._comprehension(node)
            case _:
                return map_children(node, self._node)

    def _binding(self, name: str) -> tuple[Renaming, str]:
        fresh = self.names.fresh(name)
        return Renaming({**self.current, name: fresh}, self.names), fresh

    def _lambda(self, node: Lambda, params: tuple[Binder, ...], body: Expr) -> Lambda:
        inner, renamed = self, []
        for param in params:
            inner, fresh = inner._binding(param.name)
            renamed.append(replace(param, name=fresh))
        return replace(node, params=tuple(renamed), body=inner.expr(body))

    def _comprehension(self, node: Comprehension) -> Comprehension:
        inner: Renaming = self
        clauses: list[Generator | Filter] = []
        for clause in node.clauses:
            match clause:
                case Generator(binder, source):
                    moved = inner.expr(source)
                    inner, fresh = inner._binding(binder.name)
                    named = replace(binder, name=fresh)
                    clauses.append(replace(clause, binder=named, source=moved))
                case Filter(condition):
                    clauses.append(replace(clause, condition=inner.expr(condition)))
        return replace(
            node,
            clauses=tuple(clauses),
            key=None if node.key is None else inner.expr(node.key),
            element=inner.expr(node.element),
        )
