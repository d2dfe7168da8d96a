"""Contracts of Python functions: icontract's decorators, above the `def`.

@icontract.require(lambda n: n >= 0)
@icontract.snapshot(lambda xs: xs[:], name="xs")
@icontract.ensure(lambda xs, OLD, result: len(xs) == len(OLD.xs) + result)
def extend(xs: list[int], n: int) -> int: ...
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final

from autoform.frontends.python import tree
from autoform.frontends.python.contracts import imported_names
from autoform.frontends.python.module_names import ModuleNames, collect_names
from autoform.frontends.syntax import parse
from autoform.ir.decls import Function, Param
from autoform.ir.exprs import Apply, Call, Comprehension, Expr, SeqLit, type_of
from autoform.ir.traversal import walk
from autoform.ir.types import MapType, SeqType, SetType, Type
from autoform.source import SourceFile
from autoform.specify.hosts.edits import Edit
from autoform.specify.hosts.python_expressions import Needs, print_python
from autoform.specify.hosts.unprintable import Unprintable
from autoform.specify.hosts.written import Written

_LIBRARY: Final = "icontract"
_WIDTH: Final = 100
_CALLED: Final = re.compile(r"(?<![\w.])(\w+)\(")
_MAYBE_TUPLE: Final = re.compile(r"[tT]uple|Sequence|Iterable|Collection")


class PythonHost:
    """Writes clauses for the functions of one Python file."""

    def __init__(self, source: SourceFile) -> None:
        self.source = source

    @cached_property
    def _names(self) -> ModuleNames:
        return collect_names(parse(self.source, "python"))

    @cached_property
    def _imports(self) -> dict[str, str]:
        """What dotted names are called in this file."""
        bound = imported_names(self._names.statements)
        return {dotted: name for name, dotted in bound.items()}

    def require(self, function: Function, condition: Expr) -> Written:
        """A precondition. Raises `Unprintable`."""
        return self._clause("require", function, condition)

    def ensure(self, function: Function, condition: Expr) -> Written:
        """A postcondition. Raises `Unprintable`."""
        return self._clause("ensure", function, condition)

    def edits(self, function: Function, clauses: Sequence[Written]) -> list[Edit]:
        """What puts the clauses above the function; `imports` is what else the file needs."""
        if not clauses:
            return []
        line = function.span.start_line
        indent = re.match(r"[ \t]*", self.source.line(line))
        margin = indent.group() if indent else ""
        snapshots = dict.fromkeys(s for clause in clauses for s in clause.snapshots)
        taken = self._snapshots(function)
        lines = [self._snapshot(function, name) for name in snapshots if name not in taken]
        lines += [line for clause in clauses for line in clause.lines]
        return [Edit(line, tuple(margin + each for each in lines))] if lines else []

    def imports(self, clauses: Iterable[Written]) -> list[Edit]:
        """The imports that the clauses take and the file has not."""
        clauses = list(clauses)
        if not clauses:
            return []
        wanted = {_LIBRARY} if any(_LIBRARY + "." in "".join(c.lines) for c in clauses) else set()
        wanted |= {module for clause in clauses for module in clause.modules}
        missing = sorted(module for module in wanted if self._imports.get(module) != module)
        if not missing:
            return []
        lines = tuple(f"import {module}" for module in missing)
        place, padded = self._import_place()
        return [Edit(place, lines if padded else (*lines, "", ""), rank=0)]

    def _clause(self, kind: str, function: Function, condition: Expr) -> Written:
        if any(param.name in {"result", "OLD"} for param in function.params):
            raise Unprintable("a parameter has a name of icontract's own")
        _demand_same_sequences(function, condition)
        inouts = frozenset(param.name for param in function.params if param.inout)
        text, needs = print_python(condition, inouts=inouts)
        for module in needs.modules:
            if self._is_taken(module):
                raise Unprintable(f"{module} means something else here")
        self._demand_builtins(text, condition)
        lines = self._decorator(kind, _parameters(function, needs), text)
        old = tuple(param.name for param in function.params if param.name in needs.old)
        return Written(lines, text, old, frozenset(needs.modules))

    def _demand_builtins(self, text: str, condition: Expr) -> None:
        """Refuse to call a builtin by a name that is a function of the file."""
        called = {node.function for node in walk(condition) if isinstance(node, Call)}
        for name in _CALLED.findall(text):
            if name in self._names.functions and name not in called:
                raise Unprintable(f"{name}, which means something else here")

    def _is_taken(self, module: str) -> bool:
        return self._imports.get(module) != module and any(
            isinstance(statement, tree.FunctionDef) and statement.name == module
            for statement in self._names.statements
        )

    def _decorator(self, kind: str, parameters: str, text: str) -> tuple[str, ...]:
        name = self._called(kind)
        head = f"lambda {parameters}:" if parameters else "lambda:"
        whole = f"@{name}({head} {text})"
        if len(whole) <= _WIDTH:
            return (whole,)
        return (f"@{name}(", f"    {head} {text}", ")")

    def _called(self, kind: str) -> str:
        """`icontract.ensure`, or what the file calls it."""
        direct = self._imports.get(f"{_LIBRARY}.{kind}")
        return direct or f"{self._imports.get(_LIBRARY, _LIBRARY)}.{kind}"

    def _snapshot(self, function: Function, name: str) -> str:
        param = next(param for param in function.params if param.name == name)
        return f"@{self._called('snapshot')}(lambda {name}: {_copy(param)}, name={_quote(name)})"

    def _snapshots(self, function: Function) -> set[str]:
        """The snapshots that the function has under its parameters' own names."""
        definition = self._names.functions[function.name]
        text = self.source.text.encode()
        found = set()
        for decorator in definition.decorators:
            written = text[decorator.start : decorator.end].decode()
            match = re.search(r"snapshot\(.*name\s*=\s*[\"'](\w+)[\"']", written, re.DOTALL)
            if match:
                found.add(match.group(1))
        return found

    def _import_place(self) -> tuple[int, bool]:
        """Where an import goes, and whether it joins others that stand there."""
        data = self.source.text.encode()
        imports = [s for s in self._names.statements if isinstance(s, tree.Import)]
        if imports:
            last = max(statement.end for statement in imports)
            end = data.find(b"\n", last)
            return data.count(b"\n", 0, end if end >= 0 else len(data)) + 2, True
        for statement in self._names.statements:
            is_docstring = isinstance(statement, tree.ExprStmt) and isinstance(
                statement.value, tree.Str
            )
            if not is_docstring:
                break
            return data.count(b"\n", 0, statement.end) + 2, False
        return self._first_line(), False

    def _first_line(self) -> int:
        """The first line that is neither blank nor a comment."""
        for number, line in enumerate(self.source.lines, 1):
            if line.strip() and not line.lstrip().startswith("#"):
                return number
        return 1


