"""Rows with the word of the real Dafny: many of them in one run, for it takes a second to start.

A proof can be stated in several forms. All rows are tried in their first form; those that Dafny
does not confirm in the second, and so on. What is kept is the first form that it confirms, and the
shortest where it confirms none.

Z3's search is chaotic: near its limit of steps a proof is found or not by the limit, by the names
of things, and by what else the file has. No module knows the declarations of another, but Dafny
tells the solver about functions of two arguments, pairs and triples as values wherever the file has
any; a proof was seen to be found only beside those. So a row is confirmed if its proof is found
with steps to spare, or twice, under other names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, TypedDict

from autoform.backends.emitted import Emitted
from autoform.corpus.row import LoopHints, Printed, Row
from autoform.processes import ProcessFailure
from autoform.verifiers.dafny import Budget, DafnyTool, find_dafny
from autoform.verifiers.verdict import Proved

__all__ = [
    "CONFIRMATION",
    "Form",
    "Made",
    "confirm_made",
    "confirmed",
    "confirmed_otherwise",
    "dafny_found",
]

CONFIRMATION: Final = Budget(resources=700_000, cpu_seconds=60.0, solver_seconds=20.0)
"""On one row. Of 80 rows that Dafny confirmed within a million, 77 were within this, and 55 within
400,000. More is not better: four proofs found alone within this were all lost with twice and four
times as much, for what is left of the limit is among the things that Z3's search depends on."""
_TO_SPARE: Final = replace(CONFIRMATION, resources=CONFIRMATION.resources // 2)
_AMPLE: Final = replace(CONFIRMATION, resources=CONFIRMATION.resources * 4)
_TOGETHER: Final = 24
_NOTHING: Final = Emitted("", (), {})
_COMPANIES: Final = (
    *((_NOTHING,) * names for names in range(4)),
    *(
        (Emitted(text, (), {}),)
        for text in (
            "function F(f: (int, int) -> int): int { f(0, 0) }",
            "function P(p: (int, int)): int { p.0 }",
            "function T(t: (int, int, int)): int { t.0 }",
            "function F(f: (int, int) -> int, p: (int, int)): int { f(p.0, p.1) }",
            "function F(f: () -> int): int { f() }",
        )
    ),
)
"""What a text may stand behind: modules that give it other names, or tell the solver more types."""


class Form(TypedDict):
    """A way to state the proof of a row; `called` are the names that Dafny knows it by."""

    proof: str
    hints: list[LoopHints]
    printed: Printed
    called: tuple[str | None, str | None]


class Made(TypedDict):
    """A row with what is no part of the data set.

    `bands` find its near-duplicates; `forms` wait for Dafny, the first of which the row has.
    """

    row: Row
    bands: list[str]
    forms: list[Form]


def dafny_found() -> DafnyTool | None:
    """The Dafny found here; one that does not work judges nothing, and rows stay unconfirmed."""
    try:
        return find_dafny()
    except ProcessFailure:
        return None


def confirm_made(made: Sequence[Made]) -> None:
    """Ask Dafny about the rows that wait for it, and change those that it confirms."""
    waiting = [each for each in made if each["forms"]]
    tool = dafny_found() if waiting else None
    if tool is not None:
        _in_turn(tool, waiting)
    for each in waiting:
        each["forms"] = []


def _in_turn(tool: DafnyTool, waiting: list[Made]) -> None:
    tried: dict[str, set[str]] = {each["row"]["id"]: set() for each in waiting}
    for turn in range(max(len(each["forms"]) for each in waiting)):
        asked: list[tuple[Made, Form, Emitted]] = []
        for each in waiting:
            form = each["forms"][turn] if turn < len(each["forms"]) else None
            text = None if form is None else _text(tool, form, each["row"]["name"])
            if form is not None and text is not None and text.text not in tried[each["row"]["id"]]:
                tried[each["row"]["id"]].add(text.text)
                asked.append((each, form, text))
        answers = _steadily_confirmed(tool, [text for _, _, text in asked])
        for (each, form, _), yes in zip(asked, answers, strict=True):
            if yes:
                _keep(each["row"], form, tool)
        waiting = [each for each in waiting if not each["row"]["verdict"]["confirmed"]]


def _text(tool: DafnyTool, form: Form, name: str) -> Emitted | None:
    text = form["printed"]["dafny2_hints" if tool.dialect == 2 else "dafny4_hints"]
    called = form["called"][0 if tool.dialect == 2 else 1]
    return None if text is None or called is None else Emitted(text, (), {name: called})


def _keep(row: Row, form: Form, tool: DafnyTool) -> None:
    verdict = row["verdict"]
    row["verdict"] = {**verdict, "by": [*verdict["by"], tool.name], "confirmed": True}
    row["proof"], row["hints"], row["printed"] = form["proof"], form["hints"], form["printed"]


def _steadily_confirmed(tool: DafnyTool, texts: Sequence[Emitted]) -> list[bool]:
    """Of each text whether Dafny proves it with steps to spare, or twice, under other names."""
    answers = confirmed(tool, texts, budget=_TO_SPARE)
    near = [place for place, yes in enumerate(answers) if not yes]
    for names in range(2):
        again = _under_names(tool, [texts[place] for place in near], names)
        near = [place for place, yes in zip(near, again, strict=True) if yes]
    for place in near:
        answers[place] = True
    return answers


def confirmed_otherwise(tool: DafnyTool, text: Emitted) -> bool:
    """Whether Dafny proves the text in some company with some limit: a proof is one in any."""
    return any(
        confirmed(tool, [*before, text], budget=budget)[-1]
        for budget in (_TO_SPARE, CONFIRMATION, _AMPLE)
        for before in _COMPANIES
    )


def _under_names(
    tool: DafnyTool, texts: Sequence[Emitted], names: int, *, budget: Budget = CONFIRMATION
) -> list[bool]:
    """Of each text whether Dafny proves it `names` modules further on, which names it by them."""
    before = [_NOTHING] * names if texts else []
    return confirmed(tool, [*before, *texts], budget=budget)[len(before) :]


def confirmed(
    tool: DafnyTool, texts: Sequence[Emitted], *, budget: Budget = CONFIRMATION
) -> list[bool]:
    """Of each text whether Dafny proves the function that it names."""
    found: list[bool] = []
    for start in range(0, len(texts), _TOGETHER):
        part = texts[start : start + _TOGETHER]
        try:
            answers = tool.verify_all(part, budget=budget)
        except ProcessFailure:
            found += [False] * len(part)
            continue
        found += [all(isinstance(v, Proved) for v in a.verdicts.values()) for a in answers]
    return found
