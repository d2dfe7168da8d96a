"""Operators on text. `py.` marks what a Python library method means, Unicode tables included."""

from __future__ import annotations

from typing import Final

from autoform.ir.ops.op import INTEGER, OUTSIDE, TARGET, Op
from autoform.ir.types import BOOL, CHAR, FLOAT, INT, MACHINE_INTS, STR, OptionType, SeqType

_INDEX: Final = "IndexError"
_VALUE: Final = "ValueError"
_ONE: Final = (STR,)
_TWO: Final = (STR, STR)
_WORDS: Final = SeqType(STR)
_BYTE: Final = MACHINE_INTS["u8"]
_LO_HI: Final = "negative bounds count from the end, then both are clamped, as in Python."

TEXT_OPS: Final = (
    Op("str.len", _ONE, INT, "Code points."),
    Op("str.at", (STR, INT), STR, "The one-character text at 0 <= i < len.", (_INDEX,)),
    Op(
        "str.at_neg", (STR, INT), STR, "Like `str.at`, a negative i counts from the end.", (_INDEX,)
    ),
    Op("str.char_at", (STR, INT), CHAR, "The character at 0 <= i < len.", (_INDEX,)),
    Op("str.slice", (STR, INT, INT), STR, f"`s[a:b]`: {_LO_HI}"),
    Op("str.slice_from", (STR, INT), STR, f"`s[a:]`: {_LO_HI}"),
    Op("str.slice_to", (STR, INT), STR, f"`s[:b]`: {_LO_HI}"),
    Op(
        "str.slice_step",
        (STR, OptionType(INT), OptionType(INT), INT),
        STR,
        "`s[a:b:c]` with absent bounds as none; step zero raises.",
        (_VALUE,),
    ),
    Op("str.reverse", _ONE, STR, "`s[::-1]`."),
    Op("str.concat", _TWO, STR, "`s + t`."),
    Op("str.repeat", (STR, INT), STR, "`s * n`; empty for n <= 0."),
    Op("str.contains", _TWO, BOOL, "`contains(s, t)`: t is a substring of s (Python `t in s`)."),
    Op("str.find", _TWO, INT, "The first index of t in s, or -1."),
    Op("str.find_from", (STR, STR, INT), INT, "Python `s.find(t, a)`."),
    Op("str.rfind", _TWO, INT, "The last index of t in s, or -1."),
    Op("str.index", _TWO, INT, "The first index of t in s.", (_VALUE,)),
    Op("str.rindex", _TWO, INT, "The last index of t in s.", (_VALUE,)),
    Op("str.count", _TWO, INT, "Non-overlapping occurrences of t in s; len + 1 for empty t."),
    Op("str.starts_with", _TWO, BOOL, "Whether t is a prefix of s."),
    Op("str.ends_with", _TWO, BOOL, "Whether t is a suffix of s."),
    Op("str.replace", (STR, STR, STR), STR, "All non-overlapping occurrences, as in Python."),
    Op("str.replace_n", (STR, STR, STR, INT), STR, "The first n; all for n < 0."),
    Op("str.chars", _ONE, _WORDS, "The one-character texts of s, `list(s)`."),
    Op("str.to_chars", _ONE, SeqType(CHAR), "The characters of s."),
    Op("str.from_chars", (SeqType(CHAR),), STR, "The text of characters."),
    Op("str.join", (STR, _WORDS), STR, "`join(sep, parts)`."),
    Op("str.split", _TWO, _WORDS, "Python `s.split(sep)`; an empty separator raises.", (_VALUE,)),
    Op("str.split_n", (STR, STR, INT), _WORDS, "Python `s.split(sep, n)`.", (_VALUE,)),
    Op("py.split_whitespace", _ONE, _WORDS, "`s.split()`."),
    Op("py.split_lines", _ONE, _WORDS, "`s.splitlines()`."),
    Op("str.utf8_len", _ONE, INT, "Bytes of the UTF-8 form."),
    Op("str.to_utf8", _ONE, SeqType(_BYTE), "The UTF-8 form, Rust `as_bytes`."),
    Op("str.from_utf8", (SeqType(_BYTE),), OptionType(STR), "The text of a UTF-8 form, else none."),
    Op("str.trim", _ONE, STR, "Without Unicode White_Space at both ends, Rust `trim`."),
    Op("str.trim_start", _ONE, STR, "Without White_Space at the start, Rust `trim_start`."),
    Op("str.trim_end", _ONE, STR, "Without White_Space at the end, Rust `trim_end`."),
    Op("str.split_whitespace", _ONE, _WORDS, "Words between White_Space, as in Rust."),
    Op("py.strip", _ONE, STR, "`s.strip()`."),
    Op("py.lstrip", _ONE, STR, "`s.lstrip()`."),
    Op("py.rstrip", _ONE, STR, "`s.rstrip()`."),
    Op("py.strip_chars", _TWO, STR, "`s.strip(chars)`."),
    Op("py.lstrip_chars", _TWO, STR, "`s.lstrip(chars)`."),
    Op("py.rstrip_chars", _TWO, STR, "`s.rstrip(chars)`."),
    Op("py.remove_prefix", _TWO, STR, "`s.removeprefix(t)`."),
    Op("py.remove_suffix", _TWO, STR, "`s.removesuffix(t)`."),
    Op("py.lower", _ONE, STR, "`s.lower()`."),
    Op("py.upper", _ONE, STR, "`s.upper()`."),
    Op("py.swapcase", _ONE, STR, "`s.swapcase()`."),
    Op("py.capitalize", _ONE, STR, "`s.capitalize()`."),
    Op("py.title", _ONE, STR, "`s.title()`."),
    Op("py.casefold", _ONE, STR, "`s.casefold()`."),
    Op("py.isalpha", _ONE, BOOL, "`s.isalpha()`."),
    Op("py.isdigit", _ONE, BOOL, "`s.isdigit()`."),
    Op("py.isdecimal", _ONE, BOOL, "`s.isdecimal()`."),
    Op("py.isnumeric", _ONE, BOOL, "`s.isnumeric()`."),
    Op("py.isalnum", _ONE, BOOL, "`s.isalnum()`."),
    Op("py.isspace", _ONE, BOOL, "`s.isspace()`."),
    Op("py.isupper", _ONE, BOOL, "`s.isupper()`."),
    Op("py.islower", _ONE, BOOL, "`s.islower()`."),
    Op("py.isascii", _ONE, BOOL, "`s.isascii()`."),
    Op("py.isidentifier", _ONE, BOOL, "`s.isidentifier()`."),
    Op("py.istitle", _ONE, BOOL, "`s.istitle()`."),
    Op("py.zfill", (STR, INT), STR, "`s.zfill(n)`."),
    Op(
        "py.ljust",
        (STR, INT, STR),
        STR,
        "`s.ljust(n, fill)`; fill of other length raises.",
        ("TypeError",),
    ),
    Op(
        "py.rjust",
        (STR, INT, STR),
        STR,
        "`s.rjust(n, fill)`; fill of other length raises.",
        ("TypeError",),
    ),
    Op("py.center", (STR, INT, STR), STR, "`s.center(n, fill)`.", ("TypeError",)),
    Op(
        "py.ord",
        _ONE,
        INT,
        "`ord(s)`; a text of another length than one raises.",
        ("TypeError",),
    ),
    Op(
        "py.chr",
        (INT,),
        STR,
        "`chr(n)`; surrogates are outside the subset.",
        (_VALUE, OUTSIDE, "OverflowError"),
    ),
    Op("int.to_str", (INTEGER,), STR, "Decimal text, of up to 4,300 digits."),
    Op("bool.to_str", (BOOL,), STR, "`True` or `False`."),
    Op("py.str_to_int", _ONE, INT, "`int(s)`.", (_VALUE,)),
    Op("py.str_to_int_base", (STR, INT), INT, "`int(s, base)`.", (_VALUE,)),
    Op("py.is_int_text", _ONE, BOOL, "Whether `int(s)` is defined."),
    Op(
        "py.is_int_text_base",
        (STR, INT),
        BOOL,
        "Whether `int(s, base)` is defined; false for a base that Python does not know.",
    ),
    Op("py.is_float_text", _ONE, BOOL, "Whether `float(s)` is defined."),
    Op("str.parse_int", _ONE, OptionType(TARGET), "Rust `s.parse::<iN>().ok()`."),
    Op("py.bin", (INT,), STR, "`bin(n)`."),
    Op("py.oct", (INT,), STR, "`oct(n)`."),
    Op("py.hex", (INT,), STR, "`hex(n)`."),
    Op("py.format_int", (INT, STR), STR, "`format(n, spec)`.", (_VALUE,)),
    Op("py.format_float", (FLOAT, STR), STR, "`format(x, spec)`.", (_VALUE,)),
    Op("py.format_str", (STR, STR), STR, "`format(s, spec)`.", (_VALUE,)),
)
