"""Examples beside functions: asserts of unit tests and of code in doc comments.

    assert_eq!(gcd(12, 18), 6);        gcd: (12, 18) gives 6
    assert!(is_even(4));               is_even: (4,) gives true

The arguments and what is claimed are lowered like any expression and evaluated by the reference
interpreter; whatever is not closed, or outside the subset, is no example.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Final

from autoform.frontends.lifted import Example
from autoform.frontends.rust import tree
from autoform.frontends.rust.building import NeedsStatements
from autoform.frontends.rust.env import Env, Scope
from autoform.frontends.rust.infer import Infer
from autoform.frontends.rust.lower_exprs import lower
from autoform.frontends.rust.lowering import Lower
from autoform.frontends.rust.names import FunctionName, Local
from autoform.frontends.rust.read_expr import read_block
from autoform.frontends.rust.reader import Reader
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.rust.types import UNIT
from autoform.frontends.syntax import Node, parse
from autoform.ir import exprs as ir
from autoform.ir.decls import Module
from autoform.semantics.interpreter import EvaluationFailed, FuelExhausted, evaluate
from autoform.semantics.values import Value
from autoform.source import SourceFile, Span

_FUEL: Final = 200_000


class LazyExamples(Mapping[str, tuple[Example, ...]]):
    """Examples that are read when someone asks: reading them costs more than many a lift."""

    def __init__(self, read: Callable[[], dict[str, tuple[Example, ...]]]) -> None:
        """`read` is called at most once."""
        self._read = read
        self._found: dict[str, tuple[Example, ...]] | None = None

    def _all(self) -> dict[str, tuple[Example, ...]]:
        if self._found is None:
            self._found = self._read()
        return self._found

    def __getitem__(self, name: str) -> tuple[Example, ...]:
        return self._all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())


def read_examples(env: Env, reader: Reader, module: Module) -> dict[str, tuple[Example, ...]]:
    """The examples of the module's functions."""
    found: dict[str, list[Example]] = {}
    names = {function.name for function in module.functions}
    for block, place in (*_tests(reader, env.items.tests), *_doc_blocks(reader, env)):
        for name, example in _examples(env, module, block, place):
            if name in names:
                found.setdefault(name, []).append(example)
    return {name: tuple(examples) for name, examples in found.items()}


def _tests(reader: Reader, nodes: list[Node]) -> Iterator[tuple[tree.Block, None]]:
    """The bodies of tests, in whatever module they stand."""
    pending = list(reversed(nodes))
    while pending:
        node = pending.pop()
        body = node.child_by_field_name("body") if node.type == "function_item" else None
        if body is not None:
            reader.depth = 0
            with suppress(Refusal):
                yield read_block(reader, body), None
        else:
            pending.extend(reversed(node.named_children))


_CODE: Final = re.compile(r"```(\w*)[^\n]*\n(.*?)```", re.DOTALL)
_MARK: Final = re.compile(r"^\s*//[/!]? ?", re.MULTILINE)
_HIDDEN: Final = re.compile(r"^# ", re.MULTILINE)


def _doc_blocks(reader: Reader, env: Env) -> Iterator[tuple[tree.Block, tree.Tree]]:
    """The code in doc comments, each with the comment's place."""
    for entry in env.items.functions.values():
        if "```" not in entry.item.doc or not entry.item.doc_at:
            continue
        place = tree.Tree(entry.item.doc_at[0].start, entry.item.doc_at[-1].end)
        for code in _CODE.finditer(_MARK.sub("", entry.item.doc)):
            if code[1] in {"", "rust"}:
                text = _HIDDEN.sub("", code[2])
                syntax = parse(SourceFile("<doc>", f"fn f() {{\n{text}\n}}"), "rust")
                inner = Reader(syntax)
                body = syntax.root.named_children[0].child_by_field_name("body")
                if body is not None and not syntax.root.has_error:
                    with suppress(Refusal):
                        yield read_block(inner, body), place
    del reader


def _examples(
    env: Env, module: Module, block: tree.Block, place: tree.Tree | None
) -> Iterator[tuple[str, Example]]:
    """The asserts of one block, names bound before them."""
    infer = Infer(env, Scope())
    infer.results.append(UNIT)
    low = Lower(env, Scope(), "", set())
    for statement in block.statements:
        match statement:
            case tree.Let(pattern=tree.BindPattern() as pattern, value=value) if value is not None:
                infer.locals[-1].pop(pattern.name, None)
                with suppress(Refusal, NeedsStatements):
                    _bind(infer, low, statement)
            case tree.ExprStatement(value=tree.Assertion(condition=condition)):
                with suppress(Refusal, NeedsStatements, EvaluationFailed, FuelExhausted):
                    at = statement if place is None else place
                    span = env.syntax.span(at.start, at.end)
                    kind = "test" if place is None else "doctest"
                    found = _example(infer, low, module, condition, span, kind)
                    if found is not None:
                        yield found
            case _:
                continue


def _bind(infer: Infer, low: Lower, let: tree.Let) -> None:
    assert let.value is not None
    assert isinstance(let.pattern, tree.BindPattern)
    if let.pattern.mutable:
        raise Refusal("unsupported-syntax", "a variable that changes", let)
    infer.let(let)
    local = let.pattern.target
    assert isinstance(local, Local)
    value = let.value

    def late() -> ir.Expr:
        return low.pure(lambda: lower(low, value))

    local.bound = _Late(late)


class _Late(tree.Tree):
    """A value that is lowered once its type is known."""

    def __init__(self, work: Callable[[], ir.Expr]) -> None:
        super().__init__(0, 0)
        self.work = work


def _example(
    infer: Infer, low: Lower, module: Module, condition: tree.Expr, span: Span, kind: str
) -> tuple[str, Example] | None:
    claimed: tree.Expr | bool
    match condition:
        case tree.Binary(op="==", left=tree.Call() as call, right=right):
            claimed = right
        case tree.Binary(op="==", left=left, right=tree.Call() as call):
            claimed = left
        case tree.Call() as call:
            claimed = True
        case tree.Unary(op="!", value=tree.Call() as call):
            claimed = False
        case _:
            return None
    infer.expr(condition)
    infer.settle()
    function = call.function
    target = function.target if isinstance(function, tree.Path) else None
    if not isinstance(target, FunctionName) or any(target.signature.mutable):
        return None
    args = tuple(_value(low, module, arg) for arg in call.args)
    expected: Value = claimed if isinstance(claimed, bool) else _value(low, module, claimed)
    return target.name, Example(args, expected, None, span, kind)


def _value(low: Lower, module: Module, node: tree.Expr) -> Value:
    _settle_locals(node)
    value = low.pure(lambda: lower(low, node))
    return evaluate(module, value, {}, fuel=_FUEL)


def _settle_locals(node: tree.Expr) -> None:
    """Lower the values of the names that an expression uses."""
    from autoform.frontends.rust.infer import tree_children

    pending: list[object] = [node]
    while pending:
        each = pending.pop()
        if isinstance(each, tree.Path) and isinstance(each.target, Local):
            local = each.target.own
            if isinstance(local.bound, _Late):
                late, local.bound = local.bound, None
                local.bound = late.work()
        pending.extend(tree_children(each))
