"""The context of lowering one function: names, the block being built, order of evaluation.

An expression lowers to an IR expression; what that cannot say is emitted before it as statements.
When an operand emits statements, the operands before it are kept in variables first, where the
order could show. In a `pure` block only `let`s can be emitted, and `NeedsStatements` tells the
caller to look for another way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, TypeAlias

from autoform.frontends.rust import tree
from autoform.frontends.rust.building import Block, is_letable, raises, with_lets
from autoform.frontends.rust.env import Env, Scope
from autoform.frontends.rust.ir_types import to_ir
from autoform.frontends.rust.places import Place, read
from autoform.frontends.rust.types import Con, Ty, strip
from autoform.ir import exprs as ir
from autoform.ir import stmts
from autoform.ir.ops import apply
from autoform.ir.traversal import fresh_name, walk
from autoform.ir.types import INT, MACHINE_INTS, MachineIntType, Type
from autoform.source import Span

USIZE: Final = MACHINE_INTS["usize"]


@dataclass(frozen=True, slots=True)
class Discard:
    """The value is not needed."""


@dataclass(frozen=True, slots=True)
class ReturnIt:
    """The value is the function's."""


@dataclass(frozen=True, slots=True)
class AssignTo:
    """The value goes into a variable."""

    name: str


Dest: TypeAlias = Discard | ReturnIt | AssignTo
DISCARD: Final = Discard()
RETURN: Final = ReturnIt()
UNIT_VALUE: Final = ir.TupleLit(())


@dataclass(slots=True, eq=False)
class LoopFrame:
    """A loop being lowered: its label in the source and in the IR, where `break v` puts `v`."""

    label: str | None
    ir_label: str | None = None
    dest: Dest = DISCARD


