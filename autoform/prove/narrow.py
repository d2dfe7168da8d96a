"""Invariants that state the bounds which their slices, places and counters keep.

    while i < n { invariant s == seq.sum(seq.slice_to(xs, i)) }

becomes

    while i < n {
        invariant i <= n
        invariant 0 <= i
        invariant i <= seq.len(xs)
        invariant s == seq.sum(seq.subslice(xs, 0, i))
    }

where these bounds are invariants, too. The prover reads a slice as Python clamps it and can do
without; other tools, and readers, are better served by a slice that is known to lie inside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from autoform.ir.build import compare, disjunction, integer, widened
from autoform.ir.decls import Function, Module
from autoform.ir.exprs import TRUE, Apply, Expr, IntLit, Or, Quant, type_of
from autoform.ir.node import Node
from autoform.ir.ops import apply
from autoform.ir.stmts import Clause, Origin
from autoform.ir.text import print_expr
from autoform.ir.traversal import free_vars, rewrite, substitute, walk
from autoform.ir.types import is_integer
from autoform.prove.candidate import conjuncts, length
from autoform.prove.houdini import QUICK_STEPS, with_function
from autoform.prove.normal import normal
from autoform.prove.steady import steady
from autoform.vc.execute import Execution
from autoform.vc.loops import Annotation, LoopSite, annotate, loop_sites
from autoform.vc.obligation import InvariantId
from autoform.vc.smt.solver import Answer, Solver

__all__ = ["Narrowed", "narrowed"]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The function with its bounds stated first, and how many of each loop's invariants are."""

    function: Function
    bounds: Mapping[int, int]


@steady()
def narrowed(module: Module, proof: Function, *, allow_real: bool = False) -> Narrowed:
    """State the bounds that stand, and slice within them."""
    wanted = {site.number: tuple(_bounds(site)) for site in loop_sites(proof)}
    standing = _standing(module, proof, wanted, allow_real=allow_real)
    annotations = {}
    for site in loop_sites(proof):
        bounds = _plainest(standing[site.number])
        known = frozenset(map(print_expr, bounds))
        rest = [
            replace(clause, condition=_within(clause.condition, known))
            for clause in site.loop.invariants
            if print_expr(clause.condition) not in known
        ]
        stated = [Clause(bound, Origin.MINED) for bound in bounds]
        annotations[site.number] = Annotation((*stated, *rest), site.loop.decreases)
    counts = {number: len(_plainest(bounds)) for number, bounds in standing.items()}
    return Narrowed(annotate(proof, annotations), counts)


