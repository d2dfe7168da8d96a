r"""Contracts where Rust's tools write them: attributes, and what the types of arrays say.

    #[requires(!xs.is_empty())]                     requires seq.len(xs) != 0
    #[ensures(|result| xs.contains(result))]        ensures seq.contains(xs, \result)
    fn largest(xs: &[i32; 4]) -> i32                requires seq.len(xs) == 4

`requires` and `ensures` are read bare and as those of `core::contracts`, Kani, Prusti, Creusot
and the crate `contracts`. The result is the parameter of a closure, or the name `result`; `old(e)`
is a value at entry; `(a..b).all(|i| …)` and `.any` quantify. Several conditions, and texts that
explain them, may stand in one attribute.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from autoform.frontends.rust import tree
from autoform.frontends.rust.building import NeedsStatements
from autoform.frontends.rust.closures import bind_value
from autoform.frontends.rust.functions import FunctionLift
from autoform.frontends.rust.infer import Infer
from autoform.frontends.rust.lengths import length_conditions
from autoform.frontends.rust.library.tables import function
from autoform.frontends.rust.lower_exprs import lower, operands
from autoform.frontends.rust.lowering import Lower
from autoform.frontends.rust.read_macros import read_snippet_expressions
from autoform.frontends.rust.reader import Reader
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.rust.types import BOOL, USIZE
from autoform.ir import exprs as ir
from autoform.ir.decls import Function
from autoform.ir.ops import apply
from autoform.ir.stmts import Clause, Origin
from autoform.ir.types import INT, RecordType, SeqType, Type

_PATHS: Final = frozenset(
    {
        "",
        "kani",
        "core::contracts",
        "std::contracts",
        "contracts",
        "prusti_contracts",
        "creusot_contracts",
        "creusot_contracts::prelude",
        "creusot_std",
    }
)
_KINDS: Final = frozenset({"requires", "ensures"})


def with_contract(lift: FunctionLift, written: Function, reader: Reader) -> Function:
    """The function with the contract that its attributes and types state. Raises `Refusal`."""
    requires: list[Clause] = []
    ensures: list[Clause] = []
    for param, declared in zip(lift.item.params, written.params, strict=True):
        variable = ir.Var(declared.name, declared.type)
        for condition in (
            *_array_conditions(lift, param.type, variable, frozenset()),
            *length_conditions(variable, partial(_fields, lift), lift.low.fresh),
        ):
            requires.append(Clause(condition, Origin.TYPE, span=declared.span))
    for attribute in lift.item.attributes:
        path = attribute.path.rpartition("::")[0]
        if attribute.name not in _KINDS or path not in _PATHS or attribute.arguments is None:
            continue
        found = requires if attribute.name == "requires" else ensures
        for node in _conditions(reader, attribute):
            condition = _lowered(lift, node, is_ensures=found is ensures)
            span = lift.env.syntax.span(node.start, node.end)
            found.append(Clause(condition, Origin.DECORATOR, span=span))
    if not (requires or ensures):
        return written
    contract = replace(written.contract, requires=tuple(requires), ensures=tuple(ensures))
    return replace(written, contract=contract)


def _conditions(reader: Reader, attribute: tree.Attribute) -> list[tree.Expr]:
    """The conditions in an attribute, without texts that only explain."""
    arguments = attribute.arguments
    assert arguments is not None
    reader.depth = 0
    try:
        found = read_snippet_expressions(reader, arguments.start, arguments.end)
    except Refusal as refusal:
        text = reader.syntax.data[arguments.start : arguments.end].decode("utf-8", "replace")
        message = f"`{text}` is not read"
        raise Refusal("contract-syntax", message, refusal.node) from None
    return [node for node in found if not isinstance(node, tree.StrLiteral)]


def _lowered(lift: FunctionLift, node: tree.Expr, *, is_ensures: bool) -> ir.Expr:
    """A condition over the parameters, and in `ensures` the result."""
    infer = Infer(lift.env, lift.scope, lift.entry.name)
    signature = lift.signature
    infer.contract_result = signature.result
    result = ir.ResultValue(lift.low.result_type) if lift.low.result_type else None
    if is_ensures:
        infer.declare("result", signature.result, mutable=False).bound = result
    for declared, ty in zip(lift.params, signature.params, strict=True):
        local = infer.declare(declared.name, ty, mutable=False)
        local.bound = ir.Var(declared.name, declared.type)
    pattern: tree.Pattern | None = None
    body = node
    if isinstance(node, tree.Closure) and is_ensures and len(node.params) == 1:
        pattern, body = node.params[0][0], node.body
        infer.pattern(pattern, signature.result)
    infer.flows(infer.expr(body, BOOL), BOOL, body)
    infer.settle()
    low = Lower(lift.env, lift.scope, lift.entry.name, lift.low.taken)
    low.frozen.update(declared.name for declared in lift.params)
    low.contract_result = result
    low.stating = True

    def condition() -> ir.Expr:
        if pattern is not None:
            assert result is not None
            bind_value(low, pattern, result)
        return lower(low, body)

    try:
        return low.pure(condition)
    except NeedsStatements:
        message = "a condition that needs statements"
        raise Refusal("contract-syntax", message, node) from None


@function("Contract.old")
def _old(low: Lower, node: tree.Call) -> ir.Expr:
    value = lower(low, node.args[0])
    if low.contract_result is None:
        raise Refusal("contract-syntax", "`old` stands only in contracts", node)
    return ir.Old(value, span=low.span(node))


@function("Contract.implies")
def _implies(low: Lower, node: tree.Call) -> ir.Expr:
    left, right = operands(low, node.args)
    return apply("implies", left, right, span=low.span(node))


# What the types of arrays say.


def _array_conditions(
    lift: FunctionLift, node: tree.TypeTree, value: ir.Expr, inside: frozenset[str]
) -> list[ir.Expr]:
    """That the arrays in a value have the lengths that its type gives them."""
    match node:
        case tree.RefType(inner=inner):
            return _array_conditions(lift, inner, value, inside)
        case tree.ArrayType(element=element, length=length):
            found = _in_elements(lift, element, value, inside)
            if length is not None:
                count = apply("seq.len", value)
                found = [apply("eq", count, _length(lift, length)), *found]
            return found
        case tree.TupleTypeTree(items=items):
            return [
                condition
                for at, item in enumerate(items)
                for condition in _array_conditions(lift, item, ir.TupleGet(value, at), inside)
            ]
        case tree.PathType(segments=("Vec",), args=(element,)):
            return _in_elements(lift, element, value, inside)
        case tree.PathType(segments=(name,)):
            return _in_named(lift, name, value, inside)
        case _:
            return []


def _in_named(
    lift: FunctionLift, name: str, value: ir.Expr, inside: frozenset[str]
) -> list[ir.Expr]:
    items = lift.env.items
    if name == "Self" and isinstance(type_ := ir.type_of(value), RecordType):
        name = type_.name
    if name in inside:
        return []
    if name in items.aliases:
        return _array_conditions(lift, items.aliases[name].type, value, inside | {name})
    struct = items.structs.get(name)
    type_ = ir.type_of(value)
    if struct is None or struct.generics or not isinstance(type_, RecordType):
        return []
    types = lift.env.adts[name].variants[name].types
    return [
        condition
        for (slot, written), ty in zip(struct.fields, types, strict=True)
        for condition in _array_conditions(
            lift, written, ir.FieldGet(value, slot, lift.low.type(ty, struct)), inside | {name}
        )
    ]


def _fields(lift: FunctionLift, type_: RecordType) -> Iterator[tuple[str, Type]]:
    """The fields of a struct without type parameters."""
    struct = lift.env.items.structs.get(type_.name)
    if struct is not None and not struct.generics:
        types = lift.env.adts[type_.name].variants[type_.name].types
        for (slot, _), ty in zip(struct.fields, types, strict=True):
            yield slot, lift.low.type(ty, struct)


def _in_elements(
    lift: FunctionLift, element: tree.TypeTree, value: ir.Expr, inside: frozenset[str]
) -> list[ir.Expr]:
    type_ = ir.type_of(value)
    assert isinstance(type_, SeqType)
    name = lift.low.fresh("each")
    inner = _array_conditions(lift, element, ir.Var(name, type_.element), inside)
    binder = ir.Binder(name, type_.element)
    if not inner:
        return []
    body = inner[0] if len(inner) == 1 else ir.And(tuple(inner))
    return [ir.Quant(ir.Quantifier.FORALL, binder, value, body)]


def _length(lift: FunctionLift, node: tree.Expr) -> ir.Expr:
    infer = Infer(lift.env, lift.scope)
    infer.flows(infer.expr(node, USIZE), USIZE, node)
    low = Lower(lift.env, lift.scope, lift.entry.name, lift.low.taken)
    value = low.pure(partial(lower, low, node))
    return ir.IntLit(value.value, INT) if isinstance(value, ir.IntLit) else low.widen(value)
