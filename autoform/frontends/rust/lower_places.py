"""Expressions that are places: what can be assigned, borrowed and matched in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from autoform.frontends.rust import tree
from autoform.frontends.rust.building import NeedsStatements
from autoform.frontends.rust.lower_exprs import lower
from autoform.frontends.rust.lowering import Lower
from autoform.frontends.rust.names import Builtin, Local
from autoform.frontends.rust.places import (
    FieldStep,
    IndexStep,
    MapStep,
    Place,
    SliceStep,
    TupleStep,
    written,
)
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.rust.types import Con, Ty, strip
from autoform.ir import exprs as ir
from autoform.ir import stmts
from autoform.ir.ops import apply
from autoform.ir.types import INT

PLACE_METHODS: Final[dict[str, Callable[[Lower, tree.MethodCall], Place]]] = {}
"""Methods that give a mutable reference, by key."""


def place_of(low: Lower, node: tree.Expr, *, stored: bool = False) -> Place:
    """The place that an expression is; a value that is none is kept in a variable.

    `stored` says that the place outlives the expression, so that indexes must not change.
    """
    match node:
        case tree.Path(target=Local() as local):
            return _local_place(low, local.own, node)
        case tree.Unary(op="*", value=value, target=None) | tree.Borrow(value=value):
            return place_of(low, value, stored=stored)
        case tree.Field(value=value, name=name):
            return place_of(low, value, stored=stored).then(_field_step(low, node, value.ty, name))
        case tree.Index(value=value, index=index):
            return _index_place(low, node, value, index, stored=stored)
        case tree.MethodCall(target=Builtin(key=key)) if key in PLACE_METHODS:
            return PLACE_METHODS[key](low, node)
        case tree.MethodCall(name="as_mut" | "as_mut_slice" | "by_ref" | "as_deref_mut"):
            return place_of(low, node.receiver, stored=stored)
        case _:
            found = strip(node.ty)
            if type(found) is Con and _is_mut(node.ty):
                message = "a mutable reference that is computed"
                raise Refusal("mutable-borrow", message, node)
            if isinstance(node, tree.Array | tree.Repeat | tree.Call | tree.MethodCall) and stored:
                return Place(_temporary(low, lower(low, node)))
            return Place(low.keep(lower(low, node)))


def _temporary(low: Lower, value: ir.Expr) -> ir.Expr:
    """A value that may be changed in place and is then forgotten, as in `f(&mut vec![1])`."""
    if low.out.pure:
        return low.keep(value)
    type_ = ir.type_of(value)
    name = low.fresh("temporary")
    low.emit(stmts.VarDecl(name, type_, value))
    return ir.Var(name, type_)


def _is_mut(ty: Ty) -> bool:
    from autoform.frontends.rust.types import prune

    found = prune(ty)
    return type(found) is Con and found.name == "RefMut"


def _local_place(low: Lower, local: Local, node: tree.Tree) -> Place:
    match local.bound:
        case Place() as place:
            return place
        case None | tree.Tree():
            return Place(lower(low, node))  # type: ignore[arg-type] # which refuses it
        case value:
            return Place(value)


def _field_step(low: Lower, node: tree.Expr, ty: Ty, name: str) -> FieldStep | TupleStep:
    found = strip(ty)
    if type(found) is Con and found.name == "tuple":
        return TupleStep(int(name))
    if type(found) is Con and found.name == "Range":
        return TupleStep(0 if name == "start" else 1)
    return FieldStep(f"_{name}" if name.isdigit() else name, low.type_of(node))


def _index_place(
    low: Lower, node: tree.Expr, value: tree.Expr, index: tree.Expr, *, stored: bool
) -> Place:
    base = place_of(low, value, stored=stored)
    found = strip(value.ty)
    assert type(found) is Con
    if found.name in {"HashMap", "BTreeMap"}:
        return base.then(MapStep(low.keep(lower(low, index))))
    if found.name == "Str":
        raise Refusal("string-bytes", "text is sliced by bytes", node)
    if isinstance(index, tree.Range):
        low_bound, high_bound = slice_bounds(low, index, stored=stored)
        return base.then(SliceStep(low_bound, high_bound))
    return base.then(IndexStep(_repeatable(low, low.widen(lower(low, index)), stored=stored)))


def slice_bounds(
    low: Lower, index: tree.Range, *, stored: bool = False
) -> tuple[ir.Expr, ir.Expr | None]:
    """The bounds of a slice as `Int`; `a..=b` ends one further."""
    first: ir.Expr = ir.IntLit(0, INT)
    last: ir.Expr | None = None
    if index.low is not None:
        first = _repeatable(low, low.widen(lower(low, index.low)), stored=stored)
    if index.high is not None:
        last = low.widen(lower(low, index.high))
        if index.inclusive:
            last = apply("add", last, ir.IntLit(1, INT))
        last = _repeatable(low, last, stored=stored)
    return first, last


def _repeatable(low: Lower, index: ir.Expr, *, stored: bool) -> ir.Expr:
    """An index that can be evaluated again with the same outcome, for as long as needed."""
    inner = index.args[0] if isinstance(index, ir.Apply) and index.op == "int.widen" else index
    if low.is_stable(inner) or (isinstance(inner, ir.Var) and not stored):
        return index
    return low.keep(index, "index")


def assign(low: Lower, place: Place, value: ir.Expr, node: tree.Tree) -> None:
    """Write to a place."""
    root = place.root
    if not isinstance(root, ir.Var) or root.name in low.frozen:
        if low.out.dead:
            return
        raise Refusal("mutable-borrow", "this place is not a variable of the function", node)
    if low.out.pure:
        raise NeedsStatements(node)
    low.emit(stmts.Assign(root.name, written(place, value, low.harmless), span=low.span(node)))


# Reading through places keeps index expressions as they are.


def read_field(low: Lower, node: tree.Field) -> ir.Expr:
    """`p.x`, `t.0`."""
    value = lower(low, node.value)
    step = _field_step(low, node, node.value.ty, node.name)
    return low.read(Place(value, (step,)))
