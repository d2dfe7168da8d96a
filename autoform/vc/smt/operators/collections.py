"""Operators on sets, maps, options and results."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, cast

from autoform.ir import exprs as ir
from autoform.ir.exprs import type_of
from autoform.ir.types import MapType, SeqType, SetType, Type
from autoform.vc.smt.binding import z3
from autoform.vc.smt.encoder import Encoder
from autoform.vc.smt.folds import encode_to_set
from autoform.vc.smt.operators.table import Encode, plain
from autoform.vc.smt.scope import Scope, Term
from autoform.vc.smt.sequences import Sequences, forall


def _set_add(s: Term, v: Term) -> Term:
    return z3.Store(s, v, z3.BoolVal(True))  # noqa: FBT003 - z3's constant


def _set_drop(s: Term, v: Term) -> Term:
    return z3.Store(s, v, z3.BoolVal(False))  # noqa: FBT003 - z3's constant


def _set_len(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    """How many members: known by how the set was built, one member at a time."""
    type_ = type_of(expr.args[0])
    assert isinstance(type_, SetType)
    sort, element = encoder.universe.sort(type_), encoder.universe.sort(type_.element)
    empty = z3.K(element, z3.BoolVal(False))  # noqa: FBT003 - z3's constant

    def axioms(f: z3.FuncDeclRef) -> list[z3.BoolRef]:
        s, v = z3.Const("s", sort), z3.Const("v", element)
        more, less = f(_set_add(s, v)), f(_set_drop(s, v))
        was = z3.Select(s, v)
        return [
            f(empty) == 0,
            forall([s], f(s) >= 0, f(s)),
            forall([s, v], more == f(s) + z3.If(was, z3.IntVal(0), z3.IntVal(1)), more),
            forall([s, v], less == f(s) - z3.If(was, z3.IntVal(1), z3.IntVal(0)), less),
            forall([s, v], z3.Implies(was, f(s) > 0), z3.MultiPattern(f(s), was)),
        ]

    symbol = encoder.universe.function(f"card:{sort}", [sort], z3.IntSort(), axioms)
    _members_of_stretches(encoder, type_, symbol)

    def step(s: Term) -> Iterator[z3.BoolRef]:
        zero, one = z3.IntVal(0), z3.IntVal(1)
        if z3.is_store(s) and z3.is_true(s.arg(2)):
            before, v = s.arg(0), s.arg(1)
            yield symbol(s) == symbol(before) + z3.If(z3.Select(before, v), zero, one)
        if z3.is_app(s) and s.decl().name().startswith("to_set:"):
            theory = encoder.sequences(SeqType(type_.element))
            base, low, high = s.children()
            before, last = s.decl()(base, low, high - 1), theory.at(base, high - 1)
            more = symbol(before) + z3.If(z3.Select(before, last), zero, one)
            yield z3.Implies(high > low, symbol(s) == more)

    encoder.universe.define_unfolding(symbol, step)
    return cast("Term", symbol(encoder.term(expr.args[0], scope)))


def _members_of_stretches(encoder: Encoder, type_: SetType, card: z3.FuncDeclRef) -> None:
    """A longer stretch has at most as many members more as it has places more."""
    theory = encoder.sequences(SeqType(type_.element))
    integers, name = z3.IntSort(), f"to_set:{theory.name}"

    def axioms(_: z3.FuncDeclRef) -> list[z3.BoolRef]:
        s = z3.Const("s", theory.sort)
        a, b, c = z3.Ints("a b c")
        of = encoder.universe.function(
            name, [theory.sort, integers, integers], encoder.universe.sort(type_)
        )
        short, long = card(of(s, a, b)), card(of(s, a, c))
        ordered = z3.And(a >= 0, a <= b, b <= c, c <= theory.len(s))
        few = z3.Implies(ordered, z3.And(short <= long, long <= short + (c - b)))
        inside = z3.And(a >= 0, a <= c, c <= theory.len(s))
        whole = z3.Implies(inside, long <= c - a)
        return [
            forall([s, a, b, c], few, z3.MultiPattern(of(s, a, b), long)),
            forall([s, a, c], whole, long),
            *_repetitions(theory, inside, long, (s, a, c)),
        ]

    encoder.universe.function(f"members {name}", [], z3.BoolSort(), axioms)


def _repetitions(
    theory: Sequences, inside: z3.BoolRef, card: z3.ArithRef, stretch: tuple[Term, ...]
) -> Iterator[z3.BoolRef]:
    """There are fewer members than places just where something stands twice."""
    s, a, c = stretch
    low, high = cast("z3.ArithRef", a), cast("z3.ArithRef", c)
    p, q = z3.Ints("p q")
    first, second = theory.at(s, p), theory.at(s, q)
    twice = z3.And(inside, low <= p, p < q, q < high, first == second)
    seen = z3.MultiPattern(card, first, second)
    yield forall([s, a, c, p, q], z3.Implies(twice, card < high - low), seen)
    domain = [theory.sort, z3.IntSort(), z3.IntSort()]
    places = [
        cast("z3.ArithRef", theory.universe.function(name, domain, z3.IntSort())(s, a, c))
        for name in (f"repeated:{theory.name}", f"repetition:{theory.name}")
    ]
    same = theory.at(s, places[0]) == theory.at(s, places[1])
    stands = z3.And(low <= places[0], places[0] < places[1], places[1] < high, same)
    yield forall([s, a, c], z3.Implies(inside, z3.Or(card == high - low, stands)), card)


def _of_identities(encode: Encode) -> Encode:
    """An operator on sets or maps, whose elements or keys must compare by identity."""

    def checked(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
        for arg in expr.args:
            match type_of(arg):
                case SetType(element):
                    encoder.require_identity(element)
                case MapType(key, _):
                    encoder.require_identity(key)
                case _:
                    pass
        return encode(encoder, expr, scope)

    return checked


_SETS: Final[dict[str, Encode]] = {
    "set.contains": plain(z3.Select),
    "set.add": plain(_set_add),
    "set.discard": plain(_set_drop),
    "set.remove": plain(_set_drop),
    "set.union": plain(z3.SetUnion),
    "set.intersection": plain(z3.SetIntersect),
    "set.difference": plain(z3.SetDifference),
    "set.is_subset": plain(z3.IsSubset),
    "set.len": _set_len,
    "seq.to_set": encode_to_set,
}


def _map_parts(
    encoder: Encoder, expr: ir.Apply, scope: Scope
) -> tuple[Type, list[Term], list[Term]]:
    """The map's type, its domain, values and key order, and the other arguments."""
    type_ = type_of(expr.args[0])
    whole, *rest = encoder.terms(expr.args, scope)
    return type_, [encoder.project(type_, 0, i, whole) for i in range(3)], rest


