"""Blocks, branches, matches, jumps and assignments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from autoform.frontends.rust import tree
from autoform.frontends.rust.building import Block, NeedsStatements
from autoform.frontends.rust.infer import diverges
from autoform.frontends.rust.lower_exprs import (
    lower,
    operands,
    rule,
)
from autoform.frontends.rust.lower_patterns import (
    bind,
    condition_of,
    declare,
    is_mut_ref,
    matches_all,
)
from autoform.frontends.rust.lower_places import place_of
from autoform.frontends.rust.lowering import (
    DISCARD,
    UNIT_VALUE,
    AssignTo,
    Dest,
    Discard,
    Lower,
    ReturnIt,
)
from autoform.frontends.rust.names import Local
from autoform.frontends.rust.places import Place
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.rust.types import Con, prune, strip
from autoform.ir import exprs as ir
from autoform.ir import stmts
from autoform.ir.build import conjunction, disjunction
from autoform.ir.ops import apply
from autoform.ir.types import UNIT

# Where values go.


def into(low: Lower, node: tree.Expr, dest: Dest) -> None:
    """Lower an expression for its effect, and put its value where it is wanted."""
    match node:
        case tree.If():
            _if_into(low, node, dest)
        case tree.Match():
            from autoform.frontends.rust.lower_match import match_into

            match_into(low, node, dest)
        case tree.Block():
            block_into(low, node, dest)
        case tree.Loop():
            from autoform.frontends.rust.lower_loops import loop_into

            loop_into(low, node, dest)
        case _:
            put(low, lower(low, node), dest, node)


def put(low: Lower, value: ir.Expr, dest: Dest, node: tree.Tree) -> None:
    """Put a value where it is wanted. One that is not wanted is still evaluated."""
    if low.out.dead:
        return
    match dest:
        case ReturnIt():
            low.emit(stmts.Return(value, span=low.span(node)))
        case AssignTo(name=name):
            low.emit(stmts.Assign(name, value, span=low.span(node)))
        case Discard():
            if low.may_raise(value):
                low.emit(
                    stmts.VarDecl(
                        low.fresh("unused"), ir.type_of(value), value, span=low.span(node)
                    )
                )


# Blocks and `let`.


def block_into(low: Lower, node: tree.Block, dest: Dest) -> None:
    """A block's statements, and its value where it is wanted."""
    for statement in node.statements:
        _statement(low, statement)
    if node.tail is not None:
        into(low, node.tail, dest)
    else:
        put(low, UNIT_VALUE, dest, node)


def block_value(low: Lower, node: tree.Block) -> ir.Expr:
    """A block as an expression, its statements before it."""
    for statement in node.statements:
        _statement(low, statement)
    return UNIT_VALUE if node.tail is None else lower(low, node.tail)


def _statement(low: Lower, statement: tree.Statement) -> None:
    match statement:
        case tree.Let():
            _let(low, statement)
        case tree.ExprStatement(value=value):
            into(low, value, DISCARD)
        case tree.ItemStatement(item=item):
            if isinstance(item, tree.FunctionItem):
                return


def _let(low: Lower, let: tree.Let) -> None:
    if let.orelse is not None:
        _let_else(low, let)
        return
    pattern = let.pattern
    local = pattern.target.own if isinstance(pattern, tree.BindPattern) and pattern.target else None
    if let.value is None:
        if local is None:
            raise Refusal("unsupported-syntax", "a pattern without a value", let)
        declare(low, local, None, let)
        return
    if local is not None and isinstance(pattern, tree.BindPattern) and pattern.sub is None:
        _let_name(low, local, let, let.value)
        return
    if not matches_all(pattern) and not isinstance(
        pattern, tree.StructPattern | tree.TupleStructPattern | tree.SlicePattern
    ):
        raise Refusal("unsupported-syntax", "this pattern in a `let`", let)
    if isinstance(pattern, tree.WildPattern):
        into(low, let.value, DISCARD)
        return
    if (
        isinstance(pattern, tree.TuplePattern)
        and isinstance(let.value, tree.Tuple)
        and len(pattern.items) == len(let.value.items)
    ):
        from autoform.frontends.rust.closures import bind_value

        values = operands(low, let.value.items)
        kept = [_kept_for(low, item, v) for item, v in zip(pattern.items, values, strict=True)]
        for item, value in zip(pattern.items, kept, strict=True):
            bind_value(low, item, value)
        return
    bind(low, pattern, subject(low, let.value))


