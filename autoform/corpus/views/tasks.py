"""Tasks: what a model is given, and what it should answer, with what is needed to judge it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from autoform.corpus.row import Bound, Contract, LoopHints, Row, Test
from autoform.corpus.views import Record, View
from autoform.corpus.views.dafny_text import without_hints
from autoform.corpus.views.python_text import without_contract

__all__ = ["TASKS"]

_NULLABLE: Final = {"licence": str | None}
_COMMON: Final = {
    "id": "the row's id",
    "name": "the function",
    "language": "the language of the source",
    "licence": "the row's licence, as SPDX",
    "split": "the row's split",
    "canary": "the canary of the corpus",
}


def _common(row: Row) -> Record:
    return {
        "id": row["id"],
        "name": row["name"],
        "language": row["language"],
        "licence": row["licence"]["spdx"],
        "split": row["split"],
        "canary": row["canary"],
    }


def _fill_invariants(row: Row) -> Iterator[Record]:
    completed = row["printed"]["dafny4_hints"]
    if completed is not None and any(hint["invariants"] for hint in row["hints"]):
        yield {
            **_common(row),
            "skeleton": without_hints(completed),
            "completed": completed,
            "hints": row["hints"],
        }


def _judge_invariant(row: Row) -> Iterator[Record]:
    """The invariants of the proof, and those that almost hold."""
    if row["proof"] is None or not row["almost"]:
        return
    for hint in row["hints"]:
        if hint["function"] == row["name"]:
            for clause in hint["invariants"]:
                yield {
                    **_common(row),
                    "ir": row["ir"],
                    "loop": hint["number"],
                    "candidate": clause["text"],
                    "verdict": "holds",
                    "call": None,
                    "before": [],
                    "after": [],
                }
    for almost in row["almost"]:
        yield {
            **_common(row),
            "ir": row["ir"],
            "loop": almost["loop"],
            "candidate": almost["text"],
            "verdict": "fails" if almost["call"] is not None else "not-inductive",
            "call": almost["call"],
            "before": almost["before"],
            "after": almost["after"],
        }


def _write_contract(row: Row) -> Iterator[Record]:
    contract = row["contract"]
    if row["verdict"]["kind"] != "proved" or contract is None or not contract["ensures"]:
        return
    text = without_contract(row["source"]["text"]) if row["language"] == "python" else None
    if text is not None and text != row["source"]["text"]:
        yield {
            **_common(row),
            "source": text,
            "contract": contract,
            "with_contract": row["source"]["text"],
        }


def _write_proof(row: Row) -> Iterator[Record]:
    if row["verdict"]["kind"] == "proved" and row["proof"] is not None:
        yield {
            **_common(row),
            "ir": row["ir"],
            "proof": row["proof"],
            "lean": row["printed"]["lean"],
            "dafny": row["printed"]["dafny4"],
            "dafny_proof": row["printed"]["dafny4_hints"],
        }


def _translate(row: Row) -> Iterator[Record]:
    checked = row["checked"]
    if checked is None or checked["verdict"] not in {"agrees", "refuted"}:
        return
    for target, text in (
        ("ir", row["ir"]),
        ("dafny", row["printed"]["dafny4"]),
        ("lean", row["printed"]["lean"]),
    ):
        if text is not None:
            yield {
                **_common(row),
                "source": row["source"]["text"],
                "target_language": target,
                "target": text,
                "tests": row["tests"],
            }


def _repair(row: Row) -> Iterator[Record]:
    for negative in row["negatives"]:
        yield {
            **_common(row),
            "wrong": negative["ir"],
            "call": negative["call"],
            "expected": negative["expected"],
            "observed": negative["observed"],
            "message": f"{negative['call']} {negative['observed']}, not {negative['expected']}",
            "right": row["ir"],
        }


def _judge_equivalence(row: Row) -> Iterator[Record]:
    """The function against its wrong variants, and against its own lowered form."""
    if row["ir"] is None:
        return
    if row["proof"] is not None:
        yield {
            **_common(row),
            "first": row["ir"],
            "second": row["proof"],
            "equivalent": True,
            "call": None,
        }
    for negative in row["negatives"]:
        yield {
            **_common(row),
            "first": row["ir"],
            "second": negative["ir"],
            "equivalent": False,
            "call": negative["call"],
        }


TASKS: Final = (
    View(
        "fill-invariants",
        "A Dafny file without its invariants, measures and asserts; the file with them.",
        {
            **_COMMON,
            "skeleton": "the file without hints",
            "completed": "the file with them",
            "hints": "the hints of each loop in the text form of the IR",
        },
        _fill_invariants,
        {**_NULLABLE, "hints": list[LoopHints]},
    ),
    View(
        "judge-invariant",
        "A loop and a condition; whether it holds at its head, fails, or is not inductive alone.",
        {
            **_COMMON,
            "ir": "the function",
            "loop": "the loop, counted from 0 in program order",
            "candidate": "the condition, in the IR",
            "verdict": "`holds` beside the proof's other invariants, `fails` or `not-inductive`",
            "call": "a call that reaches a state where it fails, or null",
            "before": "a state at the loop's head in which it is true",
            "after": "the state one round later, in which it is false",
        },
        _judge_invariant,
        {
            **_NULLABLE,
            "ir": str | None,
            "loop": int,
            "call": str | None,
            "before": list[Bound],
            "after": list[Bound],
        },
    ),
    View(
        "write-contract",
        "A function without its contract; a contract that is proved of it.",
        {
            **_COMMON,
            "source": "the function without contract",
            "contract": "the contract in the text form of the IR",
            "with_contract": "the function with it",
        },
        _write_contract,
        {**_NULLABLE, "contract": Contract},
    ),
    View(
        "write-proof",
        "A specified function; its proof.",
        {
            **_COMMON,
            "ir": "the function with its contract",
            "proof": "the same with loops as `while` and with what proves it",
            "lean": "the function in Lean with its theorems open",
            "dafny": "the function in Dafny 4",
            "dafny_proof": "the same with the proof",
        },
        _write_proof,
        {**_NULLABLE, **dict.fromkeys(("ir", "lean", "dafny", "dafny_proof"), str | None)},
    ),
    View(
        "translate",
        "A function; the same in the IR, in Dafny or in Lean.",
        {
            **_COMMON,
            "source": "the function in its own language",
            "target_language": "`ir`, `dafny` or `lean`",
            "target": "the translation",
            "tests": "calls with what they do",
        },
        _translate,
        {**_NULLABLE, "tests": list[Test]},
    ),
    View(
        "repair",
        "A wrong variant with a call that shows it; the right function.",
        {
            **_COMMON,
            "wrong": "the variant, in the IR",
            "call": "a call that breaks the contract",
            "expected": "what is demanded of it",
            "observed": "what it does",
            "message": "the same as a verifier says it",
            "right": "the function",
        },
        _repair,
        {**_NULLABLE, "right": str | None},
    ),
    View(
        "judge-equivalence",
        "Two functions; whether they do the same, and a call that tells them apart.",
        {
            **_COMMON,
            "first": "one, in the IR",
            "second": "the other",
            "equivalent": "whether they do the same",
            "call": "a call on which they differ, or null",
        },
        _judge_equivalence,
        {**_NULLABLE, "equivalent": bool, "call": str | None},
    ),
)
