"""Generic traversal of the IR, and what every pass asks of names.

Which fields of a class hold nodes is read from its annotations once, so that a new node needs no
change here. Children come in the order of the fields, which is not always that of evaluation
(`MapLit`, `Comprehension`).
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from itertools import count
from types import UnionType
from typing import Final, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from autoform.ir.decls import Function, Module, Param
from autoform.ir.exprs import (
    Binder,
    Comprehension,
    Expr,
    Filter,
    Generator,
    Lambda,
    Let,
    Quant,
    Var,
    type_of,
)
from autoform.ir.node import Node
from autoform.ir.stmts import Assign, Block, CallStmt, ForEach, ForRange, VarDecl
from autoform.ir.types import Type

_N = TypeVar("_N", bound=Node)

MAX_DEPTH: Final = 128
"""How deeply the nodes of one declaration may nest. Recursive functions over well-formed IR, and
Python's own `==`, `hash`, `repr`, `pickle` and `deepcopy`, stay far from the recursion limit."""


def _holds_nodes(hint: object) -> bool:
    if get_origin(hint) in {Union, UnionType}:
        return any(map(_holds_nodes, get_args(hint)))
    return isinstance(hint, type) and issubclass(hint, Node)


class _ChildFields(dict[type[Node], tuple[tuple[str, bool], ...]]):
    """For each class of node, its fields that hold nodes, and whether each holds a tuple."""

    def __missing__(self, cls: type[Node]) -> tuple[tuple[str, bool], ...]:
        hints = get_type_hints(cls)
        found = []
        for each in fields(cls):
            hint = hints[each.name]
            is_tuple = get_origin(hint) is tuple
            if _holds_nodes(get_args(hint)[0] if is_tuple else hint):
                found.append((each.name, is_tuple))
        self[cls] = tuple(found)
        return self[cls]


_CHILD_FIELDS: Final = _ChildFields()


def children(node: Node) -> Iterator[Node]:
    """The nodes directly inside, in the order of the fields."""
    for name, many in _CHILD_FIELDS[type(node)]:
        value = getattr(node, name)
        if many:
            yield from value
        elif value is not None:
            yield value


def map_children(node: _N, change: Callable[[Node], Node]) -> _N:
    """The node with `change` applied to each node directly inside.

    The node itself is returned, not a copy, when `change` returns every child as it was.
    `change` must return a node of a class that fits the place.
    """
    changed: dict[str, Node | tuple[Node, ...]] = {}
    for name, many in _CHILD_FIELDS[type(node)]:
        value = getattr(node, name)
        if many:
            news = tuple(map(change, value))
            if any(new is not old for new, old in zip(news, value, strict=True)):
                changed[name] = news
        elif value is not None and (new := change(value)) is not value:
            changed[name] = new
    return replace(node, **changed) if changed else node  # type: ignore[arg-type] # by the table


def rewrite(node: _N, change: Callable[[Node], Node]) -> _N:
    """The tree with `change` applied to every node, innermost first."""
    return cast(_N, change(map_children(node, lambda child: rewrite(child, change))))


def walk(*nodes: Node) -> Iterator[Node]:
    """The nodes and all nodes inside them, outermost first, in the order of `children`."""
    stack = list(reversed(nodes))
    while stack:
        node = stack.pop()
        yield node
        for name, many in reversed(_CHILD_FIELDS[type(node)]):
            value = getattr(node, name)
            if many:
                stack.extend(reversed(value))
            elif value is not None:
                stack.append(value)


def depth(node: Node) -> int:
    """The length of the longest path from the node down, itself included. Does not recurse."""
    levels, level = 0, [node]
    while level:
        levels += 1
        below: list[Node] = []
        for each in level:
            for name, many in _CHILD_FIELDS[type(each)]:
                value = getattr(each, name)
                if many:
                    below += value
                elif value is not None:
                    below.append(value)
        level = below
    return levels


def variables(*nodes: Node) -> dict[str, Type]:
    """Every variable that occurs as an expression in the nodes, bound inside them or not."""
    return {node.name: node.type for node in walk(*nodes) if isinstance(node, Var)}


def free_vars(expr: Expr) -> dict[str, Type]:
    """The variables of the expression that it does not bind itself, in order of occurrence."""
    found: dict[str, Type] = {}
    _collect_free(expr, frozenset(), found)
    return found


def _collect_free(node: Node, bound: frozenset[str], found: dict[str, Type]) -> None:
    match node:
        case Var(name, type_):
            if name not in bound:
                found.setdefault(name, type_)
        case Let(name, value, body):
            _collect_free(value, bound, found)
            _collect_free(body, bound | {name}, found)
        case Quant(_, binder, domain, body):
            _collect_free(domain, bound, found)
            _collect_free(body, bound | {binder.name}, found)
        case Lambda(params, body):
            _collect_free(body, bound | {p.name for p in params}, found)
        case Comprehension():
            _collect_free_of_comprehension(node, bound, found)
        case _:
            for child in children(node):
                _collect_free(child, bound, found)


