"""What a front end returns: a module, and a reason for every function that is not in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from autoform.diagnostics import Diagnostic
from autoform.ir.decls import Function, Language, Module
from autoform.semantics.values import Value
from autoform.source import SourceFile, Span


@dataclass(frozen=True, slots=True)
class Example:
    """A call found beside a function, with what is said of it.

    `expected` is the result that is claimed, where one is; `raises` the exception. `kind` says
    where the example stands: `doctest`, `assert`.
    """

    args: tuple[Value, ...]
    expected: Value | None
    raises: str | None
    span: Span
    kind: str


@dataclass(frozen=True, slots=True)
class Hint:
    """What the documentation of a function says in prose, and where: no part of its contract."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Lifted:
    """A lifted file: every function of it is in `module.functions` or in `refused`.

    The module also holds functions that are nested in others, as `outer.inner`: the original has
    no such name. `diagnostics` are those of `refused`, and findings about the file as such.
    """

    source: SourceFile
    module: Module
    diagnostics: tuple[Diagnostic, ...] = ()
    examples: Mapping[str, tuple[Example, ...]] = field(default_factory=dict)
    refused: Mapping[str, tuple[Diagnostic, ...]] = field(default_factory=dict)
    comparable: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Type parameters, by function, whose values are compared as integers are, or not at all.

    What such a function does with some values it does with any integers in the same order: a
    proof for `Int` is one for all types.
    """
    panics: Mapping[str, Hint] = field(default_factory=dict)
    """When functions panic, as their documentation has it."""

    @property
    def named(self) -> tuple[Function, ...]:
        """The functions that code outside can call: not those inside others.

        A method of Rust, `Point.norm`, is called as `Point::norm`.
        """
        types = {each.name for each in self.module.records}
        types |= {each.name for each in self.module.enums}
        return tuple(
            function
            for function in self.module.functions
            if "." not in function.name
            or (function.language is Language.RUST and function.name.split(".")[0] in types)
        )
