"""The host's types as the front end infers them, and the solver that joins them.

Inference is a walk over the function that is repeated until nothing changes. What is not yet
known is a `Cell`, whose content only grows: unknown, then a type, then a wider one (`int` and
`float` make `NUMERIC`, `T` and `None` make `T | None`). A cell that grows after someone looked
makes the solver `dirty`, and the walk is repeated.

`NUMERIC` is the type of a value that is an `int` on one path and a `float` on another. It is a
double in the IR, under an invariant that keeps it exact: the Python value is that very double,
or an int that equals it, at most 2**53 in magnitude, and not where the double is -0.0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from autoform.ir import types as ir


class Mismatch(Exception):
    """Two types that cannot be one; `code` is the finding's."""

    def __init__(self, message: str, *, code: str = "type-mismatch") -> None:
        """Say which two."""
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True, eq=False)
class Prim:
    """A type without parts; compared by identity."""

    name: str
    ir: ir.Type


@dataclass(slots=True, eq=False)
class Cell:
    """A type not yet known, or known to be at least `content`.

    `link` is the cell it was unified with. A rigid cell does not grow any more: its content was
    equated with a declared type.
    """

    content: HostType | None = None
    link: Cell | None = None
    seen: bool = False
    rigid: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class ListT:
    """`list[T]`."""

    element: HostType


@dataclass(frozen=True, slots=True, eq=False)
class TupleT:
    """`tuple[A, B]`."""

    items: tuple[HostType, ...]


@dataclass(frozen=True, slots=True, eq=False)
class VarTupleT:
    """`tuple[T, ...]`."""

    element: HostType


@dataclass(frozen=True, slots=True, eq=False)
class SetT:
    """`set[T]`, or `frozenset[T]`."""

    element: HostType
    frozen: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class DictT:
    """`dict[K, V]`."""

    key: HostType
    value: HostType


@dataclass(frozen=True, slots=True, eq=False)
class OptionalT:
    """`T | None`."""

    item: HostType


@dataclass(frozen=True, slots=True, eq=False)
class IterT:
    """What may be walked through once: `zip(…)`, `map(…)`, `d.items()`, a generator expression.

    `eager` marks those whose elements may fail to evaluate, so that taking them all at once is
    exact only for a consumer that takes them all.
    """

    element: HostType
    eager: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class RecordT:
    """An instance of a dataclass or named tuple of the module."""

    name: str


HostType: TypeAlias = (
    Prim | Cell | ListT | TupleT | VarTupleT | SetT | DictT | OptionalT | IterT | RecordT
)

INT: Final = Prim("int", ir.INT)
BOOL: Final = Prim("bool", ir.BOOL)
FLOAT: Final = Prim("float", ir.FLOAT)
NUMERIC: Final = Prim("int | float", ir.FLOAT)
STR: Final = Prim("str", ir.STR)
NONE: Final = Prim("None", ir.UNIT)
RANGE: Final = Prim("range", ir.SeqType(ir.INT))

NUMBERS: Final = frozenset({INT, FLOAT, NUMERIC})


def root(cell: Cell) -> Cell:
    """The cell that stands for this one after unification."""
    while cell.link is not None:
        cell = cell.link
    return cell


def resolve(type_: HostType) -> HostType:
    """The type itself, or what its cell holds, or the cell when nothing is known yet.

    This is a look: if the cell grows later, whoever looked must look again (`Solver.dirty`).
    """
    if type(type_) is not Cell:
        return type_
    while type_.link is not None:
        type_ = type_.link
    type_.seen = True
    return type_ if type_.content is None else type_.content


def peek(type_: HostType) -> HostType:
    """Like `resolve`, for those who do not act on the answer."""
    if type(type_) is not Cell:
        return type_
    while type_.link is not None:
        type_ = type_.link
    return type_ if type_.content is None else type_.content


def is_known(type_: HostType) -> bool:
    """Whether something is known of the outermost level of the type."""
    return type(resolve(type_)) is not Cell


def map_parts(type_: HostType, change: Callable[[HostType], HostType]) -> HostType:
    """The same type with `change` applied to each part; a cell stands for its content."""
    type_ = resolve(type_)
    match type_:
        case ListT(element):
            return ListT(change(element))
        case VarTupleT(element):
            return VarTupleT(change(element))
        case SetT(element, frozen):
            return SetT(change(element), frozen)
        case IterT(element, eager):
            return IterT(change(element), eager)
        case OptionalT(item):
            return OptionalT(change(item))
        case TupleT(items):
            return TupleT(tuple(map(change, items)))
        case DictT(key, value):
            return DictT(change(key), change(value))
        case Prim() | Cell() | RecordT():
            return type_


