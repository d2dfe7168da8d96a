"""Contracts of Rust functions: attributes, above the `fn`.

    #[requires(n > 0)]
    #[ensures(|result| xs.len() == old(xs.to_vec()).len() + *result)]
    fn extend(xs: &mut Vec<i32>, n: usize) -> usize

They stand under the function's other attributes and doc comments. No import is added: which crate
gives the names, `core::contracts` or Kani, say, is the reader's to choose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from autoform.ir.decls import Function, Param
from autoform.ir.exprs import Expr
from autoform.ir.types import BoolType, CharType, MachineIntType, SeqType
from autoform.passes.widen_integers import NoForm, exact
from autoform.source import SourceFile
from autoform.specify.hosts.edits import Edit
from autoform.specify.hosts.rust_expressions import Named, Printer
from autoform.specify.hosts.unprintable import Unprintable
from autoform.specify.hosts.written import Written

_WIDTH: Final = 100
_REFERENCES: Final = re.compile(r"\s*(?:&\s*(?:'\w+\s*)?(?:mut\s+)?)+")


class RustHost:
    """Writes clauses for the functions of one Rust file."""

    def __init__(self, source: SourceFile) -> None:
        self.source = source

    def require(self, function: Function, condition: Expr) -> Written:
        """A precondition. Raises `Unprintable`."""
        text = _printer(function).text(_in_int(condition))
        return Written(_attribute("requires", "", text), text)

    def ensure(self, function: Function, condition: Expr) -> Written:
        """A postcondition. Raises `Unprintable`."""
        printer = _printer(function)
        text = printer.text(_in_int(condition))
        is_named = re.search(rf"\b{printer.result}\b", text)
        name = printer.result if is_named else "_"
        return Written(_attribute("ensures", f"|{name}| ", text), text)

    def edits(self, function: Function, clauses: Sequence[Written]) -> list[Edit]:
        """What puts the clauses above the function, under what stands there already."""
        if not clauses:
            return []
        line = function.span.start_line
        indent = re.match(r"[ \t]*", self.source.line(line))
        margin = indent.group() if indent else ""
        lines = tuple(margin + each for clause in clauses for each in clause.lines)
        return [Edit(line, lines)]

    def imports(self, clauses: Iterable[Written]) -> list[Edit]:
        """None: which crate reads the attributes is not decided here."""
        del clauses
        return []


def _in_int(condition: Expr) -> Expr:
    try:
        return exact(condition)
    except NoForm as error:
        raise Unprintable(str(error)) from error


def _printer(function: Function) -> Printer:
    taken = {param.name for param in function.params}
    result = next(name for name in ("result", "returned", "outcome") if name not in taken)
    names = {param.name: Named(param.type, _references(param)) for param in function.params}
    owned = {param.name: _copied(param) for param in function.params if param.inout}
    return Printer(names, function.result, result, owned)


def _references(param: Param) -> int:
    found = _REFERENCES.match(param.host)
    return found.group().count("&") if found else 0


def _copied(param: Param) -> str:
    """A value that the function changes, as it was."""
    if isinstance(param.type, MachineIntType | BoolType | CharType):
        return f"*{param.name}"
    is_slice = isinstance(param.type, SeqType) and _REFERENCES.sub("", param.host).startswith("[")
    return f"{param.name}.{'to_vec' if is_slice else 'clone'}()"


def _attribute(kind: str, head: str, text: str) -> tuple[str, ...]:
    whole = f"#[{kind}({head}{text})]"
    if len(whole) <= _WIDTH:
        return (whole,)
    return (f"#[{kind}(", f"    {head}{text}", ")]")
