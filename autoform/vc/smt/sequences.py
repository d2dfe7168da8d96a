"""Sequences for the solver: each function is introduced with its axioms on first use.

Triggers are chosen so that axioms fire on the terms a program builds (`len` and `at` of an
update, an append, a slice) and never loop: every axiom's body mentions only smaller
sequences. Shape and triggers follow Dafny's prelude (Leino, LPAR 2010); occurrence counts take
the place of multisets. All lemmas here are consequences of the definitions; the tests prove
them by induction on the length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Final

from autoform.ir.types import SeqType, StrType, format_type
from autoform.vc.smt.binding import z3
from autoform.vc.smt.sorts import Universe
from autoform.vc.smt.subterms import subterms

Facts = Iterable[z3.BoolRef]
_MOST_ITEMS: Final = 100
CHARS: Final = "chars"
"""The symbol of a text's one-character texts."""


def forall(
    bound: Iterable[z3.ExprRef], body: z3.BoolRef, *patterns: z3.ExprRef | z3.PatternRef
) -> z3.BoolRef:
    """A universal quantifier with its triggers; those that the solver would reject are left out."""
    fit = [pattern for pattern in patterns if not any(map(is_unfit, pattern.children()))]
    return z3.ForAll(list(bound), body, patterns=fit)


_UNFIT: Final = frozenset(
    {z3.Z3_OP_ITE, z3.Z3_OP_AND, z3.Z3_OP_OR, z3.Z3_OP_NOT, z3.Z3_OP_IMPLIES, z3.Z3_OP_EQ}
)


def is_unfit(term: z3.ExprRef) -> bool:
    """Whether a term holds what no trigger may: a connective or a quantifier."""
    return any(
        z3.is_quantifier(part) or (z3.is_app(part) and part.decl().kind() in _UNFIT)
        for part in subterms([term])
    )


