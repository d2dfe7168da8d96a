"""Lines of the operators on sequences, sets, maps, options and results."""

from __future__ import annotations

from typing import Final

from autoform.backends.dafny.code import (
    Code,
    Level,
    atom,
    call,
    index,
    infix,
    member,
    relation,
    size,
)
from autoform.backends.dafny.operators.rule import (
    Args,
    Rule,
    bounds,
    function,
    narrowed,
    operand_type,
    operator,
    predicate,
)
from autoform.backends.dafny.order import (
    Unordered,
    greater_function,
    holds_map,
    less_function,
)
from autoform.backends.dafny.unit import Unit, of_class
from autoform.ir.exprs import Apply, IntLit, Lambda, type_of
from autoform.ir.types import (
    FloatType,
    IntType,
    MachineIntType,
    SeqType,
    SetType,
    StrType,
    Type,
)

__all__ = ["COLLECTION_RULES", "OVER_ELEMENTS"]

OVER_ELEMENTS: Final = frozenset(
    {"seq.sort_by", "seq.sort_by_desc", "seq.min_by", "seq.max_by", "seq.last_max_by"}
)
"""Operators that apply their function to elements of their first operand, and to nothing else."""


# ── Sequences ─────────────────────────────────────────────────────────────────────────────────


def _element(type_: Type) -> Type:
    return type_.element if isinstance(type_, SetType) else of_class(type_, SeqType).element


def _comparable(unit: Unit, type_: Type) -> None:
    """Elements are compared by Dafny's `==`, which must be the equality of the IR."""
    if unit.ordered_maps and holds_map(type_):
        raise Unordered


def _membership(unit: Unit, expr: Apply, args: Args) -> Code:
    _comparable(unit, operand_type(expr, 1))
    return relation("in", args[1], args[0])


def _elementwise(name: str) -> Rule:
    def rule(unit: Unit, expr: Apply, args: Args) -> Code:
        _comparable(unit, operand_type(expr))
        return call(unit.use(name), *args)

    return rule


def _at_neg(unit: Unit, expr: Apply, args: Args) -> Code:
    """`xs[i]`, counted from the end for a literal below zero."""
    place = expr.args[1]
    if isinstance(place, IntLit) and place.value >= 0:
        return index(args[0], args[1].text)
    if isinstance(place, IntLit) and args[0].is_simple:
        return index(args[0], f"{size(args[0]).text} - {-place.value}")
    return call(unit.use("AtNeg"), *args)


def _append(_unit: Unit, _expr: Apply, args: Args) -> Code:
    return infix("+", Level.SUM, args[0], atom(f"[{args[1].text}]"))


def _slice_from(unit: Unit, expr: Apply, args: Args) -> Code:
    if isinstance(expr.args[1], IntLit) and expr.args[1].value == 0:
        return args[0]
    return call(unit.use("SliceFrom"), *args)


def _subslice(_unit: Unit, expr: Apply, args: Args) -> Code:
    """`xs[a..b]`, without the bounds that Dafny takes for granted."""
    low, high = args[1].text, args[2].text
    match expr.args:
        case (whole, _, Apply("seq.len", (other,))) if whole == other:
            high = ""
        case (_, IntLit(0), _):
            low = ""
        case _:
            pass
    return index(args[0], f"{low}..{high}")


def _delete_slice(unit: Unit, _expr: Apply, args: Args) -> Code:
    return call(unit.use("ReplaceSlice"), *args, atom("[]"))


def _on_numbers(on_int: str, machine: str) -> Rule:
    """A total over numbers: of `int`, `real`, or a machine type with its overflow."""

    def rule(unit: Unit, expr: Apply, args: Args) -> Code:
        match expr.type:
            case FloatType():
                return call(unit.use(f"{on_int}Real"), *args)
            case MachineIntType() as type_:
                param = f"(it': {unit.type(type_)}) => it' as int"
                wide = call(unit.use("Map"), *args, Code(param, Level.OPEN))
                return narrowed(unit, call(unit.use(machine), wide, *bounds(type_)), type_)
            case _:
                return call(unit.use(on_int), *args)

    return rule


def _sorted(unit: Unit, expr: Apply, args: Args) -> Code:
    element = _element(operand_type(expr))
    if isinstance(element, IntType):
        return call(unit.use("Sorted"), *args)
    return call(unit.use("SortBy"), *args, less_function(unit, element))


def _sorted_desc(unit: Unit, expr: Apply, args: Args) -> Code:
    """What the order does not tell apart is the same value, so stability shows nowhere."""
    return call(unit.use("Reverse"), _sorted(unit, expr, args))


