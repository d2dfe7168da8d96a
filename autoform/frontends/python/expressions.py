"""Names, literals, displays, subscripts, f-strings."""

from __future__ import annotations

from autoform.frontends.python import tree
from autoform.frontends.python.coerce import as_seq, coerce, unwrap
from autoform.frontends.python.context import Lowering, lowers
from autoform.frontends.python.scopes import Binding
from autoform.frontends.python.totality import is_total
from autoform.frontends.python.types import (
    BOOL,
    FLOAT,
    INT,
    NONE,
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
    has_float,
    resolve,
    to_ir,
)
from autoform.frontends.python.values import (
    Val,
    bool_val,
    float_val,
    int_val,
    str_val,
)
from autoform.ir import exprs as ir
from autoform.ir import types as ir_types
from autoform.source import Span

# Names and literals.


@lowers(tree.Name)
def _name(ctx: Lowering, node: tree.Name) -> Val:
    if ctx.contract is not None and node.id in ctx.contract.env:
        found = ctx.contract.env[node.id]
        return Val(found.ir, found.type)
    binding = ctx.scope.refs.get(node)
    if binding is None:
        return ctx.module.global_value(ctx, node)
    if binding.function is not None:
        ctx.refuse("higher-order-value", f"the function `{node.id}` is used as a value", node)
    return read_variable(ctx, node)


def read_variable(ctx: Lowering, node: tree.Name) -> Val:
    """The value of a local variable, as narrow as it is known to be here."""
    local = ctx.module.local_import(ctx, node)
    if local is not None:
        return ctx.module.imported_value(ctx, local, node)
    return variable_value(ctx, ctx.scope.refs[node].variable, ctx.span(node))


def variable_value(ctx: Lowering, variable: Binding, span: Span) -> Val:
    """The value of a variable at this point."""
    bound = ctx.bound.get(variable)
    if bound is not None:
        var, type_ = bound.ir, resolve(bound.type)
    else:
        type_ = resolve(ctx.cell(variable))
        var = ir.Var(ctx.name_of(variable), to_ir(type_), span=span)
    narrow = ctx.facts.get(variable)
    if narrow is None or not isinstance(type_, OptionalT):
        return Val(var, type_)
    if resolve(narrow) is NONE:
        return Val(ir.TupleLit((), span=span), NONE)
    return Val(unwrap(var, type_.item), type_.item)


@lowers(tree.Int)
def _int(ctx: Lowering, node: tree.Int) -> Val:
    return int_val(node.value, ctx.span(node))


@lowers(tree.Float)
def _float(ctx: Lowering, node: tree.Float) -> Val:
    return float_val(node.value, ctx.span(node))


@lowers(tree.Str)
def _str(ctx: Lowering, node: tree.Str) -> Val:
    return str_val(node.value, ctx.span(node))


@lowers(tree.Bool)
def _bool(ctx: Lowering, node: tree.Bool) -> Val:
    return bool_val(node.value, ctx.span(node))


@lowers(tree.NoneValue)
def _none(ctx: Lowering, node: tree.NoneValue) -> Val:
    return Val(ir.TupleLit((), span=ctx.span(node)), NONE)


@lowers(tree.Ellipsis)
def _ellipsis(ctx: Lowering, node: tree.Ellipsis) -> Val:
    ctx.refuse("unsupported-syntax", "`...` as a value", node)


@lowers(tree.Starred)
def _starred(ctx: Lowering, node: tree.Starred) -> Val:
    ctx.refuse("star-arguments", "`*` is not supported here", node)


@lowers(tree.Slice)
def _slice(ctx: Lowering, node: tree.Slice) -> Val:
    ctx.refuse("unsupported-syntax", "a slice as a value", node)


@lowers(tree.Lambda)
def _lambda(ctx: Lowering, node: tree.Lambda) -> Val:
    ctx.refuse("higher-order-value", "a lambda is used as a value", node)


@lowers(tree.Walrus)
def _walrus(ctx: Lowering, node: tree.Walrus) -> Val:
    from autoform.frontends.python.places import assign_name

    assign_name(ctx, node.target, ctx.expr(node.value), node)
    return variable_value(ctx, ctx.scope.refs[node.target].variable, ctx.span(node))


# Displays.


