"""Inputs: of their types, within their bounds, the same for the same seed."""

from collections.abc import Mapping

import pytest
from hypothesis.internal.conjecture import providers

from autoform.crosscheck.inputs import (
    LADDER,
    Size,
    corner_inputs,
    corners,
    generate,
    knowledge_of,
    repairs,
)
from autoform.crosscheck.inputs.strategies import drawing_order
from autoform.crosscheck.observation import Input
from autoform.crosscheck.prepare import prepare
from autoform.frontends import lift
from autoform.ir.decls import (
    Contract,
    EnumDecl,
    Function,
    Module,
    Param,
    RecordDecl,
    Variant,
)
from autoform.ir.exprs import (
    And,
    Apply,
    Binder,
    Expr,
    IntLit,
    Quant,
    Quantifier,
    SeqLit,
    StrLit,
    Var,
)
from autoform.ir.ops import apply
from autoform.ir.stmts import Clause, Origin, Return
from autoform.ir.types import (
    BOOL,
    CHAR,
    FLOAT,
    INT,
    MACHINE_INTS,
    STR,
    EnumType,
    MapType,
    OptionType,
    RecordType,
    ResultType,
    SeqType,
    SetType,
    TupleType,
    Type,
    TypeVar,
)
from autoform.semantics.values import Value, has_type
from autoform.source import SourceFile

INTS = SeqType(INT)
TREE = EnumType("Tree")
MODULE = Module(
    records=(RecordDecl("Point", (Binder("x", INT), Binder("label", STR))),),
    enums=(EnumDecl("Tree", (Variant("Leaf"), Variant("Fork", (TREE, INT, TREE)))),),
)
TYPES: list[Type] = [
    INT,
    BOOL,
    FLOAT,
    CHAR,
    STR,
    *MACHINE_INTS.values(),
    INTS,
    SeqType(SeqType(BOOL)),
    TupleType(()),
    TupleType((INT, STR)),
    SetType(STR),
    MapType(STR, INTS),
    OptionType(INTS),
    ResultType(INT, STR),
    RecordType("Point"),
    TREE,
    SeqType(TREE),
]


def lit(value: int) -> IntLit:
    return IntLit(value, INT)


def function(params: Mapping[str, Type], *requires: Expr) -> Function:
    declared = tuple(Param(name, type_) for name, type_ in params.items())
    clauses = tuple(Clause(condition, Origin.DECORATOR) for condition in requires)
    return Function("f", declared, INT, (Return(lit(0)),), Contract(requires=clauses))


def evaluate(expr: Expr, known: Mapping[str, Value]) -> Value | None:
    """As much of evaluation as the bounds of these tests need."""
    match expr:
        case IntLit(value) | StrLit(value):
            return value
        case Var(name):
            return known.get(name)
        case Apply("seq.len", (Var(name),)) if name in known:
            indexed = known[name]
            assert isinstance(indexed, tuple)
            return len(indexed)
        case _:
            return None


def drawn(made: Function, count: int = 60, size: Size = LADDER[1], seed: int = 0) -> list[Input]:
    return generate(
        made,
        MODULE,
        knowledge_of(made),
        size=size,
        count=count,
        seed_=seed,
        evaluate=evaluate,
    )


@pytest.mark.parametrize("type_", TYPES, ids=str)
def test_corners_and_drawn_values_are_of_the_type(type_: Type) -> None:
    found = corners(type_, MODULE, LADDER[0])
    assert found
    assert all(has_type(value, type_, MODULE) for value in found)
    assert all(has_type(row[0], type_, MODULE) for row in drawn(function({"x": type_})))


@pytest.mark.parametrize("type_", TYPES, ids=str)
def test_the_same_seed_draws_the_same(type_: Type) -> None:
    made = function({"x": type_, "y": type_})
    assert repr(drawn(made, 20, seed=5)) == repr(drawn(made, 20, seed=5))


