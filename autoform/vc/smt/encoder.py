"""IR expressions as SMT terms.

`Encoder.term` gives the value of an expression under the assumption that its evaluation does
not fail; that it does not is the executor's business (`autoform.ir.definedness`). What has no
encoding of its own becomes an uninterpreted function of its arguments, which is sound: equal
arguments give equal results, and nothing else is known.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Final, TypeGuard, cast

from autoform.ir import exprs as ir
from autoform.ir.exprs import Expr, type_of
from autoform.ir.types import (
    CharType,
    EnumType,
    FloatType,
    MachineIntType,
    MapType,
    OptionType,
    RecordType,
    ResultType,
    SeqType,
    SetType,
    StrType,
    TupleType,
    Type,
    TypeVar,
    format_type,
    parts,
    walk_type,
)
from autoform.vc.smt.arithmetic import follows
from autoform.vc.smt.binding import z3
from autoform.vc.smt.chains import chain_of
from autoform.vc.smt.scope import Scope, Term, abstract
from autoform.vc.smt.sequences import Sequences, forall, is_unfit
from autoform.vc.smt.sorts import NotEncodable, Universe
from autoform.vc.smt.subterms import has_bound_variable


class Encoder:
    """Terms over one universe. It holds no state but the theories it has made."""

    def __init__(self, universe: Universe) -> None:
        """Encode over the sorts and symbols of `universe`."""
        self.universe = universe
        self._sequences: dict[Type, Sequences] = {}
        # The terms are kept beside the answer: an id is used again when its term is gone.
        self._sure: dict[tuple[int, ...], tuple[bool, object]] = {}

    def sequences(self, type_: Type) -> Sequences:
        """The theory of a sequence type."""
        found = self._sequences.get(type_)
        if found is None:
            assert isinstance(type_, SeqType | StrType)
            found = self._sequences[type_] = Sequences(self.universe, type_)
        return found

    def theory_of(self, term: Term) -> Sequences | None:
        """The theory of a term that is a sequence."""
        found = (each for each in self._sequences.values() if each.sort == term.sort())
        return next(found, None)

    def term(self, expr: Expr, scope: Scope) -> Term:
        """The value of an expression. Raises `NotEncodable` where even its type has no sort."""
        encode = _STRUCTURE.get(type(expr))
        if encode is None:
            raise NotEncodable(type(expr).__name__)
        try:
            return cast("Term", encode(self, expr, scope))
        except z3.Z3Exception as error:
            raise NotEncodable(str(error)) from error

    def terms(self, exprs: Sequence[Expr], scope: Scope) -> list[Term]:
        """The values of several expressions."""
        return [self.term(expr, scope) for expr in exprs]

    def formula(self, expr: Expr, scope: Scope) -> z3.BoolRef:
        """The value of a boolean expression."""
        return cast("z3.BoolRef", self.term(expr, scope))

    # Values of structured types.

    def construct(self, type_: Type, case: int, items: Sequence[Term]) -> Term:
        """A datatype value from its constructor's number and arguments."""
        sort = cast("z3.DatatypeSortRef", self.universe.sort(type_))
        return cast("Term", sort.constructor(case)(*items))

    def project(self, type_: Type, case: int, index: int, value: Term) -> Term:
        """An argument of a constructor; unspecified when the value was built by another."""
        sort = cast("z3.DatatypeSortRef", self.universe.sort(type_))
        if value.decl().eq(sort.constructor(case)):
            return cast("Term", value.arg(index))
        return cast("Term", sort.accessor(case, index)(value))

    def is_case(self, type_: Type, case: int, value: Term) -> z3.BoolRef:
        """Whether the value was built by that constructor."""
        sort = cast("z3.DatatypeSortRef", self.universe.sort(type_))
        return cast("z3.BoolRef", sort.recognizer(case)(value))

    def has_identity(self, type_: Type, seen: frozenset[Type] = frozenset()) -> bool:
        """Whether values of the type are equal exactly when their terms are.

        Not so for maps, whose order is no part of equality, and for what contains them; nor for
        type variables, which may stand for such types and for floats.
        """
        if isinstance(type_, MapType | TypeVar):
            return False
        if type_ in seen:
            return True
        inner = list(parts(type_))
        if isinstance(type_, RecordType | EnumType):
            inner += [item for _, items in self.universe.cases(type_) for item in items]
        return all(self.has_identity(part, seen | {type_}) for part in inner)

    def require_identity(self, type_: Type) -> None:
        """Raise `NotEncodable` unless equality of such values is identity of terms."""
        if not self.has_identity(type_):
            raise NotEncodable(f"equality of {format_type(type_)} is not identity")

    def equal(self, type_: Type, left: Term, right: Term) -> z3.BoolRef:
        """Equality of values. Sequences compare by elements, structures by components."""
        match type_:
            case SeqType(element):
                self.require_identity(element)
                return self.sequences(type_).equal(
                    left, right, lambda a, b: self.equal(element, a, b)
                )
            case StrType():
                return self.sequences(type_).equal(left, right, lambda a, b: a == b)
            case TupleType(items):
                pairs = [
                    self.equal(item, *(self.project(type_, 0, i, side) for side in (left, right)))
                    for i, item in enumerate(items)
                ]
                return z3.And(pairs)
            case OptionType(item):
                some = self.is_case(type_, 1, left), self.is_case(type_, 1, right)
                values = self.project(type_, 1, 0, left), self.project(type_, 1, 0, right)
                return z3.And(some[0] == some[1], z3.Implies(some[0], self.equal(item, *values)))
            case MapType():
                return self._maps_equal(type_, left, right)
            case _:
                self.require_identity(type_)
                return cast("z3.BoolRef", left == right)

    def _maps_equal(self, type_: MapType, left: Term, right: Term) -> z3.BoolRef:
        self.require_identity(type_.key)
        key = self.universe.fresh("key", self.universe.sort(type_.key))
        domains = self.project(type_, 0, 0, left), self.project(type_, 0, 0, right)
        values = self.project(type_, 0, 1, left), self.project(type_, 0, 1, right)
        agree = self.equal(type_.value, z3.Select(values[0], key), z3.Select(values[1], key))
        inside = z3.Select(domains[0], key)
        pointwise = forall([key], z3.Implies(inside, agree), z3.Select(values[0], key))
        return z3.And(domains[0] == domains[1], pointwise)

    def case_number(self, type_: Type, name: str) -> int:
        """The number of an enum's variant among its constructors."""
        assert isinstance(type_, EnumType)
        names = [case for case, _ in self.universe.cases(type_)]
        return names.index(name)

    def field_number(self, type_: Type, name: str) -> int:
        """The number of a record's field."""
        assert isinstance(type_, RecordType)
        record = next(r for r in self.universe.module.records if r.name == type_.name)
        return [declared.name for declared in record.fields].index(name)

    def fits(self, type_: Type, value: Term) -> list[z3.BoolRef]:
        """What every value of the type satisfies: ranges of machine integers, code points."""
        match type_:
            case MachineIntType():
                return [value >= type_.minimum, value <= type_.maximum]
            case CharType():
                return [value >= 0, value <= 0x10FFFF]
            case TupleType(items):
                facts = [
                    self.fits(t, self.project(type_, 0, i, value)) for i, t in enumerate(items)
                ]
                return [fact for group in facts for fact in group]
            case OptionType(item):
                inner = self.fits(item, self.project(type_, 1, 0, value))
                return [z3.Implies(self.is_case(type_, 1, value), fact) for fact in inner]
            case SeqType() | StrType():
                return self._elements_fit(type_, value)
            case MapType():
                return self._keys_fit(type_, value)
            case ResultType(ok, err):
                success = self._items_fit(type_, 0, [ok], value)
                return [*success, *self._items_fit(type_, 1, [err], value)]
            case RecordType() | EnumType():
                cases = enumerate(self.universe.cases(type_))
                return [
                    fact
                    for case, (_, items) in cases
                    for fact in self._items_fit(type_, case, items, value)
                ]
            case _:
                return []

    def _items_fit(
        self, type_: Type, case: int, items: Sequence[Type], value: Term
    ) -> list[z3.BoolRef]:
        """What holds of the arguments of a constructor, where that has built the value.

        Of a value inside one of its own type nothing is said: it would have no end.
        """
        facts = [
            fact
            for place, item in enumerate(items)
            if type_ not in set(walk_type(item))
            for fact in self.fits(item, self.project(type_, case, place, value))
        ]
        is_built_so = self.is_case(type_, case, value)
        return [z3.Implies(is_built_so, fact) for fact in facts]

    def _keys_fit(self, type_: MapType, value: Term) -> list[z3.BoolRef]:
        """The order holds the keys of the domain, each once."""
        if not self.has_identity(type_.key):
            return []
        theory = self.sequences(SeqType(type_.key))
        domain, order = self.project(type_, 0, 0, value), self.project(type_, 0, 2, value)
        p, q = z3.Ints("p! q!")
        key = z3.Const("key!", theory.element)
        first, second = theory.at(order, p), theory.at(order, q)
        inside = z3.Implies(theory.in_bounds(order, p), z3.Select(domain, first))
        apart = z3.Implies(z3.And(p >= 0, p < q, q < theory.len(order)), first != second)
        present = z3.Select(domain, key)
        return [
            forall([p], inside, first),
            forall([key], present == theory.contains(order, key), present),
            forall([p, q], apart, z3.MultiPattern(first, second)),
        ]

    def _elements_fit(self, type_: SeqType | StrType, value: Term) -> list[z3.BoolRef]:
        theory = self.sequences(type_)
        place = z3.Int("place!")
        element = theory.at(value, place)
        inner = self.fits(type_.element if isinstance(type_, SeqType) else CharType(), element)
        bounds = [theory.len(value) >= 0]
        if not inner:
            return bounds
        body = z3.Implies(theory.in_bounds(value, place), z3.And(inner))
        return [*bounds, forall([place], body, element)]

    def surely(self, claim: z3.BoolRef, scope: Scope) -> bool:
        """Whether the claim follows from the scope's guards by plain arithmetic."""
        if not scope.guards:
            return False
        key = (claim.get_id(), *(guard.get_id() for guard in scope.guards))
        found = self._sure.get(key)
        if found is None:
            answer = follows(claim, scope.guards)
            found = self._sure[key] = answer, (claim, scope.guards)
        return found[0]

    # Uninterpreted meanings.

    def call(self, name: str, args: Sequence[Term], type_: Type) -> Term:
        """The result of a function of the module, by its definition where that may be used."""
        from autoform.vc.smt.calls import define

        result = self.opaque(f"call {name}", args, type_)
        define(self, name, result)
        return result

    def opaque(self, name: str, args: Sequence[Term], type_: Type) -> Term:
        """An uninterpreted function of the arguments, named by what it stands for."""
        domain = [arg.sort() for arg in args]
        full = f"{name}({', '.join(map(str, domain))}):{format_type(type_)}"
        return cast("Term", self.universe.function(full, domain, self.universe.sort(type_))(*args))


