"""Writes one function, and the functions of its loops, in functional form."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Final, assert_never

from autoform.ir.decls import Contract, Function, Param
from autoform.ir.exprs import (
    Call,
    Expr,
    IfExpr,
    IntLit,
    Old,
    TupleLit,
    Var,
    type_of,
)
from autoform.ir.ops import apply
from autoform.ir.stmts import (
    Assert,
    Assign,
    Block,
    Break,
    CallStmt,
    Clause,
    Continue,
    ForEach,
    ForRange,
    If,
    Loop,
    Raise,
    Return,
    Stmt,
    VarDecl,
    While,
)
from autoform.ir.traversal import (
    assigned_names,
    declared_names,
    depth,
    free_vars,
    variables,
    walk,
)
from autoform.ir.types import ResultType, Type, TypeVar, walk_type
from autoform.passes.blocks import Names, contains, falls_through, own_jumps
from autoform.passes.functional.liveness import Live, Liveness, unshared
from autoform.passes.functional.rounds import Rounds, rounds_of
from autoform.passes.functional.scope import After, Bindings, Ends, Scope, pack, unpack
from autoform.passes.inout_to_result import packed
from autoform.source import Span

_MERGED_AT_MOST: Final = 24
"""How many statements an `if` may hold to become a conditional expression."""

_DEPTH_AT_MOST: Final = 24
"""How deeply such an `if` may nest."""


@dataclass(frozen=True, slots=True)
class Writer:
    """The state of writing one source function: what it knows, and the functions written."""

    function: Function
    liveness: Liveness
    types: dict[str, Type]
    order: dict[str, int]
    source_names: Names
    function_names: Names
    written: list[Function] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    @staticmethod
    def write(function: Function, function_names: Names) -> tuple[Function, ...]:
        """The function without loops and assignments, after the functions of its loops."""
        body = unshared(function.body)
        types = declared_names(function)
        writer = Writer(
            function,
            Liveness.of(body),
            types,
            {name: position for position, name in enumerate(types)},
            Names(set(types)),
            function_names,
        )
        here = writer._begin(function.params)
        unit: Expr = TupleLit((), span=function.span)
        end = After(lambda _: (Return(unit, span=function.span),), frozenset(), small=True)
        ends = Ends(end, end, end, _returned, function.result, in_loop=False)
        new_body = writer._tail(body, here, ends)
        return (*writer.written, replace(function, body=new_body))

    def _begin(self, params: Iterable[Param]) -> Scope:
        names = [param.name for param in params]
        return Scope(self.types, Names(set(names)), {name: name for name in names})

    # Blocks at the end of a function

    def _tail(self, block: Block, here: Scope, ends: Ends) -> Block:
        """The block and what comes after it: declarations, guards, and an end."""
        out: list[Stmt] = []
        todo = list(reversed(block))
        while todo:
            stmt = todo.pop()
            match stmt:
                case VarDecl(value=None):
                    pass
                case Return(value):
                    end = ends.give(here.read(value))
                    return (*out, replace(end, span=stmt.span))
                case Raise(_, message):
                    said = None if message is None else here.read(message)
                    return (*out, replace(stmt, message=said))
                case Break():
                    return (*out, *ends.leave.make(here))
                case Continue():
                    return (*out, *ends.again.make(here))
                case Assert(condition):
                    out.append(replace(stmt, condition=here.read(condition)))
                case If() if not self._is_simple(stmt):
                    guard = self._guard(stmt, here, ends)
                    if guard is None:
                        after = self._rest(stmt, todo, ends)
                        return (*out, *self._fork(stmt, after, here, ends))
                    out.append(guard[0])
                    todo.extend(reversed(guard[1]))
                case While() | ForRange() | ForEach() if contains(stmt.body, Return):
                    if not ends.in_loop:
                        after = self._rest(stmt, todo, ends)
                        return (*out, self._take_over(stmt, after, here, ends))
                    here = self._call_returning(stmt, here, ends, out)
                case _:
                    bindings = Bindings()
                    here = self._straight(stmt, here, bindings)
                    out.extend(bindings.statements())
        return (*out, *ends.fall.make(here))

    def _rest(self, stmt: Stmt, todo: list[Stmt], ends: Ends) -> After:
        """What follows a statement: the rest of its block, and what comes after that."""
        if not todo:
            return ends.fall
        rest = tuple(reversed(todo))
        live = (self.liveness.after[id(stmt)] | ends.needs) - ends.hidden
        small = len(rest) == 1 and isinstance(rest[0], Return) and _is_atom(rest[0].value)
        return After(lambda there: self._tail(rest, there, ends), live, small)

    def _guard(self, stmt: If, here: Scope, ends: Ends) -> tuple[If, Block] | None:
        """An `if` whose one branch leaves: that branch as a guard, and the other, which goes on."""
        condition = here.read(stmt.condition)
        if not falls_through(stmt.then):
            then = self._tail(stmt.then, here, ends)
            return replace(stmt, condition=condition, then=then, orelse=()), stmt.orelse
        if not falls_through(stmt.orelse):
            then = self._tail(stmt.orelse, here, ends)
            opposite = apply("not", condition, span=condition.span)
            return replace(stmt, condition=opposite, then=then, orelse=()), stmt.then
        return None

    def _fork(self, stmt: If, after: After, here: Scope, ends: Ends) -> Block:
        """Both branches go on, each with what comes after, which is written once if large."""
        inner = replace(ends, fall=self._once(after, ends.result, stmt.span))
        condition = here.read(stmt.condition)
        then = self._tail(stmt.then, here, inner)
        orelse = self._tail(stmt.orelse, here, inner)
        return (replace(stmt, condition=condition, then=then, orelse=orelse),)

    def _once(self, after: After, result: Type, span: Span) -> After:
        """What comes after, as a function of its own unless it is small."""
        if after.small:
            return after
        name = self._name("after")
        params = self._params(after.live)
        body = after.make(self._begin(params))
        self._add(Function(name, params, result, body, span=span))

        def make(inner: Scope) -> Block:
            args = tuple(inner.current(param.name, span) for param in params)
            return (Return(Call(name, args, result, span=span), span=span),)

        return After(make, after.live, small=True)

    # Loops

    def _take_over(self, loop: Loop, after: After, here: Scope, ends: Ends) -> Return:
        """A loop that returns, at the end of the function: its function ends in what follows."""
        rounds = rounds_of(loop, self.source_names)
        exits = (rounds.stops is not None) + sum(
            isinstance(jump, Break) for jump in own_jumps(loop.body)
        )
        leave = after if exits <= 1 else self._once(after, ends.result, loop.span)
        live = self.liveness.head[id(loop)] | after.live | rounds.reads()
        inner = replace(ends, leave=leave, in_loop=True)
        call = self._loop(loop, rounds, live & here.env.keys(), inner, here)
        return Return(call, span=loop.span)

    def _call_returning(self, loop: Loop, here: Scope, ends: Ends, out: list[Stmt]) -> Scope:
        """A loop that returns, inside another: it yields `ok(variables)` or `err(returned)`."""
        results = self._results(loop)
        held = packed([self.types[name] for name in results])
        type_ = ResultType(held, self.function.result)
        leave = self._yielding(results, loop.span, lambda e: apply("result.ok", e, type_=type_))
        inner = Ends(
            leave,
            leave,
            leave,
            lambda e: _returned(apply("result.err", e, type_=type_, span=e.span)),
            type_,
            in_loop=True,
        )
        call = self._direct(loop, results, inner, here)
        done = Var(here.names.fresh("done"), type_, span=loop.span)
        out.append(VarDecl(done.name, type_, call, span=loop.span))
        test = apply("not", apply("result.is_ok", done, span=loop.span), span=loop.span)
        returned = ends.give(apply("result.unwrap_err", done, span=loop.span))
        out.append(If(test, (replace(returned, span=loop.span),), span=loop.span))
        bindings = Bindings()
        value = apply("result.unwrap", done, span=loop.span)
        here = self._bind(results, value, here, bindings, loop.span)
        out.extend(bindings.statements())
        return here

    def _plain_loop(self, loop: Loop, here: Scope, bindings: Bindings) -> Scope:
        """A loop that does not return: it yields the variables that it changes."""
        results = self._results(loop)
        leave = self._yielding(results, loop.span, lambda e: e)
        result = packed([self.types[name] for name in results])
        inner = Ends(leave, leave, leave, _returned, result, in_loop=True)
        call = self._direct(loop, results, inner, here)
        return self._bind(results, call, here, bindings, loop.span)

    def _results(self, loop: Loop) -> tuple[str, ...]:
        """The variables that the loop may change and that are read after it."""
        return self._ordered(assigned_names((loop,)) & self.liveness.after[id(loop)])

    def _yielding(
        self, results: tuple[str, ...], span: Span, wrap: Callable[[Expr], Expr]
    ) -> After:
        def make(here: Scope) -> Block:
            value = pack(here.current(name, span) for name in results)
            return (Return(wrap(replace(value, span=span)), span=span),)

        return After(make, frozenset(results), small=True)

    def _direct(self, loop: Loop, results: tuple[str, ...], ends: Ends, here: Scope) -> Call:
        """A call of a loop that gets what it reads and what it yields."""
        rounds = rounds_of(loop, self.source_names)
        tested = (loop.condition,) if isinstance(loop, While) else ()
        used = variables(*tested, *loop.body).keys() | set(results)
        live = (self.liveness.head[id(loop)] & used) | rounds.reads()
        return self._loop(loop, rounds, live & here.env.keys(), ends, here)

    def _loop(self, loop: Loop, rounds: Rounds, live: Live, ends: Ends, here: Scope) -> Call:
        """Write the function of a loop; the call that starts it."""
        name = self._name("loop")
        for param in rounds.own:
            self.types[param.name] = param.type
            self.order.setdefault(param.name, len(self.order))
        passed = self._params(live - {param.name for param in rounds.own})
        params = (*rounds.own, *passed)

        def call(values: tuple[Expr, ...], inner: Scope, span: Span) -> Call:
            own = tuple(inner.read(value) for value in values)
            rest = tuple(inner.current(param.name, span) for param in passed)
            return Call(name, (*own, *rest), ends.result, span=span)

        def again(inner: Scope) -> Block:
            return (Return(call(rounds.next, inner, loop.span), span=loop.span),)

        next_round = After(again, live, small=True)
        inner = self._begin(params)
        needs = frozenset(param.name for param in params)
        outlive = self.liveness.head[id(loop)] | self.liveness.after[id(loop)]
        hidden = outlive - needs - assigned_names((loop,))
        ends = replace(ends, fall=next_round, again=next_round, needs=needs, hidden=hidden)
        body = self._round(loop, rounds, inner, ends)
        contract = self._loop_contract(rounds, params, inner)
        self._add(Function(name, params, ends.result, body, contract, span=loop.span))
        return call(rounds.first, here, loop.span)

    def _round(self, loop: Loop, rounds: Rounds, here: Scope, ends: Ends) -> Block:
        """One round: the checks, the stop, the loop's variable, the body."""
        out: list[Stmt] = [
            replace(check, condition=here.read(check.condition)) for check in rounds.checks
        ]
        if rounds.stops is not None:
            test = here.read(rounds.stops)
            out.append(If(test, ends.leave.make(here), span=loop.span))
        for name, value in rounds.starts:
            out.append(VarDecl(name, type_of(value), here.read(value), span=value.span))
            here.names.taken.add(name)
            here = here.bound(name, name)
        return (*out, *self._tail(loop.body, here, ends))

    def _loop_contract(self, rounds: Rounds, params: tuple[Param, ...], here: Scope) -> Contract:
        """The invariants that speak of the parameters only, and the measure if it does."""
        known = {param.name for param in params}
        requires = tuple(
            replace(clause, condition=here.read(clause.condition))
            for clause in rounds.invariants
            if _speaks_of(clause, known)
        )
        measured = all(free_vars(each).keys() <= known for each in rounds.measure)
        decreases = tuple(here.read(each) for each in rounds.measure) if measured else ()
        return Contract(requires=requires, decreases=decreases)

    # Statements that only compute

    def _straight(self, stmt: Stmt, here: Scope, bindings: Bindings) -> Scope:
        """A statement that neither jumps nor checks, as locals; the scope after it."""
        match stmt:
            case VarDecl(name, _, value) | Assign(name, value):
                if value is None:
                    return here
                moved = here.read(value)
                fresh = here.names.fresh(name)
                bindings.add(fresh, moved, stmt.span)
                return here.bound(name, fresh)
            case If():
                results = self._changed(stmt)
                value = self._chosen(stmt, results, here)
                return self._bind(results, value, here, bindings, stmt.span)
            case While() | ForRange() | ForEach():
                return self._plain_loop(stmt, here, bindings)
            case CallStmt() | Break() | Continue() | Return() | Raise() | Assert():
                raise AssertionError(f"a statement that does not only compute: {stmt}")
            case _:
                assert_never(stmt)

    def _changed(self, stmt: If) -> tuple[str, ...]:
        return self._ordered(assigned_names((stmt,)) & self.liveness.after[id(stmt)])

    def _chosen(self, stmt: If, results: tuple[str, ...], here: Scope) -> Expr:
        """The values of variables after an `if`."""
        condition = here.read(stmt.condition)
        then = self._values(stmt.then, results, here, stmt.span)
        orelse = self._values(stmt.orelse, results, here, stmt.span)
        return IfExpr(condition, then, orelse, span=stmt.span)

    def _values(self, block: Block, results: tuple[str, ...], here: Scope, span: Span) -> Expr:
        """The values of variables after a block."""
        bindings = Bindings()
        last = block[-1] if block else None
        if isinstance(last, If):
            for stmt in block[:-1]:
                here = self._straight(stmt, here, bindings)
            return bindings.around(self._chosen(last, results, here))
        for stmt in block:
            here = self._straight(stmt, here, bindings)
        values = (here.current(name, span) for name in results)
        return bindings.around(replace(pack(values), span=span))

    def _bind(
        self,
        results: tuple[str, ...],
        value: Expr,
        here: Scope,
        bindings: Bindings,
        span: Span,
    ) -> Scope:
        """Give the results their new values."""
        if len(results) == 1:
            fresh = here.names.fresh(results[0])
            bindings.add(fresh, value, span)
            return here.bound(results[0], fresh)
        held = Var(here.names.fresh("changed" if results else "checked"), type_of(value), span=span)
        bindings.add(held.name, value, span)
        for name, part in zip(results, unpack(held, len(results)), strict=bool(results)):
            fresh = here.names.fresh(name)
            bindings.add(fresh, part, span)
            here = here.bound(name, fresh)
        return here

    def _is_simple(self, stmt: If) -> bool:
        return (
            sum(isinstance(node, Stmt) for node in walk(stmt)) <= _MERGED_AT_MOST
            and depth(stmt) <= _DEPTH_AT_MOST
            and _only_computes((stmt,))
        )

    # Names and functions

    def _name(self, kind: str) -> str:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return self.function_names.fresh(f"{self.function.name}_{kind}{self.counts[kind]}")

    def _ordered(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(names, key=self.order.__getitem__))

    def _params(self, names: Iterable[str]) -> tuple[Param, ...]:
        return tuple(
            Param(name, self.types[name], span=self.function.span) for name in self._ordered(names)
        )

    def _add(self, function: Function) -> None:
        """Keep a function, generic over the type parameters that it mentions."""
        used = {
            part.name
            for type_ in (function.result, *declared_names(function).values())
            for part in walk_type(type_)
            if isinstance(part, TypeVar)
        }
        type_params = tuple(name for name in self.function.type_params if name in used)
        self.written.append(replace(function, type_params=type_params))


def _returned(value: Expr) -> Return:
    return Return(value, span=value.span)


def _is_atom(expr: Expr) -> bool:
    return isinstance(expr, Var | IntLit) or (isinstance(expr, TupleLit) and not expr.items)


def _only_computes(block: Block) -> bool:
    """Whether a block has no way out but its end, and can be an expression."""
    return all(map(_computes, block))


def _computes(stmt: Stmt) -> bool:
    match stmt:
        case VarDecl() | Assign():
            return True
        case If(_, then, orelse):
            return _only_computes(then) and _only_computes(orelse)
        case While() | ForRange() | ForEach():
            return not contains(stmt.body, Return)
        case _:
            return False


def _speaks_of(clause: Clause, known: set[str]) -> bool:
    return free_vars(clause.condition).keys() <= known and not any(
        isinstance(node, Old) for node in walk(clause)
    )
