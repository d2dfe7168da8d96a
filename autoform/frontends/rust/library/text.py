"""`String`, `str` and `char`: text by characters; what counts bytes is exact or refused."""

from __future__ import annotations

import re
from functools import partial

from autoform.frontends.rust import tree
from autoform.frontends.rust.building import NeedsStatements
from autoform.frontends.rust.closures import inline
from autoform.frontends.rust.library.integers import result_of
from autoform.frontends.rust.library.options import bool_text
from autoform.frontends.rust.library.sequences import changed
from autoform.frontends.rust.library.tables import enter_operators, function, method, values
from autoform.frontends.rust.lower_exprs import lower, operands, rule
from autoform.frontends.rust.lower_places import assign, place_of
from autoform.frontends.rust.lowering import UNIT_VALUE, Lower
from autoform.frontends.rust.plans import ADAPTORS, Plan, Sequence, as_sequence, identity, plan_of
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.rust.types import Con, show, strip
from autoform.ir import exprs as ir
from autoform.ir.ops import apply
from autoform.ir.types import (
    BOOL,
    CHAR,
    INT,
    MACHINE_INTS,
    STR,
    MachineIntType,
    OptionType,
    ResultType,
    SeqType,
)

U32 = MACHINE_INTS["u32"]
ZERO = ir.IntLit(0, INT)

enter_operators(
    {
        f"Char.{name}": f"char.{name}"
        for name in (
            "is_alphabetic",
            "is_numeric",
            "is_alphanumeric",
            "is_whitespace",
            "is_uppercase",
            "is_lowercase",
            "is_ascii",
            "is_ascii_alphabetic",
            "is_ascii_digit",
            "is_ascii_alphanumeric",
            "is_ascii_uppercase",
            "is_ascii_lowercase",
            "is_ascii_punctuation",
            "is_ascii_whitespace",
            "to_ascii_uppercase",
            "to_ascii_lowercase",
        )
    }
)


@method("Char.is_ascii_hexdigit")
def _is_hex(low: Lower, node: tree.MethodCall) -> ir.Expr:
    value = low.keep(values(low, node)[0])
    inside = [
        ir.And((apply("le", ir.CharLit(a), value), apply("le", value, ir.CharLit(b))))
        for a, b in ("09", "af", "AF")
    ]
    return ir.Or(tuple(inside))


@method("Char.eq_ignore_ascii_case")
def _char_ignore_case(low: Lower, node: tree.MethodCall) -> ir.Expr:
    left, right = values(low, node)
    return apply("eq", *(apply("char.to_ascii_lowercase", each) for each in (left, right)))


@method("Char.to_digit", "Char.is_digit")
def _to_digit(low: Lower, node: tree.MethodCall) -> ir.Expr:
    value, radix = values(low, node)
    if not (isinstance(radix, ir.IntLit) and 2 <= radix.value <= 36):
        raise Refusal("unsupported-method", "a computed radix", node)
    found = apply("char.to_digit", value, low.widen(radix), type_=OptionType(U32))
    return found if node.name == "to_digit" else apply("option.is_some", found)


@method("Char.to_string")
def _char_text(low: Lower, node: tree.MethodCall) -> ir.Expr:
    return apply("char.to_str", *values(low, node))


@method("Char.len_utf8")
def _char_len(low: Lower, node: tree.MethodCall) -> ir.Expr:
    return low.usize(apply("str.utf8_len", apply("char.to_str", *values(low, node))))


@function("Char.from_u32")
def _from_u32(low: Lower, node: tree.Call) -> ir.Expr:
    code = low.keep(low.widen(lower(low, node.args[0])), "code")
    surrogate = ir.And(
        (
            apply("le", ir.IntLit(0xD800, INT), code),
            apply("le", code, ir.IntLit(0xDFFF, INT)),
        )
    )
    too_large = apply("gt", code, ir.IntLit(0x10FFFF, INT))
    some = apply("option.some", low.safe(apply("char.from_code", code)))
    return ir.IfExpr(ir.Or((surrogate, too_large)), ir.NoneLit(CHAR), some)


@function("Char.from_digit")
def _from_digit(low: Lower, node: tree.Call) -> ir.Expr:
    digit, radix = operands(low, node.args)
    if not (isinstance(radix, ir.IntLit) and 2 <= radix.value <= 36):
        raise Refusal("unsupported-builtin", "a computed radix", node)
    kept = low.keep(low.widen(digit), "digit")
    offset = ir.IfExpr(
        apply("lt", kept, ir.IntLit(10, INT)),
        apply("add", kept, ir.IntLit(ord("0"), INT)),
        apply("add", kept, ir.IntLit(ord("a") - 10, INT)),
    )
    some = apply("option.some", low.safe(apply("char.from_code", offset)))
    return ir.IfExpr(apply("lt", kept, low.widen(radix)), some, ir.NoneLit(CHAR))