def _variant(encoder: Encoder, expr: ir.VariantLit, scope: Scope) -> Term:
    case = encoder.case_number(expr.type, expr.variant)
    return encoder.construct(expr.type, case, encoder.terms(expr.args, scope))


def _float(encoder: Encoder, expr: ir.FloatLit, _: Scope) -> Term:
    encoder.universe.sort(FloatType())
    if not math.isfinite(expr.value):
        raise NotEncodable("infinities and NaN are no reals")
    exact = Fraction(expr.value)
    return z3.RealVal(f"{exact.numerator}/{exact.denominator}")


def _const(encoder: Encoder, expr: ir.ConstRef, _: Scope) -> Term:
    declared = next(c for c in encoder.universe.module.consts if c.name == expr.name)
    return encoder.term(declared.value, Scope({}))


def _set(encoder: Encoder, expr: ir.SetLit, scope: Scope) -> Term:
    built: Term = z3.K(encoder.universe.sort(expr.element), z3.BoolVal(False))  # noqa: FBT003 - z3's constant
    for item in encoder.terms(expr.items, scope):
        built = z3.Store(built, item, z3.BoolVal(True))  # noqa: FBT003 - z3's constant
    return built


def _field_get(encoder: Encoder, expr: ir.FieldGet, scope: Scope) -> Term:
    type_ = type_of(expr.record)
    number = encoder.field_number(type_, expr.field)
    return encoder.project(type_, 0, number, encoder.term(expr.record, scope))