def _plainest(bounds: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """Without what is said of ranges that are not empty where it holds of all."""
    return tuple(
        bound
        for bound in bounds
        if not (isinstance(bound, Or) and any(item in bounds for item in bound.items))
    )


def _bounds(site: LoopSite) -> Iterator[Expr]:
    """The bounds to try at the head of a loop, each once."""
    seen: set[str] = set()
    for bound in (*_of_guard(site.loop.condition), *_of_slices(site), *_of_places(site)):
        text = print_expr(bound)
        if text not in seen and not _is_plain(bound) and _is_stated(bound, site):
            seen.add(text)
            yield bound


def _is_plain(bound: Expr) -> bool:
    """Whether it goes without saying."""
    match bound:
        case Apply("le", (IntLit(low), Apply("seq.len" | "str.len"))):
            return low <= 0
        case Apply("le", (IntLit(low), IntLit(high))):
            return low <= high
        case Apply("le", (left, right)):
            return left == right
        case _:
            return bound == TRUE


def _of_guard(condition: Expr) -> Iterator[Expr]:
    """Where a counter is when the loop ends: `i <= n` for `while i < n`."""
    for part in conjuncts(condition):
        match part:
            case Apply("lt", (left, right)) if is_integer(type_of(left)):
                yield compare("le", widened(left), widened(right))
            case Apply("gt", (left, right)) if is_integer(type_of(left)):
                yield compare("ge", widened(left), widened(right))
            case Apply("le", (left, right)) if is_integer(type_of(left)):
                yield compare("le", widened(left), _shifted(right, 1))
            case Apply("ge", (left, right)) if is_integer(type_of(left)):
                yield compare("ge", widened(left), _shifted(right, -1))
            case _:
                pass


def _shifted(value: Expr, by: int) -> Expr:
    if isinstance(value, IntLit):
        return integer(value.value + by)
    return apply("add", widened(value), integer(by))


def _of_slices(site: LoopSite) -> Iterator[Expr]:
    for node in walk(*(clause.condition for clause in site.loop.invariants)):
        if isinstance(node, Apply) and node.op in _NARROW:
            bounds = tuple(_demanded(node))
            if all(_is_stated(bound, site) for bound in bounds):
                yield from bounds


def _of_places(site: LoopSite) -> Iterator[Expr]:
    """Where the elements lie that quantifiers speak of: `i <= len(xs)` for all `xs[k]`, k < i.

    Said plainly, and of ranges that are not empty, for where only that holds.
    """
    for quantifier in walk(*(clause.condition for clause in site.loop.invariants)):
        match quantifier:
            case Quant(_, binder, Apply("seq.range", (low, high, _)), body):
                for xs, place in _indexed(body):
                    if binder.name in free_vars(place):
                        least, most = _reach(place, length(xs), binder.name, (low, high))
                        for bound in (least, most):
                            if not _is_plain(bound):
                                yield bound
                                yield disjunction((compare("ge", low, high), bound))
            case _:
                pass


def _indexed(body: Expr) -> Iterator[tuple[Expr, Expr]]:
    for node in walk(body):
        match node:
            case Apply(op, (xs, place)) if op in _INDEXED:
                yield xs, place
            case _:
                pass


_PLAINLY = {"seq.at_neg": "seq.at", "str.at_neg": "str.at"}
_INDEXED = _PLAINLY.keys() | {"seq.at", "str.at", "str.char_at"}


def _reach(place: Expr, end: Expr, name: str, bounds: tuple[Expr, Expr]) -> tuple[Expr, Expr]:
    """That a place is not before the start, and before the end, wherever its variable counts."""
    first, last = (substitute(place, {name: bound}) for bound in bounds)
    match place:
        case Apply("sub", (_, taken)) if name in free_vars(taken):
            first, last = _shifted(last, 1), _shifted(first, 1)
        case _:
            pass
    return normal(compare("le", integer(0), first)), normal(compare("le", last, end))


def _is_stated(bound: Expr, site: LoopSite) -> bool:
    """Whether it speaks of variables at the loop's head, and of no slices of slices."""
    sliced = any(isinstance(node, Apply) and node.op in _NARROW for node in walk(bound))
    return not sliced and free_vars(bound).keys() <= site.visible.keys()


_NARROW = frozenset({"seq.slice", "seq.slice_to", "seq.slice_from", "seq.at_neg"})


def _demanded(node: Apply) -> Iterator[Expr]:
    """What makes an application the narrow one: `seq.subslice`, `seq.at`."""
    xs, *places = node.args
    if node.op == "seq.at_neg":
        yield compare("le", integer(0), places[0])
        return
    for low, high in zip((integer(0), *places), (*places, length(xs)), strict=True):
        yield compare("le", low, high)


def _within(condition: Expr, known: frozenset[str]) -> Expr:
    """The condition with the narrow operator wherever its bounds are known."""

    def change(node: Node) -> Node:
        if isinstance(node, Quant):
            return _from_the_start(node, known)
        if not isinstance(node, Apply) or node.op not in _NARROW:
            return node
        if not {print_expr(bound) for bound in _demanded(node) if not _is_plain(bound)} <= known:
            return node
        xs, *places = node.args
        if node.op == "seq.at_neg":
            return replace(apply("seq.at", xs, *places), span=node.span)
        low = integer(0) if node.op == "seq.slice_to" else places[0]
        high = length(xs) if node.op == "seq.slice_from" else places[-1]
        return replace(apply("seq.subslice", xs, low, high), span=node.span)

    return rewrite(condition, change)


def _from_the_start(quantifier: Quant, known: frozenset[str]) -> Quant:
    """With places that surely do not count from the end, where the range says so."""
    match quantifier.domain:
        case Apply("seq.range", (low, high, _)):
            name = quantifier.binder.name
        case _:
            return quantifier

    def change(node: Node) -> Node:
        match node:
            case Apply(op, (xs, place)) if op in _PLAINLY and name in free_vars(place):
                least, _ = _reach(place, length(xs), name, (low, high))
                if _is_plain(least) or print_expr(least) in known:
                    return replace(apply(_PLAINLY[op], xs, place), span=node.span)
            case _:
                pass
        return node

    return replace(quantifier, body=rewrite(quantifier.body, change))


def _standing(
    module: Module,
    proof: Function,
    wanted: Mapping[int, tuple[Expr, ...]],
    *,
    allow_real: bool,
) -> dict[int, tuple[Expr, ...]]:
    """The bounds that are invariants beside those that the proof has."""
    annotations = {
        site.number: Annotation(
            (
                *(Clause(bound, Origin.MINED) for bound in wanted[site.number]),
                *site.loop.invariants,
            ),
            site.loop.decreases,
        )
        for site in loop_sites(proof)
    }
    tried = annotate(proof, annotations)
    run = Execution(with_function(module, tried), tried, allow_real=allow_real)
    run.run()
    solver = Solver(run.universe, run.facts, steps=QUICK_STEPS)
    kept = set(run.literals)
    on_trial = {which for which in kept if which.clause < len(wanted[which.loop])}
    while on_trial:
        asked = [o for o in run.obligations if o.subject in on_trial]
        literals = [run.literals[which] for which in run.literals if which in kept]
        replies = solver.ask([o.question for o in asked], literals)
        failed = {
            o.subject
            for o, reply in zip(asked, replies, strict=True)
            if reply.answer is Answer.OPEN
        }
        if not failed:
            break
        kept -= failed
        on_trial -= failed
    return {
        number: tuple(
            bound for place, bound in enumerate(bounds) if InvariantId(number, place) in kept
        )
        for number, bounds in wanted.items()
    }
