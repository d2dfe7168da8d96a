"""One function that runs both: what proofs of equivalence are about.

Before:

    fn f(n: Int) -> Int {               fn g(m: Int) -> Int {
      var s: Int = 0;                     var t: Int = 0;
      while 0 < n { s = s + n;            while m > 0 { t = m + t;
                    n = n - 1; }                        m = m - 1; }
      return s;                           return t;
    }                                   }

What has no loop runs one after the other; loops are run in step, as long as their conditions
agree, and so are branches with loops in them (Barthe, Crespo and Kunz, "Relational verification
using product programs", FM 2011).

After:

    fn product(n: Int) {
      var n_1: Int = n;  var s: Int = 0;
      var m: Int = n;    var t: Int = 0;
      assert (0 < n_1) == (m > 0);
      while 0 < n_1 {
        s = s + n_1;  n_1 = n_1 - 1;
        t = m + t;    m = m - 1;
        assert (0 < n_1) == (m > 0);
      }
      assert s == t;
    }

Loops that do not run the same number of rounds are run *together*: each goes on while it may.

      while 0 < n_1 || m > 0 {
        if 0 < n_1 { s = s + n_1;  n_1 = n_1 - 1; }
        if m > 0 { t = m + t;  m = m - 1; }
      }

Where one runs a round more on every input, that round may come before the loops.

If every obligation of the product holds and it ends, then on every input both functions end, and
return the same or fail both: a run of the product is a run of each, statement by statement.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final

from autoform.ir.build import disjunction, negation
from autoform.ir.decls import Contract, Function, Module, Param
from autoform.ir.exprs import Expr, IfExpr, IntLit, TupleLit, Var
from autoform.ir.ops import apply
from autoform.ir.stmts import (
    Assert,
    Block,
    Clause,
    If,
    Origin,
    Raise,
    Return,
    Stmt,
    VarDecl,
    While,
)
from autoform.ir.traversal import all_names, declared_names, fresh_name, rename
from autoform.ir.types import CHAR, INT, STR, UNIT, ResultType, SeqType, Type
from autoform.passes import Pass, run
from autoform.passes.blocks import contains, expand, falls_through
from autoform.passes.early_returns import early_returns
from autoform.passes.foreach_to_while import foreach_to_while
from autoform.passes.forrange_to_while import forrange_to_while
from autoform.passes.lower_break import lower_break
from autoform.passes.lower_continue import lower_continue
from autoform.passes.lower_labels import lower_labels
from autoform.passes.narrow_indexes import narrow_indexes

__all__ = ["NAME", "Product", "Way", "are_texts", "as_outcome", "fails", "lowered", "product"]

NAME: Final = "product"
_LOWERING: Final = (
    Pass("narrow_indexes", narrow_indexes),
    Pass("foreach_to_while", foreach_to_while),
    Pass("forrange_to_while", forrange_to_while),
    Pass("lower_labels", lower_labels),
    Pass("lower_continue", lower_continue),
    Pass("early_returns", early_returns),
    Pass("lower_break", lower_break),
)


@dataclass(frozen=True, slots=True)
class Product:
    """The function, and which of its variables belong to the first and to the second."""

    function: Function
    firsts: frozenset[str]
    seconds: frozenset[str]


def lowered(module: Module) -> Module:
    """The module with `while` as its only loop, left only by its condition; one exit each."""
    return run(module, _LOWERING)


# ── Outcomes ──────────────────────────────────────────────────────────────────────────────────


def fails(function: Function) -> bool:
    """Whether the function itself raises, asserts, or gives a `Result`."""
    return isinstance(function.result, ResultType) or contains(function.body, Raise, Assert)


_TO_TEXT: Final[dict[Type, str]] = {CHAR: "char.to_str", SeqType(CHAR): "str.from_chars"}


def are_texts(*types: Type) -> bool:
    """Whether all are texts, characters or rows of them."""
    return all(type_ == STR or type_ in _TO_TEXT for type_ in types)


def as_outcome(
    function: Function, classes: Sequence[str], *, result_is_outcome: bool, as_text: bool
) -> Function:
    """The function with its own raises as values: `ok(value)`, or `err` of a class's number.

    Where a `Result` stands for the outcome itself, its `err` is the class 0, whatever it holds.
    With `as_text`, a character or a row of them becomes the text of them.
    """
    given = function.result
    unpacked = given.ok if result_is_outcome and isinstance(given, ResultType) else given
    shown = STR if as_text else unpacked
    outcome = ResultType(shown, INT)

    def err(name: str) -> Expr:
        number = classes.index(name) if name in classes else 0
        return apply("result.err", IntLit(number, INT), type_=outcome)

    def ok(value: Expr) -> Expr:
        if unpacked is given:
            return apply("result.ok", text(value), type_=outcome)
        inner = apply("result.ok", text(apply("result.unwrap", value)), type_=outcome)
        return IfExpr(apply("result.is_ok", value), inner, err(""))

    def text(value: Expr) -> Expr:
        return apply(_TO_TEXT[unpacked], value) if shown != unpacked else value

    def statement(stmt: Stmt) -> Block:
        match stmt:
            case Raise(name):
                return (Return(err(name), span=stmt.span),)
            case Assert(condition):
                left = Return(err("AssertionError"), span=stmt.span)
                return (If(negation(condition), (left,), span=stmt.span),)
            case Return(value):
                return (replace(stmt, value=ok(value)),)
            case _:
                return (stmt,)

    body = expand(_with_end(function), statement)
    return replace(function, result=outcome, body=body, contract=_without_raises(function.contract))


def _with_end(function: Function) -> Block:
    """The body of a procedure, its last `return` written out."""
    body = function.body
    return (*body, Return(TupleLit(()))) if falls_through(body) else body


def _without_raises(contract: Contract) -> Contract:
    return Contract(requires=contract.requires, decreases=contract.decreases)


# ── The product ───────────────────────────────────────────────────────────────────────────────


class Way(Enum):
    """How two functions are run in one."""

    IN_STEP = "loops round by round, and their conditions agree"
    TOGETHER = "loops round by round, and each goes on while it may"
    APART = "one after the other"
    FIRST_AHEAD = "in step, after a round of the first one's loop"
    SECOND_AHEAD = "in step, after a round of the second one's loop"


def product(first: Function, second: Function, requires: Sequence[Clause], way: Way) -> Product:
    """Both lowered functions in one, on the first one's parameters.

    The types of parameters and results are the same. `requires` speaks of those parameters.
    """
    taken = set(all_names(first)) | set(all_names(second))
    params = tuple(Param(param.name, param.type) for param in first.params)
    sides = [_side(function, params, taken) for function in (first, second)]
    bodies = sides[0].body, sides[1].body
    merging = _Merging(way, taken)
    if way is Way.APART:
        body: Block = (*bodies[0], *bodies[1])
    else:
        body = _merged(*_ahead(*bodies, merging), merging)
    ends = [_same(a, b) for a, b in zip(sides[0].ends, sides[1].ends, strict=True)]
    function = Function(
        NAME,
        params,
        UNIT,
        (*sides[0].copies, *sides[1].copies, *body, *ends, Return(TupleLit(()))),
        Contract(requires=tuple(requires)),
    )
    return Product(function, *(merging.with_copies(side.names) for side in sides))


@dataclass(frozen=True, slots=True)
class _Side:
    """A function's body with names of its own; `ends` are what it gives and has changed."""

    copies: Block
    body: Block
    ends: tuple[Expr, ...]
    names: frozenset[str]


