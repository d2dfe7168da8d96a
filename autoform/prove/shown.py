"""How proposers see a function: in `Int`, whatever the widths of its integers are.

    while i < int.narrow(seq.len(xs))::<usize> { s = s + seq.at(xs, int.widen(i)); … }

is shown as

    while i < seq.len(xs) { s = s + seq.at(xs, i); … }

so that whoever proposes invariants knows one kind of integer. What is proposed is said again of
the function as it is (`restate`), and there it is proved or falls.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Expr
from autoform.ir.stmts import Origin
from autoform.passes.widen_integers import NoForm, exact, uses_machine
from autoform.prove.candidate import LoopView
from autoform.prove.restate import Misfit, restated
from autoform.vc.loops import LoopSite, loop_sites

__all__ = ["Shown", "shown"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A function as it is and as it is shown; the same where it has no machine integers."""

    module: Module
    function: Function
    sites: tuple[LoopSite, ...] | None = None

    def view(self, view: LoopView) -> LoopView:
        """What a proposer is shown of a loop."""
        if self.sites is None:
            return view
        site = self.sites[view.site.number]
        return replace(view, module=self.module, function=self.function, site=site, written=view)

    def said(self, guess: Expr, view: LoopView) -> Expr | None:
        """A proposed condition over the variables of the loop as it is, if it has a form there."""
        if self.sites is None:
            return guess
        try:
            return restated(guess, view.module, view.visible, view.function.result)
        except Misfit:
            return None

    def equation(self, condition: Expr) -> Expr:
        """A condition over the variables as they are, as it is shown."""
        if self.sites is None:
            return condition
        try:
            return exact(condition)
        except NoForm:
            return condition


def shown(module: Module, function: Function) -> Shown:
    """How the function is shown."""
    as_it_is = Shown(module, function)
    if not uses_machine(replace(module, functions=(function,))):
        return as_it_is
    try:
        wide = _exact_function(function)
        declared = replace(
            module,
            functions=tuple(_lenient(f) for f in module.functions if f.name != function.name),
            records=tuple(map(exact, module.records)),
            enums=tuple(map(exact, module.enums)),
        )
    except NoForm:
        return as_it_is
    return Shown(replace(declared, functions=(*declared.functions, wide)), wide, loop_sites(wide))


def _exact_function(function: Function) -> Function:
    """The function in `Int`; what its types demand, how long a sequence is, says little there."""
    wide = exact(function)
    requires = tuple(c for c in wide.contract.requires if c.origin is not Origin.TYPE)
    return replace(wide, contract=replace(wide.contract, requires=requires))


def _lenient(function: Function) -> Function:
    try:
        return _exact_function(function)
    except NoForm:
        return function
