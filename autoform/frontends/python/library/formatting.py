"""Formatting: `str.format`, `"%d" % n`, and the text that `str` and `repr` give.

    "{1}-{0:03d}".format(a, b)     "%s: %5.2f" % (name, x)     str([1, 2])

A template is a literal, so that each field is known; arguments are evaluated once, in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from string import Formatter
from typing import Final

from autoform.frontends.python import tree
from autoform.frontends.python.arithmetic import TEXT_OPERATORS
from autoform.frontends.python.calls import BUILTINS, METHODS
from autoform.frontends.python.coerce import to_float
from autoform.frontends.python.context import Lowering
from autoform.frontends.python.text_values import concatenated, displayed, formatted, to_text
from autoform.frontends.python.totality import is_total
from autoform.frontends.python.types import (
    FLOAT,
    INT,
    STR,
    TupleT,
)
from autoform.frontends.python.values import Val, is_atom, str_val
from autoform.ir import exprs as ir
from autoform.ir import types as ir_types


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of a template: which argument, under which conversion and specification."""

    argument: int | str
    conversion: str
    spec: str


# `"…".format(…)`.


def _format(ctx: Lowering, node: tree.Call, function: tree.Attribute, receiver: Val) -> Val:
    if not isinstance(function.value, tree.Str) or not isinstance(receiver.ir, ir.StrLit):
        raise ctx.refusal("string-format", "`format` of a computed template", node)
    template = _parsed(ctx, function.value)
    names: dict[int | str, tree.Expr] = dict(enumerate(node.args))
    for keyword in node.keywords:
        if keyword.name is None:
            raise ctx.refusal("star-arguments", "`**` in a call", node)
        names[keyword.name] = keyword.value
    vals = dict(zip(names, _held(ctx, ctx.operands([*names.values()])), strict=True))
    pieces: list[ir.Expr] = []
    for piece in template:
        if isinstance(piece, str):
            pieces.append(ir.StrLit(piece, span=ctx.span(node)))
        elif piece.argument not in vals:
            raise ctx.refusal("string-format", f"`{{{piece.argument}}}` has no argument", node)
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
        raise ctx.refusal("string-format", f"the template: {error}", template) from None
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
            raise ctx.refusal("string-format", f"the field `{name}`", template)
        if "{" in (spec or ""):
            raise ctx.refusal("string-format", "a field inside a format specification", template)
        found.append(_Field(argument, conversion or "", spec or ""))
    numbers = {f.argument for f in found if isinstance(f, _Field)}
    if automatic and automatic != sum(isinstance(n, int) for n in numbers):
        raise ctx.refusal(
            "string-format", "automatic and explicit numbers in one template", template
        )
    return found


def _held(ctx: Lowering, vals: list[Val]) -> list[Val]:
    """The arguments, each evaluated once: a template may use one twice, or not at all."""
    if all(is_total(val.ir) for val in vals):
        return vals
    return [val if is_atom(val.ir) else ctx.temp(val) for val in vals]


def _joined(ctx: Lowering, pieces: list[ir.Expr], node: tree.Tree) -> Val:
    span = ctx.span(node)
    return Val(replace(concatenated(pieces), span=span), STR) if pieces else str_val("", span)


# `"…" % …`.

_DIRECTIVE: Final = re.compile(
    r"%(?:(?P<flags>[-+ 0]*)(?P<width>[1-9]\d{0,3})?(?:\.(?P<precision>\d{1,3}))?"
    r"(?P<kind>[disxXofFeEgG])|(?P<percent>%))"
)
_INTEGERS: Final = {"d": "d", "i": "d", "x": "x", "X": "X", "o": "o"}


def percent(ctx: Lowering, left: Val, right: Val, node: tree.Tree) -> Val:
    """`template % values`, both already evaluated."""
    if not isinstance(left.ir, ir.StrLit):
        raise ctx.refusal("string-format", "`%` formatting with a computed template", node)
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
        raise ctx.refusal("type-mismatch", message, node)
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
            raise ctx.refusal("string-format", f"`{directive}` in a `%` template", node)
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
    raise ctx.refusal("string-format", f"`{match[0]}` of {ctx.type_text(type_)}", node)


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
        raise ctx.refusal("unsupported-builtin", "this form of `repr`", node)
    val = ctx.expr(node.args[0])
    return Val(displayed(ctx, val.ir, ctx.known_type(val, node), node), STR)


BUILTINS["repr"] = _repr
TEXT_OPERATORS["%"] = percent
