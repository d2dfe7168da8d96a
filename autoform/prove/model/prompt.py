"""What a model is told: the function, what is open, what is known, what was rejected and why.

The same for the same state of the search, so that a transcript answers it again: no times, no
paths, no order that a hash decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from autoform.ir.decls import Function, Module
from autoform.ir.ops import OPS
from autoform.ir.ops.op import MACHINE, UNSIGNED, Op
from autoform.ir.stmts import Clause
from autoform.ir.text import print_expr, print_function, print_module, print_remarked
from autoform.ir.text.sugar import SIGNS
from autoform.ir.traversal import walk
from autoform.ir.types import (
    MachineIntType,
    MapType,
    OptionType,
    SeqType,
    SetType,
    StrType,
    Type,
    format_type,
    walk_type,
)
from autoform.prove.model.exchange import Question
from autoform.prove.model.places import labels, loop_label
from autoform.prove.model.report import Dropped
from autoform.prove.order import callees
from autoform.semantics.tracing import Visit
from autoform.vc.obligation import Obligation
from autoform.vc.smt.operators import ENCODERS

_MOST_KNOWN: Final = 30
_MOST_OPEN: Final = 12
_MOST_REJECTED: Final = 30
_MOST_STATES: Final = 6
_LONGEST: Final = 400
_HAVE_SIGNS: Final = frozenset(SIGNS) | {"not", "implies", "neg"}

INSTRUCTIONS: Final = """\
You help an automatic program verifier. It shows you a function in its intermediate language, and \
the proof obligations that it could not discharge. Propose loop invariants, measures and \
assertions that make the proof go through. Each is checked by the verifier: a false or \
unprovable one is thrown away, so propose what is true, inductive and enough. You cannot change \
the code or its contract, and you cannot assume anything.

Answer with one fenced block of lines, each of one of these forms, and nothing else in it:

invariant L1: EXPR
decreases L1: EXPR, EXPR
decreases: EXPR
assert before P3: EXPR
assert after P3: EXPR

L1, L2, … are loops and P1, P2, … other statements, as marked below them in the listing. \
`decreases:` without a label is the measure of a recursive function. An invariant may speak of \
the variables visible before its loop; it holds whenever the loop's condition is evaluated. \
`\\old(x)` is the value of a parameter at entry, and stands in invariants only.

Expressions: + - * // % (floored division and its remainder), == != < <= > >=, && || ! ==>, \
`if c then a else b`, `forall k in seq.range(a, b, 1): e`, `exists x in xs: e`, \
`[e for x in xs if c]`, literals 7, true, "text", 'c', [1, 2], (a, b), t.0, `[]::<Seq<Int>>`, and \
operators called by name. Comparisons do not chain: write a <= b && b < c. There is no other \
syntax."""


def question(
    module: Module,
    function: Function,
    *,
    round_: int,
    known: Mapping[int, Sequence[Clause]],
    states: Mapping[int, Sequence[Visit]],
    unproved: Sequence[Obligation],
    rejected: Sequence[Dropped],
) -> Question:
    """The question of a round about a lowered function."""
    parts = [
        section("The function", print_remarked(function, labels(function), module)),
        section("What it uses", context(module, function)),
        section("Operators", "\n".join(operators(function))),
        section("Not proved", "\n".join(_open(unproved))),
        section("Already proved", "\n".join(_known(known))),
        section("States seen at the loops in test runs", "\n".join(_states(states))),
        section("Rejected, do not propose again", "\n".join(rejections(rejected))),
    ]
    return Question(function.name, round_, INSTRUCTIONS, "\n\n".join(filter(None, parts)) + "\n")


def section(title: str, text: str) -> str:
    """The text under its title; nothing where it is empty."""
    return f"## {title}\n\n{text.rstrip()}" if text.strip() else ""


def context(module: Module, function: Function) -> str:
    """The declarations that the function may speak of, and the contracts of what it calls."""
    types = print_module(
        Module((), records=module.records, enums=module.enums, consts=module.consts)
    )
    called = sorted(callees(function) - {function.name})
    heads = [print_function(module.function(name), module).partition("\n{")[0] for name in called]
    return "\n".join([types.rstrip(), *heads]).strip()


def operators(function: Function) -> Iterator[str]:
    """The operators on the types at hand that the prover has an encoding for."""
    families = {"", "int"} | {_family(type_) for type_ in _types(function)}
    for op in OPS.values():
        family, dot, _ = op.name.partition(".")
        wanted = family if dot else ""
        if set(op.params) & {MACHINE, UNSIGNED}:
            wanted = "machine"
        if wanted in families and op.name in ENCODERS and op.name not in _HAVE_SIGNS:
            yield _signature(op)


def _family(type_: Type) -> str:
    match type_:
        case MachineIntType():
            return "machine"
        case SeqType():
            return "seq"
        case StrType():
            return "str"
        case MapType():
            return "map"
        case SetType():
            return "set"
        case OptionType():
            return "option"
        case _:
            return ""


def _types(function: Function) -> Iterator[Type]:
    for node in walk(function):
        type_ = getattr(node, "type", None)
        if isinstance(type_, Type):
            yield from walk_type(type_)


def _signature(op: Op) -> str:
    params = ", ".join(map(format_type, op.params))
    return f"{op.name}({params}) -> {format_type(op.result)}  # {op.doc}"


def _open(unproved: Sequence[Obligation]) -> Iterator[str]:
    for obligation in unproved[:_MOST_OPEN]:
        yield f"- {obligation.kind.short}: {_short(obligation.failure)}"
    if len(unproved) > _MOST_OPEN:
        yield f"- and {len(unproved) - _MOST_OPEN} more"


def _known(known: Mapping[int, Sequence[Clause]]) -> Iterator[str]:
    """What stands at each loop, the shortest first: they say the most for their room."""
    for number, clauses in sorted(known.items()):
        texts = sorted((print_expr(clause.condition) for clause in clauses), key=len)
        for text in texts[:_MOST_KNOWN]:
            yield f"invariant {loop_label(number)}: {_short(text)}"


def _states(states: Mapping[int, Sequence[Visit]]) -> Iterator[str]:
    for number, visits in sorted(states.items()):
        step = max(1, len(visits) // _MOST_STATES)
        for visit in visits[::step][:_MOST_STATES]:
            yield f"{loop_label(number)}: {show_state(visit)}"


def show_state(visit: Visit) -> str:
    """A state as a text: `i = 2, xs = (1, 2)`."""
    values = (f"{name} = {value!r}" for name, value in sorted(visit.state.items()))
    return _short(", ".join(values))


def rejections(rejected: Iterable[Dropped]) -> Iterator[str]:
    """What was dropped, each with its reason, the latest."""
    latest = list(rejected)[-_MOST_REJECTED:]
    return (f"- {each.text}\n  {each.reason}" for each in latest)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
