"""Measures for recursive functions without a `decreases`, guessed from the parameters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Expr, Var
from autoform.ir.ops import apply
from autoform.ir.text import print_expr
from autoform.ir.types import SeqType, StrType, is_integer
from autoform.prove.candidate import length, widened
from autoform.prove.houdini import with_function
from autoform.prove.steady import steady
from autoform.vc.execute import Execution
from autoform.vc.obligation import Kind
from autoform.vc.recursion import cycle_of
from autoform.vc.smt.solver import Answer, Solver

_KINDS = frozenset({Kind.VARIANT_BOUNDED, Kind.VARIANT_DECREASES})


@steady()
def with_measure(module: Module, function: Function, *, steps: int) -> Function:
    """The function with a measure that goes down in every recursive call, if one is found."""
    if function.contract.decreases or cycle_of(module, function.name) != {function.name}:
        return function
    for guess in _guesses(function):
        contract = replace(function.contract, decreases=(guess,))
        measured = replace(function, contract=contract)
        if _goes_down(with_function(module, measured), measured, print_expr(guess), steps):
            return measured
    return function


def _goes_down(module: Module, function: Function, detail: str, steps: int) -> bool:
    run = Execution(module, function)
    run.run()
    asked = [o for o in run.obligations if o.kind in _KINDS and o.detail == detail]
    replies = Solver(run.universe, run.facts, steps=steps).ask(o.question for o in asked)
    return all(reply.answer is Answer.HOLDS for reply in replies)


def _guesses(function: Function) -> Iterator[Expr]:
    values = [Var(param.name, param.type) for param in function.params]
    numbers = [widened(value) for value in values if is_integer(value.type)]
    lengths = [length(value) for value in values if isinstance(value.type, SeqType | StrType)]
    yield from numbers
    yield from lengths
    for one in (*numbers, *lengths):
        for other in numbers:
            if one != other:
                yield apply("sub", one, other)
                yield apply("add", one, other)
