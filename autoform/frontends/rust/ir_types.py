"""Types of inference as types of the IR, once nothing is open any more."""

from __future__ import annotations

from collections.abc import Mapping

from autoform.frontends.rust import tree
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.rust.types import Con, Ty, prune, show
from autoform.ir import types as ir

ORDERING_NAME = "Ordering"

_SIMPLE: dict[str, ir.Type] = {
    **ir.MACHINE_INTS,
    "bool": ir.BOOL,
    "char": ir.CHAR,
    "Str": ir.STR,
    "f64": ir.FLOAT,
    "opaque": ir.UNIT,
    "never": ir.UNIT,
    "Ordering": ir.EnumType(ORDERING_NAME),
    "Int": ir.INT,
}


Kinds = Mapping[str, bool | Refusal]
"""The types of the file: whether one is an enum, or why it cannot be lifted."""


def to_ir(ty: Ty, node: tree.Tree, kinds: Kinds) -> ir.Type:  # noqa: C901 - a line per type
    """The IR's type; an open integer is `i32`. Raises `Refusal`."""
    found = prune(ty)
    if type(found) is not Con:
        assert not isinstance(found, Con)
        if found.kind == "int":
            return ir.MACHINE_INTS["i32"]
        if found.kind == "float":
            return ir.FLOAT
        raise Refusal("unknown-type", "the type of this is not told by its function", node)
    simple = _SIMPLE.get(found.name)
    if simple is not None:
        return simple
    if found.name.startswith("#"):
        return ir.TypeVar(found.name[1:])
    args = tuple([to_ir(arg, node, kinds) for arg in found.args])
    match found.name:
        case "Seq" | "VecDeque" | "Iter":
            return ir.SeqType(args[0])
        case "tuple":
            return ir.TupleType(args)
        case "Option":
            return ir.OptionType(args[0])
        case "Result":
            return ir.ResultType(args[0], args[1])
        case "HashMap" | "BTreeMap":
            return ir.MapType(args[0], args[1])
        case "HashSet" | "BTreeSet":
            return ir.SetType(args[0])
        case "RefMut":
            return args[0]
        case name if name.startswith("@"):
            named = name[1:]
            kind = kinds[named]
            if isinstance(kind, Refusal):
                raise Refusal(kind.code, f"`{named}`: {kind.message}", node, kind.help)
            return ir.EnumType(named, args) if kind else ir.RecordType(named, args)
        case "fn":
            message = f"a value of type `{show(found)}`"
            raise Refusal("higher-order-value", message, node)
        case _:
            raise Refusal("unsupported-type", f"a value of type `{show(found)}`", node)
