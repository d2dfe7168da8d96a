"""The script that runs originals: what it loads, what it sees, what it cannot reach."""

import json
import signal
import sys
from pathlib import Path

import pytest

from autoform.crosscheck.python import worker

SOURCE = """
from __future__ import annotations

import os
import icontract as ic
from collections import Counter
from dataclasses import dataclass
from enum import Enum
from functools import cache
import numpy as np

LIMIT = 10
open("/tmp/never", "w")


class Color(Enum):
    RED = 1


@dataclass(frozen=True)
class Point:
    x: int
    y: np.ndarray


@ic.require(lambda n: n > 0)
@cache
def halved(n: np.ndarray) -> int:
    return n // 2 + LIMIT


def push(xs):
    xs.append(1)
    return Point(len(xs), 0), Color.RED


def opened(path):
    return open(path)


def listed(path):
    import os.path as p
    from shutil import rmtree
    return rmtree(path)


def largest():
    import sys
    return sys.maxsize


def hidden():
    return 1


def spins(n):
    while True:
        n += 1


def sinks(n):
    return sinks(n + 1)


def hoards(n):
    return [0] * n


def counted(s):
    return Counter(s)


def flipped(xs):
    xs[0] = bool(xs[0])
"""


def load(*functions: str) -> dict[str, object]:
    namespace, failed, refused = worker.load(
        {
            "text": SOURCE,
            "path": "a.py",
            "functions": functions,
            "classes": ["Color", "Point"],
            "constants": ["LIMIT"],
        }
    )
    assert (failed, refused) == ({}, None)
    return namespace


def observe(function: str, *args: object, seconds: float = 5.0) -> object:
    namespace = load(function)
    encoded = [worker.encode(arg) for arg in args]
    return worker.call(namespace[function], encoded, seconds, namespace)  # type: ignore[arg-type] # a dict of any


def test_contracts_are_stripped_and_other_decorators_stay() -> None:
    assert observe("halved", -2) == {"value": 9}
    assert observe("halved", [1]) == {"raised": "TypeError", "message": "unhashable type: 'list'"}


def test_only_what_is_wanted_is_defined() -> None:
    namespace = load("halved")
    assert "hidden" not in namespace
    assert not Path("/tmp/never").exists()  # noqa: S108 - what the file tried to write


def test_builtins_reach_nothing_outside() -> None:
    assert observe("opened", "/etc/passwd") == {
        "raised": "NameError",
        "message": "name 'open' is not defined",
    }
    builtins = worker.restricted_builtins()
    assert builtins.keys().isdisjoint({"open", "eval", "exec", "getattr", "globals", "input"})


def test_other_modules_are_placeholders() -> None:
    namespace = load("listed", "largest")
    assert isinstance(namespace["os"], worker.Placeholder)
    assert isinstance(namespace["np"], worker.Placeholder)
    assert observe("listed", ".") == {
        "raised": "TypeError",
        "message": "'Placeholder' object is not callable",
    }
    assert observe("largest") == {"value": {"int": hex(sys.maxsize)}}


def test_changed_arguments_are_told_by_place() -> None:
    found = {"tuple": [{"record": ["Point", 1, 0]}, {"enum": ["Color", "RED"]}]}
    assert observe("push", []) == {"value": found, "after": {"0": [1]}}


def test_one_that_becomes_true_is_a_change() -> None:
    assert observe("flipped", [1]) == {"value": None, "after": {"0": [True]}}


@pytest.mark.parametrize(
    ("function", "argument", "reason"),
    [("spins", 0, "time"), ("sinks", 0, "recursion"), ("hoards", 1_000_000, "size")],
)
def test_resources_that_run_out_are_no_observation(
    function: str, argument: int, reason: str
) -> None:
    signal.signal(signal.SIGPROF, worker._out_of_time)
    assert observe(function, argument, seconds=0.05) == {"nothing": reason}


def test_subclasses_of_dict_are_marked() -> None:
    assert observe("counted", "aa") == {"value": {"dict": [["a", 2]], "kind": "Counter"}}


def test_newer_syntax_is_refused_as_a_whole() -> None:
    request = {"text": "def f(:\n", "path": "a.py", "functions": ["f"]}
    namespace, _, refused = worker.load(request | {"classes": [], "constants": []})
    assert namespace == {}
    assert refused is not None
    assert refused.startswith("SyntaxError")


def test_a_definition_that_fails_is_named() -> None:
    request = {"text": "def f(x=1 // 0):\n    return x\n", "path": "a.py", "functions": ["f"]}
    _, failed, refused = worker.load(request | {"classes": [], "constants": []})
    assert failed == {"f": "ZeroDivisionError: integer division or modulo by zero"}
    assert refused is None


VALUES = [
    None,
    True,
    1,
    1.0,
    -0.0,
    float("inf"),
    2**80,
    "é\n",
    [1, [2]],
    (1,),
    {1, 2},
    frozenset({"a"}),
    {"k": (1, 2)},
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_values_come_back_as_they_were(value: object) -> None:
    back = worker.decode(worker.encode(value), {})
    assert type(back) is type(value)
    assert repr(back) == repr(value)


def test_true_one_and_one_point_zero_differ() -> None:
    texts = {json.dumps(worker.encode(value)) for value in (1, 1.0, True, "1")}
    assert len(texts) == 4


def test_what_has_no_encoding_is_named() -> None:
    assert worker.encode([1j, iter(())]) == [{"other": "complex"}, {"other": "tuple_iterator"}]
