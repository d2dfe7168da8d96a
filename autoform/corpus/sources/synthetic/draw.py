"""What the families of generated functions are drawn from: names, constants, conditions, terms."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

__all__ = ["Condition", "Draw"]

T = TypeVar("T")

_MOST_PARTS: Final = 3

_LISTS: Final = ("xs", "values", "numbers", "items", "data", "scores", "heights", "readings")
_ELEMENTS: Final = ("x", "value", "number", "item", "each", "score", "height", "v")
_TEXTS: Final = ("text", "s", "word", "line", "name", "message")
_INDEXES: Final = ("i", "j", "k", "index", "place")
_TOTALS: Final = ("total", "result", "acc", "so_far", "found", "answer")
_NUMBERS: Final = ("n", "a", "m", "amount", "size", "number")
_LIMITS: Final = ("limit", "bound", "threshold", "target", "key", "wanted")


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on one integer, as a template with `{}` for it, and in words."""

    template: str
    words: str

    def of(self, term: str) -> str:
        """The condition on a term."""
        return self.template.format(term)


@dataclass(slots=True)
class Draw:
    """Draws for one function; every name is drawn once at most."""

    random: random.Random
    taken: set[str] = field(default_factory=set)

    def pick(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.random.randrange(len(options))]

    def flip(self) -> bool:
        """Yes or no."""
        return self.random.random() < 0.5

    def number(self, low: int, high: int) -> int:
        """An integer between two, both included."""
        return self.random.randint(low, high)

    def _name(self, options: Sequence[str]) -> str:
        free = [name for name in options if name not in self.taken]
        free = free or [f"{name}_{len(self.taken)}" for name in options]
        found = self.pick(free)
        self.taken.add(found)
        return found

    def list_name(self) -> str:
        """A name for a list."""
        return self._name(_LISTS)

    def element(self) -> str:
        """A name for what is in a list."""
        return self._name(_ELEMENTS)

    def text_name(self) -> str:
        """A name for a string."""
        return self._name(_TEXTS)

    def index(self) -> str:
        """A name for a place in a list."""
        return self._name(_INDEXES)

    def total(self) -> str:
        """A name for what is added up or found."""
        return self._name(_TOTALS)

    def int_name(self) -> str:
        """A name for a number."""
        return self._name(_NUMBERS)

    def limit(self) -> str:
        """A name for a number that others are compared with."""
        return self._name(_LIMITS)

    # ── Conditions and terms ──────────────────────────────────────────────────────────────────

    def condition(self, limit: str | None = None) -> Condition:
        """A condition on an integer; `limit` is a parameter that it may speak of."""
        parts = [self._part(limit)]
        while len(parts) < _MOST_PARTS and self.flip():
            parts.append(self._part(limit if self.random.random() < 0.3 else None))
        found = parts[0]
        for part in parts[1:]:
            word = self.pick(("and", "or"))
            found = Condition(
                f"({found.template} {word} {part.template})", f"{found.words} {word} {part.words}"
            )
        return found

    def _part(self, limit: str | None) -> Condition:
        """A comparison, of a term of the integer perhaps."""
        plain = self._simple() if limit is None else self._limited(limit)
        if self.random.random() < 0.6:
            return plain
        term = self._step()
        return Condition(
            plain.of(f"({term.template})"), f"{plain.words} when one takes {term.words}"
        )

    def _simple(self) -> Condition:
        number = self.number(-9, 30)
        factor = self.number(2, 9)
        rest = self.number(0, factor - 1)
        low = self.number(-10, 10)
        high = low + self.number(2, 40)
        return self.pick(
            (
                Condition("{0} > 0", "positive"),
                Condition("{0} < 0", "negative"),
                Condition("{0} % 2 == 0", "even"),
                Condition("{0} % 2 == 1", "odd"),
                Condition(f"{{0}} > {number}", f"above {number}"),
                Condition(f"{{0}} <= {number}", f"at most {number}"),
                Condition(f"{{0}} != {number}", f"other than {number}"),
                Condition(f"{{0}} % {factor} == {rest}", f"{rest} modulo {factor}"),
                Condition(f"{low} <= {{0}} <= {high}", f"between {low} and {high}"),
            )
        )

    def _limited(self, limit: str) -> Condition:
        return self.pick(
            (
                Condition(f"{{0}} == {limit}", f"equal to `{limit}`"),
                Condition(f"{{0}} > {limit}", f"above `{limit}`"),
                Condition(f"{{0}} < {limit}", f"below `{limit}`"),
                Condition(f"{{0}} >= {limit}", f"no less than `{limit}`"),
                Condition(f"{{0}} <= {limit}", f"no more than `{limit}`"),
                Condition(f"{{0}} != {limit}", f"other than `{limit}`"),
            )
        )

    def term(self) -> Condition:
        """A term of an integer, in the same form: a step, or two or three one after the other."""
        found = self._step()
        for _ in range(self.number(0, _MOST_PARTS - 1)):
            step = self._step()
            template = step.of(f"({found.template})")
            if self.random.random() < 0.3:
                template = f"{found.template} {self.pick(('+', '-'))} ({step.template})"
            found = Condition(template, f"{step.words}, of {found.words}")
        return found

    def _step(self) -> Condition:
        number, factor = self.number(1, 12), self.number(2, 9)
        return self.pick(
            (
                Condition("{0}", "the values"),
                Condition(f"{{0}} + {number}", f"the values plus {number}"),
                Condition(f"{{0}} - {number}", f"the values less {number}"),
                Condition(f"{factor} * {{0}}", f"{factor} times the values"),
                Condition("{0} * {0}", "the squares"),
                Condition("-{0}", "the negated values"),
                Condition("abs({0})", "the absolute values"),
                Condition(f"{{0}} // {factor}", f"the values divided by {factor}"),
                Condition(f"{{0}} % {factor}", f"the values modulo {factor}"),
                Condition(f"max({{0}}, {number})", f"the values, {number} at least"),
                Condition(
                    f"{factor} * {{0}} + {number}", f"{factor} times the values plus {number}"
                ),
            )
        )
