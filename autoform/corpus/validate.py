"""Is every row of a data set what it says? By the schema, and again from its text alone.

What is checked of a row, beyond the schema: its source lifts to its IR; its IR and its proof parse
and print as they stand; its proof is that of its IR; what is proved is proved again by the
invariants in its proof; what is refuted is refuted again; what Dafny confirmed, it confirms again;
and a round of the loop breaks what is said to hold only almost.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from autoform.backends.emit import emit
from autoform.corpus.canonical import canonical_text, shape
from autoform.corpus.rounds import LoopRounds, truth
from autoform.corpus.row import CANARY, Row
from autoform.corpus.schema import schema_problems
from autoform.corpus.shards import read_rows
from autoform.frontends import Lifted, lift
from autoform.ir.decls import Assumption, Language, Module
from autoform.ir.restriction import restricted
from autoform.ir.text import IRSyntaxError, parse_expr, parse_module, print_module
from autoform.prove.pipeline import ProofSettings, lowered, prove
from autoform.semantics.interpreter import EvaluationFailed, evaluate
from autoform.semantics.values import same
from autoform.source import SourceFile
from autoform.vc.loops import loop_sites
from autoform.verifiers.dafny import find_dafny
from autoform.verifiers.verdict import Proved, Refuted

__all__ = ["Problem", "Validation", "validate"]

_MOST: Final = 2**64


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row."""

    path: Path
    line: int
    row: str
    message: str


@dataclass(slots=True)
class Validation:
    """What a validation has seen so far."""

    rows: int = 0
    verified: int = 0
    proved: int = 0
    confirmed: int = 0
    problems: int = 0


def validate(
    folder: Path, *, share: float, prove_again: bool = True, validation: Validation | None = None
) -> Iterator[Problem]:
    """Check every row by the schema, and this share of the rows from their texts.

    Which rows these are depends on their names alone, so a greater share holds the smaller one.
    """
    seen = validation or Validation()
    for path, line, row in read_rows(folder):
        seen.rows += 1
        found = list(schema_problems(row))
        if not found and _place(row) < share:
            seen.verified += 1
            found = list(_text_problems(row, seen, prove_again=prove_again))
        seen.problems += len(found)
        for message in found:
            yield Problem(path, line, str(row.get("id", "")), message)


def _place(row: Row) -> float:
    """Where a row stands between 0 and 1 among all that there could be."""
    return int.from_bytes(hashlib.sha256(row["id"].encode()).digest()[:8], "big") / _MOST


def _text_problems(row: Row, seen: Validation, *, prove_again: bool) -> Iterator[str]:
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
    yield from _source_problems(row, lifted, module)
    if row["verdict"]["kind"] == "proved" and proof is None:
        yield "it is proved, and has no proof"
    if proof is not None:
        yield from _almost_problems(row, proof)
        yield from _proof_problems(row, module, proof, seen, prove_again=prove_again)
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
    return ProofSettings(allow=frozenset(map(Assumption, row["verdict"]["assumptions"])))


# ── Proofs ────────────────────────────────────────────────────────────────────────────────────


def _proof_problems(
    row: Row, module: Module, proof: Module, seen: Validation, *, prove_again: bool
) -> Iterator[str]:
    name = row["name"]
    if canonical_text(lowered(module), name) != canonical_text(proof, name):
        yield "its proof is that of something else"
    if proof.function(name).contract.ensures != module.function(name).contract.ensures:
        yield "its proof is that of another contract"
    if not prove_again:
        return
    seen.proved += 1
    results = prove(Lifted(_source(row), restricted(proof, [name])), settings=_settings(row))
    if not all(isinstance(result.verdict, Proved) for result in results):
        yield "its proof does not prove it again"
    if row["verdict"]["confirmed"]:
        yield from _confirmation_problems(row, proof, seen)


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


def _confirmation_problems(row: Row, proof: Module, seen: Validation) -> Iterator[str]:
    """Whether the Dafny found here, if there is one, proves the printed text once more."""
    tool = find_dafny()
    if tool is None:
        return
    text = row["printed"]["dafny2_hints" if tool.dialect == 2 else "dafny4_hints"]
    if text is None:
        yield "it is confirmed, and not printed with its proof"
        return
    emitted = emit(proof, "dafny", dialect=tool.dialect, allow=_settings(row).allow)
    verification = tool.verify(replace(emitted, text=text, lines=()))
    seen.confirmed += 1
    if not isinstance(verification.verdicts.get(row["name"]), Proved):
        yield f"Dafny {tool.version} does not confirm it again"
