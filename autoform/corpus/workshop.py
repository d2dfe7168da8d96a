"""Where rows are made: a unit is opened, and each of its functions made into a row.

Everything here is deterministic: the same unit, settings and tools give the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final, TypedDict

from autoform.backends.emit import Dialect, emit
from autoform.corpus.almost import almost_invariants
from autoform.corpus.canonical import canonical_text, shape, shape_tokens
from autoform.corpus.negatives import negatives
from autoform.corpus.proofs import judgement_of_refusal, loop_hints, nothing_said, proved, stated
from autoform.corpus.row import (
    CANARY,
    SCHEMA_VERSION,
    CheckedOn,
    Contract,
    Judgement,
    Printed,
    Row,
    Source,
    Test,
)
from autoform.corpus.settings import BuildSettings, tool_versions
from autoform.corpus.similar import bands
from autoform.corpus.sources.unit import Unit
from autoform.corpus.stages import GradeStage, SpecifyStage, graded, mined
from autoform.corpus.texts import normal_text, own_text, sha256, slices
from autoform.crosscheck import (
    CheckResult,
    EngineName,
    Input,
    NoClaim,
    Observation,
    Original,
    crosscheck,
    open_original,
)
from autoform.crosscheck.prepare import prepare
from autoform.crosscheck.shrink import weight
from autoform.frontends import Lifted, lift
from autoform.ir.decls import Assumption, Function, Language, Module
from autoform.ir.features import features
from autoform.ir.restriction import restricted
from autoform.ir.text import print_expr, print_module
from autoform.prove.pipeline import ProofSettings
from autoform.source import SourceFile
from autoform.version import VERSION

__all__ = ["Made", "Workshop", "failed_row", "row_id"]

_ENGINES: Final = frozenset({EngineName.ORIGINAL, EngineName.INTERPRETER, EngineName.FUNCTIONAL})
_NOT_PRINTED: Final[Printed] = {
    "dafny2": None,
    "dafny2_hints": None,
    "dafny4": None,
    "dafny4_hints": None,
    "lean": None,
    "lean_hints": None,
}


class Made(TypedDict):
    """A row, and the bands by which its near-duplicates are found; no part of the data set."""

    row: Row
    bands: list[str]


@dataclass(slots=True)
class Workshop:
    """One unit open for work, with the stages that are switched on."""

    unit: Unit
    settings: BuildSettings
    specify: SpecifyStage = mined
    grade: GradeStage = graded
    lifted: Lifted = field(init=False)

    def __post_init__(self) -> None:
        unit = self.unit
        points = unit.entry_points
        self.lifted = lift(
            SourceFile(unit.path, unit.text),
            language=Language(unit.language),
            entry_point=points[0] if points and len(points) == 1 else None,
        )

    @property
    def names(self) -> list[str]:
        """The functions that become rows, in source order; inner ones belong to outer ones."""
        functions = {f.name: f.span.start_line for f in self.lifted.module.functions}
        lines = {
            name: found[0].span.start_line if found else 0
            for name, found in self.lifted.refused.items()
        }
        every = {name: line for name, line in (functions | lines).items() if "." not in name}
        wanted = self.unit.entry_points
        named = (name for name in every if wanted is None or name in wanted)
        return sorted(named, key=lambda name: (every[name], name))

    def make(self, name: str) -> Made:
        """The row of a function."""
        refused = self.lifted.refused.get(name)
        if refused is not None:
            return self._refused(name, judgement_of_refusal(refused))
        whole = self.lifted
        lifted = replace(whole, module=restricted(whole.module, [name]), refused={})
        if self.settings.depth == "lift":
            return self._row(lifted, name)
        if self.settings.specify:
            lifted = self.specify(lifted, name, self.settings)
        made = self._row(lifted, name)
        self._judge(made["row"], lifted, name)
        return made

    @property
    def _proof_settings(self) -> ProofSettings:
        own = self.settings
        return ProofSettings(
            total_steps=own.steps, examples=own.examples, seed=own.seed, allow=own.assumptions
        )

    def _refused(self, name: str, judgement: Judgement) -> Made:
        line = next((d.span.start_line for d in self.lifted.refused[name]), 0)
        row = _blank(self.unit, name, judgement, line, (max(line, 1), max(line, 1)))
        return {"row": row, "bands": [f"normal:{row['source']['normal']}"]}

    def _row(self, lifted: Lifted, name: str) -> Made:
        """The row of a function that was lifted, with no word on whether it is right."""
        module, function = lifted.module, lifted.module.function(name)
        canonical = canonical_text(module, name)
        lines = (function.span.start_line, function.span.end_line)
        row = _blank(self.unit, name, nothing_said(), lines[0], lines)
        row["source"]["text"] = self._standalone(name)
        if row["source"]["text"] != self.unit.text:
            row["origin"]["derivation"].append("cut to what the function needs")
        row["ir"] = print_module(module)
        row["shape"] = shape(canonical)
        row["features"] = sorted(features(*module.functions))
        row["contract"] = _contract(function)
        row["tools"] = list(tool_versions(confirm=self.settings.confirm))
        return {"row": row, "bands": bands(shape_tokens(canonical))}

    def _judge(self, row: Row, lifted: Lifted, name: str) -> None:
        """Put into the row what is found out about the function."""
        settings = self.settings
        checked = self._check(lifted, name)
        row["checked"] = _checked(checked)
        proof = proved(lifted, name, self._proof_settings, confirm=settings.confirm)
        row["verdict"] = proof.judgement
        if proof.module is not None:
            row["proof"] = print_module(proof.module)
            row["hints"] = loop_hints(proof.module)
        row["printed"] = _printed(lifted.module, proof.module, settings.assumptions)
        if checked.verdict == "agrees":
            self.add_calls(row, lifted, name, proof.module)
        if settings.grade:
            row["grade"] = self.grade(lifted, name, settings)

    def _standalone(self, name: str) -> str:
        """The least text that lifts by itself to the same function."""
        unit = self.unit
        wanted = print_module(restricted(self.lifted.module, [name]))
        for text in slices(unit.text, unit.language, name):
            if text == unit.text:
                break
            found = lift(SourceFile(unit.path, text), language=Language(unit.language)).module
            known = any(each.name == name for each in found.functions)
            if known and print_module(restricted(found, [name])) == wanted:
                return text
        return unit.text

    def _check(self, lifted: Lifted, name: str) -> CheckResult:
        (found,) = crosscheck(
            lifted,
            select={name},
            examples=self.settings.examples,
            seed=self.settings.seed,
            engines=_ENGINES,
        )
        return found

    def add_calls(self, row: Row, lifted: Lifted, name: str, proof: Module | None) -> None:
        """Put in calls with what they do, the smallest first; of a proved function, negatives."""
        function = lifted.module.function(name)
        prepared = prepare(
            function,
            lifted.module,
            lifted.examples.get(name, ()),
            examples=self.settings.examples,
            seed=self.settings.seed,
        )
        pairs = zip(prepared.inputs, prepared.interpreted, strict=True)
        known = [(given, seen) for given, seen in pairs if not isinstance(seen, NoClaim)]
        known.sort(key=lambda pair: weight(pair[0]))
        with open_original(lifted) as original:
            row["tests"] = list(_tests(function, known, original, self.settings.tests))
            if row["verdict"]["kind"] == "proved":
                inputs = [given for given, _ in known]
                row["negatives"] = list(negatives(lifted.module, name, inputs, original))
                if proof is not None:
                    row["almost"] = list(almost_invariants(proof, name, inputs, original))


def _tests(
    function: Function,
    known: Iterable[tuple[Input, Observation]],
    original: Original,
    most: int,
) -> Iterator[Test]:
    """Calls with outcomes that differ."""
    shown: set[str] = set()
    for given, seen in known:
        outcome = original.show(function, seen)
        if outcome not in shown and len(shown) < most:
            shown.add(outcome)
            yield {"call": original.show_call(function, given), "outcome": outcome}


def failed_row(unit: Unit, name: str, reason: str, settings: BuildSettings) -> Made:
    """The row of a function on which the worker gave up or ended."""
    judgement = nothing_said()
    judgement["reason"] = reason
    row = _blank(unit, name, judgement, 0, (1, unit.text.count("\n") + 1))
    row["tools"] = list(tool_versions(confirm=settings.confirm))
    return {"row": row, "bands": [f"normal:{row['source']['normal']}"]}


def row_id(unit: Unit, name: str) -> str:
    """The name of a row for ever: the same function of the same text has the same."""
    return sha256("\0".join((unit.corpus, unit.item, unit.digest, name)))[:32]


def _blank(unit: Unit, name: str, judgement: Judgement, line: int, lines: tuple[int, int]) -> Row:
    own = own_text(unit.text, unit.language, name, lines)
    identifier = row_id(unit, name)
    source: Source = {
        "text": unit.text,
        "exact": sha256(own),
        "normal": sha256(normal_text(own, unit.language)),
    }
    return {
        "schema": SCHEMA_VERSION,
        "id": identifier,
        "canary": CANARY,
        "name": name,
        "language": unit.language,
        "split": "train",
        "licence": unit.licence,
        "origin": {
            "corpus": unit.corpus,
            "item": unit.item,
            "path": unit.path,
            "line": line,
            "repository": unit.repository,
            "commit": unit.commit,
            "derivation": list(unit.derivation),
        },
        "source": source,
        "ir": None,
        "shape": None,
        "features": [],
        "contract": None,
        "checked": None,
        "verdict": judgement,
        "proof": None,
        "hints": [],
        "printed": _NOT_PRINTED,
        "tests": [],
        "grade": None,
        "negatives": [],
        "almost": [],
        "twins": {"group": identifier, "size": 1, "first": True},
        "overlap": [],
        "tools": [f"autoform {VERSION}"],
    }


def _contract(function: Function) -> Contract:
    contract = function.contract
    return {
        "requires": stated(contract.requires),
        "raises": [
            {"exception": r.exception, "text": print_expr(r.when), "origin": str(r.origin)}
            for r in contract.raises
        ],
        "ensures": stated(contract.ensures),
        "decreases": [print_expr(each) for each in contract.decreases],
    }


def _checked(result: CheckResult) -> CheckedOn:
    example = result.counterexample
    return {
        "verdict": str(result.verdict),
        "inputs": result.counts.inputs,
        "counterexample": None
        if example is None
        else {
            "call": example.call,
            "expected": example.expected,
            "observed": example.observed,
        },
        "notes": list(result.notes),
    }


def _printed(module: Module, proof: Module | None, allow: frozenset[Assumption]) -> Printed:
    return {
        "dafny2": _dafny(module, 2, allow),
        "dafny2_hints": _dafny(proof, 2, allow),
        "dafny4": _dafny(module, 4, allow),
        "dafny4_hints": _dafny(proof, 4, allow),
        "lean": _lean(module, allow),
        "lean_hints": _lean(proof, allow),
    }


def _dafny(module: Module | None, dialect: Dialect, allow: frozenset[Assumption]) -> str | None:
    if module is None:
        return None
    emitted = emit(module, "dafny", dialect=dialect, allow=allow)
    return emitted.text if len(emitted.names) == len(module.functions) else None


def _lean(module: Module | None, allow: frozenset[Assumption]) -> str | None:
    if module is None:
        return None
    emitted = emit(module, "lean", allow=allow)
    return emitted.text if len(emitted.names) == len(module.functions) else None
