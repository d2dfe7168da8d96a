"""Which names a function's body binds, found before it is known what they mean."""

from __future__ import annotations

from collections.abc import Iterator

from autoform.frontends.python import tree
from autoform.frontends.python.refusal import Refusal


class BoundNames:
    """The names that a function binds, and for each loop those that the loop binds."""

    def __init__(self, function: tree.FunctionDef) -> None:
        """Collect them in one walk."""
        self._walrus = function.walrus
        self.of_loop: dict[tree.Tree, frozenset[str]] = {}
        self._names: set[str] = set()
        self._body(function.body)
        self.all = frozenset(self._names | {param.name for param in function.params})

    def _body(self, body: tree.Body) -> None:
        for statement in body:
            self._statement(statement)

    def _statement(self, node: tree.Stmt) -> None:
        match node:
            case tree.Assign(targets=targets, value=value):
                self._exprs(value)
                for target in targets:
                    self._target(target)
            case tree.AugAssign(target=target, value=value):
                self._target(target)
                self._exprs(value)
            case tree.AnnAssign(target=target, value=value):
                self._target(target)
                self._exprs(value)
            case tree.If(condition=condition, then=then, orelse=orelse):
                self._exprs(condition)
                self._body(then)
                self._body(orelse)
            case tree.For() | tree.While():
                self._loop(node)
            case tree.FunctionDef(name=name) | tree.Import(bound=name):
                self._names.add(name)
            case tree.Delete(targets=targets):
                for target in targets:
                    if isinstance(target, tree.Name):
                        message = f"`del {target.id}` makes a variable unbound"
                        raise Refusal("unsupported-syntax", message, target)
            case tree.ExprStmt(value=value) | tree.Return(value=value):
                self._exprs(value)
            case tree.Assert(condition=condition, message=message):
                self._exprs(condition, message)
            case tree.Raise(exception=exception, cause=cause):
                self._exprs(exception, cause)
            case tree.Break() | tree.Continue() | tree.Pass():
                pass

    def _loop(self, node: tree.For | tree.While) -> None:
        outer, self._names = self._names, set()
        if isinstance(node, tree.For):
            self._exprs(node.source)
            self._target(node.target)
        else:
            self._exprs(node.condition)
        self._body(node.body)
        self.of_loop[node] = frozenset(self._names)
        self._body(node.orelse)
        self._names |= outer

    def _target(self, target: tree.Expr) -> None:
        if isinstance(target, tree.Name):
            self._names.add(target.id)
        elif isinstance(target, tree.TupleExpr | tree.ListExpr):
            for item in target.items:
                self._target(item)
        else:
            self._exprs(target)

    def _exprs(self, *nodes: tree.Expr | None) -> None:
        if not self._walrus:
            return
        for node in nodes:
            if node is not None:
                self._expr(node)

    def _expr(self, node: tree.Expr) -> None:
        """Only `:=` binds inside expressions; inside a lambda it binds a name of the lambda."""
        if isinstance(node, tree.Walrus):
            self._names.add(node.target.id)
        elif isinstance(node, tree.Lambda):
            return
        for child in children(node):
            self._expr(child)


def children(node: tree.Expr) -> Iterator[tree.Expr]:  # noqa: C901 - one case per expression
    """The expressions directly inside an expression, in the order of evaluation."""
    match node:
        case tree.Call(function=function, args=args, keywords=keywords):
            yield function
            yield from args
            for keyword in keywords:
                yield keyword.value
        case tree.Binary(left=left, right=right):
            yield left
            yield right
        case tree.Subscript(value=value, index=index):
            yield value
            yield index
        case tree.Attribute(value=value) | tree.Starred(value=value) | tree.Walrus(value=value):
            yield value
        case tree.Compare(left=left, rights=rights):
            yield left
            yield from rights
        case (
            tree.BoolOp(operands=items)
            | tree.TupleExpr(items=items)
            | tree.ListExpr(items=items)
            | tree.SetExpr(items=items)
        ):
            yield from items
        case tree.Unary(operand=operand):
            yield operand
        case tree.Conditional(condition=condition, then=then, orelse=orelse):
            yield condition
            yield then
            yield orelse
        case tree.Slice(lower=lower, upper=upper, step=step):
            yield from (bound for bound in (lower, upper, step) if bound is not None)
        case tree.DictExpr(keys=keys, values=values):
            for key, value in zip(keys, values, strict=True):
                if key is not None:
                    yield key
                yield value
        case tree.FString(parts=parts):
            yield from (part.value for part in parts if isinstance(part, tree.Formatted))
        case tree.Comprehension(element=element, key=key, clauses=clauses):
            for clause in clauses:
                if isinstance(clause, tree.ForClause):
                    yield clause.source
                else:
                    yield clause.condition
            if key is not None:
                yield key
            yield element
        case tree.Lambda(body=body):
            yield body
        case (
            tree.Name()
            | tree.Int()
            | tree.Float()
            | tree.Str()
            | tree.Bool()
            | tree.NoneValue()
            | tree.Dots()
        ):
            return


def walk(node: tree.Expr) -> Iterator[tree.Expr]:
    """The expression and every expression inside it."""
    yield node
    for child in children(node):
        yield from walk(child)
