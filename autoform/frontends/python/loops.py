"""`for` and `while`, with their `else`."""

from __future__ import annotations

from typing import Final, cast

from autoform.frontends.python import tree
from autoform.frontends.python.bindings import Binding
from autoform.frontends.python.conditions import condition
from autoform.frontends.python.context import Facts, Lowering, OpenLoop
from autoform.frontends.python.elements import as_source, element_of, guess_iterable
from autoform.frontends.python.iteration import counter_name, name_hint, range_args
from autoform.frontends.python.places import assign
from autoform.frontends.python.refusal import Refusal
from autoform.frontends.python.statements import STATEMENTS, declare_first, lower_statements
from autoform.frontends.python.truth import negate
from autoform.frontends.python.types import INT, HostType, IterT, resolve, to_ir
from autoform.frontends.python.values import Val
from autoform.ir import exprs as ir
from autoform.ir import stmts as ir_stmts
from autoform.ir import types as ir_types
from autoform.ir.traversal import assigned_names, free_vars, walk


def _while(ctx: Lowering, node: tree.While) -> bool:
    _forget_assigned(ctx, node)
    before = ctx.facts
    with ctx.collecting() as needed:
        try:
            test = condition(ctx, node.condition)
        except Refusal as refusal:
            ctx.problems.append(refusal)
            test = None
    span = ctx.span(node)
    broke = _flag(ctx, node)
    ctx.facts = {**before, **(test.when_true if test else {})}
    body = _loop_body(ctx, node, node.body, broke, None)
    ctx.facts = {**before, **(test.when_false if test and not _breaks(body) else {})}
    if test is None:
        return True
    if needed:
        leave = ir_stmts.If(negate(test.ir, span), (ir_stmts.Break(span=span),), span=span)
        body, test.ir = (*needed, leave, *body), ir.TRUE
    ctx.emit(ir_stmts.While(test.ir, body, span=span))
    _forget_assigned(ctx, node)
    reaches_end = not (test.ir == ir.TRUE and not _breaks(body))
    return _orelse(ctx, node, broke) and reaches_end


def _for(ctx: Lowering, node: tree.For) -> bool:
    try:
        loop = _range_loop(ctx, node) if _is_range(ctx, node.source) else _each_loop(ctx, node)
    except Refusal as refusal:
        # The body may still tell types.
        ctx.problems.append(refusal)
        with ctx.collecting():
            _forget_assigned(ctx, node)
            _loop_body(ctx, node, node.body, None, None)
        return True
    before = ctx.facts
    _forget_assigned(ctx, node)
    broke = _flag(ctx, node)
    ctx.facts = dict(ctx.facts)
    body = _loop_body(ctx, node, node.body, broke, loop.element)
    ctx.facts = before
    _forget_assigned(ctx, node)
    span = ctx.span(node)
    if isinstance(loop, _RangeLoop):
        start, stop, step = loop.bounds
        ctx.emit(ir_stmts.ForRange(loop.binder, start, stop, step, body, span=span))
    else:
        _demand_settled(ctx, node, loop.source, body)
        ctx.emit(ir_stmts.ForEach(loop.binder, loop.source, body, span=span))
    return _orelse(ctx, node, broke)


class _Loop:
    """The head of a `for`: its variable, and what each round binds."""

    def __init__(self, binder: ir.Binder, element: _Element) -> None:
        self.binder = binder
        self.element = element


class _Element:
    """What each round of a `for` does first: the target takes the element."""

    def __init__(self, node: tree.For, val: Val, direct: Binding | None) -> None:
        self.node = node
        self.val = val
        self.direct = direct


class _RangeLoop(_Loop):
    """Over a `range`."""

    def __init__(
        self, binder: ir.Binder, element: _Element, bounds: tuple[ir.Expr, ir.Expr, ir.Expr]
    ) -> None:
        super().__init__(binder, element)
        self.bounds = bounds


class _EachLoop(_Loop):
    """Over a sequence, a text or a map."""

    def __init__(self, binder: ir.Binder, element: _Element, source: ir.Expr) -> None:
        super().__init__(binder, element)
        self.source = source


def _is_range(ctx: Lowering, node: tree.Expr) -> bool:
    return (
        isinstance(node, tree.Call)
        and isinstance(node.function, tree.Name)
        and node.function.id == "range"
        and ctx.module.is_builtin(ctx, node.function)
    )


def _range_loop(ctx: Lowering, node: tree.For) -> _RangeLoop:
    bounds = range_args(ctx, cast("tree.Call", node.source))
    binder, element = _binder(ctx, node, INT)
    return _RangeLoop(binder, element, bounds)


def _each_loop(ctx: Lowering, node: tree.For) -> _EachLoop:
    val = ctx.expr(node.source)
    guess_iterable(ctx, val)
    source = as_source(ctx, val, node.source)
    type_ = resolve(source.type)
    if isinstance(type_, IterT) and type_.eager:
        message = "elements are computed as the loop goes, and computing them may fail"
        raise ctx.refusal(
            "unsupported-syntax", message, node.source, "compute them inside the loop"
        )
    if isinstance(type_, IterT) and _computes(source.ir):
        ctx.info.lazy[id(source.ir)] = source.ir
    binder, element = _binder(ctx, node, element_of(ctx, source, node.source))
    return _EachLoop(binder, element, source.ir)


_GATHERED: Final = frozenset({"seq.concat", "seq.flatten", "seq.slice_from"})


def _computes(source: ir.Expr) -> bool:
    """Whether elements are computed or gathered, not only looked at, as the loop goes."""
    return any(
        isinstance(part, ir.Comprehension | ir.Lambda)
        or (isinstance(part, ir.Apply) and part.op in _GATHERED)
        for part in walk(source)
    )


