"""Proposes what stands where: values in sequences, sets and keys against what was seen so far.

best in xs        seen == set(xs[:i])        all(k in xs[:i] for k in m)        xs[m[k]] == k
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from autoform.ir.exprs import Binder, Expr, IntLit, Quant, Quantifier, Var
from autoform.ir.ops import apply
from autoform.ir.traversal import all_names, fresh_name
from autoform.ir.types import INT, MapType, SeqType, SetType, Type
from autoform.prove.candidate import LoopView
from autoform.prove.shapes import shape_of


class Members:
    """Membership between variables of a loop."""

    name = "members"

    def propose(self, view: LoopView) -> Iterable[Expr]:
        """For each container that the loop changes, and each sequence of what it holds."""
        names = set(all_names(view.function))
        binder = fresh_name("e", names)
        for variable in _variables(view):
            match variable.type:
                case SetType(element):
                    for seen in _seen(view, element):
                        yield apply("eq", variable, apply("seq.to_set", seen))
                        yield from _within(binder, variable, element, seen)
                case MapType(key, value):
                    for seen in _seen(view, key):
                        yield from _keys(binder, variable, key, seen)
                        if value == INT:
                            yield from _places(binder, variable, key, seen)
                    if value == INT:
                        yield from _natural(binder, variable, key)
                case type_:
                    for seen in _sequences(view, type_):
                        yield apply("seq.contains", seen, variable)


def _variables(view: LoopView) -> list[Var]:
    return [Var(n, t) for n, t in view.visible.items() if n in view.changing]


def _sequences(view: LoopView, element: Type) -> list[Expr]:
    return [each for each in view.sequences() if each.type == SeqType(element)]


def _seen(view: LoopView, element: Type) -> Iterator[Expr]:
    """Sequences that the loop changes, and the parts of others that its counters have passed."""
    counters = [c for c in shape_of(view.function, view.site.loop).counters if c.upward]
    for sequence in _sequences(view, element):
        if view.changes(sequence):
            yield sequence
        else:
            for counter in counters:
                yield apply("seq.slice_to", sequence, counter.variable)


def _within(name: str, container: Var, element: Type, seen: Expr) -> Iterator[Expr]:
    member = Var(name, element)
    inside = apply("seq.contains", seen, member)
    yield Quant(Quantifier.FORALL, Binder(name, element), container, inside)


def _keys(name: str, mapping: Var, key: Type, seen: Expr) -> Iterator[Expr]:
    yield from _within(name, mapping, key, seen)
    present = apply("map.contains", mapping, Var(name, key))
    yield Quant(Quantifier.FORALL, Binder(name, key), seen, present)


def _places(name: str, mapping: Var, key: Type, seen: Expr) -> Iterator[Expr]:
    """Values that are places of their keys."""
    place = apply("map.at", mapping, Var(name, key))
    whole = seen.args[0] if hasattr(seen, "args") else seen
    for body in (
        apply("lt", place, apply("seq.len", seen)),
        apply("eq", apply("seq.at", whole, place), Var(name, key)),
    ):
        yield Quant(Quantifier.FORALL, Binder(name, key), mapping, body)


def _natural(name: str, mapping: Var, key: Type) -> Iterator[Expr]:
    value = apply("map.at", mapping, Var(name, key))
    for least in (0, 1):
        body = apply("le", IntLit(least, INT), value)
        yield Quant(Quantifier.FORALL, Binder(name, key), mapping, body)
