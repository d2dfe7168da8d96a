"""The text form on hand-written modules: what prints, what parses, and what errors say.

The round trip over generated modules is in `tests/testing/test_generate.py`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lark.lexer import PatternStr

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import (
    CharLit,
    ConstRef,
    Expr,
    FieldGet,
    FloatLit,
    IntLit,
    NoneLit,
    SeqLit,
    StrLit,
    Var,
    type_of,
)
from autoform.ir.names import BUILT_IN_TYPES, KEYWORDS
from autoform.ir.ops import apply
from autoform.ir.stmts import Assert, Origin, Return
from autoform.ir.text import IRSyntaxError, parse_expr, parse_module, print_expr, print_module
from autoform.ir.text.literals import quote, unquote
from autoform.ir.text.resolve_type import _CONSTRUCTED, _PLAIN
from autoform.ir.text.sugar import SIGNS, TIGHTNESS
from autoform.ir.text.syntax import ir_parser
from autoform.ir.traversal import MAX_DEPTH, depth, walk
from autoform.ir.types import BOOL, FLOAT, INT, STR, MapType, RecordType, SeqType, TupleType, Type
from autoform.ir.wellformed import violations
from autoform.source import Span

EVERYTHING = r"""assume float-as-real;
const LIMIT: Int = -10;
const NAMES: Seq<Str> = ["a", "b\n😀\"é"];
record Point { x: Int, y: Int }
record Pair<A, B> { first: A, second: B }
record Unit {}
enum Shape { Empty, Circle(Int), Rect(Int, Float) }
enum Tree<T> { Leaf, Node(Tree<T>, T, Tree<T>) }

fn abs(x: Int, y: Int = 3) -> Int
    requires[docstring] x >= 0 && y < 3 || x == ::LIMIT
    raises[guard] ValueError when x == 3
    ensures[mined] \result > 0 ==> \old(x) == x ==> forall k in seq.range(0, 3, 1): k < x
    decreases x, y
{
    if x > 2 {
        return `abs`(x - 1, y);
    } else if x == -1 {
        raise ValueError("no");
    } else {
        assert x - (y - x) - 3 == 1;
        assert[guard] !(x == y);
    }
    var xs: Seq<Int> = []::<Seq<Int>>;
    var ys: Seq<i32>;
    ys = [1i32, -2i32];
    outer: for i in 0..seq.len(xs) by 2
        invariant[mined] i >= 0
    {
        if i == 3 {
            break outer;
        }
        while true
            invariant[type] x == x
            decreases 3, i
        {
            continue outer;
        }
        for z in xs {
            call push(xs, z);
            call x = abs(z, z);
            break;
        }
    }
    var t: (Int, (Int, Bool)) = (1, (2, true));
    var single: (Int,) = (1,);
    var u: Int = t.1.0 + -x * -x + neg(5) - (x - y) // 2 % 3;
    var p: Pair<Int, Str> = new Pair { first: 1, second: "s" };
    p = p with { first = p.first + 1 };
    var unit: Unit = new Unit {};
    var e: Tree<Int> = Tree::Leaf::<Tree<Int>>;
    e = Tree::Node(e, 3, e);
    if e is Node && !(u == 0) {
        u = e as Node.1;
    }
    var m: Map<Str, Int> = {"a": 1, "b": if x == 1 then 2 else 3};
    m = {k2: map.at(m, k2) for k2 in m if k2 != "a" for k3 in m};
    m = {}::<Map<Str, Int>>;
    var s: Set<Int> = {a for a in set.union({1}, {}::<Set<Int>>)};
    xs = seq.sort_by(xs, |v: Int| -v);
    xs = [w for w in xs if (if w == 0 then true else false)];
    var o: Option<Int> = none::<Option<Int>>;
    var f: Float = -0.0 + 1e+16 + inf + -inf + nan + neg(nan);
    var c: Char = '\'';
    var n: u8 = int.narrow(x)::<u8>;
    var any: Bool = (exists q in xs: q > 0) && (let r = x in r > 0);
    return let q2 = u in (if q2 == 1 then q2 else 2) + 3;
}

