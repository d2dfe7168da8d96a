"""The stages that a build has beside lifting and proving, each behind a call of one shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeAlias

from autoform.corpus.row import Grade
from autoform.corpus.settings import BuildSettings
from autoform.frontends.lifted import Lifted
from autoform.ir.stmts import Clause, Origin
from autoform.prove.houdini import with_function
from autoform.prove.pipeline import ProofSettings
from autoform.specify.grade import grade
from autoform.specify.pipeline import MOST_STEPS, SpecifySettings, specify
from autoform.specify.results import MinedClause

__all__ = ["GradeStage", "SpecifyStage", "graded", "mined"]

SpecifyStage: TypeAlias = Callable[[Lifted, str, BuildSettings], Lifted]
"""The file with more contracts for the named function: those that hold, by whatever means."""

GradeStage: TypeAlias = Callable[[Lifted, str, BuildSettings], Grade | None]
"""How much the contract of the named function says, or nothing."""


def mined(lifted: Lifted, name: str, settings: BuildSettings) -> Lifted:
    """The contract of a function that states no result, as it is mined and proved.

    What its author stated stays as it is: a row whose contract is partly mined would not say
    what the author meant.
    """
    function = lifted.module.function(name)
    if function.contract.ensures:
        return lifted
    proof = _proof_settings(settings)
    proof = replace(proof, total_steps=min(proof.total_steps, MOST_STEPS))
    wanted = SpecifySettings(examples=settings.examples, seed=settings.seed, proof=proof)
    (found,) = specify(lifted, [name], settings=wanted)
    contract = replace(
        function.contract,
        requires=(*function.contract.requires, *_clauses(found.requires)),
        ensures=tuple(_clauses(found.ensures)),
    )
    changed = replace(function, contract=contract)
    return replace(lifted, module=with_function(lifted.module, changed))


def _clauses(found: Iterable[MinedClause]) -> Iterable[Clause]:
    return (Clause(each.condition, Origin.MINED) for each in found)


def graded(lifted: Lifted, name: str, settings: BuildSettings) -> Grade | None:
    """The grade of a contract that states a result; none where nothing could be run."""
    if not lifted.module.function(name).contract.ensures:
        return None
    (result,) = grade(lifted, [name], settings=_proof_settings(settings))
    found = result.grade
    if found is None:
        return None
    return {
        "witness": found.witness,
        "mutants": found.mutants,
        "equivalent": found.equivalent,
        "rejected": found.rejected,
        "failing": found.failing,
        "surviving": list(found.surviving),
        "trivial": list(found.trivial),
        "implied": list(found.implied),
    }


def _proof_settings(settings: BuildSettings) -> ProofSettings:
    return ProofSettings(
        total_steps=settings.steps,
        examples=settings.examples,
        seed=settings.seed,
        allow=settings.assumptions,
    )
