"""Types, as they are written."""

from __future__ import annotations

from typing import Final

from autoform.frontends.rust import tree
from autoform.frontends.rust.kinds import REFUSED
from autoform.frontends.rust.read_paths import path_segments
from autoform.frontends.rust.reader import Reader, meaningful, shortened
from autoform.frontends.syntax import Node

FN_TRAITS: Final = frozenset({"Fn", "FnMut", "FnOnce"})


def read_type(reader: Reader, node: Node) -> tree.TypeTree:
    """Read a type. What is outside the subset is refused where it is asked for."""
    reader.enter(node)
    found = _read(reader, node)
    reader.leave()
    return found


def _read(reader: Reader, node: Node) -> tree.TypeTree:
    start, end = reader.span(node)
    match node.type:
        case "primitive_type" | "type_identifier" | "identifier" | "self":
            name = reader.text(node)
            return tree.InferType(start, end) if name == "_" else tree.PathType(start, end, (name,))
        case "scoped_type_identifier" | "scoped_identifier":
            return tree.PathType(start, end, path_segments(reader, node))
        case "generic_type" | "generic_type_with_turbofish":
            return _generic(reader, node)
        case "reference_type":
            inner = read_type(reader, reader.field(node, "type"))
            mutable = any(child.type == "mutable_specifier" for child in node.children)
            return tree.RefType(start, end, mutable, inner)
        case "array_type":
            length = node.child_by_field_name("length")
            element = read_type(reader, reader.field(node, "element"))
            return tree.ArrayType(start, end, element, _length(reader, length))
        case "tuple_type":
            items = tuple(read_type(reader, child) for child in meaningful(node))
            return tree.TupleTypeTree(start, end, items)
        case "unit_type":
            return tree.TupleTypeTree(start, end, ())
        case "never_type":
            return tree.NeverType(start, end)
        case "function_type":
            return _function(reader, node)
        case "abstract_type":
            bounds = _bounds(reader, reader.field(node, "trait"))
            return bounds[0] if _is_function(bounds) else tree.ImplType(start, end, bounds)
        case "bounded_type":
            return tree.ImplType(start, end, _bounds(reader, node))
        case _:
            code, what = REFUSED.get(node.type, ("unsupported-type", ""))
            what = what or f"`{shortened(reader.text(node))}`"
            return tree.OtherType(start, end, code, f"{what} is outside the lifted subset")


def _is_function(bounds: tuple[tree.TypeTree, ...]) -> bool:
    return bool(bounds) and isinstance(bounds[0], tree.FnTypeTree)


def _length(reader: Reader, node: Node | None) -> tree.Expr | None:
    from autoform.frontends.rust.read_expr import read_expression  # types stand in expressions

    return None if node is None else read_expression(reader, node)


def _generic(reader: Reader, node: Node) -> tree.TypeTree:
    named = reader.field(node, "type")
    arguments = reader.field(node, "type_arguments")
    args: list[tree.TypeTree] = []
    for child in meaningful(arguments):
        if child.type == "type_binding":
            args.append(read_type(reader, reader.field(child, "type")))
        else:
            args.append(read_type(reader, child))
    start, end = reader.span(node)
    return tree.PathType(start, end, path_segments(reader, named), tuple(args))


def _function(reader: Reader, node: Node) -> tree.TypeTree:
    start, end = reader.span(node)
    params = tuple(
        read_type(reader, reader.field(child, "type") if child.type == "parameter" else child)
        for child in meaningful(reader.field(node, "parameters"))
    )
    written = node.child_by_field_name("return_type")
    result = None if written is None else read_type(reader, written)
    return tree.FnTypeTree(start, end, params, result)


def read_bounds(reader: Reader, node: Node) -> list[tree.TypeTree]:
    """The bounds of a type parameter or of a `where` clause."""
    return [
        read_type(reader, child)
        for child in meaningful(node)
        if child.type != "higher_ranked_trait_bound"
    ]


def _bounds(reader: Reader, node: Node) -> tuple[tree.TypeTree, ...]:
    if node.type in {"bounded_type", "trait_bounds"}:
        return tuple(each for child in meaningful(node) for each in _bounds(reader, child))
    return (read_type(reader, node),)