def _kept_for(low: Lower, pattern: tree.Pattern, value: ir.Expr) -> ir.Expr:
    """A value that a later binding must not disturb; one that is only bound stays as it is."""
    del pattern
    return low.keep(value) if low.reads_mutable(value) or low.may_raise(value) else value


def _let_name(low: Lower, local: Local, let: tree.Let, value: tree.Expr) -> None:
    found = prune(local.ty)
    if type(found) is Con and found.name == "fn":
        if isinstance(value, tree.Closure):
            _check_captures(low, value)
        local.bound = value
        return
    if is_mut_ref(local):
        if local.mutable:
            raise Refusal("mutable-borrow", f"`{local.name}` may refer to another place later", let)
        local.bound = place_of(low, value, stored=True)
        return
    if type(found) is Con and found.name in {"Iter", "Range", "RangeFrom"}:
        from autoform.frontends.rust.plans import as_sequence, at_once, plan_of

        if found.name == "RangeFrom":
            raise Refusal("unsupported-syntax", "a range without an end in a variable", let)
        if found.name == "Range":
            _let_range(low, local, value)
            return
        declare(low, local, as_sequence(low, at_once(low, plan_of(low, value), value), value), let)
        return
    if isinstance(value, tree.If | tree.Match | tree.Loop) and not diverges(value):
        lowered = low.as_expression(partial(lower, low, value))
        block, result = lowered
        for each in block.statements:
            low.emit(each)
        declare(low, local, result, let)
        return
    result = lower(low, value)
    if low.out.dead:
        declare_dead(low, local, let)
        return
    declare(low, local, result, let)


def declare_dead(low: Lower, local: Local, node: tree.Tree) -> None:
    """A name in code that is never reached: something stands for it."""
    local.bound = ir.Var(low.fresh(local.name), low.type(local.ty, node))


def _let_range(low: Lower, local: Local, value: tree.Expr) -> None:
    """`let r = a..b`: the bounds as a pair, with which nothing but ranges is done."""
    if not isinstance(value, tree.Range) or value.inclusive or local.mutable:
        raise Refusal("unsupported-syntax", "this range in a variable", value)
    assert value.low is not None
    assert value.high is not None
    bounds = operands(low, (value.low, value.high))
    local.bound = ir.TupleLit(tuple(low.keep(bound, "bound") for bound in bounds))


def _check_captures(low: Lower, closure: tree.Closure) -> None:
    """A `move` closure has copies: what may change later would not be what it sees."""
    if not closure.moves:
        return
    from autoform.frontends.rust.infer import tree_children

    pending: list[object] = [closure.body]
    while pending:
        each = pending.pop()
        if isinstance(each, tree.Path) and isinstance(each.target, Local):
            bound = each.target.own.bound
            if isinstance(bound, ir.Var) and bound.name not in low.frozen:
                message = f"a `move` closure takes `{each.target.name}`, which may change"
                raise Refusal("higher-order-value", message, each)
        pending.extend(tree_children(each))


def _let_else(low: Lower, let: tree.Let) -> None:
    assert let.value is not None
    assert let.orelse is not None
    place = subject(low, let.value)
    condition = condition_of(low, let.pattern, place)
    with low.block() as otherwise:
        block_into(low, let.orelse, DISCARD)
    low.emit(stmts.If(negated(condition), otherwise.done, span=low.span(let)))
    bind(low, let.pattern, place)


def negated(condition: ir.Expr) -> ir.Expr:
    """The opposite of a condition."""
    match condition:
        case ir.Apply(op="not", args=(inner,)):
            return inner
        case ir.Apply(op="option.is_some", args=args):
            return apply("option.is_none", *args)
        case ir.Apply(op="option.is_none", args=args):
            return apply("option.is_some", *args)
        case ir.BoolLit(value=value):
            return ir.BoolLit(not value)
        case _:
            return apply("not", condition, span=condition.span)


def subject(low: Lower, node: tree.Expr) -> Place:
    """What a pattern is matched against: a place that stays as it is while names are bound."""
    if isinstance(node, tree.Tuple):
        values = operands(low, node.items)
        return Place(ir.TupleLit(tuple(low.keep(value) for value in values)))
    if _is_place(node):
        place = place_of(low, node, stored=True)
        if low.out.pure and not low.is_stable(low.read(place)):
            return Place(low.keep(low.read(place)))
        return place
    return Place(low.keep(lower(low, node)))


