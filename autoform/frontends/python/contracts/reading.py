"""What a reader of contracts returns, and the steps that all readers share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from autoform.frontends.python import tree
from autoform.frontends.python.clauses import Binding, ClauseKind, ClauseSource
from autoform.frontends.python.refusal import Refusal
from autoform.frontends.python.rewriting import free_names
from autoform.frontends.syntax import SyntaxTree
from autoform.ir.stmts import Origin

__all__ = [
    "ContractReading",
    "ContractSite",
    "Names",
    "demand_lambda",
    "demand_named",
    "exception_name",
    "imported_as",
    "merge",
    "refuse",
]

Names: TypeAlias = Mapping[str, Binding]


@dataclass(frozen=True, slots=True)
class ContractReading:
    """What is stated about a function beside its body.

    - `clauses` are the conditions, in source order.
    - `raises_only` are the exceptions a contract permits without saying when (`@deal.raises`,
      none for `@deal.pure`), or `None` where nothing is said. No guard may excuse another one.
    - `frame` names the parameters that may change (`post[xs]:`), or is `None` where none is said.
    - `others` are the decorators that state no contract, for the lifter to judge.
    """

    clauses: tuple[ClauseSource, ...] = ()
    raises_only: frozenset[str] | None = None
    frame: frozenset[str] | None = None
    others: tuple[tree.Expr, ...] = ()


@dataclass(frozen=True, slots=True)
class ContractSite:
    """The function whose contract is read, the file it stands in, and what its names mean.

    `imports` maps a name of the module to what was imported under it (`ic` to `icontract`,
    `pre` to `deal.pre`); `definitions` are the module's names with exactly one plain assignment.
    """

    function: tree.FunctionDef
    syntax: SyntaxTree
    imports: Mapping[str, str] = field(default_factory=dict)
    definitions: Mapping[str, tree.Expr] = field(default_factory=dict)

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the function's parameters."""
        return tuple(param.name for param in self.function.params)

    def clause(
        self,
        kind: ClauseKind,
        node: tree.Expr,
        names: Names | None = None,
        *,
        exception: str = "",
        old_snapshots: Mapping[str, tree.Expr] | None = None,
    ) -> ClauseSource:
        """A clause of a decorator, whose nodes have their places in the file."""
        return ClauseSource(
            kind=kind,
            node=node,
            source_text=self.syntax.data[node.start : node.end].decode(),
            origin=Origin.DECORATOR,
            span=self.syntax.span(node.start, node.end),
            names=names or {},
            exception=exception,
            old_snapshots=old_snapshots or {},
        )


def refuse(message: str, node: tree.Tree, help_: str | None = None) -> Refusal:
    """A contract that cannot be read exactly: leaving it out would weaken every verdict."""
    return Refusal("contract-syntax", message, node, help_)


def demand_lambda(node: tree.Expr, decorator: str) -> tree.Lambda:
    """The condition of a decorator, which must be written out where it stands."""
    if not isinstance(node, tree.Lambda):
        raise refuse(
            f"the condition of `{decorator}` is not a `lambda`",
            node,
            "write the condition as a `lambda` in the decorator",
        )
    for param in node.params:
        if param.name.startswith("*") or param.default is not None:
            raise refuse(
                f"the condition of `{decorator}` takes a parameter that is optional or starred",
                param,
                "name the parameters that the condition reads, without defaults",
            )
    return node


def exception_name(node: tree.Expr) -> str:
    """The class that a `raises` names."""
    if not isinstance(node, tree.Name):
        raise refuse("the exception is not named by its class", node)
    return node.id


def demand_named(body: tree.Expr, taken: frozenset[str], site: ContractSite) -> None:
    """Refuse a condition that means a global by a name that is also a parameter."""
    if hidden := (free_names(body) - taken) & set(site.parameters):
        name = min(hidden)
        raise refuse(
            f"the condition reads `{name}` without taking it as a parameter",
            body,
            f"add `{name}` to the parameters of the `lambda`",
        )


def imported_as(decorator: tree.Expr, imports: Mapping[str, str]) -> str | None:
    """The dotted name behind a decorator, called or not: `ic.require(…)` is `icontract.require`."""
    function = decorator.function if isinstance(decorator, tree.Call) else decorator
    match function:
        case tree.Name(id=name):
            return imports.get(name)
        case tree.Attribute(value=tree.Name(id=module), name=name):
            return f"{imports[module]}.{name}" if module in imports else None
        case _:
            return None


def merge(first: ContractReading, second: ContractReading) -> ContractReading:
    """Both readings at once: clauses in order, of permissions only what both give."""
    return ContractReading(
        clauses=first.clauses + second.clauses,
        raises_only=_both(first.raises_only, second.raises_only),
        frame=_both(first.frame, second.frame),
        others=first.others + second.others,
    )


def _both(first: frozenset[str] | None, second: frozenset[str] | None) -> frozenset[str] | None:
    if first is None or second is None:
        return second if first is None else first
    return first & second
