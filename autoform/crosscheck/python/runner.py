"""The original Python functions of a file, called in a limited process."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, assert_never

from autoform.crosscheck.limits import STOPPED, Limits
from autoform.crosscheck.observation import Gave, Input, NoClaim, Observation, Odd, Reason, Threw
from autoform.crosscheck.python import values, worker
from autoform.crosscheck.python.hosts import Host, parse_host
from autoform.crosscheck.python.show import cut, describe, show
from autoform.ir.decls import Function, Module
from autoform.ir.types import Type
from autoform.processes import Answer, NoAnswer, Worker
from autoform.semantics.values import Value
from autoform.source import SourceFile

__all__ = ["Limits", "PythonOriginal"]

_BATCH: Final = 64
_NOTHING: Final = {
    "time": Reason.TIME,
    "memory": Reason.MEMORY,
    "recursion": Reason.RECURSION,
    "size": Reason.SIZE,
}


class PythonOriginal:
    """Runs the functions of one file. Use it as a context manager: it holds a process.

    Only functions, records, enums and constants that lifted are loaded, each decorated as in the
    file but for contracts. `failed` says of functions that could not be defined why; `refused`
    why the file as a whole could not be read by this Python. No program is ever `missing`.
    """

    def __init__(self, source: SourceFile, module: Module, limits: Limits | None = None) -> None:
        self.failed: Mapping[str, str] = {}
        self.refused: str | None = None
        self.missing: str | None = None
        self._source = source
        self._module = module
        self._limits = limits or Limits()
        self._worker = Worker(
            [sys.executable, "-s", "-S", "-P", "-B", "-X", "utf8", str(Path(worker.__file__))],
            memory_bytes=self._limits.memory_bytes,
            max_processes=1,
            max_file_bytes=self._limits.file_bytes,
            env={"PYTHONHASHSEED": "0"},
        )
        self._loaded = False

    def __enter__(self) -> Self:
        self._worker.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._worker.__exit__(kind, error, traceback)

    def load(self) -> None:
        """Have the file read now; `failed` and `refused` then tell how that went."""
        if self._loaded:
            return
        module = self._module
        request = {
            "do": "load",
            "path": self._source.path,
            "text": self._source.text,
            "functions": [function.name for function in module.functions],
            "classes": [*(r.name for r in module.records), *(e.name for e in module.enums)],
            "constants": [const.name for const in module.consts],
        }
        reply = self._ask(request, seconds=20)
        if isinstance(reply, NoAnswer):
            self.refused = f"reading the file: {reply.reason}"
        else:
            self.failed = reply.value["failed"]
            self.refused = reply.value["refused"]
        self._loaded = True

    def observe(self, function: Function, inputs: Sequence[Input]) -> list[Observation]:
        """Call the function once on each input, each time with fresh arguments."""
        self.load()
        if self.refused is not None or function.name in self.failed:
            return [NoClaim(Reason.NOT_RUN)] * len(inputs)
        hosts = [parse_host(param.host) for param in function.params]
        encoded = [self._encode(function, hosts, given) for given in inputs]
        found: list[Observation] = [NoClaim(Reason.NO_COUNTERPART)] * len(inputs)
        places = [place for place, args in enumerate(encoded) if args is not None]
        for start in range(0, len(places), _BATCH):
            batch = places[start : start + _BATCH]
            replies = self._call(function.name, [encoded[place] for place in batch])
            for place, reply in zip(batch, replies, strict=True):
                if isinstance(reply, NoClaim):
                    found[place] = reply
                else:
                    found[place] = self._read(function, hosts, encoded[place] or [], reply)
        return found

    def show_call(self, function: Function, given: Input) -> str:
        """The call as Python source. A value that Python has not is shown as the IR has it."""
        hosts = (parse_host(param.host) for param in function.params)
        shown = (
            self._show_value(value, param.type, host)
            for value, param, host in zip(given, function.params, hosts, strict=True)
        )
        return f"{function.name}({', '.join(shown)})"

    def show(self, function: Function, seen: Observation) -> str:
        """What was seen, in words and in Python's values."""
        match seen:
            case Gave(value, finals):
                host = parse_host(function.host_result)
                text = f"returns {self._show_value(value, function.result, host)}"
                return cut(text) + self._show_finals(function, finals)
            case Threw(exception, finals):
                return f"raises {exception}" + self._show_finals(function, finals or ())
            case Odd(text):
                return text
            case NoClaim(reason):
                return str(reason)
            case _:
                assert_never(seen)

    def _show_finals(self, function: Function, finals: Input) -> str:
        inouts = [param for param in function.params if param.inout]
        if not finals:
            return ""
        return "".join(
            f", {p.name} becomes {cut(self._show_value(value, p.type, parse_host(p.host)))}"
            for p, value in zip(inouts, finals, strict=True)
        )

    def _show_value(self, value: Value, type_: Type, host: Host) -> str:
        try:
            return show(values.to_wire(value, type_, host, self._module))
        except values.NoCounterpartError:
            return repr(value)

    def _encode(self, function: Function, hosts: list[Host], given: Input) -> list[Any] | None:
        try:
            return [
                values.to_wire(value, param.type, host, self._module)
                for value, param, host in zip(given, function.params, hosts, strict=True)
            ]
        except values.NoCounterpartError:
            return None

    def _call(self, name: str, calls: list[Any]) -> list[Any]:
        """The worker's answers; a batch that ends the process is tried again call by call."""
        self.load()
        seconds = self._limits.seconds
        request = {"do": "call", "function": name, "seconds": seconds, "calls": calls}
        reply = self._ask(request, seconds=(seconds + 0.1) * len(calls) + 1)
        if isinstance(reply, Answer):
            return list(reply.value)
        if len(calls) == 1:
            return [NoClaim(STOPPED.get(reply.stop, Reason.CRASH))]
        return [answer for call in calls for answer in self._call(name, [call])]

    def _ask(self, request: object, *, seconds: float) -> Answer | NoAnswer:
        reply = self._worker.ask(request, timeout_cpu=seconds, timeout_wall=10 * seconds + 30)
        if isinstance(reply, NoAnswer):
            self._loaded = False  # the next request is to a fresh process
        return reply

    def _read(
        self, function: Function, hosts: list[Host], before: list[Any], reply: dict[str, Any]
    ) -> Observation:
        if "nothing" in reply:
            return NoClaim(_NOTHING[reply["nothing"]])
        try:
            finals = self._finals(function, hosts, before, reply.get("after", {}))
            if "raised" in reply:
                return Threw(reply["raised"], finals)
            host = parse_host(function.host_result)
            value = values.from_wire(reply["value"], function.result, host, self._module)
        except values.UnexpectedValueError as error:
            return Odd(str(error))
        return Gave(value, finals)

    def _finals(
        self, function: Function, hosts: list[Host], before: list[Any], after: dict[str, Any]
    ) -> Input:
        """The last values of inout parameters. A change of any other is unexpected."""
        finals = []
        for place, (param, host) in enumerate(zip(function.params, hosts, strict=True)):
            last = after.get(str(place), before[place])
            if param.inout:
                finals.append(values.from_wire(last, param.type, host, self._module))
            elif str(place) in after:
                raise values.UnexpectedValueError(
                    f"argument `{param.name}`, declared unchanged, became {describe(last)}"
                )
        return tuple(finals)
