"""What loops compute, as sums, extrema, comprehensions and quantifiers over what they run over.

    total = 0
    for x in xs:
        if x > 0:               becomes      result == sum(x * x for x in xs if x > 0)
            total += x * x
    return total

A variable that a loop changes is one that it adds to, multiplies, keeps the extreme of, appends to,
or sets to a literal; a round does so under a condition on its own element. Whatever else a round
does, no summary is made. Loops that return a literal from inside are searches. What a summary says
is the body once more, but without its order: the prover still has to find the invariants.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from autoform.ir.build import conjunction, disjunction
from autoform.ir.exprs import (
    TRUE,
    Apply,
    Binder,
    BoolLit,
    Call,
    Collection,
    Comprehension,
    Expr,
    Filter,
    Generator,
    IfExpr,
    IntLit,
    Let,
    Or,
    Quant,
    Quantifier,
    ResultValue,
    SeqLit,
    StrLit,
    TupleGet,
    Var,
    type_of,
)
from autoform.ir.node import Node
from autoform.ir.ops import SignatureError, apply
from autoform.ir.stmts import (
    Assign,
    Block,
    Break,
    Continue,
    ForEach,
    ForRange,
    If,
    Raise,
    Return,
    Stmt,
    VarDecl,
    While,
)
from autoform.ir.traversal import free_vars, rewrite, walk
from autoform.ir.types import FLOAT, INT, STR, SeqType, walk_type
from autoform.specify.candidate import View
from autoform.specify.expressions import (
    ONE,
    ZERO,
    eq,
    every,
    fresh,
    item,
    length,
    listed,
    negated,
    places,
    size,
    with_known,
)

LARGEST: Final = 60
"""Nodes of a summary that one still wants to read."""

_FOLDS: Final = {
    "add": "seq.sum",
    "mul": "seq.product",
    "max2": "seq.max",
    "min2": "seq.min",
    "seq.append": "append",
    "str.concat": "join",
}
_BEYOND: Final = {"gt": "max2", "ge": "max2", "lt": "min2", "le": "min2"}


class _NoSummary(Exception):
    """The body does something that is not summed up here."""


def summaries(view: View) -> Iterator[Expr]:
    """`result == e` where the body has loops, and e has none."""
    function = view.function
    if not isinstance(view.target, ResultValue) or any(p.inout for p in function.params):
        return
    if not any(isinstance(node, ForEach | ForRange | While) for node in walk(*function.body)):
        return
    try:
        found = _value(function.body, {})
    except (_NoSummary, SignatureError):
        return
    names = {param.name for param in function.params}
    if size(found) <= LARGEST and free_vars(found).keys() <= names and _is_sayable(found, view):
        yield eq(view.target, found)
        yield from _parts(view.target, found)


def _parts(result: Expr, found: Expr) -> Iterator[Expr]:
    """What an extreme is among, and how long a list or a text is: less, and easier to prove."""
    match found:
        case Apply(
            "seq.max" | "seq.min" as op, (Apply("seq.concat", (SeqLit(_, (first,)), terms)),)
        ):
            order = "le" if op == "seq.max" else "ge"
            x = Var(fresh("x", found), INT)
            yield every(x.name, terms, apply(order, x, result))
            yield apply(order, first, result)
            yield Or((eq(result, first), apply("seq.contains", terms, result)))
        case Comprehension(clauses=(Generator(), Filter())):
            yield eq(length(result), apply("seq.sum", replace(found, element=ONE)))
        case Apply(
            "str.join", (StrLit(""), Comprehension(_, Var(), (Generator(), Filter())) as kept)
        ):
            yield eq(length(result), apply("seq.sum", replace(kept, element=ONE)))
        case _:
            return


def _is_sayable(found: Expr, view: View) -> bool:
    own = view.function.name
    has_float = any(part == FLOAT for part in walk_type(type_of(found)))
    return not has_float and not any(
        isinstance(node, Let)
        or (isinstance(node, Call) and (node.function == own or "." in node.function))
        for node in walk(found)
    )


# Blocks that return.


def _value(block: Block, known: Mapping[str, Expr]) -> Expr:
    """What a block returns that always does."""
    values = dict(known)
    for place, stmt in enumerate(block):
        rest = block[place + 1 :]
        match stmt:
            case VarDecl(name, _, value) | Assign(name, value):
                if value is not None:
                    values[name] = _told(value, values)
            case Return(value):
                return _told(value, values)
            case If(condition, (Raise(), *_), orelse):
                return _value((*orelse, *rest), values)
            case If(condition, then, orelse):
                sides = (_value((*side, *rest), values) for side in (then, orelse))
                return _either(_told(condition, values), *sides)
            case ForEach() | ForRange() | While():
                loop = _loop(stmt, values)
                if any(isinstance(node, Return) for node in walk(*loop.body)):
                    found = _search(loop, values)
                    return _either(found[0], found[1], _value(rest, values))
                values |= _after(loop, values)
            case _:
                raise _NoSummary
    raise _NoSummary


def _told(expr: Expr, known: Mapping[str, Expr]) -> Expr:
    found = with_known(expr, known, LARGEST)
    if found is None:
        raise _NoSummary
    return found


def _either(condition: Expr, then: Expr, orelse: Expr) -> Expr:
    """`then if condition else orelse`, shorter where a side is a truth."""
    match then, orelse:
        case (BoolLit(True), BoolLit(False)):
            return condition
        case (BoolLit(False), BoolLit(True)):
            return negated(condition)
        case (BoolLit(True), _):
            return disjunction((condition, orelse))
        case (BoolLit(False), _):
            return conjunction((negated(condition), orelse))
        case (_, BoolLit(True)):
            return disjunction((negated(condition), then))
        case (_, BoolLit(False)):
            return conjunction((condition, then))
        case _:
            return then if then == orelse else IfExpr(condition, then, orelse)


# Loops.


@dataclass(frozen=True, slots=True)
class _Loop:
    """A loop over the elements of `source`; `after` are names that it leaves at a known value."""

    binder: Binder
    source: Expr
    body: Block
    after: Mapping[str, Expr] = field(default_factory=dict)


def _loop(stmt: Stmt, values: Mapping[str, Expr]) -> _Loop:
    match stmt:
        case ForEach(binder, Apply("seq.enumerate", (source, IntLit(0))), body):
            return _by_place(binder, _told(source, values), body)
        case ForEach(binder, source, body):
            return _Loop(binder, _told(source, values), body)
        case ForRange(binder, start, stop, IntLit() as step, body) if binder.type == INT:
            ends = (_told(end, values) for end in (start, stop))
            return _Loop(binder, apply("seq.range", *ends, step), body)
        case While(Apply("lt" | "le" as op, (Var(name, type_), stop)), (*body, last)):
            match last:
                case Assign(own, Apply("add", (Var(same), IntLit(1)))) if own == same == name:
                    pass
                case _:
                    raise _NoSummary
            return _counted(name, op, stop, tuple(body), values) if type_ == INT else _fail()
        case _:
            raise _NoSummary


def _by_place(binder: Binder, source: Expr, body: Block) -> _Loop:
    """A loop over `enumerate(xs)` as one over the places of xs."""
    place = Var(binder.name, INT)

    def change(node: Node) -> Node:
        match node:
            case TupleGet(Var(name), index) if name == binder.name:
                return place if index == 0 else item(source, place)
            case _:
                return node

    changed = tuple(rewrite(stmt, change) for stmt in body)
    if any(isinstance(n, Var) and n.name == binder.name and n.type != INT for n in walk(*changed)):
        raise _NoSummary
    return _Loop(Binder(binder.name, INT), places(source), changed)


def _fail() -> _Loop:
    raise _NoSummary


def _counted(name: str, op: str, stop: Expr, body: Block, values: Mapping[str, Expr]) -> _Loop:
    """`while i < n: …; i += 1` as a loop over range(i, n)."""
    assigned = {node.name for node in walk(*body) if isinstance(node, Assign)}
    jumps = any(isinstance(node, Continue | Break) for node in walk(*body))
    if name in assigned or assigned & free_vars(stop).keys() or name not in values or jumps:
        raise _NoSummary
    end = _told(stop, values)
    end = apply("add", end, ONE) if op == "le" else end
    source = apply("seq.range", values[name], end, ONE)
    return _Loop(Binder(name, INT), source, body, {name: apply("max2", values[name], end)})


def _search(loop: _Loop, values: Mapping[str, Expr]) -> tuple[Expr, Expr]:
    """When some round returns, and the literal that it then returns."""
    answers = [node.value for node in walk(*loop.body) if isinstance(node, Return)]
    if not all(isinstance(each, BoolLit | IntLit | StrLit) for each in answers):
        raise _NoSummary
    if any(each != answers[0] for each in answers):
        raise _NoSummary
    rounds = _rounds(loop, values)
    if any(update.kind != "return" for update in rounds.updates):
        raise _NoSummary
    return _some(loop, disjunction(u.condition for u in rounds.updates)), answers[0]


def _after(loop: _Loop, values: Mapping[str, Expr]) -> dict[str, Expr]:
    """The values of the variables behind the loop."""
    rounds = _rounds(loop, values)
    found = dict(loop.after)
    for name in dict.fromkeys(update.name for update in rounds.updates):
        own = [update for update in rounds.updates if update.name == name]
        found[name] = _folded(loop, values[name], own, has_break=rounds.has_break)
    return found


def _outer(loop: _Loop, values: Mapping[str, Expr]) -> frozenset[str]:
    """The variables from outside that the loop changes."""
    assigned = {node.name for node in walk(*loop.body) if isinstance(node, Assign)}
    declared = {node.name for node in walk(*loop.body) if isinstance(node, VarDecl)}
    return frozenset(assigned & values.keys() - declared)


def _rounds(loop: _Loop, values: Mapping[str, Expr]) -> _Rounds:
    known = {name: value for name, value in values.items() if name != loop.binder.name}
    rounds = _Rounds(known, _outer(loop, known))
    rounds.read(loop.body, (), {})
    return rounds


@dataclass(frozen=True, slots=True)
class _Update:
    """What a round does to a variable: an operator with an operand, under a condition.

    `inner` are the generators and filters of loops inside the round.
    """

    name: str
    kind: str
    operand: Expr
    condition: Expr
    inner: tuple[Generator | Filter, ...] = ()


@dataclass(slots=True)
class _Rounds:
    """The updates that one round of a loop makes."""

    values: Mapping[str, Expr]
    outer: frozenset[str]
    updates: list[_Update] = field(default_factory=list)
    has_break: bool = False

    def read(self, block: Block, asked: tuple[Expr, ...], own: Mapping[str, Expr]) -> None:
        """Read a block that is run where `asked` holds; `own` are the round's own variables."""
        mine = dict(own)
        for place, stmt in enumerate(block):
            rest = block[place + 1 :]
            match stmt:
                case VarDecl(name, _, value) if value is not None and name not in self.outer:
                    mine[name] = self._said(value, mine)
                case Assign(name, value) if name in self.outer:
                    self._update(name, value, asked, mine)
                case If(condition, then, orelse):
                    extreme = self._extreme(condition, then, orelse, mine)
                    if extreme is not None:
                        self.updates.append(replace(extreme, condition=conjunction(asked)))
                        continue
                    told = self._said(condition, mine)
                    sides = ((then, told), (orelse, negated(told)))
                    if any(map(_jumps, (then, orelse))):
                        for side, chosen in sides:
                            tail = side if _jumps(side) else (*side, *rest)
                            self.read(tail, (*asked, chosen), mine)
                        return
                    for side, chosen in sides:
                        self.read(side, (*asked, chosen), mine)
                case Continue(None):
                    return
                case Break(None):
                    self.has_break = True
                    return
                case Return(value):
                    self.updates.append(_Update("", "return", value, conjunction(asked)))
                    return
                case ForEach() | ForRange():
                    self._nested(stmt, asked, mine)
                case _:
                    raise _NoSummary

    def _said(self, expr: Expr, own: Mapping[str, Expr]) -> Expr:
        """An expression of the round's element and of what the loop does not change."""
        if free_vars(expr).keys() & self.outer:
            raise _NoSummary
        return _told(expr, {**self.values, **own})

    def _update(
        self, name: str, value: Expr, asked: tuple[Expr, ...], own: Mapping[str, Expr]
    ) -> None:
        match value:
            case Apply(op, (Var(same), operand)) if same == name and op in _FOLDS:
                kind, given = op, operand
            case Apply("add" | "mul" | "max2" | "min2" as op, (operand, Var(same))) if same == name:
                kind, given = op, operand
            case Apply("seq.concat", (Var(same), SeqLit(_, (operand,)))) if same == name:
                kind, given = "seq.append", operand
            case BoolLit() | IntLit() | StrLit():
                kind, given = "set", value
            case _:
                raise _NoSummary
        told = self._said(given, own)
        self.updates.append(_Update(name, kind, told, conjunction(asked)))

    def _extreme(
        self, condition: Expr, then: Block, orelse: Block, own: Mapping[str, Expr]
    ) -> _Update | None:
        """`if x > best: best = x`."""
        match condition, then, orelse:
            case Apply(op, (value, Var(name))), (Assign(same, given),), () if (
                op in _BEYOND and name == same and given == value and name in self.outer
            ):
                return _Update(name, _BEYOND[op], self._said(value, own), TRUE)
            case Apply(op, (Var(name), value)), (Assign(same, given),), () if (
                op in _BEYOND and name == same and given == value and name in self.outer
            ):
                kind = "min2" if _BEYOND[op] == "max2" else "max2"
                return _Update(name, kind, self._said(value, own), TRUE)
            case _:
                return None

    def _nested(
        self, stmt: ForEach | ForRange, asked: tuple[Expr, ...], own: Mapping[str, Expr]
    ) -> None:
        """A loop in a round: what it does to the variables of the outer loop."""
        known = {**self.values, **own}
        for name in self.outer:
            known.pop(name, None)
        loop = _loop(stmt, known)
        if loop.binder.name in known or free_vars(loop.source).keys() & self.outer:
            raise _NoSummary
        inside = _Rounds(known, self.outer)
        inside.read(loop.body, (), {})
        if inside.has_break:
            raise _NoSummary
        for update in inside.updates:
            self.updates.append(_lifted(loop, update, conjunction(asked)))


