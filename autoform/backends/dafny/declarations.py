"""Records, enums and constants."""

from __future__ import annotations

from collections.abc import Iterable

from autoform.backends.dafny.unit import Scope, Unit
from autoform.backends.dafny.writer import Writer
from autoform.ir.decls import ConstDecl, EnumDecl, RecordDecl

__all__ = ["write_const", "write_enum", "write_record"]


def write_record(writer: Writer, unit: Unit, record: RecordDecl) -> None:
    """`datatype Point = Point(x: int, y: int)`."""
    fields = ", ".join(
        f"{unit.fields[record.name, '', field.name]}: {unit.type(field.type)}"
        for field in record.fields
    )
    constructor = unit.constructors[record.name, ""] + (f"({fields})" if fields else "")
    head = _head(unit, record.name, record.type_params)
    writer.line(f"datatype {head} = {constructor}", record.span)


def write_enum(writer: Writer, unit: Unit, enum: EnumDecl) -> None:
    """`datatype Shape = Empty | Circle(Circle_0: int)`."""
    cases = []
    for variant in enum.variants:
        items = ", ".join(
            f"{unit.fields[enum.name, variant.name, place]}: {unit.type(item)}"
            for place, item in enumerate(variant.items)
        )
        cases.append(unit.constructors[enum.name, variant.name] + (f"({items})" if items else ""))
    head = _head(unit, enum.name, enum.type_params)
    writer.line(f"datatype {head} = {' | '.join(cases)}", enum.span)


def _head(unit: Unit, name: str, type_params: Iterable[str]) -> str:
    params = ", ".join(unit.types[param] for param in type_params)
    return unit.types[name] + (f"<{params}>" if params else "")


def write_const(writer: Writer, scope: Scope, const: ConstDecl) -> None:
    """`const LIMIT: int := 10`."""
    unit = scope.unit
    value = scope.code(const.value).text
    writer.line(f"const {unit.consts[const.name]}: {unit.type(const.type)} := {value}", const.span)
