"""Names that Lean takes: escaped where they are its keywords, changed where they would capture.

Keywords are written in guillemets, «at». A name that the printed text itself uses (`List`, `min`)
or that another thing of the module has is given underscores, because a local would shadow it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from autoform.ir.decls import Module

_RESERVED: Final = """
first split only simp_all zetaDelta
Prop Sort Type abbrev abstract admit all_goals and_intros any_goals as assert assume at
attribute axiom begin binder_predicate break builtin_initialize by calc catch class coinductive
constant continue csimp declare_syntax_cat decreasing_by def deriving do dsimp else elab
elab_rules end example exact export extends extern finally for forall from fun fun_induction
generalizing grind global have hiding if import in include inductive inductive_fixpoint infix
infixl infixr init_quot initialize inline instance intro irreducible let local macro macro_rules
match meta module mut mutual namespace nat_lit next noncomputable nofun nomatch nonrec notation
obtain omega omit opaque open partial partial_fixpoint coinductive_fixpoint postfix precedence
prefix prelude private protected public raw rcases register_builtin_option register_option
register_simp_attr renaming repeat restricts return reduce rintro run_cmd run_elab run_meta rw
scoped section set_option show simp sorry structure suffices syntax tactic_extension
termination_by then theorem this throw trailing_parser trace try unif_hint universe unless
unsafe using variable where while with
"""
_RELIED_ON: Final = """
Bool Char Except Err Float Int List Nat Option Prod Py Repr String Unit BEq DecidableEq
Decidable bind compare decide default false id max min none not or and pure some true toString
Eq Ne Not And Or Iff HEq rfl False True Fin Array Subarray Sum Subtype Sigma
"""

KEYWORDS: Final = frozenset(_RESERVED.split())
"""Words that Lean's commands, terms and tactics reserve. More than need be does no harm."""

USED: Final = frozenset(_RELIED_ON.split())
"""Names that printed text relies on."""


def escaped(name: str) -> str:
    """The name as Lean reads it: in guillemets where it is a keyword or not plain."""
    plain = name.isascii() and name.replace("'", "_").isidentifier()
    if name in KEYWORDS or not plain or set(name) == {"_"}:
        return f"«{name}»"
    return name


@dataclass(frozen=True, slots=True)
class GlobalNames:
    """What each function, type and constant of a module is called in Lean."""

    functions: dict[str, str]
    types: dict[str, str]
    consts: dict[str, str]

    @staticmethod
    def of(module: Module) -> GlobalNames:
        """Distinct names for all, as near to the module's own as can be."""
        taken = set(USED)
        declared = (*(r.name for r in module.records), *(e.name for e in module.enums))
        types = _distinct(declared, taken)
        functions = _distinct((f.name for f in module.functions), taken)
        consts = _distinct((c.name for c in module.consts), taken)
        return GlobalNames(functions, types, consts)

    def all(self) -> frozenset[str]:
        """Every name."""
        return frozenset((*self.functions.values(), *self.types.values(), *self.consts.values()))


def _distinct(names: Iterable[str], taken: set[str]) -> dict[str, str]:
    found = {}
    for name in names:
        free = name.replace(".", "_")
        while free in taken:
            free += "_"
        taken.add(free)
        found[name] = free
    return found


@dataclass(frozen=True, slots=True)
class LocalNames:
    """What the variables of one definition are called in Lean."""

    outside: frozenset[str]
    known: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def __getitem__(self, name: str) -> str:
        """The Lean name of an IR variable, type parameters included."""
        if name not in self.known:
            free = name.removeprefix("type ")
            while free in self.taken or free in self.outside or free in USED or free == "_":
                free += "_"
            self.taken.add(free)
            self.known[name] = escaped(free)
        return self.known[name]

    def of_type(self, name: str) -> str:
        """The Lean name of a type parameter."""
        return self[f"type {name}"]

    def fresh(self, base: str) -> str:
        """A name for something that has none in the IR: `t1`, `t2`, …"""
        number = 1
        while (name := f"{base}{number}") in self.taken or name in self.outside:
            number += 1
        self.taken.add(name)
        return name
