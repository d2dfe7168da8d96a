"""Runs emitted Dafny on the inputs on which the interpreter returns a value.

Dafny has no exceptions, and a call outside a function's precondition is not a Dafny program, so
inputs that raise are left to the other engines. Verification is off: what runs is what the text
says. Each call is compared in Dafny itself with what the interpreter returned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from autoform.backends.dafny import emit_dafny
from autoform.crosscheck.dafny.wrappers import Wanted, calls_of
from autoform.crosscheck.engines import Observations, Plan, observe_call
from autoform.crosscheck.observation import Gave, Input, NoClaim, Observation, Odd, Reason
from autoform.crosscheck.python.show import cut
from autoform.crosscheck.results import EngineName
from autoform.crosscheck.shrink import weight
from autoform.ir.decls import Function, Module
from autoform.ir.restriction import restricted
from autoform.ir.types import INT, Type
from autoform.semantics.compiler.instances import bindings_of_values
from autoform.verifiers.dafny import DafnyTool, ExecutionError

__all__ = ["DafnyExecution"]

_MARK: Final = "autoform:"
_ROWS: Final = 12
"""Calls to one table: larger literals take Dafny much longer, smaller ones make more methods."""
_LARGEST_INPUT: Final = 400
_LARGEST_NUMBER: Final = 1e299
_RESTARTS: Final = 8
"""How often a program that ends early is run again without what ended it."""
_DIFFERS: Final = Odd("computes another value than the interpreter")


@dataclass(frozen=True, slots=True)
class _Table:
    """Calls of one function that Dafny makes together, and where their observations belong."""

    function: Function
    places: tuple[int, ...]
    rows: tuple[Wanted, ...]
    bindings: tuple[tuple[str, Type], ...]

    def single(self) -> Iterator[_Table]:
        """Its calls one by one."""
        for place, row in zip(self.places, self.rows, strict=True):
            yield replace(self, places=(place,), rows=(row,))


class DafnyExecution:
    """The Dafny of a module, compiled by the Dafny that is installed."""

    name = EngineName.DAFNY

    def __init__(self, module: Module, tool: DafnyTool, fuel: int) -> None:
        self._module = module
        self._tool = tool
        self._fuel = fuel

    def observe(self, plan: Plan) -> Observations:
        """Run all calls of the plan in as few compilations as their failures allow."""
        found: dict[str, list[Observation]] = {
            name: [NoClaim(Reason.NOT_RUN)] * len(inputs) for name, inputs in plan.items()
        }
        tables: list[_Table] = []
        for name, inputs in plan.items():
            if (reason := self._cannot_run(name)) is not None:
                found[name] = [NoClaim(reason)] * len(inputs)
            else:
                tables.extend(self._tables(self._module.function(name), inputs, found[name]))
        self._run_all(tables, found)
        return found

    def _cannot_run(self, name: str) -> Reason | None:
        """Why the Dafny of a function cannot be run, if it cannot."""
        emitted = emit_dafny(restricted(self._module, [name]), dialect=self._tool.dialect)
        if name not in emitted.names:
            return Reason.NOT_EMITTED
        return Reason.NO_BODY if any(map(_is_bodiless, emitted.text.split("\n\n"))) else None

    def _tables(
        self, function: Function, inputs: Sequence[Input], found: list[Observation]
    ) -> Iterator[_Table]:
        """The calls that Dafny can make; the reason for each other is put into `found`."""
        groups: dict[tuple[tuple[str, Type], ...], list[tuple[int, Wanted]]] = {}
        for place, given in enumerate(inputs):
            expected = observe_call(self._module, function.name, given, self._fuel)
            if not isinstance(expected, Gave):
                silent = isinstance(expected, NoClaim)
                found[place] = expected if silent else NoClaim(Reason.NO_EXCEPTIONS)
            elif _is_large(given) or _is_large((expected.value, *expected.finals)):
                found[place] = NoClaim(Reason.SIZE)
            else:
                plain: dict[str, Type] = dict.fromkeys(function.type_params, INT)
                bindings = plain | bindings_of_values(function, given)
                wanted = groups.setdefault(tuple(sorted(bindings.items())), [])
                wanted.append((place, Wanted(given, expected)))
        for types, rows in groups.items():
            for start in range(0, len(rows), _ROWS):
                places, wanted_rows = zip(*rows[start : start + _ROWS], strict=True)
                yield _Table(function, places, wanted_rows, types)

    # ── Running ───────────────────────────────────────────────────────────────────────────────

    def _run_all(self, tables: list[_Table], found: dict[str, list[Observation]]) -> None:
        """Run tables; when they do not compile together, function by function."""
        waiting = tables
        try:
            for _ in range(_RESTARTS):
                if not waiting:
                    return
                waiting = self._run(waiting, found)
        except ExecutionError as error:
            functions = {table.function.name: None for table in tables}
            if len(functions) == 1:
                _put(tables, found, Odd(f"its Dafny does not compile: {cut(str(error))}"))
                return
            for name in functions:
                self._run_all([t for t in tables if t.function.name == name], found)
        else:
            _put(waiting, found, NoClaim(Reason.CRASH))

    def _run(self, tables: Sequence[_Table], found: dict[str, list[Observation]]) -> list[_Table]:
        """Compile and run, note the answers, and return what is to be run again.

        A table at which the program ended is run again call by call; a call is not.
        """
        names = {function.name for function in self._module.functions}
        wrappers = [
            calls_of(table.function, table.rows, dict(table.bindings), self._module, names)
            for table in tables
        ]
        needed = restricted(self._module, {table.function.name for table in tables})
        extended = replace(needed, functions=(*needed.functions, *wrappers))
        emitted = emit_dafny(extended, dialect=self._tool.dialect)
        printed = [emitted.names.get(wrapper.name) for wrapper in wrappers]
        made = [table for table, name in zip(tables, printed, strict=True) if name is not None]
        _put(tables, found, NoClaim(Reason.NOT_EMITTED))
        text = _without_native(emitted.text) + _main([n for n in printed if n is not None])
        answers = _answers(self._tool.execute(text)) if made else []
        for table, answer in zip(made, answers, strict=False):
            for place, row, agrees in zip(table.places, table.rows, answer, strict=True):
                found[table.function.name][place] = row.expected if agrees else _DIFFERS
        if len(answers) >= len(made):
            return []
        ended, rest = made[len(answers)], made[len(answers) + 1 :]
        _put([ended], found, NoClaim(Reason.CRASH))
        return [*(ended.single() if len(ended.rows) > 1 else ()), *rest]


def _without_native(text: str) -> str:
    """The text with machine integers executed as integers.

    As C#'s own, Dafny 2.3 prints their least value so that C# refuses it.
    """
    return text.replace("\nnewtype ", "\nnewtype {:nativeType false} ")


def _is_bodiless(paragraph: str) -> bool:
    """Whether a declaration is a function of which the text says no more than its contract."""
    lines = [line for line in paragraph.splitlines() if not line.startswith("//")]
    return bool(lines) and lines[0].startswith(("function", "predicate")) and "{" not in lines


def _put(tables: Sequence[_Table], found: dict[str, list[Observation]], seen: Observation) -> None:
    for table in tables:
        for place in table.places:
            found[table.function.name][place] = seen


def _is_large(values: Input) -> bool:
    """Whether values are too much to write down: many parts, or numbers of thousands of digits."""
    parts, size = weight(values)
    return parts > _LARGEST_INPUT or size >= _LARGEST_NUMBER


def _main(names: Sequence[str]) -> str:
    """The main program: a line for each table."""
    lines = [
        f'  var r{number} := {name}();\n  print "{_MARK}", r{number}, "\\n";'
        for number, name in enumerate(names)
    ]
    return "\nmethod Main()\n{\n" + "\n".join(lines) + "\n}\n"


def _answers(output: str) -> list[list[bool]]:
    """What the lines of the main program say, up to where it ended."""
    marked = (line.removeprefix(_MARK) for line in output.splitlines() if line.startswith(_MARK))
    return [[word.lower() == "true" for word in re.findall(r"\w+", line)] for line in marked]
