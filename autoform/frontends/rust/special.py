"""Methods whose result the context decides: `collect`, `into`, `sum`, `flatten` and their kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from autoform.frontends.rust import tree
from autoform.frontends.rust.infer import Infer
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.rust.types import (
    CHAR,
    INTEGERS,
    OPAQUE,
    STR,
    Con,
    Mismatch,
    Ty,
    Var,
    iterator,
    option,
    prune,
    seq,
    strip,
    unify,
)


def _written(infer: Infer, node: tree.MethodCall) -> Ty:
    """The type argument of `collect::<T>()`, else a variable."""
    if node.generics:
        return infer.env.type(node.generics[0], infer.scope, hole=True)
    return Var()


def _item(receiver: Ty) -> Ty:
    found = strip(receiver)
    assert type(found) is Con
    return found.args[0]


def _collect(infer: Infer, node: tree.MethodCall, receiver: Ty, _: Ty | None) -> Ty:
    result = _written(infer, node)
    item = _item(receiver)

    def wish() -> bool:
        return link_items(result, item, node)

    if not wish():
        infer.wishes.append(wish)
    return result


def link_items(result: Ty, item: Ty, node: tree.Tree) -> bool:
    """Relate a collection that is built to its items, once it is known what it is."""
    found = prune(result)
    if type(found) is Var:
        return False
    assert type(found) is Con
    try:
        match found.name:
            case "Seq" | "HashSet" | "BTreeSet" | "VecDeque":
                unify(found.args[0], strip(item))
            case "HashMap" | "BTreeMap":
                unify(Con("tuple", found.args), strip(item))
            case "Str":
                if type(prune(item)) is Var:
                    return False
            case "Option" | "Result":
                inner = strip(item)
                if type(inner) is Var:
                    return False
                assert type(inner) is Con
                if inner.name != found.name:
                    raise Mismatch("the items are of another kind")
                if found.name == "Result":
                    unify(inner.args[1], found.args[1])
                return link_items(found.args[0], inner.args[0], node)
            case _:
                raise Mismatch("this is nothing that is collected into")
    except Mismatch as mismatch:
        raise Refusal("type-mismatch", f"`collect`: {mismatch}", node) from None
    return True


def _sum(infer: Infer, node: tree.MethodCall, receiver: Ty, _: Ty | None) -> Ty:
    result = _written(infer, node)
    infer.same(result, strip(_item(receiver)), node)
    return result


def _into(infer: Infer, node: tree.MethodCall, receiver: Ty, _: Ty | None) -> Ty:
    del infer, node, receiver
    return Var()


def _try_into(infer: Infer, node: tree.MethodCall, receiver: Ty, _: Ty | None) -> Ty:
    del infer, node, receiver
    return Con("Result", (Var(), OPAQUE))


def _parse(infer: Infer, node: tree.MethodCall, _: Ty, __: Ty | None) -> Ty:
    return Con("Result", (_written(infer, node), OPAQUE))


def _flatten(infer: Infer, node: tree.MethodCall, receiver: Ty, _: Ty | None) -> Ty:
    return iterator(infer.item_of(_item(receiver), node))


def _flat_map(infer: Infer, node: tree.MethodCall, receiver: Ty, _: Ty | None) -> Ty:
    (function,) = node.args
    inner: Ty = Var()
    expected = Con("fn", (_item(receiver), inner))
    infer.flows(infer.expr(function, expected), expected, function)
    return iterator(infer.item_of(inner, function))


def _unzip(infer: Infer, node: tree.MethodCall, receiver: Ty, _: Ty | None) -> Ty:
    one: Ty = Var()
    other: Ty = Var()
    infer.same(strip(_item(receiver)), Con("tuple", (one, other)), node)
    pair = _written(infer, node)
    infer.same(pair, Con("tuple", (seq(one), seq(other))), node)
    return pair


def _partition(infer: Infer, node: tree.MethodCall, receiver: Ty, _: Ty | None) -> Ty:
    item = _item(receiver)
    expected = Con("fn", (item, Con("bool")))
    infer.flows(infer.expr(node.args[0], expected), expected, node.args[0])
    return Con("tuple", (seq(item), seq(item)))


def _concat(infer: Infer, node: tree.MethodCall, receiver: Ty, _: Ty | None) -> Ty:
    del infer, node
    return _item(receiver)


def _pattern(infer: Infer, node: tree.MethodCall, receiver: Ty, result: Ty) -> Ty:
    """`contains`, `starts_with`, `split`: the pattern is a character, a text or a closure."""
    first, *rest = node.args
    hint = Con("fn", (CHAR, Con("bool"))) if isinstance(first, tree.Closure) else None
    infer.expr(first, hint)
    for arg in rest:
        infer.flows(infer.expr(arg, STR), STR, arg)
    del receiver
    return result


def _patterned(result: Ty) -> Callable[[Infer, tree.MethodCall, Ty, Ty | None], Ty]:
    return lambda infer, node, receiver, _: _pattern(infer, node, receiver, result)


def _drain(infer: Infer, node: tree.MethodCall, receiver: Ty, _: Ty | None) -> Ty:
    infer.expr(node.args[0], Con("Range", (Con("usize"),)))
    return iterator(_item(receiver))


def _extend_str(infer: Infer, node: tree.MethodCall, _: Ty, __: Ty | None) -> Ty:
    infer.item_of(infer.expr(node.args[0]), node.args[0])
    return Con("tuple")


def _get(infer: Infer, node: tree.MethodCall, receiver: Ty, _: Ty | None) -> Ty:
    """`get(i)`, `get(a..b)`."""
    found = infer.known(infer.expr(node.args[0]))
    if type(found) is Con and found.name in {"Range", "RangeFrom", "RangeFull"}:
        if found.args:
            infer.same(found.args[0], Con("usize"), node.args[0])
        return option(receiver)
    infer.same(found, Con("usize"), node.args[0])
    return option(_item(receiver))


def _clone(infer: Infer, node: tree.MethodCall, receiver: Ty, _: Ty | None) -> Ty:
    del infer, node
    return receiver


def _pow(infer: Infer, node: tree.MethodCall, receiver: Ty, _: Ty | None) -> Ty:
    exponent = Con("u32")
    infer.flows(infer.expr(node.args[0], exponent), exponent, node.args[0])
    if type(receiver) is Con and receiver.name not in INTEGERS:
        raise Refusal("unsupported-method", "`pow` of this type", node)
    return receiver


SPECIAL: Final[dict[str, Callable[[Infer, tree.MethodCall, Ty, Ty | None], Ty]]] = {
    "Iter.collect": _collect,
    "Iter.sum": _sum,
    "Iter.product": _sum,
    "Iter.flatten": _flatten,
    "Iter.flat_map": _flat_map,
    "Iter.unzip": _unzip,
    "Iter.partition": _partition,
    "Any.into": _into,
    "Any.try_into": _try_into,
    "Any.clone": _clone,
    "Any.to_owned": _clone,
    "Int.pow": _pow,
    "Str.parse": _parse,
    "Str.contains": _patterned(Con("bool")),
    "Str.starts_with": _patterned(Con("bool")),
    "Str.ends_with": _patterned(Con("bool")),
    "Str.replace": _patterned(STR),
    "Str.split": _patterned(iterator(STR)),
    "Str.extend": _extend_str,
    "Seq.concat": _concat,
    "Seq.drain": _drain,
    "Seq.get": _get,
}
"""How their types are told, by key; the receiver is without references."""