@lowers(tree.TupleExpr)
def _tuple(ctx: Lowering, node: tree.TupleExpr) -> Val:
    vals = ctx.operands(node.items)
    for val, item in zip(vals, node.items, strict=True):
        if isinstance(resolve(val.type), IterT):
            ctx.refuse("unsupported-type", "an iterator is kept for later use", item)
    items = tuple(val.ir for val in vals)
    return Val(ir.TupleLit(items, span=ctx.span(node)), TupleT(tuple(v.type for v in vals)))


def joined_items(
    ctx: Lowering, nodes: tuple[tree.Expr, ...], node: tree.Tree
) -> tuple[tuple[ir.Expr, ...], HostType]:
    """The items of a display, all of one type."""
    vals = ctx.operands(nodes)
    element = ctx.part(node)
    for val, item in zip(vals, nodes, strict=True):
        ctx.flow(val.type, element, item)
    items = tuple(coerce(ctx, v, element, n) for v, n in zip(vals, nodes, strict=True))
    return items, element


@lowers(tree.ListExpr)
def _list(ctx: Lowering, node: tree.ListExpr) -> Val:
    if any(isinstance(item, tree.Starred) for item in node.items):
        return _starred_list(ctx, node)
    items, element = joined_items(ctx, node.items, node)
    return Val(ir.SeqLit(to_ir(element), items, span=ctx.span(node)), ListT(element))


def _starred_list(ctx: Lowering, node: tree.ListExpr) -> Val:
    """`[a, *xs]` is `[a] + list(xs)`."""
    from autoform.frontends.python.iteration import as_sequence

    element, span = ctx.part(node), ctx.span(node)
    parts: list[ir.Expr] = []
    with ctx.only_values("an effect inside a display with `*`"):
        vals = [
            as_sequence(ctx, ctx.expr(item.value), item)
            if isinstance(item, tree.Starred)
            else ctx.expr(item)
            for item in node.items
        ]
    for val, item in zip(vals, node.items, strict=True):
        type_ = element_of(ctx, val, item) if isinstance(item, tree.Starred) else val.type
        ctx.flow(type_, element, item)
    seq = ir_types.SeqType(to_ir(element))
    for val, item in zip(vals, node.items, strict=True):
        if isinstance(item, tree.Starred):
            parts.append(val.ir)
        else:
            parts.append(ir.SeqLit(seq.element, (coerce(ctx, val, element, item),)))
    result: ir.Expr = ir.SeqLit(seq.element, (), span=span)
    for place, part in enumerate(parts):
        result = part if not place else ir.Apply("seq.concat", (result, part), seq, span=span)
    if len(parts) == 1:
        result = ctx.copied(result)
    return Val(result, ListT(element))


@lowers(tree.SetExpr)
def _set(ctx: Lowering, node: tree.SetExpr) -> Val:
    items, element = joined_items(ctx, node.items, node)
    require_hashable(ctx, element, node)
    return Val(ir.SetLit(to_ir(element), items, span=ctx.span(node)), SetT(element))


@lowers(tree.DictExpr)
def _dict(ctx: Lowering, node: tree.DictExpr) -> Val:
    key_type, value_type = ctx.part(node), ctx.part(node, 1)
    nodes = [n for pair in zip(node.keys, node.values, strict=True) for n in pair]
    if None in nodes:
        ctx.refuse("star-arguments", "`**` in a dict display", node)
    flat = [n for n in nodes if n is not None]
    vals = ctx.operands(flat)
    for place, (val, item) in enumerate(zip(vals, flat, strict=True)):
        ctx.flow(val.type, value_type if place % 2 else key_type, item)
    require_hashable(ctx, key_type, node)
    keys = tuple(coerce(ctx, v, key_type, node) for v in vals[::2])
    values = tuple(coerce(ctx, v, value_type, node) for v in vals[1::2])
    lit = ir.MapLit(to_ir(key_type), to_ir(value_type), keys, values, span=ctx.span(node))
    return Val(lit, DictT(key_type, value_type))


def require_hashable(ctx: Lowering, type_: HostType, node: tree.Tree) -> None:
    """Refuse elements of sets and keys of dicts whose equality the IR does not share."""
    found = resolve(type_)
    if isinstance(found, ListT | DictT) or (isinstance(found, SetT) and not found.frozen):
        ctx.refuse("type-mismatch", f"{ctx.type_text(found)} is not hashable", node)
    if isinstance(found, IterT):
        ctx.refuse("unsupported-type", "iterators in a set or as keys", node)
    if isinstance(found, TupleT | VarTupleT | OptionalT):
        items = found.items if isinstance(found, TupleT) else ()
        for part in items or (found.element,) if isinstance(found, VarTupleT) else items:
            require_hashable(ctx, part, node)
    if has_float(type_):
        ctx.refuse("unsupported-type", "floats in a set or as keys: NaN is found by identity", node)


