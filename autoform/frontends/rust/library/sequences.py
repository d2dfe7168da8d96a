"""`Vec`, slices and arrays, and `VecDeque`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from autoform.frontends.rust import tree
from autoform.frontends.rust.building import NeedsStatements
from autoform.frontends.rust.closures import inline
from autoform.frontends.rust.library.orderings import require_total_order
from autoform.frontends.rust.library.tables import function, method, values
from autoform.frontends.rust.lower_exprs import default_value, empty, lower, operands
from autoform.frontends.rust.lower_places import PLACE_METHODS, assign, place_of, slice_bounds
from autoform.frontends.rust.lowering import UNIT_VALUE, Lower
from autoform.frontends.rust.names import Local
from autoform.frontends.rust.places import IndexStep, Place
from autoform.frontends.rust.plans import as_sequence, plan_of, require_order
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.rust.types import Con, strip
from autoform.ir import exprs as ir
from autoform.ir.ops import apply
from autoform.ir.types import FLOAT, INT, OptionType, SeqType, walk_type

ZERO = ir.IntLit(0, INT)
ONE = ir.IntLit(1, INT)


@function("Seq.new", "Str.new", "VecDeque.new", "HashMap.new", "BTreeMap.new", "HashSet.new",
          "BTreeSet.new", "HashMap.default", "BTreeMap.default", "HashSet.default",
          "BTreeSet.default")  # fmt: skip
def _new(low: Lower, node: tree.Call) -> ir.Expr:
    return empty(low.type_of(node))


@function("Seq.with_capacity", "Str.with_capacity", "VecDeque.with_capacity",
          "HashMap.with_capacity", "HashSet.with_capacity")  # fmt: skip
def _with_capacity(low: Lower, node: tree.Call) -> ir.Expr:
    count = lower(low, node.args[0])
    if low.may_raise(count):
        low.keep(count)
    return empty(low.type_of(node))


@function("Seq.from", "VecDeque.from")
def _from(low: Lower, node: tree.Call) -> ir.Expr:
    (arg,) = node.args
    found = strip(arg.ty)
    if type(found) is Con and found.name == "Str":
        return apply("str.to_utf8", lower(low, arg))
    return as_sequence(low, plan_of(low, arg), arg)


# Reading.


@method("Seq.len", "VecDeque.len", "Iter.len")
def _len(low: Lower, node: tree.MethodCall) -> ir.Expr:
    return low.usize(apply("seq.len", lower(low, node.receiver), span=low.span(node)))


@method("Seq.is_empty", "VecDeque.is_empty", "Iter.is_empty")
def _is_empty(low: Lower, node: tree.MethodCall) -> ir.Expr:
    return apply("eq", low.length(lower(low, node.receiver)), ZERO, span=low.span(node))


@method("Seq.to_vec", "Seq.into_vec", "Seq.as_slice", "Seq.into_boxed_slice", "Seq.as_mut_slice")
def _same(low: Lower, node: tree.MethodCall) -> ir.Expr:
    return lower(low, node.receiver)


@method("Seq.contains", "VecDeque.contains")
def _contains(low: Lower, node: tree.MethodCall) -> ir.Expr:
    from autoform.frontends.rust.lower_exprs import require_derived

    require_derived(low, node.receiver.ty, "PartialEq", node)
    return apply("seq.contains", *values(low, node), span=low.span(node))


@method("Seq.get", "VecDeque.get")
def _get(low: Lower, node: tree.MethodCall) -> ir.Expr:
    (index,) = node.args
    type_ = low.type_of(node)
    assert isinstance(type_, OptionType)
    none = ir.NoneLit(type_.item)
    if isinstance(index, tree.Range):
        whole = low.keep(lower(low, node.receiver), "items")
        first, last = slice_bounds(low, index, stored=True)
        end = low.length(whole) if last is None else last
        fits = ir.And((apply("le", first, end), apply("le", end, low.length(whole))))
        part = low.safe(apply("seq.subslice", whole, first, end))
        return ir.IfExpr(fits, apply("option.some", part), none)
    whole, at = operands(low, (node.receiver, index))
    kept, place = low.keep(whole, "items"), low.keep(low.widen(at), "index")
    item = low.safe(apply("seq.at", kept, place))
    inside = apply("lt", place, low.length(kept))
    return ir.IfExpr(inside, apply("option.some", item), none)


@method("Seq.first", "Seq.last", "VecDeque.front", "VecDeque.back")
def _end(low: Lower, node: tree.MethodCall) -> ir.Expr:
    whole = low.keep(lower(low, node.receiver), "items")
    return end_of(low, whole, last=node.name in {"last", "back"})


def end_of(low: Lower, whole: ir.Expr, *, last: bool) -> ir.Expr:
    """The first or last item of a sequence in a variable, if it has one."""
    type_ = ir.type_of(whole)
    assert isinstance(type_, SeqType)
    at: ir.Expr = apply("sub", low.length(whole), ONE) if last else ZERO
    item = low.safe(apply("seq.at", whole, at))
    is_there = apply("gt", low.length(whole), ZERO)
    return ir.IfExpr(is_there, apply("option.some", item), ir.NoneLit(type_.element))


@method("Seq.split_first", "Seq.split_last")
def _split_end(low: Lower, node: tree.MethodCall) -> ir.Expr:
    whole = low.keep(lower(low, node.receiver), "items")
    type_ = low.type_of(node)
    assert isinstance(type_, OptionType)
    length = low.length(whole)
    if node.name == "split_first":
        item = low.safe(apply("seq.at", whole, ZERO))
        rest = apply("seq.slice_from", whole, ONE)
    else:
        at = apply("sub", length, ONE)
        item = low.safe(apply("seq.at", whole, at))
        rest = apply("seq.slice_to", whole, at)
    pair = apply("option.some", ir.TupleLit((item, rest)))
    return ir.IfExpr(apply("gt", length, ZERO), pair, ir.NoneLit(type_.item))


@method("Seq.split_at")
def _split_at(low: Lower, node: tree.MethodCall) -> ir.Expr:
    whole, at = (low.keep(each) for each in values(low, node))
    place = low.widen(at)
    head = low.keep(apply("seq.subslice", whole, ZERO, place), "head")
    return ir.TupleLit((head, apply("seq.slice_from", whole, place)))


@method("Seq.starts_with", "Seq.ends_with")
def _starts_with(low: Lower, node: tree.MethodCall) -> ir.Expr:
    whole, part = (low.keep(each) for each in values(low, node))
    length, count = low.length(whole), low.length(part)
    found: ir.Expr
    if node.name == "starts_with":
        found = apply("seq.slice_to", whole, count)
    else:
        found = low.safe(
            apply("seq.slice_from", whole, apply("max2", ZERO, apply("sub", length, count)))
        )
    return apply("eq", found, part)


@method("Seq.repeat")
def _repeat(low: Lower, node: tree.MethodCall) -> ir.Expr:
    whole, count = values(low, node)
    kept, times = low.keep(whole, "items"), low.keep(low.widen(count), "times")
    name = low.fresh("round")
    rounds = apply("seq.range", ZERO, times, ONE)
    type_ = ir.type_of(kept)
    copies = ir.Comprehension(
        ir.Collection.SEQ, kept, (ir.Generator(ir.Binder(name, INT), rounds),)
    )
    assert isinstance(type_, SeqType)
    return apply("seq.flatten", copies)


@method("Seq.concat")
def _concat(low: Lower, node: tree.MethodCall) -> ir.Expr:
    value = lower(low, node.receiver)
    type_ = ir.type_of(value)
    assert isinstance(type_, SeqType)
    if isinstance(type_.element, SeqType):
        return apply("seq.flatten", value)
    return apply("str.join", ir.StrLit(""), value)


@method("Seq.join")
def _join(low: Lower, node: tree.MethodCall) -> ir.Expr:
    whole, separator = values(low, node)
    if low.type_of(node.receiver) != SeqType(ir.type_of(ir.StrLit(""))):
        raise Refusal("unsupported-method", "`join` of what is no text", node)
    kept, between = low.keep(whole), low.keep(separator)
    return apply("str.join", between, kept)


@method("Seq.is_sorted")
def _is_sorted(low: Lower, node: tree.MethodCall) -> ir.Expr:
    _require_sortable(low, node)
    return apply("seq.is_sorted", lower(low, node.receiver))


@method("Seq.map")
def _map(low: Lower, node: tree.MethodCall) -> ir.Expr:
    from autoform.frontends.rust.plans import Map, Plan, Sequence, identity, work_of

    source = Sequence(lower(low, node.receiver))
    element = low.type_of(node)
    before = low.type_of(node.receiver)
    assert isinstance(before, SeqType)
    assert isinstance(element, SeqType)
    plan = Plan(source, identity, before.element)
    plan = plan.then(Map(work_of(low, node.args[0]), node), element.element)
    return as_sequence(low, plan, node)


# Changing.

Change = Callable[[Lower, ir.Expr, list[ir.Expr], tree.MethodCall], tuple[ir.Expr, ir.Expr]]


def changed(*keys: str) -> Callable[[Change], Change]:
    """Enter a change: from the value and arguments to the new value and the result."""

    def enter(change: Change) -> Change:
        def meaning(low: Lower, node: tree.MethodCall) -> ir.Expr:
            return perform(low, node, change)

        method(*keys)(meaning)
        return change

    return enter


def perform(low: Lower, node: tree.MethodCall, change: Change) -> ir.Expr:
    """Change what stands at the receiver's place; the result is of the value before."""
    if low.out.pure:
        raise NeedsStatements(node)
    place = place_of(low, node.receiver)
    start = len(low.out.statements)
    args = operands(low, node.args)
    if low.out.statements[start:] and place.steps:
        low.out.statements[start:] = []
        place = place_of(low, node.receiver, stored=True)
        args = operands(low, node.args)
    before = low.read(place)
    if not isinstance(before, ir.Var) or _is_used(node):
        args = [arg if low.is_stable(arg) else low.keep(arg) for arg in args]
    after, result = change(low, before, args, node)
    if result is not UNIT_VALUE and _is_used(node):
        result = low.keep(result, "result")
    assign(low, place, after, node)
    return result


