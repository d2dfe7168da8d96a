"""The methods of `str`, and of numbers."""

from __future__ import annotations

from typing import Final

from autoform.frontends.python import tree
from autoform.frontends.python.calls import METHODS, Method
from autoform.frontends.python.context import Lowering
from autoform.frontends.python.elements import element_of, sequence_arg
from autoform.frontends.python.library.arguments import want
from autoform.frontends.python.subscripts import index_of
from autoform.frontends.python.totality import is_total
from autoform.frontends.python.types import (
    BOOL,
    INT,
    STR,
    Cell,
    HostType,
    ListT,
    TupleT,
    resolve,
    to_ir,
)
from autoform.frontends.python.values import Val
from autoform.ir import exprs as ir
from autoform.ir import types as ir_types

_WORDS: Final = ListT(STR)

# name: the operator for each number of arguments, the arguments' types, the result.
_PLAIN: Final[dict[str, tuple[tuple[tuple[HostType, ...], str], ...]]] = {
    "replace": (((STR, STR), "str.replace"), ((STR, STR, INT), "str.replace_n")),
    "find": (((STR,), "str.find"), ((STR, INT), "str.find_from")),
    "rfind": (((STR,), "str.rfind"),),
    "index": (((STR,), "str.index"),),
    "rindex": (((STR,), "str.rindex"),),
    "count": (((STR,), "str.count"),),
    "strip": (((), "py.strip"), ((STR,), "py.strip_chars")),
    "lstrip": (((), "py.lstrip"), ((STR,), "py.lstrip_chars")),
    "rstrip": (((), "py.rstrip"), ((STR,), "py.rstrip_chars")),
    "removeprefix": (((STR,), "py.remove_prefix"),),
    "removesuffix": (((STR,), "py.remove_suffix"),),
    "zfill": (((INT,), "py.zfill"),),
    "ljust": (((INT, STR), "py.ljust"), ((INT,), "py.ljust")),
    "rjust": (((INT, STR), "py.rjust"), ((INT,), "py.rjust")),
    "center": (((INT, STR), "py.center"), ((INT,), "py.center")),
    "splitlines": (((), "py.split_lines"),),
    "split": (((), "py.split_whitespace"), ((STR,), "str.split"), ((STR, INT), "str.split_n")),
    **{
        name: (((), f"py.{name}"),)
        for name in [
            "lower",
            "upper",
            "swapcase",
            "capitalize",
            "title",
            "casefold",
            "isalpha",
            "isdigit",
            "isdecimal",
            "isnumeric",
            "isalnum",
            "isspace",
            "isupper",
            "islower",
            "isascii",
            "isidentifier",
            "istitle",
        ]
    },
}
_PADDED: Final = frozenset({"ljust", "rjust", "center"})


def _result(name: str) -> HostType:
    if name.startswith("is"):
        return BOOL
    if name.startswith("split"):
        return _WORDS
    return INT if name in {"find", "rfind", "index", "rindex", "count"} else STR


def _method(name: str) -> Method:
    forms = {len(types): (types, op) for types, op in _PLAIN[name]}
    result = _result(name)

    def lower(ctx: Lowering, node: tree.Call, function: tree.Attribute, receiver: Val) -> Val:
        args = node.args
        if name == "split" and node.keywords:
            args = _split_arguments(ctx, node)
        elif node.keywords:
            raise ctx.refusal("unsupported-method", f"keyword arguments of `{name}`", node)
        if name == "split" and args and isinstance(args[0], tree.NoneValue) and len(args) == 1:
            args = ()
        if len(args) not in forms:
            raise ctx.refusal("unsupported-method", f"this form of `{name}`", node)
        types, op = forms[len(args)]
        vals = _after_receiver(ctx, receiver, args)
        irs = [want(ctx, v, t, a) for v, t, a in zip(vals, types, args, strict=True)]
        if name in _PADDED and len(irs) == 1:
            irs.append(ir.StrLit(" "))
        del function
        found = ir.Apply(op, (receiver.ir, *irs), to_ir(result), span=ctx.span(node))
        return Val(found, ListT(STR) if result is _WORDS else result)

    return lower


