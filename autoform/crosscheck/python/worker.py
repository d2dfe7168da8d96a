"""Runs original Python functions, in a process of their own that the parent limits and kills.

This file is a script, started alone with `python worker.py` and without site-packages: it imports
nothing of autoform. It reads one JSON request a line and answers each with one JSON line:

    {"do": "load", "path": …, "text": …, "functions": […], "classes": […], "constants": […]}
        → {"failed": {"f": "NameError: …"}, "refused": null}
    {"do": "call", "function": "f", "seconds": 1.0, "calls": [[arg, …], …]}
        → a list, one a call: {"value": …} or {"raised": "ValueError", "message": …} or
          {"nothing": "time"}, with "after": {"0": arg, …} where the call changed arguments

Of the file it runs only the functions, classes and constants it is told to (those that lifted),
with the imports of pure standard modules and a builtins dict that can reach nothing outside.
Values travel tagged by their exact type, see `encode`.
"""

from __future__ import annotations
import __future__ as future

import ast
import builtins
import dataclasses
import enum
import json
import os
import signal
import sys
import types
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NoReturn, TextIO, TypeAlias

Json: TypeAlias = Any  # what `json` reads and writes; its own stubs say no more

MODULES: Final = frozenset(
    {
        "__future__",
        "abc",
        "bisect",
        "collections",
        "collections.abc",
        "dataclasses",
        "enum",
        "functools",
        "heapq",
        "itertools",
        "math",
        "operator",
        "string",
        "typing",
    }
)
"""Modules of the standard library without effects, the only ones an original gets."""

CONSTANTS: Final = {"sys": {"maxsize": sys.maxsize}}
"""What may be read of other modules."""

CONTRACT_MODULES: Final = frozenset({"deal", "icontract"})
"""Their decorators are taken off: contracts are judged outside, on the plain function."""

BUILTINS: Final = (
    "abs",
    "all",
    "any",
    "ascii",
    "bin",
    "bool",
    "bytes",
    "chr",
    "classmethod",
    "complex",
    "dict",
    "divmod",
    "enumerate",
    "filter",
    "float",
    "format",
    "frozenset",
    "hash",
    "hex",
    "int",
    "isinstance",
    "issubclass",
    "iter",
    "len",
    "list",
    "map",
    "max",
    "min",
    "next",
    "object",
    "oct",
    "ord",
    "pow",
    "property",
    "range",
    "repr",
    "reversed",
    "round",
    "set",
    "slice",
    "sorted",
    "staticmethod",
    "str",
    "sum",
    "super",
    "tuple",
    "type",
    "zip",
    "NotImplemented",
    "Ellipsis",
    "__build_class__",
    "__debug__",
)

RECURSION_LIMIT: Final = 3_000
EXACT_INT: Final = 1 << 53
_DICTS: Final = (dict, defaultdict, Counter, OrderedDict)
MAX_NODES: Final = 100_000
"""Larger results are not sent back: such a call is discarded, and counted."""


class OutOfTimeError(BaseException):
    """The call used up its CPU budget. No code of the subset can catch it."""


class TooLargeError(Exception):
    """A value has more than `MAX_NODES` parts."""


def main(requests: TextIO, answers: TextIO) -> None:
    """Answer requests until the parent closes the pipe."""
    sys.setrecursionlimit(RECURSION_LIMIT)
    sys.set_int_max_str_digits(0)  # a guard of the interpreter, no part of the language
    signal.signal(signal.SIGPROF, _out_of_time)
    loaded: dict[str, Any] = {}
    for line in requests:
        request = json.loads(line)
        if request["do"] == "load":
            loaded, failed, refused = load(request)
            _send(answers, {"failed": failed, "refused": refused})
        else:
            function, seconds = loaded[request["function"]], request["seconds"]
            _send(answers, [call(function, args, seconds, loaded) for args in request["calls"]])


def _send(answers: TextIO, answer: Json) -> None:
    answers.write(json.dumps(answer, separators=(",", ":")) + "\n")
    answers.flush()


def _out_of_time(_signal: int, _frame: types.FrameType | None) -> NoReturn:
    raise OutOfTimeError


# ── Loading ───────────────────────────────────────────────────────────────────────────────────


