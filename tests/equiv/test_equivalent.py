"""Verdicts on pairs: what is the same is proved, what differs is shown, nothing else is said."""

from shutil import which

import pytest

from autoform.diagnostics import Diagnostic
from autoform.equiv import EquivResult, EquivVerdict, equivalent
from autoform.equiv.matching import Side
from autoform.equiv.proof import prove_pair
from autoform.equiv.requires import CannotRead
from autoform.equiv.runs import Pair
from autoform.frontends import Lifted
from autoform.prove.pipeline import ProofSettings
from tests.equiv.files import python, rust

needs_rustc = pytest.mark.skipif(which("rustc") is None, reason="rustc is not installed")


@pytest.fixture(scope="module")
def py() -> Lifted:
    return python()


@pytest.fixture(scope="module")
def rs() -> Lifted:
    return rust()


def codes(found: tuple[Diagnostic, ...]) -> list[str]:
    return [each.code for each in found]


def both(file: Lifted, f: str, g: str, *requires: str, examples: int = 60) -> EquivResult:
    return equivalent(file, f, file, g, requires=requires, examples=examples)


@pytest.mark.parametrize(
    ("f", "g", "how"),
    [
        ("add", "add_back", "product"),
        ("larger", "larger_late", "product"),
        ("total", "total_by_index", "product"),
        ("gcd", "gcd_with_a_temporary", "same form"),
        ("find", "find_counting", "product"),
        ("root", "root_turned", "product"),
        ("factorial", "factorial_again", "same recursive form|same form"),
        ("appended", "inserted_at_the_end", "product"),
    ],
)
def test_the_same_is_proved(py: Lifted, f: str, g: str, how: str) -> None:
    result = both(py, f, g)
    assert result.verdict == EquivVerdict.EQUIVALENT, result.open
    assert any(each in result.by[0] for each in how.split("|"))


@pytest.mark.parametrize(
    ("f", "g", "calls", "domain"),
    [
        (
            "add",
            "subtract",
            ("add(0, 1)", "returns 1", "subtract(0, 1)", "returns -1"),
            ("b <= 0 and b >= 0", True),
        ),
        (
            "total",
            "total_but_last",
            ("total([1])", "returns 1", "total_but_last([1])", "returns 0"),
            None,
        ),
        (
            "root",
            "root_of_another_class",
            ("root(-1)", "raises ValueError", "root_of_another_class(-1)", "raises TypeError"),
            ("n >= 0", True),
        ),
        (
            "triangle",
            "triangle_at_once",
            ("triangle(-2)", "returns 0", "triangle_at_once(-2)", "returns 1"),
            ("n >= -1", True),
        ),
        (
            "appended",
            "inserted_at_the_start",
            (
                "appended([0], 1)",
                "returns None, xs becomes [0, 1]",
                "inserted_at_the_start([0], 1)",
                "returns None, ys becomes [1, 0]",
            ),
            None,
        ),
    ],
)
def test_a_difference_is_a_call_of_both(
    py: Lifted, f: str, g: str, calls: tuple[str, ...], domain: tuple[str, bool] | None
) -> None:
    result = both(py, f, g)
    assert result.verdict == EquivVerdict.DIFFERS
    found = result.difference
    assert found is not None
    assert (found.first_call, found.first_result, found.second_call, found.second_result) == calls
    if domain is not None:
        assert result.domain is not None
        assert (result.domain.requires, result.domain.proved) == domain


@pytest.mark.parametrize(
    ("f", "g", "inputs"),
    [
        ("add", "subtract", [(1, 0), (5, 0)]),
        ("total", "total_but_last", [((),), ((1, 0),)]),
        ("find", "find_last", [((1, 2), 2), ((), 1)]),
        ("factorial", "factorial_from_two", [(0,), (1,)]),
        ("zero", "for_ever", [(0,), (2,), (4,)]),
        ("root", "root_of_another_class", [(0,), (5,), (9,)]),
        ("appended", "inserted_at_the_start", [((), 1), ((1,), 1)]),
    ],
)
def test_nothing_is_proved_of_what_differs(
    py: Lifted, f: str, g: str, inputs: list[tuple[object, ...]]
) -> None:
    """The tests are kept from finding the difference: the proof alone must not be fooled."""
    module = py.module
    pair = Pair(py, py, Side(module, module.function(f)), Side(module, module.function(g)))
    proof = prove_pair(pair, inputs, ProofSettings(steps=100_000))  # type: ignore[arg-type] # values
    assert not proof.by


