"""The grade of a contract, as lines and as an entry of `--json`."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

import typer

import autoform

__all__ = ["Graded", "grade_entry", "grade_lines", "grade_text", "graded", "with_grade"]

Graded: TypeAlias = Annotated[
    bool, typer.Option("--grade", help="Also say how much each contract asks for.")
]


def grade_entry(grade: autoform.Grade) -> dict[str, Any]:
    """The entry `grade` of a function."""
    share = grade.share
    return {
        "witness": grade.witness,
        "mutants": grade.mutants,
        "equivalent": grade.equivalent,
        "rejected": grade.rejected,
        "failing": grade.failing,
        "share": None if share is None else round(share, 3),
        "surviving": list(grade.surviving),
        "trivial": list(grade.trivial),
        "implied": list(grade.implied),
    }


def grade_lines(grade: autoform.Grade) -> list[str]:
    """What a reader wants to know of a contract.

    ::

        grade     13 of 18 mutants rejected, met by find([4, 7], 7)
                  lets pass constant: 0 -> 1
                  satisfied by an implementation that does nothing: always -1
                  follows from the rest: result >= -1
    """
    different = grade.mutants - grade.equivalent
    lines = [f"grade     {grade.rejected} of {different} mutants rejected, met by {grade.witness}"]
    margin = " " * 10
    lines += [f"{margin}lets pass {mutant}" for mutant in grade.surviving[:2]]
    if grade.trivial:
        names = ", ".join(grade.trivial)
        lines.append(f"{margin}satisfied by an implementation that does nothing: {names}")
    lines += [f"{margin}follows from the rest: {text}" for text in grade.implied]
    return lines


def graded(
    lifted: autoform.Lifted | None, names: list[str], settings: autoform.ProofSettings
) -> dict[str, autoform.GradeResult]:
    """The grades of the named functions' contracts, by name; none of functions that are refused."""
    if lifted is None:
        return {}
    found = autoform.grade(lifted, names, settings=settings)
    return {each.name: each for each in found if not each.diagnostics}


def with_grade(entry: dict[str, Any], found: autoform.GradeResult | None) -> dict[str, Any]:
    """A function's entry with its grade, or with the reason why it has none."""
    if found is None:
        return entry
    if found.grade is None:
        return entry | {"grade": None, "ungraded": found.reason}
    return entry | {"grade": grade_entry(found.grade)}


def grade_text(found: autoform.GradeResult | None, indent: str) -> str:
    """The lines below a function's verdict, each begun on a new line."""
    if found is None:
        return ""
    if found.grade is None:
        return f"\n{indent}grade     none: {found.reason}"
    return "".join(f"\n{indent}{line}" for line in grade_lines(found.grade))
