"""The rules on expressions: each check returns the type that the node's parts give it.

Checks are found by class rather than by `match`, because this runs on every node after every
pass; a test demands that the table is complete.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from autoform.ir.decls import EnumDecl, Function, Variant
from autoform.ir.exprs import (
    And,
    Apply,
    Binder,
    BoolLit,
    Call,
    CharLit,
    Collection,
    Comprehension,
    ConstRef,
    Expr,
    FieldGet,
    FieldUpdate,
    Filter,
    FloatLit,
    Generator,
    IfExpr,
    IntLit,
    IsVariant,
    Lambda,
    Let,
    MapLit,
    NoneLit,
    Old,
    Or,
    Quant,
    RecordLit,
    ResultValue,
    SeqLit,
    SetLit,
    StrLit,
    TupleGet,
    TupleLit,
    Var,
    VariantGet,
    VariantLit,
)
from autoform.ir.node import Node
from autoform.ir.ops import OPS, SignatureError, check_application
from autoform.ir.tables import Tables
from autoform.ir.types import (
    BOOL,
    CHAR,
    FLOAT,
    STR,
    EnumType,
    FnType,
    MachineIntType,
    MapType,
    OptionType,
    RecordType,
    SeqType,
    SetType,
    TupleType,
    Type,
    element_type,
    format_type,
    match_type,
    substitute_type,
)
from autoform.ir.wellformed.naming import (
    TypeScope,
    Violated,
    require_identifier,
    require_shallow,
)

_NOTHING: Final[frozenset[str]] = frozenset()


@dataclass(slots=True)
class Scope:
    """What an expression sees at its place. The checker of statements changes it as it goes."""

    tables: Tables
    types: TypeScope
    visible: dict[str, Type] = field(default_factory=dict)
    unassigned: frozenset[str] = _NOTHING
    declared: set[str] = field(default_factory=set)
    result: Type | None = None
    in_contract: bool = False
    old_allowed: bool = False
    result_allowed: bool = False
    calls_allowed: bool = True

    def declare(self, name: str, type_: Type, node: Node) -> None:
        """Make a new name visible. Raises `Violated` when the function has it already."""
        require_identifier(name, node)
        if name in self.declared:
            raise Violated(node, f"{name} is declared twice in this function")
        self.types.check(type_, node)
        self.declared.add(name)
        self.visible[name] = type_

    @contextmanager
    def binding(self, *binders: Binder) -> Iterator[None]:
        """Make binders visible for a while."""
        for binder in binders:
            self.declare(binder.name, binder.type, binder)
        yield
        for binder in binders:
            del self.visible[binder.name]


def require(node: Node, found: Type, wanted: Type, what: str) -> None:
    """Raise `Violated` when a part has another type than its place asks for."""
    if found != wanted:
        require_shallow(found, node)  # a node may claim any type, and the message prints it
        raise Violated(node, f"{what} is {format_type(found)}, not {format_type(wanted)}")


def check(scope: Scope, expr: Expr) -> Type:
    """The type of the expression. Raises `Violated` at the first rule it breaks."""
    rule = _RULES.get(type(expr))
    if rule is None:
        raise Violated(expr, f"{type(expr).__name__} does not stand as an expression here")
    return rule(scope, expr)


def check_is(scope: Scope, expr: Expr, wanted: Type, what: str) -> None:
    """Check an expression whose type its place decides."""
    found = check(scope, expr)
    if found != wanted:
        require(expr, found, wanted, what)


def _int(_: Scope, expr: IntLit) -> Type:
    type_ = expr.type
    if type(expr.value) is not int:
        raise Violated(expr, f"{expr.value!r} is not an integer")
    if isinstance(type_, MachineIntType) and not type_.minimum <= expr.value <= type_.maximum:
        raise Violated(expr, f"{expr.value} is outside {type_.name}")
    return type_


def _bool(_: Scope, expr: BoolLit) -> Type:
    if type(expr.value) is not bool:
        raise Violated(expr, f"{expr.value!r} is not a boolean")
    return BOOL


def _float(_: Scope, expr: FloatLit) -> Type:
    try:
        canonical = repr(float(expr.text))
    except ValueError:
        canonical = ""
    if canonical != expr.text:
        raise Violated(expr, f"{expr.text!r} is not the shortest form of a double")
    return FLOAT


def _char(_: Scope, expr: CharLit) -> Type:
    if len(expr.value) != 1 or _has_surrogate(expr.value):
        raise Violated(expr, f"{expr.value!r} is not one Unicode scalar value")
    return CHAR


def _str(_: Scope, expr: StrLit) -> Type:
    if _has_surrogate(expr.value):
        raise Violated(expr, f"{expr.value!a} holds a surrogate")
    return STR


def _has_surrogate(text: str) -> bool:
    return not text.isascii() and any("\ud800" <= c <= "\udfff" for c in text)


def _var(scope: Scope, expr: Var) -> Type:
    type_ = scope.visible.get(expr.name)
    if type_ is None:
        raise Violated(expr, f"{expr.name} is not visible here")
    if type_ is not expr.type and type_ != expr.type:
        require(expr, expr.type, type_, f"the variable {expr.name}")
    if expr.name in scope.unassigned:
        raise Violated(expr, f"{expr.name} may be read before it is assigned")
    return type_


def _const(scope: Scope, expr: ConstRef) -> Type:
    declared = scope.tables.consts.get(expr.name)
    if declared is None:
        raise Violated(expr, f"no constant {expr.name} is declared before")
    require(expr, expr.type, declared.type, f"the constant {expr.name}")
    return declared.type


def _seq(scope: Scope, expr: SeqLit) -> Type:
    _items(scope, expr.items, expr.element, expr)
    return SeqType(expr.element)


def _set(scope: Scope, expr: SetLit) -> Type:
    _items(scope, expr.items, expr.element, expr)
    return SetType(expr.element)


def _map(scope: Scope, expr: MapLit) -> Type:
    if len(expr.keys) != len(expr.values):
        raise Violated(expr, f"{len(expr.keys)} keys with {len(expr.values)} values")
    _items(scope, expr.keys, expr.key, expr, "a key")
    _items(scope, expr.values, expr.value, expr, "a value")
    return MapType(expr.key, expr.value)


def _items(
    scope: Scope, items: tuple[Expr, ...], wanted: Type, node: Node, what: str = "an item"
) -> None:
    scope.types.check(wanted, node)
    for item in items:
        check_is(scope, item, wanted, what)


def _tuple(scope: Scope, expr: TupleLit) -> Type:
    return TupleType(tuple([check(scope, item) for item in expr.items]))


def _none(scope: Scope, expr: NoneLit) -> Type:
    scope.types.check(expr.item, expr)
    return OptionType(expr.item)


def _record(scope: Scope, expr: RecordLit) -> Type:
    scope.types.check(expr.type, expr)
    declared = scope.tables.records[expr.type.name]
    if len(expr.fields) != len(declared.fields):
        wanted = len(declared.fields)
        raise Violated(expr, f"{declared.name} has {wanted} fields, not {len(expr.fields)}")
    bindings = dict(zip(declared.type_params, expr.type.args, strict=True))
    for item, slot in zip(expr.fields, declared.fields, strict=True):
        check_is(scope, item, substitute_type(slot.type, bindings), f"the field {slot.name}")
    return expr.type


def _variant(scope: Scope, expr: VariantLit) -> Type:
    scope.types.check(expr.type, expr)
    items = _payload(scope.tables, expr.type, expr.variant, expr)
    if len(expr.args) != len(items):
        raise Violated(expr, f"{expr.variant} holds {len(items)} items, not {len(expr.args)}")
    for arg, wanted in zip(expr.args, items, strict=True):
        check_is(scope, arg, wanted, "an item")
    return expr.type


def _payload(tables: Tables, type_: EnumType, name: str, node: Node) -> tuple[Type, ...]:
    declared = tables.enums[type_.name]
    bindings = dict(zip(declared.type_params, type_.args, strict=True))
    variant = _variant_named(declared, name, node)
    return tuple(substitute_type(item, bindings) for item in variant.items)


def _variant_named(declared: EnumDecl, name: str, node: Node) -> Variant:
    for variant in declared.variants:
        if variant.name == name:
            return variant
    raise Violated(node, f"{declared.name} has no variant {name}")


def _field_get(scope: Scope, expr: FieldGet) -> Type:
    type_ = _field_type(scope, check(scope, expr.record), expr)
    require(expr, expr.type, type_, f"the field {expr.field}")
    return type_


def _field_update(scope: Scope, expr: FieldUpdate) -> Type:
    record = check(scope, expr.record)
    wanted = _field_type(scope, record, expr)
    check_is(scope, expr.value, wanted, f"the field {expr.field}")
    return record


def _field_type(scope: Scope, record: Type, node: FieldGet | FieldUpdate) -> Type:
    if not isinstance(record, RecordType):
        raise Violated(node, f"{format_type(record)} is not a record")
    declared = scope.tables.records[record.name]
    for slot in declared.fields:
        if slot.name == node.field:
            bindings = dict(zip(declared.type_params, record.args, strict=True))
            return substitute_type(slot.type, bindings)
    raise Violated(node, f"{record.name} has no field {node.field}")


def _tuple_get(scope: Scope, expr: TupleGet) -> Type:
    found = check(scope, expr.tuple)
    if not isinstance(found, TupleType) or not 0 <= expr.index < len(found.items):
        raise Violated(expr, f"{format_type(found)} has no item {expr.index}")
    return found.items[expr.index]


def _is_variant(scope: Scope, expr: IsVariant) -> Type:
    enum = _enum(scope, expr.value)
    _variant_named(scope.tables.enums[enum.name], expr.variant, expr)
    return BOOL


def _variant_get(scope: Scope, expr: VariantGet) -> Type:
    items = _payload(scope.tables, _enum(scope, expr.value), expr.variant, expr)
    if not 0 <= expr.index < len(items):
        raise Violated(expr, f"{expr.variant} has no item {expr.index}")
    require(expr, expr.type, items[expr.index], "the payload item")
    return expr.type


def _enum(scope: Scope, value: Expr) -> EnumType:
    found = check(scope, value)
    if not isinstance(found, EnumType):
        raise Violated(value, f"{format_type(found)} is not an enum")
    return found


def _apply(scope: Scope, expr: Apply) -> Type:
    op = OPS.get(expr.op)
    if op is None:
        raise Violated(expr, f"there is no operator {expr.op}")
    if expr.op == "implies" and not scope.in_contract:
        raise Violated(expr, "`implies` stands only in contracts")
    args = tuple(
        [_lambda(scope, arg) if type(arg) is Lambda else check(scope, arg) for arg in expr.args]
    )
    scope.types.check(expr.type, expr)
    if message := _application_fault(expr.op, args, expr.type):
        raise Violated(expr, message)
    for arg, wanted in zip(expr.args, op.params, strict=True):
        if type(arg) is Lambda and not isinstance(wanted, FnType):
            raise Violated(arg, f"{expr.op} takes no function here")
    return expr.type


@lru_cache(maxsize=4096)
def _application_fault(op: str, args: tuple[Type, ...], result: Type) -> str:
    try:
        check_application(OPS[op], args, result)
    except SignatureError as error:
        return str(error)
    return ""


def _lambda(scope: Scope, expr: Lambda) -> Type:
    with scope.binding(*expr.params):
        return FnType(tuple(p.type for p in expr.params), check(scope, expr.body))


def _call(scope: Scope, expr: Call) -> Type:
    if not scope.calls_allowed:
        raise Violated(expr, "a constant calls no function")
    function = scope.tables.functions.get(expr.function)
    if function is None:
        raise Violated(expr, f"no function {expr.function} is declared")
    if any(param.inout for param in function.params):
        raise Violated(expr, f"{expr.function} has inout parameters: only a statement calls it")
    scope.types.check(expr.type, expr)
    args = [check(scope, arg) for arg in expr.args]
    check_signature(function, args, expr.type, expr)
    return expr.type


def check_signature(function: Function, args: list[Type], result: Type | None, node: Node) -> None:
    """Raise `Violated` unless the types fit the signature; a result of `None` is not asked for."""
    if len(args) != len(function.params):
        wanted = len(function.params)
        raise Violated(node, f"{function.name} takes {wanted} arguments, not {len(args)}")
    bindings: dict[str, Type] = {}
    for param, found in zip(function.params, args, strict=True):
        if not match_type(param.type, found, bindings):
            require(node, found, substitute_type(param.type, bindings), f"argument {param.name}")
            raise Violated(node, f"argument {param.name} does not fit")
    if result is not None and not match_type(function.result, result, bindings):
        found = substitute_type(function.result, bindings)
        raise Violated(
            node, f"{function.name} gives {format_type(found)}, not {format_type(result)}"
        )


def _junction(scope: Scope, expr: And | Or) -> Type:
    if len(expr.items) < 2:
        raise Violated(expr, f"{type(expr).__name__} has fewer than two items")
    for item in expr.items:
        check_is(scope, item, BOOL, "an item")
    return BOOL


def _if(scope: Scope, expr: IfExpr) -> Type:
    check_is(scope, expr.condition, BOOL, "the condition")
    type_ = check(scope, expr.then)
    check_is(scope, expr.orelse, type_, "the other branch")
    return type_


def _let(scope: Scope, expr: Let) -> Type:
    value = check(scope, expr.value)
    with scope.binding(Binder(expr.name, value, span=expr.span)):
        return check(scope, expr.body)


def _quant(scope: Scope, expr: Quant) -> Type:
    domain = check(scope, expr.domain)
    _bind_element(expr.binder, domain)
    with scope.binding(expr.binder):
        check_is(scope, expr.body, BOOL, "the body")
    return BOOL


def _bind_element(binder: Binder, domain: Type) -> None:
    element = element_type(domain)
    if element is None:
        raise Violated(binder, f"{format_type(domain)} is not a collection")
    require(binder, binder.type, element, f"the element {binder.name}")


def _comprehension(scope: Scope, expr: Comprehension) -> Type:
    if not expr.clauses or not isinstance(expr.clauses[0], Generator):
        raise Violated(expr, "a comprehension starts with a generator")
    if (expr.key is not None) != (expr.kind is Collection.MAP):
        raise Violated(expr, "a key belongs to a map, and to a map only")
    bound: list[str] = []
    for clause in expr.clauses:
        if isinstance(clause, Filter):
            check_is(scope, clause.condition, BOOL, "the filter")
        else:
            check_ordered_source(
                clause.binder,
                check(scope, clause.source),
                set_allowed=expr.kind is Collection.SET,
            )
            scope.declare(clause.binder.name, clause.binder.type, clause.binder)
            bound.append(clause.binder.name)
    key = check(scope, expr.key) if expr.key is not None else None
    element = check(scope, expr.element)
    for name in bound:
        del scope.visible[name]
    if key is not None:
        return MapType(key, element)
    return SeqType(element) if expr.kind is Collection.SEQ else SetType(element)


def check_ordered_source(binder: Binder, source: Type, *, set_allowed: bool = False) -> None:
    """Raise `Violated` unless the source has elements of the binder's type, in an order."""
    if isinstance(source, SetType) and not set_allowed:
        raise Violated(binder, "a set has no order to iterate in")
    _bind_element(binder, source)


