"""Python text of the operators that programs use most, instead of a call of their function.

A row says the same as the function in `autoform.semantics.ops`; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from autoform.ir.types import FloatType, IntType, MachineIntType, StrType, Type
from autoform.semantics.meaning import Signature
from autoform.semantics.ops.comparisons import is_scalar

_ZERO: Final = ("{1} == 0", "ZeroDivisionError", "division by zero")
_INDEX: Final = ("not 0 <= {1} < len({0})", "IndexError", "index out of range")
_INDEX_NEG: Final = ("not -len({0}) <= {1} < len({0})", "IndexError", "index out of range")


@dataclass(frozen=True, slots=True)
class Template:
    """The value as text of the operands `{0}`, `{1}`, …, and what is done beside.

    `guards` are conditions that must be false before, each with what is raised otherwise.
    `within` is the machine type that the value is checked against, `pays` a statement about the
    value `{value}`, to pay for it when it is large.
    """

    text: str
    guards: tuple[tuple[str, str, str], ...] = ()
    within: MachineIntType | None = None
    pays: str | None = None

    def uses(self, operand: int) -> int:
        """How often the operand's text is inserted."""
        place = f"{{{operand}}}"
        texts = (self.text, self.pays or "", *(condition for condition, _, _ in self.guards))
        return sum(text.count(place) for text in texts)


_SIMPLE: Final[dict[str, Template]] = {
    name: Template(text)
    for name, text in {
        "not": "(not {0})",
        "xor": "({0} != {1})",
        "bool.and": "({0} & {1})",
        "bool.or": "({0} | {1})",
        "bool.to_int": "(1 if {0} else 0)",
        "int.bit_and": "({0} & {1})",
        "int.bit_or": "({0} | {1})",
        "int.bit_xor": "({0} ^ {1})",
        "int.widen": "{0}",
        "float.is_nan": "({0} != {0})",
        "char.code": "ord({0})",
        "char.to_str": "{0}",
        "str.len": "len({0})",
        "seq.len": "len({0})",
        "set.len": "len({0})",
        "map.len": "len({0})",
        "set.contains": "({1} in {0})",
        "map.contains": "({1} in {0})",
        "map.get": "(Some({0}[{1}]) if {1} in {0} else NONE)",
        "map.get_or": "{0}.get({1}, {2})",
        "option.some": "Some({0})",
        "option.is_some": "isinstance({0}, Some)",
        "option.is_none": "(not isinstance({0}, Some))",
        "option.unwrap_or": "({0}.value if isinstance({0}, Some) else {1})",
        "result.ok": "Ok({0})",
        "result.err": "Err({0})",
        "result.is_ok": "isinstance({0}, Ok)",
    }.items()
}

_GUARDED: Final[dict[str, Template]] = {
    "seq.at": Template("{0}[{1}]", (_INDEX,)),
    "seq.at_neg": Template("{0}[{1}]", (_INDEX_NEG,)),
    "str.at": Template("{0}[{1}]", (_INDEX,)),
    "str.at_neg": Template("{0}[{1}]", (_INDEX_NEG,)),
    "str.char_at": Template("{0}[{1}]", (_INDEX,)),
    "map.at": Template("{0}[{1}]", (("{1} not in {0}", "KeyError", "no such key"),)),
    "floor_mod": Template("({0} % {1})", (_ZERO,)),
    "py.float_div": Template("({0} / {1})", (_ZERO,)),
    "py.float_mod": Template("({0} % {1})", (_ZERO,)),
    "option.unwrap": Template(
        "{0}.value", (("not isinstance({0}, Some)", "TypeError", "none where a value is needed"),)
    ),
    "result.unwrap": Template(
        "{0}.value", (("not isinstance({0}, Ok)", "Panic", "unwrap of an error"),)
    ),
}

_SCALAR_ONLY: Final[dict[str, Template]] = {
    "eq": Template("({0} == {1})"),
    "ne": Template("({0} != {1})"),
    "lt": Template("({0} < {1})"),
    "le": Template("({0} <= {1})"),
    "gt": Template("({0} > {1})"),
    "ge": Template("({0} >= {1})"),
    "min2": Template("({1} if {1} < {0} else {0})"),
    "max2": Template("({1} if {1} > {0} else {0})"),
}

