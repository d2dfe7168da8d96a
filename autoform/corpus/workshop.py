"""Where rows are made: a unit is opened, and each of its functions made into a row.

Everything here is deterministic: the same unit, settings and tools give the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from autoform.backends.emit import Dialect, emit
from autoform.backends.emitted import Emitted
from autoform.corpus.almost import almost_invariants
from autoform.corpus.canonical import canonical_text, shape, shape_tokens
from autoform.corpus.confirming import Form, Made, dafny_found
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

__all__ = ["Workshop", "failed_row", "row_id"]

_ENGINES: Final = frozenset({EngineName.ORIGINAL, EngineName.INTERPRETER, EngineName.FUNCTIONAL})
_NOT_STATED: Final = "no statement of its proof was proved again"
_NOT_PRINTED: Final[Printed] = {
    "dafny2": None,
    "dafny2_hints": None,
    "dafny4": None,
    "dafny4_hints": None,
    "lean": None,
    "lean_hints": None,
}


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
        made["forms"] = self._judge(made["row"], lifted, name)
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
        return {"row": row, "bands": [f"normal:{row['source']['normal']}"], "forms": []}

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
        return {"row": row, "bands": bands(shape_tokens(canonical)), "forms": []}

    def _judge(self, row: Row, lifted: Lifted, name: str) -> list[Form]:
        """Put into the row what is found out about the function; the proofs for Dafny to confirm.

        The forms of a proof differ in what they say, and in nothing that they do: what is told of
        loops is true of each.
        """
        settings = self.settings
        checked = self._check(lifted, name)
        row["checked"] = _checked(checked)
        is_asked = settings.confirm and dafny_found() is not None
        proof = proved(lifted, name, self._proof_settings, all_forms=is_asked)
        row["verdict"] = proof.judgement
        row["printed"] = _printed(lifted.module, settings.assumptions)
        forms = [_form(name, each, row["printed"], settings.assumptions) for each in proof.forms]
        if row["verdict"]["kind"] == "proved" and not forms:
            row["verdict"] = {**nothing_said(), "kind": "unknown", "reason": _NOT_STATED}
        if forms:
            first = forms[0]
            row["proof"], row["hints"], row["printed"] = (
                first["proof"],
                first["hints"],
                first["printed"],
            )
        if checked.verdict == "agrees":
            self.add_calls(row, lifted, name, proof.forms[0] if proof.forms else None)
        if settings.grade:
            row["grade"] = self.grade(lifted, name, settings)
        return forms if is_asked else []

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
    return {"row": row, "bands": [f"normal:{row['source']['normal']}"], "forms": []}


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


def _printed(module: Module, allow: frozenset[Assumption]) -> Printed:
    return {
        **_NOT_PRINTED,
        "dafny2": _text(_emitted(module, "dafny", allow, 2)),
        "dafny4": _text(_emitted(module, "dafny", allow, 4)),
        "lean": _text(_emitted(module, "lean", allow)),
    }


def _form(name: str, proof: Module, plain: Printed, allow: frozenset[Assumption]) -> Form:
    """A proof as a row has it."""
    old, new = _emitted(proof, "dafny", allow, 2), _emitted(proof, "dafny", allow, 4)
    return {
        "proof": print_module(proof),
        "hints": loop_hints(proof),
        "printed": {
            **plain,
            "dafny2_hints": _text(old),
            "dafny4_hints": _text(new),
            "lean_hints": _text(_emitted(proof, "lean", allow)),
        },
        "called": (
            None if old is None else old.names[name],
            None if new is None else new.names[name],
        ),
    }


def _emitted(
    module: Module,
    target: Literal["dafny", "lean"],
    allow: frozenset[Assumption],
    dialect: Dialect = 4,
) -> Emitted | None:
    """The whole module in another language; nothing where a function is refused."""
    found = emit(module, target, dialect=dialect, allow=allow)
    return found if len(found.names) == len(module.functions) else None


def _text(emitted: Emitted | None) -> str | None:
    return None if emitted is None else emitted.text
