"""Sets, maps, options and results."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import Final, TypeAlias, cast

from autoform.ir.types import MachineIntType, MapType, SeqType, SetType, TupleType, Type
from autoform.semantics.failure import EvaluationFailed, Tank, outside
from autoform.semantics.meaning import Function, Meaning, Signature, plain, sized, typed
from autoform.semantics.ops.integers import overflow
from autoform.semantics.ops.keys import key_guard
from autoform.semantics.ops.sorting import sorter
from autoform.semantics.values import NONE, Err, MapValue, NoneValue, Ok, Some, Value

Elements: TypeAlias = AbstractSet[Value]
Entries: TypeAlias = Mapping[Value, Value]


def key_error() -> EvaluationFailed:
    """What a missing element or key raises."""
    return EvaluationFailed("KeyError", "no such key")


# ── Sets ──────────────────────────────────────────────────────────────────────────────────────


def _contains(xs: Elements, value: Value) -> bool:
    return value in xs


def _add(signature: Signature) -> Function:
    guard = key_guard(cast(SetType, signature.args[0]).element)

    def run(tank: Tank, xs: Elements, value: Value) -> Value:
        guard(value)
        tank.pay_items(len(xs))
        return frozenset(xs) | {value}

    return run


def _discard(tank: Tank, xs: Elements, value: Value) -> Value:
    tank.pay_items(len(xs))
    return frozenset(xs) - {value}


def _remove(tank: Tank, xs: Elements, value: Value) -> Value:
    if value not in xs:
        raise key_error()
    return _discard(tank, xs, value)


def _set_operation(compute: Callable[[frozenset[Value], frozenset[Value]], Value]) -> Meaning:
    def run(tank: Tank, xs: frozenset[Value], ys: frozenset[Value]) -> Value:
        tank.pay_items(len(xs) + len(ys))
        return compute(xs, ys)

    return sized(run)


def _is_proper_subset(xs: frozenset[Value], ys: frozenset[Value]) -> bool:
    return xs < ys


def _set_sorted(signature: Signature) -> Function:
    in_order = sorter(cast(SetType, signature.args[0]).element)
    return lambda tank, xs: tuple(in_order(tank, xs))


def _set_extreme(place: int) -> Callable[[Signature], Function]:
    def choose(signature: Signature) -> Function:
        in_order = sorter(cast(SetType, signature.args[0]).element)

        def run(tank: Tank, xs: Elements) -> Value:
            if not xs:
                raise EvaluationFailed("ValueError", "least or greatest of an empty set")
            return cast(Value, in_order(tank, xs)[place])

        return run

    return choose


def _set_sum(signature: Signature) -> Function:
    def run(tank: Tank, xs: AbstractSet[int]) -> int:
        tank.pay_items(len(xs))
        return _order_free_sum(xs, signature.result)

    return run


def _order_free_sum(xs: AbstractSet[int], type_: Type) -> int:
    """The sum, where all orders of adding up agree on it; a set has no order."""
    total = sum(xs)
    if isinstance(type_, MachineIntType):
        if not type_.minimum <= total <= type_.maximum:
            raise overflow(type_)
        above, below = sum(x for x in xs if x > 0), sum(x for x in xs if x < 0)
        if above > type_.maximum or below < type_.minimum:
            raise outside("whether the sum overflows depends on the order of the set")
    return total


# ── Maps ──────────────────────────────────────────────────────────────────────────────────────


def _at(entries: Entries, key: Value) -> Value:
    if key not in entries:
        raise key_error()
    return entries[key]


def _get(entries: Entries, key: Value) -> Value:
    return Some(entries[key]) if key in entries else NONE


def _get_or(entries: Entries, key: Value, default: Value) -> Value:
    return entries.get(key, default)


def _insert(signature: Signature) -> Function:
    guard = key_guard(cast(MapType, signature.args[0]).key)

    def run(tank: Tank, entries: Entries, key: Value, value: Value) -> Value:
        guard(key)
        tank.pay_items(len(entries))
        return MapValue({**entries, key: value})

    return run


def _map_discard(tank: Tank, entries: Entries, key: Value) -> Value:
    tank.pay_items(len(entries))
    rest = dict(entries)
    rest.pop(key, None)
    return MapValue(rest)


def _map_remove(tank: Tank, entries: Entries, key: Value) -> Value:
    if key not in entries:
        raise key_error()
    return _map_discard(tank, entries, key)


def _merge(tank: Tank, first: Entries, second: Entries) -> Value:
    tank.pay_items(len(first) + len(second))
    return MapValue({**first, **second})


def _view(compute: Callable[[Entries], Value]) -> Meaning:
    def run(tank: Tank, entries: Entries) -> Value:
        tank.pay_items(len(entries))
        return compute(entries)

    return sized(run)


def _keys(entries: Entries) -> Value:
    return tuple(entries)


def _values(entries: Entries) -> Value:
    return tuple(entries.values())


def _items(entries: Entries) -> Value:
    return tuple(entries.items())


def _key_set(entries: Entries) -> Value:
    return frozenset(entries)


def _to_map(signature: Signature) -> Function:
    pair = cast(TupleType, cast(SeqType, signature.args[0]).element)
    guard = key_guard(pair.items[0])

    def run(tank: Tank, pairs: tuple[tuple[Value, Value], ...]) -> Value:
        tank.pay_items(len(pairs))
        for key, _ in pairs:
            guard(key)
        return MapValue(pairs)

    return run


# ── Options and results ───────────────────────────────────────────────────────────────────────


def _is_some(option: Value) -> bool:
    return isinstance(option, Some)


def _is_none(option: Value) -> bool:
    return isinstance(option, NoneValue)


def _unwrap(option: Value) -> Value:
    if isinstance(option, Some):
        return option.value
    raise EvaluationFailed("TypeError", "none where a value is needed")


def _unwrap_or(option: Value, default: Value) -> Value:
    return option.value if isinstance(option, Some) else default


def _is_ok(result: Value) -> bool:
    return isinstance(result, Ok)


def _unwrap_ok(result: Value) -> Value:
    if isinstance(result, Ok):
        return result.value
    raise EvaluationFailed("Panic", "unwrap of an error")


def _unwrap_err(result: Value) -> Value:
    if isinstance(result, Err):
        return result.value
    raise EvaluationFailed("Panic", "unwrap_err of a success")


SETS: Final[dict[str, Meaning]] = {
    "set.len": plain(len),
    "set.contains": plain(_contains),
    "set.add": typed(_add, sized=True),
    "set.discard": sized(_discard),
    "set.remove": sized(_remove),
    "set.union": _set_operation(frozenset.union),
    "set.intersection": _set_operation(frozenset.intersection),
    "set.difference": _set_operation(frozenset.difference),
    "set.symmetric_difference": _set_operation(frozenset.symmetric_difference),
    "set.is_subset": _set_operation(frozenset.issubset),
    "set.is_proper_subset": _set_operation(_is_proper_subset),
    "set.is_disjoint": _set_operation(frozenset.isdisjoint),
    "set.min": typed(_set_extreme(0), sized=True),
    "set.max": typed(_set_extreme(-1), sized=True),
    "set.sum": typed(_set_sum, sized=True),
    "set.sorted": typed(_set_sorted, sized=True),
}

MAPS: Final[dict[str, Meaning]] = {
    "map.len": plain(len),
    "map.contains": plain(_contains),
    "map.at": plain(_at),
    "map.get": plain(_get),
    "map.get_or": plain(_get_or),
    "map.insert": typed(_insert, sized=True),
    "map.remove": sized(_map_remove),
    "map.discard": sized(_map_discard),
    "map.keys": _view(_keys),
    "map.values": _view(_values),
    "map.items": _view(_items),
    "map.key_set": _view(_key_set),
    "map.merge": sized(_merge),
    "seq.to_map": typed(_to_map, sized=True),
}

OPTIONS: Final[dict[str, Meaning]] = {
    "option.some": plain(Some),
    "option.is_some": plain(_is_some),
    "option.is_none": plain(_is_none),
    "option.unwrap": plain(_unwrap),
    "option.unwrap_or": plain(_unwrap_or),
    "result.ok": plain(Ok),
    "result.err": plain(Err),
    "result.is_ok": plain(_is_ok),
    "result.unwrap": plain(_unwrap_ok),
    "result.unwrap_err": plain(_unwrap_err),
}
