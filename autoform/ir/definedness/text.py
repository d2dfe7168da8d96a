"""Conditions of the operators on text.

Whether a text denotes a number is asked of a total operator (`py.is_int_text`). Whether a format
specification suits is decided here for the literal ones of the common forms, and no other.
"""

from __future__ import annotations

import re
from typing import Final

from autoform.ir.build import compare, integer
from autoform.ir.definedness.rule import INDEX, TYPE, VALUE, Conditions, Rule, between, nonzero
from autoform.ir.exprs import FALSE, TRUE, Apply, Expr, StrLit
from autoform.ir.ops import apply

_ALIGN: Final = r"(?:[^{}]?[<>^])?"
_NUMBER: Final = r"(?:[^{}]?[<>=^])?[-+ ]?#?0?\d{0,3}"
_INT_SPEC: Final = re.compile(rf"{_NUMBER}(?:,d?|_[bdoxX]?|[bdoxX]?)", re.DOTALL)
_FLOAT_SPEC: Final = re.compile(rf"{_NUMBER}[,_]?(?:\.\d{{1,3}})?[eEfFgG%]?", re.DOTALL)
_STR_SPEC: Final = re.compile(rf"{_ALIGN}(?:[1-9]\d{{0,2}})?(?:\.\d{{1,3}})?s?", re.DOTALL)


def _index(application: Apply) -> Conditions:
    text, index = application.args
    yield INDEX, between(integer(0), index, apply("str.len", text))


def _signed_index(application: Apply) -> Conditions:
    text, index = application.args
    length = apply("str.len", text)
    yield INDEX, between(apply("neg", length), index, length)


def _substring(application: Apply) -> Conditions:
    yield VALUE, apply("str.contains", *application.args)


def _separator(application: Apply) -> Conditions:
    yield VALUE, apply("ne", application.args[1], StrLit(""))


def _single(position: int) -> Rule:
    def rule(application: Apply) -> Conditions:
        length = apply("str.len", application.args[position])
        yield TYPE, compare("eq", length, integer(1))

    return rule


def _denotes(predicate: str) -> Rule:
    def rule(application: Apply) -> Conditions:
        yield VALUE, apply(predicate, *application.args)

    return rule


def _format(pattern: re.Pattern[str]) -> Rule:
    def rule(application: Apply) -> Conditions:
        yield VALUE, TRUE if _is_known(application.args[1], pattern) else FALSE

    return rule


def _is_known(spec: Expr, pattern: re.Pattern[str]) -> bool:
    return isinstance(spec, StrLit) and pattern.fullmatch(spec.value) is not None


TEXT_RULES: Final[dict[str, Rule]] = {
    "str.at": _index,
    "str.at_neg": _signed_index,
    "str.char_at": _index,
    "str.slice_step": nonzero(3, VALUE),
    "str.index": _substring,
    "str.rindex": _substring,
    "str.split": _separator,
    "str.split_n": _separator,
    "py.ljust": _single(2),
    "py.rjust": _single(2),
    "py.center": _single(2),
    "py.ord": _single(0),
    "py.str_to_int": _denotes("py.is_int_text"),
    "py.str_to_int_base": _denotes("py.is_int_text_base"),
    "py.str_to_float": _denotes("py.is_float_text"),
    "py.format_int": _format(_INT_SPEC),
    "py.format_float": _format(_FLOAT_SPEC),
    "py.format_str": _format(_STR_SPEC),
}