def _field_update(encoder: Encoder, expr: ir.FieldUpdate, scope: Scope) -> Term:
    type_, record = type_of(expr.record), encoder.term(expr.record, scope)
    assert isinstance(type_, RecordType)
    number = encoder.field_number(type_, expr.field)
    count = len(encoder.universe.cases(type_)[0][1])
    items = [encoder.project(type_, 0, i, record) for i in range(count)]
    items[number] = encoder.term(expr.value, scope)
    return encoder.construct(type_, 0, items)


def _is_variant(encoder: Encoder, expr: ir.IsVariant, scope: Scope) -> Term:
    type_ = type_of(expr.value)
    case = encoder.case_number(type_, expr.variant)
    return encoder.is_case(type_, case, encoder.term(expr.value, scope))


def _variant_get(encoder: Encoder, expr: ir.VariantGet, scope: Scope) -> Term:
    type_ = type_of(expr.value)
    case = encoder.case_number(type_, expr.variant)
    return encoder.project(type_, case, expr.index, encoder.term(expr.value, scope))


def _old(encoder: Encoder, expr: ir.Old, scope: Scope) -> Term:
    return encoder.term(expr.value, scope.at_entry())


def _result(_: Encoder, expr: ir.ResultValue, scope: Scope) -> Term:
    assert scope.result is not None, expr
    return scope.result


