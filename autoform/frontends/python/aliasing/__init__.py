"""Aliases: whether values that do not change say the same as Python's objects that do."""

from autoform.frontends.python.aliasing.analysis import Conflict, Marks, analyse
from autoform.frontends.python.aliasing.summary import Summaries, Summary

__all__ = ["Conflict", "Marks", "Summaries", "Summary", "analyse"]