# Subscripts.


def element_of(ctx: Lowering, val: Val, node: tree.Tree) -> HostType:
    """What walking over the value gives."""
    type_ = ctx.known_type(val, node)
    match type_:
        case ListT(element) | VarTupleT(element) | IterT(element) | SetT(element):
            return element
        case DictT(key):
            return key
        case _ if type_ is STR:
            return STR
        case _ if type_ is RANGE:
            return INT
        case TupleT():
            element_type = resolve(as_seq(ctx, val, node).type)
            assert isinstance(element_type, VarTupleT)
            return element_type.element
        case _:
            ctx.refuse("type-mismatch", f"{ctx.type_text(type_)} cannot be walked over", node)


@lowers(tree.Subscript)
def _subscript(ctx: Lowering, node: tree.Subscript) -> Val:
    if isinstance(node.index, tree.Slice):
        return _sliced(ctx, node, node.index)
    special = ctx.module.special_subscript(ctx, node)
    if special is not None:
        return special
    container, index = ctx.operands((node.value, node.index))
    return subscript(ctx, container, index, node)


def subscript(ctx: Lowering, container: Val, index: Val, node: tree.Subscript) -> Val:
    """`container[index]`, both already evaluated."""
    _guess_container(ctx, container, index)
    type_ = ctx.known_type(container, node.value)
    if isinstance(type_, OptionalT):
        if not is_total(index.ir):
            ctx.refuse("type-mismatch", f"{ctx.type_text(type_)} is subscripted", node)
        container = Val(unwrap(container.ir, type_.item), type_.item)
        type_ = ctx.known_type(container, node.value)
    span = ctx.span(node)
    if isinstance(type_, DictT):
        ctx.join(type_.key, index.type, node.index)
        key = coerce(ctx, index, type_.key, node.index)
        return Val(
            ir.Apply("map.at", (container.ir, key), to_ir(type_.value), span=span), type_.value
        )
    if isinstance(type_, TupleT):
        return _tuple_item(ctx, container, type_, index, node, span)
    place = index_of(ctx, index, node.index)
    sign = "" if is_non_negative(ctx, node.index) else "_neg"
    if type_ is STR:
        return Val(ir.Apply(f"str.at{sign}", (container.ir, place), ir_types.STR, span=span), STR)
    if isinstance(type_, ListT | VarTupleT) or type_ is RANGE:
        element = INT if type_ is RANGE else type_.element  # type: ignore[union-attr] # not a Prim
        found = ir.Apply(f"seq.at{sign}", (container.ir, place), to_ir(element), span=span)
        return Val(found, element)
    ctx.refuse("unsupported-type", f"{ctx.type_text(type_)} is subscripted", node)


def _guess_container(ctx: Lowering, container: Val, index: Val) -> None:
    """Where nothing else says what is subscripted, take it for a list."""
    found = resolve(container.type)
    if ctx.info.guessing and isinstance(found, Cell):
        if resolve(index.type) is STR:
            ctx.solver.flow(DictT(STR, Cell()), found)
        else:
            ctx.solver.flow(ListT(Cell()), found)


def index_of(ctx: Lowering, index: Val, node: tree.Tree) -> ir.Expr:
    """An index into a sequence: an integer."""
    type_ = resolve(index.type)
    if isinstance(type_, Cell) and ctx.info.guessing:
        ctx.solver.flow(INT, type_)
        type_ = INT
    if type_ is BOOL:
        return ir.Apply("bool.to_int", (index.ir,), ir_types.INT, span=index.ir.span)
    if isinstance(type_, Cell):
        ctx.unknown("this index", node)
    if isinstance(type_, OptionalT) and resolve(type_.item) is INT:
        return unwrap(index.ir, INT)
    if type_ is not INT:
        code = "mixed-int-float" if type_ in {FLOAT, NUMERIC} else "type-mismatch"
        ctx.refuse(code, f"an index of type {ctx.type_text(type_)}", node)
    return index.ir


