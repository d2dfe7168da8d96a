"""What is guessed of a function given as text, without any proof; clauses compared."""

from __future__ import annotations

from autoform.frontends import lift
from autoform.ir.exprs import Binder, Expr, Var
from autoform.ir.node import Node
from autoform.ir.traversal import rewrite, walk
from autoform.source import SourceFile
from autoform.specify.hosts.python import PythonHost
from autoform.specify.hosts.unprintable import Unprintable
from autoform.specify.propose import propose
from autoform.specify.runs import observe


def guesses(text: str) -> dict[str, str]:
    """The families of the candidates for the last function of the text, by the clause as Python."""
    source = SourceFile("sample.py", text)
    lifted = lift(source)
    assert not lifted.refused, lifted.diagnostics
    function = lifted.module.functions[-1]
    written = lifted.examples.get(function.name, ())
    runs = observe(function, lifted.module, written, examples=30, seed=0)
    host = PythonHost(source)
    found: dict[str, str] = {}
    for candidate in propose(function, lifted.module, runs):
        try:
            text = host.ensure(function, candidate.condition).expression
        except Unprintable:
            continue
        found.setdefault(text, candidate.family)
    return found


def plain(condition: Expr) -> Expr:
    """The condition with its binders named by their order: front ends choose the names."""
    bound = dict.fromkeys(node.name for node in walk(condition) if isinstance(node, Binder))
    names = {name: f"bound{number}" for number, name in enumerate(bound)}

    def change(node: Node) -> Node:
        match node:
            case Binder(name, type_):
                return Binder(names[name], type_)
            case Var(name, type_) if name in names:
                return Var(names[name], type_)
            case _:
                return node

    return rewrite(condition, change)
