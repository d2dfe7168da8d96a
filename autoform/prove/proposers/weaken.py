r"""Proposes the postcondition weakened to the part of the input already seen.

A loop that computes `\result` satisfies at its head what the postcondition says of the whole
input, said of a prefix (D. Gries, "The Science of Programming", ch. 16: replacing a constant by
a variable). So each conjunct of `ensures` is taken with `\result` replaced by what the function
returns, and then a length, an integer parameter or a literal replaced by a loop variable, or a
sequence replaced by its prefix or suffix at one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import cast

from autoform.ir.build import disjunction
from autoform.ir.definedness import conditions
from autoform.ir.exprs import (
    Apply,
    Binder,
    Comprehension,
    Expr,
    Generator,
    IntLit,
    Old,
    Quant,
    Quantifier,
    ResultValue,
    TupleGet,
    TupleLit,
    Var,
    type_of,
)
from autoform.ir.node import Node
from autoform.ir.ops import apply
from autoform.ir.stmts import Return
from autoform.ir.traversal import free_vars, map_children, substitute, walk
from autoform.ir.types import INT, SeqType, StrType
from autoform.prove.candidate import LoopView, conjuncts, length, widened
from autoform.prove.carried import carried, ends_after


class Weaken:
    """Postconditions of a prefix."""

    name = "weaken"

    def propose(self, view: LoopView) -> Iterable[Expr]:
        """Each conjunct for each returned expression, as it is and weakened once or twice."""
        seen: set[Expr] = set()
        guard = view.site.loop.condition
        asked = list(goals(view))
        around = [turned for goal in asked for turned in (goal, *_other_way_round(goal))]
        told = asked + [part for goal in around for part in _instances(goal, view)]
        told += [part for goal in told for part in _of_entry(goal, view)]
        for place, goal in enumerate(told):
            yield disjunction((goal, guard))
            if place < len(asked):
                yield from _elsewhere(goal, view)
            if _is_nested(goal):
                continue
            for weaker in _weakenings(goal, view):
                if weaker in seen or _is_circular(weaker, goal):
                    continue
                if not free_vars(weaker).keys() - view.visible.keys():
                    seen.add(weaker)
                    yield weaker


def goals(view: LoopView) -> Iterator[Expr]:
    """What the postcondition says of each returned expression that the loop head can see."""
    returned = [node.value for node in walk(*view.function.body) if isinstance(node, Return)]
    visible = [value for value in returned if not free_vars(value).keys() - view.visible.keys()]
    visible = [value for value in visible if _is_plain(value)]
    for clause in view.function.contract.ensures:
        for conjunct in (*conjuncts(clause.condition), *defined(clause.condition)):
            if not _says_result(conjunct):
                yield conjunct
                continue
            for value in dict.fromkeys(visible):
                yield replace_result(conjunct, value)
    yield from _after_the_loop(view)


def _after_the_loop(view: LoopView) -> Iterator[Expr]:
    """What the postcondition asks of the state before the statements that lead to a return."""
    inout = {param.name for param in view.function.params if param.inout}
    for value, values in ends_after(view.function.body, view.site.loop):
        changed = {name: value for name, value in values.items() if name in inout}
        for clause in view.function.contract.ensures if values and _is_plain(value) else ():
            for conjunct in conjuncts(clause.condition):
                goal = carried(conjunct, changed)
                if goal is not None and (changed or _says_result(goal)):
                    goal = replace_result(goal, value)
                    if free_vars(goal).keys() <= view.visible.keys():
                        yield goal


def _is_nested(goal: Expr) -> bool:
    """Whether it tells of nested loops, of whose rounds `Rounds` proposes what is worth asking."""
    listed = (node for node in walk(goal) if isinstance(node, Comprehension))
    return any(sum(isinstance(c, Generator) for c in each.clauses) > 1 for each in listed)


def _is_circular(weaker: Expr, goal: Expr) -> bool:
    """Whether a variable that the goal equates with something is to be told by itself."""
    match weaker, goal:
        case Apply("eq", (Var(name), told)), Apply("eq", (_, asked)):
            return name in free_vars(told) and name not in free_vars(asked)
        case _:
            return False


def _says_result(goal: Expr) -> bool:
    return any(isinstance(node, ResultValue) for node in walk(goal))


def _other_way_round(goal: Expr) -> Iterator[Expr]:
    """A claim about all pairs with its two quantifiers exchanged."""
    match goal:
        case Quant(
            Quantifier.FORALL, outer, rows, Quant(Quantifier.FORALL, inner, columns, body)
        ) if outer.name not in free_vars(columns):
            turned = Quant(Quantifier.FORALL, outer, rows, body)
            yield Quant(Quantifier.FORALL, inner, columns, turned)
        case _:
            pass


def _instances(goal: Expr, view: LoopView) -> Iterator[Expr]:
    """What a universal goal says of the row or the place that a loop around this one is at.

    `all(P(row) for row in rows)` gives `P(row)`; of `rows[i]`, the row that is being made.
    """
    if not isinstance(goal, Quant) or goal.kind is not Quantifier.FORALL:
        return
    around = [
        Var(name, type_)
        for name, type_ in view.visible.items()
        if type_ == goal.binder.type and name not in view.changing
    ]
    for value in around[:_MOST_AROUND]:
        told = replace_term(goal.body, Var(goal.binder.name, value.type), value)
        yield told
        made = [v for v in view.sequences() if view.changes(v)]
        for node in walk(told):
            match node:
                case Apply("seq.at" | "seq.at_neg", (Var(), place)) if place == value:
                    for local in made:
                        if local.type == type_of(node):
                            yield replace_term(told, node, local)
                case _:
                    pass


_MOST_AROUND = 6


def _of_entry(goal: Expr, view: LoopView) -> Iterator[Expr]:
    """The goal of what parameters were at entry, where the loop changes them.

    In `ensures` a parameter is what was given; at the loop's head its name is what is left of it.
    """
    given = {
        param.name: Old(Var(param.name, param.type))
        for param in view.function.params
        if not param.inout and param.name in view.changing
    }
    if not given.keys().isdisjoint(free_vars(goal)) and not _says_old(goal):
        yield substitute(goal, given)


def _says_old(goal: Expr) -> bool:
    return any(isinstance(node, Old) for node in walk(goal))


def _elsewhere(goal: Expr, view: LoopView) -> Iterator[Expr]:
    """The goal of another variable in place of one: when the loop ends they are neighbours.

    With `low + 1 == high` at the end, `(low + 1) * (low + 1) > n` was `high * high > n` before.
    """
    changing = [v for v in map(widened, view.variables_of_integers()) if view.changes(v)]
    if len(changing) > _MOST_ELSEWHERE:
        return
    for here in changing:
        if isinstance(here, Var) and here.name in free_vars(goal):
            for there in changing:
                if there != here:
                    for by in (0, 1, -1):
                        place = apply("add", there, IntLit(by, INT)) if by else there
                        yield replace_term(goal, here, place)


_MOST_ELSEWHERE = 4


def _is_plain(value: Expr) -> bool:
    """Whether a result is little more than variables: of others the goal says too much."""
    return sum(1 for _ in walk(value)) <= _LARGEST_RESULT


_LARGEST_RESULT = 5


def defined(condition: Expr) -> Iterator[Expr]:
    """What a universal condition needs to have a value: that keys are present, say."""
    if not isinstance(condition, Quant) or condition.kind is not Quantifier.FORALL:
        return
    for node in walk(condition.body):
        if isinstance(node, Apply):
            for _, needed in conditions(node):
                if condition.binder.name in free_vars(needed) and not _speaks_of_others(needed):
                    yield replace(condition, body=needed)


def _speaks_of_others(needed: Expr) -> bool:
    """Plain bounds of indexes are proposed elsewhere."""
    return not any(isinstance(n, Apply) and n.op.startswith("map.") for n in walk(needed))


def replace_result(condition: Expr, value: Expr) -> Expr:
    r"""The condition with `\result` replaced; components of a returned tuple are simplified."""

    def change(node: Node) -> Node:
        if isinstance(node, ResultValue):
            return value
        node = map_children(node, change)
        if isinstance(node, TupleGet) and isinstance(node.tuple, TupleLit):
            return node.tuple.items[node.index]
        return node

    return cast(Expr, change(condition))


def _weakenings(goal: Expr, view: LoopView) -> Iterator[Expr]:
    yield goal
    counters = [v for v in map(widened, view.variables_of_integers()) if view.changes(v)]
    counters += [length(each) for each in view.sequences() if view.changes(each)]
    once = list(_one_step(goal, counters, view))
    yield from once
    if len(once) <= _MAX_SECOND:
        for weaker in once:
            yield from _one_step(weaker, counters, view)


def _one_step(goal: Expr, counters: list[Expr], view: LoopView) -> Iterator[Expr]:
    for counter in counters:
        for place in (
            counter,
            apply("add", counter, IntLit(1, INT)),
            apply("sub", counter, IntLit(1, INT)),
        ):
            for bound in _bounds_in(goal):
                if bound != place and not (isinstance(bound, Var) and view.changes(bound)):
                    yield replace_term(goal, bound, place)
            yield from _narrower(goal, place)
        for sequence in _sequences_in(goal):
            family = "str" if isinstance(type_of(sequence), StrType) else "seq"
            yield replace_sequence(goal, sequence, apply(f"{family}.slice_to", sequence, counter))
            if any(isinstance(node, Apply) and node.op in _EXTREMA for node in walk(goal)):
                some = apply("max2", counter, IntLit(1, INT))
                first = apply(f"{family}.slice_to", sequence, some)
                yield replace_sequence(goal, sequence, first)
            for start in (counter, apply("add", counter, IntLit(1, INT))):
                rest = apply(f"{family}.slice_from", sequence, start)
                yield replace_sequence(goal, sequence, rest)


def _narrower(goal: Expr, place: Expr) -> Iterator[Expr]:
    """The goal with one bound of one quantifier's range moved, and nothing else.

    Who works from both ends has done the places next to each: `xs[n - i:]` beside `xs[:i]`.
    """
    for quantifier in walk(goal):
        match quantifier:
            case Quant(_, binder, Apply("seq.range", (low, high, step))):
                mirrored = apply("sub", high, place)
                for bounds in ((low, place), (place, high), (mirrored, high)):
                    rounds = apply("seq.range", *bounds, step)
                    narrow = replace(quantifier, binder=binder, domain=rounds)
                    yield replace_term(goal, quantifier, narrow)
            case _:
                pass


def _bounds_in(goal: Expr) -> list[Expr]:
    """Integer terms of a goal that a loop variable may stand for: lengths, parameters, bounds."""
    found: dict[Expr, None] = {}
    bound = {node.name for node in walk(goal) if isinstance(node, Binder)}
    for node in walk(goal):
        match node:
            case Apply("seq.len" | "str.len", (Var(),)) | Var() if type_of(node) == INT:
                found[node] = None
            case Apply("seq.range", (low, high, _)):
                found[low] = None
                found[high] = None
            case _:
                pass
    return [term for term in found if bound.isdisjoint(free_vars(term))]


def _sequences_in(goal: Expr) -> list[Var]:
    """Sequence variables of a goal. One that the loop changes may be right up to a place."""
    found = {
        node: None
        for node in walk(goal)
        if isinstance(node, Var) and isinstance(node.type, SeqType | StrType)
    }
    return list(found)


def replace_term(goal: Expr, old: Expr, new: Expr) -> Expr:
    """The goal with every occurrence of a term replaced."""

    def change(node: Node) -> Node:
        return new if node == old else map_children(node, change)

    return cast(Expr, change(goal))


def replace_sequence(goal: Expr, old: Var, new: Expr) -> Expr:
    """The goal with a sequence replaced where it is used as a whole, not at places told already."""

    def change(node: Node) -> Node:
        if node == old:
            return new
        if isinstance(node, Apply) and node.op in _INDEXING and node.args[0] == old:
            rest = tuple(cast(Expr, change(arg)) for arg in node.args[1:])
            return Apply(node.op, (old, *rest), node.type, span=node.span)
        if isinstance(node, Old):
            return node
        return map_children(node, change)

    return cast(Expr, change(goal))


_EXTREMA = frozenset({"seq.min", "seq.max"})
"""Of nothing there is none, so the prefix has an element from the start."""

_INDEXING = frozenset(
    {"seq.at", "seq.at_neg", "str.at", "str.at_neg", "str.char_at"}
    | {f"{family}.{form}" for family in ("seq", "str") for form in ("slice", "subslice")}
    | {f"{family}.slice_{end}" for family in ("seq", "str") for end in ("to", "from")}
)
_MAX_SECOND = 24
