"""`isinstance`, which static types decide."""

from __future__ import annotations

from autoform.frontends.python import tree
from autoform.frontends.python.context import Lowering
from autoform.frontends.python.truth import Condition, evaluated, variable_of
from autoform.frontends.python.types import (
    BOOL,
    FLOAT,
    INT,
    NONE,
    NUMERIC,
    STR,
    DictT,
    HostType,
    ListT,
    OptionalT,
    RecordT,
    SetT,
    TupleT,
    VarTupleT,
    resolve,
)
from autoform.ir import exprs as ir
from autoform.ir import types as ir_types


def instance_test(ctx: Lowering, node: tree.Call) -> Condition:
    """Decided by the static type: the function is specified for arguments of its types."""
    if len(node.args) != 2 or node.keywords:
        raise ctx.refusal("type-mismatch", "`isinstance` takes two arguments", node)
    val, span = ctx.known(node.args[0]), ctx.span(node)
    classes = _class_names(ctx, node.args[1])
    if isinstance(val.type, OptionalT) and "NoneType" not in classes:
        answer = _is_instance(ctx, val.type.item, classes, node)
        if not answer:
            return Condition(evaluated(ctx, val, ir.BoolLit(value=False, span=span)))
        found = Condition(ir.Apply("option.is_some", (val.ir,), ir_types.BOOL, span=span))
        variable = variable_of(ctx, node.args[0])
        if variable is not None:
            found.when_true[variable] = val.type.item
            found.when_false[variable] = NONE
        return found
    answer = _is_instance(ctx, val.type, classes, node)
    return Condition(evaluated(ctx, val, ir.BoolLit(answer, span=span)))


def _class_names(ctx: Lowering, node: tree.Expr) -> set[str]:
    match node:
        case tree.Name():
            if node in ctx.scope.refs or not ctx.module.is_class_name(ctx, node):
                raise ctx.refusal("unsupported-type", f"`isinstance` of `{node.id}`", node)
            return {ctx.module.class_name(node)}
        case tree.TupleExpr(items=items):
            return {name for item in items for name in _class_names(ctx, item)}
        case tree.Binary(op="|", left=left, right=right):
            return _class_names(ctx, left) | _class_names(ctx, right)
        case _:
            raise ctx.refusal("unsupported-type", "`isinstance` of a computed class", node)


def _is_instance(ctx: Lowering, type_: HostType, classes: set[str], node: tree.Tree) -> bool:
    type_ = resolve(type_)
    if "object" in classes:
        return True
    if type_ is NUMERIC and bool({"int", "float"} & classes) and not {"int", "float"} <= classes:
        raise ctx.refusal("mixed-int-float", "`isinstance` of what may be an int or a float", node)
    return bool(_classes_of(ctx, type_, node) & classes)


def _classes_of(ctx: Lowering, type_: HostType, node: tree.Tree) -> set[str]:
    match type_:
        case ListT():
            return {"list", "Sequence", "MutableSequence", "Iterable", "Collection"}
        case TupleT() | VarTupleT():
            return {"tuple", "Sequence", "Iterable", "Collection"}
        case SetT(_, frozen):
            return {"frozenset" if frozen else "set", "Iterable", "Collection"}
        case DictT():
            return {"dict", "Mapping", "Iterable", "Collection"}
        case RecordT(name):
            return {name}
        case _ if type_ is BOOL:
            return {"bool", "int", "Number", "Integral", "Real"}
        case _ if type_ is INT:
            return {"int", "Number", "Integral", "Real", "Rational"}
        case _ if type_ is FLOAT:
            return {"float", "Number", "Real"}
        case _ if type_ is NUMERIC:
            return {"int", "float", "Number", "Real"}
        case _ if type_ is STR:
            return {"str", "Sequence", "Iterable", "Collection"}
        case _:
            raise ctx.refusal("unsupported-type", f"`isinstance` of {ctx.type_text(type_)}", node)
