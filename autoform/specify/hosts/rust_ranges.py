"""How large a number may be by the types of what it is computed from, and what surely holds it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from autoform.ir.exprs import Apply, Expr, IfExpr, IntLit, type_of
from autoform.ir.types import IntType, MachineIntType
from autoform.specify.hosts.rust_forms import is_leaf
from autoform.specify.hosts.unprintable import Unprintable

Range: TypeAlias = tuple[int, int]

WIDE: Final = (MachineIntType(64, signed=True), MachineIntType(128, signed=True))
"""What arithmetic is done in where the types of its operands are too small."""

LENGTHS: Final = frozenset({"seq.len", "set.len", "map.len"})

_COUNTS: Final = LENGTHS | {"str.len", "seq.count", "seq.sum"}
_LENGTH: Final = (0, (1 << 63) - 1)
"""A collection of Rust has at most `isize::MAX` elements."""
_FOLDS: Final = frozenset({"seq.sum", "seq.product", "seq.max", "seq.min"})
_UNKNOWN: Final = (-(1 << 400), 1 << 400)


def type_range(type_: MachineIntType) -> Range:
    """The least and the greatest value of a type."""
    return type_.minimum, type_.maximum


def fits(found: Range, carrier: MachineIntType) -> bool:
    """Whether all values of a range are values of the type."""
    return carrier.minimum <= found[0] and found[1] <= carrier.maximum


def range_of_number(expr: Expr, leaf: Callable[[Expr], Range | None]) -> Range:
    """The range of a number, `leaf` telling those of what is not computed."""
    known = leaf(expr)
    if known is not None:
        return known

    def of(part: Expr) -> Range:
        return range_of_number(part, leaf)

    match expr:
        case IntLit(value):
            return value, value
        case IfExpr(_, then, orelse):
            return _joined(of(then), of(orelse))
        case Apply("int.widen" | "int.narrow", (inner,)):
            return of(inner)
        case Apply("bool.to_int"):
            return 0, 1
        case Apply("neg", (inner,)):
            low, high = of(inner)
            return -high, -low
        case Apply("abs", (inner,)):
            low, high = of(inner)
            return 0, max(abs(low), abs(high))
        case Apply(op, (one, other)):
            return _of_two(op, of(one), of(other))
        case _:
            return _UNKNOWN


def _joined(one: Range, other: Range) -> Range:
    return min(one[0], other[0]), max(one[1], other[1])


def _of_two(op: str, one: Range, other: Range) -> Range:
    match op:
        case "add":
            return one[0] + other[0], one[1] + other[1]
        case "sub":
            return one[0] - other[1], one[1] - other[0]
        case "mul":
            products = [a * b for a in one for b in other]
            return min(products), max(products)
        case "min2":
            return min(one[0], other[0]), min(one[1], other[1])
        case "max2":
            return max(one[0], other[0]), max(one[1], other[1])
        case "floor_div" | "trunc_div" | "euclid_div":
            most = max(map(abs, one))
            return (0 if one[0] >= 0 and other[0] >= 0 else -most), most
        case "floor_mod" | "euclid_mod" if other[0] >= 0:
            return 0, max(other[1] - 1, 0)
        case "trunc_rem":
            most = max(map(abs, one))
            return (0 if one[0] >= 0 else -most), most
        case _:
            return _UNKNOWN


@dataclass(frozen=True, slots=True)
class Carriers:
    """Which machine integer what a comparison computes is computed in.

    `leaf_type` and `bound_range` tell of what is not computed, `of_terms` of the items of a
    collection that is summed up or searched.
    """

    leaf_type: Callable[[Expr], MachineIntType | None]
    bound_range: Callable[[Expr], Range | None]
    of_terms: Callable[[Expr], list[MachineIntType]]

    def carrier(self, exprs: Sequence[Expr], *, is_equation: bool = False) -> MachineIntType:
        """The first that holds all values: of the operands, then the wide ones.

        Of two sides that are equal one is held if the other is. Raises `Unprintable`.
        """
        found = (leaf for expr in exprs for leaf in self.leaves(expr))
        for carrier in dict.fromkeys((*found, *WIDE)):
            is_known = [is_leaf(expr) and fits(self.range(expr), carrier) for expr in exprs]
            is_given = is_equation and any(is_known)
            if all(self.fits(expr, carrier, is_given=is_given) for expr in exprs):
                return carrier
        raise Unprintable("a number that no integer of Rust surely holds")

    def leaves(self, expr: Expr) -> list[MachineIntType]:
        """The types of the integers that a number is computed from."""
        if is_leaf(expr):
            type_ = self.leaf_type(expr)
            return [] if type_ is None else [type_]
        match expr:
            case IfExpr(_, then, orelse):
                return [*self.leaves(then), *self.leaves(orelse)]
            case Apply(op, (terms,)) if op in _FOLDS:
                return self.of_terms(terms)
            case Apply("bool.to_int"):
                return []
            case Apply(_, args):
                return [leaf for arg in args for leaf in self.leaves(arg)]
            case _:
                return []

    def fits(self, expr: Expr, carrier: MachineIntType, *, is_given: bool = False) -> bool:
        """Whether all that is computed on the way fits; what is given to fit is not asked."""
        match expr:
            case _ if is_leaf(expr):
                return fits(self.range(expr), carrier)
            case IfExpr(_, then, orelse):
                return all(self.fits(each, carrier, is_given=is_given) for each in (then, orelse))
            case Apply(op, (terms,)) if op in _FOLDS:
                is_held = all(fits(type_range(each), carrier) for each in self.of_terms(terms))
                is_wide = op in {"seq.max", "seq.min"} or (op == "seq.sum" and carrier == WIDE[-1])
                return is_held and (is_given or is_wide)
            case Apply(_, args):
                numbers = [arg for arg in args if isinstance(type_of(arg), IntType)]
                if not all(self.fits(each, carrier) for each in numbers):
                    return False
            case _:
                pass
        return is_given or fits(self.range(expr), carrier)

    def range(self, expr: Expr) -> Range:
        """The least and the greatest value that an integer may have, by types."""
        return range_of_number(expr, self._range_of_leaf)

    def _range_of_leaf(self, expr: Expr) -> Range | None:
        if not is_leaf(expr):
            return None
        known = self.bound_range(expr)
        if known is not None:
            return known
        if isinstance(expr, Apply) and expr.op in _COUNTS:
            return _LENGTH
        type_ = self.leaf_type(expr)
        return None if type_ is None else type_range(type_)
