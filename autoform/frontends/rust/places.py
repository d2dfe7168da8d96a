"""Places: a variable and a path into it, to be read and written.

`grid[i].cells[j]` is the variable `grid` and the steps `[i]`, `.cells`, `[j]`. Values are
immutable, so writing is an assignment to the variable of a value with that part replaced; a
mutable reference is another name for a place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never, cast

from autoform.ir import exprs as ir
from autoform.ir.ops import apply
from autoform.ir.types import (
    EnumType,
    MapType,
    OptionType,
    ResultType,
    SeqType,
    TupleType,
    Type,
)


@dataclass(frozen=True, slots=True)
class FieldStep:
    """`.x` of a record."""

    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class TupleStep:
    """`.0` of a tuple."""

    index: int


@dataclass(frozen=True, slots=True)
class IndexStep:
    """`[i]`; the index is an `Int` that can be evaluated again."""

    index: ir.Expr


@dataclass(frozen=True, slots=True)
class SliceStep:
    """`[low..high]`, both `Int`; `high` is none for `[low..]`."""

    low: ir.Expr
    high: ir.Expr | None


@dataclass(frozen=True, slots=True)
class SomeStep:
    """The value in an `Option` that is known to be present."""


@dataclass(frozen=True, slots=True)
class ResultStep:
    """The value in a `Result` that is known to be that."""

    ok: bool


@dataclass(frozen=True, slots=True)
class VariantStep:
    """A payload of an enum that is known to be that variant; `types` are those of all items."""

    variant: str
    index: int
    types: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class MapStep:
    """The value of a key that is present."""

    key: ir.Expr


Step: TypeAlias = (
    FieldStep | TupleStep | IndexStep | SliceStep | SomeStep | ResultStep | VariantStep | MapStep
)


@dataclass(frozen=True, slots=True)
class Place:
    """A variable and the steps into it. `root` is any expression where nothing is written.

    `some` is where the value of an optional mutable reference stands, as `get_mut` gives it.
    """

    root: ir.Expr
    steps: tuple[Step, ...] = ()
    some: Place | None = None

    def then(self, step: Step) -> Place:
        """A place inside this one."""
        if self.some is not None and isinstance(step, SomeStep):
            return self.some
        return replace(self, steps=(*self.steps, step))


def read(place: Place, harmless: dict[int, ir.Expr]) -> ir.Expr:
    """The value at a place. Steps known to be safe are entered in `harmless`."""
    found = place.root
    for step in place.steps:
        found = get(found, step, harmless)
    return found


def get(value: ir.Expr, step: Step, harmless: dict[int, ir.Expr]) -> ir.Expr:
    """One step into a value."""
    found: ir.Expr
    match step:
        case FieldStep(name=name, type=type_):
            return ir.FieldGet(value, name, type_, span=value.span)
        case TupleStep(index=index):
            if isinstance(value, ir.TupleLit):
                return value.items[index]
            return ir.TupleGet(value, index, span=value.span)
        case IndexStep(index=index):
            return apply("seq.at", value, index, span=value.span)
        case SliceStep(low=low, high=high):
            end = apply("seq.len", value) if high is None else high
            return apply("seq.subslice", value, low, end, span=value.span)
        case SomeStep():
            if isinstance(value, ir.Apply) and value.op == "option.some":
                return value.args[0]
            found = apply("option.unwrap", value, span=value.span)
        case ResultStep(ok=ok):
            found = apply("result.unwrap" if ok else "result.unwrap_err", value, span=value.span)
        case VariantStep(variant=variant, index=index, types=types):
            found = ir.VariantGet(value, variant, index, types[index], span=value.span)
        case MapStep(key=key):
            return apply("map.at", value, key, span=value.span)
        case _:
            assert_never(step)
    harmless[id(found)] = found
    return found


def written(place: Place, value: ir.Expr, harmless: dict[int, ir.Expr]) -> ir.Expr:
    """The new value of the root, once `value` stands at the place."""
    return _written(place.root, place.steps, value, harmless)


def _written(
    whole: ir.Expr, steps: tuple[Step, ...], value: ir.Expr, harmless: dict[int, ir.Expr]
) -> ir.Expr:
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    inner = value if not rest else _written(get(whole, step, harmless), rest, value, harmless)
    match step:
        case FieldStep(name=name):
            return ir.FieldUpdate(whole, name, inner, span=value.span)
        case TupleStep(index=index):
            count = len(cast(TupleType, ir.type_of(whole)).items)
            items = (inner if n == index else ir.TupleGet(whole, n) for n in range(count))
            return ir.TupleLit(tuple(items), span=value.span)
        case IndexStep(index=index):
            return apply("seq.update", whole, index, inner, span=value.span)
        case SliceStep(low=low, high=high):
            end = apply("seq.len", whole) if high is None else high
            return apply("seq.replace_slice", whole, low, end, inner, span=value.span)
        case SomeStep():
            return apply("option.some", inner, span=value.span)
        case ResultStep(ok=ok):
            op = "result.ok" if ok else "result.err"
            return ir.Apply(op, (inner,), ir.type_of(whole), span=value.span)
        case VariantStep(variant=variant, index=index, types=types):
            args = tuple(
                inner if n == index else get(whole, replace(step, index=n), harmless)
                for n in range(len(types))
            )
            return ir.VariantLit(cast(EnumType, ir.type_of(whole)), variant, args, span=value.span)
        case MapStep(key=key):
            return apply("map.insert", whole, key, inner, span=value.span)
        case _:
            assert_never(step)


def step_type(type_: Type, step: Step) -> Type:
    """The type that one step leads to."""
    match step:
        case FieldStep(type=found):
            return found
        case TupleStep(index=index):
            return cast(TupleType, type_).items[index]
        case IndexStep():
            return cast(SeqType, type_).element
        case SliceStep():
            return type_
        case SomeStep():
            return cast(OptionType, type_).item
        case ResultStep(ok=ok):
            result = cast(ResultType, type_)
            return result.ok if ok else result.err
        case VariantStep(index=index, types=types):
            return types[index]
        case MapStep():
            return cast(MapType, type_).value
        case _:
            assert_never(step)


def type_at(place: Place) -> Type:
    """The type of what stands at a place."""
    found = ir.type_of(place.root)
    for step in place.steps:
        found = step_type(found, step)
    return found
