"""The public names: pinned, typed, and each the same however the library was imported."""

import subprocess
import sys

import pytest

import autoform

PINNED = [
    "Assumption",
    "CheckResult",
    "CheckVerdict",
    "Counterexample",
    "Counts",
    "Diagnostic",
    "Emitted",
    "EngineName",
    "Function",
    "Lifted",
    "Module",
    "SourceError",
    "SourceFile",
    "Span",
    "__version__",
    "crosscheck",
    "emit",
    "lift",
    "read_source",
    "render_json",
    "render_sarif",
    "render_terminal",
]


def test_names_are_pinned() -> None:
    assert autoform.__all__ == PINNED
    assert dir(autoform) == sorted(PINNED)


@pytest.mark.parametrize("name", PINNED)
def test_each_name_is_there(name: str) -> None:
    assert getattr(autoform, name) is not None


def test_other_names_are_not() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        getattr(autoform, "nonsense")  # noqa: B009 - mypy would rightly refuse the attribute


@pytest.mark.parametrize(
    "first",
    ["import autoform", "import autoform.crosscheck", "from autoform.crosscheck import agree"],
)
def test_the_function_is_not_hidden_by_its_folder(first: str) -> None:
    code = f"{first}\nimport autoform\nassert callable(autoform.crosscheck)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_importing_loads_nothing_heavy() -> None:
    code = (
        "import sys, autoform\n"
        "print([m for m in ('hypothesis', 'z3', 'tree_sitter', 'rich') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
