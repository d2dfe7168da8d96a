"""Expressions in Dafny.

Dafny shows by itself that indexes, divisors, variants and conversions are in order, so partial
operators keep their own checks. What the IR evaluates strictly is printed strictly: `&&` only
where the IR short-circuits.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final, assert_never

from autoform.backends.dafny.code import (
    Code,
    Level,
    atom,
    call,
    chained,
    comma,
    logic,
    member,
    prefix,
    relation,
)
from autoform.backends.dafny.comprehensions import comprehension, lambda_over, quantifier
from autoform.backends.dafny.open_types import operands, pinned
from autoform.backends.dafny.operators import OVER_ELEMENTS, application
from autoform.backends.dafny.order import is_native, item
from autoform.backends.dafny.unit import Scope, of_class
from autoform.ir.exprs import (
    And,
    Apply,
    BoolLit,
    Call,
    CharLit,
    Comprehension,
    ConstRef,
    Expr,
    FieldGet,
    FieldUpdate,
    FloatLit,
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
    type_of,
)
from autoform.ir.types import EnumType, MachineIntType, RecordType, TupleType, Type

__all__ = ["expression"]

_CHAINABLE: Final = {"lt": "<", "le": "<="}


def expression(scope: Scope, expr: Expr) -> Code:  # noqa: C901 - the closed union
    """The expression in Dafny. Prelude functions it needs are noted in the unit."""
    match expr:
        case IntLit():
            return _integer(scope, expr)
        case BoolLit(value):
            return atom("true" if value else "false")
        case FloatLit():
            return _real(scope, expr)
        case CharLit(value):
            return _used(scope, scope.unit.dialect.char_literal(value))
        case StrLit(value):
            return _used(scope, scope.unit.dialect.text_literal(value))
        case Var(name):
            return atom(scope.variables[name])
        case ConstRef(name):
            return atom(scope.unit.consts[name])
        case ResultValue():
            return atom(scope.result)
        case SeqLit(_, items):
            return atom(f"[{comma(map(scope.code, items))}]")
        case SetLit(_, items):
            return atom("{" + comma(map(scope.code, items)) + "}")
        case MapLit():
            return _map(scope, expr)
        case TupleLit(items):
            return _tuple(scope, items)
        case NoneLit():
            scope.unit.use("Option")
            return atom("None")
        case RecordLit() | VariantLit():
            return _constructed(scope, expr)
        case FieldGet() | FieldUpdate() | IsVariant() | VariantGet():
            return _member(scope, expr)
        case TupleGet(tuple_, place):
            types = of_class(type_of(tuple_), TupleType).items
            return item(pinned(scope, tuple_), types, place)
        case Apply():
            return _application(scope, expr)
        case Call(function, args):
            return call(scope.unit.functions[function], *map(scope.code, args))
        case And(items):
            return _conjunction(scope, items)
        case Or(items):
            return logic("||", map(scope.code, items))
        case IfExpr(condition, then, orelse):
            return Code(
                f"if {scope.code(condition).text} then {scope.code(then).text}"
                f" else {scope.code(orelse).text}",
                Level.OPEN,
            )
        case Let(name, value, body):
            spelled = scope.unit.type(type_of(value))
            value_text = scope.code(value).text
            return Code(
                f"var {scope.bind(name)}: {spelled} := {value_text}; {scope.code(body).text}",
                Level.OPEN,
            )
        case Quant():
            return quantifier(scope, expr)
        case Comprehension():
            return comprehension(scope, expr)
        case Lambda():
            return lambda_over(scope, expr, None)
        case Old(value):
            return scope.at_entry().code(value)
        case _:
            assert_never(expr)


def _integer(scope: Scope, expr: IntLit) -> Code:
    """A literal; `-128` is the opposite of `128`, which `i8` does not have, and is cast to it."""
    value, type_ = expr.value, expr.type
    if isinstance(type_, MachineIntType) and value < -type_.maximum:
        return atom(f"((-{-value}) as {scope.unit.type(type_)})")
    return prefix("-", atom(str(-value))) if value < 0 else atom(str(value))


def _used(scope: Scope, literal: tuple[str, frozenset[str]]) -> Code:
    text, names = literal
    scope.unit.used.update(names)
    return atom(text)


def _real(scope: Scope, literal: FloatLit) -> Code:
    """The decimal number that the literal shows; infinity is some number (see `reals.dfy`)."""
    if literal.text.lstrip("-") == "inf":
        infinity = call(scope.unit.use("Infinity"))
        return prefix("-", infinity) if literal.value < 0 else infinity
    text = f"{Decimal(literal.text.lstrip('-')):f}"
    text = text if "." in text else f"{text}.0"
    return prefix("-", atom(text)) if literal.value < 0 else atom(text)


def _tuple(scope: Scope, items: tuple[Expr, ...]) -> Code:
    if len(items) == 1:
        return call(scope.unit.use("Single"), scope.code(items[0]))
    return atom(f"({comma(map(scope.code, items))})")


def _map(scope: Scope, literal: MapLit) -> Code:
    if not literal.keys:
        if not scope.unit.ordered_maps:
            return atom("map[]")
        types = f"{scope.unit.type(literal.key)}, {scope.unit.type(literal.value)}"
        return call(f"{scope.unit.use('DictEmpty')}<{types}>")
    keys, values = map(scope.code, literal.keys), map(scope.code, literal.values)
    pairs = [f"({comma(pair)})" for pair in zip(keys, values, strict=True)]
    name = "DictOf" if scope.unit.ordered_maps else "MapOf"
    return call(scope.unit.use(name), atom(f"[{', '.join(pairs)}]"))


def _constructed(scope: Scope, expr: RecordLit | VariantLit) -> Code:
    if isinstance(expr, RecordLit):
        name, args = scope.unit.constructors[expr.type.name, ""], expr.fields
    else:
        name, args = scope.unit.constructors[expr.type.name, expr.variant], expr.args
    owner = scope.unit.types[expr.type.name]
    spelled = name if name == owner else f"{owner}.{name}"
    return call(spelled, *map(scope.code, args)) if args else atom(spelled)


def _member(scope: Scope, expr: FieldGet | FieldUpdate | IsVariant | VariantGet) -> Code:
    subject = expr.record if isinstance(expr, FieldGet | FieldUpdate) else expr.value
    unit, value = scope.unit, pinned(scope, subject)
    owner = _type_name(type_of(subject))
    match expr:
        case FieldGet(_, field):
            return member(value, unit.fields[owner, "", field])
        case FieldUpdate(_, field, new):
            return atom(
                f"{value.primary}.({unit.fields[owner, '', field]} := {scope.code(new).text})"
            )
        case IsVariant(_, variant):
            return member(value, f"{unit.constructors[owner, variant]}?")
        case VariantGet(_, variant, place):
            return member(value, unit.fields[owner, variant, place])
        case _:
            assert_never(expr)


def _type_name(type_: Type) -> str:
    return type_.name if isinstance(type_, RecordType) else of_class(type_, EnumType).name


def _application(scope: Scope, expr: Apply) -> Code:
    """The operands, each with its type known, and the operator's own line."""
    plain = iter(operands(scope, expr))
    args: list[Code] = []
    for arg in expr.args:
        if isinstance(arg, Lambda):
            args.append(lambda_over(scope, arg, args[0] if expr.op in OVER_ELEMENTS else None))
        else:
            args.append(next(plain))
    return application(scope.unit, expr, tuple(args))


def _conjunction(scope: Scope, items: tuple[Expr, ...]) -> Code:
    """`a && b`; `a <= b && b < c` as Dafny's `a <= b < c`."""
    codes: list[Code] = []
    run: list[tuple[Code, str, Code]] = []

    def close() -> None:
        if run:
            together = chained(tuple(run))
            codes.extend([together] if together else [relation(op, a, b) for a, op, b in run])
            run.clear()

    for each in items:
        link = _link(scope, each)
        if link is None or (run and run[-1][2] != link[0]):
            close()
        if link is None:
            codes.append(scope.code(each))
        else:
            run.append(link)
    close()
    return codes[0] if len(codes) == 1 else logic("&&", codes)


def _link(scope: Scope, expr: Expr) -> tuple[Code, str, Code] | None:
    """A comparison that may stand in a chain."""
    if not isinstance(expr, Apply) or expr.op not in _CHAINABLE:
        return None
    if not is_native(type_of(expr.args[0])):
        return None
    left, right = operands(scope, expr)
    return left, _CHAINABLE[expr.op], right
