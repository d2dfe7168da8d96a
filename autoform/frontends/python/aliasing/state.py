"""What the analysis of aliases knows at a point: which objects variables may hold.

An abstract object stands for those made at one place of the program: the last one made there,
or all earlier ones (`age`). So `row = []` in a loop does not confuse this round's list with the
ones already stored away. Objects of a parameter are its own (`Site("param", i)`) and, together,
those inside it (`Site("inside", i)`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from autoform.ir.types import (
    MapType,
    OptionType,
    RecordType,
    SeqType,
    SetType,
    TupleType,
    Type,
    parts,
)

Site: TypeAlias = tuple[object, ...]
Object: TypeAlias = tuple[Site, int]
Objects: TypeAlias = frozenset[Object]
Shape: TypeAlias = "Objects | tuple[Shape, ...]"
"""What a value may be: objects, or for a tuple the shapes of its items."""

NOTHING: Final[Objects] = frozenset()


def flat(shape: Shape) -> Objects:
    """All objects of a shape, tuples looked through."""
    if isinstance(shape, frozenset):
        return shape
    return frozenset().union(*map(flat, shape))


def join_shapes(one: Shape, other: Shape) -> Shape:
    """What a value is that is one or the other."""
    if isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        return tuple(map(join_shapes, one, other))
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return one | other
    if not flat(one):
        return other
    return one if not flat(other) else flat(one) | flat(other)


def holds_objects(type_: Type) -> bool:
    """Whether values of the type are or hold what Python could change in place."""
    match type_:
        case SeqType() | SetType() | MapType():
            return True
        case TupleType() | OptionType() | RecordType():
            return any(map(holds_objects, parts(type_)))
        case _:
            return False


def elements_hold(type_: Type) -> bool:
    """Whether the elements of a container hold objects themselves."""
    match type_:
        case SeqType(element) | SetType(element):
            return holds_objects(element)
        case MapType(key, value):
            return holds_objects(key) or holds_objects(value)
        case OptionType(item):
            return elements_hold(item)
        case TupleType(items):
            return any(map(elements_hold, items))
        case _:
            return False


def nests_deeply(type_: Type) -> bool:
    """Whether there are objects in the elements of elements, as in a list of lists of lists."""
    match type_:
        case SeqType(element) | SetType(element):
            return elements_hold(element)
        case MapType(key, value):
            return elements_hold(key) or elements_hold(value)
        case OptionType() | TupleType():
            return any(map(nests_deeply, parts(type_)))
        case RecordType():
            return True
        case _:
            return False


def shaped(type_: Type, objects: Objects) -> Shape:
    """A value of the type about which only its objects are known."""
    if isinstance(type_, TupleType):
        return tuple(shaped(item, objects) for item in type_.items)
    return objects if holds_objects(type_) else NOTHING


@dataclass(slots=True, eq=True)
class State:
    """Variables, what containers hold, and which objects sit in one or in several containers."""

    env: dict[str, Shape] = field(default_factory=dict)
    heap: dict[Object, Objects] = field(default_factory=dict)
    held: set[Object] = field(default_factory=set)
    shared: set[Object] = field(default_factory=set)

    def copy(self) -> State:
        """An independent copy."""
        return State(dict(self.env), dict(self.heap), set(self.held), set(self.shared))

    def join(self, other: State) -> State:
        """What holds when either may be the case."""
        env = dict(self.env)
        for name, shape in other.env.items():
            env[name] = join_shapes(env[name], shape) if name in env else shape
        heap = dict(self.heap)
        for container, objects in other.heap.items():
            heap[container] = heap.get(container, NOTHING) | objects
        return State(env, heap, self.held | other.held, self.shared | other.shared)

    def allocate(self, site: Site) -> Object:
        """A new object; what was the last one made here joins the earlier ones."""
        recent, older = (site, 0), (site, 1)
        if self._is_known(recent):
            self.rename(lambda found: older if found == recent else found)
        self.heap[recent] = NOTHING
        return recent

    def _is_known(self, wanted: Object) -> bool:
        return wanted in self.heap or any(wanted in flat(shape) for shape in self.env.values())

    def rename(self, change: Callable[[Object], Object]) -> None:
        """Give objects other names; those that get one name become one."""

        def renamed(shape: Shape) -> Shape:
            if isinstance(shape, frozenset):
                return frozenset(map(change, shape))
            return tuple(map(renamed, shape))

        self.env = {name: renamed(shape) for name, shape in self.env.items()}
        heap: dict[Object, Objects] = {}
        for container, objects in self.heap.items():
            name = change(container)
            heap[name] = heap.get(name, NOTHING) | frozenset(map(change, objects))
        self.heap = heap
        self.held = set(map(change, self.held))
        self.shared = set(map(change, self.shared))

    def contents(self, objects: Iterable[Object]) -> Objects:
        """What sits directly in the containers."""
        found: set[Object] = set()
        for container in objects:
            found |= self.heap.get(container, NOTHING)
        return frozenset(found)

    def reach(self, objects: Iterable[Object]) -> Objects:
        """The objects, and everything inside them."""
        found = set(objects)
        pending = list(found)
        while pending:
            for inner in self.heap.get(pending.pop(), NOTHING):
                if inner not in found:
                    found.add(inner)
                    pending.append(inner)
        return frozenset(found)

    def store(self, containers: Iterable[Object], objects: Objects, *, twice: bool = False) -> None:
        """Put objects into containers; `twice` if each may end up in several places."""
        for container in containers:
            self.heap[container] = self.heap.get(container, NOTHING) | objects
        self.shared |= objects & self.held
        self.held |= objects
        if twice:
            self.shared |= objects
