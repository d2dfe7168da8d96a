"""From the tree of a module to IR: headers first, so that bodies may refer to what comes later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from autoform.ir.decls import (
    Assumption,
    ConstDecl,
    Contract,
    EnumDecl,
    Function,
    Module,
    Param,
    RaisesClause,
    RecordDecl,
    Variant,
)
from autoform.ir.exprs import Binder, Expr
from autoform.ir.stmts import Clause, Origin
from autoform.ir.tables import Tables
from autoform.ir.text.resolve_expr import ExprReader
from autoform.ir.text.resolve_stmt import read_block, read_clause, read_origin
from autoform.ir.text.resolve_type import TypeReader
from autoform.ir.text.syntax import (
    Syntax,
    Text,
    name_in,
    only_name,
    optional,
    parse_syntax,
    present,
    subtrees,
)
from autoform.ir.types import UNIT, Type, TypeVar, walk_type


def parse_module(content: str, path: str = "") -> Module:
    """The module that a text describes. Nodes know their places in it.

    Raises `IRSyntaxError` for what is not IR. What is IR need not be well-formed.
    """
    text = Text(content, path)
    trees = subtrees(parse_syntax(text, "module"))
    reader = _ModuleReader(text, Tables({}, {}, {}, {}))
    return replace(reader.read(trees), path=path)


def parse_expr(
    content: str,
    scope: Mapping[str, Type],
    module: Module | None = None,
    *,
    result: Type | None = None,
) -> Expr:
    r"""The expression that a text describes, over variables of these types.

    `module` declares the functions, types and constants; `result` is the type of `\result`. Raises
    `IRSyntaxError`.
    """
    text = Text(content)
    known = [*scope.values()] if result is None else [*scope.values(), result]
    inside = {part for type_ in known for part in walk_type(type_)}
    params = frozenset(part.name for part in inside if isinstance(part, TypeVar))
    types = TypeReader(text, Tables.of(module or Module()), params)
    return ExprReader(text, types, dict(scope), result).read(parse_syntax(text, "expr"))


class _ModuleReader:
    """Fills the tables in three rounds: names of types, signatures, then values and bodies."""

    def __init__(self, text: Text, tables: Tables) -> None:
        self.text = text
        self.tables = tables

    def read(self, trees: list[Syntax]) -> Module:
        of_kind = {
            kind: [tree for tree in trees if tree.data == kind]
            for kind in ("assumption", "constant", "record", "enum", "function")
        }
        self._name_types(of_kind["record"], of_kind["enum"])
        records = tuple(map(self._record, of_kind["record"]))
        enums = tuple(map(self._enum, of_kind["enum"]))
        self.tables.records = {each.name: each for each in reversed(records)}
        self.tables.enums = {each.name: each for each in reversed(enums)}
        headers = list(map(self._header, of_kind["function"]))
        self.tables.functions = {each.name: each for each in reversed(headers)}
        consts = tuple(map(self._const, of_kind["constant"]))
        functions = map(self._function, headers, of_kind["function"])
        return Module(
            functions=tuple(functions),
            records=records,
            enums=enums,
            consts=consts,
            assumptions=tuple(map(self._assumption, of_kind["assumption"])),
        )

    def _name_types(self, records: list[Syntax], enums: list[Syntax]) -> None:
        self.tables.records = {name_in(tree): RecordDecl(name_in(tree), ()) for tree in records}
        self.tables.enums = {name_in(tree): EnumDecl(name_in(tree), ()) for tree in enums}

    def _types(self, params: tuple[str, ...] = ()) -> TypeReader:
        return TypeReader(self.text, self.tables, frozenset(params))

    def _assumption(self, syntax: Syntax) -> Assumption:
        try:
            return Assumption(str(syntax.children[0]))
        except ValueError:
            raise self.text.error(f"unknown assumption {syntax.children[0]}", syntax) from None

    def _record(self, syntax: Syntax) -> RecordDecl:
        head, params_tree, *slots = subtrees(syntax)
        params = _names(params_tree)
        types = self._types(params)
        fields = []
        for slot in slots:
            name, type_ = subtrees(slot)
            span = self.text.span(slot)
            fields.append(Binder(only_name(name), types.read(type_), span=span))
        return RecordDecl(only_name(head), tuple(fields), params, span=self.text.span(syntax))

    def _enum(self, syntax: Syntax) -> EnumDecl:
        head, params_tree, *cases = subtrees(syntax)
        params = _names(params_tree)
        types = self._types(params)
        variants = []
        for case in cases:
            name, *items = subtrees(case)
            found = tuple([types.read(item) for item in items])
            variants.append(Variant(only_name(name), found, span=self.text.span(case)))
        return EnumDecl(only_name(head), tuple(variants), params, span=self.text.span(syntax))

    def _const(self, syntax: Syntax) -> ConstDecl:
        head, type_tree, value_tree = subtrees(syntax)
        type_ = self._types().read(type_tree)
        # The value is read before the name is known: a constant refers to earlier ones only.
        value = ExprReader(self.text, self._types(), {}).read(value_tree)
        const = ConstDecl(only_name(head), type_, value, span=self.text.span(syntax))
        self.tables.consts.setdefault(const.name, const)
        return const

    def _header(self, syntax: Syntax) -> Function:
        head, params_tree, *rest = optional(syntax.children)
        *param_trees, result_tree, _, _ = rest
        type_params = _names(present(params_tree))
        types = self._types(type_params)
        params = [self._param(tree, types) for tree in param_trees if tree is not None]
        result = UNIT if result_tree is None else types.read(result_tree)
        name = only_name(present(head))
        span = self.text.span(syntax)
        return Function(name, tuple(params), result, (), Contract(), type_params, span=span)

    def _param(self, syntax: Syntax, types: TypeReader) -> Param:
        head, type_tree, *default = subtrees(syntax)
        value = ExprReader(self.text, types, {}).read(default[0]) if default else None
        inout = syntax.children[0] is not None
        span = self.text.span(syntax)
        return Param(only_name(head), types.read(type_tree), inout, value, span=span)

    def _function(self, header: Function, syntax: Syntax) -> Function:
        *_, contract_tree, block = subtrees(syntax)
        scope = {param.name: param.type for param in header.params}
        types = self._types(header.type_params)
        reader = ExprReader(self.text, types, scope, header.result)
        with reader.deeper(syntax):
            contract = _contract(reader, contract_tree)
            return replace(header, contract=contract, body=read_block(reader, block))


def _contract(reader: ExprReader, syntax: Syntax) -> Contract:
    clauses: dict[str, list[Clause]] = {"requires": [], "ensures": []}
    raises: list[RaisesClause] = []
    measures: tuple[Expr, ...] = ()
    for tree in subtrees(syntax):
        match tree.data:
            case "requires" | "ensures":
                clauses[tree.data].append(read_clause(reader, tree))
            case "raises":
                raises.append(_raises(reader, tree))
            case _:
                measures += reader.read_all(subtrees(tree))
    requires, ensures = map(tuple, clauses.values())
    return Contract(requires, tuple(raises), ensures, measures)


def _raises(reader: ExprReader, syntax: Syntax) -> RaisesClause:
    origin = read_origin(syntax.children[0], Origin.DECORATOR)
    head, when = subtrees(syntax)
    return RaisesClause(only_name(head), reader.read(when), origin, span=reader.text.span(syntax))


def _names(syntax: Syntax) -> tuple[str, ...]:
    return tuple(map(only_name, subtrees(syntax)))
