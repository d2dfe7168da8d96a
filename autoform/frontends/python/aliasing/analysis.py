"""The analysis of one function: no object may change under another name that is still used.

In the IR a change of an object is an update of one variable; in Python every name of the object
sees it. The two agree when no other live variable, container or caller reaches the object. The
state flows forward through the statements; loops are repeated until it stands still.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, cast

from autoform.frontends.python.aliasing.evaluation import Evaluator, read, viewed
from autoform.frontends.python.aliasing.liveness import Liveness
from autoform.frontends.python.aliasing.state import (
    NOTHING,
    Objects,
    Shape,
    State,
    elements_hold,
    flat,
    holds_objects,
    join_shapes,
    nests_deeply,
    shaped,
)
from autoform.frontends.python.aliasing.summary import (
    Summaries,
    Summary,
    inside,
    instantiate,
    param,
)
from autoform.ir import exprs as ir
from autoform.ir import stmts as st
from autoform.ir.decls import Function

_STORES_LAST: Final = frozenset(
    {"seq.append", "seq.insert", "seq.update", "seq.update_neg", "map.insert", "set.add"}
)
_STORES_ELEMENTS: Final = frozenset({"seq.concat", "seq.replace_slice", "map.merge", "set.union"})


@dataclass(frozen=True, slots=True)
class Conflict:
    """A change that Python would show under another name; `iterating` when a loop sees it."""

    statement: st.Stmt
    name: str
    other: str
    iterating: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """What lowering knows and the IR does not, by the identity of statements and nodes.

    `depths` has the statements that change an object, and how deep inside the variable it is;
    `copies` the nodes that make a copy; `lazy` the sources of loops whose elements are computed
    as the loop goes.
    """

    depths: Mapping[int, int] = field(default_factory=dict)
    copies: Mapping[int, ir.Expr] = field(default_factory=dict)
    lazy: Mapping[int, ir.Expr] = field(default_factory=dict)


@dataclass(slots=True)
class _Loop:
    at_break: list[State] = field(default_factory=list)
    at_continue: list[State] = field(default_factory=list)


class _Stop(Exception):
    def __init__(self, conflict: Conflict) -> None:
        super().__init__(conflict.name)
        self.conflict = conflict


def analyse(function: Function, marks: Marks, summaries: Summaries) -> Conflict | Summary:
    """The first conflict of a function, or what its callers need to know."""
    try:
        return _Analysis(function, marks, summaries, None).run()
    except _Stop:
        # Names that are not read any more see nothing: find out which, and look again.
        inout = frozenset(p.name for p in function.params if p.inout)
        live = Liveness(function.body, inout)
        try:
            return _Analysis(function, marks, summaries, live).run()
        except _Stop as stop:
            return stop.conflict


class _Analysis:
    def __init__(
        self, function: Function, marks: Marks, summaries: Summaries, live: Liveness | None
    ) -> None:
        self.function = function
        self.marks = marks
        self.summaries = summaries
        self.live = live
        self.loops: list[_Loop] = []
        self.iterators: list[Objects] = []
        self.results: list[tuple[Shape, State]] = []

    def run(self) -> Summary:
        state = State()
        for place, each in enumerate(self.function.params):
            if not holds_objects(each.type):
                continue
            own = frozenset({param(place)})
            if elements_hold(each.type):
                state.heap[param(place)] = frozenset({inside(place)})
                # All levels below the first are one object: with more than one, it sits in itself.
                below = frozenset({inside(place)}) if nests_deeply(each.type) else NOTHING
                state.heap[inside(place)] = below
                state.held.add(inside(place))
            else:
                state.heap[param(place)] = NOTHING
            state.env[each.name] = shaped(each.type, own)
        end = self.block(self.function.body, state)
        if end is not None:
            self.results.append((NOTHING, end))
        return self._summary()

    def _summary(self) -> Summary:
        shape: Shape = NOTHING
        state = State()
        for place, (result, at_return) in enumerate(self.results):
            shape = join_shapes(shape, result) if place else result
            state = state.join(at_return) if place else at_return
        inout = frozenset(i for i, p in enumerate(self.function.params) if p.inout)
        kept = State({}, state.heap, state.held, state.shared)
        return Summary(shape, kept, inout, len(self.function.params))

    # Statements.

    def block(self, block: st.Block, state: State) -> State | None:
        found: State | None = state
        for statement in block:
            if found is None:
                return None
            found = self._statement(statement, found)
        return found

    def _evaluator(self, state: State) -> Evaluator:
        return Evaluator(state, self.marks.copies, self.summaries)

    def _statement(self, statement: st.Stmt, state: State) -> State | None:  # noqa: C901 - one case each
        match statement:
            case st.VarDecl(name, type_, value):
                if value is not None and holds_objects(type_):
                    state.env[name] = self._evaluator(state).shape(value)
                return state
            case st.Assign(name, value):
                if id(statement) in self.marks.depths:
                    self._change(statement, self.marks.depths[id(statement)], state)
                elif holds_objects(ir.type_of(value)):
                    state.env[name] = self._evaluator(state).shape(value)
                return state
            case st.CallStmt():
                self._call(statement, state)
                return state
            case st.If(_, then, orelse):
                after_then = self.block(then, state.copy())
                after_else = self.block(orelse, state)
                if after_then is None or after_else is None:
                    return after_then or after_else
                return after_then.join(after_else)
            case st.While(condition, body):
                forever = condition == ir.TRUE
                return self._loop(body, state, None, forever=forever)
            case st.ForRange():
                return self._loop(statement.body, state, None)
            case st.ForEach():
                return self._loop(statement.body, state, statement)
            case st.Break():
                self.loops[-1].at_break.append(state)
                return None
            case st.Continue():
                self.loops[-1].at_continue.append(state)
                return None
            case st.Return(value):
                self.results.append((self._evaluator(state).shape(value), state))
                return None
            case st.Raise():
                return None
            case st.Assert():
                return state

    def _loop(
        self, body: st.Block, state: State, each: st.ForEach | None, *, forever: bool = False
    ) -> State | None:
        source: Shape = NOTHING
        if each is not None:
            evaluator = self._evaluator(state)
            source = evaluator.shape(each.source)
            watch = read if id(each.source) in self.marks.lazy else viewed
            self.iterators.append(watch(each.source, evaluator))
        head = state
        exits: list[State] = []
        while True:
            loop = _Loop()
            self.loops.append(loop)
            start = head.copy()
            if each is not None and holds_objects(each.binder.type):
                inner = start.contents(flat(source))
                start.env[each.binder.name] = shaped(each.binder.type, inner)
            end = self.block(body, start)
            self.loops.pop()
            joined = head
            for each_end in (end, *loop.at_continue):
                if each_end is not None:
                    joined = joined.join(each_end)
            exits = loop.at_break
            if joined == head:
                break
            head = joined
        if each is not None:
            self.iterators.pop()
        after: State | None = None if forever else head
        for left in exits:
            after = left if after is None else after.join(left)
        return after

    # Changes.

    def _change(self, statement: st.Assign, depth: int, state: State) -> None:
        name, value = statement.name, _unwrapped(statement.value)
        for _ in range(depth):
            value = _unwrapped(value.args[-1]) if isinstance(value, ir.Apply) else value
        stored, twice = self._stored(value, state)
        changed = flat(state.env.get(name, NOTHING))
        for _ in range(depth):
            changed = state.contents(changed)
            if changed & state.shared:
                raise _Stop(Conflict(statement, name, f"another element of `{name}`"))
        self._demand_unseen(statement, name, changed, state)
        state.store(changed, stored)
        if twice:
            state.shared |= state.contents(changed)

    def _stored(self, value: ir.Expr, state: State) -> tuple[Objects, bool]:
        """What the change puts into the container, and whether what is there gets doubled."""
        if not isinstance(value, ir.Apply) or not elements_hold(value.type):
            return NOTHING, False
        if value.op in _STORES_LAST:
            return flat(self._evaluator(state).shape(value.args[-1])), False
        if value.op in _STORES_ELEMENTS:
            added = flat(self._evaluator(state).shape(value.args[-1]))
            return state.contents(added), False
        return NOTHING, value.op == "seq.repeat"

    def _demand_unseen(self, statement: st.Stmt, name: str, changed: Objects, state: State) -> None:
        """No other name may reach what changes."""
        if any(changed & seen for seen in self.iterators):
            raise _Stop(Conflict(statement, name, name, iterating=True))
        if _holds_itself(changed, state):
            raise _Stop(Conflict(statement, name, name))
        live = None if self.live is None else self.live.after.get(id(statement), frozenset())
        for other, shape in state.env.items():
            if other == name or (live is not None and other not in live):
                continue
            objects = flat(shape)
            if objects and changed & state.reach(objects):
                raise _Stop(Conflict(statement, name, other))
        for place, each in enumerate(self.function.params):
            if each.name != name and holds_objects(each.type):
                callers = {param(place), inside(place)}
                if changed & callers:
                    raise _Stop(Conflict(statement, name, each.name))

    def _call(self, statement: st.CallStmt, state: State) -> None:
        summary = self.summaries(statement.function)
        evaluator = self._evaluator(state)

        def evaluate() -> list[Objects]:
            arguments = [flat(evaluator.shape(arg)) for arg in statement.args]
            for place in sorted(summary.inout):
                self._demand_own(statement, place, arguments, state)
            return arguments

        result, _ = instantiate(summary, evaluate, state, (id(statement),))
        if statement.target is not None:
            state.env[statement.target] = result

    def _demand_own(
        self, statement: st.CallStmt, place: int, arguments: list[Objects], state: State
    ) -> None:
        """The callee may change anything inside the argument."""
        arg = statement.args[place]
        arg = cast("ir.Var", arg)
        changed = state.reach(arguments[place])
        if changed & state.shared:
            raise _Stop(Conflict(statement, arg.name, f"another element of `{arg.name}`"))
        for other, objects in enumerate(arguments):
            if other != place and changed & state.reach(objects):
                raise _Stop(Conflict(statement, arg.name, "another argument"))
        self._demand_unseen(statement, arg.name, changed, state)


def _unwrapped(value: ir.Expr) -> ir.Expr:
    while isinstance(value, ir.Apply) and value.op == "option.some":
        value = value.args[0]
    return value


def _holds_itself(changed: Objects, state: State) -> bool:
    return any(
        obj in state.reach(state.contents({obj})) for obj in changed if obj[0][0] != "inside"
    )
