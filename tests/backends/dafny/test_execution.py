"""The prelude and the printer say what the reference interpreter says: run in the real Dafny."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from autoform.backends.dafny import emit_dafny
from autoform.crosscheck.literals import literal
from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Call
from autoform.ir.ops import apply
from autoform.ir.stmts import Return
from autoform.ir.types import BOOL, IntType
from autoform.semantics.interpreter import Returned, call
from autoform.semantics.values import Value
from autoform.testing.generate import INTEGERS, MACHINE, SEQUENCES, random_module
from autoform.verifiers.dafny import Budget, DafnyTool
from tests.backends.dafny.applications import applications, as_module
from tests.backends.dafny.real import needs_dafny, tool
from tests.backends.dafny.samples import operands

_BUDGET: Final = Budget(cpu_seconds=300)
_FUEL: Final = 20_000
# Their results, or the work on the way, grow with the numbers themselves.
_EXPLOSIVE: Final = frozenset(
    {"int.pow", "int.wrapping_pow", "int.checked_pow", "int.saturating_pow", "int.shl", "int.shr"}
    | {"int.pow_mod", "int.factorial", "int.comb", "int.perm", "py.round_int_digits"}
    | {"int.rotate_left", "int.rotate_right", "seq.range", "seq.repeat", "str.repeat"}
    | {"py.zfill", "py.ljust", "py.rjust", "py.center"}
)
# Known by their contract alone, so that a program that meets them stops.
_LEFT_OPEN: Final = frozenset({"py.is_float_text"})

# A tuple taken apart below `<`: Dafny 2.3 writes C# for it that the C# compiler does not read.
_MISCOMPILED: Final = frozenset({38})


@dataclass(frozen=True, slots=True)
class Comparison:
    """A call in IR that is true when it gives what the interpreter gives."""

    told: str
    name: str
    prefix: str = ""


def compared(
    module: Module, function: Function, rows: Sequence[tuple[Value, ...]], start: int
) -> Iterator[tuple[Comparison, Function]]:
    """A function of no parameters for each row on which the interpreter returns."""
    for row in rows:
        outcome = call(module, function.name, row, fuel=_FUEL)
        if not isinstance(outcome, Returned):
            continue
        pairs = zip(row, function.params, strict=True)
        args = tuple(literal(value, param.type, module) for value, param in pairs)
        expected = literal(outcome.value, function.result, module)
        equal = apply("eq", Call(function.name, args, function.result), expected)
        name = f"compare_{start}"
        start += 1
        told = f"{function.name}{row} == {outcome.value!r}"
        yield Comparison(told, name), Function(name, (), BOOL, (Return(equal),))


def wrong(tool: DafnyTool, text: str, cases: Sequence[Comparison]) -> list[str]:
    """The comparisons that Dafny does not find true."""
    statements = [f"var r := {case.prefix}{case.name}(); print r;" for case in cases]
    with tool.compile(text, statements, budget=_BUDGET) as program:
        answers = program.run(range(len(cases)), budget=_BUDGET)
    return [f"{case.told}: {answers[n]}" for n, case in enumerate(cases) if answers[n] != "true"]


def _small(function: Function, row: tuple[Value, ...]) -> bool:
    numbers = (v for v, p in zip(row, function.params, strict=True) if isinstance(p.type, IntType))
    return all(isinstance(number, int) and -40 <= number <= 40 for number in numbers)


@needs_dafny
def test_every_operator_computes_what_the_interpreter_computes() -> None:
    left_out = {"implies", *_LEFT_OPEN}
    chosen = [(op, f) for op, f in applications(floats=False) if op.name not in left_out]
    module = as_module(iter(chosen))
    cases: list[Comparison] = []
    wrappers: list[Function] = []
    for op, function in chosen:
        rows = operands(function, 12)
        if op.name in _EXPLOSIVE:
            rows = [row for row in rows if _small(function, row)]
        if op.name.startswith("py.format"):
            rows = []  # tried with literal specs below
        for case, wrapper in compared(module, function, rows[:5], len(cases)):
            cases.append(replace(case, told=f"{op.name}: {case.told}"))
            wrappers.append(wrapper)
    extended = replace(module, functions=(*module.functions, *wrappers))
    found = tool()
    emitted = emit_dafny(extended, dialect=found.dialect, runnable=True)
    assert not emitted.diagnostics
    assert len(cases) > 1500
    assert wrong(found, emitted.text, cases) == []


@needs_dafny
def test_random_programs_compute_what_the_interpreter_computes() -> None:
    found = tool()
    texts: list[str] = []
    cases: list[Comparison] = []
    for number in sorted(set(range(45)) - _MISCOMPILED):
        profile = replace((INTEGERS, SEQUENCES, MACHINE)[number % 3], generics=False, inout=False)
        module = random_module(number, profile)
        wrappers: list[Function] = []
        for function in module.functions:
            for case, wrapper in compared(module, function, operands(function, 3), len(wrappers)):
                cases.append(
                    replace(case, told=f"seed {number}: {case.told}", prefix=f"R{number}.")
                )
                wrappers.append(wrapper)
        extended = replace(module, functions=(*module.functions, *wrappers))
        emitted = emit_dafny(extended, dialect=found.dialect, runnable=True)
        assert not emitted.diagnostics
        texts.append(f"module R{number} {{\n{emitted.text}}}\n")
    assert len(cases) > 100
    assert wrong(found, "\n".join(texts), cases) == []
