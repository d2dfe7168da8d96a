"""What a random module may contain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from autoform.ir.names import BUILT_IN_TYPES
from autoform.ir.ops import OPS


@dataclass(frozen=True, slots=True)
class Profile:
    """What a random module may contain. Types and operators are named as the text form does.

    `Tuple`, `Record` and `Enum` are names of types here, `()` always occurs. A node of an
    expression or statement that is left out of `nodes` does not occur, but what every module is
    made of does: literals, variables, operators, `Assign`, `VarDecl`, `Return`.
    """

    types: frozenset[str]
    ops: frozenset[str] = frozenset(OPS)
    nodes: frozenset[str] = frozenset(
        {"If", "While", "ForRange", "ForEach", "Break", "Continue", "Assert", "Raise", "CallStmt"}
        | {"And", "Or", "IfExpr", "Let", "Quant", "Comprehension", "Lambda", "Call", "Old"}
    )
    functions: int = 3
    statements: int = 6
    depth: int = 3
    inout: bool = True
    generics: bool = True
    constants: bool = True
    contracts: bool = True
    labels: bool = True
    odd_names: bool = False


_MACHINE_TYPES: Final = frozenset(name for name in BUILT_IN_TYPES if name[0] in "iu")

EVERYTHING: Final = Profile(types=BUILT_IN_TYPES | {"Tuple", "Record", "Enum"}, odd_names=True)
"""All of the IR, and names that need quoting."""

INTEGERS: Final = Profile(
    types=frozenset({"Int", "Bool"}),
    ops=frozenset(
        {"add", "sub", "mul", "neg", "abs", "floor_div", "floor_mod", "trunc_div", "trunc_rem"}
        | {"euclid_div", "euclid_mod", "min2", "max2", "eq", "ne", "lt", "le", "gt", "ge", "not"}
        | {"xor", "implies", "bool.to_int"}
    ),
    nodes=frozenset(
        {"If", "While", "ForRange", "Break", "Continue", "Assert", "Raise"}
        | {"And", "Or", "IfExpr", "Let", "Call", "Old"}
    ),
    inout=False,
    generics=False,
    labels=False,
)
"""Mathematical integers and booleans, with loops and calls: what a prover should be good at."""

SEQUENCES: Final = Profile(
    types=frozenset({"Int", "Bool", "Seq"}),
    ops=INTEGERS.ops
    | {"seq.len", "seq.at", "seq.at_neg", "seq.update", "seq.append", "seq.concat", "seq.slice"}
    | {"seq.slice_from", "seq.slice_to", "seq.contains", "seq.count", "seq.sum", "seq.min"}
    | {"seq.max", "seq.reverse", "seq.sorted", "seq.is_sorted", "seq.range", "seq.pop_last"},
    nodes=INTEGERS.nodes | {"ForEach", "Quant", "Comprehension"},
    inout=False,
    generics=False,
    labels=False,
)
"""Integers and sequences of them, quantifiers included."""

MACHINE: Final = Profile(
    types=frozenset({"Int", "Bool", "Option", "Tuple"}) | _MACHINE_TYPES,
    nodes=INTEGERS.nodes | {"CallStmt"},
    generics=False,
)
"""Machine integers with checked, wrapping, saturating and overflowing arithmetic."""
