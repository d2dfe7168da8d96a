"""What every module must be and must not be."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST = 700
# A name that says nothing of what is inside gathers what belongs elsewhere.
EMPTY_NAMES = {"util", "utils", "helper", "helpers", "misc", "common", "tools", "stuff"}
MODULES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("autoform", "cli", "grammars", "tests")
    for path in (ROOT / folder).rglob("*.py")
)
SHIPPED = [name for name in MODULES if not name.startswith("tests/")]


def tree(module: str) -> ast.Module:
    return ast.parse((ROOT / module).read_text(encoding="utf-8"), module)


@pytest.mark.parametrize("module", MODULES)
def test_module_says_what_it_is_about(module: str) -> None:
    assert ast.get_docstring(tree(module))


@pytest.mark.parametrize("module", MODULES)
def test_module_is_not_a_giant(module: str) -> None:
    assert len((ROOT / module).read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("module", MODULES)
def test_module_has_a_name_that_says_something(module: str) -> None:
    assert not EMPTY_NAMES & set(module.removesuffix(".py").split("/"))


def test_every_folder_of_modules_is_a_package() -> None:
    """Or the wheel would leave it out: an `__init__.py`, and a line in pyproject's list."""
    folders = {(ROOT / module).parent for module in SHIPPED}
    assert [folder for folder in folders if not (folder / "__init__.py").is_file()] == []
    names = {".".join(folder.relative_to(ROOT).parts) for folder in folders}
    installed = {{"cli": "autoform_cli", "grammars": "autoform.grammars"}.get(n, n) for n in names}
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    listed = set(pyproject["tool"]["setuptools"]["packages"])
    assert listed == installed | {"autoform.grammars", "autoform.manifests"}


def imports(module: str) -> Iterator[str]:
    """Every name that a module imports, at its top or deeper."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize(
    ("library", "doors"),
    [
        ("z3", ["autoform/vc/smt/"]),
        ("tree_sitter", ["autoform/frontends/syntax.py"]),
        ("tree_sitter_python", ["autoform/frontends/syntax.py"]),
        ("tree_sitter_rust", ["autoform/frontends/syntax.py"]),
        ("subprocess", ["autoform/processes/"]),
        ("openai", ["autoform/prove/model/client.py"]),
        ("multiprocessing", []),
        ("pickle", []),
    ],
)
def test_libraries_have_one_door(library: str, doors: list[str]) -> None:
    users = [
        module
        for module in SHIPPED
        if any(name.split(".")[0] == library for name in imports(module))
    ]
    assert [user for user in users if not user.startswith(tuple(doors))] == []


STARTS_PROCESSES = re.compile(
    r"\bos\.(fork|forkpty|system|popen|exec\w+|spawn\w+|posix_spawn\w*)\("
)


@pytest.mark.parametrize("module", SHIPPED)
def test_only_the_processes_package_starts_processes(module: str) -> None:
    if not module.startswith("autoform/processes/"):
        assert not STARTS_PROCESSES.search((ROOT / module).read_text(encoding="utf-8"))


@pytest.mark.parametrize("module", SHIPPED)
def test_nothing_is_evaluated(module: str) -> None:
    """User code is read, and run only in a process of its own; IR is run as text made of it."""
    called = {
        node.func.id
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not called & {"eval", "exec", "compile"} or module in RUNS_USER_CODE | RUNS_IR


# Scripts that are started in a limited process of their own to run the user's functions.
RUNS_USER_CODE = {"autoform/crosscheck/python/worker.py"}
# The end of the translation of IR to Python functions, by which it is interpreted.
RUNS_IR = {"autoform/semantics/compiler/source.py"}


@pytest.mark.parametrize("module", [name for name in SHIPPED if name.startswith("cli/")])
def test_the_command_is_no_library(module: str) -> None:
    """It is installed under another name than its folder's, so its modules import relatively."""
    assert not any(name.split(".")[0] in {"cli", "autoform_cli"} for name in imports(module))


def test_the_library_knows_neither_its_command_nor_its_tests() -> None:
    outside = {"autoform_cli", "cli", "tests", "typer", "pytest"}
    for module in SHIPPED:
        if module.startswith("autoform/"):
            assert not outside & {name.split(".")[0] for name in imports(module)}, module
