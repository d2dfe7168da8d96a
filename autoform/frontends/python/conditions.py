"""Truth, comparisons, and what a condition shows about the types of variables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from autoform.frontends.python import tree
from autoform.frontends.python.arithmetic import after_both, as_number
from autoform.frontends.python.coerce import as_seq, coerce, to_float, unwrap
from autoform.frontends.python.context import Facts, Lowering, lowers
from autoform.frontends.python.totality import is_total
from autoform.frontends.python.types import (
    BOOL,
    FLOAT,
    INT,
    NONE,
    NUMBERS,
    NUMERIC,
    RANGE,
    STR,
    Cell,
    DictT,
    HostType,
    IterT,
    ListT,
    OptionalT,
    RecordT,
    SetT,
    TupleT,
    VarTupleT,
    contains,
    has_float,
    resolve,
    to_ir,
)
from autoform.frontends.python.values import EXACT_FLOAT_BITS, ZERO, Val, is_atom
from autoform.ir import exprs as ir
from autoform.ir import stmts as ir_stmts
from autoform.ir import types as ir_types
from autoform.source import Span

_BOOL: Final = ir_types.BOOL


@dataclass(slots=True, eq=False)
class Condition:
    """A condition, and what holds of variables when it is true and when it is false."""

    ir: ir.Expr
    when_true: Facts = field(default_factory=dict)
    when_false: Facts = field(default_factory=dict)


def condition(ctx: Lowering, node: tree.Expr) -> Condition:
    """Lower an expression for its truth."""
    match node:
        case tree.Unary(op="not", operand=operand):
            inner = condition(ctx, operand)
            return Condition(negate(inner.ir, ctx.span(node)), inner.when_false, inner.when_true)
        case tree.BoolOp():
            return _bool_op(ctx, node)
        case tree.Compare(left=left, ops=(op,), rights=(tree.NoneValue(),)) if op in _NONE_TESTS:
            return _none_test(ctx, node, left, is_none=_NONE_TESTS[op])
        case tree.Call(function=tree.Name(id="isinstance")) if ctx.module.is_builtin(
            ctx, node.function
        ):
            return _isinstance(ctx, node)
        case _:
            val = ctx.known(node)
            found = Condition(truth(ctx, val, node))
            variable = _variable(ctx, node)
            if variable is not None and isinstance(val.type, OptionalT):
                found.when_true[variable] = val.type.item
            return found


_NONE_TESTS: Final = {"is": True, "==": True, "is not": False, "!=": False}


def _variable(ctx: Lowering, node: tree.Expr) -> object:
    if isinstance(node, tree.Walrus):
        node = node.target
    binding = ctx.scope.refs.get(node)
    return None if binding is None or binding.function else binding.variable


def negate(expr: ir.Expr, span: Span) -> ir.Expr:
    """The negation, without stacking `not`."""
    match expr:
        case ir.Apply("not", (inner,)):
            return inner
        case ir.Apply("eq" | "ne" as op, args):
            return ir.Apply("ne" if op == "eq" else "eq", args, _BOOL, span=span)
        case ir.BoolLit(value):
            return ir.BoolLit(not value, span=span)
        case ir.Apply("option.is_none" | "option.is_some" as op, args):
            other = "option.is_some" if op == "option.is_none" else "option.is_none"
            return ir.Apply(other, args, _BOOL, span=span)
        case _:
            return ir.Apply("not", (expr,), _BOOL, span=span)


def truth(ctx: Lowering, val: Val, node: tree.Tree) -> ir.Expr:
    """`bool(value)`."""
    type_, span = ctx.known_type(val, node), val.ir.span
    match type_:
        case _ if type_ is BOOL:
            return val.ir
        case _ if type_ is INT:
            return ir.Apply("ne", (val.ir, ZERO), _BOOL, span=span)
        case _ if type_ is FLOAT or type_ is NUMERIC:
            return ir.Apply("ne", (val.ir, ir.FloatLit("0.0")), _BOOL, span=span)
        case _ if type_ is NONE:
            return _after(ctx, val, ir.FALSE)
        case TupleT(items):
            return _after(ctx, val, ir.TRUE if items else ir.FALSE)
        case OptionalT(item):
            held = val if is_atom(val.ir) else ctx.temp(val)
            some = ir.Apply("option.is_some", (held.ir,), _BOOL, span=span)
            inner = truth(ctx, Val(unwrap(held.ir, item), item), node)
            return some if inner == ir.TRUE else ir.And((some, inner), span=span)
        case IterT():
            ctx.refuse("unsupported-type", "the truth of an iterator", node)
        case RecordT():
            return _after(ctx, val, ir.TRUE)
        case _:
            return ir.Apply("ne", (length(val), ZERO), _BOOL, span=span)


def _after(ctx: Lowering, val: Val, answer: ir.Expr) -> ir.Expr:
    """A value that does not matter is evaluated all the same if it can fail."""
    return answer if is_total(val.ir) else ir.Let(ctx.fresh("unused"), val.ir, answer)


def length(val: Val) -> ir.Expr:
    """`len(value)` of a text or collection."""
    match resolve(val.type):
        case SetT():
            op = "set.len"
        case DictT():
            op = "map.len"
        case found:
            op = "str.len" if found is STR else "seq.len"
    return ir.Apply(op, (val.ir,), ir_types.INT, span=val.ir.span)


# `and`, `or`, conditional expressions.


def _bool_op(ctx: Lowering, node: tree.BoolOp) -> Condition:
    """Each operand is lowered knowing that the ones before did not decide."""
    is_and = node.op == "and"
    known: Facts = {}
    items: list[ir.Expr] = []
    for operand in node.operands:
        with ctx.assuming(known), ctx.collecting() as needed:
            found = condition(ctx, operand)
        if needed and items:
            items = [_branching(ctx, items, needed, found.ir, is_and=is_and)]
        else:
            ctx.out.extend(needed)
            items.append(found.ir)
        known = {**known, **(found.when_true if is_and else found.when_false)}
    joined = _flat(items, is_and=is_and, span=ctx.span(node))
    return Condition(joined, known) if is_and else Condition(joined, {}, known)


def _flat(items: list[ir.Expr], *, is_and: bool, span: Span) -> ir.Expr:
    kind = ir.And if is_and else ir.Or
    flat: list[ir.Expr] = []
    for item in items:
        if isinstance(item, ir.And if is_and else ir.Or):
            flat.extend(item.items)
        elif isinstance(item, ir.BoolLit) and item.value is is_and:
            continue
        else:
            flat.append(item)
        if isinstance(item, ir.BoolLit) and item.value is not is_and:
            break
    if not flat:
        return ir.BoolLit(is_and, span=span)
    return flat[0] if len(flat) == 1 else kind(tuple(flat), span=span)


def _branching(
    ctx: Lowering, items: list[ir.Expr], needed: list[ir_stmts.Stmt], last: ir.Expr, *, is_and: bool
) -> ir.Expr:
    """An operand that needs statements: they run only if it is reached."""
    span = last.span
    before = _flat(items, is_and=is_and, span=span)
    name = ctx.fresh("c")
    ctx.emit(ir_stmts.VarDecl(name, _BOOL, before, span=span))
    found = ir.Var(name, _BOOL, span=span)
    test = found if is_and else negate(found, span)
    body = (*needed, ir_stmts.Assign(name, last, span=span))
    ctx.emit(ir_stmts.If(test, body, span=span))
    return found


@lowers(tree.BoolOp)
def _bool_value(ctx: Lowering, node: tree.BoolOp) -> Val:
    """`a or b` as a value: one of the operands, not its truth."""
    with ctx.collecting() as tried:
        first = ctx.known(node.operands[0])
    ctx.out.extend(tried)
    if first.type is BOOL and _all_bool(ctx, node):
        ctx.out[len(ctx.out) - len(tried) :] = []
        return Val(condition(ctx, node).ir, BOOL)
    is_and, vals = node.op == "and", [first]
    for operand in node.operands[1:]:
        with ctx.only_values("an operand that may be skipped has an effect"):
            vals.append(ctx.known(operand))
    type_ = vals[0].type
    for val, operand in zip(vals[1:], node.operands[1:], strict=True):
        type_ = ctx.join(type_, val.type, operand)
    result = coerce(ctx, vals[-1], type_, node)
    for val in reversed(vals[:-1]):
        result = _choose(ctx, val, type_, result, node, is_and=is_and)
    return Val(result, type_)


def _choose(
    ctx: Lowering, val: Val, type_: HostType, rest: ir.Expr, node: tree.Tree, *, is_and: bool
) -> ir.Expr:
    span = ctx.span(node)
    name = None if is_atom(val.ir) else ctx.fresh("v")
    held = val if name is None else Val(ir.Var(name, to_ir(val.type), span=span), val.type)
    kept = coerce(ctx, held, type_, node)
    test = truth(ctx, held, node)
    chosen = (
        ir.IfExpr(test, rest, kept, span=span) if is_and else ir.IfExpr(test, kept, rest, span=span)
    )
    return chosen if name is None else ir.Let(name, val.ir, chosen, span=span)


def _all_bool(ctx: Lowering, node: tree.BoolOp) -> bool:
    """Whether every operand is a truth value, so that the value is the condition."""
    return all(_is_bool(ctx, operand, node.op == "and") for operand in node.operands[1:])


def _is_bool(ctx: Lowering, node: tree.Expr, is_and: bool) -> bool:  # noqa: FBT001
    if isinstance(node, tree.Compare | tree.Bool):
        return True
    if isinstance(node, tree.Unary):
        return node.op == "not"
    if isinstance(node, tree.BoolOp):
        return all(_is_bool(ctx, operand, is_and) for operand in node.operands)
    with ctx.collecting():
        return resolve(ctx.expr(node).type) is BOOL


@lowers(tree.Conditional)
def _conditional(ctx: Lowering, node: tree.Conditional) -> Val:
    test = condition(ctx, node.condition)
    if isinstance(test.ir, ir.BoolLit):
        return ctx.expr(node.then if test.ir.value else node.orelse)
    with ctx.assuming(test.when_true), ctx.collecting() as then_needs:
        then = ctx.expr(node.then)
    with ctx.assuming(test.when_false), ctx.collecting() as else_needs:
        orelse = ctx.expr(node.orelse)
    type_ = ctx.join(then.type, orelse.type, node)
    span = ctx.span(node)
    one = coerce(ctx, then, type_, node.then)
    other = coerce(ctx, orelse, type_, node.orelse)
    if not (then_needs or else_needs):
        return Val(ir.IfExpr(test.ir, one, other, span=span), type_)
    name = ctx.fresh("t")
    ctx.emit(ir_stmts.VarDecl(name, to_ir(type_), span=span))
    then_body = (*then_needs, ir_stmts.Assign(name, one, span=span))
    else_body = (*else_needs, ir_stmts.Assign(name, other, span=span))
    ctx.emit(ir_stmts.If(test.ir, then_body, else_body, span=span))
    return Val(ir.Var(name, to_ir(type_), span=span), type_)


# `is None`, `isinstance`.


def _none_test(
    ctx: Lowering, node: tree.Compare, operand: tree.Expr, *, is_none: bool
) -> Condition:
    val, span = ctx.known(operand), ctx.span(node)
    if val.type is NONE:
        return Condition(_after(ctx, val, ir.BoolLit(is_none, span=span)))
    if not isinstance(val.type, OptionalT):
        return Condition(_after(ctx, val, ir.BoolLit(not is_none, span=span)))
    op = "option.is_none" if is_none else "option.is_some"
    found = Condition(ir.Apply(op, (val.ir,), _BOOL, span=span))
    variable = _variable(ctx, operand)
    if variable is not None:
        present: Facts = {variable: val.type.item}  # type: ignore[dict-item] # a Binding
        absent: Facts = {variable: NONE}  # type: ignore[dict-item] # a Binding
        found.when_true, found.when_false = (absent, present) if is_none else (present, absent)
    return found


def _isinstance(ctx: Lowering, node: tree.Call) -> Condition:
    """Decided by the static type: the function is specified for arguments of its types."""
    if len(node.args) != 2 or node.keywords:
        ctx.refuse("type-mismatch", "`isinstance` takes two arguments", node)
    val, span = ctx.known(node.args[0]), ctx.span(node)
    classes = _class_names(ctx, node.args[1])
    if isinstance(val.type, OptionalT) and "NoneType" not in classes:
        answer = _is_instance(ctx, val.type.item, classes, node)
        if not answer:
            return Condition(_after(ctx, val, ir.BoolLit(value=False, span=span)))
        found = Condition(ir.Apply("option.is_some", (val.ir,), _BOOL, span=span))
        variable = _variable(ctx, node.args[0])
        if variable is not None:
            found.when_true[variable] = val.type.item  # type: ignore[index] # a Binding
            found.when_false[variable] = NONE  # type: ignore[index] # a Binding
        return found
    answer = _is_instance(ctx, val.type, classes, node)
    return Condition(_after(ctx, val, ir.BoolLit(answer, span=span)))


def _class_names(ctx: Lowering, node: tree.Expr) -> set[str]:
    match node:
        case tree.Name():
            if node in ctx.scope.refs or not ctx.module.is_class_name(ctx, node):
                ctx.refuse("unsupported-type", f"`isinstance` of `{node.id}`", node)
            return {ctx.module.class_name(node)}
        case tree.TupleExpr(items=items):
            return {name for item in items for name in _class_names(ctx, item)}
        case tree.Binary(op="|", left=left, right=right):
            return _class_names(ctx, left) | _class_names(ctx, right)
        case _:
            ctx.refuse("unsupported-type", "`isinstance` of a computed class", node)


def _is_instance(ctx: Lowering, type_: HostType, classes: set[str], node: tree.Tree) -> bool:
    type_ = resolve(type_)
    if "object" in classes:
        return True
    if type_ is NUMERIC and bool({"int", "float"} & classes) and not {"int", "float"} <= classes:
        ctx.refuse("mixed-int-float", "`isinstance` of what may be an int or a float", node)
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
            ctx.refuse("unsupported-type", f"`isinstance` of {ctx.type_text(type_)}", node)


# Comparisons.

_ORDER: Final = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
_EQUAL: Final = {"==": "eq", "!=": "ne"}
_SUBSET: Final = {"<": "set.is_proper_subset", "<=": "set.is_subset"}


@lowers(tree.Compare)
def _compare(ctx: Lowering, node: tree.Compare) -> Val:
    if len(node.ops) == 1:
        right_node = node.rights[0]
        if node.ops[0] in _NONE_TESTS and isinstance(right_node, tree.NoneValue):
            return Val(condition(ctx, node).ir, BOOL)
        left, right = ctx.operands((node.left, right_node))
        return Val(compare(ctx, node.ops[0], left, right, node), BOOL)
    return Val(_chain(ctx, node), BOOL)


def _chain(ctx: Lowering, node: tree.Compare) -> ir.Expr:
    """`a < b < c`: `b` is evaluated once, and `c` only if `a < b`."""
    with ctx.only_values("a chain of comparisons has an effect"):
        vals = [ctx.expr(operand) for operand in (node.left, *node.rights)]
    return _links(ctx, node, vals, 0)


def _links(ctx: Lowering, node: tree.Compare, vals: list[Val], place: int) -> ir.Expr:
    """The comparisons from `place` on; operands that are used twice or too early are held."""
    left, right, *rest = vals
    held: list[tuple[str, ir.Expr]] = []

    def hold(val: Val) -> Val:
        if is_atom(val.ir):
            return val
        name = ctx.fresh("m")
        held.append((name, val.ir))
        return Val(ir.Var(name, to_ir(val.type), span=val.ir.span), val.type)

    if rest and not is_atom(right.ir):
        left = left if is_total(right.ir) else hold(left)
        right = hold(right)
    result = compare(ctx, node.ops[place], left, right, node)
    span = ctx.span(node)
    if rest:
        following = _links(ctx, node, [right, *rest], place + 1)
        result = _flat([result, following], is_and=True, span=span)
    for name, value in reversed(held):
        result = ir.Let(name, value, result, span=span)
    return result


def compare(ctx: Lowering, op: str, left: Val, right: Val, node: tree.Tree) -> ir.Expr:
    """`left op right`, both already evaluated in this order."""
    span = ctx.span(node)
    if op in {"in", "not in"}:
        from autoform.frontends.python.membership import membership

        found = membership(ctx, left, right, node)
        return found if op == "in" else negate(found, span)
    if op in {"is", "is not"}:
        return _identity(ctx, op, left, right, node)
    guess_same(ctx, left, right)
    one, two = ctx.known_type(left, node), ctx.known_type(right, node)
    if one in _COMPARABLE_NUMBERS and two in _COMPARABLE_NUMBERS:
        return _compare_numbers(ctx, op, left, right, node)
    if op in _EQUAL:
        return _equality(ctx, _EQUAL[op], left, right, node)
    if isinstance(one, SetT) and isinstance(two, SetT):
        ctx.unify(one.element, two.element, node)
        if op in _SUBSET:
            return ir.Apply(_SUBSET[op], (left.ir, right.ir), _BOOL, span=span)
        flipped = _SUBSET["<" if op == ">" else "<="]
        return ctx.flipped(
            left.ir, right.ir, lambda b, a: ir.Apply(flipped, (b, a), _BOOL, span=span)
        )
    return _order(ctx, op, left, right, node)


_COMPARABLE_NUMBERS: Final = NUMBERS | {BOOL}


def guess_same(ctx: Lowering, left: Val, right: Val) -> None:
    """Where nothing else says what an operand is, take it for what it is compared with."""
    if not ctx.info.guessing:
        return
    one, two = resolve(left.type), resolve(right.type)
    if isinstance(one, Cell) and isinstance(two, Cell):
        ctx.solver.unify(one, two)
        ctx.solver.flow(INT, one)
    elif isinstance(one, Cell):
        ctx.solver.flow(two, one)
    elif isinstance(two, Cell):
        ctx.solver.flow(one, two)


def _compare_numbers(ctx: Lowering, op: str, left: Val, right: Val, node: tree.Tree) -> ir.Expr:
    span = ctx.span(node)
    name = {**_ORDER, **_EQUAL}[op]
    if resolve(left.type) is BOOL and resolve(right.type) is BOOL and op in _EQUAL:
        return ir.Apply(name, (left.ir, right.ir), _BOOL, span=span)
    left, right = as_number(left), as_number(right)
    if (left.type is INT) == (right.type is INT):
        return ir.Apply(name, (left.ir, right.ir), _BOOL, span=span)
    for val in (left, right):
        if val.type is INT and isinstance(val.ir, ir.IntLit):
            if val.ir.value.bit_length() <= EXACT_FLOAT_BITS:
                val.ir = to_float(val.ir)
                return ir.Apply(name, (left.ir, right.ir), _BOOL, span=span)
    if left.type is INT:
        order = ir.Apply("int.compare_float", (left.ir, right.ir), ir_types.INT, span=span)
        return _by_order(ctx, name, order, span)
    order = ctx.flipped(
        left.ir,
        right.ir,
        lambda b, a: ir.Apply("int.compare_float", (b, a), ir_types.INT, span=span),
    )
    return _by_order(ctx, _FLIPPED.get(name, name), order, span)


_FLIPPED: Final = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}


def _by_order(ctx: Lowering, name: str, order: ir.Expr, span: Span) -> ir.Expr:
    """-1, 0 and 1 as usual, and 2 where one side is NaN and no order holds."""
    one = ir.IntLit(1, ir_types.INT)
    if name == "gt":
        return ir.Apply("eq", (order, one), _BOOL, span=span)
    if name != "ge":
        return ir.Apply(name, (order, ZERO), _BOOL, span=span)
    held = ir.Var(ctx.fresh("order"), ir_types.INT, span=span)
    at_least = ir.Apply("ge", (held, ZERO), _BOOL, span=span)
    no_nan = ir.Apply("le", (held, one), _BOOL, span=span)
    return ir.Let(held.name, order, ir.And((at_least, no_nan), span=span), span=span)


def _equality(ctx: Lowering, name: str, left: Val, right: Val, node: tree.Tree) -> ir.Expr:
    span = ctx.span(node)
    one, two = resolve(left.type), resolve(right.type)
    if one is NONE or two is NONE:
        ctx.refuse("type-mismatch", "a comparison with a value that is always None", node)
    if isinstance(one, OptionalT) != isinstance(two, OptionalT):
        optional = one if isinstance(one, OptionalT) else two
        if has_float(optional):
            ctx.refuse("unsupported-operator", "equality of floats that may be None", node)
        args = coerce(ctx, left, optional, node), coerce(ctx, right, optional, node)
        return ir.Apply(name, args, _BOOL, span=span)
    if isinstance(one, IterT) or isinstance(two, IterT) or RANGE in {one, two}:
        ctx.refuse("unsupported-operator", "equality of iterators or ranges", node)
    if isinstance(one, VarTupleT) != isinstance(two, VarTupleT):
        left, right = as_seq(ctx, left, node), as_seq(ctx, right, node)
        one, two = resolve(left.type), resolve(right.type)
    if has_float(one) or has_float(two):
        ctx.refuse("unsupported-operator", _IDENTITY, node, "compare the elements one by one")
    if isinstance(one, TupleT | VarTupleT) and isinstance(two, TupleT | VarTupleT):
        joined = ctx.join(one, two, node)
        args = coerce(ctx, left, joined, node), coerce(ctx, right, joined, node)
        return ir.Apply(name, args, _BOOL, span=span)
    if type(one) is not type(two) or (one is not two and (one in _PLAIN or two in _PLAIN)):
        shown = f"{ctx.type_text(one)} with {ctx.type_text(two)}"
        ctx.refuse("type-mismatch", f"comparing {shown} is always false", node)
    if isinstance(one, SetT) and isinstance(two, SetT):
        ctx.unify(one.element, two.element, node)
    else:
        ctx.unify(one, two, node)
    return ir.Apply(name, (left.ir, right.ir), _BOOL, span=span)


_PLAIN: Final = frozenset({STR, INT, BOOL, FLOAT, NUMERIC, NONE})
_IDENTITY: Final = (
    "equality of containers of floats: Python finds a NaN equal to itself there, if it is the"
    " same object"
)


def _identity(ctx: Lowering, op: str, left: Val, right: Val, node: tree.Tree) -> ir.Expr:
    if isinstance(right.ir, ir.BoolLit) and ctx.known_type(left, node) is BOOL:
        name = "eq" if op == "is" else "ne"
        return ir.Apply(name, (left.ir, right.ir), _BOOL, span=ctx.span(node))
    ctx.refuse("identity-comparison", f"`{op}` on values", node)


def _order(ctx: Lowering, op: str, left: Val, right: Val, node: tree.Tree) -> ir.Expr:
    one, two = resolve(left.type), resolve(right.type)
    span = ctx.span(node)
    if isinstance(one, OptionalT) or isinstance(two, OptionalT):
        left, right = _present(ctx, left, right, node)
        return compare(ctx, op, left, right, node)
    if one is STR and two is STR:
        return ir.Apply(_ORDER[op], (left.ir, right.ir), _BOOL, span=span)
    if isinstance(one, TupleT | VarTupleT) and isinstance(two, TupleT | VarTupleT):
        if has_float(one) or has_float(two):
            ctx.refuse("unsupported-operator", _IDENTITY, node)
        if not (is_ordered(one) and is_ordered(two)):
            ctx.refuse("unsupported-operator", f"`{op}` on {ctx.type_text(one)}", node)
        joined = ctx.join(one, two, node)
        args = coerce(ctx, left, joined, node), coerce(ctx, right, joined, node)
        return ir.Apply(_ORDER[op], args, _BOOL, span=span)
    if isinstance(one, ListT) and isinstance(two, ListT) and not has_float(one):
        ctx.unify(one, two, node)
        if is_ordered(one):
            return ir.Apply(_ORDER[op], (left.ir, right.ir), _BOOL, span=span)
    shown = f"{ctx.type_text(one)} and {ctx.type_text(two)}"
    ctx.refuse("unsupported-operator", f"`{op}` between {shown}", node)


def _present(ctx: Lowering, left: Val, right: Val, node: tree.Tree) -> tuple[Val, Val]:
    """Ordering `None` raises `TypeError`, after both operands are evaluated."""
    one, two = resolve(left.type), resolve(right.type)
    if isinstance(one, OptionalT):
        if not is_total(right.ir):
            ctx.refuse("type-mismatch", f"{ctx.type_text(one)} in a comparison", node)
        left = Val(unwrap(left.ir, one.item), one.item)
    if isinstance(two, OptionalT):
        right = Val(unwrap(right.ir, two.item), two.item)
    return left, right


def is_ordered(type_: HostType) -> bool:
    """Whether `<` is defined on values of the type, and is what the IR makes of it."""

    def disordered(part: HostType) -> bool:
        return isinstance(part, SetT | DictT | OptionalT | IterT | RecordT | Cell) or part is NONE

    return not contains(type_, disordered)


__all__ = [
    "Condition",
    "after_both",
    "compare",
    "condition",
    "is_ordered",
    "length",
    "negate",
    "truth",
]
