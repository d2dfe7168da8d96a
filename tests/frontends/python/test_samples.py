"""Every construct and library function on small functions: lifted, it agrees with Python.

A sample is a function followed by comments with calls of it. `# refused[code]` before them says
that it is outside the subset; when that changes, the mark has to go.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from autoform.frontends import lift
from autoform.frontends.lifted import Lifted
from autoform.ir.types import FLOAT
from autoform.semantics.interpreter import Raised, Returned, call
from autoform.semantics.values import NONE, MapValue, Some, Value
from autoform.source import SourceFile

SAMPLES = Path(__file__).parent / "samples"
_NAME = re.compile(r"^def (\w+)\(", re.MULTILINE)


@cache
def lifted(stem: str) -> Lifted:
    path = SAMPLES / f"{stem}.py"
    return lift(SourceFile(str(path), path.read_text("utf-8")))


@cache
def original(stem: str) -> dict[str, Any]:
    path = SAMPLES / f"{stem}.py"
    scope: dict[str, Any] = {}
    exec(compile(path.read_text("utf-8"), str(path), "exec"), scope)  # noqa: S102 - a sample
    return scope


def marked() -> Iterator[tuple[str, str, str]]:
    """Stem, function and comment of each sample's calls and marks."""
    for path in sorted(SAMPLES.glob("*.py")):
        name = ""
        for line in path.read_text("utf-8").splitlines():
            if found := _NAME.match(line):
                name = found[1]
            elif name and (comment := re.match(r"# (refused\[|\w+\()", line)) is not None:
                yield path.stem, name, line[comment.start() + 2 :]


def value(host: Any) -> Value:
    """A Python value as the IR has it, where no type asks for more."""
    match host:
        case list() | tuple():
            return tuple(map(value, host))
        case set() | frozenset():
            return frozenset(map(value, host))
        case dict():
            return MapValue((value(k), value(v)) for k, v in host.items())
        case _:
            assert isinstance(host, bool | int | float | str)
            return host


def agrees(host: Any, found: Value) -> bool:
    """Whether an IR value is what Python has. A double may stand for an equal integer."""
    match found:
        case Some(inner):
            return host is not None and agrees(host, inner)
        case tuple() if found != () or host is not None:
            return len(found) == len(host) and all(map(agrees, host, found))
        case frozenset():
            return found == value(host)
        case MapValue():
            return agrees(list(host.items()), tuple(found.items()))
        case float() if isinstance(host, int) and not isinstance(host, bool):
            return host == found
        case _ if found is NONE or found == ():
            return host is None
        case _:
            return repr(host) == repr(found)


CALLS = [each for each in marked() if not each[2].startswith("refused")]
REFUSED = {(stem, name): mark[8:-1] for stem, name, mark in marked() if mark.startswith("refused")}


@pytest.mark.parametrize(("stem", "name", "text"), CALLS, ids=[text for _, _, text in CALLS])
def test_lifted_samples_agree_with_python(stem: str, name: str, text: str) -> None:
    if (stem, name) in REFUSED:
        return
    args = eval(text.removeprefix(name).removesuffix(")") + ",)")  # noqa: S307 - a sample's call
    function = lifted(stem).module.function(name)
    irs = [
        float(arg) if param.type == FLOAT else value(arg)
        for param, arg in zip(function.params, args, strict=True)
    ]
    try:
        expected, failure = original(stem)[name](*copy.deepcopy(args)), None
    except Exception as error:  # noqa: BLE001 - whatever it is, the lifted function raises it too
        expected, failure = None, type(error).__name__
    outcome = call(lifted(stem).module, name, irs)
    if isinstance(outcome, Raised):
        assert outcome.exception == failure
    else:
        assert failure is None
        assert isinstance(outcome, Returned)
        assert agrees(expected, outcome.value), outcome.value


@pytest.mark.parametrize("stem", sorted(path.stem for path in SAMPLES.glob("*.py")))
def test_what_is_refused_is_marked(stem: str) -> None:
    refused = {name: found[0].code for name, found in lifted(stem).refused.items()}
    assert refused == {name: code for (where, name), code in REFUSED.items() if where == stem}
    assert {name for where, name, _ in CALLS if where == stem} <= {
        *refused,
        *(function.name for function in lifted(stem).module.functions),
    }
