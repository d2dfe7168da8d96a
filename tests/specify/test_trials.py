"""How much is spent on the clauses of one function."""

from __future__ import annotations

from collections.abc import Sequence

from autoform.frontends import lift
from autoform.ir.exprs import ResultValue
from autoform.ir.ops import apply
from autoform.ir.stmts import Clause, Origin
from autoform.ir.types import INT
from autoform.prove.pipeline import ProofSettings
from autoform.source import SourceFile
from autoform.specify.candidate import Candidate
from autoform.specify.choose import Valued
from autoform.specify.expressions import number
from autoform.specify.proving import Attempt, Effort, Prover
from autoform.specify.trials import PURSE, Trials


class Costly(Prover):
    """Proves nothing, for half of the purse each time."""

    def prove(self, clauses: Sequence[Clause], effort: Effort) -> Attempt:
        del clauses, effort
        self.steps += PURSE // 2
        return Attempt(())


def test_no_further_clause_is_tried_when_the_purse_is_empty() -> None:
    module = lift(SourceFile("sample.py", "def f(a: int) -> int:\n    return a\n")).module
    conditions = [apply("ne", ResultValue(INT), number(value)) for value in range(10)]
    values = [
        Valued(Candidate(condition, f"family {place}"), frozenset({place}), frozenset({place}))
        for place, condition in enumerate(conditions)
    ]
    clauses = {id(v): Clause(v.candidate.condition, Origin.MINED) for v in values}
    prover = Costly(module, module.functions[0], ())
    Trials(prover, clauses, ProofSettings(), 1_000).settled(values)
    assert prover.steps == PURSE


def test_what_proofs_cost_is_counted() -> None:
    text = (
        "def f(xs: list[int]) -> int:\n    t = 0\n    for x in xs:\n        t += x\n    return t\n"
    )
    module = lift(SourceFile("sample.py", text)).module
    prover = Prover(module, module.functions[0], [((1, 2),), ((),)])
    prover.prove((), Effort(ProofSettings()))
    assert prover.steps > 0
    assert prover.candidates > 0