def _split_arguments(ctx: Lowering, node: tree.Call) -> tuple[tree.Expr, ...]:
    given = dict(zip(("sep", "maxsplit"), node.args, strict=False))
    for keyword in node.keywords:
        if keyword.name not in {"sep", "maxsplit"} or keyword.name in given:
            raise ctx.refusal("unsupported-method", "this form of `split`", node)
        given[keyword.name] = keyword.value
    if "sep" not in given:
        raise ctx.refusal("unsupported-method", "`split` at whitespace a number of times", node)
    return tuple(given[name] for name in ("sep", "maxsplit") if name in given)


def _after_receiver(ctx: Lowering, receiver: Val, args: tuple[tree.Expr, ...]) -> list[Val]:
    """The arguments, which are evaluated after the receiver."""
    before = len(ctx.out)
    vals = ctx.operands(args)
    if len(ctx.out) > before and not is_total(receiver.ir):
        message = "an effect in an argument, after a receiver that may fail"
        raise ctx.refusal("unsupported-syntax", message, args[0])
    return vals


for _name in _PLAIN:
    METHODS["str", _name] = _method(_name)


def _affix(op: str) -> Method:
    def lower(ctx: Lowering, node: tree.Call, function: tree.Attribute, receiver: Val) -> Val:
        del function
        if node.keywords or len(node.args) != 1:
            raise ctx.refusal("unsupported-method", "this form of the call", node)
        val = ctx.expr(node.args[0])
        type_, span = resolve(val.type), ctx.span(node)
        if isinstance(type_, TupleT) and isinstance(val.ir, ir.TupleLit):
            tests = tuple(
                ir.Apply(op, (receiver.ir, want(ctx, Val(e, t), STR, node)), ir_types.BOOL)
                for e, t in zip(val.ir.items, type_.items, strict=True)
            )
            if not is_total(receiver.ir) or len(tests) < 2:
                raise ctx.refusal("unsupported-method", "this form of the call", node)
            return Val(ir.Or(tests, span=span), BOOL)
        arg = want(ctx, val, STR, node)
        return Val(ir.Apply(op, (receiver.ir, arg), ir_types.BOOL, span=span), BOOL)

    return lower


METHODS["str", "startswith"] = _affix("str.starts_with")
METHODS["str", "endswith"] = _affix("str.ends_with")


def _join(ctx: Lowering, node: tree.Call, function: tree.Attribute, receiver: Val) -> Val:
    del function
    if node.keywords or len(node.args) != 1:
        raise ctx.refusal("unsupported-method", "this form of `join`", node)
    seq = sequence_arg(ctx, node.args[0])
    element = resolve(element_of(ctx, seq, node.args[0]))
    if isinstance(element, Cell) and ctx.info.guessing:
        ctx.solver.flow(STR, element)
        element = STR
    if isinstance(element, Cell):
        raise ctx.unknown("what is joined", node)
    if element is not STR:
        raise ctx.refusal("type-mismatch", f"`join` of {ctx.type_text(element)}", node)
    found = ir.Apply("str.join", (receiver.ir, seq.ir), ir_types.STR, span=ctx.span(node))
    return Val(found, STR)


METHODS["str", "join"] = _join


def _number_method(op: str, result: HostType) -> Method:
    def lower(ctx: Lowering, node: tree.Call, function: tree.Attribute, receiver: Val) -> Val:
        del function
        if node.args or node.keywords:
            raise ctx.refusal("unsupported-method", "arguments here", node)
        arg = index_of(ctx, receiver, node) if op.startswith("int.") else receiver.ir
        return Val(ir.Apply(op, (arg,), to_ir(result), span=ctx.span(node)), result)

    return lower


METHODS["int", "bit_length"] = _number_method("int.bit_length", INT)
METHODS["int", "bit_count"] = _number_method("int.bit_count", INT)
METHODS["float", "is_integer"] = _number_method("float.is_integer", BOOL)
