"""Random functions that look like someone's, with contracts that look right.

A body is one of a few shapes (a branch, a counter, a sum, a search, a list built or changed, two
pointers, a recursion, machine arithmetic) with chance in its constants, bounds and conditions. A
contract is what a few runs do not contradict: often true, often nearly so. That is what a prover
must tell apart, and what it is asked in the tests of its soundness:

    plausible_module(7)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Final

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Expr
from autoform.ir.stmts import Clause
from autoform.ir.text import parse_module
from autoform.ir.types import BoolType, IntType, MachineIntType, SeqType, Type
from autoform.semantics.interpreter import EvaluationFailed, FuelExhausted, Returned, call, evaluate
from autoform.semantics.values import Value

PROBES: Final = 4
_FUEL: Final = 20_000
_RELATIONS: Final = ("==", "!=", "<", "<=", ">", ">=")
_DIVISIONS: Final = (
    "floor_div",
    "floor_mod",
    "trunc_div",
    "trunc_rem",
    "euclid_div",
    "euclid_mod",
)


def small_value(rng: Random, type_: Type) -> Value:
    """A value of one of the types that these functions have: small mostly, a corner at times."""
    match type_:
        case IntType():
            return rng.choice([0, 1, 2, 3, 5, -1, -2, -7, rng.randint(-9, 12), rng.randint(0, 40)])
        case BoolType():
            return rng.random() < 0.5
        case MachineIntType(minimum=low, maximum=high):
            return rng.choice([low, high, low + 1, high - 1, 0, 1, 2, rng.randint(low, high)])
        case SeqType(element):
            size = rng.choice([0, 0, 1, 1, 2, 3, 4, 6])
            return tuple(small_value(rng, element) for _ in range(size))
        case _:
            raise ValueError(type_)


def plausible_module(seed: int) -> Module:
    """A module with one function, and for some shapes one that it calls; the last is the caller."""
    rng = Random(seed)  # noqa: S311 - repeatable on purpose
    writer = _Writer(rng)
    draft = rng.choice(_SHAPES)(writer)
    module = parse_module(draft.text(()))
    probes = _probes(module, module.functions[-1], rng)
    promises = [_with_binder(p, n) for n, p in enumerate(writer.promises(draft))]
    stated = parse_module(draft.text(promises))
    clauses = stated.functions[-1].contract.ensures
    kept = [clause for clause in clauses if _survives(stated, clause, probes)]
    rng.shuffle(kept)
    return _promising(stated, tuple(kept[: rng.choice([1, 1, 2, 3])]))


@dataclass(frozen=True, slots=True)
class _Draft:
    """A function as text, its contract still open."""

    params: Sequence[tuple[str, str]]
    result: str
    body: str
    requires: Sequence[str] = ()
    inout: str = ""
    decreases: str = ""
    before: str = ""

    def text(self, promises: Sequence[str]) -> str:
        """The module with these postconditions."""
        mark = {self.inout: "inout "}
        params = ", ".join(f"{mark.get(name, '')}{name}: {type_}" for name, type_ in self.params)
        arrow = f" -> {self.result}" if self.result else ""
        clauses = [f"requires {each}" for each in self.requires]
        clauses += [f"ensures {each}" for each in promises]
        clauses += [f"decreases {self.decreases}"] if self.decreases else []
        return f"{self.before}fn f({params}){arrow}\n" + "\n".join(clauses) + f"\n{{{self.body}}}"


@dataclass(frozen=True, slots=True)
class _Probe:
    """One run: the values that a postcondition speaks of."""

    final: dict[str, Value]
    entry: dict[str, Value]
    result: Value


def _probes(module: Module, function: Function, rng: Random) -> list[_Probe]:
    found: list[_Probe] = []
    for _ in range(60):
        args = [small_value(rng, param.type) for param in function.params]
        entry = {param.name: arg for param, arg in zip(function.params, args, strict=True)}
        if not all(holds(module, c.condition, entry) for c in function.contract.requires):
            continue
        outcome = call(module, function.name, args, fuel=_FUEL)
        if isinstance(outcome, Returned):
            names = [param.name for param in function.params if param.inout]
            final = entry | dict(zip(names, outcome.inouts, strict=True))
            found.append(_Probe(final, entry, outcome.value))
        if len(found) == PROBES:
            break
    return found


def holds(
    module: Module,
    condition: Expr,
    env: Mapping[str, Value],
    *,
    old: Mapping[str, Value] | None = None,
    result: Value | None = None,
) -> bool:
    """Whether a condition of a contract holds. One that has no value does not."""
    try:
        return evaluate(module, condition, env, old=old, result=result, fuel=_FUEL) is True
    except (EvaluationFailed, FuelExhausted):
        return False


def _survives(module: Module, clause: Clause, probes: Sequence[_Probe]) -> bool:
    return all(
        holds(module, clause.condition, probe.final, old=probe.entry, result=probe.result)
        for probe in probes
    )


def _promising(module: Module, promises: tuple[Clause, ...]) -> Module:
    """The module whose last function has these postconditions."""
    *others, last = module.functions
    contract = replace(last.contract, ensures=promises)
    return replace(module, functions=(*others, replace(last, contract=contract)))


def _with_binder(promise: str, number: int) -> str:
    """The promise with binders that no other promise has."""
    return re.sub(r"\b[ek]\b", lambda found: f"{found[0]}{number}", promise)


@dataclass(slots=True)
class _Writer:
    """Writes pieces of text by chance. `numbers` are the integer terms in reach."""

    rng: Random
    numbers: list[str] = field(default_factory=list)

    def pick(self, *items: str) -> str:
        """One of the items."""
        return self.rng.choice(items)

    def chance(self, percent: int) -> bool:
        """True in so many of a hundred cases."""
        return self.rng.randrange(100) < percent

    def literal(self) -> str:
        """A small number."""
        return str(self.rng.choice([0, 0, 1, 1, 1, 2, 2, 3, -1, -2, 5, 7, 10]))

    def atom(self) -> str:
        """A term in reach, or a number."""
        return self.rng.choice(self.numbers) if self.numbers and self.chance(75) else self.literal()

    def number(self, depth: int = 2) -> str:
        """An integer expression."""
        if depth == 0 or self.chance(30):
            return self.atom()
        left, right = self.number(depth - 1), self.number(depth - 1)
        match self.rng.randrange(10):
            case 0 | 1 | 2:
                return f"({left} + {right})"
            case 3 | 4:
                return f"({left} - {right})"
            case 5:
                return f"({left} * {self.literal()})"
            case 6:
                divisor = self.pick("2", "3", "-2", "10", self.atom())
                return f"{self.pick(*_DIVISIONS)}({left}, {divisor})"
            case 7:
                return f"{self.pick('min2', 'max2')}({left}, {right})"
            case 8:
                return f"abs({left})"
            case _:
                return f"(if {self.condition(0)} then {left} else {right})"

    def condition(self, depth: int = 1) -> str:
        """A condition on integers."""
        plain = f"{self.number(depth)} {self.pick(*_RELATIONS)} {self.number(depth)}"
        if self.chance(20):
            other = f"{self.atom()} {self.pick(*_RELATIONS)} {self.atom()}"
            return f"(({plain}) {self.pick('&&', '||')} {other})"
        return f"!({plain})" if self.chance(10) else plain

    def guarded(self, stmt: str, percent: int = 50) -> str:
        """A statement, under a condition at times."""
        return f"if {self.condition()} {{ {stmt} }} " if self.chance(percent) else f"{stmt} "

    def bounds(self, *names: str) -> list[str]:
        """Preconditions on some of the numbers."""
        return [
            f"{name} {self.pick('>=', '>', '<', '!=')} {self.pick('0', '0', '1', '10')}"
            for name in names
            if self.chance(50)
        ]

    def loop(self, counter: str, start: str, stop: str, body: str) -> str:
        """A counting loop, as `for` or as `while`, with a step that is not always one."""
        step = self.pick("1", "1", "1", "2", "3")
        if self.chance(50):
            return f"for {counter} in {start}..{stop} by {step} {{ {body} }} "
        relation = self.pick("<", "<", "<=", "!=" if step == "1" else "<")
        return (
            f"var {counter}: Int = {start}; while {counter} {relation} {stop} "
            f"{{ {body} {counter} = {counter} + {step}; }} "
        )

    def update(self, name: str) -> str:
        """An accumulator's step."""
        return self.pick(
            f"{name} = {name} + {self.number(1)};",
            f"{name} = {name} + {self.number(1)};",
            f"{name} = {name} - {self.number(1)};",
            f"{name} = {name} * {self.literal()};",
            f"{name} = max2({name}, {self.number(1)});",
            f"{name} = min2({name}, {self.number(1)});",
            f"{name} = {self.number(1)};",
        )

    # Promises.

    def promises(self, draft: _Draft) -> list[str]:
        """Postconditions to choose from."""
        sequences = [name for name, type_ in draft.params if type_ == "Seq<Int>"]
        self.numbers = [name for name, type_ in draft.params if type_ == "Int"]
        self.numbers += [f"int.widen({n})" for n, t in draft.params if t[0] in "iu"]
        self.numbers += [f"seq.len({name})" for name in sequences]
        self.numbers += [f"seq.sum({name})" for name in sequences]
        old = [name for name in sequences if name != draft.inout]
        old += [f"\\old({draft.inout})"] if draft.inout else []
        match draft.result:
            case "Int":
                return [self._of_number("\\result", old) for _ in range(14)]
            case "Bool":
                return [self._of_truth("\\result", old) for _ in range(10)]
            case "Seq<Int>":
                return [self._of_sequence("\\result", old) for _ in range(14)]
            case "":
                return [self._of_sequence(draft.inout, old) for _ in range(14)]
            case _:
                return [self._of_number("int.widen(\\result)", old) for _ in range(14)]

    def _of_number(self, result: str, sequences: list[str]) -> str:
        relation = self.pick(*_RELATIONS, "==", "<=", ">=")
        kind = self.rng.randrange(9)
        if sequences and kind < 4:
            xs = self.rng.choice(sequences)
            return self.pick(
                f"forall e in {xs}: {result} {relation} e",
                f"exists e in {xs}: {result} {relation} e",
                f"seq.len({xs}) > 0 ==> seq.contains({xs}, {result})",
                f"{result} == seq.sum([e for e in {xs} if e {relation} {self.literal()}])",
                f"{result} == seq.count({xs}, {self.atom()})",
                f"{result} == seq.len([e for e in {xs} if e {relation} {self.literal()}])",
                f"0 <= {result} && {result} < seq.len({xs}) ==> "
                f"seq.at({xs}, {result}) {relation} {self.atom()}",
                f"forall k in seq.range({self.literal()}, {result}, 1): "
                f"0 <= k && k < seq.len({xs}) ==> seq.at({xs}, k) {relation} {self.atom()}",
                f"{result} < seq.len({xs})",
                f"{result} == seq.sum(seq.slice_to({xs}, {self.literal()}))",
            )
        if kind < 6:
            return f"{result} {relation} {self.number(2)}"
        if kind < 7:
            return f"floor_mod({result}, {self.pick('2', '3', '-2')}) {relation} {self.literal()}"
        if kind < 8:
            factor = self.pick("1", "2", "3")
            return f"{factor} * {result} {relation} {self.atom()} * ({self.atom()} + 1)"
        return f"{self.condition(0)} ==> {result} {relation} {self.number(1)}"

    def _of_truth(self, result: str, sequences: list[str]) -> str:
        if sequences and self.chance(70):
            xs = self.rng.choice(sequences)
            quantifier = self.pick("forall", "exists")
            claim = f"({quantifier} e in {xs}: e {self.pick(*_RELATIONS)} {self.atom()})"
            return self.pick(
                f"{result} == {claim}", f"{result} ==> {claim}", f"!{result} ==> !{claim}"
            )
        return self.pick(
            f"{result} == ({self.condition()})",
            f"{result} ==> {self.condition()}",
            f"({self.condition()}) ==> {result}",
        )

    def _of_sequence(self, result: str, sequences: list[str]) -> str:
        relation = self.pick(*_RELATIONS, "==", "==")
        xs = self.rng.choice(sequences) if sequences else "[1, 2]"
        self.numbers.append(f"seq.len({xs})")
        return self.pick(
            f"seq.len({result}) {relation} seq.len({xs})",
            f"seq.len({result}) {relation} {self.number(1)}",
            f"forall e in {result}: e {relation} {self.atom()}",
            f"forall k in seq.range(0, seq.len({result}), 1): "
            f"k < seq.len({xs}) ==> seq.at({result}, k) {relation} seq.at({xs}, k)",
            f"forall k in seq.range(0, seq.len({result}), 1): "
            f"seq.at({result}, k) {relation} {self.pick('k', 'k + 1', '2 * k', self.atom())}",
            f"forall k in seq.range(1, seq.len({result}), 1): "
            f"seq.at({result}, k - 1) {relation} seq.at({result}, k)",
            f"seq.is_permutation({result}, {xs})",
            f"seq.is_sorted({result})",
            f"{result} == {xs}",
            f"{result} == seq.reverse({xs})",
            f"{result} == [e + {self.literal()} for e in {xs}]",
            f"{result} == [e for e in {xs} if e {relation} {self.literal()}]",
            f"seq.sum({result}) {relation} seq.sum({xs})",
            f"forall e in {xs}: seq.contains({result}, e)",
            f"seq.count({result}, {self.literal()}) {relation} seq.count({xs}, {self.literal()})",
        )


