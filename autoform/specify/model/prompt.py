"""What a model is told: the function, how it behaves, what is proved, what it might do instead.

The same for the same state of the search, so that a transcript answers it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Expr
from autoform.ir.text import print_expr, print_function
from autoform.prove.model.exchange import Question
from autoform.prove.model.prompt import context, operators, rejections, section
from autoform.prove.model.report import Dropped

__all__ = ["Told", "question"]

_MOST_RUNS: Final = 8
_MOST_KNOWN: Final = 20
_MOST_WRONG: Final = 8
_LONGEST: Final = 300

INSTRUCTIONS: Final = """\
You help a tool that finds contracts of functions. It shows you a function, in its own language \
and in the tool's intermediate one, the postconditions that are proved, and small faults that \
these would let pass. Propose postconditions that say what the function is for, so that a \
function with such a fault does not keep them. Each is tested on runs and then proved: a false or \
unprovable one is thrown away, so propose what is true on all calls that meet the precondition. \
Prefer a few that are plain and independent of how the function computes its result to one that \
repeats its code.

Answer with one fenced block of lines of this form, and nothing else in it:

ensures: EXPR

EXPR speaks of the parameters and of `\\result`; `\\old(x)` is the value at entry of a parameter \
that the function changes.

Expressions: + - * // % (floored division and its remainder), == != < <= > >=, && || ! ==>, \
`if c then a else b`, `forall k in seq.range(a, b, 1): e`, `exists x in xs: e`, \
`[e for x in xs if c]`, literals 7, true, "text", 'c', [1, 2], (a, b), t.0, `[]::<Seq<Int>>`, and \
operators called by name. Comparisons do not chain: write a <= b && b < c. There is no other \
syntax."""


@dataclass(frozen=True, slots=True)
class Told:
    """What stands in a question: the function as it is shown, and texts of runs as one reads them.

    `source` is its text in its own language, `runs` are calls with their outcomes, `wrong` are
    faults that what is `proved` does not reject.
    """

    module: Module
    function: Function
    source: str
    runs: Sequence[str]
    proved: Sequence[Expr]
    wrong: Sequence[str]
    rejected: Sequence[Dropped]


def question(told: Told, round_: int) -> Question:
    """The question of a round."""
    parts = [
        section("The function", told.source),
        section("As it is read", print_function(told.function, told.module)),
        section("What it uses", context(told.module, told.function)),
        section("Operators", "\n".join(operators(told.function))),
        section("What it does", "\n".join(_items(told.runs, _MOST_RUNS))),
        section("Already proved", "\n".join(_proved(told.proved))),
        section("Faults that this lets pass", "\n".join(_items(told.wrong, _MOST_WRONG))),
        section("Rejected, do not propose again", "\n".join(rejections(told.rejected))),
    ]
    text = "\n\n".join(filter(None, parts)) + "\n"
    return Question(told.function.name, round_, INSTRUCTIONS, text)


def _items(texts: Sequence[str], most: int) -> Iterator[str]:
    """At most so many, at even distances."""
    step = max(1, -(-len(texts) // most))
    return (f"- {_short(text)}" for text in texts[::step])


def _proved(conditions: Iterable[Expr]) -> Iterator[str]:
    for _, condition in zip(range(_MOST_KNOWN), conditions, strict=False):
        yield f"ensures: {_short(print_expr(condition))}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"
