"""Calls: control flow, exceptions, inout parameters, recursion, and that every call ends."""

from __future__ import annotations

import pytest

from autoform.ir.decls import Function, Module, Param
from autoform.ir.exprs import Apply, Expr, IfExpr, IntLit, Let, StrLit, Var
from autoform.ir.ops import apply
from autoform.ir.stmts import Assign, Block, Break, If, Raise, Return, VarDecl, While
from autoform.ir.text import parse_expr
from autoform.ir.traversal import MAX_DEPTH, depth
from autoform.ir.types import INT, MACHINE_INTS, STR, SeqType
from autoform.ir.wellformed import require_wellformed
from autoform.semantics.interpreter import (
    MAX_CALL_DEPTH,
    OutOfFuel,
    Raised,
    Returned,
    call,
    evaluate,
    program,
)
from autoform.semantics.values import MapValue, RecordValue, Some, Value, VariantValue, same
from tests.semantics.programs import exception, module, run, value

# ── Control flow ──────────────────────────────────────────────────────────────────────────────


def test_break_and_continue_of_outer_loops() -> None:
    text = """
    fn f(n: Int) -> Seq<Int> {
        var found: Seq<Int> = []::<Seq<Int>>;
        outer: for i in 0..n {
            middle: for j in 0..n {
                for k in 0..n {
                    if k == 1 { continue middle; }
                    if j == 2 { continue outer; }
                    if i == 3 { break outer; }
                    found = seq.append(found, i * 100 + j * 10 + k);
                }
                found = seq.append(found, -1);
            }
            found = seq.append(found, -2);
        }
        return found;
    }
    """
    expected = [d for i in range(3) for d in (i * 100, i * 100 + 10)]
    assert value(text, 5) == tuple(expected)
    assert value(text, 1) == (0, -1, -2)


def test_jump_out_of_a_loop_does_not_leak_into_the_next() -> None:
    text = """
    fn f(xs: Seq<Int>) -> Int {
        var rounds: Int = 0;
        outer: while true {
            for x in xs {
                if x == rounds { rounds = rounds + 1; continue outer; }
                if x > 10 { break outer; }
            }
            for x2 in xs { rounds = rounds + 100; }
            break;
        }
        return rounds;
    }
    """
    assert value(text, (0, 1, 2)) == 303
    assert value(text, (0, 1, 11)) == 2


def test_for_range_counts_in_z_and_evaluates_bounds_once() -> None:
    text = """
    fn f(n: u8) -> Int {
        var count: Int = 0;
        var last: u8 = n;
        for i in 250u8..last by 3u8 { count = count + 1; last = 0u8; }
        return count;
    }
    """
    assert value(text, 255) == 2
    assert value(text, 250) == 0
    down = "fn f() -> Seq<Int> { return [i for i in seq.range(5, 0, -2)]; }"
    assert value(down) == (5, 3, 1)


def test_a_step_of_zero_raises() -> None:
    loop = "fn f(step: Int) { for i in 0..3 by step { } }"
    assert exception(loop, 0) == "ValueError"
    assert exception(
        "fn f(s: Int) -> Bool { return forall i in seq.range(0, 3, s): true; }", 0
    ) == ("ValueError")


def test_for_each_iterates_over_the_value_at_the_start() -> None:
    text = """
    fn f(xs: Seq<Int>) -> Seq<Int> {
        var ys: Seq<Int> = xs;
        for y in ys { ys = seq.append(ys, y); }
        return ys;
    }
    """
    assert value(text, (1, 2)) == (1, 2, 1, 2)


def test_variable_of_a_loop_is_declared_anew_in_each_round() -> None:
    text = """
    fn f(n: Int) -> Int {
        var total: Int = 0;
        for i in 0..n {
            var x: Int;
            if i == 0 { x = 5; } else { x = i; }
            total = total + x;
        }
        return total;
    }
    """
    assert value(text, 4) == 5 + 1 + 2 + 3


def test_conditions_with_statements_of_their_own_are_evaluated_in_every_round() -> None:
    text = """
    fn f(xs: Seq<Int>) -> Int {
        var i: Int = 0;
        while i < seq.len(xs) && seq.at(xs, i) != 0 { i = i + 1; }
        if i == 0 { return -1; } else if seq.at(xs, i) == 0 { return i; } else { return 9; }
    }
    """
    assert value(text, (3, 4, 0, 5)) == 2
    assert value(text, (0,)) == -1
    assert exception(text, (3, 4)) == "IndexError"


