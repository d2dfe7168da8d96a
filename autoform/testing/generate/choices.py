"""Random choices of types and literals, over the declarations made so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final, TypeVar, assert_never

from autoform.ir.decls import ConstDecl, EnumDecl, Function, RecordDecl
from autoform.ir.exprs import (
    FALSE,
    TRUE,
    CharLit,
    ConstRef,
    Expr,
    FloatLit,
    IntLit,
    MapLit,
    NoneLit,
    RecordLit,
    SeqLit,
    SetLit,
    StrLit,
    TupleLit,
    VariantLit,
)
from autoform.ir.ops import apply
from autoform.ir.types import (
    BOOL,
    CHAR,
    FLOAT,
    INT,
    MACHINE_INTS,
    STR,
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
    substitute_type,
    walk_type,
)
from autoform.ir.types import TypeVar as IRTypeVar
from autoform.testing.generate.profile import Profile

_T = TypeVar("_T")

_BASE: Final[dict[str, Type]] = {
    "Int": INT,
    "Bool": BOOL,
    "Str": STR,
    "Char": CHAR,
    "Float": FLOAT,
    **MACHINE_INTS,
}
_INTS: Final = (0, 1, -1, 2, 3, 5, -2, 7, 10, 100, 2**31, -(2**63) - 1)
_FLOATS: Final = ("0.0", "-0.0", "1.0", "-1.5", "0.1", "2.5", "1e+16", "1e+300", "inf", "nan")
_TEXTS: Final = ("", "a", "ab", "abc", " a b ", "A1", "-12", "é", "\n", '"', "😀", "aa,b", "0x1f")
_CHARS: Final = ("a", "Z", "0", " ", "'", "\n", "é", "😀", "9")
_ODD_NAMES: Final = ("let", "result", "add", "seq", "é", "Int", "_", "if", "变量", "abs")


@dataclass(slots=True)
class Choices:
    """The source of randomness, and what the module has declared."""

    rng: Random
    profile: Profile
    records: list[RecordDecl] = field(default_factory=list)
    enums: list[EnumDecl] = field(default_factory=list)
    consts: list[ConstDecl] = field(default_factory=list)
    functions: list[Function] = field(default_factory=list)
    # Functions that a loop can call: no loop in them, and nothing that grows.
    cheap: set[str] = field(default_factory=set)
    type_params: tuple[str, ...] = ()

    def pick(self, items: Sequence[_T]) -> _T:
        """One of the items."""
        return items[self.rng.randrange(len(items))]

    def chance(self, percent: int) -> bool:
        """True in so many of a hundred cases."""
        return self.rng.randrange(100) < percent

    def upto(self, most: int) -> int:
        """A number from zero to that."""
        return self.rng.randrange(most + 1)

    def has(self, node: str) -> bool:
        """Whether the profile has the node."""
        return node in self.profile.nodes

    def name(self, base: str, number: int) -> str:
        """A name that no other number has."""
        if self.profile.odd_names and number < len(_ODD_NAMES) and self.chance(30):
            return _ODD_NAMES[number]
        return f"{base}{number}"

    def type(self, depth: int = 2) -> Type:
        """A type of values. At depth zero it is not built of others."""
        base = [type_ for name, type_ in _BASE.items() if name in self.profile.types]
        machine = [type_ for type_ in base if isinstance(type_, MachineIntType)]
        base = [type_ for type_ in base if not isinstance(type_, MachineIntType)]
        options: list[Type] = base * 2 + ([self.pick(machine)] if machine else [])
        if depth > 0:
            options += self._built(depth - 1)
        return self.pick(options)

    def declared_type(self) -> Type:
        """A record or an enum that the module declares, if any."""
        found: list[Type] = [RecordType(r.name, self._args(r.type_params, 1)) for r in self.records]
        found += [EnumType(e.name, self._args(e.type_params, 1)) for e in self.enums]
        return self.pick(found) if found else self.type()

    def _built(self, depth: int) -> list[Type]:
        found: list[Type] = [IRTypeVar(name) for name in self.type_params]
        types = self.profile.types
        if "Seq" in types:
            found += [SeqType(self.type(depth))] * 3
        if "Tuple" in types:
            found.append(TupleType(tuple(self.type(depth) for _ in range(1 + self.upto(2)))))
        if "Option" in types:
            found.append(OptionType(self.type(depth)))
        if "Set" in types:
            found.append(SetType(self.key_type()))
        if "Map" in types:
            found.append(MapType(self.key_type(), self.type(depth)))
        if "Result" in types:
            found.append(ResultType(self.type(depth), self.type(0)))
        found += [RecordType(r.name, self._args(r.type_params, depth)) for r in self.records]
        found += [EnumType(e.name, self._args(e.type_params, depth)) for e in self.enums]
        return found

    def _args(self, params: tuple[str, ...], depth: int) -> tuple[Type, ...]:
        return tuple(self.type(depth) for _ in params)

    def key_type(self) -> Type:
        """A type for keys and elements of sets: one on which equality is plain."""
        keys = [t for name, t in _BASE.items() if name in self.profile.types and t != FLOAT]
        return self.pick(keys)

    def literal(self, type_: Type, depth: int = 2) -> Expr:  # noqa: C901 - one case per type
        """A literal of the type, small mostly."""
        match type_:
            case IntType():
                return IntLit(self.pick(_INTS[: 10 if self.chance(95) else 12]), INT)
            case MachineIntType():
                corner = self.pick((type_.minimum, type_.maximum, 0, 1, 2, 3, 7))
                return IntLit(corner, type_)
            case BoolType():
                return self.pick((TRUE, FALSE))
            case FloatType():
                return FloatLit(self.pick(_FLOATS))
            case CharType():
                return CharLit(self.pick(_CHARS))
            case StrType():
                return StrLit(self.pick(_TEXTS))
            case SeqType(element):
                return SeqLit(element, self._literals(element, depth))
            case SetType(element):
                return SetLit(element, self._literals(element, depth))
            case MapType(key, value):
                keys = () if _is_open(value) else self._literals(key, depth)
                return MapLit(key, value, keys, tuple(self.literal(value, depth - 1) for _ in keys))
            case TupleType(items):
                return TupleLit(tuple(self.literal(item, depth - 1) for item in items))
            case OptionType(item):
                if depth > 0 and not _is_open(item) and self.chance(60):
                    return apply("option.some", self.literal(item, depth - 1))
                return NoneLit(item)
            case ResultType(ok, err):
                if self.chance(60):
                    return apply("result.ok", self.literal(ok, depth - 1), type_=type_)
                return apply("result.err", self.literal(err, depth - 1), type_=type_)
            case RecordType():
                fields = self.field_types(type_).values()
                return RecordLit(type_, tuple(self.literal(item, depth - 1) for item in fields))
            case EnumType():
                variant, items = self.pick(self.variants(type_)[: 1 if depth <= 0 else None])
                args = tuple(self.literal(item, depth - 1) for item in items)
                return VariantLit(type_, variant, args)
            case IRTypeVar() | FnType():
                raise TypeError("a type variable and a function's type have no literals")
            case _:
                assert_never(type_)

    def _literals(self, element: Type, depth: int) -> tuple[Expr, ...]:
        if depth <= 0 or _is_open(element):
            return ()
        return tuple(self.literal(element, depth - 1) for _ in range(self.upto(3)))

    def field_types(self, record: RecordType) -> dict[str, Type]:
        """The fields of a record with their types."""
        declared = next(each for each in self.records if each.name == record.name)
        bindings = dict(zip(declared.type_params, record.args, strict=True))
        return {slot.name: substitute_type(slot.type, bindings) for slot in declared.fields}

    def variants(self, enum: EnumType) -> list[tuple[str, tuple[Type, ...]]]:
        """The variants of an enum with their payloads; the first is not recursive."""
        declared = next(each for each in self.enums if each.name == enum.name)
        bindings = dict(zip(declared.type_params, enum.args, strict=True))
        return [
            (each.name, tuple(substitute_type(item, bindings) for item in each.items))
            for each in declared.variants
        ]

    def constant(self, type_: Type) -> ConstRef | None:
        """A constant of the type, if one is declared."""
        found = [const for const in self.consts if const.type == type_]
        return ConstRef(self.pick(found).name, type_) if found else None


def _is_open(type_: Type) -> bool:
    return any(isinstance(part, IRTypeVar) for part in walk_type(type_))


def has_literal(type_: Type) -> bool:
    """Whether a literal of the type can be made: of a type variable there is none."""
    match type_:
        case IRTypeVar() | FnType():
            return False
        case TupleType() | RecordType() | EnumType() | ResultType():
            return not _is_open(type_)
        case _:
            return True
