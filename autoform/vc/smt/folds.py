"""Sums, counts, products and comprehensions as functions of a stretch of a sequence.

A fold that can be taken back (a sum, a count) is `F(captured, s, n)`, the total of the first n
elements, and of a stretch the difference of two totals. `F(n) = F(n - 1) + f(n - 1)` holds for
every integer n, with `F(0) = 0`: that defines it below zero and beyond the length as well, so the
equation needs no guard. Other folds are `F(captured, s, low, high)`, one step from
`F(.., low, high - 1)`. A loop's partial result and the postcondition's total thus speak of the
same function. Definitions unfold at ground terms a bounded number of times; what is known of
updates and appends are axioms with triggers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, TypeAlias, TypeGuard, cast

from autoform.ir import exprs as ir
from autoform.ir.exprs import Expr, type_of
from autoform.ir.intervals import Interval, interval
from autoform.ir.ops import apply
from autoform.ir.types import INT, MachineIntType, SeqType, SetType, StrType
from autoform.vc.smt.binding import z3
from autoform.vc.smt.encoder import Encoder, is_unit_range
from autoform.vc.smt.filtered import Places, counted, counts, kept_in_list, kept_in_set
from autoform.vc.smt.limits import limit_totals
from autoform.vc.smt.plain import without_widths
from autoform.vc.smt.scope import Scope, Term, abstract, captured_scope
from autoform.vc.smt.sequences import CHARS, Sequences, forall, is_unfit

Number: TypeAlias = z3.ArithRef


@dataclass(frozen=True, slots=True)
class Stretch:
    """Places `low` to `high` of a sequence, clamped to its bounds: `low <= high`."""

    theory: Sequences
    base: Term
    low: Number
    high: Number
    written: tuple[Number, Number] | None = None
    """The bounds as they were written, where they may lie outside and were clamped."""

    def between(self, total: Callable[[Number], Number]) -> Number:
        """What a total gains over the stretch.

        Of bounds that are as they should be it is told without clamping, for definitions unfold
        at the terms themselves.
        """
        clamped = total(self.high) - total(self.low)
        if self.written is None:
            return clamped
        low, high = self.written
        inside = z3.And(low >= 0, low <= high, high <= self.theory.len(self.base))
        return cast("Number", z3.If(inside, total(high) - total(low), clamped))

    def element(self, place: Term) -> Term:
        """What iterating gives at a place of the base: of a text, a text of one character."""
        found = self.theory.at(self.base, cast("Number", place))
        return self.theory.literal([found]) if isinstance(self.theory.type, StrType) else found

    @property
    def whole(self) -> Term:
        """The stretch as a sequence."""
        from_start = z3.is_int_value(self.low) and self.low.as_long() == 0
        if from_start and self.high.eq(self.theory.len(self.base)):
            return self.base
        return self.theory.slice(self.base, self.low, self.high)


def clamp(place: Number, length: Number) -> Number:
    """A slice bound as Python reads it: from the end when negative, then inside [0, len]."""
    from_end = z3.If(place < 0, place + length, place)
    return z3.If(from_end < 0, z3.IntVal(0), z3.If(from_end > length, length, from_end))


def clamped(encoder: Encoder, place: Number, length: Number, scope: Scope) -> Number:
    """A slice bound; the place itself where it surely lies inside."""
    if encoder.surely(z3.And(place >= 0, place <= length), scope):
        return place
    return clamp(place, length)


def _plus(start: Number, by: Number) -> Number:
    is_zero = z3.is_int_value(start) and start.as_long() == 0
    return by if is_zero else start + by


def stretch(encoder: Encoder, expr: Expr, scope: Scope) -> Stretch:
    """A sequence expression as a stretch of the sequence that its slices are taken from."""
    theory = encoder.sequences(type_of(expr))
    if not is_slice(expr):
        base = encoder.term(expr, scope)
        return Stretch(theory, base, z3.IntVal(0), theory.len(base))
    inner = stretch(encoder, expr.args[0], scope)
    length = inner.high - inner.low
    bounds = encoder.terms(expr.args[1:], scope)
    form = expr.op.partition(".")[2]
    low = None if form == "slice_to" else clamped(encoder, bounds[0], length, scope)
    high = None if form == "slice_from" else clamped(encoder, bounds[-1], length, scope)
    start = inner.low if low is None else _plus(inner.low, low)
    end = inner.high if high is None else _plus(inner.low, high)
    if low is not None and not encoder.surely(start <= end, scope):
        end = z3.If(end < start, start, end)
    is_outermost = not is_slice(expr.args[0])
    written = (
        z3.IntVal(0) if low is None else bounds[0],
        length if high is None else bounds[-1],
    )
    is_clamped = not (start.eq(written[0]) and end.eq(written[1]))
    plain = written if is_outermost and is_clamped else None
    return Stretch(theory, inner.base, start, end, plain)


def is_slice(expr: Expr) -> TypeGuard[ir.Apply]:
    """Whether the expression is a contiguous slice."""
    return isinstance(expr, ir.Apply) and expr.op in _SLICES


_SLICES: Final = frozenset(
    f"{family}.{form}"
    for family in ("seq", "str")
    for form in ("slice", "subslice", "slice_from", "slice_to")
)


def encode_slice(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    """`xs[a:b]` as the canonical slice with bounds in range."""
    return stretch(encoder, expr, scope).whole


# Totals.


def encode_sum(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    """`sum(xs)` as a difference of totals; of a comprehension, of what it adds up."""
    argument = expr.args[0]
    if isinstance(argument, ir.Comprehension):
        argument = row_by_row(argument)
        source = _source(encoder, argument, scope)
        if source is not None and not source.adds_elements:
            return _total(encoder, source)
        if source is not None and source.part is not None:
            return _stretch_sum(encoder, source.part)
    return _stretch_sum(encoder, stretch(encoder, argument, scope))


def row_by_row(listed: ir.Comprehension) -> ir.Comprehension:
    """What has the same sum, with one generator: of each of its elements the sum of what follows.

    `[e for x in xs for y in ys(x)]` is `[sum(e for y in ys(x)) for x in xs]`.
    """
    _, *others = _generators(listed)
    if not others:
        return listed
    place = others[0]
    inner = row_by_row(replace(listed, clauses=listed.clauses[place:]))
    return replace(listed, element=apply("seq.sum", inner), clauses=listed.clauses[:place])


def _stretch_sum(encoder: Encoder, part: Stretch) -> Term:
    symbol = _prefix_sum(encoder, part.theory)
    return part.between(lambda place: cast("Number", symbol(part.base, place)))


def _zero(sort: z3.SortRef) -> Term:
    return cast("Term", z3.RealVal(0) if sort.kind() == z3.Z3_REAL_SORT else z3.IntVal(0))


def _total(encoder: Encoder, source: _Source) -> Term:
    """The sum of a comprehension's elements."""
    sort = encoder.universe.sort(type_of(source.element))
    zero = _zero(sort)
    each = counted(source.element)
    name = f"{'total' if each is None else 'tally'} {source.key}"
    domain = [term.sort() for term in source.fixed]
    symbol = encoder.universe.function(name, [*domain, z3.IntSort()], sort)

    def unfold(*args: Term) -> Iterable[z3.BoolRef]:
        *fixed, n = args
        element, taken = source.at(encoder, fixed, cast("Number", n) - 1)
        before = symbol(*fixed, cast("Number", n) - 1)
        cut = None if source.part is None else source.part.theory.cut(fixed[-1])
        if cut is not None and source.part is not None:
            base, a, b = cut
            there = symbol(*fixed[:-1], base, a + n) - symbol(*fixed[:-1], base, a)
            inside = source.part.theory.fits_in(base, a, b, cast("Number", n))
            yield z3.Implies(inside, symbol(*args) == there)
        yield z3.Implies(n == 0, symbol(*args) == zero)
        yield symbol(*args) == before + z3.If(taken, element, zero)

    encoder.universe.define_unfolding(symbol, unfold)
    if source.part is not None:
        _total_lemmas(encoder, symbol, source.part.theory, domain[:-1])
    if each is None and sort.kind() == z3.Z3_INT_SORT:
        limit_totals(
            encoder.universe,
            symbol,
            partial(source.at, encoder),
            source.bounds,
            skips=bool(source.filters),
        )
    difference = symbol(*source.fixed, source.high) - symbol(*source.fixed, source.low)
    if each is not None:
        amount, conditions = each
        counting = replace(source, filters=(*source.filters, *conditions))
        here = counting.places_here(encoder)
        counts(here, symbol, difference, amount, whole=source.is_whole)
    if source.ordered:
        return cast("Term", difference)
    return z3.If(source.low < source.high, difference, zero)


