"""What is known while one module is printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar as TypeVariable
from typing import assert_never

from autoform.backends.dafny.code import Code
from autoform.backends.dafny.dialect import Dialect
from autoform.backends.dafny.names import NameSpace
from autoform.ir.decls import Module
from autoform.ir.exprs import Expr
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
)

__all__ = ["Scope", "Unit", "of_class"]

_C = TypeVariable("_C")


def of_class(value: object, cls: type[_C]) -> _C:
    """The value, which in well-formed IR is of the class."""
    if not isinstance(value, cls):
        raise TypeError(f"{value} where a {cls.__name__} is expected")
    return value


@dataclass(slots=True)
class Unit:
    """One module on its way into one text. `used` collects what the prelude must provide."""

    module: Module
    dialect: Dialect
    names: NameSpace
    functions: Mapping[str, str]
    procedures: frozenset[str]
    """The functions that are printed as methods."""
    types: Mapping[str, str]
    constructors: Mapping[tuple[str, str], str]
    """By type and variant; a record's only constructor has no variant: `("Point", "")`."""
    fields: Mapping[tuple[str, str, int | str], str]
    """By type, variant and position; by type, `""` and field for a record."""
    consts: Mapping[str, str]
    ordered_maps: bool
    """Whether some function can see the insertion order of a map."""
    used: set[str] = field(default_factory=set)

    def use(self, *names: str) -> str:
        """Names of the prelude, which must then be printed; the first is returned."""
        self.used.update(names)
        return names[0]

    def type(self, type_: Type) -> str:  # noqa: C901 - one line per type of the union
        """The type in Dafny."""
        match type_:
            case IntType():
                return "int"
            case MachineIntType():
                return self.use(type_.name)
            case BoolType():
                return "bool"
            case FloatType():
                return "real"
            case CharType():
                return self._text_type(self.dialect.char)
            case StrType():
                return self._text_type(self.dialect.text)
            case SeqType(element):
                return f"seq<{self.type(element)}>"
            case SetType(element):
                return f"set<{self.type(element)}>"
            case MapType(key, value):
                head = self.use("Dict") if self.ordered_maps else "map"
                return f"{head}<{self.type(key)}, {self.type(value)}>"
            case OptionType(item):
                return f"{self.use('Option')}<{self.type(item)}>"
            case ResultType(ok, err):
                return f"{self.use('Result')}<{self.type(ok)}, {self.type(err)}>"
            case TupleType((item,)):
                return f"{self.use('Single')}<{self.type(item)}>"
            case TupleType(items):
                return f"({', '.join(map(self.type, items))})"
            case RecordType(name, args) | EnumType(name, args):
                return self.types[name] + (f"<{', '.join(map(self.type, args))}>" if args else "")
            case TypeVar(name):
                return self.types.get(name, name)
            case FnType():
                raise AssertionError("the type of a lambda is never printed")
            case _:
                assert_never(type_)

    def _text_type(self, name: str) -> str:
        return self.use(name) if name in {"Char", "Str"} else name


@dataclass(slots=True)
class Scope:
    """What names mean at one place of one declaration."""

    unit: Unit
    printer: Callable[[Scope, Expr], Code]
    """Prints expressions; a field, because whatever prints parts of them needs it too."""
    names: NameSpace
    variables: dict[str, str]
    """The spelling of each variable as its value is now."""
    entry: Mapping[str, str] = field(default_factory=dict)
    """The spelling of each parameter as it was at entry."""
    result: str = "result"

    def code(self, expr: Expr) -> Code:
        """The expression in Dafny."""
        return self.printer(self, expr)

    def at_entry(self) -> Scope:
        """The same place, with the parameters as they were at entry."""
        return replace(self, variables=self.variables | dict(self.entry))

    def bind(self, name: str) -> str:
        """The spelling of a name that begins to be visible."""
        if name not in self.variables:
            self.variables[name] = self.names.take(name)
        return self.variables[name]

    def fresh(self, base: str) -> str:
        """A name that no name of the source meets."""
        return self.names.take(f"{base}'")
