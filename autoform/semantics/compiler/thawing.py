"""Updates in place of what only one variable holds.

`xs = seq.append(xs, x)` in a loop would copy the sequence in every round. A variable that is
updated so, or given as an inout argument, is therefore *thawable*: it holds a tuple (or frozenset,
or MapValue) or, thawed, a list (or set, or dict) that no other variable and no value holds.

- An update thaws the variable first: it replaces a tuple by a new list.
- Any use but those of `READERS` freezes it first: it replaces the list by a new tuple.
- A function takes and returns its inout parameters as they are, thawed or not; all else that is
  passed, returned or stored is frozen.

Each update makes at most two copies necessary, as many as one update without thawing does, and
updates in a row make none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Apply, Expr, TupleGet, Var
from autoform.ir.stmts import Assign, Block, CallStmt, ForEach, ForRange, If, Stmt, VarDecl, While
from autoform.ir.traversal import declared_names, walk
from autoform.ir.types import MapType, SeqType, SetType, Type

READERS: Final = frozenset(
    {
        *("seq.len", "seq.at", "seq.at_neg", "seq.contains", "seq.index", "seq.count"),
        *("seq.slice", "seq.slice_from", "seq.slice_to", "seq.sum", "seq.min", "seq.max"),
        *("set.len", "set.contains"),
        *("map.len", "map.contains", "map.at", "map.get", "map.get_or"),
    }
)
"""Operators whose first argument may be thawed: they read it and keep nothing of it."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of collection: the Python classes of its frozen and of its thawed values."""

    frozen: str
    thawed: str


_SEQ: Final = Shape("tuple", "list")
_SET: Final = Shape("frozenset", "set")
_MAP: Final = Shape("MapValue", "dict")


def shape(type_: Type) -> Shape | None:
    """The shape of a type's values, if they are collections."""
    match type_:
        case SeqType():
            return _SEQ
        case SetType():
            return _SET
        case MapType():
            return _MAP
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Update:
    """An update in place of `{0}` as Python text; `guards` as in a `Template`.

    `pays` is text of a number of elements that the update moves or copies.
    """

    text: str
    guards: tuple[tuple[str, str, str], ...] = ()
    pays: str | None = None
    checks_key: bool = False


_INDEX: Final = ("not 0 <= {1} < len({0})", "IndexError", "index out of range")
_INDEX_NEG: Final = ("not -len({0}) <= {1} < len({0})", "IndexError", "index out of range")
_WORD_NEG: Final = ("not -len({0}) <= word({1}) < len({0})", "IndexError", "index out of range")
_SECOND: Final = ("not 0 <= {2} < len({0})", "IndexError", "index out of range")
_PLACE: Final = ("not 0 <= {1} <= len({0})", "IndexError", "index out of range")
_ABSENT: Final = ("{1} not in {0}", "KeyError", "no such key")
_WHOLE: Final = "len({0})"

UPDATES: Final[dict[str, Update]] = {
    "seq.update": Update("{0}[{1}] = {2}", (_INDEX,)),
    "seq.update_neg": Update("{0}[{1}] = {2}", (_INDEX_NEG,)),
    "seq.append": Update("{0}.append({1})"),
    "seq.concat": Update("{0} += {1}", pays="len({1})"),
    "seq.insert": Update("{0}.insert(word({1}), {2})", pays=_WHOLE),
    "seq.insert_at": Update("{0}.insert({1}, {2})", (_PLACE,), pays=_WHOLE),
    "seq.delete_at": Update("del {0}[{1}]", (_INDEX_NEG,), pays=_WHOLE),
    "seq.delete_slice": Update("del {0}[{1}:{2}]", pays=_WHOLE),
    "seq.replace_slice": Update("{0}[{1}:{2}] = {3}", pays="len({0}) + len({3})"),
    "seq.swap": Update("{0}[{1}], {0}[{2}] = {0}[{2}], {0}[{1}]", (_INDEX, _SECOND)),
    "seq.reverse": Update("{0}.reverse()", pays=_WHOLE),
    "set.add": Update("{0}.add({1})", checks_key=True),
    "set.discard": Update("{0}.discard({1})"),
    "set.remove": Update("{0}.remove({1})", (_ABSENT,)),
    "set.union": Update("{0} |= {1}", pays="len({1})"),
    "set.difference": Update("{0} -= {1}", pays="len({1})"),
    "map.insert": Update("{0}[{1}] = {2}", checks_key=True),
    "map.remove": Update("del {0}[{1}]", (_ABSENT,)),
    "map.discard": Update("{0}.pop({1}, None)"),
    "map.merge": Update("{0}.update({1})", pays="len({1})"),
}

