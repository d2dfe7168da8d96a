"""What a filter keeps and what is counted, said for all stretches at once.

A fold unfolds a bounded number of times, so it says nothing of "every element of the result". Here
each element of a filtered list is tied to the place that it came from, and each place that the
filter takes to its place in the list; a count is tied to a place that was counted. Both are
consequences of the definitions by induction on the length, with Skolem functions for the places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

from autoform.ir import exprs as ir
from autoform.ir.exprs import Expr
from autoform.vc.smt.binding import z3
from autoform.vc.smt.scope import Term
from autoform.vc.smt.sequences import Sequences, forall, is_unfit
from autoform.vc.smt.sorts import Universe
from autoform.vc.smt.subterms import subterms

Number: TypeAlias = z3.ArithRef
At: TypeAlias = Callable[[Sequence[Term], Number], tuple[Term, z3.BoolRef]]
"""The element that a place of the source gives, and whether the filter takes it."""


_LARGEST_FILTER = 24
"""Terms of a filter that is said of every place seen; a larger one costs more than it tells."""


@dataclass(frozen=True, slots=True)
class Places:
    """A fold's source with what it captures: the terms themselves, or constants for all values."""

    universe: Universe
    at: At
    fixed: tuple[Term, ...]
    low: Number
    high: Number
    place: Number

    @staticmethod
    def any(universe: Universe, at: At, domain: Sequence[z3.SortRef]) -> Places:
        """Constants to quantify over, of the sorts of what is captured."""
        fixed = tuple(z3.Const(f"fixed {n}", sort) for n, sort in enumerate(domain))
        low, high, place = z3.Ints("low high place")
        return Places(universe, at, fixed, low, high, place)

    def skolem(self, name: str, *args: Term) -> Number:
        """A place that depends on what is captured and on the arguments."""
        given = (*self.fixed, *args)
        symbol = self.universe.function(name, [arg.sort() for arg in given], z3.IntSort())
        return cast("Number", symbol(*given))

    @property
    def inside(self) -> z3.BoolRef:
        """The place is one of the stretch."""
        return z3.And(self.low <= self.place, self.place < self.high)

    def seen(self) -> Term | None:
        """A term by which a place of the source shows: the element there, mostly."""
        for term in subterms(self.at(self.fixed, self.place)):
            is_function = z3.is_app(term) and term.decl().kind() == z3.Z3_OP_UNINTERPRETED
            if is_function and any(child.eq(self.place) for child in term.children()):
                return None if is_unfit(term) else cast("Term", term)
        return None


def kept_in_list(places: Places, symbol: z3.FuncDeclRef, theory: Sequences) -> None:
    """The elements of a filtered list, in order: where each is from, and where each went."""

    def axioms(_: z3.FuncDeclRef) -> Iterator[z3.BoolRef]:
        fixed, low, high, place = places.fixed, places.low, places.high, places.place
        whole = symbol(*fixed, low, high)
        i, j = z3.Ints("i j")
        yield forall(
            [*fixed, low, high],
            theory.len(whole) <= z3.If(low < high, high - low, z3.IntVal(0)),
            whole,
        )
        origins = [places.skolem(f"origin {symbol.name()}", low, high, k) for k in (i, j)]
        element, taken = places.at(fixed, origins[0])
        here = theory.at(whole, i)
        rank_there = places.skolem(f"rank {symbol.name()}", low, high, origins[0])
        from_there = [low <= origins[0], origins[0] < high, taken, here == element]
        stands = theory.in_bounds(whole, i)
        yield forall(
            [*fixed, low, high, i],
            z3.Implies(stands, z3.And(*from_there, rank_there == i)),
            here,
        )
        ascending = z3.Implies(
            z3.And(i >= 0, i < j, j < theory.len(whole)), origins[0] < origins[1]
        )
        yield forall([*fixed, low, high, i, j], ascending, z3.MultiPattern(*origins))
        seen = places.seen()
        if seen is None:
            return
        element, taken = places.at(fixed, place)
        rank = places.skolem(f"rank {symbol.name()}", low, high, place)
        back = places.skolem(f"origin {symbol.name()}", low, high, rank)
        went = [theory.in_bounds(whole, rank), theory.at(whole, rank) == element, back == place]
        yield forall(
            [*fixed, low, high, place],
            z3.Implies(z3.And(places.inside, taken), z3.And(went)),
            z3.MultiPattern(whole, seen),
        )

    places.universe.function(f"kept {symbol.name()}", [], z3.BoolSort(), axioms)


def kept_in_set(places: Places, symbol: z3.FuncDeclRef) -> None:
    """The members of a set built from a source: where each is from, and that each is in."""

    def axioms(_: z3.FuncDeclRef) -> Iterator[z3.BoolRef]:
        fixed, low, high, place = places.fixed, places.low, places.high, places.place
        whole = symbol(*fixed, low, high)
        member = z3.Const("member", whole.sort().domain())
        origin = places.skolem(f"origin {symbol.name()}", low, high, member)
        element, taken = places.at(fixed, origin)
        is_in = z3.Select(whole, member)
        from_there = z3.And(low <= origin, origin < high, taken, member == element)
        yield forall([*fixed, low, high, member], z3.Implies(is_in, from_there), is_in)
        seen = places.seen()
        if seen is None:
            return
        element, taken = places.at(fixed, place)
        yield forall(
            [*fixed, low, high, place],
            z3.Implies(z3.And(places.inside, taken), z3.Select(whole, element)),
            z3.MultiPattern(whole, seen),
        )

    places.universe.function(f"kept {symbol.name()}", [], z3.BoolSort(), axioms)


def counted(element: Expr) -> tuple[int, tuple[Expr, ...]] | None:
    """What each counted place adds, and the conditions under which it does, of a counting sum."""
    match element:
        case ir.IntLit(value) if value > 0:
            return value, ()
        case ir.Apply("bool.to_int", (condition,)):
            return 1, (condition,)
        case ir.IfExpr(condition, ir.IntLit(value), ir.IntLit(0)) if value > 0:
            return value, (condition,)
        case _:
            return None


def counts(
    places: Places, symbol: z3.FuncDeclRef, count: Number, each: int, *, whole: bool
) -> None:
    """A count is at most `each` for a place of its stretch; a place shows what counts.

    Said of this stretch alone, and of every place seen only where it is a `whole` sequence: said of
    all that a proof unfolds, or of the prefixes that candidates speak of, it costs more than it
    tells.
    """
    low, high = places.low, places.high

    def axioms(_: z3.FuncDeclRef) -> Iterator[z3.BoolRef]:
        ordered = low <= high
        bounded = z3.And(count >= 0, count <= each * (high - low))
        yield z3.Implies(ordered, bounded)
        where = places.skolem(f"tallied {symbol.name()}", low, high)
        _, taken = places.at(places.fixed, where)
        shown = z3.And(low <= where, where < high, taken)
        yield z3.Implies(z3.And(ordered, count > 0), shown)
        seen = places.seen()
        _, taken = places.at(places.fixed, places.place)
        is_small = sum(1 for _ in subterms([taken])) <= _LARGEST_FILTER
        if whole and seen is not None and is_small:
            stands = z3.And(places.inside, taken)
            yield forall([places.place], z3.Implies(stands, count >= each), seen)

    places.universe.function(f"counts {count.get_id()}", [], z3.BoolSort(), axioms)
