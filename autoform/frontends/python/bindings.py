"""Blocks, and the places that bind names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from autoform.frontends.python.scopes import Scope


@dataclass(slots=True, eq=False)
class Block:
    """A stretch of statements that the IR will print between one pair of braces."""

    parent: Block | None = None
    depth: int = 0

    def child(self) -> Block:
        """A block inside this one."""
        return Block(self, self.depth + 1)

    def common(self, other: Block) -> Block:
        """The innermost block that holds both."""
        one: Block = self
        while one is not other:
            if one.depth < other.depth:
                one, other = other, one
            one = cast("Block", one.parent)  # the outermost block holds every other
        return one


@dataclass(slots=True, eq=False)
class Binding:
    """A place that binds a name; with `sources`, several that reach one point together.

    `block` is where it happens. `variable` is the binding that represents the variable this one
    belongs to, and there `home` is the innermost block that holds every access and `bindings`
    counts the places that assign it.
    """

    name: str
    block: Block
    function: Scope | None = None
    sources: list[Binding] | None = None
    parent: Binding | None = None
    read: bool = False
    home: Block | None = None
    first: Binding | None = None
    bindings: int = 0
    is_param: bool = False

    @property
    def reached(self) -> list[Binding]:
        """The bindings that reach this point together."""
        return self.sources or []

    @property
    def variable(self) -> Binding:
        """The representative of the variable."""
        found = self
        while found.parent is not None:
            found = found.parent
        return found


UNBOUND: Final = Binding("", Block())
