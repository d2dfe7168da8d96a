"""Calls: of the module's functions, of builtins, of library functions and of methods."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from autoform.frontends.python import tree
from autoform.frontends.python.bindings import Binding
from autoform.frontends.python.coerce import coerce
from autoform.frontends.python.context import Lowering, lowers
from autoform.frontends.python.expressions import variable_value
from autoform.frontends.python.functions import FunctionInfo, ParamInfo
from autoform.frontends.python.library.constants import CONSTANTS
from autoform.frontends.python.places import Place, place_of, replace
from autoform.frontends.python.totality import is_total
from autoform.frontends.python.types import (
    BOOL,
    FLOAT,
    INT,
    NONE,
    NUMERIC,
    STR,
    Cell,
    DictT,
    HostType,
    IterT,
    ListT,
    OptionalT,
    RecordT,
    SetT,
    TupleT,
    VarTupleT,
    resolve,
    to_ir,
)
from autoform.frontends.python.values import Val
from autoform.ir import exprs as ir
from autoform.ir import stmts as ir_stmts

Library = Callable[[Lowering, tree.Call], Val]
Method = Callable[[Lowering, tree.Call, tree.Attribute, Val], Val]
Statement = Callable[[Lowering, tree.Call, tree.Attribute], bool]

BUILTINS: Final[dict[str, Library]] = {}
"""Builtin functions by name."""

LIBRARY: Final[dict[str, Library]] = {}
"""Library functions by module and name, `math.sqrt`."""

METHODS: Final[dict[tuple[str, str], Method]] = {}
"""Methods by the kind of the receiver and name, `("str", "lower")`; they change nothing."""

MUTATORS: Final[dict[str, Statement]] = {}
"""Methods that change their receiver and give `None`, by name."""

CLASS_METHODS: Final[dict[tuple[str, str], Library]] = {}
"""Methods that are called on a class, `("dict", "fromkeys")`."""

CHANGING: Final[dict[str, Method]] = {}
"""Methods that change their receiver and give a value, by name: `pop`."""


@lowers(tree.Call)
def _call(ctx: Lowering, node: tree.Call) -> Val:
    if any(isinstance(arg, tree.Starred) for arg in node.args):
        node = _spread(ctx, node)
    function = node.function
    if isinstance(function, tree.Name):
        return _call_name(ctx, node, function)
    if isinstance(function, tree.Attribute):
        library = ctx.module.library_name(ctx, function)
        if library is not None and library.rpartition(".")[0] not in CONSTANTS:
            return call_library(ctx, node, library)
        return _call_method(ctx, node, function)
    raise ctx.refusal("higher-order-value", "a computed function is called", node)


def _spread(ctx: Lowering, node: tree.Call) -> tree.Call:
    """`f(*pair)` as `f(pair[0], pair[1])`, for a variable whose length its type tells."""
    args: list[tree.Expr] = []
    for arg in node.args:
        match arg:
            case tree.Starred(start=start, end=end, value=tree.Name() as name):
                with ctx.collecting():
                    type_ = resolve(ctx.expr(name).type)
                if isinstance(type_, TupleT):
                    places = (tree.Int(start, end, place) for place in range(len(type_.items)))
                    args.extend(tree.Subscript(start, end, name, place) for place in places)
                    continue
            case _:
                pass
        args.append(arg)
    return tree.Call(node.start, node.end, node.function, tuple(args), node.keywords)


def _call_name(ctx: Lowering, node: tree.Call, function: tree.Name) -> Val:
    binding = ctx.scope.refs.get(function)
    if binding is not None:
        if binding.function is None and (local := ctx.module.local_import(ctx, function)):
            return call_library(ctx, node, local)
        if binding.function is None:
            message = f"`{function.id}` is a variable, and is called"
            raise ctx.refusal("higher-order-value", message, node)
        info = ctx.info.nested_info(binding.function)
        return call_function(ctx, info, node, function)
    target = ctx.module.function(function.id)
    if target is not None:
        return call_function(ctx, target, node, None)
    library = ctx.module.imported_function(function.id)
    if library is not None:
        return call_library(ctx, node, library)
    record = ctx.module.record(function.id)
    if record is not None:
        return record.construct(ctx, node)
    if not ctx.module.is_builtin(ctx, function):
        raise ctx.module.name_refusal(function)
    lower = BUILTINS.get(function.id)
    if lower is None:
        code = "input-output" if function.id in _INPUT_OUTPUT else "unsupported-builtin"
        raise ctx.refusal(code, f"`{function.id}`", node)
    return lower(ctx, node)


_INPUT_OUTPUT: Final = frozenset({"print", "input", "open", "breakpoint"})


def call_library(ctx: Lowering, node: tree.Call, name: str) -> Val:
    """A call of a function of the standard library."""
    lower = LIBRARY.get(name)
    if lower is None:
        module = name.split(".", 1)[0]
        code = "unsupported-regex" if module == "re" else "unsupported-module"
        code = "input-output" if module in {"sys", "os", "random", "time", "logging"} else code
        raise ctx.refusal(code, f"`{name}`", node)
    return lower(ctx, node)


# Methods.


def _call_method(ctx: Lowering, node: tree.Call, function: tree.Attribute) -> Val:
    name = function.name
    if name in CHANGING:
        with ctx.collecting():
            receiver_type = resolve(ctx.expr(function.value).type)
        if not (name in {"pop"} and receiver_type is STR):
            return CHANGING[name](ctx, node, function, Val(ir.TRUE, receiver_type))
    if isinstance(function.value, tree.Name) and _is_class(ctx, function.value):
        return _unbound_method(ctx, node, function, function.value)
    receiver = ctx.expr(function.value)
    if ctx.info.guessing and isinstance(resolve(receiver.type), Cell):
        guess = _GUESSED.get(name)
        if guess is not None:
            ctx.solver.flow(guess, resolve(receiver.type))  # type: ignore[arg-type] # a Cell
    type_ = ctx.known_type(receiver, function.value)
    if isinstance(type_, OptionalT):
        message = f"a method of {ctx.type_text(type_)}"
        raise ctx.refusal("type-mismatch", message, node, "test it first: `if x is not None:`")
    kind = kind_of(type_)
    method = METHODS.get((kind, name))
    if method is None:
        if name in MUTATORS:
            message = f"the value of `{name}`, which is None"
            raise ctx.refusal("unsupported-method", message, node)
        raise ctx.refusal("unsupported-method", f"`{name}` of {ctx.type_text(type_)}", node)
    return method(ctx, node, function, Val(receiver.ir, type_))


_GUESSED: Final = dict.fromkeys(
    [
        "lower",
        "upper",
        "strip",
        "lstrip",
        "rstrip",
        "split",
        "join",
        "replace",
        "startswith",
        "endswith",
        "isalpha",
        "isdigit",
        "isalnum",
        "isupper",
        "islower",
        "isspace",
        "title",
        "capitalize",
        "swapcase",
        "find",
        "splitlines",
        "zfill",
    ],
    STR,
)


def _is_class(ctx: Lowering, name: tree.Name) -> bool:
    return name.id in {"str", "dict"} and ctx.module.is_builtin(ctx, name)


def _unbound_method(
    ctx: Lowering, node: tree.Call, function: tree.Attribute, class_: tree.Name
) -> Val:
    """`str.lower(s)` is `s.lower()`."""
    class_method = CLASS_METHODS.get((class_.id, function.name))
    if class_method is not None:
        return class_method(ctx, node)
    if class_.id == "dict" or not node.args:
        raise ctx.refusal("unsupported-method", f"`{class_.id}.{function.name}`", node)
    bound = tree.Attribute(function.start, function.end, node.args[0], function.name)
    call = tree.Call(node.start, node.end, bound, node.args[1:], node.keywords)
    return _call_method(ctx, call, bound)


def kind_of(type_: HostType) -> str:
    """The kind of a receiver, by which its methods are found."""
    match type_:
        case ListT():
            return "list"
        case TupleT() | VarTupleT():
            return "tuple"
        case SetT():
            return "set"
        case DictT():
            return "dict"
        case IterT():
            return "iterator"
        case RecordT():
            return "record"
        case _:
            return _PRIMS.get(type_, "other")


_PRIMS: Final[Mapping[HostType, str]] = {
    STR: "str",
    INT: "int",
    BOOL: "int",
    FLOAT: "float",
    NUMERIC: "number",
}


def call_statement(ctx: Lowering, node: tree.Call) -> bool:
    """A call for its effect. Says whether it was one of those that only have an effect."""
    function = node.function
    if not isinstance(function, tree.Attribute):
        return False
    if ctx.module.library_name(ctx, function) is not None:
        return False
    mutator = MUTATORS.get(function.name)
    return mutator is not None and mutator(ctx, node, function)


# Functions of the module.


_Argument = tuple[ParamInfo, Val, tree.Expr | None]
"""A parameter, what it is given, and where that is written (`None` for a default)."""


def call_function(
    ctx: Lowering, info: FunctionInfo, node: tree.Call, name: tree.Name | None
) -> Val:
    """A call of a function of the module, or of one nested in this function."""
    slots = _arranged(ctx, info, node)
    given = [slot for slot in slots if slot is not None]
    in_order = sorted(given, key=lambda slot: slot.start)
    vals = dict(zip(in_order, ctx.operands(in_order), strict=True))
    if in_order != given and sum(not is_total(val.ir) for val in vals.values()) > 1:
        vals = {slot: ctx.temp(val) for slot, val in vals.items()}
    args: list[_Argument] = []
    for param, slot in zip(info.params, slots, strict=False):
        if slot is None:
            args.append((param, ctx.module.default_value(ctx, param, node), None))
        else:
            args.append((param, vals[slot], slot))
    args.extend(_captured(ctx, info, name))
    for param, val, slot in args:
        _flow_argument(ctx, param, val, node if slot is None else slot)
    ctx.module.demand(info, ctx, node)
    return _emit_call(ctx, info, args, node)


def _arranged(ctx: Lowering, info: FunctionInfo, node: tree.Call) -> list[tree.Expr | None]:
    """The argument of each parameter, `None` where the default counts."""
    params = info.params[: info.own_params]
    if any(isinstance(arg, tree.Starred) for arg in node.args):
        raise ctx.refusal("star-arguments", "`*` in a call", node)
    if len(node.args) > info.tree.keyword_only:
        raise ctx.refusal("type-mismatch", f"`{info.tree.name}` takes fewer arguments", node)
    slots: list[tree.Expr | None] = [None] * len(params)
    for place, arg in enumerate(node.args):
        slots[place] = arg
    names = {param.name: place for place, param in enumerate(params)}
    for keyword in node.keywords:
        if keyword.name is None:
            raise ctx.refusal("star-arguments", "`**` in a call", node)
        place = names.get(keyword.name, -1)
        if place < info.tree.positional_only or slots[place] is not None:
            message = f"`{info.tree.name}` takes no such argument `{keyword.name}`"
            raise ctx.refusal("type-mismatch", message, node)
        slots[place] = keyword.value
    for slot, param in zip(slots, params, strict=True):
        if slot is None and param.default is None:
            message = f"`{info.tree.name}` misses its argument `{param.name}`"
            raise ctx.refusal("type-mismatch", message, node)
    return slots


def _captured(ctx: Lowering, info: FunctionInfo, name: tree.Name | None) -> list[_Argument]:
    """What a nested function sees of the variables around it, passed as arguments."""
    if name is None:
        return []
    reads = ctx.scope.capture_reads[name]
    found: list[_Argument] = []
    for param in info.params[info.own_params :]:
        binding = reads.get(param.name) or ctx.scope.captures.get(param.name)
        if binding is None:
            raise ctx.refusal("possibly-unbound", f"`{param.name}` may be unbound here", name)
        variable = binding.variable
        val = variable_value(ctx, variable, ctx.span(name))
        found.append((param, val, _NameOf(name.start, name.end, param.name, variable)))
    return found


class _NameOf(tree.Name):
    """The name of a captured variable, at a call that does not write it."""

    __slots__ = ("variable",)

    def __init__(self, start: int, end: int, id_: str, variable: Binding) -> None:
        super().__init__(start, end, id_)
        self.variable = variable


def _flow_argument(ctx: Lowering, param: ParamInfo, val: Val, node: tree.Tree) -> None:
    """Types of parameters that nothing declares are told by the calls."""
    if isinstance(resolve(val.type), IterT):
        help_ = "make it a list: `list(…)`"
        raise ctx.refusal("unsupported-type", "an iterator is kept for later use", node, help_)
    if isinstance(param.type, Cell):
        ctx.flow(val.type, param.type, node)


def _emit_call(
    ctx: Lowering,
    info: FunctionInfo,
    args: list[_Argument],
    node: tree.Call,
) -> Val:
    span = ctx.span(node)
    irs: list[ir.Expr] = []
    write_back: list[tuple[Place, ir.Expr]] = []
    changed = info.changed(ctx.solver)
    for place, (param, val, slot) in enumerate(args):
        expr = coerce(ctx, val, param.type, node if slot is None else slot)
        if place in changed:
            if slot is None:
                raise ctx.refusal("mutable-default", "a default value is changed", node)
            expr, back = _inout_argument(ctx, param, Val(expr, param.type), slot)
            write_back.extend(back)
        irs.append(expr)
    result_type = to_ir(info.result)
    if not changed:
        return Val(ir.Call(info.name, tuple(irs), result_type, span=span), info.result)
    target = None
    if resolve(info.result) is not NONE:
        target = ctx.fresh("r")
        ctx.emit(ir_stmts.VarDecl(target, result_type, span=span))
    statement = ir_stmts.CallStmt(target, info.name, tuple(irs), span=span)
    ctx.emit(statement)
    ctx.info.mutations[id(statement)] = (statement, 0, node)
    for changed_place, new in write_back:
        replace(ctx, changed_place, new, node)
    if target is None:
        return Val(ir.TupleLit((), span=span), NONE)
    return Val(ir.Var(target, result_type, span=span), info.result)


def _inout_argument(
    ctx: Lowering, param: ParamInfo, val: Val, node: tree.Expr
) -> tuple[ir.Expr, list[tuple[Place, ir.Expr]]]:
    """An argument that the callee changes: a variable, or one that stands for a place."""
    if isinstance(node, _NameOf):
        ctx.info.mark_changed(node.variable, ctx.solver)
        return val.ir, []
    if isinstance(node, tree.Name):
        place = place_of(ctx, node)
        if not isinstance(val.ir, ir.Var):
            raise ctx.refusal("aliased-mutation", f"`{node.id}` is changed by the callee", node)
        ctx.info.mark_changed(place.variable, ctx.solver)
        return val.ir, []
    if isinstance(node, tree.Subscript) and not isinstance(node.index, tree.Slice):
        place = place_of(ctx, node)
        held = ctx.temp(Val(place.value, place.type), param.name)
        return held.ir, [(place, held.ir)]
    held = ctx.temp(val, param.name)
    return held.ir, []
