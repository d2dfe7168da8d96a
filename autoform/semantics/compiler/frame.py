"""A Python function under construction: its lines, temporaries, payments and scopes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final, Protocol

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Expr
from autoform.ir.traversal import variables
from autoform.ir.types import Type, substitute_type
from autoform.semantics.compiler.source import Line, Suite
from autoform.semantics.compiler.thawing import Shape
from autoform.semantics.meaning import Signature
from autoform.semantics.values import Value

MOST_NESTED_LOOPS: Final = 17
"""Python compiles at most twenty loops and `try` inside each other; some are kept for `try`."""
_ROOMY: Final = 10
DEEPEST_PIECE: Final = 8
"""Text of more levels of operators is put into a temporary."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Python text that cannot fail and has no effect; `depth` 0 is a name or a literal."""

    text: str
    depth: int = 0


class Linker(Protocol):
    """What a function under construction asks of the program it belongs to.

    The answers are names in the namespace that the function will run in.
    """

    @property
    def module(self) -> Module: ...

    def constant(self, name: str) -> str: ...

    def operator(self, op: str, signature: Signature) -> str: ...

    def function(self, name: str, bindings: dict[str, Type]) -> str: ...

    def value(self, value: Value) -> str: ...

    def key_guard(self, type_: Type) -> str | None: ...


@dataclass(slots=True)
class Loop:
    """A loop around the place being translated.

    `exits` are the jumps from inside it to further out: code, target, Python's keyword.
    """

    label: str | None
    exits: dict[int, tuple[Loop, str]] = field(default_factory=dict)