def _case_plan(low: Lower, node: tree.MethodCall) -> Plan:
    text = apply(f"char.{node.name}", lower(low, node.receiver))
    return Plan(Sequence(apply("str.to_chars", text)), identity, CHAR, node=node)


ADAPTORS["Char.to_uppercase"] = _case_plan
ADAPTORS["Char.to_lowercase"] = _case_plan


@method("Iter.to_string", "Iter.as_str")
def _iterator_text(low: Lower, node: tree.MethodCall) -> ir.Expr:
    sequence = as_sequence(low, plan_of(low, node.receiver), node)
    if ir.type_of(sequence) != SeqType(CHAR):
        raise Refusal("unsupported-method", "the text of this iterator", node)
    return apply("str.from_chars", sequence)


# Strings.


@method("Str.len")
def _len(low: Lower, node: tree.MethodCall) -> ir.Expr:
    return low.usize(apply("str.utf8_len", lower(low, node.receiver), span=low.span(node)))


@method("Str.is_empty")
def _is_empty(low: Lower, node: tree.MethodCall) -> ir.Expr:
    return apply("eq", apply("str.len", lower(low, node.receiver)), ZERO, span=low.span(node))


@method("Str.to_string", "Str.as_str", "Str.into_boxed_str", "Str.concat")
def _same(low: Lower, node: tree.MethodCall) -> ir.Expr:
    return lower(low, node.receiver)


@method("Str.as_bytes", "Str.into_bytes")
def _as_bytes(low: Lower, node: tree.MethodCall) -> ir.Expr:
    return apply("str.to_utf8", lower(low, node.receiver), span=low.span(node))


@function("Str.from_utf8", "str.from_utf8")
def _from_utf8(low: Lower, node: tree.Call) -> ir.Expr:
    type_ = low.type_of(node)
    assert isinstance(type_, ResultType)
    found = apply("str.from_utf8", lower(low, node.args[0]), span=low.span(node))
    return result_of(low, low.keep(found), type_)


@changed("Str.push")
def _push(
    _: Lower, before: ir.Expr, args: list[ir.Expr], __: tree.MethodCall
) -> tuple[ir.Expr, ir.Expr]:
    return apply("str.concat", before, apply("char.to_str", args[0])), UNIT_VALUE


@changed("Str.push_str")
def _push_str(
    _: Lower, before: ir.Expr, args: list[ir.Expr], __: tree.MethodCall
) -> tuple[ir.Expr, ir.Expr]:
    return apply("str.concat", before, args[0]), UNIT_VALUE


@changed("Str.clear")
def _clear(
    _: Lower, __: ir.Expr, ___: list[ir.Expr], ____: tree.MethodCall
) -> tuple[ir.Expr, ir.Expr]:
    return ir.StrLit(""), UNIT_VALUE


@changed("Str.pop")
def _pop(
    low: Lower, before: ir.Expr, _: list[ir.Expr], __: tree.MethodCall
) -> tuple[ir.Expr, ir.Expr]:
    last = apply("sub", apply("str.len", before), ir.IntLit(1, INT))
    some = apply("option.some", low.safe(apply("str.char_at", before, last)))
    is_there = apply("gt", apply("str.len", before), ZERO)
    rest = apply("str.slice_to", before, ir.IntLit(-1, INT))
    return rest, ir.IfExpr(is_there, some, ir.NoneLit(CHAR))


@method("Str.extend")
def _extend(low: Lower, node: tree.MethodCall) -> ir.Expr:
    if low.out.pure:
        raise NeedsStatements(node)
    more = low.keep(joined(low, as_sequence(low, plan_of(low, node.args[0]), node), node), "more")
    place = place_of(low, node.receiver)
    assign(low, place, apply("str.concat", low.read(place), more), node)
    return UNIT_VALUE


def joined(low: Lower, items: ir.Expr, node: tree.Tree) -> ir.Expr:
    """Characters or texts as one text."""
    del low
    type_ = ir.type_of(items)
    if type_ == SeqType(CHAR):
        return apply("str.from_chars", items)
    if type_ == SeqType(STR):
        return apply("str.join", ir.StrLit(""), items)
    raise Refusal("unsupported-method", "a text of these items", node)


@method("Str.repeat")
def _repeat(low: Lower, node: tree.MethodCall) -> ir.Expr:
    text, count = values(low, node)
    return apply("str.repeat", text, low.widen(count), span=low.span(node))


