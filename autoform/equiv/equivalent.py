"""Equivalence of two functions: the library call, from lifted files to a verdict."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace

from autoform.crosscheck import Input, Limits, NoClaim, Odd, Original, open_originals
from autoform.diagnostics import Diagnostic, diagnostic
from autoform.equiv.domain import find_domain
from autoform.equiv.matching import Mismatch, Side, demand_match
from autoform.equiv.proof import prove_pair
from autoform.equiv.requires import requiring, with_clause
from autoform.equiv.results import Difference, Domain, EquivResult, EquivVerdict
from autoform.equiv.runs import TARGETED_FUEL, Pair, Run
from autoform.frontends.lifted import Lifted
from autoform.prove.pipeline import ProofSettings

__all__ = ["equivalent"]

_DOMAIN_SHARE = 10
"""Of the steps of a proof, what is spent on one that was not asked for."""


def equivalent(
    first: Lifted,
    f: str,
    second: Lifted,
    g: str,
    *,
    requires: Sequence[str] = (),
    examples: int = 200,
    settings: ProofSettings | None = None,
    limits: Limits | None = None,
) -> EquivResult:
    """Compare `f` of the first file with `g` of the second, in one language or in two.

    Parameters match by position: a machine integer and an `Int` on the numbers that both have,
    texts and characters, sequences, options, tuples, records and enums part by part. The inputs
    in question are those of both types that meet both preconditions and every `requires`, which
    are conditions in Python's syntax over the parameters of `f`.

    - `equivalent`: proved that on every such input both end, and both return the same value and
      leave the same in parameters that they change, or both fail. Where the proof is by the same
      form, the two also run for ever on the same inputs, if they do on any.
    - `differs`: on one input, shrunk, the two originals were run and did different things.
    - `same-on-inputs`: no difference on the inputs tried; `open` says what was not proved.

    Failing is raising or panicking. Between two Python functions the exceptions must be of one
    class; where one of the two is Rust, any panic stands for any exception. An `err` of a function
    that returns a `Result` stands for an exception of one that does not; what it holds is not
    compared. A proof speaks of the translations of the two to the spec IR, which `crosscheck`
    compares with the originals; the inputs of `same-on-inputs` were run on the originals, too.

    Without `requires`, where the two differ, a precondition under which they agree is looked for.
    Raises `KeyError` for a function that is not in its file, and `CannotRead` for a `requires`
    that is none.
    """
    started = time.perf_counter()
    job = _Job(first, f, second, g, tuple(requires), examples, settings or ProofSettings(), limits)
    return replace(job.judge(), seconds=time.perf_counter() - started)


@dataclass(frozen=True, slots=True)
class _Job:
    """What was asked."""

    first: Lifted
    f: str
    second: Lifted
    g: str
    requires: tuple[str, ...]
    examples: int
    settings: ProofSettings
    limits: Limits | None

    def judge(self) -> EquivResult:
        refused = (*self.first.refused.get(self.f, ()), *self.second.refused.get(self.g, ()))
        if refused:
            return self._unsupported(refused)
        f, g = self.first.module.function(self.f), self.second.module.function(self.g)
        try:
            demand_match(Side(self.first.module, f), Side(self.second.module, g))
        except Mismatch as error:
            return self._unsupported([diagnostic("incomparable-functions", str(error), f.span)])
        restricted = f
        for text in self.requires:
            restricted = with_clause(restricted, requiring(f, text))
        pair = Pair(
            self.first,
            self.second,
            Side(self.first.module, restricted),
            Side(self.second.module, g),
        )
        with ExitStack() as stack:
            opened = stack.enter_context(open_originals([self.first, self.second], self.limits))
            return self._compare(pair, _Replay(pair, (opened[0], opened[1])))

    def _compare(self, pair: Pair, replay: _Replay) -> EquivResult:
        inputs = pair.inputs(self.examples, self.settings.seed)
        runs = pair.interpret(inputs)
        if not any(map(pair.differ, runs)):
            runs += pair.interpret(pair.targeted(), TARGETED_FUEL)
        known = [run for run in runs if _is_known(run)]
        if not known:
            message = f"no call of `{self.f}` and `{self.g}` could be compared"
            found = diagnostic("nothing-compared", message, pair.first.function.span)
            return self._unsupported([found])
        base = EquivResult(
            self.f, self.g, EquivVerdict.SAME_ON_INPUTS, len(known), requires=self.requires
        )
        trouble = replay.trouble()
        different = pair.lightest(run for run in known if pair.differ(run))
        if different:
            least = pair.shrunk(different[0].given)
            return self._differs(pair, replay, base, least, trouble)
        if trouble is None:
            seen = pair.replay([run.given for run in known], replay.originals)
            different = pair.lightest(run for run in seen if _is_known(run) and pair.differ(run))
            if different:
                return self._differs(pair, replay, base, different[0].given, trouble)
        else:
            base = replace(base, notes=(f"the originals were not run: {trouble.message}",))
        return self._proved(pair, replay, base, inputs)

    def _proved(
        self, pair: Pair, replay: _Replay, base: EquivResult, inputs: Sequence[Input]
    ) -> EquivResult:
        proof = prove_pair(pair, inputs, self.settings)
        if proof.differs is not None:
            return self._differs(pair, replay, base, proof.differs, replay.trouble())
        if proof.by:
            return replace(base, verdict=EquivVerdict.EQUIVALENT, by=proof.by)
        return replace(base, open=proof.open)

    def _differs(
        self,
        pair: Pair,
        replay: _Replay,
        base: EquivResult,
        given: Input,
        trouble: Diagnostic | None,
    ) -> EquivResult:
        """A difference is believed when the originals show it."""
        if trouble is not None:
            return self._unsupported([trouble])
        (run,) = pair.replay([given], replay.originals)
        if not _is_known(run) or not pair.differ(run):
            call = replay.originals[0].show_call(pair.first.function, given)
            message = (
                f"the translations of `{self.f}` and `{self.g}` differ on `{call}`, and the"
                " originals do not: a translation is to blame"
            )
            return self._unsupported(
                [diagnostic("internal-error", message, pair.first.function.span)]
            )
        shown = replace(base, verdict=EquivVerdict.DIFFERS, difference=replay.difference(run))
        return shown if self.requires else replace(shown, domain=self._domain(pair, replay))

    def _domain(self, pair: Pair, replay: _Replay) -> Domain | None:
        found = find_domain(pair, replay.originals, self.examples, self.settings.seed)
        if found is None:
            return None
        text, restricted, inputs = found
        cheap = replace(self.settings, total_steps=self.settings.total_steps // _DOMAIN_SHARE)
        proof = prove_pair(restricted, inputs, cheap)
        if proof.differs is not None:
            return None
        return Domain(text, proved=bool(proof.by), inputs=len(inputs))

    def _unsupported(self, found: Sequence[Diagnostic]) -> EquivResult:
        return EquivResult(
            self.f,
            self.g,
            EquivVerdict.UNSUPPORTED,
            requires=self.requires,
            diagnostics=tuple(found),
        )


def _is_known(run: Run) -> bool:
    return not any(isinstance(seen, NoClaim | Odd) for seen in (run.first, run.second))


@dataclass(frozen=True, slots=True)
class _Replay:
    """The originals of both functions."""

    pair: Pair
    originals: tuple[Original, Original]

    def trouble(self) -> Diagnostic | None:
        """Why one of them cannot be run here."""
        for original, side in zip(self.originals, (self.pair.first, self.pair.second), strict=True):
            original.load()
            function = side.function
            reason = original.refused or original.failed.get(function.name)
            if reason is not None:
                code = "missing-tool" if original.missing else "original-not-run"
                message = f"`{function.name}` cannot be run here: {reason}"
                return diagnostic(code, message, function.span)
        return None

    def difference(self, run: Run) -> Difference:
        """What each original did, and the calls to paste."""
        first, second = self.originals
        f, g = self.pair.first.function, self.pair.second.function
        other = self.pair.forward(run.given)
        assert other is not None
        return Difference(
            first.show_call(f, run.given),
            first.show(f, run.first),
            second.show_call(g, other),
            second.show(g, run.second),
        )