def _total_lemmas(
    encoder: Encoder, symbol: z3.FuncDeclRef, theory: Sequences, captured: Sequence[z3.SortRef]
) -> None:
    """A total of a slice is a difference, of the front of a longer sequence the same."""

    def axioms(_: z3.FuncDeclRef) -> Iterable[z3.BoolRef]:
        fixed = [z3.Const(f"fixed {place}", sort) for place, sort in enumerate(captured)]
        s, t = z3.Consts("s t", theory.sort)
        v = z3.Const("v", theory.element)
        a, b, n = z3.Ints("a b n")
        cut = symbol(*fixed, theory.slice(s, a, b), n)
        ok = z3.And(a >= 0, a <= b, b <= theory.len(s), n >= 0, n <= b - a)
        there = symbol(*fixed, s, a + n) - symbol(*fixed, s, a)
        yield forall([*fixed, s, a, b, n], z3.Implies(ok, cut == there), cut)
        front = z3.And(n >= 0, n <= theory.len(s))
        whole = symbol(*fixed, s, n)
        longer = symbol(*fixed, theory.append(s, v), n)
        yield forall([*fixed, s, v, n], z3.Implies(front, longer == whole), longer)
        joined = symbol(*fixed, theory.concat(s, t), n)
        yield forall([*fixed, s, t, n], z3.Implies(front, joined == whole), joined)

    encoder.universe.function(f"frame {symbol.name()}", [], z3.BoolSort(), axioms)


