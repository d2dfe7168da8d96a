"""What a caller knows of a function: what its result shares with the arguments and itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from autoform.frontends.python.aliasing.state import (
    NOTHING,
    Object,
    Objects,
    Shape,
    Site,
    State,
    flat,
)


@dataclass(frozen=True, slots=True)
class Summary:
    """The function's state when it returns, as far as the result and parameters reach.

    `inout` are the places of the parameters whose objects the function changes.
    """

    result: Shape = NOTHING
    state: State = field(default_factory=State)
    inout: frozenset[int] = frozenset()
    count: int = 0


Summaries: TypeAlias = Callable[[str], Summary]


def param(place: int) -> Object:
    """The object that a parameter is called with."""
    return ("param", place), 0


def inside(place: int) -> Object:
    """The objects inside it."""
    return ("inside", place), 0


def instantiate(
    summary: Summary, evaluate: Callable[[], list[Objects]], state: State, site: Site
) -> tuple[Shape, list[Objects]]:
    """The result of a call in the caller's state, and the arguments that `evaluate` finds.

    What the callee makes is allocated first, so that no argument is taken for it.
    """
    found: dict[Object, Objects] = {}
    reached = summary.state.reach(flat(summary.result))
    for place in range(summary.count):
        reached |= summary.state.reach({param(place)})
    made: dict[Site, Objects] = {}
    for obj in reached:
        if obj[0][0] not in _OF_PARAMS:
            # By the callee's place only: a recursive function's objects stay finitely many.
            here = (*site, obj[0][0])
            if here not in made:
                made[here] = frozenset({state.allocate(here)})
            found[obj] = made[here]
    arguments = evaluate()
    for place, objects in enumerate(arguments):
        found[param(place)] = objects
        found[inside(place)] = state.contents(state.reach(objects))
    for obj in reached:
        _connect(obj, summary, found, state)
    for obj in summary.state.shared & reached:
        state.shared |= found.get(obj, NOTHING)
    return _mapped(summary.result, found), arguments


_OF_PARAMS: Final = frozenset({"param", "inside"})


def _connect(obj: Object, summary: Summary, found: dict[Object, Objects], state: State) -> None:
    """Put into the caller's objects what the callee put into its own."""
    held = summary.state.heap.get(obj, NOTHING)
    inner: Objects = frozenset().union(*(found.get(each, NOTHING) for each in held))
    for container in found.get(obj, NOTHING):
        before = state.heap.get(container, NOTHING)
        added = inner - before
        state.heap[container] = before | inner
        state.shared |= added & state.held
        state.held |= added


def _mapped(shape: Shape, found: dict[Object, Objects]) -> Shape:
    if isinstance(shape, frozenset):
        return frozenset().union(*(found.get(each, NOTHING) for each in shape))
    return tuple(_mapped(part, found) for part in shape)
