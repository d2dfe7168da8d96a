"""What is known while statements with examples are read one after another.

Names get values by assignments of literals, and lose them when anything may have changed them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from autoform.frontends.python import tree
from autoform.frontends.python.examples.evaluate import (
    NotLiteralError,
    Scope,
    bind_target,
    evaluate,
)
from autoform.frontends.python.examples.host import (
    Equals,
    HostExample,
    HostValue,
    Outcome,
    Truth,
    Unstated,
    mutable_parts,
    shares_parts,
)
from autoform.frontends.python.rewriting import bound_by, walk
from autoform.source import Span

__all__ = ["Session"]

_READERS = frozenset({"abs", "len", "list", "max", "min", "print", "range", "set", "sorted", "sum"})
"""Builtins that leave their arguments as they are."""


@dataclass(slots=True)
class Session:
    """One straight run of statements: a docstring's, a test function's or the module's.

    `callees` maps the name that is called to the function it stands for (`candidate` to the
    function under test); `hidden` are names that do not mean the builtin of that name.
    """

    callees: dict[str, str]
    hidden: frozenset[str]
    kind: str
    values: dict[str, HostValue] = field(default_factory=dict)
    _handed: dict[str, frozenset[str]] = field(default_factory=dict)
    """The functions of the module that were given the value of a name."""

    def assign(self, statement: tree.Assign | tree.AnnAssign, span: Span) -> Iterator[HostExample]:
        """Learn from `x = [1, 2]`; from `y = f(x)` only that `f` may be called so."""
        targets = statement.targets if isinstance(statement, tree.Assign) else (statement.target,)
        if statement.value is None:
            return
        yield from self.stated(statement.value, Unstated(), span)
        try:
            value = evaluate(statement.value, self._scope)
        except NotLiteralError:
            learned: dict[str, HostValue] = {}
        else:
            learned = _bindings(targets, value)
        self.forget(name for target in targets for name in _changed_by(target))
        self.values.update(learned)

    def asserted(self, condition: tree.Expr, span: Span) -> Iterator[HostExample]:
        """What `assert condition` says."""
        yield from self._holds(condition, span)
        self._after(condition)

    def stated(self, expr: tree.Expr, outcome: Outcome, span: Span) -> Iterator[HostExample]:
        """What an expression that gives `outcome` says: of its own call, or of those in it."""
        match expr, outcome:
            case tree.Call(function=tree.Name(id=name)), _ if name in self.callees:
                yield from self._example(expr, self.callees[name], outcome, span)
                for part in (*expr.args, *(word.value for word in expr.keywords)):
                    yield from self._mentioned(part, span)
            case _, Equals(True):
                yield from self._holds(expr, span)
            case _:
                yield from self._mentioned(expr, span)
        self._after(expr)

    def forget(self, names: Iterable[str]) -> None:
        """The names no longer stand for what they did, nor does what shares a part with it."""
        for name in names:
            self.callees.pop(name, None)
            self.hidden |= {name}
            for each in self._sharing(name):
                self.values.pop(each, None)
                self._handed.pop(each, None)

    @property
    def _scope(self) -> Scope:
        return Scope(self.values, self.hidden)

    def _holds(self, condition: tree.Expr, span: Span) -> Iterator[HostExample]:
        match condition:
            case tree.BoolOp(op="and", operands=operands):
                for operand in operands:
                    yield from self._holds(operand, span)
            case tree.Compare(left=left, ops=("==" | "is",), rights=(right,)):
                yield from self._equal(left, right, span)
            case tree.Unary(op="not", operand=tree.Call() as call):
                yield from self.stated(call, Truth(value=False), span)
            case tree.Call():
                yield from self.stated(condition, Truth(value=True), span)
            case _:
                yield from self._mentioned(condition, span)

    def _equal(self, left: tree.Expr, right: tree.Expr, span: Span) -> Iterator[HostExample]:
        for call, value in ((left, right), (right, left)):
            if isinstance(call, tree.Call) and self._calls(call):
                try:
                    outcome: Outcome = Equals(evaluate(value, self._scope))
                except NotLiteralError:
                    outcome = Unstated()
                    yield from self._mentioned(value, span)
                yield from self.stated(call, outcome, span)
                return
        yield from self._mentioned(left, span)
        yield from self._mentioned(right, span)

    def _calls(self, call: tree.Call) -> bool:
        return isinstance(call.function, tree.Name) and call.function.id in self.callees

    def _mentioned(self, expr: tree.Expr, span: Span) -> Iterator[HostExample]:
        """The calls inside an expression of which nothing else is said."""
        for call in _calls_in(expr):
            if isinstance(call.function, tree.Name) and call.function.id in self.callees:
                function = self.callees[call.function.id]
                yield from self._example(call, function, Unstated(), span)

    def _example(
        self, call: tree.Call, function: str, outcome: Outcome, span: Span
    ) -> Iterator[HostExample]:
        try:
            args = [evaluate(arg, self._scope) for arg in call.args]
            named = [(word.name, evaluate(word.value, self._scope)) for word in call.keywords]
        except NotLiteralError:
            return
        keywords = tuple((name, value) for name, value in named if name is not None)
        # One object in two places cannot be told apart from two in the IR.
        if len(keywords) < len(named) or shares_parts([*args, *(v for _, v in keywords)]):
            return
        trusted: frozenset[str] = frozenset()
        if self._handed:
            trusted = trusted.union(*(self._handed.get(name, ()) for name in _names_in(call)))
        yield HostExample(function, tuple(args), keywords, outcome, span, self.kind, trusted)

    def _after(self, expr: tree.Expr) -> None:
        """What evaluating the expression may have changed is not known any more.

        What was given to functions of the module is kept, with their names.
        """
        if not any(mutable_parts(*self.values.values())):
            return
        for call in _calls_in(expr):
            names = [name for name in _names_in(call) if any(self._parts(name))]
            match call.function:
                case tree.Name(id=name) if name in _READERS and name not in self.hidden:
                    continue
                case tree.Name(id=name) if name in self.callees:
                    function = self.callees[name]
                    for each in {other for name in names for other in self._sharing(name)}:
                        self._handed[each] = self._handed.get(each, frozenset()) | {function}
                case _:
                    self.forget(names)

    def _parts(self, name: str) -> Iterator[int]:
        return mutable_parts(self.values.get(name))

    def _sharing(self, name: str) -> list[str]:
        """The name, and the names whose values share a mutable part with its value."""
        parts = set(self._parts(name))
        others = [each for each in self.values if not parts.isdisjoint(self._parts(each))]
        return [name, *others]


def _bindings(targets: Iterable[tree.Expr], value: HostValue) -> dict[str, HostValue]:
    bound: dict[str, HostValue] = {}
    for target in targets:
        if not isinstance(target, tree.Subscript | tree.Attribute):
            try:
                bind_target(target, value, bound)
            except NotLiteralError:
                return {}
    return bound


def _changed_by(target: tree.Expr) -> Iterator[str]:
    """The names that a store into the target changes: `xs` for `xs[0] = …`."""
    match target:
        case tree.Subscript(value=value) | tree.Attribute(value=value):
            yield from _names_in(value)
        case _:
            yield from bound_by(target)


def _calls_in(expr: tree.Expr) -> list[tree.Call]:
    return [node for node in walk(expr) if isinstance(node, tree.Call)]


def _names_in(expr: tree.Expr) -> set[str]:
    """The names in an expression, bound inside it or not."""
    return {node.id for node in walk(expr) if isinstance(node, tree.Name)}
