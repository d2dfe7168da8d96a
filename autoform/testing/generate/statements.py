"""Random statements: blocks that assign before they read and loops that end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from autoform.ir.build import compare, conjunction, integer
from autoform.ir.decls import Function
from autoform.ir.exprs import Binder, Expr, IntLit, StrLit, Var
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
    Origin,
    Raise,
    Return,
    Stmt,
    VarDecl,
    While,
)
from autoform.ir.types import (
    BOOL,
    INT,
    MACHINE_INTS,
    UNIT,
    IntType,
    MachineIntType,
    SeqType,
    Type,
    substitute_type,
)
from autoform.testing.generate.expressions import Expressions, Place

EXCEPTIONS = ("ValueError", "TypeError", "MyError", "errors.Custom")

_Maker = Callable[[int], list[Stmt]]


@dataclass(slots=True)
class Statements:
    """Makes the body of one function with that result."""

    exprs: Expressions
    result: Type
    assignable: set[str] = field(default_factory=set)
    labels: list[str | None] = field(default_factory=list)

    @property
    def place(self) -> Place:
        """What is visible now."""
        return self.exprs.place

    def block(self, size: int, level: int) -> Block:
        """So many statements; what they declare is not visible after."""
        before = dict(self.place.variables)
        made: list[Stmt] = []
        for _ in range(size):
            made += self.exprs.choices.pick(self._makers(level))(level)
        self.place.variables = before
        return tuple(made)

    def body(self) -> Block:
        """Statements, and the result."""
        choices = self.exprs.choices
        before = dict(self.place.variables)
        made: list[Stmt] = []
        for _ in range(choices.upto(choices.profile.statements)):
            made += choices.pick(self._makers(2))(2)
        made += self._ending()
        self.place.variables = before
        return tuple(made)

    def _ending(self) -> list[Stmt]:
        choices = self.exprs.choices
        if self.result == UNIT:
            return []
        if choices.has("If") and choices.chance(25):
            branches = [(self._return(),), (self._return(),)]
            return [If(self.exprs.make(BOOL), *branches)]
        return [self._return()]

    def _return(self) -> Return:
        return Return(self.exprs.make(self.result))

    def _makers(self, level: int) -> list[_Maker]:
        has = self.exprs.choices.has
        makers: list[_Maker] = [self._declare] * 3 + [self._assign] * 4
        if has("Assert"):
            makers.append(self._assert)
        if has("CallStmt"):
            makers += [self._call] * 2
        if level > 0 and has("If"):
            makers += [self._if] * 2 + [self._late]
            makers += [self._leave] * (3 if self.labels else 1)
        if level > 0:
            loops = {"While": self._while, "ForRange": self._for_range, "ForEach": self._for_each}
            makers += [maker for node, maker in loops.items() if has(node)]
        return makers

    def _new_local(self, type_: Type) -> str:
        name = self.exprs.fresh("v")
        self.place.variables[name] = type_
        self.assignable.add(name)
        return name

    def _makeable_type(self) -> Type:
        type_ = self.exprs.choices.type()
        return type_ if self.exprs.can_make(type_) else INT

    def _declare(self, _: int) -> list[Stmt]:
        type_ = self._makeable_type()
        value = self.exprs.make(type_)
        return [VarDecl(self._new_local(type_), type_, value)]

    def _late(self, _: int) -> list[Stmt]:
        """A local that both branches assign."""
        type_ = self._makeable_type()
        condition = self.exprs.make(BOOL, 2)
        values = (self.exprs.make(type_, 2), self.exprs.make(type_, 2))
        name = self._new_local(type_)
        branches = [(Assign(name, value),) for value in values]
        return [VarDecl(name, type_), If(condition, *branches)]

    def _targets(self, type_: Type | None = None) -> list[tuple[str, Type]]:
        return [
            (name, each)
            for name, each in self.place.variables.items()
            if name in self.assignable and type_ in (None, each)
        ]

    def _assign(self, level: int) -> list[Stmt]:
        targets = self._targets()
        if not targets:
            return self._declare(level)
        name, type_ = self.exprs.choices.pick(targets)
        return [Assign(name, self.exprs.make(type_))]

    def _assert(self, _: int) -> list[Stmt]:
        """Often true: what a variable equals, or anything."""
        choices = self.exprs.choices
        if choices.chance(30):
            return [Assert(self.exprs.make(BOOL, 2))]
        value = self.exprs.atom(INT)
        return [Assert(compare("le", value, value), choices.pick((Origin.ASSERT, Origin.GUARD)))]

    def _if(self, level: int) -> list[Stmt]:
        choices = self.exprs.choices
        condition = self.exprs.make(BOOL)
        then = self.block(1 + choices.upto(2), level - 1)
        orelse = self.block(choices.upto(2), level - 1) if choices.chance(60) else ()
        return [If(condition, then, orelse)]

    def _leave(self, _: int) -> list[Stmt]:
        """A guarded `return`, `raise`, `break` or `continue`."""
        choices = self.exprs.choices
        options: list[Callable[[], Stmt]] = [self._return] if self.result != UNIT else []
        if choices.has("Raise") and choices.chance(40):
            options.append(self._raise)
        if self.labels and choices.has("Break"):
            options += [self._break] * 2
        if self.labels and choices.has("Continue"):
            options += [self._continue] * 2
        if not options:
            return []
        return [If(self.exprs.make(BOOL, 2), (choices.pick(options)(),))]

    def _raise(self) -> Raise:
        message = StrLit("no") if self.exprs.choices.chance(50) else None
        return Raise(self.exprs.choices.pick(EXCEPTIONS), message)

    def _break(self) -> Break:
        return Break(self._open_label())

    def _continue(self) -> Continue:
        return Continue(self._open_label())

    def _open_label(self) -> str | None:
        return self.exprs.choices.pick([None, *filter(None, self.labels)])

    def _label(self) -> str | None:
        labelled = self.exprs.choices.profile.labels and self.exprs.choices.chance(50)
        return self.exprs.fresh("loop") if labelled else None

    def _loop_body(self, label: str | None, level: int, *counter: str) -> Block:
        outside = self.place
        counters = (*outside.counters, *counter)
        variables = dict(outside.variables)
        self.exprs.place = replace(outside, in_loop=True, counters=counters, variables=variables)
        self.labels.append(label)
        body = self.block(1 + self.exprs.choices.upto(2), level - 1)
        self.labels.pop()
        self.exprs.place = outside
        return body

    def _bound(self) -> Expr:
        """How far a loop counts: a little, or to a length."""
        choices = self.exprs.choices
        sequences = [Var(n, t) for n, t in self.place.variables.items() if isinstance(t, SeqType)]
        if sequences and "seq.len" in choices.profile.ops and choices.chance(50):
            return apply("seq.len", choices.pick(sequences))
        return integer(choices.upto(4))

    def _while(self, level: int) -> list[Stmt]:
        """Counts up first thing in its body, so that `continue` ends too."""
        choices = self.exprs.choices
        name, limit = self.exprs.fresh("n"), self.exprs.fresh("limit")
        start = [VarDecl(limit, INT, self._bound()), VarDecl(name, INT, integer(0))]
        self.place.variables |= {limit: INT, name: INT}
        counter, bound = Var(name, INT), Var(limit, INT)
        condition: Expr = compare("lt", counter, bound)
        if choices.chance(30) and choices.has("And"):
            condition = conjunction((condition, self.exprs.make(BOOL, 1)))
        invariants = self.invariants(
            [compare("le", integer(0), counter), compare("le", counter, bound)]
        )
        measure = () if choices.chance(30) else (apply("sub", bound, counter),)
        label = self._label()
        step = Assign(name, apply("add", counter, integer(1)))
        body = (step, *self._loop_body(label, level, name))
        return [*start, While(condition, body, invariants, measure, label)]

    def invariants(self, known: list[Expr]) -> tuple[Clause, ...]:
        """Some of what is known, and sometimes anything."""
        choices = self.exprs.choices
        if not choices.profile.contracts:
            return ()
        kept = [condition for condition in known if choices.chance(50)]
        if choices.chance(20):
            outside = self.place
            variables = dict(outside.variables)
            self.exprs.place = replace(
                outside, in_contract=True, old_allowed=True, variables=variables
            )
            kept.append(self.exprs.make(BOOL, 2))
            self.exprs.place = outside
        return tuple(Clause(condition, choices.pick(tuple(Origin))) for condition in kept)

    def _for_range(self, level: int) -> list[Stmt]:
        choices = self.exprs.choices
        type_: IntType | MachineIntType = INT
        machine = sorted(choices.profile.types & MACHINE_INTS.keys())
        if machine and choices.chance(30):
            type_ = MACHINE_INTS[choices.pick(machine)]
        start: Expr = IntLit(choices.upto(2), type_)
        stop: Expr = self._bound() if type_ == INT else IntLit(choices.upto(4), type_)
        step: Expr = IntLit(1 + choices.upto(1), type_)
        if type_ == INT and choices.chance(20):
            start, stop, step = stop, start, IntLit(-1, INT)
        binder = Binder(self.exprs.fresh("i"), type_)
        with self.exprs.seeing(binder):
            value = Var(binder.name, type_)
            invariants = self.invariants([compare("le", value, value)])
            label = self._label()
            body = self._loop_body(label, level, binder.name)
        return [ForRange(binder, start, stop, step, body, invariants, label)]

    def _for_each(self, level: int) -> list[Stmt]:
        found = self.exprs.source()
        if found is None:
            return []
        source, element = found
        invariants = self.invariants([])
        binder = Binder(self.exprs.fresh("x"), element)
        label = self._label()
        with self.exprs.seeing(binder):
            body = self._loop_body(label, level)
        return [ForEach(binder, source, body, invariants, label)]

    def _call(self, _: int) -> list[Stmt]:
        choices = self.exprs.choices
        functions = [f for f in choices.functions if not self.labels or f.name in choices.cheap]
        if not functions:
            return []
        return self._call_of(choices.pick(functions))

    def _call_of(self, function: Function) -> list[Stmt]:
        """Locals for the inout arguments where nothing else will do, and the call."""
        choices = self.exprs.choices
        bindings: dict[str, Type] = {name: choices.key_type() for name in function.type_params}
        before: list[Stmt] = []
        args: list[Expr] = []
        changed: set[str] = set()
        for param in function.params:
            type_ = substitute_type(param.type, bindings)
            if not self.exprs.can_make(type_):
                return []
            if not param.inout:
                args.append(self.exprs.make(type_, 1))
                continue
            free = [name for name, _ in self._targets(type_) if name not in changed]
            if free and choices.chance(70):
                name = choices.pick(free)
            else:
                value = self.exprs.make(type_, 1)
                name = self._new_local(type_)
                before.append(VarDecl(name, type_, value))
            changed.add(name)
            args.append(Var(name, type_))
        result = substitute_type(function.result, bindings)
        targets = [name for name, _ in self._targets(result) if name not in changed]
        target = choices.pick(targets) if targets and choices.chance(70) else None
        return [*before, CallStmt(target, function.name, tuple(args))]
