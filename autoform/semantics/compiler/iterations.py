"""Quantifiers and comprehensions: Python loops, over `range` without building it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias, assert_never, cast

from autoform.ir.exprs import (
    Apply,
    Collection,
    Comprehension,
    Expr,
    Filter,
    Generator,
    IntLit,
    Quant,
    Quantifier,
    Var,
    type_of,
)
from autoform.ir.types import SetType
from autoform.semantics.compiler.frame import MOST_NESTED_LOOPS, Frame, Piece
from autoform.semantics.compiler.source import Line

Translate: TypeAlias = Callable[[Frame, Expr], Piece]
_START: Final = {Collection.SEQ: "[]", Collection.SET: "set()", Collection.MAP: "{}"}
_END: Final = {Collection.SEQ: "tuple", Collection.SET: "frozenset", Collection.MAP: "MapValue"}


def iteration(frame: Frame, expr: Quant | Comprehension, translate: Translate) -> Piece:
    """Translate a quantifier or comprehension; `translate` is the translation of expressions."""
    if isinstance(expr, Quant):
        return _quantifier(frame, expr, translate)
    return _comprehension(frame, expr, translate)


def iterable(frame: Frame, source: Expr, translate: Translate) -> str:
    """Python text of what a loop iterates over, evaluated once."""
    match source:
        case Apply("seq.range", (start, stop, step)):
            return range_text(frame, (start, stop, step), translate)
        case Var(name):
            return frame.variable(name)
        case _:
            return translate(frame, source).text


def range_text(frame: Frame, bounds: tuple[Expr, Expr, Expr], translate: Translate) -> str:
    """Python's `range` of three bounds; a step of zero raises."""
    start, stop, step = (translate(frame, bound) for bound in bounds)
    if not (isinstance(bounds[2], IntLit) and bounds[2].value):
        step = frame.store(step)
        frame.fail_if(f"{step.text} == 0", "ValueError", "range() arg 3 must not be zero")
    return f"range({start.text}, {stop.text}, {step.text})"


# ── Quantifiers ───────────────────────────────────────────────────────────────────────────────


def _quantifier(frame: Frame, expr: Quant, translate: Translate) -> Piece:
    source = iterable(frame, expr.domain, translate)
    holds_for_all = expr.kind is Quantifier.FORALL
    answer = frame.temporary()
    frame.emit(f"{answer} = {holds_for_all}")
    with frame.loop(f"for {frame.bind(expr.binder.name)} in {source}:"):
        unordered = isinstance(type_of(expr.domain), SetType)
        with frame.aside() as lines:
            body = translate(frame, expr.body)
        stop = _emit_body(frame, lines, unordered=unordered)
        with frame.suite(f"if not {body.text}:" if holds_for_all else f"if {body.text}:"):
            frame.emit(f"{answer} = {not holds_for_all}")
            frame.emit(stop)
    return Piece(answer)


def _emit_body(frame: Frame, lines: list[Line], *, unordered: bool) -> str:
    """Emit what may fail before the answer for one element; what to do when that decides."""
    if not (unordered and lines):
        frame.lines += lines
        return "break"
    with frame.order_of_set_matters_not():
        frame.lines += lines
    return "pass"


# ── Comprehensions ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Build:
    """A comprehension being translated: the Python collection it fills is called `into`."""

    expr: Comprehension
    into: str
    translate: Translate


def _comprehension(frame: Frame, expr: Comprehension, translate: Translate) -> Piece:
    first = cast(Generator, expr.clauses[0])
    source = iterable(frame, first.source, translate)
    build = _Build(expr, frame.temporary(), translate)
    frame.emit(f"{build.into} = {_START[expr.kind]}")
    if any(_over_set(clause) for clause in expr.clauses):
        with frame.order_of_set_matters_not():
            _clause(frame, build, 0, source)
    else:
        _clause(frame, build, 0, source)
    frame.emit(f"{build.into} = {_END[expr.kind]}({build.into})")
    return Piece(build.into)


def _over_set(clause: Generator | Filter) -> bool:
    return isinstance(clause, Generator) and isinstance(type_of(clause.source), SetType)


def _clause(frame: Frame, build: _Build, place: int, source: str) -> None:
    """The clauses from `place` on; `source` is that of the generator there."""
    match build.expr.clauses[place]:
        case Filter(condition):
            with frame.suite(f"if {build.translate(frame, condition).text}:"):
                _rest(frame, build, place + 1)
        case Generator(binder):
            with frame.loop(f"for {frame.bind(binder.name)} in {source}:"):
                _rest(frame, build, place + 1)
        case clause:
            assert_never(clause)


def _rest(frame: Frame, build: _Build, place: int) -> None:
    """What is inside the clauses before `place`."""
    if place == len(build.expr.clauses):
        _put(frame, build)
        return
    if frame.loop_depth >= MOST_NESTED_LOOPS:
        frame.freeze_all(build.expr)
        name = frame.temporary("l")
        with frame.inner_function(f"def {name}():"):
            _rest(frame, build, place)
        frame.emit(f"{name}()")
        return
    clause = build.expr.clauses[place]
    source = ""
    if isinstance(clause, Generator):
        source = iterable(frame, clause.source, build.translate)
    _clause(frame, build, place, source)


def _put(frame: Frame, build: _Build) -> None:
    """Add one element. A key comes before its value, as in Python."""
    expr, into = build.expr, build.into
    if expr.kind is Collection.SEQ:
        frame.emit(f"{into}.append({build.translate(frame, expr.element).text})")
        return
    key = frame.store(build.translate(frame, expr.key or expr.element))
    if guard := frame.linker.key_guard(type_of(expr.key or expr.element)):
        frame.emit(f"{guard}({key.text})")
    if expr.key is None:
        frame.emit(f"{into}.add({key.text})")
    else:
        frame.emit(f"{into}[{key.text}] = {build.translate(frame, expr.element).text}")
