"""Random declarations and modules: the two ways in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import Final

from hypothesis import strategies as st

from autoform.ir.build import compare, disjunction, integer
from autoform.ir.decls import (
    Assumption,
    ConstDecl,
    Contract,
    EnumDecl,
    Function,
    Module,
    Param,
    RaisesClause,
    RecordDecl,
    Variant,
)
from autoform.ir.exprs import Binder, Call, Expr, ResultValue, StrLit, Var
from autoform.ir.features import features
from autoform.ir.ops import apply
from autoform.ir.stmts import Block, Clause, If, Origin, Raise, Return, VarDecl
from autoform.ir.types import (
    BOOL,
    INT,
    UNIT,
    EnumType,
    IntType,
    SeqType,
    StrType,
    Type,
    TypeVar,
    is_ordered,
)
from autoform.testing.generate.catalogue import GROWING
from autoform.testing.generate.choices import Choices
from autoform.testing.generate.expressions import Expressions, Place
from autoform.testing.generate.profile import EVERYTHING, Profile
from autoform.testing.generate.statements import EXCEPTIONS, Statements

_MOST_ROUNDS: Final = 8
_LOOPS: Final = frozenset({"While", "ForRange", "ForEach", "Call", "CallStmt"})


def random_module(seed: int | Random, profile: Profile = EVERYTHING) -> Module:
    """A well-formed module: the same for the same seed and profile."""
    rng = seed if isinstance(seed, Random) else Random(seed)  # noqa: S311 - repeatable on purpose
    return _Maker(Choices(rng, profile)).module()


def modules(profile: Profile = EVERYTHING) -> st.SearchStrategy[Module]:
    """Well-formed modules, as a Hypothesis strategy."""
    return st.randoms(use_true_random=False).map(lambda rng: random_module(rng, profile))


@dataclass(frozen=True, slots=True)
class _Maker:
    choices: Choices

    def module(self) -> Module:
        choices = self.choices
        if "Record" in choices.profile.types:
            for n in range(choices.upto(2)):
                choices.records.append(self._record(n))
        if "Enum" in choices.profile.types:
            for n in range(choices.upto(2)):
                choices.enums.append(self._enum(n))
        if choices.profile.constants:
            for n in range(choices.upto(2)):
                choices.consts.append(self._const(n))
        for n in range(1 + choices.upto(choices.profile.functions - 1)):
            function = self._function(n)
            choices.functions.append(function)
            if not features(*function.body) & (_LOOPS | {f"op:{op}" for op in GROWING}):
                choices.cheap.add(function.name)
        floats = "Float" in choices.profile.types and choices.chance(10)
        return Module(
            functions=tuple(choices.functions),
            records=tuple(choices.records),
            enums=tuple(choices.enums),
            consts=tuple(choices.consts),
            assumptions=(Assumption.FLOAT_AS_REAL,) if floats else (),
        )

    def _type_params(self, percent: int) -> tuple[str, ...]:
        generic = self.choices.profile.generics and self.choices.chance(percent)
        return ("T",) if generic else ()

    def _record(self, number: int) -> RecordDecl:
        params = self._type_params(30)
        types = [
            *map(TypeVar, params),
            *(self.choices.type(1) for _ in range(self.choices.upto(2))),
        ]
        fields = tuple(Binder(self.choices.name("a", n), type_) for n, type_ in enumerate(types))
        return RecordDecl(f"R{number}", fields, params)

    def _enum(self, number: int) -> EnumDecl:
        """The first variant is not recursive, so that the type has values."""
        params = self._type_params(30)
        whole = EnumType(f"E{number}", tuple(map(TypeVar, params)))
        variants = [Variant("A", ())]
        for n in range(self.choices.upto(2)):
            items = [self.choices.type(1) for _ in range(self.choices.upto(2))]
            items += [whole] if self.choices.chance(30) else []
            variants.append(Variant(f"B{n}", (*items, *map(TypeVar, params))))
        return EnumDecl(whole.name, tuple(variants), params)

    def _const(self, number: int) -> ConstDecl:
        type_ = self.choices.type(1)
        return ConstDecl(f"C{number}", type_, self.choices.literal(type_))

    def _function(self, number: int) -> Function:
        choices = self.choices
        choices.type_params = self._type_params(15)
        exprs = Expressions(choices)
        types: list[Type] = [*map(TypeVar, choices.type_params)]
        types += [choices.type() for _ in range(1 + choices.upto(2))]
        types += [choices.declared_type()] if choices.chance(40) else []
        params = tuple(self._param(exprs, type_) for type_ in types)
        for param in params:
            exprs.place.variables[param.name] = param.type
        result = self._result(exprs)
        name = choices.name("f", number)
        counter = next((p for p in params if p.type == INT and not p.inout), None)
        contract, guards = self._contract(exprs, params, result)
        before: Block = ()
        inout = any(param.inout for param in params)
        if counter is not None and not inout and result != UNIT and choices.chance(15):
            before = self._recursion(exprs, name, params, counter, result)
            exprs.place.variables[before[-1].name] = result  # type: ignore[union-attr] # a local
            contract = replace(contract, decreases=(Var(counter.name, INT),))
        statements = Statements(exprs, result, {param.name for param in params})
        body = (*guards, *before, *statements.body())
        type_params = choices.type_params
        choices.type_params = ()
        return Function(name, params, result, body, contract, type_params)

    def _param(self, exprs: Expressions, type_: Type) -> Param:
        choices = self.choices
        inout = choices.profile.inout and choices.chance(20)
        simple = isinstance(type_, IntType | StrType) and not inout
        default = choices.literal(type_) if simple and choices.chance(10) else None
        return Param(exprs.fresh("x"), type_, inout=inout, default=default)

    def _result(self, exprs: Expressions) -> Type:
        type_ = UNIT if self.choices.chance(10) else self.choices.type()
        return type_ if exprs.can_make(type_) else INT

    def _recursion(
        self,
        exprs: Expressions,
        name: str,
        params: tuple[Param, ...],
        counter: Param,
        result: Type,
    ) -> Block:
        """`if n <= 0 || 8 < n { return … } var r = f(n - 1, …);`, which ends for every `n`."""
        value = Var(counter.name, INT)
        stop = disjunction(
            (compare("le", value, integer(0)), compare("lt", integer(_MOST_ROUNDS), value))
        )
        args = tuple(
            apply("sub", value, integer(1)) if param is counter else Var(param.name, param.type)
            for param in params
        )
        first = If(stop, (Return(exprs.atom(result)),))
        return (first, VarDecl(exprs.fresh("r"), result, Call(name, args, result)))

    def _contract(
        self, exprs: Expressions, params: tuple[Param, ...], result: Type
    ) -> tuple[Contract, Block]:
        """Clauses, and the guards that make `raises` true."""
        choices = self.choices
        if not choices.profile.contracts:
            return Contract(), ()
        entry = exprs.place
        exprs.place = replace(entry, in_contract=True, calls_allowed=False)
        requires = [self._clause(e) for p in params if (e := self._bounds(p)) is not None]
        raises, guards = [], []
        if choices.has("Raise") and choices.has("If") and choices.chance(20):
            exception = choices.pick(EXCEPTIONS)
            exprs.place = replace(entry, calls_allowed=False)
            when = exprs.make(BOOL, 2)
            raises.append(RaisesClause(exception, when, Origin.GUARD))
            guards.append(If(exprs.renamed(when), (Raise(exception, StrLit("guard")),)))
        old = replace(entry, in_contract=True, old_allowed=True, calls_allowed=False)
        exprs.place = replace(old, result=result)
        ensures = [self._clause(self._promise(exprs, result)) for _ in range(choices.upto(1))]
        exprs.place = entry
        return Contract(tuple(requires), tuple(raises), tuple(ensures)), tuple(guards)

    def _clause(self, condition: Expr) -> Clause:
        return Clause(condition, self.choices.pick(tuple(Origin)))

    def _bounds(self, param: Param) -> Expr | None:
        """A condition that many values of a parameter meet."""
        value = Var(param.name, param.type)
        match param.type:
            case IntType() if self.choices.chance(40):
                return compare(self.choices.pick(("ge", "gt", "ne")), value, integer(0))
            case SeqType() if self.choices.chance(30):
                return compare("lt", integer(0), apply("seq.len", value))
            case _:
                return None

    def _promise(self, exprs: Expressions, result: Type) -> Expr:
        """A comparison of the result, or any condition."""
        if result == UNIT or not is_ordered(result) or self.choices.chance(40):
            return exprs.make(BOOL, 2)
        sign = self.choices.pick(("eq", "ne", "le", "ge"))
        return apply(sign, ResultValue(result), exprs.make(result, 1))


__all__ = ["Place", "modules", "random_module"]
