"""Why a recursive definition ends, as Lean is told it.

A measure comes from the loop (a range) or the contract (`decreases`); else one is guessed from
the condition or from an argument that shrinks. `omega` proves what is sure to be linear; where it
may not be, `first | omega | sorry`, and Lean warns of the `sorry` it needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from autoform.ir.build import widened
from autoform.ir.decls import Function
from autoform.ir.exprs import And, Apply, Call, Expr, IntLit, Var, type_of
from autoform.ir.ops import apply
from autoform.ir.stmts import If
from autoform.ir.traversal import free_vars, walk
from autoform.ir.types import INT, SeqType, StrType, is_integer
from autoform.passes.blocks import integer
from autoform.passes.purity import may_raise

SURE: Final = "all_goals omega"
TRIED: Final = "all_goals first | omega | (simp +zetaDelta at * <;> omega) | sorry"
ASSUMED: Final = "all_goals sorry"


@dataclass(frozen=True, slots=True)
class Measure:
    """Integers that fall in lexicographic order, the proof of it, and what a reader must know."""

    terms: tuple[Expr, ...]
    proof: str
    note: str = ""


def measure_of(function: Function, component: frozenset[str]) -> Measure:
    """The measure of a recursive function; `component` are the functions that call each other."""
    calls = [
        node
        for node in walk(*function.body)
        if isinstance(node, Call) and node.function in component
    ]
    given = function.contract.decreases
    if len(given) == 1 and component == {function.name} and _counts(function, given[0], calls):
        return Measure(given, SURE)
    if given and (len(given) == 1 or len(component) == 1) and not any(map(may_raise, given)):
        return Measure(given, TRIED, "Lean warns of `sorry` if the measure is not shown to fall.")
    guess = next(_guesses(function, calls, component), None)
    if guess is not None:
        return Measure(
            (guess,), TRIED, "The measure is a guess: Lean warns of `sorry` if it does not fall."
        )
    return Measure((integer(0),), ASSUMED, "That it ends is assumed (`sorry`).")


def _counts(function: Function, measure: Expr, calls: list[Call]) -> bool:
    """Whether the function counts towards a bound that stays, and stops there."""
    if not function.body or not calls:
        return False
    match function.body[0], measure:
        case (
            If(Apply("ge", (Var(counter), bound)), _, ()),
            Apply("sub", (stop, Var(counted))),
        ):
            sign = 1
        case (
            If(Apply("le", (Var(counter), bound)), _, ()),
            Apply("sub", (Var(counted), stop)),
        ):
            sign = -1
        case _:
            return False
    if counter != counted or bound != stop:
        return False
    names = [param.name for param in function.params]
    place = names.index(counter)
    fixed = free_vars(bound)
    return all(
        _stepped(call.args[place], counter, sign)
        and all(call.args[names.index(v)] == Var(v, t) for v, t in fixed.items())
        for call in calls
    )


def _stepped(arg: Expr, counter: str, sign: int) -> bool:
    match arg:
        case Apply("add", (Var(name), IntLit(step))):
            return name == counter and step * sign > 0
        case _:
            return False


def _guesses(function: Function, calls: list[Call], component: frozenset[str]) -> Iterator[Expr]:
    names = {param.name for param in function.params}
    for stmt in function.body:
        match stmt:
            case If(Apply("not", (condition,)), _, ()):
                for guess in _from_condition(condition):
                    if free_vars(guess).keys() <= names and not may_raise(guess):
                        yield guess
            case _:
                break
    if component == {function.name}:
        yield from _from_arguments(function, calls)


def _from_condition(condition: Expr) -> Iterator[Expr]:
    """What goes to zero as the loop's condition comes to fail."""
    match condition:
        case And(items):
            for item in items:
                yield from _from_condition(item)
        case Apply(op, sides) if len(sides) == 2 and is_integer(type_of(sides[0])):
            left, right = (s if type_of(s) == INT else widened(s) for s in sides)
            match op:
                case "lt":
                    yield _difference(right, left)
                case "le":
                    yield apply("add", _difference(right, left), integer(1))
                case "gt":
                    yield _difference(left, right)
                case "ge":
                    yield apply("add", _difference(left, right), integer(1))
                case "ne":
                    yield apply("abs", _difference(left, right))
                case _:
                    return
        case _:
            return


def _difference(left: Expr, right: Expr) -> Expr:
    return left if right == IntLit(0, INT) else apply("sub", left, right)


def _from_arguments(function: Function, calls: list[Call]) -> Iterator[Expr]:
    """A parameter that every call makes smaller, as far as its expression shows."""
    for place, param in enumerate(function.params):
        var = Var(param.name, param.type)
        if not all(_shrinks(call.args[place], var) for call in calls):
            continue
        if is_integer(param.type):
            yield var
        elif isinstance(param.type, SeqType):
            yield apply("seq.len", var)
        elif isinstance(param.type, StrType):
            yield apply("str.len", var)


def _shrinks(arg: Expr, var: Var) -> bool:
    match arg:
        case Apply("sub", (inner, IntLit(step))):
            return inner == var and step > 0
        case Apply("floor_div" | "trunc_div" | "euclid_div", (inner, IntLit(by))):
            return inner == var and by > 1
        case Apply(op, (inner, *_)) if "slice" in op:
            return inner == var
        case _:
            return False
