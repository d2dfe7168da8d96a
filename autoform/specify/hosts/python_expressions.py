r"""Contract expressions as Python, in the forms that the contract readers read back.

    forall i in seq.range(0, seq.len(xs), 1): seq.at(\result, i) <= seq.at(xs, i)

becomes

    all(result[i] <= xs[i] for i in range(len(xs)))

What is printed is read again before anything is claimed of it, so that a form which means
something else in Python is never relied on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Final

from autoform.ir.exprs import (
    And,
    Apply,
    BoolLit,
    Call,
    CharLit,
    Collection,
    Comprehension,
    ConstRef,
    Expr,
    FieldGet,
    Filter,
    FloatLit,
    Generator,
    IfExpr,
    IntLit,
    Lambda,
    Let,
    MapLit,
    NoneLit,
    Old,
    Or,
    Quant,
    Quantifier,
    ResultValue,
    SeqLit,
    SetLit,
    StrLit,
    TupleGet,
    TupleLit,
    Var,
    type_of,
)
from autoform.ir.traversal import substitute
from autoform.ir.types import BOOL, INT, SeqType
from autoform.specify.hosts.unprintable import Unprintable


class Level(IntEnum):
    """How tightly a Python expression binds, loosest first."""

    CONDITIONAL = 0
    OR = 1
    AND = 2
    NOT = 3
    COMPARISON = 4
    BIT_OR = 5
    BIT_XOR = 6
    BIT_AND = 7
    SHIFT = 8
    SUM = 9
    PRODUCT = 10
    SIGN = 11
    POWER = 12
    ATOM = 13


@dataclass(slots=True)
class Needs:
    """What a printed text takes beside its parameters."""

    old: set[str] = field(default_factory=set)
    """Parameters whose value at entry is read."""
    names: set[str] = field(default_factory=set)
    """Parameters that are read as they are when the clause is evaluated, and `result`."""
    modules: set[str] = field(default_factory=set)
    """Modules of the standard library."""


def print_python(
    expr: Expr, *, inouts: frozenset[str], bound: frozenset[str] = frozenset()
) -> tuple[str, Needs]:
    """The expression as Python, with what it needs. Raises `Unprintable`.

    `inouts` are the parameters that the function changes: their value at entry is `OLD.name`.
    """
    printer = _Printer(inouts, Needs(), bound)
    return printer.text(expr), printer.needs


@dataclass(frozen=True, slots=True)
class _Printer:
    """Prints one clause; `at_entry` inside `old`, `bound` are the names of its own binders."""

    inouts: frozenset[str]
    needs: Needs
    bound: frozenset[str] = frozenset()
    at_entry: bool = False

    def text(self, expr: Expr, level: Level = Level.CONDITIONAL) -> str:
        """The expression, in parentheses where it binds less tightly than its place asks."""
        found, own = self._print(expr)
        return found if own >= level else f"({found})"

    def _print(self, expr: Expr) -> tuple[str, Level]:  # noqa: C901 - one case per node
        match expr:
            case IntLit(value):
                return str(value), Level.ATOM if value >= 0 else Level.SIGN
            case BoolLit(value):
                return str(value), Level.ATOM
            case FloatLit(text):
                return _float(text), Level.SIGN if text.startswith("-") else Level.ATOM
            case StrLit(value) | CharLit(value):
                return _quoted(value), Level.ATOM
            case Var(name):
                return self._variable(name), Level.ATOM
            case ResultValue():
                self.needs.names.add("result")
                return "result", Level.ATOM
            case ConstRef(name):
                return name, Level.ATOM
            case SeqLit(_, items):
                return f"[{self._list(items)}]", Level.ATOM
            case SetLit(_, items):
                return (f"{{{self._list(items)}}}" if items else "set()"), Level.ATOM
            case TupleLit(items):
                comma = "," if len(items) == 1 else ""
                return f"({self._list(items)}{comma})", Level.ATOM
            case MapLit(keys=keys, values=values):
                pairs = zip(keys, values, strict=True)
                return (
                    "{" + ", ".join(f"{self.text(k)}: {self.text(v)}" for k, v in pairs) + "}",
                    Level.ATOM,
                )
            case NoneLit():
                return "None", Level.ATOM
            case FieldGet(record, name):
                return f"{self.text(record, Level.ATOM)}.{name}", Level.ATOM
            case TupleGet(value, index):
                return f"{self.text(value, Level.ATOM)}[{index}]", Level.ATOM
            case Apply():
                return self._application(expr)
            case Call(function, args) if "." not in function:
                return f"{function}({self._list(args)})", Level.ATOM
            case And(items):
                return " and ".join(self.text(item, Level.NOT) for item in items), Level.AND
            case Or(items):
                return " or ".join(self.text(item, Level.AND) for item in items), Level.OR
            case IfExpr(condition, then, orelse):
                parts = (then, Level.OR), (condition, Level.OR), (orelse, Level.CONDITIONAL)
                one, test, other = (self.text(*part) for part in parts)
                return f"{one} if {test} else {other}", Level.CONDITIONAL
            case Let(name, value, body):
                return self._print(substitute(body, {name: value}))
            case Quant(kind, binder, domain, body):
                inside = replace(self, bound=self.bound | {binder.name})
                word = "all" if kind is Quantifier.FORALL else "any"
                source = self.source(domain)
                return f"{word}({inside.text(body)} for {binder.name} in {source})", Level.ATOM
            case Comprehension():
                opening, closing = "[]" if expr.kind is Collection.SEQ else "{}"
                return f"{opening}{self._comprehension(expr)}{closing}", Level.ATOM
            case Old(value):
                entry = replace(self, at_entry=True)
                return entry._print(value)  # noqa: SLF001 - its own class
            case _:
                raise Unprintable(type(expr).__name__)

    def function(self, key: Lambda) -> str:
        """A function of one element, as it is given to `sorted`."""
        names = [param.name for param in key.params]
        inside = replace(self, bound=self.bound | frozenset(names))
        return f"lambda {', '.join(names)}: {inside.text(key.body)}"

    def _variable(self, name: str) -> str:
        if name in self.bound:
            return name
        if self.at_entry and name in self.inouts:
            self.needs.old.add(name)
            return f"OLD.{name}"
        self.needs.names.add(name)
        return name

    def _list(self, items: tuple[Expr, ...]) -> str:
        return ", ".join(self.text(item) for item in items)

    def source(self, source: Expr) -> str:
        """What a generator runs over. Places and keys need no list around them."""
        match source:
            case Apply("seq.range", args):
                return f"range({self._range(args)})"
            case Apply("map.keys", (mapping,)):
                return self.text(mapping, Level.OR)
            case Apply("seq.enumerate" | "seq.zip" | "seq.zip3", args):
                word = source.op.removeprefix("seq.").rstrip("3")
                if word == "enumerate" and args[1] == IntLit(0, type_of(args[1])):  # type: ignore[arg-type] # an Int
                    args = args[:1]
                return f"{word}({self._list(args)})"
            case _:
                return self.text(source, Level.OR)

    def _range(self, args: tuple[Expr, ...]) -> str:
        start, stop, step = args
        if not (isinstance(step, IntLit) and step.value == 1):
            return self._list(args)
        if isinstance(start, IntLit) and start.value == 0:
            return self.text(stop)
        return self._list((start, stop))

    def _comprehension(self, expr: Comprehension) -> str:
        """A comprehension without its brackets, as a generator is written in a call."""
        here, clauses = self, []
        for clause in expr.clauses:
            match clause:
                case Generator(binder, source):
                    text = here.source(source)
                    here = replace(here, bound=here.bound | {binder.name})
                    clauses.append(f"for {binder.name} in {text}")
                case Filter(condition):
                    clauses.append(f"if {here.text(condition, Level.OR)}")
        head = here.text(expr.element)
        if expr.key is not None:
            head = f"{here.text(expr.key)}: {head}"
        return " ".join((head, *clauses))

    def _application(self, expr: Apply) -> tuple[str, Level]:
        op, args = expr.op, expr.args
        if op == "not":
            return self._negation(args[0])
        if op in _INFIX:
            return self._infix(op, args)
        if op in _METHODS:
            receiver, *rest = args
            name = _METHODS[op]
            called = ", ".join(self.text(arg) for arg in rest)
            return f"{self.text(receiver, Level.ATOM)}.{name}({called})", Level.ATOM
        if op in _CALLS:
            return self._call(_CALLS[op], args), Level.ATOM
        form = _FORMS.get(op)
        if form is None:
            raise Unprintable(op)
        return form(self, args)

    def _call(self, name: str, args: tuple[Expr, ...]) -> str:
        """A call of a builtin; a comprehension that is its only argument is a generator."""
        if name.startswith("math."):
            self.needs.modules.add("math")
        match args:
            case (Comprehension(Collection.SEQ) as values,) if name != "len":
                return f"{name}({self._comprehension(values)})"
            case (Apply("seq.range", bounds),):
                return f"{name}(range({self._range(bounds)}))"
            case _:
                return f"{name}({self._list(args)})"

    def _infix(self, op: str, args: tuple[Expr, ...]) -> tuple[str, Level]:
        sign, level = _INFIX[op]
        left, right = args
        if level is Level.COMPARISON and op in {"eq", "ne"} and type_of(left) == BOOL:
            left_level = right_level = Level.BIT_OR  # no chain of comparisons
        else:
            left_level = level if level is not Level.COMPARISON else Level.BIT_OR
            right_level = Level(min(level + 1, Level.ATOM))
        if op == "int.pow":
            left_level, right_level = Level.ATOM, Level.SIGN
        return f"{self.text(left, left_level)} {sign} {self.text(right, right_level)}", level

    def _negation(self, inner: Expr) -> tuple[str, Level]:
        match inner:
            case Apply(op, (whole, part)) if op in _MEMBERSHIP:
                parts = self.text(part, Level.BIT_OR), self.text(whole, Level.BIT_OR)
                return f"{parts[0]} not in {parts[1]}", Level.COMPARISON
            case Apply("eq" | "ne" as op, args):
                return self._infix("ne" if op == "eq" else "eq", args)
            case Apply("option.is_none" | "option.is_some" as op, (value,)):
                word = "is not" if op == "option.is_none" else "is"
                return f"{self.text(value, Level.BIT_OR)} {word} None", Level.COMPARISON
            case Apply("not", (value,)):
                return self._print(value)
            case _:
                return f"not {self.text(inner, Level.NOT)}", Level.NOT


def _float(text: str) -> str:
    if text in {"nan", "inf", "-inf"}:
        raise Unprintable(text)
    return text


def _quoted(value: str) -> str:
    """A literal in double quotes, as formatters leave it."""
    plain = repr(value)
    if plain[0] == "'" and '"' not in plain:
        return f'"{plain[1:-1]}"'
    return plain


_INFIX: Final[dict[str, tuple[str, Level]]] = {
    "eq": ("==", Level.COMPARISON),
    "ne": ("!=", Level.COMPARISON),
    "lt": ("<", Level.COMPARISON),
    "le": ("<=", Level.COMPARISON),
    "gt": (">", Level.COMPARISON),
    "ge": (">=", Level.COMPARISON),
    "xor": ("!=", Level.COMPARISON),
    "bool.and": ("&", Level.BIT_AND),
    "bool.or": ("|", Level.BIT_OR),
    "add": ("+", Level.SUM),
    "sub": ("-", Level.SUM),
    "mul": ("*", Level.PRODUCT),
    "floor_div": ("//", Level.PRODUCT),
    "floor_mod": ("%", Level.PRODUCT),
    "int.pow": ("**", Level.POWER),
    "int.bit_and": ("&", Level.BIT_AND),
    "int.bit_or": ("|", Level.BIT_OR),
    "int.bit_xor": ("^", Level.BIT_XOR),
    "int.shl": ("<<", Level.SHIFT),
    "int.shr": (">>", Level.SHIFT),
    "int.true_div": ("/", Level.PRODUCT),
    "py.float_div": ("/", Level.PRODUCT),
    "seq.concat": ("+", Level.SUM),
    "str.concat": ("+", Level.SUM),
    "seq.repeat": ("*", Level.PRODUCT),
    "str.repeat": ("*", Level.PRODUCT),
    "set.union": ("|", Level.BIT_OR),
    "set.intersection": ("&", Level.BIT_AND),
    "set.difference": ("-", Level.SUM),
    "set.symmetric_difference": ("^", Level.BIT_XOR),
    "set.is_subset": ("<=", Level.COMPARISON),
    "set.is_proper_subset": ("<", Level.COMPARISON),
}

_METHODS: Final = {
    "seq.count": "count",
    "seq.index": "index",
    "str.count": "count",
    "str.find": "find",
    "str.rfind": "rfind",
    "str.index": "index",
    "str.starts_with": "startswith",
    "str.ends_with": "endswith",
    "str.replace": "replace",
    "str.join": "join",
    "str.split": "split",
    "py.split_whitespace": "split",
    "map.get_or": "get",
    "set.is_disjoint": "isdisjoint",
    "py.zfill": "zfill",
    "py.remove_prefix": "removeprefix",
    "py.remove_suffix": "removesuffix",
} | {
    f"py.{name}": name
    for name in (
        *("strip", "lstrip", "rstrip", "lower", "upper", "swapcase", "capitalize", "title"),
        *("isalpha", "isdigit", "isdecimal", "isnumeric", "isalnum", "isspace", "isupper"),
        *("islower", "isascii", "casefold"),
    )
}

_CALLS: Final = {
    "abs": "abs",
    "min2": "min",
    "max2": "max",
    "seq.len": "len",
    "str.len": "len",
    "set.len": "len",
    "map.len": "len",
    "seq.sum": "sum",
    "set.sum": "sum",
    "seq.product": "math.prod",
    "seq.min": "min",
    "seq.max": "max",
    "set.min": "min",
    "set.max": "max",
    "seq.sorted": "sorted",
    "set.sorted": "sorted",
    "seq.to_set": "set",
    "map.key_set": "set",
    "str.chars": "list",
    "map.keys": "list",
    "int.gcd": "math.gcd",
    "int.lcm": "math.lcm",
    "int.isqrt": "math.isqrt",
    "int.factorial": "math.factorial",
    "int.comb": "math.comb",
    "int.to_str": "str",
    "bool.to_int": "int",
    "py.str_to_int": "int",
    "py.ord": "ord",
    "py.chr": "chr",
    "py.bin": "bin",
    "py.hex": "hex",
    "int.to_float": "float",
}

_MEMBERSHIP: Final = frozenset({"seq.contains", "set.contains", "map.contains", "str.contains"})
_Form = Callable[[_Printer, tuple[Expr, ...]], tuple[str, Level]]


def _is_in(printer: _Printer, args: tuple[Expr, ...]) -> tuple[str, Level]:
    whole, part = args
    if isinstance(whole, Apply) and whole.op == "seq.range":
        return f"{printer.text(part, Level.BIT_OR)} in {printer.source(whole)}", Level.COMPARISON
    texts = printer.text(part, Level.BIT_OR), printer.text(whole, Level.BIT_OR)
    return f"{texts[0]} in {texts[1]}", Level.COMPARISON


def _item(printer: _Printer, args: tuple[Expr, ...]) -> tuple[str, Level]:
    whole, place = args
    return f"{printer.text(whole, Level.ATOM)}[{printer.text(place)}]", Level.ATOM


def _slice(printer: _Printer, whole: Expr, *bounds: Expr | None) -> tuple[str, Level]:
    parts = ":".join("" if bound is None else printer.text(bound, Level.OR) for bound in bounds)
    return f"{printer.text(whole, Level.ATOM)}[{parts}]", Level.ATOM


def _reversed(printer: _Printer, args: tuple[Expr, ...]) -> tuple[str, Level]:
    return f"{printer.text(args[0], Level.ATOM)}[::-1]", Level.ATOM


def _itself(printer: _Printer, args: tuple[Expr, ...]) -> tuple[str, Level]:
    return printer.text(args[0], Level.ATOM), Level.ATOM


def _appended(printer: _Printer, args: tuple[Expr, ...]) -> tuple[str, Level]:
    whole, item = args
    return f"{printer.text(whole, Level.SUM)} + [{printer.text(item)}]", Level.SUM


def _implication(printer: _Printer, args: tuple[Expr, ...]) -> tuple[str, Level]:
    premise, conclusion = args
    denied = Apply("not", (premise,), BOOL)
    return f"{printer.text(denied, Level.AND)} or {printer.text(conclusion, Level.AND)}", Level.OR


def _absent(printer: _Printer, args: tuple[Expr, ...], word: str) -> tuple[str, Level]:
    return f"{printer.text(args[0], Level.BIT_OR)} {word} None", Level.COMPARISON


def _sign(printer: _Printer, args: tuple[Expr, ...], sign: str) -> tuple[str, Level]:
    return f"{sign}{printer.text(args[0], Level.SIGN)}", Level.SIGN


def _permutation(printer: _Printer, args: tuple[Expr, ...]) -> tuple[str, Level]:
    one, other = map(printer.text, args)
    return f"sorted({one}) == sorted({other})", Level.COMPARISON


def _distinct(printer: _Printer, args: tuple[Expr, ...]) -> tuple[str, Level]:
    (text,) = map(printer.text, args)
    return f"len(set({text})) == len({text})", Level.COMPARISON


def _parts(word: str) -> _Form:
    def show(printer: _Printer, args: tuple[Expr, ...]) -> tuple[str, Level]:
        return f"list({printer.text(args[0], Level.ATOM)}.{word}())", Level.ATOM

    return show


def _descending(printer: _Printer, args: tuple[Expr, ...]) -> tuple[str, Level]:
    return f"sorted({printer.text(args[0])}, reverse=True)", Level.ATOM


def _by_key(word: str, ending: str = "") -> _Form:
    def show(printer: _Printer, args: tuple[Expr, ...]) -> tuple[str, Level]:
        whole, key = args
        if not isinstance(key, Lambda):
            raise Unprintable("a key that is not written out")
        return f"{word}({printer.text(whole)}, key={printer.function(key)}{ending})", Level.ATOM

    return show


def _pairs(printer: _Printer, args: tuple[Expr, ...]) -> tuple[str, Level]:
    return f"list(zip({', '.join(map(printer.text, args))}))", Level.ATOM


def _counted(printer: _Printer, args: tuple[Expr, ...]) -> tuple[str, Level]:
    return f"list({printer.source(Apply('seq.range', args, SeqType(INT)))})", Level.ATOM


_FORMS: Final[dict[str, _Form]] = {
    "seq.range": _counted,
    **dict.fromkeys(_MEMBERSHIP, _is_in),
    **dict.fromkeys(("seq.at", "seq.at_neg", "str.at", "str.at_neg", "map.at"), _item),
    **dict.fromkeys(("seq.reverse", "str.reverse"), _reversed),
    **dict.fromkeys(("int.widen", "option.unwrap", "option.some"), _itself),
    "seq.append": _appended,
    "implies": _implication,
    "option.is_none": lambda printer, args: _absent(printer, args, "is"),
    "option.is_some": lambda printer, args: _absent(printer, args, "is not"),
    "neg": lambda printer, args: _sign(printer, args, "-"),
    "int.bit_not": lambda printer, args: _sign(printer, args, "~"),
    "seq.is_permutation": _permutation,
    "seq.distinct": _distinct,
    "seq.sorted_desc": _descending,
    "seq.sort_by": _by_key("sorted"),
    "seq.sort_by_desc": _by_key("sorted", ", reverse=True"),
    "seq.min_by": _by_key("min"),
    "seq.max_by": _by_key("max"),
    "seq.zip": _pairs,
    "seq.zip3": _pairs,
    "map.values": _parts("values"),
    "map.items": _parts("items"),
}
for _kind in ("seq", "str"):
    _FORMS[f"{_kind}.slice"] = lambda printer, args: _slice(printer, *args)
    _FORMS[f"{_kind}.slice_to"] = lambda printer, args: _slice(printer, args[0], None, args[1])
    _FORMS[f"{_kind}.slice_from"] = lambda printer, args: _slice(printer, args[0], args[1], None)