def _is_used(node: tree.MethodCall) -> bool:
    """Whether a method gives something beside the change."""
    found = strip(node.ty)
    return not (type(found) is Con and found.name == "tuple" and not found.args)


@changed("Seq.push", "VecDeque.push_back")
def _push(
    _: Lower, before: ir.Expr, args: list[ir.Expr], __: tree.MethodCall
) -> tuple[ir.Expr, ir.Expr]:
    return apply("seq.append", before, args[0]), UNIT_VALUE


@changed("VecDeque.push_front")
def _push_front(
    _: Lower, before: ir.Expr, args: list[ir.Expr], __: tree.MethodCall
) -> tuple[ir.Expr, ir.Expr]:
    return apply("seq.insert_at", before, ZERO, args[0]), UNIT_VALUE


@changed("Seq.pop", "VecDeque.pop_back")
def _pop(
    low: Lower, before: ir.Expr, _: list[ir.Expr], __: tree.MethodCall
) -> tuple[ir.Expr, ir.Expr]:
    last = end_of(low, before, last=True)
    # An empty sequence stays as it is: Python's clamping slice drops the last item otherwise.
    rest = apply("seq.slice_to", before, ir.IntLit(-1, INT))
    return rest, last


@changed("VecDeque.pop_front")
def _pop_front(
    low: Lower, before: ir.Expr, _: list[ir.Expr], __: tree.MethodCall
) -> tuple[ir.Expr, ir.Expr]:
    return apply("seq.slice_from", before, ONE), end_of(low, before, last=False)


