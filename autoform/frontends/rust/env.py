"""What the items of a file mean: types as inference knows them, signatures, names of paths."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from autoform.frontends.rust import tree
from autoform.frontends.rust.prelude import Signature
from autoform.frontends.rust.read_items import FunctionEntry, ImplHeader, Items
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.rust.types import (
    CHAR,
    ORDERING,
    PRIMITIVES,
    STR,
    UNIT,
    Con,
    Ty,
    Var,
    iterator,
    seq,
)
from autoform.frontends.syntax import SyntaxTree
from autoform.ir.names import BUILT_IN_TYPES

_SEQUENCES: Final = frozenset({"Vec", "Seq"})
_TRANSPARENT: Final = frozenset({"Box", "Cow"})
_COLLECTIONS: Final = {
    "Option": 1,
    "HashMap": 2,
    "BTreeMap": 2,
    "HashSet": 1,
    "BTreeSet": 1,
    "VecDeque": 1,
    "Result": 2,
}
_SHARED: Final = frozenset({"Rc", "Arc", "RefCell", "Cell", "Mutex", "RwLock", "Weak", "OnceCell"})


@dataclass(slots=True, eq=False)
class Adt:
    """A struct or enum. A struct has one variant, named like itself; fields have types in `#T`."""

    name: str
    generics: tuple[str, ...]
    variants: dict[str, VariantInfo] = field(default_factory=dict)
    is_enum: bool = False
    is_tuple: bool = False
    derives: frozenset[str] = frozenset()
    problem: Refusal | None = None
    item: tree.StructItem | tree.EnumItem | None = None

    @property
    def type(self) -> Con:
        """The type over its own parameters."""
        return Con(f"@{self.name}", tuple(Con(f"#{name}") for name in self.generics))


@dataclass(slots=True, eq=False)
class VariantInfo:
    """A variant, or the one shape of a struct: its fields' names, if any, and their types."""

    name: str
    fields: tuple[str, ...]
    types: tuple[Ty, ...]
    named: bool
    discriminant: tree.Expr | None = None


@dataclass(slots=True, eq=False)
class Scope:
    """The names of types that a signature or body may use beside those of the file."""

    generics: dict[str, Ty] = field(default_factory=dict)
    self_type: Ty | None = None
    associated: dict[str, tree.TypeTree] = field(default_factory=dict)