def _collect_free_of_comprehension(
    node: Comprehension, bound: frozenset[str], found: dict[str, Type]
) -> None:
    for clause in node.clauses:
        match clause:
            case Generator(binder, source):
                _collect_free(source, bound, found)
                bound |= {binder.name}
            case Filter(condition):
                _collect_free(condition, bound, found)
    for part in (node.key, node.element):
        if part is not None:
            _collect_free(part, bound, found)


def binders_of(node: Node) -> tuple[Binder, ...]:
    """The names that this very node binds in its own parts; `Let` binds with its value's type."""
    match node:
        case Let(name, value):
            return (Binder(name, type_of(value), span=node.span),)
        case Quant(binder=binder) | ForRange(binder=binder) | ForEach(binder=binder):
            return (binder,)
        case Lambda(params):
            return params
        case Comprehension(clauses=clauses):
            return tuple(clause.binder for clause in clauses if isinstance(clause, Generator))
        case _:
            return ()


def substitute(expr: Expr, replacements: Mapping[str, Expr]) -> Expr:
    """The expression with free variables replaced, all at once.

    Raises `ValueError` when the expression binds a replaced name or a variable of a replacement,
    which cannot happen while names are unique in their function. A replacement that has binders
    of its own and is inserted twice breaks that uniqueness: see `freshen`.
    """
    if not replacements:
        return expr
    touched = set(replacements).union(*map(free_vars, replacements.values()))

    def change(node: Node) -> Node:
        if isinstance(node, Var):
            return replacements.get(node.name, node)
        if clash := touched.intersection(binder.name for binder in binders_of(node)):
            raise ValueError(f"substitution meets a binder of {', '.join(sorted(clash))}")
        return map_children(node, change)

    return cast(Expr, change(expr))


def rename(node: _N, names: Mapping[str, str]) -> _N:
    """The node with every declaration, binder, use and assignment of the names renamed.

    The new names must be fresh; labels and functions keep theirs.
    """

    def change(part: Node) -> Node:
        part = map_children(part, change)
        match part:
            case Var(name) | Let(name) | Binder(name) | VarDecl(name) | Assign(name) | Param(name):
                return replace(part, name=names[name]) if name in names else part
            case CallStmt(target=str(target)) if target in names:
                return replace(part, target=names[target])
            case _:
                return part

    return cast(_N, change(node))


def freshen(node: _N, taken: set[str]) -> _N:
    """A copy whose binders and locals have names not in `taken`, to be used beside the original.

    `taken` must hold every name of the function; the new names are added to it.
    """
    names = {}
    for name in declared_names(node):
        names[name] = fresh_name(name, taken)
        taken.add(names[name])
    return rename(node, names)


def declared_names(*nodes: Node) -> dict[str, Type]:
    """The names that the nodes declare or bind, parameters included, in order of occurrence."""
    found: dict[str, Type] = {}
    for node in walk(*nodes):
        if isinstance(node, VarDecl | Param):
            found[node.name] = node.type
        else:
            found.update((binder.name, binder.type) for binder in binders_of(node))
    return found


def assigned_names(block: Block, module: Module | None = None) -> frozenset[str]:
    """The variables that exist outside the block and may have changed when it has run.

    Without the module every variable given to a `CallStmt` counts as inout: too many, never
    too few.
    """
    found: set[str] = set()
    for node in walk(*block):
        match node:
            case Assign(name):
                found.add(name)
            case CallStmt():
                found.update(_changed_by_call(node, module))
            case _:
                pass
    return frozenset(found - declared_names(*block).keys())


def _changed_by_call(call: CallStmt, module: Module | None) -> Iterator[str]:
    if call.target is not None:
        yield call.target
    if module is None:
        inout: Iterable[bool] = (True for _ in call.args)
    else:
        inout = (param.inout for param in module.function(call.function).params)
    for arg, changes in zip(call.args, inout, strict=True):
        if changes and isinstance(arg, Var):
            yield arg.name


def all_names(function: Function) -> frozenset[str]:
    """Every name of a value in the function: parameters, locals, binders, and names read."""
    return frozenset(declared_names(function)) | variables(function).keys()


def fresh_name(base: str, taken: Container[str]) -> str:
    """`base`, or `base_1`, `base_2`, … whichever is the first not taken."""
    if base not in taken:
        return base
    return next(name for n in count(1) if (name := f"{base}_{n}") not in taken)
