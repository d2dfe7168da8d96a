"""Statements, one by one. Loops are in `loops`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from autoform.frontends.python import tree
from autoform.frontends.python.arithmetic import binary
from autoform.frontends.python.bindings import Binding, Block
from autoform.frontends.python.bound_names import walk
from autoform.frontends.python.calls import call_statement
from autoform.frontends.python.coerce import coerce
from autoform.frontends.python.conditions import condition
from autoform.frontends.python.context import Lowering
from autoform.frontends.python.elements import as_sequence
from autoform.frontends.python.exceptions import exception_name
from autoform.frontends.python.places import (
    assign,
    assign_parallel,
    assign_variable,
    element_place,
    place_of,
    replace,
    step_into,
    store,
)
from autoform.frontends.python.refusal import Refusal
from autoform.frontends.python.subscripts import index_of
from autoform.frontends.python.totality import is_total
from autoform.frontends.python.types import (
    NONE,
    Cell,
    DictT,
    HostType,
    IterT,
    ListT,
    SetT,
    VarTupleT,
    map_parts,
    resolve,
    to_ir,
)
from autoform.frontends.python.values import Val
from autoform.ir import exprs as ir
from autoform.ir import stmts as ir_stmts
from autoform.ir import types as ir_types


def lower_body(ctx: Lowering, body: tree.Body, block: Block) -> tuple[ir_stmts.Block, bool]:
    """Lower a body as a block of its own; says whether its end can be reached."""
    if not body:
        return (), True
    outer, ctx.block = ctx.block, block
    with ctx.collecting() as out:
        reaches_end = lower_statements(ctx, body)
        for variable in ctx.scope.variables_at(block):
            declare_first(ctx, variable, out)
    ctx.block = outer
    return tuple(out), reaches_end


def declare_first(ctx: Lowering, variable: Binding, out: list[ir_stmts.Stmt]) -> None:
    """Declare, at the start of its block, a variable that is first assigned deeper inside."""
    if variable in ctx.declared or variable not in ctx.info.names or variable.is_param:
        return
    name, type_ = ctx.name_of(variable), to_ir(ctx.cell(variable))
    # Behind a flag the IR cannot see that a variable is assigned wherever it is read.
    value = any_value(ctx, type_) if ctx.has_flags else None
    out.insert(0, ir_stmts.VarDecl(name, type_, value))


def any_value(ctx: Lowering, type_: ir_types.Type) -> ir.Expr | None:
    """Some value of the type, for a variable whose first value is never read."""
    match type_:
        case ir_types.IntType():
            return ir.IntLit(0, type_)
        case ir_types.BoolType():
            return ir.FALSE
        case ir_types.FloatType():
            return ir.FloatLit("0.0")
        case ir_types.StrType():
            return ir.StrLit("")
        case ir_types.SeqType(element):
            return ir.SeqLit(element, ())
        case ir_types.SetType(element):
            return ir.SetLit(element, ())
        case ir_types.MapType(key, item):
            return ir.MapLit(key, item, (), ())
        case ir_types.OptionType(item):
            return ir.NoneLit(item)
        case ir_types.TupleType(items):
            return _all_values(ctx, items, ir.TupleLit)
        case ir_types.RecordType(name):
            fields = tuple(field.type for field in ctx.module.records[name].decl.fields)
            return _all_values(ctx, fields, lambda values: ir.RecordLit(type_, values))
        case _:
            return None


def _all_values(
    ctx: Lowering,
    types: tuple[ir_types.Type, ...],
    build: Callable[[tuple[ir.Expr, ...]], ir.Expr],
) -> ir.Expr | None:
    values = [any_value(ctx, type_) for type_ in types]
    present = tuple(value for value in values if value is not None)
    return build(present) if len(present) == len(values) else None


def lower_statements(ctx: Lowering, body: tree.Body) -> bool:
    """Lower what can be reached of a body into the current block.

    A statement that is refused is recorded, and the rest is lowered all the same: it may hold
    what was missing to tell the types.
    """
    for statement in body[: ctx.scope.lengths.get(id(body), 0)]:
        try:
            if not STATEMENTS[type(statement)](ctx, statement):
                return False
        except Refusal as refusal:
            ctx.problems.append(refusal)
            if isinstance(statement, tree.Return | tree.Raise | tree.Break | tree.Continue):
                return False
    return True


def _expr(ctx: Lowering, node: tree.ExprStmt) -> bool:
    if isinstance(node.value, tree.Str | tree.Dots):
        return True
    if isinstance(node.value, tree.Call) and call_statement(ctx, node.value):
        return True
    if isinstance(node.value, tree.Comprehension):
        raise ctx.refusal("unsupported-syntax", "a comprehension for its effect", node)
    val = ctx.expr(node.value)
    if not is_total(val.ir):
        name = ctx.fresh("unused")
        ctx.emit(ir_stmts.VarDecl(name, to_ir(val.type), val.ir, span=ctx.span(node)))
    return True


def _assign(ctx: Lowering, node: tree.Assign) -> bool:
    target = node.targets[0]
    if node in ctx.scope.nested:
        return True
    if (
        len(node.targets) == 1
        and isinstance(target, tree.TupleExpr | tree.ListExpr)
        and isinstance(node.value, tree.TupleExpr | tree.ListExpr)
        and len(target.items) == len(node.value.items)
        and not any(isinstance(item, tree.Starred) for item in node.value.items)
    ):
        assign_parallel(ctx, target.items, ctx.operands(node.value.items), node)
        return True
    val = ctx.expr(node.value)
    if len(node.targets) > 1 and not isinstance(val.ir, ir.Var):
        val = ctx.temp(val)
    for target in node.targets:
        assign(ctx, target, Val(val.ir, val.type), node)
    return True


def _ann_assign(ctx: Lowering, node: tree.AnnAssign) -> bool:
    """The annotation of a local says nothing at run time; it fills in what is not known."""
    if node.value is None:
        return True
    val = ctx.expr(node.value)
    declared = ctx.module.local_annotation(node.annotation)
    if declared is not None:
        suggest(ctx, val.type, declared)
    assign(ctx, node.target, val, node)
    return True


def suggest(ctx: Lowering, type_: HostType, declared: HostType) -> None:
    """Fill the unknown parts of a type from an annotation, where the two have one shape."""
    if type(type_) is Cell and type(resolve(type_)) is Cell:
        ctx.solver.flow(_open(declared), type_)
        return
    have, want = resolve(type_), resolve(declared)
    match have, want:
        case ListT(a), ListT(b) | VarTupleT(b):
            suggest(ctx, a, b)
        case SetT(a), SetT(b):
            suggest(ctx, a, b)
        case DictT(k1, v1), DictT(k2, v2):
            suggest(ctx, k1, k2)
            suggest(ctx, v1, v2)
        case _:
            pass


def _open(type_: HostType) -> HostType:
    """A type that may still grow, as what an annotation promises may be an int for a float."""

    def opened(part: HostType) -> HostType:
        return Cell(content=map_parts(part, opened))

    return map_parts(type_, opened)


def _aug_assign(ctx: Lowering, node: tree.AugAssign) -> bool:
    target = node.target
    if isinstance(target, tree.Name):
        _aug_name(ctx, node, target)
    elif isinstance(target, tree.Subscript) and not isinstance(target.index, tree.Slice):
        _aug_element(ctx, node, target)
    else:
        raise ctx.refusal("unsupported-syntax", "this augmented assignment", node)
    return True


def _aug_name(ctx: Lowering, node: tree.AugAssign, target: tree.Name) -> None:
    if target not in ctx.scope.refs:
        raise ctx.refusal("global-state", f"`{target.id}` of the module is changed", node)
    before = ctx.expr(target)
    if isinstance(resolve(before.type), ListT | SetT | DictT):
        changed = _in_place(ctx, node, target)
        old, new = ctx.scope.refs[target].variable, ctx.scope.rebinds[target]
        if changed and old is not new.variable:
            assign_variable(ctx, new, ctx.expr(target), node)
        return
    left, right = ctx.operands((target, node.value))
    result = binary(ctx, node.op, left, right, node)
    assign_variable(ctx, ctx.scope.rebinds[target], result, node)


def _in_place(ctx: Lowering, node: tree.AugAssign, target: tree.Expr) -> bool:
    """`xs += ys` on a list, set or dict changes the object."""
    val = ctx.expr(node.value)
    place = place_of(ctx, target)
    span = ctx.span(node)
    type_ = to_ir(place.type)
    match place.type:
        case ListT(element) if node.op == "+":
            seq = as_sequence(ctx, val, node.value)
            seq_type = resolve(seq.type)
            if not isinstance(seq_type, ListT | VarTupleT | IterT):
                raise ctx.refusal("unsupported-type", "this added to a list", node)
            ctx.unify(element, seq_type.element, node)
            new: ir.Expr = ir.Apply("seq.concat", (place.value, seq.ir), type_, span=span)
        case ListT() if node.op == "*":
            new = binary(ctx, "*", Val(place.value, place.type), val, node).ir
        case SetT() | DictT() if node.op in {"|", "&", "-", "^"}:
            new = binary(ctx, node.op, Val(place.value, place.type), val, node).ir
        case _:
            raise ctx.refusal("unsupported-operator", f"`{node.op}=` here", node)
    replace(ctx, place, new, node)
    return True


def _aug_element(ctx: Lowering, node: tree.AugAssign, target: tree.Subscript) -> None:
    """`xs[i] += v`: place and index once, then the old value, then `v`, then the store."""
    place, step = element_place(ctx, target)
    inner = step_into(ctx, place, step, target)
    if isinstance(inner.type, ListT | SetT | DictT):
        raise ctx.refusal(
            "unsupported-syntax", "an augmented assignment to a nested container", node
        )
    step = inner.steps[-1]
    before = Val(inner.value, inner.type)
    with ctx.collecting() as needed:
        val = ctx.expr(node.value)
    if needed:
        before = ctx.temp(before)
        ctx.out.extend(needed)
    result = binary(ctx, node.op, before, val, node)
    store(ctx, place, step, result, node)


def _if(ctx: Lowering, node: tree.If) -> bool:
    try:
        test = condition(ctx, node.condition)
    except Refusal as refusal:
        # Its branches may still tell types.
        ctx.problems.append(refusal)
        test = None
    if test is not None and isinstance(test.ir, ir.BoolLit):
        return _decided(ctx, node, taken=test.ir.value)
    before = ctx.facts
    ctx.facts = {**before, **(test.when_true if test else {})}
    then, then_ends = lower_body(ctx, node.then, _block(ctx, node.then))
    after_then, ctx.facts = ctx.facts, {**before, **(test.when_false if test else {})}
    orelse, else_ends = lower_body(ctx, node.orelse, _block(ctx, node.orelse))
    if then_ends and else_ends:
        ctx.facts = {v: t for v, t in ctx.facts.items() if after_then.get(v) is t}
    elif then_ends:
        ctx.facts = after_then
    if test is not None:
        ctx.emit(ir_stmts.If(test.ir, then, orelse, span=ctx.span(node)))
    return then_ends or else_ends


def _block(ctx: Lowering, body: tree.Body) -> Block:
    return ctx.scope.block_of(body) if body else ctx.block


def _decided(ctx: Lowering, node: tree.If, *, taken: bool) -> bool:
    """A condition that the types decide: only one branch is part of the function."""
    body = node.then if taken else node.orelse
    if not body:
        return True
    statements, reaches_end = lower_body(ctx, body, _block(ctx, body))
    ctx.out.extend(statements)
    return reaches_end


def _return(ctx: Lowering, node: tree.Return) -> bool:
    if node.value is None:
        val = Val(ir.TupleLit((), span=ctx.span(node)), NONE)
    else:
        val = ctx.expr(node.value)
    return_value(ctx, val, node)
    return False


def return_value(ctx: Lowering, val: Val, node: tree.Tree) -> None:
    """Return a value, as the type that all returns of the function share."""
    type_ = resolve(val.type)
    if isinstance(type_, IterT):
        help_ = "return a list: `list(…)`"
        raise ctx.refusal("unsupported-type", "an iterator is returned", node, help_)
    result = ctx.info.result
    ctx.flow(val.type, result, node)
    value = coerce(ctx, val, result, node)
    if resolve(result) is NONE and not isinstance(value, ir.TupleLit):
        if not is_total(value):
            name = ctx.fresh("unused")
            ctx.emit(ir_stmts.VarDecl(name, ir_types.UNIT, value, span=ctx.span(node)))
        value = ir.TupleLit((), span=ctx.span(node))
    ctx.emit(ir_stmts.Return(value, span=ctx.span(node)))


def _raise(ctx: Lowering, node: tree.Raise) -> bool:
    name, args = exception_name(ctx, node)
    message: ir.Expr | None = None
    for arg in args:
        message = message_of(ctx, arg) or message
    ctx.emit(ir_stmts.Raise(name, message, span=ctx.span(node)))
    return False


def message_of(ctx: Lowering, node: tree.Expr) -> ir.Expr | None:
    """The text of an exception, which is no part of the meaning; but it must not fail.

    Raises `Refusal` when it might and cannot be lowered.
    """
    try:
        with ctx.only_values("an effect inside a message"):
            val = ctx.expr(node)
    except Refusal:
        if _is_harmless(ctx, node):
            return None
        raise
    if to_ir(val.type) == ir_types.STR:
        return val.ir
    if is_total(val.ir):
        return None
    raise ctx.refusal("unsupported-syntax", "an exception's argument may fail", node)


def _is_harmless(ctx: Lowering, node: tree.Expr) -> bool:
    """Whether evaluating a message cannot fail, whatever its text is."""
    harmless = (
        tree.Name | tree.Str | tree.Int | tree.Float | tree.Bool | tree.NoneValue | tree.FString
    )
    for inner in walk(node):
        if isinstance(inner, tree.FString):
            if any(isinstance(p, tree.Formatted) and p.spec for p in inner.parts):
                return False
        elif isinstance(inner, tree.Call):
            plain = isinstance(inner.function, tree.Name) and inner.function.id in _HARMLESS
            if not plain or not ctx.module.is_builtin(ctx, inner.function):
                return False
        elif isinstance(inner, tree.Attribute):
            if inner.name != "__name__":
                return False
        elif not isinstance(inner, harmless | tree.TupleExpr):
            return False
    return True


_HARMLESS: Final = frozenset({"str", "repr", "type"})


def _assert(ctx: Lowering, node: tree.Assert) -> bool:
    test = condition(ctx, node.condition)
    if node.message is not None:
        with ctx.collecting():
            message = message_of(ctx, node.message)
        if message is not None and not is_total(message):
            raise ctx.refusal(
                "unsupported-syntax", "the message of an assert may fail", node.message
            )
    ctx.emit(ir_stmts.Assert(test.ir, span=ctx.span(node)))
    ctx.facts = {**ctx.facts, **test.when_true}
    return True


def _delete(ctx: Lowering, node: tree.Delete) -> bool:
    for target in node.targets:
        if not isinstance(target, tree.Subscript):
            raise ctx.refusal("unsupported-syntax", "`del` of this", target)
        if isinstance(target.index, tree.Slice):
            _delete_slice(ctx, target, target.index)
            continue
        place, step = element_place(ctx, target)
        op = "map.remove" if isinstance(place.type, DictT) else "seq.delete_at"
        args = (place.value, step.key)
        new = ir.Apply(op, args, to_ir(place.type), span=ctx.span(node))
        replace(ctx, place, new, node)
    return True


def _delete_slice(ctx: Lowering, target: tree.Subscript, index: tree.Slice) -> None:
    place = place_of(ctx, target.value)
    if not isinstance(place.type, ListT) or index.step is not None:
        raise ctx.refusal("unsupported-syntax", "`del` of this slice", target)
    length = ir.Apply("seq.len", (place.value,), ir_types.INT)
    bounds: list[ir.Expr] = []
    for bound, absent in ((index.lower, ir.IntLit(0, ir_types.INT)), (index.upper, length)):
        bounds.append(absent if bound is None else index_of(ctx, ctx.expr(bound), bound))
    args = (place.value, *bounds)
    new = ir.Apply("seq.delete_slice", args, to_ir(place.type), span=ctx.span(target))
    replace(ctx, place, new, target)


def _import(ctx: Lowering, node: tree.Import) -> bool:
    """An import inside a function runs the module when it is the first; these do nothing else."""
    if node.module not in _KNOWN_MODULES:
        raise ctx.refusal("unsupported-module", f"`import {node.module}` inside a function", node)
    return True


_KNOWN_MODULES: Final = frozenset(
    {"math", "string", "sys", "typing", "collections", "collections.abc", "operator", "functools"}
)


def _nothing(ctx: Lowering, node: tree.Stmt) -> bool:
    """`pass`, and nested functions, which the scopes have dealt with."""
    del ctx, node
    return True


STATEMENTS: Final[dict[type[tree.Tree], Callable[..., bool]]] = {
    tree.ExprStmt: _expr,
    tree.Assign: _assign,
    tree.AnnAssign: _ann_assign,
    tree.AugAssign: _aug_assign,
    tree.If: _if,
    tree.Return: _return,
    tree.Raise: _raise,
    tree.Assert: _assert,
    tree.Delete: _delete,
    tree.Pass: _nothing,
    tree.Import: _import,
    tree.FunctionDef: _nothing,
}
"""How each class of statement is lowered; each says whether what follows can be reached."""
