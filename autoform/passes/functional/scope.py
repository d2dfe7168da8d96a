"""Where the writer of functional forms stands: in which function, and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from autoform.ir.exprs import Expr, Let, TupleGet, TupleLit, Var, type_of
from autoform.ir.stmts import Block, Return, VarDecl
from autoform.ir.types import Type
from autoform.passes.blocks import Names
from autoform.passes.functional.liveness import Live
from autoform.passes.functional.renaming import Renaming
from autoform.source import Span


@dataclass(frozen=True, slots=True)
class Scope:
    """A place in a function being written.

    `types` are those of the source variables, `names` the names that the function has taken,
    `env` the name that holds each source variable's current value.
    """

    types: Mapping[str, Type]
    names: Names
    env: Mapping[str, str]

    def read(self, expr: Expr) -> Expr:
        """A source expression in the function's names."""
        return Renaming(self.env, self.names).expr(expr)

    def current(self, name: str, span: Span) -> Var:
        """The current value of a source variable."""
        return Var(self.env[name], self.types[name], span=span)

    def bound(self, name: str, new: str) -> Scope:
        """The place after a source variable got a new value, held by `new`."""
        return replace(self, env={**self.env, name: new})


@dataclass(frozen=True, slots=True)
class Bindings:
    """Locals in the order in which they are computed: statements, or nested `let`."""

    items: list[tuple[str, Expr, Span]] = field(default_factory=list)

    def add(self, name: str, value: Expr, span: Span) -> None:
        """One more local, computed after the others."""
        self.items.append((name, value, span))

    def statements(self) -> Block:
        """As declarations."""
        return tuple(
            VarDecl(name, type_of(value), value, span=span) for name, value, span in self.items
        )

    def around(self, body: Expr) -> Expr:
        """As `let` around an expression. `let x = e in x` is `e`."""
        items = list(self.items)
        if items and isinstance(body, Var) and body.name == items[-1][0]:
            body = items.pop()[1]
        for name, value, span in reversed(items):
            body = Let(name, value, body, span=span)
        return body


@dataclass(frozen=True, slots=True)
class After:
    """What comes after a block.

    `make` writes it at the end of a function, from a given place in it; it reads the source
    variables `live`. A `small` one may be written twice.
    """

    make: Callable[[Scope], Block]
    live: Live
    small: bool


@dataclass(frozen=True, slots=True)
class Ends:
    """The ways out of a block: falling through, `break`, `continue`, and `return`.

    `result` is the result type of the function being written; `in_loop` says that the end is
    a round of a loop, not the end of the source function. `needs` are variables that the ends
    read beyond what the source reads: the parameters of the loop being written;
    `hidden` variables that outlive the loop but are none of its business.
    """

    fall: After
    leave: After
    again: After
    give: Callable[[Expr], Return]
    result: Type
    in_loop: bool
    needs: Live = frozenset()
    hidden: Live = frozenset()


def pack(parts: Iterable[Expr]) -> Expr:
    """Several values as one: itself, or a tuple."""
    items = tuple(parts)
    return items[0] if len(items) == 1 else TupleLit(items)


def unpack(whole: Var, count: int) -> tuple[Expr, ...]:
    """The values in what `pack` made of `count` values."""
    if count == 1:
        return (whole,)
    return tuple(TupleGet(whole, position, span=whole.span) for position in range(count))
