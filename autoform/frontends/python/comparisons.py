"""Comparisons of evaluated operands, by their types."""

from __future__ import annotations

from typing import Final

from autoform.frontends.python import tree
from autoform.frontends.python.arithmetic import as_number
from autoform.frontends.python.coerce import as_seq, coerce, to_float, unwrap
from autoform.frontends.python.context import Lowering
from autoform.frontends.python.totality import is_total
from autoform.frontends.python.types import (
    BOOL,
    FLOAT,
    INT,
    NONE,
    NUMBERS,
    NUMERIC,
    RANGE,
    STR,
    Cell,
    DictT,
    HostType,
    IterT,
    ListT,
    OptionalT,
    RecordT,
    SetT,
    TupleT,
    VarTupleT,
    contains,
    resolve,
)
from autoform.frontends.python.values import EXACT_FLOAT_BITS, ZERO, Val
from autoform.ir import exprs as ir
from autoform.ir import types as ir_types
from autoform.source import Span

_BOOL: Final = ir_types.BOOL
_ORDER: Final = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge"}

_EQUAL: Final = {"==": "eq", "!=": "ne"}

_SUBSET: Final = {"<": "set.is_proper_subset", "<=": "set.is_subset"}


def compare(ctx: Lowering, op: str, left: Val, right: Val, node: tree.Tree) -> ir.Expr:
    """`left op right`, both already evaluated in this order."""
    span = ctx.span(node)
    if op in {"is", "is not"}:
        return _identity(ctx, op, left, right, node)
    guess_same(ctx, left, right)
    one, two = ctx.known_type(left, node), ctx.known_type(right, node)
    if one in _COMPARABLE_NUMBERS and two in _COMPARABLE_NUMBERS:
        return _compare_numbers(ctx, op, left, right, node)
    if op in _EQUAL:
        return _equality(ctx, _EQUAL[op], left, right, node)
    if isinstance(one, SetT) and isinstance(two, SetT):
        ctx.unify(one.element, two.element, node)
        if op in _SUBSET:
            return ir.Apply(_SUBSET[op], (left.ir, right.ir), _BOOL, span=span)
        flipped = _SUBSET["<" if op == ">" else "<="]
        return ctx.flipped(
            left.ir, right.ir, lambda b, a: ir.Apply(flipped, (b, a), _BOOL, span=span)
        )
    return _order(ctx, op, left, right, node)


_COMPARABLE_NUMBERS: Final = NUMBERS | {BOOL}


def guess_same(ctx: Lowering, left: Val, right: Val) -> None:
    """Where nothing else says what an operand is, take it for what it is compared with."""
    if not ctx.info.guessing:
        return
    one, two = resolve(left.type), resolve(right.type)
    if isinstance(one, Cell) and isinstance(two, Cell):
        ctx.solver.unify(one, two)
        ctx.solver.flow(INT, one)
    elif isinstance(one, Cell):
        ctx.solver.flow(two, one)
    elif isinstance(two, Cell):
        ctx.solver.flow(one, two)


def _compare_numbers(ctx: Lowering, op: str, left: Val, right: Val, node: tree.Tree) -> ir.Expr:
    span = ctx.span(node)
    name = {**_ORDER, **_EQUAL}[op]
    if resolve(left.type) is BOOL and resolve(right.type) is BOOL and op in _EQUAL:
        return ir.Apply(name, (left.ir, right.ir), _BOOL, span=span)
    left, right = as_number(left), as_number(right)
    if (left.type is INT) == (right.type is INT):
        return ir.Apply(name, (left.ir, right.ir), _BOOL, span=span)
    for val in (left, right):
        exact = isinstance(val.ir, ir.IntLit) and val.ir.value.bit_length() <= EXACT_FLOAT_BITS
        if val.type is INT and exact:
            val.ir = to_float(val.ir)
            return ir.Apply(name, (left.ir, right.ir), _BOOL, span=span)
    if left.type is INT:
        order = ir.Apply("int.compare_float", (left.ir, right.ir), ir_types.INT, span=span)
        return _by_order(ctx, name, order, span)
    flipped = ctx.flipped(
        left.ir,
        right.ir,
        lambda b, a: ir.Apply("int.compare_float", (b, a), ir_types.INT, span=span),
    )
    return _by_order(ctx, _FLIPPED.get(name, name), flipped, span)


_FLIPPED: Final = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}


def _by_order(ctx: Lowering, name: str, order: ir.Expr, span: Span) -> ir.Expr:
    """-1, 0 and 1 as usual, and 2 where one side is NaN and no order holds."""
    one = ir.IntLit(1, ir_types.INT)
    if name == "gt":
        return ir.Apply("eq", (order, one), _BOOL, span=span)
    if name != "ge":
        return ir.Apply(name, (order, ZERO), _BOOL, span=span)
    held = ir.Var(ctx.fresh("order"), ir_types.INT, span=span)
    at_least = ir.Apply("ge", (held, ZERO), _BOOL, span=span)
    no_nan = ir.Apply("le", (held, one), _BOOL, span=span)
    return ir.Let(held.name, order, ir.And((at_least, no_nan), span=span), span=span)


