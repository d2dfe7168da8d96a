"""Lines of the operators on text and characters."""

from __future__ import annotations

from typing import Final

from autoform.backends.dafny.code import Code, Level, atom, call, index, member, relation, size
from autoform.backends.dafny.operators.formats import FORMAT_RULES
from autoform.backends.dafny.operators.rule import (
    Args,
    Rule,
    bounds,
    function,
    operand_type,
    operator,
    widened,
)
from autoform.backends.dafny.unit import Unit, of_class
from autoform.ir.exprs import Apply, IntLit, StrLit
from autoform.ir.types import MachineIntType, OptionType

__all__ = ["TEXT_RULES"]


def _one(code: Code) -> Code:
    """The text of one character."""
    return atom(f"[{code.text}]")


def _at(_unit: Unit, _expr: Apply, args: Args) -> Code:
    return _one(index(args[0], args[1].text))


def _at_neg(unit: Unit, expr: Apply, args: Args) -> Code:
    place = expr.args[1]
    if isinstance(place, IntLit) and place.value >= 0:
        return _one(index(args[0], args[1].text))
    if isinstance(place, IntLit) and args[0].is_simple:
        return _one(index(args[0], f"{size(args[0]).text} - {-place.value}"))
    return _one(call(unit.use("AtNeg"), *args))


def _slice_from(unit: Unit, expr: Apply, args: Args) -> Code:
    if isinstance(expr.args[1], IntLit) and expr.args[1].value == 0:
        return args[0]
    return call(unit.use("SliceFrom"), *args)


def _contains(unit: Unit, expr: Apply, args: Args) -> Code:
    """Membership where one character is looked for."""
    match expr.args[1]:
        case StrLit(value) if len(value) == 1:
            literal, names = unit.dialect.char_literal(value)
            unit.used.update(names)
            return relation("in", atom(literal), args[0])
        case Apply("str.at" | "char.to_str"):
            return relation("in", atom(args[1].text[1:-1]), args[0])
        case _:
            return call(unit.use("Contains"), *args)


def _replace(unit: Unit, _expr: Apply, args: Args) -> Code:
    return call(unit.use("ReplaceText"), *args, *([] if len(args) == 4 else [_MINUS_ONE]))


def _split(unit: Unit, _expr: Apply, args: Args) -> Code:
    return call(unit.use("Split"), *args, *([] if len(args) == 3 else [_MINUS_ONE]))


_MINUS_ONE: Final = Code("-1", Level.UNARY)


def _found(name: str) -> Rule:
    """`s.index(t)`: where it is found, it is there."""
    return lambda unit, _expr, args: call(unit.use(name), *args)


def _int_to_text(unit: Unit, expr: Apply, args: Args) -> Code:
    return call(unit.use("IntToText"), widened(args[0], operand_type(expr)))


def _parsed(unit: Unit, _expr: Apply, args: Args) -> Code:
    base = args[1:] or (atom("10"),)
    return call(unit.use("ParsedInt"), args[0], *base)


def _is_parsed(unit: Unit, _expr: Apply, args: Args) -> Code:
    base = args[1:] or (atom("10"),)
    return member(call(unit.use("ParseInt"), args[0], *base), "Some?")


def _parse_rust(unit: Unit, expr: Apply, args: Args) -> Code:
    type_ = of_class(expr.type, OptionType).item
    if not isinstance(type_, MachineIntType):
        return call(unit.use("ParseRust"), *args, atom("true"))
    found = call(unit.use("ParseWithin"), *args, *bounds(type_))
    spelled = unit.type(type_)
    return Code(
        f"var it' := {found.text}; if it'.Some? then Some(it'.value as {spelled}) else None",
        Level.OPEN,
    )


def _base(prefix: str, base: int) -> Rule:
    def rule(unit: Unit, _expr: Apply, args: Args) -> Code:
        literal, names = unit.dialect.text_literal(prefix)
        unit.used.update(names)
        return call(unit.use("BaseText"), args[0], atom(literal), atom(str(base)))

    return rule


def _to_digit(unit: Unit, expr: Apply, args: Args) -> Code:
    type_ = of_class(expr.type, OptionType).item
    found = call(unit.use("DigitValue"), *args)
    if not isinstance(type_, MachineIntType):
        return found
    spelled = unit.type(type_)
    return Code(
        f"var it' := {found.text}; if it'.Some? then Some(it'.value as {spelled}) else None",
        Level.OPEN,
    )


def _is_ascii(_unit: Unit, _expr: Apply, args: Args) -> Code:
    return Code(f"{args[0].at(Level.UNARY)} as int < 128", Level.RELATION)


