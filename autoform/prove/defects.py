"""Defects of autoform in one function: they are told of it, and the others go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from autoform.diagnostics import Diagnostic
from autoform.diagnostics.defects import defect
from autoform.ir.decls import Function
from autoform.processes import ProcessFailure
from autoform.prove.model import ModelUnavailable

__all__ = ["attempted"]

T = TypeVar("T")


def attempted(make: Callable[[], T], act: str, function: Function) -> T | Diagnostic:
    """What `make` makes for the function, or what to say where it fails.

    `act` is what is being done, as `proving`. What ails the machine ails every function, and goes
    on up.
    """
    try:
        return make()
    except (ModelUnavailable, ProcessFailure, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - one function's bad luck is not the others'
        message = f"{type(error).__name__} while {act} `{function.name}`: {str(error)[:200]}"
        return defect(message, function.span, error)