# ── Order of evaluation and what is not evaluated ─────────────────────────────────────────────


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        ("1 // z + seq.at(xs, 9)", "ZeroDivisionError"),
        ("seq.at(xs, 9) + 1 // z", "IndexError"),
        ("seq.len([1 // z, seq.at(xs, 9)])", "ZeroDivisionError"),
        ("seq.len([seq.at(xs, 9), 1 // z])", "IndexError"),
        ("map.len({seq.at(xs, 9): 1 // z})", "IndexError"),
        ("map.len({1 // z: seq.at(xs, 9)})", "ZeroDivisionError"),
        ("map.len({seq.at(xs, 9): 1 // z for x in [1]})", "IndexError"),
        ("seq.len([1 // z for x in [1] for y in [seq.at(xs, 9)]])", "IndexError"),
        ("(let a = 1 // z in seq.at(xs, 9))", "ZeroDivisionError"),
        ("option.unwrap(if z == 0 then none::<Option<Int>> else option.some(1 // z))", "TypeError"),
        ("seq.at(seq.sort_by(xs, |x: Int| 1 // (x - 3)), seq.at(xs, 9))", "ZeroDivisionError"),
    ],
)
def test_the_first_failure_in_order_is_what_is_raised(expr: str, expected: str) -> None:
    assert (
        exception(f"fn f(xs: Seq<Int>, z: Int) -> Int {{ return {expr}; }}", (3, 1), 0) == expected
    )


@pytest.mark.parametrize(
    "expr",
    [
        "z != 0 && 1 // z > 0 || z == 0",
        "!(z != 0 && (1 // z > 0 && seq.at(xs, 9) == 0))",
        "z == 0 || 1 // z > 0",
        "if z == 0 then true else 1 // z > 0",
        "exists x in xs: x == 3 || 1 // z == x",
        "!(forall x in xs: x != 3 && 1 // z == x)",
        "exists i in seq.range(0, 1000000000000000, 1): i == 5",
    ],
)
def test_what_is_not_needed_is_not_evaluated(expr: str) -> None:
    assert value(f"fn f(xs: Seq<Int>, z: Int) -> Bool {{ return {expr}; }}", (3, 1), 0) is True


def test_implication_is_short_circuit() -> None:
    parsed = module("fn f(z: Int) ensures z != 0 ==> 1 // z >= 0 { }")
    condition = parsed.functions[0].contract.ensures[0].condition
    assert evaluate(parsed, condition, {"z": 0}) is True
    assert evaluate(parsed, condition, {"z": -1}) is False


def test_failures_inside_an_iteration_over_a_set_are_outside_the_subset() -> None:
    text = "fn f(xs: Set<Int>) -> Bool { return exists x in xs: 10 // x > 2; }"
    assert value(text, frozenset({1, 5})) is True
    assert exception(text, frozenset({1, 0})) == "OutsideSubset"
    built = "fn f(xs: Set<Int>) -> Set<Int> { return {10 // x for x in xs}; }"
    assert value(built, frozenset({1, 5})) == frozenset({10, 2})
    assert exception(built, frozenset({0})) == "OutsideSubset"


# ── Exceptions and inout parameters ───────────────────────────────────────────────────────────


def test_message_is_evaluated_before_the_exception_is_raised() -> None:
    text = 'fn f(n: Int) { raise ValueError(str.concat("n is ", int.to_str(10 // n))); }'
    assert run(text, 5) == Raised("ValueError", "n is 2")
    assert exception(text, 0) == "ZeroDivisionError"


def test_assert_raises() -> None:
    assert exception("fn f(n: Int) { assert n > 0; }", 0) == "AssertionError"
    assert value("fn f(n: Int) { assert n > 0; }", 1) == ()


INOUTS = """
fn outer(inout xs: Seq<Int>, inout total: Int, limit: Int) -> Int {
    var before: Seq<Int> = xs;
    total = total + 1;
    call added = inner(xs, limit, seq.len(xs));
    total = total + added;
    call inner(xs, limit, 100);
    return seq.len(before);
}

fn inner(inout ys: Seq<Int>, most: Int, value: Int) -> Int {
    ys = seq.append(ys, value);
    if seq.len(ys) > most { raise ValueError("too long"); }
    ys = seq.update(ys, 0, seq.at(ys, 0) + 1);
    return value;
}
"""


