"""Dafny, 2 or 4: found, asked to resolve, verify and run."""

from autoform.verifiers.dafny.find import find_dafny
from autoform.verifiers.dafny.messages import MessageKind, ToolMessage
from autoform.verifiers.dafny.tool import Budget, DafnyTool, ExecutionError, Verification

__all__ = [
    "Budget",
    "DafnyTool",
    "ExecutionError",
    "MessageKind",
    "ToolMessage",
    "Verification",
    "find_dafny",
]
