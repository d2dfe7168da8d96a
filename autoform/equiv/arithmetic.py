"""One way to write what integers are written in several.

    int.shr(n, 1)          n // 2
    int.bit_and(n, 7)      n % 8
    int.shl(n, 3)          n * 8

Each is the same on all integers, and where it fails. A mask or a shift that is no literal stays.

Products of variables may be called by a name, `times(a, b)`: that equal factors have equal products
is then known by congruence, which the solver decides at once, and not by the theory of products.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from autoform.ir.build import conjunction
from autoform.ir.decls import Contract, Function, Module, Param
from autoform.ir.exprs import Apply, Call, Expr, IntLit, ResultValue, Var
from autoform.ir.node import Node
from autoform.ir.ops import apply
from autoform.ir.stmts import Clause, Origin, Return
from autoform.ir.traversal import fresh_name, rewrite, walk
from autoform.ir.types import INT, IntType
from autoform.passes.blocks import map_functions

__all__ = ["named_products", "plain_arithmetic"]

_MOST_BITS: Final = 128


def plain_arithmetic(module: Module) -> Module:
    """The module with shifts and masks as arithmetic."""
    return map_functions(module, lambda function: rewrite(function, _plain))


def _plain(node: Node) -> Node:
    match node:
        case Apply("int.shr", (value, IntLit(bits)), IntType()) if 0 <= bits <= _MOST_BITS:
            return apply("floor_div", value, _power(bits), span=node.span)
        case Apply("int.shl", (value, IntLit(bits)), IntType()) if 0 <= bits <= _MOST_BITS:
            return apply("mul", value, _power(bits), span=node.span)
        case Apply("int.bit_and", (value, IntLit(mask)), IntType()) if _is_mask(mask):
            return apply("floor_mod", value, IntLit(mask + 1, INT), span=node.span)
        case Apply("int.bit_and", (IntLit(mask), value), IntType()) if _is_mask(mask):
            return apply("floor_mod", value, IntLit(mask + 1, INT), span=node.span)
        case _:
            return node


def _power(bits: int) -> Expr:
    return IntLit(1 << bits, INT)


def _is_mask(value: int) -> bool:
    """Whether the binary form is ones only."""
    return value >= 0 and value & (value + 1) == 0


def named_products(module: Module, name: str) -> Module:
    """The module with products of variables in that function as calls of one that multiplies."""
    function = module.function(name)
    times = fresh_name("times", {each.name for each in module.functions})

    def called(node: Node) -> Node:
        match node:
            case Apply("mul", (left, right), IntType()) if not _is_linear(left, right):
                return Call(times, (left, right), INT, span=node.span)
            case _:
                return node

    changed = rewrite(function, called)
    if changed == function:
        return module
    a, b = Var("a", INT), Var("b", INT)
    product = Function(
        times,
        (Param(a.name, INT), Param(b.name, INT)),
        INT,
        (Return(apply("mul", a, b)),),
        Contract(ensures=tuple(_bounds_of_product(a, b, changed))),
    )
    rest = [each for each in module.functions if each.name != name]
    return replace(module, functions=(product, *rest, changed))


_MOST_SIZES: Final = 3
_LEAST_SIZE: Final = 3


def _bounds_of_product(a: Expr, b: Expr, function: Function) -> Iterator[Clause]:
    """Factors within literals of the function have a product within theirs: `|a b| <= |a| |b|`.

    Nobody proves these of `times`: they are so of all integers, for sizes that are not negative.
    """
    literals = {abs(n.value) for n in walk(function) if isinstance(n, IntLit)}
    sizes = sorted(size for size in literals if size >= _LEAST_SIZE)[:_MOST_SIZES]
    product = ResultValue(INT)
    for first in sizes:
        for second in sizes:
            inside = conjunction((_within(a, first), _within(b, second)))
            told = apply("implies", inside, _within(product, first * second))
            yield Clause(told, Origin.MINED)


def _within(value: Expr, size: int) -> Expr:
    low, high = IntLit(-size, INT), IntLit(size, INT)
    return conjunction((apply("le", low, value), apply("le", value, high)))


def _is_linear(left: Expr, right: Expr) -> bool:
    return isinstance(left, IntLit) or isinstance(right, IntLit)
