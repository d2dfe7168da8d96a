"""Examples found beside functions, the values of literals, and their conversion to the IR."""

from __future__ import annotations

import math
from textwrap import dedent

import pytest

from autoform.frontends.python import tree
from autoform.frontends.python import types as host
from autoform.frontends.python.examples import (
    Equals,
    HostExample,
    HostValue,
    NotLiteralError,
    NotOfTypeError,
    Outcome,
    Raises,
    Scope,
    Truth,
    Unstated,
    argument_types,
    bind,
    claim,
    convert,
    evaluate,
    read_examples,
    result_type,
)
from autoform.frontends.python.reader import Reader
from autoform.frontends.python.snippets import read_expression
from autoform.frontends.python.types import HostType
from autoform.frontends.syntax import parse
from autoform.semantics.values import NONE, UNIT_VALUE, MapValue, Some, Value, same
from autoform.source import SourceFile

FUNCTION = "def f(x, y=0, *, z=1):\n    return x\n"


def module(source: str) -> tuple[tree.Body, dict[str, tuple[HostExample, ...]]]:
    syntax = parse(SourceFile("a.py", dedent(source)), "python")
    assert not list(syntax.errors(syntax.root))
    body = Reader(syntax).body(syntax.root)
    return body, read_examples(body, syntax, entry_point="f")


def examples(source: str) -> list[tuple[tuple[HostValue, ...], Outcome]]:
    """The examples of `f` in a module that defines it."""
    found = module(FUNCTION + dedent(source))[1].get("f", ())
    return [(example.args, example.outcome) for example in found]


def doctests(session: str) -> list[tuple[tuple[HostValue, ...], Outcome]]:
    text = dedent(session).replace("\n", "\n    ")
    found = module(f'def f(x, y=0):\n    r"""F.\n\n    {text}\n    """\n    return x\n')[1]
    return [(example.args, example.outcome) for example in found.get("f", ())]


# Values of literals.


@pytest.mark.parametrize(
    "text",
    [
        "1",
        "-1",
        "1.0",
        "True",
        "None",
        "'a' 'b'",
        "(1,)",
        "[1, 2.0, [3]]",
        "{1, 2}",
        "{'a': [1]}",
        "set()",
        "frozenset([1])",
        "range(3, 9, 2)",
        "list(range(5))",
        "[0] * 3",
        "2 ** 100",
        "-7 // 2",
        "7 % -2",
        "1 / 3",
        "'a' * 3",
        "[i * i for i in range(4) if i != 2]",
        "{k: v for k, v in [(1, 2)]}",
        "sorted([3, 1])",
        "'a b'.split()",
        "[1, 2, 3][1:]",
        "[*range(2), 9]",
        "1 if 2 > 1 else 3",
        "not 1",
        "1 < 2 <= 2",
        "2 in [1, 2]",
        "'x' or 1",
        "dict(a=1)",
        "list(zip([1], ['a']))",
    ],
)
def test_literals_have_the_value_python_gives_them(text: str) -> None:
    found = evaluate(read_expression(text), Scope())
    expected = eval(text)  # noqa: S307 - the texts above
    assert (type(found), repr(found)) == (type(expected), repr(expected))


def test_floats_that_have_no_literal() -> None:
    assert evaluate(read_expression("float('inf')"), Scope()) == math.inf
    assert repr(evaluate(read_expression("math.nan"), Scope())) == "nan"
    assert repr(evaluate(read_expression("-0.0"), Scope())) == "-0.0"


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "f(1)",
        "open('a')",
        "1 / 0",
        "[1][5]",
        "10 ** 10 ** 10",
        "[0] * 10 ** 9",
        "'a' * 10 ** 9",
        "1 << 10 ** 9",
        "list(range(10 ** 9))",
        "[i for i in range(10 ** 9)]",
        "(-8) ** 0.5",
        "b'a'",
        "{[1]}",
        "lambda: 1",
        "'%d' % 3",
        "sorted([3], key=len)",
        "(1).real",
    ],
)
def test_what_is_no_literal_has_no_value(text: str) -> None:
    with pytest.raises((NotLiteralError, Exception)) as caught:
        evaluate(read_expression(text), Scope())
    assert type(caught.value).__name__ in {"NotLiteralError", "Refusal"}


