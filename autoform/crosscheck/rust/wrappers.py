"""The Rust that stands between the codec and a file's functions.

For each function a wrapper that reads its arguments, calls it, and writes the result and what its
inout parameters became; for each struct and enum that they take or give, how it is read and
written. Arguments need no types here: the function's own signature says them.

    fn call_0(reader: &mut codec::Reader, writer: &mut codec::Writer) {
        let a0: &mut _ = codec::read(reader);
        let a1 = codec::read(reader);
        let result = super::push_twice(&mut *a0, a1);
        codec::write(&result, writer);
        codec::write(&*a0, writer);
    }
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from autoform.crosscheck.rust.hosts import Host, named_types, parse_host, without_lifetimes
from autoform.crosscheck.rust.regions import RustText
from autoform.crosscheck.rust.values import ANY
from autoform.ir.decls import EnumDecl, Function, Module, RecordDecl
from autoform.ir.types import (
    BoolType,
    CharType,
    EnumType,
    FloatType,
    FnType,
    IntType,
    MachineIntType,
    MapType,
    OptionType,
    RecordType,
    ResultType,
    SeqType,
    SetType,
    StrType,
    TupleType,
    Type,
    TypeVar,
    map_parts,
    parts,
)
from autoform.semantics.values import declaration, field_types

__all__ = ["HEAD", "Piece", "calls_table", "pieces", "rust_path"]

HEAD = (
    "\n\npub mod autoform_calls {\nuse super::*;\nuse crate::autoform_codec as codec;\n"
    "use crate::autoform_codec::{Decode as _, Encode as _};\n"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A generated item: the wrapper of the function it names, or the codec of a type."""

    text: str
    function: str | None


def rust_path(name: str, text: RustText) -> str:
    """A function of the IR as a path of the file's module."""
    path = name.replace(".", "::")
    trait = text.traits.get(path)
    return "super::" + path if trait is None else without_lifetimes(trait)


def pieces(module: Module, functions: Iterable[Function], text: RustText) -> Iterator[Piece]:
    """The codecs of all types and the wrappers of these functions, in order."""
    wanted = list(functions)
    seen: set[Type] = set()
    for function in wanted:
        for type_ in (*(param.type for param in function.params), function.result):
            for each in _declared(type_, module, seen):
                yield Piece(_codec(each, module, text), None)
    for number, function in enumerate(wanted):
        yield Piece(_wrapper(number, function, text), function.name)


def calls_table(count: int) -> str:
    """The end of the module: the wrappers by number."""
    names = ", ".join(f"call_{number}" for number in range(count))
    return f"pub const CALLS: &[codec::Call] = &[{names}];\n}}\n"


# ── Wrappers ──────────────────────────────────────────────────────────────────────────────────


def _wrapper(number: int, function: Function, text: RustText) -> str:
    """One wrapper. Type parameters become names for what they stand for."""
    bound = _bound_generics(function, text.generics.get(function.name.replace(".", "::"), ()))
    lines = [f"fn call_{number}(reader: &mut codec::Reader, writer: &mut codec::Writer) {{"]
    lines += [f"type {name} = {type_};" for name, type_ in bound.items()]
    args = []
    for place, param in enumerate(function.params):
        said = ""
        if not named_types(param.host).isdisjoint(bound):
            said = f": {without_lifetimes(param.host)}"
        elif param.inout:
            said = ": &mut _"
        lines.append(f"let a{place}{said} = codec::read(reader);")
        args.append(f"&mut *a{place}" if param.inout else f"a{place}")
    lines.append(f"let result = {rust_path(function.name, text)}({', '.join(args)});")
    lines.append("codec::write(&result, writer);")
    lines += [
        f"codec::write(&*a{place}, writer);"
        for place, param in enumerate(function.params)
        if param.inout
    ]
    return "\n".join([*lines, "}\n"])


def _bound_generics(function: Function, names: Iterable[str]) -> dict[str, str]:
    """What each type parameter of the source stands for: its type in the IR, or any integer."""
    bound = dict.fromkeys(names, rust_type(ANY))
    for param in function.params:
        _bind(parse_host(param.host), param.type, bound)
    return bound


def _bind(host: Host, type_: Type, bound: dict[str, str]) -> None:
    if host.name in ("&", "&mut", "Box"):
        _bind(host.arg(0), type_, bound)
    elif host.name in bound:
        bound[host.name] = rust_type(type_)
    else:
        for inner, part in zip(host.args, parts(type_), strict=False):
            _bind(inner, part, bound)


