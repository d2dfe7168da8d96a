"""Conditions of the operators on sequences, sets, maps, options and results."""

from __future__ import annotations

from typing import Final

from autoform.ir.build import (
    compare,
    conjunction,
    disjunction,
    in_range,
    integer,
    negation,
    widened,
)
from autoform.ir.definedness.rule import (
    INDEX,
    KEY,
    OVERFLOW,
    PANIC,
    TYPE,
    VALUE,
    Conditions,
    Rule,
    between,
    nonzero,
    unused_name,
)
from autoform.ir.exprs import (
    FALSE,
    Apply,
    Binder,
    Collection,
    Comprehension,
    Expr,
    Filter,
    FloatLit,
    Generator,
    Let,
    Quant,
    Quantifier,
    Var,
    type_of,
)
from autoform.ir.ops import apply
from autoform.ir.types import FLOAT, INT, MachineIntType, SeqType, TypeVar

_HUGE: Final = FloatLit("1e+290")
_MANY: Final = 10**15
"""So many doubles of at most `_HUGE` have a sum far below the greatest double."""


def _length(values: Expr) -> Expr:
    return apply("seq.len", values)


def _index(application: Apply) -> Conditions:
    values, index = application.args[:2]
    yield INDEX, between(integer(0), index, _length(values))


def _signed_index(application: Apply) -> Conditions:
    values, index = application.args[:2]
    yield INDEX, between(apply("neg", _length(values)), index, _length(values))


def _insert_at(application: Apply) -> Conditions:
    values, index, _ = application.args
    at_end = compare("le", index, _length(values))
    yield INDEX, conjunction((compare("le", integer(0), index), at_end))


def _subslice(application: Apply) -> Conditions:
    values, start, stop = application.args
    yield (
        INDEX,
        conjunction(
            (
                compare("le", integer(0), start),
                compare("le", start, stop),
                compare("le", stop, _length(values)),
            )
        ),
    )


def _swap(application: Apply) -> Conditions:
    values, one, other = application.args
    for index in (one, other):
        yield INDEX, between(integer(0), index, _length(values))


def _not_empty(length: str, exception: str) -> Rule:
    def rule(application: Apply) -> Conditions:
        yield exception, compare("lt", integer(0), apply(length, application.args[0]))

    return rule


def _holds(predicate: str, exception: str) -> Rule:
    """The rule of an operator that is defined when a total one with its arguments is true."""

    def rule(application: Apply) -> Conditions:
        yield exception, apply(predicate, *application.args)

    return rule


def _fold(op: str) -> Rule:
    """`seq.sum`, `seq.product`: every prefix has a result that fits."""

    def rule(application: Apply) -> Conditions:
        (values,) = application.args
        if isinstance(application.type, TypeVar):
            yield OVERFLOW, FALSE
        elif isinstance(application.type, MachineIntType):
            count = Binder(unused_name("count", application), INT)
            lengths, prefix = _prefixes(values, Var(count.name, INT), application)
            exact = apply(op, prefix)
            body = _total_fits(exact, application, application.type)
            yield OVERFLOW, Quant(Quantifier.FORALL, count, lengths, body)

    return rule


def _prefixes(values: Expr, count: Var, application: Apply) -> tuple[Expr, Expr]:
    """Where prefixes end, and the one that ends at `count`, its elements as `Int`.

    Those of a comprehension are the comprehensions of prefixes, whatever it filters.
    """
    one = integer(1)
    match values:
        case Comprehension(
            Collection.SEQ,
            element,
            (Generator(binder, Apply("seq.range", (low, high, step))), *filters),
        ) if step == one and all(isinstance(each, Filter) for each in filters):
            ends = apply("seq.range", apply("add", low, one), apply("add", high, one), one)
            rounds = Generator(binder, apply("seq.range", low, count, one))
        case Comprehension(Collection.SEQ, element, (Generator(binder, source), *filters)) if (
            isinstance(type_of(source), SeqType)
            and all(isinstance(each, Filter) for each in filters)
        ):
            ends = apply("seq.range", one, apply("add", _length(source), one), one)
            rounds = Generator(binder, apply("seq.slice_to", source, count))
        case _:
            ends = apply("seq.range", one, apply("add", _length(values), one), one)
            return ends, _each_widened(apply("seq.slice_to", values, count), application)
    return ends, Comprehension(Collection.SEQ, widened(element), (rounds, *filters))


