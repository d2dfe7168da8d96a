"""The formats of the field's data sets, field by field as they are published.

What a row does not know is said in the way of each format: null, an empty list or text, or `-1`
where the others count. Nothing is made up, so some fields say no more than that.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final, TypedDict

from autoform.corpus.row import Row, Test
from autoform.corpus.views import Record, View
from autoform.corpus.views.dafny_text import without_hints
from autoform.corpus.views.lean_text import LeanSignature, lean_signature, lean_value, namespace
from autoform.corpus.views.python_text import call_arguments

__all__ = ["FORMATS"]

_HEADER: Final = re.compile(r"^(?:ghost )?(?:function|predicate|method|lemma)\b")
_RETURNS: Final = "returns "
_SHOWN: Final = re.compile(r"(?:List |[()])*(?:Int|Bool)\)*")
"""The results that Lean shows as they are written."""
_UNCOUNTED: Final = -1
_COUNTED: Final = (
    "qa-functions-with-default-values",
    "qa-methods-with-bodies",
    "qa-specs-with-default-values",
    "qa-execs-with-bodies",
    "qa-execs-with-ghost-types",
    "qa-definitions-with-sorry",
)


class Upstream(TypedDict):
    """Where Verina says that a task is from."""

    name: str
    link: str | None
    task_id: str
    student_id: list[int]


class Metadata(TypedDict):
    """What Verina says of a task beside its parts."""

    upstream: Upstream


class VerinaTest(TypedDict):
    """Arguments by parameter, as JSON in a text, with the results that are right and wrong."""

    input: str
    expected: list[str]
    unexpected: list[str]


class RejectInput(TypedDict):
    """Arguments that break the precondition."""

    input: str


def _dafnybench(row: Row) -> Iterator[Record]:
    text = row["printed"]["dafny4_hints"]
    if text is not None and row["verdict"]["kind"] == "proved":
        yield {
            "test_ID": row["id"],
            "test_file": f"{row['origin']['corpus']}_{row['name']}_{row['id'][:8]}.dfy".replace(
                " ", "_"
            ),
            "ground_truth": text,
            "hints_removed": without_hints(text),
        }


def _fvapps(row: Row) -> Iterator[Record]:
    text = row["printed"]["lean"]
    if text is not None and "sorry" in text:
        yield {
            "apps_id": row["id"],
            "apps_question": _question(row),
            "spec": text,
            "units": "\n".join(_unit(row, text, test) for test in row["tests"]),
            "sorries": len(re.findall(r"\bsorry\b", text)),
            "apps_difficulty": None,
            "assurance_level": "unguarded",
        }


def _unit(row: Row, text: str, test: Test) -> str:
    """A call that Lean checks when it reads it; a comment where its form in Lean is not sure."""
    found = _in_lean(row, lean_signature(text, row["name"]), test)
    if found is None or not _SHOWN.fullmatch(found[0]["return_type"]):
        return f"-- {test['call']} {test['outcome']}"
    signature, given, result = found
    name = f"{namespace(text)}.{signature['name']}".removeprefix(".")
    call = " ".join([name, *(f"({each})" for each in given)])
    return f"/--\ninfo: {result}\n-/\n#guard_msgs in\n#eval {call}\n"


def _in_lean(
    row: Row, signature: LeanSignature | None, test: Test
) -> tuple[LeanSignature, list[str], str] | None:
    """The arguments and the result of a call that returns, as terms of their types in Lean."""
    given = call_arguments(test["call"]) if row["language"] == "python" else None
    if signature is None or given is None or not test["outcome"].startswith(_RETURNS):
        return None
    types = [each["param_type"] for each in signature["parameters"]]
    if len(types) != len(given):
        return None
    terms = [lean_value(*each) for each in zip(given, types, strict=True)]
    result = lean_value(test["outcome"].removeprefix(_RETURNS), signature["return_type"])
    known = [each for each in terms if each is not None]
    return None if result is None or len(known) < len(terms) else (signature, known, result)


def _verina(row: Row) -> Iterator[Record]:
    text = row["printed"]["lean"]
    signature = None if text is None else lean_signature(text, row["name"])
    if text is None or signature is None:
        return
    yield {
        "id": row["id"],
        "description": _question(row),
        "lean_code": text,
        "signature": signature,
        "metadata": {
            "upstream": {
                "name": row["origin"]["corpus"],
                "link": row["origin"]["repository"],
                "task_id": _place(row),
                "student_id": [],
            }
        },
        "tests": [each for test in row["tests"] for each in _verina_test(row, signature, test)],
        "reject_inputs": [],
        "difficulty": "unknown",
    }


def _verina_test(row: Row, signature: LeanSignature, test: Test) -> Iterator[VerinaTest]:
    """The call, when Lean can write it. Numbers and truth values are JSON's, the rest Lean's."""
    found = _in_lean(row, signature, test)
    if found is None:
        return
    _, given, result = found
    arguments = {
        each["param_name"]: json.loads(term) if each["param_type"] in {"Int", "Bool"} else term
        for each, term in zip(signature["parameters"], given, strict=True)
    }
    shown = result.title() if signature["return_type"] == "Bool" else result
    yield {"input": json.dumps(arguments), "expected": [shown], "unexpected": []}


def _vericoding(row: Row) -> Iterator[Record]:
    text = row["printed"]["dafny4_hints"] or row["printed"]["dafny4"]
    if text is None:
        return
    preamble, spec, code, postamble = _parts(text, row["name"])
    yield {
        "id": row["id"],
        "language": "dafny",
        "source": row["origin"]["corpus"],
        "source-id": _place(row),
        "source-notes": "",
        "vc-description": _question(row),
        "vc-preamble": preamble,
        "vc-helpers": "",
        "vc-spec": spec,
        "vc-code": code,
        "vc-postamble": postamble,
        "qa-issue": _UNCOUNTED,
        "qa-issue-type": "",
        **dict.fromkeys(_COUNTED, _UNCOUNTED),
        "qa-near-duplicate-group": row["twins"]["group"] if row["twins"]["size"] > 1 else "",
        "qa-score": float(_UNCOUNTED),
    }


def _place(row: Row) -> str:
    """The function in its corpus."""
    return f"{row['origin']['item']}::{row['name']}"


def _question(row: Row) -> str:
    """What the function is to do, as its source tells it."""
    return f"Implement and specify `{row['name']}`.\n\n{row['source']['text']}"


def _parts(text: str, name: str) -> tuple[str, str, str, str]:
    """A printed file as what comes before the function, its head, its body, and the rest.

    Functions that it calls may stand before it; each has a comment that names it in the source.
    """
    lines = text.split("\n")
    told = next((n for n, line in enumerate(lines) if line.startswith(f"// {name}, line ")), 0)
    heads = (n for n in range(told, len(lines)) if _HEADER.match(lines[n]))
    start = next(heads, len(lines))
    opened = next((n for n in range(start, len(lines)) if lines[n] == "{"), len(lines))
    closed = next((n for n in range(opened, len(lines)) if lines[n] == "}"), len(lines) - 1)
    cuts = (lines[:start], lines[start:opened], lines[opened : closed + 1], lines[closed + 1 :])
    before, head, body, after = ("\n".join(part) for part in cuts)
    return before, head, body, after


FORMATS: Final = (
    View(
        "dafnybench",
        "As DafnyBench: a verified program, and the same without its hints.",
        {
            "test_ID": "the row's id",
            "test_file": "a file name",
            "ground_truth": "the program with its hints",
            "hints_removed": "the program without",
        },
        _dafnybench,
    ),
    View(
        "fvapps",
        "As FVAPPS: a Lean file with its theorems open.",
        {
            "apps_id": "the row's id",
            "apps_question": "what is to be done",
            "spec": "the Lean file",
            "units": "calls that Lean checks; as comments where their form in Lean is not sure",
            "sorries": "how many proofs are open",
            "apps_difficulty": "always null: no row knows it",
            "assurance_level": "always `unguarded`: no call was run in Lean",
        },
        _fvapps,
        {"sorries": int, "apps_difficulty": str | None},
    ),
    View(
        "verina",
        "As Verina: a description, Lean code, a signature and tests.",
        {
            "id": "the row's id",
            "description": "what is to be done",
            "lean_code": "the Lean file",
            "signature": "the function's name, parameters and result, as Lean has them",
            "metadata": "where it is from; the licence is in the row",
            "tests": "arguments by parameter with the result, those that Lean can write",
            "reject_inputs": "always empty: tests meet the precondition",
            "difficulty": "always `unknown`: no row knows it",
        },
        _verina,
        {
            "signature": LeanSignature,
            "metadata": Metadata,
            "tests": list[VerinaTest],
            "reject_inputs": list[RejectInput],
        },
    ),
    View(
        "vericoding",
        "As vericoding: a Dafny file in its parts.",
        {
            "id": "the row's id",
            "language": "`dafny`",
            "source": "the corpus",
            "source-id": "the function in it",
            "source-notes": "always empty",
            "vc-description": "what is to be done",
            "vc-preamble": "what stands before the function",
            "vc-helpers": "always empty",
            "vc-spec": "the function's head with its contract",
            "vc-code": "its body, with its hints",
            "vc-postamble": "what stands after it",
            "qa-issue": "always -1: the analysis of quality is theirs",
            "qa-issue-type": "always empty",
            **dict.fromkeys(_COUNTED, "always -1"),
            "qa-near-duplicate-group": "the row's group, or empty where it has no near-duplicates",
            "qa-score": "always -1",
        },
        _vericoding,
        {**dict.fromkeys(("qa-issue", *_COUNTED), int), "qa-score": float},
    ),
)
