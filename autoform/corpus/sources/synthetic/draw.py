"""What the families of generated functions are drawn from: names, constants, conditions, terms."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

__all__ = ["Condition", "Draw"]

T = TypeVar("T")

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
        if limit is not None:
            return self._limited(limit)
        if self.random.random() < 0.2:
            return self._joined()
        return self._simple()

    def _simple(self) -> Condition:
        number = self.number(-9, 30)
        factor = self.number(2, 9)
        rest = self.number(0, factor - 1)
        low = self.number(-10, 10)
        high = low + self.number(2, 40)
        return self.pick(
            (
                Condition("{} > 0", "positive"),
                Condition("{} < 0", "negative"),
                Condition("{} % 2 == 0", "even"),
                Condition("{} % 2 == 1", "odd"),
                Condition(f"{{}} > {number}", f"above {number}"),
                Condition(f"{{}} <= {number}", f"at most {number}"),
                Condition(f"{{}} != {number}", f"other than {number}"),
                Condition(f"{{}} % {factor} == {rest}", f"{rest} modulo {factor}"),
                Condition(f"{low} <= {{}} <= {high}", f"between {low} and {high}"),
            )
        )

    def _joined(self) -> Condition:
        first, second = self._simple(), self._simple()
        word = self.pick(("and", "or"))
        left, right = first.template, second.template
        return Condition(
            f"({left} {word} {right})".replace("{}", "{0}"), f"{first.words} {word} {second.words}"
        )

    def _limited(self, limit: str) -> Condition:
        return self.pick(
            (
                Condition(f"{{}} == {limit}", f"equal to `{limit}`"),
                Condition(f"{{}} > {limit}", f"above `{limit}`"),
                Condition(f"{{}} < {limit}", f"below `{limit}`"),
                Condition(f"{{}} >= {limit}", f"no less than `{limit}`"),
                Condition(f"{{}} <= {limit}", f"no more than `{limit}`"),
                Condition(f"{{}} != {limit}", f"other than `{limit}`"),
            )
        )

    def term(self) -> Condition:
        """A term of an integer, in the same form."""
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
