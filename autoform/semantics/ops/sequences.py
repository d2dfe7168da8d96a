"""Sequences: places, slices, building and searching.

Values are tuples; readers also take the lists that the interpreter updates in place (see
`autoform.semantics.compiler.thawing`). What is returned is a tuple.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias, cast

from autoform.ir.types import SeqType, Type
from autoform.semantics.failure import EvaluationFailed, Tank
from autoform.semantics.meaning import Function, Meaning, Signature, plain, sized, typed
from autoform.semantics.ops.comparisons import element_equality, equals_natively, measure
from autoform.semantics.ops.keys import key_guard, may_hold_nan, refuse_nan
from autoform.semantics.ops.text import index_error, slice_of, word
from autoform.semantics.values import NoneValue, Some, Value

Items: TypeAlias = Sequence[Value]
Built: TypeAlias = tuple[Value, ...]


def element_of(signature: Signature) -> Type:
    """The element type of the first argument, a sequence or a set."""
    return cast(SeqType, signature.args[0]).element


def place(xs: Items, index: int) -> int:
    """The place 0 <= i < len. Raises `IndexError`."""
    if not 0 <= index < len(xs):
        raise index_error(index, len(xs))
    return index


def place_neg(xs: Items, index: int) -> int:
    """The place -len <= i < len, counted from the front. Raises `IndexError`."""
    if not -len(xs) <= index < len(xs):
        raise index_error(index, len(xs))
    return index % len(xs)


# ── Places ────────────────────────────────────────────────────────────────────────────────────


def _at(xs: Items, index: int) -> Value:
    return xs[place(xs, index)]


def _at_neg(xs: Items, index: int) -> Value:
    return xs[place_neg(xs, index)]


def _update(tank: Tank, xs: Items, index: int, value: Value) -> Built:
    i = place(xs, index)
    tank.pay_items(len(xs))
    return (*xs[:i], value, *xs[i + 1 :])


def _update_neg(tank: Tank, xs: Items, index: int, value: Value) -> Built:
    return _update(tank, xs, place_neg(xs, index), value)


def _swap(tank: Tank, xs: Items, i: int, j: int) -> Built:
    place(xs, i), place(xs, j)
    tank.pay_items(len(xs))
    changed = list(xs)
    changed[i], changed[j] = changed[j], changed[i]
    return tuple(changed)


def _delete_at(tank: Tank, xs: Items, index: int) -> Built:
    i = place_neg(xs, index)
    tank.pay_items(len(xs))
    return (*xs[:i], *xs[i + 1 :])


def _pop_at(tank: Tank, xs: Items, index: int) -> Value:
    i = place_neg(xs, word(index))
    return (_delete_at(tank, xs, i), xs[i])


def _pop_last(tank: Tank, xs: Items) -> Value:
    return _pop_at(tank, xs, -1)


def _insert(tank: Tank, xs: Items, index: int, value: Value) -> Built:
    tank.pay_items(len(xs))
    i = slice(word(index), None).indices(len(xs))[0]
    return (*xs[:i], value, *xs[i:])


def _insert_at(tank: Tank, xs: Items, index: int, value: Value) -> Built:
    if not 0 <= index <= len(xs):
        raise index_error(index, len(xs))
    return _insert(tank, xs, index, value)


# ── Slices ────────────────────────────────────────────────────────────────────────────────────


def _cut(tank: Tank, xs: Items, where: slice) -> Built:
    tank.pay_items(len(range(*where.indices(len(xs)))))
    return tuple(xs[where])


def _slice(tank: Tank, xs: Items, start: int, stop: int) -> Built:
    return _cut(tank, xs, slice(start, stop))


def _slice_from(tank: Tank, xs: Items, start: int) -> Built:
    return _cut(tank, xs, slice(start, None))


def _slice_to(tank: Tank, xs: Items, stop: int) -> Built:
    return _cut(tank, xs, slice(stop))


def _slice_step(
    tank: Tank, xs: Items, start: NoneValue | Some, stop: NoneValue | Some, step: int
) -> Built:
    return _cut(tank, xs, slice_of(start, stop, step))


def _subslice(tank: Tank, xs: Items, start: int, stop: int) -> Built:
    if not 0 <= start <= stop <= len(xs):
        raise EvaluationFailed("IndexError", f"range {start}..{stop} of length {len(xs)}")
    return _cut(tank, xs, slice(start, stop))


def _replace_slice(tank: Tank, xs: Items, start: int, stop: int, ys: Items) -> Built:
    tank.pay_items(len(xs) + len(ys))
    changed = list(xs)
    changed[start:stop] = ys
    return tuple(changed)


def _delete_slice(tank: Tank, xs: Items, start: int, stop: int) -> Built:
    return _replace_slice(tank, xs, start, stop, ())


def _reverse(tank: Tank, xs: Items) -> Built:
    return _cut(tank, xs, slice(None, None, -1))


# ── Building ──────────────────────────────────────────────────────────────────────────────────


def _concat(tank: Tank, xs: Items, ys: Items) -> Built:
    tank.pay_items(len(xs) + len(ys))
    return (*xs, *ys)


def _append(tank: Tank, xs: Items, value: Value) -> Built:
    tank.pay_items(len(xs))
    return (*xs, value)


def _repeat(tank: Tank, xs: Items, count: int) -> Built:
    tank.pay_items(len(xs) * max(count, 0))
    return tuple(xs) * word(count)


def _enumerate(tank: Tank, xs: Items, start: int) -> Built:
    tank.pay(len(xs))
    return tuple(enumerate(xs, start))


def _zip(tank: Tank, *sequences: Items) -> Built:
    tank.pay(min(map(len, sequences)))
    return tuple(zip(*sequences, strict=False))


def numbers(start: int, stop: int, step: int) -> range:
    """Python's `range`, which takes no memory. Raises `ValueError` for a step of zero."""
    if step == 0:
        raise EvaluationFailed("ValueError", "range() arg 3 must not be zero")
    return range(start, stop, step)