def _is_sorted(unit: Unit, expr: Apply, args: Args) -> Code:
    element = _element(operand_type(expr))
    match element:
        case IntType():
            return call(unit.use("IsSorted"), *args)
        case FloatType():
            return call(unit.use("IsSortedReal"), *args)
        case _:
            return call(unit.use("IsSortedBy"), *args, less_function(unit, element))


def _key_type(expr: Apply) -> Type:
    return type_of(of_class(expr.args[1], Lambda).body)


def _by_key(name: str, *, greatest: bool = False) -> Rule:
    def rule(unit: Unit, expr: Apply, args: Args) -> Code:
        order = greater_function if greatest else less_function
        return call(unit.use(name), *args, order(unit, _key_type(expr)))

    return rule


def _extreme(on_int: str, *, greatest: bool) -> Rule:
    def rule(unit: Unit, expr: Apply, args: Args) -> Code:
        element = _element(operand_type(expr))
        if isinstance(element, IntType):
            return call(unit.use(on_int), *args)
        order = greater_function if greatest else less_function
        return call(unit.use("FirstBy"), *args, order(unit, element))

    return rule


def _to_map(unit: Unit, _expr: Apply, args: Args) -> Code:
    return call(unit.use("DictOf" if unit.ordered_maps else "MapOf"), *args)


_SEQUENCES: Final[dict[str, Rule]] = {
    "seq.len": lambda _unit, _expr, args: size(*args),
    "seq.at": lambda _unit, _expr, args: index(args[0], args[1].text),
    "seq.at_neg": _at_neg,
    "seq.update": lambda _unit, _expr, args: index(args[0], f"{args[1].text} := {args[2].text}"),
    "seq.update_neg": function("UpdateNeg"),
    "seq.slice": function("Slice"),
    "seq.slice_from": _slice_from,
    "seq.slice_to": function("SliceTo"),
    "seq.slice_step": function("SliceStep"),
    "seq.subslice": _subslice,
    "seq.replace_slice": function("ReplaceSlice"),
    "seq.concat": operator("+", Level.SUM),
    "seq.repeat": function("Repeat"),
    "seq.append": _append,
    "seq.insert": function("Insert"),
    "seq.insert_at": function("InsertAt"),
    "seq.pop_last": function("PopLast"),
    "seq.pop_at": function("PopAt"),
    "seq.delete_at": function("DeleteAt"),
    "seq.delete_slice": _delete_slice,
    "seq.remove": _elementwise("Remove"),
    "seq.swap": function("Swap"),
    "seq.contains": _membership,
    "seq.index": _elementwise("IndexOf"),
    "seq.count": _elementwise("CountOf"),
    "seq.reverse": function("Reverse"),
    "seq.sorted": _sorted,
    "seq.sorted_desc": _sorted_desc,
    "seq.sort_by": _by_key("SortByKey"),
    "seq.sort_by_desc": _by_key("SortByKey", greatest=True),
    "seq.sum": _on_numbers("Sum", "MachineSum"),
    "seq.product": _on_numbers("Product", "MachineProduct"),
    "seq.min": _extreme("MinOf", greatest=False),
    "seq.max": _extreme("MaxOf", greatest=True),
    "seq.min_by": _by_key("FirstByKey"),
    "seq.max_by": _by_key("FirstByKey", greatest=True),
    "seq.last_max_by": _by_key("LastByKey"),
    "seq.fold": function("Fold"),
    "seq.enumerate": function("Enumerate"),
    "seq.zip": function("Zip"),
    "seq.zip3": function("Zip3"),
    "seq.range": function("Range"),
    "seq.flatten": function("Flatten"),
    "seq.windows": function("Windows"),
    "seq.chunks": function("Chunks"),
    "seq.is_permutation": _elementwise("IsPermutation"),
    "seq.is_sorted": _is_sorted,
    "seq.distinct": _elementwise("Distinct"),
    "seq.to_set": _elementwise("ToSet"),
    "seq.to_map": _to_map,
    "seq.fsum": function("SumReal"),
}


# ── Sets ──────────────────────────────────────────────────────────────────────────────────────


def _set_without(_unit: Unit, _expr: Apply, args: Args) -> Code:
    return infix("-", Level.SUM, args[0], atom("{" + args[1].text + "}"))


def _set_with(_unit: Unit, _expr: Apply, args: Args) -> Code:
    return infix("+", Level.SUM, args[0], atom("{" + args[1].text + "}"))


def _set_extreme(on_int: str, *, greatest: bool) -> Rule:
    def rule(unit: Unit, expr: Apply, args: Args) -> Code:
        element = _element(operand_type(expr))
        if isinstance(element, IntType):
            return call(unit.use(on_int), *args)
        if isinstance(element, StrType):
            return call(unit.use(f"{on_int}Text"), *args)
        order = greater_function if greatest else less_function
        return call(unit.use("SetFirst"), *args, order(unit, element))

    return rule


