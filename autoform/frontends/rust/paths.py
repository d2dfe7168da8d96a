"""What a path names, from the innermost block out to the library."""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING, Final

from autoform.frontends.rust import tree
from autoform.frontends.rust.names import (
    Builtin,
    ConstName,
    FunctionName,
    Target,
    VariantName,
)
from autoform.frontends.rust.prelude import library
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.rust.types import (
    F64,
    INTEGERS,
    ORDERING,
    PRIMITIVES,
    Con,
    Ty,
    Var,
    show,
    substitute,
)

if TYPE_CHECKING:
    from autoform.frontends.rust.infer import Infer

FLOAT_CONSTANTS: Final[dict[str, float]] = {
    "PI": math.pi,
    "E": math.e,
    "TAU": math.tau,
    "SQRT_2": math.sqrt(2),
    "LN_2": 0.6931471805599453,
    "LN_10": 2.302585092994046,
    "FRAC_PI_2": math.pi / 2,
    "FRAC_PI_4": math.pi / 4,
    "FRAC_1_SQRT_2": 0.7071067811865476,
    "EPSILON": sys.float_info.epsilon,
    "MAX": sys.float_info.max,
    "MIN": -sys.float_info.max,
    "MIN_POSITIVE": sys.float_info.min,
    "INFINITY": math.inf,
    "NEG_INFINITY": -math.inf,
    "NAN": math.nan,
}
_INTEGER_CONSTANTS: Final = {"MAX", "MIN", "BITS"}
_GROUP_OF: Final = {
    "Vec": ("Seq", 1),
    "String": ("Str", 0),
    "str": ("str", 0),
    "Option": ("Option", 1),
    "Result": ("Result", 2),
    "HashMap": ("HashMap", 2),
    "BTreeMap": ("BTreeMap", 2),
    "HashSet": ("HashSet", 1),
    "BTreeSet": ("BTreeSet", 1),
    "VecDeque": ("VecDeque", 1),
    "Box": ("Wrapper", 0),
}
_MODULES: Final = frozenset({"mem", "cmp", "iter", "str"})
_BARE: Final = frozenset({"Some", "None", "Ok", "Err"})
_CONTRACT_WORDS: Final = frozenset({"old", "implies"})
_ORDERINGS: Final = frozenset({"Less", "Equal", "Greater"})


def resolve_path(
    infer: Infer, path: tree.Path, *, is_type: bool = False, quiet: bool = False
) -> Target | None:
    """What a path names. Raises `Refusal`, or with `quiet` gives `None`."""
    found = _resolve(infer, path, is_type=is_type)
    if found is None and not quiet:
        name = "::".join(path.segments)
        raise Refusal("unknown-name", f"`{name}` is not known here", path)
    return found


def _resolve(infer: Infer, path: tree.Path, *, is_type: bool) -> Target | None:
    segments = path.segments
    if len(segments) == 1:
        found = _single(infer, path, segments[0], is_type=is_type)
        if found is not None:
            return found
        used = infer.uses.get(segments[0], ())
        if len(used) > 1:
            return _qualified(infer, path, used)
        return _by_glob(infer, segments[0])
    return _qualified(infer, path, segments)


def _single(infer: Infer, path: tree.Path, name: str, *, is_type: bool) -> Target | None:
    local = None if is_type else infer.lookup(name)
    if local is not None:
        return local
    env = infer.env
    if name == "Self" and infer.scope.self_type is not None:
        return _shape_of(infer, infer.scope.self_type)
    adt = env.adts.get(name)
    if adt is not None and not adt.is_enum:
        if adt.problem is not None:
            raise Refusal(adt.problem.code, f"`{name}`: {adt.problem.message}", path)
        return VariantName(adt, adt.variants[name])
    if is_type:
        alias = env.items.aliases.get(name)
        if alias is not None:
            return _shape_of(
                infer,
                env.type(tree.PathType(path.start, path.end, (name,)), infer.scope, hole=True),
            )
        return None
    if name in env.items.consts:
        return const_name(infer, name, path)
    if name in _CONTRACT_WORDS and infer.contract_result is not None:
        return _library(infer, path, "Contract", name, {})
    return _function(infer, name, path) or (Builtin(name) if name in _BARE else None)


