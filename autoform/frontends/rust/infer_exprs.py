"""The types of expressions, one function a node."""

from __future__ import annotations

from typing import Final, cast

from autoform.frontends.rust import tree
from autoform.frontends.rust.infer import RULES, Infer, LoopFrame, Rule, diverges, field_place
from autoform.frontends.rust.infer_calls import call, method, operator_call
from autoform.frontends.rust.names import Builtin, ConstName, FunctionName, Local, VariantName
from autoform.frontends.rust.paths import resolve_path
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.rust.types import (
    BOOL,
    CHAR,
    F64,
    INTEGERS,
    PRIMITIVES,
    RANGE_FULL,
    STR,
    UNIT,
    USIZE,
    Con,
    Mismatch,
    Ty,
    Var,
    mut_ref,
    option,
    prune,
    seq,
    show,
    strip,
    substitute,
    unify,
)

_COMPARISONS: Final = frozenset({"==", "!=", "<", "<=", ">", ">="})
_SHIFTS: Final = frozenset({"<<", ">>"})
OPERATOR_METHODS: Final = {
    "+": "add",
    "-": "sub",
    "*": "mul",
    "/": "div",
    "%": "rem",
    "&": "bitand",
    "|": "bitor",
    "^": "bitxor",
    "<<": "shl",
    ">>": "shr",
}


# Expressions, one function a node.


def _int(_: Infer, node: tree.IntLiteral, expected: Ty | None) -> Ty:
    if node.suffix:
        return PRIMITIVES[node.suffix]
    wanted = strip(expected) if expected is not None else None
    if type(wanted) is Con and wanted.name in INTEGERS:
        return wanted
    return Var("int")


def _float(_: Infer, node: tree.FloatLiteral, __: Ty | None) -> Ty:
    if node.suffix == "f32":
        raise Refusal("unsupported-type", "`f32` is outside the lifted subset", node, "use `f64`")
    return F64


def _bool(_: Infer, __: tree.BoolLiteral, ___: Ty | None) -> Ty:
    return BOOL


def _char(_: Infer, __: tree.CharLiteral, ___: Ty | None) -> Ty:
    return CHAR


def _str(_: Infer, __: tree.StrLiteral, ___: Ty | None) -> Ty:
    return STR


def _bytes(_: Infer, __: tree.ByteStrLiteral, ___: Ty | None) -> Ty:
    return seq(PRIMITIVES["u8"])


def _path(infer: Infer, node: tree.Path, expected: Ty | None) -> Ty:
    target = resolve_path(infer, node)
    node.target = target
    match target:
        case Local(ty=ty):
            return ty
        case ConstName(ty=ty):
            return ty
        case FunctionName(signature=signature):
            fresh: dict[str, Ty] = {name: Var() for name in signature.generics}
            types = (*signature.params, signature.result)
            return Con("fn", tuple(substitute(ty, fresh) for ty in types))
        case VariantName(adt=adt, shape=shape):
            whole, types = infer.instance(adt, shape)
            return Con("fn", (*types, whole)) if types else whole
        case Builtin():
            return _builtin_path(target, expected)
        case _:
            raise Refusal("unknown-name", f"`{'::'.join(node.segments)}` is not known", node)


def _builtin_path(target: Builtin, expected: Ty | None) -> Ty:
    del expected
    if target.signature is not None:
        signature = target.signature
        fresh: dict[str, Ty] = {name: Var() for name in signature.generics}
        fresh.update(target.bindings)
        types = (*signature.params, signature.result)
        return Con("fn", tuple(substitute(ty, fresh) for ty in types))
    item: Ty = Var()
    match target.name:
        case "Some":
            return Con("fn", (item, option(item)))
        case "None":
            return option(item)
        case "Ok":
            return Con("fn", (item, Con("Result", (item, Var()))))
        case "Err":
            return Con("fn", (item, Con("Result", (Var(), item))))
        case _:
            assert target.ty is not None
            return target.ty


