"""Hypothesis strategies of IR values: from types, and of whole argument lists from `requires`.

Small values are likely and large ones possible, elements repeat, and an argument is now and then
a part of an earlier one, because `x in xs` is rarely true of independent draws. Infinities and
NaN are drawn for floats: the IR claims IEEE semantics for them. Lone surrogates are not drawn for
texts: no target language has them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, assert_never

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from autoform.crosscheck.inputs.corners import CHARS, FLOATS, WIDTHS, fields_of, variants_of
from autoform.crosscheck.inputs.parts import parts_of_type
from autoform.crosscheck.inputs.preconditions import Knowledge, Measure, Side
from autoform.crosscheck.inputs.size import Size
from autoform.crosscheck.observation import Input
from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Expr
from autoform.ir.types import (
    INT,
    STR,
    BoolType,
    CharType,
    EnumType,
    FloatType,
    FnType,
    IntType,
    MachineIntType,
    MapType,
    OptionType,
    RecordType,
    ResultType,
    SeqType,
    SetType,
    StrType,
    TupleType,
    Type,
    TypeVar,
    parts,
    substitute_type,
)
from autoform.semantics.values import (
    NONE,
    Err,
    MapValue,
    Ok,
    RecordValue,
    Some,
    Value,
    VariantValue,
)

__all__ = ["arguments", "values"]

LETTERS: Final = "abcdexyzABZ0123459 .,-_()[]{}+*/!?\t\néßİ\u0301٣²\U0001f600"
_PLAIN: Final = "abcaab"

Evaluate: TypeAlias = Callable[[Expr, Mapping[str, Value]], Value | None]
"""Evaluates a bound when the parameters it mentions are known; `None` when that fails."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one part of one argument, worked out for the arguments drawn before it."""

    low: Mapping[tuple[int, Measure], Any]
    high: Mapping[tuple[int, Measure], Any]
    choices: Mapping[int, tuple[Value, ...]]
    alphabets: Mapping[int, str]

    def range(self, depth: int, measure: Measure, low: Any, high: Any) -> tuple[Any, Any]:  # noqa: ANN401 - integer or float
        """The bounds at a depth; those given where nothing is known.

        A known bound wins over the size: `requires n >= 1000000` must be met. Bounds that cannot
        be met together are drawn from the lower one upwards, and the input is thrown away later.
        """
        known_low = self.low.get((depth, measure))
        known_high = self.high.get((depth, measure))
        span = high - low
        if known_low is not None:
            low, high = known_low, max(high, known_low + span)
        if known_high is not None:
            low, high = (low if known_low is not None else min(low, known_high - span)), known_high
        return low, max(low, high)


FREE: Final = Limits({}, {}, {}, {})


def arguments(
    function: Function, module: Module, knowledge: Knowledge, size: Size, evaluate: Evaluate
) -> SearchStrategy[Input]:
    """Inputs of a function. Parameters are drawn after those that their bounds mention."""
    order = drawing_order(function, knowledge)
    plain = [_Plan.of(function, module, knowledge, size, filler) for filler in (INT, STR)]
    plans = plain if function.type_params else plain[:1]
    return st.one_of(*(_input(plan, function, order, evaluate) for plan in plans))


@dataclass(frozen=True, slots=True)
class _Plan:
    """What can be prepared once: the types, and strategies of parameters without bounds."""

    types: Mapping[str, Type]
    free: Mapping[str, SearchStrategy[Any]]
    module: Module
    knowledge: Knowledge
    size: Size

    @staticmethod
    def of(
        function: Function, module: Module, knowledge: Knowledge, size: Size, filler: Type
    ) -> _Plan:
        """A plan in which `filler` stands for every type variable."""
        plain = dict.fromkeys(function.type_params, filler)
        types = {p.name: substitute_type(p.type, plain) for p in function.params}
        bounded = knowledge.names()
        free = {n: values(t, module, size) for n, t in types.items() if n not in bounded}
        return _Plan(types, free, module, knowledge, size)

    def strategy(self, name: str, drawn: Mapping[str, Value], evaluate: Evaluate) -> Any:  # noqa: ANN401 - a strategy of any value
        """The values of a parameter, given those drawn before."""
        if name in self.free:
            return self.free[name]
        limits = _limits(name, self.knowledge, drawn, evaluate)
        return values(self.types[name], self.module, self.size, limits)


@st.composite
def _input(
    draw: DrawFn, plan: _Plan, function: Function, order: Sequence[str], evaluate: Evaluate
) -> Input:
    drawn: dict[str, Value] = {}
    for name in order:
        echoes = list(_echoes(name, plan, drawn, evaluate))
        if echoes and draw(_ONE_IN_FOUR) == 0:
            drawn[name] = draw(st.sampled_from(echoes))
        else:
            drawn[name] = draw(plan.strategy(name, drawn, evaluate))
    return tuple(drawn[param.name] for param in function.params)


