"""Paths: `a::b`, `Vec::<u8>::new`, `<T as Trait>::f`."""

from __future__ import annotations

from autoform.frontends.rust.reader import Reader
from autoform.frontends.syntax import Node


def path_segments(reader: Reader, node: Node) -> tuple[str, ...]:
    """The names of a path, type arguments left out."""
    match node.type:
        case "scoped_identifier" | "scoped_type_identifier":
            name = reader.text(reader.field(node, "name"))
            path = node.child_by_field_name("path")
            return (name,) if path is None else (*path_segments(reader, path), name)
        case "generic_type" | "generic_type_with_turbofish":
            return path_segments(reader, reader.field(node, "type"))
        case "bracketed_type":
            return path_segments(reader, node.named_children[0])
        case _:
            return (reader.text(node),)
