"""Modules in the text form, and what their functions answer."""

from __future__ import annotations

from autoform.ir.decls import Module
from autoform.ir.text import parse_module
from autoform.ir.wellformed import require_wellformed
from autoform.semantics.interpreter import DEFAULT_FUEL, Outcome, Raised, Returned, call
from autoform.semantics.values import Value


def module(text: str) -> Module:
    """A well-formed module."""
    parsed = parse_module(text)
    require_wellformed(parsed)
    return parsed


def run(text: str, *args: Value, fuel: int = DEFAULT_FUEL) -> Outcome:
    """The outcome of the first function of the module."""
    parsed = module(text)
    return call(parsed, parsed.functions[0].name, args, fuel=fuel)


def value(text: str, *args: Value) -> Value:
    """What the first function returns."""
    outcome = run(text, *args)
    assert isinstance(outcome, Returned), outcome
    return outcome.value


def exception(text: str, *args: Value) -> str:
    """What the first function raises."""
    outcome = run(text, *args)
    assert isinstance(outcome, Raised), outcome
    return outcome.exception