# Shapes.


def _branches(w: _Writer) -> _Draft:
    w.numbers = ["a", "b"]
    body = f"var r: Int = {w.number()}; "
    body += f"if {w.condition()} {{ r = {w.number()}; }} else {{ r = {w.number()}; }} "
    if w.chance(50):
        body += f"if {w.condition()} {{ return {w.number()}; }} "
    return _Draft((("a", "Int"), ("b", "Int")), "Int", body + "return r;", w.bounds("a", "b"))


def _counter(w: _Writer) -> _Draft:
    w.numbers = ["n", "i", "m"]
    step = w.update("acc")
    if w.chance(20):
        step += f" if {w.condition()} {{ break; }}"
    body = f"var acc: Int = {w.literal()}; "
    stop = w.pick("n", "n", "n + 1", "n - 1")
    body += w.loop("i", w.pick("0", "0", "1", "m"), stop, w.guarded(step, 30))
    w.numbers = ["n", "m"]
    body += w.pick("return acc;", "return acc;", f"return acc + {w.atom()};")
    return _Draft((("n", "Int"), ("m", "Int")), "Int", body, w.bounds("n", "m"))


def _total(w: _Writer) -> _Draft:
    params = (("xs", "Seq<Int>"), ("v", "Int"))
    body = f"var acc: Int = {w.pick('0', '0', '0', '1', 'v')}; "
    if w.chance(50):
        w.numbers = ["x", "x", "v", "acc"]
        body += f"for x in xs {{ {w.guarded(w.update('acc'))} }} "
    else:
        index = w.pick("i", "i", "i", "i - 1", "i + 1", "seq.len(xs) - 1 - i")
        op = w.pick("seq.at", "seq.at", "seq.at_neg")
        w.numbers = [f"{op}(xs, {index})", "v", "i"]
        stop = w.pick("seq.len(xs)", "seq.len(xs)", "seq.len(xs) - 1")
        body += w.loop("i", w.pick("0", "0", "1"), stop, w.guarded(w.update("acc")))
    requires = [w.pick("seq.len(xs) > 0", "seq.is_sorted(xs)")] if w.chance(30) else []
    return _Draft(params, "Int", body + "return acc;", requires)