def _is_place(node: tree.Expr) -> bool:
    from autoform.frontends.rust.lower_places import PLACE_METHODS
    from autoform.frontends.rust.names import Builtin

    match node:
        case tree.Path(target=Local()) | tree.Field() | tree.Borrow():
            return True
        case tree.Unary(op="*", target=None):
            return True
        case tree.Index(value=value):
            found = strip(value.ty)
            return type(found) is Con and found.name in {"Seq", "VecDeque"}
        case tree.MethodCall(target=Builtin(key=key)):
            return key in PLACE_METHODS or node.name in {"as_mut", "as_deref_mut"}
        case _:
            return False


# Conditions.


@dataclass(slots=True, eq=False)
class Condition:
    """A condition as an expression, and what is to be bound where it holds."""

    value: ir.Expr
    binds: list[tuple[tree.Pattern, Place]]


def condition(low: Lower, node: tree.Expr) -> Condition:
    """A condition of `if` or `while`. Raises `NeedsStatements` where `let`s must be nested."""
    items = conjuncts(node)
    if not any(isinstance(item, tree.LetCondition) for item in items):
        return Condition(lower(low, node), [])
    values: list[ir.Expr] = []
    binds: list[tuple[tree.Pattern, Place]] = []
    for at, item in enumerate(items):
        if isinstance(item, tree.LetCondition):
            start = len(low.out.statements)
            place = subject(low, item.value)
            if at and low.out.statements[start:]:
                raise NeedsStatements(item)
            values.append(condition_of(low, item.pattern, place))
            binds.append((item.pattern, place))
            if at + 1 < len(items):
                bind_in_condition(low, item.pattern, place)
        else:
            block, value = low.as_expression(partial(lower, low, item))
            if block.statements:
                raise NeedsStatements(item)
            values.append(value)
    return Condition(conjunction(values), binds)


def bind_in_condition(low: Lower, pattern: tree.Pattern, place: Place) -> None:
    """Bind names so that what follows in a condition sees them, without any statement."""
    match pattern:
        case tree.BindPattern(target=Local() as local):
            local.own.bound = place if is_mut_ref(local.own) else low.read(place)
        case tree.RefPattern(inner=inner):
            bind_in_condition(low, inner, place)
        case tree.OrPattern():
            raise NeedsStatements(pattern)
        case tree.SlicePattern():
            from autoform.frontends.rust.lower_patterns import _slice_parts

            for inner, at in _slice_parts(low, pattern, place)[1]:
                bind_in_condition(low, inner, at)
        case _:
            from autoform.frontends.rust.lower_patterns import parts_of

            for inner, step in parts_of(low, pattern, place):
                bind_in_condition(low, inner, place.then(step))


def conjuncts(node: tree.Expr) -> list[tree.Expr]:
    """`a && b && c` as its parts."""
    if isinstance(node, tree.Binary) and node.op == "&&":
        return [*conjuncts(node.left), *conjuncts(node.right)]
    return [node]


def nested_condition(low: Lower, items: list[tree.Expr], then: Callable[[], None]) -> None:
    """`if`s inside each other, each after the bindings of those before it."""
    if not items:
        then()
        return
    found = condition(low, items[0])
    with low.block() as inner:
        for pattern, place in found.binds:
            bind(low, pattern, place)
        nested_condition(low, items[1:], then)
    low.emit(stmts.If(found.value, inner.done))


# `if`.


def _if_into(low: Lower, node: tree.If, dest: Dest) -> None:
    start = len(low.out.statements)
    try:
        found = condition(low, node.condition)
    except NeedsStatements:
        if low.out.pure:
            raise
        del low.out.statements[start:]
        _nested_if(low, node, dest)
        return
    with low.block() as then:
        for pattern, place in found.binds:
            bind(low, pattern, place)
        into(low, node.then, dest)
    with low.block() as otherwise:
        if node.orelse is not None:
            into(low, node.orelse, dest)
        elif not isinstance(dest, Discard):
            put(low, UNIT_VALUE, dest, node)
    low.emit(stmts.If(found.value, then.done, otherwise.done, span=low.span(node)))


