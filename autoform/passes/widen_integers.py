"""Machine integers as `Int`, with their ranges as obligations.

Before:

    fn next(x: i64) -> i64 { return x + 1; }

A proof that relates two functions wants their variables to be of one type. Every operation that
may overflow is done in `Int`, and narrowed and widened again: that it fits is an obligation then,
where overflow was one. The range of a parameter becomes a precondition, that of a result a
postcondition.

After:

    fn next(x: Int) -> Int requires -9223372036854775808 <= x && … {
      return int.widen(int.narrow::<i64>(x + 1));
    }

What has no form here raises `NoForm`; nothing is approximated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, Final, cast, get_args
from typing import TypeVar as Parameter

from autoform.ir import exprs as ir
from autoform.ir.build import compare, conjunction, in_range, integer
from autoform.ir.decls import Contract, Function, Module
from autoform.ir.exprs import (
    Apply,
    Binder,
    Expr,
    IfExpr,
    NoneLit,
    Quant,
    Quantifier,
    Var,
    type_of,
)
from autoform.ir.node import Node
from autoform.ir.ops import OPS, SignatureError, apply, result_type
from autoform.ir.stmts import Clause, Origin
from autoform.ir.traversal import map_children, rewrite, walk
from autoform.ir.types import (
    INT,
    MachineIntType,
    SeqType,
    StrType,
    Type,
    TypeVar,
    map_parts,
    walk_type,
)

__all__ = [
    "NoForm",
    "exact",
    "has_machine",
    "range_of",
    "uses_machine",
    "widen_function",
    "widen_type",
    "widened_module",
    "without_narrowing",
]

_CHECKED: Final = frozenset(
    {"add", "sub", "mul", "neg", "abs", "floor_div", "trunc_div", "euclid_div", "int.pow"}
)
_PLAIN: Final = frozenset(
    {"eq", "ne", "lt", "le", "gt", "ge", "min2", "max2", "floor_mod", "int.signum"}
    | {"int.bit_and", "int.bit_or", "int.bit_xor", "int.gcd", "int.isqrt", "int.as_float"}
    | {"int.bit_length", "int.bit_count", "int.compare_float"}
)
_REMAINDERS: Final = {"trunc_rem": "trunc_div", "euclid_mod": "euclid_div"}
_NATURAL: Final = {
    "floor_div": "floor_div",
    "trunc_div": "floor_div",
    "euclid_div": "floor_div",
    "floor_mod": "floor_mod",
    "trunc_rem": "floor_mod",
    "euclid_mod": "floor_mod",
}
"""Of numbers that are not negative there is but one division, and it never overflows."""
_FREE: Final = frozenset({"T", "U", "K", "V", "Ordered"})
_LONGEST: Final = (1 << 63) - 1
"""A vector or text of Rust has at most `isize::MAX` elements: std documents it."""
_INDEX_BITS: Final = 64
_TYPES: Final = get_args(Type)
_N = Parameter("_N", bound=Node)


class NoForm(Exception):
    """An operation on machine integers that is not written in `Int` here."""


def widen_type(type_: Type) -> Type:
    """The type with `Int` for every machine integer."""
    return INT if isinstance(type_, MachineIntType) else map_parts(type_, widen_type)


def has_machine(type_: Type) -> bool:
    """Whether a machine integer is in the type."""
    return any(isinstance(part, MachineIntType) for part in walk_type(type_))


def widened_module(module: Module) -> Module:
    """The module without machine integers."""
    return replace(
        module,
        functions=tuple(map(widen_function, module.functions)),
        records=tuple(_Widener(checked=True).node(each) for each in module.records),
        enums=tuple(
            replace(
                each,
                variants=tuple(
                    replace(v, items=tuple(map(widen_type, v.items))) for v in each.variants
                ),
            )
            for each in module.enums
        ),
        consts=(),
    )


def widen_function(function: Function) -> Function:
    """The function without machine integers, and without constants of the module to read."""
    wide = _Widener(checked=True).node(function)
    ranges = [
        Clause(condition, Origin.TYPE)
        for param in function.params
        for condition in range_of(Var(param.name, widen_type(param.type)), param.type, param.name)
    ]
    result = ir.ResultValue(widen_type(function.result))
    ensures = wide.contract.ensures
    if isinstance(function.result, MachineIntType):
        ensures = (*ensures, Clause(in_range(result, function.result), Origin.TYPE))
    contract: Contract = replace(
        wide.contract, requires=(*ranges, *wide.contract.requires), ensures=ensures
    )
    widened: Function = replace(wide, contract=contract)
    return widened


def exact(node: _N) -> _N:
    """The node in `Int`: nothing overflows, no cast loses anything, no variable has a range."""
    return cast(_N, _Widener(checked=False).node(node))


def range_of(value: Expr, type_: Type, name: str) -> Iterator[Expr]:
    """What holds of a widened value because of the type that it had."""
    match type_:
        case MachineIntType():
            yield in_range(value, type_)
        case SeqType(element):
            yield compare("le", apply("seq.len", value), integer(_LONGEST))
            item = Binder(f"{name}_item", widen_type(element))
            inner = tuple(range_of(Var(item.name, item.type), element, item.name))
            if inner:
                yield Quant(Quantifier.FORALL, item, value, conjunction(inner))
        case StrType():
            yield compare("le", apply("str.len", value), integer(_LONGEST))
        case _:
            return  # less is known, so less can be proved


def without_narrowing(node: _N) -> _N:
    """The widened node without its obligations: the same wherever none of them fails.

    Casts that lose something stay, as do operations on the bits of one width.
    """

    def change(part: Node) -> Node:
        match part:
            case Apply("int.widen", (Apply("int.narrow", (value,)),)):
                return value
            case _:
                return part

    return rewrite(node, change)


@dataclass(frozen=True, slots=True)
class _Widener:
    """With `checked`, what may overflow is narrowed; without it, no cast loses anything."""

    checked: bool

    def node(self, node: Any) -> Any:  # noqa: ANN401 - a node of the same class, or an expression
        """The node in `Int`."""
        if isinstance(node, Apply):
            node = _with_plain_index(node)
            types = (*map(type_of, node.args), node.type)
            if any(map(has_machine, types)):
                return self._apply(node, types)
        inner = map_children(node, self.node)
        changed = {
            each.name: widen_type(value)
            for each in fields(inner)
            if isinstance(value := getattr(inner, each.name), _TYPES) and has_machine(value)
        }
        return replace(inner, **changed) if changed else inner

    def _apply(self, node: Apply, types: tuple[Type, ...]) -> Expr:
        args = tuple(cast(Expr, self.node(arg)) for arg in node.args)
        name, kind = node.op, node.type
        if name == "int.widen" or (name == "int.wrap" and not self.checked):
            return args[0]
        if name in ("int.wrap", "int.narrow") and _is_wider(kind, types[0]):
            return args[0]
        if name in _NATURAL and all(map(_is_unsigned, types)):
            return replace(node, op=_NATURAL[name], args=args, type=INT)
        if name == "int.machine_shr" and _is_shift(args[1], types[0]):
            return replace(node, op="int.shr", args=args, type=INT)
        if name == "int.narrow" or name in _CHECKED:
            done = args[0] if name == "int.narrow" else replace(node, args=args, type=INT)
            return self._fitting(done, kind)
        if name in _PLAIN:
            return replace(node, args=args, type=widen_type(kind))
        if name in _REMAINDERS:
            return self._remainder(node, args, types[0])
        if name == "int.wrap" and isinstance(kind, MachineIntType):
            return _wrapped(args[0], kind)
        if name in ("int.abs_diff", "int.unsigned_abs"):
            return apply("abs", apply("sub", *args) if len(args) == 2 else args[0])
        if (found := _family(name)) is not None and isinstance(types[0], MachineIntType):
            return _by_family(*found, args, types[0])
        if _is_parametric(node):
            return replace(node, args=args, type=widen_type(kind))
        if not self.checked and _is_known_of_int(name, args):
            return apply(name, *args)
        return _narrowed(node, args, types)

    def _fitting(self, value: Expr, type_: Type) -> Expr:
        """The value, which has to fit the type."""
        if not isinstance(type_, MachineIntType) or not self.checked:
            return value
        return apply("int.widen", Apply("int.narrow", (value,), type_, span=value.span))

    def _remainder(self, node: Apply, args: tuple[Expr, ...], type_: Type) -> Expr:
        """`MIN % -1` overflows although its result would fit."""
        plain = replace(node, args=args, type=INT)
        signed = isinstance(type_, MachineIntType) and type_.signed
        harmless = isinstance(args[1], ir.IntLit) and args[1].value != -1
        if not signed or not self.checked or harmless:
            return plain
        quotient = self._fitting(apply(_REMAINDERS[node.op], *args), type_)
        return IfExpr(compare("eq", quotient, quotient), plain, plain)


def _is_unsigned(type_: Type) -> bool:
    return isinstance(type_, MachineIntType) and not type_.signed


def _with_plain_index(node: Apply) -> Apply:
    """`xs[i as usize]` as `xs[i]`: of a negative `i` both are out of bounds.

    It becomes 2^63 or more, and no vector is as long.
    """
    match node:
        case Apply(
            "seq.at" | "seq.update",
            (items, Apply("int.widen", (Apply("int.wrap", (index,), to),)), *rest),
        ) if _is_index(to) and _is_signed_index(type_of(index)):
            return replace(node, args=(items, apply("int.widen", index), *rest))
        case _:
            return node


def _is_index(type_: Type) -> bool:
    return isinstance(type_, MachineIntType) and not type_.signed and type_.bits == _INDEX_BITS


def _is_signed_index(type_: Type) -> bool:
    return isinstance(type_, MachineIntType) and type_.signed and type_.bits <= _INDEX_BITS


def _is_wider(type_: Type, given: Type) -> bool:
    """Whether every value of a machine integer is one of the other."""
    return (
        isinstance(type_, MachineIntType)
        and isinstance(given, MachineIntType)
        and type_.minimum <= given.minimum
        and given.maximum <= type_.maximum
    )


def _is_shift(by: Expr, type_: Type) -> bool:
    return (
        isinstance(by, ir.IntLit)
        and isinstance(type_, MachineIntType)
        and 0 <= by.value < type_.bits
    )


def _wrapped(value: Expr, type_: MachineIntType) -> Expr:
    return apply("int.widen", Apply("int.wrap", (value,), type_, span=value.span))


def _family(name: str) -> tuple[str, str] | None:
    """`int.wrapping_add` as `wrapping` and `add`."""
    for kind in ("wrapping", "checked", "saturating"):
        for op in ("add", "sub", "mul", "neg"):
            if name == f"int.{kind}_{op}":
                return kind, op
    return None


def _by_family(kind: str, op: str, args: tuple[Expr, ...], type_: MachineIntType) -> Expr:
    exact = apply(op, *args)
    if kind == "wrapping":
        return _wrapped(exact, type_)
    if kind == "checked":
        return IfExpr(in_range(exact, type_), apply("option.some", exact), NoneLit(INT))
    return apply("min2", apply("max2", exact, integer(type_.minimum)), integer(type_.maximum))


def _is_known_of_int(name: str, args: tuple[Expr, ...]) -> bool:
    """Whether the operator is one of `Int` too: a sum, a power, a shift."""
    try:
        result_type(OPS[name], tuple(map(type_of, args)))
    except SignatureError:
        return False
    return True


def _is_parametric(node: Apply) -> bool:
    """Whether the operator treats values of all types alike, so that integers may be wider."""
    op = OPS[node.op]
    names = {
        t.name for p in (*op.params, op.result) for t in walk_type(p) if isinstance(t, TypeVar)
    }
    return names <= _FREE


def _narrowed(node: Apply, args: tuple[Expr, ...], types: tuple[Type, ...]) -> Expr:
    """The operation on machine integers as it is; its arguments fit because they always did."""
    given: list[Expr] = []
    for arg, type_ in zip(args, types, strict=False):
        if isinstance(type_, MachineIntType):
            given.append(Apply("int.narrow", (arg,), type_))
        elif has_machine(type_):
            raise NoForm(f"`{node.op}` on `{type_}`")
        else:
            given.append(arg)
    if isinstance(node.type, MachineIntType):
        return apply("int.widen", replace(node, args=tuple(given)))
    if has_machine(node.type):
        raise NoForm(f"`{node.op}`")
    return replace(node, args=tuple(given))


def uses_machine(module: Module) -> bool:
    """Whether any declaration speaks of machine integers."""
    return any(
        isinstance(value := getattr(node, each.name), _TYPES) and has_machine(value)
        for top in (*module.functions, *module.records, *module.enums)
        for node in walk(top)
        for each in fields(node)
    )