class Env:
    """The types, functions and constants of one file."""

    def __init__(self, syntax: SyntaxTree, items: Items) -> None:
        """Enter the types of the file; those that cannot be read keep their reason."""
        self.syntax = syntax
        self.items = items
        self.adts: dict[str, Adt] = {}
        self._signatures: dict[str, Signature | Refusal] = {}
        self._expanding: set[str] = set()
        for struct in items.structs.values():
            self.adts[struct.name] = Adt(
                struct.name,
                tuple(param.name for param in struct.generics),
                is_tuple=struct.is_tuple,
                derives=struct.derives,
                item=struct,
            )
        for enum in items.enums.values():
            self.adts[enum.name] = Adt(
                enum.name,
                tuple(param.name for param in enum.generics),
                is_enum=True,
                derives=enum.derives,
                item=enum,
            )
        for adt in self.adts.values():
            self._fill(adt)
        self.kinds: dict[str, bool | Refusal] = self._kinds()

    def _kinds(self) -> dict[str, bool | Refusal]:
        """Which types are enums, and why others cannot be lifted: what they hold cannot."""
        found: dict[str, bool | Refusal] = {
            name: adt.problem or _name_problem(adt) or adt.is_enum
            for name, adt in self.adts.items()
        }
        growing = True
        while growing:
            growing = False
            for name, adt in self.adts.items():
                if isinstance(found[name], Refusal):
                    continue
                for type_ in (t for shape in adt.variants.values() for t in shape.types):
                    problem = _problem_inside(type_, found)
                    if problem is not None:
                        found[name], growing = problem, True
                        adt.problem = problem
                        break
        return found

    def _fill(self, adt: Adt) -> None:
        item = adt.item
        assert item is not None
        scope = Scope({name: Con(f"#{name}") for name in adt.generics}, adt.type)
        try:
            for param in item.generics:
                if param.const:
                    raise Refusal("unsupported-type", "a const parameter of a type", param)
            if isinstance(item, tree.StructItem):
                names = tuple(name for name, _ in item.fields)
                types = tuple(self.type(type_, scope) for _, type_ in item.fields)
                shape = VariantInfo(item.name, names, types, not item.is_tuple)
                adt.variants[item.name] = shape
                self._check_stored(item, types)
            else:
                for each in item.variants:
                    types = tuple(self.type(type_, scope) for type_ in each.types)
                    self._check_stored(item, types)
                    names = each.names or tuple(f"_{n}" for n in range(len(types)))
                    adt.variants[each.name] = VariantInfo(
                        each.name, names, types, each.names is not None, each.discriminant
                    )
        except Refusal as refusal:
            adt.problem = refusal

    def _check_stored(self, item: tree.Tree, types: tuple[Ty, ...]) -> None:
        for type_ in types:
            if _holds(type_, {"RefMut", "fn", "Iter"}):
                message = "a field holds a mutable reference, a function or an iterator"
                raise Refusal("unsupported-type", message, item)

    # Types.

    def type(self, node: tree.TypeTree, scope: Scope, *, hole: bool = False) -> Ty:
        """What a written type means; `hole` lets `_` stand for a variable. Raises `Refusal`."""
        match node:
            case tree.PathType():
                return self._path(node, scope, hole=hole)
            case tree.RefType(mutable=mutable, inner=inner):
                found = self.type(inner, scope, hole=hole)
                return Con("RefMut", (found,)) if mutable else found
            case tree.ArrayType(element=element):
                return seq(self.type(element, scope, hole=hole))
            case tree.TupleTypeTree(items=items):
                if not items:
                    return UNIT
                return Con("tuple", tuple(self.type(item, scope, hole=hole) for item in items))
            case tree.FnTypeTree(params=params, result=result):
                types = [self.type(param, scope, hole=hole) for param in params]
                last = UNIT if result is None else self.type(result, scope, hole=hole)
                return Con("fn", (*types, last))
            case tree.InferType():
                if hole:
                    return Var()
                raise Refusal("unsupported-type", "`_` is no type here", node)
            case tree.NeverType():
                return Con("never")
            case tree.ImplType():
                return self._impl(node, scope)
            case tree.OtherType(code=code, message=message):
                raise Refusal(code, message, node)

    def _impl(self, node: tree.ImplType, scope: Scope) -> Ty:
        for bound in node.bounds:
            if isinstance(bound, tree.PathType) and bound.segments[-1] in {
                "Iterator",
                "IntoIterator",
                "DoubleEndedIterator",
                "ExactSizeIterator",
            }:
                if len(bound.args) == 1:
                    return iterator(self.type(bound.args[0], scope))
            elif isinstance(bound, tree.FnTypeTree):
                return self.type(bound, scope)
        raise Refusal("unsupported-type", "this `impl Trait` is outside the lifted subset", node)

    def _path(self, node: tree.PathType, scope: Scope, *, hole: bool) -> Ty:
        name = node.segments[-1]
        if name == "Self" and len(node.segments) == 1:
            if scope.self_type is None:
                raise Refusal("unknown-name", "`Self` outside an `impl`", node)
            return scope.self_type
        if len(node.segments) == 1 and name in scope.generics:
            return scope.generics[name]
        if len(node.segments) == 2 and node.segments[0] == "Self" and name in scope.associated:
            rest = {n: t for n, t in scope.associated.items() if n != name}
            inner = Scope(scope.generics, scope.self_type, rest)
            return self.type(scope.associated[name], inner, hole=hole)
        if len(node.segments) > 1 and node.segments[0] in {"Self", *scope.generics}:
            raise Refusal("unsupported-type", "an associated type of a trait", node)
        path = self.items.uses.get(name, ()) if len(node.segments) == 1 else node.segments
        original = path[-1] if path else name
        if name in self.adts and (len(node.segments) == 1 or node.segments[0] != "std"):
            return self._adt(self.adts[name], node, scope, hole=hole)
        if name in self.items.broken_types:
            raise _at(self.items.broken_types[name], node)
        if name in self.items.aliases:
            return self._alias(self.items.aliases[name], node, scope, hole=hole)
        return self._library(original, node, scope, hole=hole)

    def _library(self, name: str, node: tree.PathType, scope: Scope, *, hole: bool) -> Ty:
        args = [self.type(arg, scope, hole=hole) for arg in node.args]
        if name in PRIMITIVES and not args:
            return PRIMITIVES[name]
        if name == "String":
            return STR
        if name in _SEQUENCES:
            return seq(args[0] if args else Var() if hole else _missing(node))
        if name in _TRANSPARENT and len(args) == 1:
            return args[0]
        if name in _COLLECTIONS:
            wanted = _COLLECTIONS[name]
            if name == "Result" and len(args) == 1:
                raise Refusal("unsupported-type", "a `Result` of another library", node)
            if len(args) > wanted:
                raise Refusal("unsupported-type", f"`{name}` with another hasher", node)
            if len(args) < wanted and not hole:
                _missing(node)
            return Con(name, (*args, *(Var() for _ in range(wanted - len(args)))))
        if name == "Ordering" and not args and "atomic" not in node.segments:
            return ORDERING
        if name in {"Chars", "CharIndices"}:
            return iterator(CHAR if name == "Chars" else Con("tuple", (PRIMITIVES["usize"], CHAR)))
        if name == "Peekable" and len(args) == 1:
            return args[0]
        if name == "f32":
            message = "`f32`: arithmetic of single precision is outside the lifted subset"
            raise Refusal("unsupported-type", message, node, "use `f64`")
        if name in _SHARED:
            message = f"`{name}` is shared or changed through shared references"
            raise Refusal("interior-mutability", message, node)
        message = f"`{'::'.join(node.segments)}` is outside the lifted subset"
        raise Refusal("unsupported-type", message, node)

    def _adt(self, adt: Adt, node: tree.PathType, scope: Scope, *, hole: bool) -> Ty:
        args = tuple(self.type(arg, scope, hole=hole) for arg in node.args)
        if len(args) != len(adt.generics):
            if not hole or args:
                raise Refusal("unsupported-type", f"`{adt.name}` without its arguments", node)
            args = tuple(Var() for _ in adt.generics)
        return Con(f"@{adt.name}", args)

    def _alias(self, alias: tree.AliasItem, node: tree.PathType, scope: Scope, *, hole: bool) -> Ty:
        if alias.name in self._expanding:
            raise Refusal("unsupported-type", f"`{alias.name}` stands for itself", node)
        args = [self.type(arg, scope, hole=hole) for arg in node.args]
        if len(args) != len(alias.generics):
            raise Refusal("unsupported-type", f"`{alias.name}` without its arguments", node)
        names = [param.name for param in alias.generics]
        self._expanding.add(alias.name)
        try:
            return self.type(alias.type, Scope(dict(zip(names, args, strict=True))))
        finally:
            self._expanding.discard(alias.name)

    # Functions.

    def scope_of(self, item: tree.FunctionItem, impl: ImplHeader | None) -> Scope:
        """The names of types inside a function. Raises `Refusal`."""
        scope = Scope()
        for param in (*(impl.generics if impl else ()), *item.generics):
            if not param.const:
                scope.generics[param.name] = Con(f"#{param.name}")
        for param in (*(impl.generics if impl else ()), *item.generics):
            for bound in param.bounds:
                if isinstance(bound, tree.FnTypeTree):
                    scope.generics[param.name] = self.type(bound, scope)
                elif _is_iterator_bound(bound) and isinstance(bound, tree.PathType) and bound.args:
                    scope.generics[param.name] = iterator(self.type(bound.args[0], scope))
        if impl is not None:
            scope.self_type = self.type(impl.self_type, scope)
            scope.associated = impl.types
        return scope

    def signature(self, entry: FunctionEntry) -> Signature:
        """The type of a function of the file. Raises `Refusal`."""
        found = self._signatures.get(entry.name)
        if found is None:
            try:
                found = self.read_signature(entry.name, entry.item, entry.impl)
            except Refusal as refusal:
                found = refusal
            self._signatures[entry.name] = found
        if isinstance(found, Refusal):
            raise found
        return found

    def read_signature(
        self, name: str, item: tree.FunctionItem, impl: ImplHeader | None
    ) -> Signature:
        """The type of a function. Raises `Refusal`."""
        scope = self.scope_of(item, impl)
        params: list[Ty] = []
        mutable: list[bool] = []
        for param in item.params:
            type_ = self.type(param.type, scope)
            is_mutable = type(type_) is Con and type_.name == "RefMut"
            params.append(type_.args[0] if is_mutable else type_)  # type: ignore[union-attr] # a Con
            mutable.append(is_mutable)
        result = UNIT if item.result is None else self.type(item.result, scope)
        generics = tuple(
            ty.name for ty in scope.generics.values() if type(ty) is Con and ty.name[0] == "#"
        )
        first = item.params[0].pattern if item.params else None
        has_self = isinstance(first, tree.BindPattern) and first.name == "self"
        return Signature(name, generics, tuple(params), result, tuple(mutable), has_self)


