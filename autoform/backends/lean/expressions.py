"""Expressions in Lean.

What may raise is an `Except Err` in Lean and is bound to a name, in the order of evaluation,
before the term that uses it. Where evaluation is conditional the bindings stay inside:
`if c then (f x >>= fun t1 => Except.ok (t1 + 1)) else Except.ok 0`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import assert_never

from autoform.backends.lean.arithmetic import (
    Written,
    arithmetic,
    bounds,
    from_template,
    literal,
)
from autoform.backends.lean.comprehensions import comprehension
from autoform.backends.lean.conditions import TRUTHS, truth
from autoform.backends.lean.names import LocalNames, escaped
from autoform.backends.lean.operators import FORMS
from autoform.backends.lean.steps import Context, Step, Truth
from autoform.backends.lean.terms import (
    BIND,
    LOW,
    Term,
    app,
    ascribed,
    closed,
    conditional,
    lambda_,
    proj,
)
from autoform.backends.lean.text import print_char, print_float, print_text
from autoform.backends.lean.types import print_type
from autoform.ir.exprs import (
    And,
    Apply,
    Binder,
    BoolLit,
    Call,
    CharLit,
    Comprehension,
    ConstRef,
    Expr,
    FieldGet,
    FieldUpdate,
    FloatLit,
    IfExpr,
    IntLit,
    IsVariant,
    Lambda,
    Let,
    MapLit,
    NoneLit,
    Old,
    Or,
    Quant,
    RecordLit,
    ResultValue,
    SeqLit,
    SetLit,
    StrLit,
    TupleGet,
    TupleLit,
    Var,
    VariantGet,
    VariantLit,
    type_of,
)
from autoform.ir.ops import OPS
from autoform.ir.types import (
    BoolType,
    EnumType,
    FloatType,
    MachineIntType,
    SeqType,
    TupleType,
    Type,
    TypeVar,
    is_integer,
    walk_type,
)
from autoform.passes.purity import own_exceptions


@dataclass(slots=True)
class Printer:
    """Prints the terms of one definition; `steps` collects what must be bound before."""

    context: Context
    local: LocalNames
    steps: list[Step] = field(default_factory=list)
    narrowed: dict[tuple[str, str], str] = field(default_factory=dict)
    result: Term | None = None
    ghost: bool = False

    def type(self, type_: Type) -> Term:
        """A type."""
        return print_type(type_, self.context.names, self.local)

    def inside(self) -> Printer:
        """The printer of a part that is evaluated only sometimes: with steps of its own."""
        return replace(self, steps=[], narrowed=dict(self.narrowed))

    def bind(self, term: Term) -> Term:
        """A name for the value of an `Except`."""
        name = self.local.fresh("t")
        self.steps.append(Step(name, term, raises=True))
        return Term(name)

    def settle(self, written: Written) -> Term:
        """The value of what was written."""
        return self.bind(written.term) if written.raises else written.term

    # Values

    def value(self, expr: Expr, *, typed: bool = False) -> Term:
        """The term. `typed` says that Lean knows its type from where it stands."""
        match expr:
            case IntLit(number):
                return literal(number) if typed else ascribed(literal(number), Term("Int"))
            case FloatLit() | CharLit() | StrLit() | Var() | ConstRef():
                return self._atom(expr)
            case SeqLit() | SetLit() | MapLit() | TupleLit() | NoneLit():
                return self._collection(expr, typed=typed)
            case RecordLit() | VariantLit() | FieldGet() | FieldUpdate() | TupleGet():
                return self._structure(expr)
            case VariantGet():
                return self._variant_item(expr)
            case Apply():
                return self._apply(expr)
            case Call(function, args):
                raises = function in self.context.raising
                return self.settle(Written(self._call(function, args), raises))
            case BoolLit() | And() | Or() | Quant() | IsVariant():
                return self.decidable(expr)
            case IfExpr():
                return self._conditional(expr, typed=typed)
            case Let():
                return self._let(expr, typed=typed)
            case Comprehension():
                return comprehension(self, expr)
            case Lambda():
                return self._lambda(expr)
            case Old(inner):
                return self.value(inner, typed=typed)
            case ResultValue():
                return self._result()
            case _:
                assert_never(expr)

    def _atom(self, expr: FloatLit | CharLit | StrLit | Var | ConstRef) -> Term:
        match expr:
            case FloatLit():
                return print_float(expr.value)
            case CharLit(text):
                return print_char(text)
            case StrLit(text):
                return print_text(text)
            case Var(name):
                return Term(self.local[name])
            case ConstRef(name):
                return Term(escaped(self.context.names.consts[name]))
            case _:
                assert_never(expr)

    def _result(self) -> Term:
        if self.result is None:
            raise AssertionError("a result outside a theorem")
        return self.result

    def _call(self, function: str, args: tuple[Expr, ...]) -> Term:
        params = self.context.module.function(function).params
        placed = (
            self.value(arg, typed=not _has_variable(param.type))
            for arg, param in zip(args, params, strict=True)
        )
        return app(escaped(self.context.names.functions[function]), *placed)

    def values(self, exprs: Iterable[Expr], *, typed: bool = True) -> tuple[Term, ...]:
        """The terms, evaluated in order."""
        return tuple(self.value(expr, typed=typed) for expr in exprs)

    def _collection(
        self, expr: SeqLit | SetLit | MapLit | TupleLit | NoneLit, *, typed: bool
    ) -> Term:
        match expr:
            case NoneLit():
                term = Term("none")
            case TupleLit(()):
                return Term("()")
            case TupleLit((item,)):
                return self.value(item, typed=typed)
            case TupleLit(items):
                return Term(f"({', '.join(t.text for t in self.values(items, typed=typed))})")
            case SeqLit(_, items):
                term = _list(self.values(items))
            case SetLit(element, items):
                elements = ascribed(_list(self.values(items)), self.type(SeqType(element)))
                return app("Py.setOf", elements)
            case MapLit(key, value, keys, values):
                pairs = _list(
                    Term(f"({self.value(k, typed=True).text}, {self.value(v, typed=True).text})")
                    for k, v in zip(keys, values, strict=True)
                )
                held = self.type(SeqType(TupleType((key, value))))
                return app("Py.mapOf", ascribed(pairs, held))
            case _:
                assert_never(expr)
        return term if typed else ascribed(term, self.type(type_of(expr)))

    def _structure(self, expr: RecordLit | VariantLit | FieldGet | FieldUpdate | TupleGet) -> Term:
        match expr:
            case RecordLit(type_, fields):
                head = escaped(self.context.names.types[type_.name])
                return app(f"{head}.mk", *self.values(fields, typed=not type_.args))
            case VariantLit(type_, variant, args):
                term = app(self.variant(type_, variant), *self.values(args, typed=not type_.args))
                return ascribed(term, self.type(type_)) if type_.args else term
            case FieldGet(record, name):
                return proj(self.value(record), escaped(name))
            case FieldUpdate(record, name, value):
                base = self.value(record)
                new = self.value(value, typed=True)
                return Term(f"{{ {base.arg} with {escaped(name)} := {new.text} }}")
            case TupleGet(whole, index):
                return self._tuple_item(self.value(whole), type_of(whole), index)
            case _:
                assert_never(expr)

    @staticmethod
    def _tuple_item(whole: Term, type_: Type, index: int) -> Term:
        count = len(type_.items) if isinstance(type_, TupleType) else 1
        if count == 1:
            return whole
        path = ["2"] * index + (["1"] if index < count - 1 else [])
        return proj(whole, ".".join(path))

    def variant(self, type_: EnumType, variant: str) -> str:
        """The constructor of a variant."""
        return f"{escaped(self.context.names.types[type_.name])}.{escaped(variant)}"

    def variants(self, type_: Type) -> dict[str, int]:
        """The variants of an enum, with how many items each has."""
        enum = next(e for e in self.context.module.enums if e.name == getattr(type_, "name", ""))
        return {variant.name: len(variant.items) for variant in enum.variants}

    def pattern(self, type_: Type, variant: str, items: Iterable[str]) -> str:
        """`Enum.variant a b`."""
        if not isinstance(type_, EnumType):
            raise AssertionError(f"a variant of {type_}")
        return " ".join((self.variant(type_, variant), *items))

    def _variant_item(self, expr: VariantGet) -> Term:
        if isinstance(expr.value, Var):
            known = self.narrowed.get((f"{expr.variant}.{expr.index}", expr.value.name))
            if known is not None:
                return Term(known)
        type_ = type_of(expr.value)
        variants = self.variants(type_)
        names = ["_"] * variants[expr.variant]
        names[expr.index] = self.local.fresh("item")
        found = self.pattern(type_, expr.variant, names)
        value = self.value(expr.value)
        arms = f"| {found} => Except.ok {names[expr.index]}"
        if len(variants) > 1:
            arms += " | _ => Except.error Err.Panic"
        return self.bind(Term(f"match {value.text} with {arms}", LOW))

    # Operators

    def _apply(self, expr: Apply) -> Term:
        op = expr.op
        if op in {"option.unwrap", "result.unwrap", "result.unwrap_err"}:
            known = expr.args[0]
            if isinstance(known, Var) and (op, known.name) in self.narrowed:
                return Term(self.narrowed[op, known.name])
        if isinstance(expr.type, BoolType) and (op in TRUTHS or op == "implies"):
            return self.decidable(expr)
        if op == "bool.to_int":
            test = self.truth(expr.args[0]).as_prop
            return Term(f"(if {test.text} then (1 : Int) else 0)")
        if op == "bool.to_str":
            test = self.truth(expr.args[0]).as_prop
            return conditional(test, print_text("True"), print_text("False"))
        if op == "seq.fold":
            return self._fold(expr)
        args = self.arguments(expr)
        return self.settle(self._written(expr, args))

    def arguments(self, expr: Apply) -> tuple[Term, ...]:
        """The operands. Literals need no type where the operator or another argument fixes it."""
        schemes = OPS[expr.op].params
        fixed = any(not isinstance(arg, _OPEN_TYPED) for arg in expr.args)
        infixed = expr.op in _INFIXED and fixed
        return tuple(
            self.value(arg, typed=infixed or not _has_variable(scheme))
            for arg, scheme in zip(expr.args, schemes, strict=True)
        )

    def _written(self, expr: Apply, args: tuple[Term, ...]) -> Written:
        """The operator on terms."""
        op = expr.op
        match op:
            case "int.widen" | "str.to_chars" | "str.from_chars":
                return Written(args[0])
            case "result.ok" | "result.err":
                head = "Except.ok" if op == "result.ok" else "Except.error"
                return Written(ascribed(app(head, args[0]), self.type(expr.type)))
            case "min2" | "max2":
                integers = is_integer(expr.type)
                name = op[:3] if integers else f"Py.{op}"
                return Written(app(name, *args))
            case "seq.sum" | "seq.product":
                return self._sum(expr, args[0])
            case "set.sum":
                return self._sum(expr, app("Py.Set.items", args[0]))
            case _:
                pass
        known = arithmetic(expr, args)
        return known if known is not None else self._from_table(expr, args)

    def _sum(self, expr: Apply, items: Term) -> Written:
        name = "Sum" if expr.op.endswith("sum") else "Product"
        if isinstance(expr.type, MachineIntType):
            return Written(app(f"Py.checked{name}", *bounds(expr.type), items), raises=True)
        if isinstance(expr.type, FloatType):
            return Written(app(f"Py.float{name}", items))
        return Written(app(f"Py.{name.lower()}", items))

    def _from_table(self, expr: Apply, args: tuple[Term, ...]) -> Written:
        form = FORMS[expr.op]
        exceptions = own_exceptions(expr)
        overflow = "OverflowError" in exceptions and isinstance(expr.type, MachineIntType)
        if not exceptions - {"OverflowError"} and form.total is not None:
            exact = from_template(form.total, args)
            if overflow and isinstance(expr.type, MachineIntType):
                return Written(app("Py.checked", *bounds(expr.type), exact), raises=True)
            return Written(exact)
        if form.partial is None:
            raise AssertionError(f"{expr.op} has no form that raises")
        exact = from_template(form.partial, args)
        if overflow and isinstance(expr.type, MachineIntType):
            check = app("Py.checked", *bounds(expr.type))
            return Written(Term(f"{exact.at(BIND)} >>= {check.at(BIND + 1)}", BIND), raises=True)
        return Written(exact, raises=True)

    def _fold(self, expr: Apply) -> Term:
        items, init, step = expr.args
        if not isinstance(step, Lambda):
            raise AssertionError("a fold without a lambda")
        xs, start = self.value(items), self.value(init)
        inner = self.inside()
        params = tuple(map(self.binder, step.params))
        body = inner.value(step.body, typed=True)
        if not any(s.raises for s in inner.steps):
            return app("List.foldl", lambda_(params, inner.around(body)), start, xs)
        return self.bind(app("Py.foldl", lambda_(params, inner.raising(body)), start, xs))

    # Parts with steps of their own

    def around(self, body: Term) -> Term:
        """The term after its steps, none of which raises."""
        for step in reversed(self.steps):
            kept = f" : {step.type.text}" if step.type else ""
            body = Term(f"let {step.name}{kept} := {step.term.text}; {body.text}", LOW)
        return body

    def raising(self, value: Term) -> Term:
        """The `Except` that takes the steps and yields the value."""
        steps = list(self.steps)
        body = app("Except.ok", value)
        if steps and steps[-1].raises and steps[-1].name == value.text:
            body = steps.pop().term
        for step in reversed(steps):
            if step.raises:
                body = Term(f"{step.term.at(BIND)} >>= fun {step.name} => {body.text}", LOW)
            else:
                kept = f" : {step.type.text}" if step.type else ""
                body = Term(f"let {step.name}{kept} := {step.term.text}; {body.text}", LOW)
        return body

    @property
    def raises(self) -> bool:
        """Whether one of the steps raises."""
        return any(step.raises for step in self.steps)

    def _conditional(self, expr: IfExpr, *, typed: bool) -> Term:
        test = self.truth(expr.condition).as_prop
        then, orelse = self.inside(), self.inside()
        yes, no = then.value(expr.then, typed=typed), orelse.value(expr.orelse, typed=typed)
        if not (then.raises or orelse.raises):
            return conditional(test, closed(then.around(yes)), orelse.around(no))
        if typed:  # it is bound to a name, whose type Lean must find in the branches
            then, orelse = self.inside(), self.inside()
            yes, no = then.value(expr.then), orelse.value(expr.orelse)
        chosen = conditional(test, closed(then.raising(yes)), orelse.raising(no))
        return self.bind(chosen)

    def _let(self, expr: Let, *, typed: bool) -> Term:
        value = self.value(expr.value, typed=True)
        name = self.local[expr.name]
        self.steps.append(Step(name, value, raises=False, type=self.type(type_of(expr.value))))
        return self.value(expr.body, typed=typed)

    def _lambda(self, expr: Lambda) -> Term:
        inner = self.inside()
        body = inner.value(expr.body)
        if inner.raises:
            raise AssertionError("a lambda that raises")
        return lambda_(map(self.binder, expr.params), inner.around(body))

    def binder(self, binder: Binder) -> str:
        """A bound name with its type, which Lean may need before it sees the list."""
        return f"({self.local[binder.name]} : {self.type(binder.type).text})"

    def decidable(self, expr: Expr) -> Term:
        """A condition as a `Bool`, which it can be only in code, not in a theorem's words."""
        return truth(replace(self, ghost=False), expr).as_bool

    def truth(self, expr: Expr) -> Truth:
        """A condition."""
        return truth(self, expr)


_OPEN_TYPED = (IntLit, SeqLit, TupleLit, NoneLit, IfExpr, Let, Old)
"""Expressions whose literals take the type that the place gives them."""
_INFIXED = frozenset(
    {"add", "sub", "mul", "eq", "ne", "lt", "le", "gt", "ge", "floor_div", "floor_mod"}
    | {"euclid_div", "euclid_mod", "min2", "max2"}
)


def _list(items: Iterable[Term]) -> Term:
    return Term(f"[{', '.join(item.text for item in items)}]")


def _has_variable(scheme: Type) -> bool:
    return any(isinstance(part, TypeVar) for part in walk_type(scheme))
