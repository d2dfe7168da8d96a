"""Loops as statements, jumps out of them, and what a traced function reports at their heads.

Python has no labels. A jump to an outer loop sets `jump` to a number of its own and breaks; what
stands after the inner loop breaks on, or does what was asked for when the loop is reached.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from autoform.ir.stmts import Block, ForEach, ForRange, Loop, While
from autoform.semantics.compiler import frame as frames
from autoform.semantics.compiler.expressions import expression
from autoform.semantics.compiler.frame import MOST_NESTED_LOOPS, Frame, variable
from autoform.semantics.compiler.iterations import range_text

TranslateBlock: TypeAlias = Callable[[Frame, Block], None]


def loop(frame: Frame, stmt: Loop, block: TranslateBlock) -> None:
    """Translate a loop; `block` is the translation of blocks."""
    if frame.loop_depth >= MOST_NESTED_LOOPS:
        # Python compiles no deeper nest, and to say "out of fuel" is never wrong.
        frame.emit("raise FuelExhausted")
        return
    number = frame.loop_count
    frame.loop_count += 1
    with _jumps(frame, stmt.label):
        match stmt:
            case While():
                _while(frame, stmt, number, block)
            case ForRange():
                _for_range(frame, stmt, number, block)
            case ForEach():
                _for_each(frame, stmt, number, block)


def _while(frame: Frame, stmt: While, number: int, block: TranslateBlock) -> None:
    rounds = _start_counting(frame)
    with frame.loop("while True:") as suite:
        _report(frame, number, rounds)
        condition = expression(frame, stmt.condition)
        if frame.lines:
            frame.emit(f"if not {condition.text}: break")
        else:
            suite.header = f"while {condition.text}:"
        block(frame, stmt.body)


def _for_range(frame: Frame, stmt: ForRange, number: int, block: TranslateBlock) -> None:
    source = range_text(frame, (stmt.start, stmt.stop, stmt.step), expression)
    rounds = _start_counting(frame)
    name = variable(stmt.binder.name)
    if frame.traced:
        frame.emit(f"{rounds}_range = {source}")
        source = f"{rounds}_range"
    with frame.loop(f"for {name} in {source}:"), _visible(frame, stmt.binder.name):
        _report(frame, number, rounds)
        block(frame, stmt.body)
    if frame.traced:
        # At the end of the counting an invariant speaks of the value that was not reached.
        with frame.suite("else:"), _visible(frame, stmt.binder.name):
            frame.emit(f"{name} = {source}.start + len({source}) * {source}.step")
            _report(frame, number, rounds)


def _for_each(frame: Frame, stmt: ForEach, number: int, block: TranslateBlock) -> None:
    source = expression(frame, stmt.source).text
    rounds = _start_counting(frame)
    if frame.traced:
        frame.emit(f"{rounds}_source = {source}")
        source = f"{rounds}_source"
    with frame.loop(f"for {variable(stmt.binder.name)} in {source}:"):
        _report(frame, number, rounds, source)
        with _visible(frame, stmt.binder.name):
            block(frame, stmt.body)
    if frame.traced:
        with frame.suite("else:"):
            _report(frame, number, rounds, source)


@contextmanager
def _visible(frame: Frame, name: str) -> Iterator[None]:
    frame.visible.append(name)
    yield
    frame.visible.remove(name)


# ── Jumps ─────────────────────────────────────────────────────────────────────────────────────


def jump(frame: Frame, label: str | None, word: str) -> None:
    """Translate `break` or `continue`."""
    innermost = frame.loops[-1]
    if label is None or label == innermost.label:
        frame.emit(word)
        return
    target = next(each for each in reversed(frame.loops) if each.label == label)
    frame.temporaries += 1
    code = frame.temporaries
    innermost.exits[code] = (target, word)
    frame.emit(f"jump = {code}")
    frame.emit("break")


@contextmanager
def _jumps(frame: Frame, label: str | None) -> Iterator[None]:
    """What is translated inside is a loop; after it stand the jumps that lead further out."""
    inside = frames.Loop(label)
    lines, place = frame.lines, len(frame.lines)
    frame.loops.append(inside)
    yield
    frame.loops.pop()
    if inside.exits:
        lines.insert(place, "jump = 0")
    for code, (target, word) in inside.exits.items():
        around = frame.loops[-1]
        if target is around:
            frame.emit(f"if jump == {code}: {word}")
        else:
            around.exits[code] = (target, word)
            frame.emit(f"if jump == {code}: break")


# ── Tracing ───────────────────────────────────────────────────────────────────────────────────


def _start_counting(frame: Frame) -> str:
    """Start the count of completed rounds in a traced function; its Python name."""
    rounds = frame.temporary("n")
    if frame.traced:
        frame.emit(f"{rounds} = -1")
    return rounds


def _report(frame: Frame, number: int, rounds: str, source: str = "None") -> None:
    """Report the values of the visible variables at a loop's head."""
    if frame.traced:
        frame.emit(f"{rounds} += 1")
        frame.emit(f"k.visit({number}, {rounds}, {environment(frame.visible)}, entry, {source})")


def environment(names: list[str]) -> str:
    """Python text of a dictionary of variables and their values, frozen."""
    return f"{{{', '.join(f'{name!r}: freeze({variable(name)})' for name in names)}}}"
