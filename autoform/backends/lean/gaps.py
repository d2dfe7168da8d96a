"""What Lean files cannot say: found before printing, with the place and the reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from autoform.backends.lean.operators import BUILT_IN, FORMS
from autoform.backends.lean.types import has_float, is_discrete, type_declarations
from autoform.ir.decls import ConstDecl, EnumDecl, Function, Module
from autoform.ir.exprs import Apply, Call, Lambda, type_of
from autoform.ir.ops import OPS
from autoform.ir.traversal import declared_names, walk
from autoform.ir.types import (
    EnumType,
    FloatType,
    MapType,
    RecordType,
    SetType,
    Type,
    TypeVar,
    match_type,
    parts,
    walk_type,
)
from autoform.passes.purity import may_raise, own_exceptions
from autoform.source import Span

_COMPARES: Final = frozenset(
    {"seq.contains", "seq.count", "seq.index", "seq.remove", "seq.distinct", "seq.is_permutation"}
    | {"seq.to_set", "seq.to_map"}
)
_SORTS: Final = frozenset(
    {"seq.sorted", "seq.sorted_desc", "seq.sort_by", "seq.sort_by_desc", "seq.is_sorted"}
)
_ORDERS: Final = frozenset({"lt", "le", "gt", "ge", "min2", "max2", "seq.min", "seq.max"})


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that cannot be printed."""

    message: str
    span: Span
    help: str | None = None


def gap_in(functions: tuple[Function, ...], module: Module) -> Gap | None:
    """The first gap in the functions that a source function became."""
    return next((gap for function in functions for gap in _gaps(function, module)), None)


def _gaps(function: Function, module: Module) -> Iterator[Gap]:
    for type_ in (function.result, *declared_names(function).values()):
        yield from _in_type(type_, module, function.span)
    for node in walk(function):
        if isinstance(node, Apply):
            yield from _in_application(node, module)
        elif isinstance(node, Call):
            yield from _in_call(node, module)


def _in_type(type_: Type, module: Module, span: Span) -> Iterator[Gap]:
    for part in walk_type(type_):
        if isinstance(part, SetType | MapType) and has_float(parts(part)[0], module):
            yield Gap("floats in a set, or as keys, have no lawful equality in Lean", span)
        if isinstance(part, RecordType | EnumType):
            yield from _in_declaration(part, module, span)


def _in_declaration(type_: RecordType | EnumType, module: Module, span: Span) -> Iterator[Gap]:
    found = next(d for d in type_declarations(module) if d.name == type_.name)
    if isinstance(found, EnumDecl):
        for item in (item for variant in found.variants for item in variant.items):
            if item != EnumType(found.name, tuple(map(TypeVar, found.type_params))) and any(
                isinstance(part, EnumType | RecordType) and part.name == found.name
                for part in walk_type(item)
            ):
                yield Gap(f"`{found.name}` holds itself inside another type", span)


def _in_application(node: Apply, module: Module) -> Iterator[Gap]:
    op, args = node.op, node.args
    if op not in FORMS and op not in BUILT_IN:
        yield Gap(f"`{op}` has no definition in Lean's core library", node.span, OPS[op].doc)
        return
    form = FORMS.get(op)
    exceptions = own_exceptions(node) - {"OverflowError"}
    if form is not None and (form.partial if exceptions else form.total or form.partial) is None:
        yield Gap(f"`{op}` has no definition in Lean that raises", node.span)
    held = [type_of(arg) for arg in args]
    if op in _COMPARES and has_float(held[0], module):
        yield Gap("floats are compared inside a collection", node.span)
    if op in _SORTS and any(has_float(type_, module) for type_ in held):
        yield Gap("floats are sorted, where NaN has no place", node.span)
    if op in _ORDERS and has_float(held[0], module) and not _is_flat(held[0]):
        yield Gap("floats are ordered inside a collection", node.span)
    if op != "seq.fold" and any(isinstance(arg, Lambda) and may_raise(arg.body) for arg in args):
        yield Gap(f"the function given to `{op}` may raise", node.span)
    yield from _in_arithmetic(node)


def _is_flat(type_: Type) -> bool:
    return isinstance(type_, FloatType) or all(isinstance(p, FloatType) for p in parts(type_))


def _in_arithmetic(node: Apply) -> Iterator[Gap]:
    if node.op == "seq.product" and isinstance(node.type, FloatType):
        yield Gap("the product of floats has no definition here", node.span)
    if node.op in {"trunc_rem", "euclid_mod"} and "OverflowError" in own_exceptions(node):
        yield Gap("a remainder that may overflow has no definition here", node.span)


def _in_call(node: Call, module: Module) -> Iterator[Gap]:
    """A generic function decides equality of its type parameters."""
    callee = module.function(node.function)
    bindings: dict[str, Type] = {}
    for param, arg in zip(callee.params, node.args, strict=True):
        match_type(param.type, type_of(arg), bindings)
    if any(not is_discrete(bound, module) for bound in bindings.values()):
        yield Gap(f"`{node.function}` is used at a type without decidable equality", node.span)


def gap_in_constant(constant: ConstDecl, module: Module) -> Gap | None:
    """What keeps a constant from being printed."""
    if may_raise(constant.value):
        return Gap(f"the value of `{constant.name}` may raise", constant.span)
    for node in walk(constant):
        if isinstance(node, Apply):
            for gap in _in_application(node, module):
                return gap
    return next(_in_type(constant.type, module, constant.span), None)