def test_inout_parameters_come_back() -> None:
    text = INOUTS.replace("call added", "var added: Int; call added")
    assert run(text, (5,), 10, 9) == Returned(1, ((7, 1, 100), 12))


def test_inout_parameters_of_what_raises_are_as_they_were_then() -> None:
    text = INOUTS.replace("call added", "var added: Int; call added")
    assert run(text, (5,), 10, 2) == Raised("ValueError", "too long", ((6, 1, 100), 12))
    assert run(text, (5,), 10, 1) == Raised("ValueError", "too long", ((5, 1), 11))


def test_arguments_are_never_changed() -> None:
    text = """
    fn f(xs: Seq<Int>, m: Map<Int, Int>) -> Int {
        var ys: Seq<Int> = xs;
        var before: Seq<Int> = ys;
        ys = seq.update(ys, 0, 9);
        var n: Map<Int, Int> = m;
        n = map.insert(n, 1, 2);
        return seq.at(before, 0) + map.len(m);
    }
    """
    xs, m = (1, 2), MapValue({3: 4})
    assert value(text, xs, m) == 2
    assert (xs, m) == ((1, 2), MapValue({3: 4}))


# ── Calls ─────────────────────────────────────────────────────────────────────────────────────

FIBONACCI = """
fn fib(n: Int) -> Int {
    if n < 2 { return n; }
    return fib(n - 1) + fib(n - 2);
}
"""


def test_recursion() -> None:
    assert value(FIBONACCI, 15) == 610


def test_calls_too_deep_are_out_of_fuel() -> None:
    text = "fn f(n: Int) -> Int { if n == 0 { return 0; } return 1 + f(n - 1); }"
    assert value(text, MAX_CALL_DEPTH - 1) == MAX_CALL_DEPTH - 1
    assert run(text, MAX_CALL_DEPTH) == OutOfFuel()
    assert run(text, -1) == OutOfFuel()


def test_calls_too_deep_through_functions_of_elements_are_out_of_fuel() -> None:
    text = """
    fn f(n: Int) -> Int { return seq.at(seq.sort_by([n], |x: Int| f(x + 1)), 0); }
    """
    assert run(text, 0) == OutOfFuel()


def test_calls_in_tail_position_take_no_room() -> None:
    text = """
    fn sum(i: Int, total: Int) -> Int {
        return if i == 0 then total else let next = total + i in sum(i - 1, next);
    }
    """
    assert value(text, 100_000, 0) == 100_000 * 100_001 // 2
    swapped = "fn f(a: Int, b: Int) -> Int { if b == 0 { return a; } return f(b, a % b); }"
    assert value(swapped, 1071, 462) == 21


def test_tail_call_inside_a_loop_is_a_call() -> None:
    text = """
    fn f(n: Int, rounds: Int) -> Int {
        for i in 1..4 { if n > 0 { return f(n - 1, rounds * 10 + i); } }
        return rounds;
    }
    """
    assert value(text, 3, 0) == 111


def test_generic_functions_compute_at_the_types_of_the_call() -> None:
    text = """
    fn f(x: u8) -> u8 { return double(x); }
    fn double<T>(x: T) -> T { return x + x; }
    fn g(x: Int) -> Int { return double(x); }
    """
    parsed = module(text)
    assert call(parsed, "f", (200,)) == Raised("OverflowError", "the result is not a value of u8")
    assert call(parsed, "g", (200,)) == Returned(400)
    assert call(parsed, "double", (1.5,)) == Returned(3.0)
    typed = call(parsed, "double", (200,), type_args={"T": MACHINE_INTS["u8"]})
    assert isinstance(typed, Raised)


def test_polymorphic_recursion_is_compiled_at_each_type() -> None:
    text = """
    fn f<T>(x: T, n: Int) -> Int { if n == 0 { return 0; } return f((x, x), n - 1); }
    """
    assert value(text, 1, 5) == 0
    assert run(text, 1, 100) == OutOfFuel()


def test_constants_records_and_enums() -> None:
    text = """
    const LIMIT: Int = 3 * 4;
    record Point { x: Int, y: Int }
    enum Shape { Empty, Circle(Int), Rect(Int, Int) }
    fn f(s: Shape, p: Point) -> Int {
        var q: Point = p with { y = ::LIMIT };
        if s is Circle { return s as Circle.0 + q.y; }
        return (s as Rect.1) * (q.x + q.y);
    }
    """
    point = RecordValue("Point", (1, 2))
    assert value(text, VariantValue("Shape", "Circle", (5,)), point) == 17
    assert value(text, VariantValue("Shape", "Rect", (5, 2)), point) == 26
    assert exception(text, VariantValue("Shape", "Empty"), point) == "Panic"


