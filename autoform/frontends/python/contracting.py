r"""Contracts of lifted functions: clauses as written become conditions of the IR.

A clause is lowered as the body of a function of its own, whose parameters are what it may speak
of: each parameter now (`n.`) and at entry (`old.n`), and the result. These names cannot be
written in Python, so that no binder inside a clause captures them. What comes out is rewritten
to `n`, `\old(n)` and `\result`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from autoform.frontends.guards import may_raise, with_guards
from autoform.frontends.python import tree
from autoform.frontends.python.clauses import ClauseKind, ClauseSource, Role
from autoform.frontends.python.conditions import condition
from autoform.frontends.python.context import Lowering
from autoform.frontends.python.contracts import (
    ContractReading,
    ContractSite,
    imported_names,
    read_contract,
)
from autoform.frontends.python.exceptions import EXCEPTIONS
from autoform.frontends.python.functions import FunctionInfo, ParamInfo
from autoform.frontends.python.module_env import ModuleEnv
from autoform.frontends.python.refusal import Refusal
from autoform.frontends.python.rewriting import free_names, rewrite
from autoform.frontends.python.scopes import Scope
from autoform.frontends.python.types import (
    NONE,
    Cell,
    HostType,
    Solver,
    frozen,
    is_mutable,
    peek,
    to_ir,
)
from autoform.ir import exprs as ir
from autoform.ir import types as ir_types
from autoform.ir.decls import Contract, Function, RaisesClause
from autoform.ir.stmts import Clause, Origin
from autoform.ir.traversal import all_names, declared_names, substitute

_RESULT: Final = "result."
_MAX_WALKS: Final = 4
_CACHES: Final = frozenset({"functools.cache", "functools.lru_cache"})


class ContractLifter:
    """Lifts the contracts of one file's functions."""

    def __init__(self, env: ModuleEnv) -> None:
        """Read decorators by what the file imports and defines."""
        self._env = env
        self._imports = imported_names(env.names.statements)

    def with_contract(self, info: FunctionInfo, function: Function) -> Function:
        """The lifted function with all that is stated about it. Raises `Refusal`."""
        site = ContractSite(info.tree, self._env.syntax, self._imports, self._env.names.constants)
        reading = read_contract(site)
        for decorator in reading.others:
            self._demand_harmless(decorator, info)
        if reading.clauses or reading.frame is not None:
            clauses = _Clauses(self._env, info, function)
            for source in reading.clauses:
                clauses.add(source)
            function = replace(function, contract=clauses.contract(reading))
        function = with_guards(function, raises_only=reading.raises_only, implied=info.implied)
        self._demand_explained(reading, function, info)
        return function

    def _demand_harmless(self, decorator: tree.Expr, info: FunctionInfo) -> None:
        """Refuse a decorator that may replace the function; a cache of a pure one does not."""
        written = decorator.function if isinstance(decorator, tree.Call) else decorator
        name = self._dotted(written)
        if name not in _CACHES:
            text = self._env.text(written)
            raise Refusal("decorated-function", f"`@{text}` may replace the function", decorator)
        # Who changes a cached list changes what the next call returns.
        if is_mutable(info.result) or any(is_mutable(param.type) for param in info.params):
            message = "cached arguments and results must be immutable"
            raise Refusal("decorated-function", message, decorator)

    def _dotted(self, node: tree.Expr) -> str:
        match node:
            case tree.Name(id=name):
                return self._imports.get(name, "")
            case tree.Attribute(value=tree.Name(id=module), name=name):
                return f"{self._imports.get(module, '')}.{name}"
            case _:
                return ""

    def _demand_explained(
        self, reading: ContractReading, function: Function, info: FunctionInfo
    ) -> None:
        stated = {c.exception for c in function.contract.raises if c.origin is not Origin.GUARD}
        for exception in sorted((reading.raises_only or frozenset()) - stated):
            part = may_raise(function, exception)
            if part is not None:
                raise Refusal(
                    "contract-syntax",
                    f"the contract permits `{exception}` without saying when, and the function"
                    f" may raise it beyond its guards (line {part.span.start_line})",
                    info.tree,
                    f"say when, for example `@deal.reason({exception}, lambda …: …)`",
                )


