"""A Python file as a module of the IR: the front end's way in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Final

from autoform.diagnostics import Diagnostic, diagnostic
from autoform.diagnostics.defects import defect
from autoform.frontends.lifted import Example, Lifted
from autoform.frontends.python import tree
from autoform.frontends.python.callgraph import components
from autoform.frontends.python.examples import (
    HostExample,
    NotOfTypeError,
    Raises,
    argument_types,
    bind,
    claim,
    convert,
    read_examples,
)
from autoform.frontends.python.functions import FunctionInfo
from autoform.frontends.python.lifting import Lifter
from autoform.frontends.python.module_env import ModuleEnv
from autoform.frontends.python.module_names import ModuleNames, collect_names
from autoform.frontends.python.reader import misplaced
from autoform.frontends.python.refusal import Refusal
from autoform.frontends.python.types import HostType
from autoform.frontends.syntax import Node, SyntaxTree, parse
from autoform.ir.decls import Function, Module
from autoform.ir.wellformed import violations
from autoform.source import SourceFile


def lift_python(
    source: SourceFile, *, select: frozenset[str] | None = None, entry_point: str | None = None
) -> Lifted:
    """Lift what can be lifted exactly of a Python file. Never raises on user code."""
    syntax = parse(source, "python")
    try:
        respelled = syntax.respelled("NFKC")
        if respelled is not None:
            return _refused(syntax, respelled)
        return _Run(syntax, select, entry_point).lifted()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is not the user's to see
        return _failed(syntax, error)


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


_DEFINITION: Final = re.compile(rb"^(?:async[ \t]+)?def[ \t]+(\w+)", re.MULTILINE)


class _Shown(Mapping[str, Mapping[str, HostType]]):
    """The types of arguments that examples show, found for the functions that ask."""

    def __init__(self, run: _Run) -> None:
        self._run = run

    def __getitem__(self, name: str) -> Mapping[str, HostType]:
        function = self._run.names.functions[name]
        return argument_types(self._run.examples.get(name, ()), function)

    def __iter__(self) -> Iterator[str]:
        return iter(self._run.names.functions)

    def __len__(self) -> int:
        return len(self._run.names.functions)


class _Examples(Mapping[str, tuple[Example, ...]]):
    """The examples of lifted functions. Reading them costs more than many a lift."""

    def __init__(self, run: _Run, lifted: set[str]) -> None:
        self._run = run
        self._lifted = lifted
        self._found: dict[str, tuple[Example, ...]] | None = None

    def _all(self) -> dict[str, tuple[Example, ...]]:
        if self._found is None:
            names = (name for name in self._run.examples if name in self._lifted)
            self._found = {name: tuple(self._run.examples_of(name)) for name in names}
        return self._found

    def __getitem__(self, name: str) -> tuple[Example, ...]:
        return self._all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())


class _Run:
    """One file being lifted."""

    def __init__(
        self, syntax: SyntaxTree, select: frozenset[str] | None, entry_point: str | None
    ) -> None:
        self.syntax = syntax
        self.select = select
        self.names: ModuleNames = collect_names(syntax)
        self.entry_point = entry_point
        self.env = ModuleEnv(syntax, self.names, self._demand)
        self.lifter = Lifter(self.env, _Shown(self))
        self.refused: dict[str, tuple[Diagnostic, ...]] = {}
        self.component: dict[str, list[FunctionInfo]] = {}

    @cached_property
    def examples(self) -> dict[str, tuple[HostExample, ...]]:
        """The examples beside the functions; read when someone asks."""
        return read_examples(self.names.statements, self.syntax, entry_point=self.entry_point)

    def lifted(self) -> Lifted:
        self._refuse_what_cannot_be_read()
        for name, function in self.names.functions.items():
            try:
                self.lifter.declare(function)
            except Refusal as refusal:
                self._refuse(name, refusal)
        infos = self.env.functions
        for name, refusals in self.refused.items():
            if name in self.names.functions:
                self.names.unread.append((name, self.syntax.root, _SILENT))
            del refusals
        for members in components(infos):
            for info in members:
                self.component[info.name] = members
        for name in [*self.component]:
            self._demand(infos[name])
        for name, info in infos.items():
            self._lift_again(name, info)
        return self._result()

    def _lift_again(self, name: str, info: FunctionInfo) -> None:
        """Functions that waited for a caller to tell the types of their parameters."""
        if info.function is None and not info.refused:
            self.lifter.lift(self.component[name])

    def _demand(self, info: FunctionInfo) -> None:
        """Lift a function unless nothing says what its parameters are."""
        if info.function or info.refused or info.in_progress:
            return
        if any(param.is_unknown for param in info.params):
            return
        try:
            self.lifter.lift(self.component[info.name])
        except RecursionError:
            self._refuse(info.name, Refusal("too-deeply-nested", "a chain of calls", info.tree))

    def _refuse_what_cannot_be_read(self) -> None:
        for name, node, refusal in self.names.unread:
            del node
            self._refuse(name, refusal)
        for name, place in self.names.superseded:
            message = f"`{name}` is bound again further down"
            self._refuse(name, Refusal("rebound-builtin", message, place))
        for class_ in self.names.classes.values():
            for method, node in _methods(class_.node):
                name = f"{class_.name}.{self.syntax.text(method)}"
                place = tree.Tree(method.start_byte, method.end_byte)
                del node
                message = f"`{name}` is a method"
                self._refuse(name, Refusal("class-method", message, place))

    def _refuse(self, name: str, refusal: Refusal) -> None:
        place = refusal.node
        span = self.syntax.span(place.start, place.end)
        found = diagnostic(refusal.code, refusal.message, span, help=refusal.help)
        self.refused[name] = (*self.refused.get(name, ()), found)

    def _result(self) -> Lifted:
        functions: list[Function] = []
        for name, info in self.env.functions.items():
            if info.function is None:
                self.refused[name] = info.refused
                continue
            functions.extend(_with_nested(info))
        module = Module(
            functions=tuple(functions),
            records=tuple(record.decl for record in self.env.records.values()),
            consts=tuple(self.env.const_decls),
            path=self.syntax.source.path,
        )
        module = self._checked(module)
        lifted = {function.name for function in module.functions}
        if self.select is not None:
            self.refused = {n: d for n, d in self.refused.items() if n in self.select}
        return Lifted(
            source=self.syntax.source,
            module=module,
            diagnostics=(*self._about_file(), *(d for f in self.refused.values() for d in f)),
            examples=_Examples(self, lifted),
            refused=self.refused,
        )

    def _about_file(self) -> Iterator[Diagnostic]:
        """Findings that belong to no function."""
        stray = self.syntax.stray_error("function_definition")
        if stray is not None:
            yield stray
            return
        if self.names.misplaced is not None:
            span = self.syntax.span_of(self.names.misplaced)
            if all(d.span != span for found in self.refused.values() for d in found):
                yield diagnostic("syntax-error", misplaced(self.names.misplaced).message, span)
            return
        if self.env.functions or self.names.unread or self.names.superseded or self.refused:
            return
        message = f"`{self.syntax.source.path}` defines no function"
        yield diagnostic("empty-file", message, self.syntax.span_of(self.syntax.root))

    def _checked(self, module: Module) -> Module:
        """Drop what is ill-formed, which is a defect of the front end and reported as such."""
        wrong = {v.name: v for v in violations(module)}
        if not wrong:
            return module
        for name, violation in wrong.items():
            message = f"IllFormed: {violation.message}"
            self.refused[name] = (diagnostic("internal-error", message, violation.span),)
        functions = tuple(f for f in module.functions if f.name not in wrong)
        return replace(module, functions=functions)

    def examples_of(self, name: str) -> Iterator[Example]:
        info = self.env.functions[name]
        for example in self.examples[name]:
            found = _example(example, info)
            if found is not None:
                yield found


_SILENT = Refusal("calls-refused-function", "", tree.Tree(0, 0))


def _example(example: HostExample, info: FunctionInfo) -> Example | None:
    bound = bind(example, info.tree)
    if bound is None:
        return None
    try:
        args = tuple(convert(bound[param.name], param.type) for param in info.params)
    except NotOfTypeError:
        return None
    raises = example.outcome.exception if isinstance(example.outcome, Raises) else None
    return Example(args, claim(example, info.result), raises, example.span, example.kind)


def _with_nested(info: FunctionInfo) -> Iterator[Function]:
    if info.function is not None:
        yield info.function
    for inner in info.nested.values():
        if inner.called:
            yield from _with_nested(inner)


def _methods(class_node: Node) -> Iterator[tuple[Node, Node]]:
    body = class_node.child_by_field_name("body")
    for child in () if body is None else body.named_children:
        inner = child.named_children[-1] if child.type == "decorated_definition" else child
        if inner.type == "function_definition":
            name = inner.child_by_field_name("name")
            if name is not None:
                yield name, inner
