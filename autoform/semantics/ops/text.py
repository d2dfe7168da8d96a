"""Text as sequences of code points: the operators that mean the same in every language.

Python's own string methods do the work; each pays for the text it reads and builds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from autoform.semantics.failure import EvaluationFailed, Tank, outside
from autoform.semantics.meaning import Function, Meaning, plain, raising, sized
from autoform.semantics.values import NONE, NoneValue, Some, Value

_WORD: Final = 1 << 63


def index_error(index: int, length: int) -> EvaluationFailed:
    """What an index outside a text or sequence raises."""
    return EvaluationFailed("IndexError", f"index {index} where the length is {length}")


def reading(function: Function) -> Meaning:
    """A function of texts that takes time in proportion to them, and answers with no more."""

    def run(tank: Tank, *args: Value) -> Value:
        tank.pay_text(sum(len(arg) for arg in args if isinstance(arg, str)))
        answer = function(*args)
        if isinstance(answer, tuple):
            tank.pay_items(len(answer))
        return answer

    return sized(run)


def word(number: int) -> int:
    """The number, where Python asks for one that fits a machine word and raises otherwise."""
    if not -_WORD <= number < _WORD:
        raise outside("a count or place that does not fit a machine word")
    return number


def bound(option: NoneValue | Some) -> int | None:
    """A bound of a slice as Python takes it."""
    return option.value if isinstance(option, Some) else None  # type: ignore[return-value] # Option<Int>


def slice_of(start: NoneValue | Some, stop: NoneValue | Some, step: int) -> slice:
    """The slice `start:stop:step`. Raises `ValueError` for a step of zero."""
    if step == 0:
        raise EvaluationFailed("ValueError", "slice step cannot be zero")
    return slice(bound(start), bound(stop), step)


# ── Places ────────────────────────────────────────────────────────────────────────────────────


def at(text: str, index: int) -> str:
    """The character at 0 <= i < len."""
    if not 0 <= index < len(text):
        raise index_error(index, len(text))
    return text[index]


def at_neg(text: str, index: int) -> str:
    """The character at -len <= i < len."""
    if not -len(text) <= index < len(text):
        raise index_error(index, len(text))
    return text[index]


def _cut(tank: Tank, text: str, place: slice) -> str:
    tank.pay_text(len(range(*place.indices(len(text)))))
    return text[place]


def _slice(tank: Tank, text: str, start: int, stop: int) -> str:
    return _cut(tank, text, slice(start, stop))


def _slice_from(tank: Tank, text: str, start: int) -> str:
    return _cut(tank, text, slice(start, None))


def _slice_to(tank: Tank, text: str, stop: int) -> str:
    return _cut(tank, text, slice(stop))


def _slice_step(
    tank: Tank, text: str, start: NoneValue | Some, stop: NoneValue | Some, step: int
) -> str:
    return _cut(tank, text, slice_of(start, stop, step))


def _reverse(tank: Tank, text: str) -> str:
    return _cut(tank, text, slice(None, None, -1))


# ── Building ──────────────────────────────────────────────────────────────────────────────────


def concat(tank: Tank, text: str, other: str) -> str:
    """`text + other`."""
    tank.pay_text(len(text) + len(other))
    return text + other


def _repeat(tank: Tank, text: str, count: int) -> str:
    tank.pay_text(len(text) * max(count, 0))
    return text * word(count)


def _replace(tank: Tank, text: str, old: str, new: str) -> str:
    return _replace_n(tank, text, old, new, -1)


def _replace_n(tank: Tank, text: str, old: str, new: str, count: int) -> str:
    tank.pay_text(len(text))
    found = text.count(old) if word(count) < 0 else min(text.count(old), count)
    tank.pay_text(found * len(new))
    return text.replace(old, new, found)


def _join(tank: Tank, separator: str, words: tuple[str, ...]) -> str:
    tank.pay_items(len(words))
    tank.pay_text(len(separator) * len(words) + sum(map(len, words)))
    return separator.join(words)


def _chars(tank: Tank, text: str) -> tuple[str, ...]:
    tank.pay_items(len(text))
    return tuple(text)


def _from_chars(tank: Tank, chars: tuple[str, ...]) -> str:
    tank.pay_items(len(chars))
    return "".join(chars)


# ── Searching and splitting ───────────────────────────────────────────────────────────────────


def _contains(text: str, part: str) -> bool:
    return part in text


def _find_from(text: str, part: str, start: int) -> int:
    return text.find(part, start)


def _split_n(text: str, separator: str, count: int) -> tuple[str, ...]:
    return tuple(text.split(separator, word(count)))


def _utf8_len(text: str) -> int:
    return len(text.encode())


WHITE_SPACE: Final = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""Unicode's White_Space, which no version has changed since 6.3."""
_WORD_TEXT: Final = re.compile(f"[^{WHITE_SPACE}]+")


def _to_utf8(text: str) -> tuple[int, ...]:
    return tuple(text.encode())


def _from_utf8(octets: tuple[int, ...]) -> Value:
    try:
        return Some(bytes(octets).decode())
    except UnicodeDecodeError:
        return NONE


def _paid_from_utf8(tank: Tank, octets: tuple[int, ...]) -> Value:
    tank.pay_items(len(octets))
    return _from_utf8(octets)


def _trim(text: str) -> str:
    return text.strip(WHITE_SPACE)


def _trim_start(text: str) -> str:
    return text.lstrip(WHITE_SPACE)


def _trim_end(text: str) -> str:
    return text.rstrip(WHITE_SPACE)


def _split_whitespace(text: str) -> tuple[str, ...]:
    return tuple(_WORD_TEXT.findall(text))


def listing(function: Callable[..., list[str]]) -> Function:
    """A method that answers with a list, as a sequence."""
    return lambda *args: tuple(function(*args))


TEXT: Final[dict[str, Meaning]] = {
    "str.len": plain(len),
    "str.at": plain(at),
    "str.at_neg": plain(at_neg),
    "str.char_at": plain(at),
    "str.slice": sized(_slice),
    "str.slice_from": sized(_slice_from),
    "str.slice_to": sized(_slice_to),
    "str.slice_step": sized(_slice_step),
    "str.reverse": sized(_reverse),
    "str.concat": sized(concat),
    "str.repeat": sized(_repeat),
    "str.contains": reading(_contains),
    "str.find": reading(str.find),
    "str.find_from": reading(_find_from),
    "str.rfind": reading(str.rfind),
    "str.index": reading(raising(str.index, ValueError)),
    "str.rindex": reading(raising(str.rindex, ValueError)),
    "str.count": reading(str.count),
    "str.starts_with": reading(str.startswith),
    "str.ends_with": reading(str.endswith),
    "str.replace": sized(_replace),
    "str.replace_n": sized(_replace_n),
    "str.chars": sized(_chars),
    "str.to_chars": sized(_chars),
    "str.from_chars": sized(_from_chars),
    "str.join": sized(_join),
    "str.split": reading(raising(listing(str.split), ValueError)),
    "str.split_n": reading(raising(_split_n, ValueError)),
    "str.utf8_len": reading(_utf8_len),
    "str.to_utf8": reading(_to_utf8),
    "str.from_utf8": sized(_paid_from_utf8),
    "str.trim": reading(_trim),
    "str.trim_start": reading(_trim_start),
    "str.trim_end": reading(_trim_end),
    "str.split_whitespace": reading(_split_whitespace),
}
