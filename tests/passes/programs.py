"""Random well-formed modules that loop, jump, raise, mutate and call, for properties of passes."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from autoform.ir.decls import Function, Module, Param
from autoform.ir.exprs import (
    And,
    Binder,
    BoolLit,
    Call,
    Collection,
    Comprehension,
    Expr,
    Filter,
    Generator,
    IfExpr,
    Let,
    Or,
    Quant,
    Quantifier,
    Var,
)
from autoform.ir.ops import apply
from autoform.ir.stmts import (
    Assert,
    Assign,
    Block,
    Break,
    CallStmt,
    Continue,
    ForEach,
    ForRange,
    If,
    Raise,
    Return,
    Stmt,
    VarDecl,
    While,
)
from autoform.ir.types import INT, SeqType
from autoform.passes.blocks import falls_through, integer

XS = SeqType(INT)


@dataclass
class Writer:
    """Writes one function; `ints` and `lists` are the variables that can be read."""

    rng: random.Random
    callees: tuple[Function, ...]
    count: int = 0
    size: int = 40
    ints: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    fixed: set[str] = field(default_factory=set)
    labels: list[str | None] = field(default_factory=list)

    def name(self, base: str) -> str:
        self.count += 1
        return f"{base}{self.count}"

    # Expressions

    def int_(self, depth: int = 2) -> Expr:
        rng = self.rng
        kind = rng.randrange(12) if depth else rng.randrange(2)
        match kind:
            case 0:
                return integer(rng.randint(-2, 4))
            case 1 | 2:
                return Var(rng.choice(self.ints), INT)
            case 3 | 4:
                op = rng.choice(["add", "sub", "mul"])
                return apply(op, self.int_(depth - 1), integer(rng.randint(0, 3)))
            case 5:
                op = rng.choice(["floor_div", "floor_mod"])
                return apply(op, self.int_(depth - 1), self.int_(depth - 1))
            case 6:
                op = rng.choice(["seq.at", "seq.at_neg"])
                return apply(op, self.list_(depth - 1), self.int_(depth - 1))
            case 7:
                return apply("seq.len", self.list_(depth - 1))
            case 8:
                return IfExpr(self.bool_(depth - 1), self.int_(depth - 1), self.int_(depth - 1))
            case 9:
                return self.let(depth)
            case _:
                return self.call(depth)

    def let(self, depth: int) -> Expr:
        value, name = self.int_(depth - 1), self.name("k")
        self.ints.append(name)
        body = self.int_(depth - 1)
        self.ints.remove(name)
        return Let(name, value, body)

    def call(self, depth: int) -> Expr:
        plain = [f for f in self.callees if not any(p.inout for p in f.params)]
        if not plain:
            return self.int_(0)
        callee = self.rng.choice(plain)
        return Call(callee.name, (self.int_(depth - 1), self.list_(depth - 1)), INT)

    def list_(self, depth: int = 1) -> Expr:
        rng = self.rng
        kind = rng.randrange(6) if depth > 0 else 0
        match kind:
            case 0 | 1:
                return Var(rng.choice(self.lists), XS)
            case 2:
                return apply("seq.append", self.list_(depth - 1), self.int_(depth - 1))
            case 3:
                return apply("seq.slice_from", self.list_(depth - 1), self.int_(0))
            case 4:
                bounds = (integer(0), self.small(), integer(1))
                return apply("seq.range", *bounds)
            case _:
                return self.comprehension(depth)

    def small(self) -> Expr:
        return apply("min2", self.int_(0), integer(4))

    def comprehension(self, depth: int) -> Expr:
        source, name = self.list_(depth - 1), self.name("e")
        self.ints.append(name)
        clauses: list[Generator | Filter] = [Generator(Binder(name, INT), source)]
        if self.rng.random() < 0.5:
            clauses.append(Filter(self.bool_(depth - 1)))
        element = self.int_(depth - 1)
        self.ints.remove(name)
        return Comprehension(Collection.SEQ, element, tuple(clauses))

    def bool_(self, depth: int = 2) -> Expr:
        rng = self.rng
        kind = rng.randrange(7) if depth > 0 else 0
        match kind:
            case 0 | 1 | 2:
                op = rng.choice(["lt", "le", "gt", "ge", "eq", "ne"])
                return apply(op, self.int_(max(depth - 1, 0)), self.int_(max(depth - 1, 0)))
            case 3:
                return And((self.bool_(depth - 1), self.bool_(depth - 1), self.bool_(0)))
            case 4:
                return Or((self.bool_(depth - 1), self.bool_(depth - 1)))
            case 5:
                return apply("not", self.bool_(depth - 1))
            case _:
                source, name = self.list_(depth - 1), self.name("q")
                self.ints.append(name)
                body = self.bool_(depth - 1)
                self.ints.remove(name)
                return Quant(rng.choice(list(Quantifier)), Binder(name, INT), source, body)

    # Statements

    def block(self, depth: int) -> Block:
        ints, lists = list(self.ints), list(self.lists)
        out: list[Stmt] = []
        for _ in range(self.rng.randint(1, 4)):
            self.size -= 1
            out.extend(self.stmt(depth if self.size > 0 else 0))
            if not falls_through((out[-1],)):
                break
        self.ints, self.lists = ints, lists
        return tuple(out)

    def stmt(self, depth: int) -> list[Stmt]:
        rng = self.rng
        kind = rng.randrange(16) if depth else rng.randrange(7)
        match kind:
            case 0:
                name, value = self.name("v"), self.int_()
                self.ints.append(name)
                return [VarDecl(name, INT, value)]
            case 1 | 2 | 3:
                return [self.assignment()]
            case 4:
                return [self.leave()]
            case 5:
                return [self.assignment()]
            case 6:
                return [self.call_stmt()]
            case 7 | 8 | 9 | 10:
                then = self.block(depth - 1)
                orelse = self.block(depth - 1) if rng.random() < 0.5 else ()
                return [If(self.bool_(), then, orelse)]
            case 11:
                return self.late(depth)
            case 12 | 13:
                return [self.for_each(depth)]
            case 14:
                return [self.for_range(depth)]
            case _:
                return self.while_(depth)

    def assignment(self) -> Stmt:
        if self.rng.random() < 0.3:
            targets = [n for n in self.lists if n not in self.fixed]
            return Assign(self.rng.choice(targets), self.list_())
        targets = [n for n in self.ints if n not in self.fixed]
        return Assign(self.rng.choice(targets), self.int_())

    def leave(self) -> Stmt:
        kind = self.rng.randrange(8)
        if self.labels and kind < 4:
            label = self.rng.choice([None, self.rng.choice(self.labels)])
            return Break(label) if kind % 2 else Continue(label)
        match kind:
            case 5:
                return Raise(self.rng.choice(["ValueError", "KeyError"]))
            case 6:
                return Assert(self.bool_())
            case 7:
                return Return(self.int_())
            case _:
                return self.assignment()

    def call_stmt(self) -> Stmt:
        targets = [n for n in self.ints if n not in self.fixed]
        lists = [n for n in self.lists if n not in self.fixed]
        if not self.callees:
            return self.assignment()
        callee = self.rng.choice(self.callees)
        target = self.rng.choice([None, self.rng.choice(targets)])
        second: Expr = self.list_()
        if any(p.inout for p in callee.params):
            second = Var(self.rng.choice(lists), XS)
        return CallStmt(target, callee.name, (self.int_(), second))

    def late(self, depth: int) -> list[Stmt]:
        """A variable that each branch assigns."""
        name, test = self.name("late"), self.bool_()
        then = (*self.falling(depth), Assign(name, self.int_()))
        orelse = (*self.falling(depth), Assign(name, self.int_()))
        self.ints.append(name)
        return [VarDecl(name, INT), If(test, then, orelse)]

    def falling(self, depth: int) -> Block:
        block = self.block(depth - 1)
        return block if falls_through(block) else ()

    def loop_body(self, depth: int, label: str | None) -> Block:
        self.labels.append(label)
        body = self.block(depth - 1)
        self.labels.pop()
        return body

    def label(self) -> str | None:
        return self.name("loop") if self.rng.random() < 0.3 else None

    def for_each(self, depth: int) -> Stmt:
        source, name, label = self.list_(), self.name("x"), self.label()
        self.ints.append(name)
        self.fixed.add(name)
        body = self.loop_body(depth, label)
        self.ints.remove(name)
        return ForEach(Binder(name, INT), source, body, label=label)

    def for_range(self, depth: int) -> Stmt:
        start, stop = self.int_(0), self.small()
        step = self.rng.choice([integer(1), integer(1), integer(-1), integer(2), self.int_(0)])
        name, label = self.name("i"), self.label()
        self.ints.append(name)
        self.fixed.add(name)
        body = self.loop_body(depth, label)
        self.ints.remove(name)
        return ForRange(Binder(name, INT), start, stop, step, body, label=label)

    def while_(self, depth: int) -> list[Stmt]:
        """A loop with a budget of rounds, which its body cannot see."""
        fuel, label = self.name("fuel"), self.label()
        test = self.rng.choice([BoolLit(value=True), self.bool_()])
        spent = apply("le", Var(fuel, INT), integer(0))
        body = (
            If(spent, (Break(),)),
            Assign(fuel, apply("sub", Var(fuel, INT), integer(1))),
            *self.loop_body(depth, label),
        )
        return [VarDecl(fuel, INT, integer(self.rng.randint(0, 3))), While(test, body, label=label)]


def random_module(seed: int) -> Module:
    """Three functions, of which later ones call earlier ones; one mutates its list."""
    rng = random.Random(seed)  # noqa: S311 - tests that repeat, no secret
    functions: list[Function] = []
    for position, inout in enumerate((False, True, False)):
        params = (Param(f"n{position}", INT), Param(f"xs{position}", XS, inout=inout))
        writer = Writer(rng, tuple(functions))
        writer.ints, writer.lists = [params[0].name], [params[1].name]
        body = writer.block(3)
        if falls_through(body):
            body = (*body, Return(writer.int_()))
        functions.append(Function(f"f{position}", params, INT, body))
    return Module(tuple(functions))
