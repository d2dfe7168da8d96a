"""Types during inference: constructors and variables, and unification.

Shared references and boxes are not there: values are immutable, so `&T` and `Box<T>` are `T`.
What is left of references is `&mut T`, a constructor of its own that gives way where a `T` is
asked for. `Vec<T>`, `[T]` and `[T; N]` are all `Seq`, `String` and `str` are `Str`.
"""

from __future__ import annotations

from typing import Final, TypeAlias

INTEGERS: Final = frozenset(
    {"i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize"}
)
SIGNED: Final = frozenset(name for name in INTEGERS if name.startswith("i"))


class Con:
    """A constructor with its arguments: `i32`, `Seq<T>`, `Option<T>`, `fn(A) -> B`, `#T`.

    `#T` is a type parameter, `@P` a struct or enum of the file.
    """

    __slots__ = ("args", "name")

    def __init__(self, name: str, args: tuple[Ty, ...] = ()) -> None:
        self.name = name
        self.args = args

    def __repr__(self) -> str:
        return show(self)


class Var:
    """A type to be found. `kind` is `int` or `float` for that of a literal without a suffix."""

    __slots__ = ("kind", "link")

    def __init__(self, kind: str = "") -> None:
        self.kind = kind
        self.link: Ty | None = None

    def __repr__(self) -> str:
        return show(self)


Ty: TypeAlias = Con | Var

UNIT: Final = Con("tuple")
BOOL: Final = Con("bool")
CHAR: Final = Con("char")
STR: Final = Con("Str")
USIZE: Final = Con("usize")
F64: Final = Con("f64")
ORDERING: Final = Con("Ordering")
RANGE_FULL: Final = Con("RangeFull")
OPAQUE: Final = Con("opaque")
"""A value that nothing of the subset looks into, such as a parse error."""
PRIMITIVES: Final[dict[str, Con]] = {
    **{name: Con(name) for name in INTEGERS},
    "usize": USIZE,
    "bool": BOOL,
    "char": CHAR,
    "f64": F64,
    "str": STR,
}


def seq(item: Ty) -> Con:
    """`Vec<T>`, `[T]`, `[T; N]`."""
    return Con("Seq", (item,))


def option(item: Ty) -> Con:
    """`Option<T>`."""
    return Con("Option", (item,))


def mut_ref(inner: Ty) -> Con:
    """`&mut T`."""
    return Con("RefMut", (inner,))


def iterator(item: Ty) -> Con:
    """Anything that iterates over items."""
    return Con("Iter", (item,))


class Mismatch(Exception):
    """Two types that cannot be the same."""


def prune(ty: Ty) -> Ty:
    """The type behind links."""
    while type(ty) is Var and ty.link is not None:
        ty = ty.link
    return ty


def strip(ty: Ty) -> Ty:
    """The type behind links and `&mut`."""
    ty = prune(ty)
    while type(ty) is Con and ty.name == "RefMut":
        ty = prune(ty.args[0])
    return ty


def unify(one: Ty, other: Ty) -> None:
    """Make two types the same. Raises `Mismatch`."""
    one, other = prune(one), prune(other)
    if one is other:
        return
    if type(one) is Var:
        _bind(one, other)
        return
    if type(other) is Var:
        _bind(other, one)
        return
    assert type(one) is Con
    assert type(other) is Con
    if one.name != other.name or len(one.args) != len(other.args):
        if one.name == "RefMut" or other.name == "RefMut":
            unify(strip(one), strip(other))
            return
        raise Mismatch(f"`{show(one)}` and `{show(other)}`")
    for left, right in zip(one.args, other.args, strict=True):
        unify(left, right)


def _bind(var: Var, ty: Ty) -> None:
    if type(ty) is Var:
        if var.kind and ty.kind and var.kind != ty.kind:
            raise Mismatch("an integer and a float")
        if ty.kind or not var.kind:
            var.link = ty
        else:
            ty.link = var
        return
    if var.kind:
        ty = strip(ty)
        if type(ty) is Var:
            _bind(var, ty)
            return
        assert type(ty) is Con
        fits = ty.name in INTEGERS if var.kind == "int" else ty.name == "f64"
        if not fits and not ty.name.startswith("#"):
            raise Mismatch(f"`{show(var)}` and `{show(ty)}`")
    elif occurs(var, ty):
        raise Mismatch("an infinite type")
    var.link = ty


def occurs(var: Var, ty: Ty) -> bool:
    """Whether a variable is inside a type."""
    ty = prune(ty)
    return ty is var or (type(ty) is Con and any(occurs(var, arg) for arg in ty.args))


def substitute(ty: Ty, bindings: dict[str, Ty]) -> Ty:
    """Replace type parameters by what they stand for."""
    ty = prune(ty)
    if type(ty) is Var:
        return ty
    assert type(ty) is Con
    if not ty.args:
        return bindings.get(ty.name, ty)
    return Con(ty.name, tuple([substitute(arg, bindings) for arg in ty.args]))


def show(ty: Ty) -> str:
    """The type for a message, as Rust writes it."""
    ty = prune(ty)
    if type(ty) is Var:
        return {"int": "{integer}", "float": "{float}"}.get(ty.kind, "_")
    assert type(ty) is Con
    args = ", ".join(show(arg) for arg in ty.args)
    match ty.name:
        case "tuple":
            return f"({args},)" if len(ty.args) == 1 else f"({args})"
        case "Seq":
            return f"Vec<{args}>"
        case "Str":
            return "String"
        case "RefMut":
            return f"&mut {args}"
        case "fn":
            *params, result = [show(arg) for arg in ty.args]
            return f"fn({', '.join(params)}) -> {result}"
        case name:
            return name.lstrip("#@") + (f"<{args}>" if args else "")
