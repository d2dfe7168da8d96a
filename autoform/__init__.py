"""autoform: Python and Rust functions as executable specifications, in Dafny and in Lean.

    import autoform

    lifted = autoform.lift(autoform.read_source("sums.py"))
    print(autoform.emit(lifted.module, "dafny").text)
    for result in autoform.prove(lifted):
        print(result.name, result.verdict)
    for result in autoform.crosscheck(lifted):
        print(result.name, result.verdict)
    for result in autoform.specify(lifted):
        print(result.name, *result.lines)

These names are the public library; each is importable from here and promised from nowhere else.
They are loaded when first used, so that a program pays only for what it uses.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from autoform.version import VERSION

if TYPE_CHECKING:
    from autoform.backends.emit import emit
    from autoform.backends.emitted import Emitted
    from autoform.crosscheck import (
        CheckResult,
        CheckVerdict,
        Counterexample,
        Counts,
        EngineName,
        crosscheck,
    )
    from autoform.diagnostics import Diagnostic, render_json, render_sarif, render_terminal
    from autoform.equiv import Difference, Domain, EquivResult, EquivVerdict, equivalent
    from autoform.frontends import Lifted, lift
    from autoform.ir.decls import Assumption, Function, Module
    from autoform.prove.model import ModelReport, ModelSettings, ModelUnavailable
    from autoform.prove.pipeline import ProofResult, ProofSettings, prove
    from autoform.source import SourceError, SourceFile, Span, read_source
    from autoform.specify.apart import SpecifyApart
    from autoform.specify.grade import grade
    from autoform.specify.pipeline import SpecifySettings, specify
    from autoform.specify.results import (
        Grade,
        GradeResult,
        MinedClause,
        Property,
        Specification,
        Standing,
    )
    from autoform.verifiers.verdict import Proved, Refuted, Unknown, Unsupported, Verdict

__all__ = [
    "Assumption",
    "CheckResult",
    "CheckVerdict",
    "Counterexample",
    "Counts",
    "Diagnostic",
    "Difference",
    "Domain",
    "Emitted",
    "EngineName",
    "EquivResult",
    "EquivVerdict",
    "Function",
    "Grade",
    "GradeResult",
    "Lifted",
    "MinedClause",
    "ModelReport",
    "ModelSettings",
    "ModelUnavailable",
    "Module",
    "ProofResult",
    "ProofSettings",
    "Property",
    "Proved",
    "Refuted",
    "SourceError",
    "SourceFile",
    "Span",
    "Specification",
    "SpecifyApart",
    "SpecifySettings",
    "Standing",
    "Unknown",
    "Unsupported",
    "Verdict",
    "__version__",
    "crosscheck",
    "emit",
    "equivalent",
    "grade",
    "lift",
    "prove",
    "read_source",
    "render_json",
    "render_sarif",
    "render_terminal",
    "specify",
]

__version__ = VERSION

_HOMES = {
    "autoform.backends.emit": ("emit",),
    "autoform.backends.emitted": ("Emitted",),
    "autoform.crosscheck": (
        "CheckResult",
        "CheckVerdict",
        "Counterexample",
        "Counts",
        "EngineName",
        "crosscheck",
    ),
    "autoform.diagnostics": ("Diagnostic", "render_json", "render_sarif", "render_terminal"),
    "autoform.equiv": ("Difference", "Domain", "EquivResult", "EquivVerdict", "equivalent"),
    "autoform.frontends": ("Lifted", "lift"),
    "autoform.ir.decls": ("Assumption", "Function", "Module"),
    "autoform.prove.model": ("ModelReport", "ModelSettings", "ModelUnavailable"),
    "autoform.prove.pipeline": ("ProofResult", "ProofSettings", "prove"),
    "autoform.specify.apart": ("SpecifyApart",),
    "autoform.specify.grade": ("grade",),
    "autoform.specify.pipeline": ("SpecifySettings", "specify"),
    "autoform.specify.results": (
        "Grade",
        "GradeResult",
        "MinedClause",
        "Property",
        "Specification",
        "Standing",
    ),
    "autoform.source": ("SourceError", "SourceFile", "Span", "read_source"),
    "autoform.verifiers.verdict": ("Proved", "Refuted", "Unknown", "Unsupported", "Verdict"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


class _Library(ModuleType):
    """This package. `autoform.crosscheck` is the function, though a folder has that name, too.

    Importing a submodule binds its name in the package; here that never hides a public name.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOME_OF and isinstance(value, ModuleType)):
            super().__setattr__(name, value)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever is exported
        """Load a public name from where it is defined."""
        home = _HOME_OF.get(name)
        if home is None:
            raise AttributeError(f"module 'autoform' has no attribute {name!r}")
        value = getattr(import_module(home), name)
        setattr(self, name, value)
        return value

    def __dir__(self) -> list[str]:
        return sorted(__all__)


sys.modules[__name__].__class__ = _Library