class Lower:
    """Lowers the typed tree of one function."""

    def __init__(self, env: Env, scope: Scope, name: str, taken: set[str]) -> None:
        """`taken` are the names that the function already uses."""
        self.env = env
        self.scope = scope
        self.name = name
        self.taken = taken
        self.frozen: set[str] = set()
        self.harmless: dict[int, ir.Expr] = {}
        self.out = Block()
        self.loops: list[LoopFrame] = []
        self.labels: set[str] = set()
        self.result_type: Type | None = None
        self.inlining = 0
        self.implied: set[Span] = set()  # where operations panic of themselves, by a statement
        self.contract_result: ir.Expr | None = None
        self.stating = False  # what is lowered is a contract: to fail in any way is to be false

    # Types and names.

    def type(self, ty: Ty, node: tree.Tree) -> Type:
        """The IR's type. Raises `Refusal`."""
        return to_ir(ty, node, self.env.kinds)

    def type_of(self, node: tree.Expr) -> Type:
        """The IR's type of an expression of the tree."""
        return to_ir(node.ty, node, self.env.kinds)

    def fresh(self, base: str) -> str:
        """A name that the function does not use yet."""
        name = fresh_name(base if base.isidentifier() and base != "_" else "value", self.taken)
        self.taken.add(name)
        return name

    def span(self, node: tree.Tree) -> Span:
        """The span of a node, for IR."""
        return self.env.syntax.span(node.start, node.end)

    # Blocks.

    @contextmanager
    def block(self, *, pure: bool | None = None) -> Iterator[Block]:
        """Build another block for a while; pure inside a pure one."""
        outer = self.out
        self.out = Block(pure=outer.pure if pure is None else pure or outer.pure)
        try:
            yield self.out
        finally:
            self.out = outer

    def emit(self, statement: stmts.Stmt) -> None:
        """Add a statement to the block being built."""
        self.out.emit(statement)

    def panic_where(self, condition: ir.Expr, node: tree.Tree) -> None:
        """Panic where an operation does so of itself: no guard that the author wrote."""
        span = self.span(node)
        self.implied.add(span)
        self.emit(stmts.If(condition, (stmts.Raise("Panic", span=span),), span=span))

    def pure(self, work: Callable[[], ir.Expr]) -> ir.Expr:
        """What `work` lowers, as one expression. Raises `NeedsStatements`."""
        with self.block(pure=True) as block:
            value = work()
        return with_lets(block.statements, value)

    def as_expression(self, work: Callable[[], ir.Expr]) -> tuple[Block, ir.Expr]:
        """What `work` lowers: the statements it needs, none if they can be `let`s."""
        with self.block() as block:
            value = work()
        if block.statements and is_letable(block.statements):
            value = with_lets(block.statements, value)
            block.statements.clear()
        return block, value

    # Values kept in variables.

    def keep(self, value: ir.Expr, base: str = "value") -> ir.Expr:
        """The value in a variable that never changes; literals and such variables as they are."""
        if self.is_stable(value):
            return value
        name = self.fresh(base)
        type_ = ir.type_of(value)
        self.emit(stmts.VarDecl(name, type_, value, span=value.span))
        self.frozen.add(name)
        return ir.Var(name, type_, span=value.span)

    def is_stable(self, value: ir.Expr) -> bool:
        """Whether the expression can be evaluated again, anywhere, at no cost."""
        match value:
            case ir.IntLit() | ir.BoolLit() | ir.FloatLit() | ir.CharLit() | ir.StrLit():
                return True
            case ir.ConstRef() | ir.NoneLit() | ir.ResultValue():
                return True
            case ir.Var(name=name):
                return name in self.frozen
            case ir.TupleGet(tuple=inner) | ir.FieldGet(record=inner):
                return self.is_stable(inner)
            case ir.TupleLit(items=items):
                return all(map(self.is_stable, items))
            case ir.Apply(op="int.widen" | "int.wrap", args=(inner,)):
                return self.is_stable(inner)
            case ir.Apply(args=args) if id(value) in self.harmless:
                return all(map(self.is_stable, args))
            case ir.Old(value=inner):
                return self.is_stable(inner)
            case _:
                return False

    def may_raise(self, value: ir.Expr) -> set[str]:
        """The exceptions that evaluating may raise."""
        return raises(value, self.harmless)

    def reads_mutable(self, value: ir.Expr) -> bool:
        """Whether a statement could change what the expression is."""
        return any(isinstance(n, ir.Var) and n.name not in self.frozen for n in walk(value))

    def in_order(self, works: Sequence[Callable[[], ir.Expr]]) -> list[ir.Expr]:
        """Lower operands so that they are evaluated from left to right."""
        found: list[ir.Expr] = []
        for work in works:
            start = len(self.out.statements)
            value = work()
            added = self.out.statements[start:]
            if added:
                self._keep_before(found, start, added)
            found.append(value)
        return found

    def _keep_before(self, found: list[ir.Expr], at: int, added: list[stmts.Stmt]) -> None:
        changes = any(not isinstance(each, stmts.VarDecl) for each in added)
        fails = changes or any(
            isinstance(each, stmts.VarDecl) and each.value and self.may_raise(each.value)
            for each in added
        )
        for place, value in enumerate(found):
            if self.is_stable(value):
                continue
            if (fails and self.may_raise(value)) or (changes and self.reads_mutable(value)):
                name = self.fresh("value")
                type_ = ir.type_of(value)
                declared = stmts.VarDecl(name, type_, value, span=value.span)
                self.out.statements.insert(at, declared)
                self.frozen.add(name)
                found[place] = ir.Var(name, type_, span=value.span)
                at += 1

    # Places.

    def read(self, place: Place) -> ir.Expr:
        """The value at a place."""
        return read(place, self.harmless)

    def safe(self, value: ir.Expr) -> ir.Expr:
        """Mark an expression that cannot fail where it stands, whatever its operator may do."""
        self.harmless[id(value)] = value
        return value

    # Small pieces.

    def usize(self, count: ir.Expr) -> ir.Expr:
        """A length as `usize`, which it always fits."""
        if isinstance(count, ir.IntLit):
            return ir.IntLit(count.value, USIZE, span=count.span)
        return self.safe(apply("int.narrow", count, type_=USIZE, span=count.span))

    def narrow(self, value: ir.Expr, type_: MachineIntType) -> ir.Expr:
        """An `Int` that is known to fit a machine type."""
        if isinstance(value, ir.IntLit):
            return ir.IntLit(value.value, type_, span=value.span)
        return self.safe(apply("int.narrow", value, type_=type_, span=value.span))

    def widen(self, value: ir.Expr) -> ir.Expr:
        """A machine integer as an `Int`."""
        match value:
            case ir.IntLit(value=number):
                return ir.IntLit(number, INT, span=value.span)
            case ir.Apply(op="int.narrow", args=(inner,)) if id(value) in self.harmless:
                return inner if ir.type_of(inner) == INT else apply("int.widen", inner)
            case _:
                if ir.type_of(value) == INT:
                    return value
                return apply("int.widen", value, span=value.span)

    def length(self, value: ir.Expr) -> ir.Expr:
        """The length of a sequence, as an `Int`."""
        return apply("seq.len", value, span=value.span)

    def integer_type(self, node: tree.Expr) -> MachineIntType | None:
        """The machine type of an expression, if it is one."""
        found = strip(node.ty)
        if type(found) is Con:
            return MACHINE_INTS.get(found.name)
        assert not isinstance(found, Con)
        return MACHINE_INTS["i32"] if found.kind == "int" else None
