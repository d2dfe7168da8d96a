"""Proposes facts about stretches of sequences between the loop's places.

Bounded by 0, the loop's integers (and one more) and the length: how elements compare with a
value, that a stretch is ascending, that no element of one exceeds one of the next, that elements
are still what they were at entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Final

from autoform.ir.exprs import Apply, Binder, Expr, IntLit, Old, Quant, Quantifier, Var, type_of
from autoform.ir.node import Node
from autoform.ir.ops import apply
from autoform.ir.stmts import Assign, VarDecl, While
from autoform.ir.traversal import all_names, free_vars, fresh_name, walk
from autoform.ir.types import INT, IntType, MachineIntType, SeqType, StrType
from autoform.prove.candidate import LoopView, length
from autoform.prove.traces import holds_in

ONE: Final = IntLit(1, INT)
ZERO: Final = IntLit(0, INT)
_RELATIONS: Final = ("eq", "ne", "lt", "le", "gt", "ge")


class Stretches:
    """Relations over stretches between places."""

    name = "stretches"

    def propose(self, view: LoopView) -> Iterable[Expr]:
        """For each sequence and each pair of its places that the loop moves."""
        names = all_names(view.function)
        k, m = (Binder(fresh_name(base, names), INT) for base in ("k", "m"))
        for sequence in view.sequences():
            pairs = list(_pairs(sequence, view))
            if view.changes(sequence):
                yield from _unchanged(sequence, pairs, view, k)
            if isinstance(sequence.type, SeqType):
                yield from _ordered(sequence, pairs, view, (k, m))
                yield from _compared(sequence, pairs, view, k)
                yield from _across(sequence, view, (k, m))
                yield from _rows(sequence, view, k)


def _places(sequence: Var, view: LoopView) -> list[Expr]:
    """Integers that serve as places somewhere in the function, the moving ones with the next."""
    used = _used_as_places(view)
    numbers = [v for v in view.variables(IntType) if v.name in used]
    moving = [v for v in numbers if view.changes(v)]
    fixed = [v for v in numbers if v not in moving]
    found: list[Expr] = [ZERO, length(sequence), *fixed][:4]
    found += [apply("add", v, ONE) for v in fixed if _is_assigned(v, view)][:2]
    found += [apply("sub", length(sequence), v) for v in fixed if _is_taken_away(v, view)][:1]
    for variable in moving[:4]:
        found += [variable, apply("add", variable, ONE)]
        if _is_taken_away(variable, view):
            found.append(apply("sub", length(sequence), variable))
    return found


def _is_assigned(variable: Var, view: LoopView) -> bool:
    """Whether the function moves the variable: a loop around this one counts with it."""
    nodes = walk(*view.function.body)
    return any(isinstance(node, Assign) and node.name == variable.name for node in nodes)


def _is_taken_away(variable: Var, view: LoopView) -> bool:
    """Whether it counts from the far end, `n - i` or `-1 - i`, with the variable or its copy."""
    nodes = list(_run(view))
    copies = {n.name for n in nodes if isinstance(n, VarDecl) and n.value == variable}
    names = {variable.name, *copies}
    return any(
        isinstance(node, Apply)
        and node.op == "sub"
        and any(isinstance(arg, Var) and arg.name in names for arg in node.args[1:])
        and not (isinstance(node.args[0], IntLit) and node.args[0].value >= 0)
        for node in nodes
    )


def _run(view: LoopView) -> Iterator[Node]:
    """What the function runs: without what is stated of its loops."""
    nodes = list(walk(*view.function.body))
    loops = [node for node in nodes if isinstance(node, While)]
    measures = {id(node) for loop in loops for node in walk(*loop.decreases)}
    return (node for node in nodes if id(node) not in measures)


def _used_as_places(view: LoopView) -> frozenset[str]:
    """Variables in an index, in the bound of a slice or range, or compared with a length.

    And those that say where the loops that count with such a variable end.
    """
    found: set[str] = set()
    for node in walk(view.function):
        match node:
            case Apply(op, (_, *rest)) if op.partition(".")[0] in {"seq", "str"}:
                for place in rest if op != "seq.range" else node.args:
                    if type_of(place) == INT:
                        found |= free_vars(place).keys()
            case _:
                pass
    told = _told_by(view)
    waiting = list(found)
    while waiting:
        more = told.get(waiting.pop(), frozenset()) - found
        found |= more
        waiting += more
    return frozenset(found)


def _told_by(view: LoopView) -> dict[str, frozenset[str]]:
    """Of each integer, those that define it and those that end loops which count with it."""
    told: dict[str, frozenset[str]] = {}
    for node in walk(*view.function.body):
        match node:
            case VarDecl(name, _, value) if value is not None:
                names = _integers(value)
            case While(Apply(op, (Var(name), end))) if op in _RELATIONS:
                names = _integers(end)
            case _:
                continue
        told[name] = told.get(name, frozenset()) | names
    return told


def _integers(expr: Expr) -> frozenset[str]:
    return frozenset(name for name, type_ in free_vars(expr).items() if type_ == INT)


def _pairs(sequence: Var, view: LoopView) -> Iterator[tuple[Expr, Expr]]:
    """Bounds of stretches, at least one of which moves; in either order of declaration."""
    places = _places(sequence, view)
    moves = view.changes(sequence)
    for first, second in combinations(places, 2):
        if second == apply("add", first, ONE):
            continue
        if moves or view.changes(first) or view.changes(second):
            if second != ZERO and first != length(sequence):
                yield first, second
            if first != ZERO and second != length(sequence):
                yield second, first


def _at(sequence: Expr, place: Expr) -> Expr:
    family = "str" if isinstance(type_of(sequence), StrType) else "seq"
    return apply(f"{family}.at", sequence, place)


def _over(binder: Binder, bounds: tuple[Expr, Expr], body: Expr) -> Expr:
    return Quant(Quantifier.FORALL, binder, apply("seq.range", *bounds, ONE), body)


def _unchanged(
    sequence: Var, pairs: list[tuple[Expr, Expr]], view: LoopView, k: Binder
) -> Iterator[Expr]:
    """The length, and the elements of stretches, are those of a parameter at entry."""
    for param in view.function.params:
        if param.type != sequence.type:
            continue
        before = Old(Var(param.name, param.type))
        yield apply("eq", length(sequence), length(before))
        place = Var(k.name, INT)
        same = apply("eq", _at(sequence, place), _at(before, place))
        for bounds in pairs:
            yield _over(k, bounds, same)
        if isinstance(sequence.type, SeqType):
            yield apply("seq.is_permutation", sequence, before)


def _ordered(
    sequence: Var, pairs: list[tuple[Expr, Expr]], view: LoopView, binders: tuple[Binder, Binder]
) -> Iterator[Expr]:
    """Ascending stretches; and whatever stands left of a place against what is right of it."""
    k, m = binders
    if not isinstance(type_of(sequence), SeqType) or not _is_number(sequence):
        return
    first, second = Var(k.name, INT), Var(m.name, INT)
    no_more = apply("le", _at(sequence, first), _at(sequence, second))
    following = apply("add", first, ONE)
    neighbours = apply("le", _at(sequence, first), _at(sequence, following))
    for low, high in pairs:
        ascending = _over(k, (low, high), _over(m, (first, high), no_more))
        if holds_in(view, ascending):
            yield ascending
        else:
            # A place may lie just beyond the end: of neighbours it can be said even then.
            yield _over(k, (low, apply("sub", high, ONE)), neighbours)
    for low, middle in pairs:
        if low == ZERO:
            beyond = _over(m, (middle, length(sequence)), no_more)
            yield _over(k, (low, middle), beyond)
    places = list(dict.fromkeys(place for pair in pairs for place in pair))
    for middle in (p for p in places if isinstance(p, Var)):
        for end in places:
            if end not in {middle, ZERO}:
                beyond = _over(m, (apply("add", middle, ONE), end), no_more)
                yield _over(k, (ZERO, middle), beyond)


def _rows(sequence: Var, view: LoopView, k: Binder) -> Iterator[Expr]:
    """Rows that are all of one length."""
    row = _at(sequence, Var(k.name, INT))
    if not view.changes(sequence) or not isinstance(type_of(row), SeqType | StrType):
        return
    for number in view.integers():
        if not isinstance(number, IntLit) and not view.changes(number):
            yield _over(k, (ZERO, length(sequence)), apply("eq", length(row), number))


def _across(sequence: Var, view: LoopView, binders: tuple[Binder, Binder]) -> Iterator[Expr]:
    """What a sequence has got against what another one still has from a place on."""
    if not view.changes(sequence) or not _is_number(sequence):
        return
    k, m = binders
    one = _at(sequence, Var(k.name, INT))
    for other in view.sequences():
        if other == sequence or other.type != sequence.type or view.changes(other):
            continue
        two = _at(other, Var(m.name, INT))
        for place in [v for v in view.variables(IntType) if v.name in _used_as_places(view)]:
            for relation in ("le", "ge"):
                rest = _over(m, (place, length(other)), apply(relation, one, two))
                yield _over(k, (ZERO, length(sequence)), rest)


def _is_number(sequence: Var) -> bool:
    return isinstance(sequence.type, SeqType) and isinstance(
        sequence.type.element, IntType | MachineIntType
    )


def _compared(
    sequence: Var, pairs: list[tuple[Expr, Expr]], view: LoopView, k: Binder
) -> Iterator[Expr]:
    """Elements of a stretch against a visible value of their type."""
    assert isinstance(sequence.type, SeqType)
    values: list[Expr] = [
        Var(name, type_) for name, type_ in view.visible.items() if type_ == sequence.type.element
    ]
    if sequence.type.element == INT:
        values += [ZERO, *_written(view)]
    chosen = [v for v in view.variables(IntType) if v.name in _used_as_places(view)]
    moving = [v for v in chosen if view.changes(v)][:2]
    values = values[:_MOST_VALUES] + [_at(sequence, v) for v in moving]
    relations = _RELATIONS if _is_number(sequence) else ("eq", "ne")
    element = _at(sequence, Var(k.name, INT))
    for value in values:
        for bounds in pairs:
            if value in bounds and value != ZERO:
                continue
            for relation in relations:
                yield _over(k, bounds, apply(relation, element, value))


def _written(view: LoopView) -> list[Expr]:
    """Literals that the function compares with something, zero apart: an element may be meant."""
    found: dict[Expr, None] = {
        each: None
        for node in walk(view.function)
        if isinstance(node, Apply) and node.op in _RELATIONS
        for each in node.args
        if isinstance(each, IntLit) and each != ZERO
    }
    return list(found)[:_MOST_WRITTEN]


_MOST_WRITTEN: Final = 3
_MOST_VALUES: Final = 8
