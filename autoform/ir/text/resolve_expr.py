"""From the tree of an expression to IR: names are found in scopes, types in the parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from lark import Token

from autoform.ir.exprs import (
    FALSE,
    TRUE,
    And,
    Apply,
    Binder,
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
    Quantifier,
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
from autoform.ir.ops import OPS
from autoform.ir.tables import (
    application_type,
    call_type,
    field_type,
    payload_type,
    record_literal_type,
    variant_literal_type,
)
from autoform.ir.text.literals import unquote
from autoform.ir.text.resolve_type import TypeReader
from autoform.ir.text.sugar import SIGNS
from autoform.ir.text.syntax import Syntax, Text, name_in, only_name, optional, present, subtrees
from autoform.ir.traversal import MAX_DEPTH
from autoform.ir.types import (
    INT,
    MACHINE_INTS,
    EnumType,
    MapType,
    OptionType,
    RecordType,
    SeqType,
    SetType,
    TupleType,
    Type,
    element_type,
    format_type,
)

_DIGITS_AND_SUFFIX: Final = re.compile(r"([0-9]+)(.+)")
_OPERATORS: Final = {sign: op for op, sign in SIGNS.items()}


@dataclass(slots=True)
class ExprReader:
    """Reads expressions at a place: `scope` changes as declarations and binders come and go."""

    text: Text
    types: TypeReader
    scope: dict[str, Type]
    result: Type | None = None
    level: int = 0

    def read(self, syntax: Syntax, stated: Type | None = None) -> Expr:
        """The expression, of the stated type if there is one. Raises `IRSyntaxError`."""
        if syntax.data == "ascribed":
            inner, type_ = subtrees(syntax)
            return self.read(inner, self.types.read(type_))
        with self.deeper(syntax):
            found = _RULES[syntax.data](self, syntax, stated)
        if stated is not None and type_of(found) != stated:
            raise self.text.error(f"this is not of type {format_type(stated)}", syntax)
        return replace(found, span=self.text.span(syntax))

    @contextmanager
    def deeper(self, syntax: Syntax) -> Iterator[None]:
        """One level down. Raises `IRSyntaxError` beyond the bound."""
        self.level += 1
        if self.level > MAX_DEPTH:
            raise self.text.error("this nests too deeply", syntax)
        yield
        self.level -= 1

    def read_all(self, trees: Sequence[Syntax]) -> tuple[Expr, ...]:
        """The expressions, in order."""
        return tuple([self.read(tree) for tree in trees])

    def decided(self, found: Type | None, stated: Type | None, what: str, at: Syntax) -> Type:
        """The stated type, else the one found."""
        type_ = found if stated is None else stated
        if type_ is None:
            raise self.text.error(f"{what}; state it as `…::<T>`", at)
        return type_

    def binder(self, name: Syntax, typed: Syntax | None, source: Expr | None) -> Binder:
        """A binder with its type, or an element of its source. Does not yet bind it."""
        if typed is not None:
            type_: Type | None = self.types.read(typed)
        else:
            type_ = element_type(type_of(source)) if source is not None else None
        if type_ is None:
            raise self.text.error("the elements of this source have no type", name)
        return Binder(only_name(name), type_, span=self.text.span(name))

    @contextmanager
    def binding(self, *binders: Binder) -> Iterator[None]:
        """Make binders visible for a while."""
        before = dict(self.scope)
        self.scope.update((each.name, each.type) for each in binders)
        yield
        self.scope.clear()
        self.scope.update(before)


def _integer(reader: ExprReader, syntax: Syntax, _stated: Type | None) -> Expr:
    return IntLit(_number(reader, _token(syntax), syntax), INT)


def _machine_integer(reader: ExprReader, syntax: Syntax, _stated: Type | None) -> Expr:
    digits, suffix = _DIGITS_AND_SUFFIX.findall(_token(syntax))[0]
    return IntLit(_number(reader, digits, syntax), MACHINE_INTS[suffix])


def _number(reader: ExprReader, digits: str, at: Syntax) -> int:
    try:
        return int(digits)
    except ValueError:  # Python reads no more than 4300 digits
        raise reader.text.error("this number has too many digits", at) from None


def _float(_reader: ExprReader, syntax: Syntax, _stated: Type | None) -> Expr:
    return FloatLit(repr(float(_token(syntax))))


def _boolean(_reader: ExprReader, syntax: Syntax, _stated: Type | None) -> Expr:
    return TRUE if _token(syntax) == "true" else FALSE


def _character(reader: ExprReader, syntax: Syntax, _stated: Type | None) -> Expr:
    return CharLit(_unquoted(reader, syntax))


def _string(reader: ExprReader, syntax: Syntax, _stated: Type | None) -> Expr:
    return StrLit(_unquoted(reader, syntax))


def _unquoted(reader: ExprReader, syntax: Syntax) -> str:
    try:
        return unquote(_token(syntax))
    except (ValueError, OverflowError) as error:
        raise reader.text.error(str(error), syntax) from None


def _variable(reader: ExprReader, syntax: Syntax, _stated: Type | None) -> Expr:
    name = name_in(syntax)
    if name not in reader.scope:
        raise reader.text.error(f"unknown variable {name}", syntax)
    return Var(name, reader.scope[name])


def _constant_ref(reader: ExprReader, syntax: Syntax, stated: Type | None) -> Expr:
    name = name_in(syntax)
    const = reader.types.tables.consts.get(name)
    found = const.type if const else None
    return ConstRef(name, reader.decided(found, stated, f"unknown constant {name}", syntax))


def _none(reader: ExprReader, syntax: Syntax, stated: Type | None) -> Expr:
    if not isinstance(stated, OptionType):
        raise reader.text.error("`none` needs its type: `none::<Option<T>>`", syntax)
    return NoneLit(stated.item)


def _result_value(reader: ExprReader, syntax: Syntax, stated: Type | None) -> Expr:
    what = r"the type of `\result` is unknown"
    return ResultValue(reader.decided(reader.result, stated, what, syntax))


def _old(reader: ExprReader, syntax: Syntax, _stated: Type | None) -> Expr:
    (value,) = subtrees(syntax)
    return Old(reader.read(value))


def _call(reader: ExprReader, syntax: Syntax, stated: Type | None) -> Expr:
    head, *rest = subtrees(syntax)
    name, args = only_name(head), reader.read_all(rest)
    if name in OPS and not str(head.children[0]).startswith("`"):
        return _application(reader, name, args, stated, syntax)
    found = call_type(reader.types.tables, name, list(map(type_of, args)))
    what = f"the type of this call of {name} is open"
    return Call(name, args, reader.decided(found, stated, what, syntax))


def _operator(reader: ExprReader, syntax: Syntax, stated: Type | None) -> Expr:
    return _application(reader, _token(syntax), reader.read_all(subtrees(syntax)), stated, syntax)


def _application(
    reader: ExprReader, op: str, args: tuple[Expr, ...], stated: Type | None, at: Syntax
) -> Expr:
    if op not in OPS:
        raise reader.text.error(f"there is no operator {op}", at)
    found = application_type(op, list(map(type_of, args)))
    what = f"the arguments do not decide the type of {op}, or do not fit"
    return Apply(op, args, reader.decided(found, stated, what, at))


def _binary(reader: ExprReader, syntax: Syntax, stated: Type | None) -> Expr:
    sign = next(str(child) for child in syntax.children if isinstance(child, Token))
    args = reader.read_all(subtrees(syntax))
    return _application(reader, _OPERATORS[sign], args, stated, syntax)


def _implies(reader: ExprReader, syntax: Syntax, stated: Type | None) -> Expr:
    return _application(reader, "implies", reader.read_all(subtrees(syntax)), stated, syntax)


def _not_(reader: ExprReader, syntax: Syntax, stated: Type | None) -> Expr:
    return _application(reader, "not", reader.read_all(subtrees(syntax)), stated, syntax)


def _minus(reader: ExprReader, syntax: Syntax, stated: Type | None) -> Expr:
    """A minus before a number is part of the number."""
    (value,) = reader.read_all(subtrees(syntax))
    match value:
        case IntLit(number, type_):
            return IntLit(-number, type_)
        case FloatLit(text) if text != "nan":
            return FloatLit(text[1:] if text.startswith("-") else f"-{text}")
        case _:
            return _application(reader, "neg", (value,), stated, syntax)


def _all_of(reader: ExprReader, syntax: Syntax, _stated: Type | None) -> Expr:
    return And(reader.read_all(subtrees(syntax)))


def _any_of(reader: ExprReader, syntax: Syntax, _stated: Type | None) -> Expr:
    return Or(reader.read_all(subtrees(syntax)))


def _if_then_else(reader: ExprReader, syntax: Syntax, _stated: Type | None) -> Expr:
    return IfExpr(*reader.read_all(subtrees(syntax)))


def _let(reader: ExprReader, syntax: Syntax, _stated: Type | None) -> Expr:
    head, value_tree, body = subtrees(syntax)
    value = reader.read(value_tree)
    with reader.binding(Binder(only_name(head), type_of(value))):
        return Let(only_name(head), value, reader.read(body))


def _quantified(reader: ExprReader, syntax: Syntax, _stated: Type | None) -> Expr:
    head, typed, source, body = optional(syntax.children[1:])
    domain = reader.read(present(source))
    binder = reader.binder(present(head), typed, domain)
    with reader.binding(binder):
        kind = Quantifier(str(syntax.children[0]))
        return Quant(kind, binder, domain, reader.read(present(body)))


def _lambda_(reader: ExprReader, syntax: Syntax, _stated: Type | None) -> Expr:
    *heads, body = subtrees(syntax)
    params = []
    for head in heads:
        name, type_ = subtrees(head)
        params.append(reader.binder(name, type_, None))
    with reader.binding(*params):
        return Lambda(tuple(params), reader.read(body))


def _field(reader: ExprReader, syntax: Syntax, stated: Type | None) -> Expr:
    tree, head = subtrees(syntax)
    record, name = reader.read(tree), only_name(head)
    found = field_type(reader.types.tables, type_of(record), name)
    what = f"the type of the field {name} is unknown"
    return FieldGet(record, name, reader.decided(found, stated, what, syntax))


def _update(reader: ExprReader, syntax: Syntax, _stated: Type | None) -> Expr:
    record, head, value = subtrees(syntax)
    return FieldUpdate(reader.read(record), only_name(head), reader.read(value))


def _item(reader: ExprReader, syntax: Syntax, _stated: Type | None) -> Expr:
    value, index = reader.read(subtrees(syntax)[0]), int(_token(syntax))
    found = type_of(value)
    if not isinstance(found, TupleType) or index >= len(found.items):
        raise reader.text.error(f"{format_type(found)} has no item {index}", syntax)
    return TupleGet(value, index)


def _is_variant(reader: ExprReader, syntax: Syntax, _stated: Type | None) -> Expr:
    value, head = subtrees(syntax)
    return IsVariant(reader.read(value), only_name(head))


def _payload(reader: ExprReader, syntax: Syntax, stated: Type | None) -> Expr:
    tree, head = subtrees(syntax)
    value, variant, index = reader.read(tree), only_name(head), int(_token(syntax))
    found = payload_type(reader.types.tables, type_of(value), variant, index)
    what = f"the type of item {index} of {variant} is unknown"
    return VariantGet(value, variant, index, reader.decided(found, stated, what, syntax))


def _variant_literal(reader: ExprReader, syntax: Syntax, stated: Type | None) -> Expr:
    enum, head, *rest = subtrees(syntax)
    name, variant, args = only_name(enum), only_name(head), reader.read_all(rest)
    types = list(map(type_of, args))
    found = variant_literal_type(reader.types.tables, name, variant, types)
    type_ = reader.decided(found, stated, f"the type of this {name} is open", syntax)
    if not isinstance(type_, EnumType) or type_.name != name:
        raise reader.text.error(f"{format_type(type_)} is not the enum {name}", syntax)
    return VariantLit(type_, variant, args)


def _record_literal(reader: ExprReader, syntax: Syntax, stated: Type | None) -> Expr:
    head, *rest = subtrees(syntax)
    name, fields = only_name(head), reader.read_all(rest[1::2])
    declared = reader.types.tables.records.get(name)
    if declared and [only_name(each) for each in rest[::2]] != [f.name for f in declared.fields]:
        raise reader.text.error(f"the fields of {name} come in the order declared", syntax)
    found = record_literal_type(reader.types.tables, name, list(map(type_of, fields)))
    type_ = reader.decided(found, stated, f"the type of this {name} is open", syntax)
    if not isinstance(type_, RecordType) or type_.name != name:
        raise reader.text.error(f"{format_type(type_)} is not the record {name}", syntax)
    return RecordLit(type_, fields)


def _tuple(reader: ExprReader, syntax: Syntax, _stated: Type | None) -> Expr:
    return TupleLit(reader.read_all(subtrees(syntax)))


def _seq(reader: ExprReader, syntax: Syntax, stated: Type | None) -> Expr:
    items = reader.read_all(subtrees(syntax))
    found = SeqType(type_of(items[0])) if items else None
    type_ = reader.decided(found, stated, "an empty sequence needs its type", syntax)
    if not isinstance(type_, SeqType):
        raise reader.text.error(f"{format_type(type_)} is not a sequence", syntax)
    return SeqLit(type_.element, items)


def _set(reader: ExprReader, syntax: Syntax, stated: Type | None) -> Expr:
    items = reader.read_all(subtrees(syntax))
    type_ = stated or SetType(type_of(items[0]))
    if not isinstance(type_, SetType):
        raise reader.text.error(f"{format_type(type_)} is not a set", syntax)
    return SetLit(type_.element, items)


def _braces(reader: ExprReader, syntax: Syntax, stated: Type | None) -> Expr:
    match stated:
        case SetType(element):
            return SetLit(element, ())
        case MapType(key, value):
            return MapLit(key, value, (), ())
        case _:
            message = "empty braces need their type: `{}::<Set<T>>` or `{}::<Map<K, V>>`"
            raise reader.text.error(message, syntax)


def _map(reader: ExprReader, syntax: Syntax, stated: Type | None) -> Expr:
    items = reader.read_all(subtrees(syntax))
    keys, values = items[::2], items[1::2]
    type_ = stated or MapType(type_of(keys[0]), type_of(values[0]))
    if not isinstance(type_, MapType):
        raise reader.text.error(f"{format_type(type_)} is not a map", syntax)
    return MapLit(type_.key, type_.value, keys, values)


def _seq_of(reader: ExprReader, syntax: Syntax, _stated: Type | None) -> Expr:
    return _comprehension(reader, Collection.SEQ, subtrees(syntax), 1)


def _set_of(reader: ExprReader, syntax: Syntax, _stated: Type | None) -> Expr:
    return _comprehension(reader, Collection.SET, subtrees(syntax), 1)


def _map_of(reader: ExprReader, syntax: Syntax, _stated: Type | None) -> Expr:
    return _comprehension(reader, Collection.MAP, subtrees(syntax), 2)


def _comprehension(reader: ExprReader, kind: Collection, trees: list[Syntax], parts: int) -> Expr:
    """The clauses come last in the text and bind what comes first."""
    clauses: list[Generator | Filter] = []
    with reader.binding():
        for tree in trees[parts:]:
            clauses.append(_clause(reader, tree))
        *key, element = reader.read_all(trees[:parts])
    return Comprehension(kind, element, tuple(clauses), key[0] if key else None)


def _clause(reader: ExprReader, syntax: Syntax) -> Generator | Filter:
    span = reader.text.span(syntax)
    if syntax.data == "filter":
        return Filter(reader.read(subtrees(syntax)[0]), span=span)
    head, typed, tree = optional(syntax.children)
    source = reader.read(present(tree))
    binder = reader.binder(present(head), typed, source)
    reader.scope[binder.name] = binder.type
    return Generator(binder, source, span=span)


def _token(syntax: Syntax) -> str:
    return next(str(child) for child in syntax.children if isinstance(child, Token))


_RULES: Final[dict[str, Callable[[ExprReader, Syntax, Type | None], Expr]]] = {
    "integer": _integer,
    "machine_integer": _machine_integer,
    "float": _float,
    "boolean": _boolean,
    "character": _character,
    "string": _string,
    "variable": _variable,
    "constant_ref": _constant_ref,
    "none": _none,
    "result": _result_value,
    "old": _old,
    "call": _call,
    "operator": _operator,
    "binary": _binary,
    "implies": _implies,
    "not_": _not_,
    "minus": _minus,
    "all_of": _all_of,
    "any_of": _any_of,
    "if_then_else": _if_then_else,
    "let": _let,
    "quantified": _quantified,
    "lambda": _lambda_,
    "field": _field,
    "update": _update,
    "item": _item,
    "is_variant": _is_variant,
    "payload": _payload,
    "variant_literal": _variant_literal,
    "record_literal": _record_literal,
    "tuple": _tuple,
    "seq": _seq,
    "set": _set,
    "braces": _braces,
    "map": _map,
    "seq_of": _seq_of,
    "set_of": _set_of,
    "map_of": _map_of,
}
