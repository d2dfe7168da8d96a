"""The proof of a function as a row holds it: verdicts, the annotated module, the hints in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import assert_never

from autoform.corpus.row import Example, Finding, Judgement, LoopHints, StatedClause
from autoform.diagnostics import Diagnostic
from autoform.frontends.lifted import Lifted
from autoform.ir.decls import Function, Module
from autoform.ir.restriction import restricted
from autoform.ir.stmts import Clause, While
from autoform.ir.text import print_expr
from autoform.ir.traversal import all_names, declared_names, fresh_name, rename, walk
from autoform.ir.wellformed import violations
from autoform.prove.completed import completed, stated_proofs
from autoform.prove.explicit import explicit
from autoform.prove.pipeline import ProofResult, ProofSettings, prove
from autoform.vc.loops import Annotation, annotate, loop_sites
from autoform.verifiers.verdict import Counterexample, Proved, Refuted, Unknown, Unsupported

__all__ = [
    "Proof",
    "findings_of",
    "judgement_of_refusal",
    "loop_hints",
    "nothing_said",
    "proved",
    "stated",
]


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of proving one function.

    `forms` are the ways to state its proof, annotated modules: the shortest first that is proved
    again, then with more and more that Dafny may need. Where it is not proved there are none.
    """

    judgement: Judgement
    forms: tuple[Module, ...] = ()


def proved(lifted: Lifted, name: str, settings: ProofSettings, *, all_forms: bool) -> Proof:
    """Prove a function with all that it calls; of the forms only the first, if that is enough."""
    results = prove(lifted, settings=settings)
    result = next(each for each in results if each.name == name)
    judgement = _judgement(result)
    if not isinstance(result.verdict, Proved):
        return Proof(judgement)
    forms = _standing(_forms(lifted.module, results, settings), lifted, name, settings)
    return Proof(judgement, tuple(islice(forms, None if all_forms else 1)))


def _standing(
    forms: Iterable[Module], lifted: Lifted, name: str, settings: ProofSettings
) -> Iterator[Module]:
    """From the first form on that is proved again as it stands, as whoever has the row will do.

    The search that found the proof had it in other words, which is not nothing to a solver.
    """
    is_found = False
    for form in forms:
        if violations(form):
            continue
        if not is_found:
            again = prove(replace(lifted, module=restricted(form, [name])), settings=settings)
            is_found = all(isinstance(each.verdict, Proved) for each in again)
        if is_found:
            yield form


def _forms(
    module: Module, results: Sequence[ProofResult], settings: ProofSettings
) -> Iterator[Module]:
    stated = stated_proofs(module, results, settings)
    whole = {result.name: result.proof for result in results if result.proof is not None}
    yield _completed(module, stated)
    for proofs in (stated, whole):
        yield _completed(module, {name: explicit(proof) for name, proof in proofs.items()})


def _completed(module: Module, proofs: Mapping[str, Function]) -> Module:
    return completed(module, {name: _distinct(proof) for name, proof in proofs.items()})


def _distinct(function: Function) -> Function:
    """The proof with a name of its own for what each invariant binds, so that it parses again."""
    bare = {site.number: Annotation((), ()) for site in loop_sites(function)}
    taken = set(all_names(annotate(function, bare)))

    def own(clause: Clause) -> Clause:
        clash = [name for name in declared_names(clause.condition) if name in taken]
        names = {name: fresh_name(name, every | taken) for name in clash}
        condition = rename(clause.condition, names)
        taken.update(declared_names(condition))
        return replace(clause, condition=condition)

    every = all_names(function)
    annotations = {
        site.number: Annotation(tuple(map(own, site.loop.invariants)), site.loop.decreases)
        for site in loop_sites(function)
    }
    return annotate(function, annotations)


# ── As rows tell it ───────────────────────────────────────────────────────────────────────────


def _judgement(result: ProofResult) -> Judgement:
    base = nothing_said()
    match result.verdict:
        case Proved(by, assumptions):
            taken = [str(each) for each in assumptions]
            return {**base, "kind": "proved", "by": list(by), "assumptions": taken}
        case Refuted(Counterexample(call, expected, observed)):
            shown: Example = {"call": call, "expected": expected, "observed": observed}
            return {**base, "kind": "refuted", "counterexample": shown}
        case Unknown(obligation, reason):
            return {**base, "kind": "unknown", "obligation": obligation, "reason": reason}
        case Unsupported(diagnostics):
            return judgement_of_refusal(diagnostics)
        case _:
            assert_never(result.verdict)


def judgement_of_refusal(found: Iterable[Diagnostic]) -> Judgement:
    """What is said of a function that was not lifted."""
    return {**nothing_said(), "kind": "unsupported", "findings": findings_of(found)}


def nothing_said() -> Judgement:
    """The verdict on a function of which nothing is known."""
    return {
        "kind": "failed",
        "by": [],
        "confirmed": False,
        "assumptions": [],
        "obligation": None,
        "reason": None,
        "counterexample": None,
        "findings": [],
    }


def findings_of(found: Iterable[Diagnostic]) -> list[Finding]:
    """Diagnostics as a row tells them."""
    return [
        {
            "code": each.code,
            "message": each.message,
            "line": each.span.start_line or None,
            "hint": each.help,
        }
        for each in found
    ]


def loop_hints(module: Module) -> list[LoopHints]:
    """The annotations of all loops of a lowered module, function by function."""
    found: list[LoopHints] = []
    for function in module.functions:
        loops = [node for node in walk(*function.body) if isinstance(node, While)]
        for number, loop in enumerate(loops):
            found.append(
                {
                    "function": function.name,
                    "number": number,
                    "invariants": stated(loop.invariants),
                    "decreases": [print_expr(each) for each in loop.decreases],
                }
            )
    return found


def stated(clauses: Iterable[Clause]) -> list[StatedClause]:
    """Clauses in the text form of the IR."""
    return [{"text": print_expr(c.condition), "origin": str(c.origin)} for c in clauses]
