"""Connectives over formulas, so that the executor needs no solver library of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias, cast

from autoform.vc.smt.binding import z3

Term: TypeAlias = z3.ExprRef
Formula: TypeAlias = z3.BoolRef


def true() -> Formula:
    """Truth, in the context that terms are made in now."""
    return cast("Formula", z3.BoolVal(True))  # noqa: FBT003 - z3's constant


def false() -> Formula:
    """Falsehood, in the context that terms are made in now."""
    return cast("Formula", z3.BoolVal(False))  # noqa: FBT003 - z3's constant


def conj(*parts: Formula) -> Formula:
    """All of the parts; nothing is true."""
    kept = [part for part in parts if not z3.is_true(part)]
    if not kept:
        return true()
    return kept[0] if len(kept) == 1 else z3.And(kept)


def disj(*parts: Formula) -> Formula:
    """One of the parts; nothing is false."""
    kept = [part for part in parts if not z3.is_false(part)]
    if not kept:
        return false()
    return kept[0] if len(kept) == 1 else z3.Or(kept)


def negate(part: Formula) -> Formula:
    """Not the part."""
    return cast("Formula", z3.Not(part))


def implies(premise: Formula, conclusion: Formula) -> Formula:
    """The conclusion wherever the premise holds."""
    return conclusion if z3.is_true(premise) else cast("Formula", z3.Implies(premise, conclusion))


def same(left: Term, right: Term) -> Formula:
    """Identity of terms."""
    return cast("Formula", left == right)


def identical(left: Term, right: Term) -> bool:
    """Whether two terms are one and the same, syntactically."""
    return bool(left.eq(right))


def less(left: Term, right: Term) -> Formula:
    """`left < right` on integers."""
    return cast("Formula", cast("z3.ArithRef", left) < cast("z3.ArithRef", right))


def decreases(before: Sequence[Term], after: Sequence[Term]) -> Formula:
    """The measures decrease lexicographically."""
    cases: list[Formula] = []
    equal: list[Formula] = []
    for old, new in zip(before, after, strict=True):
        cases.append(conj(*equal, less(new, old)))
        equal.append(same(new, old))
    return disj(*cases)


def not_negative(terms: Iterable[Term]) -> Formula:
    """Every measure is at least zero."""
    return conj(*(cast("Formula", cast("z3.ArithRef", term) >= 0) for term in terms))


def boolean(name: str) -> Formula:
    """A named truth value."""
    return cast("Formula", z3.Bool(name))


def equal_products(left: Term, right: Term, others: Iterable[Term]) -> Formula:
    """What multiplying an equation gives, multiplied out: true, and hard for the solver to see."""
    one, two = cast("z3.ArithRef", left), cast("z3.ArithRef", right)
    pairs = [(one * one, two * two), (one * one * one, two * two * two)]
    pairs += [(one * other, two * other) for other in others]
    same_products = [z3.simplify(a, som=True) == z3.simplify(b, som=True) for a, b in pairs]
    return cast("Formula", z3.Implies(one == two, z3.And(same_products)))


def shifted(value: Term, by: int) -> Term:
    """An integer term plus a number."""
    return cast("Term", cast("z3.ArithRef", value) + by)
