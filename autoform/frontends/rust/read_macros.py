"""The macros of the subset: their token trees are parsed as the expressions that they hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from autoform.frontends.rust import tree
from autoform.frontends.rust.reader import Reader, meaningful, shortened
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.syntax import Node

_OUTPUT: Final = frozenset({"println", "print", "eprintln", "eprint", "dbg", "write", "writeln"})


def read_macro(reader: Reader, node: Node) -> tree.Expr:
    """Read a macro call. Raises `Refusal` for one that is not of the subset."""
    name = reader.text(reader.field(node, "macro")).rsplit("::", 1)[-1]
    tokens = next((child for child in node.children if child.type == "token_tree"), None)
    if name in _OUTPUT:
        raise Refusal("input-output", f"`{name}!` writes to the outside world", reader.place(node))
    read = _MACROS.get(name)
    if read is None or tokens is None:
        message = f"`{name}!` is outside the lifted subset"
        raise Refusal("unsupported-macro", message, reader.place(node))
    return read(reader, node, tokens)


def _inner(tokens: Node) -> tuple[int, int]:
    return tokens.start_byte + 1, tokens.end_byte - 1


def _expressions(reader: Reader, start: int, end: int) -> tuple[tree.Expr, ...]:
    """The expressions between commas."""
    from autoform.frontends.rust.read_expr import read_expression  # macros hold expressions

    inner, root = reader.snippet("fn f(){m(", start, end, ")}")
    call = _only(inner, root, "call_expression")
    arguments = inner.field(call, "arguments")
    return tuple(read_expression(inner, child) for child in meaningful(arguments))


def _only(reader: Reader, root: Node, kind: str) -> Node:
    """The one expression of the function that a snippet was wrapped in."""
    functions = meaningful(root)
    body = functions[0].child_by_field_name("body") if len(functions) == 1 else None
    found = [] if body is None else meaningful(body)
    if len(found) == 1 and found[0].type == "expression_statement":
        found = meaningful(found[0])
    if len(found) != 1 or found[0].type != kind:
        message = f"`{shortened(reader.text(root))}` is not read"
        raise Refusal("unsupported-macro", message, reader.place(root))
    return found[0]


def read_snippet_expressions(reader: Reader, start: int, end: int) -> tuple[tree.Expr, ...]:
    """The expressions that a stretch of the file is, between commas. Raises `Refusal`."""
    return _expressions(reader, start - reader.base, end - reader.base)


def _vec(reader: Reader, node: Node, tokens: Node) -> tree.Expr:
    from autoform.frontends.rust.read_expr import read_expression

    inner, root = reader.snippet("fn f(){[", *_inner(tokens), "]}")
    found = read_expression(inner, _only(inner, root, "array_expression"))
    found.start, found.end = reader.span(node)
    return found


def _matches(reader: Reader, node: Node, tokens: Node) -> tree.Expr:
    from autoform.frontends.rust.read_expr import read_expression

    comma = next((child for child in tokens.children if child.type == ","), None)
    if comma is None:
        raise reader.refusal(node)
    start, end = _inner(tokens)
    (value,) = _expressions(reader, start, comma.start_byte)
    if tokens.children[-2].type == ",":
        end = tokens.children[-2].start_byte
    inner, root = reader.snippet("fn f(){match x{", comma.end_byte, end, "=>true}}")
    found = read_expression(inner, _only(inner, root, "match_expression"))
    assert isinstance(found, tree.Match)
    place = reader.span(node)
    fallback = tree.Arm(
        *place, tree.WildPattern(*place), None, tree.BoolLiteral(*place, value=False)
    )
    return tree.Match(*place, value, (*found.arms, fallback))


def _assert(reader: Reader, node: Node, tokens: Node) -> tree.Expr:
    args = _expressions(reader, *_inner(tokens))
    if not args:
        raise reader.refusal(node)
    return tree.Assertion(*reader.span(node), args[0], args[1:])


def _assert_compared(op: str) -> Callable[[Reader, Node, Node], tree.Expr]:
    def read(reader: Reader, node: Node, tokens: Node) -> tree.Expr:
        args = _expressions(reader, *_inner(tokens))
        if len(args) < 2:
            raise reader.refusal(node)
        left, right, *message = args
        condition = tree.Binary(left.start, right.end, op, left, right)
        return tree.Assertion(*reader.span(node), condition, tuple(message))

    return read


def _panic(reader: Reader, node: Node, tokens: Node) -> tree.Expr:
    return tree.Panic(*reader.span(node), _expressions(reader, *_inner(tokens)))


_HOLE: Final = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")


def _format(reader: Reader, node: Node, tokens: Node) -> tree.Expr:
    args = _expressions(reader, *_inner(tokens))
    if not args or not isinstance(args[0], tree.StrLiteral):
        raise Refusal("string-format", "the format is no literal", reader.place(node))
    return tree.Format(*reader.span(node), tuple(format_parts(args[0], args[1:])))


def format_parts(
    template: tree.StrLiteral, args: tuple[tree.Expr, ...]
) -> list[str | tuple[tree.Expr, str]]:
    """The texts and holes of a format string. Raises `Refusal`."""
    named: dict[str, tree.Expr] = {}
    positional: list[tree.Expr] = []
    for arg in args:
        match arg:
            case tree.Assign(op="", left=tree.Path(segments=(name,)), right=value):
                named[name] = value
            case _:
                positional.append(arg)
    parts: list[str | tuple[tree.Expr, str]] = []
    at = following = 0
    for hole in _HOLE.finditer(template.value):
        parts.append(template.value[at : hole.start()])
        at = hole.end()
        if hole[1] is None:
            parts.append(hole[0][0])
            continue
        name, _, spec = hole[1].partition(":")
        if not name:
            found = positional[following] if following < len(positional) else None
            following += 1
        elif name.isdigit():
            found = positional[int(name)] if int(name) < len(positional) else None
        else:
            found = named.get(name) or tree.Path(template.start, template.end, (name,))
        if found is None:
            raise Refusal("string-format", f"`{hole[0]}` has no argument", template)
        parts.append((found, spec.strip()))
    parts.append(template.value[at:])
    return [part for part in parts if part != ""]


_MACROS: Final[dict[str, Callable[[Reader, Node, Node], tree.Expr]]] = {
    "vec": _vec,
    "matches": _matches,
    "assert": _assert,
    "debug_assert": _assert,
    "assert_eq": _assert_compared("=="),
    "debug_assert_eq": _assert_compared("=="),
    "assert_ne": _assert_compared("!="),
    "debug_assert_ne": _assert_compared("!="),
    "panic": _panic,
    "unreachable": _panic,
    "todo": _panic,
    "unimplemented": _panic,
    "format": _format,
}