def test_names_that_hide_builtins_are_not_taken_for_them() -> None:
    with pytest.raises(NotLiteralError):
        evaluate(read_expression("len([1])"), Scope(hidden=frozenset({"len"})))
    assert evaluate(read_expression("n + 1"), Scope({"n": 2})) == 3


# Asserts.


@pytest.mark.parametrize(
    ("statement", "args", "outcome"),
    [
        ("assert f(1, [2]) == 3", (1, [2]), Equals(3)),
        ("assert 3 == f(1)", (1,), Equals(3)),
        ("assert f(1) is None", (1,), Equals(None)),
        ("assert f('a') == -1.5, 'message'", ("a",), Equals(-1.5)),
        ("assert not f(1)", (1,), Truth(value=False)),
        ("assert f(1)", (1,), Truth(value=True)),
        ("assert set(f((1, 2))) == set((1,))", ((1, 2),), Unstated()),
        ("assert abs(f(1) - 0.5) < 1e-6", (1,), Unstated()),
        ("assert f(1) != 2", (1,), Unstated()),
        ("assert f(1) == g(2)", (1,), Unstated()),
        ("print(f(1))", (1,), Unstated()),
        ("y = f(1)", (1,), Unstated()),
        ("if __name__ == '__main__':\n    assert f(1) == 2", (1,), Equals(2)),
        ("def test_f():\n    assert f(1) == 2", (1,), Equals(2)),
        ("def check(candidate):\n    assert candidate(1) == 2", (1,), Equals(2)),
        ("N = 3\nassert f(N) == (N + 1)", (3,), Equals(4)),
        ("import deal\n@deal.example(lambda: f(1) == 2)\ndef g():\n    pass", (1,), Equals(2)),
    ],
)
def test_asserts(statement: str, args: tuple[HostValue, ...], outcome: Outcome) -> None:
    found = examples(statement)
    assert [repr(each) for each in found] == [repr((args, outcome))]


def test_a_conjunction_says_what_its_parts_say() -> None:
    assert examples("assert f(1) == 2 and not f(3)") == [
        ((1,), Equals(2)),
        ((3,), Truth(value=False)),
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "assert f(unknown) == 2",
        "assert f(*unknown) == 2",
        "assert f([[0] * 2] * 2) == 2",
        "a = [1]\nassert f(a, a) == 2",
        "f = 3\nassert f(1) == 2",
        "def test_f(f):\n    assert f(1) == 2",
        "for n in [1]:\n    assert f(n) == 2",
        "N = 3\nN = 4\ndef test_f():\n    assert f(N) == 2",
        "def helper():\n    assert f(1) == 2",
    ],
)
def test_what_is_not_certain_is_no_example(statement: str) -> None:
    assert examples(statement) == []


def test_values_that_something_may_have_changed_are_forgotten() -> None:
    assert examples("a = [1]\na.append(2)\nassert f(a) == 2") == []
    assert examples("a = [1]\nb = a\nb.append(2)\nassert f(a) == 2") == []
    assert examples("a = [1]\na[0] = 2\nassert f(a) == 2") == []
    assert examples("a = [1]\nn = len(a)\nassert f(a) == n") == [(([1],), Equals(1))]
    assert examples("a = 1\na += 1\nassert f(a) == 2") == []
    assert examples("a, b = 1, 2\nassert f(a, b) == 3") == [((1, 2), Equals(3))]


def test_a_second_use_of_a_value_trusts_the_functions_that_had_it() -> None:
    source = FUNCTION + "def g(x):\n    return x\na = [1]\nb = a\ng(b)\nassert f(a) == 2\n"
    (example,) = module(source)[1]["f"]
    assert example.trusted == {"g"}


def test_examples_are_limited_in_number() -> None:
    assert len(examples("\n".join(f"assert f({n}) == {n}" for n in range(200)))) == 64


# Doctests.


