"""Searching and splitting at a place: the forms of methods that name a start, and `partition`.

    s.find(t, 2, j)     str.find_from(str.slice_to(s, j), t, 2)
    s.partition("-")    by `str.find`: what is before, the separator, what is after

Starts that may be negative, and separators that may be empty, have rules of their own in Python:
they are lifted only where the source rules them out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from autoform.frontends.python import tree
from autoform.frontends.python.calls import METHODS, Method
from autoform.frontends.python.coerce import as_seq
from autoform.frontends.python.context import Lowering
from autoform.frontends.python.elements import element_of
from autoform.frontends.python.library import queries, text
from autoform.frontends.python.library.arguments import want
from autoform.frontends.python.membership import searched
from autoform.frontends.python.subscripts import is_non_negative
from autoform.frontends.python.totality import is_total
from autoform.frontends.python.types import BOOL, INT, STR, HostType, ListT, TupleT, to_ir
from autoform.frontends.python.values import Val, is_atom
from autoform.ir import exprs as ir
from autoform.ir import types as ir_types

_EXTENDED: Final = (queries, text)
"""Imported first: their forms of the methods are those that are tried here last."""

_STR: Final = ir_types.STR
_INT: Final = ir_types.INT
_BOOL: Final = ir_types.BOOL
_SOUGHT_AND_START: Final[tuple[HostType, ...]] = (STR, INT)
_ZERO: Final = ir.IntLit(0, _INT)
_EMPTY: Final = ir.StrLit("")


def _let(ctx: Lowering, hint: str, value: ir.Expr, build: Callable[[ir.Expr], ir.Expr]) -> ir.Expr:
    """Build with a value that is evaluated once."""
    if is_atom(value):
        return build(value)
    name = ctx.fresh(hint)
    held = ir.Var(name, ir.type_of(value), span=value.span)
    return ir.Let(name, value, build(held), span=value.span)


def _text(op: str, *args: ir.Expr, type_: ir_types.Type = _STR) -> ir.Expr:
    return ir.Apply(op, args, type_, span=args[0].span)


def _started(
    name: str,
    build: Callable[[Lowering, ir.Expr, tuple[ir.Expr, ...], tree.Call], ir.Expr],
    result: HostType,
) -> Method:
    """A method with the form `s.name(t, start[, stop])`, beside the one it had."""
    plain = METHODS["str", name]

    def lower(ctx: Lowering, node: tree.Call, function: tree.Attribute, receiver: Val) -> Val:
        if node.keywords or not node.args[1:]:
            return plain(ctx, node, function, receiver)
        # `str.find_from` counts a negative start from the end, as Python does.
        if len(node.args) > len(_SOUGHT_AND_START) or name in {"count", "startswith"}:
            _demand_start(ctx, node)
        vals = ctx.operands(node.args)
        if not all(is_total(val.ir) for val in (receiver, *vals)):
            raise ctx.refusal("unsupported-method", f"arguments of `{name}` that may fail", node)
        types = (*_SOUGHT_AND_START, INT)
        irs = tuple(want(ctx, v, t, a) for v, t, a in zip(vals, types, node.args, strict=False))
        if len(irs) != len(vals):
            raise ctx.refusal("unsupported-method", f"this form of `{name}`", node)
        return Val(build(ctx, receiver.ir, irs, node), result)

    return lower


def _demand_start(ctx: Lowering, node: tree.Call) -> None:
    if not is_non_negative(ctx, node.args[1]):
        message = "a start that may be negative, and then counts from the end"
        raise ctx.refusal("unsupported-method", message, node, "slice the text first: `s[i:]`")


def _upto(text: ir.Expr, stop: tuple[ir.Expr, ...]) -> ir.Expr:
    return _text("str.slice_to", text, stop[0]) if stop else text


def _find(ctx: Lowering, text: ir.Expr, args: tuple[ir.Expr, ...], node: tree.Call) -> ir.Expr:
    del ctx, node
    sought, start, *stop = args
    return _text("str.find_from", _upto(text, tuple(stop)), sought, start, type_=_INT)


def _index(ctx: Lowering, text: ir.Expr, args: tuple[ir.Expr, ...], node: tree.Call) -> ir.Expr:
    found = ctx.temp(Val(_find(ctx, text, args, node), INT), "at").ir
    span = ctx.span(node)
    missing = ir.Apply("lt", (found, _ZERO), _BOOL, span=span)
    ctx.fail_where(missing, "ValueError", node)
    return found


def _demand_text(ctx: Lowering, sought: ir.Expr, node: tree.Call) -> None:
    if not (isinstance(sought, ir.StrLit) and sought.value):
        message = "a text that may be empty, which is found everywhere"
        raise ctx.refusal("unsupported-method", message, node)


def _count(ctx: Lowering, text: ir.Expr, args: tuple[ir.Expr, ...], node: tree.Call) -> ir.Expr:
    sought, start, *stop = args
    _demand_text(ctx, sought, node)
    part = _text("str.slice_from", _upto(text, tuple(stop)), start)
    return _text("str.count", part, sought, type_=_INT)


def _starts(ctx: Lowering, text: ir.Expr, args: tuple[ir.Expr, ...], node: tree.Call) -> ir.Expr:
    sought, start, *stop = args
    _demand_text(ctx, sought, node)
    part = _text("str.slice_from", _upto(text, tuple(stop)), start)
    return _text("str.starts_with", part, sought, type_=_BOOL)


METHODS["str", "find"] = _started("find", _find, INT)
METHODS["str", "index"] = _started("index", _index, INT)
METHODS["str", "count"] = _started("count", _count, INT)
METHODS["str", "startswith"] = _started("startswith", _starts, BOOL)


# At a separator.


def _partition(op: str, *, from_end: bool) -> Method:
    def lower(ctx: Lowering, node: tree.Call, function: tree.Attribute, receiver: Val) -> Val:
        del function
        separator = _separator(ctx, node)

        def split(text: ir.Expr) -> ir.Expr:
            whole = (_EMPTY, _EMPTY, text) if from_end else (text, _EMPTY, _EMPTY)

            def parts(at: ir.Expr) -> ir.Expr:
                before, after = _around(text, at, separator)
                found = ir.TupleLit((before, separator, after), span=ctx.span(node))
                return ir.IfExpr(_is_missing(at), ir.TupleLit(whole), found)

            return _let(ctx, "at", _text(op, text, separator, type_=_INT), parts)

        return Val(_let(ctx, "text", receiver.ir, split), TupleT((STR, STR, STR)))

    return lower


def _separator(ctx: Lowering, node: tree.Call) -> ir.Expr:
    """The separator, which Python refuses to be empty."""
    val = ctx.expr(node.args[0]) if len(node.args) == 1 and not node.keywords else None
    if val is None or not (isinstance(val.ir, ir.StrLit) and val.ir.value):
        raise ctx.refusal("unsupported-method", "a separator that is not a plain literal", node)
    return val.ir


def _around(text: ir.Expr, at: ir.Expr, separator: ir.Expr) -> tuple[ir.Expr, ir.Expr]:
    size = len(separator.value) if isinstance(separator, ir.StrLit) else 0
    behind = ir.Apply("add", (at, ir.IntLit(size, _INT)), _INT, span=at.span)
    return _text("str.slice_to", text, at), _text("str.slice_from", text, behind)


def _is_missing(at: ir.Expr) -> ir.Expr:
    return ir.Apply("lt", (at, _ZERO), _BOOL, span=at.span)


METHODS["str", "partition"] = _partition("str.find", from_end=False)
METHODS["str", "rpartition"] = _partition("str.rfind", from_end=True)


def _rsplit(ctx: Lowering, node: tree.Call, function: tree.Attribute, receiver: Val) -> Val:
    """`rsplit` without a limit is `split`; with the limit 1 it splits at the last separator."""
    limit = node.args[1:] or tuple(w.value for w in node.keywords if w.name == "maxsplit")
    if not limit and not node.keywords:
        return METHODS["str", "split"](ctx, node, function, receiver)
    match limit:
        case (tree.Int(value=1),) if len(node.args) >= 1:
            pass
        case _:
            raise ctx.refusal("unsupported-method", "`rsplit` with a limit other than 1", node)
    first = tree.Call(node.start, node.end, node.function, node.args[:1], ())
    separator = _separator(ctx, first)

    def split(text: ir.Expr) -> ir.Expr:
        def parts(at: ir.Expr) -> ir.Expr:
            found = ir.SeqLit(_STR, _around(text, at, separator), span=ctx.span(node))
            return ir.IfExpr(_is_missing(at), ir.SeqLit(_STR, (text,)), found)

        return _let(ctx, "at", _text("str.rfind", text, separator, type_=_INT), parts)

    return Val(_let(ctx, "text", receiver.ir, split), ListT(STR))


METHODS["str", "rsplit"] = _rsplit


# In lists.


def _list_index(kind: str) -> Method:
    plain = METHODS[kind, "index"]

    def lower(ctx: Lowering, node: tree.Call, function: tree.Attribute, receiver: Val) -> Val:
        match node.args, node.keywords:
            case (sought_node, start_node), ():
                _demand_start(ctx, node)
            case _:
                return plain(ctx, node, function, receiver)
        seq = as_seq(ctx, receiver, node)
        sought, start = ctx.operands((sought_node, start_node))
        if not all(is_total(val.ir) for val in (seq, sought, start)):
            raise ctx.refusal("unsupported-method", "arguments of `index` that may fail", node)
        first = want(ctx, start, INT, start_node)
        wanted = searched(ctx, sought, element_of(ctx, seq, node), sought_node)
        rest = ir.Apply("seq.slice_from", (seq.ir, first), to_ir(seq.type))
        found = ir.Apply("seq.index", (rest, wanted), _INT, span=ctx.span(node))
        return Val(ir.Apply("add", (first, found), _INT, span=ctx.span(node)), INT)

    return lower


for _kind in ("list", "tuple"):
    METHODS[_kind, "index"] = _list_index(_kind)
