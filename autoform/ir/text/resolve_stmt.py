"""From the trees of statements and clauses to IR."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from autoform.ir.exprs import Binder, Expr, IntLit, type_of
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
from autoform.ir.text.resolve_expr import ExprReader
from autoform.ir.text.syntax import Child, Syntax, name_in, only_name, optional, present, subtrees
from autoform.ir.types import INT, IntType, MachineIntType


def read_block(reader: ExprReader, syntax: Syntax) -> Block:
    """The statements of a block; its locals are not visible after."""
    with reader.binding():
        return tuple([_read_statement(reader, tree) for tree in subtrees(syntax)])


def _read_statement(reader: ExprReader, syntax: Syntax) -> Stmt:
    with reader.deeper(syntax):
        stmt = _RULES[syntax.data](reader, syntax)
    return replace(stmt, span=reader.text.span(syntax))


def read_clause(reader: ExprReader, syntax: Syntax) -> Clause:
    """A `requires`, `ensures` or `invariant`; without an origin it is from a decorator."""
    origin = read_origin(syntax.children[0], Origin.DECORATOR)
    (condition,) = subtrees(syntax)
    return Clause(reader.read(condition), origin, span=reader.text.span(syntax))


def read_origin(child: Child, default: Origin) -> Origin:
    """The origin that stands in brackets, or the default where none does."""
    return default if child is None else Origin(str(child).strip("[]"))


def _declare(reader: ExprReader, syntax: Syntax) -> Stmt:
    head, type_tree, *rest = subtrees(syntax)
    name, type_ = only_name(head), reader.types.read(type_tree)
    value = reader.read(rest[0]) if rest else None
    reader.scope[name] = type_
    return VarDecl(name, type_, value)


def _assign(reader: ExprReader, syntax: Syntax) -> Stmt:
    head, value = subtrees(syntax)
    return Assign(only_name(head), reader.read(value))


def _call(reader: ExprReader, syntax: Syntax) -> Stmt:
    target, function, *args = optional(syntax.children)
    found = [tree for tree in args if tree is not None]
    name = None if target is None else only_name(target)
    return CallStmt(name, only_name(present(function)), reader.read_all(found))


def _if(reader: ExprReader, syntax: Syntax) -> Stmt:
    condition, then, *rest = subtrees(syntax)
    test, block = reader.read(condition), read_block(reader, then)
    if not rest:
        return If(test, block)
    (other,) = rest
    if other.data == "if_statement":
        return If(test, block, (_read_statement(reader, other),))
    return If(test, block, read_block(reader, other))


def _while(reader: ExprReader, syntax: Syntax) -> Stmt:
    label, *trees = optional(syntax.children)
    condition, *clauses, body = map(present, trees)
    test = reader.read(condition)
    invariants, measures = _clauses(reader, clauses)
    block = read_block(reader, body)
    return While(test, block, invariants, measures, _label(label))


def _clauses(
    reader: ExprReader, trees: Sequence[Syntax]
) -> tuple[tuple[Clause, ...], tuple[Expr, ...]]:
    invariants: list[Clause] = []
    measures: tuple[Expr, ...] = ()
    for tree in trees:
        if tree.data == "invariant":
            invariants.append(read_clause(reader, tree))
        else:
            measures += reader.read_all(subtrees(tree))
    return tuple(invariants), measures


def _for_range(reader: ExprReader, syntax: Syntax) -> Stmt:
    label, head, typed, start_tree, stop_tree, step_tree, *rest = optional(syntax.children)
    start, stop = reader.read(present(start_tree)), reader.read(present(stop_tree))
    type_ = reader.types.read(typed) if typed is not None else type_of(start)
    step: Expr = IntLit(1, type_ if isinstance(type_, IntType | MachineIntType) else INT)
    if step_tree is not None:
        step = reader.read(step_tree)
    span = reader.text.span(present(head))
    binder = Binder(only_name(present(head)), type_, span=span)
    *clauses, body = map(present, rest)
    with reader.binding(binder):
        invariants, _ = _clauses(reader, clauses)
        block = read_block(reader, body)
    return ForRange(binder, start, stop, step, block, invariants, _label(label))


def _for_each(reader: ExprReader, syntax: Syntax) -> Stmt:
    label, head, typed, source_tree, *rest = optional(syntax.children)
    source = reader.read(present(source_tree))
    binder = reader.binder(present(head), typed, source)
    *clauses, body = map(present, rest)
    invariants, _ = _clauses(reader, clauses)
    with reader.binding(binder):
        block = read_block(reader, body)
    return ForEach(binder, source, block, invariants, _label(label))


def _label(syntax: Syntax | None) -> str | None:
    return None if syntax is None else name_in(syntax)


def _jump_label(syntax: Syntax) -> str | None:
    trees = subtrees(syntax)
    return only_name(trees[0]) if trees else None


def _return(reader: ExprReader, syntax: Syntax) -> Stmt:
    return Return(reader.read(subtrees(syntax)[0]))


def _raise(reader: ExprReader, syntax: Syntax) -> Stmt:
    head, *message = subtrees(syntax)
    return Raise(only_name(head), reader.read(message[0]) if message else None)


def _assert(reader: ExprReader, syntax: Syntax) -> Stmt:
    (condition,) = subtrees(syntax)
    return Assert(reader.read(condition), read_origin(syntax.children[0], Origin.ASSERT))


_RULES: Final[dict[str, Callable[[ExprReader, Syntax], Stmt]]] = {
    "declare": _declare,
    "assign": _assign,
    "call_statement": _call,
    "if_statement": _if,
    "while_loop": _while,
    "for_range": _for_range,
    "for_each": _for_each,
    "break_loop": lambda _, syntax: Break(_jump_label(syntax)),
    "continue_loop": lambda _, syntax: Continue(_jump_label(syntax)),
    "return_value": _return,
    "raise_exception": _raise,
    "assertion": _assert,
}
