"""Which exceptions may be raised by name."""

from __future__ import annotations

import builtins
from typing import Final

from autoform.frontends.python import tree
from autoform.frontends.python.context import Lowering

EXCEPTIONS: Final = frozenset(
    name
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, Exception)
)


def exception_name(ctx: Lowering, node: tree.Raise) -> tuple[str, tuple[tree.Expr, ...]]:
    """The builtin exception that a `raise` names, and the arguments it is made with."""
    exception = node.exception
    args: tuple[tree.Expr, ...] = ()
    if exception is None:
        raise ctx.refusal("try-except", "`raise` without an exception", node)
    if isinstance(exception, tree.Call):
        if exception.keywords:
            raise ctx.refusal("unsupported-syntax", "keyword arguments of an exception", exception)
        args = exception.args
        exception = exception.function
    if not isinstance(exception, tree.Name) or exception.id not in EXCEPTIONS:
        message = "an exception that is not a builtin one"
        raise ctx.refusal(
            "unsupported-class", message, node, "raise a builtin such as `ValueError`"
        )
    if not ctx.module.is_builtin(ctx, exception):
        raise ctx.refusal("rebound-builtin", f"`{exception.id}` is not the builtin here", exception)
    if node.cause is not None and not isinstance(node.cause, tree.NoneValue):
        raise ctx.refusal("try-except", "`raise … from …`", node)
    return exception.id, args
