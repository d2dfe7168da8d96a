"""The Dafny back end. `grammars/dafny.md` says how each construct of the IR is printed."""

from autoform.backends.dafny.emit import emit_dafny

__all__ = ["emit_dafny"]
