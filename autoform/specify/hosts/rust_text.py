"""Texts of Rust with what one must know to put them together: binding, type, references."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from autoform.ir.types import (
    BoolType,
    CharType,
    MachineIntType,
    OptionType,
    SeqType,
    StrType,
    TupleType,
    Type,
)
from autoform.specify.hosts.unprintable import Unprintable


class Level(IntEnum):
    """How tightly a Rust expression binds, loosest first."""

    CONDITIONAL = 0
    OR = 1
    AND = 2
    COMPARISON = 3
    BIT_OR = 4
    BIT_XOR = 5
    BIT_AND = 6
    SUM = 7
    PRODUCT = 8
    CAST = 9
    UNARY = 10
    ATOM = 11


@dataclass(frozen=True, slots=True)
class Piece:
    """An expression that has a type of its own, behind so many references."""

    text: str
    level: Level
    type: Type
    refs: int = 0

    @property
    def value(self) -> tuple[str, Level]:
        """What the references lead to."""
        if not self.refs:
            return self.text, self.level
        return "*" * self.refs + self.at(Level.UNARY), Level.UNARY

    def at(self, level: Level) -> str:
        """The text, in parentheses where it binds less tightly than asked."""
        return self.text if self.level >= level else f"({self.text})"


def is_copy(type_: Type) -> bool:
    """Whether values of the type are copied, so that closures may take them by `|&x|`."""
    match type_:
        case MachineIntType() | BoolType() | CharType():
            return True
        case TupleType(items):
            return all(map(is_copy, items))
        case OptionType(item):
            return is_copy(item)
        case _:
            return False


def pattern(name: str, type_: Type, refs: int) -> tuple[str, int]:
    """A closure's parameter for a value behind references, and how many are left of them."""
    return ("&" * refs + name, 0) if is_copy(type_) else (name, refs)


def rust_type(type_: Type) -> str:
    """The type as Rust spells it. Raises `Unprintable`."""
    match type_:
        case MachineIntType():
            return type_.name
        case BoolType():
            return "bool"
        case CharType():
            return "char"
        case StrType():
            return "String"
        case SeqType(element):
            return f"Vec<{rust_type(element)}>"
        case OptionType(item):
            return f"Option<{rust_type(item)}>"
        case TupleType(items):
            comma = "," if len(items) == 1 else ""
            return f"({', '.join(map(rust_type, items))}{comma})"
        case _:
            raise Unprintable(f"the type {type_}")


def shown_text(value: str) -> str:
    """A text in quotes. Raises `Unprintable`."""
    return _quoted(value, '"')


def shown_char(value: str) -> str:
    """A character in quotes. Raises `Unprintable`."""
    return _quoted(value, "'")


def _quoted(value: str, quote: str) -> str:
    if not value.isprintable():
        raise Unprintable("a text that does not print")
    plain = value.replace("\\", "\\\\").replace(quote, "\\" + quote)
    return quote + plain + quote
