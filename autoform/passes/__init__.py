"""Rewrites of the IR, one to a file: what a back end lacks is lowered to what it has.

A pass is a function from modules to modules that keeps what every function returns, raises and
leaves in its inout parameters, as the interpreter executes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from autoform.ir.decls import Module
from autoform.ir.wellformed import require_wellformed

__all__ = ["Pass", "run"]


@dataclass(frozen=True, slots=True)
class Pass:
    """A rewrite, with the features (`autoform.ir.features`) that no module has after it."""

    name: str
    function: Callable[[Module], Module]
    removes: frozenset[str] = field(default_factory=frozenset)


def run(module: Module, passes: Iterable[Pass]) -> Module:
    """Apply the passes in order; the module is checked after each.

    Raises `IllFormed` when a pass breaks a rule: that is a defect of the pass, never of the module.
    """
    for each in passes:
        module = each.function(module)
        require_wellformed(module)
    return module