def _set_sum(unit: Unit, expr: Apply, args: Args) -> Code:
    if isinstance(expr.type, MachineIntType):
        raise Unordered  # whether it overflows depends on an order that does not exist
    return call(unit.use("SetSum"), *args)


def _set_sorted(unit: Unit, expr: Apply, args: Args) -> Code:
    element = _element(operand_type(expr))
    if isinstance(element, IntType):
        return call(unit.use("SetSorted"), *args)
    if isinstance(element, StrType):
        return call(unit.use("SetSortedText"), *args)
    return call(unit.use("SetSortedBy"), *args, less_function(unit, element))


_SETS: Final[dict[str, Rule]] = {
    "set.len": lambda _unit, _expr, args: size(*args),
    "set.contains": _membership,
    "set.add": _set_with,
    "set.discard": _set_without,
    "set.remove": function("SetRemove"),
    "set.union": operator("+", Level.SUM),
    "set.intersection": operator("*", Level.PRODUCT),
    "set.difference": operator("-", Level.SUM),
    "set.symmetric_difference": function("SymmetricDifference"),
    "set.is_subset": predicate("<="),
    "set.is_proper_subset": predicate("<"),
    "set.is_disjoint": predicate("!!"),
    "set.min": _set_extreme("SetMin", greatest=False),
    "set.max": _set_extreme("SetMax", greatest=True),
    "set.sum": _set_sum,
    "set.sorted": _set_sorted,
}


# ── Maps ──────────────────────────────────────────────────────────────────────────────────────


def _table(unit: Unit, value: Code) -> Code:
    """The Dafny map in a map."""
    return member(value, "values") if unit.ordered_maps else value


def _map_function(name: str) -> Rule:
    """`MapGet` where the order of maps does not show, `DictGet` where it does."""

    def rule(unit: Unit, _expr: Apply, args: Args) -> Code:
        return call(unit.use(("Dict" if unit.ordered_maps else "Map") + name), *args)

    return rule


def _map_len(unit: Unit, _expr: Apply, args: Args) -> Code:
    return size(_table(unit, args[0]))


def _map_contains(unit: Unit, _expr: Apply, args: Args) -> Code:
    return relation("in", args[1], _table(unit, args[0]))


def _map_at(unit: Unit, _expr: Apply, args: Args) -> Code:
    return index(_table(unit, args[0]), args[1].text)


def _map_insert(unit: Unit, _expr: Apply, args: Args) -> Code:
    if unit.ordered_maps:
        return call(unit.use("DictInsert"), *args)
    return index(args[0], f"{args[1].text} := {args[2].text}")


def _map_keys(_unit: Unit, _expr: Apply, args: Args) -> Code:
    return member(args[0], "keys")


def _map_key_set(unit: Unit, _expr: Apply, args: Args) -> Code:
    return member(_table(unit, args[0]), "Keys")


_MAPS: Final[dict[str, Rule]] = {
    "map.len": _map_len,
    "map.contains": _map_contains,
    "map.at": _map_at,
    "map.get": _map_function("Get"),
    "map.get_or": _map_function("GetOr"),
    "map.insert": _map_insert,
    "map.remove": _map_function("Remove"),
    "map.discard": _map_function("Discard"),
    "map.keys": _map_keys,
    "map.values": function("DictValues"),
    "map.items": function("DictItems"),
    "map.key_set": _map_key_set,
    "map.merge": _map_function("Merge"),
}


# ── Options and results ───────────────────────────────────────────────────────────────────────


def _constructor(type_name: str, name: str) -> Rule:
    def rule(unit: Unit, _expr: Apply, args: Args) -> Code:
        unit.use(type_name)
        return call(name, *args)

    return rule


def _member(name: str) -> Rule:
    return lambda _unit, _expr, args: member(args[0], name)


_OPTIONS: Final[dict[str, Rule]] = {
    "option.some": _constructor("Option", "Some"),
    "option.is_some": _member("Some?"),
    "option.is_none": _member("None?"),
    "option.unwrap": _member("value"),
    "option.unwrap_or": function("UnwrapOr"),
    "result.ok": _constructor("Result", "Ok"),
    "result.err": _constructor("Result", "Err"),
    "result.is_ok": _member("Ok?"),
    "result.unwrap": _member("value"),
    "result.unwrap_err": _member("error"),
}

COLLECTION_RULES: Final[dict[str, Rule]] = {**_SEQUENCES, **_SETS, **_MAPS, **_OPTIONS}
