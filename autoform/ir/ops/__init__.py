"""The catalogue of operators. `OPS[name]` is the row of an operator."""

from __future__ import annotations

from typing import Final

from autoform.ir.exprs import Apply, Expr, type_of
from autoform.ir.ops.collections import COLLECTION_OPS
from autoform.ir.ops.numbers import NUMBER_OPS
from autoform.ir.ops.op import OUTSIDE, Op, SignatureError, check_application, result_type
from autoform.ir.ops.text import TEXT_OPS
from autoform.ir.types import Type
from autoform.source import NOWHERE, Span

OPS: Final[dict[str, Op]] = {op.name: op for op in (*NUMBER_OPS, *TEXT_OPS, *COLLECTION_OPS)}


def apply(name: str, *args: Expr, type_: Type | None = None, span: Span = NOWHERE) -> Apply:
    """An application whose type is inferred from the arguments, or given for conversions.

    Raises `KeyError` for an unknown operator and `SignatureError` for arguments that do not fit.
    """
    op, found = OPS[name], tuple(map(type_of, args))
    if type_ is None:
        return Apply(name, args, result_type(op, found), span=span)
    check_application(op, found, type_)
    return Apply(name, args, type_, span=span)


__all__ = [
    "OPS",
    "OUTSIDE",
    "Op",
    "SignatureError",
    "apply",
    "check_application",
    "result_type",
]
