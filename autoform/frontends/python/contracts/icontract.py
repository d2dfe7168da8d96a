"""icontract: `@require`, `@ensure`, `@snapshot`, by the names their conditions take.

    @icontract.require(lambda xs: len(xs) > 0, "not empty")
    @icontract.snapshot(lambda xs: xs[:], name="before")
    @icontract.ensure(lambda result, OLD: result == max(OLD.before))

`description`, `a_repr`, `enabled` and `error` say how a violation is reported at run time and are
no part of the contract: a precondition that raises `ValueError` is still a precondition.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autoform.frontends.python import tree
from autoform.frontends.python.clauses import Binding, ClauseKind, ClauseSource, Role
from autoform.frontends.python.contracts.reading import (
    ContractReading,
    ContractSite,
    demand_lambda,
    demand_named,
    refuse,
)

__all__ = ["MODULE", "read_icontract"]

MODULE = "icontract"

_ALL_ARGUMENTS = frozenset({"_ARGS", "_KWARGS"})
_POSTCONDITION_NAMES = {"result": Binding(Role.RESULT), "OLD": Binding(Role.OLD)}
_OPTIONS: Mapping[str, frozenset[str]] = {
    "require": frozenset({"condition", "description", "a_repr", "enabled", "error"}),
    "ensure": frozenset({"condition", "description", "a_repr", "enabled", "error"}),
    "snapshot": frozenset({"capture", "name", "enabled"}),
}


def read_icontract(
    decorators: Sequence[tuple[str, tree.Call]], site: ContractSite
) -> ContractReading:
    """The contract that a function's icontract decorators state, given with their plain names.

    Raises `Refusal` for what cannot be read exactly.
    """
    snapshots: dict[str, tree.Expr] = {}
    clauses: list[ClauseSource] = []
    for name, call in decorators:
        if name not in _OPTIONS:
            raise refuse(f"`icontract.{name}` is not a contract of a function", call)
        _demand_options(name, call)
        if name == "snapshot":
            _read_snapshot(call, site, snapshots)
    for name, call in decorators:
        if name != "snapshot":
            clauses.append(_read_condition(name, call, site, snapshots))
    return ContractReading(tuple(clauses))


def _read_condition(
    name: str, call: tree.Call, site: ContractSite, snapshots: Mapping[str, tree.Expr]
) -> ClauseSource:
    condition = demand_lambda(_argument(call, 0, "condition"), f"icontract.{name}")
    known = set(site.parameters)
    roles = {} if name == "require" else _POSTCONDITION_NAMES
    _demand_known_names(condition, known | roles.keys(), site)
    if name == "require":
        return site.clause(ClauseKind.REQUIRES, condition.body)
    if clash := known & roles.keys():
        raise refuse(f"`{min(clash)}` is both a parameter and icontract's own name", call)
    return site.clause(ClauseKind.ENSURES, condition.body, roles, old_snapshots=snapshots)


def _read_snapshot(call: tree.Call, site: ContractSite, snapshots: dict[str, tree.Expr]) -> None:
    capture = demand_lambda(_argument(call, 0, "capture"), "icontract.snapshot")
    _demand_known_names(capture, set(site.parameters), site)
    label = _optional(call, 1, "name")
    if label is None and len(capture.params) == 1:
        name = capture.params[0].name
    elif isinstance(label, tree.Str):
        name = label.value
    else:
        raise refuse("the snapshot's name is not a string literal", label or call)
    if name in snapshots:
        raise refuse(f"two snapshots are named `{name}`", call)
    snapshots[name] = capture.body


def _demand_known_names(condition: tree.Lambda, known: set[str], site: ContractSite) -> None:
    """Arguments are passed by name, so a condition can only read what it names."""
    taken = frozenset(param.name for param in condition.params)
    for param in condition.params:
        if param.name in _ALL_ARGUMENTS:
            raise refuse(
                f"the condition reads all arguments at once through `{param.name}`",
                param,
                "name the parameters that the condition reads",
            )
        if param.name not in known:
            raise refuse(f"the condition takes `{param.name}`, which the function has not", param)
    demand_named(condition.body, taken, site)


def _demand_options(name: str, call: tree.Call) -> None:
    for argument in call.args:
        if isinstance(argument, tree.Starred):
            raise refuse(f"`icontract.{name}` is given starred arguments", argument)
    for keyword in call.keywords:
        if keyword.name not in _OPTIONS[name]:
            raise refuse(f"`icontract.{name}` has no option `{keyword.name or '**'}`", keyword)


def _optional(call: tree.Call, position: int, name: str) -> tree.Expr | None:
    if position < len(call.args):
        return call.args[position]
    return next((keyword.value for keyword in call.keywords if keyword.name == name), None)


def _argument(call: tree.Call, position: int, name: str) -> tree.Expr:
    found = _optional(call, position, name)
    if found is None:
        raise refuse(f"`{name}` is missing", call)
    return found
