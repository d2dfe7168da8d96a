"""Numbers as decimal texts and back, and what kind of character one is.

Of texts of one character all is known as far as ASCII goes; what Unicode says of the others is left
open, the same for the same character. Of longer texts it is known which questions are answered
character by character, and of a numeral what it looks like.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, TypeAlias, cast

from autoform.ir import exprs as ir
from autoform.ir.types import BOOL, INT, STR, Type
from autoform.vc.smt.binding import z3
from autoform.vc.smt.encoder import Encoder
from autoform.vc.smt.operators.characters import code_of
from autoform.vc.smt.operators.table import Encode
from autoform.vc.smt.scope import Scope, Term
from autoform.vc.smt.sequences import Sequences, forall

__all__ = ["KINDS", "NUMERALS"]

KINDS: Final[dict[str, tuple[str, ...]]] = {
    "isdigit": ("09",),
    "isdecimal": ("09",),
    "isnumeric": ("09",),
    "isalpha": ("az", "AZ"),
    "isalnum": ("09", "az", "AZ"),
    "isspace": ("\t\r", "\x1c\x20"),
    "isupper": ("AZ",),
    "islower": ("az",),
}
"""The ASCII characters of which Python's methods are true, as ranges by their ends."""

_CASES: Final = frozenset({"isupper", "islower"})
"""Methods that ask of a longer text something else than of each of its characters."""

_Code: TypeAlias = z3.ArithRef
_Known: TypeAlias = Callable[[_Code], Term]
_ASCII: Final = 128
_ZERO: Final = ord("0")
_NINE: Final = ord("9")
_MINUS: Final = ord("-")


def _in_ranges(*ranges: str) -> _Known:
    """Whether a code is in one of the ranges, each written by its ends."""

    def known(code: _Code) -> Term:
        return z3.Or([z3.And(code >= ord(ends[0]), code <= ord(ends[-1])) for ends in ranges])

    return known


def _digit(code: _Code) -> z3.BoolRef:
    return z3.And(code >= _ZERO, code <= _NINE)


def _of_character(encoder: Encoder, op: str, type_: Type, known: _Known, code: _Code) -> Term:
    """What is asked of a character: known in ASCII, open beyond, but for the value of a digit."""
    beyond = encoder.opaque(f"{op} of a character", [code], type_)
    if type_ == INT:
        number = cast("z3.ArithRef", beyond)
        beyond = z3.If(z3.And(number >= 0, number <= 9), number, z3.IntVal(0))
    return z3.If(code < _ASCII, known(code), beyond)


def _asked(
    op: str,
    type_: Type,
    known: _Known,
    axioms: _Axioms | None = None,
    of_character: str | None = None,
) -> Encode:
    """A question about a text, of which one character is a special case.

    `of_character` names the same question about a character where it has another name.
    """
    single = of_character or op

    def encode(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
        text = encoder.term(expr.args[0], scope)
        code = code_of(encoder, text)
        if code is not None:
            return _of_character(encoder, single, type_, known, cast("_Code", code))
        theory = encoder.sequences(STR)

        def facts(f: z3.FuncDeclRef) -> Iterable[z3.BoolRef]:
            s = z3.Const("s", theory.sort)
            first = cast("_Code", theory.at(s, z3.IntVal(0)))
            here = _of_character(encoder, single, type_, known, first)
            yield forall([s], z3.Implies(theory.len(s) == 1, f(s) == here), f(s))
            if axioms is not None:
                yield from axioms(encoder, theory, f)

        sort = encoder.universe.sort(type_)
        symbol = encoder.universe.function(f"asked {op}", [theory.sort], sort, facts)
        return cast("Term", symbol(text))

    return encode


_Axioms: TypeAlias = Callable[[Encoder, Sequences, z3.FuncDeclRef], Iterable[z3.BoolRef]]


def _each(op: str, *ranges: str) -> Encode:
    """True of the texts that are not empty and of whose characters each is of the kind."""
    known = _in_ranges(*ranges)

    def axioms(encoder: Encoder, theory: Sequences, f: z3.FuncDeclRef) -> Iterable[z3.BoolRef]:
        s, i = z3.Const("s", theory.sort), z3.Int("i")
        at = cast("_Code", theory.at(s, i))
        here = cast("z3.BoolRef", _of_character(encoder, op, BOOL, known, at))
        both = z3.MultiPattern(f(s), at)
        yield forall([s], z3.Implies(f(s), theory.len(s) > 0), f(s))
        yield forall([s, i], z3.Implies(z3.And(f(s), theory.in_bounds(s, i)), here), both)
        other = encoder.universe.function(f"other than {op}", [theory.sort], z3.IntSort())(s)
        unlike = _of_character(encoder, op, BOOL, known, cast("_Code", theory.at(s, other)))
        found = z3.And(theory.in_bounds(s, other), z3.Not(unlike))
        yield forall([s], z3.Or(f(s), theory.len(s) == 0, found), f(s))

    return _asked(op, BOOL, known, axioms)


# ── Numerals ──────────────────────────────────────────────────────────────────────────────────


def _numeral(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    return cast("Term", _numerals(encoder)(encoder.term(expr.args[0], scope)))


def _numerals(encoder: Encoder) -> z3.FuncDeclRef:
    """The decimal text of each number."""
    theory = encoder.sequences(STR)

    def axioms(f: z3.FuncDeclRef) -> Iterable[z3.BoolRef]:
        n, i = z3.Ints("n i")
        text = f(n)
        size = theory.len(text)
        first = cast("_Code", theory.at(text, z3.IntVal(0)))
        at = cast("_Code", theory.at(text, i))
        is_sign = z3.And(n < 0, i == 0)
        yield forall([n], z3.And(size >= 1, z3.Implies(n < 0, size >= 2)), text)
        yield forall([n], z3.Implies(z3.And(n >= 0, n <= 9), first == _ZERO + n), text)
        yield forall([n], z3.Implies(n >= 0, (size == 1) == (n <= 9)), text)
        yield forall([n], z3.Implies(n < 0, first == _MINUS), text)
        yield forall([n], z3.Implies(n > 0, first != _ZERO), text)
        inside = theory.in_bounds(text, i)
        shown = z3.If(is_sign, at == _MINUS, _digit(at))
        yield forall([n, i], z3.Implies(inside, shown), at)

    return encoder.universe.function("numeral", [z3.IntSort()], theory.sort, axioms)


def _of_numeral(wanted: Callable[[z3.ArithRef], Term]) -> _Axioms:
    """What is known of the text of a number."""

    def axioms(encoder: Encoder, _theory: Sequences, f: z3.FuncDeclRef) -> Iterable[z3.BoolRef]:
        n = z3.Int("n")
        text = _numerals(encoder)(n)
        yield forall([n], f(text) == wanted(n), f(text))

    return axioms


NUMERALS: Final[dict[str, Encode]] = {
    "int.to_str": _numeral,
    "py.str_to_int": _asked(
        "py.str_to_int", INT, lambda code: code - _ZERO, _of_numeral(lambda n: n)
    ),
    "py.is_int_text": _asked(
        "py.is_int_text",
        BOOL,
        _digit,
        _of_numeral(lambda _: z3.BoolVal(True)),  # noqa: FBT003 - z3's constant
        of_character="py.isdecimal",
    ),
    **{
        f"py.{name}": (
            _asked(f"py.{name}", BOOL, _in_ranges(*ranges))
            if name in _CASES
            else _each(f"py.{name}", *ranges)
        )
        for name, ranges in KINDS.items()
    },
}
