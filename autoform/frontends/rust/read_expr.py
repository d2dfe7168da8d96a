"""Expressions, blocks and statements."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from autoform.frontends.rust import tree
from autoform.frontends.rust.read_macros import read_macro
from autoform.frontends.rust.read_paths import path_segments
from autoform.frontends.rust.read_patterns import read_pattern
from autoform.frontends.rust.read_types import read_type
from autoform.frontends.rust.reader import Reader, meaningful
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.syntax import Node

_INTEGER: Final = re.compile(
    r"(0x[0-9a-fA-F_]+?|0o[0-7_]+|0b[01_]+|[0-9][0-9_]*?)_*"
    r"([iu](?:8|16|32|64|128|size)|f(?:32|64))?$"
)
_FLOAT: Final = re.compile(r"([0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]+)?)(f32|f64)?$")
_ITEMS: Final = frozenset(
    {
        "function_item",
        "const_item",
        "static_item",
        "use_declaration",
        "struct_item",
        "enum_item",
        "impl_item",
        "type_item",
        "trait_item",
        "macro_definition",
        "mod_item",
    }
)


def read_expression(reader: Reader, node: Node) -> tree.Expr:
    """Read an expression. Raises `Refusal`."""
    read = EXPRESSIONS.get(node.type)
    if read is None:
        raise reader.refusal(node)
    reader.enter(node)
    found = read(reader, node)
    reader.leave()
    return found


def read_block(reader: Reader, node: Node) -> tree.Block:
    """Read `{ … }`: statements, and the last expression as its value."""
    if node.type != "block":
        raise reader.refusal(node)
    reader.enter(node)
    statements: list[tree.Statement] = []
    tail: tree.Expr | None = None
    for child in meaningful(node):
        if child.type == "label":
            continue
        if tail is not None:  # `if` and the like, which the grammar takes for a statement
            statements.append(tree.ExprStatement(tail.start, tail.end, tail))
            tail = None
        match child.type:
            case "let_declaration":
                statements.append(_let(reader, child))
            case "expression_statement":
                inner = meaningful(child)[0]
                value = read_expression(reader, inner)
                if child.children[-1].type == ";":
                    statements.append(tree.ExprStatement(*reader.span(child), value))
                else:
                    tail = value
            case "empty_statement" | "attribute_item":
                continue
            case kind if kind in _ITEMS:
                statements.append(_item(reader, child))
            case "macro_invocation" if child.next_sibling and child.next_sibling.type == ";":
                value = read_expression(reader, child)
                statements.append(tree.ExprStatement(*reader.span(child), value))
            case _:
                tail = read_expression(reader, child)
    reader.leave()
    return tree.Block(*reader.span(node), tuple(statements), tail)


def _item(reader: Reader, node: Node) -> tree.Statement:
    from autoform.frontends.rust.read_items import read_inner_item  # items hold blocks

    return tree.ItemStatement(*reader.span(node), read_inner_item(reader, node))


def _let(reader: Reader, node: Node) -> tree.Let:
    annotation = node.child_by_field_name("type")
    value = node.child_by_field_name("value")
    orelse = node.child_by_field_name("alternative")
    pattern = read_pattern(reader, reader.field(node, "pattern"))
    if isinstance(pattern, tree.BindPattern):
        specifiers = [c for c in node.children if c.type == "mutable_specifier"]
        pattern.mutable = pattern.mutable or bool(specifiers)
    return tree.Let(
        *reader.span(node),
        pattern,
        None if annotation is None else read_type(reader, annotation),
        None if value is None else read_expression(reader, value),
        None if orelse is None else read_block(reader, orelse),
    )


# Literals.


def _integer(reader: Reader, node: Node) -> tree.Expr:
    text = reader.text(node)
    found = _INTEGER.match(text)
    if found is None:
        raise reader.refusal(node)
    digits, suffix = found[1].replace("_", ""), found[2] or ""
    if suffix.startswith("f") and digits.startswith("0x"):  # `0x1f32` has no suffix
        digits, suffix = text.replace("_", ""), ""
    if suffix.startswith("f"):
        return tree.FloatLiteral(*reader.span(node), float(digits), suffix)
    return tree.IntLiteral(
        *reader.span(node), int(digits, 0 if digits[1:2].isalpha() else 10), suffix
    )


def _float(reader: Reader, node: Node) -> tree.Expr:
    found = _FLOAT.match(reader.text(node))
    if found is None:
        raise reader.refusal(node)
    return tree.FloatLiteral(*reader.span(node), float(found[1].replace("_", "")), found[2] or "")


def _boolean(reader: Reader, node: Node) -> tree.Expr:
    return tree.BoolLiteral(*reader.span(node), reader.text(node) == "true")


def _char(reader: Reader, node: Node) -> tree.Expr:
    text = reader.text(node)
    is_byte = text.startswith("b")
    value = unescaped(text[2:-1] if is_byte else text[1:-1])
    if len(value) != 1:
        raise reader.refusal(node)
    if is_byte:
        return tree.IntLiteral(*reader.span(node), ord(value), "u8")
    return tree.CharLiteral(*reader.span(node), value)


def _string(reader: Reader, node: Node) -> tree.Expr:
    text = reader.text(node)
    start, end = reader.span(node)
    if text.startswith("c"):
        raise reader.refusal(node)
    if text.startswith("b"):
        return tree.ByteStrLiteral(start, end, unescaped(text[2:-1]).encode("latin-1"))
    return tree.StrLiteral(start, end, unescaped(text[1:-1]))


def _raw_string(reader: Reader, node: Node) -> tree.Expr:
    text = reader.text(node)
    start, end = reader.span(node)
    if text.startswith("c"):
        raise reader.refusal(node)
    inner = text[text.index('"') + 1 : text.rindex('"')].replace("\r\n", "\n")
    if text.startswith("b"):
        return tree.ByteStrLiteral(start, end, inner.encode("latin-1", "replace"))
    return tree.StrLiteral(start, end, inner)


_ESCAPE: Final = re.compile(
    r"\\(?:x(?P<hex>[0-9a-fA-F]{2})|u\{(?P<code>[0-9a-fA-F_]+)\}|\r?\n\s*(?P<gone>)|(?P<plain>.))"
)
_PLAIN: Final = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\", "0": "\0", "'": "'", '"': '"'}


def unescaped(text: str) -> str:
    """The text of a literal, escapes replaced."""
    if "\\" not in text:
        return text.replace("\r\n", "\n")
    return _ESCAPE.sub(_unescape, text.replace("\r\n", "\n"))


def _unescape(found: re.Match[str]) -> str:
    if found["hex"]:
        return chr(int(found["hex"], 16))
    if found["code"]:
        return chr(int(found["code"].replace("_", ""), 16))
    return "" if found["plain"] is None else _PLAIN.get(found["plain"], found["plain"])


# Operators, calls, places.


def _path(reader: Reader, node: Node) -> tree.Expr:
    return read_path(reader, node)


def read_path(reader: Reader, node: Node) -> tree.Path:
    """A path as an expression, with what its last segment but one is as a type."""
    start, end = reader.span(node)
    if node.type == "generic_function":
        inner = read_path(reader, reader.field(node, "function"))
        inner.generics = tuple(
            read_type(reader, child) for child in meaningful(reader.field(node, "type_arguments"))
        )
        return inner
    segments = path_segments(reader, node)
    owner: tree.TypeTree | None = None
    path = node.child_by_field_name("path") if node.type == "scoped_identifier" else None
    if path is not None:
        written = path.named_children[0] if path.type == "bracketed_type" else path
        owner = read_type(reader, written)
    return tree.Path(start, end, segments, owner)


def _unary(reader: Reader, node: Node) -> tree.Expr:
    value = read_expression(reader, meaningful(node)[0])
    return tree.Unary(*reader.span(node), node.children[0].type, value)


def _borrow(reader: Reader, node: Node) -> tree.Expr:
    if any(child.type == "raw" for child in node.children):
        raise Refusal("unsafe-code", "a raw borrow", reader.place(node))
    mutable = any(child.type == "mutable_specifier" for child in node.children)
    value = read_expression(reader, reader.field(node, "value"))
    return tree.Borrow(*reader.span(node), mutable, value)


def _binary(reader: Reader, node: Node) -> tree.Expr:
    left = read_expression(reader, reader.field(node, "left"))
    right = read_expression(reader, reader.field(node, "right"))
    op = reader.field(node, "operator").type
    if isinstance(left, tree.Range) and reader.field(node, "left").type in _UNBRACKETED:
        return _range_up_to(left, op, right)
    return tree.Binary(*reader.span(node), op, left, right)


_UNBRACKETED: Final = frozenset({"range_expression", "binary_expression"})
_PREFIXES: Final = frozenset({"*", "-"})


def _range_up_to(found: tree.Range, op: str, right: tree.Expr) -> tree.Expr:
    """`0..*n`, where the grammar of tree-sitter sees a product of `0..` and `n`.

    Nothing binds more loosely than a range, so all that follows its dots is its end.
    """
    high: tree.Expr
    if found.high is not None:
        high = tree.Binary(found.high.start, right.end, op, found.high, right)
    elif op in _PREFIXES:
        high = tree.Unary(found.end, right.end, op, right)
    elif op in {"&", "&&"}:
        high = tree.Borrow(found.end, right.end, mutable=False, value=right)
    else:
        return tree.Binary(found.start, right.end, op, found, right)
    return tree.Range(found.start, right.end, found.low, high, found.inclusive)


def _chain(reader: Reader, node: Node) -> tree.Expr:
    """`let p = e && c && …`: a conjunction whose items may be `let`."""
    items = [read_expression(reader, child) for child in meaningful(node)]
    found = items[0]
    for item in items[1:]:
        found = tree.Binary(found.start, item.end, "&&", found, item)
    return found


def _let_condition(reader: Reader, node: Node) -> tree.Expr:
    pattern = read_pattern(reader, reader.field(node, "pattern"))
    value = read_expression(reader, reader.field(node, "value"))
    return tree.LetCondition(*reader.span(node), pattern, value)


def _assign(reader: Reader, node: Node) -> tree.Expr:
    left = read_expression(reader, reader.field(node, "left"))
    right = read_expression(reader, reader.field(node, "right"))
    op = node.child_by_field_name("operator")
    symbol = "" if op is None else op.type[:-1]
    return tree.Assign(*reader.span(node), symbol, left, right)


def _cast(reader: Reader, node: Node) -> tree.Expr:
    value = read_expression(reader, reader.field(node, "value"))
    return tree.Cast(*reader.span(node), value, read_type(reader, reader.field(node, "type")))


def _arguments(reader: Reader, node: Node) -> tuple[tree.Expr, ...]:
    return tuple(
        read_expression(reader, child)
        for child in meaningful(node)
        if child.type != "attribute_item"
    )


def _call(reader: Reader, node: Node) -> tree.Expr:
    function = reader.field(node, "function")
    args_node = reader.field(node, "arguments")
    start, end = reader.span(node)
    generics: tuple[tree.TypeTree, ...] = ()
    named = function
    if function.type == "generic_function":
        named = reader.field(function, "function")
        if named.type == "field_expression":
            listed = meaningful(reader.field(function, "type_arguments"))
            generics = tuple(read_type(reader, child) for child in listed)
    if named.type == "field_expression":
        name = reader.field(named, "field")
        receiver = read_expression(reader, reader.field(named, "value"))
        if name.type == "integer_literal":
            raise Refusal("higher-order-value", "a field is called", reader.place(node))
        args = _arguments(reader, args_node)
        at = reader.place(name)
        return tree.MethodCall(start, end, receiver, reader.text(name), generics, args, at)
    return tree.Call(start, end, read_expression(reader, function), _arguments(reader, args_node))


def _field_of(reader: Reader, node: Node) -> tree.Expr:
    value = read_expression(reader, reader.field(node, "value"))
    return tree.Field(*reader.span(node), value, reader.text(reader.field(node, "field")))


def _index(reader: Reader, node: Node) -> tree.Expr:
    value, index = meaningful(node)
    return tree.Index(
        *reader.span(node), read_expression(reader, value), read_expression(reader, index)
    )


def _range(reader: Reader, node: Node) -> tree.Expr:
    low = high = None
    inclusive = seen = False
    for child in node.children:
        if child.type in {"..", "..="}:
            seen, inclusive = True, child.type == "..="
        elif child.is_named and not child.is_extra:
            value = read_expression(reader, child)
            low, high = (low, value) if seen else (value, high)
    return tree.Range(*reader.span(node), low, high, inclusive)


def _try(reader: Reader, node: Node) -> tree.Expr:
    return tree.Try(*reader.span(node), read_expression(reader, meaningful(node)[0]))


# Displays.


def _parenthesized(reader: Reader, node: Node) -> tree.Expr:
    return read_expression(reader, meaningful(node)[0])


def _tuple(reader: Reader, node: Node) -> tree.Expr:
    return tree.Tuple(*reader.span(node), _arguments(reader, node))


def _array(reader: Reader, node: Node) -> tree.Expr:
    length = node.child_by_field_name("length")
    items = _arguments(reader, node)
    if length is not None:
        return tree.Repeat(*reader.span(node), items[0], items[1])
    return tree.Array(*reader.span(node), items)


def _struct(reader: Reader, node: Node) -> tree.Expr:
    named = reader.field(node, "name")
    fields: list[tuple[str, tree.Expr]] = []
    base: tree.Expr | None = None
    for child in meaningful(reader.field(node, "body")):
        match child.type:
            case "shorthand_field_initializer":
                name = meaningful(child)[-1]
                path = tree.Path(*reader.span(name), (reader.text(name),))
                fields.append((reader.text(name), path))
            case "field_initializer":
                name = reader.field(child, "field")
                value = read_expression(reader, reader.field(child, "value"))
                fields.append((reader.text(name), value))
            case "base_field_initializer":
                base = read_expression(reader, meaningful(child)[0])
            case _:
                raise reader.refusal(child)
    path = tree.Path(*reader.span(named), path_segments(reader, named))
    return tree.Struct(*reader.span(node), path, tuple(fields), base)


# Control.


def _if(reader: Reader, node: Node) -> tree.Expr:
    condition = read_expression(reader, reader.field(node, "condition"))
    then = read_block(reader, reader.field(node, "consequence"))
    clause = node.child_by_field_name("alternative")
    orelse = None if clause is None else read_expression(reader, meaningful(clause)[0])
    return tree.If(*reader.span(node), condition, then, orelse)


def _label(reader: Reader, node: Node) -> str | None:
    for child in node.children:
        if child.type == "label":
            return reader.text(child)[1:]
    return None


def _while(reader: Reader, node: Node) -> tree.Expr:
    condition = read_expression(reader, reader.field(node, "condition"))
    body = read_block(reader, reader.field(node, "body"))
    return tree.While(*reader.span(node), condition, body, _label(reader, node))


def _loop(reader: Reader, node: Node) -> tree.Expr:
    body = read_block(reader, reader.field(node, "body"))
    return tree.Loop(*reader.span(node), body, _label(reader, node))


def _for(reader: Reader, node: Node) -> tree.Expr:
    pattern = read_pattern(reader, reader.field(node, "pattern"))
    source = read_expression(reader, reader.field(node, "value"))
    body = read_block(reader, reader.field(node, "body"))
    return tree.For(*reader.span(node), pattern, source, body, _label(reader, node))


def _match(reader: Reader, node: Node) -> tree.Expr:
    value = read_expression(reader, reader.field(node, "value"))
    arms = tuple(
        _arm(reader, child)
        for child in meaningful(reader.field(node, "body"))
        if child.type == "match_arm"
    )
    return tree.Match(*reader.span(node), value, arms)


def _arm(reader: Reader, node: Node) -> tree.Arm:
    pattern = reader.field(node, "pattern")
    guard = pattern.child_by_field_name("condition")
    inner = next(c for c in pattern.children if not c.is_extra)
    return tree.Arm(
        *reader.span(node),
        read_pattern(reader, inner),
        None if guard is None else read_expression(reader, guard),
        read_expression(reader, reader.field(node, "value")),
    )


def _closure(reader: Reader, node: Node) -> tree.Expr:
    kinds = {child.type for child in node.children}
    if "async" in kinds:
        raise Refusal("async-code", "an `async` closure", reader.place(node))
    params: list[tuple[tree.Pattern, tree.TypeTree | None]] = []
    for child in reader.field(node, "parameters").children:
        if child.type == "parameter":
            annotation = read_type(reader, reader.field(child, "type"))
            pattern = read_pattern(reader, reader.field(child, "pattern"))
            if isinstance(pattern, tree.BindPattern):
                pattern.mutable |= any(c.type == "mutable_specifier" for c in child.children)
            params.append((pattern, annotation))
        elif (child.is_named and not child.is_extra) or child.type == "_":
            params.append((read_pattern(reader, child), None))
    result = node.child_by_field_name("return_type")
    return tree.Closure(
        *reader.span(node),
        tuple(params),
        None if result is None else read_type(reader, result),
        read_expression(reader, reader.field(node, "body")),
        "move" in kinds,
    )


def _return(reader: Reader, node: Node) -> tree.Expr:
    inner = meaningful(node)
    value = read_expression(reader, inner[0]) if inner else None
    return tree.Return(*reader.span(node), value)


def _break(reader: Reader, node: Node) -> tree.Expr:
    label = _label(reader, node)
    inner = [child for child in meaningful(node) if child.type != "label"]
    value = read_expression(reader, inner[0]) if inner else None
    return tree.Break(*reader.span(node), label, value)


def _continue(reader: Reader, node: Node) -> tree.Expr:
    return tree.Continue(*reader.span(node), _label(reader, node))


def _block(reader: Reader, node: Node) -> tree.Expr:
    block, label = read_block(reader, node), _label(reader, node)
    return block if label is None else _left_at_once(block, label)


def _left_at_once(block: tree.Block, label: str) -> tree.Loop:
    """`'a: { s; e }` as `'a: loop { s; break 'a e; }`.

    A `break` or `continue` without a label is an error of rustc inside, so none changes its loop.
    Where the end is not reached, nothing is left there: its `()` need not be the block's type.
    """
    span = block.start, block.end
    last = block.statements[-1] if block.statements else None
    leaves = tree.Return | tree.Break | tree.Continue | tree.Panic
    ends = isinstance(last, tree.ExprStatement) and isinstance(last.value, leaves)
    if block.tail is None and ends:
        return tree.Loop(*span, block, label)
    leave = tree.ExprStatement(*span, tree.Break(*span, label, block.tail))
    return tree.Loop(*span, tree.Block(*span, (*block.statements, leave), None), label)


def _unit(reader: Reader, node: Node) -> tree.Expr:
    return tree.Tuple(*reader.span(node), ())


LITERALS: Final[dict[str, Callable[[Reader, Node], tree.Expr]]] = {
    "integer_literal": _integer,
    "float_literal": _float,
    "boolean_literal": _boolean,
    "char_literal": _char,
    "string_literal": _string,
    "raw_string_literal": _raw_string,
}

EXPRESSIONS: Final[dict[str, Callable[[Reader, Node], tree.Expr]]] = {
    **LITERALS,
    "identifier": _path,
    "self": _path,
    "scoped_identifier": _path,
    "generic_function": _path,
    "unary_expression": _unary,
    "reference_expression": _borrow,
    "binary_expression": _binary,
    "let_chain": _chain,
    "let_condition": _let_condition,
    "assignment_expression": _assign,
    "compound_assignment_expr": _assign,
    "type_cast_expression": _cast,
    "call_expression": _call,
    "field_expression": _field_of,
    "index_expression": _index,
    "range_expression": _range,
    "try_expression": _try,
    "parenthesized_expression": _parenthesized,
    "tuple_expression": _tuple,
    "unit_expression": _unit,
    "array_expression": _array,
    "struct_expression": _struct,
    "block": _block,
    "if_expression": _if,
    "while_expression": _while,
    "loop_expression": _loop,
    "for_expression": _for,
    "match_expression": _match,
    "closure_expression": _closure,
    "return_expression": _return,
    "break_expression": _break,
    "continue_expression": _continue,
    "macro_invocation": read_macro,
}
"""How each kind of node that is an expression is read."""
