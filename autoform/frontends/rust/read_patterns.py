"""Patterns."""

from __future__ import annotations

from autoform.frontends.rust import tree
from autoform.frontends.rust.read_paths import path_segments
from autoform.frontends.rust.reader import Reader, meaningful
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.syntax import Node


def read_pattern(reader: Reader, node: Node) -> tree.Pattern:
    """Read a pattern. Raises `Refusal`."""
    reader.enter(node)
    found = _read(reader, node)
    reader.leave()
    return found


def _read(reader: Reader, node: Node) -> tree.Pattern:  # noqa: C901 - a case per kind
    start, end = reader.span(node)
    match node.type:
        case "_":
            return tree.WildPattern(start, end)
        case "identifier" | "shorthand_field_identifier" | "self":
            return tree.BindPattern(start, end, reader.text(node))
        case "mut_pattern":
            return _mutable(reader, node)
        case "ref_pattern":
            inner = read_pattern(reader, meaningful(node)[-1])
            if isinstance(inner, tree.BindPattern):
                inner.by_ref_mut, inner.mutable = inner.mutable, False
            return inner
        case "captured_pattern":
            name, inner_node = node.children[0], node.children[-1]
            inner = read_pattern(reader, inner_node)
            bound = read_pattern(reader, name)
            assert isinstance(bound, tree.BindPattern)
            bound.start, bound.end, bound.sub = start, end, inner
            return bound
        case "reference_pattern":
            return tree.RefPattern(start, end, read_pattern(reader, node.children[-1]))
        case "tuple_pattern":
            return tree.TuplePattern(start, end, _items(reader, node))
        case "slice_pattern":
            return tree.SlicePattern(start, end, _items(reader, node))
        case "remaining_field_pattern":
            return tree.RestPattern(start, end)
        case "or_pattern":
            return tree.OrPattern(start, end, _alternatives(reader, node))
        case "range_pattern":
            return _range(reader, node)
        case "tuple_struct_pattern":
            path = _path(reader, reader.field(node, "type"))
            items = _items(reader, node, skip=node.child_by_field_name("type"))
            return tree.TupleStructPattern(start, end, path, items)
        case "struct_pattern":
            return _struct(reader, node)
        case "scoped_identifier":
            return tree.PathPattern(start, end, _path(reader, node))
        case _:
            return tree.LiteralPattern(start, end, _literal(reader, node))


def _mutable(reader: Reader, node: Node) -> tree.Pattern:
    inner = read_pattern(reader, node.children[-1])
    if not isinstance(inner, tree.BindPattern):
        raise reader.refusal(node)
    inner.mutable = True
    return inner


def _items(reader: Reader, node: Node, skip: Node | None = None) -> tuple[tree.Pattern, ...]:
    """The parts of a pattern: also `_`, which is no named node."""
    found: list[tree.Pattern] = []
    for child in node.children:
        if child.is_extra or (skip is not None and child == skip):
            continue
        if child.is_named or child.type == "_":
            found.append(read_pattern(reader, child))
    return tuple(found)


def _alternatives(reader: Reader, node: Node) -> tuple[tree.Pattern, ...]:
    """The alternatives, which the grammar nests to the left."""
    found: list[tree.Pattern] = []
    while node.type == "or_pattern":
        parts = [c for c in node.children if not c.is_extra and c.type != "|"]
        found.extend(read_pattern(reader, part) for part in reversed(parts[1:]))
        node = parts[0]
    found.append(read_pattern(reader, node))
    return tuple(reversed(found))


def _range(reader: Reader, node: Node) -> tree.Pattern:
    low = high = None
    seen = False
    for child in node.children:
        if child.type in {"..", "..=", "..."}:
            seen = True
        elif seen:
            high = _literal(reader, child)
        else:
            low = _literal(reader, child)
    inclusive = any(child.type != ".." for child in node.children if not child.is_named)
    return tree.RangePattern(*reader.span(node), low, high, inclusive)


def _struct(reader: Reader, node: Node) -> tree.Pattern:
    named = reader.field(node, "type")
    fields: list[tuple[str, tree.Pattern]] = []
    for child in meaningful(node):
        if child.type == "field_pattern":
            name = reader.field(child, "name")
            inner = child.child_by_field_name("pattern")
            if inner is None:
                inner = next((c for c in child.children if c.type == "_"), None)
            pattern = read_pattern(reader, inner or name)
            if inner is None and isinstance(pattern, tree.BindPattern):
                kinds = {c.type for c in child.children}
                if "ref" in kinds:
                    pattern.by_ref_mut = "mutable_specifier" in kinds
                else:
                    pattern.mutable = "mutable_specifier" in kinds
            fields.append((reader.text(name), pattern))
    return tree.StructPattern(*reader.span(node), _path(reader, named), tuple(fields))


def _path(reader: Reader, node: Node) -> tree.Path:
    return tree.Path(*reader.span(node), path_segments(reader, node))


def _literal(reader: Reader, node: Node) -> tree.Expr:
    from autoform.frontends.rust.read_expr import LITERALS, read_expression  # mutual recursion

    if node.type in LITERALS or node.type in {"identifier", "scoped_identifier"}:
        return read_expression(reader, node)
    if node.type == "negative_literal":
        inner = read_expression(reader, meaningful(node)[0])
        return tree.Unary(*reader.span(node), "-", inner)
    if node.type == "macro_invocation":
        raise Refusal("unsupported-macro", "a macro in a pattern", reader.place(node))
    raise reader.refusal(node)