def parts(type_: HostType) -> tuple[HostType, ...]:
    """The types a type is made of, one level down."""
    match peek(type_):
        case ListT(element) | VarTupleT(element) | SetT(element) | IterT(element):
            return (element,)
        case OptionalT(item):
            return (item,)
        case TupleT(items):
            return items
        case DictT(key, value):
            return (key, value)
        case Prim() | Cell() | RecordT():
            return ()


def contains(type_: HostType, wanted: Callable[[HostType], bool]) -> bool:
    """Whether the type or a part of it is wanted."""
    type_ = peek(type_)
    return wanted(type_) or any(contains(part, wanted) for part in parts(type_))


def has_float(type_: HostType) -> bool:
    """Whether values of the type hold doubles."""
    return contains(type_, lambda t: t is FLOAT or t is NUMERIC)


def has_unknown(type_: HostType) -> bool:
    """Whether part of the type is not known yet."""
    return contains(type_, lambda t: type(t) is Cell)


def is_mutable(type_: HostType) -> bool:
    """Whether a value of the type may be, or hold, an object that can be changed."""
    return contains(type_, lambda t: isinstance(t, ListT | DictT | Cell) or _is_set(t))


def _is_set(type_: HostType) -> bool:
    return isinstance(type_, SetT) and not type_.frozen


def frozen(type_: HostType) -> HostType:
    """The type without cells: it does not grow any more. Unknown parts become `int`.

    A part that is still unknown when all is inferred has no values (the elements of a list that
    stays empty), so that any type is exact.
    """
    found = resolve(type_)
    return INT if type(found) is Cell else map_parts(found, frozen)


def to_ir(type_: HostType) -> ir.Type:
    """The IR's type; unknown parts become `Int`, see `frozen`."""
    found = resolve(type_)
    match found:
        case Prim():
            return found.ir
        case ListT(element) | VarTupleT(element) | IterT(element):
            return ir.SeqType(to_ir(element))
        case SetT(element):
            return ir.SetType(to_ir(element))
        case TupleT(items):
            return ir.TupleType(tuple(map(to_ir, items)))
        case DictT(key, value):
            return ir.MapType(to_ir(key), to_ir(value))
        case OptionalT(item):
            return ir.OptionType(to_ir(item))
        case RecordT(name):
            return ir.RecordType(name)
        case Cell():
            return ir.INT


def describe(type_: HostType) -> str:
    """The type as Python writes it."""
    found = peek(type_)
    match found:
        case Prim(name):
            return name
        case ListT(element):
            return f"list[{describe(element)}]"
        case VarTupleT(element):
            return f"tuple[{describe(element)}, ...]"
        case SetT(element, frozen_):
            return f"{'frozenset' if frozen_ else 'set'}[{describe(element)}]"
        case TupleT(()):
            return "tuple[()]"
        case TupleT(items):
            return f"tuple[{', '.join(map(describe, items))}]"
        case DictT(key, value):
            return f"dict[{describe(key)}, {describe(value)}]"
        case OptionalT(item):
            return f"{describe(item)} | None"
        case IterT(element):
            return f"Iterator[{describe(element)}]"
        case RecordT(name):
            return name
        case Cell():
            return "?"