def _lifted(loop: _Loop, update: _Update, asked: Expr) -> _Update:
    """An update of an inner loop as one of a round of the outer loop."""
    generator = Generator(loop.binder, loop.source)
    if update.kind in {"set", "return"}:
        found = _some(loop, update.condition)
        return replace(update, condition=conjunction((asked, found)))
    filters = () if update.condition == TRUE else (Filter(update.condition),)
    inner = (generator, *filters, *update.inner)
    return replace(update, condition=asked, inner=inner)


def _jumps(block: Sequence[Stmt]) -> bool:
    """Whether the round ends with the block."""
    return bool(block) and isinstance(block[-1], Continue | Break | Return)


def _some(loop: _Loop, condition: Expr) -> Expr:
    return Quant(Quantifier.EXISTS, loop.binder, loop.source, condition)


def _folded(loop: _Loop, first: Expr, updates: list[_Update], *, has_break: bool) -> Expr:
    """The value of a variable after all rounds."""
    kinds = {update.kind for update in updates}
    if kinds == {"set"}:
        return _flagged(loop, first, updates)
    if len(kinds) > 1 or has_break:
        raise _NoSummary
    (kind,) = kinds
    if kind in {"add", "mul"}:
        terms = [_terms(loop, update, kind) for update in updates]
        whole = [apply(_FOLDS[kind], each) for each in terms]
        neutral = ZERO if kind == "add" else ONE
        parts = whole if first == neutral else [first, *whole]
        found = parts[0]
        for part in parts[1:]:
            found = apply(kind, found, part)
        return found
    return _gathered(loop, first, _one_of(updates), kind)