def load(request: Json) -> tuple[dict[str, Any], dict[str, str], str | None]:
    """Run the wanted part of a file.

    Returns its namespace, why each definition that failed did, and why the whole was refused:
    the file may be written for a newer Python than this one.
    """
    try:
        tree = ast.parse(request["text"], request["path"])
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return {}, {}, f"{type(error).__name__}: {error}"
    wanted = frozenset((*request["functions"], *request["classes"], *request["constants"]))
    module = types.ModuleType("original")
    sys.modules["original"] = module  # dataclasses look their module up
    namespace = module.__dict__
    namespace["__builtins__"] = restricted_builtins()
    failed: dict[str, str] = {}
    contracts = contract_names(tree)
    for statement in tree.body:
        names = defined_names(statement)
        if not is_wanted(statement, names, wanted):
            continue
        strip_contracts(statement, contracts)
        part = ast.Module([statement], [])
        try:
            flags = future.annotations.compiler_flag
            code = compile(part, request["path"], "exec", flags=flags, dont_inherit=True)
            exec(code, namespace)  # noqa: S102 - the point of this process
        except Exception as error:  # noqa: BLE001 - whatever user code raises is the finding
            failed.update(dict.fromkeys(names, f"{type(error).__name__}: {error}"))
    return namespace, failed, None


def restricted_builtins() -> dict[str, Any]:
    """The builtins of the subset, every exception, and an import that knows `MODULES` only."""
    found = {name: getattr(builtins, name) for name in BUILTINS}
    found |= {
        name: value
        for name, value in vars(builtins).items()
        if isinstance(value, type) and issubclass(value, BaseException)
    }
    return found | {"__import__": _import}


class Placeholder(types.ModuleType):
    """Stands for a module outside `MODULES` and for whatever is in it; good for nothing.

    A file may import more than its lifted functions use. If one of them did use it, the placeholder
    would fail there, and the difference would be seen.
    """

    def __getattr__(self, name: str) -> Placeholder:
        if name.startswith("__"):
            raise AttributeError(name)
        return Placeholder(f"{self.__name__}.{name}")


def _import(
    name: str,
    variables: Mapping[str, object] | None = None,
    local: Mapping[str, object] | None = None,
    fromlist: Sequence[str] = (),
    level: int = 0,
) -> types.ModuleType:
    if level == 0 and name in MODULES:
        return __import__(name, variables, local, fromlist, level)
    found = Placeholder(name if fromlist else name.partition(".")[0])
    vars(found).update(CONSTANTS.get(name, {}))
    return found


