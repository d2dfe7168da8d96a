"""Front ends: source text to spec IR, exactly, or to a diagnostic that says why not."""

from __future__ import annotations

from autoform.frontends.lifted import Example, Lifted
from autoform.frontends.python.module import lift_python
from autoform.frontends.rust.module import lift_rust
from autoform.ir.decls import Language
from autoform.source import SourceFile

__all__ = ["Example", "Lifted", "lift"]


def lift(
    source: SourceFile,
    *,
    select: frozenset[str] | None = None,
    language: Language | None = None,
    entry_point: str | None = None,
) -> Lifted:
    """Lift what can be lifted exactly of a file; the language is told by its suffix.

    `select` limits the reasons for refusals to these functions; `entry_point` names the function
    that a test's parameter `candidate` stands for. Never raises on user code.
    """
    found = language or (Language.RUST if source.path.endswith(".rs") else Language.PYTHON)
    if found is Language.PYTHON:
        return lift_python(source, select=select, entry_point=entry_point)
    return lift_rust(source, select=select)
