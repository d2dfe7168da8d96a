"""Every operator of the catalogue applied, on several types: functions that only do that."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, product
from typing import Final

from autoform.backends.dafny.operators import UNPRINTED
from autoform.ir.decls import Function, Module, Param
from autoform.ir.exprs import Binder, BoolLit, Expr, IntLit, Lambda, StrLit, Var
from autoform.ir.ops import OPS, Op, apply
from autoform.ir.ops.op import UNSIGNED, result_type
from autoform.ir.stmts import Return
from autoform.ir.types import (
    BOOL,
    CHAR,
    FLOAT,
    INT,
    MACHINE_INTS,
    STR,
    FnType,
    MachineIntType,
    OptionType,
    SeqType,
    TupleType,
    Type,
    TypeVar,
    substitute_type,
    walk_type,
)

__all__ = ["applications", "as_module"]

_MACHINE: Final = (MACHINE_INTS["i32"], MACHINE_INTS["u8"])
_CHOICES: Final[dict[str, tuple[Type, ...]]] = {
    "Number": (INT, FLOAT, *_MACHINE),
    "Integer": (INT, *_MACHINE),
    "Target": (MACHINE_INTS["u32"], MACHINE_INTS["i8"]),
    "Machine": _MACHINE,
    "Ordered": (
        INT,
        MACHINE_INTS["i64"],
        FLOAT,
        BOOL,
        CHAR,
        STR,
        SeqType(INT),
        OptionType(STR),
        TupleType((INT, STR)),
        TupleType((BOOL, SeqType(STR))),
    ),
    "Unsigned": (INT,),  # overwritten by what the machine type says
    "T": (INT, STR),
    "U": (INT,),
    "K": (STR,),
    "V": (SeqType(INT),),
}
_SCALAR_ONLY: Final = frozenset({"set.sum"})


def applications(*, floats: bool) -> Iterator[tuple[Op, Function]]:
    """Functions whose bodies are one application each, with parameters as operands."""
    numbers = count()
    for op in (op for name, op in OPS.items() if name not in UNPRINTED):
        for binding in _bindings(op):
            function = _application(op, binding, f"apply_{next(numbers)}")
            if function is not None and (floats or not _has_float(function)):
                yield op, function


def as_module(functions: Iterator[tuple[Op, Function]]) -> Module:
    """All of them in one module."""
    return Module(tuple(function for _, function in functions))


def _bindings(op: Op) -> Iterator[dict[str, Type]]:
    names = sorted(
        {
            part.name
            for scheme in (*op.params, op.result)
            for part in walk_type(scheme)
            if isinstance(part, TypeVar)
        }
    )
    for choice in product(*(_CHOICES[name] for name in names)):
        yield dict(zip(names, choice, strict=True))


def _application(op: Op, binding: dict[str, Type], name: str) -> Function | None:
    params = [substitute_type(scheme, binding) for scheme in op.params]
    result = substitute_type(op.result, binding)
    if op.name in _SCALAR_ONLY and isinstance(result, MachineIntType):
        return None
    if op.result == UNSIGNED:
        result = result_type(op, tuple(params))
    own = [Param(f"p{place}", type_) for place, type_ in enumerate(params)]
    args = [
        _lambda(type_, name) if isinstance(type_, FnType) else Var(param.name, type_)
        for param, type_ in zip(own, params, strict=True)
    ]
    used = tuple(p for p in own if not isinstance(p.type, FnType))
    return Function(name, used, result, (Return(apply(op.name, *args, type_=result)),))


def _lambda(type_: FnType, name: str) -> Expr:
    binders = tuple(Binder(f"x{place}_{name}", t) for place, t in enumerate(type_.params))
    for binder in binders:
        if binder.type == type_.result:
            return Lambda(binders, Var(binder.name, binder.type))
    return Lambda(binders, _literal(type_.result))


def _literal(type_: Type) -> Expr:
    match type_:
        case MachineIntType():
            return IntLit(7, type_)
        case _ if type_ == INT:
            return IntLit(7, INT)
        case _ if type_ == STR:
            return StrLit("a")
        case _ if type_ == BOOL:
            return BoolLit(value=True)
        case TupleType(items):
            from autoform.ir.exprs import TupleLit

            return TupleLit(tuple(map(_literal, items)))
        case SeqType(element):
            from autoform.ir.exprs import SeqLit

            return SeqLit(element, (_literal(element),))
        case OptionType(item):
            return apply("option.some", _literal(item))
        case _:
            from autoform.ir.exprs import CharLit, FloatLit

            return CharLit("c") if type_ == CHAR else FloatLit("1.5")


def _has_float(function: Function) -> bool:
    from autoform.ir.features import features

    return not features(function).isdisjoint({"type:Float", "FloatLit"})
