"""Rust's own types of parameters and results: what tells a slice from a vector.

A `Seq<i32>` may be a `&[i32]`, a `Vec<i32>` or a `[i32; 3]` in the source. The text of the type,
kept on parameters and results as their host type, says which.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from autoform.ir.types import (
    CharType,
    MapType,
    OptionType,
    ResultType,
    SeqType,
    SetType,
    StrType,
    TupleType,
    Type,
    parts,
)

__all__ = ["UNKNOWN", "Host", "host_of", "named_types", "parse_host", "without_lifetimes"]


@dataclass(frozen=True, slots=True)
class Host:
    """`name<args>`; `&`, `&mut`, `[]` and `()` are names, too. Empty where nothing is known."""

    name: str
    args: tuple[Host, ...] = ()

    def arg(self, position: int) -> Host:
        """The argument at a position, unknown when there is none."""
        return self.args[position] if position < len(self.args) else UNKNOWN


UNKNOWN: Final = Host("")

_TOKEN: Final = re.compile(r"'\w+|[A-Za-z_]\w*|\d\w*|::|->|[&<>()\[\],;=]")
_POINTERS: Final = frozenset({"&", "&mut", "Box"})
_SKIPPED: Final = frozenset({"dyn", "impl"})


def parse_host(text: str) -> Host:
    """Read a type; whatever is not understood is unknown.

    >>> parse_host("&'a mut Vec<(u8, String)>").arg(0).arg(0).name
    '()'
    """
    parser = _Parser(_TOKEN.findall(text))
    try:
        return parser.type()
    except IndexError:
        return UNKNOWN


def host_of(text: str, type_: Type) -> Host:
    """The host type of that text, its gaps filled with what owns values of the IR type.

    >>> from autoform.ir.types import INT
    >>> host_of("", SeqType(TupleType((INT, INT)))).arg(0).name
    '()'
    """
    return _filled(parse_host(text), type_)


_OWNERS: Final[Mapping[type[Type], str]] = {
    CharType: "char",
    StrType: "String",
    SeqType: "Vec",
    SetType: "BTreeSet",
    MapType: "BTreeMap",
    OptionType: "Option",
    ResultType: "Result",
    TupleType: "()",
}


def _filled(host: Host, type_: Type) -> Host:
    if host.name in _POINTERS:
        return Host(host.name, (_filled(host.arg(0), type_),))
    inner = parts(type_)
    args = tuple(_filled(host.arg(place), part) for place, part in enumerate(inner))
    if isinstance(type_, TupleType) or not host.name:
        return Host(_OWNERS.get(type(type_), host.name), args)
    return Host(host.name, args if inner else host.args)


def without_lifetimes(text: str) -> str:
    """The type as one may write it where its lifetimes have no names."""
    return re.sub(r"'(?!static\b)[A-Za-z_]\w*", "'_", text)


def named_types(text: str) -> frozenset[str]:
    """The names in a type: those of parameters may be among them."""
    return frozenset(re.findall(r"(?<!')\b[A-Za-z_]\w*", text))


class _Parser:
    """Recursive descent over the tokens of a type."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def next(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1]

    def take(self, *wanted: str) -> bool:
        if self.peek() in wanted:
            self.at += 1
            return True
        return False

    def type(self) -> Host:
        while self.peek() in _SKIPPED or self.peek().startswith("'"):
            self.next()
        match self.next():
            case "&":
                if self.peek().startswith("'"):
                    self.next()
                name = "&mut" if self.take("mut") else "&"
                return Host(name, (self.type(),))
            case "[":
                element = self.type()
                is_array = self.take(";")
                while self.next() != "]":
                    pass
                return Host("array" if is_array else "[]", (element,))
            case "(":
                return Host("()", self.until(")"))
            case name if name[0].isalpha() or name[0] == "_":
                return self.path(name)
            case _:
                raise IndexError

    def path(self, name: str) -> Host:
        args: tuple[Host, ...] = ()
        while True:
            if self.take("::"):
                if self.peek() != "<":
                    name, args = self.next(), ()
            elif self.take("<"):
                args = self.until(">")
            else:
                return Host(name, args)

    def until(self, end: str) -> tuple[Host, ...]:
        found: list[Host] = []
        while not self.take(end):
            if self.take(","):
                continue
            if self.peek().startswith("'"):
                self.next()
                continue
            found.append(self.type())
            if self.take("="):
                found[-1] = self.type()
        return tuple(found)
