r"""Proposes how a loop computes what the contract defines by a function.

For `\result == f(n)`, with the variables that the loop changes in the places of the parameters:

    f(x, y) == f(a, b)          the rest of the work gives the same (a tail call)
    acc * f(k) == f(n)          the rest is still to be multiplied (or added)
    b == f(i + 1)               another variable is a neighbour's value

A power is such a function. So is the greatest common divisor, though the contract does not name
it: a loop that takes remainders or differences keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product
from typing import Final, TypeAlias

from autoform.ir.exprs import Apply, Call, Expr, IntLit, Old, ResultValue, Var, type_of
from autoform.ir.ops import apply
from autoform.ir.stmts import Return
from autoform.ir.traversal import walk
from autoform.ir.types import INT, Type
from autoform.prove.candidate import LoopView, conjuncts

Defining: TypeAlias = Call | Apply
"""A call of a function of the module, or a power."""

_MOST_ARGUMENTS: Final = 3
_MOST_CHOICES: Final = 40


class Definitions:
    """Equations between calls of the function that defines the result."""

    name = "definitions"

    def propose(self, view: LoopView) -> Iterable[Expr]:
        """For each call that the result is said to equal, and for gcd where it may be kept."""
        for call in _defining(view):
            yield from _rests(view, call)
            yield from _neighbours(view, call)
        yield from _divisors(view)


def _defining(view: LoopView) -> Iterator[Defining]:
    for clause in view.function.contract.ensures:
        for conjunct in conjuncts(clause.condition):
            match conjunct:
                case Apply("eq", (ResultValue(), Call() | Apply("int.pow") as call)) | Apply(
                    "eq", (Call() | Apply("int.pow") as call, ResultValue())
                ):
                    yield call
                case _:
                    pass


def _again(call: Defining, args: Iterable[Expr]) -> Expr:
    """The same function of other arguments."""
    return replace(call, args=tuple(args))


def _changing(view: LoopView, type_: Type) -> list[Expr]:
    return [Var(n, t) for n, t in view.visible.items() if t == type_ and n in view.changing]


def _rests(view: LoopView, call: Defining) -> Iterator[Expr]:
    """The call with other arguments, alone or with what was gathered already."""
    if len(call.args) > _MOST_ARGUMENTS:
        return
    choices = [[*_changing(view, type_of(arg)), arg] for arg in call.args]
    goal = _again(call, (_entry(view, arg) for arg in call.args))
    for args in list(product(*choices))[:_MOST_CHOICES]:
        rest = _again(call, args)
        if rest == goal:
            continue
        yield apply("eq", rest, goal)
        if call.type == INT:
            for gathered in _changing(view, INT):
                if gathered not in args:
                    yield apply("eq", apply("mul", gathered, rest), goal)
                    yield apply("eq", apply("add", gathered, rest), goal)


def _entry(view: LoopView, arg: Expr) -> Expr:
    """A parameter as it was at entry, where the function changes it."""
    return Old(arg) if isinstance(arg, Var) and view.changes(arg) else arg


def _neighbours(view: LoopView, call: Defining) -> Iterator[Expr]:
    """Variables as values of the function at the counter and beside it."""
    for place, arg in enumerate(call.args):
        if type_of(arg) != INT:
            continue
        for counter in _changing(view, INT):
            for by in (-1, 0, 1, 2):
                at = apply("add", counter, IntLit(by, INT)) if by else counter
                args = (*call.args[:place], at, *call.args[place + 1 :])
                for value in _changing(view, call.type):
                    if value != counter:
                        yield apply("eq", value, _again(call, args))


def _divisors(view: LoopView) -> Iterator[Expr]:
    """The greatest common divisor of two variables, as it was for the parameters."""
    if not any(isinstance(n, Apply) and n.op == "floor_mod" for n in walk(view.function)):
        return
    if not any(isinstance(node, Return) for node in walk(*view.function.body)):
        return
    numbers = [Var(p.name, p.type) for p in view.function.params if p.type == INT]
    changing = _changing(view, INT)
    for one, two in product(changing[:4], changing[:4]):
        for first, second in product(numbers[:3], numbers[:3]):
            if one != two and first != second:
                before = apply("int.gcd", _entry(view, first), _entry(view, second))
                yield apply("eq", apply("int.gcd", one, two), before)