def _let(encoder: Encoder, expr: ir.Let, scope: Scope) -> Term:
    return encoder.term(expr.body, scope.bind(expr.name, encoder.term(expr.value, scope)))


def _quant(encoder: Encoder, expr: ir.Quant, scope: Scope) -> Term:
    """Over `seq.range` a bounded integer, over a sequence a bounded place, over a set a member.

    Triggers are the element terms that mention the bound variable alone; where there is none
    the solver chooses.
    """
    name = expr.binder.name
    bound, guard, value = member(encoder, expr.domain, name, scope)
    body = encoder.formula(expr.body, scope.bind(name, value).under(guard))
    patterns = triggers(body, bound)
    if expr.kind is ir.Quantifier.FORALL:
        chained = chain_of(encoder, bound, guard, body)
        if chained is not None:
            return chained
        return z3.ForAll([bound], z3.Implies(guard, body), patterns=patterns)
    return z3.Exists([bound], z3.And(guard, body), patterns=patterns)


def member(
    encoder: Encoder, domain: Expr, name: str, scope: Scope
) -> tuple[Term, z3.BoolRef, Term]:
    """A bound variable, what makes it stand for an element of the domain, and that element."""
    if is_unit_range(domain):
        low, high = encoder.terms(domain.args[:2], scope)
        number = encoder.universe.fresh(name, z3.IntSort())
        return number, z3.And(low <= number, number < high), number
    type_ = type_of(domain)
    match type_:
        case SeqType() | StrType():
            place = encoder.universe.fresh(f"{name}_at", z3.IntSort())
            guard, value = element_of(encoder, domain, place, scope)
            return place, guard, value
        case SetType(element):
            encoder.require_identity(element)
            item = encoder.universe.fresh(name, encoder.universe.sort(element))
            return item, z3.Select(encoder.term(domain, scope), item), item
        case MapType(key, _):
            encoder.require_identity(key)
            item = encoder.universe.fresh(name, encoder.universe.sort(key))
            keys = encoder.project(type_, 0, 0, encoder.term(domain, scope))
            return item, z3.Select(keys, item), item
        case _:
            raise NotEncodable(f"quantifier over {format_type(type_)}")


