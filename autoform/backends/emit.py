"""One function to all back ends, by the name of the target."""

from __future__ import annotations

from typing import Literal, TypeAlias, assert_never

from autoform.backends.dafny import emit_dafny
from autoform.backends.emitted import Emitted
from autoform.backends.lean import emit_lean
from autoform.ir.decls import Assumption, Module
from autoform.ir.text import print_module

__all__ = ["Dialect", "Target", "emit"]

Target: TypeAlias = Literal["dafny", "lean", "ir"]
Dialect: TypeAlias = Literal[2, 4]


def emit(
    module: Module,
    target: Target,
    *,
    dialect: Dialect = 4,
    allow: frozenset[Assumption] = frozenset(),
) -> Emitted:
    """Print a module in a target language; `dialect` is Dafny's.

    Functions that the target cannot express exactly are left out, each with a diagnostic.
    """
    match target:
        case "dafny":
            return emit_dafny(module, dialect=dialect, allow=allow)
        case "lean":
            return emit_lean(module, allow=allow)
        case "ir":
            return _emit_ir(module)
        case _:
            assert_never(target)


def _emit_ir(module: Module) -> Emitted:
    """The IR's own text form, which holds everything."""
    names = {function.name: function.name for function in module.functions}
    return Emitted(print_module(module), (), names)
