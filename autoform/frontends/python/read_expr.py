"""From parser nodes to `tree`: expressions, targets and parameters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from autoform.frontends.python import tree
from autoform.frontends.python.kinds import REFUSED
from autoform.frontends.python.literals import LiteralError, read_float, read_int, unescape
from autoform.frontends.python.refusal import Refusal
from autoform.frontends.syntax import Node

MAX_DEPTH: Final = 60
"""How deep blocks and expressions may nest together. Real code stays below 25; what follows
the reader recurses a few frames a level."""


class ExprReader:
    """Reads expressions out of one file's bytes."""

    max_depth = MAX_DEPTH

    def __init__(self, data: bytes) -> None:
        """Read from these bytes."""
        self._data = data
        self._depth = 0
        self.walruses = 0

    def text(self, node: Node) -> str:
        """The text of a node."""
        return self._data[node.start_byte : node.end_byte].decode()

    def enter(self, node: Node) -> None:
        """Go one level down. Raises `Refusal` below the bound."""
        self._depth += 1
        if self._depth > self.max_depth:
            self._depth = 0
            message = f"nesting deeper than {self.max_depth} levels"
            raise Refusal("too-deeply-nested", message, _place(node))

    def leave(self) -> None:
        """Come one level up."""
        self._depth -= 1

    def reset(self) -> None:
        """Start anew after a refusal left the depth where it was."""
        self._depth = 0

    def refusal(self, node: Node) -> Refusal:
        """The refusal that the table has for a kind of node."""
        if node.type == "ERROR" or node.is_missing:
            return Refusal("syntax-error", "this does not parse", _place(node))
        code, what = REFUSED.get(node.type, ("unsupported-syntax", f"`{node.type}`"))
        return Refusal(code, f"{what} is outside the lifted subset", _place(node))

    def expr(self, node: Node) -> tree.Expr:
        """Read an expression. Raises `Refusal` for what the subset does not hold."""
        kind = node.type
        if kind == "identifier":
            return tree.Name(node.start_byte, node.end_byte, self.text(node))
        read = EXPRESSIONS.get(kind)
        if read is None:
            raise self.refusal(node)
        self.enter(node)
        found = read(self, node)
        self._depth -= 1
        return found

    def exprs(self, nodes: list[Node]) -> tuple[tree.Expr, ...]:
        """Read the named ones of some nodes."""
        return tuple(self.expr(node) for node in nodes if node.is_named and not node.is_extra)

    def target(self, node: Node) -> tree.Expr:
        """Read what stands left of `=`, after `for`, or after `del`."""
        found = self.expr(node)
        _check_target(found)
        return found

    # Literals.

    def _int(self, node: Node) -> tree.Expr:
        try:
            value = read_int(self.text(node))
        except LiteralError as error:
            raise Refusal(error.code, str(error), _place(node)) from None
        return tree.Int(node.start_byte, node.end_byte, value)

    def _float(self, node: Node) -> tree.Expr:
        try:
            value = read_float(self.text(node))
        except LiteralError as error:
            raise Refusal(error.code, str(error), _place(node)) from None
        return tree.Float(node.start_byte, node.end_byte, value)

    def _true(self, node: Node) -> tree.Expr:
        return tree.Bool(node.start_byte, node.end_byte, value=True)

    def _false(self, node: Node) -> tree.Expr:
        return tree.Bool(node.start_byte, node.end_byte, value=False)

    def _none(self, node: Node) -> tree.Expr:
        return tree.NoneValue(node.start_byte, node.end_byte)

    def _ellipsis(self, node: Node) -> tree.Expr:
        return tree.Dots(node.start_byte, node.end_byte)

    def _string(self, node: Node) -> tree.Expr:
        parts = self._string_parts(node)
        return _joined(node, parts)

    def _concatenated(self, node: Node) -> tree.Expr:
        parts = [
            p for s in node.named_children if s.type == "string" for p in self._string_parts(s)
        ]
        return _joined(node, parts)

    def _string_parts(self, node: Node) -> list[tree.Str | tree.Formatted]:
        children = node.children
        prefix = self.text(children[0]).rstrip("'\"").lower()
        if "b" in prefix or "t" in prefix:
            what = "a bytes literal" if "b" in prefix else "a template string"
            raise Refusal("unsupported-type", f"{what} is outside the subset", _place(node))
        raw, formatted = "r" in prefix, "f" in prefix
        parts: list[tree.Str | tree.Formatted] = []
        for child in children[1:-1]:
            if child.type == "string_content":
                text = self.text(child)
                try:
                    value = text if raw or "\\" not in text else unescape(text)
                except LiteralError as error:
                    raise Refusal(error.code, str(error), _place(child)) from None
                if formatted:
                    value = value.replace("{{", "{").replace("}}", "}")
                parts.append(tree.Str(child.start_byte, child.end_byte, value))
            elif child.type == "interpolation":
                parts.append(self._interpolation(child))
            else:
                raise self.refusal(child)
        return parts

    def _interpolation(self, node: Node) -> tree.Formatted:
        conversion = spec = ""
        value: tree.Expr | None = None
        for child in node.children:
            if child.type == "type_conversion":
                conversion = self.text(child)[1:]
            elif child.type == "format_specifier":
                if any(part.is_named for part in child.children):
                    raise Refusal("string-format", "a computed format", _place(child))
                spec = self.text(child)[1:]
            elif child.type == "=":
                raise Refusal("string-format", "`=` in an f-string", _place(node))
            elif child.is_named and not child.is_extra:
                value = self.expr(child)
        if value is None:
            raise Refusal("syntax-error", "an empty replacement field", _place(node))
        return tree.Formatted(node.start_byte, node.end_byte, value, conversion, spec)

    # Displays and comprehensions.

    def _tuple(self, node: Node) -> tree.Expr:
        return tree.TupleExpr(node.start_byte, node.end_byte, self.exprs(node.named_children))

    def _list(self, node: Node) -> tree.Expr:
        return tree.ListExpr(node.start_byte, node.end_byte, self.exprs(node.named_children))

    def _set(self, node: Node) -> tree.Expr:
        return tree.SetExpr(node.start_byte, node.end_byte, self.exprs(node.named_children))

    def _dict(self, node: Node) -> tree.Expr:
        keys: list[tree.Expr | None] = []
        values: list[tree.Expr] = []
        for child in node.named_children:
            if child.type == "pair":
                key, _, value = _meaningful(child)
                keys.append(self.expr(key))
                values.append(self.expr(value))
            elif child.type == "dictionary_splat":
                keys.append(None)
                values.append(self.expr(_meaningful(child)[1]))
            elif not child.is_extra:
                raise self.refusal(child)
        return tree.DictExpr(node.start_byte, node.end_byte, tuple(keys), tuple(values))

    def _splat(self, node: Node) -> tree.Expr:
        return tree.Starred(node.start_byte, node.end_byte, self.expr(_meaningful(node)[1]))

    def _comprehension(self, node: Node) -> tree.Expr:
        body, *rest = [child for child in node.named_children if not child.is_extra]
        key: tree.Expr | None = None
        if body.type == "pair":
            key_node, _, body = _meaningful(body)
            key = self.expr(key_node)
        element = self.expr(body)
        clauses = tuple(self._clause(clause) for clause in rest)
        kind = _COMPREHENSIONS[node.type]
        return tree.Comprehension(node.start_byte, node.end_byte, kind, element, key, clauses)

    def _clause(self, node: Node) -> tree.ForClause | tree.IfClause:
        parts = _meaningful(node)
        if node.type == "if_clause":
            return tree.IfClause(node.start_byte, node.end_byte, self.expr(parts[1]))
        if parts[0].type == "async":
            raise Refusal("async-code", "an asynchronous comprehension", _place(node))
        sources = [part for part in parts[3:] if part.is_named]
        if node.type != "for_in_clause" or len(sources) != 1:
            raise self.refusal(node)
        target = self.target(parts[1])
        return tree.ForClause(node.start_byte, node.end_byte, target, self.expr(sources[0]))

    # Operators.

    def _parenthesized(self, node: Node) -> tree.Expr:
        return self.expr(_meaningful(node)[1])

    def _unary(self, node: Node) -> tree.Expr:
        op, operand = _meaningful(node)
        return tree.Unary(node.start_byte, node.end_byte, op.type, self.expr(operand))

    def _binary(self, node: Node) -> tree.Expr:
        left, op, right = _meaningful(node)
        if op.type == "@":
            raise Refusal("unsupported-operator", "matrix multiplication", _place(node))
        return tree.Binary(
            node.start_byte, node.end_byte, op.type, self.expr(left), self.expr(right)
        )

    def _boolean(self, node: Node) -> tree.Expr:
        """`a and b and c` parses to the left; it becomes one node, without recursion."""
        left, op, right = _meaningful(node)
        operands = [right]
        while left.type == "boolean_operator":
            inner = _meaningful(left)
            if inner[1].type != op.type:
                break
            operands.append(inner[2])
            left = inner[0]
        operands.append(left)
        return tree.BoolOp(node.start_byte, node.end_byte, op.type, self.exprs(operands[::-1]))

    def _compare(self, node: Node) -> tree.Expr:
        parts = _meaningful(node)
        ops = tuple(part.type for part in parts[1::2])
        if "<>" in ops:
            raise Refusal("syntax-error", "Python 2's `<>`", _place(node))
        left, *rights = self.exprs(parts[::2])
        return tree.Compare(node.start_byte, node.end_byte, left, ops, tuple(rights))

    def _conditional(self, node: Node) -> tree.Expr:
        then, condition, orelse = self.exprs(node.named_children)
        return tree.Conditional(node.start_byte, node.end_byte, condition, then, orelse)

    def _walrus(self, node: Node) -> tree.Expr:
        self.walruses += 1
        name, _, value = _meaningful(node)
        target = tree.Name(name.start_byte, name.end_byte, self.text(name))
        return tree.Walrus(node.start_byte, node.end_byte, target, self.expr(value))

    def _lambda(self, node: Node) -> tree.Expr:
        parts = [part for part in _meaningful(node) if part.is_named]
        params = self.params(parts[0])[0] if len(parts) > 1 else ()
        return tree.Lambda(node.start_byte, node.end_byte, params, self.expr(parts[-1]))

    # Calls, attributes, subscripts.

    def _call(self, node: Node) -> tree.Expr:
        function_node, arguments = _meaningful(node)
        function = self.expr(function_node)
        if arguments.type == "generator_expression":
            args: tuple[tree.Expr, ...] = (self.expr(arguments),)
            return tree.Call(node.start_byte, node.end_byte, function, args, ())
        positional: list[tree.Expr] = []
        keywords: list[tree.Keyword] = []
        for child in arguments.named_children:
            if child.type == "keyword_argument":
                name, _, value = _meaningful(child)
                keywords.append(
                    tree.Keyword(
                        child.start_byte, child.end_byte, self.text(name), self.expr(value)
                    )
                )
            elif child.type == "dictionary_splat":
                unpacked = self.expr(_meaningful(child)[1])
                keywords.append(tree.Keyword(child.start_byte, child.end_byte, None, unpacked))
            elif not child.is_extra:
                if keywords and child.type != "list_splat":
                    message = "a positional argument after a keyword argument"
                    raise Refusal("syntax-error", message, _place(child))
                positional.append(self.expr(child))
        return tree.Call(
            node.start_byte, node.end_byte, function, tuple(positional), tuple(keywords)
        )

    def _attribute(self, node: Node) -> tree.Expr:
        value, _, name = _meaningful(node)
        return tree.Attribute(node.start_byte, node.end_byte, self.expr(value), self.text(name))

    def _subscript(self, node: Node) -> tree.Expr:
        value, _, *rest = _meaningful(node)
        indexes = self.exprs(rest)
        index = indexes[0]
        if len(indexes) > 1 or rest[1].type == ",":
            index = tree.TupleExpr(rest[0].start_byte, rest[-1].start_byte, indexes)
        return tree.Subscript(node.start_byte, node.end_byte, self.expr(value), index)

    def _slice(self, node: Node) -> tree.Expr:
        bounds: list[tree.Expr | None] = [None, None, None]
        place = 0
        for part in _meaningful(node):
            if part.type == ":":
                place += 1
            else:
                bounds[place] = self.expr(part)
        return tree.Slice(node.start_byte, node.end_byte, *bounds)

    # Annotations.

    def _type(self, node: Node) -> tree.Expr:
        return self.expr(_meaningful(node)[0])

    def _generic_type(self, node: Node) -> tree.Expr:
        name, parameters = _meaningful(node)
        items = self.exprs(parameters.named_children)
        index = (
            items[0]
            if len(items) == 1
            else tree.TupleExpr(parameters.start_byte, parameters.end_byte, items)
        )
        return tree.Subscript(node.start_byte, node.end_byte, self.expr(name), index)

    def _member_type(self, node: Node) -> tree.Expr:
        value, _, name = _meaningful(node)
        return tree.Attribute(node.start_byte, node.end_byte, self.expr(value), self.text(name))

    def _union_type(self, node: Node) -> tree.Expr:
        left, _, right = _meaningful(node)
        return tree.Binary(node.start_byte, node.end_byte, "|", self.expr(left), self.expr(right))

    # Parameters.

    def params(self, node: Node) -> tuple[tuple[tree.Param, ...], int, int]:
        """Parameters, how many are positional only, and from where they are keyword only."""
        found: list[tree.Param] = []
        positional_only, keyword_only = 0, -1
        for child in node.named_children:
            if child.type == "positional_separator":
                positional_only = len(found)
            elif child.type == "keyword_separator":
                keyword_only = len(found)
            elif not child.is_extra:
                found.append(self._param(child))
        names = {param.name for param in found}
        if len(names) != len(found):
            raise Refusal("syntax-error", "a parameter is named twice", _place(node))
        return tuple(found), positional_only, len(found) if keyword_only < 0 else keyword_only

    def _param(self, node: Node) -> tree.Param:
        annotation = default = None
        if node.type == "identifier":
            name = node
        elif node.type == "typed_parameter":
            name, _, type_node = _meaningful(node)
            annotation = self.expr(type_node)
        elif node.type == "default_parameter":
            name, _, value = _meaningful(node)
            default = self.expr(value)
        elif node.type == "typed_default_parameter":
            name, _, type_node, _, value = _meaningful(node)
            annotation, default = self.expr(type_node), self.expr(value)
        else:
            raise self.refusal(node)
        if name.type != "identifier":
            raise self.refusal(name)
        return tree.Param(node.start_byte, node.end_byte, self.text(name), annotation, default)


