"""The rules on declarations, and the checker's way in: `violations`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Concatenate, Final, ParamSpec, TypeVar

from autoform.ir.decls import ConstDecl, EnumDecl, Function, Module, Param, RecordDecl
from autoform.ir.exprs import (
    Apply,
    BoolLit,
    CharLit,
    FloatLit,
    IntLit,
    MapLit,
    NoneLit,
    RecordLit,
    SeqLit,
    SetLit,
    StrLit,
    TupleLit,
    VariantLit,
)
from autoform.ir.names import BUILT_IN_TYPES
from autoform.ir.node import Node
from autoform.ir.tables import Tables
from autoform.ir.traversal import MAX_DEPTH, depth, walk
from autoform.ir.types import (
    UNIT,
    EnumType,
    RecordType,
    ResultType,
    TupleType,
    Type,
)
from autoform.ir.wellformed.expressions import Scope, check_is
from autoform.ir.wellformed.naming import (
    TypeScope,
    Violated,
    require_identifier,
    require_unique,
)
from autoform.ir.wellformed.report import IllFormed, Violation
from autoform.ir.wellformed.statements import Flow, check_clauses, check_condition, check_measures

_P = ParamSpec("_P")
_D = TypeVar("_D", bound=Node)

_LITERALS: Final = (
    IntLit
    | BoolLit
    | FloatLit
    | CharLit
    | StrLit
    | SeqLit
    | TupleLit
    | SetLit
    | MapLit
    | NoneLit
    | RecordLit
    | VariantLit
)


def require_wellformed(module: Module) -> None:
    """Raise `IllFormed` when the module breaks a rule."""
    if found := violations(module):
        raise IllFormed(found)


def violations(module: Module) -> tuple[Violation, ...]:
    """The rules that the module breaks: the first of each declaration, in source order."""
    return tuple(_violations(module))


def _violations(module: Module) -> Iterator[Violation]:
    tables = Tables.of(module)
    finite = _finite_types(module)
    yield from _attempt(_check_module, module, tables)
    for record in module.records:
        yield from _attempt(_check_record, record, tables, finite)
    for enum in module.enums:
        yield from _attempt(_check_enum, enum, tables, finite)
    tables.consts.clear()  # a constant sees only those before it
    for const in module.consts:
        yield from _attempt(_check_const, const, tables)
        tables.consts.setdefault(const.name, const)
    for function in module.functions:
        yield from _attempt(_check_function, function, tables)


def _attempt(
    check: Callable[Concatenate[_D, _P], None], declaration: _D, *args: _P.args, **kwargs: _P.kwargs
) -> Iterator[Violation]:
    try:
        check(declaration, *args, **kwargs)
    except Violated as violated:
        yield Violation(violated.message, violated.node, declaration)


def _check_module(module: Module, _: Tables) -> None:
    require_unique((each.name for each in module.functions), "function", module)
    types: tuple[RecordDecl | EnumDecl, ...] = (*module.records, *module.enums)
    require_unique((each.name for each in types), "type", module)
    require_unique((each.name for each in module.consts), "constant", module)


def _type_scope(declaration: Function | RecordDecl | EnumDecl, tables: Tables) -> TypeScope:
    """Check the type parameters, and open the scope in which they can be named."""
    for name in declaration.type_params:
        _require_type_name(name, declaration)
        if name in tables.records or name in tables.enums:
            raise Violated(declaration, f"the type parameter {name} hides a type of the module")
    require_unique(declaration.type_params, "type parameter", declaration)
    return TypeScope(tables, declaration.type_params)


def _require_type_name(name: str, node: Node) -> None:
    require_identifier(name, node)
    if name in BUILT_IN_TYPES:
        raise Violated(node, f"{name} is a built-in type")


def _check_record(record: RecordDecl, tables: Tables, finite: frozenset[str]) -> None:
    _require_type_name(record.name, record)
    types = _type_scope(record, tables)
    require_unique((slot.name for slot in record.fields), "field", record)
    for slot in record.fields:
        require_identifier(slot.name, slot)
        types.check(slot.type, slot)
    _require_finite(record, finite)


def _check_enum(enum: EnumDecl, tables: Tables, finite: frozenset[str]) -> None:
    _require_type_name(enum.name, enum)
    types = _type_scope(enum, tables)
    require_unique((variant.name for variant in enum.variants), "variant", enum)
    for variant in enum.variants:
        require_identifier(variant.name, variant)
        for item in variant.items:
            types.check(item, variant)
    _require_finite(enum, finite)


def _require_finite(declaration: RecordDecl | EnumDecl, finite: frozenset[str]) -> None:
    if declaration.name not in finite:
        raise Violated(declaration, f"{declaration.name} has no value of finite size")


def _finite_types(module: Module) -> frozenset[str]:
    """The records and enums that have a finite value, as the least fixed point."""
    finite: set[str] = set()
    growing = True
    while growing:
        before = len(finite)
        for record in module.records:
            if all(_is_finite(slot.type, finite) for slot in record.fields):
                finite.add(record.name)
        for enum in module.enums:
            if any(all(_is_finite(i, finite) for i in v.items) for v in enum.variants):
                finite.add(enum.name)
        growing = len(finite) > before
    return frozenset(finite)


def _is_finite(type_: Type, finite: set[str]) -> bool:
    match type_:
        case RecordType(name, args) | EnumType(name, args):
            return name in finite and all(_is_finite(arg, finite) for arg in args)
        case TupleType(items):
            return all(_is_finite(item, finite) for item in items)
        case ResultType(ok, err):
            return _is_finite(ok, finite) or _is_finite(err, finite)
        case _:
            return True  # the empty collection, `none`, a number; a type variable by assumption


def _require_depth(declaration: Node) -> None:
    if depth(declaration) > MAX_DEPTH:
        raise Violated(declaration, f"the nodes nest more than {MAX_DEPTH} deep")


def _check_const(const: ConstDecl, tables: Tables) -> None:
    _require_depth(const)
    require_identifier(const.name, const)
    types = TypeScope(tables)
    types.check(const.type, const)
    check_is(Scope(tables, types, calls_allowed=False), const.value, const.type, "the value")


def _check_function(function: Function, tables: Tables) -> None:
    _require_depth(function)
    require_identifier(function.name, function, dotted=True)
    types = _type_scope(function, tables)
    types.check(function.result, function)
    scope = Scope(tables, types, result=function.result)
    for param in function.params:
        scope.declare(param.name, param.type, param)
        _check_default(param, tables, types)
    _check_contract(function, scope)
    flow = Flow(scope, {param.name for param in function.params})
    end = flow.block(function.body, frozenset())
    if end is not None and function.result != UNIT:
        raise Violated(function, "the end of the body is reached without a result")


def _check_default(param: Param, tables: Tables, types: TypeScope) -> None:
    if param.default is None:
        return
    if param.inout:
        raise Violated(param, f"the inout parameter {param.name} has a default")
    for node in walk(param.default):
        is_some = isinstance(node, Apply) and node.op == "option.some"
        if not isinstance(node, _LITERALS) and not is_some:
            raise Violated(node, f"the default of {param.name} is not a literal")
    scope = Scope(tables, types, calls_allowed=False)
    check_is(scope, param.default, param.type, "the default")


def _check_contract(function: Function, scope: Scope) -> None:
    contract = function.contract
    check_clauses(scope, contract.requires)
    for clause in contract.raises:
        require_identifier(clause.exception, clause, dotted=True)
        check_condition(scope, clause.when)
    check_clauses(scope, contract.ensures, old_allowed=True, result_allowed=True)
    check_measures(scope, contract.decreases)
