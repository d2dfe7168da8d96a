"""Python's string methods, conversions and formatting, by the running Python and its Unicode.

Python refuses to read or write decimal numbers of more than 4,300 digits, to protect its users
from slow conversions. Reading one raises `ValueError`; writing one, which no row says to raise, is
outside the subset.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from autoform.semantics.failure import EvaluationFailed, Tank, outside
from autoform.semantics.meaning import Meaning, plain, raising, sized
from autoform.semantics.ops.text import listing, reading, word
from autoform.semantics.values import Value

DIGIT_LIMIT: Final = 4300
_LIMIT: Final = 10**DIGIT_LIMIT
_LEAST: Final = -_LIMIT
_LIMIT_BITS: Final = _LIMIT.bit_length()
_SURROGATES: Final = range(0xD800, 0xE000)
_LARGEST_BASE: Final = 36


# ── Integers and text ─────────────────────────────────────────────────────────────────────────


def int_to_str(number: int) -> str:
    """Decimal text."""
    _refuse_long(number)
    return str(number)


def _refuse_long(number: int) -> None:
    if number.bit_length() >= _LIMIT_BITS and not _LEAST < number < _LIMIT:
        raise outside(f"an integer of more than {DIGIT_LIMIT} digits as decimal text")


def _read_int(text: str, base: int = 10) -> int | None:
    """Python's `int`, with its own limit on digits; None where it raises."""
    if not (base == 0 or 2 <= base <= _LARGEST_BASE):
        return None
    try:
        return int(text, base)
    except ValueError:
        return None


def _str_to_int(tank: Tank, text: str, base: int = 10) -> int:
    tank.pay_product(len(text), len(text))
    number = _read_int(text, base)
    if number is None:
        raise EvaluationFailed("ValueError", f"int() of {text[:50]!r} in base {base}")
    return number


def _is_int_text(tank: Tank, text: str, base: int = 10) -> bool:
    tank.pay_product(len(text), len(text))
    return _read_int(text, base) is not None


def _is_float_text(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _chr(code: int) -> str:
    if code in _SURROGATES:
        raise outside("a surrogate is not a character of the IR")
    try:
        return chr(code)
    except (ValueError, OverflowError) as error:
        raise EvaluationFailed(type(error).__name__, str(error)) from None


def _ord(text: str) -> int:
    if len(text) != 1:
        raise EvaluationFailed("TypeError", f"ord() of a text of length {len(text)}")
    return ord(text)


def _in_base(write: Callable[[int], str]) -> Meaning:
    def run(tank: Tank, number: int) -> str:
        tank.pay_text(number.bit_length())
        return write(number)

    return sized(run)


# ── Padding ───────────────────────────────────────────────────────────────────────────────────


def _padded(pad: Callable[[str, int, str], str]) -> Meaning:
    def run(tank: Tank, text: str, width: int, fill: str) -> str:
        if len(fill) != 1:
            raise EvaluationFailed("TypeError", "the fill character must be exactly one long")
        tank.pay_text(max(width, len(text)))
        return pad(text, word(width), fill)

    return sized(run)


def _zfill(tank: Tank, text: str, width: int) -> str:
    tank.pay_text(max(width, len(text)))
    return text.zfill(word(width))


# ── Formatting ────────────────────────────────────────────────────────────────────────────────


def _formatted(check: Callable[[Value, str], None]) -> Meaning:
    def run(tank: Tank, value: Value, spec: str) -> str:
        tank.pay_text(len(spec) + sum(map(_read_number, re.findall(r"\d+", spec))))
        check(value, spec)
        try:
            text = format(value, spec)
        except ValueError as error:
            raise EvaluationFailed("ValueError", str(error)) from None
        except OverflowError as error:
            raise outside(f"format() raises OverflowError: {error}") from None
        tank.pay_text(len(text))
        return text

    return sized(run)


def _read_number(digits: str) -> int:
    return int(digits[:20])


def _check_number(value: Value, spec: str) -> None:
    if spec.endswith("n"):
        raise outside("a number in the format of the user's country")
    if isinstance(value, int):
        _check_integer(value, spec)


def _check_integer(number: int, spec: str) -> None:
    if spec.endswith("c") and number in _SURROGATES:
        raise outside("a surrogate is not a character of the IR")
    if not spec.endswith(("b", "o", "x", "X")):
        _refuse_long(number)


def _check_nothing(_value: Value, _spec: str) -> None:
    pass


PYTHON_TEXT: Final[dict[str, Meaning]] = {
    "py.split_whitespace": reading(listing(str.split)),
    "py.split_lines": reading(listing(str.splitlines)),
    "py.strip": reading(str.strip),
    "py.lstrip": reading(str.lstrip),
    "py.rstrip": reading(str.rstrip),
    "py.strip_chars": reading(str.strip),
    "py.lstrip_chars": reading(str.lstrip),
    "py.rstrip_chars": reading(str.rstrip),
    "py.remove_prefix": reading(str.removeprefix),
    "py.remove_suffix": reading(str.removesuffix),
    "py.lower": reading(str.lower),
    "py.upper": reading(str.upper),
    "py.swapcase": reading(str.swapcase),
    "py.capitalize": reading(str.capitalize),
    "py.title": reading(str.title),
    "py.casefold": reading(str.casefold),
    "py.isalpha": reading(str.isalpha),
    "py.isdigit": reading(str.isdigit),
    "py.isdecimal": reading(str.isdecimal),
    "py.isnumeric": reading(str.isnumeric),
    "py.isalnum": reading(str.isalnum),
    "py.isspace": reading(str.isspace),
    "py.isupper": reading(str.isupper),
    "py.islower": reading(str.islower),
    "py.isascii": reading(str.isascii),
    "py.isidentifier": reading(str.isidentifier),
    "py.istitle": reading(str.istitle),
    "py.zfill": sized(_zfill),
    "py.ljust": _padded(str.ljust),
    "py.rjust": _padded(str.rjust),
    "py.center": _padded(str.center),
    "py.ord": plain(_ord),
    "py.chr": plain(_chr),
    "int.to_str": plain(int_to_str),
    "py.str_to_int": sized(_str_to_int),
    "py.str_to_int_base": sized(_str_to_int),
    "py.is_int_text": sized(_is_int_text),
    "py.is_int_text_base": sized(_is_int_text),
    "py.is_float_text": reading(_is_float_text),
    "py.bin": _in_base(bin),
    "py.oct": _in_base(oct),
    "py.hex": _in_base(hex),
    "py.float_to_str": plain(str),
    "py.str_to_float": reading(raising(float, ValueError)),
    "py.format_int": _formatted(_check_number),
    "py.format_float": _formatted(_check_number),
    "py.format_str": _formatted(_check_nothing),
}
