"""Dafny, 2 or 4: found, asked to resolve, verify and run."""

from autoform.verifiers.dafny.find import find_dafny
from autoform.verifiers.dafny.messages import MessageKind, ToolMessage
from autoform.verifiers.dafny.program import ExecutionError, Program
from autoform.verifiers.dafny.report import Verification
from autoform.verifiers.dafny.setting import Budget
from autoform.verifiers.dafny.tool import DafnyTool

__all__ = [
    "Budget",
    "DafnyTool",
    "ExecutionError",
    "MessageKind",
    "Program",
    "ToolMessage",
    "Verification",
    "find_dafny",
]