def element_of(
    encoder: Encoder, domain: Expr, place: Term, scope: Scope
) -> tuple[z3.BoolRef, Term]:
    """When a place counts in a domain that is a sequence, and what stands there.

    Places of a slice are those of what it is cut from. Of `seq.zip` and `seq.enumerate` the
    parts are looked at, so that facts about them are facts about the elements.
    """
    from autoform.vc.smt.folds import stretch

    match domain:
        case ir.Apply("seq.zip", (left, right), SeqType(pair)):
            parts = [stretch(encoder, each, scope) for each in (left, right)]
            guard = z3.And(place >= 0, *(place < part.high - part.low for part in parts))
            within = scope.under(guard)
            parts = [stretch(encoder, each, within) for each in (left, right)]
            return guard, encoder.construct(
                pair, 0, [part.element(_sum(part.low, place)) for part in parts]
            )
        case ir.Apply("seq.enumerate", (inner, start), SeqType(pair)):
            guard, value = element_of(encoder, inner, place, scope)
            first = stretch(encoder, inner, scope).low
            counted = _sum(encoder.term(start, scope), place - first)
            return guard, encoder.construct(pair, 0, [z3.simplify(counted), value])
        case _:
            part = stretch(encoder, domain, scope)
            guard = z3.And(part.low <= place, place < part.high)
            part = stretch(encoder, domain, scope.under(guard))
            shorter = z3.And(part.low <= place, place < part.high)
            # Bounds that the guard puts in order say as much only where they imply the guard:
            # of an empty `xs`, no place of `xs[:1]` counts.
            if shorter.eq(guard) or encoder.surely(guard, scope.under(shorter)):
                guard = shorter
            return guard, part.element(place)


def _sum(left: Term, right: Term) -> Term:
    if z3.is_int_value(left) and left.as_long() == 0:
        return right
    return cast("Term", cast("z3.ArithRef", right) + left)


def is_unit_range(expr: Expr) -> TypeGuard[ir.Apply]:
    """Whether the expression is `seq.range(a, b, 1)`."""
    return (
        isinstance(expr, ir.Apply)
        and expr.op == "seq.range"
        and isinstance(step := expr.args[2], ir.IntLit)
        and step.value == 1
    )


def triggers(body: Term, bound: Term) -> list[Term]:
    """Uninterpreted applications with the bound variable as a bare argument: one suffices.

    Several are alternatives. Applications under a nested binder are passed over. An index that
    may count from the end is `if i < 0 then i + len else i`: the trigger takes the plain `i`,
    for which what is quantified over is the same.
    """
    found: dict[int, Term] = {}
    visited: set[int] = set()

    def visit(term: Term) -> None:
        if term.get_id() in visited:
            return
        visited.add(term.get_id())
        if z3.is_quantifier(term):
            visit(term.body())
            return
        children = [_plain_index(child, bound) for child in term.children()]
        is_symbol = z3.is_app(term) and term.decl().kind() == z3.Z3_OP_UNINTERPRETED
        if (is_symbol or z3.is_select(term)) and any(child.eq(bound) for child in children):
            trigger = cast("Term", term.decl()(*children))
            if not is_unfit(trigger) and not has_bound_variable(trigger):
                found[trigger.get_id()] = trigger
                return
        for child in children:
            visit(child)

    visit(body)
    return list(found.values())


def _plain_index(term: Term, bound: Term) -> Term:
    if z3.is_app_of(term, z3.Z3_OP_ITE) and term.arg(2).eq(bound):
        return bound
    return term


def _tuple_get(encoder: Encoder, expr: ir.TupleGet, scope: Scope) -> Term:
    return encoder.project(type_of(expr.tuple), 0, expr.index, encoder.term(expr.tuple, scope))


def _apply(encoder: Encoder, expr: ir.Apply, scope: Scope) -> Term:
    from autoform.vc.smt.operators import ENCODERS

    for arg in expr.args:
        if not isinstance(arg, ir.Lambda):
            encoder.universe.sort(type_of(arg))  # a type without a sort is refused, floats too
    encoder.universe.sort(expr.type)
    encode = ENCODERS.get(expr.op)
    if encode is not None:
        return encode(encoder, expr, scope)
    return _opaque_node(encoder, expr.op, expr.args, expr.type, scope)


def _opaque_node(
    encoder: Encoder, name: str, args: Sequence[Expr], type_: Type, scope: Scope
) -> Term:
    """An uninterpreted function of the plain arguments and of what lambdas capture.

    Named by the types of its arguments too: what an operator does may depend on them where
    their sorts are the same.
    """
    terms: list[Term] = []
    for arg in args:
        if isinstance(arg, ir.Lambda):
            meaning, captured = abstract(arg, scope)
            name += f" {meaning!r}"
            terms += captured
        else:
            name += f" {format_type(type_of(arg))}"
            terms.append(encoder.term(arg, scope))
    return encoder.opaque(name, terms, type_)


