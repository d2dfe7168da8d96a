"""Operators on sequences, sets, maps, options and results.

`_neg` operators take a negative index as counting from the end; the plain ones require
0 <= i < len. Slices clamp as in Python; `seq.subslice` is Rust's, which panics.
"""

from __future__ import annotations

from typing import Final

from autoform.ir.ops.op import INTEGER, NUMBER, ORDERED, K, Op, T, U, V
from autoform.ir.types import (
    BOOL,
    FLOAT,
    INT,
    FnType,
    MapType,
    OptionType,
    ResultType,
    SeqType,
    SetType,
    TupleType,
)

_INDEX: Final = "IndexError"
_KEY: Final = "KeyError"
_VALUE: Final = "ValueError"
_XS: Final = SeqType(T)
_OS: Final = SeqType(ORDERED)
_NS: Final = SeqType(NUMBER)
_SET: Final = SetType(T)
_MAP: Final = MapType(K, V)
_KEY_OF: Final = FnType((T,), ORDERED)
_CLAMPED: Final = "negative bounds count from the end, then both are clamped, as in Python."
_POP: Final = TupleType((_XS, T))

SEQ_OPS: Final = (
    Op("seq.len", (_XS,), INT, "The number of elements."),
    Op("seq.at", (_XS, INT), T, "`xs[i]`, 0 <= i < len.", (_INDEX,)),
    Op("seq.at_neg", (_XS, INT), T, "`xs[i]`, -len <= i < len.", (_INDEX,)),
    Op("seq.update", (_XS, INT, T), _XS, "xs with place i replaced, 0 <= i < len.", (_INDEX,)),
    Op("seq.update_neg", (_XS, INT, T), _XS, "The same, -len <= i < len.", (_INDEX,)),
    Op("seq.slice", (_XS, INT, INT), _XS, f"`xs[a:b]`: {_CLAMPED}"),
    Op("seq.slice_from", (_XS, INT), _XS, f"`xs[a:]`: {_CLAMPED}"),
    Op("seq.slice_to", (_XS, INT), _XS, f"`xs[:b]`: {_CLAMPED}"),
    Op(
        "seq.slice_step",
        (_XS, OptionType(INT), OptionType(INT), INT),
        _XS,
        "`xs[a:b:c]` with absent bounds as none; step zero raises.",
        (_VALUE,),
    ),
    Op("seq.subslice", (_XS, INT, INT), _XS, "Rust `xs[a..b]`, 0 <= a <= b <= len.", (_INDEX,)),
    Op("seq.replace_slice", (_XS, INT, INT, _XS), _XS, "`xs[a:b] = ys`, clamped as in Python."),
    Op("seq.concat", (_XS, _XS), _XS, "`xs + ys`."),
    Op("seq.repeat", (_XS, INT), _XS, "`xs * n`; empty for n <= 0."),
    Op("seq.append", (_XS, T), _XS, "xs with an element at the end."),
    Op("seq.insert", (_XS, INT, T), _XS, "Python `insert`: the place clamped as in a slice."),
    Op("seq.insert_at", (_XS, INT, T), _XS, "Rust `insert`, 0 <= i <= len.", (_INDEX,)),
    Op("seq.pop_last", (_XS,), _POP, "(xs without the last, the last).", (_INDEX,)),
    Op(
        "seq.pop_at",
        (_XS, INT),
        _POP,
        "(xs without place i, what was there), -len <= i < len.",
        (_INDEX,),
    ),
    Op("seq.delete_at", (_XS, INT), _XS, "xs without place i, -len <= i < len.", (_INDEX,)),
    Op("seq.delete_slice", (_XS, INT, INT), _XS, "`del xs[a:b]`, clamped."),
    Op("seq.remove", (_XS, T), _XS, "xs without the first element equal to v.", (_VALUE,)),
    Op("seq.swap", (_XS, INT, INT), _XS, "Places i and j exchanged, both in [0, len).", (_INDEX,)),
    Op("seq.contains", (_XS, T), BOOL, "Whether an element equals v."),
    Op("seq.index", (_XS, T), INT, "The first place of v.", (_VALUE,)),
    Op("seq.count", (_XS, T), INT, "The number of elements equal to v."),
    Op("seq.reverse", (_XS,), _XS, "Back to front."),
    Op("seq.sorted", (_OS,), _OS, "Ascending, stable; NaN-free floats only in contracts."),
    Op("seq.sorted_desc", (_OS,), _OS, "Python `sorted(xs, reverse=True)`: descending, stable."),
    Op(
        "seq.sort_by",
        (_XS, _KEY_OF),
        _XS,
        "Ascending by key, stable; the key is called once an element, in order.",
    ),
    Op("seq.sort_by_desc", (_XS, _KEY_OF), _XS, "Descending by key; equal keys keep their order."),
    Op(
        "seq.sum",
        (_NS,),
        NUMBER,
        "Left to right from zero, floats rounded at each step; checked on machine integers.",
        ("OverflowError",),
    ),
    Op(
        "seq.product",
        (_NS,),
        NUMBER,
        "Left to right from one; checked on machine integers.",
        ("OverflowError",),
    ),
    Op("seq.min", (_OS,), ORDERED, "The first least element.", (_VALUE,)),
    Op("seq.max", (_OS,), ORDERED, "The first greatest element.", (_VALUE,)),
    Op("seq.min_by", (_XS, _KEY_OF), T, "The first element with the least key.", (_VALUE,)),
    Op("seq.max_by", (_XS, _KEY_OF), T, "The first element with the greatest key.", (_VALUE,)),
    Op(
        "seq.last_max_by",
        (_XS, _KEY_OF),
        T,
        "The last element with the greatest key, Rust `max_by_key`.",
        (_VALUE,),
    ),
    Op("seq.fold", (_XS, U, FnType((U, T), U)), U, "`f(… f(f(init, x0), x1) …)`."),
    Op(
        "seq.enumerate", (_XS, INT), SeqType(TupleType((INT, T))), "Pairs (start + place, element)."
    ),
    Op("seq.zip", (_XS, SeqType(U)), SeqType(TupleType((T, U))), "Pairs up to the shorter length."),
    Op("seq.zip3", (_XS, SeqType(U), SeqType(V)), SeqType(TupleType((T, U, V))), "Triples."),
    Op(
        "seq.range",
        (INT, INT, INT),
        SeqType(INT),
        "`range(a, b, step)`; step zero raises.",
        (_VALUE,),
    ),
    Op("seq.flatten", (SeqType(_XS),), _XS, "The concatenation of the sequences."),
    Op("seq.windows", (_XS, INT), SeqType(_XS), "Rust `windows(n)`, n > 0.", ("Panic",)),
    Op("seq.chunks", (_XS, INT), SeqType(_XS), "Rust `chunks(n)`, n > 0.", ("Panic",)),
    Op("seq.is_permutation", (_XS, _XS), BOOL, "Equal as multisets."),
    Op("seq.is_sorted", (_OS,), BOOL, "Ascending: no element is less than the one before."),
    Op("seq.distinct", (_XS,), BOOL, "No two elements are equal."),
    Op("seq.to_set", (_XS,), _SET, "The set of the elements."),
    Op("seq.to_map", (SeqType(TupleType((K, V))),), _MAP, "Inserted in order; later values win."),
    Op(
        "seq.fsum",
        (SeqType(FLOAT),),
        FLOAT,
        "`math.fsum`: the exact sum, rounded once.",
        (_VALUE, "OverflowError"),
    ),
)

