"""Quantifiers, comprehensions and lambdas: what binds names inside expressions.

A body that may fail is shown to Dafny with what its variable ranges over:
`Map(xs, (x: int) requires x != 0 => 10 / x)`, or, where that has no simple form,
`Map(xs, (x: int) requires x in xs => f(x))`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from autoform.backends.dafny.code import (
    Code,
    Level,
    atom,
    call,
    index,
    logic,
    member,
    relation,
    size,
)
from autoform.backends.dafny.demands import sufficient
from autoform.backends.dafny.open_types import pinned
from autoform.backends.dafny.unit import Scope, of_class
from autoform.ir.exprs import (
    Apply,
    Binder,
    Collection,
    Comprehension,
    Expr,
    Filter,
    Generator,
    IntLit,
    Lambda,
    Quant,
    Quantifier,
    TupleLit,
    Var,
    type_of,
)
from autoform.ir.types import MapType, StrType
from autoform.passes.purity import may_raise

__all__ = ["comprehension", "lambda_over", "quantifier"]


@dataclass(frozen=True, slots=True)
class _Range:
    """What a bound name ranges over: the name that Dafny binds and the condition on it.

    A character of a text is bound by its place; `prologue` then names the character. What `stands`
    for an element of a slice is no name, and means nothing beyond the quantifier.
    """

    bound: str
    condition: Code
    prologue: str = ""
    stands: str = ""

    def leave(self, scope: Scope) -> None:
        """End the range: a later binder of the same name is another one."""
        if self.stands:
            del scope.variables[self.stands]


def _range(scope: Scope, binder: Binder, domain: Expr) -> _Range:
    bounds = _unit_range(domain)
    if bounds is not None:
        start, stop = (scope.code(bound).at(Level.SUM) for bound in bounds)
        name = scope.bind(binder.name)
        return _Range(name, Code(f"{start} <= {name} < {stop}", Level.RELATION))
    if isinstance(domain, Apply) and domain.op == "seq.subslice":
        return _places(scope, binder, domain)
    source = pinned(scope, domain)
    match type_of(domain):
        case StrType() if isinstance(binder.type, StrType):
            place = scope.fresh("at")
            name = scope.bind(binder.name)
            condition = Code(f"0 <= {place} < {size(source).text}", Level.RELATION)
            spelled = scope.unit.type(binder.type)
            prologue = f"var {name}: {spelled} := [{index(source, place).text}]; "
            return _Range(place, condition, prologue)
        case MapType() if scope.unit.ordered_maps:
            name = scope.bind(binder.name)
            return _Range(name, relation("in", atom(name), member(source, "values")))
        case _:
            name = scope.bind(binder.name)
            return _Range(name, relation("in", atom(name), source))


def _places(scope: Scope, binder: Binder, domain: Apply) -> _Range:
    """Elements of a slice by their places in the whole, which Dafny reasons about best."""
    whole, low, high = (scope.code(arg) for arg in domain.args)
    place = scope.fresh("at")
    scope.variables[binder.name] = index(whole, place).text
    condition = Code(f"{low.at(Level.SUM)} <= {place} < {high.at(Level.SUM)}", Level.RELATION)
    return _Range(place, condition, stands=binder.name)


def _unit_range(domain: Expr) -> tuple[Expr, Expr] | None:
    match domain:
        case Apply("seq.range", (start, stop, IntLit(1))):
            return start, stop
        case _:
            return None


def quantifier(scope: Scope, expr: Quant) -> Code:
    """`forall x :: x in xs ==> p`, `exists x :: x in xs && p`."""
    over = _range(scope, expr.binder, expr.domain)
    body = _after(over.prologue, scope.code(expr.body))
    over.leave(scope)
    if expr.kind is Quantifier.FORALL:
        return Code(
            f"forall {over.bound} :: {over.condition.text} ==> {_after_arrow(body)}", Level.OPEN
        )
    return Code(f"exists {over.bound} :: {logic('&&', (over.condition, body)).text}", Level.OPEN)


def _after_arrow(body: Code) -> str:
    return body.at(Level.OPEN) if body.level is Level.OPEN else body.at(Level.IMPLIES)


def lambda_over(scope: Scope, expr: Lambda, source: Code | None) -> Code:
    """The lambda; `source` is the sequence whose elements its last parameter takes."""
    names = [scope.bind(param.name) for param in expr.params]
    types = [scope.unit.type(param.type) for param in expr.params]
    params = ", ".join(f"{name}: {type_}" for name, type_ in zip(names, types, strict=True))
    demand: Sequence[Code] = []
    if source is not None and may_raise(expr.body):
        demand = _demand(scope, expr.body, [relation("in", atom(names[-1]), source)])
    return _function(params, demand, scope.code(expr.body))


def comprehension(scope: Scope, expr: Comprehension) -> Code:
    """A set by Dafny's own comprehension; a sequence, or a map, by `Map`, `Filter`, `FlatMap`."""
    match expr.kind:
        case Collection.SET:
            return _set(scope, expr)
        case Collection.SEQ:
            return _sequence(scope, expr.clauses, expr.element)
        case Collection.MAP:
            key = expr.element if expr.key is None else expr.key
            pairs = _sequence(scope, expr.clauses, TupleLit((key, expr.element)))
            return call(scope.unit.use("DictOf" if scope.unit.ordered_maps else "MapOf"), pairs)


