"""The state of one walk over one function, and what every part of the lowering does to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, TypeVar

from autoform.frontends.python import tree
from autoform.frontends.python.bindings import Binding, Block
from autoform.frontends.python.refusal import Refusal
from autoform.frontends.python.totality import is_total
from autoform.frontends.python.types import (
    Cell,
    HostType,
    Mismatch,
    Solver,
    describe,
    resolve,
    to_ir,
)
from autoform.frontends.python.values import Val
from autoform.ir import exprs as ir
from autoform.ir import stmts as ir_stmts
from autoform.ir import types as ir_types
from autoform.ir.traversal import assigned_names
from autoform.source import Span

if TYPE_CHECKING:
    from autoform.frontends.python.functions import FunctionInfo
    from autoform.frontends.python.module_env import ModuleEnv

_T = TypeVar("_T", bound=tree.Tree)
_LowerExpr = Callable[["Lowering", _T], Val]

EXPRESSIONS: Final[dict[type[tree.Tree], Callable[..., Val]]] = {}
"""How each class of expression is lowered; each module of the lowering enters its own."""


def lowers(kind: type[_T]) -> Callable[[_LowerExpr[_T]], _LowerExpr[_T]]:
    """Enter a function as the lowering of a class of expression."""

    def enter(function: _LowerExpr[_T]) -> _LowerExpr[_T]:
        EXPRESSIONS[kind] = function
        return function

    return enter


_SHORT: Final = 40
"""Longer texts are not repeated in a message."""

Facts = dict[Binding, HostType]
"""What a condition has shown of variables: a narrower type than the one they are declared with."""


@dataclass(slots=True, eq=False)
class OpenLoop:
    """A loop being lowered; `broke` is the flag that its `else` waits for, where it has one."""

    broke: str | None = None


@dataclass(slots=True, eq=False)
class Contract:
    """What names mean in a contract clause; `None` outside of one."""

    env: dict[str, Val] = field(default_factory=dict)
    result: Val | None = None


class Lowering:
    """One walk. Statements go to `out`, the end of the block being built.

    `has_flags` says that some statements run only if a flag of the lowering's own is set.
    """

    def __init__(self, info: FunctionInfo, module: ModuleEnv, solver: Solver) -> None:
        """Start a walk over the function."""
        self.info = info
        self.module = module
        self.solver = solver
        self.scope = info.scope
        self.out: list[ir_stmts.Stmt] = []
        self.facts: Facts = {}
        self.bound: dict[Binding, Val] = {}
        self.non_negative: set[Binding] = set()
        self.declared: set[Binding] = set()
        self.block: Block = info.scope.top
        self.loops: list[OpenLoop] = []
        self.pure_only: str = ""
        self.has_flags = False
        self.problems: list[Refusal] = []
        self.taken = set(info.names.values()) | info.reserved
        self.contract: Contract | None = None
        self._ir_types: dict[Binding, tuple[HostType, ir_types.Type]] = {}

    # Places and refusals.

    def span(self, node: tree.Tree) -> Span:
        """Where a node stands."""
        return self.module.syntax.span(node.start, node.end)

    def refusal(
        self, code: str, message: str, node: tree.Tree, help_: str | None = None
    ) -> Refusal:
        """What to raise to give up on the statement."""
        return Refusal(code, message, node, help_)

    def unknown(self, what: str, node: tree.Tree) -> Refusal:
        """What to raise because a type is not known, perhaps only not yet."""
        text = self.module.text(node)
        shown = f"`{text}`" if len(text) <= _SHORT and "\n" not in text else what
        message = f"the type of {shown} cannot be told"
        return Refusal("unknown-type", message, node, self._way_out())

    def _way_out(self) -> str:
        missing = [p.name for p in self.info.params if p.is_unknown]
        if missing:
            return f"annotate the parameter `{missing[0]}`, for example `{missing[0]}: list[int]`"
        return "annotate the variable where it is first assigned"

    # Expressions.

    def expr(self, node: tree.Expr) -> Val:
        """Lower an expression."""
        return EXPRESSIONS[type(node)](self, node)

    def known(self, node: tree.Expr) -> Val:
        """Lower an expression whose outermost type must be known."""
        val = EXPRESSIONS[type(node)](self, node)
        val.type = resolve(val.type)
        if type(val.type) is Cell:
            raise self.unknown("this expression", node)
        return val

    def known_type(self, val: Val, node: tree.Tree) -> HostType:
        """The outermost type of a lowered expression, which must be known."""
        found = resolve(val.type)
        if type(found) is Cell:
            raise self.unknown("this expression", node)
        return found

    def operands(self, nodes: tuple[tree.Expr, ...] | list[tree.Expr]) -> list[Val]:
        """Lower several expressions that are evaluated in this order."""
        vals: list[Val] = []
        for node in nodes:
            before = len(self.out)
            val = self.expr(node)
            if len(self.out) > before and vals:
                self._spill(vals, before)
            vals.append(val)
        return vals

    def _spill(self, vals: list[Val], at: int) -> None:
        """Evaluate earlier operands before the statements that a later one needed.

        A variable that holds an object changed in place stays: Python sees the change as well.
        """
        changed = assigned_names(tuple(self.out[at:]))
        rebound = {
            s.name
            for s in self.out[at:]
            if isinstance(s, ir_stmts.Assign) and id(s) not in self.info.mutations
        }
        for val in vals:
            match val.ir:
                case ir.IntLit() | ir.FloatLit() | ir.StrLit() | ir.BoolLit() | ir.NoneLit():
                    continue
                case ir.ConstRef():
                    continue
                case ir.Var(name) if name not in changed or name not in rebound:
                    continue
            name = self.fresh("t")
            type_ = to_ir(val.type)
            self.out.insert(at, ir_stmts.VarDecl(name, type_, val.ir, span=val.ir.span))
            at += 1
            val.ir = ir.Var(name, type_, span=val.ir.span)

    def temp(self, val: Val, base: str = "t") -> Val:
        """Evaluate now, and use the value later."""
        if isinstance(val.ir, ir.IntLit | ir.FloatLit | ir.StrLit | ir.BoolLit | ir.NoneLit):
            return val
        name = self.fresh(base)
        type_ = to_ir(val.type)
        self.emit(ir_stmts.VarDecl(name, type_, val.ir, span=val.ir.span))
        return Val(ir.Var(name, type_, span=val.ir.span), val.type)

    def copied(self, expr: ir.Expr) -> ir.Expr:
        """The same value as a new object: what `xs[:]` and `list(xs)` make.

        The IR has values only, so a copy prints as nothing; the analysis of aliases needs to
        know. The node is new, and remembered by identity.
        """
        fresh = replace(expr)
        self.info.copies[id(fresh)] = fresh
        return fresh

    def flipped(
        self, first: ir.Expr, second: ir.Expr, build: Callable[[ir.Expr, ir.Expr], ir.Expr]
    ) -> ir.Expr:
        """`build(second, first)` for an operator that takes them the other way round.

        Python evaluates `first` first; where both may fail it is held.
        """
        if is_total(first) or is_total(second):
            return build(second, first)
        name = self.fresh("h")
        held = ir.Var(name, ir.type_of(first), span=first.span)
        return ir.Let(name, first, build(second, held), span=first.span)

    # Types.

    def join(self, left: HostType, right: HostType, node: tree.Tree) -> HostType:
        """The type of a value that is one or the other."""
        try:
            return self.solver.join(left, right)
        except Mismatch as mismatch:
            raise Refusal(mismatch.code, str(mismatch), node) from None

    def flow(self, type_: HostType, cell: Cell, node: tree.Tree) -> None:
        """Let values of a type flow to where a cell stands."""
        try:
            self.solver.flow(type_, cell)
        except Mismatch as mismatch:
            raise Refusal(mismatch.code, str(mismatch), node) from None

    def unify(self, left: HostType, right: HostType, node: tree.Tree) -> None:
        """Make the types of parts of one container equal."""
        try:
            self.solver.unify(left, right)
        except Mismatch as mismatch:
            raise Refusal(mismatch.code, str(mismatch), node) from None

    # Names.

    def fresh(self, base: str) -> str:
        """A name that the function does not use yet."""
        name, number = base, 1
        while name in self.taken:
            number += 1
            name = f"{base}_{number}"
        self.taken.add(name)
        return name

    def cell(self, variable: Binding) -> Cell:
        """The type of a variable."""
        found = self.info.cells.get(variable)
        if found is None:
            found = self.info.cells[variable] = Cell()
        return found

    def ir_type(self, variable: Binding, type_: HostType) -> ir_types.Type:
        """The IR's type of a variable that has this type, which most reads ask for again."""
        found = self._ir_types.get(variable)
        if found is None or found[0] is not type_:
            found = self._ir_types[variable] = (type_, to_ir(type_))
        return found[1]

    def part(self, node: tree.Tree, place: int = 0) -> Cell:
        """The type of the elements that an expression makes: the same in every walk."""
        return self.info.parts.setdefault((node, place), Cell())

    def name_of(self, variable: Binding) -> str:
        """The IR's name of a variable: the source's, with a number if that is taken."""
        found = self.info.names.get(variable)
        if found is None:
            found = self.info.names[variable] = self.fresh(variable.name)
        return found

    # Statements.

    def emit(self, statement: ir_stmts.Stmt) -> None:
        """Add a statement to the block being built."""
        if self.pure_only:
            raise Refusal("unsupported-syntax", self.pure_only, self._nowhere(statement.span))
        self.out.append(statement)

    def fail_where(self, condition: ir.Expr, exception: str, node: tree.Tree) -> None:
        """Raise where an operation does so of itself: no guard that the author wrote."""
        span = self.span(node)
        self.info.implied.add(span)
        self.emit(ir_stmts.If(condition, (ir_stmts.Raise(exception, span=span),), span=span))

    def _nowhere(self, span: Span) -> tree.Tree:
        start, end = self.module.syntax.offsets(span)
        return tree.Tree(start, end)

    @contextmanager
    def collecting(self) -> Iterator[list[ir_stmts.Stmt]]:
        """Build another block for a while."""
        outer, self.out = self.out, []
        try:
            yield self.out
        finally:
            self.out = outer

    @contextmanager
    def only_values(self, message: str) -> Iterator[None]:
        """Refuse expressions with an effect for a while: nothing may be emitted."""
        outer, self.pure_only = self.pure_only, self.pure_only or message
        try:
            yield
        finally:
            self.pure_only = outer

    @contextmanager
    def assuming(self, facts: Facts) -> Iterator[None]:
        """Lower under what a condition has shown."""
        outer = self.facts
        self.facts = {**outer, **facts} if facts else dict(outer)
        try:
            yield
        finally:
            self.facts = outer

    def type_text(self, type_: HostType) -> str:
        """A type for a message."""
        return f"`{describe(type_)}`"
