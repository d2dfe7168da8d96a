"""What is known of a function while it is lifted, over several walks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from autoform.frontends.python.bindings import Binding
from autoform.frontends.python.scopes import Scope
from autoform.frontends.python.tree import Expr, FunctionDef, Tree
from autoform.frontends.python.types import Cell, HostType, Solver, peek

if TYPE_CHECKING:
    from autoform.diagnostics import Diagnostic
    from autoform.ir import exprs as ir
    from autoform.ir.decls import Function
    from autoform.ir.stmts import Stmt
    from autoform.source import Span


@dataclass(slots=True, eq=False)
class ParamInfo:
    """A parameter. Its type is a `Cell` while nothing declares it."""

    name: str
    type: HostType
    default: Expr | None
    node: Tree

    @property
    def is_unknown(self) -> bool:
        """Whether nothing is known of the type."""
        return type(peek(self.type)) is Cell


@dataclass(slots=True, eq=False)
class FunctionInfo:
    """A function of the module, or one nested in another.

    `own_params` are followed by one parameter for each captured variable. `inout` are the places
    of parameters that the function changes. `mutations` are the statements that change an object
    in place: how deep inside the variable it is, and the node to blame. `copies` are IR nodes
    that stand for a new object with the same value, `lazy` those whose elements a loop computes
    as it goes. All are found by identity, and hold what
    they know of so that no other node takes its identity. `implied` are the places of operations
    that raise of themselves where the IR has a `raise` statement.
    """

    name: str
    tree: FunctionDef
    scope: Scope
    params: list[ParamInfo]
    own_params: int
    result: Cell = field(default_factory=Cell)
    parent: FunctionInfo | None = None
    cells: dict[Binding, Cell] = field(default_factory=dict)
    parts: dict[tuple[Tree, int], Cell] = field(default_factory=dict)
    names: dict[Binding, str] = field(default_factory=dict)
    reserved: set[str] = field(default_factory=set)
    inout: set[int] = field(default_factory=set)
    inout_seen: bool = False
    shadowed: set[Binding] = field(default_factory=set)
    rebound: dict[Binding, Tree] = field(default_factory=dict)
    mutations: dict[int, tuple[Stmt, int, Tree]] = field(default_factory=dict)
    copies: dict[int, ir.Expr] = field(default_factory=dict)
    lazy: dict[int, ir.Expr] = field(default_factory=dict)
    implied: set[Span] = field(default_factory=set)
    nested: dict[Scope, FunctionInfo] = field(default_factory=dict)
    called: bool = False
    guessing: bool = False
    in_progress: bool = False
    function: Function | None = None
    refused: tuple[Diagnostic, ...] = ()

    def nested_info(self, scope: Scope) -> FunctionInfo:
        """What is known of a function nested in this one, or beside it in the same function."""
        info: FunctionInfo | None = self
        while info is not None:
            if info.scope is scope:
                info.called = True
                return info
            if scope in info.nested:
                info.nested[scope].called = True
                return info.nested[scope]
            info = info.parent
        raise KeyError(scope.function.name)

    def is_shadowed(self, variable: Binding) -> bool:
        """Whether a parameter lives on in a local of another type."""
        return variable in self.shadowed

    def mark_changed(self, variable: Binding, solver: Solver) -> None:
        """The object that a variable holds changes: a parameter becomes inout."""
        place = self.place_of(variable)
        if place is not None and place not in self.inout:
            self.inout.add(place)
            solver.dirty = solver.dirty or self.inout_seen

    def place_of(self, variable: Binding) -> int | None:
        """Which parameter a variable is."""
        for place, param in enumerate(self.params):
            if place < self.own_params:
                binding = self.scope.refs[param.node]
            else:
                binding = self.scope.captures[param.name]
            if binding.variable is variable:
                return place
        return None

    def changed(self, solver: Solver) -> frozenset[int]:
        """The places of the parameters that a call changes, as far as is known."""
        del solver
        self.inout_seen = True
        return frozenset(self.inout)