def _shape_of(infer: Infer, ty: Ty) -> Target | None:
    if type(ty) is not Con or not ty.name.startswith("@"):
        return None
    adt = infer.env.adts[ty.name[1:]]
    if adt.is_enum or adt.problem is not None:
        return None
    names = (f"#{name}" for name in adt.generics)
    return VariantName(adt, adt.variants[adt.name], dict(zip(names, ty.args, strict=True)))


def const_name(infer: Infer, name: str, node: tree.Tree) -> ConstName:
    """A constant of the file. Raises `Refusal` for one that can change."""
    item = infer.env.items.consts[name]
    if item.mutable:
        raise Refusal("global-state", f"`{name}` is a `static mut`", node)
    scope = infer.scope
    return ConstName(name.replace("::", "_"), infer.env.type(item.type, scope), item)


def _function(infer: Infer, name: str, node: tree.Tree) -> FunctionName | None:
    functions, outer, entry = infer.env.items.functions, infer.name, None
    # Functions inside those that this one is inside; an `impl` is no such function.
    while outer in functions and entry is None:
        entry = functions.get(f"{outer}.{name}")
        outer = outer.rpartition(".")[0]
    entry = entry or functions.get(name)
    if entry is not None:
        return FunctionName(entry.name, infer.env.signature(entry))
    for unread, refusal in infer.env.items.unread:
        if unread == name:
            message = f"`{name}` was not lifted: {refusal.message}"
            raise Refusal("calls-refused-function", message, node)
    return None


def _by_glob(infer: Infer, name: str) -> Target | None:
    """A name bound by `use Enum::*`."""
    for bound, used in infer.uses.items():
        if bound.startswith("*") and used and used[-1] in infer.env.adts:
            adt = infer.env.adts[used[-1]]
            if name in adt.variants and adt.is_enum:
                return VariantName(adt, adt.variants[name])
        if bound.startswith("*") and used[-2:] == ("cmp", "Ordering") and name in _ORDERINGS:
            return Builtin(name, ty=ORDERING)
    return None


def _qualified(infer: Infer, path: tree.Path, segments: tuple[str, ...]) -> Target | None:
    owner, name = segments[-2], segments[-1]
    used = infer.uses.get(owner, ())
    if used and owner not in infer.env.adts:
        owner = used[-1]
    if owner in {"self", "crate", "super"}:
        return _single(infer, path, name, is_type=False)
    if owner == "Self" and infer.scope.self_type is not None:
        return _of_type(infer, path, infer.scope.self_type, name)
    if owner in infer.scope.generics and len(segments) == 2:
        message = f"`{owner}::{name}` depends on what `{owner}` is"
        raise Refusal("unsupported-type", message, path)
    if owner in infer.env.adts or owner in infer.env.items.aliases:
        ty = _owner_type(infer, path, owner)
        return _of_type(infer, path, ty, name)
    if owner in _MODULES or (owner == "str" and name == "from_utf8"):
        return _library(infer, path, owner, name, {})
    if name in _ORDERINGS and owner == "Ordering":
        return Builtin(name, ty=ORDERING)
    if name in _BARE and owner in {"Option", "Result"}:
        return Builtin(name)
    if owner == "consts" or (owner == "f64" and name in FLOAT_CONSTANTS):
        if name in FLOAT_CONSTANTS and "f32" not in segments:
            return Builtin(name, "f64", ty=F64)
        return None
    return _of_builtin(infer, path, owner, name)


def _owner_type(infer: Infer, path: tree.Path, owner: str) -> Ty:
    written = path.owner
    if isinstance(written, tree.PathType) and written.segments[-1] == owner and written.args:
        return infer.env.type(written, infer.scope, hole=True)
    return infer.env.type(tree.PathType(path.start, path.end, (owner,)), infer.scope, hole=True)