def _equality(ctx: Lowering, name: str, left: Val, right: Val, node: tree.Tree) -> ir.Expr:
    span = ctx.span(node)
    one, two = resolve(left.type), resolve(right.type)
    if one is NONE or two is NONE:
        raise ctx.refusal("type-mismatch", "a comparison with a value that is always None", node)
    if isinstance(one, OptionalT) != isinstance(two, OptionalT):
        optional = one if isinstance(one, OptionalT) else two
        if ctx.module.tells_nan(optional):
            raise ctx.refusal("unsupported-operator", "equality of floats that may be None", node)
        args = coerce(ctx, left, optional, node), coerce(ctx, right, optional, node)
        return ir.Apply(name, args, _BOOL, span=span)
    if isinstance(one, IterT) or isinstance(two, IterT) or RANGE in {one, two}:
        raise ctx.refusal("unsupported-operator", "equality of iterators or ranges", node)
    if isinstance(one, VarTupleT) != isinstance(two, VarTupleT):
        left, right = as_seq(ctx, left, node), as_seq(ctx, right, node)
        one, two = resolve(left.type), resolve(right.type)
    if ctx.module.tells_nan(one) or ctx.module.tells_nan(two):
        raise ctx.refusal(
            "unsupported-operator", _IDENTITY, node, "compare the elements one by one"
        )
    if isinstance(one, TupleT | VarTupleT) and isinstance(two, TupleT | VarTupleT):
        joined = ctx.join(one, two, node)
        args = coerce(ctx, left, joined, node), coerce(ctx, right, joined, node)
        return ir.Apply(name, args, _BOOL, span=span)
    if type(one) is not type(two) or (one is not two and (one in _PLAIN or two in _PLAIN)):
        shown = f"{ctx.type_text(one)} with {ctx.type_text(two)}"
        raise ctx.refusal("type-mismatch", f"comparing {shown} is always false", node)
    if isinstance(one, SetT) and isinstance(two, SetT):
        ctx.unify(one.element, two.element, node)
    else:
        ctx.unify(one, two, node)
    return ir.Apply(name, (left.ir, right.ir), _BOOL, span=span)


_PLAIN: Final = frozenset({STR, INT, BOOL, FLOAT, NUMERIC, NONE})

_IDENTITY: Final = (
    "equality of containers of floats: Python finds a NaN equal to itself there, if it is the"
    " same object"
)


def _identity(ctx: Lowering, op: str, left: Val, right: Val, node: tree.Tree) -> ir.Expr:
    if isinstance(right.ir, ir.BoolLit) and ctx.known_type(left, node) is BOOL:
        name = "eq" if op == "is" else "ne"
        return ir.Apply(name, (left.ir, right.ir), _BOOL, span=ctx.span(node))
    raise ctx.refusal("identity-comparison", f"`{op}` on values", node)


def _order(ctx: Lowering, op: str, left: Val, right: Val, node: tree.Tree) -> ir.Expr:
    one, two = resolve(left.type), resolve(right.type)
    span = ctx.span(node)
    if isinstance(one, OptionalT) or isinstance(two, OptionalT):
        left, right = _present(ctx, left, right, node)
        return compare(ctx, op, left, right, node)
    if one is STR and two is STR:
        return ir.Apply(_ORDER[op], (left.ir, right.ir), _BOOL, span=span)
    if isinstance(one, TupleT | VarTupleT) and isinstance(two, TupleT | VarTupleT):
        if ctx.module.tells_nan(one) or ctx.module.tells_nan(two):
            raise ctx.refusal("unsupported-operator", _IDENTITY, node)
        if not (is_ordered(one) and is_ordered(two)):
            raise ctx.refusal("unsupported-operator", f"`{op}` on {ctx.type_text(one)}", node)
        joined = ctx.join(one, two, node)
        args = coerce(ctx, left, joined, node), coerce(ctx, right, joined, node)
        return ir.Apply(_ORDER[op], args, _BOOL, span=span)
    if isinstance(one, ListT) and isinstance(two, ListT) and not ctx.module.tells_nan(one):
        ctx.unify(one, two, node)
        if is_ordered(one):
            return ir.Apply(_ORDER[op], (left.ir, right.ir), _BOOL, span=span)
    shown = f"{ctx.type_text(one)} and {ctx.type_text(two)}"
    raise ctx.refusal("unsupported-operator", f"`{op}` between {shown}", node)


def _present(ctx: Lowering, left: Val, right: Val, node: tree.Tree) -> tuple[Val, Val]:
    """Ordering `None` raises `TypeError`, after both operands are evaluated."""
    one, two = resolve(left.type), resolve(right.type)
    if isinstance(one, OptionalT):
        if not is_total(right.ir):
            raise ctx.refusal("type-mismatch", f"{ctx.type_text(one)} in a comparison", node)
        left = Val(unwrap(left.ir, one.item), one.item)
    if isinstance(two, OptionalT):
        right = Val(unwrap(right.ir, two.item), two.item)
    return left, right


def is_ordered(type_: HostType) -> bool:
    """Whether `<` is defined on values of the type, and is what the IR makes of it."""

    def disordered(part: HostType) -> bool:
        return isinstance(part, SetT | DictT | OptionalT | IterT | RecordT | Cell) or part is NONE

    return not contains(type_, disordered)
