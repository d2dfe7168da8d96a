"""Names, lines, measures and the shape of definitions."""

from __future__ import annotations

import pytest

from autoform.backends.lean import emit_lean
from autoform.backends.lean.layout import parse_lean
from autoform.frontends import lift
from autoform.ir.text import parse_module
from autoform.source import SourceFile


def lean(text: str) -> str:
    printed = emit_lean(parse_module(text)).text
    parse_lean(printed)
    return printed


def body(text: str) -> str:
    printed = lean(text)
    return printed[printed.index("/-- `f`") :].removesuffix("\nend Translated\n")


def test_a_function_that_cannot_raise_is_pure() -> None:
    assert "def f (n : Int) : Int :=\n" in lean("fn f(n: Int) -> Int { return n // 2; }")


def test_a_function_that_can_raise_is_an_except() -> None:
    printed = lean("fn f(n: Int, m: Int) -> Int { return n // m; }")
    assert "def f (n : Int) (m : Int) : Except Err Int := do\n  Py.floorDiv n m\n" in printed


def test_raising_operands_are_bound_in_order() -> None:
    printed = body(
        "fn f(xs: Seq<Int>, n: Int) -> Int { return seq.at(xs, 0) + n // seq.at(xs, 1); }"
    )
    assert printed.splitlines()[2:] == [
        "  let t1 ← Py.at xs 0",
        "  let t2 ← Py.at xs 1",
        "  let t3 ← Py.floorDiv n t2",
        "  Except.ok (t1 + t3)",
    ]


def test_what_may_raise_stays_behind_its_guard() -> None:
    printed = body("fn f(xs: Seq<Int>) -> Bool { return seq.len(xs) > 0 && seq.at(xs, 0) > 1; }")
    assert "if (List.length xs : Int) > 0 then (Py.at xs 0 >>= fun t2 =>" in printed
    assert "else Except.ok false" in printed


def test_literals_have_types_where_nothing_else_gives_one() -> None:
    assert "decide ((2 : Int) - (3 : Int) < 0)" in lean("fn f() -> Bool { return 2 - 3 < 0; }")


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("at", "«at»"),
        ("theorem", "«theorem»"),
        ("List", "List_"),
        ("Py", "Py_"),
        ("f", "f_"),
        ("naïve", "«naïve»"),
        ("_", "«__»"),
    ],
)
def test_names_that_lean_takes_are_changed(name: str, printed: str) -> None:
    assert f"def f ({printed} : Int)" in lean(f"fn f(`{name}`: Int) -> Int {{ return 1; }}")


def test_functions_are_printed_after_what_they_call() -> None:
    printed = lean("fn f() -> Int { return g(); }\nfn g() -> Int { return 1; }")
    assert printed.index("def g") < printed.index("def f")


def test_functions_that_call_each_other_are_mutual() -> None:
    printed = lean(
        "fn even(n: Int) -> Bool { if n == 0 { return true; } return odd(n - 1); }\n"
        "fn odd(n: Int) -> Bool { if n == 0 { return false; } return even(n - 1); }"
    )
    assert printed.count("mutual\n") == 1
    assert printed.count("That it ends is assumed (`sorry`).") == 2


def test_loops_over_lists_need_no_measure() -> None:
    printed = lean(
        "fn f(xs: Seq<Int>) -> Int { var s: Int = 0; for x in xs { s = s + x; } return s; }"
    )
    assert "termination_by" not in printed
    assert "  match rest with\n  | [] =>\n    s\n  | x :: rest1 =>\n" in printed


def test_loops_over_ranges_are_proved_to_end() -> None:
    printed = lean("fn f(n: Int) -> Int { var s: Int = 0; for i in 0..n { s = s + i; } return s; }")
    assert "termination_by (n - i).toNat\ndecreasing_by\n  all_goals omega\n" in printed
    assert "sorry" not in printed


def test_a_guessed_measure_may_need_sorry_and_says_so() -> None:
    printed = lean("fn f(n: Int) -> Int { while n > 0 { n = n // 2; } return n; }")
    assert "The measure is a guess" in printed
    assert "| omega |" in printed
    assert "| sorry" in printed


def test_lines_lead_back_to_the_source() -> None:
    source = SourceFile("a.py", "def f(n: int) -> int:\n    m = n + 1\n    return m * 2\n")
    found = emit_lean(lift(source).module)
    lines = found.text.splitlines()
    at = next(i for i, line in enumerate(lines, 1) if "n + 1" in line)
    span = found.source_of(at)
    assert span is not None
    assert span.start_line == 2
    assert "/-- `f`, from a.py:1. -/" in lines


def test_constants_of_constants_are_printed_too() -> None:
    printed = lean(
        "const A: Int = 2;\nconst B: (Int, Int) = (::A, 3);\nconst C: Int = 4;\n"
        "fn f() -> (Int, Int) { return ::B; }"
    )
    assert printed.index("abbrev A") < printed.index("abbrev B")
    assert "abbrev C" not in printed


def test_what_leans_on_a_constant_that_may_raise_is_refused() -> None:
    module = parse_module(
        "const A: Int = 1 // 0;\nconst B: Int = ::A + 1;\nfn f() -> Int { return ::B; }"
    )
    (found,) = emit_lean(module).diagnostics
    assert "the value of `B` may raise" in found.message
