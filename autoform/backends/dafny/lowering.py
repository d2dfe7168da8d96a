"""What Dafny lacks is lowered before printing: `for`, `continue`, calls of methods in expressions.

A function is printed as a Dafny function where its body is an expression, else as a method.
Methods cannot be called in contracts and lambdas; where one is, its functional form, which is
all functions, is printed beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, cast

from autoform.backends.dafny.bodies import expression_functions
from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Apply, Call, Comprehension
from autoform.ir.node import Node
from autoform.ir.stmts import Assign, Continue, ForEach, ForRange, Return, VarDecl
from autoform.ir.traversal import map_children, walk
from autoform.passes.foreach_to_while import foreach_to_while
from autoform.passes.forrange_to_while import forrange_to_while
from autoform.passes.functional import functional_form
from autoform.passes.hoist_calls import hoist_calls
from autoform.passes.narrow_indexes import narrow_indexes
from autoform.passes.sums_to_lengths import sums_to_lengths

__all__ = ["Lowered", "lower"]

_MAYBE_NEGATIVE: Final = frozenset({"seq.at_neg", "seq.update_neg", "str.at_neg"})


@dataclass(frozen=True, slots=True)
class Lowered:
    """A module that Dafny can say, and which of its functions are methods."""

    module: Module
    procedures: frozenset[str]
    origin: dict[str, str]
    """The function of the source that each function is a part of, where that is another."""


def lower(module: Module) -> Lowered:
    """Everything that has to happen before printing."""
    used = {type(node) if not isinstance(node, Apply) else node.op for node in _bodies(module)}
    if used & _MAYBE_NEGATIVE:
        module = narrow_indexes(module)
    if "seq.sum" in used and Comprehension in used:
        module = sums_to_lengths(module)
    everything = frozenset(function.name for function in module.functions)
    procedures = everything - expression_functions(module)
    origin: dict[str, str] = {}
    if Call in used and procedures:
        module = hoist_calls(module, is_procedure=procedures.__contains__)
        stuck = {call.function for f in module.functions for call in _stuck(f, procedures)}
        if stuck:
            module, origin = _with_twins(module, stuck, procedures)
    if used & {ForRange, ForEach, Continue, Call}:
        module = foreach_to_while(forrange_to_while(module))
    return Lowered(module, procedures, origin)


def _bodies(module: Module) -> Iterator[Node]:
    return (node for function in module.functions for node in walk(function))


def _stuck(function: Function, procedures: frozenset[str]) -> Iterator[Call]:
    """The calls of methods that are not the whole value of a statement."""
    whole = {
        id(stmt.value)
        for stmt in walk(*function.body)
        if isinstance(stmt, VarDecl | Assign | Return) and isinstance(stmt.value, Call)
    }
    for node in walk(function):
        if isinstance(node, Call) and node.function in procedures and id(node) not in whole:
            yield node


def _with_twins(
    module: Module, stuck: set[str], procedures: frozenset[str]
) -> tuple[Module, dict[str, str]]:
    """The module with the functional forms of the stuck methods, called where they are stuck."""
    functional = {function.name: function for function in functional_form(module).functions}
    pending, wanted = list(stuck), set[str]()
    while pending:
        name = pending.pop()
        if name not in wanted:
            wanted.add(name)
            calls = walk(functional[name])
            pending.extend(call.function for call in calls if isinstance(call, Call))
    own = {function.name for function in module.functions}
    # Expression functions stay as they are; no name of a source holds an apostrophe.
    twins = {
        name: f"{name}'value"
        for name in functional
        if name in wanted and (name not in own or name in procedures)
    }
    originals = tuple(
        _retarget(function, twins, {id(call) for call in _stuck(function, procedures)})
        for function in module.functions
    )
    copies = tuple(
        replace(_retarget(functional[name], twins, None), name=twins[name]) for name in twins
    )
    origin = {twin: _owner(name, own) for name, twin in twins.items()}
    return replace(module, functions=(*originals, *copies)), origin


def _owner(name: str, own: set[str]) -> str:
    """The function whose loop or rest a helper of the functional form is."""
    while name and name not in own:
        name = name.rpartition("_")[0]
    return name


def _retarget(function: Function, names: dict[str, str], only: set[int] | None) -> Function:
    """The function calling the twins: all its calls, or those of the given nodes."""

    def change(node: Node) -> Node:
        here = only is None or id(node) in only
        node = map_children(node, change)
        if isinstance(node, Call) and here and node.function in names:
            return replace(node, function=names[node.function])
        return node

    return cast(Function, change(function))
