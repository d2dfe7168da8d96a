"""deal: `@pre`, `@post`, `@ensure`, `@reason`, `@raises`, `@pure`, `@safe`, `@has`, `@chain`.

    @deal.pre(lambda n: n >= 0)
    @deal.ensure(lambda n, result: result * result <= n)
    @deal.ensure(lambda _: _.result >= 0)
    @deal.reason(ValueError, lambda n: n > 100)

deal passes arguments by position, so a condition may name them as it likes. A condition that
returns a text reports a violation: `n > 0 or "must be positive"` is `n > 0`.

- `@raises(E)` permits E at any time and forbids all else. What is forbidden is what autoform
  demands anyway; the permission is kept apart (`raises_only`).
- `@reason(E, c)` says that c holds whenever E is raised. The IR's `raises E when c` says that E is
  raised exactly then, which is the stronger claim: one who proves it has proved deal's.
- `@has(…)` lists effects that deal's linter tracks; a lifted function has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from autoform.frontends.python import tree
from autoform.frontends.python.clauses import Binding, ClauseKind, ClauseSource, Role
from autoform.frontends.python.contracts.reading import (
    ContractReading,
    ContractSite,
    demand_lambda,
    demand_named,
    exception_name,
    imported_as,
    merge,
    refuse,
)
from autoform.frontends.python.rewriting import free_names, rewrite

__all__ = ["MODULE", "read_deal"]

MODULE = "deal"

_OPTIONS = frozenset({"message", "exception"})
_RESULT = "result"
_DECORATORS: Mapping[ClauseKind, str] = {
    ClauseKind.REQUIRES: "pre",
    ClauseKind.ENSURES: "ensure",
    ClauseKind.RAISES: "reason",
}


def read_deal(decorators: Sequence[tuple[str, tree.Expr]], site: ContractSite) -> ContractReading:
    """The contract that a function's deal decorators state, given with their plain names.

    Raises `Refusal` for what cannot be read exactly.
    """
    found = ContractReading()
    for name, decorator in decorators:
        found = merge(found, _read(name, decorator, site))
    return found


def _read(name: str, decorator: tree.Expr, site: ContractSite) -> ContractReading:
    match name, decorator:
        case "pure" | "safe", _:
            return ContractReading(raises_only=frozenset())
        case "has", _:
            return ContractReading()
        case "chain", tree.Call(args=args, keywords=()):
            return read_deal(list(_chained(args, site)), site)
        case "raises", tree.Call(args=args):
            _demand_options(name, decorator)
            return ContractReading(raises_only=frozenset(map(exception_name, args)))
        case "reason", tree.Call(args=(exception, condition)):
            _demand_options(name, decorator)
            clause = _by_position(
                ClauseKind.RAISES, condition, site, exception=exception_name(exception)
            )
            return ContractReading((clause,))
        case "pre", tree.Call(args=(condition,)):
            _demand_options(name, decorator)
            return ContractReading((_by_position(ClauseKind.REQUIRES, condition, site),))
        case "ensure", tree.Call(args=(condition,)):
            _demand_options(name, decorator)
            return ContractReading((_by_position(ClauseKind.ENSURES, condition, site),))
        case "post", tree.Call(args=(condition,)):
            _demand_options(name, decorator)
            return _read_post(condition, site)
        case "example", _:  # read with the other examples
            return ContractReading()
        case _:
            raise refuse(f"`deal.{name}` is not a contract that can be read here", decorator)


def _chained(args: tuple[tree.Expr, ...], site: ContractSite) -> Iterator[tuple[str, tree.Expr]]:
    for arg in args:
        module, _, name = (imported_as(arg, site.imports) or "").partition(".")
        if module != MODULE:
            raise refuse("`deal.chain` is given something else than deal's contracts", arg)
        yield name, arg


def _demand_options(name: str, call: tree.Call) -> None:
    for keyword in call.keywords:
        if keyword.name not in _OPTIONS:
            raise refuse(f"`deal.{name}` has no option `{keyword.name or '**'}`", keyword)


def _read_post(condition: tree.Expr, site: ContractSite) -> ContractReading:
    validator = demand_lambda(condition, "deal.post")
    if len(validator.params) != 1 or validator.params[0].name == "_":
        raise refuse(
            "the condition of `deal.post` does not take the result alone",
            validator,
            "write `lambda result: …`; use `@deal.ensure` to read parameters too",
        )
    name = validator.params[0].name
    demand_named(validator.body, frozenset({name}), site)
    body = _verdict(validator.body, site)
    return ContractReading((site.clause(ClauseKind.ENSURES, body, {name: Binding(Role.RESULT)}),))


def _by_position(
    kind: ClauseKind, condition: tree.Expr, site: ContractSite, *, exception: str = ""
) -> ClauseSource:
    """A clause over parameters: the first of the condition is the first of the function."""
    validator = demand_lambda(condition, f"deal.{_DECORATORS[kind]}")
    roles = {_RESULT: Binding(Role.RESULT)} if kind is ClauseKind.ENSURES else {}
    if clash := roles.keys() & set(site.parameters):
        raise refuse(f"`{min(clash)}` is both a parameter and deal's own name", validator)
    if [param.name for param in validator.params] == ["_"]:
        return _by_attribute(kind, validator, roles, site, exception)
    positional = [param for param in validator.params if param.name not in roles]
    if len(positional) != len(site.parameters):
        raise refuse(
            f"the condition takes {len(positional)} of the function's "
            f"{len(site.parameters)} parameters",
            validator,
            "deal passes every argument: name them all in the `lambda`, or write `lambda _: _.x`",
        )
    names = roles | {
        param.name: Binding(Role.PARAMETER, parameter)
        for param, parameter in zip(positional, site.parameters, strict=True)
    }
    demand_named(validator.body, frozenset(names), site)
    return site.clause(kind, _verdict(validator.body, site), names, exception=exception)


def _by_attribute(
    kind: ClauseKind,
    validator: tree.Lambda,
    roles: Mapping[str, Binding],
    site: ContractSite,
    exception: str,
) -> ClauseSource:
    """`lambda _: _.x > 0`. `_.x` becomes a name that no binder inside can capture."""
    names: dict[str, Binding] = {}

    def replace(inner: tree.Expr, bound: frozenset[str]) -> tree.Expr | None:
        match inner:
            case tree.Attribute(value=tree.Name(id="_"), name=name) if "_" not in bound:
                spelled = f"_.{name}"
                if name in roles:
                    names[spelled] = roles[name]
                elif name in site.parameters:
                    names[spelled] = Binding(Role.PARAMETER, name)
                else:
                    raise refuse(f"`{spelled}` is not a parameter of the function", inner)
                return tree.Name(inner.start, inner.end, spelled)
            case tree.Name(id="_") if "_" not in bound:
                raise refuse("`_` is used as a whole", inner, "read one parameter: `_.x`")
            case _:
                return None

    demand_named(validator.body, frozenset(), site)
    body = _verdict(rewrite(validator.body, replace), site)
    return site.clause(kind, body, names, exception=exception)


def _verdict(body: tree.Expr, site: ContractSite) -> tree.Expr:
    """The condition that is true where deal accepts what the body returns."""

    def spell_out(inner: tree.Expr, bound: frozenset[str]) -> tree.Expr | None:
        match inner:
            case tree.Call(args=(test, then), keywords=()) if (
                not free_names(inner.function) & bound
                and imported_as(inner, site.imports) == f"{MODULE}.implies"
            ):
                test, then = rewrite(test, spell_out, bound), rewrite(then, spell_out, bound)
                denied = tree.Unary(test.start, test.end, "not", test)
                return tree.BoolOp(inner.start, inner.end, "or", (denied, then))
            case _:
                return None

    return _without_messages(rewrite(body, spell_out))


def _without_messages(body: tree.Expr) -> tree.Expr:
    """A text is deal's way to say no."""
    match body:
        case tree.Str(start=start, end=end) | tree.FString(start=start, end=end):
            return tree.Bool(start, end, value=False)
        case tree.Conditional(start=start, end=end, condition=condition, then=then, orelse=orelse):
            branches = _without_messages(then), _without_messages(orelse)
            return tree.Conditional(start, end, condition, *branches)
        case tree.BoolOp(
            start=start, end=end, op="or", operands=(*most, tree.Str() | tree.FString())
        ):
            return most[0] if len(most) == 1 else tree.BoolOp(start, end, "or", tuple(most))
        case _:
            return body
