"""Formatting: `str.format`, `"%d" % n`, and the text that `str` and `repr` give.

    "{1}-{0:03d}".format(a, b)     "%s: %5.2f" % (name, x)     str([1, 2])

A template is a literal, so that each field is known; arguments are evaluated once, in order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from string import Formatter
from typing import Final

from autoform.frontends.python import tree
from autoform.frontends.python import types as host
from autoform.frontends.python.calls import BUILTINS, METHODS
from autoform.frontends.python.coerce import to_float, unwrap
from autoform.frontends.python.context import Lowering
from autoform.frontends.python.expressions import formatted, to_text
from autoform.frontends.python.totality import is_total
from autoform.frontends.python.types import (
    BOOL,
    FLOAT,
    INT,
    STR,
    HostType,
    TupleT,
    resolve,
    to_ir,
)
from autoform.frontends.python.values import Val, is_atom, str_val
from autoform.ir import exprs as ir
from autoform.ir import types as ir_types

__all__ = ["displayed", "percent"]


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of a template: which argument, under which conversion and specification."""

    argument: int | str
    conversion: str
    spec: str


# `"…".format(…)`.


def _format(ctx: Lowering, node: tree.Call, function: tree.Attribute, receiver: Val) -> Val:
    if not isinstance(function.value, tree.Str) or not isinstance(receiver.ir, ir.StrLit):
        ctx.refuse("string-format", "`format` of a computed template", node)
    template = _parsed(ctx, function.value)
    names: dict[int | str, tree.Expr] = dict(enumerate(node.args))
    for keyword in node.keywords:
        if keyword.name is None:
            ctx.refuse("star-arguments", "`**` in a call", node)
        names[keyword.name] = keyword.value
    vals = dict(zip(names, _held(ctx, ctx.operands([*names.values()])), strict=True))
    pieces: list[ir.Expr] = []
    for piece in template:
        if isinstance(piece, str):
            pieces.append(ir.StrLit(piece, span=ctx.span(node)))
        elif piece.argument not in vals:
            ctx.refuse("string-format", f"`{{{piece.argument}}}` has no argument", node)
        else:
            part = tree.Formatted(
                node.start, node.end, names[piece.argument], piece.conversion, piece.spec
            )
            pieces.append(formatted(ctx, vals[piece.argument], part))
    return _joined(ctx, pieces, node)


METHODS["str", "format"] = _format


def _parsed(ctx: Lowering, template: tree.Str) -> list[str | _Field]:
    """The texts and fields of a template, automatic numbers filled in."""
    found: list[str | _Field] = []
    automatic = 0
    try:
        parts = list(Formatter().parse(template.value))
    except ValueError as error:
        ctx.refuse("string-format", f"the template: {error}", template)
    for text, name, spec, conversion in parts:
        if text:
            found.append(text)
        if name is None:
            continue
        argument: int | str = name
        if name == "":
            argument, automatic = automatic, automatic + 1
        elif name.isdecimal() and name.isascii():
            argument = int(name)
        elif not name.isidentifier():
            ctx.refuse("string-format", f"the field `{name}`", template)
        if "{" in (spec or ""):
            ctx.refuse("string-format", "a field inside a format specification", template)
        found.append(_Field(argument, conversion or "", spec or ""))
    numbers = {f.argument for f in found if isinstance(f, _Field)}
    if automatic and automatic != sum(isinstance(n, int) for n in numbers):
        ctx.refuse("string-format", "automatic and explicit numbers in one template", template)
    return found


def _held(ctx: Lowering, vals: list[Val]) -> list[Val]:
    """The arguments, each evaluated once: a template may use one twice, or not at all."""
    if all(is_total(val.ir) for val in vals):
        return vals
    return [val if is_atom(val.ir) else ctx.temp(val) for val in vals]


def _joined(ctx: Lowering, pieces: list[ir.Expr], node: tree.Tree) -> Val:
    span = ctx.span(node)
    return Val(replace(_concatenated(pieces), span=span), STR) if pieces else str_val("", span)


def _concatenated(pieces: list[ir.Expr]) -> ir.Expr:
    result = pieces[0]
    for piece in pieces[1:]:
        result = ir.Apply("str.concat", (result, piece), ir_types.STR, span=piece.span)
    return result


# `"…" % …`.

