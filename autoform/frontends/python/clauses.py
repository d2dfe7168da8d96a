"""What contract readers and example readers hand to the lifter: syntax, not yet meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from autoform.frontends.python import tree
from autoform.ir.stmts import Origin
from autoform.source import Span


class ClauseKind(StrEnum):
    """What a clause says."""

    REQUIRES = "requires"
    ENSURES = "ensures"
    RAISES = "raises"
    INVARIANT = "invariant"
    DECREASES = "decreases"


class Role(StrEnum):
    """What a name stands for inside a clause, beside parameters."""

    RESULT = "result"
    """The value returned (`result`, `__return__`, the lambda's parameter of that role)."""
    OLD = "old"
    """The parameters at entry: `OLD.xs`, `__old__.xs`, or a call `old(xs)`."""
    PARAMETER = "parameter"
    """A parameter of the function; `names` maps it only when the clause spells it otherwise."""


@dataclass(frozen=True, slots=True)
class Binding:
    """What one identifier of the clause means: a role, and for `PARAMETER` which one."""

    role: Role
    parameter: str = ""


@dataclass(frozen=True, slots=True)
class ClauseSource:
    """One clause as written.

    `node` is its condition (its measure for `decreases`); its offsets are those of the file, also
    where it was read out of a docstring. `span` is the place of the whole. `names` says what
    identifiers mean beside the parameters by their own names. `exception` is the class a `raises`
    clause names. `old_snapshots` are icontract's `@snapshot(lambda xs: e, name=…)`: `OLD.name`
    means `e` at entry.
    """

    kind: ClauseKind
    node: tree.Expr
    source_text: str
    origin: Origin
    span: Span
    names: Mapping[str, Binding] = field(default_factory=dict)
    exception: str = ""
    old_snapshots: Mapping[str, tree.Expr] = field(default_factory=dict)
