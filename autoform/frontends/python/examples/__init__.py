"""Examples found beside functions: doctests, asserts of the module, tests in the same file.

An example is a call with arguments made of literals. It gives types to parameters that have no
annotation, it is an input for cross-checks, and what it says of the result is a claim to check.
Reading examples never fails: what is not understood is no example.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from autoform.frontends.python import tree
from autoform.frontends.python.contracts import imported_names
from autoform.frontends.python.contracts.reading import imported_as
from autoform.frontends.python.examples.convert import NotOfTypeError, claim, convert
from autoform.frontends.python.examples.doctests import read_doctests
from autoform.frontends.python.examples.evaluate import NotLiteralError, Scope, evaluate
from autoform.frontends.python.examples.host import (
    Equals,
    HostExample,
    HostValue,
    Outcome,
    Raises,
    Truth,
    Unstated,
    mutable_parts,
)
from autoform.frontends.python.examples.inference import argument_types, bind, result_type
from autoform.frontends.python.examples.session import Session
from autoform.frontends.python.rewriting import bound_by
from autoform.frontends.syntax import SyntaxTree
from autoform.source import Span

__all__ = [
    "Equals",
    "HostExample",
    "HostValue",
    "NotLiteralError",
    "NotOfTypeError",
    "Outcome",
    "Raises",
    "Scope",
    "Truth",
    "Unstated",
    "argument_types",
    "bind",
    "claim",
    "convert",
    "evaluate",
    "module_constants",
    "read_examples",
    "result_type",
]

_CANDIDATE: Final = "candidate"
_TEST_PREFIX: Final = "test"
_MAX_EXAMPLES: Final = 64
"""For one function: tables of thousands of asserts are read no further."""


def read_examples(
    statements: Sequence[tree.Stmt],
    syntax: SyntaxTree,
    *,
    docstrings: Iterable[tree.Str] = (),
    entry_point: str | None = None,
) -> dict[str, tuple[HostExample, ...]]:
    """The examples of each function that the module defines, in source order.

    `statements` are those of the module that could be read, `docstrings` further ones to look
    into (the module's, or those of functions whose bodies could not be read). `entry_point` names
    the function that a test's parameter `candidate` stands for, where the file itself does not say
    so by a call `check(f)`.
    """
    functions = {s.name: s for s in statements if isinstance(s, tree.FunctionDef)}
    entry_point = entry_point or _handed_over(statements, functions)
    file = _File(
        syntax,
        {name: name for name in functions} | ({entry_point: entry_point} if entry_point else {}),
        frozenset(_bound_names(statements)),
        module_constants(statements),
        imported_names(statements),
        entry_point,
    )
    own = [f.docstring for f in functions.values() if f.docstring is not None]
    found: dict[str, list[HostExample]] = {}
    for example in (
        *_in_docstrings(file, (*own, *docstrings)),
        *_in_run(file, statements, file.session()),
    ):
        examples = found.setdefault(example.function, [])
        if len(examples) < _MAX_EXAMPLES:
            examples.append(example)
    return {name: tuple(examples) for name, examples in found.items()}


def _handed_over(
    statements: Iterable[tree.Stmt], functions: Mapping[str, tree.FunctionDef]
) -> str | None:
    """The function that the module hands to a test, where it is only one."""
    found: set[str] = set()
    for statement in statements:
        match statement:
            case tree.ExprStmt(
                value=tree.Call(function=tree.Name(id=test), args=(tree.Name(id=name),))
            ) if test in functions and name in functions:
                if {param.name for param in functions[test].params} == {_CANDIDATE}:
                    found.add(name)
            case _:
                continue
    return found.pop() if len(found) == 1 else None


def module_constants(statements: Iterable[tree.Stmt]) -> dict[str, HostValue]:
    """The names of the module that are bound once, to an immutable value made of literals."""
    found: dict[str, HostValue] = {}
    bound: dict[str, int] = {}
    for name in _bound_names(statements):
        bound[name] = bound.get(name, 0) + 1
    for statement in statements:
        match statement:
            case tree.Assign(targets=(tree.Name(id=name),), value=value):
                pass
            case tree.AnnAssign(target=tree.Name(id=name), value=tree.Tree() as value):
                pass
            case _:
                continue
        if bound[name] == 1:
            with suppress(NotLiteralError):
                constant = evaluate(value, Scope(found, frozenset(bound)))
                if not any(mutable_parts(constant)):
                    found[name] = constant
    return found


@dataclass(frozen=True, slots=True)
class _File:
    """What the readers of one file share."""

    syntax: SyntaxTree
    callees: Mapping[str, str]
    hidden: frozenset[str]
    constants: Mapping[str, HostValue]
    imports: Mapping[str, str]
    entry_point: str | None

    def session(self) -> Session:
        return Session(dict(self.callees), self.hidden, "assert", dict(self.constants))

    def span(self, node: tree.Tree) -> Span:
        return self.syntax.span(node.start, node.end)


def _in_docstrings(file: _File, docstrings: Iterable[tree.Str]) -> Iterator[HostExample]:
    for docstring in docstrings:
        session = file.session()
        session.kind = "doctest"
        yield from read_doctests(docstring, file.syntax, session)


def _in_run(
    file: _File, statements: Sequence[tree.Stmt], session: Session
) -> Iterator[HostExample]:
    """The examples of statements that are executed one after another."""
    for statement in statements:
        span = file.span(statement)
        match statement:
            case tree.Assert(condition=condition):
                yield from session.asserted(condition, span)
            case tree.Assign() | tree.AnnAssign():
                yield from session.assign(statement, span)
            case tree.ExprStmt(value=value):
                yield from session.stated(value, Unstated(), span)
            case tree.If(condition=condition, then=then) if _is_main(condition):
                yield from _in_run(file, then, session)
            case tree.FunctionDef() if _is_test(statement, file):
                yield from _in_test(file, statement)
            case tree.FunctionDef() | tree.Import() | tree.Pass():
                yield from _in_decorators(file, statement)
            case _:
                session.forget(list(session.values))


def _in_test(file: _File, test: tree.FunctionDef) -> Iterator[HostExample]:
    session = file.session()
    session.forget(param.name for param in test.params)
    if file.entry_point is not None and any(param.name == _CANDIDATE for param in test.params):
        session.callees[_CANDIDATE] = file.entry_point
    yield from _in_run(file, test.body, session)


def _in_decorators(file: _File, statement: tree.Stmt) -> Iterator[HostExample]:
    """`@deal.example(lambda: f(1) == 2)`."""
    if not isinstance(statement, tree.FunctionDef):
        return
    for decorator in statement.decorators:
        match decorator:
            case tree.Call(args=(tree.Lambda(params=(), body=body),)) if (
                imported_as(decorator, file.imports) == "deal.example"
            ):
                yield from file.session().asserted(body, file.span(body))
            case _:
                continue


def _is_test(function: tree.FunctionDef, file: _File) -> bool:
    """A function that a test runner calls, or one that is handed the function to check."""
    names = {param.name for param in function.params}
    return function.name.startswith(_TEST_PREFIX) or (
        file.entry_point is not None and names == {_CANDIDATE}
    )


def _is_main(condition: tree.Expr) -> bool:
    match condition:
        case tree.Compare(
            left=tree.Name(id="__name__"), ops=("==",), rights=(tree.Str(value="__main__"),)
        ):
            return True
        case _:
            return False


def _bound_names(statements: Iterable[tree.Stmt]) -> Iterator[str]:
    """The names that statements of the module bind, each as often as it is bound."""
    for statement in statements:
        match statement:
            case tree.Assign(targets=targets):
                for target in targets:
                    yield from bound_by(target)
            case tree.AnnAssign(target=target) | tree.AugAssign(target=target):
                yield from bound_by(target)
            case tree.For(target=target, body=body, orelse=orelse):
                yield from bound_by(target)
                yield from _bound_names((*body, *orelse))
            case tree.If(then=then, orelse=orelse):
                yield from _bound_names((*then, *orelse))
            case tree.While(body=body, orelse=orelse):
                yield from _bound_names((*body, *orelse))
            case tree.FunctionDef(name=name):
                yield name
            case tree.Import(bound=bound, module=module, name=name):
                if (bound, module, name) != ("math", "math", None):
                    yield bound
            case _:
                continue