_DIRECTIVE: Final = re.compile(
    r"%(?:(?P<flags>[-+ 0]*)(?P<width>[1-9]\d{0,3})?(?:\.(?P<precision>\d{1,3}))?"
    r"(?P<kind>[disxXofFeEgG])|(?P<percent>%))"
)
_INTEGERS: Final = {"d": "d", "i": "d", "x": "x", "X": "X", "o": "o"}


def percent(ctx: Lowering, left: Val, right: Val, node: tree.Tree) -> Val:
    """`template % values`, both already evaluated."""
    if not isinstance(left.ir, ir.StrLit):
        ctx.refuse("string-format", "`%` formatting with a computed template", node)
    pieces = list(_directives(ctx, left.ir.value, node))
    type_ = ctx.known_type(right, node)
    if not isinstance(type_, TupleT):
        vals = [right]
    elif isinstance(right.ir, ir.TupleLit):
        vals = [Val(e, t) for e, t in zip(right.ir.items, type_.items, strict=True)]
    else:
        held = right if is_atom(right.ir) else ctx.temp(right)
        vals = [Val(ir.TupleGet(held.ir, i), t) for i, t in enumerate(type_.items)]
    fields = [piece for piece in pieces if not isinstance(piece, str)]
    if len(fields) != len(vals):
        message = f"{len(fields)} values are formatted, and {len(vals)} given"
        ctx.refuse("type-mismatch", message, node)
    given = iter(_held(ctx, vals))
    span = ctx.span(node)
    texts = [
        ir.StrLit(piece, span=span)
        if isinstance(piece, str)
        else _directive(ctx, piece, next(given), node)
        for piece in pieces
    ]
    return _joined(ctx, texts, node)


def _directives(ctx: Lowering, template: str, node: tree.Tree) -> Iterator[str | re.Match[str]]:
    at, text = 0, ""
    while (start := template.find("%", at)) >= 0:
        match = _DIRECTIVE.match(template, start)
        if match is None:
            directive = template[start : start + 3]
            ctx.refuse("string-format", f"`{directive}` in a `%` template", node)
        text += template[at:start]
        at = match.end()
        if match["percent"]:
            text += "%"
            continue
        if text:
            yield text
        text = ""
        yield match
    if text + template[at:]:
        yield text + template[at:]


def _directive(ctx: Lowering, match: re.Match[str], val: Val, node: tree.Tree) -> ir.Expr:
    """One value as `%` shows it, by the specification that `format` has for the same."""
    kind, flags = match["kind"], match["flags"]
    type_ = ctx.known_type(val, node)
    if kind == "s":
        text = Val(to_text(ctx, val, node), STR)
        return _aligned(text, match)
    if kind in _INTEGERS and type_ is INT and match["precision"] is None:
        sign = "+" if "+" in flags else " " if " " in flags else ""
        spec = f"{_fill(flags)}{sign}{_zero(flags)}{match['width'] or ''}{_INTEGERS[kind]}"
        return _applied("py.format_int", val.ir, spec)
    if kind not in _INTEGERS and type_ in {FLOAT, INT}:
        value = val.ir if type_ is FLOAT else to_float(val.ir)
        sign = "+" if "+" in flags else " " if " " in flags else ""
        precision = "" if match["precision"] is None else f".{match['precision']}"
        spec = f"{_fill(flags)}{sign}{_zero(flags)}{match['width'] or ''}{precision}{kind}"
        return _applied("py.format_float", value, spec)
    ctx.refuse("string-format", f"`{match[0]}` of {ctx.type_text(type_)}", node)


def _fill(flags: str) -> str:
    """`-` aligns to the left, and wins over `0`; numbers are aligned to the right otherwise."""
    return "<" if "-" in flags else ""


def _zero(flags: str) -> str:
    return "0" if "0" in flags and "-" not in flags else ""


def _aligned(text: Val, match: re.Match[str]) -> ir.Expr:
    precision = "" if match["precision"] is None else f".{match['precision']}"
    if match["width"] is None and not precision:
        return text.ir
    side = "<" if "-" in match["flags"] else ">"
    spec = f"{side}{match['width'] or ''}{precision}"
    return _applied("py.format_str", text.ir, spec)


def _applied(op: str, value: ir.Expr, spec: str) -> ir.Expr:
    return ir.Apply(op, (value, ir.StrLit(spec)), ir_types.STR, span=value.span)


# `repr`, and `str` of containers, which shows their elements by `repr`.


