"""Conditions: propositions where Lean decides them, `Bool` where they are values.

In a theorem quantifiers are Lean's own; in code they run over lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from autoform.backends.lean.arithmetic import comparison
from autoform.backends.lean.comprehensions import items_of
from autoform.backends.lean.steps import Truth
from autoform.backends.lean.terms import (
    AND,
    ARROW,
    COMPARISON,
    LOW,
    NOT,
    OR,
    Term,
    app,
    closed,
    conditional,
    infix,
    joined,
    lambda_,
    prop_not,
)
from autoform.backends.lean.types import is_discrete
from autoform.ir.exprs import (
    And,
    Apply,
    BoolLit,
    Expr,
    IntLit,
    IsVariant,
    Or,
    Quant,
    Quantifier,
    type_of,
)

if TYPE_CHECKING:
    from autoform.backends.lean.expressions import Printer

TRUTHS: Final = frozenset(
    {"not", "xor", "bool.and", "bool.or", "eq", "ne", "lt", "le", "gt", "ge"},
)
"""Operators that are conditions."""


def truth(printer: Printer, expr: Expr) -> Truth:
    """A condition."""
    match expr:
        case BoolLit(value):
            return Truth(Term("True" if value else "False"), Term("true" if value else "false"))
        case And(items):
            return _connected(printer, items, joins=True)
        case Or(items):
            return _connected(printer, items, joins=False)
        case Quant():
            return _quantified(printer, expr)
        case IsVariant(value, variant):
            return _is_variant(printer, value, variant)
        case Apply(op) if op in TRUTHS:
            return _operator_truth(printer, expr)
        case Apply("implies", (left, right)):
            return _implication(printer, left, right)
        case _:
            return Truth(bool=printer.value(expr))


def _connected(printer: Printer, items: tuple[Expr, ...], *, joins: bool) -> Truth:
    """`&&` and `||`: what may raise in a later item stays behind the earlier ones."""
    truths: list[Truth] = []
    for position, item in enumerate(items):
        inner = printer.inside() if position else printer
        truth = inner.truth(item)
        if position and inner.raises:
            return _guarded(printer, truths, items[position:], joins=joins)
        if position and inner.steps:
            truth = Truth(bool=Term(f"({inner.around(truth.as_bool).text})"))
        truths.append(truth)
    return _connect(truths, joins=joins)


def _guarded(
    printer: Printer, before: list[Truth], rest: tuple[Expr, ...], *, joins: bool
) -> Truth:
    test = _connect(before, joins=joins).as_prop
    inner = printer.inside()
    value = _connected(inner, rest, joins=joins) if len(rest) > 1 else inner.truth(rest[0])
    evaluated = inner.raising(value.as_bool)
    settled = Term("Except.ok false" if joins else "Except.ok true")
    branches = (evaluated, settled) if joins else (settled, evaluated)
    return Truth(bool=printer.bind(conditional(test, closed(branches[0]), branches[1])))


def _implication(printer: Printer, left: Expr, right: Expr) -> Truth:
    test = printer.truth(left)
    inner = printer.inside()
    then = inner.truth(right)
    if inner.raises:
        chosen = conditional(
            test.as_prop, closed(inner.raising(then.as_bool)), Term("Except.ok true")
        )
        return Truth(bool=printer.bind(chosen))
    goal = inner.around(then.as_prop)
    return Truth(Term(f"{test.as_prop.at(ARROW + 1)} → {goal.at(ARROW)}", ARROW))


def _operator_truth(printer: Printer, expr: Apply) -> Truth:
    op = expr.op
    if op == "not":
        truth = printer.truth(expr.args[0])
        if truth.prop is None:
            return Truth(bool=Term(f"!{truth.as_bool.arg}", NOT))
        return Truth(prop_not(truth.as_prop))
    if op in {"xor", "bool.and", "bool.or"}:
        left, right = (printer.value(arg) for arg in expr.args)
        symbol, level = {"xor": ("!=", COMPARISON), "bool.and": ("&&", AND)}.get(op, ("||", OR))
        return Truth(bool=infix(left, symbol, right, level))
    type_ = type_of(expr.args[0])
    args = printer.arguments(expr)
    if op in {"lt", "le", "gt", "ge"}:
        prop, bool_ = comparison(op, args, type_)
        return Truth(prop, bool_)
    if is_discrete(type_, printer.context.module):
        return Truth(infix(args[0], "=" if op == "eq" else "≠", args[1], COMPARISON))
    return Truth(bool=infix(args[0], "==" if op == "eq" else "!=", args[1], COMPARISON))


def _is_variant(printer: Printer, value: Expr, variant: str) -> Truth:
    type_ = type_of(value)
    variants = printer.variants(type_)
    found = printer.pattern(type_, variant, ["_"] * variants[variant])
    arms = f"| {found} => true" + (" | _ => false" if len(variants) > 1 else "")
    return Truth(bool=Term(f"(match {printer.value(value).text} with {arms})"))


def _quantified(printer: Printer, expr: Quant) -> Truth:
    if printer.ghost:
        truth = _statement(printer, expr)
        if truth is not None:
            return truth
    every = expr.kind is Quantifier.FORALL
    items = items_of(printer, expr.domain)
    name = printer.binder(expr.binder)
    inner = printer.inside()
    body = inner.truth(expr.body).as_bool
    if not inner.raises:
        test = lambda_((name,), inner.around(body))
        return Truth(bool=app("List.all" if every else "List.any", items, test))
    test = lambda_((name,), inner.raising(body))
    return Truth(bool=printer.bind(app("Py.allOf" if every else "Py.anyOf", test, items)))


def _statement(printer: Printer, expr: Quant) -> Truth | None:
    """In a theorem: `∀ i, a ≤ i → i < b → p` or `∀ x ∈ xs, p`, when the body cannot raise."""
    every = expr.kind is Quantifier.FORALL
    name = printer.local[expr.binder.name]
    inner = printer.inside()
    body = inner.truth(expr.body).as_prop
    if inner.raises:
        return None
    body = inner.around(body)
    symbol = "∀" if every else "∃"
    match expr.domain:
        case Apply("seq.range", (start, stop, IntLit(1))):
            low = infix(printer.value(start, typed=True), "≤", Term(name), COMPARISON)
            high = infix(Term(name), "<", printer.value(stop, typed=True), COMPARISON)
            if every:
                text = f"{low.text} → {high.text} → {body.at(ARROW)}"
            else:
                text = joined("∧", (low, high, body), AND).text
            return Truth(Term(f"{symbol} ({name} : Int), {text}", LOW))
        case domain:
            items = items_of(printer, domain)
            return Truth(Term(f"{symbol} {name} ∈ {items.at(COMPARISON + 1)}, {body.text}", LOW))


def _connect(truths: list[Truth], *, joins: bool) -> Truth:
    if len(truths) == 1:
        return truths[0]
    if all(truth.prop is None for truth in truths):
        bools = (truth.as_bool for truth in truths)
        return Truth(bool=joined("&&" if joins else "||", bools, AND if joins else OR))
    props = (truth.as_prop for truth in truths)
    symbol = "∧" if joins else "∨"  # noqa: RUF001 - Lean's own symbol
    return Truth(joined(symbol, props, AND if joins else OR))