class _Clauses:
    """The clauses of one function."""

    def __init__(self, env: ModuleEnv, info: FunctionInfo, function: Function) -> None:
        self._env = env
        self._info = info
        self._function = function
        result = peek(info.result)
        self._result = NONE if type(result) is Cell else frozen(result)
        self._taken = set(all_names(function))
        self._requires: list[Clause] = []
        self._ensures: list[Clause] = []
        self._raises: list[RaisesClause] = []

    def contract(self, reading: ContractReading) -> Contract:
        """What was added, with what the reading says of parameters that may change."""
        if reading.frame is not None:
            self._ensures.extend(self._unchanged(reading.frame))
        return Contract(tuple(self._requires), tuple(self._raises), tuple(self._ensures))

    def add(self, source: ClauseSource) -> None:
        """Lower a clause. Raises `Refusal`."""
        found = replace(self._lowered(source), span=source.span)
        match source.kind:
            case ClauseKind.REQUIRES:
                self._requires.append(Clause(found, source.origin, span=source.span))
            case ClauseKind.ENSURES:
                self._ensures.append(Clause(found, source.origin, span=source.span))
            case ClauseKind.RAISES:
                if source.exception not in EXCEPTIONS:
                    message = f"`{source.exception}` is not a builtin exception"
                    raise Refusal("unsupported-class", message, source.node)
                clause = RaisesClause(source.exception, found, source.origin, span=source.span)
                self._raises.append(clause)
            case ClauseKind.INVARIANT | ClauseKind.DECREASES:
                raise Refusal("contract-syntax", "a clause of a loop at a function", source.node)

    def _lowered(self, source: ClauseSource) -> ir.Expr:
        body = _Spelling(source, frozenset(p.name for p in self._info.params)).spelled()
        info = self._clause_info(body)
        for _ in range(_MAX_WALKS):
            solver = Solver()
            ctx = Lowering(info, self._env, solver)
            with ctx.only_values("a contract has an effect"):
                found = condition(ctx, body).ir
            if not solver.dirty:
                break
        self._taken |= declared_names(found).keys()
        return substitute(found, self._meanings())

    def _clause_info(self, body: tree.Expr) -> FunctionInfo:
        """A function of all that the clause may speak of, which returns it."""
        types: dict[str, HostType] = {_RESULT: self._result}
        for param in self._info.params:
            types[_now(param.name)] = types[_at_entry(param.name)] = frozen(param.type)
        params = tuple(tree.Param(body.start, body.end, name, None, None) for name in types)
        function = tree.FunctionDef(
            body.start,
            body.end,
            self._info.name,
            params,
            None,
            (tree.Return(body.start, body.end, body),),
            (),
            None,
            0,
            len(params),
            walrus=False,
        )
        scope = Scope(function)
        infos = [ParamInfo(p.name, types[p.name], None, p) for p in params]
        info = FunctionInfo(self._info.name, function, scope, infos, len(params))
        info.reserved = set(self._taken)
        for each in params:
            variable = scope.refs[each].variable
            info.names[variable] = each.name
            info.cells[variable] = Cell(content=types[each.name], rigid=True)
        return info

    def _meanings(self) -> Mapping[str, ir.Expr]:
        found: dict[str, ir.Expr] = {_RESULT: ir.ResultValue(to_ir(self._result))}
        for param in self._function.params:
            now = ir.Var(param.name, param.type)
            found[_now(param.name)] = now
            found[_at_entry(param.name)] = ir.Old(now) if param.inout else now
        return found

    def _unchanged(self, frame: frozenset[str]) -> list[Clause]:
        """`post[xs]:` says that what is changed is among these."""
        found: list[Clause] = []
        for param in self._function.params:
            if param.inout and param.name not in frame:
                now = ir.Var(param.name, param.type, span=param.span)
                args = (now, ir.Old(now, span=param.span))
                same = ir.Apply("eq", args, ir_types.BOOL, span=param.span)
                found.append(Clause(same, Origin.DOCSTRING, span=param.span))
        return found


class _Spelling:
    """The condition of a clause in the names that mean its parameters and nothing else."""

    def __init__(self, source: ClauseSource, parameters: frozenset[str]) -> None:
        self._source = source
        self._parameters = parameters

    def spelled(self) -> tree.Expr:
        """The condition. Raises `Refusal` where a name of the contract is misused."""
        return rewrite(self._source.node, self._now)

    def _now(self, inner: tree.Expr, bound: frozenset[str]) -> tree.Expr | None:
        return self._old(inner, bound) or self._name(inner, bound, _now)

    def _then(self, inner: tree.Expr, bound: frozenset[str]) -> tree.Expr | None:
        return self._name(inner, bound, _at_entry)

    def _name(
        self, inner: tree.Expr, bound: frozenset[str], spell: Callable[[str], str]
    ) -> tree.Expr | None:
        if not isinstance(inner, tree.Name) or inner.id in bound:
            return None
        binding = self._source.names.get(inner.id)
        if binding is None:
            known = inner.id in self._parameters
            return tree.Name(inner.start, inner.end, spell(inner.id)) if known else None
        match binding.role:
            case Role.RESULT:
                if spell is _at_entry:
                    raise Refusal("contract-syntax", "the result has no value at entry", inner)
                return tree.Name(inner.start, inner.end, _RESULT)
            case Role.PARAMETER:
                return tree.Name(inner.start, inner.end, spell(binding.parameter))
            case Role.OLD:
                message = f"`{inner.id}` is used as a whole"
                raise Refusal("contract-syntax", message, inner)

    def _old(self, inner: tree.Expr, bound: frozenset[str]) -> tree.Expr | None:
        """`OLD.name`, `__old__.xs`, `old(e)`."""
        match inner:
            case tree.Attribute(value=tree.Name() as base, name=name) if self._is_old(base, bound):
                return self._entry_value(inner, name, bound)
            case tree.Call(function=tree.Name() as base, args=(value,), keywords=()) if (
                self._is_old(base, bound)
            ):
                return rewrite(value, self._then, bound)
            case _:
                return None

    def _is_old(self, name: tree.Name, bound: frozenset[str]) -> bool:
        binding = self._source.names.get(name.id)
        return binding is not None and binding.role is Role.OLD and name.id not in bound

    def _entry_value(self, inner: tree.Attribute, name: str, bound: frozenset[str]) -> tree.Expr:
        snapshot = self._source.old_snapshots.get(name)
        if snapshot is not None:
            if free_names(snapshot) & bound:
                message = f"the snapshot `{name}` is used where its names mean something else"
                raise Refusal("contract-syntax", message, inner)
            return rewrite(snapshot, self._then)
        if name in self._parameters and self._source.origin is Origin.DOCSTRING:
            return tree.Name(inner.start, inner.end, _at_entry(name))
        raise Refusal("contract-syntax", f"there is no snapshot `{name}`", inner)


def _now(name: str) -> str:
    return f"{name}."


def _at_entry(name: str) -> str:
    return f"old.{name}"
