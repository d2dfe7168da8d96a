"""A generated function as text, with its contract as icontract's decorators."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Program", "lines"]

_NAME = re.compile(r"[a-z_]\w*")


@dataclass(frozen=True, slots=True)
class Program:
    """One function. `requires` and `ensures` are expressions over the parameters and `result`."""

    name: str
    params: Sequence[tuple[str, str]]
    result: str
    doc: str
    body: str
    requires: Sequence[str] = ()
    ensures: Sequence[str] = ()
    before: str = ""
    """Functions that it calls, each a text of its own."""

    @property
    def text(self) -> str:
        """The program."""
        parts = [self.before] if self.before else []
        parts.append(self.definition)
        has_contract = self.requires or self.ensures or "icontract" in self.before
        imports = "import icontract\n\n\n" if has_contract else ""
        return imports + "\n\n".join(parts)

    @property
    def definition(self) -> str:
        """The function alone, without what it calls and imports."""
        return "\n".join([*self._decorators(), *self._definition()]) + "\n"

    def _decorators(self) -> list[str]:
        names = [name for name, _ in self.params]
        found = [f"@icontract.require({_lambda(each, names)})" for each in self.requires]
        ensured = [*names, "result", "OLD"]
        return found + [f"@icontract.ensure({_lambda(each, ensured)})" for each in self.ensures]

    def _definition(self) -> list[str]:
        params = ", ".join(f"{name}: {type_}" for name, type_ in self.params)
        body = [f"    {line}" if line else "" for line in self.body.strip("\n").split("\n")]
        return [f"def {self.name}({params}) -> {self.result}:", f'    """{self.doc}"""', *body]


def _lambda(condition: str, names: Sequence[str]) -> str:
    used = set(_NAME.findall(condition))
    params = ", ".join(name for name in names if name in used)
    return f"lambda {params}: {condition}"


def lines(*parts: str) -> str:
    """Lines of a body; each part may be several."""
    return "\n".join(parts)