def _set_sum(application: Apply) -> Conditions:
    """In whatever order: neither the positive nor the negative elements alone overflow."""
    (values,) = application.args
    if isinstance(application.type, TypeVar):
        yield OVERFLOW, FALSE
    elif isinstance(application.type, MachineIntType):
        ordered = apply("set.sorted", values)
        for sign in ("gt", "lt"):
            part = _each_widened(ordered, application, sign)
            total = apply("seq.sum", part)
            yield OVERFLOW, _total_fits(total, application, application.type)


def _total_fits(total: Expr, application: Apply, type_: MachineIntType) -> Expr:
    """The range check on a name, so that the sum is written, and its binder bound, once."""
    name = unused_name("total", application)
    return Let(name, total, in_range(Var(name, INT), type_))


def _each_widened(values: Expr, application: Apply, sign: str | None = None) -> Expr:
    """The elements as `Int`, all or those that compare so with zero."""
    binder = Binder(unused_name("each", application), application.type)
    exact = widened(Var(binder.name, binder.type))
    filters = () if sign is None else (Filter(compare(sign, exact, integer(0))),)
    return Comprehension(Collection.SEQ, exact, (Generator(binder, values), *filters))


def _fsum(application: Apply) -> Conditions:
    (values,) = application.args
    infinities = [apply("seq.contains", values, FloatLit(text)) for text in ("inf", "-inf")]
    yield VALUE, disjunction(map(negation, infinities))
    each = Binder(unused_name("each", application), FLOAT)
    value = Var(each.name, FLOAT)
    small = disjunction(
        (
            negation(apply("float.is_finite", value)),
            apply("le", apply("abs", value), _HUGE),
        )
    )
    yield OVERFLOW, compare("le", _length(values), integer(_MANY))
    yield OVERFLOW, Quant(Quantifier.FORALL, each, values, small)


def _positive(application: Apply) -> Conditions:
    yield PANIC, compare("lt", integer(0), application.args[1])


COLLECTION_RULES: Final[dict[str, Rule]] = {
    "seq.at": _index,
    "seq.at_neg": _signed_index,
    "seq.update": _index,
    "seq.update_neg": _signed_index,
    "seq.slice_step": nonzero(3, VALUE),
    "seq.subslice": _subslice,
    "seq.insert_at": _insert_at,
    "seq.pop_last": _not_empty("seq.len", INDEX),
    "seq.pop_at": _signed_index,
    "seq.delete_at": _signed_index,
    "seq.remove": _holds("seq.contains", VALUE),
    "seq.swap": _swap,
    "seq.index": _holds("seq.contains", VALUE),
    "seq.sum": _fold("seq.sum"),
    "seq.product": _fold("seq.product"),
    "seq.min": _not_empty("seq.len", VALUE),
    "seq.max": _not_empty("seq.len", VALUE),
    "seq.min_by": _not_empty("seq.len", VALUE),
    "seq.max_by": _not_empty("seq.len", VALUE),
    "seq.last_max_by": _not_empty("seq.len", VALUE),
    "seq.range": nonzero(2, VALUE),
    "seq.windows": _positive,
    "seq.chunks": _positive,
    "seq.fsum": _fsum,
    "set.remove": _holds("set.contains", KEY),
    "set.min": _not_empty("set.len", VALUE),
    "set.max": _not_empty("set.len", VALUE),
    "set.sum": _set_sum,
    "map.at": _holds("map.contains", KEY),
    "map.remove": _holds("map.contains", KEY),
    "option.unwrap": _holds("option.is_some", TYPE),
    "result.unwrap": _holds("result.is_ok", PANIC),
    "result.unwrap_err": lambda a: ((PANIC, negation(apply("result.is_ok", *a.args))),),
}
