"""Arithmetic and bitwise operators, by the types of their operands.

Mixed operands are converted as Python does it, and when it does it: after both are evaluated.
A `NUMERIC` result is checked by `float.numeric`, which makes no claim where integers and doubles
would part (`autoform.frontends.python.types`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

from autoform.frontends.python import tree
from autoform.frontends.python.coerce import as_seq, exact_float, to_float, unwrap
from autoform.frontends.python.context import Lowering, lowers
from autoform.frontends.python.totality import is_total
from autoform.frontends.python.types import (
    BOOL,
    FLOAT,
    INT,
    NUMBERS,
    NUMERIC,
    STR,
    Cell,
    DictT,
    HostType,
    ListT,
    OptionalT,
    SetT,
    TupleT,
    VarTupleT,
    resolve,
    to_ir,
)
from autoform.frontends.python.values import Val, int_val, is_atom
from autoform.ir import exprs as ir
from autoform.ir import types as ir_types
from autoform.source import Span

_INT: Final = ir_types.INT
_FLOAT: Final = ir_types.FLOAT

_INT_OPS: Final = {
    "+": "add",
    "-": "sub",
    "*": "mul",
    "//": "floor_div",
    "%": "floor_mod",
    "&": "int.bit_and",
    "|": "int.bit_or",
    "^": "int.bit_xor",
    "<<": "int.shl",
    ">>": "int.shr",
}
_FLOAT_OPS: Final = {
    "+": "add",
    "-": "sub",
    "*": "mul",
    "/": "py.float_div",
    "//": "py.float_floor_div",
    "%": "py.float_mod",
    "**": "py.float_pow",
}
TEXT_OPERATORS: Final[dict[str, Callable[[Lowering, Val, Val, tree.Tree], Val]]] = {}
"""Operators whose left side is a text, by symbol: `%`."""

_BOOL_OPS: Final = {"&": "bool.and", "|": "bool.or", "^": "xor"}
_SET_OPS: Final = {
    "&": "set.intersection",
    "|": "set.union",
    "-": "set.difference",
    "^": "set.symmetric_difference",
}


@lowers(tree.Binary)
def _binary(ctx: Lowering, node: tree.Binary) -> Val:
    left, right = ctx.operands((node.left, node.right))
    return binary(ctx, node.op, left, right, node)


def binary(ctx: Lowering, op: str, left: Val, right: Val, node: tree.Tree) -> Val:
    """`left op right`, both already evaluated in this order."""
    left, right = _present(ctx, left, right, node)
    guess_operands(ctx, op, left, right)
    one, two = ctx.known_type(left, _side(node, 0)), ctx.known_type(right, _side(node, 1))
    if is_number(one) and is_number(two):
        return _numbers(ctx, op, left, right, node)
    span = ctx.span(node)
    match one, two:
        case (_, _) if one is STR and op in TEXT_OPERATORS:
            return TEXT_OPERATORS[op](ctx, left, right, node)
        case (_, _) if op == "+" and one is STR and two is STR:
            return Val(ir.Apply("str.concat", (left.ir, right.ir), ir_types.STR, span=span), STR)
        case ListT(a), ListT(b) if op == "+":
            ctx.unify(a, b, node)
            return _concat(left, right, ListT(a), span)
        case TupleT(a), TupleT(b) if op == "+":
            return _concat_tuples(ctx, left, right, TupleT((*a, *b)), span)
        case TupleT() | VarTupleT(), TupleT() | VarTupleT() if op == "+":
            one_seq, two_seq = as_seq(ctx, left, node), as_seq(ctx, right, node)
            joined = ctx.join(one_seq.type, two_seq.type, node)
            return _concat(one_seq, two_seq, joined, span)
        case (_, _) if op == "*" and _is_repeatable(one) and two in {INT, BOOL}:
            return _repeat(ctx, left, right, node, span)
        case (_, _) if op == "*" and _is_repeatable(two) and one in {INT, BOOL}:
            return _repeat_reversed(ctx, left, right, node, span)
        case SetT(a, frozen), SetT(b) if op in _SET_OPS:
            ctx.unify(a, b, node)
            type_ = SetT(a, frozen)
            return Val(ir.Apply(_SET_OPS[op], (left.ir, right.ir), to_ir(type_), span=span), type_)
        case DictT(k1, v1), DictT(k2, v2) if op == "|":
            ctx.unify(k1, k2, node)
            ctx.unify(v1, v2, node)
            return Val(ir.Apply("map.merge", (left.ir, right.ir), to_ir(one), span=span), one)
        case _:
            types = f"{ctx.type_text(one)} and {ctx.type_text(two)}"
            raise ctx.refusal("unsupported-operator", f"`{op}` on {types}", node)


def _side(node: tree.Tree, side: int) -> tree.Tree:
    if isinstance(node, tree.Binary):
        return node.right if side else node.left
    return node


def is_number(type_: HostType) -> bool:
    """Whether the type is that of numbers, or of truth values, which are numbers too."""
    return type_ in NUMBERS or type_ is BOOL


def _is_repeatable(type_: HostType) -> bool:
    return type_ is STR or isinstance(type_, ListT | VarTupleT | TupleT)


def guess_operands(ctx: Lowering, op: str, left: Val, right: Val) -> None:
    """Where nothing else says what an operand is, take it for what the other one is."""
    if not ctx.info.guessing:
        return
    for one, other in ((left, right), (right, left)):
        mine, its = resolve(one.type), resolve(other.type)
        if isinstance(mine, Cell):
            if isinstance(its, Cell) and op in {"+"}:
                continue
            fits = its in NUMBERS or (op == "+" and its is STR) or isinstance(its, ListT)
            if op == "*" and not is_number(its):
                its, fits = INT, True
            ctx.solver.flow(its if fits and not isinstance(its, Cell) else INT, mine)


def _present(ctx: Lowering, left: Val, right: Val, node: tree.Tree) -> tuple[Val, Val]:
    """Operands that may be `None`: using `None` in arithmetic raises `TypeError`."""
    one, two = resolve(left.type), resolve(right.type)
    if isinstance(one, OptionalT):
        if not is_total(right.ir):
            raise ctx.refusal("type-mismatch", f"{ctx.type_text(one)} in arithmetic", node, _NARROW)
        left = Val(unwrap(left.ir, one.item), one.item)
    if isinstance(two, OptionalT):
        right = Val(unwrap(right.ir, two.item), two.item)
    return left, right


_NARROW: Final = "test it first: `if x is not None:`"


# Numbers.


def _numbers(ctx: Lowering, op: str, left: Val, right: Val, node: tree.Tree) -> Val:
    one, two = resolve(left.type), resolve(right.type)
    span = ctx.span(node)
    if one is BOOL and two is BOOL and op in _BOOL_OPS:
        return Val(ir.Apply(_BOOL_OPS[op], (left.ir, right.ir), ir_types.BOOL, span=span), BOOL)
    left, right = as_number(left), as_number(right)
    one, two = left.type, right.type
    if one is INT and two is INT:
        return _integers(op, left.ir, right.ir, span)
    if op not in _FLOAT_OPS:
        raise ctx.refusal("unsupported-operator", f"`{op}` on a float", node)
    if NUMERIC in {one, two} and FLOAT not in {one, two}:
        return _numeric(ctx, op, left, right, node, span)

    def build(a: ir.Expr, b: ir.Expr) -> ir.Expr:
        a = to_float(a) if one is INT else a
        b = to_float(b) if two is INT else b
        return ir.Apply(_FLOAT_OPS[op], (a, b), _FLOAT, span=span)

    return Val(after_both(ctx, left.ir, right.ir, build, converts=one is INT), FLOAT)


def as_number(val: Val) -> Val:
    """A truth value as the integer that it is."""
    if resolve(val.type) is not BOOL:
        return Val(val.ir, resolve(val.type))
    if isinstance(val.ir, ir.BoolLit):
        return int_val(int(val.ir.value), val.ir.span)
    return Val(ir.Apply("bool.to_int", (val.ir,), _INT, span=val.ir.span), INT)


def after_both(
    ctx: Lowering,
    left: ir.Expr,
    right: ir.Expr,
    build: Callable[[ir.Expr, ir.Expr], ir.Expr],
    *,
    converts: bool,
) -> ir.Expr:
    """Combine two operands, where the left one's conversion may fail.

    Python converts it only after the right one was evaluated.
    """
    if not converts or isinstance(left, ir.IntLit) or is_total(right):
        return build(left, right)
    first = None
    if not is_atom(left):
        first = ctx.fresh("a")
        held, left = left, ir.Var(first, ir.type_of(left), span=left.span)
    second = ctx.fresh("b")
    body = build(left, ir.Var(second, ir.type_of(right), span=right.span))
    inner = ir.Let(second, right, body, span=body.span)
    return inner if first is None else ir.Let(first, held, inner, span=body.span)


def _integers(op: str, left: ir.Expr, right: ir.Expr, span: Span) -> Val:
    if op == "/":
        return Val(ir.Apply("int.true_div", (left, right), _FLOAT, span=span), FLOAT)
    if op == "**":
        if isinstance(right, ir.IntLit) and right.value < 0:
            args = (to_float(left), to_float(right))
            return Val(ir.Apply("py.float_pow", args, _FLOAT, span=span), FLOAT)
        return Val(ir.Apply("int.pow", (left, right), _INT, span=span), INT)
    return Val(ir.Apply(_INT_OPS[op], (left, right), _INT, span=span), INT)


def _numeric(ctx: Lowering, op: str, left: Val, right: Val, node: tree.Tree, span: Span) -> Val:
    """Both may be integers: exact while the result is small enough to be both."""
    if op == "**" and not (isinstance(right.ir, ir.IntLit) and right.ir.value >= 0):
        message = "a power of what may be an int or a float"
        raise ctx.refusal("mixed-int-float", message, node, "convert the base: `float(x) ** n`")
    one = exact_float(left.ir) if left.type is INT else left.ir
    two = exact_float(right.ir) if right.type is INT else right.ir
    result = ir.Apply(_FLOAT_OPS[op], (one, two), _FLOAT, span=span)
    if op == "/":
        return Val(result, FLOAT)
    return Val(ir.Apply("float.numeric", (result,), _FLOAT, span=span), NUMERIC)


# Sequences.


def _concat(left: Val, right: Val, type_: HostType, span: Span) -> Val:
    return Val(ir.Apply("seq.concat", (left.ir, right.ir), to_ir(type_), span=span), type_)


def _concat_tuples(ctx: Lowering, left: Val, right: Val, type_: TupleT, span: Span) -> Val:
    def items(val: Val) -> tuple[ir.Expr, ...]:
        if isinstance(val.ir, ir.TupleLit):
            return val.ir.items
        if not isinstance(val.ir, ir.Var):
            val = ctx.temp(val)
        val_type = resolve(val.type)
        val_type = cast("TupleT", val_type)
        return tuple(ir.TupleGet(val.ir, i, span=span) for i in range(len(val_type.items)))

    return Val(ir.TupleLit((*items(left), *items(right)), span=span), type_)


def _repeat(ctx: Lowering, left: Val, right: Val, node: tree.Tree, span: Span) -> Val:
    count = as_number(right).ir
    if resolve(left.type) is STR:
        return Val(ir.Apply("str.repeat", (left.ir, count), ir_types.STR, span=span), STR)
    seq = as_seq(ctx, left, node)
    return Val(ir.Apply("seq.repeat", (seq.ir, count), to_ir(seq.type), span=span), seq.type)


def _repeat_reversed(ctx: Lowering, left: Val, right: Val, node: tree.Tree, span: Span) -> Val:
    """`n * xs`: the count is evaluated first, but the operator takes it second."""
    repeated = Val(ir.TRUE, BOOL)

    def build(seq: ir.Expr, count: ir.Expr) -> ir.Expr:
        nonlocal repeated
        repeated = _repeat(ctx, Val(seq, right.type), Val(count, left.type), node, span)
        return repeated.ir

    return Val(ctx.flipped(left.ir, right.ir, build), repeated.type)