@changed("Seq.clear", "VecDeque.clear")
def _clear(
    _: Lower, before: ir.Expr, __: list[ir.Expr], ___: tree.MethodCall
) -> tuple[ir.Expr, ir.Expr]:
    return empty(ir.type_of(before)), UNIT_VALUE


@changed("Seq.insert")
def _insert(
    low: Lower, before: ir.Expr, args: list[ir.Expr], _: tree.MethodCall
) -> tuple[ir.Expr, ir.Expr]:
    return apply("seq.insert_at", before, low.widen(args[0]), args[1]), UNIT_VALUE


@changed("Seq.remove")
def _remove(
    low: Lower, before: ir.Expr, args: list[ir.Expr], _: tree.MethodCall
) -> tuple[ir.Expr, ir.Expr]:
    at = low.widen(args[0])
    return low.safe(apply("seq.delete_at", before, at)), apply("seq.at", before, at)


@changed("Seq.swap_remove")
def _swap_remove(
    low: Lower, before: ir.Expr, args: list[ir.Expr], _: tree.MethodCall
) -> tuple[ir.Expr, ir.Expr]:
    at = low.widen(args[0])
    last = apply("sub", low.length(before), ONE)
    moved = low.safe(apply("seq.swap", before, at, last))
    return apply("seq.slice_to", moved, last), apply("seq.at", before, at)