def defined_names(statement: ast.stmt) -> list[str]:
    """The names that a top-level statement binds."""
    match statement:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Assign(targets=targets):
            nodes = [node for target in targets for node in ast.walk(target)]
            return [node.id for node in nodes if isinstance(node, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
        case _:
            return []


def is_wanted(statement: ast.stmt, names: Iterable[str], wanted: frozenset[str]) -> bool:
    """Whether a top-level statement is an import or defines a wanted name."""
    return isinstance(statement, ast.Import | ast.ImportFrom) or not wanted.isdisjoint(names)


def contract_names(tree: ast.Module) -> frozenset[str]:
    """The names under which a file knows contract libraries and their decorators."""
    found: set[str] = set()
    for statement in tree.body:
        match statement:
            case ast.Import(names=aliases):
                found |= {a.asname or a.name for a in aliases if a.name in CONTRACT_MODULES}
            case ast.ImportFrom(module=module, names=aliases) if module in CONTRACT_MODULES:
                found |= {alias.asname or alias.name for alias in aliases}
            case _:
                pass
    return frozenset(found)


def strip_contracts(statement: ast.stmt, contracts: frozenset[str]) -> None:
    """Take contract decorators off a definition, in place."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        kept = [d for d in statement.decorator_list if _root(d) not in contracts]
        statement.decorator_list = kept


def _root(expression: ast.expr) -> str | None:
    match expression:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=inner) | ast.Call(func=inner):
            return _root(inner)
        case _:
            return None


# ── Calling ───────────────────────────────────────────────────────────────────────────────────


def call(
    function: Callable[..., object], encoded: list[Json], seconds: float, loaded: dict[str, Any]
) -> Json:
    """Call once with fresh arguments and say what came of it."""
    args = [decode(arg, loaded) for arg in encoded]
    before = {str(place): encode(arg) for place, arg in enumerate(args)}
    try:
        answer = _observe(function, args, seconds)
        after = {str(place): encode(arg) for place, arg in enumerate(args)}
    except TooLargeError:
        return {"nothing": "size"}
    except RecursionError:
        return {"nothing": "recursion"}
    changed = {p: last for p, last in after.items() if not _identical(last, before[p])}
    return answer | {"after": changed} if changed else answer


def _identical(left: Json, right: Json) -> bool:
    """Whether two encodings are the same text: `true` is not `1`."""
    return json.dumps(left) == json.dumps(right)


def _called(function: Callable[..., object], args: list[Any]) -> object:
    """Call with one argument for each parameter, naming those that must be named."""
    code = getattr(function, "__code__", None)
    if code is None:
        return function(*args)
    first = code.co_argcount
    named = code.co_varnames[first : first + code.co_kwonlyargcount]
    return function(*args[:first], **dict(zip(named, args[first:], strict=False)))


def _observe(
    function: Callable[..., object], args: list[object], seconds: float
) -> dict[str, Json]:
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds)
        try:
            value = _called(function, args)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    except OutOfTimeError:
        return {"nothing": "time"}
    except RecursionError:
        return {"nothing": "recursion"}
    except MemoryError:
        return {"nothing": "memory"}
    except BaseException as error:  # noqa: BLE001 - what the original raises is the observation
        return {"raised": type(error).__name__, "message": _short(error)}
    return {"value": encode(value)}


def _short(error: BaseException) -> str:
    try:
        return str(error)[:200]
    except Exception:  # noqa: BLE001 - a user's `__str__` may fail; the message is decoration
        return ""


# ── Values ────────────────────────────────────────────────────────────────────────────────────


def encode(value: object) -> Json:
    """A value with its exact type, as JSON.

    `None`, booleans, text, lists and small integers stand for themselves. Others are tagged:
    `{"int": "0x…"}`, `{"float": "0x1.8p+1"}`, `{"tuple": […]}`, `{"set": […]}`,
    `{"frozenset": […]}`, `{"dict": [[k, v], …]}`, `{"record": [class, …]}`,
    `{"enum": [class, member]}`, and `{"other": type}` for what the subset has no value for.
    """
    return _Encoder().encode(value)


class _Encoder:
    """Counts what it has encoded, so that no huge value is sent."""

    def __init__(self) -> None:
        self.nodes = 0

    def encode(self, value: object) -> Json:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise TooLargeError
        kind = type(value)
        if value is None or kind is bool or kind is str:
            return value
        if kind is int and isinstance(value, int):
            return value if -EXACT_INT < value < EXACT_INT else {"int": hex(value)}
        if kind is float and isinstance(value, float):
            return {"float": value.hex()}
        return self._encode_compound(value)

    def _encode_compound(self, value: object) -> Json:
        kind = type(value)
        match value:
            case list() if kind is list:
                return self._all(value)
            case tuple() | deque() if kind in (tuple, deque):
                return {kind.__name__: self._all(value)}
            case set() | frozenset() if kind in (set, frozenset):
                return {kind.__name__: sorted(self._all(value), key=json.dumps)}
            case dict() if kind in _DICTS:
                pairs = [[self.encode(k), self.encode(v)] for k, v in value.items()]
                return {"dict": pairs} if kind is dict else {"dict": pairs, "kind": kind.__name__}
            case range():
                return {"range": self._all((value.start, value.stop, value.step))}
            case enum.Enum():
                return {"enum": [kind.__name__, value.name]}
            case tuple() if hasattr(kind, "_fields"):  # a named tuple
                return {"record": [kind.__name__, *self._all(value)]}
            case _ if dataclasses.is_dataclass(value):
                fields = [getattr(value, field.name) for field in dataclasses.fields(value)]
                return {"record": [kind.__name__, *self._all(fields)]}
            case _:
                return {"other": kind.__name__}

    def _all(self, values: Iterable[object]) -> list[Json]:
        return [self.encode(value) for value in values]


def decode(encoded: Json, classes: Mapping[str, Any]) -> object:
    """The value that `encode` wrote, always a new object."""
    if isinstance(encoded, list):
        return [decode(item, classes) for item in encoded]
    if not isinstance(encoded, dict):
        return encoded
    ((tag, content),) = encoded.items()
    match tag:
        case "int":
            return int(content, 16)
        case "float":
            return float.fromhex(content)
        case "dict":
            return {decode(k, classes): decode(v, classes) for k, v in content}
        case "enum":
            return classes[content[0]][content[1]]
        case "record":
            return classes[content[0]](*(decode(item, classes) for item in content[1:]))
        case "deque":
            return deque(decode(item, classes) for item in content)
        case _:
            maker = {"tuple": tuple, "set": set, "frozenset": frozenset}[tag]
            return maker(decode(item, classes) for item in content)


if __name__ == "__main__":
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # only answers travel on the pipe
    main(sys.stdin, channel)