def test_wrong_calls_are_errors_of_the_caller() -> None:
    parsed = module("fn f(n: Int) -> Int { return n; }")
    with pytest.raises(KeyError):
        call(parsed, "g", ())
    with pytest.raises(ValueError, match="takes 1 arguments, not 0"):
        call(parsed, "f", ())


# ── Every call ends, and none takes all memory ────────────────────────────────────────────────


@pytest.mark.parametrize(
    "body",
    [
        "while true { }",
        "for i in 0..1000000000000000000000 { }",
        "var x: Int = 2; while x > 0 { x = x * x; }",
        "var x: Int = 2; while x > 0 { x = x + x; }",
        "var x: Int = int.pow(2, 3000000); while x > 0 { x = x + 1; }",
        'var s: Str = "a"; while true { s = str.concat(s, s); }',
        'var s: Str = "a"; while true { s = str.replace(s, "a", "aa"); }',
        "var xs: Seq<Int> = [1]; while true { xs = seq.concat(xs, xs); }",
        "var n: Int = int.pow(2, 1000000000);",
        "var n: Int = int.pow(2, int.pow(10, 30));",
        "var n: Int = int.shl(1, 1000000000000);",
        "var n: Int = int.factorial(1000000);",
        "var n: Int = int.factorial(int.pow(10, 40));",
        "var n: Int = int.comb(1000000000, 500000000);",
        "var n: Int = int.perm(1000000000, 500000000);",
        "var n: Int = seq.product(seq.range(1, 300000, 1));",
        'var s: Str = str.repeat("a", 1000000000000);',
        'var s: Str = py.zfill("a", 1000000000000);',
        'var s: Str = py.center("a", 1000000000000, "b");',
        'var s: Str = py.format_int(1, "1000000000000d");',
        'var s: Str = py.format_float(1.0, ".1000000000f");',
        'var s: Str = str.join(str.repeat("a", 100000), str.chars(str.repeat("b", 100000)));',
        "var xs: Seq<Int> = seq.repeat([1], 1000000000000);",
        "var xs: Seq<Int> = seq.range(0, 1000000000000000, 1);",
        "var xs: Seq<Int> = seq.range(0, int.pow(10, 40), 1);",
        "var ok: Bool = forall i in seq.range(0, 1000000000000000, 1): i >= 0;",
        "var xs: Seq<Int> = [i for i in seq.range(0, 1000000000000000, 1)];",
        "var xs: Seq<Seq<Int>> = seq.windows(seq.range(0, 20000, 1), 10000);",
        "var n: Int = seq.sum(seq.sorted(seq.repeat([1, 2], 100000000)));",
    ],
)
def test_what_would_take_forever_or_too_much_is_out_of_fuel(body: str) -> None:
    assert run(f"fn f() {{ {body} }}", fuel=1_000_000) == OutOfFuel()


def test_rounding_by_a_huge_power_of_ten_is_immediate() -> None:
    text = "fn f(n: Int) -> Int { return py.round_int_digits(n, neg(int.pow(10, 12))); }"
    assert value(text, 5) == 0


def test_decimal_text_of_very_long_integers_is_outside_the_subset() -> None:
    text = "fn f(n: Int) -> Str { return int.to_str(int.pow(10, n)); }"
    assert value(text, 4299) == str(10**4299)
    assert exception(text, 4300) == "OutsideSubset"
    read = "fn f(s: Str) -> Int { return py.str_to_int(s); }"
    assert exception(read, "1" * 4301) == "ValueError"


def test_fuel_is_counted_alike_in_every_run() -> None:
    parsed = module(FIBONACCI)
    needed = next(n for n in range(1000, 9000) if call(parsed, "fib", (11,), fuel=n) != OutOfFuel())
    assert call(parsed, "fib", (11,), fuel=needed) == Returned(89)
    assert call(parsed, "fib", (11,), fuel=needed - 1) == OutOfFuel()


# ── Depth ─────────────────────────────────────────────────────────────────────────────────────

X = Var("x", INT)


def one(expr: Expr) -> Module:
    found = Module((Function("f", (Param("x", INT),), INT, (Return(expr),)),))
    require_wellformed(found)
    return found


