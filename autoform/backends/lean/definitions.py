"""Functions as Lean definitions, those that call each other together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath

from autoform.backends.lean.bodies import BodyPrinter, Line, list_rounds
from autoform.backends.lean.expressions import Printer
from autoform.backends.lean.names import LocalNames, escaped
from autoform.backends.lean.steps import Context
from autoform.backends.lean.termination import Measure, measure_of
from autoform.backends.lean.terms import Term, proj
from autoform.backends.lean.types import print_type
from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Call, ConstRef
from autoform.ir.traversal import walk
from autoform.source import Span


@dataclass(frozen=True, slots=True)
class Definitions:
    """All definitions in order, and the functions among them that are `Except Err`."""

    lines: tuple[tuple[Line, ...], ...]
    raising: frozenset[str]


def components(module: Module) -> Iterator[tuple[Function, ...]]:
    """The functions, callees first; those that call each other are one component."""
    import networkx as nx  # slow to import, and Lean alone asks for this order

    graph = nx.DiGraph()
    graph.add_nodes_from(function.name for function in module.functions)
    for function in module.functions:
        graph.add_edges_from((function.name, callee) for callee in callees(function))
    place = {function.name: n for n, function in enumerate(module.functions)}
    condensed = nx.condensation(graph)
    members = {node: condensed.nodes[node]["members"] for node in condensed}
    # Callees first, and otherwise as in the source.
    order = nx.lexicographical_topological_sort(
        condensed.reverse(), key=lambda node: min(place[name] for name in members[node])
    )
    for node in order:
        yield tuple(sorted(map(module.function, members[node]), key=lambda f: place[f.name]))


def callees(function: Function) -> frozenset[str]:
    """The functions that the body calls."""
    return frozenset(node.function for node in walk(*function.body) if isinstance(node, Call))


def definitions(context: Context, constraints: str) -> Definitions:
    """Print every function; which ones raise is found on the way, callees first."""
    printed: list[tuple[Line, ...]] = []
    for component in components(context.module):
        lines, raised = _component(component, context, constraints)
        while not raised <= context.raising:
            context = replace(context, raising=context.raising | raised)
            lines, raised = _component(component, context, constraints)
        printed.append(lines)
    return Definitions(tuple(printed), context.raising)


def _component(
    component: tuple[Function, ...], context: Context, constraints: str
) -> tuple[tuple[Line, ...], frozenset[str]]:
    names = frozenset(function.name for function in component)
    lines: list[Line] = []
    raised = set()
    for function in component:
        own, raises = _definition(function, names, context, constraints)
        if raises:
            raised.add(function.name)
        lines += [Line("", function.span), *own] if lines else own
    if len(component) > 1:
        span = component[0].span
        lines = [Line("mutual", span), *lines, Line("end", span)]
    return tuple(lines), frozenset(raised)


def _definition(
    function: Function, component: frozenset[str], context: Context, constraints: str
) -> tuple[list[Line], bool]:
    local = LocalNames(context.names.all())
    raising = function.name in context.raising
    recursive = bool(callees(function) & component)
    first = function.params[0].name if function.params else None
    over_list = list_rounds(function.body, first) if component == {function.name} else None
    measure = measure_of(function, component) if recursive and over_list is None else None
    head = _head(function, local, context, constraints, raising=raising)
    printer = Printer(context, local)
    body = BodyPrinter(raising=raising, hypotheses=measure is not None)
    if over_list is None:
        lines = body.block(function.body, printer)
    else:
        tail = local.fresh(local[over_list.rest])
        local.known[tail] = tail
        stop, round_ = over_list.cases(tail)
        element = printer.local[over_list.element.name]
        lines = [
            Line(f"match {local[over_list.rest]} with", function.span),
            Line("| [] =>", function.span),
            *(line.indented() for line in body.block(stop, printer.inside())),
            Line(f"| {element} :: {tail} =>", over_list.element.span),
            *(line.indented() for line in body.block(round_, printer.inside())),
        ]
    ending = () if measure is None else _termination(measure, local, context, function.span)
    doc = Line(_docstring(function, measure), function.span)
    return [doc, head, *(line.indented() for line in lines), *ending], body.raised


def _head(
    function: Function, local: LocalNames, context: Context, constraints: str, *, raising: bool
) -> Line:
    name = escaped(context.names.functions[function.name])
    generic = "".join(f" {constraints.format(local.of_type(t))}" for t in function.type_params)
    params = "".join(
        f" ({local[param.name]} : {print_type(param.type, context.names, local).text})"
        for param in function.params
    )
    result = print_type(function.result, context.names, local)
    if raising:
        return Line(f"def {name}{generic}{params} : Except Err {result.arg} := do", function.span)
    return Line(f"def {name}{generic}{params} : {result.text} :=", function.span)


def _termination(
    measure: Measure, local: LocalNames, context: Context, span: Span
) -> tuple[Line, ...]:
    printer = Printer(context, local, ghost=True)
    terms = [proj(printer.value(term), "toNat") for term in measure.terms]
    whole = terms[0] if len(terms) == 1 else Term(f"({', '.join(t.text for t in terms)})")
    return (
        Line(f"termination_by {whole.text}", span),
        Line("decreasing_by", span),
        Line(f"  {measure.proof}", span),
    )


def _docstring(function: Function, measure: Measure | None) -> str:
    where = f"{PurePath(function.span.path).name}:{function.span.start_line}"
    said = f"`{function.name}`" + (f", from {where}." if function.span.path else ".")
    if measure is not None and measure.note:
        said += f" {measure.note}"
    return f"/-- {said} -/"


def constants_used(function: Function) -> frozenset[str]:
    """The constants that a function reads."""
    return frozenset(node.name for node in walk(function) if isinstance(node, ConstRef))
