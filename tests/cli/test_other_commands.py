"""`autoform`, `autoform doctor` and `autoform explain`."""

import json
import subprocess
import sys
from collections.abc import Callable

import pytest
from typer.testing import Result

from autoform.diagnostics import CODES, page

Command = Callable[..., Result]


def test_starting_loads_nothing_heavy() -> None:
    """Help and mistakes are answered at once."""
    heavy = ("hypothesis", "lark", "networkx", "tree_sitter", "z3")
    code = f"import sys, autoform_cli; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_proving_what_calls_nothing_loads_no_graph_library() -> None:
    """It takes longer to load than a small proof takes."""
    proof = "autoform.prove(autoform.lift(autoform.SourceFile('a.py', 'def f() -> int: return 1')))"
    code = f"import sys, autoform; {proof}; print('networkx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"


def test_the_command_looks_for_cycles_seldom() -> None:
    code = "import gc, sys, autoform_cli.app as a; a.app = lambda: print(gc.get_threshold()[0])"
    command = [sys.executable, "-c", f"{code}; a.main()"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "50000"


def test_help_names_every_command(autoform: Command) -> None:
    result = autoform("--help")
    assert result.exit_code == 0
    for name in ("translate", "crosscheck", "doctor", "explain"):
        assert name in result.stdout


@pytest.mark.parametrize("code", CODES)
def test_explain_prints_the_page(autoform: Command, code: str) -> None:
    result = autoform("explain", code)
    assert (result.exit_code, result.stdout) == (0, page(code))


def test_explain_suggests(autoform: Command) -> None:
    result = autoform("explain", "mixed-int-flot")
    assert result.exit_code == 2
    assert "did you mean `mixed-int-float`?" in result.stderr


def test_doctor_names_versions_and_ways_to_install(autoform: Command) -> None:
    result = autoform("doctor", "--json")
    assert result.exit_code in {0, 3}
    tools = {tool["name"]: tool for tool in json.loads(result.stdout)["tools"]}
    assert {"autoform", "python", "z3-solver", "dafny", "lean", "rustc"} <= tools.keys()
    for tool in tools.values():
        assert tool["version"] or tool["install"]
    shown = autoform("doctor").stdout
    assert all(name in shown for name in tools)


def test_doctor_tells_a_broken_tool_from_a_missing_one(
    autoform: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUTOFORM_DAFNY", "/bin/false")
    result = autoform("doctor")
    assert result.exit_code == 3
    assert "broken" in result.stdout
