"""A Rust file as a module of the IR: the front end's way in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from autoform.diagnostics import Diagnostic, diagnostic
from autoform.diagnostics.defects import defect, trace_of
from autoform.frontends.guards import with_guards
from autoform.frontends.lifted import Lifted
from autoform.frontends.rust import tree
from autoform.frontends.rust.contracts import with_contract
from autoform.frontends.rust.documentation import panics_section
from autoform.frontends.rust.env import Env
from autoform.frontends.rust.examples import LazyExamples, read_examples
from autoform.frontends.rust.functions import FunctionLift, lift_const
from autoform.frontends.rust.ir_types import ORDERING_NAME, to_ir
from autoform.frontends.rust.read_items import FunctionEntry, Items, collect_items
from autoform.frontends.rust.reader import Reader
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.syntax import SyntaxTree, parse
from autoform.ir.decls import ConstDecl, EnumDecl, Function, Module, RecordDecl, Variant
from autoform.ir.exprs import Binder, Call, ConstRef
from autoform.ir.node import Node
from autoform.ir.stmts import CallStmt
from autoform.ir.traversal import walk
from autoform.ir.wellformed import violations
from autoform.source import SourceFile, Span


def lift_rust(source: SourceFile, *, select: frozenset[str] | None = None) -> Lifted:
    """Lift what can be lifted exactly of a Rust file. Never raises on user code.

    A method is called `Type.method`, a function inside another `outer.inner`.
    """
    syntax = parse(source, "rust")
    try:
        respelled = syntax.respelled("NFC")
        if respelled is not None:
            return _refused(syntax, respelled)
        return _Run(syntax, select).lifted()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is not the user's to see
        return _failed(syntax, error)


_MAX_CHAIN: Final = 50
"""How many constants may lead to one another."""
_DEFINITION: Final = re.compile(rb"\bfn[ \t]+(\w+)")


def _failed(syntax: SyntaxTree, error: Exception) -> Lifted:
    """The whole file refused, for a defect of the front end."""
    message = f"{type(error).__name__} while lifting the file"
    return _refused(syntax, defect(message, syntax.span_of(syntax.root), error))


def _refused(syntax: SyntaxTree, finding: Diagnostic) -> Lifted:
    """The whole file refused."""
    found = (finding,)
    names = {name.decode("utf-8", "replace") for name in _DEFINITION.findall(syntax.data)}
    refused = dict.fromkeys(sorted(names), found)
    return Lifted(syntax.source, Module(path=syntax.source.path), found, refused=refused)


class _Run:
    """One file being lifted."""

    def __init__(self, syntax: SyntaxTree, select: frozenset[str] | None) -> None:
        self.syntax = syntax
        self.select = select
        self.reader = Reader(syntax)
        self.items: Items = collect_items(self.reader, syntax.root)
        self._add_inner_functions()
        self.env = Env(syntax, self.items)
        self.functions: dict[str, Function] = {}
        self.consts: dict[str, ConstDecl] = {}
        self.refused: dict[str, list[Diagnostic]] = {}
        self._mentioned: dict[int, tuple[Function, list[Node]]] = {}

    def _add_inner_functions(self) -> None:
        for entry in [*self.items.functions.values()]:
            body = entry.item.body
            for statement in body.statements if body is not None else ():
                if isinstance(statement, tree.ItemStatement) and isinstance(
                    statement.item, tree.FunctionItem
                ):
                    name = f"{entry.name}.{statement.item.name}"
                    self.items.functions[name] = FunctionEntry(name, statement.item, entry.impl)

    def lifted(self) -> Lifted:
        """Lift functions one by one, then drop those that call what was not lifted."""
        for name, refusal in self.items.unread:
            self._refuse(name, refusal)
        for entry in self.items.functions.values():
            self._lift(entry)
        self._lift_consts()
        module = self._checked(self._module())
        self._drop_callers()
        names = self.functions.keys()
        module = replace(module, functions=tuple(f for f in module.functions if f.name in names))
        return self._result(module)

    def _lift(self, entry: FunctionEntry) -> None:
        try:
            lift = FunctionLift(self.env, entry)
            function = with_contract(lift, lift.lift(), self.reader)
            self.functions[entry.name] = with_guards(function, implied=lift.low.implied)
        except Refusal as refusal:
            self._refuse(entry.name, refusal)
        except Exception as error:  # noqa: BLE001 - the other functions are not affected
            message = f"{type(error).__name__} while lifting `{entry.name}`"
            at = entry.item.name_at
            ours = Refusal("internal-error", message, at, notes=trace_of(error))
            self._refuse(entry.name, ours)

    def _refuse(self, name: str, refusal: Refusal) -> None:
        place = refusal.node
        span = self.syntax.span(place.start, place.end)
        code, message, notes = refusal.code, refusal.message, refusal.notes
        found = diagnostic(code, message, span, help=refusal.help, notes=notes)
        self.refused.setdefault(name, []).append(found)

    # Constants.

    def _lift_consts(self) -> None:
        """The constants that functions name, and those that these name, in order."""
        names = {name.replace("::", "_"): name for name in self.items.consts}
        for function in [*self.functions.values()]:
            mentioned = (n.name for n in self._mentions(function) if isinstance(n, ConstRef))
            for wanted in dict.fromkeys(mentioned):
                problem = self._lift_const(names[wanted], names, ())
                if problem is not None:
                    self.functions.pop(function.name, None)
                    place = self.syntax.offsets(function.span)
                    message = f"`{wanted}`: {problem.message}"
                    at = problem.node if problem.node.end else tree.Tree(*place)
                    self._refuse(function.name, Refusal(problem.code, message, at, problem.help))
                    break

    def _lift_const(
        self, name: str, names: dict[str, str], inside: tuple[str, ...]
    ) -> Refusal | None:
        item = self.items.consts[name]
        key = name.replace("::", "_")
        if key in self.consts:
            return None
        if name in inside:
            return Refusal("unsupported-syntax", "a constant that refers to itself", item)
        if len(inside) > _MAX_CHAIN:
            return Refusal("too-deeply-nested", "a chain of constants", item)
        try:
            decl = lift_const(self.env, name, item)
        except Refusal as refusal:
            return refusal
        for node in walk(decl.value):
            if isinstance(node, Call):
                return Refusal("unsupported-syntax", "a constant that calls a function", item)
        for wanted in dict.fromkeys(_constants(decl)):
            problem = self._lift_const(names[wanted], names, (*inside, name))
            if problem is not None:
                return problem
        self.consts[key] = decl
        return None

    # What calls what was not lifted.

    def _drop_callers(self) -> None:
        """Refuse what calls a function that was not lifted, until nothing does."""
        calls = {
            name: [each for each in self._mentions(function) if isinstance(each, Call | CallStmt)]
            for name, function in self.functions.items()
        }
        dropping = True
        while dropping:
            dropping = False
            for name in [*self.functions]:
                missing = next((c for c in calls[name] if c.function not in self.functions), None)
                if missing is not None:
                    function = self.functions.pop(name)
                    message = f"`{missing.function}` was not lifted"
                    span = missing.span if missing.span.known else function.span
                    found = diagnostic("calls-refused-function", message, span)
                    self.refused.setdefault(name, []).append(found)
                    dropping = True

    def _mentions(self, function: Function) -> list[Node]:
        """The calls and constants in a function; found once."""
        known = self._mentioned.get(id(function))
        if known is None or known[0] is not function:
            kinds = Call | CallStmt | ConstRef
            known = function, [node for node in walk(function) if isinstance(node, kinds)]
            self._mentioned[id(function)] = known
        return known[1]

    def _is_missing(self, node: Node) -> bool:
        return isinstance(node, Call | CallStmt) and node.function not in self.functions

    # The module.

    def _module(self) -> Module:
        records: list[RecordDecl] = []
        enums: list[EnumDecl] = []
        for adt in self.env.adts.values():
            kind = self.env.kinds[adt.name]
            if isinstance(kind, Refusal):
                continue
            assert adt.item is not None
            try:
                shapes = [
                    (s.name, s.fields, [to_ir(ty, adt.item, self.env.kinds) for ty in s.types])
                    for s in adt.variants.values()
                ]
            except Refusal:
                continue
            if adt.is_enum:
                variants = tuple(Variant(name, tuple(types)) for name, _, types in shapes)
                enums.append(EnumDecl(adt.name, variants, adt.generics))
            else:
                _, names, types = shapes[0]
                fields = tuple(Binder(n, t) for n, t in zip(names, types, strict=True))
                records.append(RecordDecl(adt.name, fields, adt.generics))
        if any(word in self.syntax.data for word in (b"Ordering", b"cmp")):
            variants = tuple(Variant(name) for name in ("Less", "Equal", "Greater"))
            enums.append(EnumDecl(ORDERING_NAME, variants))
        return Module(
            functions=tuple(self.functions.values()),
            records=tuple(records),
            enums=tuple(enums),
            consts=tuple(self.consts.values()),
            path=self.syntax.source.path,
        )

    def _checked(self, module: Module) -> Module:
        """Drop what is ill-formed, which is a defect of the front end and reported as such."""
        wrong = {
            v.name: v
            for v in violations(module)
            if not (isinstance(v.node, Call | CallStmt) and self._is_missing(v.node))
        }
        for name, violation in wrong.items():
            if name not in self.functions:
                continue
            del self.functions[name]
            span = violation.span if violation.span.known else self._span_of(name)
            message = f"IllFormed: {violation.message}"
            self.refused[name] = [diagnostic("internal-error", message, span)]
        return module

    def _span_of(self, name: str) -> Span:
        item = self.items.functions[name].item
        return self.syntax.span(item.start, item.end)

    def _result(self, module: Module) -> Lifted:
        refused = {
            name: tuple(found)
            for name, found in self.refused.items()
            if self.select is None or name in self.select
        }
        about_file = tuple(self._about_file())
        return Lifted(
            source=self.syntax.source,
            module=module,
            diagnostics=(*about_file, *(d for found in refused.values() for d in found)),
            examples=LazyExamples(partial(read_examples, self.env, self.reader, module)),
            refused=refused,
            comparable={
                name: frozenset(param.name for param in params if _is_lawful(param))
                for name, entry in self.items.functions.items()
                if (params := entry.item.generics)
            },
            panics={
                name: hint
                for name, entry in self.items.functions.items()
                if (hint := panics_section(self.syntax, entry.item.doc_at)) is not None
            },
        )

    def _about_file(self) -> Iterator[Diagnostic]:
        stray = self.syntax.stray_error("function_item")
        if stray is not None:
            yield stray
            return
        if not (self.items.functions or self.items.unread):
            message = f"`{self.syntax.source.path}` defines no function"
            yield diagnostic("empty-file", message, self.syntax.span_of(self.syntax.root))


_HARMLESS: Final = frozenset({"Copy", "Clone", "Debug", "Hash", "Sized", "Send", "Sync"})
_ORDERS: Final = frozenset({"Ord", "PartialOrd", "Eq", "PartialEq"})


def _is_lawful(param: tree.TypeParam) -> bool:
    """Whether bounds leave nothing but an order that is total and an equality that goes with it.

    `PartialOrd` and `PartialEq` alone admit NaN.
    """
    names = {
        bound.segments[-1] if isinstance(bound, tree.PathType) else "" for bound in param.bounds
    }
    if not names <= _HARMLESS | _ORDERS:
        return False
    total = "Ord" in names or "PartialOrd" not in names
    return total and (bool(names & {"Ord", "Eq"}) or "PartialEq" not in names)


def _constants(node: Node) -> Iterator[str]:
    return (each.name for each in walk(node) if isinstance(each, ConstRef))
