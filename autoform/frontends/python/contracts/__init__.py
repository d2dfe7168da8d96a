"""Contracts found where people write them: decorators of icontract and deal, and docstrings.

A decorator of these libraries is read, or the function is refused (`contract-syntax`): an
`ensures` left out would make every verdict on the function weaker than it looks. The decorators
themselves are not lifted and not run: the lifted function, and the original that a cross-check
runs, is the function below them, and the contract is evaluated apart from it.

Leading asserts and raise guards are found in the IR, by `autoform.frontends.guards`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from autoform.frontends.python import tree
from autoform.frontends.python.contracts.deal import read_deal
from autoform.frontends.python.contracts.docstring import has_invariant, read_docstring
from autoform.frontends.python.contracts.icontract import read_icontract
from autoform.frontends.python.contracts.reading import (
    ContractReading,
    ContractSite,
    imported_as,
    merge,
    refuse,
)

__all__ = [
    "ContractReading",
    "ContractSite",
    "imported_names",
    "read_contract",
    "refuse_class_invariants",
]


def read_contract(site: ContractSite) -> ContractReading:
    """All that is stated about a function beside its body: decorators first, then its docstring.

    Raises `Refusal` for a contract that cannot be read exactly.
    """
    icontract: list[tuple[str, tree.Call]] = []
    deal: list[tuple[str, tree.Expr]] = []
    others: list[tree.Expr] = []
    for written in site.function.decorators:
        decorator = _definition(written, site)
        module, _, name = (imported_as(decorator, site.imports) or "").partition(".")
        if module == "deal":
            deal.append((name, decorator))
        elif module == "icontract":
            if not isinstance(decorator, tree.Call):
                raise refuse(f"`icontract.{name}` is not given a condition", written)
            icontract.append((name, decorator))
        else:
            others.append(written)
    found = merge(read_icontract(icontract, site), read_deal(deal, site))
    found = merge(found, read_docstring(site))
    return merge(found, ContractReading(others=tuple(others)))


def imported_names(statements: Iterable[tree.Stmt]) -> dict[str, str]:
    """What the module's names were imported as: `{"ic": "icontract", "pre": "deal.pre"}`.

    A name that the module also binds otherwise means nothing here: which binding holds where a
    decorator stands is not for a reader to guess.
    """
    imports: dict[str, str] = {}
    others: set[str] = set()
    for statement in statements:
        match statement:
            case tree.Import(module=module, name=name, bound=bound):
                dotted = module if name is None else f"{module}.{name}"
                if imports.setdefault(bound, dotted) != dotted:
                    others.add(bound)
            case tree.FunctionDef(name=name):
                others.add(name)
            case tree.Assign(targets=targets):
                others.update(target.id for target in targets if isinstance(target, tree.Name))
            case _:
                continue
    return {bound: dotted for bound, dotted in imports.items() if bound not in others}


def refuse_class_invariants(
    docstring: tree.Str | None, decorators: Sequence[tree.Expr], site: ContractSite
) -> None:
    """Raise `Refusal` where a class states an invariant: a record of the IR has none."""
    for decorator in decorators:
        if imported_as(decorator, site.imports) in {"icontract.invariant", "deal.inv"}:
            raise refuse("invariants of classes cannot be read", decorator)
    if docstring is not None and has_invariant(docstring.value):
        raise refuse("invariants of classes cannot be read", docstring)


def _definition(decorator: tree.Expr, site: ContractSite) -> tree.Expr:
    """What a decorator's name was defined as: `positive = deal.chain(…)`, `@positive`."""
    if isinstance(decorator, tree.Name) and decorator.id in site.definitions:
        return site.definitions[decorator.id]
    return decorator
