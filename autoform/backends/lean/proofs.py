"""Which proofs are sure enough to be printed, by the shape of the function and of the clause.

Straight-line integer code without loops, calls or partial operators unfolds to conditionals of
linear terms: splitting them leaves goals for `omega`. Anything else is left as `sorry`, for a
prover or a person: a script that may fail would hide what is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from autoform.backends.lean.steps import Context
from autoform.ir.decls import Function
from autoform.ir.exprs import (
    And,
    Apply,
    BoolLit,
    Expr,
    IfExpr,
    IntLit,
    Or,
    ResultValue,
    Var,
    type_of,
)
from autoform.ir.node import Node
from autoform.ir.stmts import If, Raise, Return, VarDecl
from autoform.ir.traversal import walk
from autoform.ir.types import BoolType, IntType
from autoform.passes.purity import may_raise

OPEN: Final = ("sorry",)

_LINEAR: Final = frozenset(
    {"add", "sub", "neg", "eq", "ne", "lt", "le", "gt", "ge", "min2", "max2", "not", "int.widen"}
)


@dataclass(frozen=True, slots=True)
class Shape:
    """What kind of code a function is."""

    name: str
    linear: bool
    raising: bool

    def of_ensures(self, goal: Expr, *, raising: bool) -> tuple[str, ...]:
        """The proof of a postcondition."""
        if not self.linear or not is_linear(goal):
            return OPEN
        if not raising:
            return (f"simp only [{self.name}]", "repeat' split", "all_goals omega")
        return (
            f"simp only [{self.name}] at hr",
            "repeat' split at hr",
            "all_goals simp_all",
            "all_goals omega",
        )

    def of_raises(self, condition: Expr) -> tuple[str, ...]:
        """The proof that the function raises."""
        if not self.linear or not is_linear(condition):
            return OPEN
        return (f"simp only [{self.name}]", "repeat' split", "all_goals first | rfl | omega")


def shape_of(function: Function, context: Context) -> Shape:
    """The shape of a printed function."""
    name = context.names.functions[function.name]
    linear = all(_is_plain(stmt) for stmt in function.body)
    return Shape(name, linear, function.name in context.raising)


def _is_plain(node: Node) -> bool:
    match node:
        case VarDecl(_, type_, value):
            return isinstance(type_, IntType) and value is not None and is_linear(value)
        case Return(value):
            return is_linear(value)
        case Raise():
            return True
        case If(condition, then, orelse):
            return is_linear(condition) and all(map(_is_plain, (*then, *orelse)))
        case _:
            return False


def is_linear(expr: Expr) -> bool:
    """Whether `omega` understands the expression: linear integers, comparisons, connectives."""
    return not may_raise(expr) and all(map(_is_linear_node, _expressions(expr)))


def _expressions(expr: Expr) -> list[Node]:
    return [node for node in walk(expr) if not isinstance(node, BoolLit)]


def _is_linear_node(node: Node) -> bool:
    match node:
        case IntLit():
            return True
        case Var(_, type_) | ResultValue(type_):
            return isinstance(type_, IntType)
        case And() | Or():
            return True
        case IfExpr():
            return isinstance(type_of(node), IntType)
        case Apply("mul", args):
            return sum(isinstance(arg, IntLit) for arg in args) > 0 and _on_integers(node)
        case Apply("floor_div" | "floor_mod" | "euclid_div" | "euclid_mod", (_, IntLit(by))):
            return by > 0 and _on_integers(node)
        case Apply(op):
            return op in _LINEAR and _on_integers(node)
        case _:
            return False


def _on_integers(node: Apply) -> bool:
    return all(isinstance(type_of(arg), IntType | BoolType) for arg in node.args)