def _prefix_sum(encoder: Encoder, theory: Sequences) -> z3.FuncDeclRef:
    number = theory.element
    s, t = z3.Consts("s t", theory.sort)
    v = z3.Const("v", number)
    i, j, n = z3.Ints("i j n")

    def axioms(f: z3.FuncDeclRef) -> Iterable[z3.BoolRef]:
        length = theory.len(s)
        updated = f(theory.update(s, i, v), n)
        inside = z3.And(i >= 0, i < n, n <= length)
        changed = updated == f(s, n) + v - theory.at(s, i)
        yield forall([s, i, v, n], z3.Implies(inside, changed), updated)
        beyond = z3.And(n >= 0, n <= i, i < length)
        yield forall([s, i, v, n], z3.Implies(beyond, updated == f(s, n)), updated)
        longer = f(theory.append(s, v), n)
        kept = z3.And(n >= 0, n <= length)
        yield forall([s, v, n], z3.Implies(kept, longer == f(s, n)), longer)
        more = longer == f(s, length) + v
        yield forall([s, v, n], z3.Implies(n == length + 1, more), longer)
        joined = f(theory.concat(s, t), n)
        yield forall([s, t, n], z3.Implies(kept, joined == f(s, n)), joined)
        cut = f(theory.slice(s, i, j), n)
        ok = z3.And(i >= 0, i <= j, j <= length, n >= 0, n <= j - i)
        yield forall([s, i, j, n], z3.Implies(ok, cut == f(s, i + n) - f(s, i)), cut)
        late = z3.And(n >= length, n <= length + theory.len(t))
        both = f(s, length) + f(t, n - length)
        yield forall([s, t, n], z3.Implies(late, joined == both), joined)

    name = f"sum:{theory.name}"
    symbol = encoder.universe.function(name, [theory.sort, z3.IntSort()], number, axioms)

    def step(s: Term, n: Number) -> Iterable[z3.BoolRef]:
        part = theory.cut(s)
        if part is not None:
            base, a, b = part
            between = symbol(base, a + n) - symbol(base, a)
            yield z3.Implies(theory.fits_in(base, a, b, n), symbol(s, n) == between)
        yield z3.Implies(n == 0, symbol(s, n) == _zero(number))
        yield symbol(s, n) == symbol(s, n - 1) + theory.at(s, n - 1)

    encoder.universe.define_unfolding(symbol, step)
    if isinstance(theory.type, SeqType) and isinstance(theory.type.element, MachineIntType):
        bounds = Interval(theory.type.element.minimum, theory.type.element.maximum)

        def amount(fixed: Sequence[Term], place: Number) -> tuple[Number, z3.BoolRef]:
            return cast("Number", theory.at(fixed[0], place)), z3.BoolVal(True)  # noqa: FBT003 - z3's constant

        limit_totals(encoder.universe, symbol, amount, bounds, skips=False)
    return symbol