class Solver:
    """Joins types. `dirty` says that a cell grew after it was looked at."""

    def __init__(self) -> None:
        """Start with nothing known."""
        self.dirty = False

    def flow(self, type_: HostType, cell: Cell) -> None:
        """Let values of the type flow into the cell. Raises `Mismatch`."""
        cell = root(cell)
        if cell.content is None:
            self._fill(cell, type_)
        else:
            joined = self.join(cell.content, type_)
            if joined is not cell.content and not same(joined, cell.content):
                self._grow(cell, joined)

    def join(self, left: HostType, right: HostType) -> HostType:
        """The least type that holds both; parts of containers are made equal. May `Mismatch`."""
        if type(left) is Cell and root(left).content is None:
            self._meet(left, right)
            return right
        if type(right) is Cell and root(right).content is None:
            self._meet(right, left)
            return left
        left, right = peek(left), peek(right)
        if left is right:
            return left
        if left in NUMBERS and right in NUMBERS:
            return NUMERIC
        if left is NONE or right is NONE:
            other = right if left is NONE else left
            return other if isinstance(other, OptionalT) else OptionalT(other)
        if isinstance(left, OptionalT) or isinstance(right, OptionalT):
            inner = [t.item if isinstance(t, OptionalT) else t for t in (left, right)]
            return OptionalT(self.join(*inner))
        return self._join_parts(left, right)

    def _join_parts(self, left: HostType, right: HostType) -> HostType:
        match left, right:
            case TupleT(first), TupleT(second) if len(first) == len(second):
                return TupleT(tuple(map(self.join, first, second)))
            case TupleT() | VarTupleT(), TupleT() | VarTupleT():
                element: HostType = Cell()
                for part in (*parts(left), *parts(right)):
                    element = self.join(element, part)
                return VarTupleT(element)
            case ListT(a), ListT(b):
                self.unify(a, b)
                return left
            case IterT(a, eager), IterT(b, eager2):
                return IterT(self.join(a, b), eager or eager2)
            case SetT(a, frozen_), SetT(b, frozen2) if frozen_ == frozen2:
                self.unify(a, b)
                return left
            case DictT(k1, v1), DictT(k2, v2):
                self.unify(k1, k2)
                self.unify(v1, v2)
                return left
            case RecordT(a), RecordT(b) if a == b:
                return left
        raise Mismatch(f"`{describe(left)}` where `{describe(right)}` is")

    def unify(self, left: HostType, right: HostType) -> None:
        """Make two types equal: what stands inside a container that both names hold."""
        if type(left) is Cell and type(right) is Cell:
            self._link(root(left), root(right))
        elif type(left) is Cell:
            self._equate(root(left), right)
        elif type(right) is Cell:
            self._equate(root(right), left)
        else:
            joined = self.join(left, right)
            if not (same(joined, left) and same(joined, right)):
                self._fail(left, right)

    def _link(self, left: Cell, right: Cell) -> None:
        if left is right:
            return
        if left.content is not None and right.content is not None:
            joined = self.join(left.content, right.content)
            for cell in (left, right):
                if not same(joined, cell.content):
                    self._grow(cell, joined)
        elif left.content is not None:
            self._fill(right, left.content)
        elif right.content is not None:
            self._fill(left, right.content)
        right.rigid = right.rigid or left.rigid
        right.seen = right.seen or left.seen
        left.link = right

    def _equate(self, cell: Cell, type_: HostType) -> None:
        """A cell and a declared type: the cell takes it over and stays with it."""
        if cell.content is None:
            self._fill(cell, type_)
        else:
            joined = self.join(cell.content, type_)
            if not (same(joined, type_) and same(joined, cell.content)):
                self._fail(cell.content, type_)
        cell.rigid = True

    def _meet(self, cell: Cell, other: HostType) -> None:
        mine = root(cell)
        if type(other) is Cell:
            self._link(mine, root(other))
        else:
            self._fill(mine, other)

    def _fill(self, cell: Cell, type_: HostType) -> None:
        if type(type_) is Cell:
            inner = root(type_)
            if inner.content is None:
                if inner is not cell:
                    cell.link = inner
                return
            type_ = inner.content
        if contains(type_, lambda part: part is cell):
            raise Mismatch("a container that would have to hold itself")
        cell.content = type_
        # Someone may have given up on it when it was unknown.
        self.dirty = self.dirty or cell.seen

    def _grow(self, cell: Cell, type_: HostType) -> None:
        if cell.rigid and cell.content is not None:
            self._fail(cell.content, type_)
        cell.content = type_
        self.dirty = self.dirty or cell.seen

    def _fail(self, left: HostType, right: HostType) -> None:
        mixed = to_ir(left) == to_ir(right) or _only_numbers_differ(left, right)
        message = f"`{describe(left)}` where `{describe(right)}` is"
        raise Mismatch(message, code="mixed-int-float" if mixed else "type-mismatch")


def _only_numbers_differ(left: HostType, right: HostType) -> bool:
    left, right = peek(left), peek(right)
    if left in NUMBERS and right in NUMBERS:
        return True
    first, second = parts(left), parts(right)
    return (
        type(left) is type(right)
        and len(first) == len(second) > 0
        and all(map(_only_numbers_differ, first, second))
    )


def same(left: HostType | None, right: HostType | None) -> bool:
    """Whether two types are equal as far as they are known."""
    if left is None or right is None:
        return left is right
    left, right = peek(left), peek(right)
    if left is right:
        return True
    if type(left) is not type(right) or isinstance(left, Prim | Cell):
        return False
    if isinstance(left, RecordT) and isinstance(right, RecordT):
        return left.name == right.name
    first, second = parts(left), parts(right)
    return len(first) == len(second) and all(map(same, first, second))