SET_OPS: Final = (
    Op("set.len", (_SET,), INT, "The number of elements."),
    Op("set.contains", (_SET, T), BOOL, "Membership."),
    Op("set.add", (_SET, T), _SET, "With an element."),
    Op("set.discard", (_SET, T), _SET, "Without an element, present or not."),
    Op("set.remove", (_SET, T), _SET, "Without an element that must be present.", (_KEY,)),
    Op("set.union", (_SET, _SET), _SET, "Union."),
    Op("set.intersection", (_SET, _SET), _SET, "Intersection."),
    Op("set.difference", (_SET, _SET), _SET, "Difference."),
    Op("set.symmetric_difference", (_SET, _SET), _SET, "In exactly one of the two."),
    Op("set.is_subset", (_SET, _SET), BOOL, "`a <= b`."),
    Op("set.is_proper_subset", (_SET, _SET), BOOL, "`a < b`."),
    Op("set.is_disjoint", (_SET, _SET), BOOL, "No common element."),
    Op("set.min", (SetType(ORDERED),), ORDERED, "The least element.", (_VALUE,)),
    Op("set.max", (SetType(ORDERED),), ORDERED, "The greatest element.", (_VALUE,)),
    Op("set.sum", (SetType(INTEGER),), INTEGER, "The sum of the elements.", ("OverflowError",)),
    Op("set.sorted", (SetType(ORDERED),), _OS, "The elements, ascending."),
)

MAP_OPS: Final = (
    Op("map.len", (_MAP,), INT, "The number of keys."),
    Op("map.contains", (_MAP, K), BOOL, "Whether the key is present."),
    Op("map.at", (_MAP, K), V, "The value of a present key.", (_KEY,)),
    Op("map.get", (_MAP, K), OptionType(V), "The value, or none."),
    Op("map.get_or", (_MAP, K, V), V, "The value, or the given one."),
    Op("map.insert", (_MAP, K, V), _MAP, "With the key set; a present key keeps its place."),
    Op("map.remove", (_MAP, K), _MAP, "Without a key that must be present.", (_KEY,)),
    Op("map.discard", (_MAP, K), _MAP, "Without a key, present or not."),
    Op("map.keys", (_MAP,), SeqType(K), "In insertion order."),
    Op("map.values", (_MAP,), SeqType(V), "In insertion order."),
    Op("map.items", (_MAP,), SeqType(TupleType((K, V))), "Pairs in insertion order."),
    Op("map.key_set", (_MAP,), SetType(K), "The keys as a set."),
    Op("map.merge", (_MAP, _MAP), _MAP, "`{**a, **b}`."),
)

OPTION_OPS: Final = (
    Op("option.some", (T,), OptionType(T), "A present value."),
    Op("option.is_some", (OptionType(T),), BOOL, "Whether present."),
    Op("option.is_none", (OptionType(T),), BOOL, "Whether absent."),
    Op(
        "option.unwrap",
        (OptionType(T),),
        T,
        "The present value; absent raises (in Python, the TypeError of using None).",
        ("TypeError",),
    ),
    Op("option.unwrap_or", (OptionType(T), T), T, "The value, or the given one, both evaluated."),
    Op("result.ok", (T,), ResultType(T, U), "Success."),
    Op("result.err", (U,), ResultType(T, U), "Failure."),
    Op("result.is_ok", (ResultType(T, U),), BOOL, "Whether a success."),
    Op("result.unwrap", (ResultType(T, U),), T, "The success; a failure panics.", ("Panic",)),
    Op("result.unwrap_err", (ResultType(T, U),), U, "The failure; a success panics.", ("Panic",)),
)

COLLECTION_OPS: Final = (*SEQ_OPS, *SET_OPS, *MAP_OPS, *OPTION_OPS)