def _nested_if(low: Lower, node: tree.If, dest: Dest) -> None:
    """Conditions whose `let`s need statements: a variable tells whether all of them held."""
    flag = low.fresh("matched")
    bool_type = ir.type_of(ir.TRUE)
    low.emit(stmts.VarDecl(flag, bool_type, ir.FALSE))

    def then() -> None:
        low.emit(stmts.Assign(flag, ir.TRUE))
        into(low, node.then, dest)

    nested_condition(low, conjuncts(node.condition), then)
    with low.block() as otherwise:
        if node.orelse is not None:
            into(low, node.orelse, dest)
        elif not isinstance(dest, Discard):
            put(low, UNIT_VALUE, dest, node)
    if otherwise.statements:
        low.emit(stmts.If(apply("not", ir.Var(flag, bool_type)), otherwise.done))


@rule(tree.If)
def _if(low: Lower, node: tree.If) -> ir.Expr:
    if node.orelse is None or is_unit(low, node):
        _if_into(low, node, DISCARD)
        return UNIT_VALUE
    start = len(low.out.statements)
    try:
        found = condition(low, node.condition)
    except NeedsStatements:
        if low.out.pure:
            raise
        del low.out.statements[start:]
        return _through_variable(low, node)

    def then() -> ir.Expr:
        for pattern, place in found.binds:
            bind(low, pattern, place)
        return lower(low, node.then)

    branches = [low.as_expression(then), low.as_expression(partial(lower, low, node.orelse))]
    return join(low, [found.value], branches, node)


def is_unit(low: Lower, node: tree.Expr) -> bool:
    """Whether an expression has no value but `()`."""
    found = strip(node.ty)
    if type(found) is Con:
        return found.name == "tuple" and not found.args
    del low
    return False


def _through_variable(low: Lower, node: tree.Expr) -> ir.Expr:
    """An expression whose value a variable collects."""
    name = low.fresh("chosen")
    type_ = low.type_of(node)
    low.emit(stmts.VarDecl(name, type_, span=low.span(node)))
    into(low, node, AssignTo(name))
    low.frozen.add(name)
    return ir.Var(name, type_, span=low.span(node))


def join(
    low: Lower,
    conditions: list[ir.Expr],
    branches: list[tuple[Block, ir.Expr]],
    node: tree.Expr,
) -> ir.Expr:
    """`if`s with a value: an expression where all branches are, else statements and a variable.

    There is one more branch than conditions.
    """
    if all(not block.statements and not block.dead for block, _ in branches):
        found = branches[-1][1]
        for test, (_, value) in reversed(list(zip(conditions, branches[:-1], strict=True))):
            found = ir.IfExpr(test, value, found, span=low.span(node))
        return found
    if low.out.pure:
        raise NeedsStatements(node)
    alive = [branch for branch in branches if not branch[0].dead]
    name: str | None = None
    type_ = ir.type_of(alive[0][1]) if alive else UNIT
    if type_ != UNIT:
        name = low.fresh("chosen")
        low.emit(stmts.VarDecl(name, type_, span=low.span(node)))
        for block, value in alive:
            block.emit(stmts.Assign(name, value, span=low.span(node)))
    emit_chain(low, conditions, [block.done for block, _ in branches], node)
    if name is None:
        return UNIT_VALUE
    low.frozen.add(name)
    return ir.Var(name, type_, span=low.span(node))


SPLIT = 12
"""Chains of more branches than this are halved, so that they do not nest one in the other."""


def emit_chain(
    low: Lower, conditions: list[ir.Expr], blocks: list[stmts.Block], node: tree.Tree
) -> None:
    """Emit the chain."""
    for statement in chain(conditions, blocks, low, node):
        low.emit(statement)


def chain(
    conditions: list[ir.Expr], blocks: list[stmts.Block], low: Lower, node: tree.Tree
) -> stmts.Block:
    """`if c0 { b0 } else if c1 { b1 } … else { bn }`."""
    span = low.span(node)
    if len(conditions) > SPLIT:
        half = len(conditions) // 2
        first, rest = conditions[:half], conditions[half:]
        then = chain(first[:-1], blocks[:half], low, node)
        return (
            stmts.If(disjunction(first), then, chain(rest, blocks[half:], low, node), span=span),
        )
    found = blocks[-1]
    for test, block in reversed(list(zip(conditions, blocks[:-1], strict=True))):
        found = (stmts.If(test, block, found, span=span),)
    return found