def _echoes(
    name: str, plan: _Plan, drawn: Mapping[str, Value], evaluate: Evaluate
) -> Iterator[Value]:
    """Parts of what was drawn before that could be the value of a parameter."""
    limits = FREE if name in plan.free else _limits(name, plan.knowledge, drawn, evaluate)
    for other, value in drawn.items():
        for part in parts_of_type(value, plan.types[other], plan.types[name]):
            if limits is FREE or _is_within(part, limits):
                yield part


def _is_within(value: Value, limits: Limits) -> bool:
    """Whether a number or a length is in its bounds."""
    infinite = float("inf")
    match value:
        case bool():
            return True
        case int() | float():
            low, high = limits.range(0, Measure.VALUE, -infinite, infinite)
            return bool(low <= value <= high)
        case str() | tuple() | frozenset():
            low, high = limits.range(0, Measure.LENGTH, 0, infinite)
            return bool(low <= len(value) <= high)
        case _:
            return True


_ONE_IN_FOUR: Final = st.integers(0, 3)


def drawing_order(function: Function, knowledge: Knowledge) -> list[str]:
    """Parameters after those their bounds mention; of a circle, collections come first."""
    waiting = sorted(function.params, key=lambda param: not parts(param.type))
    order: list[str] = []
    while waiting:
        ready = (p for p in waiting if knowledge.names_before(p.name) <= set(order))
        chosen = next(ready, waiting[0])
        waiting.remove(chosen)
        order.append(chosen.name)
    return order


def _limits(
    name: str, knowledge: Knowledge, drawn: Mapping[str, Value], evaluate: Evaluate
) -> Limits:
    low: dict[tuple[int, Measure], Any] = {}
    high: dict[tuple[int, Measure], Any] = {}
    for target, bounds in knowledge.bounds.items():
        if target.name != name:
            continue
        place = (target.depth, target.measure)
        for bound in bounds:
            limit = evaluate(bound.limit, drawn)
            if isinstance(limit, bool) or not isinstance(limit, int | float):
                continue
            value = limit + bound.offset if isinstance(limit, int) else limit
            if bound.side is Side.LOW:
                low[place] = max(low.get(place, value), value)
            else:
                high[place] = min(high.get(place, value), value)
    choices: dict[int, tuple[Value, ...]] = {}
    for target, options in knowledge.choices.items():
        known = (evaluate(option, drawn) for option in options if target.name == name)
        if found := tuple(value for value in known if value is not None):
            choices[target.depth] = found
    alphabets = {depth: a for (n, depth), a in knowledge.alphabets.items() if n == name}
    return Limits(low, high, choices, alphabets)


def values(  # noqa: C901 - one line per type, in the order of the union
    type_: Type, module: Module, size: Size, limits: Limits = FREE, depth: int = 0
) -> SearchStrategy[Any]:
    """Values of a type within a size and the limits that hold at this depth of an argument."""
    if depth in limits.choices:
        return st.sampled_from(limits.choices[depth])
    match type_:
        case IntType() | TypeVar():
            return _integers(*limits.range(depth, Measure.VALUE, -size.integer, size.integer))
        case MachineIntType():
            low = max(type_.minimum, -size.integer)
            high = min(type_.maximum, size.integer)
            low, high = limits.range(depth, Measure.VALUE, low, high)
            # A bound such as `x < n` with `n` zero leaves an unsigned `x` no value at all.
            low = min(max(low, type_.minimum), type_.maximum)
            return _machine_integers(low, max(low, min(high, type_.maximum)))
        case BoolType():
            return st.booleans()
        case FloatType():
            return _floats(limits, depth)
        case CharType():
            return st.sampled_from(CHARS) | st.sampled_from(LETTERS)
        case StrType():
            return _texts(size, limits, depth)
        case SeqType(RecordType() | EnumType()) if size.depth <= 0:
            return st.just(())
        case SeqType(element):
            low, high = _lengths(size, limits, depth)
            inner = values(element, module, size.nested(), limits, depth + 1)
            return st.lists(inner, min_size=low, max_size=high).map(tuple)
        case TupleType(items):
            return st.tuples(*(values(item, module, size.nested()) for item in items))
        case SetType(element):
            low, high = _lengths(size, limits, depth)
            inner = values(element, module, size.nested(), limits, depth + 1)
            return st.frozensets(inner, max_size=high)
        case MapType(key, value):
            keys = values(key, module, size.nested(), limits, depth + 1)
            pairs = st.tuples(keys, values(value, module, size.nested()))
            return st.lists(pairs, max_size=size.length).map(MapValue)
        case OptionType(RecordType() | EnumType()) if size.depth <= 0:
            return st.just(NONE)  # recursive data ends here
        case OptionType(item):
            some = values(item, module, size, limits, depth).map(Some)
            return st.one_of(st.just(NONE), some, some)
        case ResultType(ok, err):
            return values(ok, module, size).map(Ok) | values(err, module, size).map(Err)
        case RecordType():
            fields = [values(f, module, size.nested()) for f in fields_of(type_, module)]
            return st.tuples(*fields).map(lambda found: RecordValue(type_.name, found))
        case EnumType():
            return _variants(type_, module, size)
        case FnType():
            return st.nothing()
        case _:
            assert_never(type_)


