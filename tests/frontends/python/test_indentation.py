"""Indentation that Python refuses and a lenient parser does not is refused here, too."""

from __future__ import annotations

import ast

import pytest

from autoform.frontends import Lifted, lift
from autoform.source import SourceFile

HEAD = "def f(x: int) -> int:\n"
LOOP = f"{HEAD}    for i in range(x):\n"
BROKEN = {
    "a function without a body": f"{HEAD}x = 1\n",
    "a branch without a body": f"{HEAD}    if x > 0:\n    x = 1\n    return x\n",
    "a loop with a comment for a body": f"{LOOP}    # nothing\n    return x\n",
    "a line that goes back to no level": f"{HEAD}    x = 1\n  return x\n",
    "a line that goes back to the top": f"{HEAD}    x = 1\nreturn x\n",
    "a line that goes further in": f"{HEAD}    x = 1\n      return x\n",
    "a tab for eight blanks": f"{HEAD}        x = 1\n\treturn x\n",
    "a tab below four blanks": f"{HEAD}    if x > 0:\n\tx = 1\n    return x\n",
    "a function that is itself indented": f"  {HEAD}      return x\n",
}
SOUND = {
    "tabs alone": f"{HEAD}\tif x > 0:\n\t\tx = 1\n\treturn x\n",
    "tabs here and blanks there": f"{HEAD} if x:\n \tx = 1\n else:\n   x = 2\n return x\n",
    "all on one line": "def f(x: int) -> int: x = x + 1; return x\n",
    "a comment that stands anywhere": f"{HEAD}# one\n  x = 1\n # two\n    # three\n  return x\n",
    "a line that goes on": f"{HEAD}    x = (1 +\n\t2)\n    return x\n",
    "a form feed": f"\f{HEAD}    return x\n",
    "a mark of the byte order": f"\ufeff{HEAD}    return x\n",
}


def lifted(text: str) -> Lifted:
    return lift(SourceFile("f.py", text))


@pytest.mark.parametrize("name", BROKEN)
def test_what_python_does_not_read_is_refused(name: str) -> None:
    text = BROKEN[name]
    with pytest.raises(SyntaxError):
        compile(text, "f.py", "exec")
    found = lifted(text)
    assert not found.module.functions
    assert [(each.code, bool(each.help)) for each in found.diagnostics] == [("syntax-error", True)]


@pytest.mark.parametrize("name", SOUND)
def test_what_python_reads_is_lifted(name: str) -> None:
    text = SOUND[name]
    ast.parse(text.removeprefix("\ufeff"))
    assert [function.name for function in lifted(text).module.functions] == ["f"]


def test_the_functions_before_a_broken_one_stay() -> None:
    found = lifted(
        "def g(x: int) -> int:\n    return x\n\n\n" + BROKEN["a line that goes further in"]
    )
    assert [function.name for function in found.module.functions] == ["g"]
    assert set(found.refused) == {"f"}
