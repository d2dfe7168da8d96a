"""Records: dataclasses and named tuples of the module.

    @dataclass(frozen=True)          record Point { x: Int, y: Int }
    class Point:
        x: int
        y: int

Only what is data is lifted: annotated fields with literal defaults, no base class, no method that
Python calls by itself. Instances are not changed by lifted functions; of a class that is not
frozen they cannot be hashed, as in Python.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from autoform.frontends.python import tree
from autoform.frontends.python.annotations import Annotations
from autoform.frontends.python.coerce import coerce
from autoform.frontends.python.context import Lowering
from autoform.frontends.python.module_names import ClassSource
from autoform.frontends.python.reader import Reader
from autoform.frontends.python.refusal import Refusal
from autoform.frontends.python.totality import is_total
from autoform.frontends.python.types import (
    HostType,
    RecordT,
    frozen,
    has_unknown,
    is_mutable,
    resolve,
    to_ir,
)
from autoform.frontends.python.values import Val
from autoform.frontends.syntax import Node
from autoform.ir import exprs as ir
from autoform.ir import types as ir_types
from autoform.ir.decls import RecordDecl
from autoform.ir.names import BUILT_IN_TYPES
from autoform.source import Span

_OPTIONS: Final = frozenset({"frozen", "slots", "order", "eq", "repr", "unsafe_hash"})


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record."""

    name: str
    annotation: tree.Expr
    default: tree.Expr | None


@dataclass(slots=True, eq=False)
class RecordInfo:
    """A class that is a record. `types` are those of its fields, read when first needed."""

    name: str
    fields: tuple[Field, ...]
    hashable: bool
    span: Span
    types: dict[str, HostType] = field(default_factory=dict)
    closed: Callable[[tree.Expr], Val | None] | None = None

    @property
    def decl(self) -> RecordDecl:
        """The declaration in the IR."""
        binders = tuple(ir.Binder(f.name, to_ir(self.types[f.name])) for f in self.fields)
        return RecordDecl(self.name, binders, span=self.span)

    def construct(self, ctx: Lowering, node: tree.Call) -> Val:
        """Lower a call of the class."""
        slots = self._arranged(ctx, node)
        given = [slot for slot in slots.values() if slot is not None]
        in_order = sorted(given, key=lambda slot: slot.start)
        vals = dict(zip(in_order, ctx.operands(in_order), strict=True))
        if in_order != given and sum(not is_total(val.ir) for val in vals.values()) > 1:
            vals = {slot: ctx.temp(val) for slot, val in vals.items()}
        items = []
        for each in self.fields:
            slot = slots[each.name]
            val = self._default(ctx, each, node) if slot is None else vals[slot]
            items.append(coerce(ctx, val, self.types[each.name], node if slot is None else slot))
        type_ = RecordT(self.name)
        lit = ir.RecordLit(ir_types.RecordType(self.name), tuple(items), span=ctx.span(node))
        return Val(lit, type_)

    def _arranged(self, ctx: Lowering, node: tree.Call) -> dict[str, tree.Expr | None]:
        slots: dict[str, tree.Expr | None] = dict.fromkeys(f.name for f in self.fields)
        if len(node.args) > len(slots) or any(isinstance(a, tree.Starred) for a in node.args):
            raise ctx.refusal("type-mismatch", f"`{self.name}` takes other arguments", node)
        for name, arg in zip(slots, node.args, strict=False):
            slots[name] = arg
        for keyword in node.keywords:
            if keyword.name not in slots or slots[keyword.name] is not None:
                raise ctx.refusal("type-mismatch", f"`{self.name}` takes other arguments", node)
            slots[keyword.name] = keyword.value
        return slots

    def _default(self, ctx: Lowering, each: Field, node: tree.Tree) -> Val:
        val = None if each.default is None or self.closed is None else self.closed(each.default)
        if val is None or is_mutable(val.type):
            message = f"`{self.name}` misses its argument `{each.name}`"
            raise ctx.refusal("type-mismatch", message, node)
        return val

    def field(self, ctx: Lowering, val: Val, node: tree.Attribute) -> Val:
        """Lower a read of a field."""
        type_ = self.types.get(node.name)
        if type_ is None:
            message = f"the attribute `{node.name}` of `{self.name}`"
            raise ctx.refusal("unsupported-syntax", message, node)
        found = ir.FieldGet(val.ir, node.name, to_ir(type_), span=ctx.span(node))
        return Val(found, type_)


def read_record(
    source: ClassSource, reader: Reader, annotations: Annotations, span: Span
) -> RecordInfo | None:
    """The record that a class is; `None` for a class that is more, or something else."""
    kind = _kind(source, reader, annotations)
    if kind is None or source.name in BUILT_IN_TYPES:
        return None
    try:
        fields = _fields(source.node, reader)
    except Refusal:
        return None
    if fields is None:
        return None
    return RecordInfo(source.name, fields, kind, span)


def _kind(source: ClassSource, reader: Reader, annotations: Annotations) -> bool | None:
    """Whether instances are hashable; `None` when the class is not a record."""
    bases = source.node.child_by_field_name("superclasses")
    names = [] if bases is None else [c for c in bases.named_children if not c.is_extra]
    if not source.decorators:
        if len(names) != 1 or names[0].type not in {"identifier", "attribute"}:
            return None
        reader.reset()
        return True if annotations.name(reader.expr(names[0])) == "NamedTuple" else None
    if len(source.decorators) != 1 or names:
        return None
    decorator = source.decorators[0]
    options: dict[str, bool] = {}
    if isinstance(decorator, tree.Call):
        for keyword in decorator.keywords:
            if keyword.name not in _OPTIONS or not isinstance(keyword.value, tree.Bool):
                return None
            options[keyword.name] = keyword.value.value
        decorator = decorator.function
    if annotations.name(decorator) != "dataclass" or not options.get("eq", True):
        return None
    return options.get("frozen", False) or options.get("unsafe_hash", False)


def _fields(node: Node, reader: Reader) -> tuple[Field, ...] | None:
    body = node.child_by_field_name("body")
    found: list[Field] = []
    for child in () if body is None else body.named_children:
        reader.reset()
        inner = child.named_children[-1] if child.type == "decorated_definition" else child
        if child.is_extra or child.type == "pass_statement":
            continue
        if inner.type == "function_definition":
            if child is not inner or _is_special(inner, reader):
                return None
            continue
        for statement in reader.statement(child):
            match statement:
                case tree.AnnAssign(target=tree.Name(id=name), annotation=written, value=value):
                    found.append(Field(name, written, value))
                case tree.ExprStmt(value=tree.Str() | tree.Dots()):
                    continue
                case _:
                    return None
    names = {each.name for each in found}
    return tuple(found) if found and len(names) == len(found) else None


def _is_special(node: Node, reader: Reader) -> bool:
    """A method that Python calls by itself (`__post_init__`, `__eq__`)."""
    name = node.child_by_field_name("name")
    return name is None or reader.text(name).startswith("__")


def settle(records: dict[str, RecordInfo], annotations: Annotations) -> None:
    """Read the types of all fields; drops the records that have one outside the subset."""
    dropped = True
    while dropped:
        dropped = False
        for record in list(records.values()):
            types = {f.name: annotations.read(f.annotation) for f in record.fields}
            if any(type_ is None or has_unknown(type_) for type_ in types.values()):
                del records[record.name]
                dropped = True
                continue
            record.types = {n: frozen(resolve(t)) for n, t in types.items() if t is not None}