def _name_problem(adt: Adt) -> Refusal | None:
    assert adt.item is not None
    if adt.name in BUILT_IN_TYPES or adt.name == "Ordering":
        message = f"`{adt.name}` is the name of a type of the IR"
        adt.problem = Refusal("unsupported-type", message, adt.item, "choose another name")
    return adt.problem


def _problem_inside(ty: Ty, found: dict[str, bool | Refusal]) -> Refusal | None:
    if type(ty) is not Con:
        return None
    kind = found.get(ty.name[1:]) if ty.name.startswith("@") else None
    if isinstance(kind, Refusal):
        return kind
    for arg in ty.args:
        problem = _problem_inside(arg, found)
        if problem is not None:
            return problem
    return None


def _is_iterator_bound(bound: tree.TypeTree) -> bool:
    return isinstance(bound, tree.PathType) and bound.segments[-1] in {"Iterator", "IntoIterator"}


def _missing(node: tree.PathType) -> Ty:
    raise Refusal("unsupported-type", f"`{node.segments[-1]}` without its arguments", node)


def _at(refusal: Refusal, node: tree.Tree) -> Refusal:
    return Refusal(refusal.code, refusal.message, node, refusal.help)


def _holds(ty: Ty, names: set[str]) -> bool:
    return type(ty) is Con and (ty.name in names or any(_holds(arg, names) for arg in ty.args))
