"""Operators on sequences and text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, cast

from autoform.ir import exprs as ir
from autoform.ir.exprs import type_of
from autoform.ir.types import STR, SeqType
from autoform.vc.smt.binding import z3
from autoform.vc.smt.chains import chain
from autoform.vc.smt.encoder import Encoder, is_unit_range
from autoform.vc.smt.folds import (
    Stretch,
    clamp,
    count_in,
    encode_contains,
    encode_count,
    encode_extremum,
    encode_join,
    encode_length,
    encode_product,
    encode_slice,
    encode_sum,
    stretch,
)
from autoform.vc.smt.operators.characters import code_of
from autoform.vc.smt.operators.table import Encode, numeric
from autoform.vc.smt.scope import Scope, Term
from autoform.vc.smt.sequences import CHARS, Sequences, forall


def _seq(build: Callable[..., Term]) -> Encode:
    """An operator on a sequence: `build(theory, *terms)`, the theory of its first argument."""

    def encode(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
        theory = encoder.sequences(type_of(expr.args[0]))
        return build(theory, *encoder.terms(expr.args, scope))

    return encode


def _identity(build: Callable[..., Term]) -> Encode:
    """Like `_seq`, for what compares elements."""

    def encode(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
        type_ = type_of(expr.args[0])
        if isinstance(type_, SeqType):
            encoder.require_identity(type_.element)
        return build(encoder.sequences(type_), *encoder.terms(expr.args, scope))

    return encode


def _from_end(theory: Sequences, s: Term, i: z3.ArithRef) -> z3.ArithRef:
    """An index as Python reads it: from the end when negative."""
    if z3.is_int_value(i):
        return i if i.as_long() >= 0 else theory.len(s) + i
    return z3.If(i < 0, i + theory.len(s), i)


def _at_neg(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    theory = encoder.sequences(type_of(expr.args[0]))
    s, i = encoder.terms(expr.args, scope)
    place = cast("z3.ArithRef", i)
    if not encoder.surely(place >= 0, scope):
        place = _from_end(theory, s, place)
    return theory.at(s, place) if expr.op == "seq.at_neg" else _text_at(theory, s, place)


def _text_at(theory: Sequences, s: Term, i: z3.ArithRef) -> Term:
    return theory.literal([theory.at(s, i)])


def _range(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    """`range(a, b, step)`: its length and its elements, for a literal step of one only."""
    low, high, step = encoder.terms(expr.args, scope)
    theory = encoder.sequences(expr.type)
    integers = z3.IntSort()
    if not is_unit_range(expr):
        return encoder.opaque("range", [low, high, step], expr.type)

    def axioms(f: z3.FuncDeclRef) -> list[z3.BoolRef]:
        a, b, i = z3.Ints("a b i")
        whole = f(a, b)
        length = z3.If(b > a, b - a, z3.IntVal(0))
        inside = z3.And(i >= 0, i < b - a)
        return [
            forall([a, b], theory.len(whole) == length, whole),
            forall(
                [a, b, i], z3.Implies(inside, theory.at(whole, i) == a + i), theory.at(whole, i)
            ),
        ]

    return cast(
        "Term",
        encoder.universe.function("range", [integers, integers], theory.sort, axioms)(low, high),
    )


def _repeat(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    """`[v] * n` has a length and elements; a longer pattern is joined to what n - 1 times gave."""
    pattern = expr.args[0]
    theory = encoder.sequences(expr.type)
    times = encoder.term(expr.args[1], scope)
    if isinstance(pattern, ir.SeqLit) and len(pattern.items) == 1:
        return theory.repeat_value(encoder.term(pattern.items[0], scope), times)
    name = f"repeat pattern:{theory.name}"
    symbol = encoder.universe.function(name, [theory.sort, z3.IntSort()], theory.sort)

    def step(s: Term, n: z3.ArithRef) -> Iterator[z3.BoolRef]:
        whole = symbol(s, n)
        yield z3.Implies(n <= 0, whole == theory.empty())
        yield z3.Implies(n > 0, whole == theory.concat(symbol(s, n - 1), s))

    encoder.universe.define_unfolding(symbol, step)
    return cast("Term", symbol(encoder.term(pattern, scope), times))


def _join(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    """`"".join(parts)` one part after another; with a separator opaque."""
    separator, parts = expr.args
    if not isinstance(separator, ir.StrLit) or separator.value:
        return encoder.opaque("join", encoder.terms(expr.args, scope), expr.type)
    return encode_join(encoder, parts, scope)


def _of_one_character(name: str, build: Callable[[Stretch, Term], Term]) -> Encode:
    """What a text says of a text of one character; of longer ones nothing is known."""

    def encode(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
        text = stretch(encoder, expr.args[0], scope)
        needle = encoder.term(expr.args[1], scope)
        character = code_of(encoder, needle)
        if character is not None:
            return build(text, character)
        known = build(text, text.theory.at(needle, z3.IntVal(0)))
        other = encoder.opaque(name, [text.whole, needle], expr.type)
        return z3.If(text.theory.len(needle) == 1, known, other)

    return encode


def _begins(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    """Whether one text begins (or ends) with another, character by character."""
    theory = encoder.sequences(STR)
    whole, part = encoder.terms(expr.args, scope)
    place = encoder.universe.fresh("place", z3.IntSort())
    shift = theory.len(whole) - theory.len(part) if expr.op == "str.ends_with" else z3.IntVal(0)
    there = theory.at(whole, place + shift if expr.op == "str.ends_with" else place)
    here = theory.at(part, place)
    inside = z3.And(place >= 0, place < theory.len(part))
    agree = forall([place], z3.Implies(inside, there == here), here)
    return z3.And(theory.len(part) <= theory.len(whole), agree)


def _sorted(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    """`sorted(xs)` of numbers: an ascending permutation."""
    theory = encoder.sequences(expr.type)
    arg = encoder.term(expr.args[0], scope)
    if not numeric(theory.element):
        return encoder.opaque(expr.op, [arg], expr.type)
    sign = ">=" if expr.op.endswith("_desc") else "<="
    domain = [theory.sort, theory.sort]
    odd = encoder.universe.function(f"unequal count:{theory.name}", domain, theory.element)

    def axioms(f: z3.FuncDeclRef) -> list[z3.BoolRef]:
        s, t = z3.Consts("s t", theory.sort)
        v = z3.Const("v", theory.element)
        whole, all_of_it = f(s), theory.len(s)
        count = theory.count(whole, v, theory.len(whole)), theory.count(s, v, all_of_it)
        patterns = count[0], z3.MultiPattern(whole, count[1])
        return [
            forall([s], theory.len(whole) == all_of_it, whole),
            forall([s], chain(theory, sign, whole, z3.IntVal(0), theory.len(whole)), whole),
            forall([s, v], count[0] == count[1], *patterns),
            _only_one(theory, sign, f, odd, t, s),
        ]

    symbol = encoder.universe.function(
        f"{expr.op}:{theory.name}", [theory.sort], theory.sort, axioms
    )
    return cast("Term", symbol(arg))


def _only_one(
    theory: Sequences,
    sign: str,
    f: z3.FuncDeclRef,
    odd: z3.FuncDeclRef,
    t: Term,
    s: Term,
) -> z3.BoolRef:
    """What is in order and has the same elements equally often is the sorted sequence."""
    whole, w = f(s), odd(t, s)
    in_order = chain(theory, sign, t, z3.IntVal(0), theory.len(t))
    differ = theory.count(t, w, theory.len(t)) != theory.count(s, w, theory.len(s))
    said = (theory.equal(one, two, lambda a, b: a == b) for one, two in ((t, whole), (whole, t)))
    either = z3.Or(t == whole, z3.Not(in_order), theory.len(t) != theory.len(s), differ)
    return forall([t, s], either, *said)


def _is_sorted(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    theory = encoder.sequences(type_of(expr.args[0]))
    arg = encoder.term(expr.args[0], scope)
    if not numeric(theory.element):
        return encoder.opaque(expr.op, [arg], expr.type)
    return chain(theory, "<=", arg, z3.IntVal(0), theory.len(arg))


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
    return encoder.construct(
        expr.type, 0, [theory.slice(s, z3.IntVal(0), last), theory.at(s, last)]
    )


def _without(theory: Sequences, s: Term, i: z3.ArithRef) -> Term:
    place = _from_end(theory, s, i)
    return theory.concat(
        theory.slice(s, z3.IntVal(0), place), theory.slice(s, place + 1, theory.len(s))
    )


def _pop_at(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    theory = encoder.sequences(type_of(expr.args[0]))
    s, i = encoder.terms(expr.args, scope)
    removed = theory.at(s, _from_end(theory, s, cast("z3.ArithRef", i)))
    return encoder.construct(expr.type, 0, [_without(theory, s, cast("z3.ArithRef", i)), removed])


def _insert(theory: Sequences, s: Term, i: z3.ArithRef, v: Term) -> Term:
    place = clamp(i, theory.len(s))
    head = theory.append(theory.slice(s, z3.IntVal(0), place), v)
    return theory.concat(head, theory.slice(s, place, theory.len(s)))


def _index(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    """The first place of a value that occurs."""
    type_ = type_of(expr.args[0])
    assert isinstance(type_, SeqType)
    encoder.require_identity(type_.element)
    theory = encoder.sequences(type_)

    def axioms(f: z3.FuncDeclRef) -> list[z3.BoolRef]:
        s, v, k = z3.Const("s", theory.sort), z3.Const("v", theory.element), z3.Int("k")
        first = f(s, v)
        found = z3.And(theory.in_bounds(s, first), theory.at(s, first) == v)
        before = z3.And(theory.contains(s, v), k >= 0, k < first)
        pattern = z3.MultiPattern(first, theory.at(s, k))
        return [
            forall([s, v], z3.Implies(theory.contains(s, v), found), first),
            forall([s, v, k], z3.Implies(before, theory.at(s, k) != v), pattern),
        ]

    domain = [theory.sort, theory.element]
    symbol = encoder.universe.function(f"index:{theory.name}", domain, z3.IntSort(), axioms)
    return cast("Term", symbol(*encoder.terms(expr.args, scope)))


def _chars(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    """The one-character texts of a text."""
    text, texts = encoder.sequences(STR), encoder.sequences(expr.type)

    def axioms(f: z3.FuncDeclRef) -> list[z3.BoolRef]:
        s, i = z3.Const("s", text.sort), z3.Int("i")
        one = texts.at(f(s), i) == text.literal([text.at(s, i)])
        inside = text.in_bounds(s, i)
        return [
            forall([s], texts.len(f(s)) == text.len(s), f(s)),
            forall([s, i], z3.Implies(inside, one), texts.at(f(s), i)),
        ]

    symbol = encoder.universe.function(CHARS, [text.sort], texts.sort, axioms)
    return cast("Term", symbol(encoder.term(expr.args[0], scope)))


def _enumerate(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    """Pairs of place and element."""
    theory, pairs = encoder.sequences(type_of(expr.args[0])), encoder.sequences(expr.type)
    pair = pairs.type
    assert isinstance(pair, SeqType)

    def axioms(f: z3.FuncDeclRef) -> list[z3.BoolRef]:
        s, start, i = z3.Const("s", theory.sort), z3.Int("start"), z3.Int("i")
        whole = f(s, start)
        item = encoder.construct(pair.element, 0, [start + i, theory.at(s, i)])
        same = z3.Implies(theory.in_bounds(s, i), pairs.at(whole, i) == item)
        return [
            forall([s, start], pairs.len(whole) == theory.len(s), whole),
            forall([s, start, i], same, pairs.at(whole, i)),
        ]

    name = f"enumerate:{theory.name}"
    symbol = encoder.universe.function(name, [theory.sort, z3.IntSort()], pairs.sort, axioms)
    return cast("Term", symbol(*encoder.terms(expr.args, scope)))


def _zip(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    """Pairs up to the shorter length."""
    first, second = (encoder.sequences(type_of(arg)) for arg in expr.args)
    pairs = encoder.sequences(expr.type)
    pair = pairs.type
    assert isinstance(pair, SeqType)

    def axioms(f: z3.FuncDeclRef) -> list[z3.BoolRef]:
        s, t, i = z3.Const("s", first.sort), z3.Const("t", second.sort), z3.Int("i")
        whole = f(s, t)
        size = z3.If(first.len(s) < second.len(t), first.len(s), second.len(t))
        item = encoder.construct(pair.element, 0, [first.at(s, i), second.at(t, i)])
        same = z3.Implies(z3.And(i >= 0, i < size), pairs.at(whole, i) == item)
        return [
            forall([s, t], pairs.len(whole) == size, whole),
            forall([s, t, i], same, pairs.at(whole, i)),
        ]

    name = f"zip:{first.name},{second.name}"
    symbol = encoder.universe.function(name, [first.sort, second.sort], pairs.sort, axioms)
    return cast("Term", symbol(*encoder.terms(expr.args, scope)))


def _windows(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    """All stretches of one length, from left to right."""
    theory, rows = encoder.sequences(type_of(expr.args[0])), encoder.sequences(expr.type)

    def axioms(f: z3.FuncDeclRef) -> list[z3.BoolRef]:
        s, size, i = z3.Const("s", theory.sort), z3.Int("size"), z3.Int("i")
        whole = f(s, size)
        count = z3.If(theory.len(s) < size, z3.IntVal(0), theory.len(s) - size + 1)
        inside = z3.And(size > 0, i >= 0, i + size <= theory.len(s))
        same = rows.at(whole, i) == theory.slice(s, i, i + size)
        return [
            forall([s, size], z3.Implies(size > 0, rows.len(whole) == count), whole),
            forall([s, size, i], z3.Implies(inside, same), rows.at(whole, i)),
        ]

    name = f"windows:{theory.name}"
    symbol = encoder.universe.function(name, [theory.sort, z3.IntSort()], rows.sort, axioms)
    return cast("Term", symbol(*encoder.terms(expr.args, scope)))


SEQUENCES: Final[dict[str, Encode]] = {
    "seq.len": encode_length,
    "seq.at": _seq(lambda theory, s, i: theory.at(s, i)),
    "seq.at_neg": _at_neg,
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
    "seq.product": encode_product,
    "seq.index": _index,
    "seq.enumerate": _enumerate,
    "seq.windows": _windows,
    "seq.zip": _zip,
    "seq.min": encode_extremum("min", lambda a, b: a < b),
    "seq.max": encode_extremum("max", lambda a, b: a > b),
    "seq.range": _range,
    "seq.sorted": _sorted,
    "seq.sorted_desc": _sorted,
    "seq.is_sorted": _is_sorted,
    "seq.is_permutation": _identity(_is_permutation),
    "seq.distinct": _identity(_distinct),
    "seq.swap": _seq(_swap),
    "seq.pop_last": _pop_last,
    "seq.pop_at": _pop_at,
    "seq.delete_at": _seq(_without),
    "str.len": _seq(lambda theory, s: theory.len(s)),
    "str.at": _seq(_text_at),
    "str.at_neg": _at_neg,
    "str.char_at": _seq(lambda theory, s, i: theory.at(s, i)),
    "str.slice": encode_slice,
    "str.slice_from": encode_slice,
    "str.slice_to": encode_slice,
    "str.concat": _seq(lambda theory, s, t: theory.concat(s, t)),
    "str.chars": _chars,
    "str.contains": _of_one_character(
        "substring", lambda text, c: text.theory.contains(text.whole, c)
    ),
    "str.count": _of_one_character("occurrences", count_in),
    "str.starts_with": _begins,
    "str.ends_with": _begins,
    "str.repeat": _repeat,
    "str.join": _join,
    "str.reverse": _seq(lambda theory, s: theory.reverse(s)),
}