fn push(inout xs: Seq<Int>, v: Int) {
    xs = seq.append(xs, v);
}

fn first<T>(xs: Seq<T>) -> T {
    return seq.at(xs, 0);
}

fn nothing<T>() -> Option<T> {
    return none::<Option<T>>;
}

fn `match.if`(`if`: Int, `a`: Option<Int>) -> Int {
    `a` = nothing()::<Option<Int>>;
    return first([`if`]) + `match.if`(`if`, `a`);
}
""".replace("`a`", "a")


def test_the_example_of_the_page_is_ir() -> None:
    page = (Path(__file__).parents[2] / "grammars" / "ir.md").read_text("utf-8")
    lines = [line[4:] for line in page.splitlines() if line.startswith("    ")]
    text = "\n".join(lines) + "\n"
    module = parse_module(text)
    assert violations(module) == ()
    assert print_module(module) == text


def test_everything_prints_as_it_was_written() -> None:
    module = parse_module(EVERYTHING)
    assert violations(module) == ()
    assert print_module(module) == EVERYTHING
    assert parse_module(print_module(module)) == module


def test_an_empty_module_is_an_empty_text() -> None:
    assert print_module(Module()) == ""
    assert parse_module("") == Module()
    assert parse_module("# nothing here\n") == Module()


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("x + y * z - (x - y)", {"x": INT, "y": INT, "z": INT}),
        ("(x + y) * z", {"x": INT, "y": INT, "z": INT}),
        ("a && b || !(a || b) && (a || b)", {"a": BOOL, "b": BOOL}),
        ("(a ==> b) ==> a ==> b", {"a": BOOL, "b": BOOL}),
        ("(a == b) == (a != b)", {"a": BOOL, "b": BOOL}),
        ("(if a then b else a) && (forall x in [a]: x)", {"a": BOOL, "b": BOOL}),
        ("let x = let y = 1 in y in x + 1", {}),
        ("{(forall x in [a]: x): a, a: if a then a else a}", {"a": BOOL}),
        ("-x", {"x": FLOAT}),
        ("-(-1 + x)", {"x": INT}),
        ("neg(-1)", {}),
        ("m with { `let` = 1 }", {"m": RecordType("R")}),
        ("xs.0", {"xs": TupleType((INT, INT))}),
        ("seq.len([]::<Seq<Int>>)", {}),
    ],
)
def test_expressions_print_with_no_more_parentheses_than_needed(
    text: str, scope: dict[str, Type]
) -> None:
    assert print_expr(parse_expr(text, scope)) == text


def test_a_minus_before_a_number_is_part_of_it() -> None:
    assert parse_expr("-1", {}) == IntLit(-1, INT)
    assert parse_expr("--1", {}) == IntLit(1, INT)
    assert parse_expr("-1.0", {}) == FloatLit("-1.0")
    assert parse_expr("-nan", {}) == apply("neg", FloatLit("nan"))
    assert parse_expr("neg(1)", {}) == apply("neg", IntLit(1, INT))


def test_an_operator_sign_stands_for_a_binary_operator() -> None:
    two = {"x": INT, "y": INT}
    for op, sign in SIGNS.items():
        assert parse_expr(f"x {sign} y", two) == apply(op, Var("x", INT), Var("y", INT))
    assert SIGNS.keys() == TIGHTNESS.keys()


def test_types_that_only_the_module_tells_are_printed_without_it() -> None:
    module = parse_module("record R { x: Int } const C: Int = 1;")
    expr = apply("add", FieldGet(Var("r", RecordType("R")), "x", INT), ConstRef("C", INT))
    assert print_expr(expr) == "r.x::<Int> + ::C::<Int>"
    assert print_expr(expr, module) == "r.x + ::C"
    scope = {"r": RecordType("R")}
    assert parse_expr("r.x::<Int> + ::C::<Int>", scope) == expr
    assert parse_expr("r.x + ::C", scope, module) == expr


def test_a_field_is_told_from_an_operator() -> None:
    module = parse_module("record R { len: Int } fn f(seq: R) -> Int { return seq.len; }")
    (stmt,) = module.functions[0].body
    assert stmt == Return(FieldGet(Var("seq", RecordType("R")), "len", INT))
    assert parse_module(print_module(module)) == module


def test_a_called_function_named_like_an_operator_is_quoted() -> None:
    text = "fn add(x: Int) -> Int {\n    return `add`(x) + add(x, x);\n}\n"
    assert print_module(parse_module(text)) == text.replace("add(x, x)", "(x + x)")


def test_an_origin_is_not_taken_for_a_sequence() -> None:
    condition = apply("eq", SeqLit(INT, (Var("type", INT),)), SeqLit(INT, (IntLit(1, INT),)))
    function = parse_module("fn f(type: Int) {}").functions[0]
    module = Module((replace(function, body=(Assert(condition, Origin.ASSERT),)),))
    assert "assert[assert] [type] == [1];" in print_module(module)
    assert parse_module(print_module(module)) == module


@pytest.mark.parametrize(
    "value", ["", "a", '"', "'", "\\", "\n\r\t\0", "\x7f\x1b", "\u200b\ufeff", "é😀", "`", "\ud800"]
)
def test_texts_survive(value: str) -> None:
    for mark in "'\"":
        literal = quote(value, mark)
        assert unquote(literal) == value
        assert literal.isprintable()
    assert parse_expr(print_expr(StrLit(value)), {}) == StrLit(value)


@pytest.mark.parametrize("value", ["a", "'", '"', "\\", "\n", "\x00", "é", "\u2028", "\U0010ffff"])
def test_characters_survive(value: str) -> None:
    assert parse_expr(print_expr(CharLit(value)), {}) == CharLit(value)


@pytest.mark.parametrize(
    "text", ["0.0", "-0.0", "1.5", "1e+16", "1e-07", "-2.5e-300", "inf", "-inf", "nan", "1e+308"]
)
def test_floats_survive(text: str) -> None:
    assert print_expr(FloatLit(text)) == text
    assert parse_expr(text, {}) == FloatLit(text)


@pytest.mark.parametrize("name", [*sorted(KEYWORDS), "é", "_", "Int", "abs", "x1", "变量"])
def test_every_name_can_be_used_for_everything(name: str) -> None:
    text = "\n\n".join(
        [
            "record `N` { `N`: Int }" if name not in BUILT_IN_TYPES else "record R { `N`: Int }",
            "fn `N`(`N`: Int) -> Int {\n    `N`: for i in 0..3 {\n        break `N`;\n    }\n"
            "    return `N` + `N`(1);\n}\n",
        ]
    ).replace("N", name)
    module = parse_module(text)
    assert violations(module) == ()
    assert parse_module(print_module(module)) == module


def test_keywords_are_those_of_the_grammar() -> None:
    patterns = [terminal.pattern for terminal in ir_parser().terminals]
    words = {p.value for p in patterns if isinstance(p, PatternStr) and p.value.isidentifier()}
    in_patterns = {"forall", "exists", "true", "false", "inf", "nan"}
    assert words | in_patterns == KEYWORDS


def test_built_in_types_are_those_that_parse() -> None:
    assert _PLAIN.keys() | _CONSTRUCTED.keys() == BUILT_IN_TYPES


def test_an_if_expression_is_told_from_a_statement() -> None:
    text = """fn f(a: Bool) {
    if if a then a else !a {
        a = if a then {1} == {2} else a;
    } else {
        while a {}
    }
}
"""
    module = parse_module(text)
    assert print_module(module) == text.replace("while a {}", "while a {\n        }")


@pytest.mark.parametrize(
    ("text", "message", "line", "column"),
    [
        ("fn f( {", "unexpected `{`, expected `)` or `inout` or a name", 1, 6),
        ("fn f() {\n    x = y;\n}", "unknown variable y", 2, 8),
        ("fn f() -> Foo {}", "unknown type Foo", 1, 10),
        ("fn f() -> Seq<Int, Int> {}", "Seq takes 1 type arguments", 1, 10),
        ("fn f(x: (Int)) {}", "a tuple type of one item is written `(A,)`", 1, 8),
        ("fn f() { return 1 +; }", "unexpected `;`", 1, 19),
        ("fn f() {", "the text ends too early", 1, 8),
        ('fn f() { return "\\q"; }', "unknown escape `\\q`", 1, 16),
        ("fn f() { return \"a", "unexpected '\"'", 1, 16),
        ("fn f() { return §; }", "unexpected '§'", 1, 16),
        ("fn f() { return no.such(1); }", "there is no operator no.such", 1, 16),
        ("fn f() { return g(1); }", "the type of this call of g is open", 1, 16),
        ("fn f() { return []; }", "an empty sequence needs its type; state it as `…::<T>`", 1, 16),
        ("fn f() { return none; }", "`none` needs its type: `none::<Option<T>>`", 1, 16),
        ("fn f() { return 1::<Bool>; }", "this is not of type Bool", 1, 16),
        ("fn f() { return {}::<Seq<Int>>; }", "empty braces need their type", 1, 16),
        ("fn f() { return (1, 2).2; }", "(Int, Int) has no item 2", 1, 16),
        ("fn f() { for x in 1 {} }", "the elements of this source have no type", 1, 13),
        ("assume no-such-thing;", "unknown assumption no-such-thing", 1, 0),
        ("fn f() { return x; } §", "unexpected '§'", 1, 21),
        ("record R { a: Int, b: Int } const C: R = new R { b: 1, a: 2 };", "the field", 1, 41),
        ("const A: Int = ::B; const B: Int = 1;", "unknown constant B", 1, 15),
        (f"fn f() {{ return {'-' * 200}x; }}", "this nests too deeply", 1, 142),
        (f"fn f() {{ return {'1' * 5000}; }}", "this number has too many digits", 1, 16),
        (f"fn f(x: {'Seq<' * 500}Int{'>' * 500}) {{}}", "this type nests too deeply", 1, 524),
    ],
)  # fmt: skip
def test_errors_say_what_and_where(text: str, message: str, line: int, column: int) -> None:
    with pytest.raises(IRSyntaxError) as caught:
        parse_module(text)
    assert caught.value.message.startswith(message)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert str(caught.value).splitlines()[1] == "    " + text.splitlines()[line - 1]


def test_nodes_know_their_places() -> None:
    module = parse_module("fn f(x: Int) -> Int {\n    return x +\n        1;\n}", path="f.ir")
    (stmt,) = module.functions[0].body
    assert stmt.span == Span("f.ir", 2, 4, 3, 10)
    assert module.functions[0].params[0].span == Span("f.ir", 1, 5, 1, 11)
    assert all(node.span.path == "f.ir" for node in walk(stmt))


def test_text_at_the_depth_bound_survives() -> None:
    expr: Expr = NoneLit(INT)
    for _ in range(MAX_DEPTH - 3):
        expr = SeqLit(type_of(expr), (expr,))
    function = Function("f", (), type_of(expr), (Return(expr),))
    assert depth(function) == MAX_DEPTH
    module = Module((function,))
    # Parsing comes first: it recurses the most.
    assert parse_module(print_module(module)) == module


def test_parse_expr_knows_the_type_variables_of_its_scope() -> None:
    module = parse_module("fn f<T>(x: T) -> Seq<T> { return []::<Seq<T>>; }")
    (param,) = module.functions[0].params
    assert parse_expr("[x] == []::<Seq<T>>", {"x": param.type}) is not None
    with pytest.raises(IRSyntaxError, match="unknown type T"):
        parse_expr("[]::<Seq<T>>", {})


def test_map_literal_types() -> None:
    expr = parse_expr('{"a": []::<Seq<Int>>}', {})
    assert type_of(expr) == MapType(STR, SeqType(INT))
