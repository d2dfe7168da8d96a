"""What is guessed of a function given as text, without any proof."""

from __future__ import annotations

from autoform.frontends import lift
from autoform.source import SourceFile
from autoform.specify.hosts.python import PythonHost
from autoform.specify.hosts.unprintable import Unprintable
from autoform.specify.propose import propose
from autoform.specify.runs import observe


def guesses(text: str) -> dict[str, str]:
    """The families of the candidates for the last function of the text, by the clause as Python."""
    source = SourceFile("sample.py", text)
    lifted = lift(source)
    assert not lifted.refused, lifted.diagnostics
    function = lifted.module.functions[-1]
    written = lifted.examples.get(function.name, ())
    runs = observe(function, lifted.module, written, examples=30, seed=0)
    host = PythonHost(source)
    found: dict[str, str] = {}
    for candidate in propose(function, lifted.module, runs):
        try:
            text = host.ensure(function, candidate.condition).expression
        except Unprintable:
            continue
        found.setdefault(text, candidate.family)
    return found
