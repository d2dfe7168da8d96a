r"""Reading an answer: lines of postconditions, and nothing else.

    ensures: \result >= 0
    ensures: forall x in xs: x <= \result

A precondition is none of them: what a function requires its failing calls tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Expr
from autoform.ir.stmts import Clause, Origin
from autoform.prove.model.clauses import Expressions, Refused, read_lines, shown, unlocated
from autoform.prove.model.places import names_called
from autoform.prove.model.report import Dropped

__all__ = ["Postcondition", "Reader"]

_LINE: Final = re.compile(
    r"[\s>*`-]*(?:\d+[.)]\s+)?`*(?:ensures|post(?:condition)?)\b\s*:(?P<body>[^:=].*?)[;`\s]*"
)


@dataclass(frozen=True, slots=True)
class Postcondition:
    """`ensures: e`."""

    condition: Expr
    text: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads answers about one function; what is said twice is read the same."""

    module: Module
    function: Function

    def read(self, text: str) -> tuple[list[Postcondition], list[Dropped]]:
        """What an answer proposes, and what of it was not taken."""
        return read_lines(text, self._line)

    def _line(self, line: str) -> Postcondition:
        found = _LINE.fullmatch(line)
        if found is None:
            raise Refused("it is no postcondition")
        body = found["body"].strip()
        scope = {param.name: param.type for param in self.function.params}
        expressions = Expressions(self.module, self.function, scope, self.function.result)
        condition = expressions.condition(body)
        if self.function.name in names_called(condition):
            raise Refused("it calls the function that it is about")
        contract = self.function.contract
        ensures = (*contract.ensures, Clause(condition, Origin.MODEL))
        expressions.check(replace(self.function, contract=replace(contract, ensures=ensures)))
        return Postcondition(unlocated(condition), shown(body))