def _old(scope: Scope, expr: Old) -> Type:
    if not scope.old_allowed:
        raise Violated(expr, r"`\old` does not stand here")
    result_allowed = scope.result_allowed
    scope.old_allowed = scope.result_allowed = False
    type_ = check(scope, expr.value)
    scope.old_allowed, scope.result_allowed = True, result_allowed
    return type_


def _result(scope: Scope, expr: ResultValue) -> Type:
    if not scope.result_allowed or scope.result is None:
        raise Violated(expr, r"`\result` does not stand here")
    require(expr, expr.type, scope.result, "the result")
    return scope.result


_RULES: Final[dict[type[Node], Callable[[Scope, Any], Type]]] = {
    IntLit: _int,
    BoolLit: _bool,
    FloatLit: _float,
    CharLit: _char,
    StrLit: _str,
    Var: _var,
    ConstRef: _const,
    SeqLit: _seq,
    SetLit: _set,
    MapLit: _map,
    TupleLit: _tuple,
    NoneLit: _none,
    RecordLit: _record,
    VariantLit: _variant,
    FieldGet: _field_get,
    FieldUpdate: _field_update,
    TupleGet: _tuple_get,
    IsVariant: _is_variant,
    VariantGet: _variant_get,
    Apply: _apply,
    Call: _call,
    And: _junction,
    Or: _junction,
    IfExpr: _if,
    Let: _let,
    Quant: _quant,
    Comprehension: _comprehension,
    Old: _old,
    ResultValue: _result,
}