def _call(encoder: Encoder, expr: ir.Call, scope: Scope) -> Term:
    return encoder.call(expr.function, encoder.terms(expr.args, scope), expr.type)


def _comprehension(encoder: Encoder, expr: ir.Comprehension, scope: Scope) -> Term:
    """With one generator a fold of its source; otherwise opaque in what it captures."""
    from autoform.vc.smt.folds import encode_comprehension

    found = encode_comprehension(encoder, expr, scope)
    if found is not None:
        return found
    meaning, captured = abstract(expr, scope)
    return encoder.opaque(f"comprehension {meaning!r}", captured, type_of(expr))


def _and(encoder: Encoder, expr: ir.And, scope: Scope) -> Term:
    built: list[z3.BoolRef] = []
    for item in expr.items:
        built.append(encoder.formula(item, scope))
        scope = scope.under(built[-1])
    return z3.And(built)


def _or(encoder: Encoder, expr: ir.Or, scope: Scope) -> Term:
    built: list[z3.BoolRef] = []
    for item in expr.items:
        built.append(encoder.formula(item, scope))
        scope = scope.under(z3.Not(built[-1]))
    return z3.Or(built)


def _if(encoder: Encoder, expr: ir.IfExpr, scope: Scope) -> Term:
    truth = encoder.formula(expr.condition, scope)
    then = encoder.term(expr.then, scope.under(truth))
    return z3.If(truth, then, encoder.term(expr.orelse, scope.under(z3.Not(truth))))


def _map(encoder: Encoder, expr: ir.MapLit, scope: Scope) -> Term:
    """The empty map, with the entries inserted in order."""
    from autoform.vc.smt.operators import empty_map, map_insert

    type_ = type_of(expr)
    assert isinstance(type_, MapType)
    built = empty_map(encoder, type_)
    for key, value in zip(expr.keys, expr.values, strict=True):
        built = map_insert(encoder, type_, built, *encoder.terms((key, value), scope))
    return built


_STRUCTURE: Final[dict[type, Callable[..., Term]]] = {
    ir.IntLit: lambda _, expr, __: z3.IntVal(expr.value),
    ir.BoolLit: lambda _, expr, __: z3.BoolVal(expr.value),
    ir.FloatLit: _float,
    ir.CharLit: lambda _, expr, __: z3.IntVal(ord(expr.value)),
    ir.StrLit: lambda encoder, expr, _: encoder.sequences(StrType()).literal(
        [z3.IntVal(ord(character)) for character in expr.value]
    ),
    ir.Var: lambda _, expr, scope: scope.variables[expr.name],
    ir.ConstRef: _const,
    ir.SeqLit: lambda encoder, expr, scope: encoder.sequences(type_of(expr)).literal(
        encoder.terms(expr.items, scope)
    ),
    ir.TupleLit: lambda encoder, expr, scope: encoder.construct(
        type_of(expr), 0, encoder.terms(expr.items, scope)
    ),
    ir.SetLit: _set,
    ir.MapLit: _map,
    ir.NoneLit: lambda encoder, expr, _: encoder.construct(type_of(expr), 0, ()),
    ir.RecordLit: lambda encoder, expr, scope: encoder.construct(
        expr.type, 0, encoder.terms(expr.fields, scope)
    ),
    ir.VariantLit: _variant,
    ir.FieldGet: _field_get,
    ir.FieldUpdate: _field_update,
    ir.TupleGet: _tuple_get,
    ir.IsVariant: _is_variant,
    ir.VariantGet: _variant_get,
    ir.Apply: _apply,
    ir.Call: _call,
    ir.And: _and,
    ir.Or: _or,
    ir.IfExpr: _if,
    ir.Let: _let,
    ir.Quant: _quant,
    ir.Comprehension: _comprehension,
    ir.Old: _old,
    ir.ResultValue: _result,
}
