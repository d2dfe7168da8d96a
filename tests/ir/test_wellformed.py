"""One test for each rule of the checker: the text of a module, and the words of its violation."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from autoform.ir import exprs
from autoform.ir.decls import Function, Module, Param
from autoform.ir.exprs import (
    TRUE,
    And,
    Apply,
    Binder,
    BoolLit,
    CharLit,
    Collection,
    Comprehension,
    Expr,
    Filter,
    FloatLit,
    IntLit,
    Lambda,
    MapLit,
    Or,
    StrLit,
    TupleLit,
    Var,
)
from autoform.ir.ops import apply
from autoform.ir.stmts import Assign, Return, VarDecl
from autoform.ir.text import parse_module
from autoform.ir.traversal import MAX_DEPTH
from autoform.ir.types import BOOL, INT, MACHINE_INTS, STR, UNIT, FnType, SeqType, TupleType, Type
from autoform.ir.wellformed import IllFormed, require_wellformed, violations
from autoform.ir.wellformed.expressions import _RULES

WELL_FORMED = r"""
const LIMIT: Int = 10;
const TWICE: Int = ::LIMIT * 2;
record Box<T> { item: T }
enum Tree { Leaf, Node(Tree, Int, Tree) }

fn mutate(inout xs: Seq<Int>, n: Int = -1) -> Int {
    xs = seq.append(xs, n);
    return n;
}

fn identity<T>(x: T) -> T { return x; }

fn measure(t: Tree) -> Int
    ensures[mined] \result >= 0
{
    if t is Leaf { return 0; }
    return measure(t as Node.0) + 1;
}

fn everything(n: Int, xs: Seq<Int>) -> Int
    requires[assert] n >= 0 ==> seq.len(xs) > 0
    raises[guard] ValueError when n > ::TWICE
    ensures[docstring] \result >= \old(n) || (exists each in xs: each == \result)
    decreases n
{
    var late: Int;
    if n > 3 { late = 1; } else { late = 2; }
    var found: Int;
    while true {
        found = 3;
        if late > 1 { break; }
    }
    outer: for i in 0..n
        invariant[mined] i >= 0 && \old(n) >= i
    {
        for x in xs {
            var local: Int = x;
            if local == i { continue outer; }
        }
        late = late + i;
    }
    n = found;
    var ys: Seq<Int> = [];
    call late = mutate(ys, n);
    call mutate(ys, n);
    var b: Box<Str> = new Box { item: identity("s") };
    var unique: Set<Int> = {y for y in seq.to_set(ys)};
    while n > 0
        invariant[mined] n >= 0
        decreases n
    {
        n = n - 1;
    }
    return late;
}

fn endless() -> Int { while true {} }