_COMPREHENSIONS: Final = {
    "list_comprehension": "list",
    "set_comprehension": "set",
    "dictionary_comprehension": "dict",
    "generator_expression": "generator",
}

_Read = Callable[[ExprReader, Node], tree.Expr]
EXPRESSIONS: Final[dict[str, _Read]] = {
    kind: getattr(ExprReader, method)
    for kind, method in {
        "integer": "_int",
        "float": "_float",
        "true": "_true",
        "false": "_false",
        "none": "_none",
        "ellipsis": "_ellipsis",
        "string": "_string",
        "concatenated_string": "_concatenated",
        "tuple": "_tuple",
        "tuple_pattern": "_tuple",
        "pattern_list": "_tuple",
        "expression_list": "_tuple",
        "list": "_list",
        "list_pattern": "_list",
        "set": "_set",
        "dictionary": "_dict",
        "list_splat": "_splat",
        "list_comprehension": "_comprehension",
        "set_comprehension": "_comprehension",
        "dictionary_comprehension": "_comprehension",
        "generator_expression": "_comprehension",
        "parenthesized_expression": "_parenthesized",
        "unary_operator": "_unary",
        "not_operator": "_unary",
        "binary_operator": "_binary",
        "boolean_operator": "_boolean",
        "comparison_operator": "_compare",
        "conditional_expression": "_conditional",
        "named_expression": "_walrus",
        "lambda": "_lambda",
        "call": "_call",
        "attribute": "_attribute",
        "subscript": "_subscript",
        "slice": "_slice",
        "type": "_type",
        "generic_type": "_generic_type",
        "member_type": "_member_type",
        "union_type": "_union_type",
    }.items()
}
"""How each kind of node that is an expression is read."""


def _check_target(found: tree.Expr) -> None:
    match found:
        case tree.Name() | tree.Attribute() | tree.Subscript():
            return
        case tree.TupleExpr(items=items) | tree.ListExpr(items=items):
            for item in items:
                _check_target(item)
        case tree.Starred():
            raise Refusal("star-arguments", "a starred target is outside the subset", found)
        case _:
            raise Refusal("syntax-error", "this cannot be assigned to", found)


def _joined(node: Node, parts: list[tree.Str | tree.Formatted]) -> tree.Expr:
    if any(isinstance(part, tree.Formatted) for part in parts):
        return tree.FString(node.start_byte, node.end_byte, tuple(parts))
    texts = [part.value for part in parts if isinstance(part, tree.Str)]
    return tree.Str(node.start_byte, node.end_byte, "".join(texts))


def _meaningful(node: Node) -> list[Node]:
    """The children without comments and line continuations."""
    return [child for child in node.children if not child.is_extra]


def _place(node: Node) -> tree.Tree:
    return tree.Tree(node.start_byte, node.end_byte)