def test_a_function_of_a_domain_is_compared_on_it(py: Lifted) -> None:
    result = both(py, "triangle", "triangle_at_once", "n >= 0", "n < 2**10")
    assert result.verdict == EquivVerdict.EQUIVALENT
    assert result.by[0].endswith("all 1024 inputs")


def test_one_of_two_that_never_ends_is_not_the_same(py: Lifted) -> None:
    result = both(py, "zero", "for_ever")
    assert result.verdict == EquivVerdict.SAME_ON_INPUTS
    assert result.open


@pytest.mark.parametrize(
    ("f", "g"), [("add", "total"), ("total", "appended"), ("length_of_text", "zero")]
)
def test_what_does_not_match_is_said(py: Lifted, f: str, g: str) -> None:
    result = both(py, f, g)
    assert result.verdict == EquivVerdict.UNSUPPORTED
    assert codes(result.diagnostics) == ["incomparable-functions"]


@pytest.mark.parametrize("text", ["n >=", "m > 0", "n", "print(n)"])
def test_a_requires_that_is_none(py: Lifted, text: str) -> None:
    with pytest.raises(CannotRead, match="--requires"):
        both(py, "triangle", "zero", text)


def test_no_input_meets_the_requires(py: Lifted) -> None:
    result = both(py, "triangle", "zero", "n > 0 and n < 0")
    assert codes(result.diagnostics) == ["nothing-compared"]


# ── In two languages ──────────────────────────────────────────────────────────────────────────


@needs_rustc
@pytest.mark.parametrize(
    ("name", "requires"),
    [
        ("length_of_text", ""),
        ("quotient", "a >= 0 and b > 0"),
        ("fib", "0 <= n and n <= 92"),
        ("add", "0 <= a <= 100 and 0 <= b <= 10**9"),
        ("total", "len(xs) <= 1000 and all(0 <= x <= 1000 for x in xs)"),
        ("gcd", "a >= 0 and b >= 0"),
    ],
)
def test_a_port_is_proved(py: Lifted, rs: Lifted, name: str, requires: str) -> None:
    result = equivalent(py, name, rs, name, requires=[requires] if requires else [], examples=40)
    assert result.verdict == EquivVerdict.EQUIVALENT, result


@needs_rustc
def test_overflow_is_a_difference_with_a_domain(py: Lifted, rs: Lifted) -> None:
    result = equivalent(py, "fib", rs, "fib", examples=40)
    assert result.verdict == EquivVerdict.DIFFERS
    assert result.difference is not None
    assert result.difference.first_call == "fib(93)"
    assert result.difference.second_call == "fib(93_u32)"
    assert result.difference.second_result.startswith("panics (OverflowError): attempt to add")
    assert result.domain is not None
    assert (result.domain.requires, result.domain.proved) == ("n <= 92", True)


@needs_rustc
def test_wrapping_is_a_difference(rs: Lifted) -> None:
    result = both(rs, "add", "add_wrapping")
    assert result.verdict == EquivVerdict.DIFFERS


@needs_rustc
def test_an_err_stands_for_an_exception(py: Lifted, rs: Lifted) -> None:
    result = equivalent(py, "parse_digit", rs, "parse_digit", examples=40)
    assert result.verdict == EquivVerdict.SAME_ON_INPUTS


def test_a_difference_that_cannot_be_replayed_is_not_said(
    py: Lifted, rs: Lifted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    result = equivalent(py, "quotient", rs, "quotient", examples=40)
    assert result.verdict == EquivVerdict.UNSUPPORTED
    assert codes(result.diagnostics) == ["missing-tool"]
