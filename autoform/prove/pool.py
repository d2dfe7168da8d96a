"""Candidates of one loop: each condition once, those first that say most.

A condition over a stretch says more than the same over a part of it, and `a < b` more than
`a <= b`. What another one covers in every state seen is not tried while that one stands: fewer
candidates, the same proofs. What never speaks of anything in any state is not tried at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from autoform.ir.exprs import TRUE, Apply, BoolLit, Expr, IntLit, Quant, Quantifier, type_of
from autoform.ir.ops import apply
from autoform.ir.text import print_expr
from autoform.ir.traversal import free_vars
from autoform.ir.types import INT, SeqType, StrType
from autoform.prove.candidate import LoopView, conjuncts, length
from autoform.prove.normal import binders_numbered, key, normal
from autoform.prove.traces import STATE_FUEL, Traces, truths
from autoform.semantics.interpreter import EvaluationFailed, FuelExhausted, evaluator, with_room

_Range = tuple[int, int]

_IMPLIED: Final = {
    "eq": frozenset({"eq", "le", "ge"}),
    "lt": frozenset({"lt", "le", "ne"}),
    "gt": frozenset({"gt", "ge", "ne"}),
    "le": frozenset({"le"}),
    "ge": frozenset({"ge"}),
    "ne": frozenset({"ne"}),
}


@dataclass(frozen=True, slots=True)
class _Strength:
    """What a candidate says, split so that it can be compared.

    `subject` is what must agree, `relation` one of the comparisons (or nothing), `stretches` the
    ranges of the leading quantifiers in each state, `slack` how much `left <= right + slack`
    leaves. Who says that something exists says more of a shorter stretch.
    """

    subject: str
    relation: str
    stretches: tuple[tuple[_Range, ...], ...]
    slack: int = 0
    exists: bool = False

    def covers(self, other: _Strength) -> bool:
        """Whether this says at least as much in every state."""
        if self.subject != other.subject or self.slack > other.slack:
            return False
        if self.relation != other.relation and other.relation not in _IMPLIED[self.relation]:
            return False
        pairs = list(zip(self.stretches, other.stretches, strict=True))
        if self.exists:
            return all(_all_inside(mine, theirs) for mine, theirs in pairs)
        return all(_all_inside(theirs, mine) for mine, theirs in pairs)


def _all_inside(inner: Sequence[_Range], outer: Sequence[_Range]) -> bool:
    if any(low >= high for low, high in inner):
        return True
    return all(o[0] <= i[0] and i[1] <= o[1] for i, o in zip(inner, outer, strict=True))


@dataclass(slots=True)
class Pool:
    """The candidates for one loop that no trace contradicts, in the order of their proposal."""

    view: LoopView
    traces: Traces
    strengths: dict[str, _Strength] = field(default_factory=dict)
    conditions: dict[str, Expr] = field(default_factory=dict)
    _met: set[Expr] = field(default_factory=set)
    _seen: set[str] = field(default_factory=set)
    _bounds: dict[str, tuple[int, ...] | None] = field(default_factory=dict)

    def add(self, proposed: Iterable[Expr], most: int) -> int:
        """Take in what is new, true in all states and says something in one; how many that are."""
        fresh: list[Expr] = []
        for whole in proposed:
            for condition in conjuncts(normal(whole)):
                if isinstance(condition, BoolLit):
                    continue
                if condition not in self._met:
                    self._met.add(condition)
                    fresh.append(condition)
        added = 0
        for condition in self.traces.filter(self.view, fresh):
            if added >= most:
                break
            # Most candidates fall: whether two are one is asked of what is left.
            name = key(condition)
            if name not in self._seen and self._speaks(condition):
                self._seen.add(name)
                text = print_expr(condition)
                self.conditions[text] = condition
                self.strengths[text] = self._strength(condition)
                added += 1
        return added

    def strongest(self, without: frozenset[str] = frozenset()) -> list[Expr]:
        """Those that no other one covers, the named ones left aside."""
        groups: dict[str, list[str]] = {}
        for text in self.conditions:
            if text not in without:
                groups.setdefault(self.strengths[text].subject, []).append(text)
        chosen = {text for group in groups.values() for text in self._maximal(group)}
        return [condition for text, condition in self.conditions.items() if text in chosen]

    def _maximal(self, group: Sequence[str]) -> Iterator[str]:
        kept: list[str] = []
        for text in sorted(group, key=lambda each: (len(each), each)):
            strength = self.strengths[text]
            if any(self.strengths[other].covers(strength) for other in kept):
                continue
            kept = [each for each in kept if not strength.covers(self.strengths[each])]
            kept.append(text)
        return iter(kept)

    def _speaks(self, condition: Expr) -> bool:
        """Whether a universal condition has something to say in some state."""
        if not isinstance(condition, Quant) or condition.kind is Quantifier.EXISTS:
            return True
        states = self.view.states
        said = truths(self.view.module, _nonempty(condition), states)
        return not states or with_room(any, said)

    def _strength(self, condition: Expr) -> _Strength:
        body: Expr = binders_numbered(condition)
        ranges: list[tuple[Expr, Expr]] = []
        bound: set[str] = set()
        rest = ""
        while isinstance(body, Quant) and body.kind is Quantifier.FORALL:
            base, low, high = _stretch_of(body.domain)
            if bound.isdisjoint(free_vars(low).keys() | free_vars(high).keys()):
                ranges.append((low, high))
                rest += f"{base};"
            else:
                rest += f"{print_expr(body.domain)};"
            bound.add(body.binder.name)
            body = body.body
        if isinstance(body, Quant) and not rest:
            return self._existing(condition, body)
        stretches = self._stretches(ranges) if self.view.states else None
        if stretches is None:
            return _Strength(print_expr(condition), "", ())
        match body:
            case Apply("eq" | "ne" | "lt" | "le" | "gt" | "ge" as op, (left, right)):
                return self._compared(op, left, right, rest, stretches, bool(ranges))
            case _:
                return _Strength(f"{rest}{print_expr(body)}", "", stretches)

    def _existing(self, condition: Expr, some: Quant) -> _Strength:
        """That there is something in a range of which the same is said."""
        match some.domain:
            case Apply("seq.range", (low, high, _)):
                stretches = self._stretches([(low, high)]) if self.view.states else None
                if stretches is not None:
                    return _Strength(f"some {print_expr(some.body)}", "", stretches, exists=True)
            case _:
                pass
        return _Strength(print_expr(condition), "", ())

    def _compared(
        self,
        op: str,
        left: Expr,
        right: Expr,
        rest: str,
        stretches: tuple[tuple[_Range, ...], ...],
        quantified: bool,  # noqa: FBT001
    ) -> _Strength:
        slack = 0
        if not quantified and op in {"le", "lt"}:
            (left, less), (right, more) = _split(left), _split(right)
            slack = more - less - (op == "lt")
            op = "le"
        subject = f"{rest}{print_expr(left)} ? {print_expr(right)}"
        return _Strength(subject, op, stretches, slack)

    def _stretches(
        self, ranges: Sequence[tuple[Expr, Expr]]
    ) -> tuple[tuple[_Range, ...], ...] | None:
        """In each state the range of each quantifier."""
        columns: list[tuple[int, ...]] = []
        for pair in ranges:
            for bound in pair:
                values = self._values(bound)
                if values is None:
                    return None
                columns.append(values)
        places = range(len(self.view.states))
        return tuple(
            tuple((columns[2 * n][p], columns[2 * n + 1][p]) for n in range(len(ranges)))
            for p in places
        )

    def _values(self, bound: Expr) -> tuple[int, ...] | None:
        text = print_expr(bound)
        if text not in self._bounds:
            self._bounds[text] = with_room(self._evaluated, bound)
        return self._bounds[text]

    def _evaluated(self, bound: Expr) -> tuple[int, ...] | None:
        values: list[int] = []
        try:
            value = evaluator(self.view.module, bound)
            for visit in self.view.states:
                found = value(visit.state, old=visit.entry, fuel=STATE_FUEL)
                if not isinstance(found, int):
                    return None
                values.append(found)
        except (EvaluationFailed, FuelExhausted, KeyError):
            return None
        return tuple(values)


def _stretch_of(domain: Expr) -> tuple[str, Expr, Expr]:
    """What a domain is a part of, and from where to where.

    Bounds of slices count from the end where they are negative, and are clamped: how many elements
    a slice has says where it is.
    """
    match domain:
        case Apply("seq.range", (low, high, _)):
            return "", low, high
        case Apply("seq.slice_to" | "str.slice_to", (whole, _)):
            return print_expr(whole), IntLit(0, INT), length(domain)
        case Apply("seq.slice_from" | "str.slice_from", (whole, _)):
            low = apply("sub", length(whole), length(domain))
            return print_expr(whole), low, length(whole)
        case _ if isinstance(type_of(domain), SeqType | StrType):
            return print_expr(domain), IntLit(0, INT), length(domain)
        case _:
            return print_expr(domain), IntLit(0, INT), _END


_END: Final = IntLit(1 << 62, INT)


def _split(term: Expr) -> tuple[Expr, int]:
    """A term as another one and a literal to add."""
    match term:
        case IntLit(value):
            return IntLit(0, INT), value
        case Apply("add", (inner, IntLit(value)), type_) if type_ == INT:
            return inner, value
        case Apply("sub", (inner, IntLit(value)), type_) if type_ == INT:
            return inner, -value
        case _:
            return term, 0


def _nonempty(condition: Expr) -> Expr:
    """That the domains of the leading quantifiers have elements."""
    if isinstance(condition, Quant) and condition.kind is Quantifier.FORALL:
        inner = _nonempty(condition.body)
        return Quant(Quantifier.EXISTS, condition.binder, condition.domain, inner)
    return TRUE
