"""What the text of a loop shows: its counters, where it is left, what it adds up.

Read off the lowered loop symbolically: the body is walked once with the locals that it declares
replaced by what they hold, so that everything speaks of the state at the loop's head.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from autoform.ir.build import conjunction, negation
from autoform.ir.decls import Function
from autoform.ir.exprs import Apply, Binder, Expr, IntLit, Quant, Quantifier, Var
from autoform.ir.ops import apply
from autoform.ir.stmts import Assign, Block, Break, If, Raise, Return, Stmt, VarDecl, While
from autoform.ir.traversal import free_vars, substitute
from autoform.ir.types import INT, IntType

ONE = IntLit(1, INT)
ZERO = IntLit(0, INT)


@dataclass(frozen=True, slots=True)
class Counter:
    """A variable that each round moves by one, and what it was before the loop, if that stays."""

    variable: Var
    upward: bool
    start: Expr


@dataclass(frozen=True, slots=True)
class Update:
    """`acc = acc + amount` in each round in which `condition` holds, over the head's state."""

    variable: str
    op: str
    amount: Expr
    condition: Expr


@dataclass(slots=True)
class Shape:
    """What is known of one loop."""

    loop: While
    counters: list[Counter] = field(default_factory=list)
    exits: list[Expr] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)


def shape_of(function: Function, loop: While) -> Shape:
    """The shape of a loop of the function."""
    before = _values_before(function.body, loop, {}) or {}
    shape = Shape(loop)
    assigned = [stmt for stmt in loop.body if isinstance(stmt, Assign)]
    for stmt in assigned:
        step = _unit_step(stmt)
        if step is not None and sum(other.name == stmt.name for other in assigned) == 1:
            start = before.get(stmt.name)
            if start is not None:
                shape.counters.append(Counter(Var(stmt.name, INT), step, start))
    _walk(function, loop.body, {}, [], shape)
    return shape


def _unit_step(stmt: Assign) -> bool | None:
    match stmt.value:
        case Apply("add", (Var(name, IntType()), IntLit(1))) if name == stmt.name:
            return True
        case Apply("sub", (Var(name, IntType()), IntLit(1))) if name == stmt.name:
            return False
        case _:
            return None


def _values_before(block: Block, loop: While, known: dict[str, Expr]) -> dict[str, Expr] | None:
    """What variables hold when the loop is reached, as far as plain assignments tell."""
    known = dict(known)
    for stmt in block:
        if stmt is loop:
            return known
        inner = _into(stmt, loop, known)
        if inner is not None:
            return inner
        _forget(stmt, known)
        match stmt:
            case VarDecl(name, _, value) if value is not None:
                known[name] = value
            case Assign(name, value):
                known[name] = value
            case _:
                pass
        if isinstance(stmt, VarDecl | Assign) and stmt.name in free_vars(known.get(stmt.name, ONE)):
            del known[stmt.name]
    return None


def _into(stmt: Stmt, loop: While, known: dict[str, Expr]) -> dict[str, Expr] | None:
    match stmt:
        case If(_, then, orelse):
            found = _values_before(then, loop, known)
            return found if found is not None else _values_before(orelse, loop, known)
        case While():
            inside = dict(known)
            _forget(stmt, inside)
            return _values_before(stmt.body, loop, inside)
        case _:
            return None


def _forget(stmt: Stmt, known: dict[str, Expr]) -> None:
    """Drop what a statement may change, and what is said in terms of it."""
    from autoform.ir.traversal import assigned_names

    changed = set(assigned_names((stmt,)))
    if isinstance(stmt, VarDecl):
        changed.add(stmt.name)
    for name in list(known):
        if name in changed or not changed.isdisjoint(free_vars(known[name])):
            del known[name]


def _walk(
    function: Function, block: Block, env: Mapping[str, Expr], path: list[Expr], shape: Shape
) -> dict[str, Expr] | None:
    """Collect exits and updates; the locals' values afterwards, or None when the end is not met."""
    values = dict(env)
    for stmt in block:
        match stmt:
            case VarDecl(name, _, value):
                if value is not None:
                    values[name] = substitute(value, values)
            case Assign(name, value):
                now = substitute(value, values)
                _note_update(name, now, path, shape)
                values[name] = now
            case If(condition, then, orelse):
                truth = substitute(condition, values)
                first = _walk(function, then, values, [*path, truth], shape)
                second = _walk(function, orelse, values, [*path, negation(truth)], shape)
                if first is None and second is None:
                    return None
                if first is None or second is None:
                    path = [*path, negation(truth) if first is None else truth]
                    values = dict((second if first is None else first) or {})
                else:
                    values = {n: v for n, v in first.items() if second.get(n) == v}
            case While():
                shape.exits += _exits_of_inner(function, stmt, values, path)
                for name in [n for n in values if n in _assigned(stmt)]:
                    del values[name]
            case Return() | Break():
                shape.exits.append(conjunction(path))
                return None
            case Raise():
                return None
            case _:
                pass
    return values


def _assigned(stmt: Stmt) -> frozenset[str]:
    from autoform.ir.traversal import assigned_names

    return assigned_names((stmt,))


def _note_update(name: str, value: Expr, path: list[Expr], shape: Shape) -> None:
    match value:
        case Apply("add" | "sub" | "mul" as op, (Var(left), amount)) if left == name:
            shape.updates.append(Update(name, op, amount, conjunction(path)))
        case _:
            pass


def _exits_of_inner(
    function: Function, loop: While, values: Mapping[str, Expr], path: list[Expr]
) -> Iterator[Expr]:
    """Returns in an inner counting loop: there is a round of it in which it returns."""
    inner = shape_of(function, loop)
    match loop.condition:
        case Apply("lt", (Var(name), stop)):
            for counter in inner.counters:
                if counter.variable.name == name and counter.upward:
                    for exit_ in inner.exits:
                        binder = Binder(f"{name}_any", INT)
                        body = substitute(exit_, {name: Var(binder.name, INT)})
                        rounds = apply("seq.range", counter.start, stop, ONE)
                        some = Quant(Quantifier.EXISTS, binder, rounds, body)
                        try:
                            yield conjunction([*path, substitute(some, dict(values))])
                        except ValueError:
                            continue
        case _:
            return


def start_values(function: Function, loop: While) -> dict[str, Expr]:
    """What variables hold when the loop is first reached, as far as plain assignments tell."""
    return _values_before(function.body, loop, {}) or {}
