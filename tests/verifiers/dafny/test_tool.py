"""The Dafny that is installed: it proves what is right and does not prove what is wrong."""

from __future__ import annotations

import pytest

from autoform.backends.dafny import emit_dafny
from autoform.backends.emitted import Emitted
from autoform.ir.text import parse_module
from autoform.processes import ProcessFailure
from autoform.verifiers.dafny import Budget, ExecutionError, find_dafny
from autoform.verifiers.verdict import Proved, Unknown
from tests.backends.dafny.real import needs_dafny, tool

PROGRAM = """\
fn total(n: Int) -> Int
  requires n >= 0
  ensures \\result == n
{
  var s: Int = 0;
  for i in 0..n by 1 invariant s == i { s = s + 1; }
  return s;
}

fn twice(n: Int) -> Int
  requires n >= 0
  ensures \\result == n + n
{
  return total(n) + total(n);
}

fn item(xs: Seq<Int>, i: Int) -> Int
  requires i >= 0 && i < seq.len(xs)
{
  return seq.at(xs, i);
}

fn quotient(a: Int, b: Int) -> Int
  raises ZeroDivisionError when b == 0
{
  return a // b;
}
"""

# What is changed, and the function that must then not be proved.
MUTATIONS = [
    ("s = s + 1", "s = s + 2", "total"),
    ("invariant s == i", "invariant s >= i", "total"),
    ("ensures \\result == n\n", "ensures \\result == n + 1\n", "total"),
    ("n + n", "n + n + 1", "twice"),
    ("i < seq.len(xs)", "i <= seq.len(xs)", "item"),
    ("b == 0", "b == 1", "quotient"),
]


def emitted(text: str) -> Emitted:
    return emit_dafny(parse_module(text, path="a.ir"), dialect=tool().dialect)


@needs_dafny
def test_the_right_program_is_proved() -> None:
    found = tool()
    verdicts = found.verify(emitted(PROGRAM)).verdicts
    assert verdicts.keys() == {"total", "twice", "item", "quotient"}
    for verdict in verdicts.values():
        assert verdict == Proved((f"Dafny {found.version}",))


@needs_dafny
def test_wrong_programs_are_not_proved() -> None:
    found = tool()
    for old, new, function in MUTATIONS:
        assert old in PROGRAM
        wrong = PROGRAM.replace(old, new)
        verdict = found.verify(emitted(wrong)).verdicts[function]
        assert isinstance(verdict, Unknown), (old, new)
        line = verdict.span.start_line
        assert wrong.splitlines()[line - 1].strip(), "it points to a line of the source"


@needs_dafny
def test_a_message_points_to_its_source_line() -> None:
    wrong = PROGRAM.replace("return seq.at(xs, i);", "return seq.at(xs, i + 1);")
    verdict = tool().verify(emitted(wrong)).verdicts["item"]
    assert isinstance(verdict, Unknown)
    assert "return seq.at(xs, i + 1);" in wrong.splitlines()[verdict.span.start_line - 1]


@needs_dafny
def test_a_spent_budget_proves_nothing() -> None:
    verdicts = tool().verify(emitted(PROGRAM), budget=Budget(cpu_seconds=0.2)).verdicts
    assert all(isinstance(verdict, Unknown) for verdict in verdicts.values())


@needs_dafny
def test_errors_of_parser_and_resolver_are_told() -> None:
    found = tool()
    assert found.resolve("method f() { x := 1; }")[0].text == "unresolved identifier: x"
    assert found.resolve("method f( {") != ()
    assert found.resolve("method f() { }") == ()


@needs_dafny
def test_a_program_runs() -> None:
    found = tool()
    assert found.execute('method Main() { print 6 * 7, "\\n"; }').strip() == "42"
    with pytest.raises(ExecutionError):
        found.execute("method Main() { x }")


@needs_dafny
def test_each_case_runs_on_its_own() -> None:
    text = "method f(n: int) returns (r: int)\n{\n  r := n;\n  while r != 3 { r := r + 1; }\n}\n"
    cases = ["print 1 + 1;", "print 1 / 0;", "var r := f(4); print r;", 'print [1], "a\\nb";']
    with tool().compile(text, cases) as program:
        found = program.run(range(4), budget=Budget(cpu_seconds=3))
    assert found == {0: "2", 1: None, 2: None, 3: "[1]a\nb"}


def test_a_dafny_that_is_not_there_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOFORM_DAFNY", "/nowhere/dafny")
    with pytest.raises(ProcessFailure):
        find_dafny()


def test_no_dafny_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AUTOFORM_DAFNY", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    assert find_dafny() is None
