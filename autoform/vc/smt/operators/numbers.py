"""Operators on numbers, truth values and characters, and the comparisons."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, cast

from autoform.ir import exprs as ir
from autoform.ir.exprs import type_of
from autoform.ir.types import MachineIntType, OptionType, Type
from autoform.vc.smt.binding import z3
from autoform.vc.smt.encoder import Encoder
from autoform.vc.smt.operators.characters import codes_of
from autoform.vc.smt.operators.table import Encode, plain, typed
from autoform.vc.smt.scope import Scope, Term
from autoform.vc.smt.sequences import forall
from autoform.vc.smt.sorts import NotEncodable

# Division. By a literal it is the solver's own, which is Euclidean; by anything else the solver
# loses itself in products, so quotient and remainder are symbols with the facts that proofs use.


def _floor_div(encoder: Encoder, _: ir.Apply, a: z3.ArithRef, b: z3.ArithRef) -> Term:
    return _quotient(encoder, a, b)


def _floor_mod(encoder: Encoder, _: ir.Apply, a: z3.ArithRef, b: z3.ArithRef) -> Term:
    return _remainder(encoder, a, b)


def _trunc_div(encoder: Encoder, expr: ir.Apply, a: z3.ArithRef, b: z3.ArithRef) -> Term:
    if _is_natural(expr):
        return _quotient(encoder, a, b)
    return z3.If(a >= 0, _euclid(encoder, a, b), -_euclid(encoder, -a, b))


def _trunc_rem(encoder: Encoder, expr: ir.Apply, a: z3.ArithRef, b: z3.ArithRef) -> Term:
    if _is_natural(expr):
        return _remainder(encoder, a, b)
    return z3.If(a >= 0, _euclid_rest(encoder, a, b), -_euclid_rest(encoder, -a, b))


def _is_natural(expr: ir.Apply) -> bool:
    """Whether the operands are of an unsigned type, for which all divisions are one."""
    type_ = type_of(expr.args[0])
    return isinstance(type_, MachineIntType) and not type_.signed


def _euclid_div(encoder: Encoder, _: ir.Apply, a: z3.ArithRef, b: z3.ArithRef) -> Term:
    return _euclid(encoder, a, b)


def _euclid_mod(encoder: Encoder, _: ir.Apply, a: z3.ArithRef, b: z3.ArithRef) -> Term:
    return _euclid_rest(encoder, a, b)


def _euclid(encoder: Encoder, a: z3.ArithRef, b: z3.ArithRef) -> z3.ArithRef:
    if z3.is_int_value(b):
        return a / b
    return z3.If(b > 0, _quotient(encoder, a, b), -_quotient(encoder, a, -b))


def _euclid_rest(encoder: Encoder, a: z3.ArithRef, b: z3.ArithRef) -> z3.ArithRef:
    if z3.is_int_value(b):
        return a % b
    return z3.If(b > 0, _remainder(encoder, a, b), _remainder(encoder, a, -b))


def _quotient(encoder: Encoder, a: z3.ArithRef, b: z3.ArithRef) -> z3.ArithRef:
    """`a // b` as in Python."""
    if z3.is_int_value(b):
        return a / b if b.as_long() > 0 else (-a) / (-b)
    quotient, _ = _division(encoder)
    return cast("z3.ArithRef", quotient(a, b))


def _remainder(encoder: Encoder, a: z3.ArithRef, b: z3.ArithRef) -> z3.ArithRef:
    """`a % b` as in Python."""
    if z3.is_int_value(b):
        return a % b if b.as_long() > 0 else -((-a) % (-b))
    _, remainder = _division(encoder)
    return cast("z3.ArithRef", remainder(a, b))


def _division(encoder: Encoder) -> tuple[z3.FuncDeclRef, z3.FuncDeclRef]:
    """Floor quotient and remainder by a divisor that is no literal."""
    universe, integers = encoder.universe, z3.IntSort()
    remainder = universe.function("floor_mod", [integers, integers], integers, _remainder_axioms)
    a, b = z3.Ints("a b")

    def axioms(quotient: z3.FuncDeclRef) -> Iterator[z3.BoolRef]:
        q, r = quotient(a, b), remainder(a, b)
        whole = z3.Implies(b != 0, a == b * q + r)
        # The product is dear: where nothing is multiplied, remainders alone do not ask for it.
        patterns = (q, r) if universe.multiplies else (q,)
        yield forall([a, b], whole, *patterns)
        yield forall([a, b], z3.Implies(z3.And(a >= 0, b > 0), z3.And(q >= 0, q <= a)), q)
        yield forall([a, b], z3.Implies(z3.And(a >= 0, a < b), q == 0), q)
        yield forall([a, b], z3.Implies(z3.And(a > 0, b > 1), q < a), q)

    quotient = universe.function("floor_div", [integers, integers], integers, axioms)

    def step(x: z3.ArithRef, d: z3.ArithRef) -> Iterator[z3.BoolRef]:
        """A divisor, or a multiple of it, that is added or taken away leaves the remainder."""
        for sign, part in _summands(x):
            if part.eq(d):
                yield z3.Implies(d != 0, remainder(x, d) == remainder(z3.simplify(x - sign * d), d))

    universe.define_unfolding(remainder, step)
    return quotient, remainder


def _summands(term: z3.ArithRef) -> Iterator[tuple[int, z3.ArithRef]]:
    if z3.is_add(term):
        for part in term.children():
            yield from _summands(part)
    elif z3.is_sub(term) and term.num_args() == 2:
        yield from _summands(term.arg(0))
        yield from ((-sign, part) for sign, part in _summands(term.arg(1)))
    elif z3.is_mul(term) and z3.is_int_value(term.arg(0)) and term.arg(0).as_long() == -1:
        yield from ((-sign, part) for sign, part in _summands(term.arg(1)))
    else:
        yield 1, term


def _remainder_axioms(f: z3.FuncDeclRef) -> Iterator[z3.BoolRef]:
    a, b = z3.Ints("a b")
    r = f(a, b)
    yield forall([a, b], z3.Implies(b > 0, z3.And(r >= 0, r < b)), r)
    yield forall([a, b], z3.Implies(b < 0, z3.And(r <= 0, r > b)), r)
    yield forall([a, b], z3.Implies(z3.And(a >= 0, a < b), r == a), r)
    yield forall([a, b], z3.Implies(z3.And(a > 0, b > 0, r == 0), b <= a), r)
    yield forall([a, b], z3.Implies(z3.And(b != 0, a == b), r == 0), r)
    yield forall([a, b], z3.Implies(z3.And(b != 0, a == 0), r == 0), r)
    yield forall([a, b], z3.Implies(z3.Or(b == 1, b == -1), r == 0), r)


def _pow(encoder: Encoder, expr: ir.Apply, a: z3.ArithRef, n: z3.ArithRef) -> Term:
    """A small literal exponent is a product; otherwise a^n unfolds one step at a time."""
    exponent = expr.args[1]
    if isinstance(exponent, ir.IntLit) and 0 <= exponent.value <= _SMALL_POWER:
        factors = [a] * exponent.value
        return cast("Term", z3.simplify(z3.Product([z3.IntVal(1), *factors]), som=True))
    symbol = encoder.universe.function(
        "pow", [z3.IntSort(), z3.IntSort()], z3.IntSort(), _pow_axioms
    )
    if z3.is_int_value(a) and a.as_long() > 1:
        _powers_of(encoder, symbol, a)

    def step(base: z3.ArithRef, power: z3.ArithRef) -> list[z3.BoolRef]:
        facts = [
            z3.Implies(power <= 0, symbol(base, power) == 1),
            z3.Implies(power > 0, symbol(base, power) == base * symbol(base, power - 1)),
        ]
        facts += _doubled(symbol, base, power)
        facts += _halved(symbol, base, power)
        return facts

    encoder.universe.define_unfolding(symbol, step)
    return cast("Term", symbol(a, n))


def _doubled(symbol: z3.FuncDeclRef, base: z3.ArithRef, power: z3.ArithRef) -> Iterator[z3.BoolRef]:
    """`a ** (2 * k)` is a square, and one more factor of `a` where the exponent is odd."""
    half = z3.simplify(power)
    is_odd = z3.is_add(half) and half.num_args() == 2 and half.arg(0).eq(z3.IntVal(1))
    half = half.arg(1) if is_odd else half
    if z3.is_mul(half) and half.num_args() == 2 and half.arg(0).eq(z3.IntVal(2)):
        once = symbol(base, half.arg(1))
        factors = base * (once * once) if is_odd else once * once
        yield z3.Implies(half.arg(1) >= 0, symbol(base, power) == factors)


def _halved(symbol: z3.FuncDeclRef, base: z3.ArithRef, half: z3.ArithRef) -> Iterator[z3.BoolRef]:
    """The square of `a ** (n // 2)` is `a ** n`, but for a factor where n is odd."""
    is_square = z3.is_mul(base) and base.num_args() == 2 and base.arg(0).eq(base.arg(1))
    rest = symbol(base, half)
    if is_square:
        yield z3.Implies(half >= 0, rest == symbol(base.arg(0), 2 * half))
    if z3.is_idiv(half) and half.arg(1).eq(z3.IntVal(2)):
        power, root = half.arg(0), base.arg(0) if is_square else base
        whole, square = symbol(root, power), rest if is_square else rest * rest
        even = power % 2 == 0
        yield z3.Implies(z3.And(power >= 0, even), whole == square)
        yield z3.Implies(z3.And(power >= 0, z3.Not(even)), whole == root * square)


def _powers_of(encoder: Encoder, symbol: z3.FuncDeclRef, base: z3.ArithRef) -> None:
    """Powers of a literal grow, and stand between those next to the ends of machine integers."""

    def axioms(_: z3.FuncDeclRef) -> Iterator[z3.BoolRef]:
        n, m = z3.Ints("n m")
        one, two = symbol(base, n), symbol(base, m)
        grows = z3.Implies(z3.And(n >= 0, n <= m), one <= two)
        yield forall([n, m], grows, z3.MultiPattern(one, two))
        number = base.as_long()
        for bits in _WIDTHS:
            most = (1 << bits) - 1
            exponent = 0
            while number ** (exponent + 1) <= most:
                exponent += 1
            yield symbol(base, z3.IntVal(exponent)) == number**exponent

    encoder.universe.function(f"powers of {base}", [], z3.BoolSort(), axioms)


_WIDTHS: Final = (7, 8, 15, 16, 31, 32, 63, 64)


def _pow_axioms(symbol: z3.FuncDeclRef) -> list[z3.BoolRef]:
    a, n = z3.Ints("a n")
    power = symbol(a, n)
    positive = z3.ForAll([a, n], z3.Implies(a > 0, power > 0), patterns=[power])
    return [positive]


_SMALL_POWER: Final = 8


def _wrap(_: Encoder, expr: ir.Apply, a: z3.ArithRef) -> Term:
    return wrapped(expr.type, a)


def wrapped(type_: Type, value: z3.ArithRef) -> z3.ArithRef:
    """The value modulo 2^bits in the range of the type; `Int` keeps it."""
    if not isinstance(type_, MachineIntType):
        return value
    size = 1 << type_.bits
    if not type_.signed:
        return cast("z3.ArithRef", value % size)
    half = size >> 1
    return cast("z3.ArithRef", (value + half) % size - half)


def in_range(type_: MachineIntType, value: z3.ArithRef) -> z3.BoolRef:
    """Whether the value fits the type."""
    return z3.And(value >= type_.minimum, value <= type_.maximum)


# Bits. What a literal decides is arithmetic; of the rest only a range is known.


def _bit_and(encoder: Encoder, expr: ir.Apply, a: z3.ArithRef, b: z3.ArithRef) -> Term:
    for value, mask in ((a, b), (b, a)):
        if z3.is_int_value(mask) and mask.as_long() >= 0 and _is_power(mask.as_long() + 1):
            return cast("Term", value % (mask.as_long() + 1))
    return _bits(encoder, expr, a, b, lambda r, x, y: z3.And(r <= x, r <= y))


def _bit_or(encoder: Encoder, expr: ir.Apply, a: z3.ArithRef, b: z3.ArithRef) -> Term:
    return _bits(encoder, expr, a, b, lambda r, x, y: z3.And(r >= x, r >= y, r <= x + y))


def _bit_xor(encoder: Encoder, expr: ir.Apply, a: z3.ArithRef, b: z3.ArithRef) -> Term:
    return _bits(encoder, expr, a, b, lambda r, x, y: z3.And(r <= x + y, (r == 0) == (x == y)))


def _bits(
    encoder: Encoder,
    expr: ir.Apply,
    a: z3.ArithRef,
    b: z3.ArithRef,
    known: Callable[[z3.ArithRef, z3.ArithRef, z3.ArithRef], z3.BoolRef],
) -> Term:
    """A combination of bits: natural of naturals, with what else is known of it there."""
    integers = z3.IntSort()
    symbol = encoder.universe.function(expr.op, [integers, integers], integers)

    def facts(x: z3.ArithRef, y: z3.ArithRef) -> list[z3.BoolRef]:
        result = cast("z3.ArithRef", symbol(x, y))
        natural = z3.And(x >= 0, y >= 0)
        return [z3.Implies(natural, z3.And(result >= 0, known(result, x, y)))]

    encoder.universe.define_unfolding(symbol, facts)
    return cast("Term", symbol(a, b))


def _is_power(number: int) -> bool:
    return number > 0 and number & (number - 1) == 0


def _machine_shift(*, left: bool) -> Encode:
    """`a << n` and `a >> n` by a literal: times or divided by a power of two."""

    def encode(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
        value, by = encoder.terms(expr.args, scope)
        if not z3.is_int_value(by) or not 0 <= by.as_long() < _WIDEST:
            return encoder.opaque(expr.op, [value, by], expr.type)
        factor = 1 << by.as_long()
        number = cast("z3.ArithRef", value)
        return wrapped(expr.type, number * factor) if left else cast("Term", number / factor)

    return encode


_WIDEST: Final = 128


def _shift(*, left: bool) -> Encode:
    """The same of integers of any size, where nothing is lost."""

    def encode(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
        value, by = encoder.terms(expr.args, scope)
        if not z3.is_int_value(by) or not 0 <= by.as_long() < _WIDEST:
            return encoder.opaque(expr.op, [value, by], expr.type)
        number, factor = cast("z3.ArithRef", value), 1 << by.as_long()
        return cast("Term", number * factor if left else number / factor)

    return encode


def _wrapping_neg(_: Encoder, expr: ir.Apply, a: z3.ArithRef) -> Term:
    return wrapped(expr.type, -a)


def _try_narrow(encoder: Encoder, expr: ir.Apply, a: z3.ArithRef) -> Term:
    assert isinstance(expr.type, OptionType)
    target = expr.type.item
    some = encoder.construct(expr.type, 1, [a])
    if not isinstance(target, MachineIntType):
        return some
    return z3.If(in_range(target, a), some, encoder.construct(expr.type, 0, []))


def _checked_division(
    compute: Callable[[Encoder, ir.Apply, z3.ArithRef, z3.ArithRef], Term],
) -> Encode:
    """None where the divisor is zero, or where the quotient does not fit."""

    def encode(encoder: Encoder, expr: ir.Apply, a: z3.ArithRef, b: z3.ArithRef) -> Term:
        type_ = type_of(expr.args[0])
        if not isinstance(type_, MachineIntType):
            raise NotEncodable(expr.op)
        overflows = z3.And(a == type_.minimum, b == -1) if type_.signed else z3.BoolVal(False)  # noqa: FBT003 - z3's constant
        some = encoder.construct(expr.type, 1, [compute(encoder, expr, a, b)])
        return z3.If(z3.Or(b == 0, overflows), encoder.construct(expr.type, 0, []), some)

    return typed(encode)


def _family(compute: Callable[[z3.ArithRef, z3.ArithRef], z3.ArithRef]) -> dict[str, Encode]:
    """The wrapping, checked, saturating and overflowing forms of one operation."""

    def machine(expr: ir.Apply) -> MachineIntType:
        type_ = type_of(expr.args[0])
        if not isinstance(type_, MachineIntType):
            raise NotEncodable(expr.op)
        return type_

    def wrapping(_: Encoder, expr: ir.Apply, a: z3.ArithRef, b: z3.ArithRef) -> Term:
        return wrapped(machine(expr), compute(a, b))

    def checked(encoder: Encoder, expr: ir.Apply, a: z3.ArithRef, b: z3.ArithRef) -> Term:
        value = compute(a, b)
        some = encoder.construct(expr.type, 1, [value])
        return z3.If(in_range(machine(expr), value), some, encoder.construct(expr.type, 0, []))

    def saturating(_: Encoder, expr: ir.Apply, a: z3.ArithRef, b: z3.ArithRef) -> Term:
        type_, value = machine(expr), compute(a, b)
        return z3.If(
            value < type_.minimum, type_.minimum, z3.If(value > type_.maximum, type_.maximum, value)
        )

    def overflowing(encoder: Encoder, expr: ir.Apply, a: z3.ArithRef, b: z3.ArithRef) -> Term:
        type_, value = machine(expr), compute(a, b)
        return encoder.construct(
            expr.type, 0, [wrapped(type_, value), z3.Not(in_range(type_, value))]
        )

    forms = {
        "wrapping": wrapping,
        "checked": checked,
        "saturating": saturating,
        "overflowing": overflowing,
    }
    return {form: typed(build) for form, build in forms.items()}


def _families() -> dict[str, Encode]:
    operations: dict[str, Callable[[z3.ArithRef, z3.ArithRef], z3.ArithRef]] = {
        "add": lambda a, b: a + b,
        "sub": lambda a, b: a - b,
        "mul": lambda a, b: a * b,
    }
    return {
        f"int.{form}_{name}": encode
        for name, compute in operations.items()
        for form, encode in _family(compute).items()
    }


def _equal(encoder: Encoder, expr: ir.Apply, a: Term, b: Term) -> Term:
    codes = codes_of(encoder, a, b)
    if codes is not None:
        return codes[0] == codes[1]
    return encoder.equal(type_of(expr.args[0]), a, b)


def _unequal(encoder: Encoder, expr: ir.Apply, a: Term, b: Term) -> Term:
    return z3.Not(_equal(encoder, expr, a, b))


def _ordered(name: str, build: Callable[[Term, Term], Term]) -> Encode:
    """`<` and its like: arithmetic on numbers and characters, opaque on structures."""

    def encode(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
        args = encoder.terms(expr.args, scope)
        if z3.is_arith(args[0]):
            return build(*args)
        codes = codes_of(encoder, *args)
        if codes is not None:
            return build(*codes)
        return encoder.opaque(name, args, expr.type)

    return encode


def _implies(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    premise = encoder.formula(expr.args[0], scope)
    return z3.Implies(premise, encoder.formula(expr.args[1], scope.under(premise)))


def _product(a: Term, b: Term) -> Term:
    """The product, multiplied out: the solver compares monomials, not products of sums."""
    product = cast("z3.ArithRef", a) * b
    if z3.is_int_value(a) or z3.is_int_value(b):
        return cast("Term", product)
    return cast("Term", z3.simplify(product, som=True))


def _gcd(encoder: Encoder, _: ir.Apply, a: z3.ArithRef, b: z3.ArithRef) -> Term:
    """The greatest common divisor by the equations that Euclid's algorithms use."""
    integers = z3.IntSort()

    def axioms(f: z3.FuncDeclRef) -> list[z3.BoolRef]:
        x, y = z3.Ints("x y")
        both = z3.Or(x != 0, y != 0)
        return [
            z3.ForAll([x, y], f(x, y) == f(y, x), patterns=[f(x, y)]),
            z3.ForAll([x, y], f(x, y) >= 0, patterns=[f(x, y)]),
            z3.ForAll([x, y], z3.Implies(both, f(x, y) > 0), patterns=[f(x, y)]),
        ]

    symbol = encoder.universe.function("gcd", [integers, integers], integers, axioms)

    def step(x: z3.ArithRef, y: z3.ArithRef) -> list[z3.BoolRef]:
        size = z3.If(x >= 0, x, -x)
        whole = symbol(x, y)
        divides = z3.And(_remainder(encoder, x, whole) == 0, _remainder(encoder, y, whole) == 0)
        return [
            z3.Implies(z3.Or(y == 0, x == y), whole == size),
            z3.Implies(y != 0, whole == symbol(y, _remainder(encoder, x, y))),
            whole == symbol(x - y, y),
            whole == symbol(x, y - x),
            z3.Implies(z3.Or(x != 0, y != 0), divides),
        ]

    encoder.universe.define_unfolding(symbol, step)
    return cast("Term", symbol(a, b))