def _unary(infer: Infer, node: tree.Unary, expected: Ty | None) -> Ty:
    found = infer.expr(node.value, None if node.op == "*" else expected)
    if node.op == "*":
        pruned = prune(found)
        if type(pruned) is Con and pruned.name == "RefMut":
            return pruned.args[0]
        return found
    inner = infer.known(found)
    if type(inner) is Con and inner.name.startswith("@"):
        return operator_call(infer, node, "neg" if node.op == "-" else "not", node.value, ())
    return inner


def _borrow(infer: Infer, node: tree.Borrow, expected: Ty | None) -> Ty:
    wanted = strip(expected) if expected is not None else None
    found = infer.expr(node.value, wanted)
    pruned = prune(found)
    if node.mutable and not (type(pruned) is Con and pruned.name == "RefMut"):
        return mut_ref(found)
    return found


def _binary(infer: Infer, node: tree.Binary, expected: Ty | None) -> Ty:
    op = node.op
    if op in {"&&", "||"}:
        infer.flows(infer.expr(node.left, BOOL), BOOL, node.left)
        infer.flows(infer.expr(node.right, BOOL), BOOL, node.right)
        return BOOL
    del expected
    left = infer.expr(node.left)
    if op in _SHIFTS:
        right = infer.expr(node.right)
        found = infer.known(left)
        if type(found) is Con and found.name.startswith("@"):
            return operator_call(infer, node, OPERATOR_METHODS[op], node.left, (node.right,))
        return found
    known = infer.known(left)
    right = infer.expr(node.right, known)
    if type(known) is Con and known.name.startswith("@") and op not in _COMPARISONS:
        return operator_call(infer, node, OPERATOR_METHODS[op], node.left, (node.right,))
    infer.same(known, infer.known(right), node)
    return BOOL if op in _COMPARISONS else strip(known)


def _assign(infer: Infer, node: tree.Assign, _: Ty | None) -> Ty:
    if isinstance(node.left, tree.Path) and node.left.segments == ("_",):
        infer.expr(node.right)
        return UNIT
    left = infer.expr(node.left)
    right = infer.expr(node.right, left)
    if node.op == "":
        if isinstance(node.left, tree.Unary):
            infer.same(strip(left), strip(right), node)
        else:
            infer.same(left, right, node)
        return UNIT
    known = infer.known(left)
    if type(known) is Con and known.name.startswith("@"):
        name = f"{OPERATOR_METHODS[node.op]}_assign"
        operator_call(infer, node, name, node.left, (node.right,))
    elif node.op not in _SHIFTS:
        infer.same(known, infer.known(right), node)
    return UNIT


def _cast(infer: Infer, node: tree.Cast, _: Ty | None) -> Ty:
    target = infer.env.type(node.type, infer.scope, hole=True)
    literal: tree.Expr = node.value
    while isinstance(literal, tree.Unary) and literal.op == "-":
        literal = literal.value
    hint = target if isinstance(literal, tree.IntLiteral) else None
    infer.expr(node.value, hint)
    return target


def _field(infer: Infer, node: tree.Field, _: Ty | None) -> Ty:
    known = infer.known(infer.expr(node.value))
    if type(known) is Con:
        if known.name == "tuple" and node.name.isdigit():
            if int(node.name) < len(known.args):
                return known.args[int(node.name)]
        elif known.name == "Range" and node.name in {"start", "end"}:
            return known.args[0]
        elif known.name.startswith("@"):
            adt = infer.env.adts[known.name[1:]]
            if adt.problem is not None:
                raise Refusal(adt.problem.code, f"`{adt.name}`: {adt.problem.message}", node)
            if not adt.is_enum:
                shape = adt.variants[adt.name]
                place = field_place(shape, node.name, node)
                names = (f"#{name}" for name in adt.generics)
                return substitute(shape.types[place], dict(zip(names, known.args, strict=True)))
    raise Refusal("unknown-type", f"the field `{node.name}` of `{show(known)}` is not known", node)