def _set(scope: Scope, expr: Comprehension) -> Code:
    """`set x, y | x in xs && p && y in ys :: e`."""
    ranges: list[_Range] = []
    conditions: list[Code] = []
    prologue = ""
    for clause in expr.clauses:
        match clause:
            case Generator(binder, source):
                over = _range(scope, binder, source)
                ranges.append(over)
                conditions.append(_after(prologue, over.condition))
                prologue += over.prologue
            case Filter(condition):
                conditions.append(_after(prologue, scope.code(condition)))
    element = _after(prologue, scope.code(expr.element))
    for over in ranges:
        over.leave(scope)
    bound = ", ".join(over.bound for over in ranges)
    return Code(f"set {bound} | {logic('&&', conditions).text} :: {element.text}", Level.OPEN)


def _after(prologue: str, code: Code) -> Code:
    return Code(prologue + code.text, Level.OPEN) if prologue else code


def _sequence(scope: Scope, clauses: tuple[Generator | Filter, ...], element: Expr) -> Code:
    """The elements in order: `Map(Filter(xs, p), f)`, and `FlatMap` over all loops but the last."""
    generator, rest = of_class(clauses[0], Generator), clauses[1:]
    source, is_member = _source(scope, generator)
    filters = takewhile(lambda clause: isinstance(clause, Filter), rest)
    conditions = [of_class(clause, Filter).condition for clause in filters]
    inner = rest[len(conditions) :]
    name = scope.bind(generator.binder.name)
    param = f"{name}: {scope.unit.type(generator.binder.type)}"
    known = [is_member(atom(name))]
    for each in conditions:
        condition = scope.code(each)
        asked = _demand(scope, each, known) if may_raise(each) else []
        function = _function(param, asked, condition)
        source = call(scope.unit.use("Filter"), source, function)
        known.append(condition)
    if isinstance(element, Var) and element.name == generator.binder.name and not inner:
        return source
    body = _sequence(scope, inner, element) if inner else scope.code(element)
    demand: Sequence[Code] = []
    if any(map(may_raise, (*inner, element))):
        demand = known if inner else _demand(scope, element, known)
    function = _function(param, demand, body)
    return call(scope.unit.use("FlatMap" if inner else "Map"), source, function)


def _source(scope: Scope, generator: Generator) -> tuple[Code, Callable[[Code], Code]]:
    """What a loop runs over, as a sequence, and how one says that something is in it."""
    bounds = _unit_range(generator.source)
    if bounds is not None:
        start, stop = map(scope.code, bounds)
        low, high = start.at(Level.SUM), stop.at(Level.SUM)
        return (
            call(scope.unit.use("Range"), start, stop, atom("1")),
            lambda x: Code(f"{low} <= {x.text} < {high}", Level.RELATION),
        )
    source = pinned(scope, generator.source)
    match type_of(generator.source):
        case StrType() if isinstance(generator.binder.type, StrType):
            source = call(scope.unit.use("Letters"), source)
        case MapType():
            source = member(source, "keys")
        case _:
            pass
    return source, lambda x: relation("in", x, source)


def _demand(scope: Scope, body: Expr, known: Sequence[Code]) -> Sequence[Code]:
    """What a lambda asks of its argument: that its body has a value, else what is `known` of it.

    Of a body whose operators turn out to be total for the arguments they have, nothing is asked.

    Functions of which Dafny sees that they are the same make the same `Map`. Those that speak of
    what they are applied to differ from one round of a loop to the next.
    """
    defined = sufficient(body)
    return known if defined is None else [scope.code(each) for each in defined]


def _function(params: str, demand: Sequence[Code], body: Code) -> Code:
    clause = f" requires {logic('&&', demand).text}" if demand else ""
    return Code(f"({params}){clause} => {body.text}", Level.OPEN)
