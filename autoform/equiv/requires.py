"""`--requires EXPR`: a condition over the first function's parameters, read as a contract is.

The condition is lifted as the body of a function with those parameters, in Python's syntax:
whatever a contract may say, it may say.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from autoform.diagnostics import Diagnostic, diagnostic
from autoform.frontends import lift
from autoform.ir.decls import Function, Language, Module
from autoform.ir.exprs import (
    Apply,
    Collection,
    Comprehension,
    Expr,
    Generator,
    IntLit,
    Var,
    type_of,
)
from autoform.ir.exprs import Binder as IRBinder
from autoform.ir.node import Node
from autoform.ir.ops import apply
from autoform.ir.stmts import Clause, Origin, Return
from autoform.ir.traversal import freshen, rewrite, substitute
from autoform.ir.types import (
    BOOL,
    INT,
    BoolType,
    CharType,
    FloatType,
    IntType,
    MachineIntType,
    MapType,
    OptionType,
    SeqType,
    SetType,
    StrType,
    TupleType,
    Type,
    TypeVar,
)
from autoform.semantics.interpreter import EvaluationFailed, FuelExhausted, evaluate
from autoform.source import SourceFile, Span

__all__ = ["CannotRead", "requiring", "with_clause"]

_NAME: Final = "precondition"
_FUEL: Final = 1_000


class CannotRead(Exception):
    """The condition is none; the diagnostic says why."""

    def __init__(self, found: Diagnostic) -> None:
        super().__init__(found.message)
        self.found = found


def requiring(function: Function, text: str) -> Clause:
    """The condition as a clause of that function. Raises `CannotRead`."""
    try:
        params = [f"{param.name}: {_annotation(param.type)}" for param in function.params]
    except KeyError as error:
        raise _refused(function, text, f"a parameter of type {error} cannot be spoken of") from None
    source = f"def {_NAME}({', '.join(params)}) -> bool:\n    return ({text})\n"
    lifted = lift(SourceFile("<requires>.py", source), language=Language.PYTHON)
    for found in lifted.diagnostics:
        raise _refused(function, text, f"{found.message} ({found.code})")
    (read,) = lifted.module.functions
    match read.body:
        case (Return(value),) if type_of(value) == BOOL:
            taken = {param.name for param in function.params}
            condition = freshen(value, taken)
        case _:
            raise _refused(function, text, "it is no condition, which is true or false")
    given = {
        param.name: _as_python(Var(param.name, param.type), place)
        for place, param in enumerate(function.params)
    }
    condition = folded(condition)
    kept = {name: expr for name, expr in given.items() if expr != Var(name, type_of(expr))}
    return Clause(substitute(condition, kept), Origin.DECORATOR)


def folded(condition: Expr) -> Expr:
    """The condition with closed arithmetic done: `10**9` is a number to read, and a bound."""

    def change(node: Node) -> Node:
        match node:
            case Apply(_, args, IntType()) if args and all(isinstance(a, IntLit) for a in args):
                try:
                    value = evaluate(Module(), node, {}, fuel=_FUEL)
                except (EvaluationFailed, FuelExhausted):
                    return node
                assert isinstance(value, int)
                return IntLit(value, INT, span=node.span)
            case _:
                return node

    return rewrite(condition, change)


def _refused(function: Function, text: str, why: str) -> CannotRead:
    message = f"`--requires {text}` cannot be read: {why}"
    found = diagnostic("contract-syntax", message, Span("", 0, 0, 0, 0), help=_hint(function, text))
    return CannotRead(found)


_FROM_RUST: Final = (
    (r"&&", "`and` for `&&`"),
    (r"\|\|", "`or` for `||`"),
    (r"!(?!=)", "`not` for `!`"),
    (r"\.len\(\)", "`len(xs)` for `xs.len()`"),
    (r"\.is_empty\(\)", "`len(xs) == 0` for `xs.is_empty()`"),
    (r"\.(iter|chars|all|any)\(", "`all(x > 0 for x in xs)` for `xs.iter().all(|x| *x > 0)`"),
    (r"\b(true|false)\b", "`True` and `False`"),
    (r"::(MAX|MIN)\b", "numbers such as `2**63 - 1` for `i64::MAX`"),
)
_TEXT: Final = re.compile(r"'[^']*'|\"[^\"]*\"")


def _hint(function: Function, text: str) -> str:
    """What to write instead of what is Rust's; where nothing is, what may be spoken of."""
    code = _TEXT.sub("''", text)
    advice = [told for pattern, told in _FROM_RUST if re.search(pattern, code)]
    if not advice:
        names = ", ".join(f"`{param.name}`" for param in function.params)
        return f"write a condition in Python's syntax over {names}, as `grammars/contract.md` says"
    return f"conditions are in Python's syntax, whatever the function is in: {', '.join(advice)}"


def _annotation(type_: Type) -> str:
    """Python's type of values that stand for those of the IR type."""
    match type_:
        case IntType() | MachineIntType() | TypeVar():
            return "int"
        case BoolType():
            return "bool"
        case FloatType():
            return "float"
        case StrType() | CharType():
            return "str"
        case SeqType(element):
            return f"list[{_annotation(element)}]"
        case SetType(element):
            return f"set[{_annotation(element)}]"
        case MapType(key, value):
            return f"dict[{_annotation(key)}, {_annotation(value)}]"
        case OptionType(item):
            return f"{_annotation(item)} | None"
        case TupleType(items) if items:
            return f"tuple[{', '.join(map(_annotation, items))}]"
        case _:
            raise KeyError(str(type_))


def _as_python(value: Expr, place: int) -> Expr:
    """A parameter as Python sees it: numbers without a width, characters as texts."""
    match type_of(value):
        case MachineIntType():
            return apply("int.widen", value)
        case CharType():
            return apply("char.to_str", value)
        case SeqType(element) if element != _as_python_type(element):
            item = IRBinder(f"item_of_{place}", element)
            inner = _as_python(Var(item.name, element), place * 100 + 99)
            return Comprehension(Collection.SEQ, inner, (Generator(item, value),))
        case _:
            return value


def _as_python_type(type_: Type) -> Type:
    return type_of(_as_python(Var("x", type_), 0))


def with_clause(function: Function, clause: Clause) -> Function:
    """The function that also requires this."""
    contract = replace(function.contract, requires=(*function.contract.requires, clause))
    return replace(function, contract=contract)
