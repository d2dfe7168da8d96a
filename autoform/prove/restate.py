"""Conditions over integers without bounds, said of a function with machine integers.

    s == seq.sum(seq.slice_to(xs, i))                        over s: Int, xs: Seq<Int>, i: Int

becomes, where `s` is an `i64`, `xs` holds `i32` and `i` is a `usize`,

    int.widen(s) == seq.sum([int.widen(x) for x in seq.slice_to(xs, int.widen(i))])

Whoever proposes invariants knows `Int` alone. Arithmetic stays in `Int`, where nothing overflows;
only what stands in a container keeps the type that it has there. What cannot be said so raises
`Misfit`; a condition said wrongly is a bad guess, and falls like one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, cast

from autoform.ir import exprs as ir
from autoform.ir.decls import Module, RecordDecl
from autoform.ir.exprs import Apply, Binder, Expr, type_of
from autoform.ir.ops import OPS, SignatureError, apply
from autoform.ir.ops.op import bind_arguments
from autoform.ir.traversal import map_children
from autoform.ir.types import (
    INT,
    EnumType,
    IntType,
    MachineIntType,
    MapType,
    OptionType,
    RecordType,
    SeqType,
    SetType,
    StrType,
    TupleType,
    Type,
    TypeVar,
    substitute_type,
)

__all__ = ["Misfit", "restated"]

_COMPARISONS: Final = frozenset({"eq", "ne", "lt", "le", "gt", "ge", "min2", "max2"})
_CONVERSIONS: Final = frozenset({"int.narrow", "int.wrap"})
_TOTALS: Final = frozenset({"seq.sum", "seq.product"})


class Misfit(Exception):
    """A condition that has no form over the variables as they are."""


def restated(condition: Expr, module: Module, types: Mapping[str, Type], result: Type) -> Expr:
    """The condition over variables of the given types. Raises `Misfit`."""
    try:
        return _Restating(module, dict(types), result).expr(condition)
    except (SignatureError, KeyError, ValueError) as error:
        raise Misfit(str(error)) from error


@dataclass(slots=True)
class _Restating:
    """The variables in scope with their types. Integers that stand alone are always `Int`."""

    module: Module
    types: dict[str, Type]
    result: Type
    _bound: int = field(default=0)

    def expr(self, expr: Expr) -> Expr:
        match expr:
            case ir.Var(name):
                return _wide(ir.Var(name, self.types[name], span=expr.span))
            case ir.ResultValue():
                return _wide(ir.ResultValue(self.result))
            case Apply():
                return self._apply(expr)
            case ir.Call(name, args):
                return self._call(expr, name, args)
            case ir.IfExpr(condition, then, orelse):
                first, second = self._alike(then, orelse)
                return ir.IfExpr(self.expr(condition), first, second, span=expr.span)
            case ir.Let(name, value, body):
                inner = self.expr(value)
                return replace(expr, value=inner, body=self._inside(name, type_of(inner), body))
            case ir.Quant(_, binder, domain, body):
                inner = self.expr(domain)
                here = Binder(binder.name, _element(type_of(inner)))
                told = self._inside(here.name, here.type, body)
                return replace(expr, binder=here, domain=inner, body=told)
            case ir.Comprehension():
                return self._comprehension(expr)
            case ir.FieldGet(record, name):
                inner = self.expr(record)
                return _wide(ir.FieldGet(inner, name, self._field(type_of(inner), name)))
            case ir.TupleGet(value, index):
                return _wide(ir.TupleGet(self.expr(value), index))
            case ir.VariantGet(value, variant, index):
                inner = self.expr(value)
                type_ = self._items(type_of(inner), variant)[index]
                return _wide(ir.VariantGet(inner, variant, index, type_))
            case ir.RecordLit(type_, values):
                declared = [self._field(type_, f.name) for f in self._record(type_).fields]
                return replace(expr, fields=self._fitted(values, declared))
            case ir.VariantLit(type_, variant, args):
                return replace(expr, args=self._fitted(args, self._items(type_, variant)))
            case ir.Lambda() | ir.FieldUpdate() | ir.SetLit() | ir.MapLit() | ir.ConstRef():
                raise Misfit(type(expr).__name__)
            case _:
                return map_children(expr, lambda node: self.expr(cast(Expr, node)))

    def _inside(self, name: str, type_: Type, body: Expr) -> Expr:
        """An expression in which a name is bound."""
        before = self.types.get(name)
        self.types[name] = type_
        try:
            return self.expr(body)
        finally:
            if before is None:
                del self.types[name]
            else:
                self.types[name] = before

    def _apply(self, expr: Apply) -> Expr:
        op = expr.op
        if op == "int.widen":
            return self.expr(expr.args[0])
        if op in _CONVERSIONS:
            inner = self.expr(expr.args[0])
            return _wide(Apply(op, (inner,), expr.type, span=expr.span))
        if op in _COMPARISONS:
            return apply(op, *self._alike(*expr.args), span=expr.span)
        args = [self.expr(arg) for arg in expr.args]
        if op in _TOTALS:
            args[0] = self._fit(args[0], SeqType(INT))
        return _wide(apply(op, *self._to_scheme(op, args), span=expr.span))

    def _to_scheme(self, op: str, args: list[Expr]) -> list[Expr]:
        """The arguments, later ones fitted to what earlier ones say that the type is."""
        row = OPS[op]
        try:
            bind_arguments(row, tuple(map(type_of, args)))
        except SignatureError:
            known = replace(row, params=row.params[:1])
            bindings = bind_arguments(known, (type_of(args[0]),))
            wanted = [substitute_type(param, bindings) for param in row.params]
            return [
                arg if isinstance(type_, TypeVar) else self._fit(arg, type_)
                for arg, type_ in zip(args, wanted, strict=True)
            ]
        return args

    def _alike(self, left: Expr, right: Expr) -> tuple[Expr, Expr]:
        """Two expressions of one type."""
        first, second = self.expr(left), self.expr(right)
        if type_of(first) == type_of(second):
            return first, second
        try:
            return first, self._fit(second, type_of(first))
        except Misfit:
            return self._fit(first, type_of(second)), second

    def _call(self, call: ir.Call, name: str, args: tuple[Expr, ...]) -> Expr:
        callee = self.module.function(name)
        fitted = self._fitted(args, [param.type for param in callee.params])
        return _wide(replace(call, args=fitted, type=callee.result))

    def _fitted(self, args: tuple[Expr, ...], types: list[Type]) -> tuple[Expr, ...]:
        pairs = zip(args, types, strict=True)
        return tuple(self._fit(self.expr(arg), type_) for arg, type_ in pairs)

    def _comprehension(self, expr: ir.Comprehension) -> Expr:
        before = dict(self.types)
        clauses: list[ir.Generator | ir.Filter] = []
        for clause in expr.clauses:
            if isinstance(clause, ir.Filter):
                clauses.append(ir.Filter(self.expr(clause.condition)))
                continue
            source = self.expr(clause.source)
            binder = Binder(clause.binder.name, _element(type_of(source)))
            self.types[binder.name] = binder.type
            clauses.append(ir.Generator(binder, source))
        key = None if expr.key is None else self.expr(expr.key)
        element = self.expr(expr.element)
        self.types = before
        return replace(expr, element=element, clauses=tuple(clauses), key=key)

    def _fit(self, expr: Expr, wanted: Type) -> Expr:
        """The expression as one of the wanted type, which differs in widths of integers alone."""
        if type_of(expr) == wanted:
            return expr
        match expr, wanted:
            case _, MachineIntType():
                return _narrow(expr, wanted)
            case ir.NoneLit(), OptionType(item):
                return replace(expr, item=item)
            case Apply("option.some", (value,)), OptionType(item):
                return apply("option.some", self._fit(value, item))
            case ir.TupleLit(items), TupleType(types):
                pairs = zip(items, types, strict=True)
                return ir.TupleLit(tuple(self._fit(item, type_) for item, type_ in pairs))
            case ir.SeqLit(_, items), SeqType(element):
                return ir.SeqLit(element, tuple(self._fit(item, element) for item in items))
            case ir.IfExpr(_, then, orelse), _:
                return replace(expr, then=self._fit(then, wanted), orelse=self._fit(orelse, wanted))
            case ir.Comprehension(ir.Collection.SEQ), SeqType(element):
                return replace(expr, element=self._fit(expr.element, element))
            case _, SeqType(element):
                return self._each(expr, lambda item: self._fit(item, element))
            case _:
                raise Misfit(f"{type_of(expr)} where {wanted} is wanted")

    def _each(self, sequence: Expr, change: Callable[[Expr], Expr]) -> Expr:
        """A sequence element by element."""
        self._bound += 1
        binder = Binder(f"each_{self._bound}", _element(type_of(sequence)))
        element = change(_wide(ir.Var(binder.name, binder.type)))
        clauses = (ir.Generator(binder, sequence),)
        return ir.Comprehension(ir.Collection.SEQ, element, clauses)

    # What is declared.

    def _record(self, type_: Type) -> RecordDecl:
        return next(
            r for r in self.module.records if isinstance(type_, RecordType) and r.name == type_.name
        )

    def _field(self, type_: Type, name: str) -> Type:
        record = self._record(type_)
        assert isinstance(type_, RecordType)
        bindings = dict(zip(record.type_params, type_.args, strict=True))
        found = next(f.type for f in record.fields if f.name == name)
        return substitute_type(found, bindings)

    def _items(self, type_: Type, variant: str) -> list[Type]:
        if not isinstance(type_, EnumType):
            raise Misfit(str(type_))
        enum = next(e for e in self.module.enums if e.name == type_.name)
        bindings = dict(zip(enum.type_params, type_.args, strict=True))
        found = next(v for v in enum.variants if v.name == variant)
        return [substitute_type(item, bindings) for item in found.items]


def _wide(value: Expr) -> Expr:
    """The value, an integer as an `Int`."""
    return apply("int.widen", value) if isinstance(type_of(value), MachineIntType) else value


def _narrow(value: Expr, wanted: MachineIntType) -> Expr:
    """An `Int` as a machine integer."""
    match value:
        case ir.IntLit(number) if wanted.minimum <= number <= wanted.maximum:
            return ir.IntLit(number, wanted)
        case Apply("int.widen", (inner,)) if type_of(inner) == wanted:
            return inner
        case _ if isinstance(type_of(value), IntType):
            return Apply("int.narrow", (value,), wanted)
        case _:
            raise Misfit(f"{type_of(value)} where {wanted} is wanted")


def _element(domain: Type) -> Type:
    """What a binder over a collection stands for."""
    match domain:
        case SeqType(element) | SetType(element):
            return element
        case MapType(key, _):
            return key
        case StrType():
            return domain
        case _:
            raise Misfit(str(domain))
