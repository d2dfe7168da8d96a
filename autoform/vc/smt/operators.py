"""The operators with an encoding of their own, by family. Others are uninterpreted.

An encoding may assume the operator's definedness: it is an obligation of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

import z3

from autoform.ir import exprs as ir
from autoform.ir.exprs import type_of
from autoform.ir.types import (
    FloatType,
    IntType,
    MachineIntType,
    MapType,
    OptionType,
    SeqType,
    SetType,
    StrType,
    TupleType,
    Type,
)
from autoform.vc.smt.encoder import Encoder, Scope, Term
from autoform.vc.smt.folds import (
    clamp,
    encode_contains,
    encode_count,
    encode_extremum,
    encode_slice,
    encode_sum,
)
from autoform.vc.smt.sequences import Sequences, forall
from autoform.vc.smt.sorts import NotEncodable

Encode = Callable[[Encoder, ir.Apply, Scope], Term]
Plain = Callable[..., Term]


def _plain(build: Plain) -> Encode:
    """An operator whose term is built from its arguments' terms alone."""
    return lambda encoder, expr, scope: build(*encoder.terms(expr.args, scope))


def _typed(build: Callable[..., Term]) -> Encode:
    """Like `_plain`, but `build` also gets the encoder and the application."""
    return lambda encoder, expr, scope: build(encoder, expr, *encoder.terms(expr.args, scope))


# Integers. SMT-LIB's div and mod are Euclidean.


def _floor_div(_: Encoder, expr: ir.Apply, a: z3.ArithRef, b: z3.ArithRef) -> Term:
    if isinstance(expr.args[1], ir.IntLit) and expr.args[1].value > 0:
        return a / b
    return z3.If(b > 0, a / b, (-a) / (-b))


def _floor_mod(_: Encoder, expr: ir.Apply, a: z3.ArithRef, b: z3.ArithRef) -> Term:
    if isinstance(expr.args[1], ir.IntLit) and expr.args[1].value > 0:
        return a % b
    return z3.If(b > 0, a % b, -((-a) % (-b)))


def _trunc_div(_: Encoder, __: ir.Apply, a: z3.ArithRef, b: z3.ArithRef) -> Term:
    return z3.If(a >= 0, a / b, -((-a) / b))


def _trunc_rem(_: Encoder, __: ir.Apply, a: z3.ArithRef, b: z3.ArithRef) -> Term:
    return z3.If(a >= 0, a % b, -((-a) % b))


def _pow(encoder: Encoder, expr: ir.Apply, a: z3.ArithRef, n: z3.ArithRef) -> Term:
    """A small literal exponent is a product; otherwise a^n unfolds one step at a time."""
    exponent = expr.args[1]
    if isinstance(exponent, ir.IntLit) and 0 <= exponent.value <= _SMALL_POWER:
        product: Term = z3.IntVal(1)
        for _ in range(exponent.value):
            product = a if z3.is_int_value(product) else cast("z3.ArithRef", product) * a
        return product
    symbol = encoder.universe.function("pow", [z3.IntSort(), z3.IntSort()], z3.IntSort(), _pow_axioms)

    def step(base: z3.ArithRef, power: z3.ArithRef) -> list[z3.BoolRef]:
        return [
            z3.Implies(power <= 0, symbol(base, power) == 1),
            z3.Implies(power > 0, symbol(base, power) == base * symbol(base, power - 1)),
        ]

    encoder.universe.define_unfolding(symbol, step)
    return cast("Term", symbol(a, n))


def _pow_axioms(symbol: z3.FuncDeclRef) -> list[z3.BoolRef]:
    a, n = z3.Ints("a n")
    power = symbol(a, n)
    positive = z3.ForAll([a, n], z3.Implies(a > 0, power > 0), patterns=[power])
    return [positive]


_SMALL_POWER: Final = 8


def _wrap(_: Encoder, expr: ir.Apply, a: z3.ArithRef) -> Term:
    return wrapped(expr.type, a)


def wrapped(type_: Type, value: z3.ArithRef) -> z3.ArithRef:
    """The value modulo 2^bits in the range of the type; `Int` keeps it."""
    if not isinstance(type_, MachineIntType):
        return value
    size = 1 << type_.bits
    if not type_.signed:
        return cast("z3.ArithRef", value % size)
    half = size >> 1
    return cast("z3.ArithRef", (value + half) % size - half)


