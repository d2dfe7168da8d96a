"""The values of expressions made of literals: what stands in the arguments of an example.

Nothing of the file is run. A closed set of displays, operators, builtins and methods is computed,
within bounds, by the Python that runs autoform; every other expression has no value here.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, NoReturn, cast

from autoform.frontends.python import tree
from autoform.frontends.python.examples.host import HostValue

__all__ = ["NotLiteralError", "Scope", "bind_target", "evaluate"]

MAX_ITEMS: Final = 4_000
"""The most items of a collection, characters of a text, and steps of an evaluation."""

MAX_BITS: Final = 20_000
"""The longest integer: expected values such as `2 ** 10000` are still below."""


class NotLiteralError(Exception):
    """The expression is none whose value is known without running the program."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The names that an expression may use: values known, and names that mean something else."""

    values: Mapping[str, HostValue] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()

    def means_builtin(self, name: str) -> bool:
        """Whether the name still means what it means in every Python program."""
        return name not in self.values and name not in self.hidden


def evaluate(expr: tree.Expr, scope: Scope) -> HostValue:
    """The value of an expression made of literals. Raises `NotLiteralError` for any other."""
    return _Evaluation().value(expr, scope)


class _Evaluation:
    """One evaluation with its budget of steps."""

    def __init__(self) -> None:
        self._steps = 0

    def value(self, expr: tree.Expr, scope: Scope) -> HostValue:
        self._steps += 1
        if self._steps > MAX_ITEMS:
            _give_up()
        try:
            return _bounded(self._value(expr, scope))
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise NotLiteralError from error

    def _value(self, expr: tree.Expr, scope: Scope) -> HostValue:  # noqa: C901 - per node
        match expr:
            case tree.Int() | tree.Float() | tree.Str() | tree.Bool():
                return expr.value
            case tree.NoneValue():
                return None
            case tree.Name(id=name):
                return scope.values[name]
            case tree.ListExpr(items=items):
                return self._items(items, scope)
            case tree.TupleExpr(items=items):
                return tuple(self._items(items, scope))
            case tree.SetExpr(items=items):
                return set(self._items(items, scope))
            case tree.DictExpr(keys=keys, values=values):
                return self._dict(keys, values, scope)
            case tree.Unary(op=op, operand=operand):
                return _unary(op, self.value(operand, scope))
            case tree.Binary(op=op, left=left, right=right):
                return _binary(op, self.value(left, scope), self.value(right, scope))
            case tree.Compare(left=left, ops=ops, rights=rights):
                return self._compare(left, ops, rights, scope)
            case tree.BoolOp(op=op, operands=operands):
                return self._bool_op(op, operands, scope)
            case tree.Conditional(condition=condition, then=then, orelse=orelse):
                return self.value(then if self.value(condition, scope) else orelse, scope)
            case tree.Subscript(value=value, index=index):
                return cast(HostValue, _plain(self.value(value, scope))[self._index(index, scope)])
            case tree.Call():
                return self._call(expr, scope)
            case tree.Comprehension():
                return self._comprehension(expr, scope)
            case tree.Attribute(value=tree.Name(id="math"), name=name) if (
                scope.means_builtin("math") and name in _MATH
            ):
                return _MATH[name]
            case _:
                raise NotLiteralError

    def _items(self, items: tuple[tree.Expr, ...], scope: Scope) -> list[HostValue]:
        found: list[HostValue] = []
        for item in items:
            if isinstance(item, tree.Starred):
                found.extend(_plain(self.value(item.value, scope)))
            else:
                found.append(self.value(item, scope))
        return found

    def _dict(
        self, keys: tuple[tree.Expr | None, ...], values: tuple[tree.Expr, ...], scope: Scope
    ) -> HostValue:
        found: dict[HostValue, HostValue] = {}
        for key, value in zip(keys, values, strict=True):
            if key is None:
                found.update(_plain(self.value(value, scope)))
            else:
                # The key is evaluated first.
                at = self.value(key, scope)
                found[at] = self.value(value, scope)
        return found

    def _compare(
        self,
        left: tree.Expr,
        ops: tuple[str, ...],
        rights: tuple[tree.Expr, ...],
        scope: Scope,
    ) -> HostValue:
        first = self.value(left, scope)
        for op, right in zip(ops, rights, strict=True):
            second = self.value(right, scope)
            if not _COMPARISONS[op](first, second):
                return False
            first = second
        return True

    def _bool_op(self, op: str, operands: tuple[tree.Expr, ...], scope: Scope) -> HostValue:
        value: HostValue = None
        for operand in operands:
            value = self.value(operand, scope)
            if bool(value) == (op == "or"):
                break
        return value

    def _index(self, index: tree.Expr, scope: Scope) -> Any:  # noqa: ANN401 - an item or a slice
        if not isinstance(index, tree.Slice):
            return self.value(index, scope)
        bounds = (index.lower, index.upper, index.step)
        return slice(*(None if b is None else self.value(b, scope) for b in bounds))

    def _call(self, call: tree.Call, scope: Scope) -> HostValue:
        function: Callable[..., Any]
        match call.function:
            case tree.Name(id=name) if scope.means_builtin(name) and name in _BUILTINS:
                function = _BUILTINS[name]
            case tree.Attribute(value=receiver, name=name) if name in _TEXT_METHODS:
                text = self.value(receiver, scope)
                if not isinstance(text, str):
                    _give_up()
                function = getattr(text, name)
            case _:
                _give_up()
        args = self._items(call.args, scope)
        keywords = {word.name or "": self.value(word.value, scope) for word in call.keywords}
        if any(isinstance(arg, range) and len(arg) > MAX_ITEMS for arg in args):
            _give_up()
        return cast(HostValue, function(*args, **keywords))

    def _comprehension(self, expr: tree.Comprehension, scope: Scope) -> HostValue:
        scopes = self._rounds(expr.clauses, scope)
        if expr.kind == "dict" and expr.key is not None:
            key = expr.key
            return {self.value(key, s): self.value(expr.element, s) for s in scopes}
        items = [self.value(expr.element, inner) for inner in scopes]
        return set(items) if expr.kind == "set" else items

    def _rounds(
        self, clauses: tuple[tree.ForClause | tree.IfClause, ...], scope: Scope
    ) -> Iterator[Scope]:
        if not clauses:
            yield scope
            return
        first, rest = clauses[0], clauses[1:]
        if isinstance(first, tree.IfClause):
            if self.value(first.condition, scope):
                yield from self._rounds(rest, scope)
            return
        for item in _plain(self.value(first.source, scope)):
            bound = dict(scope.values)
            bind_target(first.target, item, bound)
            yield from self._rounds(rest, replace(scope, values=bound))


