"""Proposes relations between what the two functions hold at the head of a loop.

Variables of one type are equal, or one apart; so is what an option holds while it holds something,
and the last item of a sequence while it has one. What is not so all the time may be so before a
loop was left, or after:

    broken || depth == open_1
    option.is_none(returned) || option.unwrap(returned) == found
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from autoform.equiv.product import Product
from autoform.ir.build import disjunction, negation
from autoform.ir.exprs import (
    Apply,
    Binder,
    Expr,
    IntLit,
    Or,
    Quant,
    Quantifier,
    Var,
    type_of,
)
from autoform.ir.ops import apply
from autoform.ir.traversal import all_names, fresh_name
from autoform.ir.types import (
    BOOL,
    CHAR,
    INT,
    BoolType,
    IntType,
    MapType,
    OptionType,
    ResultType,
    SeqType,
    SetType,
)
from autoform.prove.candidate import LoopView
from autoform.prove.traces import evaluated, holds_in
from autoform.semantics.values import Value

__all__ = ["Pairs"]

_MOST_FLAGS: Final = 4
_MOST_COUNTERS: Final = 4
_MOST_LITERALS: Final = 5
_LARGEST: Final = 10


@dataclass(frozen=True, slots=True)
class _Term:
    """A value, which there is where none of `unless` holds."""

    value: Expr
    unless: tuple[Expr, ...] = ()

    def relation(self, other: _Term, op: str) -> Expr:
        compared = apply(op, self.value, other.value)
        return disjunction((*self.unless, *other.unless, compared))


@dataclass(frozen=True, slots=True)
class Pairs:
    """Relations of a term of each side; under a flag, of any two numbers."""

    product: Product

    @property
    def name(self) -> str:
        """What it is called in reports."""
        return "pairs"

    def propose(self, view: LoopView) -> Iterable[Expr]:
        """All pairs; traces leave those that always were so."""
        firsts = list(_terms(view, self.product.firsts))
        seconds = list(_terms(view, self.product.seconds))
        flags = _flags([*firsts, *seconds], view)
        for first in firsts:
            for second in seconds:
                if type_of(first.value) == type_of(second.value):
                    yield from _related(first, second, flags, view)
        yield from _truths([*firsts, *seconds])
        yield from _numbers([*firsts, *seconds], flags, view)
        yield from _counts(view)
        yield from _begun([*firsts, *seconds], view)
        yield from _passed([*firsts, *seconds], view)


def _truths(terms: Iterable[_Term]) -> Iterator[Expr]:
    """Flags that change together, and what is always so when it is there."""
    truths = [term for term in terms if type_of(term.value) == BOOL]
    for term in truths:
        if term.unless:
            yield disjunction((*term.unless, term.value))
            yield disjunction((*term.unless, negation(term.value)))
    for one, other in combinations([term for term in truths if not term.unless], 2):
        yield one.relation(other, "eq")
        yield one.relation(other, "ne")


def _numbers(terms: Iterable[_Term], flags: Sequence[Expr], view: LoopView) -> Iterator[Expr]:
    """Orders that hold before or after a flag changed, and small values."""
    numbers = [t for t in terms if _is_number(t) and view.changes(t.value)]
    small = [value for value in view.literals() if abs(value) <= _LARGEST][:_MOST_LITERALS]
    first = [apply("eq", t.value, IntLit(0, INT)) for t in numbers if _is_length(t.value)]
    for term in numbers:
        for value in small:
            equal = term.relation(_Term(IntLit(value, INT)), "eq")
            yield from _flagged(equal, flags, view)
        for value in view.literals():
            equal = term.relation(_Term(IntLit(value, INT)), "eq")
            for empty in first:
                yield disjunction((negation(empty), equal))
    for one, other in combinations(numbers, 2):
        if one.unless or other.unless:
            yield one.relation(other, "lt")
            yield other.relation(one, "lt")
            yield one.relation(other, "le")
            yield other.relation(one, "le")
        yield from _flagged(one.relation(other, "eq"), flags, view)
        yield from _flagged(one.relation(other, "lt"), flags, view)
        yield from _flagged(other.relation(one, "lt"), flags, view)
    yield from _distances([term.value for term in numbers if not term.unless], flags, view)


def _distances(numbers: Sequence[Expr], flags: Sequence[Expr], view: LoopView) -> Iterator[Expr]:
    """What two counters are apart before or after a flag changes: `broken || place + 1 == i`."""
    guards = [guard for flag in flags for guard in (flag, negation(flag))]
    rows = [
        [evaluated(view, number, visit) for number in numbers]
        for visit in (view.states if guards else ())
    ]
    for guard in guards:
        met = [evaluated(view, guard, visit) is False for visit in view.states]
        chosen = [row for row, is_met in zip(rows, met, strict=True) if is_met]
        for (a, one), (b, other) in combinations(enumerate(numbers), 2):
            apart = {_apart(row[a], row[b]) for row in chosen}
            values = {row[a] for row in chosen}
            if len(apart) == 1 and len(values) > 1 and (distance := apart.pop()):
                less, more = (one, other) if distance > 0 else (other, one)
                moved = apply("add", less, IntLit(abs(distance), INT))
                yield disjunction((guard, apply("eq", moved, more)))


def _apart(one: Value | None, other: Value | None) -> int | None:
    return other - one if isinstance(one, int) and isinstance(other, int) else None


def _counts(view: LoopView) -> Iterator[Expr]:
    """All values of a map are at most a counter: `forall k in counts: map.at(counts, k) <= i`."""
    counters = [v for v in view.variables(IntType) if view.changes(v)]
    for table in view.variables(MapType):
        assert isinstance(table.type, MapType)
        if not view.changes(table) or not isinstance(table.type.value, IntType):
            continue
        key = Binder(fresh_name("k", all_names(view.function)), table.type.key)
        value = apply("map.at", table, Var(key.name, key.type))
        for counter in counters:
            yield Quant(Quantifier.FORALL, key, table, apply("le", value, counter))


def _begun(terms: Iterable[_Term], view: LoopView) -> Iterator[Expr]:
    """Truths that say whether a round was run: `option.is_some(last) == i > 0`."""
    truths = [t for t in terms if type_of(t.value) == BOOL and not t.unless]
    for truth in truths:
        if view.changes(truth.value):
            for counter in _counters(view):
                for start in (0, 1):
                    later = apply("gt", counter, IntLit(start, INT))
                    yield apply("eq", truth.value, later)
                    yield apply("ne", truth.value, later)


def _passed(terms: Sequence[_Term], view: LoopView) -> Iterator[Expr]:
    """What holds the item before a place: `i <= 0 || i > seq.len(xs) || last == xs[i - 1]`."""
    holders = [t for t in terms if view.changes(t.value)]
    for row in view.variables(SeqType):
        if view.changes(row):
            continue
        for counter in _counters(view):
            item = apply("seq.at", row, apply("sub", counter, IntLit(1, INT)))
            before = apply("le", counter, IntLit(0, INT))
            beyond = apply("gt", counter, apply("seq.len", row))
            for holder in holders:
                if type_of(holder.value) == type_of(item):
                    yield holder.relation(_Term(item, (before, beyond)), "eq")


def _counters(view: LoopView) -> list[Var]:
    """Numbers that the loop changes and that never were negative, the first few."""
    numbers = [v for v in view.variables(IntType) if view.changes(v)]
    natural = [v for v in numbers if holds_in(view, apply("ge", v, IntLit(0, INT)))]
    return natural[:_MOST_COUNTERS]


def _is_length(value: Expr) -> bool:
    return isinstance(value, Apply) and value.op == "seq.len"


def _terms(view: LoopView, names: frozenset[str]) -> Iterator[_Term]:
    for name, type_ in view.visible.items():
        if name in names:
            yield from _parts(_Term(Var(name, type_)))


def _parts(term: _Term) -> Iterator[_Term]:
    """A value and what it is made of, or counts."""
    yield term
    value, unless = term.value, term.unless
    match type_of(value):
        case OptionType():
            yield _Term(apply("option.is_some", value), unless)
            absent = apply("option.is_none", value)
            yield from _parts(_Term(apply("option.unwrap", value), (*unless, absent)))
        case ResultType():
            is_ok = apply("result.is_ok", value)
            yield _Term(is_ok, unless)
            failed = negation(is_ok)
            yield from _parts(_Term(apply("result.unwrap", value), (*unless, failed)))
        case SeqType(element):
            size = apply("seq.len", value)
            yield _Term(size, unless)
            if isinstance(element, IntType):
                last = apply("seq.at", value, apply("sub", size, IntLit(1, INT)))
                empty = apply("eq", size, IntLit(0, INT))
                yield _Term(last, (*unless, empty))
                yield _Term(apply("seq.to_set", value), unless)
            elif element == CHAR:
                yield _Term(apply("str.from_chars", value), unless)
        case SetType():
            yield _Term(apply("set.len", value), unless)
        case _:
            return


def _is_number(term: _Term) -> bool:
    return isinstance(type_of(term.value), IntType)


def _flags(terms: Iterable[_Term], view: LoopView) -> list[Expr]:
    """Truths that the loop changes: it was left, something was found. Of equal ones one."""
    truths = [t.value for t in terms if type_of(t.value) == BOOL and not t.unless]
    changing = sorted(filter(view.changes, truths), key=lambda t: not isinstance(t, Var))
    found: list[Expr] = []
    for truth in changing:
        if not any(holds_in(view, apply("eq", truth, other)) for other in found):
            found.append(truth)
    return found[:_MOST_FLAGS]


def _related(first: _Term, second: _Term, flags: Iterable[Expr], view: LoopView) -> Iterator[Expr]:
    equal = first.relation(second, "eq")
    yield equal
    if isinstance(type_of(first.value), BoolType):
        yield first.relation(second, "ne")
        return
    if view.changes(equal):
        # Also where it was seen to hold always: the inputs may never have led to an exit.
        yield from _flagged(equal, flags, view, always=True)
    if _is_number(first):
        one = IntLit(1, INT)
        yield first.relation(_Term(apply("add", second.value, one), second.unless), "eq")
        yield second.relation(_Term(apply("add", first.value, one), first.unless), "eq")


def _flagged(
    condition: Expr, flags: Iterable[Expr], view: LoopView, *, always: bool = False
) -> Iterator[Expr]:
    """What is not always so, before a flag changes and after it did."""
    if not always and holds_in(view, condition):
        return
    for flag in flags:
        for guard in (flag, negation(flag)):
            if not holds_in(view, disjunction((guard, *_unless(condition)))):
                yield disjunction((guard, condition))


def _unless(condition: Expr) -> Sequence[Expr]:
    """What excuses a relation: where that always holds it says nothing."""
    return condition.items[:-1] if isinstance(condition, Or) else ()
