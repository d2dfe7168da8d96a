"""From parser nodes to `tree`: functions, statements and module-level imports.

The reader is recursive and counts its depth, so that nesting beyond `MAX_DEPTH` is refused
before anything else recurses over the tree; every later walk may rely on that bound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from autoform.frontends.python import tree
from autoform.frontends.python.kinds import SKIPPED
from autoform.frontends.python.read_expr import ExprReader
from autoform.frontends.python.refusal import Refusal
from autoform.frontends.syntax import Node, SyntaxTree, parse
from autoform.source import SourceFile

MAX_FUNCTION_LINES: Final = 1_000
"""Longer functions are generated tables, not something anyone specifies."""


def misplaced(node: Node) -> Refusal:
    """A statement that is indented otherwise than its neighbours."""
    message = "this is indented otherwise than what it belongs to"
    return Refusal("syntax-error", message, tree.Tree(node.start_byte, node.end_byte))


class Reader(ExprReader):
    """Reads statements; one for each file."""

    def __init__(self, syntax: SyntaxTree) -> None:
        """Read from this file."""
        super().__init__(syntax.data)
        self.syntax = syntax

    def function(self, node: Node) -> tree.FunctionDef:
        """Read a `function_definition` or `decorated_definition`. Raises `Refusal`."""
        decorators: tuple[tree.Expr, ...] = ()
        inner = node
        if node.type == "decorated_definition":
            parts = _children(node)
            inner = parts[-1]
            decorators = tuple(self.expr(_children(d)[-1]) for d in parts[:-1])
        return self._function_def(inner, decorators)

    def _function_def(self, node: Node, decorators: tuple[tree.Expr, ...]) -> tree.FunctionDef:
        place = tree.Tree(node.start_byte, node.end_byte)
        if node.end_point[0] - node.start_point[0] > MAX_FUNCTION_LINES:
            raise Refusal("function-too-large", _too_large(node), place)
        if node.children[0].type == "async":
            raise Refusal("async-code", "`async def` is outside the lifted subset", place)
        name, parameters, body = (_field(node, each) for each in ("name", "parameters", "body"))
        if node.child_by_field_name("type_parameters") is not None:
            raise Refusal("unsupported-type", "type parameters are outside the subset", place)
        params, positional_only, keyword_only = self.params(parameters)
        returns = node.child_by_field_name("return_type")
        walruses = self.walruses
        statements = self.body(body)
        docstring = None
        if statements and isinstance(statements[0], tree.ExprStmt):
            first = statements[0].value
            docstring = first if isinstance(first, tree.Str) else None
        return tree.FunctionDef(
            node.start_byte,
            node.end_byte,
            self.text(name),
            params,
            None if returns is None else self.expr(returns),
            statements,
            decorators,
            docstring,
            positional_only,
            keyword_only,
            walrus=self.walruses > walruses,
        )

    def body(self, node: Node) -> tree.Body:
        """Read a `block`, or a whole module."""
        found: list[tree.Stmt] = []
        self.enter(node)
        if node.type == "block":
            self._see_indentation(node)
        for child in node.named_children:
            if child.type not in SKIPPED:
                found.extend(self.statement(child))
        self.leave()
        return tuple(found)

    def _see_indentation(self, block: Node) -> None:
        """Refuse what Python calls an IndentationError or a TabError, and the parser lets pass.

        Each statement is indented by what the first one is, and that goes on from what the block's
        owner is indented by: how wide a tab is must not matter.
        """
        outer = None if block.parent is None else self.indentation(block.parent)
        statements = [child for child in block.named_children if child.type not in SKIPPED]
        if not statements:
            owner = block.parent or block
            place = tree.Tree(owner.start_byte, owner.end_byte)
            raise Refusal("syntax-error", "an indented block is missing", place)
        own: bytes | None = None
        for child in statements:
            found = self.indentation(child)
            if found is None:
                continue
            is_deeper = outer is None or (found.startswith(outer) and found != outer)
            if not is_deeper or found != (own if own is not None else found):
                raise misplaced(child)
            own = found

    def indentation(self, node: Node) -> bytes | None:
        """What stands before a node on its line; None where it does not begin the line.

        A form feed begins the line anew, as Python counts.
        """
        data = self.syntax.data
        before = data[data.rfind(b"\n", 0, node.start_byte) + 1 : node.start_byte]
        before = before.removeprefix(b"\xef\xbb\xbf").rpartition(b"\f")[2]
        return None if before.strip(b" \t") else before

    def statement(self, node: Node) -> Iterator[tree.Stmt]:
        """Read one statement, which may be several nodes (`import a, b`). Raises `Refusal`."""
        read = STATEMENTS.get(node.type)
        if read is None:
            raise self.refusal(node)
        yield from read(self, node)

    def _expression(self, node: Node) -> Iterator[tree.Stmt]:
        parts = _children(node)
        first = parts[0]
        if first.type == "assignment":
            yield self._assignment(first)
        elif first.type == "augmented_assignment":
            left, op, right = _children(first)
            target = self.target(left)
            symbol = self.text(op)[:-1]
            yield tree.AugAssign(first.start_byte, first.end_byte, target, symbol, self.expr(right))
        elif len(parts) > 1:
            items = tuple(self.expr(part) for part in parts if part.is_named)
            value = tree.TupleExpr(node.start_byte, node.end_byte, items)
            yield tree.ExprStmt(node.start_byte, node.end_byte, value)
        else:
            yield tree.ExprStmt(node.start_byte, node.end_byte, self.expr(first))

    def _assignment(self, node: Node) -> tree.Stmt:
        start, end = node.start_byte, node.end_byte
        annotation = node.child_by_field_name("type")
        if annotation is not None:
            left = _field(node, "left")
            right = node.child_by_field_name("right")
            value = None if right is None else self.expr(right)
            return tree.AnnAssign(start, end, self.target(left), self.expr(annotation), value)
        targets: list[tree.Expr] = []
        while True:
            left, _, right = _children(node)
            targets.append(self.target(left))
            if right.type != "assignment":
                return tree.Assign(start, end, tuple(targets), self.expr(right))
            node = right

    def _if(self, node: Node) -> Iterator[tree.Stmt]:
        parts = [part for part in _children(node) if part.is_named]
        condition, then = self.expr(parts[0]), self.body(parts[1])
        orelse = self._alternatives(parts[2:])
        yield tree.If(node.start_byte, node.end_byte, condition, then, orelse)

    def _alternatives(self, clauses: list[Node]) -> tree.Body:
        """`elif` and `else` clauses, folded from the last so that long chains do not recurse."""
        orelse: tree.Body = ()
        if clauses and clauses[-1].type == "else_clause":
            orelse = self.clause_body(clauses.pop())
        if len(clauses) > self.max_depth:
            raise Refusal("too-deeply-nested", "too many `elif` branches", _place(clauses[0]))
        for clause in reversed(clauses):
            parts = [part for part in _children(clause) if part.is_named]
            inner = tree.If(
                clause.start_byte,
                clause.end_byte,
                self.expr(parts[0]),
                self.body(parts[1]),
                orelse,
            )
            orelse = (inner,)
        return orelse

    def clause_body(self, clause: Node) -> tree.Body:
        """The block of an `else`."""
        return self.body(_field(clause, "body"))

    def _while(self, node: Node) -> Iterator[tree.Stmt]:
        parts = [part for part in _children(node) if part.is_named]
        condition, body = self.expr(parts[0]), self.body(parts[1])
        orelse = self.clause_body(parts[2]) if len(parts) > 2 else ()
        yield tree.While(node.start_byte, node.end_byte, condition, body, orelse)

    def _for(self, node: Node) -> Iterator[tree.Stmt]:
        children = _children(node)
        if children[0].type == "async":
            raise Refusal("async-code", "`async for` is outside the subset", _place(node))
        target, source, body, *orelse = [part for part in children if part.is_named]
        yield tree.For(
            node.start_byte,
            node.end_byte,
            self.target(target),
            self.expr(source),
            self.body(body),
            self.clause_body(orelse[0]) if orelse else (),
        )

    def _break(self, node: Node) -> Iterator[tree.Stmt]:
        yield tree.Break(node.start_byte, node.end_byte)

    def _continue(self, node: Node) -> Iterator[tree.Stmt]:
        yield tree.Continue(node.start_byte, node.end_byte)

    def _pass(self, node: Node) -> Iterator[tree.Stmt]:
        yield tree.Pass(node.start_byte, node.end_byte)

    def _return(self, node: Node) -> Iterator[tree.Stmt]:
        parts = _children(node)
        value = self.expr(parts[1]) if len(parts) > 1 else None
        yield tree.Return(node.start_byte, node.end_byte, value)

    def _raise(self, node: Node) -> Iterator[tree.Stmt]:
        parts = [part for part in _children(node) if part.is_named]
        cause = node.child_by_field_name("cause")
        exception = self.expr(parts[0]) if parts else None
        yield tree.Raise(
            node.start_byte, node.end_byte, exception, None if cause is None else self.expr(cause)
        )

    def _assert(self, node: Node) -> Iterator[tree.Stmt]:
        parts = [part for part in _children(node) if part.is_named]
        message = self.expr(parts[1]) if len(parts) > 1 else None
        yield tree.Assert(node.start_byte, node.end_byte, self.expr(parts[0]), message)

    def _delete(self, node: Node) -> Iterator[tree.Stmt]:
        target = self.target(_children(node)[1])
        plain = isinstance(target, tree.TupleExpr)
        targets = target.items if isinstance(target, tree.TupleExpr) and plain else (target,)
        yield tree.Delete(node.start_byte, node.end_byte, targets)

    def _import(self, node: Node) -> Iterator[tree.Stmt]:
        for part in _children(node):
            if part.type == "dotted_name":
                module = self.text(part)
                bound = module.split(".", 1)[0]
                yield tree.Import(part.start_byte, part.end_byte, bound, None, bound)
            elif part.type == "aliased_import":
                module, alias = self._alias(part)
                yield tree.Import(part.start_byte, part.end_byte, module, None, alias)

    def _import_from(self, node: Node) -> Iterator[tree.Stmt]:
        parts = [part for part in _children(node) if part.is_named]
        if parts[0].type != "dotted_name":
            raise self.refusal(parts[0])
        module = self.text(parts[0])
        for part in parts[1:]:
            if part.type == "dotted_name":
                name = alias = self.text(part)
            elif part.type == "aliased_import":
                name, alias = self._alias(part)
            else:
                raise self.refusal(part)
            yield tree.Import(part.start_byte, part.end_byte, module, name, alias)

    def _alias(self, node: Node) -> tuple[str, str]:
        parts = [part for part in _children(node) if part.is_named]
        return self.text(parts[0]), self.text(parts[1])

    def _future(self, node: Node) -> Iterator[tree.Stmt]:
        """`from __future__ import annotations` changes nothing that is lifted."""
        yield tree.Pass(node.start_byte, node.end_byte)

    def _nested_function(self, node: Node) -> Iterator[tree.Stmt]:
        yield self.function(node)

    def _decorated(self, node: Node) -> Iterator[tree.Stmt]:
        if _children(node)[-1].type != "function_definition":
            raise Refusal("unsupported-class", "a class inside a function", _place(node))
        yield self.function(node)

    def _class(self, node: Node) -> Iterator[tree.Stmt]:
        raise Refusal("unsupported-class", "a class inside a function", _place(node))


_Read = Callable[[Reader, Node], Iterator[tree.Stmt]]
STATEMENTS: Final[dict[str, _Read]] = {
    kind: getattr(Reader, method)
    for kind, method in {
        "expression_statement": "_expression",
        "if_statement": "_if",
        "while_statement": "_while",
        "for_statement": "_for",
        "break_statement": "_break",
        "continue_statement": "_continue",
        "pass_statement": "_pass",
        "return_statement": "_return",
        "raise_statement": "_raise",
        "assert_statement": "_assert",
        "delete_statement": "_delete",
        "import_statement": "_import",
        "import_from_statement": "_import_from",
        "future_import_statement": "_future",
        "function_definition": "_nested_function",
        "decorated_definition": "_decorated",
        "class_definition": "_class",
    }.items()
}
"""How each kind of node that is a statement is read."""


def read_expression(text: str) -> tree.Expr:
    """Read a text that is one expression, as a docstring's clause is. Raises `Refusal`.

    The nodes' offsets count in the UTF-8 form of `text`.
    """
    syntax = parse(SourceFile("", f"({text}\n)"), "python")
    nodes = [node for node in syntax.root.named_children if not node.is_extra]
    whole = tree.Tree(0, len(syntax.data))
    if syntax.root.has_error or len(nodes) != 1 or nodes[0].type != "expression_statement":
        raise Refusal("contract-syntax", f"`{text.strip()}` is not one expression", whole)
    statement = next(iter(Reader(syntax).statement(nodes[0])))
    if not isinstance(statement, tree.ExprStmt):
        raise Refusal("contract-syntax", f"`{text.strip()}` is not one expression", whole)
    return statement.value


def _children(node: Node) -> list[Node]:
    """The children that mean something: no comments, no line continuations."""
    children = node.children
    return [c for c in children if not c.is_extra] if len(children) > 1 else children


def _field(node: Node, name: str) -> Node:
    """A child that the grammar always has; it lacks only where the file does not parse."""
    found = node.child_by_field_name(name)
    if found is None:
        raise Refusal("syntax-error", f"the {name} is missing", _place(node))
    return found


def _place(node: Node) -> tree.Tree:
    return tree.Tree(node.start_byte, node.end_byte)


def _too_large(node: Node) -> str:
    lines = node.end_point[0] - node.start_point[0] + 1
    return f"the function has {lines} lines; the limit is {MAX_FUNCTION_LINES}"
