"""A module's functions, compiled when they are first called and linked by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, NoReturn, TypeAlias, cast

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Expr, ResultValue
from autoform.ir.traversal import walk
from autoform.ir.types import Type, walk_type
from autoform.semantics.compiler.functions import expression_source, function_source
from autoform.semantics.compiler.source import Suite, load, render
from autoform.semantics.failure import EvaluationFailed, FuelExhausted, Tank, outside
from autoform.semantics.meaning import Signature
from autoform.semantics.ops import MEANINGS
from autoform.semantics.ops.keys import may_hold_nan, refuse_nan
from autoform.semantics.ops.text import word
from autoform.semantics.values import (
    NONE,
    Err,
    MapValue,
    Ok,
    RecordValue,
    Some,
    Value,
    VariantValue,
)

Compiled: TypeAlias = Callable[..., Any]
"""A function of the tank, the depth left and the arguments."""

MAX_CALL_DEPTH: Final = 2_000
"""Calls inside each other beyond this are out of fuel. Python itself gives up at about 1,000."""
CONSTANT_FUEL: Final = 1_000_000
_MOST_PARTS: Final = 200
_MOST_EXPRESSIONS: Final = 10_000


class Unset:
    """A declared variable that has no value yet."""


UNSET: Final = Unset()


def freeze(value: Any) -> Any:  # noqa: ANN401 - a value, or the thawed form of one
    """The value that a variable holds, which may be thawed."""
    match value:
        case list():
            return tuple(value)
        case set():
            return frozenset(value)
        case dict() if not isinstance(value, MapValue):
            return MapValue(value)
        case _:
            return value


def with_field(record: RecordValue, place: int, value: Value) -> RecordValue:
    """A copy of the record with one field replaced."""
    fields = record.fields
    return RecordValue(record.name, (*fields[:place], value, *fields[place + 1 :]))


def order_of_set() -> EvaluationFailed:
    """What a failure inside an iteration over a set becomes."""
    return outside("a failure that depends on the order of a set")


def out_of_fuel(*_args: object) -> NoReturn:
    """Stands for a function at types that grow with every call."""
    raise FuelExhausted


def _is_huge(type_: Type) -> bool:
    return next(islice(walk_type(type_), _MOST_PARTS, None), None) is not None


_RUNTIME: Final[Mapping[str, object]] = {
    each.__name__: each
    for each in (
        *(EvaluationFailed, FuelExhausted, MapValue, RecordValue, VariantValue, Some, Ok, Err),
        *(freeze, with_field, order_of_set, out_of_fuel, word),
    )
} | {"NONE": NONE, "UNSET": UNSET, "BIG": 1 << 2048, "LONG": 512}


@dataclass(frozen=True, slots=True)
class ExpressionCode:
    """A compiled expression and the variables it takes, now and at entry."""

    function: Compiled
    now: tuple[str, ...]
    at_entry: tuple[str, ...]
    uses_result: bool


@dataclass(slots=True)
class Program:
    """A module ready to run. What is asked for is compiled once; `sources` keeps the text."""

    module: Module
    namespace: dict[str, object] = field(default_factory=lambda: dict(_RUNTIME))
    sources: dict[str, Suite] = field(default_factory=dict)
    names: dict[object, str] = field(default_factory=dict)
    expressions: dict[int, tuple[Expr, ExpressionCode]] = field(default_factory=dict)

    def entry(self, name: str, bindings: dict[str, Type], *, traced: bool = False) -> Compiled:
        """The compiled function. Raises `KeyError` when the module has none of that name."""
        return cast(Compiled, self.namespace[self.function(name, bindings, traced=traced)])

    def source(self, name: str) -> str:
        """The Python source of a compiled function, by its Python name, to read it."""
        return render(self.sources[name])

    # ── What functions under construction ask for ─────────────────────────────────────────────

    def function(self, name: str, bindings: dict[str, Type], *, traced: bool = False) -> str:
        """The Python name of a function at types; compiled when it is first called."""
        if any(map(_is_huge, bindings.values())):
            return "out_of_fuel"
        key = (name, tuple(sorted(bindings.items())) if bindings else (), traced)
        if key not in self.names:
            python_name = self._new_name(key, name)
            self.namespace[python_name] = self._stub(
                self.module.function(name), python_name, bindings, traced=traced
            )
        return self.names[key]

    def constant(self, name: str) -> str:
        """The Python name of a constant, evaluated now."""
        key = ("constant", name)
        if key not in self.names:
            declared = next(each for each in self.module.consts if each.name == name)
            code = self.expression(declared.value)
            value = code.function(Tank(CONSTANT_FUEL), MAX_CALL_DEPTH, None)
            self.namespace[self._new_name(key, name)] = value
        return self.names[key]

    def operator(self, op: str, signature: Signature) -> str:
        """The Python name of an operator's function at types."""
        key = (op, signature)
        if key not in self.names:
            self.namespace[self._new_name(key, op)] = MEANINGS[op].at(signature)
        return self.names[key]

    def value(self, value: Value) -> str:
        """The Python name of a value that has no literal, never looked up again."""
        name = f"value_{len(self.namespace)}"
        self.namespace[name] = value
        return name

    def key_guard(self, type_: Type) -> str | None:
        """The Python name of what a key of the type must pass, if anything."""
        if not may_hold_nan(type_):
            return None
        self.namespace["refuse_nan"] = refuse_nan
        return "refuse_nan"

    def expression(self, expr: Expr) -> ExpressionCode:
        """The compiled expression; compiled again only when the node is another object."""
        if found := self.expressions.get(id(expr)):
            return found[1]
        if len(self.expressions) >= _MOST_EXPRESSIONS:
            self.expressions.clear()
        suite, now, at_entry = expression_source(self, expr, "expression")
        function = load(suite, "expression", self.namespace)
        uses_result = any(isinstance(node, ResultValue) for node in walk(expr))
        code = ExpressionCode(function, now, at_entry, uses_result)
        self.expressions[id(expr)] = (expr, code)
        return code

    # ── Loading ───────────────────────────────────────────────────────────────────────────────

    def _new_name(self, key: object, base: str) -> str:
        name = f"{re.sub(r'[^A-Za-z0-9_]', '_', base)}_{len(self.names)}"
        self.names[key] = name
        return name

    def _stub(
        self, function: Function, name: str, bindings: dict[str, Type], *, traced: bool
    ) -> Compiled:
        """A function that puts the compiled one in its place when it is called."""

        def compile_and_call(*args: object) -> object:
            linker = _Traced(self, function.name) if traced else self
            suite = function_source(linker, function, name, bindings, traced=traced)
            return self._load(name, suite)(*args)

        return compile_and_call

    def _load(self, name: str, suite: Suite) -> Compiled:
        self.sources[name] = suite
        return load(suite, name, self.namespace)


@dataclass(frozen=True, slots=True)
class _Traced:
    """The program as a traced function sees it: its calls of itself are traced too."""

    program: Program
    name: str

    @property
    def module(self) -> Module:
        return self.program.module

    def function(self, name: str, bindings: dict[str, Type]) -> str:
        return self.program.function(name, bindings, traced=name == self.name)

    def constant(self, name: str) -> str:
        return self.program.constant(name)

    def operator(self, op: str, signature: Signature) -> str:
        return self.program.operator(op, signature)

    def value(self, value: Value) -> str:
        return self.program.value(value)

    def key_guard(self, type_: Type) -> str | None:
        return self.program.key_guard(type_)