def _index(infer: Infer, node: tree.Index, _: Ty | None) -> Ty:
    known = infer.known(infer.expr(node.value))
    index = infer.known(infer.expr(node.index))
    if type(known) is not Con:
        raise Refusal("unknown-type", "the type of what is indexed is not known", node.value)
    if known.name in {"HashMap", "BTreeMap"}:
        infer.same(known.args[0], index, node.index)
        return known.args[1]
    if type(index) is Con and index.name in {"Range", "RangeFull", "RangeFrom"}:
        if index.args:
            infer.same(index.args[0], USIZE, node.index)
        if known.name in {"Seq", "Str"}:
            return known
    elif known.name in {"Seq", "VecDeque"}:
        infer.same(index, USIZE, node.index)
        return known.args[0]
    elif known.name.startswith("@"):
        raise Refusal("unsupported-operator", f"`Index` of `{show(known)}`", node)
    raise Refusal("unsupported-operator", f"`{show(known)}` is not indexed so", node)


def _range(infer: Infer, node: tree.Range, expected: Ty | None) -> Ty:
    wanted = strip(expected) if expected is not None else None
    hint = wanted.args[0] if type(wanted) is Con and wanted.name == "Range" else None
    low = None if node.low is None else infer.known(infer.expr(node.low, hint))
    high = None if node.high is None else infer.known(infer.expr(node.high, low or hint))
    if low is not None and high is not None:
        infer.same(low, high, node)
        return Con("Range", (low,))
    if low is None and high is None:
        return RANGE_FULL
    return Con("RangeFrom", (low if low is not None else high,))  # type: ignore[arg-type] # one is


def _tuple(infer: Infer, node: tree.Tuple, expected: Ty | None) -> Ty:
    if not node.items:
        return UNIT
    wanted = strip(expected) if expected is not None else None
    hints: tuple[Ty | None, ...] = (None,) * len(node.items)
    if type(wanted) is Con and len(wanted.args) == len(node.items):
        hints = wanted.args
    types = [infer.expr(item, hint) for item, hint in zip(node.items, hints, strict=True)]
    return Con("tuple", tuple(types))


def _array(infer: Infer, node: tree.Array, expected: Ty | None) -> Ty:
    item = _item_hint(expected)
    for each in node.items:
        infer.flows(infer.expr(each, item), item, each)
    return seq(item)


def _item_hint(expected: Ty | None) -> Ty:
    wanted = strip(expected) if expected is not None else None
    return wanted.args[0] if type(wanted) is Con and wanted.name == "Seq" else Var()


def _repeat(infer: Infer, node: tree.Repeat, expected: Ty | None) -> Ty:
    item = _item_hint(expected)
    infer.flows(infer.expr(node.value, item), item, node.value)
    infer.flows(infer.expr(node.count, USIZE), USIZE, node.count)
    return seq(item)


def _struct(infer: Infer, node: tree.Struct, _: Ty | None) -> Ty:
    target = resolve_path(infer, node.path, is_type=True)
    node.target = target
    if not isinstance(target, VariantName):
        raise Refusal("unsupported-type", "this struct is not of the file", node.path)
    whole, types = infer.instance(target.adt, target.shape)
    if target.bindings:
        infer.same(whole, substitute(target.adt.type, target.bindings), node)
    for name, value in node.fields:
        ty = types[field_place(target.shape, name, node)]
        infer.flows(infer.expr(value, ty), ty, value)
    if node.base is not None:
        infer.flows(infer.expr(node.base, whole), whole, node.base)
    return whole


def _block(infer: Infer, node: tree.Block, expected: Ty | None) -> Ty:
    return infer.block(node, expected)