def _range(tank: Tank, start: int, stop: int, step: int) -> Built:
    found = numbers(start, stop, step)
    tank.pay_items(max(0, (stop - start + step - (1 if step > 0 else -1)) // step))
    return tuple(found)


def _flatten(tank: Tank, sequences: Sequence[Items]) -> Built:
    tank.pay_items(len(sequences) + sum(map(len, sequences)))
    return tuple(x for xs in sequences for x in xs)


def _windows(tank: Tank, xs: Items, size: int) -> Built:
    _require_positive(size)
    count = max(len(xs) - size + 1, 0)
    tank.pay(count)
    tank.pay_items(count * size)
    return tuple(tuple(xs[i : i + size]) for i in range(count))


def _chunks(tank: Tank, xs: Items, size: int) -> Built:
    _require_positive(size)
    tank.pay(len(xs) // size + 1)
    tank.pay_items(len(xs))
    return tuple(tuple(xs[i : i + size]) for i in range(0, len(xs), size))


def _require_positive(size: int) -> None:
    if size <= 0:
        raise EvaluationFailed("Panic", "the size of a window or chunk must not be zero")


# ── Searching ─────────────────────────────────────────────────────────────────────────────────


def _by_python(element: Type) -> bool:
    """Whether Python's `in`, `index` and `count` compare elements as the IR does."""
    return equals_natively(element) and not may_hold_nan(element)


def _no_size(_value: Value) -> int:
    return 0


def _contains(signature: Signature) -> Function:
    element = element_of(signature)
    if _by_python(element):
        size = measure(element) or _no_size

        def search(tank: Tank, xs: Items, value: Value) -> bool:
            tank.pay_items(len(xs) * (1 + size(value)))
            return value in xs

        return search
    find = _find(element)
    return lambda tank, xs, value: find(tank, xs, value) is not None


def _index(signature: Signature) -> Callable[[Tank, Items, Value], int]:
    find = _find(element_of(signature))

    def run(tank: Tank, xs: Items, value: Value) -> int:
        found = find(tank, xs, value)
        if found is None:
            raise EvaluationFailed("ValueError", "the value is not in the sequence")
        return found

    return run


def _find(element: Type) -> Callable[[Tank, Items, Value], int | None]:
    """The first place of a value."""
    same, size = element_equality(element), measure(element) or _no_size

    def run(tank: Tank, xs: Items, value: Value) -> int | None:
        for i, x in enumerate(xs):
            tank.pay(1)
            if same(tank, x, value):
                return i
        return None

    def search(tank: Tank, xs: Items, value: Value) -> int | None:
        tank.pay_items(len(xs) * (1 + size(value)))
        return xs.index(value) if value in xs else None

    return search if _by_python(element) else run


def _remove(signature: Signature) -> Function:
    index = _index(signature)
    return lambda tank, xs, value: _delete_at(tank, xs, index(tank, xs, value))


def _count(signature: Signature) -> Function:
    element = element_of(signature)
    same, size = element_equality(element), measure(element) or _no_size

    def run(tank: Tank, xs: Items, value: Value) -> int:
        tank.pay(len(xs))
        return sum(same(tank, x, value) for x in xs)

    def search(tank: Tank, xs: Items, value: Value) -> int:
        tank.pay_items(len(xs) * (1 + size(value)))
        return xs.count(value)

    return search if _by_python(element) else run


# ── Views as other collections ────────────────────────────────────────────────────────────────


def _to_set(signature: Signature) -> Function:
    guard = key_guard(element_of(signature))

    def run(tank: Tank, xs: Items) -> Value:
        tank.pay_items(len(xs))
        for x in xs:
            guard(x)
        return frozenset(xs)

    return run


def _distinct(tank: Tank, xs: Items) -> bool:
    tank.pay_items(len(xs))
    _refuse_nans(xs)
    return len(set(xs)) == len(xs)


def _is_permutation(tank: Tank, xs: Items, ys: Items) -> bool:
    tank.pay_items(len(xs) + len(ys))
    _refuse_nans(xs)
    _refuse_nans(ys)
    return Counter(xs) == Counter(ys)


def _refuse_nans(xs: Items) -> None:
    for x in xs:
        if not isinstance(x, int | str):
            refuse_nan(x)


SEQUENCES: Final[dict[str, Meaning]] = {
    "seq.len": plain(len),
    "seq.at": plain(_at),
    "seq.at_neg": plain(_at_neg),
    "seq.update": sized(_update),
    "seq.update_neg": sized(_update_neg),
    "seq.slice": sized(_slice),
    "seq.slice_from": sized(_slice_from),
    "seq.slice_to": sized(_slice_to),
    "seq.slice_step": sized(_slice_step),
    "seq.subslice": sized(_subslice),
    "seq.replace_slice": sized(_replace_slice),
    "seq.concat": sized(_concat),
    "seq.repeat": sized(_repeat),
    "seq.append": sized(_append),
    "seq.insert": sized(_insert),
    "seq.insert_at": sized(_insert_at),
    "seq.pop_last": sized(_pop_last),
    "seq.pop_at": sized(_pop_at),
    "seq.delete_at": sized(_delete_at),
    "seq.delete_slice": sized(_delete_slice),
    "seq.remove": typed(_remove, sized=True),
    "seq.swap": sized(_swap),
    "seq.contains": typed(_contains, sized=True),
    "seq.index": typed(_index, sized=True),
    "seq.count": typed(_count, sized=True),
    "seq.reverse": sized(_reverse),
    "seq.enumerate": sized(_enumerate),
    "seq.zip": sized(_zip),
    "seq.zip3": sized(_zip),
    "seq.range": sized(_range),
    "seq.flatten": sized(_flatten),
    "seq.windows": sized(_windows),
    "seq.chunks": sized(_chunks),
    "seq.is_permutation": sized(_is_permutation),
    "seq.distinct": sized(_distinct),
    "seq.to_set": typed(_to_set, sized=True),
}
"""Operators on sequences that neither order nor add up the elements."""