def is_non_negative(ctx: Lowering, node: tree.Expr) -> bool:
    """Whether an index is plainly never negative, so that it does not count from the end."""
    match node:
        case tree.Int(value=value):
            return value >= 0
        case tree.Name():
            binding = ctx.scope.refs.get(node)
            return binding is not None and binding.variable in ctx.non_negative
        case tree.Binary(op="+" | "*" | "//", left=left, right=right):
            return is_non_negative(ctx, left) and is_non_negative(ctx, right)
        case tree.Binary(op="%", right=right):
            return isinstance(right, tree.Int) and right.value > 0
        case tree.Call(function=tree.Name(id="len")):
            return ctx.module.is_builtin(ctx, node.function)
        case _:
            return False


def _tuple_item(
    ctx: Lowering, container: Val, type_: TupleT, index: Val, node: tree.Subscript, span: Span
) -> Val:
    count = len(type_.items)
    if isinstance(index.ir, ir.IntLit):
        place = index.ir.value
        if not -count <= place < count:
            ctx.refuse("type-mismatch", f"{ctx.type_text(type_)} has no item {place}", node)
        place %= count
        if isinstance(container.ir, ir.TupleLit) and all(map(is_total, container.ir.items)):
            return Val(container.ir.items[place], type_.items[place])
        return Val(ir.TupleGet(container.ir, place, span=span), type_.items[place])
    seq = as_seq(ctx, container, node)
    seq_type = resolve(seq.type)
    assert isinstance(seq_type, VarTupleT)
    at = index_of(ctx, index, node.index)
    sign = "" if is_non_negative(ctx, node.index) else "_neg"
    element = seq_type.element
    return Val(ir.Apply(f"seq.at{sign}", (seq.ir, at), to_ir(element), span=span), element)


def _sliced(ctx: Lowering, node: tree.Subscript, index: tree.Slice) -> Val:
    bounds = [b for b in (index.lower, index.upper, index.step) if b is not None]
    container, *vals = ctx.operands((node.value, *bounds))
    type_ = ctx.known_type(container, node.value)
    if isinstance(type_, TupleT):
        fixed = _fixed_slice(ctx, container, type_, vals, index, node)
        if fixed is not None:
            return fixed
        container = as_seq(ctx, container, node)
        type_ = resolve(container.type)
    if not (type_ is STR or isinstance(type_, ListT | VarTupleT)):
        ctx.refuse("unsupported-type", f"a slice of {ctx.type_text(type_)}", node)
    given = iter(vals)
    lower, upper, step = (
        None if bound is None else _bound(ctx, next(given), bound)
        for bound in (index.lower, index.upper, index.step)
    )
    found = slice_of(container, lower, upper, step, ctx.span(node))
    if found is container.ir and isinstance(type_, ListT):
        found = ctx.copied(found)
    return Val(found, type_)


def _bound(ctx: Lowering, val: Val, node: tree.Expr) -> ir.Expr | None:
    """A bound of a slice; a plain `None` is no bound."""
    type_ = resolve(val.type)
    if type_ is NONE:
        return None
    if isinstance(type_, OptionalT):
        ctx.refuse("unsupported-syntax", "a bound that may be None", node)
    return index_of(ctx, val, node)


def slice_of(
    container: Val, lower: ir.Expr | None, upper: ir.Expr | None, step: ir.Expr | None, span: Span
) -> ir.Expr:
    """`container[lower:upper:step]` of a text or sequence."""
    type_ = to_ir(container.type)
    kind = "str" if type_ == ir_types.STR else "seq"
    if isinstance(step, ir.IntLit) and step.value == 1:
        step = None
    if step is not None:
        if isinstance(step, ir.IntLit) and step.value == -1 and lower is None and upper is None:
            return ir.Apply(f"{kind}.reverse", (container.ir,), type_, span=span)
        args = (container.ir, _option(lower), _option(upper), step)
        return ir.Apply(f"{kind}.slice_step", args, type_, span=span)
    if lower is None and upper is None:
        return container.ir
    if upper is None:
        assert lower is not None
        return ir.Apply(f"{kind}.slice_from", (container.ir, lower), type_, span=span)
    if lower is None:
        return ir.Apply(f"{kind}.slice_to", (container.ir, upper), type_, span=span)
    return ir.Apply(f"{kind}.slice", (container.ir, lower, upper), type_, span=span)


