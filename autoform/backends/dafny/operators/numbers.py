"""Lines of the operators on integers, booleans, and of the comparisons."""

from __future__ import annotations

from typing import Final

from autoform.backends.dafny.code import Code, Level, call, infix, logic, negation, prefix, relation
from autoform.backends.dafny.operators.rule import (
    Args,
    Rule,
    function,
    number,
    on_integers,
    operand_type,
    operator,
    predicate,
    widened,
)
from autoform.backends.dafny.order import equal, is_native, less, less_function, unequal
from autoform.backends.dafny.unit import Unit
from autoform.ir.exprs import Apply, IntLit
from autoform.ir.types import FloatType, IntType, MachineIntType
from autoform.passes.purity import may_raise

__all__ = ["NUMBER_RULES"]


def _compare(symbol: str, *, swapped: bool, negated: bool) -> Rule:
    """A comparison: Dafny's own, or by `<` of the type with the operands in the given order."""

    def rule(unit: Unit, expr: Apply, args: Args) -> Code:
        type_ = operand_type(expr)
        if is_native(type_):
            return relation(symbol, *args)
        left, right = reversed(args) if swapped else args
        found = less(unit, type_, left, right)
        return negation(found) if negated else found

    return rule


def _eq(unit: Unit, expr: Apply, args: Args) -> Code:
    return equal(unit, operand_type(expr), *args)


def _ne(unit: Unit, expr: Apply, args: Args) -> Code:
    return unequal(unit, operand_type(expr), *args)


def _lesser(on_int: str, general: str) -> Rule:
    def rule(unit: Unit, expr: Apply, args: Args) -> Code:
        if isinstance(expr.type, IntType):
            return call(unit.use(on_int), *args)
        if isinstance(expr.type, FloatType):
            return call(unit.use(f"{on_int}Real"), *args)
        return call(unit.use(general), *args, less_function(unit, expr.type))

    return rule


def _strict(symbol: str, name: str) -> Rule:
    """`a & b` on booleans: Dafny's operator where skipping b hides nothing."""

    def rule(unit: Unit, expr: Apply, args: Args) -> Code:
        if may_raise(expr.args[1]):
            return call(unit.use(name), *args)
        return logic(symbol, args)

    return rule


def _abs(unit: Unit, expr: Apply, args: Args) -> Code:
    if isinstance(expr.type, FloatType):
        return call(unit.use("AbsReal"), *args)
    return on_integers("Abs")(unit, expr, args)


def _division(symbol: str, name: str) -> Rule:
    """Dafny's Euclidean operator where it means the same: by a positive literal, if unsigned."""

    def rule(unit: Unit, expr: Apply, args: Args) -> Code:
        divisor = expr.args[1]
        positive = isinstance(divisor, IntLit) and divisor.value > 0
        unsigned = isinstance(expr.type, MachineIntType) and not expr.type.signed
        if unsigned or (positive and not name.startswith("Trunc")):
            return infix(symbol, Level.PRODUCT, *args)
        if name == "TruncRem" and isinstance(expr.type, MachineIntType):
            return _machine_remainder("MachineRem")(unit, expr, args)
        return on_integers(name)(unit, expr, args)

    return rule


def _machine_remainder(name: str) -> Rule:
    def rule(unit: Unit, expr: Apply, args: Args) -> Code:
        type_ = expr.type
        if not isinstance(type_, MachineIntType) or not type_.signed:
            return infix("%", Level.PRODUCT, *args)
        wide = [widened(arg, type_) for arg in args]
        found = call(unit.use(name), *wide, number(type_.minimum))
        return Code(f"{found.text} as {unit.type(type_)}", Level.CAST)

    return rule


NUMBER_RULES: Final[dict[str, Rule]] = {
    "eq": _eq,
    "ne": _ne,
    "lt": _compare("<", swapped=False, negated=False),
    "le": _compare("<=", swapped=True, negated=True),
    "gt": _compare(">", swapped=True, negated=False),
    "ge": _compare(">=", swapped=False, negated=True),
    "min2": _lesser("Min", "MinBy2"),
    "max2": _lesser("Max", "MaxBy2"),
    "not": lambda _unit, _expr, args: negation(*args),
    "xor": predicate("!="),
    "bool.and": _strict("&&", "Both"),
    "bool.or": _strict("||", "Either"),
    "implies": lambda _unit, _expr, args: Code(
        f"{args[0].at(Level.LOGIC)} ==> {args[1].at(Level.IMPLIES)}", Level.IMPLIES
    ),
    "neg": lambda _unit, _expr, args: prefix("-", *args),
    "abs": _abs,
    "add": operator("+", Level.SUM),
    "sub": operator("-", Level.SUM),
    "mul": operator("*", Level.PRODUCT),
    "floor_div": _division("/", "FloorDiv"),
    "floor_mod": _division("%", "FloorMod"),
    "trunc_div": _division("/", "TruncDiv"),
    "trunc_rem": _division("%", "TruncRem"),
    "euclid_div": operator("/", Level.PRODUCT),
    "euclid_mod": _machine_remainder("MachineMod"),
    "int.pow": on_integers("Pow"),
    "int.bit_and": on_integers("BitAnd"),
    "int.bit_or": on_integers("BitOr"),
    "int.bit_xor": on_integers("BitXor"),
    "int.shl": function("ShiftLeft"),
    "int.shr": function("ShiftRight"),
    "int.signum": on_integers("Sign"),
    "int.bit_length": on_integers("BitLength"),
    "int.bit_count": on_integers("BitCount"),
    "int.gcd": on_integers("Gcd"),
    "int.lcm": function("Lcm"),
    "int.isqrt": on_integers("Isqrt"),
    "int.factorial": function("Factorial"),
    "int.comb": function("Comb"),
    "int.perm": function("FallingFactorial"),
    "int.pow_mod": function("PowMod"),
    "bool.to_int": function("BoolToInt"),
    "py.round_int_digits": function("RoundIntDigits"),
}
