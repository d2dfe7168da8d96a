"""Printing statements and declarations, with remarks under the lines that they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, assert_never

from autoform.ir.decls import (
    ConstDecl,
    Contract,
    EnumDecl,
    Function,
    Module,
    Param,
    RecordDecl,
    Variant,
)
from autoform.ir.exprs import Expr, IntLit, type_of
from autoform.ir.names import quoted
from autoform.ir.node import Node
from autoform.ir.stmts import (
    Assert,
    Assign,
    Block,
    Break,
    CallStmt,
    Clause,
    Continue,
    ForEach,
    ForRange,
    If,
    Origin,
    Raise,
    Return,
    Stmt,
    VarDecl,
    While,
)
from autoform.ir.tables import Tables
from autoform.ir.text.print_expr import ExprPrinter, show_binder
from autoform.ir.traversal import walk
from autoform.ir.types import UNIT, format_type

_INDENT: Final = "    "


@dataclass(slots=True)
class _Page:
    """The lines printed so far. A remark is found by the identity of the node it is about."""

    exprs: ExprPrinter
    remarks: Mapping[int, str]
    lines: list[str] = field(default_factory=list)

    def line(self, level: int, text: str, *own: Node, inside: Iterable[Node] = ()) -> None:
        """Print a line that shows these nodes, and all that is inside those."""
        self.lines.append(_INDENT * level + text)
        if self.remarks:
            for node in (*own, *walk(*inside)):
                if message := self.remarks.get(id(node)):
                    self.lines.append(f"{_INDENT * level}# ^ {message}")

    def block(self, level: int, block: Block) -> None:
        for stmt in block:
            self.statement(level, stmt)

    def statement(self, level: int, stmt: Stmt) -> None:
        """Print a statement, with the statements inside it."""
        match stmt:
            case If():
                self._if(level, stmt, "if")
            case While() | ForRange() | ForEach():
                self._loop(level, stmt)
            case _:
                self.line(level, self._simple(stmt) + ";", inside=(stmt,))

    def _simple(
        self, stmt: VarDecl | Assign | CallStmt | Break | Continue | Return | Raise | Assert
    ) -> str:
        show = self.exprs.show
        match stmt:
            case VarDecl(name, type_, value):
                start = f"var {quoted(name)}: {format_type(type_)}"
                return start if value is None else f"{start} = {show(value)}"
            case Assign(name, value):
                return f"{quoted(name)} = {show(value)}"
            case CallStmt(target, function, args):
                start = "call " if target is None else f"call {quoted(target)} = "
                return f"{start}{quoted(function)}({self.exprs.comma(args)})"
            case Break(label) | Continue(label):
                word = type(stmt).__name__.lower()
                return word if label is None else f"{word} {quoted(label)}"
            case Return(value):
                return f"return {show(value)}"
            case Raise(exception, message):
                start = f"raise {quoted(exception)}"
                return start if message is None else f"{start}({show(message)})"
            case Assert(condition, origin):
                text = show(condition)
                plain = origin is Origin.ASSERT and not text.startswith("[")
                return f"assert {text}" if plain else f"assert[{origin}] {text}"
            case _:
                assert_never(stmt)

    def _if(self, level: int, stmt: If, word: str) -> None:
        head = f"{word} {self.exprs.show(stmt.condition)} {{"
        self.line(level, head, stmt, inside=(stmt.condition,))
        self.block(level + 1, stmt.then)
        match stmt.orelse:
            case ():
                self.line(level, "}")
            case (If() as other,):
                self._if(level, other, "} else if")
            case _:
                self.line(level, "} else {")
                self.block(level + 1, stmt.orelse)
                self.line(level, "}")

    def _loop(self, level: int, stmt: While | ForRange | ForEach) -> None:
        label = "" if stmt.label is None else f"{quoted(stmt.label)}: "
        head, shown = self._head(stmt)
        decreases = stmt.decreases if isinstance(stmt, While) else ()
        plain = not stmt.invariants and not decreases
        self.line(level, f"{label}{head}{' {' if plain else ''}", stmt, inside=shown)
        self.clauses(level + 1, "invariant", stmt.invariants)
        self.measures(level + 1, decreases)
        if not plain:
            self.line(level, "{")
        self.block(level + 1, stmt.body)
        self.line(level, "}")

    def _head(self, stmt: While | ForRange | ForEach) -> tuple[str, tuple[Node, ...]]:
        match stmt:
            case While(condition):
                return f"while {self.exprs.show(condition)}", (condition,)
            case ForRange(binder, start, stop, step):
                typed = self.exprs.types and type_of(start) != binder.type
                name = show_binder(binder) if typed else quoted(binder.name)
                text = f"for {name} in {self.exprs.show(start)}..{self.exprs.show(stop)}"
                if not isinstance(step, IntLit) or step != IntLit(1, step.type):
                    text += f" by {self.exprs.show(step)}"
                return text, (binder, start, stop, step)
            case ForEach(binder, source):
                return f"for {self.exprs.source(binder, source)}", (binder, source)
            case _:
                assert_never(stmt)

    def clauses(self, level: int, word: str, clauses: Iterable[Clause]) -> None:
        """Print one line for each clause."""
        for clause in clauses:
            text = f"{word}[{clause.origin}] {self.exprs.show(clause.condition)}"
            self.line(level, text, inside=(clause,))

    def measures(self, level: int, measures: tuple[Expr, ...]) -> None:
        """Print the `decreases` line, if there is a measure."""
        if measures:
            self.line(level, f"decreases {self.exprs.comma(measures)}", inside=measures)

    def contract(self, contract: Contract) -> None:
        """Print the clauses of a function."""
        self.clauses(1, "requires", contract.requires)
        for clause in contract.raises:
            when = self.exprs.show(clause.when)
            text = f"raises[{clause.origin}] {quoted(clause.exception)} when {when}"
            self.line(1, text, inside=(clause,))
        self.clauses(1, "ensures", contract.ensures)
        self.measures(1, contract.decreases)

    def function(self, function: Function) -> None:
        """Print a function."""
        params = ", ".join(map(self._param, function.params))
        result = "" if function.result == UNIT else f" -> {format_type(function.result)}"
        head = f"fn {quoted(function.name)}{_type_params(function.type_params)}({params}){result}"
        plain = function.contract == Contract()
        self.line(0, head + (" {" if plain else ""), function, inside=function.params)
        self.contract(function.contract)
        if not plain:
            self.line(0, "{")
        self.block(1, function.body)
        self.line(0, "}")

    def _param(self, param: Param) -> str:
        inout = "inout " if param.inout else ""
        default = "" if param.default is None else f" = {self.exprs.show(param.default)}"
        return f"{inout}{quoted(param.name)}: {format_type(param.type)}{default}"

    def declaration(self, declaration: ConstDecl | RecordDecl | EnumDecl) -> None:
        """Print a constant or a type."""
        match declaration:
            case ConstDecl(name, type_, value):
                text = f"const {quoted(name)}: {format_type(type_)} = {self.exprs.show(value)};"
            case RecordDecl(name, fields, type_params):
                head = f"record {quoted(name)}{_type_params(type_params)}"
                text = f"{head} {_braces(map(show_binder, fields))}"
            case EnumDecl(name, variants, type_params):
                head = f"enum {quoted(name)}{_type_params(type_params)}"
                text = f"{head} {_braces(map(_variant, variants))}"
            case _:
                assert_never(declaration)
        self.line(0, text, inside=(declaration,))


def _type_params(names: tuple[str, ...]) -> str:
    return f"<{', '.join(map(quoted, names))}>" if names else ""


def _braces(items: Iterable[str]) -> str:
    inside = ", ".join(items)
    return f"{{ {inside} }}" if inside else "{}"


def _variant(variant: Variant) -> str:
    items = f"({', '.join(map(format_type, variant.items))})" if variant.items else ""
    return quoted(variant.name) + items


def print_module(module: Module) -> str:
    """The module as text: assumptions, constants, types, functions."""
    tables = Tables.of(module)
    page = _Page(ExprPrinter(tables), {})
    for assumption in module.assumptions:
        page.line(0, f"assume {assumption};")
    declarations: tuple[ConstDecl | RecordDecl | EnumDecl, ...] = (
        *module.consts,
        *module.records,
        *module.enums,
    )
    for declaration in declarations:
        page.declaration(declaration)
    blocks = ["\n".join(page.lines)] if page.lines else []
    blocks += (_function(function, tables) for function in module.functions)
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _function(function: Function, tables: Tables) -> str:
    page = _Page(ExprPrinter(tables, function.result), {})
    page.function(function)
    return "\n".join(page.lines)


def print_function(function: Function, module: Module | None = None) -> str:
    """One function as text. Types that only the module tells are printed without it."""
    return _function(function, Tables.of(module or Module(functions=(function,)))) + "\n"


def print_remarked(
    declaration: Function | ConstDecl | RecordDecl | EnumDecl,
    remarks: Mapping[int, str],
    module: Module | None = None,
) -> str:
    """A declaration with remarks on nodes, by identity, under their lines.

    Shows the types of expressions only when the module is given, in which it is well-formed.
    """
    result = declaration.result if isinstance(declaration, Function) else None
    exprs = ExprPrinter(Tables.of(module or Module()), result, types=module is not None)
    page = _Page(exprs, remarks)
    if isinstance(declaration, Function):
        page.function(declaration)
    else:
        page.declaration(declaration)
    return "\n".join(page.lines)
