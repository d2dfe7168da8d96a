r"""Contract expressions as Rust, in the forms that the reader of attributes reads back.

    forall i in seq.range(0, seq.len(xs), 1): seq.at(\result, i) <= seq.at(xs, i)

becomes

    (0..xs.len()).all(|i| result[i] <= xs[i])

Conditions come in `Int`. Rust has no such type, so each comparison is made in a machine integer
that surely holds what is computed: of the operands, else `i64`, else `i128`. What is compared with
a value of that type fits where the clause holds, and needs no wider one. What is printed is read
again before anything is claimed of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from autoform.ir.exprs import (
    And,
    Apply,
    BoolLit,
    CharLit,
    Collection,
    Comprehension,
    Expr,
    FieldGet,
    Filter,
    Generator,
    IfExpr,
    IntLit,
    Let,
    NoneLit,
    Old,
    Or,
    Quant,
    Quantifier,
    ResultValue,
    SeqLit,
    StrLit,
    TupleGet,
    TupleLit,
    Var,
    type_of,
)
from autoform.ir.traversal import substitute
from autoform.ir.types import (
    BOOL,
    CHAR,
    STR,
    IntType,
    MachineIntType,
    MapType,
    OptionType,
    SeqType,
    SetType,
    StrType,
    TupleType,
    Type,
)
from autoform.specify.hosts.rust_forms import (
    counted_by,
    expanded,
    is_chars,
    is_leaf,
    is_made,
    is_place,
    plainer_slice,
    shifted,
)
from autoform.specify.hosts.rust_ranges import LENGTHS, Carriers, Range
from autoform.specify.hosts.rust_text import (
    Level,
    Piece,
    is_copy,
    pattern,
    rust_type,
    shown_char,
    shown_text,
)
from autoform.specify.hosts.unprintable import Unprintable

USIZE: Final = MachineIntType(64, signed=False, pointer=True)
_SIGNS: Final = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_ARITHMETIC: Final = {
    "add": ("+", Level.SUM),
    "sub": ("-", Level.SUM),
    "mul": ("*", Level.PRODUCT),
    "trunc_div": ("/", Level.PRODUCT),
    "trunc_rem": ("%", Level.PRODUCT),
    "int.bit_and": ("&", Level.BIT_AND),
    "int.bit_or": ("|", Level.BIT_OR),
    "int.bit_xor": ("^", Level.BIT_XOR),
}
_ROUNDED: Final = {"floor_div": "div_euclid", "floor_mod": "rem_euclid"}
_EUCLIDEAN: Final = {"euclid_div": "div_euclid", "euclid_mod": "rem_euclid"}
_CAST_AT_END: Final = re.compile(r" as \w+$")


@dataclass(frozen=True, slots=True)
class Named:
    """What is known of a name: its type in Rust, how many references it is, and its range."""

    type: Type
    refs: int = 0
    range: Range | None = None


@dataclass(frozen=True, slots=True)
class Printer:
    """Prints one clause over these names; `result` is what the result is called."""

    names: Mapping[str, Named]
    outcome: Type
    result: str = "result"
    owned: Mapping[str, str] | None = None
    """How a copy of a changed parameter is written."""

    def text(self, expr: Expr, level: Level = Level.CONDITIONAL) -> str:
        """A condition, in parentheses where it binds less tightly than its place asks."""
        found, own = self._condition(expr)
        return found if own >= level else f"({found})"

    # Conditions.

    def _condition(self, expr: Expr) -> tuple[str, Level]:
        match expr:
            case BoolLit(value):
                return str(value).lower(), Level.ATOM
            case And(items):
                return self._conjunction(items)
            case Or(items):
                return " || ".join(self.text(each, Level.AND) for each in items), Level.OR
            case IfExpr(condition, then, orelse):
                one, two, three = map(self.text, (condition, then, orelse))
                return f"if {one} {{ {two} }} else {{ {three} }}", Level.CONDITIONAL
            case Let(name, value, body):
                return self._condition(substitute(body, {name: value}))
            case Quant(kind, binder, domain, body):
                inside = shifted(domain, binder.name, body)
                return self._quantified(kind, binder.name, *inside), Level.ATOM
            case Apply(op, args):
                return self._applied(op, args, expr)
            case _:
                return self._place(expr).value

    def _conjunction(self, items: tuple[Expr, ...]) -> tuple[str, Level]:
        """The conditions without those that the types of the operands make true."""
        asked = [each for each in items if not self._is_true_by_types(each)]
        if len(asked) < 2:
            return self._condition(asked[0] if asked else BoolLit(True))  # noqa: FBT003 - a literal
        return " && ".join(self.text(each, Level.COMPARISON) for each in asked), Level.AND

    def _is_true_by_types(self, condition: Expr) -> bool:
        match condition:
            case Apply("le", (low, high)) | Apply("ge", (high, low)) if isinstance(
                type_of(low), IntType
            ):
                return self._range(low)[1] <= self._range(high)[0]
            case _:
                return False

    def _applied(self, op: str, args: tuple[Expr, ...], expr: Apply) -> tuple[str, Level]:
        other = expanded(expr)
        if other is not None:
            return self._condition(other)
        if op in _SIGNS:
            return self._comparison(op, *args)
        match op:
            case "not":
                return self._negation(args[0])
            case "implies":
                denied = Apply("not", args[:1], BOOL)
                return (
                    f"{self.text(denied, Level.AND)} || {self.text(args[1], Level.AND)}",
                    Level.OR,
                )
            case "xor":
                return self._comparison("ne", *args)
            case "option.is_none" | "option.is_some":
                name = op.removeprefix("option.")
                return f"{self._receiver(args[0])}.{name}()", Level.ATOM
            case "seq.contains" | "set.contains" | "map.contains" | "str.contains":
                return self._membership(op, *args), Level.ATOM
            case "str.starts_with" | "str.ends_with":
                given = self._searched(args[1])
                return f"{self._receiver(args[0])}.{op.removeprefix('str.')}({given})", Level.ATOM
            case _:
                return self._place(expr).value

    def _negation(self, inner: Expr) -> tuple[str, Level]:
        match inner:
            case Apply("not", (value,)):
                return self._condition(value)
            case Apply("eq" | "ne" as op, (left, right)) if expanded(inner) is None:
                return self._comparison("ne" if op == "eq" else "eq", left, right)
            case _:
                return f"!{self.text(inner, Level.UNARY)}", Level.UNARY

    def _comparison(self, op: str, left: Expr, right: Expr) -> tuple[str, Level]:
        sign = _SIGNS[op]
        if (empty := self._emptiness(op, left, right)) is not None:
            return empty
        if isinstance(type_of(left), IntType):
            carrier = self._carrier((left, right), is_equation=op == "eq")
            one = self._number(left, carrier, Level.BIT_OR)
            other = self._number(right, carrier, _last(right))
        elif type_of(left) == BOOL:
            one, other = self.text(left, Level.BIT_OR), self.text(right, Level.BIT_OR)
        else:
            type_ = self._type(left) or self._type(right)
            one = self._valued(left, type_, Level.BIT_OR)
            other = self._valued(right, type_, _last(right))
        if sign == "<" and _CAST_AT_END.search(one):
            one = f"({one})"
        return f"{one} {sign} {other}", Level.COMPARISON

    def _emptiness(self, op: str, left: Expr, right: Expr) -> tuple[str, Level] | None:
        """`xs.is_empty()` for what says that there is nothing, or something, in it."""
        match left, right:
            case (whole, SeqLit(_, ()) | StrLit("")):
                is_empty = {"eq": True, "ne": False}.get(op)
            case (Apply(name, (whole,)), IntLit(0)) if name in LENGTHS or name == "str.len":
                is_empty = {"eq": True, "ne": False, "gt": False}.get(op)
            case (IntLit(0), Apply(name, (whole,))) if name in LENGTHS or name == "str.len":
                is_empty = {"eq": True, "ne": False, "lt": False}.get(op)
            case _:
                return None
        if is_empty is None or isinstance(whole, Comprehension):
            return None
        text = f"{self._receiver(whole)}.is_empty()"
        return (text, Level.ATOM) if is_empty else (f"!{text}", Level.UNARY)

    def _membership(self, op: str, whole: Expr, part: Expr) -> str:
        if op == "str.contains":
            return f"{self._receiver(whole)}.contains({self._searched(part)})"
        type_ = self._type(whole)
        inner = type_.key if isinstance(type_, MapType) else _element(type_)
        name = "contains_key" if op == "map.contains" else "contains"
        if inner is None and isinstance(type_of(part), IntType):
            inner = self._carrier((part, *(whole.items if isinstance(whole, SeqLit) else ())))
        receiver = self._listed(whole, inner) if isinstance(whole, SeqLit) else None
        return f"{receiver or self._receiver(whole)}.{name}({self._reference(part, inner)})"

    def _searched(self, part: Expr) -> str:
        """What a text is searched for: a character or another text."""
        if isinstance(part, StrLit):
            return self._place(part).text
        if isinstance(part, Apply) and part.op == "char.to_str":
            return self._valued(part.args[0], CHAR)
        piece = self._place(part)
        if piece.type == CHAR:
            return piece.value[0]
        return piece.text if piece.refs else f"&{piece.at(Level.UNARY)}"

    def _quantified(self, kind: Quantifier, name: str, domain: Expr, body: Expr) -> str:
        source, item = self._iterator(domain, at_place=is_place(name, body))
        word = "all" if kind is Quantifier.FORALL else "any"
        inside, param = self._inside(name, item)
        return f"{source}.{word}(|{param}| {inside.text(body)})"

    def _inside(self, name: str, item: Named) -> tuple[Printer, str]:
        """The printer of a closure over an item, and the closure's parameter."""
        param, refs = pattern(name, item.type, item.refs)
        names = {**self.names, name: replace(item, refs=refs)}
        return replace(self, names=names), param

    # Iterators.

    def _iterator(self, source: Expr, *, at_place: bool = False) -> tuple[str, Named]:
        """An iterator over what a generator runs over, and what it gives."""
        match source:
            case Apply("seq.range", (start, stop, IntLit(step))) if step >= 1:
                carrier = self._range_carrier(start, stop, at_place=at_place)
                ends = (self._number(end, carrier, Level.OR) for end in (start, stop))
                skip = f".step_by({step})" if step > 1 else ""
                low, high = self._range(start)[0], self._range(stop)[1]
                return f"({'..'.join(ends)}){skip}", Named(carrier, 0, (low, high - 1))
            case Apply("str.chars" | "str.to_chars", (letters,)):
                return f"{self._receiver(letters)}.chars()", Named(CHAR)
            case Apply("seq.reverse" | "str.reverse", (whole,)):
                text, item = self._iterator(whole)
                return f"{text}.rev()", item
            case Apply("seq.concat", (head, tail)):
                text, item = self._iterator(head)
                return f"{text}.chain({self._iterator(tail)[0]})", item
            case Apply("map.keys" | "map.values" as op, (mapping,)):
                type_ = self._type(mapping)
                if not isinstance(type_, MapType):
                    raise Unprintable(op)
                inner = type_.key if op == "map.keys" else type_.value
                return f"{self._receiver(mapping)}.{op.removeprefix('map.')}()", Named(inner, 1)
            case Comprehension():
                return self._chain(source, None)
            case _:
                return self._iter(source)

    def _iter(self, source: Expr) -> tuple[str, Named]:
        type_ = self._type(source)
        receiver = self._receiver(source)
        match type_:
            case StrType():
                return f"{receiver}.chars()", Named(CHAR)
            case MapType(key):
                return f"{receiver}.keys()", Named(key, 1)
            case SeqType(element) | SetType(element):
                return f"{receiver}.iter()", Named(element, 1)
            case _:
                raise Unprintable("what a quantifier runs over")

    def _chain(self, made: Comprehension, wanted: Type | None) -> tuple[str, Named]:
        """`xs.iter().filter(|&&x| x > 0).map(|&x| x * x)`."""
        match made.clauses:
            case (Generator(binder, source), *filters) if made.kind is Collection.SEQ:
                pass
            case _:
                raise Unprintable("a comprehension over several collections")
        name = binder.name
        parts = [made.element, *(f.condition for f in filters if isinstance(f, Filter))]
        text, item = self._iterator(source, at_place=any(is_place(name, part) for part in parts))
        for each in filters:
            if not isinstance(each, Filter):
                raise Unprintable("a comprehension over several collections")
            inside, param = self._inside(name, replace(item, refs=item.refs + 1))
            text += f".filter(|{param}| {inside.text(each.condition)})"
        if isinstance(made.element, Var) and made.element.name == name:
            return text, item
        inside, param = self._inside(name, item)
        type_ = wanted or inside._type(made.element)  # noqa: SLF001 - its own class
        if type_ is None and isinstance(type_of(made.element), IntType):
            type_ = inside._carrier((made.element,))  # noqa: SLF001 - the same
        if type_ is None:
            raise Unprintable("elements of an unknown type")
        value = inside._valued(made.element, type_)  # noqa: SLF001 - the same
        return f"{text}.map(|{param}| {value})", Named(type_)

    def _range_carrier(self, start: Expr, stop: Expr, *, at_place: bool) -> MachineIntType:
        both = (start, stop)
        if at_place and all(self._carriers.fits(each, USIZE) for each in both):
            return USIZE
        return self._carrier(both)

    # Values.

    def _valued(self, expr: Expr, type_: Type | None, level: Level = Level.CONDITIONAL) -> str:
        """A value of the type in Rust, without references before it."""
        found, own = self._value(expr, type_)
        return found if own >= level else f"({found})"

    def _value(self, expr: Expr, type_: Type | None) -> tuple[str, Level]:
        if isinstance(type_of(expr), IntType):
            carrier = type_ if isinstance(type_, MachineIntType) else self._carrier((expr,))
            return self._numeral(expr, carrier)
        match expr:
            case _ if type_of(expr) == BOOL:
                return self._condition(expr)
            case IfExpr(condition, then, orelse):
                one, other = self._valued(then, type_), self._valued(orelse, type_)
                chosen = f"if {self.text(condition)} {{ {one} }} else {{ {other} }}"
                return chosen, Level.CONDITIONAL
            case TupleLit(items):
                types = type_.items if isinstance(type_, TupleType) else [None] * len(items)
                parts = [self._valued(e, t) for e, t in zip(items, types, strict=True)]
                return f"({', '.join(parts)}{',' if len(parts) == 1 else ''})", Level.ATOM
            case NoneLit():
                return "None", Level.ATOM
            case Apply("option.some", (inner,)):
                item = type_.item if isinstance(type_, OptionType) else None
                return f"Some({self._valued(inner, item)})", Level.ATOM
            case SeqLit():
                return "vec!" + self._listed(expr, _element(type_)), Level.ATOM
            case Apply("seq.repeat", (SeqLit(_, (item,)), count)):
                one = self._valued(item, _element(type_))
                return f"vec![{one}; {self._number(count, USIZE)}]", Level.ATOM
            case Apply("str.from_chars", (chars,)):
                return f"{self._iterator(chars)[0]}.collect::<String>()", Level.ATOM
            case Comprehension() | Apply("seq.reverse" | "str.reverse" | "seq.concat"):
                return self._collected(expr, type_), Level.ATOM
            case Apply("seq.range"):
                return self._collected(expr, type_), Level.ATOM
            case StrLit(value) if type_ == CHAR and len(value) == 1:
                return shown_char(value), Level.ATOM
            case _:
                return self._place(expr).value

    def _collected(self, expr: Expr, type_: Type | None) -> str:
        if type_of(expr) == STR:
            return f"{self._iterator(expr)[0]}.collect::<String>()"
        wanted = _element(type_)
        if isinstance(expr, Comprehension):
            text, item = self._chain(expr, wanted)
        else:
            text, item = self._iterator(expr)
        if wanted is not None and item.type != wanted:
            if not (isinstance(item.type, MachineIntType) and isinstance(wanted, MachineIntType)):
                raise Unprintable("elements of another type")
            text += f".map(|{pattern('x', item.type, item.refs)[0]}| x as {wanted.name})"
        elif item.refs:
            text += ".copied()" if is_copy(item.type) else ".cloned()"
        return f"{text}.collect::<Vec<{rust_type(wanted or item.type)}>>()"

    def _listed(self, made: SeqLit, element: Type | None) -> str:
        return f"[{', '.join(self._valued(item, element) for item in made.items)}]"

    def _reference(self, expr: Expr, type_: Type | None) -> str:
        """A reference to a value, as `contains` takes it."""
        if isinstance(expr, Var | ResultValue):
            piece = self._place(expr)
            if piece.refs == 1 and type_ in {None, piece.type}:
                return piece.text
        return f"&{self._valued(expr, type_, Level.UNARY)}"

    def _receiver(self, expr: Expr) -> str:
        """What methods are called on, and fields and places taken of: references do not matter."""
        if isinstance(expr, Comprehension) or is_made(expr):
            return self._collected(expr, self._type(expr))
        return self._place(expr).at(Level.ATOM)

    def _type(self, expr: Expr) -> Type | None:
        """The type that an expression has in Rust, where something in it says so."""
        match expr:
            case Apply("seq.reverse" | "seq.concat" | "seq.repeat", (whole, *_)):
                return self._type(whole)
            case Comprehension(Collection.SEQ, element, (Generator(binder, source), *_)):
                if isinstance(element, Var) and element.name == binder.name:
                    return SeqType(self._iterator(source)[1].type)
                return None
            case IfExpr(_, then, orelse):
                return self._type(then) or self._type(orelse)
            case SeqLit() | TupleLit() | NoneLit() | IntLit() | Apply("option.some"):
                return None
            case StrLit():
                return STR
            case _:
                pass
        if isinstance(type_of(expr), IntType) and not is_leaf(expr):
            return None
        try:
            return self._place(expr).type
        except Unprintable:
            return None

    # Places: what has a type of its own in Rust.

    def _place(self, expr: Expr) -> Piece:
        match expr:
            case Var(name) if name in self.names:
                known = self.names[name]
                return Piece(name, Level.ATOM, known.type, known.refs)
            case ResultValue():
                return Piece(self.result, Level.ATOM, self.outcome, 1)
            case StrLit(value):
                return Piece(shown_text(value), Level.ATOM, STR)
            case CharLit(value):
                return Piece(shown_char(value), Level.ATOM, CHAR)
            case Old(value):
                return self._old(value)
            case TupleGet(value, index):
                type_ = self._type(value)
                if not isinstance(type_, TupleType):
                    raise Unprintable("a part of a tuple")
                return Piece(f"{self._receiver(value)}.{index}", Level.ATOM, type_.items[index])
            case FieldGet(record, name, type_) if not isinstance(type_, IntType):
                return Piece(f"{self._receiver(record)}.{name}", Level.ATOM, type_)
            case Apply(op, args):
                return self._of_operator(op, args)
            case _:
                raise Unprintable(type(expr).__name__)

    def _old(self, value: Expr) -> Piece:
        match value:
            case Var(name) if self.owned is not None and name in self.owned:
                return Piece(f"old({self.owned[name]})", Level.ATOM, self.names[name].type)
            case Var():
                return self._place(value)
            case _:
                raise Unprintable("an expression at entry")

    def _of_operator(self, op: str, args: tuple[Expr, ...]) -> Piece:
        match op:
            case "int.widen" | "int.narrow":
                return self._place(args[0])
            case "str.len":
                return Piece(f"{self._receiver(args[0])}.chars().count()", Level.ATOM, USIZE)
            case "seq.len" if isinstance(args[0], Comprehension) or is_chars(args[0]):
                return Piece(f"{self._iterator(args[0])[0]}.count()", Level.ATOM, USIZE)
            case _ if op in LENGTHS:
                return Piece(f"{self._receiver(args[0])}.len()", Level.ATOM, USIZE)
            case "seq.at" | "seq.at_neg":
                return self._item(*args)
            case "map.at":
                type_ = self._type(args[0])
                if not isinstance(type_, MapType):
                    raise Unprintable(op)
                key = self._reference(args[1], type_.key)
                return Piece(f"{self._receiver(args[0])}[{key}]", Level.ATOM, type_.value)
            case "option.unwrap":
                return self._unwrapped(args[0])
            case "seq.slice_to" | "seq.slice_from" | "seq.slice" | "seq.subslice":
                return self._slice(op, *args)
            case "seq.count":
                element = _element(self._type(args[0]))
                inside, param = self._inside("it", Named(element or USIZE, 2))
                value = self._valued(args[1], element, Level.BIT_OR)
                left = inside._place(Var("it", type_of(args[1]))).value[0]  # noqa: SLF001 - its own
                text = f"{self._receiver(args[0])}.iter().filter(|{param}| {left} == {value})"
                return Piece(f"{text}.count()", Level.ATOM, USIZE)
            case "seq.sum" if (counted := counted_by(args[0])) is not None:
                return Piece(f"{self._chain(counted, None)[0]}.count()", Level.ATOM, USIZE)
            case "seq.max" | "seq.min" if not isinstance(args[0], Comprehension):
                source, item = self._iterator(args[0])
                text = f"{source}.{op.removeprefix('seq.')}().unwrap()"
                return Piece(text, Level.ATOM, item.type, item.refs)
            case _:
                raise Unprintable(op)

    def _item(self, whole: Expr, place: Expr) -> Piece:
        element = _element(self._type(whole))
        if element is None or type_of(whole) == STR:
            raise Unprintable("an element of an unknown type")
        receiver = self._receiver(whole)
        match place:
            case IntLit(value) if value < 0:
                index = f"{receiver}.len() - {-value}"
            case _:
                index = self._number(place, USIZE)
        return Piece(f"{receiver}[{index}]", Level.ATOM, element)

    def _slice(self, op: str, whole: Expr, *bounds: Expr) -> Piece:
        receiver, type_ = self._receiver(whole), self._type(whole)
        if type_ is None:
            raise Unprintable(op)
        if op == "seq.subslice":
            op = plainer_slice(whole, *bounds)
            bounds = {"seq.slice_to": bounds[1:], "seq.slice_from": bounds[:1]}.get(op, bounds)
        shown: list[str] = []
        for bound in bounds:
            match bound:
                case IntLit(value) if value < 0:
                    shown.append(f"{receiver}.len() - {-value}")
                case _:
                    shown.append(self._number(bound, USIZE, Level.OR))
        start = "" if op == "seq.slice_to" else shown[0]
        stop = "" if op == "seq.slice_from" else shown[-1]
        return Piece(f"{receiver}[{start}..{stop}]", Level.ATOM, type_)

    def _unwrapped(self, value: Expr) -> Piece:
        match value:
            case IfExpr(_, Apply("option.some", (Apply() as inner,)), NoneLit()):
                return self._place(inner)
            case _:
                pass
        type_ = self._type(value)
        if not isinstance(type_, OptionType):
            raise Unprintable("option.unwrap")
        receiver = self._receiver(value)
        if is_copy(type_.item):
            return Piece(f"{receiver}.unwrap()", Level.ATOM, type_.item)
        return Piece(f"{receiver}.as_ref().unwrap()", Level.ATOM, type_.item, 1)

    # Numbers.

    def _number(self, expr: Expr, carrier: MachineIntType, level: Level = Level.CONDITIONAL) -> str:
        """An `Int` as a value of the machine integer."""
        found, own = self._numeral(expr, carrier)
        return found if own >= level else f"({found})"

    def _numeral(self, expr: Expr, carrier: MachineIntType) -> tuple[str, Level]:
        match expr:
            case IntLit(value):
                return str(value), Level.ATOM if value >= 0 else Level.UNARY
            case IfExpr(condition, then, orelse):
                one, other = self._number(then, carrier), self._number(orelse, carrier)
                chosen = f"if {self.text(condition)} {{ {one} }} else {{ {other} }}"
                return chosen, Level.CONDITIONAL
            case Apply("int.widen" | "int.narrow", (inner,)) if isinstance(type_of(inner), IntType):
                return self._numeral(inner, carrier)
            case Apply("neg", (inner,)):
                return f"-{self._number(inner, carrier, Level.UNARY)}", Level.UNARY
            case Apply("abs", (inner,)):
                return f"{self._method(inner, carrier)}.abs()", Level.ATOM
            case Apply("min2" | "max2" as op, (first, second)):
                receiver, given = self._method(first, carrier), self._number(second, carrier)
                return f"{receiver}.{op[:3]}({given})", Level.ATOM
            case Apply(op, (first, second)) if op in _ROUNDED or op in _EUCLIDEAN:
                return self._divided(op, first, second, carrier)
            case Apply("int.pow", (base, IntLit(power))):
                return f"{self._method(base, carrier)}.pow({power})", Level.ATOM
            case Apply(op, (first, second)) if op in _ARITHMETIC:
                sign, own = _ARITHMETIC[op]
                right = Level(min(own + 1, Level.ATOM))
                left = self._number(first, carrier, own)
                return f"{left} {sign} {self._number(second, carrier, right)}", own
            case Apply("seq.sum" | "seq.product" as op, (terms,)) if counted_by(terms) is None:
                return self._total(op.removeprefix("seq."), terms, carrier), Level.ATOM
            case Apply("seq.max" | "seq.min" as op, (Comprehension() as terms,)):
                text, _ = self._chain(terms, carrier)
                return f"{text}.{op.removeprefix('seq.')}().unwrap()", Level.ATOM
            case Apply("bool.to_int", (truth,)):
                return f"{self.text(truth, Level.CAST)} as {carrier.name}", Level.CAST
            case _:
                return self._leaf(expr, carrier)

    def _leaf(self, expr: Expr, carrier: MachineIntType) -> tuple[str, Level]:
        piece = self._place(expr)
        if not isinstance(piece.type, MachineIntType):
            raise Unprintable("a number of an unknown type")
        if piece.type == carrier:
            return piece.value
        text, level = piece.value
        return f"{text if level >= Level.CAST else f'({text})'} as {carrier.name}", Level.CAST

    def _method(self, expr: Expr, carrier: MachineIntType) -> str:
        """A number that a method is called on; a literal says its type."""
        if isinstance(expr, IntLit):
            return (
                f"{expr.value}{carrier.name}"
                if expr.value >= 0
                else f"({expr.value}{carrier.name})"
            )
        return self._number(expr, carrier, Level.ATOM)

    def _divided(
        self, op: str, one: Expr, other: Expr, carrier: MachineIntType
    ) -> tuple[str, Level]:
        """Floor division: Rust's own of what is not negative, Euclid's by what is positive."""
        if op in _ROUNDED and self._range(one)[0] >= 0 and self._range(other)[0] >= 0:
            sign = "/" if op == "floor_div" else "%"
            left = self._number(one, carrier, Level.PRODUCT)
            return f"{left} {sign} {self._number(other, carrier, Level.CAST)}", Level.PRODUCT
        if op in _ROUNDED and self._range(other)[0] < 0:
            raise Unprintable(f"{op} by what may be negative")
        name = _ROUNDED.get(op) or _EUCLIDEAN[op]
        return f"{self._method(one, carrier)}.{name}({self._number(other, carrier)})", Level.ATOM

    def _total(self, name: str, terms: Expr, carrier: MachineIntType) -> str:
        if isinstance(terms, Comprehension):
            text, item = self._chain(terms, carrier)
        else:
            text, item = self._iterator(terms)
        if item.type != carrier:
            param = pattern("x", item.type, item.refs)[0]
            text += f".map(|{param}| x as {carrier.name})"
        return f"{text}.{name}::<{carrier.name}>()"

    # Which machine integer a comparison is made in.

    @property
    def _carriers(self) -> Carriers:
        return Carriers(self._leaf_type, self._bound_range, self._of_terms)

    def _carrier(self, exprs: tuple[Expr, ...], *, is_equation: bool = False) -> MachineIntType:
        return self._carriers.carrier(exprs, is_equation=is_equation)

    def _leaf_type(self, leaf: Expr) -> MachineIntType | None:
        type_ = self._place(leaf).type
        return type_ if isinstance(type_, MachineIntType) else None

    def _bound_range(self, leaf: Expr) -> Range | None:
        match leaf:
            case Var(name) if name in self.names:
                return self.names[name].range
            case _:
                return None

    def _of_terms(self, terms: Expr) -> list[MachineIntType]:
        """The types of the integers that the items of a collection are computed from."""
        if not isinstance(terms, Comprehension):
            item = self._iterator(terms)[1]
            return [item.type] if isinstance(item.type, MachineIntType) else []
        match terms.clauses:
            case (Generator(binder, source), *_):
                item = self._iterator(source, at_place=is_place(binder.name, terms.element))[1]
                inside, _ = self._inside(binder.name, item)
                return inside._carriers.leaves(terms.element)  # noqa: SLF001 - its own class
            case _:
                return []

    def _range(self, expr: Expr) -> Range:
        return self._carriers.range(expr)


def _element(type_: Type | None) -> Type | None:
    return type_.element if isinstance(type_, SeqType | SetType) else None


def _last(expr: Expr) -> Level:
    """How tightly the last operand of a comparison has to bind: an `if` may stand there bare."""
    return Level.CONDITIONAL if isinstance(expr, IfExpr) else Level.BIT_OR
