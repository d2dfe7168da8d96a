"""Under which key a verdict is kept: all that it depends on, hashed.

That is the IR of the function and of all that it calls; their source text and examples, because
tests are drawn from these and refutations run the original; what their type parameters promise,
which may stand outside them; the configuration; and every program that had a part: autoform to the
last byte of its code, the solver, Python.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable
from dataclasses import fields
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from autoform.frontends.lifted import Lifted
from autoform.ir.restriction import restricted
from autoform.ir.text import print_module
from autoform.prove.pipeline import ProofSettings
from autoform.prove.records import extent
from autoform.source import SourceFile, Span

__all__ = ["fingerprint", "key_of_text", "key_of_verdict"]

_PROGRAMS: Final = ("z3-solver", "hypothesis", "tree-sitter", "tree-sitter-python")


def key_of_verdict(lifted: Lifted, name: str, settings: ProofSettings) -> str:
    """The key of the verdict on one function of a file."""
    module = restricted(lifted.module, [name])
    source = lifted.source
    parts: list[object] = [
        "verdict",
        name,
        print_module(module),
        [_lines(source, extent(function)) for function in module.functions],
        [repr(_examples(lifted, function.name)) for function in module.functions],
        [repr(param.host) for function in module.functions for param in function.params],
        [sorted(lifted.comparable.get(function.name, ())) for function in module.functions],
        [(each.name, repr(_in_order(getattr(settings, each.name)))) for each in fields(settings)],
        fingerprint(),
    ]
    return _hashed(parts)


def key_of_text(tool: str, text: str, setting: object) -> str:
    """The key of what a tool of that name and version says of a text."""
    return _hashed(["text", tool, text, repr(setting), fingerprint()])


def _lines(source: SourceFile, span: Span) -> str:
    """The text with the place of its first line's start: columns are part of what is kept."""
    return f"{span.start_column}:{source.slice(span)}"


def _in_order(value: object) -> object:
    """A setting in an order that does not change from run to run."""
    return sorted(map(str, value)) if isinstance(value, frozenset) else value


def _examples(lifted: Lifted, name: str) -> list[object]:
    """What stands beside a function, without the places where it stands."""
    return [
        (example.args, example.expected, example.raises, example.kind)
        for example in lifted.examples.get(name, ())
    ]


def _hashed(parts: Iterable[object]) -> str:
    text = json.dumps(list(parts), sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def fingerprint() -> str:
    """Of autoform's code and of the versions of what it stands on."""
    digest = hashlib.sha256(sys.version.encode())
    for name in _PROGRAMS:
        digest.update(f"{name} {_version(name)}\n".encode())
    root = Path(__file__).parents[1]
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix not in {".pyc", ".pyo"}:
            digest.update(str(path.relative_to(root)).encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
