"""Preconditions that no call can meet, shown by the solver.

That testing finds no input may be bad luck; a contradiction is an error in the contract. Of a
function that may never be called everything is true, so nothing else is asked about it.
"""

from __future__ import annotations

from dataclasses import replace

from autoform.diagnostics import Diagnostic, Note, diagnostic
from autoform.ir.decls import Contract, Function, Module
from autoform.ir.text import print_expr
from autoform.ir.types import UNIT
from autoform.prove.houdini import with_function
from autoform.prove.steady import steady
from autoform.vc.execute import Execution
from autoform.vc.smt.solver import Solver
from autoform.vc.smt.sorts import NotEncodable

__all__ = ["impossible"]


@steady()
def impossible(
    module: Module, function: Function, *, steps: int, allow_real: bool = False
) -> Diagnostic | None:
    """The finding that the precondition contradicts itself; None where that is not shown.

    What `requires` calls is taken at its contract: ask only when those are proved.
    """
    clauses = function.contract.requires
    if not clauses:
        return None
    bare = replace(function, body=(), result=UNIT, contract=Contract(requires=clauses))
    run = Execution(with_function(module, bare), bare, allow_real=allow_real)
    try:
        run.run()
        known, path = run.returns[-1]
        if not Solver(run.universe, run.facts, steps=steps).contradictory(known, path):
            return None
    except (NotEncodable, RecursionError):
        return None
    message = f"no call can meet the precondition of `{function.name}`"
    first = clauses[0].span if clauses[0].span.known else function.span
    notes = (
        Note("nothing satisfies " + " and ".join(f"`{print_expr(c.condition)}`" for c in clauses)),
    )
    return diagnostic("contract-impossible", message, first, notes=notes)
