"""The functions of `math`, and constants of modules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from autoform.frontends.python import tree
from autoform.frontends.python.calls import LIBRARY, Library
from autoform.frontends.python.coerce import to_float
from autoform.frontends.python.context import Lowering
from autoform.frontends.python.elements import element_of, sequence_arg
from autoform.frontends.python.library.arguments import arguments, keywords, number
from autoform.frontends.python.subscripts import index_of
from autoform.frontends.python.totality import is_total
from autoform.frontends.python.types import BOOL, FLOAT, INT, NUMERIC, HostType, resolve
from autoform.frontends.python.values import Val
from autoform.ir import exprs as ir
from autoform.ir import types as ir_types
from autoform.ir.types import BOOL as IR_BOOL

_FLOAT: Final = ir_types.FLOAT
_INT: Final = ir_types.INT


def library(name: str) -> Callable[[Library], Library]:
    """Enter the lowering of a library function."""

    def enter(function: Library) -> Library:
        LIBRARY[name] = function
        return function

    return enter


def float_arguments(ctx: Lowering, node: tree.Call, count: int) -> tuple[ir.Expr, ...]:
    """Arguments of C functions: integers become the nearest doubles, after all are evaluated."""
    vals = [number(ctx, val, node) for val in arguments(ctx, node, count, count)]
    converting = [val for val in vals if val.type is INT and not isinstance(val.ir, ir.IntLit)]
    if converting and sum(not is_total(val.ir) for val in vals) and len(vals) > 1:
        vals = [ctx.temp(val) for val in vals]
    return tuple(to_float(val.ir) if val.type is INT else val.ir for val in vals)


def _float_function(op: str, count: int, *, zero_sign: bool = True) -> Library:
    def lower(ctx: Lowering, node: tree.Call) -> Val:
        if not zero_sign:
            for val in arguments(ctx, node, count, count):
                if resolve(val.type) is NUMERIC:
                    raise ctx.refusal("mixed-int-float", "the sign of what may be an int", node)
        args = float_arguments(ctx, node, count)
        return Val(ir.Apply(op, args, _FLOAT, span=ctx.span(node)), FLOAT)

    return lower


for _name, _op, _count in (
    ("sqrt", "py.sqrt", 1),
    ("exp", "py.exp", 1),
    ("log2", "py.log2", 1),
    ("log10", "py.log10", 1),
    ("sin", "float.sin", 1),
    ("cos", "float.cos", 1),
    ("tan", "float.tan", 1),
    ("asin", "float.asin", 1),
    ("acos", "float.acos", 1),
    ("atan", "float.atan", 1),
    ("sinh", "float.sinh", 1),
    ("cosh", "float.cosh", 1),
    ("tanh", "float.tanh", 1),
    ("degrees", "float.degrees", 1),
    ("radians", "float.radians", 1),
    ("pow", "py.math_pow", 2),
    ("fmod", "py.fmod", 2),
    ("hypot", "py.hypot", 2),
):
    LIBRARY[f"math.{_name}"] = _float_function(_op, _count)
LIBRARY["math.atan2"] = _float_function("float.atan2", 2, zero_sign=False)


@library("math.log")
def _log(ctx: Lowering, node: tree.Call) -> Val:
    if len(node.args) == 1:
        return _logarithm(ctx, node)
    args = float_arguments(ctx, node, 2)
    return Val(ir.Apply("py.log_base", args, _FLOAT, span=ctx.span(node)), FLOAT)


def _logarithm(ctx: Lowering, node: tree.Call) -> Val:
    (arg,) = float_arguments(ctx, node, 1)
    return Val(ir.Apply("py.log", (arg,), _FLOAT, span=ctx.span(node)), FLOAT)


@library("math.fabs")
def _fabs(ctx: Lowering, node: tree.Call) -> Val:
    args = float_arguments(ctx, node, 1)
    return Val(ir.Apply("abs", args, _FLOAT, span=ctx.span(node)), FLOAT)


def _to_int(op: str) -> Library:
    def lower(ctx: Lowering, node: tree.Call) -> Val:
        (val,) = arguments(ctx, node, 1, 1)
        val = number(ctx, val, node)
        if val.type is INT:
            return val
        return Val(ir.Apply(op, (val.ir,), _INT, span=ctx.span(node)), INT)

    return lower


LIBRARY["math.floor"] = _to_int("float.floor")
LIBRARY["math.ceil"] = _to_int("float.ceil")
LIBRARY["math.trunc"] = _to_int("float.trunc")


def _int_function(op: str, count: int) -> Library:
    def lower(ctx: Lowering, node: tree.Call) -> Val:
        vals = arguments(ctx, node, count, count)
        args = tuple(index_of(ctx, val, node) for val in vals)
        return Val(ir.Apply(op, args, _INT, span=ctx.span(node)), INT)

    return lower


LIBRARY["math.isqrt"] = _int_function("int.isqrt", 1)
LIBRARY["math.comb"] = _int_function("int.comb", 2)
LIBRARY["math.perm"] = _int_function("int.perm", 2)
LIBRARY["math.factorial"] = _int_function("int.factorial", 1)


def _folded(op: str, neutral: int) -> Library:
    def lower(ctx: Lowering, node: tree.Call) -> Val:
        vals = arguments(ctx, node, 0, 8)
        args = [index_of(ctx, val, node) for val in vals]
        result: ir.Expr = ir.IntLit(neutral, _INT, span=ctx.span(node))
        if len(args) == 1:
            result = ir.Apply("abs", (args[0],), _INT, span=ctx.span(node))
        for place, arg in enumerate(args[1:]):
            first = args[0] if place == 0 else result
            result = ir.Apply(op, (first, arg), _INT, span=ctx.span(node))
        return Val(result, INT)

    return lower


LIBRARY["math.gcd"] = _folded("int.gcd", 0)
LIBRARY["math.lcm"] = _folded("int.lcm", 1)


def _float_test(op: str) -> Library:
    def lower(ctx: Lowering, node: tree.Call) -> Val:
        args = float_arguments(ctx, node, 1)
        return Val(ir.Apply(op, args, IR_BOOL, span=ctx.span(node)), BOOL)

    return lower


LIBRARY["math.isnan"] = _float_test("float.is_nan")
LIBRARY["math.isinf"] = _float_test("float.is_infinite")
LIBRARY["math.isfinite"] = _float_test("float.is_finite")


@library("math.isclose")
def _isclose(ctx: Lowering, node: tree.Call) -> Val:
    options = keywords(ctx, node, "rel_tol", "abs_tol")
    if len(node.args) != 2:
        raise ctx.refusal("unsupported-module", "this form of `math.isclose`", node)
    defaults = {"rel_tol": tree.Float(node.start, node.end, 1e-09), "abs_tol": None}
    del defaults
    nodes = [*node.args, *options.values()]
    vals = [number(ctx, val, node) for val in ctx.operands(nodes)]
    if sum(not is_total(val.ir) for val in vals) > 1:
        vals = [ctx.temp(val) for val in vals]
    floats = [to_float(val.ir) if val.type is INT else val.ir for val in vals]
    given = dict(zip(options, floats[2:], strict=True))
    relative = given.get("rel_tol", ir.FloatLit("1e-09"))
    absolute = given.get("abs_tol", ir.FloatLit("0.0"))
    args = (floats[0], floats[1], relative, absolute)
    return Val(ir.Apply("py.isclose", args, IR_BOOL, span=ctx.span(node)), BOOL)


@library("math.prod")
def _prod(ctx: Lowering, node: tree.Call) -> Val:
    if node.keywords or len(node.args) != 1:
        raise ctx.refusal("unsupported-module", "this form of `math.prod`", node)
    seq = sequence_arg(ctx, node.args[0])
    element: HostType = resolve(element_of(ctx, seq, node.args[0]))
    if element is INT:
        return Val(ir.Apply("seq.product", (seq.ir,), _INT, span=ctx.span(node)), INT)
    if element is FLOAT:
        return Val(ir.Apply("seq.product", (seq.ir,), _FLOAT, span=ctx.span(node)), NUMERIC)
    raise ctx.refusal("type-mismatch", f"`math.prod` of {ctx.type_text(element)}", node)


@library("math.fsum")
def _fsum(ctx: Lowering, node: tree.Call) -> Val:
    if node.keywords or len(node.args) != 1:
        raise ctx.refusal("unsupported-module", "this form of `math.fsum`", node)
    seq = sequence_arg(ctx, node.args[0])
    if resolve(element_of(ctx, seq, node.args[0])) is not FLOAT:
        raise ctx.refusal("type-mismatch", "`math.fsum` of other numbers than floats", node)
    return Val(ir.Apply("seq.fsum", (seq.ir,), _FLOAT, span=ctx.span(node)), FLOAT)
