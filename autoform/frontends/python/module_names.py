"""What the names of a module mean, as far as reading its top level can tell.

A name that the module binds in any way that is not understood (in a `try`, by `import *`, in a
`global` statement of some function) is opaque: whatever uses it is refused.
"""

from __future__ import annotations

import builtins
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from autoform.frontends.python import tree
from autoform.frontends.python.kinds import SKIPPED
from autoform.frontends.python.reader import Reader, misplaced
from autoform.frontends.python.refusal import Refusal
from autoform.frontends.syntax import Node, SyntaxTree

_GLOBAL: Final = re.compile(rb"\bglobal\s+([\w\s,]+)")
_DYNAMIC: Final = re.compile(rb"\b(?:globals|vars|exec|setattr)\s*\(")
_HARMLESS_STARS: Final = frozenset({"typing", "collections.abc", "math", "__future__"})
BUILTIN_NAMES: Final = frozenset(dir(builtins))


@dataclass(slots=True, eq=False)
class ClassSource:
    """A class of the module: its name, its node, and the methods that are refused with it."""

    name: str
    node: Node
    decorators: tuple[tree.Expr, ...]


@dataclass(slots=True, eq=False)
class ModuleNames:
    """The module's bindings. `statements` are those of the top level that could be read."""

    functions: dict[str, tree.FunctionDef] = field(default_factory=dict)
    unread: list[tuple[str, Node, Refusal]] = field(default_factory=list)
    superseded: list[tuple[str, tree.Tree]] = field(default_factory=list)
    classes: dict[str, ClassSource] = field(default_factory=dict)
    imports: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    constants: dict[str, tree.Expr] = field(default_factory=dict)
    annotations: dict[str, tree.Expr] = field(default_factory=dict)
    opaque: set[str] = field(default_factory=set)
    statements: list[tree.Stmt] = field(default_factory=list)
    star: bool = False
    misplaced: Node | None = None
    """The first statement that Python would not take at the top level, where it stands."""

    def is_bound(self, name: str) -> bool:
        """Whether the module gives the name a meaning of its own."""
        return (
            name in self.functions
            or name in self.imports
            or name in self.constants
            or name in self.classes
            or name in self.opaque
            or self.star
        )

    def is_builtin(self, name: str) -> bool:
        """Whether a global name surely means the builtin."""
        return name in BUILTIN_NAMES and not self.is_bound(name)


_PASSED_OVER: Final = SKIPPED | {"ERROR"}


