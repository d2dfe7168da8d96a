"""What docstrings say in phrases that people really use, as candidates.

`grammars/phrases.lark` has the phrases, `grammars/phrases.md` what is made of each. A reading is a
guess like any other: it goes as soon as a run contradicts it. So a phrase may be read in several
ways, for every input and every part of the outcome that it can be about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from lark import Lark, Token, Tree
from lark.exceptions import LarkError

from autoform.grammar_files import grammar
from autoform.ir.build import conjunction, negation
from autoform.ir.decls import Function
from autoform.ir.exprs import Apply, Expr, Quant, Var, type_of
from autoform.ir.ops import SignatureError, apply
from autoform.ir.traversal import free_vars, walk
from autoform.ir.types import BOOL, INT, STR, SeqType, Type, is_integer
from autoform.specify.candidate import Candidate
from autoform.specify.expressions import (
    ONE,
    TWO,
    ZERO,
    eq,
    every,
    fresh,
    is_sized,
    items_of,
    length,
    listed,
    number,
    some,
    span,
)
from autoform.specify.templates.truths import ascending
from autoform.specify.vocabulary import inputs, targets

FAMILY: Final = "docstring"
MOST_SENTENCES: Final = 8
MOST_STRETCHES: Final = 160
LONGEST: Final = 9
"""Words of the longest phrase."""

_DOCTEST: Final = re.compile(r"^\s*(>>>|\.\.\.)|^\s*(pre|post|raises|:\w+[^:]*:)", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"[.;:!?\n]+")
_MODIFIERS: Final = frozenset({"KIND", "SQUARES", "ITEMS", "NUMBERS"})
_WORD: Final = re.compile(r"[a-z][a-z-]*")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that was found: its rule in the grammar, and the words that matter."""

    rule: str
    words: tuple[str, ...]
    kind: str = ""
    squared: str = ""


def phrases(text: str) -> list[Phrase]:
    """The phrases of a docstring, longest first at each word, doctests left out."""
    found: dict[Phrase, None] = {}
    tried = 0
    lines = (line for line in text.splitlines() if not _DOCTEST.match(line))
    sentences = [s for s in _SENTENCE.split("\n".join(lines).lower()) if s.strip()]
    for sentence in sentences[:MOST_SENTENCES]:
        words = _WORD.findall(sentence)
        for start in range(len(words)):
            if words[start] not in _beginnings():
                continue
            for end in range(min(len(words), start + LONGEST), start, -1):
                tried += 1
                if tried > MOST_STRETCHES:
                    return list(found)
                phrase = _parsed(" ".join(words[start:end]))
                if phrase is not None:
                    found.setdefault(phrase)
                    break
    return list(found)


@cache
def _parser() -> Lark:
    return Lark(grammar("phrases"), parser="earley", lexer="dynamic")


@cache
def _beginnings() -> frozenset[str]:
    """The words that the grammar knows: a phrase begins with one of them."""
    return frozenset(re.findall(r'"([a-z-]+)', grammar("phrases")))


@cache
def _parsed(text: str) -> Phrase | None:
    try:
        tree = _parser().parse(text)
    except LarkError:
        return None
    (body,) = [child for child in tree.children if isinstance(child, Tree)]
    tokens = list(body.scan_values(lambda v: isinstance(v, Token)))
    named = {token.type: str(token) for token in tokens}
    words = tuple(str(token) for token in tokens if token.type not in _MODIFIERS)
    return Phrase(str(body.data), words, named.get("KIND", ""), named.get("SQUARES", ""))


def readings(function: Function) -> list[Candidate]:
    """The postconditions that the function's docstring may mean."""
    found = phrases(function.doc)
    conditions = [c for phrase in found for c in _sayable(phrase, function)]
    return [Candidate(condition, FAMILY) for condition in dict.fromkeys(conditions)]


def required(function: Function) -> list[Expr]:
    """The preconditions that the function's docstring may mean, over plain parameters."""
    found: list[Expr] = []
    for phrase in phrases(function.doc):
        words = {*phrase.words, phrase.kind}
        for param in function.params:
            if phrase.rule in {"requirement", "kept", "order"}:
                found += _demands(words, Var(param.name, param.type))
    return list(dict.fromkeys(found))


def is_order(condition: Expr) -> bool:
    """Whether a precondition says that a sequence is in order."""
    return (
        isinstance(condition, Quant)
        and len(free_vars(condition)) == 1
        and any(isinstance(node, Apply) and node.op == "seq.at" for node in walk(condition))
    )