def _search(w: _Writer) -> _Draft:
    params = (("xs", "Seq<Int>"), ("v", "Int"))
    test = f"seq.at(xs, i) {w.pick(*_RELATIONS)} {w.pick('v', 'v', '0', 'v + 1')}"
    kind = w.pick("Int", "Int", "Bool")
    found, missing = (w.pick("i", "i", "i + 1"), w.pick("-1", "seq.len(xs)", "0"))
    if kind == "Bool":
        found, missing = w.rng.choice([("true", "false"), ("false", "true")])
    stop = w.pick("seq.len(xs)", "seq.len(xs)", "seq.len(xs) - 1")
    loop = w.loop("i", w.pick("0", "0", "1"), stop, f"if {test} {{ return {found}; }}")
    return _Draft(params, kind, f"{loop} return {missing};")


def _built(w: _Writer) -> _Draft:
    params = (("xs", "Seq<Int>"), ("v", "Int"))
    body = f"var out: Seq<Int> = {w.pick('[]::<Seq<Int>>', '[]::<Seq<Int>>', '[v]')}; "
    w.numbers = ["x", "x", "v"]
    append = f"out = seq.append(out, {w.pick('x', 'x', w.number(1))});"
    append = w.pick(append, append, f"out = seq.concat([{w.number(1)}], out);")
    return _Draft(params, "Seq<Int>", body + f"for x in xs {{ {w.guarded(append)} }} return out;")


