"""Items: functions, types, constants, `impl` blocks, `use`, and what stands inside modules."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from autoform.frontends.rust import tree
from autoform.frontends.rust.kinds import SKIPPED
from autoform.frontends.rust.read_expr import read_block, read_expression
from autoform.frontends.rust.read_paths import path_segments
from autoform.frontends.rust.read_patterns import read_pattern
from autoform.frontends.rust.read_types import read_bounds, read_type
from autoform.frontends.rust.reader import Reader, meaningful, shortened
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.syntax import Node

MAX_FUNCTION_LINES: Final = 600


@dataclass(slots=True, eq=False)
class ImplHeader:
    """`impl<T> Trait for Type`: whose methods these are."""

    generics: tuple[tree.TypeParam, ...]
    self_type: tree.TypeTree
    trait: str | None
    types: dict[str, tree.TypeTree] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class FunctionEntry:
    """A function of the file under its name in the IR: `f`, `Type.method`."""

    name: str
    item: tree.FunctionItem
    impl: ImplHeader | None = None


@dataclass(slots=True)
class Items:
    """What a file declares. `unread` are functions that could not be read, with the reason."""

    functions: dict[str, FunctionEntry] = field(default_factory=dict)
    structs: dict[str, tree.StructItem] = field(default_factory=dict)
    enums: dict[str, tree.EnumItem] = field(default_factory=dict)
    consts: dict[str, tree.ConstItem] = field(default_factory=dict)
    aliases: dict[str, tree.AliasItem] = field(default_factory=dict)
    uses: dict[str, tuple[str, ...]] = field(default_factory=dict)
    traits: set[str] = field(default_factory=set)
    broken_types: dict[str, Refusal] = field(default_factory=dict)
    unread: list[tuple[str, Refusal]] = field(default_factory=list)
    tests: list[Node] = field(default_factory=list)
    trait_impls: set[tuple[str, str]] = field(default_factory=set)


def collect_items(reader: Reader, root: Node) -> Items:
    """Read the items of a file. What cannot be read is entered with its reason."""
    items = Items()
    for node, attributes, docs in _with_attributes(reader, root):
        reader.depth = 0
        # What is read without counting its depth is no function: paths, attributes, `use`.
        with suppress(RecursionError):
            _collect(reader, node, attributes, docs, items)
    return items


def _with_attributes(
    reader: Reader, root: Node
) -> Iterator[tuple[Node, list[tree.Attribute], list[Node]]]:
    """The items of a file or block with the attributes and doc comments before them."""
    attributes: list[tree.Attribute] = []
    docs: list[Node] = []
    for node in root.named_children:
        if node.type == "attribute_item":
            attributes.append(read_attribute(reader, node))
        elif node.type in {"line_comment", "block_comment"}:
            if node.child_by_field_name("outer") is not None or any(
                child.type == "outer_doc_comment_marker" for child in node.children
            ):
                docs.append(node)
        elif node.type not in SKIPPED:
            yield node, attributes, docs
            attributes, docs = [], []


def _collect(
    reader: Reader,
    node: Node,
    attributes: list[tree.Attribute],
    docs: list[Node],
    items: Items,
) -> None:
    name_node = node.child_by_field_name("name")
    name = "" if name_node is None else reader.text(name_node)
    is_test = any(each.name == "test" for each in attributes) or _is_test_only(reader, attributes)
    match node.type:
        case "function_item":
            if is_test:
                items.tests.append(node)
            else:
                _collect_function(reader, node, attributes, docs, items, None)
        case "mod_item":
            _collect_module(reader, node, items, is_test=is_test)
        case "impl_item":
            if not is_test:
                _collect_impl(reader, node, items)
        case "trait_item":
            items.traits.add(name)
            _collect_trait(reader, node, items, name)
        case "struct_item" | "enum_item" | "const_item" | "static_item" | "type_item":
            if is_test:
                return
            try:
                _enter(read_item(reader, node, attributes), items)
            except Refusal as refusal:
                items.broken_types[name] = refusal
        case "use_declaration":
            for bound, path in _uses(reader, reader.field(node, "argument"), ()):
                items.uses[bound] = path
        case "macro_invocation" | "expression_statement" | "macro_definition":
            return
        case _:
            return


def _is_test_only(reader: Reader, attributes: list[tree.Attribute]) -> bool:
    for each in attributes:
        if each.name == "cfg" and each.arguments is not None:
            start, end = each.arguments.start - reader.base, each.arguments.end - reader.base
            if reader.syntax.data[start:end].strip() == b"test":
                return True
    return False


def _enter(item: tree.Item, items: Items) -> None:
    match item:
        case tree.StructItem():
            items.structs[item.name] = item
        case tree.EnumItem():
            items.enums[item.name] = item
        case tree.ConstItem():
            items.consts[item.name] = item
        case tree.AliasItem():
            items.aliases[item.name] = item
        case tree.UseItem():
            items.uses.update(item.names)
        case tree.FunctionItem():
            items.functions[item.name] = FunctionEntry(item.name, item)


def _collect_module(reader: Reader, node: Node, items: Items, *, is_test: bool) -> None:
    body = node.child_by_field_name("body")
    if body is None:
        return
    if is_test:
        items.tests.append(body)
        return
    outer = reader.text(reader.field(node, "name"))
    for child in body.named_children:
        inner = child.child_by_field_name("name")
        if child.type == "function_item" and inner is not None:
            message = f"`{outer}` is a module inside the file"
            refusal = Refusal("unsupported-module", message, reader.place(inner))
            items.unread.append((f"{outer}.{reader.text(inner)}", refusal))


def _collect_trait(reader: Reader, node: Node, items: Items, name: str) -> None:
    body = node.child_by_field_name("body")
    for child in () if body is None else body.named_children:
        inner = child.child_by_field_name("name")
        if child.type == "function_item" and inner is not None:
            message = f"`{name}` is a trait: who `Self` is depends on the caller"
            refusal = Refusal("trait-method", message, reader.place(inner))
            items.unread.append((f"{name}.{reader.text(inner)}", refusal))


def _collect_impl(reader: Reader, node: Node, items: Items) -> None:
    body = node.child_by_field_name("body")
    if body is None:
        return
    self_node = reader.field(node, "type")
    trait_node = node.child_by_field_name("trait")
    trait = None if trait_node is None else path_segments(reader, trait_node)[-1]
    named = self_node
    while named.type == "reference_type":
        named = reader.field(named, "type")
    owner = path_segments(reader, named)[-1]
    problem: Refusal | None = None
    header: ImplHeader | None = None
    if not owner.isidentifier():
        owner = "impl"
        message = f"an `impl` for `{shortened(reader.text(self_node))}`"
        problem = Refusal("unsupported-type", message, reader.place(self_node))
    else:
        try:
            self_type = read_type(reader, self_node)
            header = ImplHeader(_generics(reader, node), self_type, trait)
            for child in body.named_children:
                if child.type == "type_item":
                    name = reader.text(reader.field(child, "name"))
                    header.types[name] = read_type(reader, reader.field(child, "type"))
        except Refusal as refusal:
            reader.depth = 0
            problem = refusal
    if trait is not None:
        items.trait_impls.add((trait, owner))
    for child, attributes, docs in _with_attributes(reader, body):
        if child.type == "const_item":
            const = read_item(reader, child, attributes)
            if isinstance(const, tree.ConstItem):
                items.consts[f"{owner}::{const.name}"] = const
        if child.type != "function_item":
            continue
        if problem is not None:
            name = f"{owner}.{reader.text(reader.field(child, 'name'))}"
            items.unread.append((name, problem))
            continue
        _collect_function(reader, child, attributes, docs, items, header, owner)


def _collect_function(
    reader: Reader,
    node: Node,
    attributes: list[tree.Attribute],
    docs: list[Node],
    items: Items,
    impl: ImplHeader | None,
    owner: str = "",
) -> None:
    plain = reader.text(reader.field(node, "name"))
    name = f"{owner}.{plain}" if owner else plain
    try:
        item = read_function(reader, node, attributes, docs)
    except (Refusal, RecursionError) as error:
        reader.depth = 0
        at = reader.place(reader.field(node, "name"))
        deep = Refusal("too-deeply-nested", f"`{name}` nests too deeply", at)
        items.unread.append((name, error if isinstance(error, Refusal) else deep))
        return
    if name in items.functions:
        message = f"`{name}` is defined twice, for different traits or configurations"
        items.unread.append((name, Refusal("unsupported-syntax", message, item.name_at)))
        del items.functions[name]
        return
    if any(name == other for other, _ in items.unread):
        message = f"`{name}` is defined twice, for different traits or configurations"
        items.unread.append((name, Refusal("unsupported-syntax", message, item.name_at)))
        return
    items.functions[name] = FunctionEntry(name, item, impl)


def read_attribute(reader: Reader, node: Node) -> tree.Attribute:
    """Read `#[path(arguments)]`."""
    inner = meaningful(node)[0]
    parts = meaningful(inner)
    path = reader.text(parts[0]) if parts else reader.text(inner)
    arguments = inner.child_by_field_name("arguments")
    place = None
    if arguments is not None and arguments.type == "token_tree":
        start, end = reader.span(arguments)
        place = tree.Tree(start + 1, end - 1)
    name = "".join(path.split()).rsplit("::", 1)[-1]
    return tree.Attribute(*reader.span(node), name, "".join(path.split()), place)


def read_function(
    reader: Reader, node: Node, attributes: list[tree.Attribute], docs: list[Node]
) -> tree.FunctionItem:
    """Read a function. Raises `Refusal`."""
    for error in reader.syntax.errors(node):
        raise reader.refusal(error)
    if node.end_point[0] - node.start_point[0] >= MAX_FUNCTION_LINES:
        message = f"the function has more than {MAX_FUNCTION_LINES} lines"
        raise Refusal("function-too-large", message, reader.place(reader.field(node, "name")))
    for child in node.children:
        if child.type == "function_modifiers":
            _refuse_modifiers(reader, child)
    body = node.child_by_field_name("body")
    result = node.child_by_field_name("return_type")
    name = reader.field(node, "name")
    docs = [*docs, *_inner_docs(body)]
    return tree.FunctionItem(
        *reader.span(node),
        reader.text(name),
        _generics(reader, node),
        tuple(_params(reader, reader.field(node, "parameters"))),
        None if result is None else read_type(reader, result),
        None if body is None else read_block(reader, body),
        tuple(attributes),
        _doc_text(reader, docs),
        reader.place(name),
        tuple(reader.place(doc) for doc in docs),
    )


def _refuse_modifiers(reader: Reader, node: Node) -> None:
    words = reader.text(node).split()
    if "async" in words:
        raise Refusal("async-code", "an `async` function", reader.place(node))
    if "unsafe" in words:
        raise Refusal("unsafe-code", "an `unsafe` function", reader.place(node))


def _inner_docs(body: Node | None) -> Iterator[Node]:
    """The doc comments `//!` at the head of a body."""
    nodes = [] if body is None else body.named_children
    for node in takewhile(lambda each: each.type.endswith("_comment"), nodes):
        if any(child.type == "inner_doc_comment_marker" for child in node.children):
            yield node


def _doc_text(reader: Reader, docs: list[Node]) -> str:
    return "\n".join(reader.text(doc).rstrip("\n") for doc in docs)


def _generics(reader: Reader, node: Node) -> tuple[tree.TypeParam, ...]:
    params: dict[str, tree.TypeParam] = {}
    listed = node.child_by_field_name("type_parameters")
    for child in () if listed is None else meaningful(listed):
        if child.type == "type_parameter":
            name = reader.text(reader.field(child, "name"))
            bounds = child.child_by_field_name("bounds")
            found = [] if bounds is None else read_bounds(reader, bounds)
            params[name] = tree.TypeParam(*reader.span(child), name, found)
        elif child.type == "const_parameter":
            name = reader.text(reader.field(child, "name"))
            kind = read_type(reader, reader.field(child, "type"))
            params[name] = tree.TypeParam(*reader.span(child), name, [kind], const=True)
    for clause in node.children:
        for predicate in meaningful(clause) if clause.type == "where_clause" else ():
            left = predicate.child_by_field_name("left")
            bounds = predicate.child_by_field_name("bounds")
            if left is not None and bounds is not None and reader.text(left) in params:
                params[reader.text(left)].bounds.extend(read_bounds(reader, bounds))
    return tuple(params.values())


def _params(reader: Reader, node: Node) -> Iterator[tree.Param]:
    for child in meaningful(node):
        start, end = reader.span(child)
        if child.type == "self_parameter":
            yield _self(reader, child)
        elif child.type == "parameter":
            pattern = read_pattern(reader, reader.field(child, "pattern"))
            if isinstance(pattern, tree.BindPattern):
                pattern.mutable |= any(c.type == "mutable_specifier" for c in child.children)
            yield tree.Param(start, end, pattern, read_type(reader, reader.field(child, "type")))
        elif child.type != "attribute_item":
            raise reader.refusal(child)


def _self(reader: Reader, node: Node) -> tree.Param:
    start, end = reader.span(node)
    kinds = [child.type for child in node.children]
    mutable = "mutable_specifier" in kinds
    type_: tree.TypeTree = tree.PathType(start, end, ("Self",))
    if "&" in kinds:
        type_ = tree.RefType(start, end, mutable, type_)
        mutable = False
    return tree.Param(start, end, tree.BindPattern(start, end, "self", mutable), type_)


def read_inner_item(reader: Reader, node: Node) -> tree.Item:
    """An item inside a function body. Raises `Refusal`."""
    if node.type == "use_declaration":
        names = tuple(_uses(reader, reader.field(node, "argument"), ()))
        return tree.UseItem(*reader.span(node), names)
    if node.type in {"const_item", "static_item"}:
        return read_item(reader, node, [])
    if node.type == "function_item":
        return read_function(reader, node, [], [])
    raise Refusal("unsupported-syntax", "an item inside a function", reader.place(node))


def read_item(reader: Reader, node: Node, attributes: list[tree.Attribute]) -> tree.Item:
    """Read a type, a constant or an alias. Raises `Refusal`."""
    for error in reader.syntax.errors(node):
        raise reader.refusal(error)
    start, end = reader.span(node)
    name = reader.text(reader.field(node, "name"))
    match node.type:
        case "struct_item":
            fields, is_tuple = _fields(reader, node.child_by_field_name("body"))
            generics = _generics(reader, node)
            derived = _derives(reader, attributes)
            return tree.StructItem(start, end, name, generics, fields, is_tuple, derived)
        case "enum_item":
            variants = tuple(
                _variant(reader, child)
                for child in meaningful(reader.field(node, "body"))
                if child.type == "enum_variant"
            )
            generics = _generics(reader, node)
            return tree.EnumItem(start, end, name, generics, variants, _derives(reader, attributes))
        case "const_item" | "static_item":
            value = node.child_by_field_name("value")
            mutable = any(child.type == "mutable_specifier" for child in node.children)
            type_ = read_type(reader, reader.field(node, "type"))
            read = None if value is None else read_expression(reader, value)
            return tree.ConstItem(start, end, name, type_, read, mutable)
        case "type_item":
            type_ = read_type(reader, reader.field(node, "type"))
            return tree.AliasItem(start, end, name, _generics(reader, node), type_)
        case _:
            raise reader.refusal(node)


def _derives(reader: Reader, attributes: list[tree.Attribute]) -> frozenset[str]:
    found: set[str] = set()
    for each in attributes:
        if each.name == "derive" and each.arguments is not None:
            start, end = each.arguments.start - reader.base, each.arguments.end - reader.base
            text = reader.syntax.data[start:end].decode("utf-8", "replace")
            found.update(part.strip().rsplit("::", 1)[-1] for part in text.split(","))
    return frozenset(found)


def _fields(
    reader: Reader, body: Node | None
) -> tuple[tuple[tuple[str, tree.TypeTree], ...], bool]:
    if body is None:
        return (), False
    if body.type == "ordered_field_declaration_list":
        types = _ordered(reader, body)
        return tuple((f"_{n}", type_) for n, type_ in enumerate(types)), True
    return tuple(
        (reader.text(reader.field(child, "name")), read_type(reader, reader.field(child, "type")))
        for child in meaningful(body)
        if child.type == "field_declaration"
    ), False


def _ordered(reader: Reader, body: Node) -> list[tree.TypeTree]:
    return [
        read_type(reader, child) for child in meaningful(body) if child.type != "attribute_item"
    ]


def _variant(reader: Reader, node: Node) -> tree.VariantItem:
    start, end = reader.span(node)
    name = reader.text(reader.field(node, "name"))
    body = node.child_by_field_name("body")
    value = node.child_by_field_name("value")
    discriminant = None if value is None else read_expression(reader, value)
    fields, is_tuple = _fields(reader, body)
    names = tuple(each for each, _ in fields) if body is not None and not is_tuple else None
    types = tuple(type_ for _, type_ in fields)
    return tree.VariantItem(start, end, name, names, types, discriminant)


def _uses(
    reader: Reader, node: Node, prefix: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The names that a `use` binds, with their paths."""
    match node.type:
        case "use_list":
            for child in meaningful(node):
                yield from _uses(reader, child, prefix)
        case "scoped_use_list":
            path = node.child_by_field_name("path")
            longer = prefix if path is None else (*prefix, *path_segments(reader, path))
            yield from _uses(reader, reader.field(node, "list"), longer)
        case "use_as_clause":
            named = (*prefix, *path_segments(reader, reader.field(node, "path")))
            yield reader.text(reader.field(node, "alias")), named
        case "use_wildcard":
            inner = meaningful(node)
            whole = (*prefix, *(path_segments(reader, inner[0]) if inner else ()))
            yield f"*{'::'.join(whole)}", whole
        case "self":
            yield prefix[-1] if prefix else "self", prefix
        case _:
            full = (*prefix, *path_segments(reader, node))
            yield full[-1], full
