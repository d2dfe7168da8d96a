"""Taking parts of expressions out into statements, with the evaluation order kept exactly.

A pass says which nodes it wants out and which statements stand for one of them once its operands
are in place. Around them this module keeps the order and the short-circuits: operands evaluated
before a statement are stored first when they may raise, and what is evaluated only sometimes
(the later parts of `&&`, branches, bodies of `let`) becomes an `if` of statements.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never, cast

from autoform.ir.exprs import (
    And,
    BoolLit,
    Comprehension,
    Expr,
    IfExpr,
    Lambda,
    Let,
    MapLit,
    Or,
    Quant,
    Quantifier,
    Var,
    type_of,
)
from autoform.ir.node import Node
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
from autoform.ir.traversal import children, map_children, walk
from autoform.ir.types import BOOL, MapType, SeqType, StrType, Type
from autoform.passes.blocks import Names, negate
from autoform.passes.purity import may_raise

Wanted: TypeAlias = Callable[[Expr], bool]


@dataclass(frozen=True, slots=True)
class Linearizer:
    """Rewrites the blocks of one function.

    `wanted` picks the nodes to take out; `unfold` gets such a node, its operands already in
    place, the statements being collected, and returns what stands for its value. A wanted node
    for which `may_stay` holds is left where it is the whole value of a local.
    """

    names: Names
    wanted: Wanted
    unfold: Callable[[Linearizer, Expr, list[Stmt]], Expr]
    may_stay: Wanted = lambda _: False

    def block(self, block: Block) -> Block:
        """The block with every wanted node taken out of its expressions."""
        return tuple(new for stmt in block for new in self.statement(stmt))

    def statement(self, stmt: Stmt) -> Block:
        """The statements that stand for one."""
        out: list[Stmt] = []
        match stmt:
            case VarDecl(value=value):
                place = None if value is None else self.whole_value(value, out)
                out.append(replace(stmt, value=place))
            case Assign(value=value):
                out.append(replace(stmt, value=self.whole_value(value, out)))
            case Return(value=value):
                out.append(replace(stmt, value=self.value(value, out)))
            case Raise(message=message):
                done = None if message is None else self.value(message, out)
                out.append(replace(stmt, message=done))
            case Assert(condition):
                out.append(replace(stmt, condition=self.value(condition, out)))
            case CallStmt(args=args):
                out.append(replace(stmt, args=self.operands(args, out)))
            case If(condition, then, orelse):
                test = self.value(condition, out)
                out.append(
                    replace(stmt, condition=test, then=self.block(then), orelse=self.block(orelse))
                )
            case While():
                out.append(self._while(stmt))
            case ForRange(_, start, stop, step, body):
                start, stop, step = self.operands((start, stop, step), out)
                out.append(replace(stmt, start=start, stop=stop, step=step, body=self.block(body)))
            case ForEach(_, source, body):
                placed = self.value(source, out)
                out.append(replace(stmt, source=placed, body=self.block(body)))
            case Break() | Continue():
                out.append(stmt)
            case _:
                assert_never(stmt)
        return tuple(out)

    def _while(self, loop: While) -> While:
        """A condition with wanted nodes is evaluated inside the loop, which it may leave."""
        if not self.needed(loop.condition):
            return replace(loop, body=self.block(loop.body))
        test: list[Stmt] = []
        condition = self.value(loop.condition, test)
        leave = If(negate(condition), (Break(span=loop.condition.span),), span=loop.condition.span)
        body = (*test, leave, *self.block(loop.body))
        return replace(loop, condition=BoolLit(value=True, span=loop.condition.span), body=body)

    def needed(self, node: Node) -> bool:
        """Whether a wanted node occurs in it."""
        return any(self.wanted(cast(Expr, part)) for part in walk(node))

    def whole_value(self, expr: Expr, out: list[Stmt]) -> Expr:
        """Like `value`, for what becomes the value of a local as it is."""
        if not (self.wanted(expr) and self.may_stay(expr)):
            return self.value(expr, out)
        placed = iter(self.operands(tuple(cast(Expr, each) for each in children(expr)), out))
        return map_children(expr, lambda _: next(placed))

    def value(self, expr: Expr, out: list[Stmt]) -> Expr:
        """The expression without wanted nodes; the statements that go before it are appended."""
        if not self.needed(expr):
            return expr
        match expr:
            case And(items):
                return self._chain(items, out, goes_on=True)
            case Or(items):
                return self._chain(items, out, goes_on=False)
            case IfExpr():
                return self._branches(expr, out)
            case Let(name, value, body):
                placed = self.value(value, out)
                out.append(VarDecl(name, type_of(placed), placed, span=expr.span))
                return self.value(body, out)
            case Quant() if self.needed(expr.body):
                return self._quantifier(expr, out)
            case Comprehension() if self.wanted(expr):
                return self.unfold(self, expr, out)
            case Lambda() | Comprehension():
                return self._first_source(expr, out)
            case _:
                return self._strict(expr, out)

    def _strict(self, expr: Expr, out: list[Stmt]) -> Expr:
        """A node that evaluates all its operands, in order."""
        before = tuple(cast(Expr, child) for child in _in_order(expr))
        placed = iter(self.operands(before, out))
        if isinstance(expr, MapLit):
            flat = tuple(placed)
            expr = replace(expr, keys=flat[::2], values=flat[1::2])
        elif isinstance(expr, Quant):
            expr = replace(expr, domain=next(placed))
        else:
            expr = map_children(expr, lambda _: next(placed))
        return self.unfold(self, expr, out) if self.wanted(expr) else expr

    def operands(self, operands: tuple[Expr, ...], out: list[Stmt]) -> tuple[Expr, ...]:
        """The operands in place. One that may raise is stored if statements follow it."""
        last = max((i for i, each in enumerate(operands) if self.needed(each)), default=-1)
        placed = []
        for position, operand in enumerate(operands):
            here = self.value(operand, out)
            if position < last and may_raise(here) and not isinstance(here, Lambda):
                here = self.store(here, out)
            placed.append(here)
        return tuple(placed)

    def store(self, expr: Expr, out: list[Stmt], base: str = "value") -> Expr:
        """A new local that holds the expression."""
        if isinstance(expr, Var):
            return expr
        name = self.names.fresh(base)
        out.append(VarDecl(name, type_of(expr), expr, span=expr.span))
        return Var(name, type_of(expr), span=expr.span)

    def _chain(self, items: tuple[Expr, ...], out: list[Stmt], *, goes_on: bool) -> Expr:
        """`a && b` (`a || b`): later items are evaluated while the value is `goes_on`."""
        node = And if goes_on else Or
        first = next(i for i, item in enumerate(items) if self.needed(item))
        if first == 0:
            head, rest = self.value(items[0], out), items[1:]
        else:
            head, rest = _joined(node, items[:first]), items[first:]
        if not any(map(self.needed, rest)):
            return _joined(node, (head, *rest))
        name = self.names.fresh("holds")
        out.append(VarDecl(name, BOOL, head, span=head.span))
        result = Var(name, BOOL, span=head.span)
        inner: list[Stmt] = []
        value = self.whole_value(_joined(node, rest), inner)
        inner.append(Assign(name, value, span=value.span))
        test = result if goes_on else negate(result)
        out.append(If(test, tuple(inner), span=head.span))
        return result

    def _branches(self, expr: IfExpr, out: list[Stmt]) -> Expr:
        condition = self.value(expr.condition, out)
        if not (self.needed(expr.then) or self.needed(expr.orelse)):
            return replace(expr, condition=condition)
        name = self.names.fresh("chosen")
        out.append(VarDecl(name, type_of(expr), span=expr.span))
        then, orelse = (self._assigning(name, part) for part in (expr.then, expr.orelse))
        out.append(If(condition, then, orelse, span=expr.span))
        return Var(name, type_of(expr), span=expr.span)

    def _assigning(self, name: str, expr: Expr) -> Block:
        inner: list[Stmt] = []
        value = self.whole_value(expr, inner)
        return (*inner, Assign(name, value, span=expr.span))

    def _quantifier(self, expr: Quant, out: list[Stmt]) -> Expr:
        """`all(f(x) for x in xs)` as a loop that stops at the first counterexample.

        Over a set, which has no order to loop in, the quantifier is left as it is.
        """
        if not _iterable(type_of(expr.domain)):
            return self._strict(expr, out)
        domain = self.value(expr.domain, out)
        name = self.names.fresh("holds")
        holds = expr.kind is Quantifier.FORALL
        out.append(VarDecl(name, BOOL, BoolLit(holds), span=expr.span))
        inner: list[Stmt] = []
        condition = self.value(expr.body, inner)
        stop = (Assign(name, BoolLit(not holds), span=expr.span), Break(span=expr.span))
        inner.append(If(negate(condition) if holds else condition, stop, span=expr.body.span))
        out.append(ForEach(expr.binder, domain, tuple(inner), span=expr.span))
        return Var(name, BOOL, span=expr.span)

    def _first_source(self, expr: Lambda | Comprehension, out: list[Stmt]) -> Expr:
        """Only the first source of a comprehension is evaluated once, outside its loops."""
        if isinstance(expr, Lambda) or not self.needed(expr.clauses[0]):
            return expr
        first = map_children(
            expr.clauses[0],
            lambda part: self.value(cast(Expr, part), out) if _is_source(expr, part) else part,
        )
        return replace(expr, clauses=(first, *expr.clauses[1:]))


def _is_source(expr: Comprehension, part: Node) -> bool:
    return part is getattr(expr.clauses[0], "source", None)


def _in_order(expr: Expr) -> tuple[Node, ...]:
    """The operands in the order of evaluation."""
    match expr:
        case MapLit(keys=keys, values=values):
            return tuple(part for pair in zip(keys, values, strict=True) for part in pair)
        case Quant(domain=domain):
            return (domain,)
        case _:
            return tuple(children(expr))


def _joined(node: type[And | Or], items: tuple[Expr, ...]) -> Expr:
    return items[0] if len(items) == 1 else node(items, span=items[0].span)


def _iterable(type_: Type) -> bool:
    return isinstance(type_, SeqType | StrType | MapType)
