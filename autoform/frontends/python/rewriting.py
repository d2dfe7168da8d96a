"""Expressions as trees: walking them, their free names, and rewriting that knows what is bound."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias, assert_never, get_args, get_type_hints

from autoform.frontends.python import tree

__all__ = ["Change", "bound_by", "free_names", "rewrite", "walk"]

Change: TypeAlias = Callable[[tree.Expr, frozenset[str]], tree.Expr | None]
"""Given an expression and the names bound around it, what to put in its place, if anything."""

_NOTHING: frozenset[str] = frozenset()


class _Fields(dict[type[tree.Tree], tuple[str, ...]]):
    """For each class of node, its fields that hold nodes, read from the annotations once."""

    def __missing__(self, cls: type[tree.Tree]) -> tuple[str, ...]:
        hints = get_type_hints(cls, vars(tree))
        self[cls] = tuple(name for name, hint in hints.items() if _holds_nodes(hint))
        return self[cls]


def _holds_nodes(hint: object) -> bool:
    if parts := get_args(hint):
        return any(map(_holds_nodes, parts))
    return isinstance(hint, type) and issubclass(hint, tree.Tree)


_FIELDS = _Fields()


def walk(expr: tree.Expr) -> Iterator[tree.Tree]:
    """The expression and all nodes inside it, in no particular order."""
    pending: list[tree.Tree] = [expr]
    while pending:
        node = pending.pop()
        yield node
        for name in _FIELDS[type(node)]:
            value = getattr(node, name)
            if type(value) is tuple:
                pending.extend(part for part in value if part is not None)
            elif value is not None:
                pending.append(value)


def free_names(expr: tree.Expr) -> frozenset[str]:
    """The names an expression takes from outside itself."""
    found: set[str] = set()

    def note(inner: tree.Expr, bound: frozenset[str]) -> None:
        if isinstance(inner, tree.Name) and inner.id not in bound:
            found.add(inner.id)

    rewrite(expr, note)
    return frozenset(found)


def bound_by(target: tree.Expr) -> Iterator[str]:
    """The names that an assignment to `target` binds."""
    match target:
        case tree.Name(id=name):
            yield name
        case tree.TupleExpr(items=items) | tree.ListExpr(items=items):
            for item in items:
                yield from bound_by(item)
        case tree.Starred(value=value):
            yield from bound_by(value)
        case _:
            return


def rewrite(expr: tree.Expr, change: Change, bound: frozenset[str] = _NOTHING) -> tree.Expr:  # noqa: C901 - one case per node of a closed union
    """The expression with every part replaced for which `change` returns one, outermost first.

    What `change` returns is final; parts it leaves alone are rebuilt around their changed parts.
    """
    changed = change(expr, bound)
    if changed is not None:
        return changed

    def one(inner: tree.Expr) -> tree.Expr:
        return rewrite(inner, change, bound)

    def maybe(inner: tree.Expr | None) -> tree.Expr | None:
        return None if inner is None else one(inner)

    def many(inner: tuple[tree.Expr, ...]) -> tuple[tree.Expr, ...]:
        return tuple(map(one, inner))

    start, end = expr.start, expr.end
    match expr:
        case (
            tree.Name()
            | tree.Int()
            | tree.Float()
            | tree.Str()
            | tree.Bool()
            | tree.NoneValue()
            | tree.Dots()
        ):
            return expr
        case tree.FString(parts=parts):
            return tree.FString(
                start,
                end,
                tuple(
                    part
                    if isinstance(part, tree.Str)
                    else tree.Formatted(
                        part.start, part.end, one(part.value), part.conversion, part.spec
                    )
                    for part in parts
                ),
            )
        case tree.TupleExpr(items=items):
            return tree.TupleExpr(start, end, many(items))
        case tree.ListExpr(items=items):
            return tree.ListExpr(start, end, many(items))
        case tree.SetExpr(items=items):
            return tree.SetExpr(start, end, many(items))
        case tree.DictExpr(keys=keys, values=values):
            return tree.DictExpr(start, end, tuple(map(maybe, keys)), many(values))
        case tree.Starred(value=value):
            return tree.Starred(start, end, one(value))
        case tree.Unary(op=op, operand=operand):
            return tree.Unary(start, end, op, one(operand))
        case tree.Binary(op=op, left=left, right=right):
            return tree.Binary(start, end, op, one(left), one(right))
        case tree.BoolOp(op=op, operands=operands):
            return tree.BoolOp(start, end, op, many(operands))
        case tree.Compare(left=left, ops=ops, rights=rights):
            return tree.Compare(start, end, one(left), ops, many(rights))
        case tree.Conditional(condition=condition, then=then, orelse=orelse):
            return tree.Conditional(start, end, one(condition), one(then), one(orelse))
        case tree.Walrus(target=target, value=value):
            return tree.Walrus(start, end, target, one(value))
        case tree.Lambda(params=params, body=body):
            inner_bound = bound | {param.name for param in params}
            return tree.Lambda(start, end, params, rewrite(body, change, inner_bound))
        case tree.Call(function=function, args=args, keywords=keywords):
            named = tuple(
                tree.Keyword(word.start, word.end, word.name, one(word.value)) for word in keywords
            )
            return tree.Call(start, end, one(function), many(args), named)
        case tree.Attribute(value=value, name=name):
            return tree.Attribute(start, end, one(value), name)
        case tree.Subscript(value=value, index=index):
            return tree.Subscript(start, end, one(value), one(index))
        case tree.Slice(lower=lower, upper=upper, step=step):
            return tree.Slice(start, end, maybe(lower), maybe(upper), maybe(step))
        case tree.Comprehension():
            return _rewrite_comprehension(expr, change, bound)
        case _:
            assert_never(expr)


def _rewrite_comprehension(
    expr: tree.Comprehension, change: Change, bound: frozenset[str]
) -> tree.Comprehension:
    """The first source is read outside; a target is bound from the clause after its own on."""
    clauses: list[tree.ForClause | tree.IfClause] = []
    for clause in expr.clauses:
        if isinstance(clause, tree.IfClause):
            condition = rewrite(clause.condition, change, bound)
            clauses.append(tree.IfClause(clause.start, clause.end, condition))
        else:
            source = rewrite(clause.source, change, bound)
            bound |= frozenset(bound_by(clause.target))
            clauses.append(tree.ForClause(clause.start, clause.end, clause.target, source))
    key = None if expr.key is None else rewrite(expr.key, change, bound)
    element = rewrite(expr.element, change, bound)
    return tree.Comprehension(expr.start, expr.end, expr.kind, element, key, tuple(clauses))