def _side(function: Function, params: Sequence[Param], taken: set[str]) -> _Side:
    names = {}
    for name in declared_names(function):
        names[name] = fresh_name(name, taken)
        taken.add(names[name])
    renamed = rename(function, names)
    copies = tuple(
        VarDecl(mine.name, mine.type, Var(param.name, param.type))
        for mine, param in zip(renamed.params, params, strict=True)
    )
    *body, last = _with_end(renamed)
    if not isinstance(last, Return) or contains(tuple(body), Return, Raise):
        raise ValueError("a lowered function returns at its end")
    result = fresh_name("result", taken)
    taken.add(result)
    body.append(VarDecl(result, function.result, last.value, span=last.span))
    finals = tuple(Var(p.name, p.type) for p in renamed.params if p.inout)
    kept = frozenset({*names.values(), result})
    stripped = _without_invariants(tuple(body))
    return _Side(copies, stripped, (Var(result, function.result), *finals), kept)


def _without_invariants(body: Block) -> Block:
    """Invariants speak of one function's parameters at entry; they are found again."""
    return _each_loop(body, lambda loop: replace(loop, invariants=()))


def _each_loop(body: Block, change: Callable[[While], While]) -> Block:
    def statement(stmt: Stmt) -> Block:
        return (change(stmt) if isinstance(stmt, While) else stmt,)

    return expand(body, statement)


