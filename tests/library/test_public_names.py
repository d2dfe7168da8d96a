"""Public names are loaded when used, and are the same however the library was imported."""

import subprocess
import sys

import pytest

import autoform


def test_dir_shows_the_public_names_alone() -> None:
    assert dir(autoform) == sorted(autoform.__all__)


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