def _demand_settled(ctx: Lowering, node: tree.For, source: ir.Expr, body: ir_stmts.Block) -> None:
    """Refuse a loop that assigns what the elements still to come are computed from."""
    if id(source) not in ctx.info.lazy:
        return
    if changed := free_vars(source).keys() & assigned_names(body):
        message = f"`{min(changed)}` changes while elements are computed from it"
        raise ctx.refusal("mutation-while-iterating", message, node.source)


def _binder(ctx: Lowering, node: tree.For, type_: HostType) -> tuple[ir.Binder, _Element]:
    """The loop's variable: the target itself where nothing else assigns it or outlives it."""
    target, span = node.target, ctx.span(node.target)
    if isinstance(target, tree.Name):
        variable = ctx.scope.refs[target].variable
        if variable.bindings == 1 and variable.home is not ctx.block and not variable.is_param:
            cell = ctx.cell(variable)
            ctx.flow(type_, cell, target)
            if to_ir(cell) == to_ir(type_):
                name = ctx.name_of(variable)
                ctx.declared.add(variable)
                binder = ir.Binder(name, to_ir(type_), span=span)
                var = ir.Var(name, binder.type, span=span)
                return binder, _Element(node, Val(var, type_), variable)
        ctx.name_of(variable)  # the variable keeps its name, the binder gets another
    binder = ir.Binder(ctx.fresh(name_hint(target)), to_ir(type_), span=span)
    var = ir.Var(binder.name, binder.type, span=span)
    return binder, _Element(node, Val(var, type_), None)


def _loop_body(
    ctx: Lowering,
    node: tree.For | tree.While,
    body: tree.Body,
    broke: str | None,
    element: _Element | None,
) -> ir_stmts.Block:
    ctx.loops.append(OpenLoop(broke))
    block = ctx.scope.block_of(body)
    outer, ctx.block = ctx.block, block
    direct = None if element is None else element.direct
    with ctx.collecting() as out:
        if element is not None:
            if element.direct is None:
                assign(ctx, element.node.target, element.val, element.node.target)
            else:
                ctx.bound[element.direct] = element.val
            node = cast("tree.For", node)
            counted = counter_name(ctx, node.target, node.source)
            if counted is not None and _is_constant(ctx, counted):
                ctx.non_negative.add(ctx.scope.refs[counted].variable)
        lower_statements(ctx, body)
        for variable in ctx.scope.variables_at(block):
            if variable is not direct:
                declare_first(ctx, variable, out)
    ctx.block = outer
    ctx.loops.pop()
    return tuple(out)


def _is_constant(ctx: Lowering, name: tree.Name) -> bool:
    return ctx.scope.refs[name].variable.bindings == 1


def _forget_assigned(ctx: Lowering, node: tree.For | tree.While) -> None:
    """At the head of a loop nothing is known of what its body assigns."""
    names = ctx.scope.bound_in(node)
    kept: Facts = {v: t for v, t in ctx.facts.items() if v.name not in names}
    ctx.facts = kept
    ctx.non_negative = {v for v in ctx.non_negative if v.name not in names or v.bindings == 1}


def _flag(ctx: Lowering, node: tree.For | tree.While) -> str | None:
    """A variable that says whether the loop was left by `break`, where an `else` asks."""
    if not node.orelse or not _has_break(node.body):
        return None
    ctx.has_flags = True
    name = ctx.fresh("broke")
    ctx.emit(ir_stmts.VarDecl(name, ir_types.BOOL, ir.FALSE, span=ctx.span(node)))
    return name


def _orelse(ctx: Lowering, node: tree.For | tree.While, broke: str | None) -> bool:
    if not node.orelse:
        return True
    outer, ctx.block = ctx.block, ctx.scope.block_of(node.orelse)
    with ctx.collecting() as out:
        reaches_end = lower_statements(ctx, node.orelse)
        for variable in ctx.scope.variables_at(ctx.block):
            declare_first(ctx, variable, out)
    ctx.block = outer
    if broke is None:
        ctx.out.extend(out)
        return reaches_end
    span = ctx.span(node)
    test = negate(ir.Var(broke, ir_types.BOOL, span=span), span)
    ctx.emit(ir_stmts.If(test, tuple(out), span=span))
    return True


def _has_break(body: tree.Body) -> bool:
    for statement in body:
        if isinstance(statement, tree.Break):
            return True
        if isinstance(statement, tree.If) and (
            _has_break(statement.then) or _has_break(statement.orelse)
        ):
            return True
        if isinstance(statement, tree.For | tree.While) and _has_break(statement.orelse):
            return True
    return False


def _breaks(body: ir_stmts.Block) -> bool:
    """Whether a `break` of this loop is in its body."""
    for statement in body:
        match statement:
            case ir_stmts.Break():
                return True
            case ir_stmts.If(_, then, orelse) if _breaks(then) or _breaks(orelse):
                return True
            case _:
                pass
    return False


def _break(ctx: Lowering, node: tree.Break) -> bool:
    span = ctx.span(node)
    broke = ctx.loops[-1].broke
    if broke is not None:
        ctx.emit(ir_stmts.Assign(broke, ir.TRUE, span=span))
    ctx.emit(ir_stmts.Break(span=span))
    return False


def _continue(ctx: Lowering, node: tree.Continue) -> bool:
    ctx.emit(ir_stmts.Continue(span=ctx.span(node)))
    return False


STATEMENTS[tree.While] = _while
STATEMENTS[tree.For] = _for
STATEMENTS[tree.Break] = _break
STATEMENTS[tree.Continue] = _continue