@dataclass(slots=True)
class Frame:
    """The state of one translation.

    `function` is None where an expression is translated by itself. `bindings` are the types that
    type parameters stand for. `traced` functions report the values of variables at loop heads.
    `nested` is set inside functions within the function, `at_entry` inside `Old`; `free` and
    `free_at_entry` are the variables read that no expression binds.
    """

    linker: Linker
    bindings: dict[str, Type] = field(default_factory=dict)
    function: Function | None = None
    thawable: dict[str, Shape] = field(default_factory=dict)
    split_pairs: frozenset[str] = frozenset()
    popped: set[str] = field(default_factory=set)
    tail_calls: bool = False
    traced: bool = False
    lines: list[Line] = field(default_factory=list)
    loops: list[Loop] = field(default_factory=list)
    visible: list[str] = field(default_factory=list)
    bound: set[str] = field(default_factory=set)
    free: dict[str, None] = field(default_factory=dict)
    free_at_entry: dict[str, None] = field(default_factory=dict)
    loop_depth: int = 0
    loop_count: int = 0
    temporaries: int = 0
    cost: int = 0
    nested: bool = False
    at_entry: bool = False

    def resolve(self, type_: Type) -> Type:
        """The type with the type parameters that are known replaced."""
        return substitute_type(type_, self.bindings) if self.bindings else type_

    def inouts(self) -> tuple[str, ...]:
        """The names of the function's inout parameters."""
        params = self.function.params if self.function else ()
        return tuple(param.name for param in params if param.inout)

    def variable(self, name: str) -> str:
        """The Python name that a variable is read by."""
        if name in self.bound:
            return variable(name)
        (self.free_at_entry if self.at_entry else self.free)[name] = None
        return variable(name, "o" if self.at_entry else "v")

    def bind(self, name: str) -> str:
        """The Python name of a variable that an expression binds."""
        self.bound.add(name)
        return variable(name)

    def emit(self, line: str) -> None:
        """Add a statement."""
        self.lines.append(line)

    def temporary(self, prefix: str = "t") -> str:
        """A new name."""
        self.temporaries += 1
        return f"{prefix}{self.temporaries}"

    @contextmanager
    def suite(self, header: str) -> Iterator[Suite]:
        """What is emitted inside becomes the body of `header`."""
        outer, body = self.lines, Suite(header)
        outer.append(body)
        self.lines = body.body
        try:
            yield body
        finally:
            self.lines = outer

    @contextmanager
    def aside(self) -> Iterator[list[Line]]:
        """What is emitted inside goes into a list of its own."""
        outer: list[Line] = self.lines
        self.lines = []
        try:
            yield self.lines
        finally:
            self.lines = outer

    @contextmanager
    def metered(self) -> Iterator[None]:
        """What is emitted inside is run as a whole and paid for at its start, by its operators."""
        outer, self.cost = self.cost, 1
        lines, place = self.lines, len(self.lines)
        try:
            yield
        finally:
            pay = f"k.fuel = z = k.fuel - {self.cost}"
            lines[place:place] = [pay, "if z < 0: raise FuelExhausted"]
            self.cost = outer

    @contextmanager
    def loop(self, header: str) -> Iterator[Suite]:
        """A Python loop whose every round is paid for."""
        self.loop_depth += 1
        with self.suite(header) as suite, self.metered():
            yield suite
        self.loop_depth -= 1

    def has_room_for_loops(self) -> bool:
        """Whether some more loops may be nested here."""
        return self.loop_depth < _ROOMY

    @contextmanager
    def order_of_set_matters_not(self) -> Iterator[None]:
        """A `try` that makes every failure inside a failure outside the subset.

        Which element of a set fails first, and whether one is found before, has no answer.
        """
        self.loop_depth += 1
        with self.suite("try:"):
            yield
        self.emit("except EvaluationFailed: raise order_of_set() from None")
        self.loop_depth -= 1

    @contextmanager
    def inner_function(self, header: str) -> Iterator[None]:
        """A Python function inside the function: what it reads of the outer does not change."""
        depth, nested = self.loop_depth, self.nested
        self.loop_depth, self.nested = 0, True
        with self.suite(header), self.metered():
            yield
        self.loop_depth, self.nested = depth, nested

    def store(self, piece: Piece) -> Piece:
        """The piece as a name or a literal, in a temporary unless it is one."""
        if piece.depth == 0:
            return piece
        name = self.temporary()
        self.emit(f"{name} = {piece.text}")
        return Piece(name)

    def built(self, text: str, *parts: Piece) -> Piece:
        """The piece of an operator's text and the pieces in it."""
        piece = Piece(text, 1 + max((part.depth for part in parts), default=0))
        return piece if piece.depth <= DEEPEST_PIECE else self.store(piece)

    def fail_if(self, condition: str, exception: str, message: str) -> None:
        """Raise when the condition, Python text, holds."""
        self.emit(f"if {condition}: raise EvaluationFailed({exception!r}, {message!r})")

    def freeze(self, name: str) -> None:
        """Make sure that a thawable variable is frozen from here on."""
        if name in self.thawable and not self.nested:
            shape, text = self.thawable[name], variable(name)
            with self.suite(f"if {text}.__class__ is {shape.thawed}:"):
                self.emit(f"k.pay_items(len({text}))")
                self.emit(f"{text} = {shape.frozen}({text})")

    def freeze_all(self, expr: Expr) -> None:
        """Freeze what an inner function will read of the outer: it cannot do so itself."""
        for name in variables(expr):
            self.freeze(name)

    def thaw(self, name: str) -> None:
        """Make sure that a thawable variable is thawed from here on."""
        shape, text = self.thawable[name], variable(name)
        with self.suite(f"if {text}.__class__ is {shape.frozen}:"):
            self.emit(f"k.pay_items(len({text}))")
            self.emit(f"{text} = {shape.thawed}({text})")


def variable(name: str, prefix: str = "v") -> str:
    """The Python name of a variable: letters, digits and `_` of ASCII, whatever the name is."""
    plain = name.isascii() and f"_{name}".isidentifier()
    return f"{prefix}_{name}" if plain else f"{prefix}x_{name.encode().hex()}"