def _condition(infer: Infer, node: tree.Expr) -> None:
    """A condition of `if` or `while`: `let` binds names that the branch sees."""
    match node:
        case tree.LetCondition(pattern=pattern, value=value):
            ty = infer.expr(value)
            infer.settle()
            infer.pattern(pattern, ty)
            node.ty = BOOL
        case tree.Binary(op="&&", left=left, right=right):
            _condition(infer, left)
            _condition(infer, right)
            node.ty = BOOL
        case _:
            infer.flows(infer.expr(node, BOOL), BOOL, node)


def _join(infer: Infer, found: Ty, branch: tree.Expr, expected: Ty | None) -> None:
    ty = infer.expr(branch, expected)
    if not diverges(branch):
        infer.flows(ty, found, branch)


def _if(infer: Infer, node: tree.If, expected: Ty | None) -> Ty:
    infer.locals.append({})
    _condition(infer, node.condition)
    found: Ty = UNIT if node.orelse is None else Var()
    _join(infer, found, node.then, expected)
    infer.locals.pop()
    if node.orelse is not None:
        _join(infer, found, node.orelse, expected)
    return found


def _let_condition(_: Infer, node: tree.LetCondition, __: Ty | None) -> Ty:
    raise Refusal("unsupported-syntax", "`let` outside a condition", node)


def _while(infer: Infer, node: tree.While, _: Ty | None) -> Ty:
    infer.locals.append({})
    _condition(infer, node.condition)
    infer.loops.append(LoopFrame(node.label, UNIT))
    infer.block(node.body)
    infer.loops.pop()
    infer.locals.pop()
    return UNIT


def _loop(infer: Infer, node: tree.Loop, _: Ty | None) -> Ty:
    frame = LoopFrame(node.label, Var())
    infer.loops.append(frame)
    infer.block(node.body)
    infer.loops.pop()
    return frame.result


def _for(infer: Infer, node: tree.For, _: Ty | None) -> Ty:
    ty = infer.expr(node.source)
    infer.settle()
    item = infer.item_of(ty, node.source)
    infer.locals.append({})
    infer.pattern(node.pattern, item)
    infer.loops.append(LoopFrame(node.label, UNIT))
    infer.block(node.body)
    infer.loops.pop()
    infer.locals.pop()
    return UNIT


def _match(infer: Infer, node: tree.Match, expected: Ty | None) -> Ty:
    ty = infer.expr(node.value)
    infer.settle()
    found: Ty = Var()
    for arm in node.arms:
        infer.locals.append({})
        infer.pattern(arm.pattern, ty)
        if arm.guard is not None:
            _condition(infer, arm.guard)
        _join(infer, found, arm.value, expected)
        infer.locals.pop()
    return found


def _closure(infer: Infer, node: tree.Closure, expected: Ty | None) -> Ty:
    wanted = prune(expected) if expected is not None else None
    hints: tuple[Ty, ...] = ()
    if type(wanted) is Con and wanted.name == "fn" and len(wanted.args) == len(node.params) + 1:
        hints = wanted.args[:-1]
    infer.locals.append({})
    params: list[Ty] = []
    for place, (pattern, annotation) in enumerate(node.params):
        ty: Ty = hints[place] if hints else Var()
        if annotation is not None:
            written = infer.env.type(annotation, infer.scope, hole=True)
            infer.same(ty, written, pattern)
        infer.pattern(pattern, ty)
        params.append(ty)
    result: Ty = Var()
    if node.result is not None:
        result = infer.env.type(node.result, infer.scope, hole=True)
    loops, infer.loops = infer.loops, []
    infer.results.append(result)
    found = infer.expr(node.body, result)
    if not diverges(node.body):
        infer.flows(found, result, node.body)
    infer.results.pop()
    infer.loops = loops
    infer.locals.pop()
    infer.settle()
    return Con("fn", (*params, result))


