"""Where two functions that differ agree: a precondition of simple parts, to be pasted.

Signs, orders, lengths and ASCII are tried as they are; bounds are found by bisection between an
input on which the two agree and one on which they differ. What is found is confirmed on fresh
inputs that meet it, and made narrower when one of them differs.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, cast

from autoform.crosscheck import Input, NoClaim, Original
from autoform.equiv.requires import CannotRead, requiring, with_clause
from autoform.equiv.runs import TARGETED_FUEL, Pair, Run
from autoform.ir.decls import Param
from autoform.ir.types import SeqType, StrType, is_integer
from autoform.semantics.values import Value

__all__ = ["find_domain"]

_ROUNDS: Final = 8
_MOST_EXAMPLES: Final = 100
_MOST_TARGETED: Final = 1_500
_MOST_PARTS: Final = 2
_LEAST_KEPT: Final = 0.15
"""Of the inputs on which the two agree: a domain with less of them says little."""
_LEAST_INPUTS: Final = 3
_FUEL: Final = 30_000
"""For a probe of a bound: what takes longer is not said to agree."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A condition: its text, and whether an input meets it."""

    text: str
    holds: Callable[[Input], bool]


def find_domain(
    pair: Pair, originals: tuple[Original, Original], examples: int, seed: int
) -> tuple[str, Pair, list[Input]] | None:
    """A precondition, the pair under it, and the inputs on which they agreed; or nothing."""
    examples = min(examples, _MOST_EXAMPLES)
    known = _known(pair.interpret(pair.inputs(examples, seed)))
    known += _known(pair.interpret(pair.targeted(), TARGETED_FUEL))
    for turn in range(_ROUNDS):
        parts = _choose(pair, known)
        if parts is None:
            return None
        text = " and ".join(part.text for part in parts)
        try:
            clause = requiring(pair.first.function, text)
        except CannotRead:
            return None
        narrow = pair.with_first(with_clause(pair.first.function, clause))
        inputs = narrow.inputs(examples, seed + turn)
        fresh = _known(narrow.interpret(inputs))
        seen = _known(narrow.replay([run.given for run in fresh], originals))
        different = [run for run in (*fresh, *seen) if pair.differ(run)]
        if not different and len(seen) < _LEAST_INPUTS:
            return None
        if not different:
            hard = _known(narrow.interpret(_hard_inputs(narrow, seed), TARGETED_FUEL))
            seen = _known(narrow.replay([run.given for run in hard], originals))
            different = [run for run in (*hard, *seen) if pair.differ(run)]
            if not different:
                return text, narrow, [run.given for run in (*fresh, *hard)]
        known += different
    return None


def _hard_inputs(narrow: Pair, seed: int) -> list[Input]:
    """Many more inputs of a domain, before it is suggested."""
    return [*narrow.targeted(_MOST_TARGETED), *narrow.inputs(_MOST_EXAMPLES, seed + _ROUNDS)]


def _known(runs: Iterable[Run]) -> list[Run]:
    return [
        r for r in runs if not isinstance(r.first, NoClaim) and not isinstance(r.second, NoClaim)
    ]


def _choose(pair: Pair, known: Sequence[Run]) -> tuple[_Part, ...] | None:
    """The fewest parts that no difference meets, and of as many those that keep most.

    Where both only ever fail there is nothing to tell.
    """
    bad = [run.given for run in known if pair.differ(run)]
    good = [run.given for run in known if not pair.differ(run)]
    giving = [run.given for run in known if pair.both_give(run) and not pair.differ(run)]
    plain = list(_plain_parts(pair.first.function.params))
    small = list(_small_parts(pair, bad))
    least = max(_LEAST_INPUTS, _LEAST_KEPT * len(good))
    found: list[tuple[int, int, tuple[_Part, ...]]] = []
    for size in range(_MOST_PARTS + 1):
        for parts in itertools.combinations(plain, size):
            left = [given for given in bad if _meets(given, parts)]
            more = (
                [tuple(_bounds(pair, left, parts)), *((each,) for each in small)] if left else [()]
            )
            for others in more:
                bounded = (*parts, *others)
                if any(_meets(given, bounded) for given in left):
                    continue
                kept = sum(_meets(given, bounded) for given in good)
                if bounded and kept >= least and any(_meets(given, bounded) for given in giving):
                    found.append((len(bounded), -kept, bounded))
    return min(found, key=lambda each: each[:2])[2] if found else None


def _meets(given: Input, parts: Iterable[_Part]) -> bool:
    return all(part.holds(given) for part in parts)


# ── Parts ─────────────────────────────────────────────────────────────────────────────────────


