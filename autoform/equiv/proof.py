"""Proofs that two functions are the same: equal forms, all inputs, or a product of the two.

What is proved is said in `equivalent`. Each way is tried in turn, cheapest first; none of them
assumes anything but the two preconditions.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from autoform.crosscheck import Input, NoClaim, Threw
from autoform.equiv.arithmetic import named_products, plain_arithmetic
from autoform.equiv.bounds import finite_ranges
from autoform.equiv.builders import builders_in
from autoform.equiv.folds import folds_to_loops, has_folds
from autoform.equiv.forms import same_form
from autoform.equiv.fusion import fused, loops_in_a_row
from autoform.equiv.growth import Growth
from autoform.equiv.guards import guarded
from autoform.equiv.joining import CannotJoin, joined, standalone
from autoform.equiv.matching import err_is_exception
from autoform.equiv.pairs import Pairs
from autoform.equiv.product import NAME, Product, are_texts, as_outcome, lowered, product
from autoform.equiv.runs import TARGETED_FUEL, Pair
from autoform.equiv.slices import over_wholes
from autoform.equiv.tails import loops_for_tail_calls
from autoform.equiv.unroll import unrolled
from autoform.equiv.ways import ways
from autoform.ir.decls import Function, Module
from autoform.ir.names import quoted
from autoform.ir.stmts import Assert, Clause, ForEach, ForRange, Raise, While
from autoform.ir.traversal import all_names, freshen, rename, walk
from autoform.ir.types import ResultType, Type
from autoform.ir.wellformed import IllFormed, require_wellformed
from autoform.passes.blocks import contains, map_functions
from autoform.passes.widen_integers import NoForm, uses_machine, widened_module, without_narrowing
from autoform.prove.candidate import Proposer
from autoform.prove.houdini import with_function
from autoform.prove.pipeline import BY, ProofSettings
from autoform.prove.proposers import STAGES
from autoform.prove.recursion import with_measure
from autoform.prove.search import Found, search
from autoform.prove.traces import collect
from autoform.vc.obligation import Kind
from autoform.vc.recursion import cycle_of
from autoform.vc.smt.solver import Purse
from autoform.vc.smt.sorts import NotEncodable

__all__ = ["Proof", "prove_pair"]

MOST_INPUTS: Final = 20_000
"""Domains of at most so many inputs are tried in full."""
_FUEL: Final = 300_000
_STAGES: Final = 2
"""Of the proposers: the later ones speak of single sequences, are costly, and relate nothing."""


_FAILURES: Final = {
    Kind.INDEX: ("IndexError",),
    Kind.KEY: ("KeyError",),
    Kind.DIVISION: ("ZeroDivisionError",),
    Kind.OVERFLOW: ("OverflowError",),
    Kind.UNWRAP: ("TypeError", "Panic"),
    Kind.VALUE: ("ValueError", "Panic"),
}


@dataclass(frozen=True, slots=True)
class Proof:
    """How it was proved, in `by`; otherwise what is open, or an input on which the two differ."""

    by: tuple[str, ...] = ()
    open: str = ""
    differs: Input | None = None
    fails: frozenset[str] = frozenset()
    """What operators may raise, as far as is known: the other side's may with them."""


def prove_pair(pair: Pair, inputs: Sequence[Input], settings: ProofSettings) -> Proof:
    """Try to prove that the two are the same. `inputs` were tried without a difference."""
    f, g = pair.first, pair.second
    if same_form(f.function, f.module, g.function, g.module):
        return Proof((f"{BY}: the same form",))
    exhausted = _all_inputs(pair)
    if exhausted is not None:
        return exhausted
    tried: list[Proof] = []
    for unfold in _foldings(pair):
        tried.append(_attempt(pair, inputs, settings, unfold=unfold))
        if tried[-1].by:
            return tried[-1]
    return tried[0]


def _foldings(pair: Pair) -> tuple[bool, ...]:
    """Whether to turn folds into loops: first, where there are loops to run them in step with."""
    if not any(has_folds(side.module) for side in (pair.first, pair.second)):
        return (False,)
    loops = [
        contains(side.function.body, While, ForEach, ForRange) for side in (pair.first, pair.second)
    ]
    return (True, False) if any(loops) else (False, True)


def _attempt(
    pair: Pair, inputs: Sequence[Input], settings: ProofSettings, *, unfold: bool
) -> Proof:
    try:
        return _Work.of(pair, settings, unfold=unfold).prove(pair, inputs)
    except (NotEncodable, NoForm, CannotJoin, RecursionError, IllFormed) as error:
        return Proof(open=f"there is no encoding: {str(error) or 'nested too deeply'}")


