"""Texts that are joined, and sequences that are extended, become loops that add part by part.

Before:

    out = seq.concat(out, seq.slice_from(xs, i));
    return str.join(", ", names);

After:

    for item in seq.slice_from(xs, i) { out = seq.append(out, item); }
    var joined: Str = "";
    var parts: Int = 0;
    for name in names {
      if parts > 0 { joined = str.concat(joined, ", "); }
      joined = str.concat(joined, name);
      parts = parts + 1;
    }
    return joined;

A comprehension that is joined or added is no sequence of its own: its loops add to the whole. The
value is the same; which of several failures comes first may not be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Mapping
from dataclasses import replace
from typing import Final

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import (
    Apply,
    Binder,
    Collection,
    Comprehension,
    Expr,
    Filter,
    Generator,
    IntLit,
    SeqLit,
    StrLit,
    Var,
    type_of,
)
from autoform.ir.ops import apply
from autoform.ir.stmts import Assign, Block, ForEach, ForRange, If, Stmt, VarDecl, While
from autoform.ir.traversal import free_vars, walk
from autoform.ir.types import INT, STR, SeqType, SetType
from autoform.passes.blocks import Names, expand, map_functions, with_body
from autoform.passes.linearize import Linearizer

__all__ = ["builders_in", "builders_to_loops", "has_builders", "in_loops", "over_ordered"]

_CONCAT: Final = "seq.concat"
_BUILDERS: Final = {"str.join", "str.from_chars", _CONCAT}


def has_builders(module: Module) -> bool:
    """Whether there is anything that becomes a loop."""
    return builders_to_loops(module) is not module


def builders_in(module: Module) -> frozenset[str]:
    """The operators of which some become loops: what both sides have is better kept."""
    nodes = walk(*(stmt for function in module.functions for stmt in function.body))
    found = {node.op for node in nodes if isinstance(node, Apply)}
    return frozenset(found & _BUILDERS)


def builders_to_loops(module: Module, kept: Container[str] = ()) -> Module:
    """The module with loops in place of all but the operators to keep."""
    return map_functions(module, lambda function: _in_function(function, kept))


def _in_function(function: Function, kept: Container[str]) -> Function:
    names = Names.of(function)
    uses = Counter(node.name for node in walk(*function.body) if isinstance(node, Var))

    def wanted(expr: Expr) -> bool:
        return isinstance(expr, Apply) and expr.op not in kept and _is_join(expr)

    body = Linearizer(names, wanted, _join).block(function.body)
    if _CONCAT not in kept:
        body = expand(_with_sources(body, uses), lambda stmt: _extension(stmt, names))
    return function if body == function.body else replace(function, body=body)


def over_ordered(source: Comprehension) -> bool:
    """Whether it makes a sequence of what has an order."""
    return source.kind is Collection.SEQ and not any(
        isinstance(clause, Generator) and isinstance(type_of(clause.source), SetType)
        for clause in source.clauses
    )


def in_loops(clauses: tuple[Generator | Filter, ...], body: Block) -> Block:
    """The statements, run as often as the clauses of a comprehension say."""
    if not clauses:
        return body
    inner = in_loops(clauses[1:], body)
    match clauses[0]:
        case Filter(condition):
            return (If(condition, inner),)
        case Generator(binder, Apply("seq.range", (start, stop, step))):
            return (ForRange(binder, start, stop, step, inner),)
        case Generator(binder, source):
            return (ForEach(binder, source, inner),)


def _each(parts: Expr, names: Names, step: Callable[[Expr], Block]) -> Block:
    """A step for each element of a sequence, or of what a comprehension gives."""
    if isinstance(parts, Comprehension) and over_ordered(parts):
        return in_loops(parts.clauses, step(parts.element))
    type_ = type_of(parts)
    assert isinstance(type_, SeqType)
    item = Binder(names.fresh("item"), type_.element)
    return in_loops((Generator(item, parts),), step(Var(item.name, item.type)))


# ── Texts ─────────────────────────────────────────────────────────────────────────────────────


def _is_join(expr: Expr) -> bool:
    """Also characters that a comprehension or an operator gives; a variable's are a text as is."""
    match expr:
        case Apply("str.join", (_, parts)):
            return not isinstance(parts, SeqLit)
        case Apply("str.from_chars", (Comprehension() | Apply() as parts,)):
            return not isinstance(parts, Apply) or parts.op == "seq.reverse"
        case _:
            return False


def _join(linearizer: Linearizer, expr: Expr, out: list[Stmt]) -> Expr:
    assert isinstance(expr, Apply)
    names = linearizer.names
    *between, parts = expr.args
    separator = between[0] if between else StrLit("")
    if not isinstance(separator, StrLit):
        separator = linearizer.store(separator, out, "separator")
    joined = Var(names.fresh("joined"), STR)
    out.append(VarDecl(joined.name, STR, StrLit(""), span=expr.span))

    def add(part: Expr) -> Assign:
        return Assign(joined.name, apply("str.concat", joined, part))

    def plain(part: Expr) -> Block:
        return (add(part if between else apply("char.to_str", part)),)

    if separator == StrLit(""):
        out += linearizer.block(_each(parts, names, plain))
        return joined
    count = Var(names.fresh("parts"), INT)
    out.append(VarDecl(count.name, INT, IntLit(0, INT)))
    later = apply("gt", count, IntLit(0, INT))
    more = Assign(count.name, apply("add", count, IntLit(1, INT)))
    between_parts = If(later, (add(separator),))
    loops = _each(parts, names, lambda part: (between_parts, *plain(part), more))
    out += linearizer.block(loops)
    return joined


# ── Sequences ─────────────────────────────────────────────────────────────────────────────────


def _extended(stmt: Assign) -> Expr | None:
    """What a sequence is extended by, where that can be added one by one."""
    match stmt:
        case Assign(name, Apply("seq.concat", (Var(same), more))) if name == same:
            reads_itself = isinstance(more, Comprehension) and name in free_vars(more)
            return None if isinstance(more, SeqLit) or reads_itself else more
        case _:
            return None


def _extension(stmt: Stmt, names: Names) -> Block:
    more = _extended(stmt) if isinstance(stmt, Assign) else None
    if more is None:
        return (stmt,)
    assert isinstance(stmt, Assign)
    whole = Var(stmt.name, type_of(stmt.value))
    return _each(more, names, lambda item: (Assign(stmt.name, apply("seq.append", whole, item)),))


def _with_sources(block: Block, uses: Mapping[str, int]) -> Block:
    """The block with what is held for the next statement alone in its place."""
    out: list[Stmt] = []
    for stmt in block:
        inner = _inside(stmt, uses)
        match out[-1] if out else None, inner:
            case (
                VarDecl(held, _, Comprehension() as value),
                Assign(name, Apply("seq.concat", (Var(same), Var(more))) as whole),
            ) if name == same and more == held and uses[held] == 1:
                out[-1] = Assign(name, replace(whole, args=(whole.args[0], value)), span=stmt.span)
            case _:
                out.append(inner)
    return tuple(out)


def _inside(stmt: Stmt, uses: Mapping[str, int]) -> Stmt:
    match stmt:
        case If(_, then, orelse):
            return replace(stmt, then=_with_sources(then, uses), orelse=_with_sources(orelse, uses))
        case While() | ForRange() | ForEach():
            return with_body(stmt, _with_sources(stmt.body, uses))
        case _:
            return stmt