def _map_at(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    _, (_, values, _), (key,) = _map_parts(encoder, expr, scope)
    return z3.Select(values, key)


def _map_contains(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    _, (domain, _, _), (key,) = _map_parts(encoder, expr, scope)
    return z3.Select(domain, key)


def _map_get_or(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    _, (domain, values, _), (key, default) = _map_parts(encoder, expr, scope)
    return z3.If(z3.Select(domain, key), z3.Select(values, key), default)


def _map_get(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    _, (domain, values, _), (key,) = _map_parts(encoder, expr, scope)
    some = encoder.construct(expr.type, 1, [z3.Select(values, key)])
    return z3.If(z3.Select(domain, key), some, encoder.construct(expr.type, 0, []))


def empty_map(encoder: Encoder, type_: MapType) -> Term:
    """The map without keys."""
    domain = z3.K(encoder.universe.sort(type_.key), z3.BoolVal(False))  # noqa: FBT003 - z3's constant
    sorts = encoder.universe.sort(type_.key), encoder.universe.sort(type_.value)
    values = encoder.universe.function(f"no values:{type_!r}", [], z3.ArraySort(*sorts))()
    return encoder.construct(
        type_, 0, [domain, values, encoder.sequences(SeqType(type_.key)).empty()]
    )


def map_insert(encoder: Encoder, type_: MapType, whole: Term, key: Term, value: Term) -> Term:
    """The map with a key set; a present key keeps its place."""
    encoder.require_identity(type_.key)
    domain, values, order = (encoder.project(type_, 0, i, whole) for i in range(3))
    longer = encoder.sequences(SeqType(type_.key)).append(order, key)
    order = z3.If(z3.Select(domain, key), order, longer)
    return encoder.construct(type_, 0, [_set_add(domain, key), z3.Store(values, key, value), order])


def _map_insert(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    type_ = type_of(expr.args[0])
    assert isinstance(type_, MapType)
    return map_insert(encoder, type_, *encoder.terms(expr.args, scope))


def _map_drop(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    """Without a key; where the others stand is left open."""
    type_, (domain, values, order), (key,) = _map_parts(encoder, expr, scope)
    assert isinstance(type_, MapType)
    rest = encoder.opaque("order without", [order, key], SeqType(type_.key))
    return encoder.construct(type_, 0, [_set_drop(domain, key), values, rest])


def _map_len(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    type_, (_, _, order), _ = _map_parts(encoder, expr, scope)
    assert isinstance(type_, MapType)
    return encoder.sequences(SeqType(type_.key)).len(order)


def _map_keys(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    return _map_parts(encoder, expr, scope)[1][2]


def _some(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    return encoder.construct(expr.type, 1, encoder.terms(expr.args, scope))


def _is_some(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    return encoder.is_case(type_of(expr.args[0]), 1, encoder.term(expr.args[0], scope))


def _unwrap(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    return encoder.project(type_of(expr.args[0]), 1, 0, encoder.term(expr.args[0], scope))


def _unwrap_or(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    type_ = type_of(expr.args[0])
    value, default = encoder.terms(expr.args, scope)
    return z3.If(encoder.is_case(type_, 1, value), encoder.project(type_, 1, 0, value), default)


def _result(case: int) -> Encode:
    return lambda encoder, expr, scope: encoder.construct(
        expr.type, case, encoder.terms(expr.args, scope)
    )


def _unwrap_result(case: int) -> Encode:
    def encode(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
        value = encoder.term(expr.args[0], scope)
        return encoder.project(type_of(expr.args[0]), case, 0, value)

    return encode


_MAPS: Final[dict[str, Encode]] = {
    "map.at": _map_at,
    "map.contains": _map_contains,
    "map.get": _map_get,
    "map.get_or": _map_get_or,
    "map.insert": _map_insert,
    "map.discard": _map_drop,
    "map.remove": _map_drop,
    "map.keys": _map_keys,
    "map.key_set": lambda encoder, expr, scope: _map_parts(encoder, expr, scope)[1][0],
    "map.len": _map_len,
}

OPTIONS: Final[dict[str, Encode]] = {
    "option.some": _some,
    "option.is_some": _is_some,
    "option.is_none": lambda encoder, expr, scope: z3.Not(_is_some(encoder, expr, scope)),
    "option.unwrap": _unwrap,
    "option.unwrap_or": _unwrap_or,
    "result.ok": _result(0),
    "result.err": _result(1),
    "result.is_ok": lambda encoder, expr, scope: encoder.is_case(
        type_of(expr.args[0]), 0, encoder.term(expr.args[0], scope)
    ),
    "result.unwrap": _unwrap_result(0),
    "result.unwrap_err": _unwrap_result(1),
}

COLLECTIONS: Final[dict[str, Encode]] = {
    **{name: _of_identities(encode) for name, encode in (_SETS | _MAPS).items()},
    **OPTIONS,
}
