"""Symbolic execution of one function into its obligations.

Forward, one pass over the body: a state maps variables to terms under a path condition; facts
learnt on a path are kept as implications in program order; branches meet again in fresh names.
A loop is cut at its head: its invariant is checked on entry, the variables that the body
assigns become arbitrary values that satisfy it, and it is checked again after the body (Floyd,
"Assigning meanings to programs"; Leino, "This is Boogie 2", for the passive form).

Runs on lowered IR: `while` is the only loop. What cannot be encoded leaves an obligation open;
nothing is dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias, assert_never, cast

from autoform.ir import stmts
from autoform.ir.decls import Function, Module, Param
from autoform.ir.exprs import Apply, Expr, IntLit, Quantifier, type_of
from autoform.ir.node import Node
from autoform.ir.stmts import Block, Stmt
from autoform.ir.text import print_expr
from autoform.ir.traversal import walk
from autoform.ir.types import UNIT, Type, is_integer
from autoform.source import Span
from autoform.vc.loops import loop_numbers, quantifies
from autoform.vc.obligation import InvariantId, Kind, MeasureId, Obligation, Subject
from autoform.vc.recursion import cycle_of
from autoform.vc.smt.encoder import Encoder
from autoform.vc.smt.logic import (
    Formula,
    Term,
    boolean,
    conj,
    decreases,
    disj,
    equal_products,
    false,
    identical,
    implies,
    negate,
    not_negative,
    same,
    shifted,
    true,
)
from autoform.vc.smt.scope import Scope
from autoform.vc.smt.solver import Question
from autoform.vc.smt.sorts import NotEncodable, Universe

Measure: TypeAlias = tuple[Expr, ...]
"""What decreases, lexicographically."""


@dataclass(slots=True)
class State:
    """The variables under a path condition. Copied where paths part."""

    variables: dict[str, Term]
    path: Formula

    def branch(self, condition: Formula) -> State:
        """This state on the paths where the condition holds too."""
        return State(dict(self.variables), conj(self.path, condition))


@dataclass(slots=True)
class _Frame:
    """A loop being executed: where its breaks and continues arrive."""

    label: str | None
    breaks: list[State] = field(default_factory=list)
    continues: list[State] = field(default_factory=list)


def obligations(module: Module, name: str, *, allow_real: bool = False) -> Execution:
    """Every obligation of a function of the module, with what is needed to discharge them.

    Invariants, measures and contract are read from the function itself. Raises `KeyError` for
    an unknown name and `NotEncodable` when a parameter's type has no sort.
    """
    execution = Execution(module, module.function(name), allow_real=allow_real)
    execution.run()
    return execution


class Execution:
    """One function's symbolic execution. After `run`, `obligations` is complete.

    `returns` holds, for each `return`, the number of facts known there and its path: a function
    all of whose returns contradict the facts has not been proved, it has been misunderstood.
    """

    def __init__(
        self,
        module: Module,
        function: Function,
        *,
        allow_real: bool = False,
        measures: Mapping[int, Sequence[Measure]] = MappingProxyType({}),
    ) -> None:
        """Prepare; nothing is executed yet. `measures` are tried for loops that have none."""
        self.module = module
        self.function = function
        self.universe = Universe(module, allow_real=allow_real)
        self.encoder = Encoder(self.universe)
        self.obligations: list[Obligation] = []
        self.literals: dict[InvariantId, Formula] = {}
        self.facts: list[Formula] = []
        self.cycle = cycle_of(module, function.name)
        self.universe.own = self.cycle | {function.name}
        self._entry: dict[str, Term] = {}
        self._frames: list[_Frame] = []
        self._numbers = loop_numbers(function)
        self._measures = measures
        self._multiplies = any(
            isinstance(node, Apply)
            and node.op == "mul"
            and not any(isinstance(arg, IntLit) for arg in node.args)
            for node in walk(function)
        )
        self.universe.multiplies = self._multiplies
        self._result: Term | None = None
        self._stating = False
        self.returns: list[tuple[int, Formula]] = []

    def run(self) -> None:
        """Execute the whole function."""
        for param in self.function.params:
            self._entry[param.name] = self.arbitrary(param.name, param.type, State({}, true()))
        state = State(dict(self._entry), true())
        for clause in self.function.contract.requires:
            state = self._assume_checked(clause.condition, state)
        self._check_raises(state)
        end = self._block(self.function.body, state)
        if end is None:
            return
        if self.function.result == UNIT:
            self._return(end, self.encoder.construct(UNIT, 0, ()), self.function.span)
        else:
            self.oblige(Kind.POSTCONDITION, end, false(), self.function, "the end is not reached")

    def _check_raises(self, state: State) -> None:
        """The conditions of `raises` have values; each is read where those before are false."""
        reached = state.branch(true())
        for raises in self.function.contract.raises:
            self.check_contract(raises.when, reached)
            reached = reached.branch(negate(self.formula(raises.when, reached)))

    # Facts and obligations.

    def scope(self, state: State, result: Term | None = None) -> Scope:
        """The names of a state, with the parameters at entry."""
        return Scope(state.variables, self._entry, self._result if result is None else result)

    def assume(self, state: State, fact: Formula) -> None:
        """Keep a fact for what follows on the state's path."""
        self.facts.append(implies(state.path, fact))

    def oblige(
        self,
        kind: Kind,
        state: State,
        goal: Formula,
        node: Node,
        detail: str = "",
        subject: Subject | None = None,
        beside: tuple[Formula, ...] = (),
    ) -> None:
        """Add an obligation and assume it from here on."""
        question = Question(len(self.facts), state.path, goal, beside)
        span = node.span if node.span.known else self.function.span
        self.obligations.append(
            Obligation(kind, self.function.name, span, detail, question, subject)
        )
        if subject is None:
            self.assume(state, goal)

    def check(self, expr: Expr, state: State, result: Term | None = None) -> None:
        """Obligations of evaluating an expression, in evaluation order."""
        from autoform.vc.definedness import check_expression

        self._result = result
        check_expression(self, expr, state)
        self._result = None

    def check_contract(self, expr: Expr, state: State, result: Term | None = None) -> None:
        """Like `check`, for what is stated, not run: no exception is an answer."""
        self._stating = True
        self.check(expr, state, result)
        self._stating = False

    def formula(self, expr: Expr, state: State, result: Term | None = None) -> Formula:
        """A condition's truth in a state; what cannot be encoded is an unknown truth value."""
        return cast("Formula", self.term(expr, state, result))

    def term(self, expr: Expr, state: State, result: Term | None = None) -> Term:
        """A value in a state; what cannot be encoded is an arbitrary value of its type."""
        try:
            return self.encoder.term(expr, self.scope(state, result))
        except NotEncodable:
            return self.arbitrary("unknown", type_of(expr), state)

    def arbitrary(self, name: str, type_: Type, state: State) -> Term:
        """A value of which only the type is known."""
        value = self.universe.fresh(name, self.universe.sort(type_))
        self.facts_of_type(type_, value, state)
        return value

    def facts_of_type(self, type_: Type, value: Term, state: State) -> None:
        """Assume what every value of the type satisfies."""
        for fact in self.encoder.fits(type_, value):
            self.assume(state, fact)

    def unknown(self) -> Formula:
        """A truth value of which nothing is known."""
        return cast("Formula", self.universe.fresh("unknown", true().sort()))

    def at_entry(self, state: State) -> State:
        """The state with the parameters as they were at entry."""
        return State({**state.variables, **self._entry}, state.path)

    def entry_measure(self) -> list[Term]:
        """The function's measure at entry."""
        entry = State(self._entry, true())
        return [self.term(measure, entry) for measure in self.function.contract.decreases]

    def _assume_checked(self, condition: Expr, state: State) -> State:
        self.check_contract(condition, state)
        self.assume(state, self.formula(condition, state))
        return state

    # Statements.

    def _block(self, block: Block, state: State) -> State | None:
        current: State | None = state
        for stmt in block:
            if current is None:
                return None
            current = self._statement(stmt, current)
        return current

    def _statement(self, stmt: Stmt, state: State) -> State | None:
        match stmt:
            case stmts.VarDecl(name, type_, value):
                if value is None:
                    state.variables[name] = self.arbitrary(name, type_, state)
                else:
                    state.variables[name] = self._value(value, state)
                return state
            case stmts.Assign(name, value):
                state.variables[name] = self._value(value, state)
                return state
            case stmts.CallStmt():
                from autoform.vc.calls import call_statement

                call_statement(self, stmt, state)
                return state
            case stmts.If(condition, then, orelse):
                truth = cast("Formula", self._value(condition, state))
                return self._join(
                    self._block(then, state.branch(truth)),
                    self._block(orelse, state.branch(negate(truth))),
                )
            case stmts.While():
                return self._while(stmt, state)
            case stmts.Return(value):
                self._return(state, self._value(value, state), stmt.span)
                return None
            case stmts.Raise(exception, message):
                if message is not None:
                    self.check(message, state)
                self.oblige(
                    Kind.UNREACHABLE_RAISE,
                    state,
                    self.declared(exception),
                    stmt,
                    f"raise {exception}",
                )
                return None
            case stmts.Assert(condition, stmts.Origin.MINED | stmts.Origin.MODEL):
                # Put in for the proof and never run: no declared exception excuses its failure.
                self.check_contract(condition, state)
                goal = self.formula(condition, state)
                self.oblige(Kind.ASSERTION, state, goal, stmt, print_expr(condition))
                return state
            case stmts.Assert(condition):
                self.check(condition, state)
                truth = self.formula(condition, state)
                goal = disj(truth, self.declared("AssertionError"))
                self.oblige(Kind.ASSERTION, state, goal, stmt, print_expr(condition))
                self.assume(state, truth)
                return state
            case stmts.Break(label):
                self._frame(label).breaks.append(state)
                return None
            case stmts.Continue(label):
                self._frame(label).continues.append(state)
                return None
            case stmts.ForRange() | stmts.ForEach():
                raise ValueError("for loops are lowered before obligations are made")
            case _:
                assert_never(stmt)

    def _value(self, expr: Expr, state: State) -> Term:
        self.check(expr, state)
        return self.term(expr, state)

    def _frame(self, label: str | None) -> _Frame:
        if label is None:
            return self._frames[-1]
        return next(frame for frame in reversed(self._frames) if frame.label == label)

    def _join(self, left: State | None, right: State | None) -> State | None:
        """The state after two paths meet: differing variables get fresh names."""
        if left is None or right is None:
            return left or right
        path = boolean(f"join!{len(self.facts)}")
        self.facts.append(same(path, disj(left.path, right.path)))
        merged: dict[str, Term] = {}
        for name in (each for each in left.variables if each in right.variables):
            first, second = left.variables[name], right.variables[name]
            if identical(first, second):
                merged[name] = first
                continue
            merged[name] = self.universe.fresh(name, first.sort())
            self.facts.append(implies(left.path, same(merged[name], first)))
            self.facts.append(implies(right.path, same(merged[name], second)))
        return State(merged, path)

    def _join_all(self, states: Iterable[State | None]) -> State | None:
        joined: State | None = None
        for state in states:
            joined = self._join(joined, state)
        return joined

    # Leaving the function.

    def declared(self, exception: str) -> Formula:
        """Whether the contract says that the call at hand raises the exception."""
        if self._stating:
            return false()
        entry = State(self._entry, true())
        cases: list[Formula] = []
        earlier: list[Formula] = []
        for clause in self.function.contract.raises:
            when = self.formula(clause.when, entry)
            if clause.exception == exception:
                cases.append(conj(when, *map(negate, earlier)))
            earlier.append(when)
        return disj(*cases)

    def _return(self, state: State, result: Term, span: Span) -> None:
        where = stmts.Break(span=span)
        self.returns.append((len(self.facts), state.path))
        entry = State(self._entry, true())
        for raises in self.function.contract.raises:
            goal = negate(self.formula(raises.when, entry))
            detail = f"raises {raises.exception} when {print_expr(raises.when)}"
            self.oblige(Kind.DECLARED_RAISE, state, goal, where, detail)
        final = State(self._final_variables(state), state.path)
        for clause in self.function.contract.ensures:
            self.check_contract(clause.condition, final, result)
            goal = self.formula(clause.condition, final, result)
            detail = print_expr(clause.condition)
            self.oblige(
                Kind.POSTCONDITION, final, goal, clause if clause.span.known else where, detail
            )

    def _final_variables(self, state: State) -> dict[str, Term]:
        """What names mean in `ensures`: inout parameters as they are now, others as at entry."""

        def value(param: Param) -> Term:
            return state.variables[param.name] if param.inout else self._entry[param.name]

        return {param.name: value(param) for param in self.function.params}

    # Loops.

    def _while(self, loop: stmts.While, state: State) -> State | None:
        number = self._numbers[id(loop)]
        ids = [InvariantId(number, k) for k in range(len(loop.invariants))]
        for which, clause in zip(ids, loop.invariants, strict=True):
            goal = self.formula(clause.condition, state)
            self._oblige_invariant(Kind.INVARIANT_ENTRY, state, goal, (clause, which), loop)
        head = self._havoc(loop, state)
        for which, clause in zip(ids, loop.invariants, strict=True):
            literal = self.literals.setdefault(
                which, boolean(f"invariant!{which.loop}!{which.clause}")
            )
            holds = self.formula(clause.condition, head)
            self.facts.append(implies(conj(literal, head.path), holds))
        self.check(loop.condition, head)
        truth = self.formula(loop.condition, head)
        frame = _Frame(loop.label)
        self._frames.append(frame)
        inside = head.branch(truth)
        for part in loop.decreases:
            self.check_contract(part, inside)
        end = self._join_all([self._block(loop.body, inside.branch(true())), *frame.continues])
        self._frames.pop()
        if end is not None:
            self._round_end(loop, ids, head, end, inside)
        self._boundary(loop.condition, head)
        return self._join_all([head.branch(negate(truth)), *frame.breaks])

    def _boundary(self, condition: Expr, head: State) -> None:
        """Products at the place where a counting loop ends, for functions that multiply."""
        match condition:
            case Apply("lt" | "le" | "gt" | "ge" | "ne" as op, (left, right)) if (
                self._multiplies and is_integer(type_of(left))
            ):
                end = shifted(self.term(right, head), {"le": 1, "ge": -1}.get(op, 0))
                types = self._types()
                numbers = [n for n in sorted(head.variables) if is_integer(types.get(n, UNIT))]
                others = [head.variables[name] for name in numbers]
                self.facts.append(equal_products(self.term(left, head), end, others))
            case _:
                pass

    def _havoc(self, loop: stmts.While, state: State) -> State:
        """The state at the head of an arbitrary round."""
        from autoform.vc.calls import assigned_in

        head = State(dict(state.variables), state.path)
        types = self._types()
        for name in sorted(assigned_in(self.module, loop.body) & state.variables.keys()):
            head.variables[name] = self.arbitrary(name, types[name], head)
        return head

    def _types(self) -> dict[str, Type]:
        from autoform.vc.calls import declared_types

        return declared_types(self.function)

    def _round_end(
        self,
        loop: stmts.While,
        ids: Sequence[InvariantId],
        head: State,
        end: State,
        inside: State,
    ) -> None:
        visible = State({n: v for n, v in end.variables.items() if n in head.variables}, end.path)
        goals = [self.formula(clause.condition, visible) for clause in loop.invariants]
        # What is said without quantifiers is shown without help, and may help to show that
        # something exists: its terms are the witnesses.
        plain = tuple(
            implies(self.literals[which], goal)
            for which, clause, goal in zip(ids, loop.invariants, goals, strict=True)
            if not quantifies(clause.condition)
        )
        for which, clause, goal in zip(ids, loop.invariants, goals, strict=True):
            beside = plain if quantifies(clause.condition, Quantifier.EXISTS) else ()
            self._oblige_invariant(
                Kind.INVARIANT_KEPT, visible, goal, (clause, which), loop, beside
            )
        tried = self._measures.get(self._numbers[id(loop)], ())
        if loop.decreases:
            self._oblige_measure(loop, loop.decreases, inside, (end, visible))
        elif tried:
            for choice, measure in enumerate(tried):
                subject = MeasureId(self._numbers[id(loop)], choice)
                self._oblige_measure(loop, measure, inside, (end, visible), subject)
        else:
            self.oblige(Kind.VARIANT_DECREASES, end, false(), loop, "no measure is known")

    def _oblige_measure(
        self,
        loop: stmts.While,
        measure: Measure,
        inside: State,
        after: tuple[State, State],
        subject: MeasureId | None = None,
    ) -> None:
        """The measure is bounded when a round starts, and less when it has ended."""
        end, visible = after
        detail = ", ".join(map(print_expr, measure))
        if not all(is_integer(type_of(part)) for part in measure):
            self.oblige(
                Kind.VARIANT_DECREASES, end, false(), loop, "a measure is no integer", subject
            )
            return
        before = [self.term(part, inside) for part in measure]
        less = [self.term(part, visible) for part in measure]
        self.oblige(Kind.VARIANT_BOUNDED, inside, not_negative(before), loop, detail, subject)
        self.oblige(Kind.VARIANT_DECREASES, end, decreases(before, less), loop, detail, subject)

    def _oblige_invariant(
        self,
        kind: Kind,
        state: State,
        goal: Formula,
        said: tuple[stmts.Clause, InvariantId],
        loop: stmts.While,
        beside: tuple[Formula, ...] = (),
    ) -> None:
        clause, which = said
        node: Node = clause if clause.span.known else loop
        self.oblige(kind, state, goal, node, print_expr(clause.condition), which, beside)