def _repr(ctx: Lowering, node: tree.Call) -> Val:
    if len(node.args) != 1 or node.keywords:
        ctx.refuse("unsupported-builtin", "this form of `repr`", node)
    val = ctx.expr(node.args[0])
    return Val(displayed(ctx, val.ir, ctx.known_type(val, node), node), STR)


BUILTINS["repr"] = _repr


def displayed(ctx: Lowering, value: ir.Expr, type_: HostType, node: tree.Tree) -> ir.Expr:
    """`repr(value)`. Texts are refused: how they are quoted depends on what is in them."""
    type_ = resolve(type_)
    match type_:
        case host.ListT(element):
            return _enclosed("[", _listed(ctx, value, element, node), "]")
        case TupleT(items):
            return _displayed_tuple(ctx, value, items, node)
        case host.DictT():
            return _enclosed("{", _listed_pairs(ctx, value, type_, node), "}")
        case host.OptionalT(item):
            return _let(ctx, value, lambda held: _displayed_option(ctx, held, item, node))
        case host.Prim() if type_ in {INT, FLOAT, BOOL, host.NONE}:
            return to_text(ctx, Val(value, type_), node)
        case _:
            ctx.refuse("string-format", f"the text of {ctx.type_text(type_)}", node)


def _displayed_option(ctx: Lowering, value: ir.Expr, item: HostType, node: tree.Tree) -> ir.Expr:
    absent = ir.Apply("option.is_none", (value,), ir_types.BOOL, span=value.span)
    present = displayed(ctx, unwrap(value, item), item, node)
    return ir.IfExpr(absent, ir.StrLit("None"), present, span=value.span)


def _displayed_tuple(
    ctx: Lowering, value: ir.Expr, items: tuple[HostType, ...], node: tree.Tree
) -> ir.Expr:
    if isinstance(value, ir.TupleLit):
        parts = value.items
    elif is_atom(value):
        parts = tuple(ir.TupleGet(value, place) for place in range(len(items)))
    else:
        return _let(ctx, value, lambda held: _displayed_tuple(ctx, held, items, node))
    shown = [displayed(ctx, part, item, node) for part, item in zip(parts, items, strict=True)]
    pieces: list[ir.Expr] = [ir.StrLit("(")]
    for place, piece in enumerate(shown):
        pieces.extend([ir.StrLit(", "), piece] if place else [piece])
    pieces.append(ir.StrLit(",)" if len(shown) == 1 else ")"))
    return _concatenated(pieces)


def _listed(ctx: Lowering, value: ir.Expr, element: HostType, node: tree.Tree) -> ir.Expr:
    binder = ir.Binder(ctx.fresh("x"), to_ir(element))
    shown = displayed(ctx, ir.Var(binder.name, binder.type), element, node)
    return _comma_separated(shown, binder, value)


def _listed_pairs(ctx: Lowering, value: ir.Expr, type_: host.DictT, node: tree.Tree) -> ir.Expr:
    pair = ir_types.TupleType((to_ir(type_.key), to_ir(type_.value)))
    binder = ir.Binder(ctx.fresh("pair"), pair)
    held = ir.Var(binder.name, pair)
    key = displayed(ctx, ir.TupleGet(held, 0), type_.key, node)
    item = displayed(ctx, ir.TupleGet(held, 1), type_.value, node)
    shown = _concatenated([key, ir.StrLit(": "), item])
    items = ir.Apply("map.items", (value,), ir_types.SeqType(pair), span=value.span)
    return _comma_separated(shown, binder, items)


def _comma_separated(shown: ir.Expr, binder: ir.Binder, source: ir.Expr) -> ir.Expr:
    texts = ir.Comprehension(ir.Collection.SEQ, shown, (ir.Generator(binder, source),))
    return ir.Apply("str.join", (ir.StrLit(", "), texts), ir_types.STR, span=source.span)


def _enclosed(opening: str, inner: ir.Expr, closing: str) -> ir.Expr:
    return _concatenated([ir.StrLit(opening), inner, ir.StrLit(closing)])


def _let(ctx: Lowering, value: ir.Expr, build: Callable[[ir.Expr], ir.Expr]) -> ir.Expr:
    """Build with a value that is evaluated once."""
    if is_atom(value):
        return build(value)
    name = ctx.fresh("held")
    return ir.Let(name, value, build(ir.Var(name, ir.type_of(value))), span=value.span)
