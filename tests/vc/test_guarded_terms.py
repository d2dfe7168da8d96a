"""Conditions as terms, on random values: a term has the value that the interpreter gives.

What a term says may be simplified by what is known where it stands (ranges of quantifiers, operands
before it): a bound that surely lies inside is not clamped. Here conditions of slices, indexes and
quantifiers inside each other are evaluated both ways.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable

import pytest

from autoform.ir.stmts import Return
from autoform.ir.text import parse_module
from autoform.semantics.interpreter import Returned, call
from autoform.semantics.values import Value
from autoform.vc.smt.binding import z3
from autoform.vc.smt.encoder import Encoder
from autoform.vc.smt.scope import Scope
from autoform.vc.smt.sorts import Universe
from tests.vc.test_axioms import ARITHMETIC, symbol_meaning

PARAMS = {"xs": "Seq<Int>", "ys": "Seq<Int>", "n": "Int", "m": "Int"}
PLACES = range(-6, 10)
"""More than the places of every sequence and the numbers of every range that occur."""
RUNS = 20
Constants = dict[str, Value]

DIRECTED = [
    "n == 1 && (forall x in seq.slice_to(xs, n): x > 0)",
    "0 <= n && n <= 1 && (exists x in seq.slice_to(xs, n): x < 2)",
    "n == seq.len(xs) - 1 && (forall x in seq.slice_from(xs, n): x > 0)",
    "0 <= n && n <= m && m <= 2 && (forall x in seq.slice(xs, n, m): x > 0)",
    "0 <= n && (forall x in seq.slice_from(xs, n): x > 0)",
    "n == 2 && (forall p in seq.zip(seq.slice_to(xs, n), ys): p.0 <= p.1)",
    "n == 1 && (forall x in seq.slice_to(xs, n): forall y in seq.slice_to(ys, n): x < y)",
    "n >= 0 || (forall x in seq.slice_from(xs, n): x > 0)",
    "(if n == 1 then (forall x in seq.slice_to(xs, n): x > 0) else m > 0)",
    "n == 1 ==> seq.sum(seq.slice_to(xs, n)) > 0",
    "forall i in seq.range(0, n, 1): i < seq.len(xs) && seq.at_neg(xs, i) > 0",
    "forall i in seq.range(0, seq.len(xs) - 1, 1): seq.at(xs, i) <= seq.at(xs, i + 1)",
]


class Conditions:
    """Random conditions over the parameters."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.binders = 0

    def number(self, depth: int, names: list[str]) -> str:
        items, inner = self.items, depth - 1
        makers: list[Callable[[], str]] = [
            lambda: str(self.rng.randint(-3, 4)),
            lambda: self.rng.choice(["n", "m", *names]),
            lambda: f"seq.len({items(inner, names)})",
            lambda: f"seq.sum({items(inner, names)})",
            lambda: f"seq.count({items(inner, names)}, {self.number(inner, names)})",
            lambda: f"seq.at_neg({items(inner, names)}, {self.number(inner, names)})",
            lambda: f"({self.number(inner, names)} - {self.number(inner, names)})",
        ]
        return self.rng.choice(makers if depth > 0 else makers[:2])()

    def items(self, depth: int, names: list[str]) -> str:
        plain = self.rng.choice(["xs", "ys"])
        if depth <= 0 or self.rng.random() < 0.2:
            return plain
        inner = self.items(depth - 1, names)
        one, two = (self.number(depth - 1, names) for _ in range(2))
        return self.rng.choice(
            [
                f"seq.slice_to({inner}, {one})",
                f"seq.slice_from({inner}, {one})",
                f"seq.slice({inner}, {one}, {two})",
                f"seq.concat({inner}, {plain})",
                f"seq.reverse({inner})",
            ]
        )

    def truth(self, depth: int, names: list[str]) -> str:
        left, right = (self.number(depth - 1, names) for _ in range(2))
        compared = f"{left} {self.rng.choice(['<', '<=', '==', '!='])} {right}"
        if depth <= 0:
            return compared
        one, two = (f"({self.truth(depth - 1, names)})" for _ in range(2))
        forms = [
            compared,
            f"{one} && {two}",
            f"{one} || {two}",
            f"(if {one} then {two} else {one})",
        ]
        if self.binders < 2 and "forall" not in two:
            self.binders += 1
            name = f"x{self.binders}"
            over, body = self.items(depth - 1, names), self.truth(depth - 1, [*names, name])
            forms += [f"({kind} {name} in {over}: {body})" for kind in ("forall", "exists")] * 2
        return self.rng.choice([form for form in forms if _names_differ(form)])


def _names_differ(form: str) -> bool:
    return all(form.count(f"{kind} x{k} ") <= 1 for kind in ("forall", "exists") for k in (1, 2))


def meaning(term: z3.ExprRef, constants: Constants) -> Callable[[list[Value]], Value]:
    """The value of a term, given the bound variables: the innermost is the last."""
    if z3.is_quantifier(term):
        body, choose = meaning(term.body(), constants), all if term.is_forall() else any
        places = list(itertools.product(PLACES, repeat=term.num_vars()))
        return lambda bound: choose(body([*bound, *place]) for place in places)
    if z3.is_var(term):
        place = -1 - z3.get_var_index(term)
        return lambda bound: bound[place]
    if z3.is_int_value(term):
        value = term.as_long()
        return lambda _: value
    name = term.decl().name()
    if name in PARAMS:
        return lambda _: constants[name]
    args = [meaning(child, constants) for child in term.children()]
    function = ARITHMETIC.get(term.decl().kind()) or symbol_meaning(name)
    return lambda bound: function(*(arg(bound) for arg in args))


def disagreement(condition: str, rng: random.Random) -> str | None:
    """A call on which the term and the interpreter say different things."""
    params = ", ".join(f"{name}: {type_}" for name, type_ in PARAMS.items())
    module = parse_module(f"fn f({params}) -> Bool {{ return {condition}; }}")
    (function,), encoder = module.functions, Encoder(Universe(module))
    names = {p.name: z3.Const(p.name, encoder.universe.sort(p.type)) for p in function.params}
    (returned,) = function.body
    assert isinstance(returned, Return)
    constants: Constants = {}
    value = meaning(encoder.term(returned.value, Scope(names)), constants)
    for _ in range(RUNS):
        args: list[Value] = [
            tuple(rng.randint(-1, 3) for _ in range(rng.choice([0, 0, 1, 2, 3]))) for _ in "xy"
        ]
        args += [rng.randint(-3, 4) for _ in "nm"]
        outcome = call(module, "f", args, fuel=20_000)
        if not isinstance(outcome, Returned):
            continue  # of an evaluation that fails a term says nothing
        constants.update(zip(PARAMS, args, strict=True))
        if value([]) != outcome.value:
            return f"{condition} of {args} is {outcome.value}"
    return None


@pytest.mark.parametrize("condition", DIRECTED)
def test_a_term_means_what_its_condition_means(condition: str) -> None:
    for seed in range(10):
        assert disagreement(condition, random.Random(seed)) is None  # noqa: S311 - samples


@pytest.mark.parametrize("seed", range(40))
def test_random_conditions_mean_the_same_as_terms(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - samples, no secrets
    assert disagreement(Conditions(rng).truth(3, []), rng) is None