# ── All inputs ────────────────────────────────────────────────────────────────────────────────


def _all_inputs(pair: Pair) -> Proof | None:
    """Run a small finite domain in full; nothing where it is not small, or a run is not known."""
    ranges = finite_ranges(pair.first.function, pair.second.function, MOST_INPUTS)
    if ranges is None:
        return None
    given = [each for each in itertools.product(*ranges) if pair.allows(each)]
    runs = pair.interpret(given, _FUEL)
    different = [run for run in runs if pair.differ(run)]
    if different:
        return Proof(differs=pair.lightest(different)[0].given)
    if any(isinstance(run.first, NoClaim) or isinstance(run.second, NoClaim) for run in runs):
        return None
    return Proof((f"{BY}: all {len(runs)} inputs",)) if runs else None


# ── Products ──────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class _Work:
    """Both functions in one module, in `Int`; `first` and `second` are their names there."""

    module: Module
    first: str
    second: str
    settings: ProofSettings

    @staticmethod
    def of(pair: Pair, settings: ProofSettings, *, unfold: bool) -> _Work:
        """Join the two; with `unfold`, sums become loops."""
        f, g = pair.first, pair.second
        modules = [
            standalone(with_function(side.module, side.function), side.function.name)
            for side in (f, g)
        ]
        if unfold:
            both = builders_in(modules[0]) & builders_in(modules[1])
            modules = [folds_to_loops(module, both) for module in modules]
        functions = [m.function(s.function.name) for m, s in zip(modules, (f, g), strict=True)]
        if len({*map(loops_in_a_row, functions)}) > 1:
            fewer = (fused(each, may_fail=pair.is_rust) for each in functions)
            modules = list(map(with_function, modules, fewer))
        if any(map(uses_machine, modules)):
            modules = [widened_module(module) for module in modules]
        ready = (over_wholes(unrolled(plain_arithmetic(module))) for module in modules)
        module, names = joined(*ready)
        return _Work(module, f.function.name, names[g.function.name], settings)

    def prove(self, pair: Pair, inputs: Sequence[Input]) -> Proof:
        """By the form of the second in `Int`, or by a product."""
        f, g = self.module.function(self.first), self.module.function(self.second)
        if f.type_params or g.type_params:
            return Proof(open="generic functions are only compared by their form")
        if [p.type for p in f.params] != [p.type for p in g.params]:
            return Proof(open="arguments of different kinds are only compared by running")
        requires = (*f.contract.requires, *_requires_over(g, f))
        if any(name in cycle_of(self.module, name) for name in (f.name, g.name)):
            proof = self._by_form(requires, inputs)
            if proof.by:
                return proof
            self.module = map_functions(self.module, loops_for_tail_calls)
            f, g = self.module.function(self.first), self.module.function(self.second)
            if any(name in cycle_of(self.module, name) for name in (f.name, g.name)):
                return proof
        missing = self._open_callee()
        if missing is not None:
            return Proof(open=missing)
        return self._by_product(pair, f, g, requires, inputs)

    def _open_callee(self) -> str | None:
        """Why a function that the two call may fail, or not end."""
        for function in self.module.functions:
            if function.name in (self.first, self.second):
                continue
            found = self._search(function, ())
            if found.open or found.vacuous:
                return f"it is not proved that {quoted(function.name)} always returns"
        return None

    def _by_form(self, requires: Sequence[Clause], inputs: Sequence[Input]) -> Proof:
        """Recursive functions: the same text in `Int`, and neither fails where it is narrower."""
        wide = map_functions(self.module, without_narrowing)
        if not same_form(wide.function(self.first), wide, wide.function(self.second), wide):
            return Proof(open="recursive functions of different forms")
        missing = self._open_callee()
        if missing is not None:
            return Proof(open=missing)
        for name in (self.first, self.second):
            function = self.module.function(name)
            mine = _requires_for(function, self.module.function(self.first), requires)
            contract = replace(function.contract, requires=mine, raises=())
            found = self._search(replace(function, contract=contract), inputs)
            if found.open or found.vacuous:
                why = found.open[0].failure if found.open else "nothing is known to return"
                return Proof(open=f"in {quoted(name)} {why}")
        return Proof((f"{BY}: the same recursive form",))

    def _by_product(
        self,
        pair: Pair,
        f: Function,
        g: Function,
        requires: Sequence[Clause],
        inputs: Sequence[Input],
    ) -> Proof:
        plain = self._outcomes(pair, f, g, requires, inputs)
        fails = plain.fails & _seen_to_fail(pair, inputs) if plain.fails else plain.fails
        if plain.by or not fails:
            return plain
        alike = self._outcomes(pair, guarded(f, fails), guarded(g, fails), requires, inputs)
        return alike if alike.by else plain

    def _outcomes(
        self,
        pair: Pair,
        f: Function,
        g: Function,
        requires: Sequence[Clause],
        inputs: Sequence[Input],
    ) -> Proof:
        """By a product of the two, what they raise themselves as values."""
        results = pair.first.function.result, pair.second.function.result
        first_is, second_is = err_is_exception(*results), err_is_exception(*reversed(results))
        values = _payload(f.result, result=first_is), _payload(g.result, result=second_is)
        texts = values[0] != values[1] and are_texts(*values)
        raising = contains((*f.body, *g.body), Raise, Assert)
        if first_is or second_is or texts or raising:
            classes = () if pair.is_rust else _classes(f, g)
            f = as_outcome(f, classes, result_is_outcome=first_is, as_text=texts)
            g = as_outcome(g, classes, result_is_outcome=second_is, as_text=texts)
        if f.result != g.result:
            return Proof(open="results of different kinds are only compared by running")
        plain = with_function(with_function(self.module, _bare(f)), _bare(g))
        low = lowered(plain)
        pair_of = low.function(f.name), low.function(g.name)
        tried: dict[Function, Proof] = {}
        for way in ways(low, *pair_of, inputs):
            made = product(*pair_of, requires, way)
            if made.function not in tried:
                tried[made.function] = proof = self._judged(low, made, inputs)
                if proof.by:
                    return proof
        return next(iter(tried.values()))

    def _judged(self, low: Module, made: Product, inputs: Sequence[Input]) -> Proof:
        """Search for a proof of a product."""
        module = replace(low, functions=(*low.functions, made.function))
        module = named_products(module, NAME)
        made = replace(made, function=module.function(NAME))
        require_wellformed(module)
        traces = collect(module, NAME, inputs)
        first: list[Proposer] = [Pairs(made), Growth(), *STAGES[0]]
        stages: list[Sequence[Proposer]] = [first, *STAGES[1:_STAGES]]
        purse = Purse(self.settings.total_steps)
        steps = self.settings.steps
        found = search(module, made.function, stages, traces, steps=steps, purse=purse)
        if found.open:
            raised = frozenset(e for each in found.open for e in _FAILURES.get(each.kind, ()))
            return Proof(open=found.open[0].failure, fails=raised)
        if found.vacuous:
            return Proof(open="everything follows from what is known at the end: not believed")
        return Proof((f"{BY}: a product of the two",))

    def _search(self, function: Function, inputs: Sequence[Input]) -> Found:
        """A proof that the function keeps its contract, raises nothing and ends."""
        steps = self.settings.steps
        low = lowered(with_function(self.module, function))
        measured = with_measure(low, low.function(function.name), steps=steps)
        module = with_function(low, measured)
        traces = collect(module, function.name, inputs)
        stages: list[Sequence[Proposer]] = [(Growth(), *STAGES[0]), *STAGES[1:]]
        return search(module, measured, stages, traces, steps=steps)


