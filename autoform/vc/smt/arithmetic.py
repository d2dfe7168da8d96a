"""Small questions of linear arithmetic, asked while terms are built.

    0 <= i < len(xs)  gives  0 <= len(xs) - 1 - i

so that `xs[len(xs) - 1 - i]` is plainly an index, not one that may count from the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from autoform.vc.smt.binding import z3, z3core
from autoform.vc.smt.linear import Comparisons, is_length
from autoform.vc.smt.settings import new_solver
from autoform.vc.smt.subterms import Handle, handles, has_quantifier, parts

_STEPS = 3_000


def follows(claim: z3.BoolRef, guards: Iterable[z3.BoolRef]) -> bool:
    """Whether the claim follows from the guards and from lengths not being negative."""
    return all(_follows(part, claim, guards) for part in _conjuncts(claim))


def _conjuncts(formula: z3.BoolRef) -> list[z3.BoolRef]:
    return formula.children() if z3.is_and(formula) else [formula]


def _follows(part: z3.BoolRef, claim: z3.BoolRef, guards: Iterable[z3.BoolRef]) -> bool:
    """The same of one comparison: plainly, or by the solver where that is not plain."""
    seen = Comparisons(claim.ctx_ref())
    seen.read(part.as_ast(), holds=False)
    for guard in guards:
        seen.read(guard.as_ast())
    refuted = seen.refuted()
    if refuted or (refuted is False and seen.complete):
        return refuted
    return _solved(part, guards)


def _solved(claim: z3.BoolRef, guards: Iterable[z3.BoolRef]) -> bool:
    known = [guard for guard in guards if not has_quantifier(guard)]
    solver = new_solver(_STEPS)
    solver.add(*known, z3.Not(claim))
    solver.add(*(term >= 0 for term in _lengths([claim, *known])))
    return bool(solver.check() == z3.unsat)


def _lengths(roots: Iterable[z3.ExprRef]) -> Iterator[z3.ArithRef]:
    seen: set[int] = set()
    for root in roots:
        context = root.ctx_ref()
        for term in handles(root):
            number = z3core.Z3_get_ast_id(context, term)
            if (
                number not in seen
                and len(parts(context, term)) == 1
                and _is_application(root, term)
            ):
                seen.add(number)
                yield z3.ArithRef(term, root.ctx)


def _is_application(root: z3.ExprRef, term: Handle) -> bool:
    context = root.ctx_ref()
    return z3core.Z3_get_ast_kind(context, term) == z3.Z3_APP_AST and is_length(context, term)
