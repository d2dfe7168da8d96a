"""The `autoform` command: one module a command, and here what they hang on.

This folder is installed as `autoform_cli`. It holds arguments, formatting and exit codes; whatever
computes stands in `autoform`.
"""

from .app import main

__all__ = ["main"]
