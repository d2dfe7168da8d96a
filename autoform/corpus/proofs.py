"""The proof of a function as a row holds it: verdicts, the annotated module, the hints in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, assert_never

from autoform.backends.emit import emit
from autoform.corpus.row import Example, Finding, Judgement, LoopHints, StatedClause
from autoform.diagnostics import Diagnostic
from autoform.frontends.lifted import Lifted
from autoform.ir.decls import Assumption, Module
from autoform.ir.stmts import Clause, While
from autoform.ir.text import print_expr
from autoform.ir.traversal import walk
from autoform.processes import ProcessFailure
from autoform.prove.completed import completed, stated_proofs
from autoform.prove.explicit import explicit
from autoform.prove.pipeline import ProofResult, ProofSettings, prove
from autoform.verifiers.dafny import Budget, DafnyTool, find_dafny
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

_BUDGET: Final = Budget(cpu_seconds=60.0)


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of proving one function: `module` is annotated where it is proved, else None."""

    judgement: Judgement
    module: Module | None = None


def proved(lifted: Lifted, name: str, settings: ProofSettings, *, confirm: bool) -> Proof:
    """Prove a function with all that it calls; have the real Dafny confirm it where it is found.

    What is kept is the proof that Dafny confirms, of the ways to state it, or else the shortest.
    """
    results = prove(lifted, settings=settings)
    result = next(each for each in results if each.name == name)
    judgement = _judgement(result)
    if not isinstance(result.verdict, Proved):
        return Proof(judgement)
    forms = list(_forms(lifted.module, results, settings))
    tool = _dafny() if confirm else None
    if tool is not None:
        for module in forms:
            if _confirms(tool, module, name, settings.allow):
                by = [*judgement["by"], f"Dafny {tool.version}"]
                return Proof({**judgement, "by": by, "confirmed": True}, module)
    return Proof(judgement, forms[0])


def _forms(
    module: Module, results: Sequence[ProofResult], settings: ProofSettings
) -> Iterator[Module]:
    """The module with its proofs: the shortest, then with more and more that Dafny may need."""
    stated = stated_proofs(module, results, settings)
    whole = {result.name: result.proof for result in results if result.proof is not None}
    yield completed(module, stated)
    for proofs in (stated, whole):
        yield completed(module, {name: explicit(proof) for name, proof in proofs.items()})


def _dafny() -> DafnyTool | None:
    """The Dafny found here; one that does not work judges nothing, and rows stay unconfirmed."""
    try:
        return find_dafny()
    except ProcessFailure:
        return None


def _confirms(tool: DafnyTool, module: Module, name: str, allow: frozenset[Assumption]) -> bool:
    """Whether Dafny proves the function as it is printed."""
    emitted = emit(module, "dafny", dialect=tool.dialect, allow=allow)
    if len(emitted.names) < len(module.functions):
        return False
    try:
        verdict = tool.verify(emitted, budget=_BUDGET).verdicts[name]
    except ProcessFailure:
        return False
    return isinstance(verdict, Proved)


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