@pytest.mark.parametrize(
    ("session", "args", "outcome"),
    [
        (">>> f(1)\n2", (1,), Equals(2)),
        (">>> f('a')\n'b'", ("a",), Equals("b")),
        (">>> f([1,\n...    2])\n[1, 2]", ([1, 2],), Equals([1, 2])),
        (">>> f(1)", (1,), Equals(None)),
        (">>> f(1) == 2\nTrue", (1,), Equals(2)),
        (">>> f(1)\nTrue", (1,), Equals(value=True)),
        (">>> f(1)\n<object at 0x1>", (1,), Unstated()),
        (">>> f(1)  # doctest: +ELLIPSIS\n[1, ...]", (1,), Unstated()),
        (">>> f(1)  # doctest: +NORMALIZE_WHITESPACE\n[1,\n2]", (1,), Equals([1, 2])),
        (">>> print(f(1))\n2", (1,), Unstated()),
        (
            ">>> f(-1)\nTraceback (most recent call last):\n  ...\nValueError: no",
            (-1,),
            Raises("ValueError"),
        ),
        (">>> f(1.5)\ninf", (1.5,), Equals(math.inf)),
        (">>> xs = [3]\n>>> f(xs)\n3", ([3],), Equals(3)),
    ],
)
def test_doctests(session: str, args: tuple[HostValue, ...], outcome: Outcome) -> None:
    ((found_args, found),) = doctests(session)
    assert repr((found_args, found)) == repr((args, outcome))


def test_skipped_doctests_and_broken_sessions_are_no_examples() -> None:
    assert doctests(">>> f(1)  # doctest: +SKIP\n2") == []
    assert doctests(">>>f(1)\n2") == []
    assert doctests(">>> f(1\n2") == []


def test_doctests_stand_at_their_line() -> None:
    source = 'def f(x):\n    """F.\n\n    >>> f(1)\n    1\n    """\n    return x\n'
    (example,) = module(source)[1]["f"]
    assert (example.span.start_line, example.span.start_column) == (4, 4)
    assert example.kind == "doctest"


def test_functions_of_one_file_have_examples_in_each_others_docstrings() -> None:
    source = 'def f(x):\n    """\n    >>> g(2)\n    3\n    """\n    return x\ndef g(x):\n    pass\n'
    assert set(module(source)[1]) == {"g"}


# Types and conversion.


def inferred(*statements: str, name: str = "x") -> str | None:
    body, found = module(FUNCTION + "\n".join(statements) + "\n")
    function = body[0]
    assert isinstance(function, tree.FunctionDef)
    types = argument_types(found["f"], function)
    return host.describe(types[name]) if name in types else None


def test_argument_types_join_what_the_calls_give() -> None:
    assert inferred("assert f(1) == 2") == "int"
    assert inferred("assert f(1) == 2", "assert f(1.5) == 2") == "int | float"
    assert inferred("assert f([]) == 2", "assert f([1]) == 2") == "list[int]"
    assert inferred("assert f([1]) == 2", "assert f([1.5]) == 2") == "list[int | float]"
    assert inferred("assert f((1, 'a')) == 2") == "tuple[int, str]"
    assert inferred("assert f((1, 2)) == 2", "assert f((1,)) == 2") == "tuple[int, ...]"
    assert inferred("assert f([(1, 'a')]) == 2") == "list[tuple[int, str]]"
    assert inferred("assert f({'a': {1}}) == 2") == "dict[str, set[int]]"
    assert inferred("assert f(None) == 2", "assert f(1) == 2") == "int | None"
    assert inferred("assert f([]) == 2") == "list[?]"
    assert inferred("assert f(1) == 2", name="y") == "int"
    assert inferred("assert f(1, z='a') == 2", name="z") == "str"


def test_argument_types_are_those_of_the_calls_that_fit_together() -> None:
    assert inferred("assert f('a') == 2", "assert f(1) == 2", "assert f('b') == 2") == "str"
    assert inferred("assert f([1, 'a']) == 2", "assert f((1,)) == 2") == "tuple[int]"
    assert inferred("assert f([1, 'a']) == 2") is None
    # A call fits as a whole or not at all.
    calls = ("assert f(1, 'a') == 2", "assert f(2.5, 3) == 2")
    assert (inferred(*calls), inferred(*calls, name="y")) == ("int", "str")


def test_calls_that_raise_say_nothing_of_types() -> None:
    source = """
        def f(x):
            \"\"\"F.

            >>> f("a")
            Traceback (most recent call last):
            TypeError: not an int
            \"\"\"
            return x
        """
    body, found = module(source)
    assert isinstance(body[0], tree.FunctionDef)
    assert argument_types(found["f"], body[0]) == {}


