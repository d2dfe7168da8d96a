"""IR without names, layout and contract: what two translations of one function have in common.

fn f0(v0: Seq[Int]) -> Int { var v1: Int = 0; for v2 in v0 { v1 = add(v1, v2); } return v1; }
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import Final, cast

from autoform.ir.decls import Contract, Function, Module
from autoform.ir.exprs import Call
from autoform.ir.node import Node
from autoform.ir.restriction import restricted
from autoform.ir.stmts import CallStmt, ForEach, ForRange, While
from autoform.ir.text import print_module
from autoform.ir.traversal import declared_names, map_children, rename

__all__ = ["canonical_text", "shape", "shape_tokens"]

_TOKEN: Final = re.compile(r"\w+|[^\w\s]")
_MACHINE: Final = re.compile(r"\b[iu](?:8|16|32|64|128|size)\b")


def canonical_text(module: Module, name: str) -> str:
    """The function and what it calls, with names by their order and without contracts."""
    part = restricted(module, [name])
    functions = [part.function(name), *(f for f in part.functions if f.name != name)]
    names = {function.name: f"f{place}" for place, function in enumerate(functions)}
    bare = tuple(_bare(function, names) for function in functions)
    return print_module(replace(part, functions=bare, assumptions=()))


def _bare(function: Function, functions: dict[str, str]) -> Function:

    def change(node: Node) -> Node:
        node = map_children(node, change)
        match node:
            case Call(function=called) | CallStmt(function=called):
                return replace(node, function=functions.get(called, called))
            case While():
                return replace(node, invariants=(), decreases=())
            case ForRange() | ForEach():
                return replace(node, invariants=())
            case _:
                return node

    plain = replace(function, contract=Contract(), name=functions[function.name], doc="")
    plain = cast(Function, change(plain))
    # By way of names that no program has, so that `v1` of the program is not taken for ours.
    own = {name: f"\x00{place}" for place, name in enumerate(declared_names(plain))}
    plain = rename(plain, own)
    return rename(plain, {hidden: f"v{hidden[1:]}" for hidden in own.values()})


def shape(text: str) -> str:
    """The hash of a canonical text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def shape_tokens(text: str) -> list[str]:
    """What of a canonical text is compared across languages: all integers are `Int` there."""
    return _TOKEN.findall(_MACHINE.sub("Int", text))
