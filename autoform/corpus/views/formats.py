"""The formats of the field's data sets, field by field as their cards list them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from autoform.corpus.row import Row
from autoform.corpus.views import Record, View
from autoform.corpus.views.dafny_text import without_hints
from autoform.corpus.views.python_text import call_arguments

__all__ = ["FORMATS", "lean_signature"]

_HEADER: Final = re.compile(r"^(?:ghost )?(?:function|predicate|method|lemma)\b")


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
            "units": "\n".join(f"-- {t['call']} {t['outcome']}" for t in row["tests"]),
            "sorries": len(re.findall(r"\bsorry\b", text)),
            "apps_difficulty": "introductory",
            "assurance_level": "guarded" if row["verdict"]["kind"] == "proved" else "unguarded",
        }


def _verina(row: Row) -> Iterator[Record]:
    text = row["printed"]["lean"]
    signature = None if text is None else lean_signature(text, row["name"])
    if text is None or signature is None:
        return
    names = [each["param_name"] for each in signature["parameters"]]
    yield {
        "id": row["id"],
        "description": _question(row),
        "lean_code": text,
        "signature": signature,
        "metadata": {"origin": row["origin"], "licence": row["licence"]},
        "tests": list(_verina_tests(row, names)),
        "reject_inputs": [],
        "difficulty": "basic",
    }


def lean_signature(text: str, name: str) -> dict[str, Any] | None:
    """The head of the function in a Lean file: its name, its parameters and its result.

    >>> lean_signature("def f (n : Int) (xs : List Int) : Except Err Int := do", "f")["return_type"]
    'Except Err Int'
    """
    for line in text.split("\n"):
        words = line.partition(":=")[0].split()
        if line.startswith("def ") and words[1].strip("«»") == name:
            return _signature(name, line[4:].partition(":=")[0].strip()[len(words[1]) :].strip())
    return None


def _signature(name: str, rest: str) -> dict[str, Any]:
    parameters: list[dict[str, str]] = []
    while rest.startswith("("):
        end = _closing(rest)
        names, _, type_ = rest[1:end].partition(" : ")
        parameters += [{"param_name": each, "param_type": type_} for each in names.split()]
        rest = rest[end + 1 :].strip()
    return {"name": name, "parameters": parameters, "return_type": rest.removeprefix(":").strip()}


def _closing(text: str) -> int:
    """The place of the parenthesis that closes the first one."""
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return place
    return len(text)


def _verina_tests(row: Row, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The calls that return, argument by argument, as the source language writes values."""
    for test in row["tests"]:
        given = call_arguments(test["call"]) if row["language"] == "python" else None
        if given is None or len(given) != len(names) or not test["outcome"].startswith("returns "):
            continue
        yield {
            "input": dict(zip(names, given, strict=True)),
            "expected": test["outcome"].removeprefix("returns "),
            "unexpected": [],
        }


def _vericoding(row: Row) -> Iterator[Record]:
    text = row["printed"]["dafny4_hints"] or row["printed"]["dafny4"]
    if text is None:
        return
    preamble, spec, code, postamble = _parts(text, row["name"])
    yield {
        "id": row["id"],
        "language": "dafny",
        "source": row["origin"]["corpus"],
        "source_id": f"{row['origin']['item']}::{row['name']}",
        "source_notes": "",
        "vc-description": _question(row),
        "vc-preamble": preamble,
        "vc-helpers": "",
        "vc-spec": spec,
        "vc-code": code,
        "vc-postamble": postamble,
    }


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
            "units": "calls with what they do, as comments",
            "sorries": "how many proofs are open",
            "apps_difficulty": "always `introductory`",
            "assurance_level": "`guarded` when the contract is proved, else `unguarded`",
        },
        _fvapps,
    ),
    View(
        "verina",
        "As Verina: a description, Lean code, a signature and tests.",
        {
            "id": "the row's id",
            "description": "what is to be done",
            "lean_code": "the Lean file",
            "signature": "the function's name, parameters and result, as Lean has them",
            "metadata": "origin and licence",
            "tests": "arguments by parameter with the result, as Python writes them",
            "reject_inputs": "always empty",
            "difficulty": "always `basic`",
        },
        _verina,
    ),
    View(
        "vericoding",
        "As vericoding: a Dafny file in its parts.",
        {
            "id": "the row's id",
            "language": "`dafny`",
            "source": "the corpus",
            "source_id": "the function in it",
            "source_notes": "always empty",
            "vc-description": "what is to be done",
            "vc-preamble": "what stands before the function",
            "vc-helpers": "always empty",
            "vc-spec": "the function's head with its contract",
            "vc-code": "its body",
            "vc-postamble": "what stands after it",
        },
        _vericoding,
    ),
)
