"""One theorem for each clause of a contract, with its hypotheses, and a proof where one is sure.

    theorem f_ensures_1 (n : Int) (h1 : 0 ≤ n) : n ≤ f n
    theorem g_ensures_1 (n : Int) (h1 : 0 ≤ n) (r : Int) (hr : g n = Except.ok r) : n ≤ r
    theorem g_raises_1 (n : Int) (h1 : n < 0) : g n = Except.error Err.ValueError
    theorem g_returns (n : Int) (h1 : ¬ n < 0) : ∃ r, g n = Except.ok r

What a precondition says of machine integers is said by their types: their ranges are hypotheses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from autoform.backends.lean.bodies import Line
from autoform.backends.lean.expressions import Printer
from autoform.backends.lean.names import LocalNames, escaped
from autoform.backends.lean.proofs import Shape, shape_of
from autoform.backends.lean.steps import Context
from autoform.backends.lean.terms import (
    AND,
    ARROW,
    COMPARISON,
    LOW,
    Term,
    app,
    infix,
    joined,
    prop_not,
)
from autoform.backends.lean.types import print_type
from autoform.ir.decls import Function, RaisesClause
from autoform.ir.exprs import Expr
from autoform.ir.types import (
    MachineIntType,
    MapType,
    OptionType,
    SeqType,
    SetType,
    TupleType,
    Type,
)
from autoform.source import Span


@dataclass(slots=True)
class Statement:
    """A theorem being written: its binders so far."""

    function: Function
    context: Context
    local: LocalNames
    binders: list[str] = field(default_factory=list)
    hypotheses: int = 0

    def printer(self, result: Term | None = None) -> Printer:
        """A printer of propositions."""
        return Printer(self.context, self.local, result=result, ghost=True)

    def proposition(self, expr: Expr, result: Term | None = None) -> Term:
        """A clause. One whose evaluation may raise holds when it evaluates to true."""
        printer = self.printer(result)
        truth = printer.truth(expr)
        if not printer.raises:
            return printer.around(truth.as_prop)
        printer = Printer(self.context, self.local, result=result)
        evaluated = printer.raising(printer.truth(expr).as_bool)
        return infix(Term(f"({evaluated.text})"), "=", Term("Except.ok true"), COMPARISON)

    def assume(self, proposition: Term) -> None:
        """One more hypothesis."""
        self.hypotheses += 1
        self.binders.append(f"(h{self.hypotheses} : {proposition.text})")


def theorems(function: Function, context: Context, constraints: str) -> Iterator[list[Line]]:
    """The theorems of a function's contract, in order."""
    contract = function.contract
    if not (contract.ensures or contract.raises):
        return
    raising = function.name in context.raising
    shape = shape_of(function, context)
    for number, clause in enumerate(contract.ensures, 1):
        stated = _begin(function, context, constraints)
        call = _call(stated)
        result = call
        if raising:
            result = Term(stated.local.fresh("r"))
            type_ = print_type(function.result, context.names, stated.local)
            stated.binders.append(f"({result.text} : {type_.text})")
            returned = infix(call, "=", app("Except.ok", result), COMPARISON)
            stated.binders.append(f"(hr : {returned.text})")
        goal = stated.proposition(clause.condition, result)
        proof = shape.of_ensures(clause.condition, raising=raising)
        yield _theorem(stated, f"ensures_{number}", goal, proof, clause.span)
    if raising and (contract.raises or contract.requires):
        yield from _about_raising(function, context, constraints, shape)


def _about_raising(
    function: Function, context: Context, constraints: str, shape: Shape
) -> Iterator[list[Line]]:
    before: list[RaisesClause] = []
    for number, clause in enumerate(function.contract.raises, 1):
        stated = _begin(function, context, constraints)
        for earlier in before:
            stated.assume(prop_not(stated.proposition(earlier.when)))
        stated.assume(stated.proposition(clause.when))
        error = app("Except.error", Term(f"Err.{escaped(clause.exception)}"))
        goal = infix(_call(stated), "=", error, COMPARISON)
        yield _theorem(stated, f"raises_{number}", goal, shape.of_raises(clause.when), clause.span)
        before.append(clause)
    stated = _begin(function, context, constraints)
    for clause in before:
        stated.assume(prop_not(stated.proposition(clause.when)))
    name = stated.local.fresh("r")
    returned = infix(_call(stated), "=", app("Except.ok", Term(name)), COMPARISON)
    goal = Term(f"∃ {name}, {returned.text}", LOW)
    yield _theorem(stated, "returns", goal, ("sorry",), function.span)


def _begin(function: Function, context: Context, constraints: str) -> Statement:
    """The parameters, what their types say, and the preconditions."""
    local = LocalNames(context.names.all())
    stated = Statement(function, context, local)
    for name in function.type_params:
        stated.binders.append(constraints.format(local.of_type(name)))
    for param in function.params:
        type_ = print_type(param.type, context.names, local)
        stated.binders.append(f"({local[param.name]} : {type_.text})")
    for param in function.params:
        known = said_by_type(Term(local[param.name]), param.type, local)
        if known is not None:
            stated.assume(known)
    for clause in function.contract.requires:
        stated.assume(stated.proposition(clause.condition))
    return stated


def _call(stated: Statement) -> Term:
    function = stated.function
    name = escaped(stated.context.names.functions[function.name])
    return app(name, *(Term(stated.local[param.name]) for param in function.params))


def _theorem(
    stated: Statement, suffix: str, goal: Term, proof: tuple[str, ...], span: Span
) -> list[Line]:
    name = f"{stated.context.names.functions[stated.function.name]}_{suffix}"
    binders = "".join(f" {binder}" for binder in stated.binders)
    head = f"theorem {escaped(name)}{binders} : {goal.text} := by"
    return [Line(head, span), *(Line(f"  {step}", span) for step in proof)]


def said_by_type(term: Term, type_: Type, local: LocalNames) -> Term | None:
    """What a value satisfies because of its type: ranges, and no repetition in sets and maps."""
    match type_:
        case MachineIntType():
            low = infix(_literal(type_.minimum), "≤", term, COMPARISON)
            high = infix(term, "≤", _literal(type_.maximum), COMPARISON)
            return joined("∧", (low, high), AND)
        case SeqType(element):
            return _all("∀ {0} ∈ {1}, {2}", term, element, local)
        case OptionType(item):
            return _all("∀ {0}, {1} = some {0} → {2}", term, item, local)
        case SetType(element):
            items = app("Py.Set.items", term)
            return _both(app("List.Nodup", items), _all("∀ {0} ∈ {1}, {2}", items, element, local))
        case MapType(key, value):
            items = app("Py.Map.items", term)
            keys = app("List.map", Term("Prod.fst"), items)
            pair = TupleType((key, value))
            return _both(app("List.Nodup", keys), _all("∀ {0} ∈ {1}, {2}", items, pair, local))
        case TupleType((first, second)):
            left = said_by_type(Term(f"{term.arg}.1"), first, local)
            right = said_by_type(Term(f"{term.arg}.2"), second, local)
            return right if left is None else _both(left, right)
        case _:
            return None


def _all(template: str, term: Term, type_: Type, local: LocalNames) -> Term | None:
    name = local.fresh("x")
    inner = said_by_type(Term(name), type_, local)
    if inner is None:
        return None
    return Term(template.format(name, term.at(COMPARISON + 1), inner.at(ARROW)), LOW)


def _both(left: Term, right: Term | None) -> Term:
    return left if right is None else joined("∧", (left, right), AND)


def _literal(value: int) -> Term:
    return Term(str(value)) if value >= 0 else Term(f"-{-value}", 75)
