"""How families enter what they lower."""

from __future__ import annotations

from collections.abc import Callable

from autoform.frontends.rust import tree
from autoform.frontends.rust.lower_exprs import FUNCTIONS, METHODS, operands
from autoform.frontends.rust.lowering import Lower
from autoform.ir import exprs as ir
from autoform.ir.ops import apply

Method = Callable[[Lower, tree.MethodCall], ir.Expr]
Function = Callable[[Lower, tree.Call], ir.Expr]


def method(*keys: str) -> Callable[[Method], Method]:
    """Enter a function as the meaning of methods."""

    def enter(function: Method) -> Method:
        for key in keys:
            METHODS[key] = function
        return function

    return enter


def function(*keys: str) -> Callable[[Function], Function]:
    """Enter a function as the meaning of functions without a receiver."""

    def enter(meaning: Function) -> Function:
        for key in keys:
            FUNCTIONS[key] = meaning
        return meaning

    return enter


def values(low: Lower, node: tree.MethodCall) -> list[ir.Expr]:
    """The receiver and the arguments, evaluated in this order."""
    return operands(low, (node.receiver, *node.args))


def enter_operators(rows: dict[str, str]) -> None:
    """Methods that are one operator of the IR on receiver and arguments."""
    for key, op in rows.items():
        METHODS[key] = _operator(op)


def _operator(op: str) -> Method:
    def meaning(low: Lower, node: tree.MethodCall) -> ir.Expr:
        return apply(op, *values(low, node), span=low.span(node))

    return meaning