@changed("Seq.truncate")
def _truncate(
    low: Lower, before: ir.Expr, args: list[ir.Expr], _: tree.MethodCall
) -> tuple[ir.Expr, ir.Expr]:
    return apply("seq.slice_to", before, low.widen(args[0])), UNIT_VALUE


@changed("Seq.resize")
def _resize(
    low: Lower, before: ir.Expr, args: list[ir.Expr], _: tree.MethodCall
) -> tuple[ir.Expr, ir.Expr]:
    count = low.widen(args[0])
    type_ = ir.type_of(before)
    assert isinstance(type_, SeqType)
    missing = apply("sub", count, low.length(before))
    more = apply("seq.repeat", ir.SeqLit(type_.element, (args[1],)), missing)
    return apply("seq.concat", apply("seq.slice_to", before, count), more), UNIT_VALUE


@changed("Seq.extend_from_slice")
def _extend_slice(
    _: Lower, before: ir.Expr, args: list[ir.Expr], __: tree.MethodCall
) -> tuple[ir.Expr, ir.Expr]:
    return apply("seq.concat", before, args[0]), UNIT_VALUE


@method("Seq.extend", "VecDeque.extend")
def _extend(low: Lower, node: tree.MethodCall) -> ir.Expr:
    if low.out.pure:
        raise NeedsStatements(node)
    items = low.keep(as_sequence(low, plan_of(low, node.args[0]), node.args[0]), "more")
    place = place_of(low, node.receiver)
    assign(low, place, apply("seq.concat", low.read(place), items), node)
    return UNIT_VALUE


@method("Seq.append")
def _append(low: Lower, node: tree.MethodCall) -> ir.Expr:
    if low.out.pure:
        raise NeedsStatements(node)
    place = place_of(low, node.receiver, stored=True)
    other = place_of(low, node.args[0], stored=True)
    items = low.keep(low.read(other), "more")
    assign(low, place, apply("seq.concat", low.read(place), items), node)
    assign(low, other, empty(ir.type_of(items)), node)
    return UNIT_VALUE


@changed("Seq.swap")
def _swap(
    low: Lower, before: ir.Expr, args: list[ir.Expr], _: tree.MethodCall
) -> tuple[ir.Expr, ir.Expr]:
    return apply("seq.swap", before, low.widen(args[0]), low.widen(args[1])), UNIT_VALUE


@changed("Seq.reverse")
def _reverse(
    _: Lower, before: ir.Expr, __: list[ir.Expr], ___: tree.MethodCall
) -> tuple[ir.Expr, ir.Expr]:
    return apply("seq.reverse", before), UNIT_VALUE


@changed("Seq.fill")
def _fill(
    low: Lower, before: ir.Expr, args: list[ir.Expr], _: tree.MethodCall
) -> tuple[ir.Expr, ir.Expr]:
    type_ = ir.type_of(before)
    assert isinstance(type_, SeqType)
    one = ir.SeqLit(type_.element, (args[0],))
    return apply("seq.repeat", one, low.length(before)), UNIT_VALUE