def test_corners_hold_what_breaks_programs() -> None:
    numbers = corners(INT, MODULE, LADDER[0])
    assert {0, 1, -1, 2**63} <= set(numbers)
    floats = [repr(value) for value in corners(FLOAT, MODULE, LADDER[0])]
    assert {"-0.0", "nan", "inf", "-inf"} <= set(floats)
    byte = MACHINE_INTS["u8"]
    assert {0, 255, 254, 128, 127} <= set(corners(byte, MODULE, LADDER[0]))
    assert {(), (0,), (0, 0)} <= set(corners(INTS, MODULE, LADDER[0]))


def test_smaller_sizes_bound_every_value() -> None:
    for given in drawn(function({"n": INT, "xs": INTS}), 100, LADDER[-1]):
        n, xs = given
        assert isinstance(n, int)
        assert abs(n) <= LADDER[-1].integer
        assert isinstance(xs, tuple)
        assert len(xs) <= LADDER[-1].length


def test_no_constants_of_loaded_modules_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hypothesis would read every module of autoform for them, and keep a folder of them."""

    def refuse() -> None:
        raise AssertionError("the source of loaded modules was read")

    monkeypatch.setattr(providers, "_get_local_constants", refuse)
    assert len(drawn(function({"s": STR, "n": INT, "x": FLOAT}), 100)) == 100


def test_type_variables_get_one_plain_type_in_an_input() -> None:
    params = (Param("x", TypeVar("T")), Param("y", TypeVar("T")))
    made = Function("f", params, INT, (), type_params=("T",))
    kinds = {tuple(map(type, given)) for given in drawn(made, 40)}
    assert kinds == {(int, int), (str, str)}


# ── Preconditions ─────────────────────────────────────────────────────────────────────────────


def test_bounds_of_a_number_are_met_from_the_start() -> None:
    n = Var("n", INT)
    made = function({"n": INT}, apply("ge", n, lit(1_000_000)), apply("gt", lit(1_000_050), n))
    values = [given[0] for given in drawn(made, 30)]
    assert all(isinstance(v, int) and 1_000_000 <= v < 1_000_050 for v in values)


def test_an_index_is_drawn_after_what_it_indexes() -> None:
    k, length = Var("k", INT), apply("seq.len", Var("xs", INTS))
    made = function({"k": INT, "xs": INTS}, And((apply("le", lit(0), k), apply("lt", k, length))))
    assert drawing_order(made, knowledge_of(made)) == ["xs", "k"]
    rows = [(k, xs) for k, xs in drawn(made, 60) if isinstance(k, int) and isinstance(xs, tuple)]
    valid = [k for k, xs in rows if 0 <= k < len(xs)]
    assert len(valid) > len(rows) // 2


def test_equal_lengths_are_drawn() -> None:
    first, second = (apply("seq.len", Var(name, INTS)) for name in ("xs", "ys"))
    made = function({"xs": INTS, "ys": INTS}, apply("eq", first, second))
    rows = [(xs, ys) for xs, ys in drawn(made) if isinstance(xs, tuple) and isinstance(ys, tuple)]
    same = [xs for xs, ys in rows if len(xs) == len(ys)]
    assert len(same) > len(rows) * 3 // 4


def test_no_list_is_made_as_long_as_any_number_asks() -> None:
    n, xs = Var("n", INT), Var("xs", INTS)
    wanted = apply("add", apply("mul", lit(2), n), lit(1))
    bounds = (apply("ge", n, lit(0)), apply("eq", apply("seq.len", xs), wanted))
    made = function({"n": INT, "xs": INTS}, *bounds)
    prepared = prepare(made, Module((made,)), (), examples=30, seed=0)
    assert prepared.counts.rejected > 0
    assert any(isinstance(items, tuple) and len(items) > 3 for _, items in prepared.inputs)


def test_bounds_of_elements_are_met() -> None:
    x, xs = Var("x", INT), Var("xs", INTS)
    positive = Quant(Quantifier.FORALL, Binder("x", INT), xs, apply("gt", x, lit(0)))
    made = function({"xs": INTS}, positive, apply("gt", apply("seq.len", xs), lit(2)))
    for (given,) in drawn(made):
        assert isinstance(given, tuple)
        assert len(given) > 2
        assert all(isinstance(value, int) and value > 0 for value in given)


def test_elements_named_by_an_index_are_bounded_too() -> None:
    i, xs = Var("i", INT), Var("xs", INTS)
    places = apply("seq.range", lit(0), apply("seq.len", xs), lit(1))
    small = apply("lt", apply("seq.at", xs, i), lit(10))
    made = function({"xs": INTS}, Quant(Quantifier.FORALL, Binder("i", INT), places, small))
    for (given,) in drawn(made):
        assert isinstance(given, tuple)
        assert all(isinstance(value, int) and value < 10 for value in given)


def test_letters_of_a_text_are_chosen_from_what_is_required() -> None:
    c, s = Var("c", STR), Var("s", STR)
    bits = Quant(Quantifier.FORALL, Binder("c", STR), s, apply("str.contains", StrLit("01"), c))
    for made in (function({"s": STR}, bits), function({"s": STR}, apply("py.isdigit", s))):
        assert all(set(str(given[0])) <= set("0123456789") for given in drawn(made))


def test_one_of_several_values_is_chosen() -> None:
    options = SeqLit(INT, (lit(3), lit(500_000)))
    made = function({"n": INT}, apply("seq.contains", options, Var("n", INT)))
    assert {given[0] for given in drawn(made)} == {3, 500_000}


def test_a_bound_on_a_bound_variable_says_nothing_of_parameters() -> None:
    i, xs = Var("i", INT), Var("xs", INTS)
    places = apply("seq.range", lit(0), apply("seq.len", xs), lit(1))
    below = apply("lt", apply("seq.at", xs, i), i)
    made = function({"xs": INTS}, Quant(Quantifier.FORALL, Binder("i", INT), places, below))
    assert knowledge_of(made).bounds == {}


def test_sorting_repairs() -> None:
    made = function({"xs": INTS, "n": INT})
    assert next(repairs(((3, 1, 1), 5), made)) == ((1, 1, 3), 5)
    assert list(repairs(((), 5), made)) == []


def test_fixed_lengths_are_met_inside_records_and_rows() -> None:
    source = """
