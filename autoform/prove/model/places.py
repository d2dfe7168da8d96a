"""Places of a lowered function that an answer can name: loops `L1`, other statements `P1`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from autoform.ir.decls import Function
from autoform.ir.exprs import Call, Expr
from autoform.ir.stmts import (
    Assert,
    Block,
    Break,
    Continue,
    If,
    Origin,
    Raise,
    Return,
    Stmt,
    While,
)
from autoform.ir.traversal import walk


@dataclass(frozen=True, slots=True)
class PlacedAssert:
    """An assert before the statement of a label, or after it."""

    label: str
    after: bool
    condition: Expr


def labels(function: Function) -> dict[int, str]:
    """The label of each statement, by the identity of its node."""
    found: dict[int, str] = {}
    loops = places = 0
    for stmt in _statements(function.body):
        if isinstance(stmt, While):
            loops += 1
            found[id(stmt)] = f"L{loops}"
        else:
            places += 1
            found[id(stmt)] = f"P{places}"
    return found


def loop_label(number: int) -> str:
    """The label of a loop of `vc.loops`, which counts from 0."""
    return f"L{number + 1}"


def _statements(block: Block) -> Iterable[Stmt]:
    for stmt in block:
        yield stmt
        match stmt:
            case If(_, then, orelse):
                yield from _statements(then)
                yield from _statements(orelse)
            case While():
                yield from _statements(stmt.body)
            case _:
                pass


def is_left(stmt: Stmt) -> bool:
    """Whether nothing comes after the statement."""
    return isinstance(stmt, Return | Raise | Break | Continue)


def labelled(function: Function) -> dict[str, Stmt]:
    """The statements by their labels."""
    found = labels(function)
    return {found[id(stmt)]: stmt for stmt in _statements(function.body)}


def with_asserts(function: Function, asserts: Iterable[PlacedAssert]) -> Function:
    """The function with asserts put in: stated for the proof, never run."""
    named = labels(function)
    placed: dict[tuple[str, bool], list[Assert]] = {}
    for each in asserts:
        stated = Assert(each.condition, Origin.MODEL, span=each.condition.span)
        placed.setdefault((each.label, each.after), []).append(stated)
    return replace(function, body=_block(function.body, named, placed)) if placed else function


def _block(
    block: Block, named: Mapping[int, str], placed: Mapping[tuple[str, bool], list[Assert]]
) -> Block:
    stmts: list[Stmt] = []
    for stmt in block:
        label = named[id(stmt)]
        stmts += placed.get((label, False), ())
        match stmt:
            case If(_, then, orelse):
                inner = _block(then, named, placed), _block(orelse, named, placed)
                stmts.append(replace(stmt, then=inner[0], orelse=inner[1]))
            case While():
                stmts.append(replace(stmt, body=_block(stmt.body, named, placed)))
            case _:
                stmts.append(stmt)
        stmts += placed.get((label, True), ())
    return tuple(stmts)


def names_called(*exprs: Expr) -> frozenset[str]:
    """The functions that expressions call."""
    return frozenset(node.function for node in walk(*exprs) if isinstance(node, Call))