def _parameters(function: Function, needs: Needs) -> str:
    names = [param.name for param in function.params if param.name in needs.names]
    if needs.old:
        names.append("OLD")
    if "result" in needs.names:
        names.append("result")
    return ", ".join(names)


def _copy(param: Param) -> str:
    """A copy of a parameter that the function changes."""
    if isinstance(param.type, SeqType):
        return f"{param.name}[:]"
    if isinstance(param.type, SetType | MapType):
        return f"{param.name}.copy()"
    raise Unprintable(f"a copy of {param.name}")


def _quote(name: str) -> str:
    return f'"{name}"'


def _demand_same_sequences(function: Function, condition: Expr) -> None:
    """Refuse to compare with a list where tuples are about: the IR has one type for both."""
    hosts = [(param.host, param.type) for param in function.params]
    hosts.append((function.host_result, function.result))
    if not any(_MAYBE_TUPLE.search(host) and _is_sequence(type_) for host, type_ in hosts):
        return
    for node in walk(condition):
        match node:
            case Apply("eq" | "ne", args) if any(map(_makes_list, args)):
                if not all(map(_is_sorted, args)):
                    raise Unprintable("a comparison of a list with what may be a tuple")
            case _:
                pass


def _makes_list(expr: Expr) -> bool:
    return isinstance(expr, SeqLit | Comprehension) or (
        _is_sequence(type_of(expr)) and _is_sorted(expr)
    )


def _is_sorted(expr: Expr) -> bool:
    return isinstance(expr, Apply) and expr.op in {"seq.sorted", "seq.sorted_desc", "set.sorted"}


def _is_sequence(type_: Type) -> bool:
    return isinstance(type_, SeqType)