struct Board { cells: [[u8; 3]; 2], names: [bool; 300] }
fn at(board: &Board, i: usize) -> u8 { board.cells[i][2] }
"""
    module = lift(SourceFile("f.rs", source)).module
    made = prepare(module.function("at"), module, (), examples=20, seed=0)
    assert made.counts.generated > 10
    assert made.counts.corners > 10
    assert made.counts.rejected == 0


def test_fixed_lengths_that_are_asserted_are_met() -> None:
    source = """
const SIZE: usize = 300;
fn first(xs: &[u8]) -> u8 { assert!(xs.len() == 2 * SIZE); xs[0] }
"""
    module = lift(SourceFile("f.rs", source)).module
    made = prepare(module.function("first"), module, (), examples=20, seed=0)
    assert made.counts.generated > 10
    assert made.counts.rejected == 0


def test_corner_inputs_use_each_corner_and_the_bounds() -> None:
    n = Var("n", INT)
    made = function({"n": INT, "s": STR, "xs": INTS}, apply("gt", n, lit(41)))
    rows = corner_inputs(made, MODULE, knowledge_of(made), LADDER[0], evaluate)
    assert 42 in {row[0] for row in rows}
    assert len(rows) == 64


@pytest.mark.parametrize("name", MACHINE_INTS)
def test_corners_of_a_machine_integer(name: str) -> None:
    type_ = MACHINE_INTS[name]
    found = corners(type_, Module(), LADDER[0])
    wanted = {0, 1, 2, type_.minimum, type_.maximum, type_.minimum + 1, type_.maximum - 1}
    wanted |= {n for bits in (8, 16, 32, 64) for n in (2**bits, 2**bits - 1) if n <= type_.maximum}
    assert wanted | ({-1} if type_.signed else set()) <= set(found)
    assert all(isinstance(n, int) and type_.minimum <= n <= type_.maximum for n in found)


def test_bounds_that_no_value_of_the_type_meets() -> None:
    byte = MACHINE_INTS["u8"]
    x, n = Var("x", byte), Var("n", byte)
    for bound in (apply("lt", x, n), apply("gt", x, n)):
        made = function({"n": byte, "x": byte}, bound)
        values = [value for given in drawn(made) for value in given]
        assert all(isinstance(value, int) and 0 <= value <= 255 for value in values)