def _of_type(infer: Infer, path: tree.Path, ty: Ty, name: str) -> Target | None:
    if type(ty) is not Con:
        return None
    if not ty.name.startswith("@"):
        shown = {"Str": "String", "Seq": "Vec"}.get(ty.name, ty.name)
        return _of_builtin(infer, path, shown, name, ty)
    adt = infer.env.adts[ty.name[1:]]
    if adt.problem is not None:
        raise Refusal(adt.problem.code, f"`{adt.name}`: {adt.problem.message}", path)
    bindings = dict(zip((f"#{each}" for each in adt.generics), ty.args, strict=True))
    if adt.is_enum and name in adt.variants:
        return VariantName(adt, adt.variants[name], bindings)
    key = f"{adt.name}::{name}"
    if key in infer.env.items.consts:
        return const_name(infer, key, path)
    found = _function(infer, f"{adt.name}.{name}", path)
    if found is None:
        if name == "default" and "Default" in adt.derives:
            return Builtin("default", "Adt.default", None, ty=ty)
        return None
    entry = infer.env.items.functions[found.name]
    if entry.impl is not None:
        found.bindings = _impl_bindings(infer, entry.impl.self_type, entry, ty)
    return found


def _impl_bindings(infer: Infer, written: tree.TypeTree, entry: object, ty: Con) -> dict[str, Ty]:
    """What the parameters of an `impl` are where its type is known."""
    del entry
    bindings: dict[str, Ty] = {}
    if isinstance(written, tree.PathType):
        for arg, actual in zip(written.args, ty.args, strict=False):
            if isinstance(arg, tree.PathType) and len(arg.segments) == 1:
                bindings[f"#{arg.segments[0]}"] = actual
    del infer
    return bindings


def _of_builtin(
    infer: Infer, path: tree.Path, owner: str, name: str, ty: Con | None = None
) -> Target | None:
    if owner in INTEGERS:
        if name in _INTEGER_CONSTANTS:
            return Builtin(name, owner, ty=PRIMITIVES["u32" if name == "BITS" else owner])
        return _library(infer, path, "Int", name, {"#Self": PRIMITIVES[owner]})
    if owner == "f64":
        if name in FLOAT_CONSTANTS:
            return Builtin(name, "f64", ty=F64)
        return _library(infer, path, "Float", name, {"#Self": F64})
    if owner in {"char", "bool"}:
        return _library(infer, path, owner.capitalize(), name, {"#Self": PRIMITIVES[owner]})
    if owner in {"Wrapping", "Saturating", "Rc", "Arc", "RefCell", "Cell"}:
        raise Refusal("interior-mutability", f"`{owner}` is outside the lifted subset", path)
    group = _GROUP_OF.get(owner)
    if group is None:
        if infer.uses.get(path.segments[0]) or len(path.segments) > 2:
            message = f"`{'::'.join(path.segments)}` is outside the lifted subset"
            raise Refusal("unsupported-module", message, path)
        return None
    head, count = group
    bindings: dict[str, Ty] = {}
    if count:
        whole: Ty = ty if ty is not None else _collection(infer, path, head, count)
        assert type(whole) is Con
        generics = library()[head]
        first = next(iter(generics.values()))
        names = [n for n in first.generics if n in {"#T", "#K", "#V", "#E"}]
        order = {"Result": ["#T", "#E"], "HashMap": ["#K", "#V"], "BTreeMap": ["#K", "#V"]}
        names = order.get(head, names[:1])
        bindings = {**dict(zip(names, whole.args, strict=False)), "#Self": whole}
    elif head == "Str":
        bindings = {"#Self": PRIMITIVES["str"]}
    return _library(infer, path, head, name, bindings)


def _collection(infer: Infer, path: tree.Path, head: str, count: int) -> Con:
    written = path.owner
    if isinstance(written, tree.PathType) and written.args:
        found = infer.env.type(written, infer.scope, hole=True)
        assert type(found) is Con
        return found
    return Con(head, tuple(Var() for _ in range(count)))


def _library(
    infer: Infer, path: tree.Path, group: str, name: str, bindings: dict[str, Ty]
) -> Target | None:
    for head in (group, "Any"):
        signature = library()[head].get(name)
        if signature is not None:
            bound = {n: substitute(ty, {}) for n, ty in bindings.items()}
            return Builtin(name, signature.key, signature, bound)
    del infer
    owner = show(bindings["#Self"]) if "#Self" in bindings else group
    message = f"`{owner}::{name}` is outside the lifted subset"
    raise Refusal("unsupported-builtin", message, path)
