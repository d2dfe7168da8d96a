"""Which objects an expression may give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from autoform.frontends.python.aliasing.state import (
    NOTHING,
    Object,
    Objects,
    Shape,
    State,
    elements_hold,
    flat,
    holds_objects,
    join_shapes,
    shaped,
)
from autoform.frontends.python.aliasing.summary import Summaries, instantiate
from autoform.ir import exprs as ir
from autoform.ir.traversal import walk
from autoform.ir.types import OptionType, SeqType, Type, element_type

_ELEMENTS: Final = frozenset(
    {"seq.at", "seq.at_neg", "seq.min", "seq.max", "seq.min_by", "seq.max_by", "map.at", "map.get"}
)
_EITHER: Final = frozenset({"min2", "max2", "option.unwrap_or"})
_SAME: Final = frozenset({"option.some", "option.unwrap"})
_POPS: Final = frozenset({"seq.pop_last", "seq.pop_at"})
_VIEWS: Final = frozenset(
    {"seq.enumerate", "seq.zip", "seq.zip3", "seq.reverse", "map.keys", "map.values", "map.items"}
)


class Evaluator:
    """Evaluates expressions in a state, which gets the objects that they make."""

    def __init__(self, state: State, copies: Mapping[int, ir.Expr], summaries: Summaries) -> None:
        """`copies` are the nodes that stand for a new object with the same value."""
        self.state = state
        self.copies = copies
        self.summaries = summaries

    def shape(self, expr: ir.Expr) -> Shape:
        """What the value of the expression may be."""
        type_ = ir.type_of(expr)
        if not holds_objects(type_):
            return NOTHING
        return self._copy(expr, type_) if id(expr) in self.copies else self._shape(expr, type_)

    def _shape(self, expr: ir.Expr, type_: Type) -> Shape:
        match expr:
            case ir.Var(name):
                return self.state.env.get(name, NOTHING)
            case ir.SeqLit(_, items) | ir.SetLit(_, items):
                return self._new(expr, items)
            case ir.MapLit(_, _, keys, values):
                return self._new(expr, (*keys, *values))
            case ir.TupleLit(items):
                return tuple(map(self.shape, items))
            case ir.TupleGet(inner, index):
                whole = self.shape(inner)
                return whole[index] if isinstance(whole, tuple) else shaped(type_, whole)
            case ir.IfExpr(_, then, orelse):
                return join_shapes(self.shape(then), self.shape(orelse))
            case ir.Let(name, value, body):
                self.state.env[name] = self.shape(value)
                return self.shape(body)
            case ir.Apply(op, args):
                return self._apply(expr, op, args)
            case ir.Comprehension():
                return self._comprehension(expr)
            case ir.Call(function, args):
                result, _ = instantiate(
                    self.summaries(function),
                    lambda: [flat(self.shape(arg)) for arg in args],
                    self.state,
                    (id(expr),),
                )
                return result
            case ir.RecordLit(_, fields):
                return frozenset().union(*(flat(self.shape(part)) for part in fields))
            case ir.FieldGet(record):
                return shaped(type_, self.state.reach(flat(self.shape(record))))
            case _:
                return NOTHING

    # A new object is allocated before its parts are evaluated: what the last one made at the same
    # place has become older by then, and cannot be taken for the new one.

    def _copy(self, expr: ir.Expr, type_: Type) -> Shape:
        made = self.state.allocate((id(expr), "copy"))
        held = self._shape(expr, type_)
        self.state.store([made], self.state.contents(flat(held)))
        return frozenset({made})

    def _new(self, expr: ir.Expr, items: tuple[ir.Expr, ...]) -> Shape:
        made = self.state.allocate((id(expr),))
        for item in items:
            self.state.store([made], flat(self.shape(item)))
        return frozenset({made})

    def _apply(self, expr: ir.Apply, op: str, args: tuple[ir.Expr, ...]) -> Shape:
        if op in _SAME:
            return self.shape(args[0])
        if op in _EITHER:
            return join_shapes(self.shape(args[0]), self.shape(args[1]))
        if op in _POPS:
            popped = self.state.contents(flat(self.shape(args[0])))
            element = element_type(ir.type_of(args[0]))
            return (NOTHING, NOTHING if element is None else shaped(element, popped))
        if op in _ELEMENTS:
            inner = self.state.contents(flat(self.shape(args[0])))
            return shaped(expr.type, inner)
        if op == "map.get_or":
            inner = self.state.contents(flat(self.shape(args[0])))
            return join_shapes(shaped(expr.type, inner), self.shape(args[2]))
        return self._fresh(expr, args)

    def _fresh(self, expr: ir.Apply, args: tuple[ir.Expr, ...]) -> Shape:
        """A new container, which may hold what its arguments hold, and what they are."""
        made = self.state.allocate((id(expr),))
        if not elements_hold(expr.type):
            return frozenset({made})
        objects: Objects = NOTHING
        for arg in args:
            own = flat(self.shape(arg))
            inner = self.state.contents(self.state.reach(own))
            is_element = not _is_container_of_like(expr, arg)
            objects |= inner | (own if is_element else NOTHING)
        self.state.store([made], objects, twice=expr.op == "seq.repeat")
        return frozenset({made})

    def _comprehension(self, expr: ir.Comprehension) -> Shape:
        made = self.state.allocate((id(expr),))
        before = dict(self.state.env)
        for clause in expr.clauses:
            if isinstance(clause, ir.Generator):
                inner = self.state.contents(flat(self.shape(clause.source)))
                self.state.env[clause.binder.name] = shaped(clause.binder.type, inner)
        known = set(self.state.heap)
        parts = [expr.element, *([] if expr.key is None else [expr.key])]
        objects = frozenset().union(*(flat(self.shape(part)) for part in parts))
        self.state.env = {name: self.state.env[name] for name in before}
        # What each round makes is another object; what it finds is stored again and again.
        inside = frozenset(obj for obj in objects if obj not in known)
        self.state.store([made], inside)
        self.state.store([made], objects - inside, twice=True)
        for obj in inside:
            self._age(obj)
        return frozenset({made})

    def _age(self, obj: Object) -> None:
        """The last object made at a place joins the earlier ones."""
        older = (obj[0], 1)
        self.state.rename(lambda found: older if found == obj else found)


def _is_container_of_like(expr: ir.Apply, arg: ir.Expr) -> bool:
    """Whether the argument is a container whose elements, not itself, go into the result."""
    type_, result = ir.type_of(arg), expr.type
    if isinstance(type_, OptionType):
        return False
    if expr.op in {"seq.append", "seq.update", "seq.update_neg", "seq.insert", "map.insert"}:
        return arg is expr.args[0]
    if isinstance(result, OptionType):
        return False
    return not (isinstance(result, SeqType) and result.element == type_)


def viewed(expr: ir.Expr, evaluator: Evaluator) -> Objects:
    """The objects that a loop over the expression goes on looking at."""
    match expr:
        case ir.Var(name) if id(expr) not in evaluator.copies:
            return flat(evaluator.state.env.get(name, NOTHING))
        case ir.Apply(op, args) if op in _VIEWS:
            return frozenset().union(*(viewed(arg, evaluator) for arg in args))
        case ir.Apply(op, args) if op in _ELEMENTS | _SAME:
            return flat(evaluator.shape(expr))
        case ir.TupleGet():
            return flat(evaluator.shape(expr))
        case _:
            return NOTHING


def read(expr: ir.Expr, evaluator: Evaluator) -> Objects:
    """The objects that computing the expression looks at, whenever it does."""
    names = {node.name for node in walk(expr) if isinstance(node, ir.Var)}
    return frozenset().union(*(flat(evaluator.state.env.get(name, NOTHING)) for name in names))