@changed("Seq.copy_from_slice", "Seq.clone_from_slice")
def _copy(
    low: Lower, before: ir.Expr, args: list[ir.Expr], node: tree.MethodCall
) -> tuple[ir.Expr, ir.Expr]:
    kept = low.keep(args[0], "items")
    differs = apply("ne", low.length(before), low.length(kept))
    low.panic_where(differs, node)
    return kept, UNIT_VALUE


@changed("Seq.rotate_left", "Seq.rotate_right")
def _rotate(
    low: Lower, before: ir.Expr, args: list[ir.Expr], node: tree.MethodCall
) -> tuple[ir.Expr, ir.Expr]:
    count = low.keep(low.widen(args[0]), "count")
    too_far = apply("gt", count, low.length(before))
    low.panic_where(too_far, node)
    at = count if node.name == "rotate_left" else apply("sub", low.length(before), count)
    head, tail = apply("seq.slice_to", before, at), apply("seq.slice_from", before, at)
    return apply("seq.concat", tail, head), UNIT_VALUE


@changed("Seq.split_off")
def _split_off(
    low: Lower, before: ir.Expr, args: list[ir.Expr], _: tree.MethodCall
) -> tuple[ir.Expr, ir.Expr]:
    at = low.widen(args[0])
    tail = apply("seq.subslice", before, at, low.length(before))
    return apply("seq.slice_to", before, at), tail


@method("Seq.reserve", "Seq.shrink_to_fit")
def _reserve(low: Lower, node: tree.MethodCall) -> ir.Expr:
    for arg in node.args:
        value = lower(low, arg)
        if low.may_raise(value):
            low.keep(value)
    return UNIT_VALUE


@method("Seq.drain")
def _drain(low: Lower, node: tree.MethodCall) -> ir.Expr:
    if low.out.pure:
        raise NeedsStatements(node)
    place = place_of(low, node.receiver, stored=True)
    (index,) = node.args
    if not isinstance(index, tree.Range):
        raise Refusal("unsupported-method", "`drain` of a computed range", node)
    first, last = slice_bounds(low, index, stored=True)
    whole = low.keep(low.read(place), "items")
    end = low.length(whole) if last is None else last
    taken = low.keep(apply("seq.subslice", whole, first, end), "taken")
    assign(low, place, apply("seq.delete_slice", whole, first, end), node)
    return taken


@method("Seq.retain")
def _retain(low: Lower, node: tree.MethodCall) -> ir.Expr:
    from autoform.frontends.rust.plans import Keep, Plan, Sequence, identity, work_of

    if low.out.pure:
        raise NeedsStatements(node)
    place = place_of(low, node.receiver, stored=True)
    whole = low.keep(low.read(place), "items")
    type_ = ir.type_of(whole)
    assert isinstance(type_, SeqType)
    plan = Plan(Sequence(whole), identity, type_.element)
    plan = plan.then(Keep(work_of(low, node.args[0]), node), type_.element)
    assign(low, place, as_sequence(low, plan, node), node)
    return UNIT_VALUE


@method("Seq.dedup")
def _dedup(low: Lower, node: tree.MethodCall) -> ir.Expr:
    if low.out.pure:
        raise NeedsStatements(node)
    place = place_of(low, node.receiver, stored=True)
    whole = low.keep(low.read(place), "items")
    type_ = ir.type_of(whole)
    assert isinstance(type_, SeqType)
    name = low.fresh("index")
    variable = ir.Var(name, INT)
    before = low.safe(apply("seq.at", whole, apply("sub", variable, ONE)))
    current = low.safe(apply("seq.at", whole, variable))
    keeps = ir.Or((apply("eq", variable, ZERO), apply("ne", current, before)))
    indexes = apply("seq.range", ZERO, low.length(whole), ONE)
    found = ir.Comprehension(
        ir.Collection.SEQ,
        current,
        (ir.Generator(ir.Binder(name, INT), indexes), ir.Filter(keeps)),
    )
    assign(low, place, found, node)
    return UNIT_VALUE