def encode_length(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    """`len(xs)`; of a comprehension that filters, how often it takes something."""
    (listed,) = expr.args
    if isinstance(listed, ir.Comprehension) and len(listed.clauses) > 1:
        ones = row_by_row(replace(listed, element=ir.IntLit(1, INT)))
        source = _source(encoder, ones, scope)
        if source is not None:
            return _total(encoder, source)
    return cast("Term", encoder.sequences(type_of(listed)).len(encoder.term(listed, scope)))


def encode_count(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    """`xs.count(v)` as a difference of prefix counts."""
    part = stretch(encoder, expr.args[0], scope)
    encoder.require_identity(type_of(expr.args[1]))
    return count_in(part, encoder.term(expr.args[1], scope))


def count_in(part: Stretch, value: Term) -> Term:
    """The occurrences of a value in a stretch."""
    return part.between(lambda place: part.theory.count(part.base, value, place))


def encode_product(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    """`prod(xs)` of a stretch or of a comprehension's elements."""
    source = _source_of_values(encoder, expr.args[0], scope)
    sort = encoder.universe.sort(expr.type)
    one = z3.RealVal(1) if sort.kind() == z3.Z3_REAL_SORT else z3.IntVal(1)
    return _fold(encoder, "product", source, one, lambda before, element: before * element)


def encode_join(encoder: Encoder, parts: Expr, scope: Scope) -> Term:
    """`"".join(parts)` of a stretch or of a comprehension's elements."""
    source = _source_of_values(encoder, parts, scope)
    theory = encoder.sequences(StrType())
    return _fold(encoder, "join", source, theory.empty(), theory.concat)


def encode_to_set(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    """The set of a stretch's elements: what is counted there."""
    part = stretch(encoder, expr.args[0], scope)
    theory, integers = part.theory, z3.IntSort()
    type_ = expr.type
    assert isinstance(type_, SetType)
    encoder.require_identity(type_.element)
    result = encoder.universe.sort(type_)

    def axioms(f: z3.FuncDeclRef) -> Iterable[z3.BoolRef]:
        s, v = z3.Const("s", theory.sort), z3.Const("v", theory.element)
        a, b, i = z3.Ints("a b i")
        member = z3.Select(f(s, a, b), v)
        ok = z3.And(a >= 0, a <= b, b <= theory.len(s))
        counted = theory.count(s, v, b) > theory.count(s, v, a)
        yield forall([s, a, b, v], z3.Implies(ok, member == counted), member)
        stands = z3.And(ok, a <= i, i < b)
        here = z3.Select(f(s, a, b), theory.at(s, i))
        seen = z3.MultiPattern(f(s, a, b), theory.at(s, i))
        yield forall([s, a, b, i], z3.Implies(stands, here), seen)
        front = z3.And(a >= 0, b <= theory.len(s))
        longer = f(theory.append(s, v), a, b)
        yield forall([s, v, a, b], z3.Implies(front, longer == f(s, a, b)), longer)

    domain = [theory.sort, integers, integers]
    symbol = encoder.universe.function(f"to_set:{theory.name}", domain, result, axioms)

    def step(s: Term, low: Number, high: Number) -> Iterable[z3.BoolRef]:
        empty = z3.K(theory.element, z3.BoolVal(False))  # noqa: FBT003 - z3's constant
        before = symbol(s, low, high - 1)
        more = _with_member(before, theory.at(s, high - 1))
        yield z3.Implies(high <= low, symbol(s, low, high) == empty)
        yield z3.Implies(high > low, symbol(s, low, high) == more)

    encoder.universe.define_unfolding(symbol, step)
    return cast("Term", symbol(part.base, part.low, part.high))


def encode_contains(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    """`v in xs`; in a slice, that some place of the stretch holds it."""
    part = stretch(encoder, expr.args[0], scope)
    encoder.require_identity(type_of(expr.args[1]))
    value = encoder.term(expr.args[1], scope)
    if is_slice(expr.args[0]):
        return _occurs(encoder, part, value)
    return part.theory.contains(part.base, value)


def _occurs(encoder: Encoder, part: Stretch, value: Term) -> Term:
    place = encoder.universe.fresh("place", z3.IntSort())
    element = part.theory.at(part.base, cast("Number", place))
    inside = z3.And(part.low <= place, place < part.high)
    patterns = [] if is_unfit(element) else [element]
    return z3.Exists([place], z3.And(inside, element == value), patterns=patterns)


def encode_extremum(name: str, beats: Callable[[Term, Term], z3.BoolRef]) -> Callable[..., Term]:
    """`min(xs)` or `max(xs)` of a stretch: a member of it that nothing in it beats."""

    def encode(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
        part = stretch(encoder, expr.args[0], scope)
        theory = part.theory
        if theory.element.kind() not in {z3.Z3_INT_SORT, z3.Z3_REAL_SORT}:
            return encoder.opaque(name, [part.whole], expr.type)
        integers = z3.IntSort()

        def axioms(f: z3.FuncDeclRef) -> Iterable[z3.BoolRef]:
            s = z3.Const("s", theory.sort)
            a, b, k = z3.Ints("a b k")
            place = encoder.universe.function(
                f"{name}_at:{theory.name}", [theory.sort, integers, integers], integers
            )
            ok = z3.And(a >= 0, a < b, b <= theory.len(s))
            where = place(s, a, b)
            member = z3.And(a <= where, where < b, theory.at(s, where) == f(s, a, b))
            yield forall([s, a, b], z3.Implies(ok, member), f(s, a, b))
            inside = z3.And(ok, a <= k, k < b)
            unbeaten = z3.Not(beats(theory.at(s, k), f(s, a, b)))
            pattern = z3.MultiPattern(f(s, a, b), theory.at(s, k))
            yield forall([s, a, b, k], z3.Implies(inside, unbeaten), pattern)

        symbol = encoder.universe.function(
            f"{name}:{theory.name}", [theory.sort, integers, integers], theory.element, axioms
        )
        return cast("Term", symbol(part.base, part.low, part.high))

    return encode


# Comprehensions.


def encode_comprehension(encoder: Encoder, expr: ir.Comprehension, scope: Scope) -> Term | None:
    """A sequence or set built from one generator, a sequence from several; None for the rest."""
    type_ = type_of(expr)
    if isinstance(type_, SeqType) and len(list(_generators(expr))) > 1:
        return _joined_rows(encoder, expr, scope)
    source = _source(encoder, expr, scope)
    if source is None or expr.key is not None:
        return None
    if isinstance(type_, SetType):
        encoder.require_identity(type_.element)
        empty = z3.K(encoder.universe.sort(type_.element), z3.BoolVal(False))  # noqa: FBT003 - z3's constant
        members = _fold(encoder, "set", source, empty, _with_member)
        kept_in_set(source.places(encoder), members.decl())
        return members
    theory = encoder.sequences(type_)
    if source.filters:
        chosen = _fold(encoder, "chosen", source, theory.empty(), theory.append)
        kept_in_list(source.places(encoder), chosen.decl(), theory)
        return chosen
    built = _fold(encoder, "list", source, theory.empty(), theory.append)
    _pointwise(encoder, theory, source, built)
    return built


def _joined_rows(encoder: Encoder, expr: ir.Comprehension, scope: Scope) -> Term | None:
    """What several generators list: row by row, each the list of the generators that follow."""
    place = list(_generators(expr))[1]
    row = replace(expr, clauses=expr.clauses[place:])
    source = _source(encoder, replace(expr, element=row, clauses=expr.clauses[:place]), scope)
    if source is None:
        return None
    theory = encoder.sequences(type_of(expr))
    return _fold(encoder, "rows", source, theory.empty(), theory.concat)


def _generators(listed: ir.Comprehension) -> Iterator[int]:
    """The places of the generators among the clauses."""
    return (n for n, each in enumerate(listed.clauses) if isinstance(each, ir.Generator))


def _with_member(before: Term, element: Term) -> Term:
    return z3.Store(before, element, z3.BoolVal(True))  # noqa: FBT003 - z3's constant


def _pointwise(encoder: Encoder, theory: Sequences, source: _Source, built: Term) -> None:
    """Length and elements of a comprehension without filter, for all of its stretches."""
    symbol = built.decl()
    low, high, place = z3.Ints("low high place")
    fixed = [z3.Const(f"fixed {i}", term.sort()) for i, term in enumerate(source.fixed)]
    whole = symbol(*fixed, low, high)

    def axioms(_: z3.FuncDeclRef) -> Iterable[z3.BoolRef]:
        size = z3.If(low < high, high - low, z3.IntVal(0))
        yield forall([*fixed, low, high], theory.len(whole) == size, whole)
        element, _taken = source.at(encoder, fixed, low + place)
        inside = z3.And(place >= 0, place < high - low)
        same = theory.at(whole, place) == element
        yield forall([*fixed, low, high, place], z3.Implies(inside, same), theory.at(whole, place))

    encoder.universe.function(f"pointwise {symbol.name()}", [], z3.BoolSort(), axioms)


@dataclass(frozen=True, slots=True)
class _Source:
    """The elements of a comprehension with one generator, by absolute places of its source.

    `element` and `filters` are abstracted: over the binder `bound 0` and captured names. `fixed`
    are the terms of the captured names, then the source itself unless it is a range.
    """

    key: str
    binder: str
    element: Expr
    filters: tuple[Expr, ...]
    captured: int
    fixed: tuple[Term, ...]
    part: Stretch | None
    low: Number
    high: Number
    bounds: Interval

    @property
    def adds_elements(self) -> bool:
        """Whether what is listed are the elements of a sequence themselves."""
        element = self.element
        is_bound = isinstance(element, ir.Var) and element.name == self.binder
        has_numbers = self.part is not None and isinstance(self.part.theory.type, SeqType)
        return is_bound and has_numbers and not self.filters

    @property
    def is_whole(self) -> bool:
        """Whether it is plainly all of a sequence."""
        return self.part is not None and self.part.whole.eq(self.part.base)

    @property
    def ordered(self) -> bool:
        """Whether `low <= high` is known."""
        return self.part is not None

    def at(self, encoder: Encoder, fixed: Sequence[Term], place: Number) -> tuple[Term, z3.BoolRef]:
        """The element for a place of the source, and whether the filters take it."""
        here: Term = place
        if self.part is not None:
            here = Stretch(self.part.theory, fixed[self.captured], self.low, self.high).element(
                place
            )
        inner = captured_scope(list(fixed[: self.captured])).bind(self.binder, here)
        taken = [encoder.formula(condition, inner) for condition in self.filters]
        return encoder.term(self.element, inner), z3.And(taken) if taken else z3.BoolVal(True)  # noqa: FBT003 - z3's constant

    def places(self, encoder: Encoder) -> Places:
        """The source for all values of what it captures."""
        domain = [term.sort() for term in self.fixed]
        return Places.any(encoder.universe, partial(self.at, encoder), domain)

    def places_here(self, encoder: Encoder) -> Places:
        """The source with what it captures here."""
        at = partial(self.at, encoder)
        return Places(encoder.universe, at, self.fixed, self.low, self.high, z3.Int("place"))


def _source(encoder: Encoder, expr: ir.Comprehension, scope: Scope) -> _Source | None:
    generator, *rest = expr.clauses
    filters = tuple(clause.condition for clause in rest if isinstance(clause, ir.Filter))
    if not isinstance(generator, ir.Generator) or len(filters) != len(rest):
        return None
    body = ir.Lambda((generator.binder,), ir.TupleLit((expr.element, *filters)))
    return _make_source(encoder, body, generator.source, scope)


def _source_of_values(encoder: Encoder, values: Expr, scope: Scope) -> _Source:
    """The elements of a sequence, as those of a comprehension where it is one."""
    if isinstance(values, ir.Comprehension):
        found = _source(encoder, values, scope)
        if found is not None:
            return found
    type_ = type_of(values)
    assert isinstance(type_, SeqType)
    binder = ir.Binder("element", type_.element)
    body = ir.Lambda((binder,), ir.TupleLit((ir.Var(binder.name, binder.type),)))
    found = _make_source(encoder, body, values, scope)
    assert found is not None
    return found


def _make_source(encoder: Encoder, body: ir.Lambda, values: Expr, scope: Scope) -> _Source | None:
    meaning, captured = abstract(body, scope)
    assert isinstance(meaning.body, ir.TupleLit)
    bounds = interval(meaning.body.items[0])
    meaning = without_widths(meaning)
    assert isinstance(meaning.body, ir.TupleLit)
    element, *filters = meaning.body.items
    part: Stretch | None = None
    if is_unit_range(values):
        low, high = encoder.terms(values.args[:2], scope)
        fixed = tuple(captured)
    elif isinstance(type_of(values), SeqType | StrType):
        part = _of_text(encoder, stretch(encoder, values, scope))
        low, high = part.low, part.high
        fixed = (*captured, part.base)
    else:
        return None
    key = f"{meaning!r} over {'range' if part is None else repr(part.theory.type)}"
    return _Source(
        key,
        meaning.params[0].name,
        element,
        tuple(filters),
        len(captured),
        fixed,
        part,
        low,
        high,
        bounds,
    )


def _of_text(encoder: Encoder, part: Stretch) -> Stretch:
    """A stretch of a text's one-character texts as one of the text, of which iterating gives them.

    A loop over a text runs over these, and what is said of it speaks of the text.
    """
    base = part.base
    if base.num_args() != 1 or base.decl().name() != CHARS:
        return part
    theory, text = encoder.sequences(StrType()), cast("Term", base.arg(0))
    high = theory.len(text) if part.high.eq(part.theory.len(base)) else part.high
    return Stretch(theory, text, part.low, high, part.written)


def _fold(
    encoder: Encoder,
    name: str,
    source: _Source,
    base: Term,
    step: Callable[[Term, Term], Term],
) -> Term:
    """A fold from the left over a stretch that cannot be taken back."""
    integers = z3.IntSort()
    domain = [*(term.sort() for term in source.fixed), integers, integers]
    symbol = encoder.universe.function(f"{name} {source.key}", domain, base.sort())

    def unfold(*args: Term) -> Iterable[z3.BoolRef]:
        *fixed, low, high = args
        last = cast("Number", high) - 1
        element, taken = source.at(encoder, fixed, last)
        before = symbol(*fixed, low, last)
        cut = None if source.part is None else source.part.theory.cut(fixed[-1])
        if cut is not None and source.part is not None:
            whole, a, b = cut
            there = symbol(*fixed[:-1], whole, a + low, a + high)
            inside = source.part.theory.fits_in(
                whole, a, b, cast("Number", low), cast("Number", high)
            )
            yield z3.Implies(inside, symbol(*args) == there)
        yield z3.Implies(high <= low, symbol(*args) == base)
        after = z3.If(taken, step(before, element), before)
        yield z3.Implies(high > low, symbol(*args) == after)

    encoder.universe.define_unfolding(symbol, unfold)
    if source.part is not None:
        _frame_lemmas(encoder, symbol, source.part.theory, domain[:-3])
    return cast("Term", symbol(*source.fixed, source.low, source.high))


def _frame_lemmas(
    encoder: Encoder, symbol: z3.FuncDeclRef, theory: Sequences, captured: Sequence[z3.SortRef]
) -> None:
    """A fold looks at elements alone: of a slice, or of the front of a longer sequence."""

    def axioms(_: z3.FuncDeclRef) -> Iterable[z3.BoolRef]:
        fixed = [z3.Const(f"fixed {place}", sort) for place, sort in enumerate(captured)]
        s, t = z3.Consts("s t", theory.sort)
        v = z3.Const("v", theory.element)
        a, b, low, high = z3.Ints("a b low high")
        cut = symbol(*fixed, theory.slice(s, a, b), low, high)
        ok = z3.And(a >= 0, a <= b, b <= theory.len(s), low >= 0, low <= high, high <= b - a)
        there = symbol(*fixed, s, a + low, a + high)
        yield forall([*fixed, s, a, b, low, high], z3.Implies(ok, cut == there), cut)
        front = z3.And(low >= 0, high <= theory.len(s))
        whole = symbol(*fixed, s, low, high)
        longer = symbol(*fixed, theory.append(s, v), low, high)
        yield forall([*fixed, s, v, low, high], z3.Implies(front, longer == whole), longer)
        joined = symbol(*fixed, theory.concat(s, t), low, high)
        yield forall([*fixed, s, t, low, high], z3.Implies(front, joined == whole), joined)

    encoder.universe.function(f"frame {symbol.name()}", [], z3.BoolSort(), axioms)
