r"""The text form of the IR: what it prints, it parses to the same nodes.

    fn count_up(n: Int) -> Int
        requires[assert] n >= 0
        ensures[docstring] \result == n
    {
        var i: Int = 0;
        while i < n
            invariant[mined] 0 <= i && i <= n
            decreases n - i
        {
            i = i + 1;
        }
        return i;
    }

`grammars/ir.lark` is the grammar. Spans, and what else is outside the equality of nodes, are not
part of the text.
"""

from __future__ import annotations

from autoform.ir.text.print_expr import print_expr
from autoform.ir.text.print_module import print_function, print_module, print_remarked
from autoform.ir.text.resolve_module import parse_expr, parse_module
from autoform.ir.text.syntax import IRSyntaxError

__all__ = [
    "IRSyntaxError",
    "parse_expr",
    "parse_module",
    "print_expr",
    "print_function",
    "print_module",
    "print_remarked",
]