def rust_type(type_: Type) -> str:
    """An owned Rust type that holds the values of an IR type."""
    match type_:
        case MachineIntType():
            return type_.name
        case IntType() | TypeVar():
            return ANY.name
        case BoolType():
            return "bool"
        case FloatType():
            return "f64"
        case CharType():
            return "char"
        case StrType():
            return "String"
        case SeqType(element):
            return f"Vec<{rust_type(element)}>"
        case SetType(element):
            return f"std::collections::BTreeSet<{rust_type(element)}>"
        case MapType(key, value):
            return f"std::collections::BTreeMap<{rust_type(key)}, {rust_type(value)}>"
        case OptionType(item):
            return f"Option<{rust_type(item)}>"
        case ResultType(ok, err):
            return f"Result<{rust_type(ok)}, {rust_type(err)}>"
        case TupleType(items):
            return f"({''.join(f'{rust_type(item)}, ' for item in items)})"
        case RecordType(name, args) | EnumType(name, args):
            return name + (f"<{', '.join(map(rust_type, args))}>" if args else "")
        case FnType():
            return "fn()"


# ── Codecs of declared types ──────────────────────────────────────────────────────────────────


def _declared(type_: Type, module: Module, seen: set[Type]) -> Iterator[RecordType | EnumType]:
    """The structs and enums in a type, each instance once, with those inside them."""
    if isinstance(type_, TypeVar):
        return
    if not isinstance(type_, RecordType | EnumType):
        for part in parts(type_):
            yield from _declared(part, module, seen)
        return
    closed = map_parts(type_, _closed)
    if closed in seen or not isinstance(closed, RecordType | EnumType):
        return
    seen.add(closed)
    yield closed
    for inner in (*closed.args, *(t for row in _rows(closed, module) for t in row[1])):
        yield from _declared(inner, module, seen)


def _closed(type_: Type) -> Type:
    return ANY if isinstance(type_, TypeVar) else map_parts(type_, _closed)


def _rows(type_: RecordType | EnumType, module: Module) -> list[tuple[str, tuple[Type, ...]]]:
    """The constructors of a type with the types that they take."""
    declared = declaration(type_, module)
    match declared:
        case RecordDecl():
            return [(type_.name, field_types(type_, module) or ())]
        case EnumDecl():
            return [
                (f"{type_.name}::{v.name}", field_types(type_, module, v.name) or ())
                for v in declared.variants
            ]


def _codec(type_: RecordType | EnumType, module: Module, text: RustText) -> str:
    """`Decode` and `Encode` of a struct or an enum. `S { 0: a }` also builds what is `S(a)`."""
    rows = [(path, _fields(path, len(types), text)) for path, types in _rows(type_, module)]
    is_enum, lifetimes = isinstance(type_, EnumType), text.lifetimes.get(type_.name, 0)
    read, written = (_header(type_, [life] * lifetimes) for life in ("'static", "'_"))
    made = [
        f"{path} {{ {''.join(f'{field}: codec::read(reader), ' for field in fields)}}}"
        for path, fields in rows
    ]
    taken = [
        f"{path} {{ {''.join(f'{field}: b{n}, ' for n, field in enumerate(fields))}.. }} => {{ "
        + (f"writer.word({number}); " if is_enum else "")
        + "".join(f"codec::write(b{n}, writer); " for n in range(len(fields)))
        + "}\n"
        for number, (path, fields) in enumerate(rows)
    ]
    if is_enum:
        arms = "".join(f"{number} => {each},\n" for number, each in enumerate(made))
        decode = f"match reader.count() {{\n{arms}_ => codec::unknown_variant(),\n}}"
    else:
        decode = made[0]
    return (
        f"impl codec::Decode for {read} {{\n"
        f"fn decode(reader: &mut codec::Reader) -> Self {{\n{decode}\n}}\n}}\n"
        f"impl codec::Encode for {written} {{\n"
        f"fn encode(&self, writer: &mut codec::Writer) {{\nmatch self {{\n{''.join(taken)}"
        "_ => codec::unknown_variant(),\n}\n}\n}\n"
    )


def _header(type_: RecordType | EnumType, lifetimes: list[str]) -> str:
    """The type as an `impl` names it. What is borrowed inside is never freed."""
    args = [*lifetimes, *map(rust_type, type_.args)]
    return type_.name + (f"<{', '.join(args)}>" if args else "")


def _fields(path: str, count: int, text: RustText) -> list[str]:
    declared = text.shapes.get(path)
    if declared is not None and len(declared.fields) == count:
        return list(declared.fields)
    return [str(number) for number in range(count)]
