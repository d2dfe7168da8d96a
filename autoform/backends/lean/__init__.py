"""Lean 4: a module as total definitions and one theorem for each clause of its contracts.

The functional form is printed, so that what is printed can also be run by the interpreter. What
Lean's core library cannot say exactly is refused before printing. Every text that is printed
parses by `grammars/lean.lark`; `grammars/lean.md` explains the choices.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from pathlib import PurePath
from typing import Final

from autoform.backends.emitted import Emitted
from autoform.backends.lean.bodies import Line
from autoform.backends.lean.declarations import (
    exceptions,
    ordered_types,
    print_type_declaration,
)
from autoform.backends.lean.definitions import Definitions, definitions
from autoform.backends.lean.expressions import Printer
from autoform.backends.lean.gaps import Gap, gap_in, gap_in_constant
from autoform.backends.lean.names import USED, GlobalNames, LocalNames, escaped
from autoform.backends.lean.prelude import mentioned, needed
from autoform.backends.lean.steps import Context
from autoform.backends.lean.theorems import theorems
from autoform.backends.lean.types import print_type
from autoform.diagnostics import Diagnostic, diagnostic
from autoform.ir.decls import Assumption, Function, Module
from autoform.ir.exprs import Call, ConstRef
from autoform.ir.node import Node
from autoform.ir.traversal import walk
from autoform.passes.functional import functional_form
from autoform.passes.narrow_indexes import narrow_indexes
from autoform.source import NOWHERE, Span

__all__ = ["emit_lean"]

_RAISED: Final = re.compile(r"\bErr\.(«[^»]*»|\w+)")


def emit_lean(module: Module, *, allow: frozenset[Assumption] = frozenset()) -> Emitted:
    """Print a module. No assumption is ever needed: Lean's floats are IEEE doubles.

    A function that cannot be printed, and every function that calls it, is refused.
    """
    del allow
    groups = _groups(module)
    refused = _refused(module, groups)
    functions = tuple(
        function for name, group in groups.items() if name not in refused for function in group
    )
    kept = _restricted(module, functions)
    names = GlobalNames.of(kept)
    context = Context(kept, names, frozenset())
    constraints = _constraints(kept)
    defined = definitions(context, constraints)
    body = _body(kept, replace(context, raising=defined.raising), defined, constraints)
    lines = _file(module, body)
    return Emitted(
        "".join(f"{line.text}\n" for line in lines),
        tuple(_table(lines)),
        {name: names.functions[name] for name in groups if name not in refused},
        tuple(refused.values()),
        module.assumptions,
    )


def _groups(module: Module) -> dict[str, tuple[Function, ...]]:
    """What each source function became: the functions of its loops, then itself."""
    sources = {function.name for function in module.functions}
    groups: dict[str, tuple[Function, ...]] = {}
    waiting: list[Function] = []
    for function in functional_form(narrow_indexes(module)).functions:
        waiting.append(function)
        if function.name in sources:
            groups[function.name] = tuple(waiting)
            waiting = []
    return groups


def _refused(module: Module, groups: dict[str, tuple[Function, ...]]) -> dict[str, Diagnostic]:
    whole = replace(module, functions=tuple(chain.from_iterable(groups.values())))
    bad_constants: set[str] = set()
    for const in module.consts:
        if gap_in_constant(const, whole) or _constants_in(const) & bad_constants:
            bad_constants.add(const.name)
    refused: dict[str, Diagnostic] = {}
    for name, group in groups.items():
        gap = gap_in(group, whole) or _bad_constant(group, bad_constants)
        if gap is not None:
            message = f"`{name}` cannot be printed in Lean: {gap.message}"
            span = gap.span if gap.span != NOWHERE else group[-1].span
            refused[name] = diagnostic("unsupported-by-backend", message, span, help=gap.help)
    return _with_callers(groups, refused)


def _bad_constant(group: tuple[Function, ...], bad: set[str]) -> Gap | None:
    for node in walk(*group):
        if isinstance(node, ConstRef) and node.name in bad:
            return Gap(f"the value of `{node.name}` may raise", node.span)
    return None


def _with_callers(
    groups: dict[str, tuple[Function, ...]], refused: dict[str, Diagnostic]
) -> dict[str, Diagnostic]:
    """A function that calls a refused one is refused."""
    grown = dict(refused)
    for name, group in groups.items():
        if name in grown:
            continue
        for node in walk(*group):
            if isinstance(node, Call) and node.function in grown and node.function != name:
                message = f"`{name}` calls `{node.function}`, which cannot be printed in Lean"
                grown[name] = diagnostic("unsupported-by-backend", message, node.span)
                break
    return grown if len(grown) == len(refused) else _with_callers(groups, grown)


def _restricted(module: Module, functions: tuple[Function, ...]) -> Module:
    """The module with these functions, and the constants and types that they need."""
    used = _constants_in(*functions)
    for const in reversed(module.consts):  # one sees only those before it
        if const.name in used:
            used |= _constants_in(const)
    consts = [c for c in module.consts if c.name in used]
    return replace(module, functions=functions, consts=tuple(consts))


def _constants_in(*nodes: Node) -> set[str]:
    return {node.name for node in walk(*nodes) if isinstance(node, ConstRef)}


def _constraints(module: Module) -> str:
    """What is asked of every type parameter: equality, and an order if the module compares."""
    ordered = any(
        getattr(node, "op", "") in {"lt", "le", "gt", "ge", "min2", "max2"}
        or getattr(node, "op", "").startswith(("seq.sort", "seq.min", "seq.max", "set."))
        for function in module.functions
        if function.type_params
        for node in walk(function)
    )
    return "{{{0} : Type}} [DecidableEq {0}]" + (" [Py.Ordered {0}]" if ordered else "")


def _body(
    module: Module, context: Context, defined: Definitions, constraints: str
) -> list[tuple[Line, ...]]:
    """The declarations of the module, in order."""
    names = context.names
    blocks: list[tuple[Line, ...]] = [
        tuple(print_type_declaration(each, module, names)) for each in ordered_types(module)
    ]
    for const in module.consts:
        printer = Printer(context, LocalNames(names.all()))
        value = printer.value(const.value, typed=True)
        type_ = print_type(const.type, names, printer.local)
        head = f"abbrev {escaped(names.consts[const.name])} : {type_.text} :="
        blocks.append((Line(f"{head} {printer.around(value).text}", const.span),))
    blocks.extend(defined.lines)
    for function in module.functions:
        blocks.extend(tuple(each) for each in theorems(function, context, constraints))
    return blocks


def _file(module: Module, body: list[tuple[Line, ...]]) -> list[Line]:
    """The whole file: header, exceptions, prelude, declarations."""
    text = "\n".join(line.text for block in body for line in block)
    prelude = needed(mentioned(text))
    everything = "\n".join((text, *(entry.text for entry in prelude)))
    raised = frozenset(name.strip("«»") for name in _RAISED.findall(everything))
    stem = PurePath(module.path).name
    space = _namespace(PurePath(module.path).stem)
    blocks: list[Iterable[Line]] = [
        (
            Line(f"/- {stem or 'A module'} in Lean 4.22 or later, core library only. -/", NOWHERE),
            Line("set_option autoImplicit false", NOWHERE),
            Line("set_option linter.unusedVariables false", NOWHERE),
        ),
        (Line(f"namespace {space}", NOWHERE),),
    ]
    if raised or "Except Err" in everything:
        blocks.append(exceptions(raised or frozenset({"Panic"})))
    blocks.extend((Line(row, NOWHERE) for row in entry.text.split("\n")) for entry in prelude)
    blocks.extend(body)
    blocks.append((Line(f"end {space}", NOWHERE),))
    out: list[Line] = []
    for block in blocks:
        out.extend(block)
        out.append(Line("", NOWHERE))
    return out[:-1]


def _namespace(stem: str) -> str:
    words = re.findall(r"[A-Za-z0-9]+", stem)
    name = "".join(word[0].upper() + word[1:] for word in words) or "Translated"
    if name[0].isdigit() or name in USED:
        name = f"M{name}"
    return name


def _table(lines: list[Line]) -> Iterable[tuple[int, Span]]:
    last = NOWHERE
    for number, line in enumerate(lines, 1):
        if line.span not in {NOWHERE, last}:
            yield number, line.span
            last = line.span
