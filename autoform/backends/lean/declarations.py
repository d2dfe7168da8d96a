"""Records, enums and exceptions as Lean structures and inductive types."""

from __future__ import annotations

from collections.abc import Iterator

from autoform.backends.lean.bodies import Line
from autoform.backends.lean.names import GlobalNames, LocalNames, escaped
from autoform.backends.lean.types import is_discrete, print_type, type_declarations
from autoform.ir.decls import EnumDecl, Module, RecordDecl
from autoform.ir.types import (
    EnumType,
    RecordType,
    Type,
    TypeVar,
    walk_type,
)
from autoform.source import NOWHERE


def exceptions(names: frozenset[str]) -> list[Line]:
    """The exceptions that the printed text names."""
    head = [
        Line("/-- What a definition may raise. -/", NOWHERE),
        Line("inductive Err where", NOWHERE),
    ]
    cases = [Line(f"  | {escaped(name)}", NOWHERE) for name in sorted(names)]
    return [*head, *cases, Line("  deriving Repr, DecidableEq", NOWHERE)]


def ordered_types(module: Module) -> list[RecordDecl | EnumDecl]:
    """The types of the module, each after those it mentions."""
    by_name = {each.name: each for each in type_declarations(module)}
    done: dict[str, RecordDecl | EnumDecl] = {}

    def visit(name: str, path: frozenset[str]) -> None:
        if name in done or name in path:
            return
        for mentioned in mentions(by_name[name]):
            visit(mentioned, path | {name})
        done[name] = by_name[name]

    for name in by_name:
        visit(name, frozenset())
    return list(done.values())


def mentions(declaration: RecordDecl | EnumDecl) -> Iterator[str]:
    """The types of the module that occur in a declaration."""
    for type_ in _payload(declaration):
        for part in walk_type(type_):
            if isinstance(part, RecordType | EnumType):
                yield part.name


def print_type_declaration(
    declaration: RecordDecl | EnumDecl, module: Module, names: GlobalNames
) -> list[Line]:
    """A structure or an inductive type, with equality where it is decidable."""
    local = LocalNames(names.all())
    name = escaped(names.types[declaration.name])
    params = "".join(f" ({local.of_type(p)} : Type)" for p in declaration.type_params)
    span = declaration.span
    word = "structure" if isinstance(declaration, RecordDecl) else "inductive"
    lines = [
        Line(f"/-- `{declaration.name}`. -/", span),
        Line(f"{word} {name}{params} where", span),
    ]
    if isinstance(declaration, RecordDecl):
        lines += [
            Line(f"  {escaped(slot.name)} : {print_type(slot.type, names, local).text}", slot.span)
            for slot in declaration.fields
        ]
    else:
        for variant in declaration.variants:
            items = "".join(
                f" (item{i} : {print_type(item, names, local).text})"
                for i, item in enumerate(variant.items, 1)
            )
            lines.append(Line(f"  | {escaped(variant.name)}{items}", variant.span))
    args = tuple(TypeVar(p) for p in declaration.type_params)
    own = (RecordType if isinstance(declaration, RecordDecl) else EnumType)(declaration.name, args)
    equality = "DecidableEq" if is_discrete(own, module) else "BEq"
    lines.append(Line(f"  deriving Repr, {equality}", span))
    return lines


def _payload(declaration: RecordDecl | EnumDecl) -> Iterator[Type]:
    if isinstance(declaration, RecordDecl):
        yield from (slot.type for slot in declaration.fields)
    else:
        yield from (item for variant in declaration.variants for item in variant.items)
