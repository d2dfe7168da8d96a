"""Expressions of the typed tree as expressions of the IR. Control flow enters itself in `RULES`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from autoform.frontends.rust import tree
from autoform.frontends.rust.building import Block, NeedsStatements
from autoform.frontends.rust.lowering import UNIT_VALUE, Lower
from autoform.frontends.rust.names import Builtin, ConstName, FunctionName, Local, VariantName
from autoform.frontends.rust.paths import FLOAT_CONSTANTS
from autoform.frontends.rust.places import Place
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.rust.types import INTEGERS, Con, Ty, prune, show, strip
from autoform.ir import exprs as ir
from autoform.ir import stmts
from autoform.ir.ops import apply
from autoform.ir.types import (
    FLOAT,
    INT,
    MACHINE_INTS,
    STR,
    EnumType,
    MachineIntType,
    OptionType,
    RecordType,
    SeqType,
    Type,
    format_type,
    is_ordered,
)

Rule = Callable[[Lower, Any], ir.Expr]
RULES: Final[dict[type, Rule]] = {}
"""How each kind of expression is lowered."""
METHODS: Final[dict[str, Callable[[Lower, tree.MethodCall], ir.Expr]]] = {}
"""What methods of the library mean, by key."""
FUNCTIONS: Final[dict[str, Callable[[Lower, tree.Call], ir.Expr]]] = {}
"""What functions of the library without a receiver mean, by key."""


def lower(low: Lower, node: tree.Expr) -> ir.Expr:
    """The value of an expression. Raises `Refusal`, and `NeedsStatements` in a pure block."""
    found = RULES.get(type(node))
    if found is None:
        code, what = _NO_VALUES[type(node)]
        raise Refusal(code, f"{what} is used as a value", node)
    return found(low, node)


_NO_VALUES: Final = {
    tree.Closure: ("higher-order-value", "a closure"),
    tree.Range: ("unsupported-type", "a range"),
    tree.LetCondition: ("unsupported-syntax", "a `let` condition"),
}
"""Expressions that mean something only where another one reads them."""


def rule(kind: type) -> Callable[[Rule], Rule]:
    """Enter a function in `RULES`."""

    def enter(function: Rule) -> Rule:
        RULES[kind] = function
        return function

    return enter


def operands(low: Lower, nodes: tuple[tree.Expr, ...] | list[tree.Expr]) -> list[ir.Expr]:
    """The values of expressions, evaluated from left to right."""
    return low.in_order([partial(lower, low, node) for node in nodes])


# Literals and names.


@rule(tree.IntLiteral)
def _int(low: Lower, node: tree.IntLiteral) -> ir.Expr:
    return integer(low, node, node.value)


def integer(low: Lower, node: tree.Expr, value: int) -> ir.Expr:
    """A literal of the type of `node`, which must hold it."""
    type_ = low.type_of(node)
    if type_ == INT:
        return ir.IntLit(value, INT, span=low.span(node))
    if not isinstance(type_, MachineIntType):
        raise Refusal("unsupported-operator", "a literal where a type parameter is", node)
    if not type_.minimum <= value <= type_.maximum:
        raise Refusal("type-mismatch", f"`{value}` does not fit `{type_.name}`", node)
    return ir.IntLit(value, type_, span=low.span(node))


def float_literal(value: float) -> ir.Expr:
    """The literal of a double."""
    return ir.FloatLit(repr(value))


@rule(tree.FloatLiteral)
def _float(_: Lower, node: tree.FloatLiteral) -> ir.Expr:
    return float_literal(node.value)


@rule(tree.BoolLiteral)
def _bool(low: Lower, node: tree.BoolLiteral) -> ir.Expr:
    return ir.BoolLit(node.value, span=low.span(node))


@rule(tree.CharLiteral)
def _char(low: Lower, node: tree.CharLiteral) -> ir.Expr:
    return ir.CharLit(node.value, span=low.span(node))


@rule(tree.StrLiteral)
def _str(low: Lower, node: tree.StrLiteral) -> ir.Expr:
    return ir.StrLit(node.value, span=low.span(node))


@rule(tree.ByteStrLiteral)
def _bytes(low: Lower, node: tree.ByteStrLiteral) -> ir.Expr:
    byte = MACHINE_INTS["u8"]
    items = tuple(ir.IntLit(each, byte) for each in node.value)
    return ir.SeqLit(byte, items, span=low.span(node))


@rule(tree.Path)
def _path(low: Lower, node: tree.Path) -> ir.Expr:
    target = node.target
    match target:
        case Local():
            return read_local(low, target.own, node)
        case ConstName() | Builtin(ty=Con()):
            return constant(low, target, node)
        case VariantName():
            return variant(low, target, (), node)
        case Builtin(name="None"):
            type_ = low.type_of(node)
            assert isinstance(type_, OptionType)
            return ir.NoneLit(type_.item, span=low.span(node))
        case _:
            message = f"`{'::'.join(node.segments)}` is used as a value"
            raise Refusal("higher-order-value", message, node)


def read_local(low: Lower, local: Local, node: tree.Tree) -> ir.Expr:
    """The value of a local."""
    if local.const is not None:
        assert local.const.value is not None
        return lower(low, local.const.value)
    match local.bound:
        case Place():
            return low.read(local.bound)
        case None | tree.Tree():
            message = f"`{local.name}` is used as a value"
            raise Refusal("higher-order-value", message, node)
        case ir.Var(name=name, type=type_):
            return ir.Var(name, type_, span=low.span(node))
        case value:
            found: ir.Expr = value
            return found


def constant(low: Lower, target: object, node: tree.Tree) -> ir.Expr:
    """A constant of the file or of the library."""
    match target:
        case ConstName(name=name, ty=ty):
            return ir.ConstRef(name, low.type(ty, node), span=low.span(node))
        case Builtin(name="default", ty=ty):
            assert ty is not None
            return default_value(low, ty, node)
        case Builtin(name="Less" | "Equal" | "Greater" as name):
            return ordering(name)
        case Builtin(name=name, key="f64"):
            return float_literal(FLOAT_CONSTANTS[name])
        case Builtin(name=name, key=key) if key in INTEGERS:
            type_ = MACHINE_INTS[key]
            if name == "BITS":
                return ir.IntLit(type_.bits, MACHINE_INTS["u32"], span=low.span(node))
            value = type_.maximum if name == "MAX" else type_.minimum
            return ir.IntLit(value, type_, span=low.span(node))
        case _:
            raise Refusal("unsupported-builtin", "this name is outside the lifted subset", node)


ORDERING_TYPE: Final = EnumType("Ordering")


def ordering(name: str) -> ir.Expr:
    """`Ordering::Less` and its kind."""
    return ir.VariantLit(ORDERING_TYPE, name, ())


def variant(low: Lower, target: VariantName, args: tuple[ir.Expr, ...], node: tree.Expr) -> ir.Expr:
    """A variant or struct with its payload."""
    type_ = low.type_of(node)
    if isinstance(type_, EnumType):
        return ir.VariantLit(type_, target.shape.name, args, span=low.span(node))
    assert isinstance(type_, RecordType)
    return ir.RecordLit(type_, args, span=low.span(node))


def default_value(low: Lower, ty: Ty, node: tree.Tree) -> ir.Expr:
    """`Default::default()` of a type. Raises `Refusal`."""
    found = strip(ty)
    type_ = low.type(ty, node)
    match type_:
        case MachineIntType():
            return ir.IntLit(0, type_)
        case SeqType(element=element):
            return ir.SeqLit(element, ())
        case OptionType(item=item):
            return ir.NoneLit(item)
        case _:
            pass
    assert type(found) is Con
    match found.name:
        case "bool":
            return ir.FALSE
        case "f64":
            return float_literal(0.0)
        case "Str":
            return ir.StrLit("")
        case "tuple":
            return ir.TupleLit(tuple(default_value(low, arg, node) for arg in found.args))
        case "HashMap" | "BTreeMap" | "HashSet" | "BTreeSet":
            return empty(type_)
        case name if name.startswith("@"):
            adt = low.env.adts[name[1:]]
            if not adt.is_enum and "Default" in adt.derives and not adt.generics:
                fields = adt.variants[adt.name].types
                values = tuple(default_value(low, field, node) for field in fields)
                assert isinstance(type_, RecordType)
                return ir.RecordLit(type_, values)
            if f"{adt.name}.default" in low.env.items.functions:
                return ir.Call(f"{adt.name}.default", (), type_)
        case _:
            pass
    raise Refusal("unsupported-builtin", f"the default of `{show(ty)}`", node)


def empty(type_: Type) -> ir.Expr:
    """An empty collection."""
    from autoform.ir.types import MapType, SetType

    match type_:
        case SeqType(element=element):
            return ir.SeqLit(element, ())
        case SetType(element=element):
            return ir.SetLit(element, ())
        case MapType(key=key, value=value):
            return ir.MapLit(key, value, (), ())
        case _:
            return ir.StrLit("")


# Operators.

_ARITHMETIC: Final = {"+": "add", "-": "sub", "*": "mul", "/": "trunc_div", "%": "trunc_rem"}
_BITS: Final = {"&": "int.bit_and", "|": "int.bit_or", "^": "int.bit_xor"}
_LOGIC: Final = {"&": "bool.and", "|": "bool.or", "^": "xor"}
_SETS: Final = {
    "&": "set.intersection",
    "|": "set.union",
    "-": "set.difference",
    "^": "set.symmetric_difference",
}
COMPARISONS: Final = {"==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}


@rule(tree.Unary)
def _unary(low: Lower, node: tree.Unary) -> ir.Expr:
    if isinstance(node.target, FunctionName):
        return call_method(low, node.target, node.value, (), node)
    if node.op == "*":
        return lower(low, node.value)
    if node.op == "-" and isinstance(node.value, tree.IntLiteral):
        return integer(low, node, -node.value.value)
    value = lower(low, node.value)
    if node.op == "-":
        if isinstance(value, ir.FloatLit):
            return float_literal(-value.value)
        _require_number(low, node.value)
        return apply("neg", value, span=low.span(node))
    op = "not" if ir.type_of(value) == ir.type_of(ir.TRUE) else "int.bit_not"
    return apply(op, value, span=low.span(node))


def _require_number(low: Lower, node: tree.Expr) -> None:
    type_ = low.type_of(node)
    if not (isinstance(type_, MachineIntType) or type_ in {FLOAT, INT}):
        message = f"arithmetic on `{show(node.ty)}`"
        raise Refusal("unsupported-operator", message, node)


@rule(tree.Binary)
def _binary(low: Lower, node: tree.Binary) -> ir.Expr:
    if node.op in {"&&", "||"}:
        return _junction(low, node)
    if isinstance(node.target, FunctionName):
        return call_method(low, node.target, node.left, (node.right,), node)
    left, right = operands(low, (node.left, node.right))
    if node.op in COMPARISONS:
        return compare(low, node.op, left, right, node, node.left)
    return arithmetic(low, node.op, left, right, node, node.left)


def arithmetic(
    low: Lower, op: str, left: ir.Expr, right: ir.Expr, node: tree.Tree, of: tree.Expr
) -> ir.Expr:
    """`left op right`; `of` tells the type of the left operand."""
    span = low.span(node)
    type_ = ir.type_of(left)
    if op in {"<<", ">>"} and isinstance(type_, MachineIntType):
        name = "int.machine_shl" if op == "<<" else "int.machine_shr"
        return apply(name, left, low.widen(right), span=span)
    if isinstance(type_, MachineIntType) or type_ == INT:
        name = _ARITHMETIC.get(op) or _BITS[op]
        if ir.type_of(right) != type_:
            left, right = low.widen(left), low.widen(right)
        return apply(name, left, right, span=span)
    if type_ == FLOAT and op in _ARITHMETIC:
        name = {"/": "float.div", "%": "float.rem"}.get(op, _ARITHMETIC[op])
        return apply(name, left, right, span=span)
    if type_ == STR and op == "+":
        return apply("str.concat", left, right, span=span)
    if type_ == ir.type_of(ir.TRUE) and op in _LOGIC:
        return apply(_LOGIC[op], left, right, span=span)
    found = strip(of.ty)
    if type(found) is Con and found.name in {"HashSet", "BTreeSet"} and op in _SETS:
        return apply(_SETS[op], left, right, span=span)
    message = f"`{op}` on `{show(of.ty)}`"
    hint = "lift a copy of the function with a concrete type, such as `i64`"
    raise Refusal("unsupported-operator", message, node, hint)


def compare(
    low: Lower, op: str, left: ir.Expr, right: ir.Expr, node: tree.Tree, of: tree.Expr
) -> ir.Expr:
    """A comparison, of values for which the IR's is Rust's."""
    type_ = ir.type_of(left)
    if op in {"==", "!="}:
        found = _own_equality(low, op, left, right, of.ty, node)
        if found is not None:
            return found
        if ir.type_of(right) != type_ and isinstance(type_, MachineIntType):
            left, right = low.widen(left), low.widen(right)
        return apply(COMPARISONS[op], left, right, span=low.span(node))
    if not is_ordered(type_):
        message = f"the order of `{show(of.ty)}`"
        raise Refusal("unsupported-operator", message, node)
    if ir.type_of(right) != type_ and (type_ == INT or isinstance(type_, MachineIntType)):
        left, right = low.widen(left), low.widen(right)
    return apply(COMPARISONS[op], left, right, span=low.span(node))


def _own_equality(
    low: Lower, op: str, left: ir.Expr, right: ir.Expr, ty: Ty, node: tree.Tree
) -> ir.Expr | None:
    """`==` that an `impl PartialEq` defines; derived ones compare all fields, as the IR does."""
    found = strip(ty)
    if type(found) is Con and found.name.startswith("@"):
        name = found.name[1:]
        if f"{name}.eq" in low.env.items.functions:
            call = ir.Call(f"{name}.eq", (left, right), ir.type_of(ir.TRUE), span=low.span(node))
            return call if op == "==" else apply("not", call)
    require_derived(low, ty, "PartialEq", node)
    return None


def require_derived(low: Lower, ty: Ty, trait: str, node: tree.Tree) -> None:
    """Refuse types whose equality is written by hand somewhere inside."""
    found = prune(ty)
    if type(found) is not Con:
        return
    if found.name.startswith("@") and (trait, found.name[1:]) in low.env.items.trait_impls:
        message = f"`{show(found)}` has a `{trait}` of its own"
        raise Refusal("unsupported-operator", message, node)
    for arg in found.args:
        require_derived(low, arg, trait, node)


def _junction(low: Lower, node: tree.Binary) -> ir.Expr:
    """`a && b`: what `b` needs as statements happens only where `b` is evaluated."""
    items: list[tree.Expr] = []
    pending: list[tree.Expr] = [node]
    while pending:
        each = pending.pop()
        if isinstance(each, tree.Binary) and each.op == node.op:
            pending.extend((each.right, each.left))
        else:
            items.append(each)
    kind = ir.And if node.op == "&&" else ir.Or
    found: list[ir.Expr] = []
    for place, item in enumerate(items):
        if place == 0:
            found.append(lower(low, item))
            continue
        block, value = low.as_expression(partial(lower, low, item))
        if not block.statements:
            found.append(value)
            continue
        rest = items[place + 1 :]
        return _branching_junction(low, node, kind, found, block, value, rest)
    return kind(tuple(found), span=low.span(node))


def _branching_junction(
    low: Lower,
    node: tree.Binary,
    kind: type[ir.And | ir.Or],
    found: list[ir.Expr],
    block: Block,
    value: ir.Expr,
    rest: list[tree.Expr],
) -> ir.Expr:
    before = found[0] if len(found) == 1 else kind(tuple(found))
    name = low.fresh("holds")
    type_ = ir.type_of(ir.TRUE)
    low.emit(stmts.VarDecl(name, type_, before, span=low.span(node)))
    variable = ir.Var(name, type_)
    block.emit(stmts.Assign(name, value))
    condition: ir.Expr = variable if kind is ir.And else apply("not", variable)
    low.emit(stmts.If(condition, block.done, span=low.span(node)))
    for item in rest:
        with low.block() as inner:
            inner_value = lower(low, item)
            low.emit(stmts.Assign(name, inner_value))
        low.emit(stmts.If(condition, inner.done, span=low.span(node)))
    return variable


# Casts.


@rule(tree.Cast)
def _cast(low: Lower, node: tree.Cast) -> ir.Expr:
    value = lower(low, node.value)
    return cast_to(low, value, node)


def cast_to(low: Lower, value: ir.Expr, node: tree.Cast) -> ir.Expr:
    """`value as T`."""
    source, target = ir.type_of(value), low.type_of(node)
    span = low.span(node)
    if source == target:
        return value
    if isinstance(target, MachineIntType):
        return _cast_to_integer(low, value, source, target, node)
    if target == FLOAT and isinstance(source, MachineIntType):
        return apply("int.as_float", value, span=span)
    if format_type(target) == "Char" and source == MACHINE_INTS["u8"]:
        return low.safe(apply("char.from_code", low.widen(value), span=span))
    message = f"`{show(node.value.ty)}` as `{show(node.ty)}`"
    raise Refusal("unsupported-operator", message, node)


def _cast_to_integer(
    low: Lower, value: ir.Expr, source: Type, target: MachineIntType, node: tree.Cast
) -> ir.Expr:
    span = low.span(node)
    match source:
        case MachineIntType():
            if isinstance(value, ir.IntLit) and target.minimum <= value.value <= target.maximum:
                return ir.IntLit(value.value, target, span=span)
            return convert_integer(low, value, source, target)
        case _ if source == FLOAT:
            return apply("float.to_machine", value, type_=target, span=span)
        case _ if source == ir.type_of(ir.TRUE):
            return ir.IfExpr(value, ir.IntLit(1, target), ir.IntLit(0, target), span=span)
        case EnumType(name=name):
            return _discriminant(low, value, name, target, node)
        case _ if format_type(source) == "Char":
            code = apply("char.code", value, span=span)
            if target.maximum >= 0x10FFFF:
                return low.safe(apply("int.narrow", code, type_=target, span=span))
            return apply("int.wrap", code, type_=target, span=span)
        case _:
            message = f"`{show(node.value.ty)}` as `{target.name}`"
            raise Refusal("unsupported-operator", message, node)


def convert_integer(
    low: Lower, value: ir.Expr, source: MachineIntType, target: MachineIntType
) -> ir.Expr:
    """An integer in another type: the same where it always fits, else modulo 2^bits."""
    fits = target.minimum <= source.minimum and source.maximum <= target.maximum
    if fits:
        return low.safe(apply("int.narrow", value, type_=target, span=value.span))
    return apply("int.wrap", value, type_=target, span=value.span)


def _discriminant(
    low: Lower, value: ir.Expr, name: str, target: MachineIntType, node: tree.Cast
) -> ir.Expr:
    if name == "Ordering":
        numbers = {"Less": -1, "Equal": 0, "Greater": 1}
    else:
        numbers, following = {}, 0
        for each in low.env.adts[name].variants.values():
            if each.types:
                raise Refusal("unsupported-operator", "a variant with a payload as a number", node)
            if each.discriminant is not None:
                written = each.discriminant
                sign = 1
                if isinstance(written, tree.Unary) and written.op == "-":
                    sign, written = -1, written.value
                if not isinstance(written, tree.IntLiteral):
                    raise Refusal("unsupported-operator", "a computed discriminant", node)
                following = sign * written.value
            numbers[each.name] = following
            following += 1
    kept = low.keep(value)
    mask, half = (1 << target.bits) - 1, 1 << (target.bits - 1)
    found: ir.Expr | None = None
    for variant_name, number in reversed(numbers.items()):
        wrapped = number & mask
        if target.signed and wrapped >= half:
            wrapped -= mask + 1
        literal = ir.IntLit(wrapped, target)
        if found is None:
            found = literal
        else:
            found = ir.IfExpr(ir.IsVariant(kept, variant_name), literal, found)
    assert found is not None
    return found


# Calls.


@rule(tree.Call)
def _call(low: Lower, node: tree.Call) -> ir.Expr:
    function = node.function
    assert isinstance(function, tree.Path)
    target = function.target
    match target:
        case tree.MethodCall():
            return lower(low, target)
        case Local() as local:
            return call_closure(low, local.own.bound, node)
        case FunctionName():
            return call_function(low, target, list(node.args), node)
        case VariantName():
            return variant(low, target, tuple(operands(low, node.args)), node)
        case Builtin(name="Some"):
            return apply("option.some", lower(low, node.args[0]), span=low.span(node))
        case Builtin(name="Ok" | "Err" as name):
            type_ = low.type_of(node)
            op = "result.ok" if name == "Ok" else "result.err"
            return ir.Apply(op, (lower(low, node.args[0]),), type_, span=low.span(node))
        case Builtin(key="Adt.default", ty=ty):
            assert ty is not None
            return default_value(low, ty, node)
        case Builtin(key=key):
            found = FUNCTIONS.get(key)
            if found is not None:
                return found(low, node)
        case _:
            pass
    message = f"`{'::'.join(function.segments)}` is outside the lifted subset"
    raise Refusal("unsupported-builtin", message, function)


def call_closure(low: Lower, bound: object, node: tree.Call) -> ir.Expr:
    """A call of a closure that a local names: its body, inlined."""
    from autoform.frontends.rust.closures import inline

    if not isinstance(bound, tree.Closure | tree.Path):
        raise Refusal("higher-order-value", "a function that is passed in is called", node)
    return inline(low, bound, operands(low, node.args), node)


def call_method(
    low: Lower,
    target: FunctionName,
    receiver: tree.Expr,
    args: tuple[tree.Expr, ...],
    node: tree.Expr,
) -> ir.Expr:
    """A call of a method of the file."""
    return call_function(low, target, [receiver, *args], node)


def call_function(
    low: Lower, target: FunctionName, args: list[tree.Expr], node: tree.Expr
) -> ir.Expr:
    """A call of a function of the file; mutable references are passed as inout variables."""
    signature = target.signature
    if not any(signature.mutable):
        values = operands(low, args)
        return ir.Call(target.name, tuple(values), low.type_of(node), span=low.span(node))
    if low.out.pure:
        raise NeedsStatements(node)
    from autoform.frontends.rust.calls import call_with_inouts

    return call_with_inouts(low, target, args, node)


@rule(tree.MethodCall)
def _method(low: Lower, node: tree.MethodCall) -> ir.Expr:
    target = node.target
    if isinstance(target, FunctionName):
        return call_method(low, target, node.receiver, node.args, node)
    assert isinstance(target, Builtin)
    found = METHODS.get(target.key)
    if found is None:
        message = f"`{node.name}` is outside the lifted subset"
        raise Refusal("unsupported-method", message, node.name_at)
    return found(low, node)


# Displays.


@rule(tree.Tuple)
def _tuple(low: Lower, node: tree.Tuple) -> ir.Expr:
    return ir.TupleLit(tuple(operands(low, node.items)), span=low.span(node))


@rule(tree.Array)
def _array(low: Lower, node: tree.Array) -> ir.Expr:
    type_ = low.type_of(node)
    assert isinstance(type_, SeqType)
    return ir.SeqLit(type_.element, tuple(operands(low, node.items)), span=low.span(node))


@rule(tree.Repeat)
def _repeat(low: Lower, node: tree.Repeat) -> ir.Expr:
    value, count = operands(low, (node.value, node.count))
    type_ = low.type_of(node)
    assert isinstance(type_, SeqType)
    one = ir.SeqLit(type_.element, (value,))
    return apply("seq.repeat", one, low.widen(count), span=low.span(node))


@rule(tree.Struct)
def _struct(low: Lower, node: tree.Struct) -> ir.Expr:
    target = node.target
    assert isinstance(target, VariantName)
    names = [f"_{name}" if name.isdigit() else name for name, _ in node.fields]
    nodes = [value for _, value in node.fields]
    if node.base is not None:
        nodes.append(node.base)
    values = operands(low, nodes)
    given = dict(zip(names, values, strict=False))
    if node.base is None:
        if set(given) != set(target.shape.fields):
            raise Refusal("type-mismatch", "a field is missing", node)
        if list(target.shape.fields) != names:
            given = {name: low.keep(value) for name, value in given.items()}
        return variant(low, target, tuple(given[n] for n in target.shape.fields), node)
    found = values[-1]
    for name in names:
        found = ir.FieldUpdate(found, name, low.keep(given[name]), span=low.span(node))
    return found


@rule(tree.Block)
def _block(low: Lower, node: tree.Block) -> ir.Expr:
    from autoform.frontends.rust.lower_control import block_value

    return block_value(low, node)


def unit() -> ir.Expr:
    """`()`."""
    return UNIT_VALUE
