"""The types of calls: of functions, constructors, methods, and operators that are methods."""

from __future__ import annotations

from typing import cast

from autoform.frontends.rust import tree
from autoform.frontends.rust.infer import Infer
from autoform.frontends.rust.methods import receiver_groups
from autoform.frontends.rust.names import Builtin, FunctionName, Local, VariantName
from autoform.frontends.rust.paths import resolve_path
from autoform.frontends.rust.prelude import Signature, library
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.rust.types import (
    INTEGERS,
    PRIMITIVES,
    Con,
    Ty,
    Var,
    iterator,
    option,
    prune,
    seq,
    show,
    substitute,
)


def operator_call(
    infer: Infer,
    node: tree.Unary | tree.Binary | tree.Assign,
    method: str,
    receiver: tree.Expr,
    args: tuple[tree.Expr, ...],
) -> Ty:
    """An operator on a type of the file: the method of its `impl`."""
    ty = cast(Con, infer.known(receiver.ty))
    name = f"{ty.name[1:]}.{method}"
    entry = infer.env.items.functions.get(name)
    if entry is None:
        message = f"`{show(ty)}` has no operator that is lifted here"
        raise Refusal("unsupported-operator", message, node)
    signature = infer.env.signature(entry)
    node.target = FunctionName(name, signature)
    fresh: dict[str, Ty] = {generic: Var() for generic in signature.generics}
    params = [substitute(param, fresh) for param in signature.params]
    for arg, param in zip((receiver, *args), params, strict=True):
        infer.flows(arg.ty, param, arg)
    return substitute(signature.result, fresh)


def call(infer: Infer, node: tree.Call, expected: Ty | None) -> Ty:
    """`f(a)`, `Some(x)`, `Vec::new()`. Raises `Refusal`."""
    function = node.function
    if not isinstance(function, tree.Path):
        if isinstance(function, tree.Closure):
            raise Refusal("higher-order-value", "a closure is called in place", node)
        raise Refusal("higher-order-value", "a computed function is called", node)
    target = resolve_path(infer, function)
    function.target = target
    match target:
        case Local(ty=ty):
            return _call_local(infer, node, ty)
        case FunctionName(signature=signature):
            bindings = _explicit(infer, function, signature, target)
            return infer.call_signature(signature, node.args, node, bindings)
        case VariantName(adt=adt, shape=shape):
            whole, types = infer.instance(adt, shape)
            if len(types) != len(node.args):
                raise Refusal("type-mismatch", f"`{shape.name}` takes {len(types)} values", node)
            for arg, ty in zip(node.args, types, strict=True):
                infer.flows(infer.expr(arg, ty), ty, arg)
            return whole
        case Builtin(signature=None):
            return _call_constructor(infer, node, target, expected)
        case Builtin(signature=signature):
            assert signature is not None
            if signature.has_self and node.args:
                receiver, *rest = node.args
                called = tree.MethodCall(
                    node.start, node.end, receiver, target.name, (), tuple(rest), function
                )
                function.target = called
                called.ty = method(infer, called, expected)
                return called.ty
            return _call_library(infer, node, target, signature)
        case _:
            raise Refusal("higher-order-value", "this is not a function of the subset", function)


def _explicit(
    infer: Infer, path: tree.Path, signature: Signature, target: FunctionName
) -> dict[str, Ty]:
    """Type arguments written in the path: `f::<u8>`, `Stack::<u8>::new`."""
    found: dict[str, Ty] = dict(target.bindings)
    own = [name for name in signature.generics if name not in found]
    for name, written in zip(own, path.generics, strict=False):
        found[name] = infer.env.type(written, infer.scope, hole=True)
    return found


def _call_local(infer: Infer, node: tree.Call, ty: Ty) -> Ty:
    found = infer.known(ty)
    result: Ty = Var()
    if type(found) is Con and found.name == "fn" and len(found.args) == len(node.args) + 1:
        for arg, param in zip(node.args, found.args[:-1], strict=True):
            infer.flows(infer.expr(arg, param), param, arg)
        return found.args[-1]
    args = tuple(infer.expr(arg) for arg in node.args)
    infer.same(found, Con("fn", (*args, result)), node)
    return result