def _changed(w: _Writer) -> _Draft:
    params = (("xs", "Seq<Int>"), ("v", "Int"))
    once = w.chance(30)
    i = "v" if once else "i"
    w.numbers = ["v", i, f"seq.at(xs, {i})"]
    change = f"xs = seq.update(xs, {i}, {w.number(1)});"
    if w.chance(30):
        change = f"xs = seq.swap(xs, {i}, seq.len(xs) - 1 - {i});"
    if once:
        requires = ["0 <= v", f"v {w.pick('<', '<=')} seq.len(xs)"]
        return _Draft(params, "", change, requires, inout="xs")
    stop = w.pick("seq.len(xs)", "seq.len(xs)", "floor_div(seq.len(xs), 2)", "seq.len(xs) - 1")
    body = w.loop("i", w.pick("0", "0", "1"), stop, w.guarded(change, 30))
    return _Draft(params, "", body, inout="xs")


def _pointers(w: _Writer) -> _Draft:
    params = (("xs", "Seq<Int>"), ("v", "Int"))
    w.numbers = ["seq.at(xs, lo)", "seq.at(xs, hi)", "v"]
    body = "var lo: Int = 0; var hi: Int = seq.len(xs) - 1; "
    body += f"while lo {w.pick('<', '<', '<=')} hi {{ "
    if w.chance(50):
        body += "var mid: Int = floor_div(lo + hi, 2); "
        w.numbers += ["seq.at(xs, mid)"]
        body += f"if seq.at(xs, mid) {w.pick(*_RELATIONS)} v {{ "
        body += f"lo = {w.pick('mid + 1', 'mid')}; }} else {{ hi = {w.pick('mid', 'mid - 1')}; }} "
    else:
        body += f"if {w.condition(0)} {{ lo = lo + 1; }} else {{ hi = hi - 1; }} "
    body += f"}} return {w.pick('lo', 'hi', 'hi - lo')};"
    return _Draft(params, "Int", body, ["seq.is_sorted(xs)"] if w.chance(40) else [])


