"""Settings and specifications as JSON and back: what `apart` and its process tell each other.

Both ends lift the same text, so that a record speaks of functions by their names, and of conditions
in the text form of the IR.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, astuple
from pathlib import Path
from typing import Any, Final, TypeAlias

from autoform.ir.decls import Assumption, Function, Module
from autoform.ir.text import IRSyntaxError, parse_expr, print_expr
from autoform.prove.model import ModelReport, ModelSettings
from autoform.prove.model.report import Dropped
from autoform.prove.pipeline import ProofSettings
from autoform.prove.records import Frame, NoRecord, read_finding, write_finding
from autoform.prove.shown import shown
from autoform.specify.hosts.edits import Edit
from autoform.specify.pipeline import SpecifySettings
from autoform.specify.results import Grade, MinedClause, Property, Specification, Standing

__all__ = ["read_settings", "read_specification", "write_settings", "write_specification"]

Json: TypeAlias = dict[str, Any]
_PATHS: Final = ("transcript", "replay")


def write_settings(settings: SpecifySettings) -> Json:
    """The settings as JSON."""
    written = asdict(settings)
    written["proof"] |= {"allow": sorted(map(str, settings.proof.allow)), "model": None}
    if settings.model is not None:
        paths = {name: getattr(settings.model, name) for name in _PATHS}
        written["model"] |= {name: path and str(path) for name, path in paths.items()}
    return written


def read_settings(record: Json) -> SpecifySettings:
    """The settings that a record stands for."""
    allow = frozenset(map(Assumption, record["proof"]["allow"]))
    proof = ProofSettings(**{**record["proof"], "allow": allow})
    model = record["model"]
    if model is not None:
        paths = {name: model[name] and Path(model[name]) for name in _PATHS}
        model = ModelSettings(**{**model, **paths})
    return SpecifySettings(**{**record, "proof": proof, "model": model})


def write_specification(found: Specification, module: Module) -> Json:
    """What was found for a function of the module, as JSON."""
    frame = _frame(found.name, module)
    return {
        "name": found.name,
        "standing": str(found.standing),
        "requires": _clauses(found.requires),
        "ensures": _clauses(found.ensures),
        "likely": _clauses(found.likely),
        "properties": [astuple(each) for each in found.properties],
        "grade": None if found.grade is None else asdict(found.grade),
        "lines": found.lines,
        "edits": [astuple(each) for each in found.edits],
        "imports": [astuple(each) for each in found.imports],
        "reason": found.reason,
        "assumptions": [str(each) for each in found.assumptions],
        "seconds": found.seconds,
        "diagnostics": [write_finding(each, frame) for each in found.diagnostics],
        "unsaid": found.unsaid,
        "model": None if found.model is None else asdict(found.model),
    }


def read_specification(record: Json, module: Module) -> Specification:
    """What a record says of a function of the module. Raises `NoRecord` when it is none."""
    try:
        frame = _frame(record["name"], module)
        return Specification(
            name=record["name"],
            span=frame.span,
            standing=Standing(record["standing"]),
            requires=_read_clauses(record["requires"], frame),
            ensures=_read_clauses(record["ensures"], frame),
            likely=_read_clauses(record["likely"], _as_shown(frame)),
            properties=tuple(Property(*each) for each in record["properties"]),
            grade=_read_grade(record["grade"]),
            lines=tuple(record["lines"]),
            edits=_read_edits(record["edits"]),
            imports=_read_edits(record["imports"]),
            reason=record["reason"],
            assumptions=tuple(map(Assumption, record["assumptions"])),
            seconds=record["seconds"],
            diagnostics=tuple(read_finding(each, frame) for each in record["diagnostics"]),
            unsaid=tuple(record["unsaid"]),
            model=_read_report(record["model"]),
        )
    except (KeyError, TypeError, ValueError, IndexError, IRSyntaxError) as error:
        raise NoRecord(str(error)) from error


def _frame(name: str, module: Module) -> Frame:
    function = module.function(name)
    return Frame(module, function, function, anywhere=True)


def _as_shown(frame: Frame) -> Frame:
    """The function in `Int`, of which speaks what was never read as one of its clauses."""
    seen = shown(frame.module, frame.function)
    return Frame(seen.module, seen.function, seen.function, anywhere=True)


def _clauses(clauses: Sequence[MinedClause]) -> list[Json]:
    return [
        {
            "text": clause.text,
            "condition": print_expr(clause.condition),
            "family": clause.family,
            "killed": clause.killed,
        }
        for clause in clauses
    ]


def _read_clauses(records: Sequence[Json], frame: Frame) -> tuple[MinedClause, ...]:
    def read(record: Json, function: Function) -> MinedClause:
        scope = {param.name: param.type for param in function.params}
        text = record["condition"]
        condition = parse_expr(text, scope, frame.module, result=function.result)
        return MinedClause(**{**record, "condition": condition})

    return tuple(read(record, frame.function) for record in records)


def _read_grade(record: Json | None) -> Grade | None:
    if record is None:
        return None
    values: Json = {k: tuple(v) if isinstance(v, list) else v for k, v in record.items()}
    return Grade(**values)


def _read_report(record: Json | None) -> ModelReport | None:
    if record is None:
        return None
    dropped = tuple(Dropped(**each) for each in record["dropped"])
    return ModelReport(**{**record, "kept": tuple(record["kept"]), "dropped": dropped})


def _read_edits(records: Sequence[Sequence[Any]]) -> tuple[Edit, ...]:
    return tuple(Edit(line, tuple(lines), rank) for line, lines, rank in records)
