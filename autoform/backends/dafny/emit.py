"""From a module of the IR to one Dafny file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from autoform.backends.dafny.declarations import write_const, write_enum, write_record
from autoform.backends.dafny.dialect import DIALECTS, Dialect, DialectNumber
from autoform.backends.dafny.expressions import expression
from autoform.backends.dafny.functions import write_function
from autoform.backends.dafny.lowering import Lowered, lower
from autoform.backends.dafny.names import NameSpace
from autoform.backends.dafny.order import Unordered
from autoform.backends.dafny.prelude import PRELUDE_NAMES, Entry, needed, stopping
from autoform.backends.dafny.refusals import (
    float_refusal,
    float_types,
    holds_float,
    nan_consts,
    observes_order,
    operator_refusal,
    order_refusal,
)
from autoform.backends.dafny.unit import Scope, Unit
from autoform.backends.dafny.writer import Writer
from autoform.backends.emitted import Emitted
from autoform.diagnostics import Diagnostic, diagnostic
from autoform.ir.decls import Assumption, Function, Module
from autoform.ir.exprs import Call
from autoform.ir.stmts import CallStmt
from autoform.ir.traversal import walk
from autoform.source import NOWHERE

__all__ = ["emit_dafny"]

_CONSTRUCTORS: Final = frozenset({"None", "Some", "Ok", "Err", "Single", "DictParts"})
_NEWTYPE: Final = re.compile(r"^newtype\b", re.MULTILINE)
_MEANING: Final = {
    Assumption.FLOAT_AS_REAL: "every float is a real number, and infinity some real number",
}


def emit_dafny(
    module: Module,
    *,
    dialect: DialectNumber = 4,
    allow: frozenset[Assumption] = frozenset(),
    runnable: bool = False,
) -> Emitted:
    """Print a module in Dafny.

    A function that cannot be printed exactly is left out with a diagnostic, and so is every
    function that calls it. A `runnable` text is for execution only: what is left open to proofs
    has a body there, which stops the program.
    """
    refused = _refused_before(module, allow)
    module = _without(module, _close_over_callers(module, refused))
    lowered = lower(module)
    unit = _unit(lowered, DIALECTS[dialect])
    parts: dict[str, _Part] = {}
    for function in lowered.module.functions:
        try:
            parts[function.name] = _print(unit, function)
        except Unordered:
            owner = lowered.origin.get(function.name, function.name)
            refused[owner] = order_refusal(module.function(owner))
    _close_over_callers(module, refused)
    kept = [part for name, part in parts.items() if lowered.origin.get(name, name) not in refused]
    return _assemble(module, unit, kept, refused, allow, runnable=runnable)


def _refused_before(module: Module, allow: frozenset[Assumption]) -> dict[str, Diagnostic]:
    holders = float_types(module)
    nan = nan_consts(module)
    found = {
        f.name: float_refusal(f, holders, nan, allow) or operator_refusal(f)
        for f in module.functions
    }
    return {name: refusal for name, refusal in found.items() if refusal is not None}


def _close_over_callers(module: Module, refused: dict[str, Diagnostic]) -> dict[str, Diagnostic]:
    """Adds the functions that call refused ones."""
    callees = {
        function.name: [node for node in walk(function) if isinstance(node, Call | CallStmt)]
        for function in module.functions
    }
    changed = True
    while changed:
        changed = False
        for name, calls in callees.items():
            to = next((c for c in calls if c.function in refused), None)
            if name not in refused and to is not None:
                message = f"`{name}` calls `{to.function}`, which could not be printed"
                span = to.span if to.span != NOWHERE else module.function(name).span
                refused[name] = diagnostic(refused[to.function].code, message, span)
                changed = True
    return refused


def _without(module: Module, refused: Mapping[str, object]) -> Module:
    functions = tuple(f for f in module.functions if f.name not in refused)
    return replace(module, functions=functions)


def _unit(lowered: Lowered, dialect: Dialect) -> Unit:
    """Gives every name of the module its spelling."""
    module = lowered.module
    names = NameSpace({*PRELUDE_NAMES, *_CONSTRUCTORS, "Main"})
    types = {record.name: names.take(record.name) for record in module.records}
    types |= {enum.name: names.take(enum.name) for enum in module.enums}
    constructors: dict[tuple[str, str], str] = {}
    fields: dict[tuple[str, str, int | str], str] = {}
    for record in module.records:
        constructors[record.name, ""] = types[record.name]
        inside = NameSpace(())
        for each in record.fields:
            fields[record.name, "", each.name] = inside.take(each.name)
    for enum in module.enums:
        inside = NameSpace({*_CONSTRUCTORS, *types.values()})
        for variant in enum.variants:
            constructor = constructors[enum.name, variant.name] = inside.take(variant.name)
            for place in range(len(variant.items)):
                fields[enum.name, variant.name, place] = f"{constructor}_{place}"
    consts = {const.name: names.take(const.name) for const in module.consts}
    functions = {function.name: names.take(function.name) for function in module.functions}
    for param in _type_params(module):
        types.setdefault(param, names.take(param))
    return Unit(
        module,
        dialect,
        names,
        functions,
        lowered.procedures,
        types,
        constructors,
        fields,
        consts,
        observes_order(module),
    )


def _type_params(module: Module) -> tuple[str, ...]:
    """The type parameters of all declarations, which share their spelling."""
    found = [param for function in module.functions for param in function.type_params]
    found += [param for record in module.records for param in record.type_params]
    found += [param for enum in module.enums for param in enum.type_params]
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class _Part:
    """A printed declaration and what it takes from the prelude."""

    name: str
    writer: Writer
    used: frozenset[str]


def _print(unit: Unit, function: Function) -> _Part:
    own, writer = replace(unit, used=set()), Writer()
    write_function(writer, own, function)
    return _Part(function.name, writer, frozenset(own.used))


def _assemble(
    module: Module,
    unit: Unit,
    parts: Iterable[_Part],
    refused: Mapping[str, Diagnostic],
    allow: frozenset[Assumption],
    *,
    runnable: bool,
) -> Emitted:
    out, parts = Writer(), tuple(parts)
    assumptions = _assumptions(module, allow)
    _write_header(out, module, unit.dialect, assumptions)
    _write_declarations(out, unit, assumptions)
    for part in parts:
        out.line()
        out.include(part.writer)
        unit.used.update(part.used)
    _write_prelude(out, unit, runnable=runnable)
    printed = {part.name for part in parts}
    return Emitted(
        out.text,
        out.spans,
        {f.name: unit.functions[f.name] for f in module.functions if f.name in printed},
        tuple(sorted(refused.values(), key=lambda found: found.span.start_line)),
        assumptions,
    )


def _assumptions(module: Module, allow: frozenset[Assumption]) -> tuple[Assumption, ...]:
    """What was allowed and needed, and what the module already stood on."""
    used = allow if allow and _refused_before(module, frozenset()) else frozenset[Assumption]()
    return tuple(sorted({*module.assumptions, *used}))


def _write_header(
    out: Writer, module: Module, dialect: Dialect, assumptions: Iterable[Assumption]
) -> None:
    source = f" from {module.path}" if module.path else ""
    out.line(f"// Dafny {dialect.number}, printed{source}.")
    for assumption in assumptions:
        out.line(f"// Assumes {assumption}: {_MEANING[assumption]}.")


def _write_declarations(out: Writer, unit: Unit, assumptions: Iterable[Assumption]) -> None:
    module = unit.module
    hidden = frozenset() if Assumption.FLOAT_AS_REAL in assumptions else float_types(module)
    writers = Writer()
    for record in module.records:
        if record.name not in hidden:
            write_record(writers, unit, record)
    for enum in module.enums:
        if enum.name not in hidden:
            write_enum(writers, unit, enum)
    scope = Scope(unit, expression, unit.names, {})
    nan = nan_consts(module)
    for const in module.consts:
        as_real = Assumption.FLOAT_AS_REAL in assumptions and const.name not in nan
        if as_real or not holds_float(const):
            write_const(writers, scope, const)
    if writers.text:
        out.line()
        out.include(writers)


def _runnable(text: str, entry: Entry) -> str:
    """The declaration for execution: with a body, and with integers of any size inside."""
    if entry.bodyless:
        return stopping(text)
    return _NEWTYPE.sub("newtype {:nativeType false}", text)


def _write_prelude(out: Writer, unit: Unit, *, runnable: bool) -> None:
    """What the functions lean on, at the end; its lines belong to no source."""
    prelude = needed({*unit.used, "Stop"} if runnable else unit.used, unit.dialect)
    if not prelude:
        return
    out.line()
    out.unsourced("// What the functions above lean on.")
    for entry, text in prelude:
        out.line()
        out.line(_runnable(text, entry) if runnable else text)