def _same(first: Expr, second: Expr) -> Assert:
    return Assert(apply("eq", first, second), Origin.TYPE)


@dataclass(slots=True)
class _Merging:
    """How blocks are merged, the names in use, and which of them stand for which in a copy."""

    way: Way
    taken: set[str]
    copies: dict[str, str] = field(default_factory=dict)

    def copy(self, loop: While) -> While:
        """The loop with what it declares by other names, each loop in it a node of its own."""
        names = {}
        for name in declared_names(*loop.body):
            names[name] = fresh_name(name, self.taken)
            self.taken.add(names[name])
            self.copies[names[name]] = name
        fresh = _each_loop((rename(loop, names),), replace)[0]
        assert isinstance(fresh, While)
        return fresh

    def with_copies(self, names: frozenset[str]) -> frozenset[str]:
        """The names and what they are called in copies."""
        return names | {new for new, old in self.copies.items() if self._origin(old) in names}

    def _origin(self, name: str) -> str:
        while name in self.copies:
            name = self.copies[name]
        return name


def _ahead(first: Block, second: Block, merging: _Merging) -> tuple[Block, Block]:
    """The two, one of them with a round before its loop: as a loop that starts from `xs[0]`."""
    match merging.way:
        case Way.FIRST_AHEAD:
            return _peeled(first, merging), second
        case Way.SECOND_AHEAD:
            return first, _peeled(second, merging)
        case _:
            return first, second


def _peeled(body: Block, merging: _Merging) -> Block:
    out: list[Stmt] = []
    for stmt in body:
        match stmt:
            case While(condition) if not contains(stmt.body, While):
                out.append(If(condition, merging.copy(stmt).body, span=stmt.span))
                out.append(stmt)
            case If(_, then, orelse):
                branches = _peeled(then, merging), _peeled(orelse, merging)
                out.append(replace(stmt, then=branches[0], orelse=branches[1]))
            case _:
                out.append(stmt)
    return tuple(out)


def _merged(first: Block, second: Block, merging: _Merging) -> Block:
    """Two blocks, loop with loop, the rest one after the other.

    A loop beside branches of which one has a loop runs in either branch.
    """
    out: list[Stmt] = []
    while True:
        before, a, first = _next_loop(first)
        more, b, second = _next_loop(second)
        out += [*before, *more]
        match a, b:
            case None, None:
                return tuple(out)
            case While(), While():
                out += _rounds(a, b, merging)
            case If(), If():
                out += _branches(a, b, merging)
            case If(), While():
                then = _merged(a.then, (b,), merging)
                orelse = _merged(a.orelse, (merging.copy(b),), merging)
                out.append(replace(a, then=then, orelse=orelse))
            case While(), If():
                then = _merged((a,), b.then, merging)
                orelse = _merged((merging.copy(a),), b.orelse, merging)
                out.append(replace(b, then=then, orelse=orelse))
            case _:
                out += [stmt for stmt in (a, b) if stmt is not None]


def _next_loop(block: Block) -> tuple[Block, Stmt | None, Block]:
    for place, stmt in enumerate(block):
        if contains((stmt,), While):
            return block[:place], stmt, block[place + 1 :]
    return block, None, ()


def _rounds(first: While, second: While, merging: _Merging) -> list[Stmt]:
    """Loops with loops in them are always run in step: those inside may differ in rounds."""
    if merging.way is Way.TOGETHER and not contains((*first.body, *second.body), While):
        return [_together(first, second)]
    agree = _same(first.condition, second.condition)
    body = (*_merged(first.body, second.body, merging), agree)
    measure = first.decreases or second.decreases
    return [agree, While(first.condition, body, decreases=measure, span=first.span)]


def _together(first: While, second: While) -> While:
    going = disjunction((first.condition, second.condition))
    body = tuple(If(each.condition, each.body, span=each.span) for each in (first, second))
    both_end = first.decreases and second.decreases
    measure = (*first.decreases, *second.decreases) if both_end else ()
    return While(going, body, decreases=measure, span=first.span)


def _branches(first: If, second: If, merging: _Merging) -> list[Stmt]:
    agree = _same(first.condition, second.condition)
    then = _merged(first.then, second.then, merging)
    orelse = _merged(first.orelse, second.orelse, merging)
    return [agree, If(first.condition, then, orelse, span=first.span)]