def _seen_to_fail(pair: Pair, inputs: Sequence[Input]) -> frozenset[str]:
    """What was raised on some input: that both fail alike need not be proved of what never is."""
    runs = pair.interpret([*inputs, *pair.targeted()], TARGETED_FUEL)
    seen = (each for run in runs for each in (run.first, run.second))
    return frozenset(each.exception for each in seen if isinstance(each, Threw))


def _payload(type_: Type, *, result: bool) -> Type:
    return type_.ok if result and isinstance(type_, ResultType) else type_


def _bare(function: Function) -> Function:
    """Without what it promises: the product does not call it."""
    return replace(
        function, contract=replace(function.contract, requires=(), ensures=(), raises=())
    )


def _classes(f: Function, g: Function) -> tuple[str, ...]:
    raised = {n.exception for n in walk(*f.body, *g.body) if isinstance(n, Raise)}
    return ("", *sorted(raised | {"AssertionError"}))


def _requires_over(g: Function, f: Function) -> Iterator[Clause]:
    """The second one's preconditions in the names of the first one's parameters."""
    names = {q.name: p.name for q, p in zip(g.params, f.params, strict=True)}
    taken = set(all_names(f)) | set(all_names(g))
    for clause in g.contract.requires:
        condition = freshen(rename(clause.condition, names), taken)
        yield replace(clause, condition=condition)


def _requires_for(
    function: Function, first: Function, requires: Sequence[Clause]
) -> tuple[Clause, ...]:
    """Preconditions over the first one's parameters in the names of either."""
    names = {p.name: q.name for p, q in zip(first.params, function.params, strict=True)}
    return tuple(rename(clause, names) for clause in requires)
