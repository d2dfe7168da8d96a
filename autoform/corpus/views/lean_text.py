"""Lean as autoform prints it: the head of a function, and values of Python as Lean writes them."""

from __future__ import annotations

import ast
from typing import Final, TypedDict

__all__ = ["LeanParameter", "LeanSignature", "lean_signature", "lean_value", "namespace"]

_PRINTABLE: Final = frozenset(map(chr, range(32, 127))) - {'"', "\\"}


class LeanParameter(TypedDict):
    """A parameter with its type."""

    param_name: str
    param_type: str


class LeanSignature(TypedDict):
    """A function with what it takes and what it gives."""

    name: str
    parameters: list[LeanParameter]
    return_type: str


def lean_signature(text: str, name: str) -> LeanSignature | None:
    """The head of the function in a Lean file: its name, its parameters and its result.

    >>> lean_signature("def f (n : Int) (xs : List Int) : Except Err Int := do", "f")["return_type"]
    'Except Err Int'
    """
    for line in text.split("\n"):
        words = line.partition(":=")[0].split()
        if line.startswith("def ") and words[1].strip("«»") == name:
            return _signature(name, line[4:].partition(":=")[0].strip()[len(words[1]) :].strip())
    return None


def _signature(name: str, rest: str) -> LeanSignature:
    parameters: list[LeanParameter] = []
    while rest.startswith("("):
        end = _closing(rest)
        names, _, type_ = rest[1:end].partition(" : ")
        parameters += [{"param_name": each, "param_type": type_} for each in names.split()]
        rest = rest[end + 1 :].strip()
    return {"name": name, "parameters": parameters, "return_type": rest.removeprefix(":").strip()}


def _closing(text: str) -> int:
    """The place of the parenthesis that closes the first one."""
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return place
    return len(text)


def namespace(text: str) -> str:
    """The namespace that a printed file opens."""
    lines = (line.split() for line in text.split("\n"))
    return next((words[1] for words in lines if words[:1] == ["namespace"]), "")


def lean_value(literal: str, type_: str) -> str | None:
    """A literal of Python as a term of a Lean type; None for what is not surely one.

    >>> lean_value("[(1, True), (-2, False)]", "List (Int × Bool)")
    '[(1, true), (-2, false)]'
    >>> lean_value("None", "Except Err (Option Int)")
    'Except.ok none'
    """
    try:
        value = ast.literal_eval(literal)
        return _written(value, type_.replace("(", " ( ").replace(")", " ) ").split())
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None


def _written(value: object, type_: list[str]) -> str:
    """The value as a term of a type, given by its words; what does not fit is a `ValueError`."""
    factors = _factors(type_)
    if len(factors) > 1:
        if not isinstance(value, tuple):
            raise ValueError(value)
        return f"({', '.join(_written(*each) for each in zip(value, factors, strict=True))})"
    match type_, value:
        case ["(", *inner, ")"], _:
            return _written(value, inner)
        case ["Int"], int() if not isinstance(value, bool):
            return str(value)
        case ["Bool"], bool():
            return str(value).lower()
        case ["List", "Char"], str() if _PRINTABLE.issuperset(value):
            return f'"{value}".toList'
        case ["List", *inner], list():
            return f"[{', '.join(_written(each, inner) for each in value)}]"
        case ["Option", *_], None:
            return "none"
        case ["Option", *inner], _:
            return f"some {_argument(_written(value, inner))}"
        case ["Except", "Err", *inner], _:
            return f"Except.ok {_argument(_written(value, inner))}"
        case _:
            raise ValueError(type_, value)


def _factors(type_: list[str]) -> list[list[str]]:
    """The types that a product is of."""
    parts: list[list[str]] = [[]]
    depth = 0
    for word in type_:
        depth += (word == "(") - (word == ")")
        if word == "×" and not depth:
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def _argument(term: str) -> str:
    """The term as an argument of a function."""
    return term if term.isalnum() or term[0] in "[(" else f"({term})"
