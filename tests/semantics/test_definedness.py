"""The conditions of every operator say when the interpreter raises, and what."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autoform.ir.decls import EnumDecl, Module, Variant
from autoform.ir.definedness import APPROXIMATE, conditions
from autoform.ir.definedness.integers import FLOAT_LIMIT
from autoform.ir.exprs import Apply, Binder, Expr, Lambda, StrLit, Var, VariantGet
from autoform.ir.ops import OPS, OUTSIDE, Op
from autoform.ir.ops.op import UNSIGNED
from autoform.ir.types import (
    FLOAT,
    INT,
    MACHINE_INTS,
    STR,
    EnumType,
    FloatType,
    FnType,
    IntType,
    Type,
    substitute_type,
)
from autoform.semantics.interpreter import EvaluationFailed, FuelExhausted, evaluate
from autoform.semantics.values import Value, VariantValue
from tests.semantics.strategies import values_of

I32, U8, I8 = (MACHINE_INTS[name] for name in ("i32", "u8", "i8"))
SHAPE: Final = EnumDecl("Shape", (Variant("Point"), Variant("Circle", (INT,))))
MODULE: Final = Module(enums=(SHAPE,))
GREATEST: Final = math.nextafter(math.inf, 0)
EDGES: Final = (709.782712893384, 710.4758600739439, 1e308, GREATEST, 0.0, 1.0, -1.0)
SPECS: Final = ("", "5", "d", "x", ",", ".2f", "c", "s", ">9", "=5", "Z", "08,.3f", "_b", "%")


def instances(op: Op) -> Iterator[Apply]:
    """Applications to variables, on the types that differ in what can go wrong."""
    bindings: dict[str, Type] = {"T": INT, "U": INT, "V": INT, "K": STR, "Ordered": STR}
    seen: set[tuple[Type, ...]] = set()
    for number in (INT, I32, U8, I8, FLOAT):
        machine = U8 if number in (INT, FLOAT) else number
        integer = INT if number == FLOAT else number
        bindings |= {"Number": number, "Integer": integer, "Machine": machine, "Target": machine}
        bindings[UNSIGNED.name] = U8
        params = tuple(substitute_type(scheme, bindings) for scheme in op.params)
        result = substitute_type(op.result, bindings)
        if (*params, result) not in seen:
            seen.add((*params, result))
            yield Apply(op.name, tuple(map(_argument, range(len(params)), params)), result)


def _argument(position: int, type_: Type) -> Expr:
    if isinstance(type_, FnType):
        params = tuple(Binder(f"p{n}", each) for n, each in enumerate(type_.params))
        same = type_.result == params[0].type
        return Lambda(params, Var("p0", params[0].type) if same else StrLit("key"))
    return Var(f"a{position}", type_)


def arguments(op: str, type_: Type) -> st.SearchStrategy[Value]:
    """Values of an argument, with the edges where conditions turn."""
    match type_:
        case FloatType():
            ends = [math.nextafter(edge, to) for edge in EDGES for to in (-math.inf, math.inf)]
            return st.one_of(values_of(type_), st.sampled_from([*EDGES, *ends]))
        case IntType() if op in {"int.true_div", "int.to_float"}:
            ends = [
                FLOAT_LIMIT - 1,
                FLOAT_LIMIT,
                -FLOAT_LIMIT,
                3 * FLOAT_LIMIT,
                3 * FLOAT_LIMIT - 1,
            ]
            return st.one_of(values_of(type_), st.sampled_from([0, 1, 3, -3, *ends]))
        case IntType() if op in {"py.chr", "char.from_code"}:
            ends = [0, -1, 0xD7FF, 0xD800, 0xDFFF, 0xE000, 0x10FFFF, 0x110000, 2**31, -(2**31) - 1]
            return st.one_of(values_of(type_), st.sampled_from(ends))
        case _ if op.startswith("py.format") and type_ == STR:
            return st.sampled_from(SPECS)
        case _:
            return values_of(type_)


def outcome(application: Expr, env: dict[str, Value]) -> str | None:
    """The exception that the application raises."""
    try:
        evaluate(MODULE, application, env, fuel=200_000)
    except EvaluationFailed as failure:
        return failure.exception
    return None


def promised(application: Apply | VariantGet, env: dict[str, Value]) -> str | None:
    """The exception of the first condition that is false."""
    for exception, condition in conditions(application):
        if not evaluate(MODULE, condition, env):
            return exception
    return None


CASES: Final = [
    pytest.param(each, id=f"{op.name}-{n}")
    for op in OPS.values()
    for n, each in enumerate(instances(op))
    if op.raises
]


@pytest.mark.parametrize("application", CASES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_conditions_hold_exactly_where_nothing_is_raised(
    application: Apply, data: st.DataObject
) -> None:
    env = {
        arg.name: data.draw(arguments(application.op, arg.type))
        for arg in application.args
        if isinstance(arg, Var)
    }
    try:
        raised, expected = outcome(application, env), promised(application, env)
    except FuelExhausted:  # `2 ** 2147483648`, which a condition looks at in `Int`
        return
    if raised == OUTSIDE or (application.op in APPROXIMATE and expected is not None):
        return
    assert raised == expected


def test_a_payload_of_another_variant_panics() -> None:
    get = VariantGet(Var("s", EnumType("Shape")), "Circle", 0, INT)
    for value, expected in (("Point", ()), "Panic"), (("Circle", (1,)), None):
        env: dict[str, Value] = {"s": VariantValue("Shape", *value)}
        assert outcome(get, env) == promised(get, env) == expected


def test_operators_without_conditions_do_not_raise() -> None:
    assert all(
        conditions(each) == () for op in OPS.values() if not op.raises for each in instances(op)
    )
