"""Sums of ones count: they are lengths.

Before:

    return seq.sum([1 for x in xs if x > 0]);

Provers know what a filter keeps, and how long that is; of a sum they know its recursion.

After:

    return seq.len([x for x in xs if x > 0]);
"""

from __future__ import annotations

from autoform.ir.decls import Module
from autoform.ir.exprs import Apply, Collection, Comprehension, Generator, IntLit, Var
from autoform.ir.node import Node
from autoform.ir.ops import apply
from autoform.ir.traversal import rewrite
from autoform.ir.types import INT

__all__ = ["sums_to_lengths"]


def sums_to_lengths(module: Module) -> Module:
    """Count what comprehensions yield, instead of adding one for each. Contracts are included."""
    return rewrite(module, _counted)


def _counted(node: Node) -> Node:
    match node:
        case Apply("seq.sum", (Comprehension(Collection.SEQ, IntLit(1), clauses),), type_) if (
            type_ == INT
        ):
            last = [each.binder for each in clauses if isinstance(each, Generator)][-1]
            items = Comprehension(Collection.SEQ, Var(last.name, last.type), clauses)
            return apply("seq.len", items)
        case _:
            return node