def _recursive(w: _Writer) -> _Draft:
    w.numbers = ["n", "m"]
    down = w.pick("n - 1", "n - 1", "n - 2", "floor_div(n, 2)")
    stop = w.pick("n <= 0", "n == 0", "n < 2", "n <= 1")
    first = f"if {stop} {{ return {w.number(1)}; }} "
    again = f"f({down}, {w.pick('m', 'm', 'm + 1', 'n')})"
    body = (
        first + f"return {w.pick(again, f'{again} + {w.number(1)}', f'{w.number(1)} - {again}')};"
    )
    requires = [w.pick("n >= 0", "n >= 0", "n > 0")] if w.chance(80) else []
    params = (("n", "Int"), ("m", "Int"))
    return _Draft(params, "Int", body, requires, decreases="n" if w.chance(80) else "")


def _machine(w: _Writer) -> _Draft:
    type_ = w.pick("u8", "i8", "u16", "i32", "u64", "i64", "i128")
    a, b = "a", "b"

    def term(depth: int) -> str:
        if depth == 0 or w.chance(25):
            return w.pick(a, b, f"1{type_}", f"3{type_}")
        left, right = term(depth - 1), term(depth - 1)
        return w.pick(
            f"({left} + {right})",
            f"({left} - {right})",
            f"({left} * {right})",
            f"trunc_div({left}, {right})",
            f"trunc_rem({left}, {right})",
            f"euclid_mod({left}, {right})",
            f"min2({left}, {right})",
            f"int.wrapping_add({left}, {right})",
            f"int.wrapping_sub({left}, {right})",
            f"int.wrapping_mul({left}, {right})",
            f"int.saturating_add({left}, {right})",
            f"int.saturating_sub({left}, {right})",
        )

    test = f"{term(1)} {w.pick(*_RELATIONS)} {term(0)}"
    body = f"if {test} {{ return {term(2)}; }} return {term(1)};"
    requires = [
        f"{x} {w.pick('<', '<=', '>', '!=')} {w.pick('3', '10', '100')}{type_}" for x in "ab"
    ]
    return _Draft((("a", type_), ("b", type_)), type_, body, requires)


def _caller(w: _Writer) -> _Draft:
    w.numbers = ["k"]
    ensures = f"ensures \\result {w.pick(*_RELATIONS)} {w.number(1)}"
    requires = w.pick("", f"requires k {w.pick(*_RELATIONS)} {w.literal()}")
    before = f"fn g(k: Int) -> Int {requires} {ensures} {{ return {w.number(1)}; }}\n"
    w.numbers = ["a", "b"]
    body = f"if {w.condition()} {{ return g({w.number(1)}); }} "
    body += f"var r: Int = g({w.number(1)}); return r + {w.atom()};"
    params = (("a", "Int"), ("b", "Int"))
    return _Draft(params, "Int", body, w.bounds("a", "b"), before=before)


_SHAPES: Final[Sequence[Callable[[_Writer], _Draft]]] = (
    _branches,
    _counter,
    _counter,
    _total,
    _total,
    _search,
    _built,
    _changed,
    _pointers,
    _recursive,
    _machine,
    _caller,
)