class _Collector:
    """Reads the top level of one file."""

    def __init__(self, syntax: SyntaxTree, reader: Reader) -> None:
        self.syntax = syntax
        self.reader = reader
        self.names = ModuleNames()
        self.bound: dict[str, int] = {}

    def collect(self) -> ModuleNames:
        for node in self.syntax.root.named_children:
            self.reader.reset()
            if node.type not in _PASSED_OVER and self._is_misplaced(node):
                self.names.misplaced = self.names.misplaced or node
            self._statement(node)
        self._forget_rebound()
        return self.names

    def _bind(self, name: str) -> None:
        self.bound[name] = self.bound.get(name, 0) + 1

    def _statement(self, node: Node) -> None:
        kind = node.type
        inner = node.named_children[-1] if kind == "decorated_definition" else node
        if inner.type == "function_definition":
            self._function(node, inner)
        elif inner.type == "class_definition":
            self._class(node, inner)
        elif kind in _PASSED_OVER:
            return
        elif kind == "if_statement" and _is_main(self.syntax, node):
            self._main(node)
        else:
            self._other(node)

    def _function(self, node: Node, inner: Node) -> None:
        name_node = inner.child_by_field_name("name")
        name = "" if name_node is None else self.syntax.text(name_node)
        self._bind(name)
        if name in self.names.functions:
            old = self.names.functions.pop(name)
            self.names.superseded.append((name, old))
        try:
            self._demand_parsed(node)
            self._demand_whole(node)
            function = self.reader.function(node)
        except Refusal as refusal:
            self.names.unread.append((name, node, refusal))
            return
        self.names.functions[name] = function
        self.names.statements.append(function)

    def _demand_parsed(self, node: Node) -> None:
        if node.has_error:
            wrong = next(self.syntax.errors(node))
            place = tree.Tree(wrong.start_byte, max(wrong.end_byte, wrong.start_byte))
            raise Refusal("syntax-error", "this does not parse", place)

    def _demand_whole(self, node: Node) -> None:
        """Refuse a function that is cut short by a line indented otherwise than its body."""
        after = node.next_named_sibling
        while after is not None and after.type in SKIPPED:
            after = after.next_named_sibling
        for each in (node, after):
            if each is not None and self._is_misplaced(each):
                raise misplaced(each)

    def _is_misplaced(self, node: Node) -> bool:
        """Whether a statement of the top level belongs to something that the parser ended early."""
        return node.type == "return_statement" or bool(self.reader.indentation(node))

    def _class(self, node: Node, inner: Node) -> None:
        name_node = inner.child_by_field_name("name")
        name = "" if name_node is None else self.syntax.text(name_node)
        self._bind(name)
        decorators: tuple[tree.Expr, ...] = ()
        try:
            if node is not inner:
                parts = [c for c in node.children if not c.is_extra][:-1]
                decorators = tuple(self.reader.expr(d.named_children[-1]) for d in parts)
        except Refusal:
            pass
        self.names.classes[name] = ClassSource(name, inner, decorators)

    def _main(self, node: Node) -> None:
        """`if __name__ == "__main__":` does not run when the module is imported."""
        try:
            self.names.statements.extend(self.reader.statement(node))
        except Refusal:
            return

    def _other(self, node: Node) -> None:
        try:
            self._demand_parsed(node)
            statements = list(self.reader.statement(node))
        except Refusal:
            self._opaque(node)
            return
        self.names.statements.extend(statements)
        for statement in statements:
            self._bind_statement(statement, node)

    def _opaque(self, node: Node) -> None:
        """Whatever the statement may bind means nothing that is known."""
        if node.type == "import_from_statement" and _is_star(node):
            self._star(node)
            return
        self.names.opaque.update(_bound_identifiers(self.syntax, node))

    def _star(self, node: Node) -> None:
        module_node = node.child_by_field_name("module_name")
        module = "" if module_node is None else self.syntax.text(module_node)
        if module not in _HARMLESS_STARS:
            self.names.star = True
        elif module == "math":
            for name in dir(math):
                if not name.startswith("_"):
                    self._bind(name)
                    self.names.imports[name] = ("math", name)
        elif module == "typing":
            for name in ("List", "Dict", "Tuple", "Set", "Optional", "Union", "Any", "Iterable"):
                self._bind(name)
                self.names.imports[name] = ("typing", name)

    def _bind_statement(self, statement: tree.Stmt, node: Node) -> None:
        match statement:
            case tree.Import(module=module, name=name, bound=bound):
                if self.names.imports.get(bound) != (module, name):
                    self._bind(bound)
                self.names.imports[bound] = (module, name)
            case tree.Assign(targets=(tree.Name(id=name),), value=value):
                self._bind(name)
                self.names.constants[name] = value
            case tree.AnnAssign(target=tree.Name(id=name), value=value, annotation=annotation):
                if value is not None:
                    self._bind(name)
                    self.names.constants[name] = value
                    self.names.annotations[name] = annotation
            case tree.ExprStmt() | tree.Assert() | tree.Pass():
                # What they call could rebind names only through `global`, which is looked for.
                return
            case _:
                self.names.opaque.update(_bound_identifiers(self.syntax, node))

    def _forget_rebound(self) -> None:
        names = self.names
        for name, count in self.bound.items():
            if count > 1 and not self._only_functions(name, count):
                names.opaque.add(name)
        if b"global" in self.syntax.data:
            for match in _GLOBAL.finditer(self.syntax.data):
                names.opaque.update(re.findall(r"\w+", match[1].decode()))
        if _DYNAMIC.search(self.syntax.data):
            names.opaque.update(names.constants)
        for name in names.opaque:
            for table in (names.imports, names.constants, names.functions, names.classes):
                if name in table and table is names.functions:
                    names.superseded.append((name, names.functions[name]))
                table.pop(name, None)

    def _only_functions(self, name: str, count: int) -> bool:
        """Bound by nothing but `def`: the last one counts; or imported twice, the same."""
        defined = sum(1 for other, _ in self.names.superseded if other == name)
        unread = sum(1 for other, _, _ in self.names.unread if other == name)
        if unread:
            return False
        if name in self.names.functions:
            return defined + 1 == count
        return False


def collect_names(syntax: SyntaxTree) -> ModuleNames:
    """Read the top level of a module. Never raises on user code."""
    return _Collector(syntax, Reader(syntax)).collect()


def _is_main(syntax: SyntaxTree, node: Node) -> bool:
    condition = node.child_by_field_name("condition")
    text = "" if condition is None else syntax.text(condition).replace("'", '"')
    return text.replace(" ", "") == '__name__=="__main__"' and len(node.named_children) == 2


def _is_star(node: Node) -> bool:
    return any(child.type == "wildcard_import" for child in node.named_children)


# Kinds of nodes that bind names, and the field that holds the names (all of it if none).
_BINDERS: Final = {
    "assignment": "left",
    "augmented_assignment": "left",
    "for_statement": "left",
    "named_expression": "name",
    "function_definition": "name",
    "class_definition": "name",
    "import_statement": "",
    "import_from_statement": "",
    "as_pattern_target": "",
    "delete_statement": "",
    "case_clause": "",
    "type_alias_statement": "left",
    "global_statement": "",
}


def _bound_identifiers(syntax: SyntaxTree, node: Node) -> Iterator[str]:
    """The names that a statement may bind, and perhaps more."""
    pending = [node]
    while pending:
        inner = pending.pop()
        field_name = _BINDERS.get(inner.type)
        if field_name is not None:
            holder = inner.child_by_field_name(field_name) if field_name else inner
            if holder is not None:
                yield from _identifiers(syntax, holder)
        if inner.type not in {"function_definition", "class_definition", "lambda"}:
            pending.extend(inner.named_children)


def _identifiers(syntax: SyntaxTree, node: Node) -> Iterator[str]:
    pending = [node]
    while pending:
        inner = pending.pop()
        if inner.type == "identifier":
            yield syntax.text(inner)
        pending.extend(inner.named_children)
