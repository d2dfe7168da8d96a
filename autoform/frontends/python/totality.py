"""Whether evaluating an IR expression can fail: asked where the order of two failures matters."""

from __future__ import annotations

from typing import assert_never

from autoform.ir import exprs as ir
from autoform.ir.ops import OPS
from autoform.ir.types import INT, FloatType, IntType


def is_total(expr: ir.Expr) -> bool:
    """Whether the expression surely has a value. Conservative: a call may fail."""
    match expr:
        case (
            ir.Var()
            | ir.ConstRef()
            | ir.IntLit()
            | ir.BoolLit()
            | ir.FloatLit()
            | ir.CharLit()
            | ir.StrLit()
            | ir.NoneLit()
            | ir.ResultValue()
        ):
            return True
        case ir.Apply(op, args):
            return not _raises(op, args) and all(map(is_total, args))
        case ir.TupleLit(items) | ir.SeqLit(_, items) | ir.SetLit(_, items):
            return all(map(is_total, items))
        case ir.And(items) | ir.Or(items):
            return all(map(is_total, items))
        case ir.MapLit():
            return all(map(is_total, (*expr.keys, *expr.values)))
        case ir.RecordLit(_, items) | ir.VariantLit(_, _, items):
            return all(map(is_total, items))
        case ir.FieldGet(inner) | ir.TupleGet(inner) | ir.IsVariant(inner) | ir.Old(inner):
            return is_total(inner)
        case ir.FieldUpdate(record, _, value):
            return is_total(record) and is_total(value)
        case ir.IfExpr(condition, then, orelse):
            return is_total(condition) and is_total(then) and is_total(orelse)
        case ir.Let(_, value, body):
            return is_total(value) and is_total(body)
        case ir.Quant(_, _, domain, body):
            return is_total(domain) and is_total(body)
        case ir.Lambda(_, body):
            return is_total(body)
        case ir.Comprehension():
            return _comprehension_is_total(expr)
        case ir.Call() | ir.VariantGet():
            return False
        case _:
            assert_never(expr)


def _raises(op: str, args: tuple[ir.Expr, ...]) -> bool:
    """Whether the operator can fail on such arguments."""
    if not OPS[op].raises:
        return False
    first = ir.type_of(args[0])
    if op in _CHECKED and isinstance(first, IntType | FloatType):
        return False  # Only machine integers overflow.
    if op in _DIVISIONS and len(args) == 2:
        divisor = args[1]
        return not (isinstance(divisor, ir.IntLit) and divisor.value != 0 and first == INT)
    if op in _FLOAT_DIVISIONS:
        divisor = args[1]
        return not (isinstance(divisor, ir.FloatLit) and divisor.value != 0)
    if op == "seq.range":
        step = args[2]
        return not (isinstance(step, ir.IntLit) and step.value != 0)
    if op in {"int.shl", "int.shr"}:
        return not (isinstance(args[1], ir.IntLit) and args[1].value >= 0)
    return op != "seq.sum"


def _comprehension_is_total(expr: ir.Comprehension) -> bool:
    parts = [expr.element, *([] if expr.key is None else [expr.key])]
    for clause in expr.clauses:
        parts.append(clause.source if isinstance(clause, ir.Generator) else clause.condition)
    return all(map(is_total, parts))


_CHECKED = frozenset({"neg", "abs", "add", "sub", "mul"})
_DIVISIONS = frozenset({"floor_div", "floor_mod"})
_FLOAT_DIVISIONS = frozenset({"py.float_div", "py.float_mod", "py.float_floor_div"})
