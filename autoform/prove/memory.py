"""Verdicts remembered from run to run, for one file.

A proof is remembered with its annotations, an open obligation with what was known. A refutation
is remembered as its input: the original is called with it again, and what it does now is what is
said. What hung on the state of the machine is not remembered at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from autoform.crosscheck.observation import Input
from autoform.frontends.lifted import Lifted
from autoform.ir.decls import Function, Module
from autoform.ir.restriction import restricted
from autoform.prove.cache import Cache
from autoform.prove.keys import key_of_verdict
from autoform.prove.pipeline import ProofResult, ProofSettings
from autoform.prove.records import Frame, NoRecord, read_result, write_result
from autoform.prove.refute import Refuter
from autoform.semantics.json_values import from_json, to_json
from autoform.verifiers.verdict import Refuted, Unknown

__all__ = ["Memory"]


@dataclass(slots=True)
class Memory:
    """What the cache holds on the functions of one file."""

    cache: Cache
    settings: ProofSettings
    lifted: Lifted
    lowered: Module
    refuter: Refuter
    _fleeting: set[str] = field(default_factory=set)
    """Functions whose verdicts may be others tomorrow."""

    def recall(self, group: Iterable[str]) -> list[ProofResult] | None:
        """The results of functions that call each other, if all are remembered."""
        found: list[ProofResult] = []
        for name in group:
            result = self._recalled(name)
            if result is None:
                return None
            found.append(result)
        return found

    def keep(self, results: Iterable[ProofResult], fleeting: Iterable[str]) -> None:
        """Remember the results of a group; `fleeting` names those that may not last."""
        self._fleeting.update(fleeting)
        for result in results:
            needed = restricted(self.lifted.module, [result.name]).functions
            if self._fleeting.isdisjoint(function.name for function in needed):
                self._keep(result)

    def _keep(self, result: ProofResult) -> None:
        if isinstance(result.verdict, Unknown) and not _is_repeatable(self.settings):
            return
        function = self.lifted.module.function(result.name)
        try:
            record = write_result(result, self._frame(function))
            if isinstance(result.verdict, Refuted):
                record["given"] = self._written(function, self.refuter.shown[result.name])
        except (NoRecord, KeyError, ValueError, TypeError):
            return
        self.cache.put(self._key(result.name), record)

    def _recalled(self, name: str) -> ProofResult | None:
        record = self.cache.get(self._key(name))
        if record is None:
            return None
        function = self.lifted.module.function(name)
        try:
            result = read_result(record, self._frame(function))
            if not isinstance(result.verdict, Refuted):
                return result
            given = self._read(function, record["given"])
        except (NoRecord, KeyError, ValueError, TypeError):
            return None
        again = self.refuter.replay(function, given)
        return replace(result, verdict=again) if isinstance(again, Refuted) else None

    def _key(self, name: str) -> str:
        return key_of_verdict(self.lifted, name, self.settings)

    def _frame(self, function: Function) -> Frame:
        return Frame(self.lowered, function, self.lowered.function(function.name))

    def _written(self, function: Function, given: Input) -> list[Any]:
        pairs = zip(given, function.params, strict=True)
        return [to_json(value, param.type, self.lifted.module) for value, param in pairs]

    def _read(self, function: Function, given: list[Any]) -> Input:
        pairs = zip(given, function.params, strict=True)
        return tuple(from_json(each, param.type, self.lifted.module) for each, param in pairs)


def _is_repeatable(settings: ProofSettings) -> bool:
    """Whether another search would end the same way: a model may answer better next time."""
    return getattr(settings, "model", None) is None
