"""Sums, counts, extrema and comprehensions as functions of a prefix.

`F(captured, s, n)` is the fold over the first n elements of s: `F(.., n) = base` for n <= 0 and
one step from `F(.., n - 1)` otherwise. A fold over a slice of s is one over s itself, so that a
loop's partial result and the postcondition's total speak of the same function. The definition
unfolds at ground terms a bounded number of times; the lemmas about updates and appends are
axioms with triggers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import cast

import z3

from autoform.ir import exprs as ir
from autoform.ir.exprs import Expr, type_of
from autoform.ir.traversal import free_vars
from autoform.ir.types import SeqType, StrType, Type
from autoform.vc.smt.encoder import Encoder, Scope, Term
from autoform.vc.smt.sequences import Sequences, forall


@dataclass(frozen=True, slots=True)
class Stretch:
    """Places `low` to `high` of a sequence, clamped to its bounds."""

    theory: Sequences
    base: Term
    low: z3.ArithRef
    high: z3.ArithRef


def clamp(place: z3.ArithRef, length: z3.ArithRef) -> z3.ArithRef:
    """A slice bound as Python reads it: from the end when negative, then inside [0, len]."""
    from_end = z3.If(place < 0, place + length, place)
    return z3.If(from_end < 0, z3.IntVal(0), z3.If(from_end > length, length, from_end))


def stretch(encoder: Encoder, expr: Expr, scope: Scope) -> Stretch:
    """A sequence expression as a stretch of the sequence that its slices are taken from."""
    type_ = type_of(expr)
    theory = encoder.sequences(type_)
    if isinstance(expr, ir.Apply) and (bounds := _slice_bounds(encoder, expr, scope)) is not None:
        inner = stretch(encoder, expr.args[0], scope)
        length = inner.high - inner.low
        low, high = (clamp(bound, length) if bound is not None else None for bound in bounds)
        start = inner.low + low if low is not None else inner.low
        end = inner.low + high if high is not None else inner.high
        return Stretch(theory, inner.base, start, z3.If(end < start, start, end))
    base = encoder.term(expr, scope)
    return Stretch(theory, base, z3.IntVal(0), theory.len(base))


def _slice_bounds(
    encoder: Encoder, expr: ir.Apply, scope: Scope
) -> tuple[z3.ArithRef | None, z3.ArithRef | None] | None:
    family, _, form = expr.op.partition(".")
    if family not in {"seq", "str"}:
        return None
    rest = cast("list[z3.ArithRef]", encoder.terms(expr.args[1:], scope)) if form in _SLICES else []
    match form:
        case "slice" | "subslice":
            return rest[0], rest[1]
        case "slice_from":
            return rest[0], None
        case "slice_to":
            return None, rest[0]
        case _:
            return None


_SLICES = frozenset({"slice", "subslice", "slice_from", "slice_to"})


def encode_slice(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    """`xs[a:b]` as the canonical slice with bounds in range."""
    part = stretch(encoder, expr, scope)
    return part.theory.slice(part.base, part.low, part.high)


def encode_sum(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    """`sum(xs)` as a difference of prefix sums; of a comprehension, as a fold of its element."""
    argument = expr.args[0]
    if isinstance(argument, ir.Comprehension):
        folded = fold(encoder, "sum", argument, scope, base=z3.IntVal(0), step=_add)
        if folded is not None:
            return folded
    part = stretch(encoder, argument, scope)
    symbol = _prefix_sum(encoder, part.theory)
    return cast("Term", symbol(part.base, part.high) - symbol(part.base, part.low))


def _add(before: Term, element: Term) -> Term:
    return cast("Term", cast("z3.ArithRef", before) + element)


def _prefix_sum(encoder: Encoder, theory: Sequences) -> z3.FuncDeclRef:
    name = f"sum:{theory.name}"
    number = theory.element
    s, t = z3.Consts("s t", theory.sort)
    v = z3.Const("v", number)
    i, n = z3.Ints("i n")

    def axioms(f: z3.FuncDeclRef) -> Iterable[z3.BoolRef]:
        updated = f(theory.update(s, i, v), n)
        inside = z3.And(i >= 0, i < n, n <= theory.len(s))
        yield forall([s, i, v, n], z3.Implies(inside, updated == f(s, n) + v - theory.at(s, i)), updated)
        beyond = z3.And(n >= 0, n <= i, i < theory.len(s))
        yield forall([s, i, v, n], z3.Implies(beyond, updated == f(s, n)), updated)
        longer = f(theory.append(s, v), n)
        kept = z3.And(n >= 0, n <= theory.len(s))
        yield forall([s, v, n], z3.Implies(kept, longer == f(s, n)), longer)
        yield forall([s, v, n], z3.Implies(n == theory.len(s) + 1, longer == f(s, theory.len(s)) + v), longer)
        joined = f(theory.concat(s, t), n)
        yield forall([s, t, n], z3.Implies(kept, joined == f(s, n)), joined)
        late = z3.And(n >= theory.len(s), n <= theory.len(s) + theory.len(t))
        both = f(s, theory.len(s)) + f(t, n - theory.len(s))
        yield forall([s, t, n], z3.Implies(late, joined == both), joined)

    symbol = encoder.universe.function(name, [theory.sort, z3.IntSort()], number, axioms)

    def step(s: Term, n: z3.ArithRef) -> Iterable[z3.BoolRef]:
        yield z3.Implies(n <= 0, symbol(s, n) == 0)
        inside = z3.And(n > 0, n <= theory.len(s))
        yield z3.Implies(inside, symbol(s, n) == symbol(s, n - 1) + theory.at(s, n - 1))

    encoder.universe.define_unfolding(symbol, step)
    return symbol


def encode_count(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    """`xs.count(v)` as a difference of prefix counts."""
    part = stretch(encoder, expr.args[0], scope)
    value = encoder.term(expr.args[1], scope)
    high = part.theory.count(part.base, value, part.high)
    return cast("Term", high - part.theory.count(part.base, value, part.low))


def encode_contains(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    """`v in xs`; in a slice, that some place of the stretch holds it."""
    part = stretch(encoder, expr.args[0], scope)
    value = encoder.term(expr.args[1], scope)
    if isinstance(expr.args[0], ir.Apply) and expr.args[0].op.partition(".")[2] in _SLICES:
        part_of = part.theory.slice(part.base, part.low, part.high)
        return part.theory.contains(part_of, value)
    return part.theory.contains(part.base, value)


def encode_extremum(name: str, beats: Callable[[Term, Term], z3.BoolRef]) -> Callable[..., Term]:
    """`min(xs)` or `max(xs)` of a stretch: a member of it that nothing in it beats."""

    def encode(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
        part = stretch(encoder, expr.args[0], scope)
        theory = part.theory
        if theory.element.kind() not in {z3.Z3_INT_SORT, z3.Z3_REAL_SORT}:
            return encoder.opaque(name, [theory.slice(part.base, part.low, part.high)], expr.type)
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


def fold(  # noqa: PLR0913 - the parts of a fold
    encoder: Encoder,
    name: str,
    comprehension: ir.Comprehension,
    scope: Scope,
    *,
    base: Term,
    step: Callable[[Term, Term], Term],
) -> Term | None:
    """A fold over the elements of a comprehension with one generator, or none if it has more."""
    generator, *filters = comprehension.clauses
    if not isinstance(generator, ir.Generator) or not all(isinstance(f, ir.Filter) for f in filters):
        return None
    source = generator.source
    if not isinstance(type_of(source), SeqType | StrType):
        return None
    conditions = tuple(f.condition for f in filters if isinstance(f, ir.Filter))
    bound = {generator.binder.name}
    inner = ir.TupleLit((comprehension.element, *conditions))
    captured = sorted(set(free_vars(inner)) - bound)
    is_range = isinstance(source, ir.Apply) and source.op == "seq.range" and _unit_step(source)
    if is_range and isinstance(source, ir.Apply):
        low, high = cast("list[z3.ArithRef]", encoder.terms(source.args[:2], scope))
        domain: list[Term] = [low]
        count: z3.ArithRef = high - low
    else:
        part = stretch(encoder, source, scope)
        domain = [part.base, part.low]
        count = part.high - part.low
    terms = [*(scope.variables[c] for c in captured), *domain]
    sorts = [term.sort() for term in terms]
    key = f"{name} {comprehension.element!r} if {conditions!r} for {generator.binder!r} {is_range}"
    symbol = encoder.universe.function(key, [*sorts, z3.IntSort()], base.sort())

    def unfold(*args: Term) -> Iterable[z3.BoolRef]:
        *held, n = args
        place = cast("z3.ArithRef", n) - 1
        names = dict(zip(captured, held[: len(captured)], strict=True))
        where = held[len(captured) :]
        here = _element_at(encoder, type_of(source), where, place, is_range=is_range)
        inside = Scope({**names, generator.binder.name: here})
        before = symbol(*held, place)
        element = encoder.term(comprehension.element, inside)
        after = step(before, element)
        if conditions:
            taken = z3.And([encoder.formula(c, inside) for c in conditions])
            after = z3.If(taken, after, before)
        yield z3.Implies(cast("z3.ArithRef", n) <= 0, symbol(*args) == base)
        yield z3.Implies(cast("z3.ArithRef", n) > 0, symbol(*args) == after)

    encoder.universe.define_unfolding(symbol, unfold)
    return cast("Term", symbol(*terms, count))


def _element_at(
    encoder: Encoder, source: Type, where: list[Term], place: z3.ArithRef, *, is_range: bool
) -> Term:
    if is_range:
        return cast("Term", cast("z3.ArithRef", where[0]) + place)
    theory = encoder.sequences(source)
    element = theory.at(where[0], cast("z3.ArithRef", where[1]) + place)
    return theory.literal([element]) if isinstance(source, StrType) else element


def _unit_step(source: ir.Apply) -> bool:
    return isinstance(source.args[2], ir.IntLit) and source.args[2].value == 1