def _isqrt(encoder: Encoder, _: ir.Apply, a: z3.ArithRef) -> Term:
    """The root by the squares that it lies between."""
    symbol = encoder.universe.function("isqrt", [z3.IntSort()], z3.IntSort())

    def squares(n: z3.ArithRef) -> list[z3.BoolRef]:
        root = symbol(n)
        above = root * root + 2 * root + 1
        return [z3.Implies(n >= 0, z3.And(root >= 0, root <= n, root * root <= n, n < above))]

    encoder.universe.define_unfolding(symbol, squares)
    return cast("Term", symbol(a))


NUMBERS: Final[dict[str, Encode]] = {
    "eq": typed(_equal),
    "ne": typed(_unequal),
    "lt": _ordered("lt", lambda a, b: a < b),
    "le": _ordered("le", lambda a, b: a <= b),
    "gt": _ordered("gt", lambda a, b: a > b),
    "ge": _ordered("ge", lambda a, b: a >= b),
    "min2": _ordered("min2", lambda a, b: z3.If(b < a, b, a)),
    "max2": _ordered("max2", lambda a, b: z3.If(b > a, b, a)),
    "not": plain(z3.Not),
    "xor": plain(z3.Xor),
    "bool.and": plain(z3.And),
    "bool.or": plain(z3.Or),
    "implies": _implies,
    "neg": plain(lambda a: -a),
    "abs": plain(lambda a: z3.If(a >= 0, a, -a)),
    "add": plain(lambda a, b: a + b),
    "sub": plain(lambda a, b: a - b),
    "mul": plain(_product),
    "floor_div": typed(_floor_div),
    "floor_mod": typed(_floor_mod),
    "trunc_div": typed(_trunc_div),
    "trunc_rem": typed(_trunc_rem),
    "euclid_div": typed(_euclid_div),
    "euclid_mod": typed(_euclid_mod),
    "int.pow": typed(_pow),
    "int.gcd": typed(_gcd),
    "int.isqrt": typed(_isqrt),
    "int.widen": plain(lambda a: a),
    "int.narrow": plain(lambda a: a),
    "int.wrap": typed(_wrap),
    "int.wrapping_neg": typed(_wrapping_neg),
    "int.try_narrow": typed(_try_narrow),
    "int.checked_div": _checked_division(_trunc_div),
    "int.checked_rem": _checked_division(_trunc_rem),
    "int.bit_and": typed(_bit_and),
    "int.bit_or": typed(_bit_or),
    "int.bit_xor": typed(_bit_xor),
    "int.shl": _shift(left=True),
    "int.shr": _shift(left=False),
    "int.machine_shl": _machine_shift(left=True),
    "int.machine_shr": _machine_shift(left=False),
    "int.signum": plain(
        lambda a: z3.If(a > 0, z3.IntVal(1), z3.If(a < 0, z3.IntVal(-1), z3.IntVal(0)))
    ),
    "bool.to_int": plain(lambda a: z3.If(a, z3.IntVal(1), z3.IntVal(0))),
    "int.abs_diff": plain(lambda a, b: z3.If(a >= b, a - b, b - a)),
    "int.unsigned_abs": plain(lambda a: z3.If(a >= 0, a, -a)),
    "int.to_float": plain(z3.ToReal),
    "int.true_div": plain(lambda a, b: z3.ToReal(a) / z3.ToReal(b)),
    "py.float_div": plain(lambda a, b: a / b),
    **_families(),
}
