"""Lifting the functions of one file: callees first, each until its types stand still."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from autoform.diagnostics import Diagnostic, diagnostic
from autoform.diagnostics.defects import trace_of
from autoform.frontends.python import displays, loops, text_values, tree, unary
from autoform.frontends.python.aliasing import Marks, Summary, analyse
from autoform.frontends.python.bindings import Binding
from autoform.frontends.python.coerce import coerce
from autoform.frontends.python.context import Lowering
from autoform.frontends.python.contracting import ContractLifter
from autoform.frontends.python.functions import FunctionInfo, ParamInfo
from autoform.frontends.python.library.tables import FAMILIES
from autoform.frontends.python.module_env import ModuleEnv
from autoform.frontends.python.refusal import Refusal
from autoform.frontends.python.scopes import Scope
from autoform.frontends.python.statements import declare_first, lower_statements, return_value
from autoform.frontends.python.types import (
    NONE,
    Cell,
    HostType,
    Mismatch,
    OptionalT,
    Solver,
    TupleT,
    VarTupleT,
    describe,
    frozen,
    has_unknown,
    is_mutable,
    map_parts,
    peek,
    resolve,
    same,
    to_ir,
)
from autoform.frontends.python.values import Val
from autoform.ir import exprs as ir
from autoform.ir import stmts as ir_stmts
from autoform.ir.decls import Function, Language, Param
from autoform.source import NOWHERE

_ENTERED = (FAMILIES, displays, loops, text_values, unary)
"""Imported because they enter what they lower in tables of `context`, `calls`, `statements`."""

MAX_WALKS = 12
"""A function whose types still change is refused; each walk only ever adds to what is known."""


class Lifter:
    """Lifts the functions of one module."""

    def __init__(self, env: ModuleEnv, shown: Mapping[str, Mapping[str, HostType]]) -> None:
        """`shown` has the types of arguments that examples show, by function and parameter."""
        self.env = env
        self.shown = shown
        self.summaries: dict[str, Summary] = {}
        self._contracts = ContractLifter(env)

    def declare(self, function: tree.FunctionDef) -> FunctionInfo:
        """Enter a function of the module. Raises `Refusal`."""
        scope = Scope(function)
        info = self._info(function.name, function, scope, None)
        self.env.functions[function.name] = info
        return info

    def _info(
        self, name: str, function: tree.FunctionDef, scope: Scope, parent: FunctionInfo | None
    ) -> FunctionInfo:
        solver = Solver()
        params = [self._param(param, solver) for param in function.params]
        if parent is None and any(has_unknown(param.type) for param in params):
            self._complete(params, self.shown[name], solver)
        own = len(params)
        params.extend(
            ParamInfo(captured, Cell(), None, binding_node(scope, captured))
            for captured in scope.captures
        )
        info = FunctionInfo(name, function, scope, params, own, parent=parent)
        info.reserved = {param.name for param in params}
        for param in function.params:
            info.names[scope.refs[param].variable] = param.name
        for captured, binding in scope.captures.items():
            info.names[binding.variable] = captured
        for inner in scope.nested.values():
            inner_name = f"{name}.{inner.function.name}"
            info.nested[inner] = self._info(inner_name, inner.function, inner, info)
        return info

    def _param(self, param: tree.Param, solver: Solver) -> ParamInfo:
        """A parameter with its type: as annotated, and as its default shows."""
        type_: HostType = Cell()
        if param.annotation is not None:
            declared = self.env.annotations.read(param.annotation)
            if declared is None:
                text = self.env.text(param.annotation)
                message = f"`{text}` is outside the lifted subset"
                raise Refusal("unsupported-type", message, param.annotation)
            type_ = declared
        if param.default is not None:
            type_ = self._with_default(type_, param, param.default, solver)
        return ParamInfo(param.name, type_, param.default, param)

    def _complete(
        self, params: list[ParamInfo], shown: Mapping[str, HostType], solver: Solver
    ) -> None:
        """Fill what annotations leave open as the examples show it."""
        for param in params:
            found = shown.get(param.name)
            if found is not None:
                param.type = _completed(param.type, _tidy(found), solver)

    def _with_default(
        self, type_: HostType, param: tree.Param, default: tree.Expr, solver: Solver
    ) -> HostType:
        val = self.env.closed(default)
        if val is None:
            raise Refusal("unsupported-syntax", "a computed default value", default)
        if is_mutable(val.type):
            raise Refusal("mutable-default", f"the default of `{param.name}`", default)
        if resolve(val.type) is NONE:
            inner = peek(type_)
            return type_ if inner is NONE or isinstance(inner, OptionalT) else OptionalT(type_)
        if type(peek(type_)) is Cell:
            cell = Cell()
            solver.flow(val.type, cell)
            return cell
        return type_

    # Walks.

    def lift(self, members: list[FunctionInfo]) -> None:
        """Lift functions that call each other; fills in their `function` or `refused`."""
        if any(info.in_progress or info.function or info.refused for info in members):
            return
        for info in members:
            info.in_progress = True
        try:
            problems = self._problems(members)
        except Exception as error:  # noqa: BLE001 - the other functions are not affected
            problems = {info: [_defect(info, error)] for info in members}
        for info in members:
            info.in_progress = False
        self._refuse(members, problems)

    def _problems(self, members: list[FunctionInfo]) -> dict[FunctionInfo, list[Refusal]]:
        """Why functions cannot be lifted; when there is nothing, they are."""
        problems = self._walk_until_stable(members)
        if any(problems.values()) and _is_about_types(problems):
            for info in members:
                _set_guessing(info)
            problems = self._walk_until_stable(members)
        if not any(problems.values()):
            self._find_conflicts(members, problems)
        if not any(problems.values()):
            problems = {info: self._state_contract(info) for info in members}
        return problems

    def _walk_until_stable(self, members: list[FunctionInfo]) -> dict[FunctionInfo, list[Refusal]]:
        problems: dict[FunctionInfo, list[Refusal]] = {}
        for _ in range(MAX_WALKS):
            solver = Solver()
            for info in members:
                problems[info] = self._walk_all(info, solver)
            if not solver.dirty:
                return problems
        for info in members:
            problems[info].append(
                Refusal("unknown-type", "the types of this function do not settle", info.tree)
            )
        return problems

    def _walk_all(self, info: FunctionInfo, solver: Solver) -> list[Refusal]:
        """Walk over a function and the ones nested in it that it calls."""
        problems = self._walk(info, solver)
        for inner in info.nested.values():
            if inner.called:
                problems.extend(self._walk_all(inner, solver))
        return problems

    def _walk(self, info: FunctionInfo, solver: Solver) -> list[Refusal]:
        info.mutations.clear()
        info.copies.clear()
        info.lazy.clear()
        info.rebound.clear()
        ctx = Lowering(info, self.env, solver)
        try:
            _enter_params(ctx)
            reaches_end = lower_statements(ctx, info.tree.body)
            if reaches_end:
                end = tree.Return(info.tree.end, info.tree.end, None)
                return_value(ctx, Val(ir.TupleLit(()), NONE), end)
            for variable in info.scope.variables_at(info.scope.top):
                declare_first(ctx, variable, ctx.out)
        except Refusal as refusal:
            return [*ctx.problems, refusal]
        if ctx.problems:
            return ctx.problems
        info.function = self._function(info, tuple(ctx.out))
        return [*_unknown_params(info), *_rebound_inouts(info)]

    def _state_contract(self, info: FunctionInfo) -> list[Refusal]:
        """Give a function, and those nested in it, the contracts that are stated about them."""
        if info.function is None:
            return []
        try:
            info.function = self._contracts.with_contract(info, info.function)
        except Refusal as refusal:
            return [refusal]
        return [
            refusal for inner in info.nested.values() for refusal in self._state_contract(inner)
        ]

    def _function(self, info: FunctionInfo, body: ir_stmts.Block) -> Function:
        params = tuple(self._ir_param(info, place) for place in range(len(info.params)))
        docstring = info.tree.docstring
        result = peek(info.result)
        return Function(
            name=info.name,
            params=params,
            result=to_ir(NONE if type(result) is Cell else result),
            body=body,
            language=Language.PYTHON,
            host_result=describe(frozen(info.result)),
            doc="" if docstring is None else docstring.value,
            span=self.env.syntax.span(info.tree.start, info.tree.end),
        )

    def _ir_param(self, info: FunctionInfo, place: int) -> Param:
        param = info.params[place]
        inout = place in info.inout
        default = None
        if param.default is not None and not inout:
            default = self._ir_default(param, param.default)
        return Param(
            param.name,
            to_ir(param.type),
            inout=inout,
            default=default,
            host=describe(frozen(param.type)),
            span=self.env.syntax.span(param.node.start, param.node.end),
        )

    def _ir_default(self, param: ParamInfo, written: tree.Expr) -> ir.Expr | None:
        val = self.env.closed(written)
        if val is None:
            return None
        ctx = Lowering(self.env.constant_info, self.env, Solver())
        try:
            found = coerce(ctx, val, param.type, written)
        except Refusal:
            return _literal_float(val.ir)
        return found if _is_literal(found) else None

    # Aliases.

    def _find_conflicts(
        self, members: list[FunctionInfo], problems: dict[FunctionInfo, list[Refusal]]
    ) -> None:
        """Analyse functions that change objects, until what they know of each other is stable."""
        every = [each for info in members for each in _with_nested(info)]
        if not any(each.mutations for each in every):
            return
        for each in every:
            self.summaries[each.name] = _nothing_known(each)
        for _ in range(MAX_WALKS):
            before = [self.summaries[each.name] for each in every]
            conflicts = [(each, self._analyse(each)) for each in every]
            if [self.summaries[each.name] for each in every] == before:
                break
        for each, conflict in conflicts:
            if conflict is not None:
                problems[_outermost(each)].append(conflict)

    def _analyse(self, info: FunctionInfo) -> Refusal | None:
        if info.function is None:
            return None
        depths = {key: depth for key, (_, depth, _) in info.mutations.items()}
        found = analyse(info.function, Marks(depths, info.copies, info.lazy), self._summary)
        if isinstance(found, Summary):
            self.summaries[info.name] = found
            return None
        _, _, node = info.mutations[id(found.statement)]
        if found.iterating:
            message = f"`{found.name}` is changed while a loop goes over it"
            return Refusal("mutation-while-iterating", message, node)
        message = f"`{found.name}` is changed, which `{found.other}` would show as well"
        if found.name == found.other:
            message = f"`{found.name}` is changed, and is held by itself"
        return Refusal("aliased-mutation", message, node)

    def _summary(self, name: str) -> Summary:
        """What callers know of a function that was lifted before."""
        if name not in self.summaries:
            info = self._by_name(name)
            self.summaries[name] = _nothing_known(info)
            self._analyse(info)
        return self.summaries[name]

    def _by_name(self, name: str) -> FunctionInfo:
        outer, *path = name.split(".")
        info = self.env.functions[outer]
        for part in path:
            info = next(i for s, i in info.nested.items() if s.function.name == part)
        return info

    # Verdicts.

    def _refuse(
        self, members: Iterable[FunctionInfo], problems: Mapping[FunctionInfo, list[Refusal]]
    ) -> None:
        wrong = [info for info in members if problems[info]]
        for info in wrong:
            info.function = None
            info.refused = tuple(self.diagnostic(p) for p in _first(problems[info]))
        for info in members:
            if wrong and info not in wrong:
                info.function = None
                first = wrong[0]
                message = f"`{first.name}` was not lifted"
                refusal = Refusal("calls-refused-function", message, info.tree)
                info.refused = (self.diagnostic(refusal),)
            elif not wrong:
                _finish(info)

    def diagnostic(self, refusal: Refusal) -> Diagnostic:
        """The finding behind a refusal."""
        place = refusal.node
        span = self.env.syntax.span(place.start, place.end) if place.end else NOWHERE
        code, message, notes = refusal.code, refusal.message, refusal.notes
        return diagnostic(code, message, span, help=refusal.help, notes=notes)


def _defect(info: FunctionInfo, error: Exception) -> Refusal:
    message = f"{type(error).__name__} while lifting `{info.name}`"
    return Refusal("internal-error", message, info.tree, notes=trace_of(error))


def _with_nested(info: FunctionInfo) -> Iterator[FunctionInfo]:
    """The function, and the functions inside it that are called."""
    yield info
    for inner in info.nested.values():
        if inner.called:
            yield from _with_nested(inner)


def _outermost(info: FunctionInfo) -> FunctionInfo:
    while info.parent is not None:
        info = info.parent
    return info


def _nothing_known(info: FunctionInfo) -> Summary:
    """Before the first look: only what the function changes."""
    return Summary(inout=frozenset(info.inout), count=len(info.params))


def binding_node(scope: Scope, captured: str) -> tree.Tree:
    """A node to blame for a captured variable."""
    del captured
    return tree.Tree(scope.function.start, scope.function.end)


def _completed(declared: HostType, shown: HostType, solver: Solver) -> HostType:
    """A declared type with its unknown parts as examples show them."""
    known = peek(declared)
    if type(known) is Cell:
        return shown
    if isinstance(known, OptionalT) and type(peek(known.item)) is Cell:
        found = peek(shown)
        return found if isinstance(found, OptionalT) else OptionalT(found)
    with suppress(Mismatch):
        solver.unify(declared, shown)
    return declared


def _tidy(type_: HostType) -> HostType:
    """Tuples of three and more of one type are taken as tuples of any length."""
    found = peek(type_)
    if isinstance(found, TupleT) and len(found.items) > 2:
        first = found.items[0]
        if all(same(first, item) for item in found.items[1:]):
            return VarTupleT(_tidy(first))
    tidied = map_parts(found, _tidy)
    return Cell(content=tidied) if type(type_) is Cell and type(tidied) is not Cell else tidied


def _enter_params(ctx: Lowering) -> None:
    """Parameters are variables; one that is later assigned another type gets a local."""
    info = ctx.info
    for place, param in enumerate(info.params):
        own = place < info.own_params
        binding = info.scope.refs[param.node] if own else info.scope.captures[param.name]
        variable = binding.variable
        cell = ctx.cell(variable)
        first = peek(cell)
        if type(first) is Cell and type(param.type) is Cell:
            ctx.unify(cell, param.type, param.node)
        elif type(first) is Cell:
            cell.content = param.type if variable.bindings == 1 else _loose(param.type)
        elif not same(cell, param.type):
            _shadow(ctx, place, binding.variable)
        ctx.declared.add(variable)


def _loose(type_: HostType) -> HostType:
    return type_


def _shadow(ctx: Lowering, place: int, variable: Binding) -> None:
    """`n: Int` that is later a float lives on as `n_2: Float`."""
    info, param = ctx.info, ctx.info.params[place]
    if variable not in info.shadowed:
        info.shadowed.add(variable)
        del info.names[variable]
        ctx.solver.dirty = True
    name = ctx.name_of(variable)
    span = ctx.span(param.node)
    type_ = ctx.cell(variable)
    value = coerce(
        ctx, Val(ir.Var(param.name, to_ir(param.type), span=span), param.type), type_, param.node
    )
    ctx.emit(ir_stmts.VarDecl(name, to_ir(type_), value, span=span))


def _unknown_params(info: FunctionInfo) -> Iterator[Refusal]:
    for param in info.params:
        if param.is_unknown:
            help_ = f"annotate the parameter, for example `{param.name}: list[int]`"
            message = f"the type of the parameter `{param.name}` cannot be told"
            yield Refusal("unknown-type", message, param.node, help_)


def _rebound_inouts(info: FunctionInfo) -> Iterator[Refusal]:
    for place in sorted(info.inout):
        param = info.params[place]
        if place >= info.own_params:
            continue
        variable = info.scope.refs[param.node].variable
        if variable in info.rebound or variable in info.shadowed:
            node = info.rebound.get(variable, param.node)
            message = f"`{param.name}` is changed for the caller, and assigned here as well"
            yield Refusal("aliased-mutation", message, node)


def _set_guessing(info: FunctionInfo) -> None:
    info.guessing = True
    for inner in info.nested.values():
        _set_guessing(inner)


def _is_about_types(problems: Mapping[FunctionInfo, list[Refusal]]) -> bool:
    return any(p.code == "unknown-type" for found in problems.values() for p in found)


def _first(problems: list[Refusal]) -> list[Refusal]:
    """What to tell: the first finding that says more than that a type is not known."""
    telling = [p for p in problems if p.code != "unknown-type"]
    return (telling or problems)[:1]


def _finish(info: FunctionInfo) -> None:
    """The types of a lifted function do not change any more."""
    for param in info.params:
        param.type = frozen(param.type)
    result = peek(info.result)
    info.result = Cell(content=NONE if type(result) is Cell else frozen(result), rigid=True)
    for inner in info.nested.values():
        _finish(inner)


def _is_literal(expr: ir.Expr) -> bool:
    match expr:
        case ir.IntLit() | ir.FloatLit() | ir.BoolLit() | ir.StrLit() | ir.NoneLit():
            return True
        case ir.TupleLit(items) | ir.SeqLit(_, items):
            return all(map(_is_literal, items))
        case ir.Apply("option.some", (inner,)):
            return _is_literal(inner)
        case _:
            return False


def _literal_float(expr: ir.Expr) -> ir.Expr | None:
    """The default `1` of a parameter that is declared `float`."""
    if isinstance(expr, ir.IntLit) and expr.value.bit_length() <= 53:
        return ir.FloatLit(repr(float(expr.value)), span=expr.span)
    return None
