"""Printing expressions: signs and parentheses, and the types that the parts do not decide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from autoform.ir.decls import Module
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
    type_of,
)
from autoform.ir.names import quoted
from autoform.ir.ops import OPS
from autoform.ir.tables import (
    Tables,
    application_type,
    call_type,
    field_type,
    payload_type,
    record_literal_type,
    variant_literal_type,
)
from autoform.ir.text.literals import quote
from autoform.ir.text.sugar import SIGNS, TIGHTNESS, Tightness
from autoform.ir.types import (
    IntType,
    MapType,
    OptionType,
    SeqType,
    SetType,
    Type,
    element_type,
    format_type,
)


@dataclass(frozen=True, slots=True)
class ExprPrinter:
    """Prints expressions of a module, inside a function with that result.

    `types` off leaves out every type: for showing IR that may be ill-formed.
    """

    tables: Tables
    result: Type | None = None
    types: bool = True

    def show(self, expr: Expr, least: Tightness = Tightness.LOOSE) -> str:
        """The expression, in parentheses where it binds less tightly than its place asks."""
        text, tightness = self._parts(expr)
        return text if tightness >= least else f"({text})"

    def comma(self, exprs: Iterable[Expr]) -> str:
        """The expressions between commas."""
        return ", ".join(map(self.show, exprs))

    def _parts(self, expr: Expr) -> tuple[str, Tightness]:  # noqa: C901 - one case per node
        match expr:
            case IntLit(value, type_):
                text = str(value) if isinstance(type_, IntType) else f"{value}{type_.name}"
                return text, _number(text)
            case FloatLit(text):
                return text, _number(text)
            case BoolLit(value):
                return "true" if value else "false", Tightness.POSTFIX
            case CharLit(text):
                return quote(text, "'"), Tightness.POSTFIX
            case StrLit(text):
                return quote(text, '"'), Tightness.POSTFIX
            case Var(name):
                return quoted(name), Tightness.POSTFIX
            case ConstRef(name, type_):
                const = self.tables.consts.get(name)
                return self._typed(f"::{quoted(name)}", type_, const.type if const else None)
            case SeqLit(element, items):
                text, found = f"[{self.comma(items)}]", self._first(items)
                return self._typed(text, SeqType(element), found and SeqType(found))
            case SetLit(element, items):
                text, found = f"{{{self.comma(items)}}}", self._first(items)
                return self._typed(text, SetType(element), found and SetType(found))
            case MapLit():
                return self._map(expr)
            case TupleLit(items):
                comma = "," if len(items) == 1 else ""
                return f"({self.comma(items)}{comma})", Tightness.POSTFIX
            case NoneLit(item):
                return self._typed("none", OptionType(item), None)
            case RecordLit():
                return self._record(expr)
            case VariantLit(type_, variant, args):
                payload = f"({self.comma(args)})" if args else ""
                text = f"{quoted(type_.name)}::{quoted(variant)}{payload}"
                found = variant_literal_type(self.tables, type_.name, variant, self._types(args))
                return self._typed(text, type_, found)
            case FieldGet(record, field, type_):
                found = field_type(self.tables, type_of(record), field) if self.types else None
                return self._typed(f"{self._postfix(record)}.{quoted(field)}", type_, found)
            case FieldUpdate(record, field, value):
                change = f"{quoted(field)} = {self.show(value)}"
                return f"{self._postfix(record)} with {{ {change} }}", Tightness.POSTFIX
            case TupleGet(tuple_, index):
                return f"{self._postfix(tuple_)}.{index}", Tightness.POSTFIX
            case IsVariant(value, variant):
                return f"{self._postfix(value)} is {quoted(variant)}", Tightness.POSTFIX
            case VariantGet():
                return self._payload(expr)
            case Apply():
                return self._apply(expr)
            case Call(function, args, type_):
                name = f"`{function}`" if function in OPS else quoted(function)
                found = call_type(self.tables, function, self._types(args))
                return self._typed(f"{name}({self.comma(args)})", type_, found)
            case And(items):
                return self._chain(" && ", items, Tightness.COMPARISON), Tightness.AND
            case Or(items):
                return self._chain(" || ", items, Tightness.AND), Tightness.OR
            case IfExpr(condition, then, orelse):
                parts = (self.show(condition), self.show(then), self.show(orelse))
                return "if {} then {} else {}".format(*parts), Tightness.LOOSE
            case Let(name, value, body):
                text = f"let {quoted(name)} = {self.show(value)} in {self.show(body)}"
                return text, Tightness.LOOSE
            case Quant(kind, binder, domain, body):
                head = f"{kind} {self.source(binder, domain)}"
                return f"{head}: {self.show(body)}", Tightness.LOOSE
            case Comprehension():
                return self._comprehension(expr), Tightness.POSTFIX
            case Lambda(params, body):
                return f"|{', '.join(map(show_binder, params))}| {self.show(body)}", Tightness.LOOSE
            case Old(value):
                return rf"\old({self.show(value)})", Tightness.POSTFIX
            case ResultValue(type_):
                return self._typed(r"\result", type_, self.result)
            case _:
                assert_never(expr)

    def _postfix(self, expr: Expr) -> str:
        return self.show(expr, Tightness.POSTFIX)

    def _chain(self, sign: str, items: tuple[Expr, ...], least: Tightness) -> str:
        return sign.join(self.show(item, least) for item in items)

    def _types(self, exprs: Iterable[Expr]) -> list[Type]:
        return list(map(type_of, exprs)) if self.types else []

    def _first(self, items: tuple[Expr, ...]) -> Type | None:
        return type_of(items[0]) if items and self.types else None

    def _typed(self, text: str, claimed: Type, found: Type | None) -> tuple[str, Tightness]:
        """The text, followed by the type that its node claims unless the parts tell as much."""
        if self.types and claimed != found:
            return f"{text}::<{format_type(claimed)}>", Tightness.POSTFIX
        return text, Tightness.POSTFIX

    def _map(self, expr: MapLit) -> tuple[str, Tightness]:
        items = ", ".join(
            f"{self.show(key, Tightness.IMPLIES)}: {self.show(value)}"
            for key, value in zip(expr.keys, expr.values, strict=False)
        )
        if not self.types:
            return f"{{{items}}}", Tightness.POSTFIX
        key, value = self._first(expr.keys), self._first(expr.values)
        found = MapType(key, value) if key and value else None
        return self._typed(f"{{{items}}}", type_of(expr), found)

    def _record(self, expr: RecordLit) -> tuple[str, Tightness]:
        declared = self.tables.records.get(expr.type.name)
        names = [slot.name for slot in declared.fields] if declared else []
        names += [f"item_{n}" for n in range(len(names), len(expr.fields))]
        fields = ", ".join(
            f"{quoted(name)}: {self.show(value)}"
            for name, value in zip(names, expr.fields, strict=False)
        )
        inside = f" {fields} " if fields else ""
        found = record_literal_type(self.tables, expr.type.name, self._types(expr.fields))
        return self._typed(f"new {quoted(expr.type.name)} {{{inside}}}", expr.type, found)

    def _payload(self, expr: VariantGet) -> tuple[str, Tightness]:
        text = f"{self._postfix(expr.value)} as {quoted(expr.variant)}.{expr.index}"
        if not self.types:
            return text, Tightness.POSTFIX
        found = payload_type(self.tables, type_of(expr.value), expr.variant, expr.index)
        return self._typed(text, expr.type, found)

    def _apply(self, expr: Apply) -> tuple[str, Tightness]:
        found = application_type(expr.op, self._types(expr.args)) if self.types else expr.type
        text, tightness = self._application(expr)
        if found == expr.type:
            return text, tightness
        inner = text if tightness is Tightness.POSTFIX else f"({text})"
        return self._typed(inner, expr.type, None)

    def _application(self, expr: Apply) -> tuple[str, Tightness]:
        match expr.op, expr.args:
            case op, (left, right) if op in SIGNS:
                least = TIGHTNESS[op]
                tighter = Tightness(least + 1)
                first = self.show(left, tighter if least is Tightness.COMPARISON else least)
                return f"{first} {SIGNS[op]} {self.show(right, tighter)}", least
            case "implies", (left, right):
                then, tightness = self._parts(right)
                whole = f"{self.show(left, Tightness.OR)} ==> {then}"
                return whole, min(tightness, Tightness.IMPLIES)
            case "not", (value,):
                return f"!{self.show(value, Tightness.UNARY)}", Tightness.UNARY
            case "neg", (value,) if not _is_number(value):
                return f"-{self.show(value, Tightness.UNARY)}", Tightness.UNARY
            case op, args:
                return f"{op}({self.comma(args)})", Tightness.POSTFIX

    def source(self, binder: Binder, source: Expr) -> str:
        """`x in xs`, with the type of `x` where the source does not tell."""
        typed = ""
        if self.types and element_type(type_of(source)) != binder.type:
            typed = f": {format_type(binder.type)}"
        return f"{quoted(binder.name)}{typed} in {self.show(source, Tightness.IMPLIES)}"

    def _comprehension(self, expr: Comprehension) -> str:
        key = "" if expr.key is None else f"{self.show(expr.key, Tightness.IMPLIES)}: "
        inside = f"{key}{self.show(expr.element)}{''.join(map(self._clause, expr.clauses))}"
        return f"[{inside}]" if expr.kind is Collection.SEQ else f"{{{inside}}}"

    def _clause(self, clause: Generator | Filter) -> str:
        match clause:
            case Generator(binder, source):
                return f" for {self.source(binder, source)}"
            case Filter(condition):
                return f" if {self.show(condition, Tightness.IMPLIES)}"
            case _:
                assert_never(clause)


def show_binder(binder: Binder) -> str:
    """`x: T`."""
    return f"{quoted(binder.name)}: {format_type(binder.type)}"


def _number(text: str) -> Tightness:
    return Tightness.UNARY if text.startswith("-") else Tightness.POSTFIX


def _is_number(expr: Expr) -> bool:
    """Whether a minus before the expression would be read as part of a number."""
    return isinstance(expr, IntLit | FloatLit)


def print_expr(expr: Expr, module: Module | None = None) -> str:
    """The expression as text. Types that only the module tells are printed without it."""
    return ExprPrinter(Tables.of(module or Module())).show(expr)