_IN_Z: Final[dict[str, str]] = {
    "neg": "(-{0})",
    "abs": "abs({0})",
    "add": "({0} + {1})",
    "sub": "({0} - {1})",
    "mul": "({0} * {1})",
}
_WRAPPING: Final[dict[str, str]] = {
    "int.wrapping_neg": _IN_Z["neg"],
    "int.wrapping_add": _IN_Z["add"],
    "int.wrapping_sub": _IN_Z["sub"],
    "int.wrapping_mul": _IN_Z["mul"],
    "int.wrap": "{0}",
}
_SAME_SIGN: Final = "({0} < 0) == ({1} < 0)"
_PAY_SUM: Final = "if not -BIG < {value} < BIG: k.hold_number({value}.bit_length())"
_PAY_PRODUCT: Final = (
    "if not -BIG < {value} < BIG: k.pay_product(({0}).bit_length(), ({1}).bit_length())"
)
_PAYMENTS: Final = {"add": _PAY_SUM, "sub": _PAY_SUM, "mul": _PAY_PRODUCT}
_PAY_TEXT: Final = "if len({value}) > LONG: k.pay_text(len({value}))"


def template(op: str, signature: Signature) -> Template | None:
    """The text of an operator at some types, if it has one."""
    if found := _SIMPLE.get(op) or _GUARDED.get(op):
        return found
    if op in _SCALAR_ONLY:
        return _SCALAR_ONLY[op] if is_scalar(signature.args[0]) else None
    if op in _IN_Z:
        return _arithmetic(op, signature.result)
    if op in _WRAPPING:
        return Template(_wrapped(_WRAPPING[op], signature.result))
    by_type = _BY_TYPE.get(op)
    return by_type(signature.result) if by_type else None


def _arithmetic(op: str, type_: Type) -> Template | None:
    match type_:
        case MachineIntType():
            return Template(_IN_Z[op], within=type_)
        case IntType():
            return Template(_IN_Z[op], pays=_PAYMENTS.get(op))
        case FloatType():
            return Template(_IN_Z[op])
        case _:
            return None


def _wrapped(text: str, type_: Type) -> str:
    if not isinstance(type_, MachineIntType):
        return text
    mask = (1 << type_.bits) - 1
    if not type_.signed:
        return f"({text} & {mask})"
    half = 1 << (type_.bits - 1)
    return f"((({text} + {half}) & {mask}) - {half})"


def _machine(type_: Type) -> MachineIntType | None:
    return type_ if isinstance(type_, MachineIntType) else None


def _floor_div(type_: Type) -> Template:
    return Template("({0} // {1})", (_ZERO,), within=_machine(type_))


def _trunc_div(type_: Type) -> Template:
    text = f"({{0}} // {{1}} if {_SAME_SIGN} else -(-{{0}} // {{1}}))"
    return Template(text, (_ZERO,), within=_machine(type_))


def _trunc_rem(type_: Type) -> Template:
    text = f"({{0}} % {{1}} if {_SAME_SIGN} else -(-{{0}} % {{1}}))"
    if not isinstance(type_, MachineIntType):
        return Template(text, (_ZERO,))
    at_end = f"{{1}} == -1 and {{0}} == {type_.minimum}"
    return Template(text, (_ZERO, (at_end, "OverflowError", f"MIN % -1 of {type_.name}")))


def _bit_not(type_: Type) -> Template:
    if isinstance(type_, MachineIntType) and not type_.signed:
        return Template(f"({{0}} ^ {type_.maximum})")
    return Template("(~{0})")


def _narrow(type_: Type) -> Template:
    return Template("{0}", within=_machine(type_))


def _concat(_type: Type) -> Template:
    return Template("({0} + {1})", pays=_PAY_TEXT)


_BY_TYPE: Final[dict[str, Callable[[Type], Template]]] = {
    "floor_div": _floor_div,
    "trunc_div": _trunc_div,
    "trunc_rem": _trunc_rem,
    "int.bit_not": _bit_not,
    "int.narrow": _narrow,
    "str.concat": _concat,
}


def without_payment(found: Template) -> Template:
    """The template where the value is no longer than an operand but for a constant."""
    return replace(found, pays=None)


def text_comparison(op: str, signature: Signature) -> Template | None:
    """A comparison of texts one of which is short, so that it takes constant time."""
    return _SCALAR_ONLY.get(op) if isinstance(signature.args[0], StrType) else None