# Sorting.


def _require_sortable(low: Lower, node: tree.MethodCall) -> None:
    type_ = low.type_of(node.receiver)
    assert isinstance(type_, SeqType)
    require_order(type_.element, node)
    if any(part == FLOAT for part in walk_type(type_)):
        raise Refusal("unsupported-operator", "floats have no total order", node)


@changed("Seq.sort", "Seq.sort_unstable")
def _sort(
    low: Lower, before: ir.Expr, _: list[ir.Expr], node: tree.MethodCall
) -> tuple[ir.Expr, ir.Expr]:
    _require_sortable(low, node)
    return apply("seq.sorted", before), UNIT_VALUE


@method("Seq.sort_by_key", "Seq.sort_unstable_by_key")
def _sort_by_key(low: Lower, node: tree.MethodCall) -> ir.Expr:
    if low.out.pure:
        raise NeedsStatements(node)
    place = place_of(low, node.receiver, stored=True)
    key = _key_function(low, node, node.args[0])
    if node.name == "sort_unstable_by_key":
        raise Refusal("unsupported-method", "an unstable sort by key", node, "use `sort_by_key`")
    assign(low, place, apply("seq.sort_by", low.read(place), key), node)
    return UNIT_VALUE


def key_lambda(low: Lower, function: tree.Expr, item: ir.Expr, node: tree.Expr) -> ir.Lambda:
    """A key function as a lambda over items like this variable. Raises `Refusal`."""
    assert isinstance(item, ir.Var)
    try:
        body = low.pure(partial(inline, low, function, [item], node))
    except NeedsStatements:
        raise Refusal("unsupported-syntax", "statements in a key function", function) from None
    require_order(ir.type_of(body), function)
    if any(part == FLOAT for part in walk_type(ir.type_of(body))):
        raise Refusal("unsupported-operator", "floats have no total order", function)
    return ir.Lambda((ir.Binder(item.name, item.type),), body)


def _key_function(low: Lower, node: tree.MethodCall, function: tree.Expr) -> ir.Lambda:
    return key_lambda(low, function, item_variable(low, node.receiver), node)


def item_variable(low: Lower, receiver: tree.Expr) -> ir.Var:
    """A variable for the items of a sequence."""
    type_ = low.type_of(receiver)
    assert isinstance(type_, SeqType)
    name = low.fresh("item")
    low.frozen.add(name)
    return ir.Var(name, type_.element)


@method("Seq.sort_by", "Seq.sort_unstable_by")
def _sort_by(low: Lower, node: tree.MethodCall) -> ir.Expr:
    """`a.k.cmp(&b.k)` is a key; `b.k.cmp(&a.k)` sorts in descending order of it."""
    if low.out.pure:
        raise NeedsStatements(node)
    place = place_of(low, node.receiver, stored=True)
    item = item_variable(low, node.receiver)
    found = comparator_key(low, node.args[0], item)
    if found is None:
        raise Refusal("unsupported-method", "this comparison function", node.args[0], _KEY_HELP)
    key, descending = found
    whole = low.read(place)
    if key == item:
        _require_sortable(low, node)
        op = "seq.sorted_desc" if descending else "seq.sorted"
        assign(low, place, apply(op, whole), node)
        return UNIT_VALUE
    if node.name == "sort_unstable_by":
        raise Refusal("unsupported-method", "an unstable sort by key", node, "use `sort_by`")
    require_order(ir.type_of(key), node)
    function = ir.Lambda((ir.Binder(item.name, item.type),), key)
    op = "seq.sort_by_desc" if descending else "seq.sort_by"
    assign(low, place, apply(op, whole, function), node)
    return UNIT_VALUE


_KEY_HELP = "write the comparison as `key(a).cmp(&key(b))`, or use `sort_by_key`"