def _flagged(loop: _Loop, first: Expr, updates: list[_Update]) -> Expr:
    """A variable that rounds set to one literal."""
    if any(update.operand != updates[0].operand for update in updates):
        raise _NoSummary
    found = _some(loop, disjunction(update.condition for update in updates))
    return _either(found, updates[0].operand, first)


def _one_of(updates: list[_Update]) -> _Update:
    """One update that does what several do, of which each round makes exactly one."""
    match updates:
        case [one]:
            return one
        case [one, other] if not (one.inner or other.inner) and (
            negated(one.condition) == other.condition or one.condition == negated(other.condition)
        ):
            chosen = IfExpr(one.condition, one.operand, other.operand)
            return replace(one, operand=chosen, condition=TRUE)
        case _:
            raise _NoSummary


def _gathered(loop: _Loop, first: Expr, update: _Update, kind: str) -> Expr:
    terms = _terms(loop, update, kind)
    match kind:
        case "max2" | "min2":
            return apply(_FOLDS[kind], apply("seq.concat", SeqLit(INT, (first,)), terms))
        case "str.concat":
            joined = apply("str.join", StrLit(""), terms)
            return joined if first == StrLit("") else apply("str.concat", first, joined)
        case _:
            is_empty = isinstance(first, SeqLit) and not first.items
            return terms if is_empty else apply("seq.concat", first, terms)


def _terms(loop: _Loop, update: _Update, kind: str) -> Expr:
    """What all rounds add, in order."""
    asked = None if update.condition == TRUE else update.condition
    if kind in {"max2", "min2", "add", "mul"} and type_of(update.operand) != INT:
        raise _NoSummary
    if kind == "str.concat" and type_of(update.operand) != STR:
        raise _NoSummary
    if not update.inner:
        return _plain(listed(update.operand, loop.binder.name, loop.source, asked))
    head: tuple[Generator | Filter, ...] = (Generator(loop.binder, loop.source),)
    head += () if asked is None else (Filter(asked),)
    return Comprehension(Collection.SEQ, update.operand, (*head, *update.inner))


def _plain(made: Comprehension) -> Expr:
    """`xs` for `[x for x in xs]`."""
    match made:
        case Comprehension(_, Var(name), (Generator(binder, source),)) if binder.name == name:
            return source if isinstance(type_of(source), SeqType) else made
        case _:
            return made
