"""A Rust file as regions that can be blamed: what rustc does not accept is left out, not all.

A region is an item of the file (or, in an `impl`, `trait` or inline `mod`, an item of that), or an
attribute. The text that rustc gets keeps every line where it was: what is left out becomes
blanks, and `crate::` becomes the path of the module that the file is made into.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from autoform.frontends.syntax import Node, SyntaxTree, parse
from autoform.source import SourceFile

__all__ = ["Declared", "Region", "RustText", "read_text"]

_BODIES: Final = frozenset({"impl_item", "trait_item", "mod_item"})
_IGNORED: Final = frozenset({"line_comment", "block_comment", "shebang"})
_CONTRACTS: Final = frozenset(
    {"requires", "ensures", "invariant", "decreases", "modifies", "variant", "pure", "logic"}
)
"""Attributes with contracts, under whatever path: judged outside, on the plain function."""


@dataclass(frozen=True, slots=True)
class Region:
    """Bytes of the file; `names` are the functions that go with it, as the IR calls them."""

    start: int
    end: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Declared:
    """How a struct or a variant is written: its fields' names and types; none for `S(A, B)`."""

    fields: tuple[str, ...]
    types: tuple[str, ...]


@dataclass(slots=True)
class RustText:
    """A file with its regions. `shapes` are of structs and, as `Enum::Variant`, of variants.

    `generics` are the type parameters of each function, `lifetimes` how many those of each struct
    and enum are. `traits` are the paths of functions that an `impl` of a trait holds for one type.
    """

    data: bytes
    regions: Sequence[Region]
    always_out: Sequence[tuple[int, int]]
    crates: Sequence[tuple[int, int]]
    shapes: dict[str, Declared] = field(default_factory=dict)
    generics: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lifetimes: dict[str, int] = field(default_factory=dict)
    traits: dict[str, str] = field(default_factory=dict)

    def printed(self, path: str, out: Collection[Region]) -> Printed:
        """The text without some regions, as a module of that path."""
        blank = bytearray(self.data)
        for start, end in (*self.always_out, *((r.start, r.end) for r in out)):
            blank[start:end] = bytes(b if b in b"\r\n" else 0x20 for b in blank[start:end])
        pieces: list[bytes] = []
        moved: list[tuple[int, int]] = []
        last = length = 0
        for start, end in self.crates:
            if not blank[start:end].strip():
                continue
            pieces += [bytes(blank[last:start]), path.encode()]
            length += start - last + len(path.encode())
            moved.append((length, length - end))
            last = end
        pieces.append(bytes(blank[last:]))
        return Printed(b"".join(pieces), moved)

    def region_at(self, start: int, end: int) -> Region | None:
        """The smallest region that has these bytes."""
        around = [r for r in self.regions if r.start <= start and end <= r.end]
        return min(around, key=lambda r: r.end - r.start, default=None)


@dataclass(frozen=True, slots=True)
class Printed:
    """The text for rustc, and by how much it is longer than the file from which offset on."""

    data: bytes
    moved: Sequence[tuple[int, int]]

    def original(self, offset: int) -> int:
        """Where a byte of this text stands in the file."""
        shift = 0
        for start, difference in self.moved:
            if offset < start:
                break
            shift = difference
        return offset - shift


def read_text(source: SourceFile) -> RustText:
    """The regions and declarations of a file. What does not parse is left out from the start."""
    tree = parse(source, "rust")
    reader = _Reader(tree)
    reader.read_items(tree.root, "")
    return RustText(
        tree.data,
        reader.regions,
        reader.out,
        reader.crates,
        reader.shapes,
        reader.generics,
        reader.lifetimes,
        reader.traits,
    )