def comparator_key(low: Lower, function: tree.Expr, item: ir.Var) -> tuple[ir.Expr, bool] | None:
    """The key that a comparison function compares, and whether the other way round."""
    if not isinstance(function, tree.Closure) or len(function.params) != 2:
        return None
    body = function.body
    while isinstance(body, tree.Block) and not body.statements and body.tail is not None:
        body = body.tail
    if not isinstance(body, tree.MethodCall) or body.name != "cmp" or body.target is None:
        return None
    names: list[Local] = []
    for param, _ in function.params:
        pattern = param
        while isinstance(pattern, tree.RefPattern):
            pattern = pattern.inner
        if not isinstance(pattern, tree.BindPattern) or not isinstance(pattern.target, Local):
            return None
        names.append(pattern.target.own)
    sides: list[tuple[ir.Expr, frozenset[str]]] = []
    other = ir.Var(low.fresh("other"), item.type)
    low.frozen.add(other.name)
    names[0].bound, names[1].bound = item, other
    require_total_order(low, body.receiver)
    from autoform.ir.traversal import free_vars, substitute

    try:
        for side in (body.receiver, body.args[0]):
            value = low.pure(partial(lower, low, side))
            sides.append((value, frozenset(free_vars(value))))
    except NeedsStatements:
        return None
    (left, left_names), (right, right_names) = sides
    if item.name in left_names and other.name in left_names:
        return None
    descending = other.name in left_names
    key = right if descending else left
    mirrored = left if descending else right
    if item.name in (left_names if descending else right_names):
        return None
    if substitute(mirrored, {other.name: item}) != key:
        return None
    if any(part == FLOAT for part in walk_type(ir.type_of(key))):
        return None
    del right_names
    return key, descending


# Places.


def _optional(low: Lower, place: Place, at: ir.Expr, node: tree.MethodCall) -> Place:
    """The place of an item that may not be there."""
    whole = low.read(place)
    inside = ir.And((apply("le", ZERO, at), apply("lt", at, low.length(whole))))
    type_ = low.type_of(node)
    assert isinstance(type_, OptionType)
    item = low.safe(apply("seq.at", whole, at))
    found = ir.IfExpr(inside, apply("option.some", item), ir.NoneLit(type_.item))
    return Place(low.keep(found, "found"), some=place.then(IndexStep(at)))


def _get_mut(low: Lower, node: tree.MethodCall) -> Place:
    place = place_of(low, node.receiver, stored=True)
    if isinstance(node.args[0], tree.Range):
        raise Refusal("mutable-borrow", "`get_mut` of a range", node)
    at = low.keep(low.widen(lower(low, node.args[0])), "index")
    return _optional(low, place, at, node)


def _end_mut(low: Lower, node: tree.MethodCall) -> Place:
    place = place_of(low, node.receiver, stored=True)
    at: ir.Expr = ZERO
    if node.name == "last_mut":
        at = low.keep(apply("sub", low.length(low.read(place)), ONE), "index")
    return _optional(low, place, at, node)


PLACE_METHODS["Seq.get_mut"] = _get_mut
PLACE_METHODS["Seq.first_mut"] = _end_mut
PLACE_METHODS["Seq.last_mut"] = _end_mut


@method("Seq.get_mut", "Seq.first_mut", "Seq.last_mut")
def _as_value(low: Lower, node: tree.MethodCall) -> ir.Expr:
    return low.read(place_of(low, node))


# Places exchanged.


@function("mem.swap")
def _mem_swap(low: Lower, node: tree.Call) -> ir.Expr:
    if low.out.pure:
        raise NeedsStatements(node)
    one, other = (place_of(low, arg, stored=True) for arg in node.args)
    first = low.keep(low.read(one), "first")
    second = low.keep(low.read(other), "second")
    assign(low, one, second, node)
    assign(low, other, first, node)
    return UNIT_VALUE


@function("mem.replace", "mem.take")
def _mem_replace(low: Lower, node: tree.Call) -> ir.Expr:
    if low.out.pure:
        raise NeedsStatements(node)
    place = place_of(low, node.args[0], stored=True)
    if len(node.args) == 2:
        value = low.keep(lower(low, node.args[1]))
    else:
        value = default_value(low, node.ty, node)
    before = low.keep(low.read(place), "taken")
    assign(low, place, value, node)
    return before