fn procedure() {}
""".replace("= []", "= []::<Seq<Int>>")


def only_message(module: Module) -> str:
    (violation,) = violations(module)
    return violation.message


def test_a_wellformed_module_has_no_violations() -> None:
    module = parse_module(WELL_FORMED)
    assert violations(module) == ()
    require_wellformed(module)


def rules() -> Iterator[tuple[str, str]]:
    """The modules of `rules.txt`, each with the message expected."""
    for paragraph in (Path(__file__).parent / "rules.txt").read_text("utf-8").split("\n\n"):
        if paragraph.startswith("!"):
            message, _, text = paragraph.partition("\n")
            yield text, message[1:].strip()


@pytest.mark.parametrize(("text", "message"), list(rules()))
def test_rules(text: str, message: str) -> None:
    found = violations(parse_module(text))
    assert [violation.message for violation in found] == ([message] if message else [])


def in_function(expr: Expr, type_: Type, *params: Param) -> Module:
    return Module((Function("f", params, type_, (Return(expr),)),))


@pytest.mark.parametrize(
    ("expr", "type_", "message"),
    [
        (And((TRUE,)), None, "And has fewer than two items"),
        (Or(()), None, "Or has fewer than two items"),
        (MapLit(INT, INT, (IntLit(1, INT),), ()), None, "1 keys with 0 values"),
        (FloatLit("1.50"), None, "'1.50' is not the shortest form of a double"),
        (FloatLit("one"), None, "'one' is not the shortest form of a double"),
        (CharLit("ab"), None, "'ab' is not one Unicode scalar value"),
        (IntLit(value=True, type=INT), None, "True is not an integer"),
        (BoolLit(1), None, "1 is not a boolean"),  # type: ignore[arg-type] # what the rule is for
        (Var("x", INT), INT, "x is not visible here"),
        (Apply("no.such", (), INT), INT, "there is no operator no.such"),
        (Lambda((Binder("p", INT),), TRUE), None, "Lambda does not stand as an expression here"),
        (Filter(TRUE), None, "Filter does not stand as an expression here"),
        (
            Comprehension(Collection.SEQ, TRUE, (Filter(TRUE),)),
            None,
            "a comprehension starts with a generator",
        ),
    ],
)  # fmt: skip
def test_rules_that_the_text_form_cannot_break(
    expr: Expr, type_: Type | None, message: str
) -> None:
    assert only_message(in_function(expr, type_ or INT)) == message


def test_a_function_is_only_an_argument_where_the_scheme_asks_for_one() -> None:
    identity = Lambda((Binder("p", INT),), Var("p", INT))
    other = Lambda((Binder("q", INT),), Var("q", INT))
    assert only_message(in_function(Apply("eq", (identity, other), BOOL), BOOL)) == (
        "eq takes no function here"
    )


def test_a_key_belongs_to_a_map() -> None:
    comprehension = parse_module("fn f() -> Seq<Int> { return [x for x in [1]]; }").functions[0]
    (stmt,) = comprehension.body
    assert isinstance(stmt, Return)
    assert isinstance(stmt.value, Comprehension)
    broken = replace(stmt.value, key=IntLit(1, INT))
    message = "a key belongs to a map, and to a map only"
    assert only_message(in_function(broken, SeqType(INT))) == message


def test_a_variable_claims_the_type_it_was_declared_with() -> None:
    module = in_function(Var("x", STR), STR, Param("x", INT))
    assert only_message(module) == "the variable x is Str, not Int"


def test_a_local_is_not_visible_after_its_block() -> None:
    inner = parse_module("fn f() { if true { var x: Int = 1; } }").functions[0]
    outside = replace(inner, body=(*inner.body, Assign("x", IntLit(1, INT))))
    assert only_message(Module((outside,))) == "x is not visible here"


def test_the_first_violation_of_each_declaration_is_reported() -> None:
    text = "const A: Int = true; fn f() { break; break; } fn g() {} fn h() { break; }"
    assert [violation.name for violation in violations(parse_module(text))] == ["A", "f", "h"]


def nested_sum(levels: int) -> Expr:
    expr: Expr = IntLit(1, INT)
    for _ in range(levels - 1):
        expr = apply("add", expr, IntLit(1, INT))
    return expr


def test_nesting_is_bounded() -> None:
    outside = 2  # the function and its `return`
    assert violations(in_function(nested_sum(MAX_DEPTH - outside), INT)) == ()
    message = f"the nodes nest more than {MAX_DEPTH} deep"
    assert only_message(in_function(nested_sum(MAX_DEPTH - outside + 1), INT)) == message
    assert only_message(in_function(nested_sum(10_000), INT)) == message


def nested_type(levels: int) -> Type:
    type_: Type = INT
    for _ in range(levels - 1):
        type_ = TupleType((type_,))
    return type_


def test_nesting_of_types_is_bounded() -> None:
    def module(levels: int) -> Module:
        return Module((Function("f", (), UNIT, (VarDecl("x", nested_type(levels)),)),))

    assert violations(module(MAX_DEPTH)) == ()
    message = f"a type nests more than {MAX_DEPTH} deep"
    assert only_message(module(MAX_DEPTH + 1)) == message
    assert only_message(module(20_000)) == message
    claimed = in_function(Var("x", nested_type(20_000)), INT, Param("x", INT))
    assert only_message(claimed) == message


def test_every_expression_has_a_rule() -> None:
    lambdas = {Lambda}  # checked where they may stand: as arguments of operators
    assert set(_RULES) == set(get_args(exprs.Expr)) - lambdas


def test_failures_print_the_ir_with_the_error_inline() -> None:
    with pytest.raises(IllFormed) as caught:
        require_wellformed(parse_module("fn f(n: Int) { if n > 0 { n = n + 1; n = true; } }"))
    assert (
        str(caught.value)
        == """f: the value of n is Bool, not Int
fn f(n: Int) {
    if n > 0 {
        n = n + 1;
        n = true;
        # ^ the value of n is Bool, not Int
    }
}"""
    )


def test_what_is_too_deep_is_not_printed() -> None:
    with pytest.raises(IllFormed, match=r"^f: the nodes nest more than 128 deep$"):
        require_wellformed(in_function(nested_sum(5_000), INT))


def test_an_illformed_function_is_printed_whatever_is_wrong_with_it() -> None:
    wrong = Apply("no.such", (TupleLit(()), FloatLit("x"), StrLit("\ud800")), FnType((), INT))
    body = (VarDecl("x", MACHINE_INTS["u8"], wrong),)
    with pytest.raises(IllFormed, match=r"there is no operator no.such"):
        require_wellformed(Module((Function("f", (), UNIT, body),)))


def test_checking_is_fast() -> None:
    """A generous bound on CPU time, against an accidental square: 300 functions of 80 nodes."""
    module = parse_module(WELL_FORMED)
    everything = module.function("everything")
    many = tuple(replace(everything, name=f"f{n}") for n in range(300))
    module = replace(module, functions=(*module.functions, *many))
    start = time.process_time()
    assert violations(module) == ()
    assert time.process_time() - start < 3