def in_range(type_: MachineIntType, value: z3.ArithRef) -> z3.BoolRef:
    """Whether the value fits the type."""
    return z3.And(value >= type_.minimum, value <= type_.maximum)


def _family(compute: Callable[[z3.ArithRef, z3.ArithRef], z3.ArithRef]) -> dict[str, Encode]:
    """The wrapping, checked, saturating and overflowing forms of one operation."""

    def machine(expr: ir.Apply) -> MachineIntType:
        type_ = type_of(expr.args[0])
        if not isinstance(type_, MachineIntType):
            raise NotEncodable(expr.op)
        return type_

    def wrapping(_: Encoder, expr: ir.Apply, a: z3.ArithRef, b: z3.ArithRef) -> Term:
        return wrapped(machine(expr), compute(a, b))

    def checked(encoder: Encoder, expr: ir.Apply, a: z3.ArithRef, b: z3.ArithRef) -> Term:
        value = compute(a, b)
        some = encoder.construct(expr.type, 1, [value])
        return z3.If(in_range(machine(expr), value), some, encoder.construct(expr.type, 0, []))

    def saturating(_: Encoder, expr: ir.Apply, a: z3.ArithRef, b: z3.ArithRef) -> Term:
        type_, value = machine(expr), compute(a, b)
        return z3.If(value < type_.minimum, type_.minimum, z3.If(value > type_.maximum, type_.maximum, value))

    def overflowing(encoder: Encoder, expr: ir.Apply, a: z3.ArithRef, b: z3.ArithRef) -> Term:
        type_, value = machine(expr), compute(a, b)
        return encoder.construct(expr.type, 0, [wrapped(type_, value), z3.Not(in_range(type_, value))])

    forms = {"wrapping": wrapping, "checked": checked, "saturating": saturating, "overflowing": overflowing}
    return {form: _typed(build) for form, build in forms.items()}


def _families() -> dict[str, Encode]:
    operations: dict[str, Callable[[z3.ArithRef, z3.ArithRef], z3.ArithRef]] = {
        "add": lambda a, b: a + b,
        "sub": lambda a, b: a - b,
        "mul": lambda a, b: a * b,
    }
    return {
        f"int.{form}_{name}": encode
        for name, compute in operations.items()
        for form, encode in _family(compute).items()
    }


def _equal(encoder: Encoder, expr: ir.Apply, a: Term, b: Term) -> Term:
    return encoder.equal(type_of(expr.args[0]), a, b)


def _unequal(encoder: Encoder, expr: ir.Apply, a: Term, b: Term) -> Term:
    return z3.Not(encoder.equal(type_of(expr.args[0]), a, b))


