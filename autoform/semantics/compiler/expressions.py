"""Expressions: statements for what may fail, and a piece of text for the value."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, assert_never, cast

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
from autoform.ir.types import RecordType
from autoform.semantics.compiler.frame import Frame, Piece, variable
from autoform.semantics.compiler.instances import bindings_of_call
from autoform.semantics.compiler.iterations import iteration
from autoform.semantics.compiler.templates import (
    Template,
    template,
    text_comparison,
    without_payment,
)
from autoform.semantics.compiler.thawing import READERS
from autoform.semantics.meaning import Signature
from autoform.semantics.ops import MEANINGS

_SHORT: Final = 1 << 60
"""Integers up to here are written as literals; Python reads no decimal numbers of any length."""


def expression(frame: Frame, expr: Expr) -> Piece:  # noqa: C901 - one case per node
    """Translate an expression."""
    frame.cost += not isinstance(expr, Var | IntLit | BoolLit | StrLit | CharLit | FloatLit)
    match expr:
        case IntLit(value):
            return _integer(frame, value)
        case BoolLit(value):
            return Piece(repr(value))
        case FloatLit():
            return _float(frame, expr.value)
        case CharLit(text) | StrLit(text):
            return Piece(repr(text))
        case Var():
            return read_variable(frame, expr)
        case ConstRef(name):
            return Piece(frame.linker.constant(name))
        case SeqLit() | TupleLit() | SetLit() | MapLit() | NoneLit() | RecordLit() | VariantLit():
            return _literal(frame, expr)
        case FieldGet(record, field):
            inner = expression(frame, record)
            return frame.built(f"{inner.text}.fields[{_place(frame, record, field)}]", inner)
        case FieldUpdate(record, field, value):
            inner, new = pieces(frame, (record, value))
            place = _place(frame, record, field)
            return frame.built(f"with_field({inner.text}, {place}, {new.text})", inner, new)
        case TupleGet(tuple_, index):
            inner = expression(frame, tuple_)
            return frame.built(f"{inner.text}[{index}]", inner)
        case IsVariant(value, variant):
            inner = expression(frame, value)
            return frame.built(f"({inner.text}.variant == {variant!r})", inner)
        case VariantGet(value, variant, index):
            inner = frame.store(expression(frame, value))
            frame.fail_if(f"{inner.text}.variant != {variant!r}", "Panic", f"not a {variant}")
            return frame.built(f"{inner.text}.items[{index}]", inner)
        case Apply():
            return _apply(frame, expr)
        case Call():
            return _call(frame, expr)
        case And(items):
            return _short_circuit(frame, items, "and")
        case Or(items):
            return _short_circuit(frame, items, "or")
        case IfExpr():
            return _if_expr(frame, expr)
        case Let(name, value, body):
            frame.emit(f"{frame.bind(name)} = {expression(frame, value).text}")
            return expression(frame, body)
        case Quant() | Comprehension():
            return _outlined(frame, expr)
        case Lambda():
            return _lambda(frame, expr)
        case Old(value):
            return _old(frame, value)
        case ResultValue():
            return Piece("result")
        case _:
            assert_never(expr)


def pieces(frame: Frame, exprs: Sequence[Expr]) -> list[Piece]:
    """Translate expressions that are evaluated in a row."""
    return [expression(frame, expr) for expr in exprs]


# ── Leaves ────────────────────────────────────────────────────────────────────────────────────


def _integer(frame: Frame, value: int) -> Piece:
    if -_SHORT < value < _SHORT:
        return Piece(str(value) if value >= 0 else f"({value})")
    return Piece(frame.linker.value(value))


def _float(frame: Frame, value: float) -> Piece:
    if not math.isfinite(value):
        return Piece(frame.linker.value(value))
    text = repr(value)
    return Piece(f"({text})" if text.startswith("-") else text)


def read_variable(frame: Frame, var: Var) -> Piece:
    """A variable whose value may be kept: thawable ones are frozen."""
    frame.freeze(var.name)
    return Piece(frame.variable(var.name))


def _old(frame: Frame, value: Expr) -> Piece:
    frame.at_entry = True
    piece = expression(frame, value)
    frame.at_entry = False
    return piece


# ── Literals of compound types ────────────────────────────────────────────────────────────────


def _literal(
    frame: Frame,
    expr: SeqLit | TupleLit | SetLit | MapLit | NoneLit | RecordLit | VariantLit,
) -> Piece:
    match expr:
        case SeqLit(items=items) | TupleLit(items):
            return _tuple(frame, pieces(frame, items))
        case SetLit(element, items):
            found = _keys(frame, pieces(frame, items), frame.linker.key_guard(element))
            inner = _tuple(frame, found)
            return frame.built(f"frozenset({inner.text})", inner)
        case MapLit():
            return _map_literal(frame, expr)
        case NoneLit():
            return Piece("NONE")
        case RecordLit(type_, fields):
            inner = _tuple(frame, pieces(frame, fields))
            return frame.built(f"RecordValue({type_.name!r}, {inner.text})", inner)
        case VariantLit(type_, variant, args):
            inner = _tuple(frame, pieces(frame, args))
            built = f"VariantValue({type_.name!r}, {variant!r}, {inner.text})"
            return frame.built(built, inner)
        case _:
            assert_never(expr)


def _tuple(frame: Frame, items: Sequence[Piece]) -> Piece:
    return frame.built(f"({''.join(f'{item.text}, ' for item in items)})", *items)


def _map_literal(frame: Frame, expr: MapLit) -> Piece:
    guard = frame.linker.key_guard(expr.key)
    entries, parts = [], []
    for key, value in zip(expr.keys, expr.values, strict=True):
        (k,) = _keys(frame, [expression(frame, key)], guard)
        v = expression(frame, value)
        entries.append(f"{k.text}: {v.text}")
        parts += [k, v]
    return frame.built(f"MapValue({{{', '.join(entries)}}})", *parts)


def _keys(frame: Frame, items: list[Piece], guard: str | None) -> list[Piece]:
    """The items, checked before they enter a set or become keys."""
    if guard is None:
        return items
    stored = [frame.store(item) for item in items]
    for item in stored:
        frame.emit(f"{guard}({item.text})")
    return stored


def _place(frame: Frame, record: Expr, field: str) -> int:
    type_ = cast(RecordType, frame.resolve(type_of(record)))
    declared = next(each for each in frame.linker.module.records if each.name == type_.name)
    return [binder.name for binder in declared.fields].index(field)


# ── Operators and calls ───────────────────────────────────────────────────────────────────────


def signature_of(frame: Frame, expr: Apply) -> Signature:
    """The types of an application, as far as they are known."""
    args = tuple(frame.resolve(type_of(arg)) for arg in expr.args)
    return Signature(args, frame.resolve(expr.type))


def _apply(frame: Frame, expr: Apply) -> Piece:
    if expr.op == "implies":
        return _short_circuit(frame, (Apply("not", expr.args[:1], expr.type), expr.args[1]), "or")
    signature = signature_of(frame, expr)
    args = _arguments(frame, expr)
    found = template(expr.op, signature) or _text_template(expr, signature)
    if found is not None and expr.op in {"add", "sub"} and _has_literal(expr):
        found = without_payment(found)
    if found is not None:
        return instantiate(frame, found, args)
    return frame.store(_by_table(frame, expr.op, signature, args))


def _arguments(frame: Frame, expr: Apply) -> list[Piece]:
    """The operands; a reader reads a thawable variable as it is."""
    first = expr.args[0] if expr.args else None
    if not (isinstance(first, Var) and expr.op in READERS):
        return pieces(frame, expr.args)
    return [Piece(frame.variable(first.name)), *pieces(frame, expr.args[1:])]


def _has_literal(expr: Apply) -> bool:
    return any(isinstance(arg, IntLit) for arg in expr.args)


def _text_template(expr: Apply, signature: Signature) -> Template | None:
    if any(isinstance(arg, StrLit) for arg in expr.args):
        return text_comparison(expr.op, signature)
    return None


def instantiate(frame: Frame, found: Template, args: Sequence[Piece]) -> Piece:
    """The template with the operands put in, its guards emitted."""
    operands = [frame.store(arg) if found.uses(i) > 1 else arg for i, arg in enumerate(args)]
    texts = [operand.text for operand in operands]
    for condition, exception, message in found.guards:
        frame.fail_if(condition.format(*texts), exception, message)
    same = found.text == "{0}"
    piece = operands[0] if same else frame.built(found.text.format(*texts), *operands)
    if found.within is None and found.pays is None:
        return piece
    value = frame.store(piece)
    if found.within is not None:
        low, high, name = found.within.minimum, found.within.maximum, found.within.name
        outside = f"not {low} <= {value.text} <= {high}"
        frame.fail_if(outside, "OverflowError", f"the result is not a value of {name}")
    if found.pays is not None:
        frame.emit(found.pays.format(*texts, value=value.text))
    return value


def _by_table(frame: Frame, op: str, signature: Signature, args: Sequence[Piece]) -> Piece:
    name = frame.linker.operator(op, signature)
    texts = ["k"] if MEANINGS[op].sized else []
    texts += [arg.text for arg in args]
    return Piece(f"{name}({', '.join(texts)})", 1)


def _call(frame: Frame, expr: Call) -> Piece:
    return frame.store(Piece(call_text(frame, expr.function, expr.args, expr), 1))


def call_text(frame: Frame, name: str, args: Sequence[Expr], call: Call | None = None) -> str:
    """The Python call of a module function; inout arguments are passed as they are."""
    function = frame.linker.module.function(name)
    result = frame.resolve(call.type) if call else None
    types = [frame.resolve(type_of(arg)) for arg in args]
    target = frame.linker.function(name, bindings_of_call(function, types, result))
    texts = [
        variable(arg.name) if param.inout and isinstance(arg, Var) else expression(frame, arg).text
        for param, arg in zip(function.params, args, strict=True)
    ]
    return f"{target}({', '.join(['k', 'd - 1', *texts])})"


# ── What is evaluated only in part ────────────────────────────────────────────────────────────


def _short_circuit(frame: Frame, items: Sequence[Expr], word: str) -> Piece:
    """`and` and `or`: flat when nothing but the first may fail, nested conditions otherwise."""
    found = []
    for item in items:
        with frame.aside() as lines:
            piece = expression(frame, item)
        found.append((lines, piece))
    first_lines, first = found[0]
    frame.lines += first_lines
    if not any(lines for lines, _ in found[1:]):
        parts = [piece for _, piece in found]
        return frame.built(f"({f' {word} '.join(part.text for part in parts)})", *parts)
    name = frame.temporary()
    frame.emit(f"{name} = {first.text}")
    for lines, piece in found[1:]:
        with frame.suite(f"if {name}:" if word == "and" else f"if not {name}:"):
            frame.lines += lines
            frame.emit(f"{name} = {piece.text}")
    return Piece(name)


def _if_expr(frame: Frame, expr: IfExpr) -> Piece:
    condition = expression(frame, expr.condition)
    with frame.aside() as then_lines:
        then = expression(frame, expr.then)
    with frame.aside() as else_lines:
        orelse = expression(frame, expr.orelse)
    if not then_lines and not else_lines:
        text = f"({then.text} if {condition.text} else {orelse.text})"
        return frame.built(text, condition, then, orelse)
    name = frame.temporary()
    with frame.suite(f"if {condition.text}:"):
        frame.lines += then_lines
        frame.emit(f"{name} = {then.text}")
    with frame.suite("else:"):
        frame.lines += else_lines
        frame.emit(f"{name} = {orelse.text}")
    return Piece(name)


# ── Functions inside ──────────────────────────────────────────────────────────────────────────


def _lambda(frame: Frame, expr: Lambda) -> Piece:
    frame.freeze_all(expr.body)
    name = frame.temporary("l")
    params = ", ".join(frame.bind(param.name) for param in expr.params)
    with frame.inner_function(f"def {name}({params}):"):
        frame.emit(f"return {expression(frame, expr.body).text}")
    return Piece(name)


def _outlined(frame: Frame, expr: Quant | Comprehension) -> Piece:
    """A loop inside an expression; in a function of its own where Python nests no deeper."""
    if frame.has_room_for_loops():
        return iteration(frame, expr, expression)
    frame.freeze_all(expr)
    name = frame.temporary("l")
    with frame.inner_function(f"def {name}():"):
        frame.emit(f"return {iteration(frame, expr, expression).text}")
    return frame.store(Piece(f"{name}()", 1))
