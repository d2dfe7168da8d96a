"""Looking through terms, each subterm once.

Formulas are looked through as often as they are made. The solver's own view of a term as a
Python object takes far longer to make than what is asked of most subterms, so here they stay the
solver's handles, which live as long as the term above them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from autoform.vc.smt.binding import z3, z3core

Handle: TypeAlias = z3.Ast
"""A term as the solver's library has it."""


def subterms(roots: Iterable[z3.ExprRef]) -> Iterator[z3.ExprRef]:
    """All subterms, each once: a term that is shared a thousand times is still one term."""
    seen: set[int] = set()
    stack = list(roots)
    while stack:
        term = stack.pop()
        if term.get_id() not in seen:
            seen.add(term.get_id())
            yield term
            stack.extend(term.children())


def has_quantifier(term: z3.ExprRef) -> bool:
    """Whether a quantifier stands anywhere in the term."""
    return z3.Z3_QUANTIFIER_AST in _kinds(term)


def has_bound_variable(term: z3.ExprRef) -> bool:
    """Whether a quantifier's variable occurs, as it does in the body of one."""
    return z3.Z3_VAR_AST in _kinds(term)


def mentions(term: z3.ExprRef, other: z3.ExprRef) -> bool:
    """Whether the other term is a part of the first."""
    context, wanted = term.ctx_ref(), other.get_id()
    return any(z3core.Z3_get_ast_id(context, each) == wanted for each in handles(term))


def handles(root: z3.ExprRef) -> Iterator[Handle]:
    """The handles of all subterms, each once."""
    context = root.ctx_ref()
    seen: set[int] = set()
    stack = [root.as_ast()]
    while stack:
        term = stack.pop()
        number = z3core.Z3_get_ast_id(context, term)
        if number not in seen:
            seen.add(number)
            yield term
            stack.extend(parts(context, term))


def parts(context: z3.ContextObj, term: Handle) -> list[Handle]:
    """The arguments of an application, the body of a quantifier."""
    kind = z3core.Z3_get_ast_kind(context, term)
    if kind == z3.Z3_APP_AST:
        count = z3core.Z3_get_app_num_args(context, term)
        return [z3core.Z3_get_app_arg(context, term, place) for place in range(count)]
    if kind == z3.Z3_QUANTIFIER_AST:
        return [z3core.Z3_get_quantifier_body(context, term)]
    return []


def _kinds(term: z3.ExprRef) -> Iterator[int]:
    context = term.ctx_ref()
    return (z3core.Z3_get_ast_kind(context, each) for each in handles(term))
