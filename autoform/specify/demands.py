"""What the operations of a body ask of the parameters, so that none of them raises.

    fn mid(a: u32, b: u32) -> u32 {
        (a + b) / 2                         requires a + b <= 4294967295
    }

Of what is computed for the elements of a collection it is asked of every element.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from autoform.ir.build import conjunction
from autoform.ir.decls import Function
from autoform.ir.definedness import conditions
from autoform.ir.exprs import And, Apply, Expr, IntLit
from autoform.ir.ops import apply
from autoform.ir.traversal import walk
from autoform.passes.widen_integers import NoForm, exact
from autoform.specify.candidate import different
from autoform.specify.expressions import every, is_pure_of, size
from autoform.specify.patterns import body_patterns
from autoform.specify.vocabulary import expressions

LARGEST: Final = 24
MOST: Final = 40


def demands(function: Function) -> list[Expr]:
    """The conditions, in `Int`, each once; parameters that change are taken as they are given."""
    params = {param.name for param in function.params}
    found = [each for term in expressions(function) for each in _of(term)]
    for pattern in body_patterns(function):
        if pattern.source is not None:
            found += [every(pattern.name, pattern.source, each) for each in _of(pattern.expr)]
    spoken = (each for each in found if is_pure_of(each, params) and size(each) <= LARGEST)
    return [each for _, each in zip(range(MOST), different(spoken), strict=False)]


def _of(term: Expr) -> Iterator[Expr]:
    for node in walk(term):
        if not isinstance(node, Apply):
            continue
        asked = conjunction(_turned(condition) for _, condition in conditions(node))
        try:
            yield exact(asked)
        except NoForm:
            continue


def _turned(condition: Expr) -> Expr:
    """`xs` before what it is compared with: `len(xs) > 0`."""
    match condition:
        case And(items):
            return conjunction(map(_turned, items))
        case Apply("lt" | "le" as op, (IntLit() as limit, value)):
            return apply("gt" if op == "lt" else "ge", value, limit)
        case _:
            return condition