def _give_up() -> NoReturn:
    raise NotLiteralError


def _plain(value: HostValue) -> Any:  # noqa: ANN401 - what does not fit raises, and is caught
    return value


def bind_target(target: tree.Expr, value: HostValue, bound: dict[str, HostValue]) -> None:
    """Assign to names and patterns of names. Raises `NotLiteralError` where that fails."""
    match target:
        case tree.Name(id=name):
            bound[name] = value
        case tree.TupleExpr(items=items) | tree.ListExpr(items=items):
            if not isinstance(value, list | tuple | str | range) or len(value) != len(items):
                _give_up()
            for item, part in zip(items, value, strict=True):
                bind_target(item, part, bound)
        case _:
            _give_up()


def _bounded(value: HostValue) -> HostValue:
    match value:
        case bool() | float() | range() | None:
            return value
        case int():
            fits = value.bit_length() <= MAX_BITS
        case _:
            fits = len(value) <= MAX_ITEMS
    if not fits:
        _give_up()
    return value


def _unary(op: str, value: HostValue) -> HostValue:
    return cast(HostValue, _UNARY[op](value))


def _binary(op: str, left: HostValue, right: HostValue) -> HostValue:
    """The operator's value, its size judged before it is computed."""
    match op, left, right:
        case "**", int(), int() if abs(left).bit_length() * abs(right) > MAX_BITS:
            _give_up()
        case "<<", _, int() if right > MAX_BITS:
            _give_up()
        case "*", int(), str() | list() | tuple() if left * len(right) > MAX_ITEMS:
            _give_up()
        case "*", str() | list() | tuple(), int() if len(left) * right > MAX_ITEMS:
            _give_up()
        case "%", str(), _:
            _give_up()
        case _:
            return cast(HostValue, _BINARY[op](left, right))


_MATH: Final[Mapping[str, float]] = {
    "pi": math.pi,
    "e": math.e,
    "tau": math.tau,
    "inf": math.inf,
    "nan": math.nan,
}
_UNARY: Final[Mapping[str, Callable[[Any], Any]]] = {
    "-": operator.neg,
    "+": operator.pos,
    "~": operator.invert,
    "not": operator.not_,
}
_BINARY: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
    "<<": operator.lshift,
    ">>": operator.rshift,
    "&": operator.and_,
    "|": operator.or_,
    "^": operator.xor,
}
_COMPARISONS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "in": lambda item, items: item in items,
    "not in": lambda item, items: item not in items,
}
_BUILTINS: Final[Mapping[str, Callable[..., Any]]] = {
    "abs": abs,
    "bool": bool,
    "chr": chr,
    "dict": dict,
    "enumerate": lambda *args, **keywords: list(enumerate(*args, **keywords)),
    "float": float,
    "frozenset": frozenset,
    "int": int,
    "len": len,
    "list": list,
    "max": max,
    "min": min,
    "ord": ord,
    "range": range,
    "reversed": lambda items: list(reversed(items)),
    "set": set,
    "sorted": sorted,
    "str": str,
    "sum": sum,
    "tuple": tuple,
    "zip": lambda *args, **keywords: list(zip(*args, **keywords, strict=False)),
}
_TEXT_METHODS: Final = frozenset(
    {"join", "lower", "replace", "split", "splitlines", "strip", "title", "upper"}
)
