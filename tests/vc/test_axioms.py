"""Every axiom and every unfolded definition, on random values of what its symbols stand for.

The symbols of the encoding are read as Python functions; an axiom that is false for some values
would let the prover prove anything. Outside its bounds a function has some value or other, here
one that depends on its arguments alone.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from typing import Any

import pytest

from autoform.ir.decls import Function
from autoform.ir.exprs import Expr
from autoform.ir.stmts import Return
from autoform.ir.text import parse_module
from autoform.vc.smt.binding import z3
from autoform.vc.smt.encoder import Encoder
from autoform.vc.smt.scope import Scope
from autoform.vc.smt.sorts import Universe
from autoform.vc.smt.subterms import subterms

Value = Any
ROUNDS = 150

EXPRESSIONS = {
    "Int": [
        "seq.sum(seq.slice_to(xs, i))",
        "seq.sum([x * x for x in xs])",
        "seq.product(xs)",
        "int.widen(seq.sum(bytes))",
        "seq.count(seq.concat(seq.append(xs, j), ys), i)",
        "seq.len(seq.update(xs, i, j))",
        "seq.at(seq.reverse(xs), i)",
        "seq.min(xs)",
        "seq.max(xs)",
        "seq.index(xs, i)",
        "seq.at(seq.sorted(xs), i)",
        "seq.len([x + 1 for x in xs])",
        "seq.len([x + 1 for x in xs if x > 0])",
        "set.len({x + 1 for x in xs if x > 0})",
        "seq.sum([1 for x in xs if x > 0])",
        "seq.sum([bool.to_int(x > 0) for x in xs])",
        "seq.len(seq.repeat([i], j))",
        "seq.len(seq.range(i, j, 1))",
        "floor_div(i, j)",
        "floor_mod(i * i, j)",
        "int.pow(i, j)",
        "int.gcd(i, j)",
        "set.len(seq.to_set(xs))",
        "set.len(set.add(seq.to_set(xs), i))",
        'str.len(str.join("", ws))',
        "str.len(str.repeat(t, i))",
        "seq.len(seq.zip(xs, ys))",
        "seq.len(seq.enumerate(xs, i))",
        "seq.len(seq.windows(xs, i))",
        "seq.at(seq.sorted_desc(xs), i)",
        "seq.at(seq.insert(xs, i, j), 0)",
        "seq.at(seq.at(seq.windows(xs, i), 0), 0)",
        "seq.len(str.chars(t))",
        "seq.len(str.to_chars(t))",
        "str.len(str.from_chars(seq.append(cs, 'b')))",
        "set.len(set.discard(seq.to_set(xs), i))",
        "int.isqrt(i)",
        "int.bit_and(i, j)",
        "int.bit_or(i, j)",
        "int.bit_xor(i, j)",
        "int.pow(2, i)",
    ],
    "Bool": [
        "seq.contains(seq.concat(xs, seq.append(ys, i)), j)",
        "xs == ys",
        "xs == seq.sorted(ys)",
        "seq.is_sorted(xs)",
        "forall k in seq.range(0, seq.len(xs) - 1, 1): seq.at(xs, k) < seq.at(xs, k + 1)",
        "forall k in seq.range(0, seq.len(xs) - 1, 1): seq.at(xs, k) >= seq.at(xs, k + 1)",
        "seq.is_permutation(xs, ys)",
        "set.contains(seq.to_set(seq.slice(xs, i, j)), i)",
    ],
}
PARAMS = "bytes: Seq<u8>, xs: Seq<Int>, ys: Seq<Int>, i: Int, j: Int, t: Str, ws: Seq<Str>, "
PARAMS += "cs: Seq<Char>"


def at(s: tuple[Value, ...], i: int) -> Value:
    if 0 <= i < len(s):
        return s[i]
    return hash((s, i)) % 3 if not s or isinstance(s[0], int) else s[i % len(s)]


def first(found: list[int]) -> int:
    return found[0] if found else -7


def total(f: Callable[[int], int], n: int) -> int:
    return sum(map(f, range(n))) if n >= 0 else -sum(map(f, range(n, 0)))


def fold(step: Callable[[Value, Value], Value], start: Value) -> Callable[..., Value]:
    def function(s: tuple[Value, ...], low: int, high: int) -> Value:
        value = start
        for place in range(low, high):
            value = step(value, at(s, place))
        return value

    return function


def extremum(choose: Callable[[list[int]], int]) -> Callable[..., int]:
    return lambda s, a, b: choose([at(s, k) for k in range(a, b)] or [0])


def breaks(related: Callable[[int, int], bool]) -> Callable[..., list[int]]:
    return lambda s, a, b: [p for p in range(a, b - 1) if not related(at(s, p), at(s, p + 1))]


SIGNS: dict[str, Callable[[int, int], bool]] = {
    "<=": lambda a, b: a <= b,
    "<": lambda a, b: a < b,
    ">=": lambda a, b: a >= b,
    ">": lambda a, b: a > b,
}


def counted(s: tuple[Value, ...], v: Value, n: int) -> list[int]:
    return [k for k in range(n) if at(s, k) == v]


def occurrences(s: tuple[Value, ...], v: Value) -> int:
    return sum(x == v for x in s)


def cut(s: tuple[Value, ...], a: int, b: int) -> tuple[Value, ...]:
    return s[max(a, 0) : max(b, 0)]


def changed(s: tuple[Value, ...], i: int, v: Value) -> tuple[Value, ...]:
    return (*s[:i], v, *s[i + 1 :]) if 0 <= i < len(s) else s


def differing(s: tuple[Value, ...], t: tuple[Value, ...]) -> int:
    return first([k for k in range(min(len(s), len(t))) if s[k] != t[k]])


def odd_one(s: tuple[int, ...], t: tuple[int, ...]) -> int:
    return first([v for v in (*s, *t) if occurrences(s, v) != occurrences(t, v)])


def repeated(s: tuple[Value, ...], low: int, high: int) -> tuple[int, int]:
    pairs = [(p, q) for p in range(low, high) for q in range(p + 1, high) if at(s, p) == at(s, q)]
    return pairs[0] if pairs else (-7, -7)


def taken(s: tuple[Value, ...], low: int, high: int) -> list[int]:
    return [k for k in range(low, high) if at(s, k) > 0]


def nth(places: list[int], i: int) -> int:
    return places[i] if 0 <= i < len(places) else -7


def rank(s: tuple[Value, ...], low: int, high: int, k: int) -> int:
    found = taken(s, low, high)
    return found.index(k) if k in found else -7


MEANINGS: dict[str, Callable[..., Value]] = {
    "len": len,
    "at": at,
    "empty": lambda: (),
    "append": lambda s, v: (*s, v),
    "update": changed,
    "replaced": lambda s, i, _v: at(s, i),
    "slice": cut,
    "concat": lambda s, t: s + t,
    "repeat": lambda v, n: (v,) * n,
    "repeat pattern": lambda s, n: s * n,
    "reverse": lambda s: s[::-1],
    "contains": lambda s, v: v in s,
    "place": lambda s, v: s.index(v) if v in s else -7,
    "count": lambda s, v, n: len(counted(s, v, n)),
    "counted": lambda s, v, n: first(counted(s, v, n)),
    "sum": lambda s, n: total(lambda k: at(s, k), n),
    "total": lambda s, n: total(lambda k: at(s, k) ** 2, n),
    "above total": lambda _s, _n: -7,  # no square is beyond the bounds that types give
    "below total": lambda _s, _n: -7,
    "above sum": lambda _s, _n: -7,
    "below sum": lambda _s, _n: -7,
    "product": fold(lambda a, b: a * b, 1),
    "join": fold(lambda a, b: a + b if isinstance(b, tuple) else a, ()),
    "list": fold(lambda a, b: (*a, b + 1), ()),
    "chosen": lambda s, a, b: tuple(at(s, k) + 1 for k in taken(s, a, b)),
    "origin chosen": lambda s, a, b, i: nth(taken(s, a, b), i),
    "rank chosen": rank,
    "set": lambda s, a, b: frozenset(at(s, k) + 1 for k in taken(s, a, b)),
    "origin set": lambda s, a, b, v: first([k for k in taken(s, a, b) if at(s, k) + 1 == v]),
    "tally": lambda s, n: total(lambda k: at(s, k) > 0, n),
    "tallied": lambda s, a, b: first(taken(s, a, b)),
    "equal": lambda s, t: s == t,
    "difference": differing,
    "seq.sorted": lambda s: tuple(sorted(s)),
    "unequal count": odd_one,
    "to_set": lambda s, a, b: frozenset(at(s, k) for k in range(a, b)),
    "card": len,
    "repeated": lambda s, a, b: repeated(s, a, b)[0],
    "repetition": lambda s, a, b: repeated(s, a, b)[1],
    "min": extremum(min),
    "max": extremum(max),
    "min_at": lambda s, a, b: first([k for k in range(a, b) if at(s, k) == extremum(min)(s, a, b)]),
    "max_at": lambda s, a, b: first([k for k in range(a, b) if at(s, k) == extremum(max)(s, a, b)]),
    "index": lambda s, v: s.index(v) if v in s else -7,
    "range": lambda a, b: tuple(range(a, b)),
    "floor_div": lambda a, b: a // b if b else 5,
    "floor_mod": lambda a, b: a % b if b else 5,
    "gcd": math.gcd,
    "pow": lambda a, n: a**n if n >= 0 else 1,
    "zip": lambda s, t: tuple(zip(s, t, strict=False)),
    "enumerate": lambda s, start: tuple(enumerate(s, start)),
    "windows": lambda s, n: tuple(s[k : k + n] for k in range(len(s) - n + 1)) if n > 0 else (),
    "seq.sorted_desc": lambda s: tuple(sorted(s, reverse=True)),
    "chars": lambda s: tuple((c,) for c in s),
    "to_chars": lambda s: s,
    "from_chars": lambda s: s,
    "isqrt": lambda n: math.isqrt(n) if n >= 0 else -7,
    "int.bit_and": lambda a, b: a & b,
    "int.bit_or": lambda a, b: a | b,
    "int.bit_xor": lambda a, b: a ^ b,
    "tuple": lambda *items: items,
    "item0": lambda pair: pair[0],
    "item1": lambda pair: pair[1],
}
MEANINGS |= {
    f"chain {sign}": lambda s, a, b, related=related: not breaks(related)(s, a, b)
    for sign, related in SIGNS.items()
}
MEANINGS |= {
    f"break {sign}": lambda s, a, b, related=related: first(breaks(related)(s, a, b))
    for sign, related in SIGNS.items()
}

ARITHMETIC: dict[int, Callable[..., Value]] = {
    z3.Z3_OP_ADD: lambda *args: sum(args),
    z3.Z3_OP_MUL: lambda *args: math.prod(args),
    z3.Z3_OP_IDIV: lambda a, b: a // b,
    z3.Z3_OP_MOD: lambda a, b: a % b,
    z3.Z3_OP_SUB: lambda a, *rest: a - sum(rest),
    z3.Z3_OP_UMINUS: lambda a: -a,
    z3.Z3_OP_LE: lambda a, b: a <= b,
    z3.Z3_OP_LT: lambda a, b: a < b,
    z3.Z3_OP_GE: lambda a, b: a >= b,
    z3.Z3_OP_GT: lambda a, b: a > b,
    z3.Z3_OP_EQ: lambda a, b: a == b,
    z3.Z3_OP_DISTINCT: lambda a, b: a != b,
    z3.Z3_OP_AND: lambda *args: all(args),
    z3.Z3_OP_OR: lambda *args: any(args),
    z3.Z3_OP_NOT: lambda a: not a,
    z3.Z3_OP_IMPLIES: lambda a, b: not a or b,
    z3.Z3_OP_TRUE: lambda: True,
    z3.Z3_OP_FALSE: lambda: False,
    z3.Z3_OP_ITE: lambda c, a, b: a if c else b,
    z3.Z3_OP_SELECT: lambda s, v: v in s,
    z3.Z3_OP_CONST_ARRAY: lambda _: frozenset(),
    z3.Z3_OP_STORE: lambda s, v, inside: s | {v} if inside else s - {v},
}


Meaning = Callable[[list[Value]], Value]


def meaning(term: z3.ExprRef) -> Meaning:
    """The value of a term, given the bound variables: the innermost is the last."""
    if z3.is_var(term):
        place = -1 - z3.get_var_index(term)
        return lambda bound: bound[place]
    if z3.is_int_value(term):
        value = term.as_long()
        return lambda _: value
    args = [meaning(child) for child in term.children()]
    function = ARITHMETIC.get(term.decl().kind()) or symbol_meaning(term.decl().name())
    return lambda bound: function(*(arg(bound) for arg in args))


def symbol_meaning(name: str) -> Callable[..., Value]:
    if name in {"at:Seq<Str>", "at:Seq<Seq<Int>>"}:
        return lambda s, i: at(s, i) if s else ()
    if name == "at:Seq<(Int, Int)>":
        return lambda s, i: at(s, i) if s else (-7, -7)
    name = name.partition(":")[0]
    words = name.split(" ")
    names = (name, " ".join(words[:2]), words[0])
    return MEANINGS[next(each for each in names if each in MEANINGS)]


def sample(sort: z3.SortRef, rng: random.Random) -> Value:
    if sort.kind() == z3.Z3_INT_SORT:
        return rng.randint(-2, 5)
    if sort.kind() == z3.Z3_ARRAY_SORT:
        return frozenset(rng.sample(range(3), rng.randint(0, 3)))
    if sort.name() in {"Seq<Str>", "Seq<Seq<Int>>"}:
        return tuple(sample_of_numbers(rng) for _ in range(rng.randint(0, 3)))
    return sample_of_numbers(rng)


def sample_of_numbers(rng: random.Random) -> tuple[int, ...]:
    return tuple(rng.randint(0, 2) for _ in range(rng.randint(0, 5)))


def encoded(expression: str, result: str) -> Encoder:
    module = parse_module(f"fn f({PARAMS}) -> {result} {{ return {expression}; }}")
    function: Function = module.functions[0]
    encoder = Encoder(Universe(module))
    names = {p.name: z3.Const(p.name, encoder.universe.sort(p.type)) for p in function.params}
    (returned,) = function.body
    assert isinstance(returned, Return)
    body: Expr = returned.value
    encoder.term(body, Scope(names))
    return encoder


@pytest.mark.parametrize(
    ("expression", "result"), [(e, r) for r, many in EXPRESSIONS.items() for e in many]
)
def test_axioms_hold_of_what_they_speak_of(expression: str, result: str) -> None:
    encoder = encoded(expression, result)
    rng = random.Random(expression)  # noqa: S311 - samples, no secrets
    for axiom in list(encoder.universe.axioms):
        given = constants(axiom)
        bound = axiom.num_vars() if z3.is_quantifier(axiom) else 0
        sorts = [constant.sort() for constant in reversed(given)]
        sorts += [axiom.var_sort(n) for n in range(bound)]
        body = axiom.body() if bound else axiom
        free = [(each, z3.Var(bound + n, each.sort())) for n, each in enumerate(given)]
        holds = meaning(z3.substitute(body, *free))
        for _ in range(ROUNDS if sorts else 1):
            values = [sample(sort, rng) for sort in sorts]
            assert holds(values), f"{axiom} with {values}"


def constants(axiom: z3.BoolRef) -> list[z3.ExprRef]:
    """What an axiom says something of without quantifying over it."""
    found = [t for t in subterms([axiom]) if z3.is_const(t) and not z3.is_var(t)]
    free = [t for t in found if t.decl().kind() == z3.Z3_OP_UNINTERPRETED]
    return [t for t in free if t.decl().name().partition(":")[0] not in MEANINGS]


@pytest.mark.parametrize(
    ("expression", "result"), [(e, r) for r, many in EXPRESSIONS.items() for e in many]
)
def test_unfolded_definitions_hold(expression: str, result: str) -> None:
    encoder = encoded(expression, result)
    rng = random.Random(expression)  # noqa: S311 - samples, no secrets
    symbols = [
        (symbol, encoder.universe.unfoldings[symbol.get_id()])
        for symbol in encoder.universe.symbols()
        if symbol.get_id() in encoder.universe.unfoldings
    ]
    for symbol, unfold in symbols:
        domain = [symbol.domain(n) for n in range(symbol.arity())]
        variables = [z3.Const(f"arg{n}", sort) for n, sort in enumerate(domain)]
        facts = [
            z3.substitute(fact, *((v, z3.Var(n, v.sort())) for n, v in enumerate(variables)))
            for fact in unfold(*variables)
        ]
        for fact in facts:
            holds = meaning(fact)
            for _ in range(ROUNDS):
                values = [sample(sort, rng) for sort in domain]
                assert holds(values[::-1]), f"{fact} with {values}"


@pytest.mark.parametrize("base", ["x", "x * x"])
@pytest.mark.parametrize("exponent", ["2 * n", "2 * n + 1", "n / 2"])
def test_powers_of_halves_and_doubles_hold(base: str, exponent: str) -> None:
    encoder = encoded("int.pow(i, j)", "Int")
    symbol = next(each for each in encoder.universe.symbols() if each.name() == "pow")
    x, n = z3.Ints("x n")
    bases = {"x": x, "x * x": x * x}
    exponents = {"2 * n": 2 * n, "2 * n + 1": 2 * n + 1, "n / 2": n / 2}
    facts = encoder.universe.unfoldings[symbol.get_id()](bases[base], exponents[exponent])
    for fact in facts:
        holds = meaning(z3.substitute(fact, (x, z3.Var(0, x.sort())), (n, z3.Var(1, n.sort()))))
        for a in range(-4, 5):
            for m in range(-3, 8):
                assert holds([m, a]), f"{fact} with x = {a}, n = {m}"


def test_the_solver_is_told_of_halved_exponents() -> None:
    encoder = encoded("int.pow(i, j)", "Int")
    symbol = next(each for each in encoder.universe.symbols() if each.name() == "pow")
    unfold = encoder.universe.unfoldings[symbol.get_id()]
    x, n = z3.Ints("x n")
    assert len(list(unfold(x * x, n / 2))) > len(list(unfold(x, n)))
