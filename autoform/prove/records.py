"""Results as JSON and back: what the cache keeps and what worker processes answer.

Spans are kept as lines below the first line of their function, so that a record is good for the
same function further down in its file. What speaks of another place has no record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from typing import Any, TypeAlias, assert_never

from autoform.diagnostics import Diagnostic, Note
from autoform.ir.decls import Assumption, Function, Module
from autoform.ir.exprs import Expr
from autoform.ir.restriction import restricted
from autoform.ir.stmts import Clause, Origin
from autoform.ir.text import IRSyntaxError, parse_expr, parse_module, print_expr, print_module
from autoform.ir.traversal import walk
from autoform.prove.houdini import with_function
from autoform.prove.pipeline import ProofResult
from autoform.source import NOWHERE, Span
from autoform.vc.loops import Annotation, annotate, loop_sites
from autoform.verifiers.verdict import (
    Counterexample,
    Proved,
    Refuted,
    Unknown,
    Unsupported,
    Verdict,
)

__all__ = [
    "Frame",
    "NoRecord",
    "extent",
    "read_finding",
    "read_result",
    "write_finding",
    "write_result",
]

Json: TypeAlias = dict[str, Any]


class NoRecord(ValueError):
    """Something cannot be written down, or what is written cannot be read."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a record is read and written against: the function, as it stands and as lowered.

    A record that is read while the file stands as it does may speak of `anywhere`.
    """

    module: Module
    function: Function
    lowered: Function
    anywhere: bool = False

    @property
    def span(self) -> Span:
        """Where the function is now."""
        return self.function.span


def extent(function: Function) -> Span:
    """From the first line of its contract, which may stand above it, to its last."""
    whole = function.span
    for node in walk(function):
        if node.span.path == whole.path and node.span.known:
            first, last = sorted((whole, node.span), key=_start)[0], max(whole, node.span, key=_end)
            whole = Span(
                whole.path, first.start_line, first.start_column, last.end_line, last.end_column
            )
    return whole


def _start(span: Span) -> tuple[int, int]:
    return span.start_line, span.start_column


def _end(span: Span) -> tuple[int, int]:
    return span.end_line, span.end_column


def write_result(result: ProofResult, frame: Frame) -> Json:
    """The result as JSON. Raises `NoRecord` where it speaks of what is outside its function."""
    written = {
        "verdict": _verdict(result.verdict, frame),
        "findings": [write_finding(each, frame) for each in result.findings],
        "seconds": result.seconds,
    }
    if result.proof is not None:
        written["proof"] = _proof(result.proof, frame)
    return written


def read_result(record: Json, frame: Frame) -> ProofResult:
    """The result that a record stands for. Raises `NoRecord` when it is none."""
    try:
        verdict = _read_verdict(record["verdict"], frame)
        proof = _read_proof(record["proof"], frame) if "proof" in record else None
        findings = tuple(read_finding(each, frame) for each in record["findings"])
        seconds = float(record["seconds"])
    except (KeyError, TypeError, ValueError, IndexError, IRSyntaxError) as error:
        raise NoRecord(str(error)) from error
    return ProofResult(frame.function.name, frame.span, verdict, seconds, proof, findings)


# Verdicts.


def _verdict(verdict: Verdict, frame: Frame) -> Json:
    match verdict:
        case Proved(by, assumptions):
            return {"is": "proved", "by": list(by), "assumptions": [str(a) for a in assumptions]}
        case Refuted(example):
            shown = [example.call, example.expected, example.observed]
            return {"is": "refuted", "example": shown, "replayed": example.replayed}
        case Unknown(obligation, reason, span):
            return {
                "is": "unknown",
                "obligation": obligation,
                "reason": reason,
                "span": _span(span, frame),
            }
        case Unsupported(diagnostics):
            found = [write_finding(each, frame) for each in diagnostics]
            return {"is": "unsupported", "diagnostics": found}
        case _:
            assert_never(verdict)


def _read_verdict(record: Json, frame: Frame) -> Verdict:
    match record["is"]:
        case "proved":
            assumptions = tuple(Assumption(each) for each in record["assumptions"])
            return Proved(tuple(map(str, record["by"])), assumptions)
        case "refuted":
            call, expected, observed = map(str, record["example"])
            example = Counterexample(call, expected, observed, replayed=bool(record["replayed"]))
            return Refuted(example)
        case "unknown":
            span = _read_span(record["span"], frame)
            return Unknown(str(record["obligation"]), str(record["reason"]), span)
        case "unsupported":
            found = (read_finding(each, frame) for each in record["diagnostics"])
            return Unsupported(tuple(found))
        case other:
            raise NoRecord(f"there is no verdict `{other}`")


# Findings and places.


def write_finding(found: Diagnostic, frame: Frame) -> Json:
    """A finding as JSON. Raises `NoRecord` where it speaks of what is outside its function."""
    return {
        "code": found.code,
        "message": found.message,
        "span": _span(found.span, frame),
        "help": found.help,
        "notes": [
            [note.message, None if note.span is None else _span(note.span, frame)]
            for note in found.notes
        ],
    }


def read_finding(record: Json, frame: Frame) -> Diagnostic:
    """The finding that a record stands for."""
    notes = tuple(
        Note(str(message), None if span is None else _read_span(span, frame))
        for message, span in record["notes"]
    )
    span = _read_span(record["span"], frame)
    return Diagnostic(str(record["code"]), str(record["message"]), span, notes, record["help"])


def _span(span: Span, frame: Frame) -> list[Any] | None:
    if not span.known:
        return None
    if frame.anywhere:
        return [*astuple(span)]
    whole = extent(frame.function)
    if span.path != whole.path or not _start(whole) <= _start(span) <= _end(span) <= _end(whole):
        raise NoRecord(f"{span} is outside `{frame.function.name}`")
    first = frame.span.start_line
    return [
        span.start_line - first,
        span.start_column,
        span.end_line - first,
        span.end_column,
    ]


def _read_span(record: Sequence[Any] | None, frame: Frame) -> Span:
    if record is None:
        return NOWHERE
    if frame.anywhere:
        return Span(str(record[0]), *map(int, record[1:]))
    first = frame.span.start_line
    start, start_column, end, end_column = map(int, record)
    return Span(frame.span.path, first + start, start_column, first + end, end_column)


# Proofs: what they add to the lowered function.


def _proof(proof: Function, frame: Frame) -> Json:
    """The annotations of its loops; the whole text of a proof that is more than those."""
    record = _annotations(proof)
    try:
        if _read_annotations(record, frame) == proof:
            return record
    except (IRSyntaxError, NoRecord):
        pass
    alone = restricted(with_function(frame.module, proof), [proof.name])
    return {"text": print_module(alone)}


def _read_proof(record: Json, frame: Frame) -> Function:
    if "text" in record:
        return parse_module(record["text"]).function(frame.function.name)
    return _read_annotations(record, frame)


def _annotations(proof: Function) -> Json:
    loops = [
        {
            "invariants": [
                [print_expr(clause.condition), str(clause.origin)]
                for clause in site.loop.invariants
            ],
            "decreases": _texts(site.loop.decreases),
        }
        for site in loop_sites(proof)
    ]
    return {"loops": loops, "decreases": _texts(proof.contract.decreases)}


def _texts(measure: Sequence[Expr]) -> list[str]:
    return [print_expr(part) for part in measure]


def _read_annotations(record: Json, frame: Frame) -> Function:
    function = frame.lowered
    sites = loop_sites(function)
    if len(sites) != len(record["loops"]):
        raise NoRecord(f"`{function.name}` has {len(sites)} loops")
    annotations = {
        site.number: Annotation(
            tuple(
                Clause(parse_expr(text, site.visible, frame.module), Origin(origin))
                for text, origin in loop["invariants"]
            ),
            _measure(loop["decreases"], site.visible, frame),
        )
        for site, loop in zip(sites, record["loops"], strict=True)
    }
    params = {param.name: param.type for param in function.params}
    decreases = _measure(record["decreases"], params, frame)
    contract = replace(function.contract, decreases=decreases)
    return annotate(replace(function, contract=contract), annotations)


def _measure(texts: Sequence[str], scope: Mapping[str, Any], frame: Frame) -> tuple[Expr, ...]:
    return tuple(parse_expr(text, scope, frame.module) for text in texts)
