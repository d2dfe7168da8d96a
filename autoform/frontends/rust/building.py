"""IR under construction: blocks that know when they are left, and what may fail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from autoform.ir import exprs as ir
from autoform.ir import stmts
from autoform.ir.definedness import conditions
from autoform.ir.ops import OPS
from autoform.ir.traversal import walk


class NeedsStatements(Exception):
    """Something that only statements can say stands where the IR has room for an expression."""

    def __init__(self, place: object = None) -> None:
        super().__init__()
        self.place = place


@dataclass(slots=True, eq=False)
class Block:
    """Statements so far. After a jump it is `dead` and takes no more.

    A `pure` block becomes `let`s around an expression: it takes only declarations with values.
    """

    pure: bool = False
    statements: list[stmts.Stmt] = field(default_factory=list)
    dead: bool = False

    def emit(self, statement: stmts.Stmt) -> None:
        """Add a statement. Raises `NeedsStatements` in a pure block."""
        if self.dead:
            return
        if self.pure and not (isinstance(statement, stmts.VarDecl) and statement.value is not None):
            raise NeedsStatements(statement)
        self.statements.append(statement)
        match statement:
            case stmts.Return() | stmts.Raise() | stmts.Break() | stmts.Continue():
                self.dead = True
            case stmts.If(then=then, orelse=orelse):
                self.dead = ends(then) and ends(orelse)
            case _:
                pass

    @property
    def done(self) -> stmts.Block:
        """The statements as they stand."""
        return tuple(self.statements)


def ends(block: stmts.Block) -> bool:
    """Whether what follows a block is surely not reached by its end."""
    if not block:
        return False
    match block[-1]:
        case stmts.Return() | stmts.Raise() | stmts.Break() | stmts.Continue():
            return True
        case stmts.If(then=then, orelse=orelse):
            return ends(then) and ends(orelse)
        case stmts.While(condition=condition, body=body, label=label):
            return condition == ir.TRUE and not leaves_loop(body, label)
        case _:
            return False


def leaves_loop(body: stmts.Block, label: str | None) -> bool:
    """Whether a `break` of the body leaves the loop whose body it is."""
    for statement in body:
        match statement:
            case stmts.Break(label=named):
                if named is None or named == label:
                    return True
            case stmts.If(then=then, orelse=orelse):
                if leaves_loop(then, label) or leaves_loop(orelse, label):
                    return True
            case stmts.While(body=inner) | stmts.ForRange(body=inner) | stmts.ForEach(body=inner):
                if label is not None and _names(inner, label):
                    return True
            case _:
                pass
    return False


def _names(body: stmts.Block, label: str) -> bool:
    return any(isinstance(node, stmts.Break) and node.label == label for node in walk(*body))


def is_letable(statements: Iterable[stmts.Stmt]) -> bool:
    """Whether statements can be written as `let`s: declarations that are never assigned."""
    return all(isinstance(each, stmts.VarDecl) and each.value is not None for each in statements)


def with_lets(statements: Iterable[stmts.Stmt], value: ir.Expr) -> ir.Expr:
    """`let a = …; let b = …; value` as an expression."""
    found = value
    for each in reversed(list(statements)):
        assert isinstance(each, stmts.VarDecl)
        assert each.value is not None
        found = ir.Let(each.name, each.value, found, span=each.span)
    return found


def raises(expr: ir.Expr, harmless: dict[int, ir.Expr]) -> set[str]:
    """The exceptions that evaluating may raise, but for nodes known to be safe where they are."""
    found: set[str] = set()
    for node in walk(expr):
        if id(node) in harmless:
            continue
        match node:
            case ir.Apply(op=op):
                if OPS[op].raises:
                    found.update(exception for exception, _ in conditions(node))
            case ir.VariantGet():
                found.add("Panic")
            case ir.Call():
                found.add("*")
            case _:
                pass
    return found
