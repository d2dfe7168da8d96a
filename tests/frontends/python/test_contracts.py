"""What the contract readers find in decorators and docstrings, and what they refuse."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest

from autoform.frontends.python import tree
from autoform.frontends.python.clauses import Binding, ClauseKind, ClauseSource, Role
from autoform.frontends.python.contracts import (
    ContractReading,
    ContractSite,
    imported_names,
    read_contract,
)
from autoform.frontends.python.reader import Reader
from autoform.frontends.python.refusal import Refusal
from autoform.frontends.syntax import parse
from autoform.source import SourceFile

IMPORTS = "import icontract\nimport deal\n"
RESULT = Binding(Role.RESULT)


def read(source: str) -> ContractReading:
    """The contract of the last function of a file."""
    syntax = parse(SourceFile("a.py", IMPORTS + dedent(source)), "python")
    assert not list(syntax.errors(syntax.root))
    body = Reader(syntax).body(syntax.root)
    function = body[-1]
    assert isinstance(function, tree.FunctionDef)
    definitions = {
        statement.targets[0].id: statement.value
        for statement in body
        if isinstance(statement, tree.Assign) and isinstance(statement.targets[0], tree.Name)
    }
    return read_contract(ContractSite(function, syntax, imported_names(body), definitions))


def decorated(*decorators: str, params: str = "x, y") -> ContractReading:
    lines = "\n".join(decorators)
    return read(f"{lines}\ndef f({params}):\n    return x\n")


def documented(docstring: str, params: str = "xs, n") -> ContractReading:
    body = dedent(docstring).replace("\n", "\n    ")
    return read(f'def f({params}):\n    r"""Summary.\n\n    {body}\n    """\n    return n\n')


def brief(reading: ContractReading) -> list[tuple[str, str]]:
    return [(clause.kind.value, clause.source_text) for clause in reading.clauses]


def refused(decorator: str, params: str = "x, y") -> str:
    with pytest.raises(Refusal) as caught:
        decorated(decorator, params=params)
    assert caught.value.code == "contract-syntax"
    return caught.value.message


# icontract.


def test_icontract_conditions_keep_source_order_and_place() -> None:
    reading = decorated(
        '@icontract.require(lambda x: x > 0, "positive", enabled=True, error=ValueError)',
        "@icontract.ensure(lambda result, x, y: result >= x)",
    )
    assert brief(reading) == [("requires", "x > 0"), ("ensures", "result >= x")]
    first, second = reading.clauses
    assert (first.span.start_line, first.span.start_column) == (3, 29)
    assert first.names == {}
    assert second.names["result"] == RESULT


@pytest.mark.parametrize(
    ("lines", "decorator"),
    [
        ("import icontract as ic", "ic.require"),
        ("from icontract import require", "require"),
        ("from icontract import require as needs", "needs"),
    ],
)
def test_import_aliases_are_followed(lines: str, decorator: str) -> None:
    reading = read(f"{lines}\n@{decorator}(lambda x: x > 0)\ndef f(x):\n    return x\n")
    assert brief(reading) == [("requires", "x > 0")]


def test_a_name_bound_twice_is_not_taken_for_the_library() -> None:
    source = """
        from icontract import require
        def require(condition):
            return condition
        @require(lambda x: x > 0)
        def f(x):
            return x
        """
    reading = read(source)
    assert reading.clauses == ()
    assert len(reading.others) == 1


def test_snapshots_give_meaning_to_old() -> None:
    reading = decorated(
        '@icontract.snapshot(lambda x, y: x + y, name="total")',
        "@icontract.snapshot(lambda x: x[:])",
        "@icontract.ensure(lambda result, OLD: result == OLD.total + OLD.x)",
    )
    (clause,) = reading.clauses
    assert clause.names["OLD"] == Binding(Role.OLD)
    assert isinstance(clause.old_snapshots["total"], tree.Binary)
    assert isinstance(clause.old_snapshots["x"], tree.Subscript)


@pytest.mark.parametrize(
    ("decorator", "message"),
    [
        ("@icontract.require(is_good)", "not a `lambda`"),
        ("@icontract.require(lambda z: z > 0)", "`z`, which the function has not"),
        ("@icontract.require(lambda _ARGS: len(_ARGS) > 0)", "all arguments at once"),
        ("@icontract.require(lambda x: x > y)", "reads `y` without taking it"),
        ("@icontract.require(lambda x, k=1: x > k)", "optional or starred"),
        ("@icontract.require(*conditions)", "starred arguments"),
        ("@icontract.require(lambda x: x > 0, colour=3)", "no option `colour`"),
        ("@icontract.require", "not given a condition"),
        ("@icontract.snapshot(lambda x, y: x + y)", "name is not a string literal"),
        ("@icontract.invariant(lambda self: True)", "not a contract of a function"),
        ("@icontract.require(lambda result: result > 0)", "which the function has not"),
    ],
)
def test_icontract_that_cannot_be_read_refuses_the_function(decorator: str, message: str) -> None:
    assert message in refused(decorator)


# deal.


def test_deal_passes_by_position() -> None:
    reading = decorated("@deal.pre(lambda a, b: a < b)", "@deal.post(lambda r: r > 0)")
    pre, post = reading.clauses
    assert (pre.kind, pre.names) == (
        ClauseKind.REQUIRES,
        {"a": Binding(Role.PARAMETER, "x"), "b": Binding(Role.PARAMETER, "y")},
    )
    assert (post.kind, post.names) == (ClauseKind.ENSURES, {"r": RESULT})


def test_deal_short_form_cannot_be_captured_by_binders() -> None:
    reading = decorated("@deal.ensure(lambda _: all(x < _.x for x in _.result))")
    (clause,) = reading.clauses
    assert clause.names == {"_.x": Binding(Role.PARAMETER, "x"), "_.result": RESULT}
    assert isinstance(clause.node, tree.Call)
    (generator,) = clause.node.args
    assert isinstance(generator, tree.Comprehension)
    assert isinstance(generator.element, tree.Compare)
    left, right = generator.element.left, generator.element.rights[0]
    assert isinstance(left, tree.Name)
    assert isinstance(right, tree.Name)
    assert (left.id, right.id) == ("x", "_.x")


def test_deal_messages_are_refusals_of_the_input() -> None:
    (clause,) = decorated('@deal.pre(lambda x, y: x > 0 or "must be positive")').clauses
    assert isinstance(clause.node, tree.Compare)
    (clause,) = decorated('@deal.pre(lambda x, y: True if x > 0 else "no")').clauses
    assert isinstance(clause.node, tree.Conditional)
    assert isinstance(clause.node.orelse, tree.Bool)
    assert clause.node.orelse.value is False


def test_deal_implication_is_spelled_out() -> None:
    (clause,) = decorated("@deal.pre(lambda x, y: deal.implies(x > 0, y > 0))").clauses
    assert isinstance(clause.node, tree.BoolOp)
    assert clause.node.op == "or"
    assert isinstance(clause.node.operands[0], tree.Unary)


def test_deal_exceptions() -> None:
    reading = decorated(
        "@deal.raises(ValueError, KeyError)", "@deal.reason(ValueError, lambda a, b: a < b)"
    )
    assert reading.raises_only == frozenset({"ValueError", "KeyError"})
    (clause,) = reading.clauses
    assert (clause.kind, clause.exception) == (ClauseKind.RAISES, "ValueError")


def test_deal_pure_permits_no_exception() -> None:
    assert decorated("@deal.pure", "@deal.raises(ValueError)").raises_only == frozenset()
    assert decorated("@deal.has()").raises_only is None


def test_deal_chains_and_named_chains() -> None:
    chained = "deal.chain(deal.pre(lambda a, b: a > 0), deal.pre(lambda a, b: b > 0))"
    expected = [("requires", "a > 0"), ("requires", "b > 0")]
    assert brief(decorated(f"@{chained}")) == expected
    assert brief(read(f"both = {chained}\n@both\ndef f(x, y):\n    return x\n")) == expected


@pytest.mark.parametrize(
    ("decorator", "message"),
    [
        ("@deal.pre(lambda a: a > 0)", "takes 1 of the function's 2 parameters"),
        ("@deal.pre(lambda *a: len(a) > 0)", "star"),
        ("@deal.pre(lambda _: _.z > 0)", "`_.z` is not a parameter"),
        ("@deal.pre(lambda _: len(_) > 0)", "`_` is used as a whole"),
        ("@deal.post(lambda r, x: r > x)", "does not take the result alone"),
        ("@deal.dispatch", "`deal.dispatch`"),
        ("@deal.inherit", "`deal.inherit`"),
        ("@deal.chain(other)", "something else than deal's contracts"),
        ("@deal.raises(errors.Wrong)", "not named by its class"),
    ],
)
def test_deal_that_cannot_be_read_refuses_the_function(decorator: str, message: str) -> None:
    with pytest.raises(Refusal) as caught:
        decorated(decorator)
    assert message in caught.value.message or "star" in caught.value.code


# Docstrings.


def test_docstring_short_forms() -> None:
    reading = documented(
        """\
        pre: n > 0
        post: __return__ >= n
        post: result == old(n) + __old__.n
        """
    )
    assert brief(reading) == [
        ("requires", "n > 0"),
        ("ensures", "__return__ >= n"),
        ("ensures", "result == old(n) + __old__.n"),
    ]
    assert reading.clauses[0].names == {}
    assert reading.clauses[1].names["__return__"] == RESULT
    assert reading.frame is None


def test_docstring_places_are_those_of_the_file() -> None:
    (clause,) = documented("pre:  n > 0").clauses
    assert (clause.node.start, clause.node.end) == (71, 76)
    assert (clause.span.start_line, clause.span.start_column) == (6, 10)
    assert (clause.span.end_line, clause.span.end_column) == (6, 15)


def test_docstring_blocks_with_comments_and_continuations() -> None:
    reading = documented(
        """\
        post[xs]:
            # same length
            len(xs) == len(__old__.xs)
            (n > 0 and
            n < 10)
            n != 3 and
                n != 4
        Some prose that follows.
        """
    )
    assert brief(reading) == [
        ("ensures", "len(xs) == len(__old__.xs)"),
        ("ensures", "(n > 0 and\n        n < 10)"),
        ("ensures", "n != 3 and\n            n != 4"),
    ]
    assert reading.frame == frozenset({"xs"})


def test_docstring_frames_add_up() -> None:
    assert documented("post[xs]: True\npost[n]: True").frame == frozenset({"xs", "n"})
    assert documented("post[]: True").frame == frozenset()


def test_docstring_quantifiers_become_python() -> None:
    (clause,) = documented("pre: forall(xs, lambda x: exists(x, lambda y: y > n))").clauses
    assert isinstance(clause.node, tree.Call)
    assert isinstance(clause.node.function, tree.Name)
    assert clause.node.function.id == "all"
    (outer,) = clause.node.args
    assert isinstance(outer, tree.Comprehension)
    assert isinstance(outer.element, tree.Call)
    assert isinstance(outer.element.function, tree.Name)
    assert outer.element.function.id == "any"


def test_docstring_permissions_to_raise() -> None:
    assert documented("raises: ValueError, KeyError").raises_only == frozenset(
        {"ValueError", "KeyError"}
    )
    assert documented("raises: when it does not like n").raises_only is None


@pytest.mark.parametrize(
    "prose",
    [
        "Sorts the list. Precondition: none. The post: office.",
        ">>> pre: int = 3",
        "expression: n",
        "prefix: n",
    ],
)
def test_docstring_prose_is_no_contract(prose: str) -> None:
    assert documented(prose).clauses == ()


@pytest.mark.parametrize(
    ("docstring", "message"),
    [
        ("pre: n >", "`n >` is not an expression"),
        ("pre: the list is not empty", "is not an expression"),
        ("pre: n > 0, n < 3", "is a tuple"),
        ("pre: n = 3", "is not an expression"),
        ("post[ys]: True", "`ys` may change"),
        ("inv: n > 0", "invariant of a class"),
        ("pre: forall(xs, n)", "quantifier"),
    ],
)
def test_docstring_that_cannot_be_read_refuses_the_function(docstring: str, message: str) -> None:
    with pytest.raises(Refusal) as caught:
        documented(docstring)
    assert caught.value.code == "contract-syntax"
    assert message in caught.value.message


def test_a_parameter_named_like_a_role_stays_a_parameter() -> None:
    (clause,) = documented("post: result > 0", params="result, n").clauses
    assert "result" not in clause.names


def test_escaped_docstrings_are_read_and_reported_as_a_whole() -> None:
    reading = read('def f(n):\n    """A\\tb.\n\n    pre: n > 0\n    """\n    return n\n')
    (clause,) = reading.clauses
    assert isinstance(clause, ClauseSource)
    assert clause.source_text == "n > 0"
    assert (clause.span.start_line, clause.span.end_line) == (4, 7)


# The page on contracts.


def page_examples() -> list[str]:
    page = Path(__file__).parents[3] / "grammars" / "contract.md"
    return re.findall(r"^```python\n(.*?)^```$", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize(
    ("number", "clauses"),
    [
        (0, ["requires", "ensures"]),
        (1, ["requires", "ensures", "ensures", "raises"]),
        (2, ["requires", "ensures", "ensures"]),
        (3, []),
    ],
)
def test_the_page_shows_what_is_read(number: int, clauses: list[str]) -> None:
    assert [kind for kind, _ in brief(read(page_examples()[number]))] == clauses
