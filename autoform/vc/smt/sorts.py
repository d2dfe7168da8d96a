"""IR types as SMT sorts, and the axioms that come with them.

Integers of every width are `Int` (their range is a fact, not a sort), floats are `Real` where
that is allowed. A sequence is an uninterpreted sort per element sort with `len` and `at`
(K. R. M. Leino, "Specification and verification of object-oriented software", and Dafny's
prelude), so that quantified facts about its elements instantiate by E-matching. Tuples,
options, results, records and enums are datatypes, sets are arrays to Bool, maps a datatype of
domain, values and key order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import assert_never

from autoform.ir.decls import Module
from autoform.ir.types import (
    BoolType,
    CharType,
    EnumType,
    FloatType,
    FnType,
    IntType,
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
    substitute_type,
)
from autoform.vc.smt.binding import z3


class NotEncodable(Exception):
    """A type or expression without an encoding; the obligation that needs it stays open."""


class Universe:
    """Sorts, function symbols and axioms of one module, made on demand and made once.

    Axioms are kept in the order they were demanded; a solver adds those present when an
    obligation was built, all of them when it checks.
    """

    def __init__(self, module: Module, *, allow_real: bool = False) -> None:
        """Start with no sort and no axiom. `allow_real` admits `Float` as `Real`.

        Terms are made in a new context from here on: what was proved before can neither fill
        the memory nor change the order in which the solver goes through its terms.
        """
        z3.z3._main_ctx = z3.Context()  # noqa: SLF001 - z3 has no other way to replace it
        self.module = module
        self.allow_real = allow_real
        self.multiplies = False
        self.own: frozenset[str] = frozenset()
        self.axioms: list[z3.BoolRef] = []
        self.unfoldings: dict[int, Callable[..., Iterable[z3.BoolRef]]] = {}
        self._sorts: dict[str, z3.SortRef] = {}
        self._functions: dict[str, z3.FuncDeclRef] = {}
        self._pending: set[str] = set()
        self._datatypes: dict[str, z3.DatatypeSortRef] = {}
        self._fresh = 0

    def fresh(self, base: str, sort: z3.SortRef) -> z3.ExprRef:
        """A constant that occurs nowhere else, named after `base`."""
        self._fresh += 1
        return z3.Const(f"{base}!{self._fresh}", sort)

    def function(
        self,
        name: str,
        domain: Iterable[z3.SortRef],
        codomain: z3.SortRef,
        axioms: Callable[[z3.FuncDeclRef], Iterable[z3.BoolRef]] | None = None,
    ) -> z3.FuncDeclRef:
        """The symbol of that name; on first demand its axioms are added.

        The symbol is registered before its axioms are built, so axioms may mention it.
        """
        found = self._functions.get(name)
        if found is None:
            found = z3.Function(name, *domain, codomain)
            self._functions[name] = found
            if axioms is not None:
                self.axioms.extend(axioms(found))
        return found

    def define_unfolding(
        self, symbol: z3.FuncDeclRef, instance: Callable[..., Iterable[z3.BoolRef]]
    ) -> None:
        """Facts to add for every ground application of `symbol`, a bounded number of times."""
        self.unfoldings[symbol.get_id()] = instance

    def symbols(self) -> tuple[z3.FuncDeclRef, ...]:
        """All function symbols made so far."""
        return tuple(self._functions.values())

    def unfolds(self, symbol: z3.FuncDeclRef) -> bool:
        """Whether facts are added for ground applications of the symbol."""
        return symbol.get_id() in self.unfoldings

    def sort(self, type_: Type) -> z3.SortRef:
        """The sort of a type. Raises `NotEncodable` for floats not allowed, functions."""
        key = format_type(type_)
        found = self._sorts.get(key)
        if found is None:
            if key in self._pending:
                raise NotEncodable(f"{key} contains itself inside another type")
            self._pending.add(key)
            try:
                found = self._sorts[key] = self._make_sort(type_, key)
            finally:
                self._pending.discard(key)
        return found

    def _make_sort(self, type_: Type, key: str) -> z3.SortRef:
        match type_:
            case IntType() | MachineIntType() | CharType():
                return z3.IntSort()
            case BoolType():
                return z3.BoolSort()
            case FloatType():
                if not self.allow_real:
                    raise NotEncodable("floats are proved about only as reals, on request")
                return z3.RealSort()
            case StrType():
                return z3.DeclareSort("Str")
            case SeqType(element):
                self.sort(element)
                return z3.DeclareSort(key)
            case SetType(element):
                return z3.ArraySort(self.sort(element), z3.BoolSort())
            case TypeVar(name):
                return z3.DeclareSort(f"'{name}")
            case TupleType(items):
                fields = [(f"item{i}", self.sort(item)) for i, item in enumerate(items)]
                return self._datatype(key, [("tuple", fields)])
            case OptionType(item):
                return self._datatype(key, [("none", []), ("some", [("value", self.sort(item))])])
            case ResultType(ok, err):
                success = ("ok", [("ok_value", self.sort(ok))])
                return self._datatype(key, [success, ("err", [("err_value", self.sort(err))])])
            case MapType(map_key, value):
                keys, values = self.sort(map_key), self.sort(value)
                domain = ("domain", z3.ArraySort(keys, z3.BoolSort()))
                order = ("order", self.sort(SeqType(map_key)))
                content = ("values", z3.ArraySort(keys, values))
                return self._datatype(key, [("map", [domain, content, order])])
            case RecordType() | EnumType():
                return self._declared_sort(type_, key)
            case FnType():
                raise NotEncodable("functions are not values")
            case _:
                assert_never(type_)

    def _declared_sort(self, type_: RecordType | EnumType, key: str) -> z3.SortRef:
        """A datatype for a record or enum; one that contains itself directly is recursive."""
        cases = [
            (
                name,
                [
                    (f"{name}.{i}", None if item == type_ else self.sort(item))
                    for i, item in enumerate(items)
                ],
            )
            for name, items in self.cases(type_)
        ]
        return self._datatype(key, cases)

    def cases(self, type_: RecordType | EnumType) -> list[tuple[str, tuple[Type, ...]]]:
        """The constructors of a declared type with the types of their arguments."""
        if isinstance(type_, RecordType):
            record = next(r for r in self.module.records if r.name == type_.name)
            bindings = dict(zip(record.type_params, type_.args, strict=True))
            return [(record.name, tuple(substitute_type(f.type, bindings) for f in record.fields))]
        enum = next(e for e in self.module.enums if e.name == type_.name)
        bindings = dict(zip(enum.type_params, type_.args, strict=True))
        return [
            (variant.name, tuple(substitute_type(item, bindings) for item in variant.items))
            for variant in enum.variants
        ]

    def _datatype(
        self, name: str, cases: Sequence[tuple[str, Sequence[tuple[str, z3.SortRef | None]]]]
    ) -> z3.DatatypeSortRef:
        """A datatype from its constructors; a field without a sort is of the datatype itself.

        The solver knows one datatype by one name: the name holds the whole definition.
        """
        bodies = [
            f"{case}({', '.join('self' if sort is None else str(sort) for _, sort in fields)})"
            for case, fields in cases
        ]
        full = f"{name}[{' | '.join(bodies)}]"
        found = self._datatypes.get(full)
        if found is None:
            builder = z3.Datatype(full)
            for case, fields in cases:
                builder.declare(
                    case, *((label, builder if sort is None else sort) for label, sort in fields)
                )
            found = self._datatypes[full] = builder.create()
        return found


__all__ = ["NotEncodable", "Universe"]