_TEXT: Final[dict[str, Rule]] = {
    "str.len": lambda _unit, _expr, args: size(*args),
    "str.at": _at,
    "str.at_neg": _at_neg,
    "str.char_at": lambda _unit, _expr, args: index(args[0], args[1].text),
    "str.slice": function("Slice"),
    "str.slice_from": _slice_from,
    "str.slice_to": function("SliceTo"),
    "str.slice_step": function("SliceStep"),
    "str.reverse": function("Reverse"),
    "str.concat": operator("+", Level.SUM),
    "str.repeat": function("Repeat"),
    "str.contains": _contains,
    "str.find": function("Find"),
    "str.find_from": function("FindAfter"),
    "str.rfind": function("FindLast"),
    "str.index": function("PlaceOf"),
    "str.rindex": function("LastPlaceOf"),
    "str.count": function("CountText"),
    "str.starts_with": lambda _unit, _expr, args: relation("<=", args[1], args[0]),
    "str.ends_with": function("EndsWith"),
    "str.replace": _replace,
    "str.replace_n": _replace,
    "str.chars": function("Letters"),
    "str.to_chars": lambda _unit, _expr, args: args[0],
    "str.from_chars": lambda _unit, _expr, args: args[0],
    "str.join": function("Join"),
    "str.split": _split,
    "str.split_n": _split,
    "py.split_whitespace": function("Words"),
    "py.split_lines": function("Lines"),
    "str.utf8_len": function("Utf8Length"),
    "py.strip": function("Trim"),
    "py.lstrip": function("TrimLeft"),
    "py.rstrip": function("TrimRight"),
    "py.strip_chars": function("TrimChars"),
    "py.lstrip_chars": function("TrimLeftChars"),
    "py.rstrip_chars": function("TrimRightChars"),
    "py.remove_prefix": function("RemovePrefix"),
    "py.remove_suffix": function("RemoveSuffix"),
    "py.lower": function("Lower"),
    "py.upper": function("Upper"),
    "py.swapcase": function("Swapcase"),
    "py.capitalize": function("Capitalize"),
    "py.title": function("Title"),
    "py.casefold": function("Casefold"),
    "py.isalpha": function("IsAlphaText"),
    "py.isdigit": function("IsDigitText"),
    "py.isdecimal": function("IsDecimalText"),
    "py.isnumeric": function("IsNumericText"),
    "py.isalnum": function("IsAlnumText"),
    "py.isspace": function("IsSpaceText"),
    "py.isupper": function("IsUpperText"),
    "py.islower": function("IsLowerText"),
    "py.isascii": function("IsAscii"),
    "py.isidentifier": function("IsIdentifier"),
    "py.istitle": function("IsTitleText"),
    "py.zfill": function("ZeroFill"),
    "py.ljust": function("PadRight"),
    "py.rjust": function("PadLeft"),
    "py.center": function("PadBoth"),
    "py.ord": function("OrdText"),
    "py.chr": function("ChrText"),
    "int.to_str": _int_to_text,
    "bool.to_str": function("BoolToText"),
    "py.str_to_int": _parsed,
    "py.str_to_int_base": _parsed,
    "py.is_int_text": _is_parsed,
    "py.is_int_text_base": _is_parsed,
    "str.parse_int": _parse_rust,
    "py.bin": _base("0b", 2),
    "py.oct": _base("0o", 8),
    "py.hex": _base("0x", 16),
}

_CHARACTERS: Final[dict[str, Rule]] = {
    "char.to_str": lambda _unit, _expr, args: _one(args[0]),
    "char.is_alphabetic": function("IsAlphabetic"),
    "char.is_numeric": function("IsNumeric"),
    "char.is_alphanumeric": function("IsAlphanumeric"),
    "char.is_whitespace": function("IsWhiteSpace"),
    "char.is_uppercase": function("IsUppercase"),
    "char.is_lowercase": function("IsLowercase"),
    "char.is_ascii": _is_ascii,
    "char.is_ascii_alphabetic": function("IsAsciiLetter"),
    "char.is_ascii_digit": function("IsAsciiDigit"),
    "char.is_ascii_alphanumeric": function("IsAsciiAlphanumeric"),
    "char.is_ascii_uppercase": function("IsAsciiUpper"),
    "char.is_ascii_lowercase": function("IsAsciiLower"),
    "char.is_ascii_punctuation": function("IsAsciiPunctuation"),
    "char.is_ascii_whitespace": function("IsAsciiSpace"),
    "char.to_ascii_uppercase": function("ToAsciiUpper"),
    "char.to_ascii_lowercase": function("ToAsciiLower"),
    "char.to_digit": _to_digit,
    "char.to_uppercase": function("ToUppercase"),
    "char.to_lowercase": function("ToLowercase"),
}

TEXT_RULES: Final[dict[str, Rule]] = {**_TEXT, **_CHARACTERS, **FORMAT_RULES}
