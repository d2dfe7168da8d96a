"""What is measured of one file: plain data, so that it can cross process boundaries."""

from __future__ import annotations

import ast
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar

from autoform.backends.emit import emit
from autoform.backends.emitted import Emitted
from autoform.crosscheck import CheckResult, EngineName, crosscheck
from autoform.crosscheck.python import values, worker
from autoform.crosscheck.python.hosts import parse_host
from autoform.frontends import Lifted, lift
from autoform.frontends.lifted import Example
from autoform.ir.decls import Assumption, Function, Module
from autoform.ir.types import substitute_type
from autoform.source import NOWHERE, SourceFile
from tests.bench.corpora import Sample

__all__ = ["Measured", "Options", "measure"]

_ENGINES = frozenset({EngineName.ORIGINAL, EngineName.INTERPRETER, EngineName.FUNCTIONAL})
_ALLOWED = frozenset({Assumption.FLOAT_AS_REAL})
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Options:
    """What to do beside lifting."""

    examples: int = 100
    seed: int = 0
    run: bool = True
    emit: bool = True


@dataclass(slots=True)
class Measured:
    """What came of one file. Function names are those counted, unless said otherwise."""

    sample: Sample
    lifted: list[str] = field(default_factory=list)
    also_lifted: int = 0
    """Functions lifted that are not counted: impure by the census, and yet exact."""
    refused: dict[str, str] = field(default_factory=dict)
    """The first code of each refused function."""
    incomplete: list[str] = field(default_factory=list)
    """Refused functions without a code, a line or a hint."""
    crashes: list[str] = field(default_factory=list)
    verdicts: Counter[str] = field(default_factory=Counter)
    inputs: int = 0
    discarded: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)
    unsupported: list[str] = field(default_factory=list)
    dafny: dict[int, str] = field(default_factory=dict)
    """The text of each dialect."""
    emitted: Counter[str] = field(default_factory=Counter)
    """How many functions each target took."""
    not_emitted: dict[str, list[str]] = field(default_factory=dict)
    """Codes and messages of those that a target refused."""
    lean: str = ""


def measure(sample: Sample, options: Options) -> Measured:
    """Lift, run and emit one file. A crash of autoform is counted, with its traceback."""
    measured = Measured(sample)
    source = SourceFile(f"{sample.name.replace('/', '_')}.py", sample.text)
    lifted = _guarded(measured, "lift", lambda: lift(source))
    if lifted is None:
        return measured
    _count_lifted(measured, lifted)
    if options.run and lifted.module.functions:
        extended = replace(lifted, examples=_with_test_calls(lifted, sample))
        results = _guarded(
            measured,
            "crosscheck",
            lambda: crosscheck(
                extended, examples=options.examples, seed=options.seed, engines=_ENGINES
            ),
        )
        for result in results or ():
            _count_result(measured, result)
    if options.emit and lifted.module.functions:
        for dialect in (2, 4):
            _emit_dafny(measured, lifted.module, 2 if dialect == 2 else 4)
        if emitted := _guarded(measured, "lean", lambda: emit(lifted.module, "lean")):
            measured.lean = emitted.text
            _count_emitted(measured, "lean", lifted.module, emitted)
    return measured


def _guarded(measured: Measured, stage: str, work: Callable[[], Found]) -> Found | None:
    try:
        return work()
    except Exception:  # noqa: BLE001 - a crash is what is being looked for
        measured.crashes.append(f"{measured.sample.name}: {stage}\n{traceback.format_exc()}")
        return None


def _count_lifted(measured: Measured, lifted: Lifted) -> None:
    names = {function.name for function in lifted.module.functions}
    counted = measured.sample.counted
    measured.lifted = [name for name in counted if name in names]
    measured.also_lifted = len(names - set(counted))
    for name in counted:
        if name in names:
            continue
        found = lifted.refused.get(name, ())
        measured.refused[name] = found[0].code if found else "(nothing said)"
        if not found or not all(d.code and d.span.known and d.help for d in found):
            measured.incomplete.append(f"{measured.sample.name}::{name}")


def _count_result(measured: Measured, result: CheckResult) -> None:
    if result.counts.engines is None:
        return
    measured.verdicts[str(result.verdict)] += 1
    measured.inputs += result.counts.inputs
    for name, count in result.counts.engines.items():
        for reason, number in count.discarded.items():
            measured.discarded[f"{name}: {reason}"] += number
    where = f"{measured.sample.name}::{result.name}"
    if (example := result.counterexample) is not None:
        told = f"{example.call}\n    expected {example.expected}\n    observed {example.observed}"
        measured.differences.append(f"{where} {result.verdict}: {told}")
    elif result.diagnostics or result.notes:
        reasons = [*(d.message for d in result.diagnostics), *result.notes]
        measured.unsupported.append(f"{where} {result.verdict}: {'; '.join(reasons)}")


# ── Inputs of the tests ───────────────────────────────────────────────────────────────────────


def _with_test_calls(lifted: Lifted, sample: Sample) -> dict[str, tuple[Example, ...]]:
    """The examples of the front end, and every call in the tests with literal arguments."""
    examples = {name: list(found) for name, found in lifted.examples.items()}
    for function in lifted.module.functions:
        for name, arguments in sample.calls:
            if name == function.name:
                found = _example(function, lifted.module, arguments)
                examples.setdefault(name, []).extend(found)
    return {name: tuple(found) for name, found in examples.items()}


def _example(function: Function, module: Module, arguments: tuple[str, ...]) -> Iterator[Example]:
    try:
        literals = [ast.literal_eval(text) for text in arguments]
        args = tuple(
            values.from_wire(
                worker.encode(value),
                substitute_type(param.type, {}),
                parse_host(param.host),
                module,
            )
            for value, param in zip(literals, function.params, strict=False)
        )
    except (ValueError, values.UnexpectedValueError):
        return  # not literal, or not of the type that was lifted
    yield Example(args, None, None, NOWHERE, "bench")


# ── Emission ──────────────────────────────────────────────────────────────────────────────────


def _emit_dafny(measured: Measured, module: Module, dialect: Literal[2, 4]) -> None:
    stage = f"dafny {dialect}"
    emitted = _guarded(
        measured, stage, lambda: emit(module, "dafny", dialect=dialect, allow=_ALLOWED)
    )
    if emitted is not None:
        measured.dafny[dialect] = emitted.text
        _count_emitted(measured, stage, module, emitted)


def _count_emitted(measured: Measured, target: str, module: Module, emitted: Emitted) -> None:
    names = {function.name for function in module.functions}
    measured.emitted[target] += len(names & emitted.names.keys())
    refused = names - emitted.names.keys()
    if refused:
        told = [f"{d.code}: {d.message}" for d in emitted.diagnostics]
        measured.not_emitted[target] = told or sorted(refused)