def _chars(value: ir.Expr) -> ir.Expr:
    return apply("str.to_chars", value)


@method("Str.contains")
def _contains(low: Lower, node: tree.MethodCall) -> ir.Expr:
    (pattern,) = node.args
    found = strip(pattern.ty)
    if type(found) is Con and found.name in {"Str", "char"}:
        text, part = values(low, node)
        part = part if found.name == "Str" else apply("char.to_str", part)
        return apply("str.contains", text, part, span=low.span(node))
    if type(found) is Con and found.name == "fn":
        text = lower(low, node.receiver)
        name = low.fresh("c")
        low.frozen.add(name)
        test = low.pure(partial(inline, low, pattern, [ir.Var(name, CHAR)], node))
        return ir.Quant(ir.Quantifier.EXISTS, ir.Binder(name, CHAR), _chars(text), test)
    raise Refusal("unsupported-method", "this pattern of a text", pattern)


@method("Str.starts_with", "Str.ends_with")
def _starts_with(low: Lower, node: tree.MethodCall) -> ir.Expr:
    text, part = _text_and_pattern(low, node)
    return apply(f"str.{node.name}", text, part, span=low.span(node))


def _text_and_pattern(low: Lower, node: tree.MethodCall) -> tuple[ir.Expr, ir.Expr]:
    found = strip(node.args[0].ty)
    if not (type(found) is Con and found.name in {"Str", "char"}):
        raise Refusal("unsupported-method", "this pattern of a text", node.args[0])
    text, part = operands(low, (node.receiver, node.args[0]))
    return text, part if found.name == "Str" else apply("char.to_str", part)


@method("Str.strip_prefix", "Str.strip_suffix")
def _strip(low: Lower, node: tree.MethodCall) -> ir.Expr:
    text, part = (low.keep(each) for each in _text_and_pattern(low, node))
    if node.name == "strip_prefix":
        test = apply("str.starts_with", text, part)
        rest = apply("str.slice_from", text, apply("str.len", part))
    else:
        test = apply("str.ends_with", text, part)
        end = apply("sub", apply("str.len", text), apply("str.len", part))
        rest = apply("str.slice_to", text, end)
    return ir.IfExpr(test, apply("option.some", rest), ir.NoneLit(STR))


@method("Str.replace")
def _replace(low: Lower, node: tree.MethodCall) -> ir.Expr:
    found = strip(node.args[0].ty)
    if not (type(found) is Con and found.name in {"Str", "char"}):
        raise Refusal("unsupported-method", "this pattern of a text", node.args[0])
    text, old, new = values(low, node)
    old = old if found.name == "Str" else apply("char.to_str", old)
    return apply("str.replace", text, old, new, span=low.span(node))


def _split_plan(low: Lower, node: tree.MethodCall) -> Plan:
    text, separator = _text_and_pattern(low, node)
    if not isinstance(node.args[0], tree.CharLiteral) and not (
        isinstance(separator, ir.StrLit) and separator.value
    ):
        found = strip(node.args[0].ty)
        if not (type(found) is Con and found.name == "char"):
            raise Refusal("unsupported-method", "a computed separator, perhaps empty", node)
    items = low.safe(apply("str.split", text, separator, span=low.span(node)))
    return Plan(Sequence(items), identity, STR, node=node)


ADAPTORS["Str.split"] = _split_plan


def _words_plan(low: Lower, node: tree.MethodCall) -> Plan:
    text = lower(low, node.receiver)
    found = apply("str.split_whitespace", text, span=low.span(node))
    return Plan(Sequence(found), identity, STR, node=node)


ADAPTORS["Str.split_whitespace"] = _words_plan

enter_operators(
    {"Str.trim": "str.trim", "Str.trim_start": "str.trim_start", "Str.trim_end": "str.trim_end"}
)


_ONE_CHARACTER = {
    "trim_matches": "py.strip_chars",
    "trim_start_matches": "py.lstrip_chars",
    "trim_end_matches": "py.rstrip_chars",
}


@method(*(f"Str.{name}" for name in _ONE_CHARACTER))
def _trim_matches(low: Lower, node: tree.MethodCall) -> ir.Expr:
    """All of one character; of a longer text, whole repetitions would have to go."""
    text, part = _text_and_pattern(low, node)
    if not (isinstance(part, ir.StrLit) and len(part.value) == 1) and not (
        isinstance(part, ir.Apply) and part.op == "char.to_str"
    ):
        raise Refusal("unsupported-method", "the repetitions of a text are trimmed", node)
    return apply(_ONE_CHARACTER[node.name], text, part, span=low.span(node))