def _option(bound: ir.Expr | None) -> ir.Expr:
    if bound is None:
        return ir.NoneLit(ir_types.INT)
    return ir.Apply("option.some", (bound,), ir_types.OptionType(ir_types.INT), span=bound.span)


def _fixed_slice(
    ctx: Lowering,
    container: Val,
    type_: TupleT,
    vals: list[Val],
    index: tree.Slice,
    node: tree.Tree,
) -> Val | None:
    """A slice of a tuple by constants is a tuple of fixed length."""
    if not all(isinstance(val.ir, ir.IntLit) for val in vals):
        return None
    given = iter(val.ir.value for val in vals if isinstance(val.ir, ir.IntLit))
    lower, upper, step = (
        None if bound is None else next(given) for bound in (index.lower, index.upper, index.step)
    )
    if step == 0:
        return None
    if not isinstance(container.ir, ir.Var | ir.TupleLit):
        container = ctx.temp(container)
    places = range(len(type_.items))[lower:upper:step]
    if isinstance(container.ir, ir.TupleLit):
        if not all(map(is_total, container.ir.items)):
            return None
        items = tuple(container.ir.items[i] for i in places)
    else:
        items = tuple(ir.TupleGet(container.ir, i) for i in places)
    found = ir.TupleLit(items, span=ctx.span(node))
    return Val(found, TupleT(tuple(type_.items[i] for i in places)))


# Attributes and f-strings.


@lowers(tree.Attribute)
def _attribute(ctx: Lowering, node: tree.Attribute) -> Val:
    constant = ctx.module.attribute(ctx, node)
    if constant is not None:
        return constant
    val = ctx.known(node.value)
    if isinstance(val.type, RecordT):
        return ctx.module.field(ctx, val, node)
    ctx.refuse("unsupported-syntax", f"the attribute `{node.name}`", node)


@lowers(tree.FString)
def _fstring(ctx: Lowering, node: tree.FString) -> Val:
    nodes = [part.value for part in node.parts if isinstance(part, tree.Formatted)]
    vals = iter(ctx.operands(nodes))
    pieces: list[ir.Expr] = []
    span = ctx.span(node)
    for part in node.parts:
        if isinstance(part, tree.Str):
            if part.value:
                pieces.append(ir.StrLit(part.value, span=span))
        else:
            pieces.append(formatted(ctx, next(vals), part))
    if not pieces:
        return str_val("", span)
    result = pieces[0]
    for piece in pieces[1:]:
        result = ir.Apply("str.concat", (result, piece), ir_types.STR, span=span)
    return Val(result, STR)


def formatted(ctx: Lowering, val: Val, part: tree.Formatted) -> ir.Expr:
    """`{value:spec}`."""
    if part.conversion == "r" and not part.spec:
        from autoform.frontends.python.library_format import displayed

        return displayed(ctx, val.ir, val.type, part)
    if part.conversion not in {"", "s"}:
        ctx.refuse("string-format", f"`!{part.conversion}` in an f-string", part)
    if not part.spec:
        return to_text(ctx, val, part)
    type_ = ctx.known_type(val, part)
    op = {INT: "py.format_int", FLOAT: "py.format_float", STR: "py.format_str"}.get(type_)  # type: ignore[call-overload] # keyed by Prim
    if op is None or part.conversion:
        ctx.refuse("string-format", f"a format of {ctx.type_text(type_)}", part)
    spec = ir.StrLit(part.spec)
    return ir.Apply(op, (val.ir, spec), ir_types.STR, span=ctx.span(part))


def to_text(ctx: Lowering, val: Val, node: tree.Tree) -> ir.Expr:
    """`str(value)`."""
    type_ = ctx.known_type(val, node)
    if type_ is STR:
        return val.ir
    ops = {INT: "int.to_str", BOOL: "bool.to_str", FLOAT: "py.float_to_str"}
    op = ops.get(type_)  # type: ignore[call-overload] # keyed by Prim
    if type_ is NUMERIC:
        ctx.refuse("mixed-int-float", "the text of what may be an int or a float", node)
    if type_ is NONE and is_total(val.ir):
        return ir.StrLit("None", span=ctx.span(node))
    if op is None:
        from autoform.frontends.python.library_format import displayed

        return displayed(ctx, val.ir, type_, node)
    return ir.Apply(op, (val.ir,), ir_types.STR, span=ctx.span(node))