class _Reader:
    """Collects what is known of a file."""

    def __init__(self, tree: SyntaxTree) -> None:
        self.tree = tree
        self.regions: list[Region] = []
        self.out: list[tuple[int, int]] = []
        self.crates = [(n.start_byte, n.end_byte) for n in _crates(tree.root)]
        self.shapes: dict[str, Declared] = {}
        self.generics: dict[str, tuple[str, ...]] = {}
        self.lifetimes: dict[str, int] = {}
        self.traits: dict[str, str] = {}

    def read_items(self, parent: Node, prefix: str) -> tuple[str, ...]:
        """Make regions of the items in a node; the functions among them."""
        names: list[str] = []
        for node in parent.named_children:
            if node.type in _IGNORED:
                continue
            if node.is_error or self._is_unwanted(node):
                self.out.append((node.start_byte, node.end_byte))
                continue
            inside = self._names_in(node, prefix)
            names += inside
            self.regions.append(Region(node.start_byte, node.end_byte, inside))
        return tuple(names)

    def _is_unwanted(self, node: Node) -> bool:
        """Inner attributes would stand in the wrong place, contracts have no meaning to rustc."""
        if node.type == "inner_attribute_item":
            return True
        if node.type != "attribute_item":
            return False
        inner = node.named_children[0] if node.named_children else None
        path = inner.named_children[0] if inner is not None and inner.named_children else None
        return path is not None and self.tree.text(path).split("::")[-1].strip() in _CONTRACTS

    def _names_in(self, node: Node, prefix: str) -> tuple[str, ...]:
        name = node.child_by_field_name("name")
        text = self.tree.text(name) if name is not None else ""
        match node.type:
            case "function_item":
                self._read_generics(node, prefix + text)
                return (prefix + text,)
            case "struct_item":
                self._read_lifetimes(node, text)
                self.shapes[text] = self._shape(node.child_by_field_name("body"))
                return ()
            case "enum_item":
                self._read_lifetimes(node, text)
                self._read_variants(node, text)
                return ()
            case kind if kind in _BODIES:
                body = node.child_by_field_name("body")
                self_type = node.child_by_field_name("type")
                head = self.tree.text(self_type).split("<")[0] if self_type else text
                names = self.read_items(body, f"{head}::") if body is not None else ()
                self._read_trait(node, names)
                return names
            case _:
                return ()

    def _read_trait(self, node: Node, names: tuple[str, ...]) -> None:
        """`From<u8> for S` as `<S as From<u8>>::from`: `S::from` alone leaves open which."""
        trait, self_type = node.child_by_field_name("trait"), node.child_by_field_name("type")
        params = node.child_by_field_name("type_parameters")
        generic = params is not None and any(
            child.type not in {"lifetime", "lifetime_parameter"} for child in params.named_children
        )
        if trait is None or self_type is None or generic:
            return
        head = f"<{self.tree.text(self_type)} as {self.tree.text(trait)}>"
        self.traits |= {name: f"{head}::{name.rpartition('::')[2]}" for name in names}

    def _read_generics(self, node: Node, name: str) -> None:
        found = node.child_by_field_name("type_parameters")
        kinds = {"type_identifier", "constrained_type_parameter", "type_parameter"}
        self.generics[name] = tuple(
            self.tree.text(param).split(":")[0].strip()
            for param in (found.named_children if found is not None else ())
            if param.type in kinds and not self.tree.text(param).startswith("'")
        )

    def _read_lifetimes(self, node: Node, name: str) -> None:
        found = node.child_by_field_name("type_parameters")
        params = found.named_children if found is not None else ()
        self.lifetimes[name] = sum(self.tree.text(param).startswith("'") for param in params)

    def _read_variants(self, node: Node, enum: str) -> None:
        body = node.child_by_field_name("body")
        for variant in body.named_children if body is not None else ():
            name = variant.child_by_field_name("name")
            if variant.type == "enum_variant" and name is not None:
                shape = self._shape(variant.child_by_field_name("body"))
                self.shapes[f"{enum}::{self.tree.text(name)}"] = shape

    def _shape(self, body: Node | None) -> Declared:
        if body is None:
            return Declared((), ())
        if body.type == "field_declaration_list":
            fields = [n for n in body.named_children if n.type == "field_declaration"]
            return Declared(
                tuple(self._field(n, "name") for n in fields),
                tuple(self._field(n, "type") for n in fields),
            )
        types = body.children_by_field_name("type")
        return Declared((), tuple(self.tree.text(t) for t in types))

    def _field(self, node: Node, name: str) -> str:
        found = node.child_by_field_name(name)
        return self.tree.text(found) if found is not None else ""


def _crates(root: Node) -> Iterator[Node]:
    """The words `crate` that begin a path."""
    pending = [root]
    while pending:
        node = pending.pop()
        if node.type == "crate":
            if node.parent is not None and node.parent.type != "visibility_modifier":
                yield node
        else:
            pending.extend(reversed(node.children))
