"""Lemmas that proofs of loops lean on, called where the sequence they speak of gets its value.

    var items: seq<int> := xs;
    Prefixes(items);

An invariant speaks of the part of a sequence that the loop has seen. That one round adds one
element to that part is obvious to a reader and not to Dafny, which compares sequences only where
it is told to. A method without invariants gets no hints.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Apply, Expr, IntLit, Var
from autoform.ir.stmts import Assign, CallStmt, VarDecl, While
from autoform.ir.traversal import assigned_names, walk
from autoform.ir.types import INT, IntType, SeqType, StrType, Type

__all__ = ["lemmas_of"]

_SUFFIXES = frozenset({"seq.slice_from", "str.slice_from"})


def lemmas_of(function: Function, module: Module) -> Mapping[str, tuple[str, ...]]:
    """The lemmas to call on each variable, by its name, in the order of calling."""
    loops = [node for node in walk(*function.body) if isinstance(node, While) and node.invariants]
    if not loops:
        return {}
    fixed = _fixed(function, module)
    other_names = _other_names(function, fixed)
    used = [node for node in walk(*loops) if isinstance(node, Apply)]
    claimed = [clause.condition for loop in loops for clause in loop.invariants]
    claimed += [clause.condition for clause in function.contract.ensures]
    sums = any(isinstance(node, Apply) and node.op == "seq.sum" for node in walk(*claimed))
    found: dict[str, tuple[str, ...]] = {}
    for node in used:
        for used_name in _sequences(node):
            name = other_names.get(used_name, used_name)
            if name not in fixed:
                continue
            lemmas = found.get(name, ("Prefixes",))
            if _is_suffix(node):
                lemmas = (*lemmas, "Suffixes")
                if sums and _holds_integers(fixed[name]):
                    lemmas = (*lemmas, "SumOfSuffixes")
            elif _is_slice(node):
                lemmas = (*lemmas, "Slices")
            found[name] = tuple(dict.fromkeys(lemmas))
    return found


def _fixed(function: Function, module: Module) -> dict[str, Type]:
    """The sequences that have one value from their declaration on."""
    changes = (s for s in walk(*function.body) if isinstance(s, Assign | CallStmt))
    assigned = frozenset[str]().union(*(assigned_names((stmt,), module) for stmt in changes))
    found = {p.name: p.type for p in function.params if not p.inout}
    for node in walk(*function.body):
        if isinstance(node, VarDecl) and node.value is not None:
            found[node.name] = node.type
    return {
        name: type_
        for name, type_ in found.items()
        if isinstance(type_, SeqType | StrType) and name not in assigned
    }


def _other_names(function: Function, fixed: Mapping[str, Type]) -> dict[str, str]:
    """Variables that are only other names of variables, with those."""
    found: dict[str, str] = {}
    for node in walk(*function.body):
        match node:
            case VarDecl(name, _, Var(value)) if name in fixed and value in fixed:
                found[name] = found.get(value, value)
            case _:
                pass
    return found


def _sequences(node: Apply) -> Iterator[str]:
    """The variables that an operator on sequences is applied to."""
    if node.op.startswith(("seq.", "str.")) and node.args:
        first: Expr = node.args[0]
        if isinstance(first, Var):
            yield first.name


def _is_suffix(node: Apply) -> bool:
    match node:
        case Apply("seq.subslice", (whole, low, Apply("seq.len", (other,)))):
            return whole == other and low != IntLit(0, INT)
        case _:
            return node.op in _SUFFIXES


def _is_slice(node: Apply) -> bool:
    match node:
        case Apply("seq.subslice", (_, low, _)):
            return low != IntLit(0, INT)
        case _:
            return node.op in {"seq.slice", "str.slice"}


def _holds_integers(type_: Type) -> bool:
    return isinstance(type_, SeqType) and isinstance(type_.element, IntType)