def _demands(words: set[str], value: Expr) -> Iterator[Expr]:
    type_ = type_of(value)
    if type_ == INT:
        if words & {"positive", "natural"}:
            yield apply("gt", value, ZERO)
        if words & {"non-negative", "nonnegative", "natural"}:
            yield apply("ge", value, ZERO)
        if words & {"non-zero", "nonzero"}:
            yield apply("ne", value, ZERO)
    if is_sized(type_) and words & {"non-empty", "nonempty"}:
        yield apply("gt", length(value), ZERO)
    if isinstance(type_, SeqType):
        if words & {"sorted", "ascending"}:
            yield next(ascending(value), eq(value, value))
        if type_.element == INT:
            x = Var(fresh("x", value), INT)
            for word, op in (("positive", "gt"), ("non-negative", "ge"), ("non-zero", "ne")):
                if word in words:
                    yield every(x.name, value, apply(op, x, ZERO))


def _sayable(phrase: Phrase, function: Function) -> Iterator[Expr]:
    """What the phrase may mean, of every target and input that it can be about."""
    for target in targets(function):
        if target.guard is not None:
            continue
        for value in inputs(function):
            try:
                yield from _meanings(phrase, target.expr, value, inputs(function))
            except SignatureError:
                continue  # the phrase is about values of another type


def _meanings(  # noqa: C901 - one case per rule of the grammar
    phrase: Phrase, target: Expr, value: Expr, values: list[Expr]
) -> Iterator[Expr]:
    match phrase.rule:
        case "fold":
            yield from _folds(phrase, target, value)
        case "extremum":
            yield from _extrema(phrase, target, value, values)
        case "number":
            yield from _counts(phrase, target, value)
        case "length" if is_integer(type_of(target)) and is_sized(type_of(value)):
            yield eq(target, length(value))
        case "order":
            yield from _orders(phrase, target, value)
        case "reverse":
            op = "str.reverse" if type_of(value) == STR else "seq.reverse"
            yield eq(target, apply(op, value))
        case "kept":
            yield from _kept(phrase, target, value)
        case "unique":
            yield eq(length(apply("seq.to_set", target)), length(target))
            yield eq(apply("seq.to_set", target), apply("seq.to_set", value))
        case "common":
            yield from _joined(target, value, values)
        case "truth" if type_of(target) == BOOL:
            for condition in _properties(phrase, value, values):
                yield eq(target, condition)
                yield eq(target, apply("not", condition))
        case "change":
            for op in ("upper", "lower", "capitalize", "swapcase"):
                yield eq(target, apply(f"py.{op}", value))
        case "power":
            yield from (eq(target, each) for each in _powers(value))
        case "pair":
            for other in values:
                for op in ("int.gcd", "int.lcm", "floor_div", "floor_mod"):
                    yield eq(target, apply(op, value, other))
        case _:
            return


def _chosen(kind: str, x: Expr) -> Expr | None:
    """The condition that an adjective asks of an element."""
    if type_of(x) == STR:
        op = _TEXT_KINDS.get(kind)
        return apply(op, x) if op else None
    match kind:
        case "even":
            return eq(apply("floor_mod", x, TWO), ZERO)
        case "odd":
            return eq(apply("floor_mod", x, TWO), ONE)
        case "positive":
            return apply("gt", x, ZERO)
        case "negative":
            return apply("lt", x, ZERO)
        case "non-negative":
            return apply("ge", x, ZERO)
        case "non-zero":
            return apply("ne", x, ZERO)
        case "zero":
            return eq(x, ZERO)
        case _:
            return None


_TEXT_KINDS: Final = {
    "upper": "py.isupper",
    "uppercase": "py.isupper",
    "lower": "py.islower",
    "lowercase": "py.islower",
    "alphabetic": "py.isalpha",
}


def _element(value: Expr) -> Var:
    element: Type | None = items_of(type_of(value))
    return Var(fresh("x", value), element if element is not None else INT)


def _selected(phrase: Phrase, value: Expr) -> Expr | None:
    """The elements that a phrase speaks of: `the squares of the even numbers`."""
    if not isinstance(type_of(value), SeqType):
        return None
    x = _element(value)
    condition = _chosen(phrase.kind, x) if phrase.kind else None
    if phrase.kind and condition is None:
        return None
    image: Expr = x
    if phrase.squared:
        image = apply("mul", x, x)
        image = image if phrase.squared == "squares" else apply("mul", image, x)
    return value if image == x and condition is None else listed(image, x.name, value, condition)


