"""What simple `requires` say about single parameters, so that inputs meet them by construction.

    requires n >= 0                              n is drawn from 0 upwards
    requires 0 <= k && k < seq.len(xs)           xs is drawn first, then k below its length
    requires seq.len(xs) == seq.len(ys)          ys is drawn as long as xs
    requires forall x in xs: x > 0               the elements of xs are drawn from 1 upwards

Nothing here decides whether an input is valid: every input is checked against the whole
precondition afterwards. A clause that is not understood only makes more inputs be thrown away.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from autoform.ir.decls import Function
from autoform.ir.exprs import And, Apply, Expr, Quant, Quantifier, SeqLit, SetLit, StrLit, Var
from autoform.ir.traversal import free_vars

__all__ = ["Bound", "Knowledge", "Measure", "Side", "Target", "knowledge_of"]


class Measure(Enum):
    """What of a value is bounded."""

    VALUE = auto()
    LENGTH = auto()


@dataclass(frozen=True, slots=True)
class Target:
    """A parameter (depth 0), its elements (depth 1), their elements …, and what of them."""

    name: str
    depth: int
    measure: Measure


class Side(Enum):
    """From below or from above; an equation is both."""

    LOW = auto()
    HIGH = auto()


@dataclass(frozen=True, slots=True)
class Bound:
    """`limit + offset`, inclusive, where the limit is an expression over other parameters."""

    side: Side
    limit: Expr
    offset: int


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The bounds of each target, the values it must be one of, and the letters of texts."""

    bounds: Mapping[Target, tuple[Bound, ...]]
    choices: Mapping[Target, tuple[Expr, ...]]
    alphabets: Mapping[tuple[str, int], str]

    def names(self) -> frozenset[str]:
        """The parameters of which anything is known."""
        bounded = {target.name for target in (*self.bounds, *self.choices)}
        return frozenset(bounded | {name for name, _ in self.alphabets})

    def names_before(self, name: str) -> frozenset[str]:
        """The parameters that the bounds of one mention."""
        limits = [b.limit for t, bounds in self.bounds.items() if t.name == name for b in bounds]
        return frozenset().union(*(free_vars(limit) for limit in limits)) - {name}


_SIDES: Final = {
    "ge": ((Side.LOW, 0),),
    "gt": ((Side.LOW, 1),),
    "le": ((Side.HIGH, 0),),
    "lt": ((Side.HIGH, -1),),
    "eq": ((Side.LOW, 0), (Side.HIGH, 0)),
}
_MIRRORED: Final = {"ge": "le", "gt": "lt", "le": "ge", "lt": "gt", "eq": "eq"}
_LENGTHS: Final = frozenset({"seq.len", "str.len", "set.len", "map.len"})
_TRANSPARENT: Final = frozenset({"int.widen", "int.narrow", "int.to_float", "int.as_float"})
_ALPHABETS: Final = {
    "py.isdigit": string.digits,
    "py.isdecimal": string.digits,
    "py.isnumeric": string.digits,
    "py.isalpha": string.ascii_letters + "éß",
    "py.isalnum": string.ascii_letters + string.digits,
    "py.islower": string.ascii_lowercase,
    "py.isupper": string.ascii_uppercase,
    "py.isascii": string.ascii_letters + string.digits + " .,-_",
    "py.isspace": " \t\n",
}


def knowledge_of(function: Function) -> Knowledge:
    """Collect what the `requires` of a function say in forms that generation can follow."""
    collector = _Collector({param.name: (param.name, 0) for param in function.params})
    for clause in function.contract.requires:
        collector.read(clause.condition)
    return Knowledge(
        {target: tuple(found) for target, found in collector.bounds.items()},
        {target: found for target, found in collector.choices.items() if found},
        collector.alphabets,
    )


class _Collector:
    """Reads conditions. `places` says which names stand for which parameter, how deep inside."""

    def __init__(self, places: dict[str, tuple[str, int]]) -> None:
        self.places = places
        self.bounds: dict[Target, list[Bound]] = {}
        self.choices: dict[Target, tuple[Expr, ...]] = {}
        self.alphabets: dict[tuple[str, int], str] = {}

    def read(self, condition: Expr) -> None:
        """Read a condition that must hold."""
        match condition:
            case And(items):
                for item in items:
                    self.read(item)
            case Quant(Quantifier.FORALL, binder, domain, body):
                self._read_forall(binder.name, domain, body)
            case Apply(op, (left, right)) if op in _SIDES:
                self._read_comparison(op, left, right)
                self._read_comparison(_MIRRORED[op], right, left)
            case Apply("seq.contains" | "set.contains", (SeqLit() | SetLit() as options, item)):
                if (target := self._target(item)) is not None:
                    self.choices[target] = options.items
            case Apply("str.contains", (StrLit(value), Var(name))) if name in self.places:
                self.alphabets[self.places[name]] = value
            case Apply(op, (Var(name),)) if op in _ALPHABETS and name in self.places:
                # A text's letters are its elements. Tests of one letter are tests of a text, too.
                self.alphabets[self.places[name]] = _ALPHABETS[op]
            case _:
                pass

    def _read_forall(self, binder: str, domain: Expr, body: Expr) -> None:
        """The binder stands for an element of the domain, or for any index of what it indexes."""
        if isinstance(domain, Var) and domain.name in self.places:
            name, depth = self.places[domain.name]
            self.places[binder] = (name, depth + 1)
        self.read(body)

    def _read_comparison(self, op: str, subject: Expr, limit: Expr) -> None:
        target = self._target(subject)
        if target is None or not self._is_known_before(limit, target):
            return
        found = self.bounds.setdefault(target, [])
        found += (Bound(side, limit, offset) for side, offset in _SIDES[op])

    def _is_known_before(self, limit: Expr, target: Target) -> bool:
        """Whether a limit speaks of whole parameters only, and not of the bounded one."""
        names = free_vars(limit).keys()
        return target.name not in names and all(
            name in self.places and self.places[name][1] == 0 for name in names
        )

    def _target(self, subject: Expr) -> Target | None:
        if isinstance(subject, Apply) and subject.op in _TRANSPARENT:
            return self._target(subject.args[0])
        if isinstance(subject, Apply) and subject.op in _LENGTHS:
            place = self._place(subject.args[0])
            return None if place is None else Target(*place, Measure.LENGTH)
        place = self._place(subject)
        return None if place is None else Target(*place, Measure.VALUE)

    def _place(self, subject: Expr) -> tuple[str, int] | None:
        match subject:
            case Var(name):
                return self.places.get(name)
            case Apply("seq.at" | "seq.at_neg", (inner, index)) if isinstance(index, Var):
                place = self._place(inner)
                return None if place is None else (place[0], place[1] + 1)
            case _:
                return None