@pytest.mark.parametrize("op", ["add", "floor_div"])
@pytest.mark.parametrize("right", [False, True])
def test_operators_nested_as_deep_as_allowed(op: str, *, right: bool) -> None:
    expr: Expr = X
    while depth(Function("f", (), INT, (Return(expr),))) < MAX_DEPTH:
        expr = apply(op, X, expr) if right else apply(op, expr, X)
    assert isinstance(call(one(expr), "f", (1,)), Returned)


def test_conditions_and_bindings_nested_as_deep_as_allowed() -> None:
    expr: Expr = X
    level = 0
    while depth(Function("f", (), INT, (Return(expr),))) < MAX_DEPTH - 2:
        level += 1
        divided = apply("floor_div", IntLit(100, INT), X)
        if level % 2:
            expr = IfExpr(apply("lt", divided, X), expr, divided)
        else:
            expr = Let(f"y{level}", divided, expr)
    assert call(one(expr), "f", (200,)) == Returned(200)


def test_quantifiers_nested_deeper_than_python_nests_loops() -> None:
    inner = "x == 3"
    for level in range(40):
        inner = f"exists q{level} in [{inner}, false]: q{level}"
    assert value(f"fn f(x: Int) -> Bool {{ return {inner}; }}", 3) is True
    body = "q24 == x"
    for level in reversed(range(25)):
        body = f"exists q{level} in seq.range(0, 2, 1): {body}"
    assert value(f"fn f(x: Int) -> Bool {{ return {body}; }}", 1) is True


def test_comprehension_of_more_clauses_than_python_nests_loops() -> None:
    clauses = "".join(f" for q{level} in [q{level - 1} + 1]" for level in range(1, 30))
    text = f"fn f(x: Int) -> Seq<Int> {{ return [q29 for q0 in [x]{clauses}]; }}"
    assert value(text, 5) == (34,)


def test_statements_nested_as_deep_as_allowed() -> None:
    body: Block = (Assign("y", apply("add", Var("y", INT), X)),)
    while depth(Function("f", (), INT, (*body,))) < MAX_DEPTH - 1:
        body = (If(apply("lt", X, IntLit(10, INT)), body, (Assign("y", X), *body[:0])),)
    function = Function(
        "f", (Param("x", INT),), INT, (VarDecl("y", INT, X), *body, Return(Var("y", INT)))
    )
    found = Module((function,))
    require_wellformed(found)
    assert call(found, "f", (3,)) == Returned(6)
    assert call(found, "f", (30,)) == Returned(30)


def test_chains_of_else_if_as_long_as_allowed() -> None:
    body: Block = (Return(IntLit(-1, INT)),)
    level = 0
    while depth(Function("f", (), INT, body)) < MAX_DEPTH - 3:
        level += 1
        quotient: Expr = apply("floor_div", X, IntLit(1 + level % 2, INT))
        test = apply("eq", X if level % 3 else quotient, IntLit(level, INT))
        body = (If(test, (Return(IntLit(level * 10, INT)),), body),)
    found = Module((Function("f", (Param("x", INT),), INT, body),))
    require_wellformed(found)
    assert call(found, "f", (1,)) == Returned(10)
    assert call(found, "f", (level - 1,)) == Returned((level - 1) * 10)
    assert call(found, "f", (-5,)) == Returned(-1)


def test_loops_nested_deeper_than_python_compiles_are_out_of_fuel() -> None:
    body: Block = (Break(),)
    for _ in range(30):
        body = (While(apply("lt", X, IntLit(5, INT)), body), Break())
    loop = body[0]
    found = Module((Function("f", (Param("x", INT),), INT, (loop, Return(X))),))
    assert call(found, "f", (9,)) == Returned(9)
    assert call(found, "f", (1,)) == OutOfFuel()


def test_long_chains_of_variants_are_compared() -> None:
    text = """
    enum List { Nil, Cons(Int, List) }
    fn f(n: Int) -> Bool {
        var a: List = List::Nil;
        var b: List = List::Nil;
        for i in 0..n { a = List::Cons(i, a); b = List::Cons(i, b); }
        return a == b && !(a != b);
    }
    """
    assert value(text, 20_000) is True