POPS: Final[dict[str, Update]] = {
    "seq.pop_last": Update("{0}.pop()", (("not {0}", "IndexError", "pop from an empty sequence"),)),
    "seq.pop_at": Update("{0}.pop(word({1}))", (_WORD_NEG,), pays=_WHOLE),
}
"""Operators whose result is a pair of the rest and what was taken."""


def updated_variable(stmt: Stmt) -> str | None:
    """The variable of a statement `x = op(x, …)` that can be done in place."""
    match stmt:
        case Assign(name, Apply(op, (Var(read), *_))) if op in UPDATES and read == name:
            return name
        case _:
            return None


def popped_variable(stmt: Stmt, after: Stmt | None) -> str | None:
    """The variable `xs` of statements `p = seq.pop_last(xs); xs = p.0`, `p` new."""
    match stmt, after:
        case (
            VarDecl(pair, _, Apply(op, (Var(read), *_))),
            Assign(name, TupleGet(Var(taken), 0)),
        ) if op in POPS and read == name and taken == pair:
            return name
        case _:
            return None


def thawable_variables(
    function: Function, module: Module, resolve: Callable[[Type], Type]
) -> dict[str, Shape]:
    """The thawable variables of a function, with what they hold."""
    types = declared_names(function)
    names = {param.name for param in function.params if param.inout}
    names.update(_updated(function.body, module))
    found = ((name, shape(resolve(types[name]))) for name in types if name in names)
    return {name: held for name, held in found if held is not None}


def _updated(body: Block, module: Module) -> Iterator[str]:
    for block in blocks(body):
        for stmt, after in zip(block, (*block[1:], None), strict=False):
            if isinstance(stmt, CallStmt):
                yield from inout_variables(stmt, module)
            elif name := updated_variable(stmt) or popped_variable(stmt, after):
                yield name


def inout_variables(call: CallStmt, module: Module) -> tuple[str, ...]:
    """The variables that a call is given to change, in order."""
    params = module.function(call.function).params
    pairs = zip(params, call.args, strict=True)
    return tuple(arg.name for param, arg in pairs if param.inout and isinstance(arg, Var))


def blocks(body: Block) -> Iterator[Block]:
    """A block and all blocks inside its statements."""
    pending = [body]
    while pending:
        block = pending.pop()
        yield block
        for stmt in block:
            match stmt:
                case If():
                    pending += stmt.then, stmt.orelse
                case While() | ForRange() | ForEach():
                    pending.append(stmt.body)
                case _:
                    pass


def split_pairs(function: Function) -> frozenset[str]:
    """The variables of which a program only ever takes items: `p.0`, `p.1`.

    What such a pair of a pop holds at 0 is read by the assignment after the pop and by nothing
    else, so that it need not be there.
    """
    uses: Counter[str] = Counter()
    firsts: Counter[str] = Counter()
    items: Counter[str] = Counter()
    for node in walk(function):
        match node:
            case TupleGet(Var(name), index):
                items[name] += 1
                firsts[name] += index == 0
            case Var(name):
                uses[name] += 1
            case _:
                pass
    return frozenset(name for name in uses if uses[name] == items[name] and firsts[name] == 1)


def mentions(expr: Expr, name: str) -> bool:
    """Whether the variable occurs in the expression."""
    return any(isinstance(node, Var) and node.name == name for node in walk(expr))