_LONGEST: Final = 256


def _lengths(size: Size, limits: Limits, depth: int) -> tuple[int, int]:
    """How long a sequence may be.

    One that would have to be longer than `_LONGEST` misses its precondition, and falls with it.
    """
    low, high = limits.range(depth, Measure.LENGTH, 0, size.length)
    return min(max(0, _whole(low)), _LONGEST), min(max(0, _whole(high)), _LONGEST)


def _integers(low: float, high: float) -> SearchStrategy[int]:
    """Integers of a range, half of them within 12 of where the range is nearest to zero."""
    first, last = _whole(low), _whole(high)
    nearest = min(max(0, first), last)
    tiny = st.integers(max(first, nearest - 12), min(last, nearest + 12))
    middle = st.integers(max(first, nearest - 130), min(last, nearest + 130))
    return st.one_of(tiny, tiny, middle, st.integers(first, last))


def _machine_integers(low: float, high: float) -> SearchStrategy[int]:
    """Integers of a range, now and then one beside a power of two or at an end of the range."""
    first, last = _whole(low), _whole(high)
    near = [sign * n + off for n in WIDTHS for sign in (1, -1) for off in (0, 1)]
    edges = [n for n in near if first <= n <= last]
    ends = st.sampled_from([first, last, min(first + 1, last), max(last - 1, first)])
    usual = _integers(low, high)
    return st.one_of(usual, usual, st.sampled_from(edges) if edges else usual, usual, ends)


def _whole(bound: float) -> int:
    return int(bound) if abs(bound) < float("inf") else int(1e300 if bound > 0 else -1e300)


def _floats(limits: Limits, depth: int) -> SearchStrategy[float]:
    """Floats: corners, small decimals that meet each other, and any at all."""
    infinite = float("inf")
    low, high = limits.range(depth, Measure.VALUE, -infinite, infinite)
    low, high = float(low), float(high)
    if low != low or high != high:  # noqa: PLR0124 - a NaN bound says nothing
        low, high = -infinite, infinite
    free = (low, high) == (-infinite, infinite)
    corners = [x for x in FLOATS if free or low <= x <= high]
    decimals = st.integers(-40, 400).map(lambda n: n / 4 if n % 2 else n / 10)
    start = max(low, -1e6)
    shifted = decimals if start <= 0 else decimals.map(lambda x: start + abs(x))
    anything = st.floats(low, high) if low <= high else st.just(low)
    options: list[SearchStrategy[float]] = [shifted, shifted, anything]
    return st.one_of(*([st.sampled_from(corners)] if corners else []), *options)


def _texts(size: Size, limits: Limits, depth: int) -> SearchStrategy[str]:
    low, high = _lengths(size, limits, depth)
    alphabet = limits.alphabets.get(depth) or limits.alphabets.get(depth + 1)
    if alphabet:
        return st.text(st.sampled_from(alphabet), min_size=low, max_size=high)
    plain = st.text(st.sampled_from(_PLAIN), min_size=low, max_size=high)
    words = st.text(st.sampled_from("ab cAB 01."), min_size=low, max_size=high)
    digits = st.text(st.sampled_from("0123456789"), min_size=low, max_size=high)
    return st.one_of(
        plain, words, digits, st.text(st.sampled_from(LETTERS), min_size=low, max_size=high)
    )


def _variants(type_: EnumType, module: Module, size: Size) -> SearchStrategy[Any]:
    """Variants of an enum; where the depth is used up, only those that hold no enum."""
    chosen: list[SearchStrategy[Any]] = []
    for name, items in variants_of(type_, module):
        if size.depth <= 0 and any(isinstance(item, EnumType | RecordType) for item in items):
            continue
        row = st.tuples(*(values(item, module, size.nested()) for item in items))
        chosen.append(row.map(_variant_maker(type_.name, name)))
    return st.one_of(*chosen) if chosen else st.nothing()


def _variant_maker(enum: str, variant: str) -> Callable[[Sequence[Value]], Value]:
    return lambda row: VariantValue(enum, variant, tuple(row))