def _call_constructor(infer: Infer, node: tree.Call, target: Builtin, expected: Ty | None) -> Ty:
    if len(node.args) != 1 or target.name not in {"Some", "Ok", "Err"}:
        raise Refusal("unsupported-builtin", f"`{target.name}` is not called so", node)
    wanted = prune(expected) if expected is not None else None
    inner: Ty | None = None
    if type(wanted) is Con and wanted.name in {"Option", "Result"}:
        inner = wanted.args[1 if target.name == "Err" else 0]
    found = infer.expr(node.args[0], inner)
    match target.name:
        case "Some":
            return option(found)
        case "Ok":
            return Con("Result", (found, Var()))
        case _:
            return Con("Result", (Var(), found))


def _call_library(infer: Infer, node: tree.Call, target: Builtin, signature: Signature) -> Ty:
    if signature.key in {"Contract.old", "Contract.implies"} and infer.contract_result is None:
        raise Refusal("unknown-name", f"`{target.name}` stands only in contracts", node)
    if target.name == "from" and len(node.args) == 1:
        infer.expr(node.args[0])
        result = target.bindings["#Self"]
        group = target.key.split(".")[0]
        if group in {"Seq", "VecDeque", "HashSet", "BTreeSet", "HashMap", "BTreeMap"}:
            _link_collection(infer, node.args[0], result)
        return result
    return infer.call_signature(signature, node.args, node, target.bindings)


def _link_collection(infer: Infer, arg: tree.Expr, result: Ty) -> None:
    """`Vec::from(xs)`, `HashSet::from([…])`: the items are those of the argument."""
    found, known = infer.known(arg.ty), infer.known(result)
    assert type(known) is Con
    if type(found) is Con and found.name == "Str":
        infer.same(known, seq(PRIMITIVES["u8"]), arg)
        return
    item = infer.item_of(found, arg)
    if known.name in {"HashMap", "BTreeMap"}:
        infer.same(Con("tuple", known.args), item, arg)
    else:
        infer.same(known.args[0], item, arg)


def method(infer: Infer, node: tree.MethodCall, expected: Ty | None) -> Ty:
    """`x.f(a)`: a method of the file, else of the library. Raises `Refusal`."""
    receiver = infer.expr(node.receiver)
    known = infer.known(receiver)
    if type(known) is Con and known.name.startswith("@"):
        found = _user_method(infer, node, known)
        if found is not None:
            return found
    for group in receiver_groups(known):
        signature = library()[group].get(node.name)
        if signature is not None and signature.has_self:
            return _library_method(infer, node, known, signature, expected)
    if type(known) is Var and not known.kind:
        message = f"the type that has `{node.name}` is not known here"
        raise Refusal(
            "unknown-type", message, node.receiver, "annotate it, for example `let x: u32`"
        )
    message = f"`{node.name}` of `{show(known)}` is outside the lifted subset"
    raise Refusal("unsupported-method", message, node.name_at)


def _user_method(infer: Infer, node: tree.MethodCall, known: Con) -> Ty | None:
    name = f"{known.name[1:]}.{node.name}"
    entry = infer.env.items.functions.get(name)
    if entry is None:
        for unread, refusal in infer.env.items.unread:
            if unread == name:
                message = f"`{name}` was not lifted: {refusal.message}"
                raise Refusal("calls-refused-function", message, node.name_at)
        if node.name in {"clone", "eq", "ne", "to_owned", "borrow", "as_ref", "into"}:
            return None
        message = f"`{node.name}` of `{show(known)}` is outside the lifted subset"
        raise Refusal("unsupported-method", message, node.name_at)
    signature = infer.env.signature(entry)
    if not signature.has_self:
        raise Refusal("unsupported-method", f"`{name}` has no receiver", node.name_at)
    node.target = FunctionName(name, signature)
    return infer.call_signature(signature, node.args, node, receiver=known)


def _library_method(
    infer: Infer, node: tree.MethodCall, known: Ty, signature: Signature, expected: Ty | None
) -> Ty:
    from autoform.frontends.rust.special import SPECIAL  # it extends this module

    node.target = Builtin(node.name, signature.key, signature)
    bindings: dict[str, Ty] = {"#Self": known}
    receiver: Ty = known
    head = signature.key.split(".")[0]
    if type(known) is Con:
        if known.name in INTEGERS:
            bindings["#Unsigned"] = PRIMITIVES["u" + known.name[1:]]
            bindings["#Signed"] = PRIMITIVES["i" + known.name[1:]]
        if head == "Iter" and known.name != "Iter":
            receiver = iterator(infer.item_of(node.receiver.ty, node.receiver))
            bindings["#Self"] = receiver
    special = SPECIAL.get(signature.key)
    if special is not None:
        return special(infer, node, receiver, expected)
    return infer.call_signature(signature, node.args, node, bindings, receiver)
