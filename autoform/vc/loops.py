"""The loops of a lowered function, numbered in program order, and their annotations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from autoform.ir.decls import Function
from autoform.ir.exprs import Expr, Quant, Quantifier
from autoform.ir.stmts import Block, Clause, If, Stmt, VarDecl, While
from autoform.ir.traversal import walk
from autoform.ir.types import Type


@dataclass(frozen=True, slots=True)
class LoopSite:
    """A loop with its number and the variables visible at its head, in order of declaration."""

    number: int
    loop: While
    visible: Mapping[str, Type]


@dataclass(frozen=True, slots=True)
class Annotation:
    """What a proof says of one loop."""

    invariants: tuple[Clause, ...] = ()
    decreases: tuple[Expr, ...] = ()


def loop_numbers(function: Function) -> dict[int, int]:
    """The number of each loop by the identity of its node."""
    loops = [node for node in walk(*function.body) if isinstance(node, While)]
    return {id(loop): number for number, loop in enumerate(loops)}


def loop_sites(function: Function) -> tuple[LoopSite, ...]:
    """The loops of a function with what is visible at each head, in program order."""
    numbers = loop_numbers(function)
    sites: list[LoopSite] = []

    def visit(block: Block, visible: dict[str, Type]) -> None:
        inside = dict(visible)
        for stmt in block:
            match stmt:
                case VarDecl(name, type_):
                    inside[name] = type_
                case If(_, then, orelse):
                    visit(then, inside)
                    visit(orelse, inside)
                case While():
                    sites.append(LoopSite(numbers[id(stmt)], stmt, dict(inside)))
                    visit(stmt.body, inside)
                case _:
                    pass

    visit(function.body, {param.name: param.type for param in function.params})
    return tuple(sorted(sites, key=lambda site: site.number))


def quantifies(condition: Expr, kind: Quantifier | None = None) -> bool:
    """Whether there is a quantifier in the condition, of that kind or of any."""
    return any(isinstance(n, Quant) and kind in {None, n.kind} for n in walk(condition))


def annotate(function: Function, annotations: Mapping[int, Annotation]) -> Function:
    """The function with the given loops' invariants and measures put in place of their own."""
    numbers = loop_numbers(function)

    def statement(stmt: Stmt) -> Stmt:
        match stmt:
            case If(_, then, orelse):
                return replace(stmt, then=block(then), orelse=block(orelse))
            case While():
                found = annotations.get(numbers[id(stmt)])
                inner = replace(stmt, body=block(stmt.body))
                if found is None:
                    return inner
                return replace(inner, invariants=found.invariants, decreases=found.decreases)
            case _:
                return stmt

    def block(stmts: Block) -> Block:
        return tuple(statement(stmt) for stmt in stmts)

    return replace(function, body=block(function.body))
