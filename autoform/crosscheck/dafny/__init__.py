"""Emitted Dafny, compiled and run: all functions and inputs of a file in one compilation."""

from autoform.crosscheck.dafny.engine import DafnyExecution

__all__ = ["DafnyExecution"]