class Sequences:
    """The functions over sequences of one type: `Seq<T>`, or `Str` as a sequence of codes."""

    def __init__(self, universe: Universe, type_: SeqType | StrType) -> None:
        """Make the sort; no axiom is added before a function is used."""
        self.universe = universe
        self.type = type_
        self.sort = universe.sort(type_)
        self.element: z3.SortRef = (
            universe.sort(type_.element) if isinstance(type_, SeqType) else z3.IntSort()
        )
        self.name = format_type(type_)
        s, t = z3.Const(f"s!{self.name}", self.sort), z3.Const(f"t!{self.name}", self.sort)
        self._s, self._t = s, t
        self._v = z3.Const(f"v!{self.name}", self.element)
        self._i, self._j, self._n = z3.Ints("i j n")

    def _function(
        self,
        name: str,
        domain: Iterable[z3.SortRef],
        codomain: z3.SortRef,
        axioms: Callable[[z3.FuncDeclRef], Facts] | None = None,
    ) -> z3.FuncDeclRef:
        return self.universe.function(f"{name}:{self.name}", domain, codomain, axioms)

    def len(self, s: z3.ExprRef) -> z3.ArithRef:
        """The length, never negative."""

        def axioms(f: z3.FuncDeclRef) -> Facts:
            yield forall([self._s], f(self._s) >= 0, f(self._s))

        return self._function("len", [self.sort], z3.IntSort(), axioms)(s)

    def at(self, s: z3.ExprRef, i: z3.ArithRef) -> z3.ExprRef:
        """The element at a place; unspecified outside the bounds."""
        return self._function("at", [self.sort, z3.IntSort()], self.element)(s, i)

    def in_bounds(self, s: z3.ExprRef, i: z3.ArithRef) -> z3.BoolRef:
        """0 <= i < len."""
        return z3.And(i >= 0, i < self.len(s))

    def empty(self) -> z3.ExprRef:
        """The empty sequence; every sequence of length 0 is it."""

        def axioms(f: z3.FuncDeclRef) -> Facts:
            yield self.len(f()) == 0
            yield forall(
                [self._s], z3.Implies(self.len(self._s) == 0, self._s == f()), self.len(self._s)
            )

        return self._function("empty", [], self.sort, axioms)()

    def append(self, s: z3.ExprRef, v: z3.ExprRef) -> z3.ExprRef:
        """With an element at the end."""

        def axioms(f: z3.FuncDeclRef) -> Facts:
            s, v, i = self._s, self._v, self._i
            yield forall([s, v], self.len(f(s, v)) == self.len(s) + 1, f(s, v))
            yield forall([s, v], self.at(f(s, v), self.len(s)) == v, f(s, v))
            inside = z3.And(i >= 0, i < self.len(s))
            yield forall(
                [s, v, i],
                z3.Implies(inside, self.at(f(s, v), i) == self.at(s, i)),
                self.at(f(s, v), i),
            )

        return self._function("append", [self.sort, self.element], self.sort, axioms)(s, v)

    def literal(self, items: Iterable[z3.ExprRef]) -> z3.ExprRef:
        """The items in order."""
        built = self.empty()
        for item in items:
            built = self.append(built, item)
        return built

    def only(self, s: z3.ExprRef) -> z3.ExprRef | None:
        """The element of a term that is plainly a sequence of one."""
        if s.num_args() == 2 and s.decl().name() == f"append:{self.name}":
            before = s.arg(0)
            if before.num_args() == 0 and before.decl().name() == f"empty:{self.name}":
                return s.arg(1)
        return None

    def items(self, s: z3.ExprRef) -> list[z3.ExprRef] | None:
        """The elements of a term that is plainly a literal of a few, the last one first."""
        found: list[z3.ExprRef] = []
        while s.num_args() == 2 and s.decl().name() == f"append:{self.name}":
            found.append(s.arg(1))
            if len(found) > _MOST_ITEMS:
                return None
            s = s.arg(0)
        return found if s.num_args() == 0 and s.decl().name() == f"empty:{self.name}" else None

    def cut(self, s: z3.ExprRef) -> tuple[z3.ExprRef, z3.ArithRef, z3.ArithRef] | None:
        """What a slice was taken from, and its bounds."""
        if s.num_args() == 3 and s.decl().name() == f"slice:{self.name}":
            return s.arg(0), s.arg(1), s.arg(2)
        return None

    def fits_in(
        self, s: z3.ExprRef, a: z3.ArithRef, b: z3.ArithRef, *places: z3.ArithRef
    ) -> z3.BoolRef:
        """A slice of s from a to b is one, and the ascending places lie in it."""
        ordered = [x <= y for x, y in pairwise((z3.IntVal(0), *places, b - a))]
        return z3.And(a >= 0, a <= b, b <= self.len(s), *ordered)

    def update(self, s: z3.ExprRef, i: z3.ArithRef, v: z3.ExprRef) -> z3.ExprRef:
        """With place i replaced; meaningful in bounds."""

        def axioms(f: z3.FuncDeclRef) -> Facts:
            s, v, i, j = self._s, self._v, self._i, self._j
            ok = self.in_bounds(s, i)
            yield forall([s, i, v], z3.Implies(ok, self.len(f(s, i, v)) == self.len(s)), f(s, i, v))
            value = z3.If(i == j, v, self.at(s, j))
            inside = z3.And(ok, self.in_bounds(s, j))
            new = self.at(f(s, i, v), j)
            yield forall([s, i, v, j], z3.Implies(inside, new == value), new)
            # What stood there before is looked at, too: facts about it may be needed.
            places = [self.sort, z3.IntSort(), self.element]
            replaced = self._function("replaced", places, self.element)
            yield forall([s, i, v], replaced(s, i, v) == self.at(s, i), f(s, i, v))

        return self._function("update", [self.sort, z3.IntSort(), self.element], self.sort, axioms)(
            s, i, v
        )

    def slice(self, s: z3.ExprRef, lo: z3.ArithRef, hi: z3.ArithRef) -> z3.ExprRef:
        """Places lo to hi, meaningful for 0 <= lo <= hi <= len."""

        def axioms(f: z3.FuncDeclRef) -> Facts:
            s, a, b, i = self._s, self._i, self._j, self._n
            ok = z3.And(a >= 0, a <= b, b <= self.len(s))
            yield forall([s, a, b], z3.Implies(ok, self.len(f(s, a, b)) == b - a), f(s, a, b))
            part = self.at(f(s, a, b), i)
            inside = z3.And(ok, i >= 0, i < b - a)
            yield forall([s, a, b, i], z3.Implies(inside, part == self.at(s, a + i)), part)
            whole = z3.Implies(z3.And(a == 0, b == self.len(s)), f(s, a, b) == s)
            yield forall([s, a, b], whole, f(s, a, b))
            # An element of s seen at an absolute place is an element of the slice.
            shifted = self.at(f(s, a, b), i - a) == self.at(s, i)
            within = z3.And(ok, a <= i, i < b)
            yield forall(
                [s, a, b, i],
                z3.Implies(within, shifted),
                z3.MultiPattern(f(s, a, b), self.at(s, i)),
            )

        return self._function("slice", [self.sort, z3.IntSort(), z3.IntSort()], self.sort, axioms)(
            s, lo, hi
        )

    def concat(self, s: z3.ExprRef, t: z3.ExprRef) -> z3.ExprRef:
        """s, then t. One element more is an append, however it was written."""
        last = self.only(t)
        if last is not None:
            return self.append(s, last)

        def axioms(f: z3.FuncDeclRef) -> Facts:
            s, t, i = self._s, self._t, self._i
            yield forall([s, t], self.len(f(s, t)) == self.len(s) + self.len(t), f(s, t))
            whole = self.at(f(s, t), i)
            first = z3.And(i >= 0, i < self.len(s))
            second = z3.And(i >= self.len(s), i < self.len(s) + self.len(t))
            yield forall([s, t, i], z3.Implies(first, whole == self.at(s, i)), whole)
            yield forall([s, t, i], z3.Implies(second, whole == self.at(t, i - self.len(s))), whole)
            yield forall([s, t], z3.Implies(self.len(t) == 0, f(s, t) == s), f(s, t))
            yield forall([s, t], z3.Implies(self.len(s) == 0, f(s, t) == t), f(s, t))

        return self._function("concat", [self.sort, self.sort], self.sort, axioms)(s, t)

    def repeat_value(self, v: z3.ExprRef, n: z3.ArithRef) -> z3.ExprRef:
        """N copies of one element; none for n <= 0."""

        def axioms(f: z3.FuncDeclRef) -> Facts:
            v, n, i = self._v, self._n, self._i
            yield forall([v, n], self.len(f(v, n)) == z3.If(n > 0, n, 0), f(v, n))
            inside = z3.And(i >= 0, i < n)
            yield forall(
                [v, n, i], z3.Implies(inside, self.at(f(v, n), i) == v), self.at(f(v, n), i)
            )

        return self._function("repeat", [self.element, z3.IntSort()], self.sort, axioms)(v, n)

    def reverse(self, s: z3.ExprRef) -> z3.ExprRef:
        """Back to front."""

        def axioms(f: z3.FuncDeclRef) -> Facts:
            s, i = self._s, self._i
            yield forall([s], self.len(f(s)) == self.len(s), f(s))
            mirrored = self.at(f(s), i) == self.at(s, self.len(s) - 1 - i)
            yield forall([s, i], z3.Implies(self.in_bounds(s, i), mirrored), self.at(f(s), i))

        return self._function("reverse", [self.sort], self.sort, axioms)(s)

    def contains(self, s: z3.ExprRef, v: z3.ExprRef) -> z3.BoolRef:
        """Whether v occurs; a place where it does is named by a Skolem function."""
        items = self.items(s)
        if items is not None:
            return z3.Or(z3.BoolVal(False), *(v == item for item in items))  # noqa: FBT003 - a term

        def axioms(f: z3.FuncDeclRef) -> Facts:
            s, v, i = self._s, self._v, self._i
            place = self._function("place", [self.sort, self.element], z3.IntSort())
            found = z3.And(self.in_bounds(s, place(s, v)), self.at(s, place(s, v)) == v)
            yield forall([s, v], z3.Implies(f(s, v), found), f(s, v))
            here = z3.And(self.in_bounds(s, i), self.at(s, i) == v)
            yield forall(
                [s, v, i], z3.Implies(here, f(s, v)), z3.MultiPattern(f(s, v), self.at(s, i))
            )
            t, w = self._t, z3.Const(f"w!{self.name}", self.element)
            longer = f(self.append(s, w), v)
            yield forall([s, w, v], longer == z3.Or(f(s, v), v == w), longer)
            joined = f(self.concat(s, t), v)
            yield forall([s, t, v], joined == z3.Or(f(s, v), f(t, v)), joined)

        return self._function("contains", [self.sort, self.element], z3.BoolSort(), axioms)(s, v)

    def count(self, s: z3.ExprRef, v: z3.ExprRef, n: z3.ArithRef) -> z3.ArithRef:
        """Occurrences of v among the first n places."""

        def axioms(f: z3.FuncDeclRef) -> Facts:
            s, t, v, i, n = self._s, self._t, self._v, self._i, self._n
            w = z3.Const(f"w!{self.name}", self.element)
            one = z3.IntVal(1)
            yield forall(
                [s, v, n], z3.And(f(s, v, n) >= 0, z3.Implies(n >= 0, f(s, v, n) <= n)), f(s, v, n)
            )
            # What is counted stands somewhere, and what stands somewhere is counted.
            counted = z3.And(n <= self.len(s), f(s, v, n) > 0)
            domain = [self.sort, self.element, z3.IntSort()]
            place = self._function("counted", domain, z3.IntSort())(s, v, n)
            found = z3.And(place >= 0, place < n, self.at(s, place) == v)
            yield forall([s, v, n], z3.Implies(counted, found), f(s, v, n))
            stands = z3.And(i >= 0, i < n, n <= self.len(s), self.at(s, i) == v)
            both_seen = z3.MultiPattern(f(s, v, n), self.at(s, i))
            yield forall([s, v, n, i], z3.Implies(stands, f(s, v, n) > 0), both_seen)
            changed = f(self.update(s, i, w), v, n)
            swap = f(s, v, n) - z3.If(self.at(s, i) == v, one, 0) + z3.If(w == v, one, 0)
            inside = z3.And(i >= 0, i < n, n <= self.len(s))
            yield forall([s, i, w, v, n], z3.Implies(inside, changed == swap), changed)
            beyond = z3.And(n >= 0, n <= i, i < self.len(s))
            yield forall([s, i, w, v, n], z3.Implies(beyond, changed == f(s, v, n)), changed)
            longer = f(self.append(s, w), v, n)
            kept = z3.And(n >= 0, n <= self.len(s))
            yield forall([s, w, v, n], z3.Implies(kept, longer == f(s, v, n)), longer)
            more = f(s, v, self.len(s)) + z3.If(w == v, one, 0)
            yield forall([s, w, v, n], z3.Implies(n == self.len(s) + 1, longer == more), longer)
            j = self._j
            cut = f(self.slice(s, i, j), v, n)
            ok = z3.And(i >= 0, i <= j, j <= self.len(s), n >= 0, n <= j - i)
            yield forall([s, i, j, v, n], z3.Implies(ok, cut == f(s, v, i + n) - f(s, v, i)), cut)
            joined = f(self.concat(s, t), v, n)
            early = z3.And(n >= 0, n <= self.len(s))
            yield forall([s, t, v, n], z3.Implies(early, joined == f(s, v, n)), joined)
            late = z3.And(n >= self.len(s), n <= self.len(s) + self.len(t))
            both = f(s, v, self.len(s)) + f(t, v, n - self.len(s))
            yield forall([s, t, v, n], z3.Implies(late, joined == both), joined)

        symbol = self._function(
            "count", [self.sort, self.element, z3.IntSort()], z3.IntSort(), axioms
        )
        self.universe.define_unfolding(symbol, self._count_step)
        return symbol(s, v, n)

    def _count_step(self, s: z3.ExprRef, v: z3.ExprRef, n: z3.ArithRef) -> Facts:
        whole = self.count(s, v, n)
        part = self.cut(s)
        if part is not None:
            base, a, b = part
            between = self.count(base, v, a + n) - self.count(base, v, a)
            yield z3.Implies(self.fits_in(base, a, b, n), whole == between)
        yield z3.Implies(n <= 0, whole == 0)
        last = z3.If(self.at(s, n - 1) == v, z3.IntVal(1), z3.IntVal(0))
        yield z3.Implies(z3.And(n > 0, n <= self.len(s)), whole == self.count(s, v, n - 1) + last)

    def equal(
        self,
        s: z3.ExprRef,
        t: z3.ExprRef,
        same: Callable[[z3.ExprRef, z3.ExprRef], z3.BoolRef],
    ) -> z3.BoolRef:
        """Equality by elements. As an assumption it is identity; as a goal, pointwise equality.

        `same` is equality of elements, itself by elements when they are sequences.
        """

        def axioms(f: z3.FuncDeclRef) -> Facts:
            s, t = self._s, self._t
            yield forall([s, t], f(s, t) == (s == t), f(s, t))

        symbol = self._function("equal", [self.sort, self.sort], z3.BoolSort(), axioms)

        def apart(s: z3.ExprRef, t: z3.ExprRef) -> Facts:
            place = self._function("difference", [self.sort, self.sort], z3.IntSort())(s, t)
            differ = z3.Not(same(self.at(s, place), self.at(t, place)))
            inside = self.in_bounds(s, place)
            yield z3.Or(symbol(s, t), self.len(s) != self.len(t), z3.And(inside, differ))

        if not self.universe.unfolds(symbol):
            s0, t0 = self._s, self._t
            (either,) = apart(s0, t0)
            self.universe.axioms.append(forall([s0, t0], either, symbol(s0, t0)))
            self.universe.define_unfolding(symbol, apart)
        return symbol(s, t)