def _return(infer: Infer, node: tree.Return, _: Ty | None) -> Ty:
    if not infer.results:
        raise Refusal("unsupported-syntax", "`return` outside a function", node)
    result = infer.results[-1]
    found = UNIT if node.value is None else infer.expr(node.value, result)
    infer.flows(found, result, node)
    return Var()


def _break(infer: Infer, node: tree.Break, _: Ty | None) -> Ty:
    frame = _frame(infer, node.label, node)
    found = UNIT if node.value is None else infer.expr(node.value, frame.result)
    infer.flows(found, frame.result, node)
    return Var()


def _continue(infer: Infer, node: tree.Continue, _: Ty | None) -> Ty:
    _frame(infer, node.label, node)
    return Var()


def _frame(infer: Infer, label: str | None, node: tree.Tree) -> LoopFrame:
    for frame in reversed(infer.loops):
        if label is None or frame.label == label:
            return frame
    raise Refusal("unsupported-syntax", "there is no such loop here", node)


def _try(infer: Infer, node: tree.Try, _: Ty | None) -> Ty:
    known = infer.known(infer.expr(node.value))
    if not infer.results or type(known) is not Con or known.name not in {"Option", "Result"}:
        raise Refusal("unknown-type", f"`?` on `{show(known)}`", node)
    result = infer.known(infer.results[-1])
    if type(result) is Var:
        infer.same(result, Con(known.name, tuple(Var() for _ in known.args)), node)
        result = infer.known(result)
    if type(result) is not Con or result.name != known.name:
        raise Refusal("type-mismatch", f"`?` on `{show(known)}` leaves `{show(result)}`", node)
    if known.name == "Result":
        try:
            unify(known.args[1], result.args[1])
        except Mismatch:
            message = f"`?` converts `{show(known.args[1])}` by `From`"
            raise Refusal("unsupported-operator", message, node) from None
    return known.args[0]


def _assertion(infer: Infer, node: tree.Assertion, _: Ty | None) -> Ty:
    infer.flows(infer.expr(node.condition, BOOL), BOOL, node.condition)
    _message(infer, node.message)
    return UNIT


def _panic(infer: Infer, node: tree.Panic, _: Ty | None) -> Ty:
    _message(infer, node.message)
    return Var()


def _message(infer: Infer, message: tuple[tree.Expr, ...]) -> None:
    for part in message:
        if isinstance(part, tree.Assign) and part.op == "":  # `name = value` of a format
            infer.expr(part.right)
        else:
            infer.expr(part)


def _format(infer: Infer, node: tree.Format, _: Ty | None) -> Ty:
    for part in node.parts:
        if not isinstance(part, str):
            infer.expr(part[0])
    return STR


ENTERED: Final = cast(
    "dict[type, Rule]",
    {
        tree.IntLiteral: _int,
        tree.FloatLiteral: _float,
        tree.BoolLiteral: _bool,
        tree.CharLiteral: _char,
        tree.StrLiteral: _str,
        tree.ByteStrLiteral: _bytes,
        tree.Path: _path,
        tree.Unary: _unary,
        tree.Borrow: _borrow,
        tree.Binary: _binary,
        tree.Assign: _assign,
        tree.Cast: _cast,
        tree.Call: call,
        tree.MethodCall: method,
        tree.Field: _field,
        tree.Index: _index,
        tree.Range: _range,
        tree.Tuple: _tuple,
        tree.Array: _array,
        tree.Repeat: _repeat,
        tree.Struct: _struct,
        tree.Block: _block,
        tree.If: _if,
        tree.LetCondition: _let_condition,
        tree.While: _while,
        tree.Loop: _loop,
        tree.For: _for,
        tree.Match: _match,
        tree.Closure: _closure,
        tree.Return: _return,
        tree.Break: _break,
        tree.Continue: _continue,
        tree.Try: _try,
        tree.Assertion: _assertion,
        tree.Panic: _panic,
        tree.Format: _format,
    },
)

RULES.update(ENTERED)