def _folds(phrase: Phrase, target: Expr, value: Expr) -> Iterator[Expr]:
    elements = _selected(phrase, value)
    if elements is not None:
        product = phrase.words[0] in {"product", "multiply"}
        yield eq(target, apply("seq.product" if product else "seq.sum", elements))
    elif is_integer(type_of(value)):
        numbers = span(ONE, apply("add", value, ONE))
        whole = _selected(phrase, numbers)
        if whole is not None:
            yield eq(target, apply("seq.sum", whole))


def _extrema(phrase: Phrase, target: Expr, value: Expr, values: list[Expr]) -> Iterator[Expr]:
    least = phrase.words[0] in {"smallest", "minimum", "least", "lowest", "min"}
    elements = _selected(phrase, value)
    if elements is not None:
        yield eq(target, apply("seq.min" if least else "seq.max", elements))
    for other in values:
        if other != value:
            yield eq(target, apply("min2" if least else "max2", value, other))


def _counts(phrase: Phrase, target: Expr, value: Expr) -> Iterator[Expr]:
    condition = _chosen(phrase.kind, x := _element(value))
    if condition is not None and items_of(type_of(value)) is not None:
        yield eq(target, apply("seq.sum", listed(ONE, x.name, value, condition)))


def _orders(phrase: Phrase, target: Expr, value: Expr) -> Iterator[Expr]:
    yield from ascending(target)
    yield eq(target, apply("seq.sorted", value))
    yield eq(target, apply("seq.sorted_desc", value))
    if "reverse" in phrase.words:
        yield eq(target, apply("seq.reverse", value))


def _kept(phrase: Phrase, target: Expr, value: Expr) -> Iterator[Expr]:
    x = _element(value)
    condition = _chosen(phrase.kind, x)
    if condition is None or items_of(type_of(target)) != x.type:
        return
    yield every(x.name, target, condition)
    if items_of(type_of(value)) == x.type:
        yield eq(target, listed(x, x.name, value, condition))


def _joined(target: Expr, value: Expr, values: list[Expr]) -> Iterator[Expr]:
    for other in values:
        if other == value or type_of(other) != type_of(value):
            continue
        if is_integer(type_of(value)):
            yield eq(target, apply("sub", value, other))
            yield eq(target, apply("abs", apply("sub", value, other)))
        elif type_of(value) == STR:
            yield eq(target, apply("str.concat", value, other))
        elif isinstance(type_of(value), SeqType):
            sets = [apply("seq.to_set", each) for each in (value, other)]
            own = apply("seq.to_set", target) if isinstance(type_of(target), SeqType) else target
            for op in ("intersection", "union", "difference"):
                yield eq(own, apply(f"set.{op}", *sets))
            yield eq(target, apply("seq.concat", value, other))


def _properties(phrase: Phrase, value: Expr, values: list[Expr]) -> Iterator[Expr]:
    type_ = type_of(value)
    if is_integer(type_):
        x = value
        chosen = (_chosen(kind, x) for kind in ("even", "positive", "negative"))
        yield from (condition for condition in chosen if condition is not None)
        d = fresh("d", value)
        small = span(TWO, value)
        divided = some(d, small, eq(apply("floor_mod", value, Var(d, INT)), ZERO))
        yield apply("gt", value, ONE) if "prime" not in phrase.words else _both(value, divided)
        yield from (
            eq(apply("floor_mod", value, other), ZERO) for other in values if other != value
        )
    elif type_ == STR:
        yield eq(value, apply("str.reverse", value))
        for other in values:
            if type_of(other) == STR and other != value:
                yield apply("str.contains", value, other)
                letters = [apply("str.chars", each) for each in (value, other)]
                yield eq(*(apply("seq.sorted", each) for each in letters))
    elif isinstance(type_, SeqType):
        yield eq(value, apply("seq.reverse", value))
        yield from ascending(value)
        yield eq(length(value), number(0))
        yield eq(length(apply("seq.to_set", value)), length(value))


def _both(value: Expr, divided: Expr) -> Expr:
    return conjunction((apply("gt", value, ONE), negation(divided)))


def _powers(value: Expr) -> Iterator[Expr]:
    yield apply("mul", value, value)
    yield apply("mul", apply("mul", value, value), value)
    yield apply("abs", value)
    yield apply("mul", TWO, value)
    yield apply("mul", number(3), value)
    yield apply("floor_div", value, TWO)
    yield apply("add", value, ONE)
    yield apply("int.factorial", value)
