"""Is a row what it says? By the schema, and again from its text alone.

What is checked of a row, beyond the schema: its source lifts to its IR; its IR and its proof parse
and print as they stand; its proof is that of its IR; what is proved is proved again by the
invariants in its proof; what is refuted is refuted again; what Dafny confirmed, it confirms again;
and a round of the loop breaks what is said to hold only almost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from autoform.backends.emit import emit
from autoform.backends.emitted import Emitted
from autoform.corpus.canonical import canonical_text, shape
from autoform.corpus.confirming import confirmed, confirmed_otherwise, dafny_found
from autoform.corpus.rounds import LoopRounds, truth
from autoform.corpus.row import CANARY, Row
from autoform.corpus.settings import BuildSettings
from autoform.frontends import Lifted, lift
from autoform.ir.decls import Assumption, Function, Language, Module
from autoform.ir.exprs import Expr
from autoform.ir.restriction import restricted
from autoform.ir.stmts import Clause
from autoform.ir.text import IRSyntaxError, parse_expr, parse_module, print_module
from autoform.ir.traversal import declared_names, rename
from autoform.ir.types import INT
from autoform.ir.wellformed import violations
from autoform.passes.instantiate import instantiated
from autoform.prove.explicit import explicit
from autoform.prove.houdini import with_function
from autoform.prove.pipeline import ProofSettings, lowered, prove
from autoform.semantics.interpreter import EvaluationFailed, evaluate
from autoform.semantics.values import same
from autoform.source import SourceFile
from autoform.vc.loops import loop_sites
from autoform.verifiers.dafny import DafnyTool
from autoform.verifiers.verdict import Proved, Refuted

__all__ = ["Checked", "check_rows"]


_BUILD: Final = BuildSettings()
_TIMES: Final = 4
"""A check may cost so much more than what it checks: a proof near its budget is still one."""


@dataclass(slots=True)
class Checked:
    """What is wrong with a row, and whether it was proved and confirmed once more."""

    problems: list[str] = field(default_factory=list)
    proved: bool = False
    confirmed: bool = False
    unsteady: bool = False
    """Dafny found the proof again only in other company, or with another limit."""


def check_rows(rows: Sequence[Row], *, prove_again: bool = True) -> list[Checked]:
    """Check rows that are of the schema; Dafny is asked about all of them together."""
    found = [Checked() for _ in rows]
    tool = dafny_found() if prove_again else None
    asked: list[tuple[Checked, Emitted]] = []
    for row, checked in zip(rows, found, strict=True):
        checked.problems += _text_problems(row, checked, prove_again=prove_again)
        if tool is not None and row["verdict"]["confirmed"]:
            text = None if checked.problems else _dafny(row, tool)
            if text is not None:
                asked.append((checked, text))
            elif not checked.problems:
                checked.problems.append("it is confirmed, and not printed with its proof")
    if tool is not None:
        answers = confirmed(tool, [text for _, text in asked])
        for (checked, text), yes in zip(asked, answers, strict=True):
            checked.confirmed = True
            if yes or confirmed(tool, [text]) == [True]:
                continue
            checked.unsteady = confirmed_otherwise(tool, text)
            if not checked.unsteady:
                checked.problems.append(f"{tool.name} does not confirm it again")
    return found


def _text_problems(row: Row, checked: Checked, *, prove_again: bool) -> Iterator[str]:
    """What the texts of a row do not bear out."""
    if row["canary"] != CANARY:
        yield "the canary is missing"
    if row["ir"] is None:
        return
    lifted = lift(_source(row), language=Language(row["language"]))
    try:
        module = parse_module(row["ir"])
        proof = None if row["proof"] is None else parse_module(row["proof"])
    except IRSyntaxError as error:
        yield f"its IR does not parse: {error}"
        return
    if print_module(module) != row["ir"]:
        yield "its IR prints otherwise than it stands"
    for violation in violations(module) + (violations(proof) if proof is not None else ()):
        yield f"what it states is not well-formed: {violation.message}"
        return
    yield from _source_problems(row, lifted, module)
    if row["verdict"]["kind"] == "proved" and proof is None:
        yield "it is proved, and has no proof"
    if proof is not None:
        yield from _almost_problems(row, proof)
        wanted = _as_proved(module, proof, lifted)
        yield from _proof_problems(row, wanted, proof, checked, prove_again=prove_again)
    if row["verdict"]["kind"] == "refuted" and prove_again:
        again = replace(lifted, module=_with_contracts(lifted.module, module))
        (result,) = prove(again, [row["name"]], settings=_settings(row))
        if not isinstance(result.verdict, Refuted):
            yield f"it is not refuted again: {type(result.verdict).__name__.lower()}"


def _source(row: Row) -> SourceFile:
    return SourceFile(row["origin"]["path"], row["source"]["text"])


def _source_problems(row: Row, lifted: Lifted, module: Module) -> Iterator[str]:
    """Whether the source lifts to the IR, but for contracts, of which the IR may have more."""
    name = row["name"]
    if not any(function.name == name for function in lifted.module.functions):
        yield "its source does not lift"
        return
    found = canonical_text(lifted.module, name)
    if found != canonical_text(module, name):
        yield "its source lifts to something else"
    if shape(found) != row["shape"]:
        yield "its shape is that of something else"
    stated = set(module.function(name).contract.ensures)
    if not set(lifted.module.function(name).contract.ensures) <= stated:
        yield "its source states more than its IR"


def _with_contracts(module: Module, stated: Module) -> Module:
    contracts = {function.name: function.contract for function in stated.functions}
    functions = (
        replace(f, contract=contracts[f.name]) if f.name in contracts else f
        for f in module.functions
    )
    return replace(module, functions=tuple(functions))


def _settings(row: Row) -> ProofSettings:
    """As a build proves that is told nothing else: a refutation is found on the same inputs."""
    allow = frozenset(map(Assumption, row["verdict"]["assumptions"]))
    return ProofSettings(allow=allow, examples=_BUILD.examples, seed=_BUILD.seed)


# ── Proofs ────────────────────────────────────────────────────────────────────────────────────


def _as_proved(module: Module, proof: Module, lifted: Lifted) -> Module:
    """What a proof is about: the lowered module, and of generic functions an instance.

    That is one at integers, and stands for all types where these are only compared.
    """
    low = lowered(module)
    plain = {each.name for each in proof.functions if not each.type_params}
    for function in low.functions:
        types = set(function.type_params)
        is_instance = types and function.name in plain
        if is_instance and types <= lifted.comparable.get(function.name, frozenset()):
            low = with_function(low, instantiated(function, dict.fromkeys(types, INT)))
    return low


def _proof_problems(
    row: Row, wanted: Module, proof: Module, checked: Checked, *, prove_again: bool
) -> Iterator[str]:
    name = row["name"]
    if canonical_text(wanted, name) != canonical_text(proof, name):
        yield "its proof is that of something else"
    if not _says_the_same(proof.function(name), wanted.function(name)):
        yield "its proof is that of another contract"
    if not prove_again:
        return
    checked.proved = True
    stated = Lifted(_source(row), restricted(proof, [name]))
    usual = _settings(row)
    more = replace(usual, steps=usual.steps * _TIMES, total_steps=usual.total_steps * _TIMES)
    if not any(
        all(isinstance(result.verdict, Proved) for result in prove(stated, settings=settings))
        for settings in (usual, more)
    ):
        yield "its proof does not prove it again"


def _says_the_same(proof: Function, stated: Function) -> bool:
    """Whether the proof has the contract as it stands, or with what gives it a meaning said too."""
    wanted = stated.contract.ensures
    if proof.contract.ensures == wanted:
        return True
    said = explicit(replace(proof, contract=replace(proof.contract, ensures=wanted)))
    return _unnamed(said.contract.ensures) == _unnamed(proof.contract.ensures)


def _unnamed(clauses: Iterable[Clause]) -> list[Expr]:
    """Conditions by what they say, whatever names they bind."""
    found = (clause.condition for clause in clauses)
    return [
        rename(each, {name: f"bound{n}" for n, name in enumerate(declared_names(each))})
        for each in found
    ]


def _almost_problems(row: Row, proof: Module) -> Iterator[str]:
    """Whether conditions that are said to be broken by a round of a loop are."""
    for almost in row["almost"]:
        function = proof.function(almost["function"])
        site = loop_sites(function)[almost["loop"]]
        try:
            condition = parse_expr(almost["text"], site.visible, proof)
            before, after = (
                {
                    each["name"]: evaluate(proof, parse_expr(each["value"], {}, proof), {})
                    for each in state
                }
                for state in (almost["before"], almost["after"])
            )
        except (IRSyntaxError, EvaluationFailed) as error:
            yield f"`{almost['text']}` cannot be read again: {error}"
            continue
        reached = LoopRounds(proof, function, site).after(before)
        if reached is None or any(not same(reached[name], after[name]) for name in site.visible):
            yield f"a round of the loop does not lead to where `{almost['text']}` is false"
        elif (truth(proof, condition, before), truth(proof, condition, after)) != (True, False):
            yield f"`{almost['text']}` is not broken by the round that is told"


def _dafny(row: Row, tool: DafnyTool) -> Emitted | None:
    """The text that Dafny is said to confirm, with the function's name in it."""
    text = row["printed"]["dafny2_hints" if tool.dialect == 2 else "dafny4_hints"]
    if text is None or row["proof"] is None:
        return None
    allow = _settings(row).allow
    emitted = emit(parse_module(row["proof"]), "dafny", dialect=tool.dialect, allow=allow)
    name = row["name"]
    return replace(emitted, text=text, lines=(), names={name: emitted.names[name]})
