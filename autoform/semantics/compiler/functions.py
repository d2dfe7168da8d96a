"""Whole functions, and expressions by themselves, as Python functions."""

from __future__ import annotations

from autoform.ir.decls import Function
from autoform.ir.exprs import Call, Expr
from autoform.ir.traversal import walk
from autoform.ir.types import UNIT, Type
from autoform.semantics.compiler.expressions import expression
from autoform.semantics.compiler.frame import Frame, Linker, Piece, variable
from autoform.semantics.compiler.loops import environment
from autoform.semantics.compiler.source import Suite
from autoform.semantics.compiler.statements import block, return_piece
from autoform.semantics.compiler.thawing import split_pairs, thawable_variables


def function_source(
    linker: Linker, function: Function, name: str, bindings: dict[str, Type], *, traced: bool
) -> Suite:
    """The function as a Python function of the tank, the depth left and its parameters.

    With inout parameters it returns the result and their values; when it raises, the exception
    carries them.
    """
    frame = Frame(linker, bindings, function, traced=traced)
    frame.thawable = thawable_variables(function, linker.module, frame.resolve)
    frame.split_pairs = frozenset() if traced else split_pairs(function)
    frame.visible = [param.name for param in function.params]
    frame.tail_calls = not frame.inouts() and _may_call_itself(function)
    params = ", ".join(["k", "d", *(variable(param.name) for param in function.params)])
    with frame.suite(f"def {name}({params}):") as suite:
        frame.emit("if d <= 0: raise FuelExhausted")
        if traced:
            frame.emit(f"entry = {environment(frame.visible)}")
        if frame.inouts():
            _body_with_inouts(frame, function)
        elif frame.tail_calls:
            with frame.loop("while True:"):
                _body(frame, function)
        else:
            with frame.metered():
                _body(frame, function)
    return suite


def _may_call_itself(function: Function) -> bool:
    calls = (node for node in walk(*function.body) if isinstance(node, Call))
    return any(call.function == function.name for call in calls)


def _body_with_inouts(frame: Frame, function: Function) -> None:
    with frame.suite("try:"), frame.metered():
        _body(frame, function)
    with frame.suite("except EvaluationFailed as failure:"):
        values = "".join(f"{variable(name)}, " for name in frame.inouts())
        frame.emit(f"failure.inouts = ({values})")
        frame.emit("raise")


def _body(frame: Frame, function: Function) -> None:
    block(frame, function.body)
    if frame.resolve(function.result) == UNIT:
        return_piece(frame, Piece("()"))
    else:
        frame.emit("raise RuntimeError('the end of a function that returns a value')")


def expression_source(
    linker: Linker, expr: Expr, name: str
) -> tuple[Suite, tuple[str, ...], tuple[str, ...]]:
    """An expression as a Python function, and the variables it reads now and at entry.

    The function takes the tank, the depth left, the result of the function that the expression
    speaks of, and the values of those variables.
    """
    frame = Frame(linker)
    with frame.suite("") as suite, frame.metered():
        frame.emit(f"return {expression(frame, expr).text}")
    now, at_entry = tuple(frame.free), tuple(frame.free_at_entry)
    params = ["k", "d", "result", *map(variable, now), *(variable(n, "o") for n in at_entry)]
    suite.header = f"def {name}({', '.join(params)}):"
    return suite, now, at_entry
