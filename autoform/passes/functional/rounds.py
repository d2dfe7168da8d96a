"""The three kinds of loop as recursion: what a call gets, when it stops, what a round starts with.

while c { … }              fn loop(…) { if !c { stop } … loop(…) }
for i in a..b by s { … }   fn loop(i, …) { if i >= b { stop } … loop(i + s, …) }
for x in xs { … }          fn loop(rest, …) { if rest == [] { stop } var x = rest[0]; …
loop(rest[1:], …) }
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from autoform.ir.decls import Param
from autoform.ir.exprs import Apply, BoolLit, Expr, IntLit, Var, type_of
from autoform.ir.ops import apply
from autoform.ir.stmts import Clause, ForEach, ForRange, If, Loop, Raise, While
from autoform.ir.traversal import assigned_names, free_vars
from autoform.ir.types import INT, IntType
from autoform.passes.blocks import Names, integer, negate
from autoform.passes.foreach_to_while import as_sequence
from autoform.passes.forrange_to_while import Bounds


@dataclass(frozen=True, slots=True)
class Rounds:
    """A loop as recursion, in the names of the source function.

    `own` are parameters that the loop adds to the source variables it passes on; `first` and
    `next` their values at the first call and at the next. `reads` are variables needed by what
    the loop adds. `starts` are locals computed at the start of a round.
    """

    own: tuple[Param, ...] = ()
    first: tuple[Expr, ...] = ()
    next: tuple[Expr, ...] = ()
    stops: Expr | None = None
    starts: tuple[tuple[str, Expr], ...] = ()
    checks: tuple[If, ...] = ()
    measure: tuple[Expr, ...] = ()
    invariants: tuple[Clause, ...] = ()

    def reads(self) -> frozenset[str]:
        """The source variables that the parts above read in a round."""
        exprs = (*self.next, *self.measure, *(value for _, value in self.starts))
        if self.stops is not None:
            exprs = (*exprs, self.stops)
        found = frozenset(name for expr in exprs for name in free_vars(expr))
        return found - {param.name for param in self.own}


def rounds_of(loop: Loop, names: Names) -> Rounds:
    """The loop as recursion; new names are taken from those of the source function."""
    match loop:
        case While():
            return _while(loop)
        case ForRange():
            return _range(loop, names)
        case ForEach():
            return _each(loop, names)
        case _:
            assert_never(loop)


def _while(loop: While) -> Rounds:
    endless = loop.condition == BoolLit(value=True)
    return Rounds(
        stops=None if endless else negate(loop.condition),
        measure=loop.decreases,
        invariants=loop.invariants,
    )


def _each(loop: ForEach, names: Names) -> Rounds:
    source = as_sequence(loop.source)
    span = loop.source.span
    rest = Var(names.fresh("rest"), type_of(source), span=span)
    length = apply("seq.len", rest, span=span)
    return Rounds(
        own=(Param(rest.name, rest.type, span=span),),
        first=(source,),
        next=(apply("seq.slice_from", rest, integer(1), span=span),),
        stops=apply("eq", length, integer(0), span=span),
        starts=((loop.binder.name, apply("seq.at", rest, integer(0), span=span)),),
        measure=(length,),
        invariants=loop.invariants,
    )


def _range(loop: ForRange, names: Names) -> Rounds:
    plain = isinstance(loop.binder.type, IntType)
    span = loop.binder.span
    name = loop.binder.name if plain else names.fresh(f"{loop.binder.name}_next")
    counter = Var(name, INT, span=span)
    own = [Param(name, INT, span=span)]
    first = [_widened(loop.start)]
    bounds = []
    for base, bound in (("stop", loop.stop), ("step", loop.step)):
        if _is_fixed(bound, loop):
            bounds.append(_widened(bound))
            continue
        held = Var(names.fresh(base), INT, span=bound.span)
        own.append(Param(held.name, INT, span=bound.span))
        first.append(_widened(bound))
        bounds.append(held)
    range_ = Bounds(counter, *bounds)
    starts: tuple[tuple[str, Expr], ...] = ()
    if not plain:
        value = apply("int.narrow", counter, type_=loop.binder.type, span=span)
        starts = ((loop.binder.name, value),)
    return Rounds(
        own=tuple(own),
        first=tuple(first),
        next=(apply("add", counter, range_.step, span=span), *_vars(own[1:])),
        stops=_stops(range_, counter),
        starts=starts,
        checks=_checks(range_.step, loop),
        measure=(replace(range_.measure(counter), span=span),),
        invariants=loop.invariants if plain else (),
    )


def _stops(bounds: Bounds, counter: Var) -> Expr:
    """`i >= stop` rather than `!(i < stop)`."""
    turned = {"lt": "ge", "gt": "le"}
    match bounds.goes_on(counter):
        case Apply(("lt" | "gt") as op, args):
            return apply(turned[op], *args, span=counter.span)
        case other:
            return negate(other)


def _checks(step: Expr, loop: ForRange) -> tuple[If, ...]:
    """A step of zero raises, once the bounds have been evaluated."""
    if isinstance(step, IntLit) and step.value != 0:
        return ()
    zero = apply("eq", step, integer(0), span=loop.span)
    return (If(zero, (Raise("ValueError", span=loop.span),), span=loop.span),)


def _is_fixed(bound: Expr, loop: ForRange) -> bool:
    """Whether the bound can be computed again in each round: the same value, no exception."""
    match bound:
        case IntLit():
            return True
        case (
            Var(name) | Apply(op=("seq.len" | "str.len" | "set.len" | "map.len"), args=(Var(name),))
        ):
            return name not in assigned_names(loop.body)
        case _:
            return False


def _widened(bound: Expr) -> Expr:
    match bound:
        case IntLit(value):
            return replace(integer(value), span=bound.span)
        case _ if isinstance(type_of(bound), IntType):
            return bound
        case _:
            return apply("int.widen", bound, span=bound.span)


def _vars(params: list[Param]) -> tuple[Expr, ...]:
    return tuple(Var(param.name, param.type, span=param.span) for param in params)