def test_result_types() -> None:
    def of(*statements: str) -> str | None:
        found = result_type(module(FUNCTION + "\n".join(statements) + "\n")[1]["f"])
        return None if found is None else host.describe(found)

    assert of("assert f(1) == [1]", "assert f(2) == []") == "list[int]"
    assert of("assert f(1) == 1", "assert f(2) is None") == "int | None"
    assert of("assert f(1)") is None
    assert of("assert f(1) == 1", "assert f(2) == 'a'") is None


@pytest.mark.parametrize(
    ("call", "bound"),
    [
        ("f(1)", {"x": 1, "y": 0, "z": 1}),
        ("f(1, 2, z=3)", {"x": 1, "y": 2, "z": 3}),
        ("f(y=2, x=1)", {"x": 1, "y": 2, "z": 1}),
        ("f(1, 2, 3)", None),
        ("f(1, x=2)", None),
        ("f(1, w=2)", None),
        ("f()", None),
    ],
)
def test_arguments_are_bound_as_python_binds_them(
    call: str, bound: dict[str, HostValue] | None
) -> None:
    body, found = module(FUNCTION + call + "\n")
    assert isinstance(body[0], tree.FunctionDef)
    assert bind(found["f"][0], body[0]) == bound


@pytest.mark.parametrize(
    ("value", "type_", "converted"),
    [
        (3, host.INT, 3),
        (True, host.BOOL, True),
        (3, host.FLOAT, 3.0),
        (3, host.NUMERIC, 3.0),
        (-0.0, host.FLOAT, -0.0),
        (None, host.NONE, UNIT_VALUE),
        (None, host.OptionalT(host.INT), NONE),
        (3, host.OptionalT(host.INT), Some(3)),
        ([1, 2], host.ListT(host.FLOAT), (1.0, 2.0)),
        ((1, "a"), host.TupleT((host.INT, host.STR)), (1, "a")),
        ((1, 2), host.VarTupleT(host.INT), (1, 2)),
        ({1}, host.SetT(host.INT), frozenset({1})),
        ({"a": [1]}, host.DictT(host.STR, host.ListT(host.INT)), MapValue([("a", (1,))])),
        (range(3), host.RANGE, (0, 1, 2)),
        ([], host.ListT(host.Cell()), ()),
    ],
)
def test_conversion(value: HostValue, type_: HostType, converted: Value) -> None:
    assert same(convert(value, type_), converted)


@pytest.mark.parametrize(
    ("value", "type_"),
    [
        (True, host.INT),
        (1, host.BOOL),
        (1.0, host.INT),
        (2**53 + 1, host.FLOAT),
        (True, host.FLOAT),
        ([1], host.VarTupleT(host.INT)),
        ((1,), host.ListT(host.INT)),
        ((1, 2), host.TupleT((host.INT,))),
        (frozenset({1}), host.SetT(host.INT)),
        (range(10**9), host.RANGE),
        (range(3), host.ListT(host.INT)),
        (None, host.INT),
        ("a", host.INT),
        ("\ud800", host.STR),
        ([1], host.ListT(host.Cell())),
    ],
)
def test_what_does_not_belong_to_the_type_is_not_converted(
    value: HostValue, type_: HostType
) -> None:
    with pytest.raises(NotOfTypeError):
        convert(value, type_)


@pytest.mark.parametrize(
    ("statement", "result", "expected"),
    [
        ("assert f(1) == 3", host.FLOAT, 3.0),
        ("assert f(1) == 3", host.STR, None),
        ("assert f(1)", host.BOOL, True),
        ("assert f(1)", host.INT, None),
        ("assert f(1) == 0.0", host.FLOAT, None),
        ("assert f(1) == 0", host.INT, 0),
        ("print(f(1))", host.INT, None),
    ],
)
def test_claims(statement: str, result: HostType, expected: Value | None) -> None:
    (example,) = module(FUNCTION + statement + "\n")[1]["f"]
    found = claim(example, result)
    assert (found is None) == (expected is None)
    assert found is None or expected is None or same(found, expected)


def test_a_doctest_tells_zeros_apart_that_it_prints_as_floats() -> None:
    def claimed(printed: str) -> Value | None:
        source = f'def f(x):\n    """\n    >>> f(1)\n    {printed}\n    """\n'
        (example,) = module(source)[1]["f"]
        return claim(example, host.TupleT((host.FLOAT,)))

    assert repr(claimed("(-0.0,)")) == "(-0.0,)"
    assert claimed("(0,)") is None
