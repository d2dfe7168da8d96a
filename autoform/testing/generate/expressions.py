"""Random expressions of a given type."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from autoform.ir.build import conjunction
from autoform.ir.decls import Function
from autoform.ir.definedness import conditions
from autoform.ir.exprs import (
    FALSE,
    TRUE,
    And,
    Apply,
    Binder,
    Call,
    Collection,
    Comprehension,
    Expr,
    FieldGet,
    FieldUpdate,
    Filter,
    Generator,
    IfExpr,
    IntLit,
    IsVariant,
    Lambda,
    Let,
    Old,
    Or,
    Quant,
    Quantifier,
    RecordLit,
    ResultValue,
    SeqLit,
    SetLit,
    TupleGet,
    TupleLit,
    Var,
    VariantGet,
    VariantLit,
)
from autoform.ir.features import type_name
from autoform.ir.ops import Op, SignatureError, apply, check_application
from autoform.ir.traversal import declared_names, rename
from autoform.ir.types import (
    BOOL,
    INT,
    MACHINE_INTS,
    STR,
    BoolType,
    EnumType,
    FloatType,
    FnType,
    MachineIntType,
    MapType,
    RecordType,
    SeqType,
    SetType,
    TupleType,
    Type,
    element_type,
    is_ordered,
    match_type,
    substitute_type,
    walk_type,
)
from autoform.ir.types import TypeVar as IRTypeVar
from autoform.testing.generate.catalogue import (
    CONTRACT_ONLY,
    FIXED,
    GROWING,
    SMALL,
    giving,
    suits,
)
from autoform.testing.generate.choices import Choices, has_literal

_Maker = Callable[[Type, int], Expr | None]


@dataclass(slots=True)
class Place:
    """Where an expression stands: what it sees, and what it may use."""

    variables: dict[str, Type] = field(default_factory=dict)
    in_loop: bool = False
    in_contract: bool = False
    old_allowed: bool = False
    result: Type | None = None
    calls_allowed: bool = True
    counters: tuple[str, ...] = ()


@dataclass(slots=True)
class Expressions:
    """Makes expressions of one function; binders get names that the function does not have."""

    choices: Choices
    place: Place = field(default_factory=Place)
    _names: int = 0

    def fresh(self, base: str) -> str:
        """A new name for the function."""
        self._names += 1
        return self.choices.name(base, self._names)

    @contextmanager
    def seeing(self, *binders: Binder) -> Iterator[None]:
        """Make binders visible for a while."""
        before = self.place.variables
        self.place.variables = before | {each.name: each.type for each in binders}
        yield
        self.place.variables = before

    def make(self, type_: Type, depth: int | None = None) -> Expr:
        """An expression of the type."""
        level = self.choices.profile.depth if depth is None else depth
        if level > 0:
            for _ in range(3):
                maker = self.choices.pick(self._makers(type_))
                if (found := maker(type_, level - 1)) is not None:
                    return found
        return self.atom(type_)

    def atom(self, type_: Type) -> Expr:
        """A variable, a constant or a literal."""
        found = [name for name, each in self.place.variables.items() if each == type_]
        if found and (self.choices.chance(75) or not has_literal(type_)):
            return Var(self.choices.pick(found), type_)
        if (const := self.choices.constant(type_)) and self.choices.chance(40):
            return const
        if not has_literal(type_):
            return self._built(type_)
        return self.choices.literal(type_)

    def can_make(self, type_: Type) -> bool:
        """Whether `atom` can answer."""
        match type_:
            case IRTypeVar():
                return type_ in self.place.variables.values()
            case TupleType(items):
                return all(map(self.can_make, items))
            case RecordType():
                return all(map(self.can_make, self.choices.field_types(type_).values()))
            case EnumType():
                return all(map(self.can_make, self.choices.variants(type_)[0][1]))
            case _:
                return has_literal(type_)

    def _built(self, type_: Type) -> Expr:
        """A value of a type with type variables inside, of the variables at hand."""
        match type_:
            case TupleType(items):
                return TupleLit(tuple(map(self.atom, items)))
            case RecordType():
                fields = self.choices.field_types(type_).values()
                return RecordLit(type_, tuple(map(self.atom, fields)))
            case EnumType():
                variant, items = self.choices.variants(type_)[0]
                return VariantLit(type_, variant, tuple(map(self.atom, items)))
            case _:
                raise TypeError("no variable of this type is visible")

    def _makers(self, type_: Type) -> list[_Maker]:
        makers: list[_Maker] = [self._apply] * 6
        makers.append(lambda wanted, _: self.atom(wanted))
        has = self.choices.has
        if has("IfExpr"):
            makers.append(self._if)
        if has("Let"):
            makers.append(self._let)
        if has("Call") and self.place.calls_allowed:
            makers += [self._call] * 2
        if self.place.old_allowed and has("Old"):
            makers.append(self._old)
        if self.place.result == type_:
            makers += [self._result] * 2
        makers += self._by_type(type_)
        has_parts = any(
            isinstance(each, TupleType | RecordType | EnumType)
            for each in self.place.variables.values()
        )
        return makers + [self._part] * 3 if has_parts else makers

    def _by_type(self, type_: Type) -> list[_Maker]:
        has = self.choices.has
        match type_:
            case BoolType():
                tests: list[_Maker] = [self._is_variant]
                tests += [self._junction] * 2 if has("And") and has("Or") else []
                return tests + ([self._quantified] if has("Quant") else [])
            case SeqType() | SetType() | MapType():
                display: list[_Maker] = [] if isinstance(type_, MapType) else [self._display]
                return display + ([self._comprehension] if has("Comprehension") else [])
            case TupleType():
                return [self._tuple]
            case RecordType():
                return [self._record, self._update]
            case EnumType():
                return [self._variant]
            case _:
                return []

    def _apply(self, type_: Type, depth: int) -> Expr | None:
        ops = giving(type_, self.choices.profile.ops)
        for _ in range(4):
            if not ops:
                break
            op = self.choices.pick(ops)
            if self.place.in_loop and op.name in GROWING:
                return self._scaled(type_) if op.name == "mul" else None
            if op.name in CONTRACT_ONLY and not self.place.in_contract:
                continue
            if (found := self._application(op, type_, depth)) is not None:
                return found
        return None

    def _scaled(self, type_: Type) -> Expr:
        """A product that a loop can afford: by a literal or by what it counts with."""
        counters = [Var(n, type_) for n in self.place.counters if self.place.variables[n] == type_]
        factor = self.choices.pick([self.choices.literal(type_), *counters])
        return apply("mul", self.atom(type_), factor)

    def _application(self, op: Op, type_: Type, depth: int) -> Expr | None:
        wanted = self._argument_types(op, type_)
        if wanted is None:
            return None
        guarded = bool(op.raises) and self.choices.chance(94)
        # A guard repeats the arguments, so they must not bind names.
        level = 0 if guarded else depth
        args = tuple(self._argument(op, n, arg, level) for n, arg in enumerate(wanted))
        application = Apply(op.name, args, type_)
        if not guarded:
            return application
        condition = conjunction([self.renamed(c) for _, c in conditions(application)])
        if condition == FALSE or not self.can_make(type_):
            return None
        if condition == TRUE:
            return application
        return IfExpr(condition, application, self.atom(type_))

    def renamed(self, condition: Expr) -> Expr:
        """A copy of the condition with binders that the function does not have."""
        names = {name: self.fresh("b") for name in declared_names(condition)}
        return rename(condition, names)

    def _argument_types(self, op: Op, type_: Type) -> tuple[Type, ...] | None:
        """Types of arguments that give the type; what it leaves open is chosen."""
        bindings: dict[str, Type] = {}
        match_type(op.result, type_, bindings)
        for scheme in op.params:
            for part in walk_type(scheme):
                if isinstance(part, IRTypeVar) and part.name not in bindings:
                    bindings[part.name] = self._open(part.name, bindings)
        wanted = tuple(substitute_type(scheme, bindings) for scheme in op.params)
        try:
            check_application(op, wanted, type_)
        except SignatureError:
            return None
        makeable = all(
            self.can_make(arg.result if isinstance(arg, FnType) else arg) for arg in wanted
        )
        return wanted if makeable and suits(op, wanted) and self._known(wanted) else None

    def _known(self, wanted: tuple[Type, ...]) -> bool:
        """Whether the profile has the types, and no set or map compares doubles."""
        for part in (part for arg in wanted for part in walk_type(arg)):
            match part:
                case SetType(FloatType()) | MapType(FloatType(), _):
                    return False
                case IRTypeVar() | FnType():
                    pass
                case _ if type_name(part) not in self.choices.profile.types:
                    return False
                case _:
                    pass
        return True

    def _open(self, variable: str, bindings: dict[str, Type]) -> Type:
        """A type for a variable of a scheme."""
        types = self.choices.profile.types
        machine: list[Type] = [t for name, t in MACHINE_INTS.items() if name in types]
        if variable in {"Machine", "Unsigned"} and machine:
            wanted = bindings.get("Unsigned")
            if isinstance(wanted, MachineIntType):
                signed = [False, True] if not wanted.pointer else [False]
                return replace(wanted, signed=self.choices.pick(signed))
            return self.choices.pick(machine)
        if variable in {"Number", "Integer", "Target"}:
            return self.choices.pick([INT, INT, *machine])
        if variable in {"K"}:
            return self.choices.key_type()
        type_ = self.choices.type(1)
        return type_ if variable != "Ordered" or is_ordered(type_) else INT

    def _argument(self, op: Op, position: int, type_: Type, depth: int) -> Expr:
        if fixed := FIXED.get((op.name, position)):
            return self.choices.pick(fixed)
        if position in SMALL.get(op.name, ()):
            return self._small(type_)
        if isinstance(type_, FnType):
            return self._lambda(op, type_, depth)
        return self.make(type_, depth)

    def _small(self, type_: Type) -> Expr:
        """A number from zero to four."""
        if type_ == INT and self.choices.chance(40) and "floor_mod" in self.choices.profile.ops:
            return apply("floor_mod", self.atom(INT), IntLit(5, INT))
        number = self.choices.upto(4)
        return IntLit(number, type_) if isinstance(type_, MachineIntType) else IntLit(number, INT)

    def _lambda(self, op: Op, type_: FnType, depth: int) -> Lambda:
        params = tuple(Binder(self.fresh("p"), each) for each in type_.params)
        outside = replace(self.place)
        self.place = replace(
            outside,
            in_loop=outside.in_loop or op.name == "seq.fold",
            calls_allowed=False,
            variables=dict(outside.variables),
        )
        with self.seeing(*params):
            body = self.make(type_.result, min(depth, 2))
        self.place = outside
        return Lambda(params, body)

    def _if(self, type_: Type, depth: int) -> Expr | None:
        if not self.can_make(type_):
            return None
        return IfExpr(self.make(BOOL, depth), self.make(type_, depth), self.make(type_, depth))

    def _let(self, type_: Type, depth: int) -> Expr | None:
        bound = self.choices.type(1)
        if not self.can_make(bound) or not self.can_make(type_):
            return None
        value = self.make(bound, depth)
        name = self.fresh("l")
        with self.seeing(Binder(name, bound)):
            return Let(name, value, self.make(type_, depth))

    def _call(self, type_: Type, depth: int) -> Expr | None:
        options = [
            function
            for function in self.choices.functions
            if not any(param.inout for param in function.params)
            and (not self.place.in_loop or function.name in self.choices.cheap)
        ]
        if not options:
            return None
        return self.call(self.choices.pick(options), type_, depth)

    def call(self, function: Function, type_: Type, depth: int) -> Call | None:
        """A call that gives the type, if the function can."""
        bindings: dict[str, Type] = {}
        if not match_type(function.result, type_, bindings):
            return None
        for name in function.type_params:
            bindings.setdefault(name, self.choices.key_type())
        types = [substitute_type(param.type, bindings) for param in function.params]
        if not all(map(self.can_make, types)):
            return None
        args = tuple(self.make(each, min(depth, 1)) for each in types)
        return Call(function.name, args, type_)

    def _old(self, type_: Type, depth: int) -> Expr | None:
        if not self.can_make(type_):
            return None
        outside = self.place
        self.place = replace(outside, old_allowed=False, result=None)
        value = self.make(type_, min(depth, 1))
        self.place = outside
        return Old(value)

    def _result(self, type_: Type, _: int) -> Expr:
        return ResultValue(type_)

    def _part(self, type_: Type, _: int) -> Expr | None:
        """A part of something visible: a tuple's item, a record's field, a payload."""
        found: list[Expr] = []
        for name, each in self.place.variables.items():
            whole = Var(name, each)
            match each:
                case TupleType(items):
                    found += [TupleGet(whole, n) for n, item in enumerate(items) if item == type_]
                case RecordType():
                    fields = self.choices.field_types(each).items()
                    found += [FieldGet(whole, f, item) for f, item in fields if item == type_]
                case EnumType():
                    found += self._payloads(whole, each, type_)
                case _:
                    pass
        return self.choices.pick(found) if found else None

    def _payloads(self, whole: Expr, enum: EnumType, type_: Type) -> Iterator[Expr]:
        """Payloads of the type, guarded mostly."""
        for variant, items in self.choices.variants(enum):
            for index, item in enumerate(items):
                if item == type_ and self.can_make(type_):
                    get = VariantGet(whole, variant, index, type_)
                    guard = self.choices.chance(80)
                    other = self.atom(type_)
                    yield IfExpr(IsVariant(whole, variant), get, other) if guard else get

    def _is_variant(self, _: Type, depth: int) -> Expr | None:
        enums = [each for each in self.place.variables.values() if isinstance(each, EnumType)]
        if not enums:
            return None
        enum = self.choices.pick(enums)
        variant, _items = self.choices.pick(self.choices.variants(enum))
        return IsVariant(self.make(enum, min(depth, 1)), variant)

    def _junction(self, _: Type, depth: int) -> Expr:
        items = tuple(self.make(BOOL, depth) for _ in range(2 + self.choices.upto(1)))
        return And(items) if self.choices.chance(50) else Or(items)

    def source(self, *, ordered: bool = True) -> tuple[Expr, Type] | None:
        """Something small to iterate, with the type of its elements."""
        options = [
            (Var(name, each), element)
            for name, each in self.place.variables.items()
            if (element := element_type(each)) is not None
            and not (ordered and isinstance(each, SetType))
        ]
        if options and self.choices.chance(60):
            return self.choices.pick(options)
        types = self.choices.profile.types
        if "Str" in types and self.choices.chance(20):
            return self.choices.literal(STR), STR
        if "Seq" not in types:
            return None
        if "seq.range" in self.choices.profile.ops and self.choices.chance(50):
            bounds = (self._small(INT), self._small(INT), IntLit(1, INT))
            return apply("seq.range", *bounds), INT
        element = self.choices.type(0)
        return self.choices.literal(SeqType(element)), element

    def _quantified(self, _: Type, depth: int) -> Expr | None:
        found = self.source(ordered=False)
        if found is None:
            return None
        domain, element = found
        binder = Binder(self.fresh("q"), element)
        kind = self.choices.pick(tuple(Quantifier))
        with self.seeing(binder):
            return Quant(kind, binder, domain, self.make(BOOL, depth))

    def _comprehension(self, type_: Type, depth: int) -> Expr | None:
        key: Type | None = None
        match type_:
            case SeqType(element):
                kind = Collection.SEQ
            case SetType(element):
                kind = Collection.SET
            case MapType(key_type, element):
                kind, key = Collection.MAP, key_type
            case _:
                return None
        if not self.can_make(element):
            return None
        before = self.place.variables
        self.place.variables = dict(before)
        clauses: list[Generator | Filter] = []
        for n in range(1 + (self.choices.chance(25) and not self.place.in_loop)):
            found = self.source(ordered=kind is not Collection.SET)
            if found is None:
                break
            binder = Binder(self.fresh("c"), found[1])
            clauses.append(Generator(binder, found[0]))
            self.place.variables[binder.name] = binder.type
            if self.choices.chance(40):
                clauses.append(Filter(self.make(BOOL, min(depth, 1 + (n == 0)))))
        value = None
        if clauses:
            made_key = None if key is None else self.make(key, min(depth, 1))
            value = Comprehension(kind, self.make(element, depth), tuple(clauses), made_key)
        self.place.variables = before
        return value

    def _display(self, type_: Type, depth: int) -> Expr | None:
        match type_:
            case SeqType(element) | SetType(element) if self.can_make(element):
                items = tuple(self.make(element, depth) for _ in range(self.choices.upto(3)))
                return (
                    SeqLit(element, items) if isinstance(type_, SeqType) else SetLit(element, items)
                )
            case _:
                return None

    def _tuple(self, type_: Type, depth: int) -> Expr | None:
        if not isinstance(type_, TupleType) or not self.can_make(type_):
            return None
        return TupleLit(tuple(self.make(item, depth) for item in type_.items))

    def _record(self, type_: Type, depth: int) -> Expr | None:
        if not isinstance(type_, RecordType) or not self.can_make(type_):
            return None
        fields = self.choices.field_types(type_).values()
        return RecordLit(type_, tuple(self.make(item, depth) for item in fields))

    def _update(self, type_: Type, depth: int) -> Expr | None:
        if not isinstance(type_, RecordType) or not self.can_make(type_):
            return None
        fields = list(self.choices.field_types(type_).items())
        if not fields:
            return None
        name, item = self.choices.pick(fields)
        return FieldUpdate(self.make(type_, depth), name, self.make(item, depth))

    def _variant(self, type_: Type, depth: int) -> Expr | None:
        if not isinstance(type_, EnumType):
            return None
        variant, items = self.choices.pick(self.choices.variants(type_))
        if not all(map(self.can_make, items)):
            return None
        return VariantLit(type_, variant, tuple(self.make(item, depth) for item in items))
