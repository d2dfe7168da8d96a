"""The module around a function while it is lowered: what global names mean, and the callees."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from autoform.frontends.python import tree
from autoform.frontends.python.annotations import Annotations
from autoform.frontends.python.bound_names import walk
from autoform.frontends.python.context import Lowering
from autoform.frontends.python.functions import FunctionInfo, ParamInfo
from autoform.frontends.python.library.constants import CONSTANTS
from autoform.frontends.python.module_names import BUILTIN_NAMES, ModuleNames
from autoform.frontends.python.reader import Reader
from autoform.frontends.python.records import RecordInfo, read_record, settle
from autoform.frontends.python.refusal import Refusal
from autoform.frontends.python.scopes import Scope
from autoform.frontends.python.types import (
    FLOAT,
    NUMERIC,
    HostType,
    RecordT,
    Solver,
    contains,
    frozen,
    is_mutable,
    parts,
    resolve,
    to_ir,
)
from autoform.frontends.python.values import Val, float_val, int_val, str_val
from autoform.frontends.syntax import Node, SyntaxTree
from autoform.ir import exprs as ir
from autoform.ir.decls import ConstDecl
from autoform.ir.traversal import walk as walk_ir

_TYPING: Final = frozenset(
    {"typing", "collections.abc", "typing_extensions", "numbers", "dataclasses"}
)
_CLASSES: Final = frozenset(
    {
        "int", "float", "bool", "str", "list", "tuple", "set", "frozenset", "dict", "object",
        "complex", "bytes", "bytearray", "range",
        "Sequence", "MutableSequence", "Iterable", "Collection", "Mapping", "Number",
        "Integral", "Real", "Rational",
    }
)  # fmt: skip


class ModuleEnv:
    """One for each file. `functions` are those that could be read."""

    def __init__(
        self, syntax: SyntaxTree, names: ModuleNames, demand: Callable[[FunctionInfo], None]
    ) -> None:
        """Look names up in this module; `demand` lifts a function that is called."""
        self.syntax = syntax
        self.names = names
        self.functions: dict[str, FunctionInfo] = {}
        self.records: dict[str, RecordInfo] = {}
        self.consts: dict[str, tuple[ConstDecl, HostType] | None] = {}
        self.const_decls: list[ConstDecl] = []
        self.annotations = Annotations(self.type_name, self._alias, self.records)
        self._read_records()
        self._demand = demand
        empty = tree.FunctionDef(0, 0, "", (), None, (), (), None, 0, 0, walrus=False)
        self.constant_info = FunctionInfo("", empty, Scope(empty), [], 0)

    def _read_records(self) -> None:
        """The classes that are records; types of fields may name other records."""
        reader = Reader(self.syntax)
        for source in self.names.classes.values():
            span = self.syntax.span_of(source.node)
            record = read_record(source, reader, self.annotations, span)
            if record is not None:
                record.closed = self.closed
                self.records[source.name] = record
        settle(self.records, self.annotations)

    # Text and names.

    def text(self, node: tree.Tree) -> str:
        """The source text of a node."""
        return self.syntax.data[node.start : node.end].decode("utf-8", "replace")

    def is_builtin(self, ctx: Lowering, name: tree.Expr) -> bool:
        """Whether a name means the builtin of that name."""
        if not isinstance(name, tree.Name) or name in ctx.scope.refs:
            return False
        if ctx.contract is not None and name.id in ctx.contract.env:
            return False
        return self.names.is_builtin(name.id)

    def function(self, name: str) -> FunctionInfo | None:
        """The function of the module that a global name means."""
        return self.functions.get(name)

    def tells_nan(self, type_: HostType) -> bool:
        """Whether values of the type hold doubles.

        Python's `==` of containers asks for identity first, so that a NaN may equal itself there.
        """
        return contains(
            type_,
            lambda part: (
                part is FLOAT
                or part is NUMERIC
                or (
                    isinstance(part, RecordT)
                    and any(map(self.tells_nan, self.records[part.name].types.values()))
                )
            ),
        )

    def record(self, name: str) -> RecordInfo | None:
        """The record that a global name means."""
        return self.records.get(name)

    def imported_function(self, name: str) -> str | None:
        """`math.sqrt` for a `sqrt` imported from there."""
        found = self.names.imports.get(name)
        if found is None or found[1] is None:
            return None
        return f"{found[0]}.{found[1]}"

    def library_name(self, ctx: Lowering, node: tree.Attribute) -> str | None:
        """`math.sqrt` for `m.sqrt` under `import math as m`."""
        base = node.value
        if isinstance(base, tree.Attribute):
            outer = self.library_name(ctx, base)
            return None if outer is None else f"{outer}.{node.name}"
        if not isinstance(base, tree.Name) or base in ctx.scope.refs:
            return self._local_import(ctx, base, node)
        found = self.names.imports.get(base.id)
        if found is None:
            return None
        module, name = found
        return f"{module}.{node.name}" if name is None else f"{module}.{name}.{node.name}"

    def _local_import(self, ctx: Lowering, base: tree.Expr, node: tree.Attribute) -> str | None:
        """`m.sqrt` under an `import math as m` inside the function."""
        if not isinstance(base, tree.Name) or base not in ctx.scope.refs:
            return None
        imported = ctx.scope.import_of(base)
        if imported is None or imported.name is not None:
            return None
        return f"{imported.module}.{node.name}"

    def local_import(self, ctx: Lowering, name: tree.Name) -> str | None:
        """`math.sqrt` for a `sqrt` that the function itself imports from there."""
        imported = ctx.scope.import_of(name)
        if imported is None or imported.name is None:
            return None
        return f"{imported.module}.{imported.name}"

    def type_name(self, node: tree.Expr) -> str:
        """What a name of an annotation means, without its module; `""` when it is not known."""
        match node:
            case tree.Name(id=name):
                found = self.names.imports.get(name)
                if found is not None:
                    module, imported = found
                    return imported or "" if module in _TYPING else ""
                if self.names.is_bound(name):
                    return name if name in self.names.classes else ""
                return name
            case tree.Attribute(value=tree.Name(id=base), name=name):
                found = self.names.imports.get(base)
                if found is not None and found[1] is None and found[0] in _TYPING | {"collections"}:
                    return name
                return ""
            case tree.Attribute(value=tree.Attribute(), name=name):
                return name
            case _:
                return ""

    def _alias(self, name: str) -> tree.Expr | None:
        """The right side of `Vector = list[float]`."""
        return self.names.constants.get(name)

    def is_class_name(self, ctx: Lowering, node: tree.Name) -> bool:
        """Whether a name means a class that `isinstance` can be decided for."""
        del ctx
        name = self.type_name(node)
        return name in _CLASSES or name in self.records

    def class_name(self, node: tree.Name) -> str:
        """The class that a name means."""
        return self.type_name(node)

    def name_refusal(self, node: tree.Name) -> Refusal:
        """Why a global name means nothing here."""
        name = node.id
        if any(name == unread for unread, _, _ in self.names.unread):
            return Refusal("calls-refused-function", f"`{name}` was not lifted", node)
        if name in BUILTIN_NAMES and self.names.is_bound(name):
            return Refusal("rebound-builtin", f"`{name}` is not the builtin here", node)
        if name in self.names.classes:
            return Refusal("unsupported-class", f"`{name}` is a class", node)
        if name in self.names.imports:
            return Refusal("unsupported-module", f"`{name}` is imported", node)
        if name in self.names.constants:
            return Refusal("higher-order-value", f"`{name}` is a variable, and is called", node)
        if name in self.names.opaque:
            return Refusal("mutable-global", f"`{name}` is bound more than once", node)
        return Refusal("unknown-name", f"`{name}` is not defined", node)

    # Values.

    def global_value(self, ctx: Lowering, node: tree.Name) -> Val:
        """The value of a global name: a constant of the module or of a library."""
        name = node.id
        imported = self.imported_function(name)
        if imported is not None:
            found = library_constant(imported, ctx, node)
            if found is not None:
                return found
        if name in self.names.constants:
            return self._constant(ctx, node)
        if name in self.functions or (name in BUILTIN_NAMES and not self.names.is_bound(name)):
            raise ctx.refusal(
                "higher-order-value", f"the function `{name}` is used as a value", node
            )
        raise self.name_refusal(node)

    def imported_value(self, ctx: Lowering, name: str, node: tree.Name) -> Val:
        """The value of a constant that the function itself imports."""
        found = library_constant(name, ctx, node)
        if found is None:
            raise ctx.refusal("unsupported-module", f"`{name}`", node)
        return found

    def _constant(self, ctx: Lowering, node: tree.Name) -> Val:
        name = node.id
        if name not in self.consts:
            self.consts[name] = None
            self.consts[name] = self._closed_constant(name)
        found = self.consts[name]
        if found is None:
            message = f"`{name}` is not a constant that can be lifted"
            raise ctx.refusal("mutable-global", message, node)
        decl, type_ = found
        if is_mutable(type_) and not self._is_only_read(name):
            raise ctx.refusal("mutable-global", f"`{name}` may be changed", node)
        return Val(ir.ConstRef(name, decl.type, span=ctx.span(node)), type_)

    def _closed_constant(self, name: str) -> tuple[ConstDecl, HostType] | None:
        value = self.names.constants[name]
        try:
            val = self.closed(value)
        except Refusal:
            return None
        if val is None:
            return None
        type_ = frozen(val.type)
        span = self.syntax.span(value.start, value.end)
        decl = ConstDecl(name, to_ir(type_), val.ir, span=span)
        self.const_decls.append(decl)
        return decl, type_

    def closed(self, value: tree.Expr) -> Val | None:
        """An expression over literals and constants only. Raises `Refusal`."""
        if any(isinstance(n, tree.Lambda | tree.Walrus) for n in walk(value)):
            return None
        body = (tree.Return(value.start, value.end, value),)
        function = tree.FunctionDef(
            value.start, value.end, "", (), None, body, (), None, 0, 0, walrus=False
        )
        info = FunctionInfo("", function, Scope(function), [], 0)
        val: Val | None = None
        for _ in range(4):
            solver = Solver()
            ctx = Lowering(info, self, solver)
            with ctx.only_values("an effect in a constant"):
                val = ctx.expr(value)
            if not solver.dirty:
                break
        return None if val is None or _calls(val.ir) else val

    def _is_only_read(self, name: str) -> bool:
        """Whether no use of a global container in the file could change it or give it away."""
        _, type_ = self.consts[name] or (None, None)
        if type_ is None or any(map(is_mutable, parts(type_))):
            return False
        pattern = re.compile(rb"\b" + name.encode() + rb"\b")
        uses = 0
        for match in pattern.finditer(self.syntax.data):
            node = self.syntax.root.named_descendant_for_byte_range(match.start(), match.end())
            if node is None or node.type != "identifier":
                continue
            parent = node.parent
            if parent is None:
                return False
            if parent.type == "assignment" and parent.child_by_field_name("left") == node:
                uses += 1
                continue
            if not _reads(self.syntax, node, parent):
                return False
        return uses <= 1

    def default_value(self, ctx: Lowering, param: ParamInfo, node: tree.Tree) -> Val:
        """What a call that omits an argument passes."""
        val = None if param.default is None else self.closed(param.default)
        if val is None or is_mutable(val.type):
            raise ctx.refusal("mutable-default", f"the default of `{param.name}`", node)
        return val

    def attribute(self, ctx: Lowering, node: tree.Attribute) -> Val | None:
        """`math.pi`."""
        name = self.library_name(ctx, node)
        if name is None:
            return None
        found = library_constant(name, ctx, node)
        if found is None:
            raise ctx.refusal("unsupported-module", f"`{name}`", node)
        return found

    def field(self, ctx: Lowering, val: Val, node: tree.Attribute) -> Val:
        """A field of a record."""
        type_ = resolve(val.type)
        return self.records[getattr(type_, "name", "")].field(ctx, val, node)

    def special_subscript(self, ctx: Lowering, node: tree.Subscript) -> Val | None:
        """Subscripts that are not ordinary ones; none yet."""
        del ctx, node
        return None

    def local_annotation(self, node: tree.Expr) -> HostType | None:
        """The type that the annotation of a local names."""
        return self.annotations.read(node)

    # Calls.

    def demand(self, info: FunctionInfo, ctx: Lowering, node: tree.Tree) -> None:
        """Have a callee lifted, whose argument types are known now."""
        if info.parent is None:
            self._demand(info)
        if info.refused:
            message = f"`{info.name}` was not lifted"
            raise ctx.refusal("calls-refused-function", message, node)


def library_constant(name: str, ctx: Lowering, node: tree.Tree) -> Val | None:
    """A constant of the standard library."""
    value = CONSTANTS.get(name)
    span = ctx.span(node)
    match value:
        case None:
            return None
        case float():
            return float_val(value, span)
        case int():
            return int_val(value, span)
        case str():
            return str_val(value, span)


def _calls(expr: ir.Expr) -> bool:
    return any(isinstance(node, ir.Call) for node in walk_ir(expr))


_READING_METHODS: Final = frozenset(
    {"get", "keys", "values", "items", "index", "count", "issubset", "issuperset", "union"}
)
_READING_CALLS: Final = frozenset(
    {"len", "sorted", "sum", "min", "max", "any", "all", "list", "tuple", "set", "dict", "str",
     "enumerate", "zip", "reversed", "frozenset", "print"}
)  # fmt: skip


def _reads(syntax: SyntaxTree, node: Node, parent: Node) -> bool:
    """Whether an occurrence of a global container only looks at it."""
    outer = parent.parent
    match parent.type:
        case "subscript":
            if parent.child_by_field_name("value") != node:
                return True
            return outer is not None and not _is_target(parent, outer)
        case "comparison_operator":
            return True
        case "for_statement" | "for_in_clause":
            return parent.child_by_field_name("right") == node
        case "attribute":
            name = parent.child_by_field_name("attribute")
            called = outer is not None and outer.type == "call"
            return name is not None and called and syntax.text(name) in _READING_METHODS
        case "argument_list":
            function = None if outer is None else outer.child_by_field_name("function")
            if function is None or function.type != "identifier":
                return False
            return syntax.text(function) in _READING_CALLS
        case _:
            return False


def _is_target(node: Node, parent: Node) -> bool:
    if parent.type in {"assignment", "augmented_assignment"}:
        return parent.child_by_field_name("left") == node
    if parent.type in {"pattern_list", "tuple_pattern", "list_pattern", "delete_statement"}:
        return True
    if parent.type == "expression_list":
        outer = parent.parent
        return outer is not None and outer.type == "delete_statement"
    if parent.type in {"for_statement", "for_in_clause"}:
        return parent.child_by_field_name("left") == node
    return parent.type in {"subscript", "attribute"} and True