def _mapped(low: Lower, text: ir.Expr, op: str) -> ir.Expr:
    name = low.fresh("c")
    low.frozen.add(name)
    binder = ir.Binder(name, CHAR)
    mapped = apply(op, ir.Var(name, CHAR))
    chars = ir.Comprehension(ir.Collection.SEQ, mapped, (ir.Generator(binder, _chars(text)),))
    return apply("str.from_chars", chars)


@method("Str.to_ascii_uppercase", "Str.to_ascii_lowercase")
def _ascii_case(low: Lower, node: tree.MethodCall) -> ir.Expr:
    return _mapped(low, lower(low, node.receiver), f"char.{node.name}")


@method("Str.to_uppercase")
def _upper(low: Lower, node: tree.MethodCall) -> ir.Expr:
    """Each character's own mapping, which no context changes."""
    text = lower(low, node.receiver)
    name = low.fresh("c")
    low.frozen.add(name)
    mapped = apply("char.to_uppercase", ir.Var(name, CHAR))
    clauses = (ir.Generator(ir.Binder(name, CHAR), _chars(text)),)
    return apply("str.join", ir.StrLit(""), ir.Comprehension(ir.Collection.SEQ, mapped, clauses))


@method("Str.to_lowercase")
def _lower(low: Lower, node: tree.MethodCall) -> ir.Expr:
    """Like Python's, with the final sigma in its own form."""
    return apply("py.lower", lower(low, node.receiver), span=low.span(node))


@method("Str.eq_ignore_ascii_case")
def _ignore_case(low: Lower, node: tree.MethodCall) -> ir.Expr:
    left, right = values(low, node)
    op = "char.to_ascii_lowercase"
    return apply("eq", _mapped(low, left, op), _mapped(low, right, op))


@method("Str.is_ascii")
def _is_ascii(low: Lower, node: tree.MethodCall) -> ir.Expr:
    text = lower(low, node.receiver)
    name = low.fresh("c")
    low.frozen.add(name)
    test = apply("char.is_ascii", ir.Var(name, CHAR))
    return ir.Quant(ir.Quantifier.FORALL, ir.Binder(name, CHAR), _chars(text), test)


@method("Str.parse")
def _parse(low: Lower, node: tree.MethodCall) -> ir.Expr:
    type_ = low.type_of(node)
    assert isinstance(type_, ResultType)
    text = lower(low, node.receiver)
    if not isinstance(type_.ok, MachineIntType):
        raise Refusal("unsupported-method", f"`parse` into `{show(node.ty)}`", node)
    found = apply("str.parse_int", text, type_=OptionType(type_.ok), span=low.span(node))
    return result_of(low, low.keep(found), type_)


# Formatting.


@rule(tree.Format)
def _format(low: Lower, node: tree.Format) -> ir.Expr:
    """Texts, integers, characters and booleans in braces without a specification."""
    holes = [part for part in node.parts if not isinstance(part, str)]
    found = iter(operands(low, [expr for expr, _ in holes]))
    parts: list[ir.Expr] = []
    for part in node.parts:
        if isinstance(part, str):
            parts.append(ir.StrLit(part))
        else:
            parts.append(_shown(low, next(found), part[0], part[1]))
    if not parts:
        return ir.StrLit("")
    text = parts[0]
    for each in parts[1:]:
        text = apply("str.concat", text, each, span=low.span(node))
    return text


def _shown(low: Lower, value: ir.Expr, node: tree.Expr, spec: str) -> ir.Expr:
    type_ = ir.type_of(value)
    if spec in {"", "?"} and isinstance(type_, MachineIntType):
        return apply("int.to_str", value)
    if spec in {"", "?"} and type_ == BOOL:
        return bool_text(value)
    if spec == "" and type_ == CHAR:
        return apply("char.to_str", value)
    if spec == "" and type_ == STR:
        return value
    if isinstance(type_, MachineIntType) and not type_.signed:
        found = _padded(low, value, spec)
        if found is not None:
            return found
    shown = f"{{:{spec}}}" if spec else "{}"
    raise Refusal("string-format", f"`{shown}` of `{show(node.ty)}`", node)


def _padded(low: Lower, value: ir.Expr, spec: str) -> ir.Expr | None:
    """`{:08b}`, `{:x}`, `{:>4}` of an unsigned integer: as Python formats them."""
    # A bare width aligns numbers to the right in both languages.
    found = re.fullmatch(r"(0?)(\d{0,3})([bxXo]?)", spec)
    if found is None:
        return None
    return low.safe(apply("py.format_int", low.widen(value), ir.StrLit(spec)))
