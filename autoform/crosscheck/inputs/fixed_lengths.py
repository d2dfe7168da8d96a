"""Sequences made as long as a precondition says, wherever in an argument they stand.

Rust's `board: [[u8; 9]; 9]` in a struct requires

    seq.len(self.board) == 9
    forall row in self.board: seq.len(row) == 9

which lists of random lengths never meet. What a value lacks is filled with what it has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from autoform.crosscheck.inputs.corners import corners, fields_of
from autoform.crosscheck.inputs.size import LADDER
from autoform.crosscheck.inputs.strategies import Evaluate
from autoform.crosscheck.observation import Input
from autoform.ir.decls import Function, Module, RecordDecl
from autoform.ir.exprs import And, Apply, Expr, FieldGet, Quant, Quantifier, Var
from autoform.ir.types import INT, RecordType, SeqType, Type, substitute_type
from autoform.semantics.values import RecordValue, Value, declaration

__all__ = ["length_fitter"]

_LONGEST: Final = 4096
_EACH: Final = None
_Step: TypeAlias = str | None
"""A field, or each element."""
_Place: TypeAlias = tuple[str, tuple[_Step, ...]]
"""A parameter, and the way from it."""
_Places: TypeAlias = dict[str, _Place]
"""What the names of parameters and binders stand for."""


@dataclass(frozen=True, slots=True)
class _Fixed:
    """What stands at the end of a path from a parameter has this many elements."""

    param: str
    steps: tuple[_Step, ...]
    length: int


def length_fitter(
    function: Function, module: Module, evaluate: Evaluate
) -> Callable[[Input], Input]:
    """What gives the sequences of an input the lengths that are fixed, outer ones first."""
    places: _Places = {param.name: (param.name, ()) for param in function.params}
    clauses = function.contract.requires
    fixed = [found for clause in clauses for found in _fixed(clause.condition, places, evaluate)]
    fixed.sort(key=lambda each: len(each.steps))
    plain: dict[str, Type] = dict.fromkeys(function.type_params, INT)
    types = {p.name: substitute_type(p.type, plain) for p in function.params}
    order = {param.name: place for place, param in enumerate(function.params)}

    def fit(given: Input) -> Input:
        values = list(given)
        for each in fixed:
            place = order[each.param]
            type_ = types[each.param]
            values[place] = _fitted(values[place], type_, each.steps, each.length, module)
        return tuple(values)

    return fit if fixed else lambda given: given


def _fixed(condition: Expr, places: _Places, evaluate: Evaluate) -> Iterator[_Fixed]:
    match condition:
        case And(items):
            for item in items:
                yield from _fixed(item, places, evaluate)
        case Quant(Quantifier.FORALL, binder, domain, body):
            if (found := _place(domain, places)) is not None:
                inside = (found[0], (*found[1], _EACH))
                yield from _fixed(body, places | {binder.name: inside}, evaluate)
        case Apply("eq", (left, right)):
            for measured, limit in ((left, right), (right, left)):
                found, length = _measured(measured, places), evaluate(limit, {})
                if found is not None and isinstance(length, int) and length <= _LONGEST:
                    yield _Fixed(*found, length)
        case _:
            pass


def _measured(expr: Expr, places: _Places) -> _Place | None:
    """What an expression is the length of."""
    match expr:
        case Apply("int.narrow" | "int.widen", (inner,)):
            return _measured(inner, places)
        case Apply("seq.len", (subject,)):
            return _place(subject, places)
        case _:
            return None


def _place(expr: Expr, places: _Places) -> _Place | None:
    match expr:
        case Var(name):
            return places.get(name)
        case FieldGet(record, field):
            found = _place(record, places)
            return None if found is None else (found[0], (*found[1], field))
        case _:
            return None


def _fitted(
    value: Value, type_: Type, steps: Sequence[_Step], length: int, module: Module
) -> Value:
    match type_, value, steps:
        case SeqType(element), tuple(), []:
            items = value or corners(element, module, LADDER[0])[:1]
            return tuple(items[place % len(items)] for place in range(length if items else 0))
        case SeqType(element), tuple(), [None, *rest]:
            return tuple(_fitted(item, element, rest, length, module) for item in value)
        case RecordType(), RecordValue(name, fields), [str() as field, *rest]:
            declared = declaration(type_, module)
            assert isinstance(declared, RecordDecl)
            names = [each.name for each in declared.fields]
            place = names.index(field)
            inner = _fitted(fields[place], fields_of(type_, module)[place], rest, length, module)
            return RecordValue(name, (*fields[:place], inner, *fields[place + 1 :]))
        case _:
            return value