def _ordered(name: str, build: Callable[[Term, Term], Term]) -> Encode:
    """`<` and its like: arithmetic on numbers and characters, opaque on structures."""

    def encode(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
        args = encoder.terms(expr.args, scope)
        if z3.is_arith(args[0]):
            return build(*args)
        return encoder.opaque(name, args, expr.type)

    return encode


def numeric(sort: z3.SortRef) -> bool:
    """Whether `<` on the sort is the arithmetic order."""
    return sort.kind() in {z3.Z3_INT_SORT, z3.Z3_REAL_SORT}


NUMBERS: Final[dict[str, Encode]] = {
    "eq": _typed(_equal),
    "ne": _typed(_unequal),
    "lt": _ordered("lt", lambda a, b: a < b),
    "le": _ordered("le", lambda a, b: a <= b),
    "gt": _ordered("gt", lambda a, b: a > b),
    "ge": _ordered("ge", lambda a, b: a >= b),
    "min2": _ordered("min2", lambda a, b: z3.If(b < a, b, a)),
    "max2": _ordered("max2", lambda a, b: z3.If(b > a, b, a)),
    "not": _plain(z3.Not),
    "xor": _plain(z3.Xor),
    "bool.and": _plain(z3.And),
    "bool.or": _plain(z3.Or),
    "implies": _plain(z3.Implies),
    "neg": _plain(lambda a: -a),
    "abs": _plain(lambda a: z3.If(a >= 0, a, -a)),
    "add": _plain(lambda a, b: a + b),
    "sub": _plain(lambda a, b: a - b),
    "mul": _plain(lambda a, b: a * b),
    "floor_div": _typed(_floor_div),
    "floor_mod": _typed(_floor_mod),
    "trunc_div": _typed(_trunc_div),
    "trunc_rem": _typed(_trunc_rem),
    "euclid_div": _plain(lambda a, b: a / b),
    "euclid_mod": _plain(lambda a, b: a % b),
    "int.pow": _typed(_pow),
    "int.widen": _plain(lambda a: a),
    "int.narrow": _plain(lambda a: a),
    "int.wrap": _typed(_wrap),
    "int.signum": _plain(lambda a: z3.If(a > 0, z3.IntVal(1), z3.If(a < 0, z3.IntVal(-1), z3.IntVal(0)))),
    "bool.to_int": _plain(lambda a: z3.If(a, z3.IntVal(1), z3.IntVal(0))),
    "int.abs_diff": _plain(lambda a, b: z3.If(a >= b, a - b, b - a)),
    "int.unsigned_abs": _plain(lambda a: z3.If(a >= 0, a, -a)),
    "int.to_float": _plain(z3.ToReal),
    "int.true_div": _plain(lambda a, b: z3.ToReal(a) / z3.ToReal(b)),
    "py.float_div": _plain(lambda a, b: a / b),
    "char.code": _plain(lambda a: a),
    "char.from_code": _plain(lambda a: a),
    **_families(),
}


# Sequences and text.


def _seq(build: Callable[..., Term]) -> Encode:
    """An operator on a sequence: `build(theory, *terms)`, the theory of its first argument."""

    def encode(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
        theory = encoder.sequences(type_of(expr.args[0]))
        return build(theory, *encoder.terms(expr.args, scope))

    return encode


def _from_end(theory: Sequences, s: Term, i: z3.ArithRef) -> z3.ArithRef:
    """An index as Python reads it: from the end when negative."""
    if z3.is_int_value(i):
        return i if i.as_long() >= 0 else theory.len(s) + i
    return z3.If(i < 0, i + theory.len(s), i)


def _text_at(theory: Sequences, s: Term, i: z3.ArithRef) -> Term:
    return theory.literal([theory.at(s, i)])


def _range(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    """`range(a, b, step)`: its length and its elements, for a literal step of one only."""
    low, high, step = encoder.terms(expr.args, scope)
    theory = encoder.sequences(expr.type)
    integers = z3.IntSort()
    if not (z3.is_int_value(step) and step.as_long() == 1):
        return encoder.opaque("range", [low, high, step], expr.type)

    def axioms(f: z3.FuncDeclRef) -> list[z3.BoolRef]:
        a, b, i = z3.Ints("a b i")
        whole = f(a, b)
        length = z3.If(b > a, b - a, z3.IntVal(0))
        inside = z3.And(i >= 0, i < b - a)
        return [
            forall([a, b], theory.len(whole) == length, whole),
            forall([a, b, i], z3.Implies(inside, theory.at(whole, i) == a + i), theory.at(whole, i)),
        ]

    return cast("Term", encoder.universe.function("range", [integers, integers], theory.sort, axioms)(low, high))


def _repeat(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    """`[v] * n` has an encoding; a longer pattern repeated is opaque."""
    pattern = expr.args[0]
    theory = encoder.sequences(expr.type)
    times = encoder.term(expr.args[1], scope)
    if isinstance(pattern, ir.SeqLit) and len(pattern.items) == 1:
        return theory.repeat_value(encoder.term(pattern.items[0], scope), times)
    return encoder.opaque("repeat", [encoder.term(pattern, scope), times], expr.type)


def _sorted(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    """`sorted(xs)` of numbers: an ascending permutation."""
    theory = encoder.sequences(expr.type)
    arg = encoder.term(expr.args[0], scope)
    if not numeric(theory.element):
        return encoder.opaque(expr.op, [arg], expr.type)
    descending = expr.op.endswith("_desc")

    def axioms(f: z3.FuncDeclRef) -> list[z3.BoolRef]:
        s, v = z3.Const("s", theory.sort), z3.Const("v", theory.element)
        counts = theory.count(f(s), v, theory.len(f(s))) == theory.count(s, v, theory.len(s))
        return [
            forall([s], theory.len(f(s)) == theory.len(s), f(s)),
            forall([s], ascending(theory, f(s), descending=descending), f(s)),
            forall([s, v], counts, theory.count(f(s), v, theory.len(f(s)))),
        ]

    symbol = encoder.universe.function(f"{expr.op}:{theory.name}", [theory.sort], theory.sort, axioms)
    return cast("Term", symbol(arg))


def ascending(theory: Sequences, s: Term, *, descending: bool = False) -> z3.BoolRef:
    """No element of s is less (more, when descending) than one before it."""
    p, q = z3.Ints("p q")
    first, second = theory.at(s, p), theory.at(s, q)
    order = first >= second if descending else first <= second
    inside = z3.And(p >= 0, p <= q, q < theory.len(s))
    return forall([p, q], z3.Implies(inside, order), z3.MultiPattern(first, second))


def _is_sorted(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    theory = encoder.sequences(type_of(expr.args[0]))
    arg = encoder.term(expr.args[0], scope)
    if not numeric(theory.element):
        return encoder.opaque(expr.op, [arg], expr.type)
    return ascending(theory, arg)


def _is_permutation(theory: Sequences, s: Term, t: Term) -> Term:
    v = z3.Const("v", theory.element)
    counts = theory.count(s, v, theory.len(s)), theory.count(t, v, theory.len(t))
    same = forall([v], counts[0] == counts[1], counts[0], counts[1])
    return z3.And(theory.len(s) == theory.len(t), same)


def _distinct(theory: Sequences, s: Term) -> Term:
    p, q = z3.Ints("p q")
    first, second = theory.at(s, p), theory.at(s, q)
    inside = z3.And(p >= 0, p < q, q < theory.len(s))
    return forall([p, q], z3.Implies(inside, first != second), z3.MultiPattern(first, second))


def _swap(theory: Sequences, s: Term, i: Term, j: Term) -> Term:
    return theory.update(theory.update(s, i, theory.at(s, j)), j, theory.at(s, i))


def _pop_last(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    theory = encoder.sequences(type_of(expr.args[0]))
    s = encoder.term(expr.args[0], scope)
    last = theory.len(s) - 1
    return encoder.construct(expr.type, 0, [theory.slice(s, z3.IntVal(0), last), theory.at(s, last)])


def _without(theory: Sequences, s: Term, i: z3.ArithRef) -> Term:
    place = _from_end(theory, s, i)
    return theory.concat(theory.slice(s, z3.IntVal(0), place), theory.slice(s, place + 1, theory.len(s)))


def _pop_at(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    theory = encoder.sequences(type_of(expr.args[0]))
    s, i = encoder.terms(expr.args, scope)
    removed = theory.at(s, _from_end(theory, s, cast("z3.ArithRef", i)))
    return encoder.construct(expr.type, 0, [_without(theory, s, cast("z3.ArithRef", i)), removed])


def _insert(theory: Sequences, s: Term, i: z3.ArithRef, v: Term) -> Term:
    place = clamp(i, theory.len(s))
    head = theory.append(theory.slice(s, z3.IntVal(0), place), v)
    return theory.concat(head, theory.slice(s, place, theory.len(s)))


SEQUENCES: Final[dict[str, Encode]] = {
    "seq.len": _seq(lambda theory, s: theory.len(s)),
    "seq.at": _seq(lambda theory, s, i: theory.at(s, i)),
    "seq.at_neg": _seq(lambda theory, s, i: theory.at(s, _from_end(theory, s, i))),
    "seq.update": _seq(lambda theory, s, i, v: theory.update(s, i, v)),
    "seq.update_neg": _seq(lambda theory, s, i, v: theory.update(s, _from_end(theory, s, i), v)),
    "seq.slice": encode_slice,
    "seq.slice_from": encode_slice,
    "seq.slice_to": encode_slice,
    "seq.subslice": encode_slice,
    "seq.concat": _seq(lambda theory, s, t: theory.concat(s, t)),
    "seq.append": _seq(lambda theory, s, v: theory.append(s, v)),
    "seq.insert": _seq(_insert),
    "seq.insert_at": _seq(_insert),
    "seq.repeat": _repeat,
    "seq.reverse": _seq(lambda theory, s: theory.reverse(s)),
    "seq.contains": encode_contains,
    "seq.count": encode_count,
    "seq.sum": encode_sum,
    "seq.min": encode_extremum("min", lambda a, b: a < b),
    "seq.max": encode_extremum("max", lambda a, b: a > b),
    "seq.range": _range,
    "seq.sorted": _sorted,
    "seq.sorted_desc": _sorted,
    "seq.is_sorted": _is_sorted,
    "seq.is_permutation": _seq(_is_permutation),
    "seq.distinct": _seq(_distinct),
    "seq.swap": _seq(_swap),
    "seq.pop_last": _pop_last,
    "seq.pop_at": _pop_at,
    "seq.delete_at": _seq(_without),
    "str.len": _seq(lambda theory, s: theory.len(s)),
    "str.at": _seq(_text_at),
    "str.at_neg": _seq(lambda theory, s, i: _text_at(theory, s, _from_end(theory, s, i))),
    "str.char_at": _seq(lambda theory, s, i: theory.at(s, i)),
    "str.slice": encode_slice,
    "str.slice_from": encode_slice,
    "str.slice_to": encode_slice,
    "str.concat": _seq(lambda theory, s, t: theory.concat(s, t)),
    "str.reverse": _seq(lambda theory, s: theory.reverse(s)),
}


# Sets, maps, options.


def _set_add(s: Term, v: Term) -> Term:
    return z3.Store(s, v, z3.BoolVal(True))  # noqa: FBT003 - z3's constant


def _set_drop(s: Term, v: Term) -> Term:
    return z3.Store(s, v, z3.BoolVal(False))  # noqa: FBT003 - z3's constant


def _to_set(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    """The set of a sequence's elements: membership is `contains`."""
    theory = encoder.sequences(type_of(expr.args[0]))
    result = encoder.universe.sort(expr.type)

    def axioms(f: z3.FuncDeclRef) -> list[z3.BoolRef]:
        s, v = z3.Const("s", theory.sort), z3.Const("v", theory.element)
        member = z3.Select(f(s), v)
        return [forall([s, v], member == theory.contains(s, v), member)]

    symbol = encoder.universe.function(f"to_set:{theory.name}", [theory.sort], result, axioms)
    return cast("Term", symbol(encoder.term(expr.args[0], scope)))


SETS: Final[dict[str, Encode]] = {
    "set.contains": _plain(z3.Select),
    "set.add": _plain(_set_add),
    "set.discard": _plain(_set_drop),
    "set.remove": _plain(_set_drop),
    "set.union": _plain(z3.SetUnion),
    "set.intersection": _plain(z3.SetIntersect),
    "set.difference": _plain(z3.SetDifference),
    "set.is_subset": _plain(z3.IsSubset),
    "seq.to_set": _to_set,
}


def _map_parts(encoder: Encoder, expr: ir.Apply, scope: Scope) -> tuple[Type, list[Term], list[Term]]:
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


def _map_insert(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    type_, (domain, values, order), (key, value) = _map_parts(encoder, expr, scope)
    assert isinstance(type_, MapType)
    theory = encoder.sequences(SeqType(type_.key))
    order = z3.If(z3.Select(domain, key), order, theory.append(order, key))
    return encoder.construct(type_, 0, [_set_add(domain, key), z3.Store(values, key, value), order])


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
    return lambda encoder, expr, scope: encoder.construct(expr.type, case, encoder.terms(expr.args, scope))


def _unwrap_result(case: int) -> Encode:
    def encode(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
        value = encoder.term(expr.args[0], scope)
        return encoder.project(type_of(expr.args[0]), case, 0, value)

    return encode


MAPS_AND_OPTIONS: Final[dict[str, Encode]] = {
    "map.at": _map_at,
    "map.contains": _map_contains,
    "map.get": _map_get,
    "map.get_or": _map_get_or,
    "map.insert": _map_insert,
    "map.keys": _map_keys,
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

ENCODERS: Final[dict[str, Encode]] = {**NUMBERS, **SEQUENCES, **SETS, **MAPS_AND_OPTIONS}
