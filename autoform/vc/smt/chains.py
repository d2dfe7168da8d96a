"""Neighbours in order: what holds between neighbours holds between any two places.

    all(xs[i] <= xs[i + 1] for i in range(len(xs) - 1))

is `chain(xs, 0, len(xs))` for `<=`. From it follows `xs[p] <= xs[q]` for `p <= q`, by induction
on `q`; and what is no chain has a place where it breaks. So a contract may say either, and a
proof may use the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from autoform.vc.smt.binding import z3
from autoform.vc.smt.sequences import Sequences, forall
from autoform.vc.smt.subterms import mentions

if TYPE_CHECKING:
    from autoform.vc.smt.encoder import Encoder

Relation: TypeAlias = Callable[[z3.ExprRef, z3.ExprRef], z3.BoolRef]

_RELATIONS: Final[dict[str, Relation]] = {
    "<=": lambda a, b: a <= b,
    "<": lambda a, b: a < b,
    ">=": lambda a, b: a >= b,
    ">": lambda a, b: a > b,
}
_KINDS: Final = {
    z3.Z3_OP_LE: "<=",
    z3.Z3_OP_LT: "<",
    z3.Z3_OP_GE: ">=",
    z3.Z3_OP_GT: ">",
}
_OPPOSITE: Final = {"<=": ">=", ">=": "<=", "<": ">", ">": "<"}
_DENIED: Final = {"<=": ">", ">=": "<", "<": ">=", ">": "<="}


def chain(
    theory: Sequences, sign: str, s: z3.ExprRef, low: z3.ArithRef, high: z3.ArithRef
) -> z3.BoolRef:
    """Whether neighbours among the places from low to high are related."""
    related = _RELATIONS[sign]
    universe, integers = theory.universe, z3.IntSort()
    domain = [theory.sort, integers, integers]
    where = universe.function(f"break {sign}:{theory.name}", domain, integers)
    t = z3.Const(f"s!{theory.name}", theory.sort)
    a, b, p, q = z3.Ints("a b p q")

    def axioms(f: z3.FuncDeclRef) -> Iterator[z3.BoolRef]:
        inside = z3.And(f(t, a, b), a <= p, p < q, q < b)
        ordered = related(theory.at(t, p), theory.at(t, q))
        pattern = z3.MultiPattern(f(t, a, b), theory.at(t, p), theory.at(t, q))
        yield forall([t, a, b, p, q], z3.Implies(inside, ordered), pattern)

    symbol = universe.function(f"chain {sign}:{theory.name}", domain, z3.BoolSort(), axioms)

    def broken(t: z3.ExprRef, a: z3.ArithRef, b: z3.ArithRef) -> Iterator[z3.BoolRef]:
        place = where(t, a, b)
        apart = z3.Not(related(theory.at(t, place), theory.at(t, place + 1)))
        yield z3.Or(symbol(t, a, b), z3.And(a <= place, place + 1 < b, apart))

    if not universe.unfolds(symbol):
        (either,) = broken(t, a, b)
        universe.axioms.append(forall([t, a, b], either, symbol(t, a, b)))
        universe.define_unfolding(symbol, broken)
    return symbol(s, low, high)


@dataclass(frozen=True, slots=True)
class _Neighbours:
    """`s[bound + offset]` against `s[bound + offset + 1]`."""

    sequence: z3.ExprRef
    sign: str
    offset: int


def chain_of(
    encoder: Encoder, bound: z3.ExprRef, guard: z3.BoolRef, body: z3.BoolRef
) -> z3.BoolRef | None:
    """The quantifier over `bound` as a chain, if it speaks of neighbours and nothing else."""
    found = _neighbours(bound, body)
    limits = _limits(bound, guard)
    if found is None or limits is None:
        return None
    theory = encoder.theory_of(found.sequence)
    if theory is None or theory.element.kind() not in {z3.Z3_INT_SORT, z3.Z3_REAL_SORT}:
        return None
    low, high = limits
    shift = z3.IntVal(found.offset)
    first, end = z3.simplify(low + shift), z3.simplify(high + shift + 1)
    return chain(theory, found.sign, found.sequence, first, end)


def _neighbours(bound: z3.ExprRef, body: z3.BoolRef) -> _Neighbours | None:
    sign = _KINDS.get(body.decl().kind()) if z3.is_app(body) else None
    if z3.is_not(body):
        inner = _neighbours(bound, body.arg(0))
        if inner is None:
            return None
        return _Neighbours(inner.sequence, _DENIED[inner.sign], inner.offset)
    if sign is None:
        return None
    left, right = (_element(bound, side) for side in body.children())
    if left is None or right is None or not left[0].eq(right[0]):
        return None
    if right[1] - left[1] == -1:
        left, right, sign = right, left, _OPPOSITE[sign]
    if right[1] - left[1] != 1 or mentions(left[0], bound):
        return None
    return _Neighbours(left[0], sign, left[1])


def _element(bound: z3.ExprRef, term: z3.ExprRef) -> tuple[z3.ExprRef, int] | None:
    """The sequence and how far from the bound variable its element stands."""
    if not z3.is_app(term) or not term.decl().name().startswith("at:"):
        return None
    distance = z3.simplify(term.arg(1) - bound)
    if not z3.is_int_value(distance):
        return None
    return term.arg(0), distance.as_long()


def _limits(bound: z3.ExprRef, guard: z3.BoolRef) -> tuple[z3.ArithRef, z3.ArithRef] | None:
    """The range that the guard leaves to the bound variable: `low <= bound < high`."""
    parts = guard.children() if z3.is_and(guard) else [guard]
    low: list[z3.ArithRef] = []
    high: list[z3.ArithRef] = []
    for part in parts:
        kind = part.decl().kind()
        left, right = part.children()
        if kind == z3.Z3_OP_LE and right.eq(bound) and not mentions(left, bound):
            low.append(left)
        elif kind == z3.Z3_OP_GE and left.eq(bound) and not mentions(right, bound):
            low.append(right)
        elif kind == z3.Z3_OP_LT and left.eq(bound) and not mentions(right, bound):
            high.append(right)
        else:
            return None
    if len(low) != 1 or not high:
        return None
    least = high[0]
    for other in high[1:]:
        least = z3.If(other < least, other, least)
    return low[0], z3.simplify(least)