def test_hashing_long_chains_of_variants_is_out_of_fuel() -> None:
    text = """
    enum List { Nil, Cons(Int, List) }
    fn f(n: Int) -> Int {
        var a: List = List::Nil;
        for i in 0..n { a = List::Cons(i, a); }
        return set.len({a, a});
    }
    """
    assert value(text, 50) == 1
    assert run(text, 50_000) == OutOfFuel()


def test_names_that_python_takes_for_the_same_are_kept_apart() -> None:
    text = "fn f(ﬁ: Int, fi: Int, k: Int, d: Int, def_: Int) -> Int { return ﬁ * 2 + fi + k + d; }"
    assert value(text, 10, 1, 100, 1000, 0) == 1121


# ── Expressions by themselves ─────────────────────────────────────────────────────────────────


def test_evaluate_reads_values_now_and_at_entry() -> None:
    parsed = module(
        r"""
        fn f(inout xs: Seq<Int>, n: Int) -> Int
            ensures \result == seq.len(\old(xs)) + seq.len(xs)
            ensures forall i in seq.range(0, n, 1): seq.at(xs, i) == seq.at(\old(xs), i)
        { return 0; }
        """
    )
    first, second = (clause.condition for clause in parsed.functions[0].contract.ensures)
    now: dict[str, Value] = {"xs": (1, 2, 3), "n": 2}
    old: dict[str, Value] = {"xs": (1, 2), "n": 2}
    assert evaluate(parsed, first, now, old=old, result=5) is True
    assert evaluate(parsed, first, now, old=old, result=4) is False
    assert evaluate(parsed, second, now, old=old) is True
    with pytest.raises(ValueError, match="at entry"):
        evaluate(parsed, second, now)
    with pytest.raises(ValueError, match="result"):
        evaluate(parsed, first, now, old=old)
    with pytest.raises(KeyError):
        evaluate(parsed, second, {"n": 2}, old=old)


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        ("{x: x * x for x in [3, 1, 2]}", MapValue({3: 9, 1: 1, 2: 4})),
        ("{x % 2 for x in [3, 1, 2]}", frozenset({0, 1})),
        ("[x + y for x in [1, 2] if x > 1 for y in [10, 20]]", (12, 22)),
        ('seq.sort_by(["bb", "a", "cc"], |s: Str| str.len(s))', ("a", "bb", "cc")),
        ('seq.sort_by_desc(["bb", "a", "cc"], |s: Str| str.len(s))', ("bb", "cc", "a")),
        ("seq.min_by([5, -1, 1], |x: Int| abs(x))", -1),
        ("seq.max_by([5, -5, 1], |x: Int| abs(x))", 5),
        ("seq.last_max_by([5, -5, 1], |x: Int| abs(x))", -5),
        ("seq.fold([1, 2, 3], 10, |a: Int, x: Int| a * 2 + x)", 91),
        ('map.get({"a": 1}, "a")', Some(1)),
        ("seq.sum([0.1, 0.2, 0.3])", 0.1 + 0.2 + 0.3),
        ("seq.sum([1e16, 1.0, -1e16])", 0.0),
        ("let x = 2 in let y = x * x in y + x", 6),
        ('"é\\u{1f600}" == str.concat("é", py.chr(128512))', True),
    ],
)
def test_values_of_expressions(expr: str, expected: Value) -> None:
    assert same(evaluate(Module(), parse_expr(expr, {}), {}), expected)


def test_the_same_program_runs_on_many_inputs_without_new_translation() -> None:
    parsed = module(FIBONACCI)
    call(parsed, "fib", (5,))
    before = dict(program(parsed).sources)
    call(parsed, "fib", (9,))
    assert program(parsed).sources == before


def test_application_to_types_of_the_function() -> None:
    xs = Var("xs", SeqType(STR))
    joined = Apply("str.join", (Var("s", STR), xs), STR)
    assert evaluate(Module(), joined, {"s": "-", "xs": ("a", "b")}) == "a-b"


def test_no_name_or_text_becomes_code() -> None:
    evil = "x = 1\nraise SystemExit(\"#'{0}"
    name = Var(evil, INT)
    function = Function(
        evil,
        (Param(evil, INT),),
        STR,
        (
            VarDecl("s", STR, StrLit(evil)),
            If(apply("lt", name, IntLit(0, INT)), (Raise(evil, StrLit(evil)),)),
            Return(Var("s", STR)),
        ),
    )
    assert call(Module((function,)), evil, (1,)) == Returned(evil)
    assert call(Module((function,)), evil, (-1,)) == Raised(evil, evil)