def _plain_parts(params: Sequence[Param]) -> Iterator[_Part]:
    numbers = [(at, p.name) for at, p in enumerate(params) if is_integer(p.type)]
    rows = [(at, p.name, p.type) for at, p in enumerate(params) if _is_row(p)]
    for at, name in numbers:
        yield _Part(f"{name} >= 0", _on(at, lambda n: n >= 0))
        yield _Part(f"{name} > 0", _on(at, lambda n: n > 0))
        yield _Part(f"{name} != 0", _on(at, lambda n: n != 0))
        yield _Part(f"{name} <= 0", _on(at, lambda n: n <= 0))
    for (a, first), (b, second) in itertools.permutations(numbers, 2):
        yield _Part(f"{first} <= {second}", _on_two(a, b, lambda x, y: x <= y))
        yield _Part(f"{first} < {second}", _on_two(a, b, lambda x, y: x < y))
    for at, name, type_ in rows:
        yield _Part(f"len({name}) > 0", _on(at, lambda row: len(row) > 0))
        if isinstance(type_, StrType):
            yield _Part(f"{name}.isascii()", _on(at, str.isascii))
            yield _Part(f"{name}.isdigit()", _on(at, str.isdigit))
            yield _Part(f"{name}.isalpha()", _on(at, str.isalpha))
        elif isinstance(type_, SeqType) and is_integer(type_.element):
            item = "item" if name != "item" else "each"
            text = f"all({item} >= 0 for {item} in {name})"
            yield _Part(text, _on(at, lambda row: all(item >= 0 for item in row)))
        for number, counter in numbers:
            text = f"{counter} < len({name})"
            yield _Part(text, _on_two(number, at, lambda n, row: n < len(row)))


def _is_row(param: Param) -> bool:
    return isinstance(param.type, StrType | SeqType)


def _on(at: int, test: Callable[..., bool]) -> Callable[[Input], bool]:
    return lambda given: test(given[at])


def _on_two(a: int, b: int, test: Callable[..., bool]) -> Callable[[Input], bool]:
    return lambda given: test(given[a], given[b])


_MAGNITUDES: Final = (62, 61, 53, 40, 31, 30, 20, 15, 14, 7, 6)
"""Powers of two."""
_LENGTHS: Final = (1_000, 100, 10)


def _small_parts(pair: Pair, bad: Sequence[Input]) -> Iterator[_Part]:
    """All numbers of at most some size, and rows of them of at most some length."""
    params = pair.first.function.params
    numbers = [(at, p.name) for at, p in enumerate(params) if is_integer(p.type)]
    rows = [
        (at, p.name)
        for at, p in enumerate(params)
        if isinstance(p.type, SeqType) and is_integer(p.type.element)
    ]
    for length in _LENGTHS if rows else (0,):
        for power in _MAGNITUDES:
            part = _small(numbers, rows, power, length)
            if any(map(part.holds, bad)):
                continue
            if not any(map(pair.differ, pair.interpret(_largest(pair, 2**power, length)))):
                yield part
                break


def _largest(pair: Pair, size: int, length: int) -> Iterator[Input]:
    """Inputs at the ends of a part, longest and with the largest numbers of either sign."""
    params = pair.first.function.params
    for sign in (1, -1):
        given: list[Value] = []
        for param in params:
            if is_integer(param.type):
                given.append(sign * size)
            elif isinstance(param.type, SeqType) and is_integer(param.type.element):
                given.append((sign * size,) * length)
            else:
                return
        if pair.allows(tuple(given)):
            yield tuple(given)


def _small(
    numbers: Sequence[tuple[int, str]], rows: Sequence[tuple[int, str]], power: int, length: int
) -> _Part:
    size, limit = 2**power, f"2**{power}"
    texts = [f"-({limit}) <= {name} <= {limit}" for _, name in numbers]
    for _, name in rows:
        item = "item" if name != "item" else "each"
        inside = f"-({limit}) <= {item} <= {limit} for {item} in {name}"
        texts.append(f"len({name}) <= {length} and all({inside})")

    def holds(given: Input) -> bool:
        found = [cast("tuple[int, ...]", given[at]) for at, _ in rows]
        scalars = [cast(int, given[at]) for at, _ in numbers]
        return all(-size <= n <= size for row in (scalars, *found) for n in row) and all(
            len(row) <= length for row in found
        )

    return _Part(" and ".join(texts), holds)


# ── Bounds ────────────────────────────────────────────────────────────────────────────────────


def _bounds(pair: Pair, bad: Sequence[Input], parts: Sequence[_Part]) -> list[_Part]:
    """Bounds of one integer parameter that keep these differences out, if that can be."""
    for at, param in enumerate(pair.first.function.params):
        if not is_integer(param.type):
            continue
        found: list[_Part] = []
        above = [given for given in bad if cast(int, given[at]) > 0]
        below = [given for given in bad if cast(int, given[at]) < 0]
        if len(above) + len(below) < len(bad):
            continue
        if above:
            limit = _last_agreeing(pair, min(above, key=lambda given: cast(int, given[at])), at)
            found.append(_Part(f"{param.name} <= {limit}", _on(at, _at_most(limit))))
        if below:
            limit = _last_agreeing(pair, max(below, key=lambda given: cast(int, given[at])), at)
            found.append(_Part(f"{param.name} >= {limit}", _on(at, _at_least(limit))))
        if not any(_meets(given, (*parts, *found)) for given in bad):
            return found
    return []


def _at_most(limit: int) -> Callable[[int], bool]:
    return lambda n: n <= limit


def _at_least(limit: int) -> Callable[[int], bool]:
    return lambda n: n >= limit


def _last_agreeing(pair: Pair, bad: Input, at: int) -> int:
    """From zero towards a difference, the last number at which the two still agree."""
    agreeing, differing = 0, cast(int, bad[at])
    while abs(differing - agreeing) > 1:
        middle = (agreeing + differing) // 2
        given = (*bad[:at], middle, *bad[at + 1 :])
        runs = _known(pair.interpret([given], _FUEL)) if pair.allows(given) else []
        if runs and not pair.differ(runs[0]):
            agreeing = middle
        else:
            differing = middle
    return agreeing
