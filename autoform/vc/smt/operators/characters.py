"""Characters and the texts they make: codes are integers, a text is a sequence of codes.

A text of one character is known by its code, so that Python's one-character texts and Rust's
characters are compared alike: `"a" <= letter` is `97 <= code`.
"""

from __future__ import annotations

from typing import Final, TypeAlias, cast

from autoform.ir import exprs as ir
from autoform.ir.types import CHAR, STR, SeqType
from autoform.vc.smt.binding import z3
from autoform.vc.smt.encoder import Encoder
from autoform.vc.smt.operators.table import Encode, plain
from autoform.vc.smt.scope import Scope, Term
from autoform.vc.smt.sequences import CHARS, forall

__all__ = ["CHARACTERS", "code_of", "codes_of"]

_STR: Final = "Str"
_Code: TypeAlias = z3.ArithRef


def code_of(encoder: Encoder, text: Term) -> Term | None:
    """The code of a term that is plainly a text of one character."""
    theory = encoder.sequences(STR)
    if text.num_args() == 2 and text.decl().name().startswith("at:"):
        row, place = text.arg(0), text.arg(1)
        if row.num_args() == 1 and row.decl().name() == CHARS:
            return cast("Term", theory.at(row.arg(0), cast("_Code", place)))
    return theory.only(text) if text.sort() == theory.sort else None


def codes_of(encoder: Encoder, left: Term, right: Term) -> tuple[Term, Term] | None:
    """The codes of two terms that are both plainly texts of one character."""
    if left.sort().name() != _STR or right.sort().name() != _STR:
        return None
    first, second = code_of(encoder, left), code_of(encoder, right)
    return None if first is None or second is None else (first, second)


def _to_chars(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    text, row = encoder.sequences(STR), encoder.sequences(expr.type)

    def axioms(f: z3.FuncDeclRef) -> list[z3.BoolRef]:
        s, i = z3.Const("s", text.sort), z3.Int("i")
        same = row.at(f(s), i) == text.at(s, i)
        return [
            forall([s], row.len(f(s)) == text.len(s), f(s)),
            forall([s, i], z3.Implies(text.in_bounds(s, i), same), row.at(f(s), i)),
        ]

    symbol = encoder.universe.function("to_chars", [text.sort], row.sort, axioms)
    return cast("Term", symbol(encoder.term(expr.args[0], scope)))


def _from_chars(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    text, row = encoder.sequences(STR), encoder.sequences(SeqType(CHAR))

    def axioms(f: z3.FuncDeclRef) -> list[z3.BoolRef]:
        s, v, i = z3.Const("s", row.sort), z3.Const("v", row.element), z3.Int("i")
        same = text.at(f(s), i) == row.at(s, i)
        longer = f(row.append(s, v))
        return [
            forall([s], text.len(f(s)) == row.len(s), f(s)),
            forall([s, i], z3.Implies(row.in_bounds(s, i), same), text.at(f(s), i)),
            forall([s, v], longer == text.append(f(s), v), longer),
            f(row.empty()) == text.empty(),
        ]

    symbol = encoder.universe.function("from_chars", [row.sort], text.sort, axioms)
    return cast("Term", symbol(encoder.term(expr.args[0], scope)))


def _of_code(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    return encoder.sequences(STR).literal([encoder.term(expr.args[0], scope)])


def _ord(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    text = encoder.term(expr.args[0], scope)
    code = code_of(encoder, text)
    return encoder.sequences(STR).at(text, z3.IntVal(0)) if code is None else code


def _among(*ranges: str) -> Encode:
    """Whether a code is in one of the ranges, each written by its ends."""

    def build(code: _Code) -> z3.BoolRef:
        parts = [z3.And(code >= ord(ends[0]), code <= ord(ends[1])) for ends in ranges]
        return z3.Or(parts)

    return plain(build)


def _moved(ends: str, by: int) -> Encode:
    def build(code: _Code) -> Term:
        inside = z3.And(code >= ord(ends[0]), code <= ord(ends[1]))
        return z3.If(inside, code + by, code)

    return plain(build)


def _to_digit(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    code, radix = encoder.terms(expr.args, scope)
    value: _Code = z3.IntVal(-1)
    starts: list[tuple[str, int]] = [("09", 0), ("az", 10), ("AZ", 10)]
    for ends, start in starts:
        inside = z3.And(code >= ord(ends[0]), code <= ord(ends[1]))
        value = z3.If(inside, code - ord(ends[0]) + start, value)
    is_digit = z3.And(value >= 0, value < radix)
    some, none = encoder.construct(expr.type, 1, [value]), encoder.construct(expr.type, 0, [])
    return z3.If(is_digit, some, none)


CHARACTERS: Final[dict[str, Encode]] = {
    "char.code": plain(lambda a: a),
    "char.from_code": plain(lambda a: a),
    "char.to_str": _of_code,
    "char.is_ascii": plain(lambda a: a < 128),
    "char.is_ascii_digit": _among("09"),
    "char.is_ascii_lowercase": _among("az"),
    "char.is_ascii_uppercase": _among("AZ"),
    "char.is_ascii_alphabetic": _among("az", "AZ"),
    "char.is_ascii_alphanumeric": _among("az", "AZ", "09"),
    "char.to_ascii_uppercase": _moved("az", -32),
    "char.to_ascii_lowercase": _moved("AZ", 32),
    "char.to_digit": _to_digit,
    "str.to_chars": _to_chars,
    "str.from_chars": _from_chars,
    "py.ord": _ord,
    "py.chr": _of_code,
}
