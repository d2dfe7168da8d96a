"""Local type inference: one walk in source order, unifying; what stays open of integers is `i32`.

As in rustc, a method is looked up when its call is reached, so the receiver's type must be known
by then, and the arguments that are closures are looked at after the others. Conversions whose
result the context decides (`collect`, `into`, `sum`) leave a variable and a wish to be settled.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, cast

from autoform.frontends.rust import tree
from autoform.frontends.rust.env import Adt, Env, Scope, VariantInfo
from autoform.frontends.rust.methods import receiver_groups
from autoform.frontends.rust.names import Builtin, ConstName, FunctionName, Local, VariantName
from autoform.frontends.rust.paths import resolve_path
from autoform.frontends.rust.prelude import Signature, library
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.rust.types import (
    BOOL,
    CHAR,
    F64,
    INTEGERS,
    ORDERING,
    PRIMITIVES,
    RANGE_FULL,
    STR,
    UNIT,
    USIZE,
    Con,
    Mismatch,
    Ty,
    Var,
    iterator,
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


@dataclass(slots=True, eq=False)
class _LoopFrame:
    label: str | None
    result: Ty
    breaks: bool = False


class Infer:
    """The inference of one function, or of one expression beside it."""

    def __init__(self, env: Env, scope: Scope, name: str = "") -> None:
        """`name` is the function's, for those nested in it."""
        self.env = env
        self.scope = scope
        self.name = name
        self.locals: list[dict[str, Local]] = [{}]
        self.results: list[Ty] = []
        self.loops: list[_LoopFrame] = []
        self.wishes: list[Callable[[], bool]] = []
        self.consts: dict[str, tree.ConstItem] = {}
        self.contract_result: Ty | None = None

    # Names.

    def declare(self, name: str, ty: Ty, *, mutable: bool) -> Local:
        """Bind a name in the innermost block; what it hides stays hidden to its end."""
        local = Local(name, ty, mutable)
        self.locals[-1][name] = local
        return local

    def lookup(self, name: str) -> Local | None:
        """The local of that name."""
        for block in reversed(self.locals):
            if name in block:
                return block[name]
        return None

    # Unification with a place to blame.

    def same(self, one: Ty, other: Ty, node: tree.Tree) -> None:
        """Unify. Raises `Refusal`."""
        try:
            unify(one, other)
        except Mismatch as found:
            raise Refusal("type-mismatch", f"{found} cannot be the same type", node) from None

    def flows(self, actual: Ty, expected: Ty, node: tree.Tree) -> None:
        """A value where another type is expected: references give way, `Into` takes all."""
        expected = prune(expected)
        if type(expected) is Con and expected.name == "Into":
            item = self.item_of(actual, node)
            self.same(item, expected.args[0], node)
            return
        actual = prune(actual)
        if type(actual) is Con and actual.name == "fn" and type(expected) is Con:
            if expected.name == "fn" and len(actual.args) == len(expected.args):
                for one, other in zip(actual.args, expected.args, strict=True):
                    self.flows(one, other, node)
                return
        self.same(actual, expected, node)

    def settle(self) -> None:
        """Grant the wishes that what is known by now decides."""
        if self.wishes:
            self.wishes = [wish for wish in self.wishes if not wish()]

    def item_of(self, ty: Ty, node: tree.Tree) -> Ty:
        """What iterating over a value gives. Raises `Refusal`."""
        found = prune(ty)
        if type(found) is Var:
            self.settle()
            found = prune(found)
        is_mutable = type(found) is Con and found.name == "RefMut"
        found = strip(found)
        if type(found) is Con:
            match found.name, found.args:
                case "Seq" | "VecDeque" | "Option", (item,):
                    return mut_ref(item) if is_mutable else item
                case "Iter" | "Range" | "HashSet" | "BTreeSet" | "RangeFrom", (item,):
                    return item
                case "HashMap" | "BTreeMap", (key, value):
                    return Con("tuple", (key, mut_ref(value) if is_mutable else value))
                case _:
                    pass
        raise Refusal("unknown-type", f"`{show(ty)}` is not known to iterate", node)

    # Statements.

    def block(self, block: tree.Block, expected: Ty | None = None) -> Ty:
        """The type of a block."""
        self.locals.append({})
        leaves = False
        for statement in block.statements:
            self._statement(statement)
            self.settle()
            if isinstance(statement, tree.ExprStatement):
                leaves = leaves or diverges(statement.value)
        if block.tail is not None:
            found = self.expr(block.tail, expected)
        else:
            found = Var() if leaves else UNIT
        self.locals.pop()
        block.ty = found
        return found

    def _statement(self, statement: tree.Statement) -> None:
        match statement:
            case tree.Let():
                self.let(statement)
            case tree.ExprStatement(value=value):
                self.expr(value)
            case tree.ItemStatement(item=item):
                self._item(item)

    def _item(self, item: tree.Item) -> None:
        match item:
            case tree.ConstItem():
                ty = self.env.type(item.type, self.scope)
                if item.value is not None:
                    self.flows(self.expr(item.value, ty), ty, item)
                local = self.declare(item.name, ty, mutable=False)
                local.const = item
            case tree.UseItem() | tree.FunctionItem():
                return
            case _:
                raise Refusal("unsupported-syntax", "an item inside a function", item)

    def let(self, let: tree.Let) -> None:
        """Type a `let` and bind its names."""
        ty: Ty = Var()
        if let.type is not None:
            ty = self.env.type(let.type, self.scope, hole=True)
        if let.value is not None:
            found = self.expr(let.value, ty)
            if let.type is not None:
                self.flows(found, ty, let.value)
            else:
                ty = found
        self.settle()
        if let.orelse is not None:
            self.block(let.orelse)
        let.value_ty = ty
        self.pattern(let.pattern, ty)

    # Patterns.

    def pattern(self, pattern: tree.Pattern, ty: Ty, *, by_ref_mut: bool = False) -> None:
        """Match a pattern against a type, binding names."""
        found = prune(ty)
        if (
            type(found) is Con
            and found.name == "RefMut"
            and not isinstance(pattern, tree.BindPattern | tree.RefPattern | tree.WildPattern)
        ):
            by_ref_mut, ty = True, found.args[0]
        match pattern:
            case tree.WildPattern() | tree.RestPattern():
                return
            case tree.BindPattern():
                self._bind(pattern, ty, by_ref_mut=by_ref_mut)
            case tree.RefPattern(inner=inner):
                self.pattern(inner, strip(ty))
            case tree.TuplePattern(items=items):
                self._tuple_pattern(pattern, items, ty, by_ref_mut=by_ref_mut)
            case tree.LiteralPattern(value=value):
                self.same(self.expr(value, ty), strip(ty), pattern)
            case tree.RangePattern(low=low, high=high):
                for bound in (low, high):
                    if bound is not None:
                        self.same(self.expr(bound, ty), strip(ty), pattern)
            case tree.OrPattern(items=items):
                self._or_pattern(items, ty, by_ref_mut=by_ref_mut)
            case tree.PathPattern(path=path):
                pattern.target = resolve_path(self, path)
                self._variant(pattern.target, ty, pattern)
            case tree.TupleStructPattern(path=path, items=items):
                pattern.target = resolve_path(self, path)
                types = self._variant(pattern.target, ty, pattern)
                self._items(items, types, pattern, by_ref_mut=by_ref_mut)
            case tree.StructPattern(path=path, fields=fields):
                pattern.target = resolve_path(self, path, is_type=True)
                types = self._variant(pattern.target, ty, pattern)
                shape = _shape(pattern.target)
                for name, inner in fields:
                    place = _field_place(shape, name, pattern)
                    self.pattern(inner, types[place], by_ref_mut=by_ref_mut)
            case tree.SlicePattern(items=items):
                item: Ty = Var()
                self.same(strip(ty), seq(item), pattern)
                for inner in items:
                    is_rest = isinstance(inner, tree.RestPattern) or (
                        isinstance(inner, tree.BindPattern)
                        and isinstance(inner.sub, tree.RestPattern)
                    )
                    self.pattern(inner, seq(item) if is_rest else item, by_ref_mut=by_ref_mut)

    def _bind(self, pattern: tree.BindPattern, ty: Ty, *, by_ref_mut: bool) -> None:
        if not (pattern.mutable or pattern.sub) and pattern.name[0].isupper():
            path = tree.Path(pattern.start, pattern.end, (pattern.name,))
            target = resolve_path(self, path, quiet=True)
            if isinstance(target, VariantName | ConstName | Builtin):
                pattern.target = target
                self._variant(target, ty, pattern)
                return
        if pattern.sub is not None:
            self.pattern(pattern.sub, ty, by_ref_mut=by_ref_mut)
        is_ref = by_ref_mut or pattern.by_ref_mut
        bound = mut_ref(ty) if is_ref else ty
        pattern.target = self.declare(pattern.name, bound, mutable=pattern.mutable)

    def _or_pattern(self, items: tuple[tree.Pattern, ...], ty: Ty, *, by_ref_mut: bool) -> None:
        """All alternatives bind the same names: they share the locals of the first."""
        before = dict(self.locals[-1])
        self.pattern(items[0], ty, by_ref_mut=by_ref_mut)
        bound = {n: loc for n, loc in self.locals[-1].items() if before.get(n) is not loc}
        for item in items[1:]:
            self.pattern(item, ty, by_ref_mut=by_ref_mut)
            for name, local in bound.items():
                self.same(self.locals[-1][name].ty, local.ty, item)
                self.locals[-1][name].shared = local
        self.locals[-1].update(bound)

    def _tuple_pattern(
        self, pattern: tree.Pattern, items: tuple[tree.Pattern, ...], ty: Ty, *, by_ref_mut: bool
    ) -> None:
        found = strip(ty)
        if type(found) is Var:
            if any(isinstance(item, tree.RestPattern) for item in items):
                raise Refusal("unknown-type", "the type of this tuple is not known", pattern)
            fresh = Con("tuple", tuple(Var() for _ in items))
            self.same(found, fresh, pattern)
            found = fresh
        if found.name != "tuple":
            raise Refusal("type-mismatch", f"`{show(ty)}` is no tuple", pattern)
        self._items(items, found.args, pattern, by_ref_mut=by_ref_mut)

    def _items(
        self,
        items: tuple[tree.Pattern, ...],
        types: tuple[Ty, ...],
        node: tree.Tree,
        *,
        by_ref_mut: bool,
    ) -> None:
        for place, inner in places_of(items, len(types), node):
            self.pattern(inner, types[place], by_ref_mut=by_ref_mut)

    def _variant(self, target: object, ty: Ty, node: tree.Tree) -> tuple[Ty, ...]:
        """Unify with the type of a variant; the types of its payload."""
        match target:
            case VariantName(adt=adt, shape=shape):
                whole, types = self.instance(adt, shape)
                self.same(strip(ty), whole, node)
                return types
            case ConstName(ty=const_ty):
                self.same(strip(ty), const_ty, node)
                return ()
            case Builtin(name="Some"):
                item: Ty = Var()
                self.same(strip(ty), option(item), node)
                return (item,)
            case Builtin(name="None"):
                self.same(strip(ty), option(Var()), node)
                return ()
            case Builtin(name="Ok" | "Err" as name):
                ok: Ty = Var()
                err: Ty = Var()
                self.same(strip(ty), Con("Result", (ok, err)), node)
                return (ok if name == "Ok" else err,)
            case Builtin(name="Less" | "Equal" | "Greater"):
                self.same(strip(ty), ORDERING, node)
                return ()
            case Builtin(ty=known) if known is not None:
                self.same(strip(ty), known, node)
                return ()
            case _:
                raise Refusal("unsupported-syntax", "this pattern is not of the subset", node)

    def instance(self, adt: Adt, shape: VariantInfo) -> tuple[Con, tuple[Ty, ...]]:
        """A struct or variant at fresh types: the type of the whole, those of the fields."""
        if not adt.generics:
            return adt.type, shape.types
        fresh: dict[str, Ty] = {f"#{name}": Var() for name in adt.generics}
        whole = substitute(adt.type, fresh)
        assert type(whole) is Con
        return whole, tuple(substitute(ty, fresh) for ty in shape.types)

    # Expressions.

    def expr(self, node: tree.Expr, expected: Ty | None = None) -> Ty:
        """The type of an expression, also written into it. Raises `Refusal`."""
        found = _INFER[type(node)](self, node, expected)
        node.ty = found
        return found

    def known(self, ty: Ty) -> Ty:
        """The type behind references, after wishes are granted if need be."""
        found = strip(ty)
        if type(found) is Var and not found.kind:
            self.settle()
            found = strip(found)
        return found

    def call_signature(
        self,
        signature: Signature,
        args: tuple[tree.Expr, ...],
        node: tree.Tree,
        bindings: dict[str, Ty] | None = None,
        receiver: Ty | None = None,
    ) -> Ty:
        """Arguments against a signature at fresh types: closures after all others."""
        fresh: dict[str, Ty] = {name: Var() for name in signature.generics}
        fresh.update(bindings or {})
        params = [substitute(param, fresh) for param in signature.params]
        if receiver is not None:
            self.same(strip(receiver), params.pop(0), node)
        if len(params) != len(args):
            message = f"{len(params)} arguments are expected, not {len(args)}"
            raise Refusal("type-mismatch", message, node)
        late: list[tuple[tree.Expr, Ty]] = []
        for arg, param in zip(args, params, strict=True):
            if isinstance(arg, tree.Closure):
                late.append((arg, param))
            else:
                self.flows(self.expr(arg, param), param, arg)
        for arg, param in late:
            self.flows(self.expr(arg, param), param, arg)
        return substitute(signature.result, fresh)


def _shape(target: object) -> VariantInfo:
    assert isinstance(target, VariantName)
    return target.shape


def _field_place(shape: VariantInfo, name: str, node: tree.Tree) -> int:
    wanted = f"_{name}" if name.isdigit() else name
    if wanted not in shape.fields:
        raise Refusal("unknown-name", f"`{shape.name}` has no field `{name}`", node)
    return shape.fields.index(wanted)


def places_of(
    items: tuple[tree.Pattern, ...], count: int, node: tree.Tree
) -> list[tuple[int, tree.Pattern]]:
    """Which place each item of a tuple pattern is at, `..` taken into account."""
    rests = [n for n, item in enumerate(items) if isinstance(item, tree.RestPattern)]
    if not rests:
        if len(items) != count:
            raise Refusal("type-mismatch", f"{count} items are matched by {len(items)}", node)
        return list(enumerate(items))
    at = rests[0]
    after = len(items) - at - 1
    return [
        *enumerate(items[:at]),
        *((count - after + n, item) for n, item in enumerate(items[at + 1 :])),
    ]


def diverges(node: tree.Expr) -> bool:
    """Whether control surely does not come out at the end of an expression."""
    match node:
        case tree.Return() | tree.Break() | tree.Continue() | tree.Panic():
            return True
        case tree.Block(statements=statements, tail=tail, label=None):
            inside = any(
                isinstance(s, tree.ExprStatement) and diverges(s.value) for s in statements
            )
            return inside or (tail is not None and diverges(tail))
        case tree.If(then=then, orelse=orelse):
            return orelse is not None and diverges(then) and diverges(orelse)
        case tree.Match(arms=arms):
            return bool(arms) and all(diverges(arm.value) for arm in arms)
        case tree.Loop():
            return not _breaks(node.body, node.label)
        case _:
            return False


def _breaks(body: tree.Tree, label: str | None) -> bool:
    """Whether a `break` leaves this loop."""
    pending: list[tuple[object, bool]] = [(body, True)]
    while pending:
        node, own = pending.pop()
        match node:
            case tree.Break(label=named):
                if (named is None and own) or (named is not None and named == label):
                    return True
            case tree.Closure():
                continue
            case tree.Loop() | tree.While() | tree.For():
                own = False
            case _:
                pass
        pending.extend((child, own) for child in tree_children(node))
    return False


def tree_children(node: object) -> list[object]:
    """The nodes directly inside a node."""
    found: list[object] = []
    names = [n for base in type(node).__mro__ for n in getattr(base, "__slots__", ())]
    for name in names:
        if name in {"ty", "target", "extra", "value_ty", "start", "end"}:
            continue
        value = getattr(node, name, None)
        stack = [value]
        while stack:
            each = stack.pop()
            if isinstance(each, tree.Tree):
                found.append(each)
            elif isinstance(each, tuple | list):
                stack.extend(each)
    return found


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
        return _operator_call(infer, node, "neg" if node.op == "-" else "not", node.value, ())
    return inner


def _borrow(infer: Infer, node: tree.Borrow, expected: Ty | None) -> Ty:
    wanted = strip(expected) if expected is not None else None
    found = infer.expr(node.value, wanted)
    pruned = prune(found)
    if node.mutable and not (type(pruned) is Con and pruned.name == "RefMut"):
        return mut_ref(found)
    return found


def _operator_call(
    infer: Infer,
    node: tree.Unary | tree.Binary | tree.Assign,
    method: str,
    receiver: tree.Expr,
    args: tuple[tree.Expr, ...],
) -> Ty:
    """An operator on a type of the file: the method of its `impl`."""
    ty = cast(Con, infer.known(receiver.ty))
    name = f"{ty.name[1:]}.{method}"
    entry = infer.env.items.functions.get(name)
    if entry is None:
        message = f"`{show(ty)}` has no operator that is lifted here"
        raise Refusal("unsupported-operator", message, node)
    signature = infer.env.signature(entry)
    node.target = FunctionName(name, signature)
    fresh: dict[str, Ty] = {generic: Var() for generic in signature.generics}
    params = [substitute(param, fresh) for param in signature.params]
    for arg, param in zip((receiver, *args), params, strict=True):
        infer.flows(arg.ty, param, arg)
    return substitute(signature.result, fresh)


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
            return _operator_call(infer, node, OPERATOR_METHODS[op], node.left, (node.right,))
        return found
    known = infer.known(left)
    right = infer.expr(node.right, known)
    if type(known) is Con and known.name.startswith("@") and op not in _COMPARISONS:
        return _operator_call(infer, node, OPERATOR_METHODS[op], node.left, (node.right,))
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
        _operator_call(infer, node, name, node.left, (node.right,))
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


def _call(infer: Infer, node: tree.Call, expected: Ty | None) -> Ty:
    function = node.function
    if not isinstance(function, tree.Path):
        if isinstance(function, tree.Closure):
            raise Refusal("higher-order-value", "a closure is called in place", node)
        raise Refusal("higher-order-value", "a computed function is called", node)
    target = resolve_path(infer, function)
    function.target = target
    match target:
        case Local(ty=ty):
            return _call_local(infer, node, ty)
        case FunctionName(signature=signature):
            bindings = _explicit(infer, function, signature, target)
            return infer.call_signature(signature, node.args, node, bindings)
        case VariantName(adt=adt, shape=shape):
            whole, types = infer.instance(adt, shape)
            if len(types) != len(node.args):
                raise Refusal("type-mismatch", f"`{shape.name}` takes {len(types)} values", node)
            for arg, ty in zip(node.args, types, strict=True):
                infer.flows(infer.expr(arg, ty), ty, arg)
            return whole
        case Builtin(signature=None):
            return _call_constructor(infer, node, target, expected)
        case Builtin(signature=signature):
            assert signature is not None
            if signature.has_self and node.args:
                receiver, *rest = node.args
                method = tree.MethodCall(
                    node.start, node.end, receiver, target.name, (), tuple(rest), function
                )
                function.target = method
                method.ty = _method(infer, method, expected)
                return method.ty
            return _call_library(infer, node, target, signature)
        case _:
            raise Refusal("higher-order-value", "this is not a function of the subset", function)


def _explicit(
    infer: Infer, path: tree.Path, signature: Signature, target: FunctionName
) -> dict[str, Ty]:
    """Type arguments written in the path: `f::<u8>`, `Stack::<u8>::new`."""
    found: dict[str, Ty] = dict(target.bindings)
    own = [name for name in signature.generics if name not in found]
    for name, written in zip(own, path.generics, strict=False):
        found[name] = infer.env.type(written, infer.scope, hole=True)
    return found


def _call_local(infer: Infer, node: tree.Call, ty: Ty) -> Ty:
    found = infer.known(ty)
    result: Ty = Var()
    if type(found) is Con and found.name == "fn" and len(found.args) == len(node.args) + 1:
        for arg, param in zip(node.args, found.args[:-1], strict=True):
            infer.flows(infer.expr(arg, param), param, arg)
        return found.args[-1]
    args = tuple(infer.expr(arg) for arg in node.args)
    infer.same(found, Con("fn", (*args, result)), node)
    return result


def _call_constructor(infer: Infer, node: tree.Call, target: Builtin, expected: Ty | None) -> Ty:
    if len(node.args) != 1 or target.name not in {"Some", "Ok", "Err"}:
        raise Refusal("unsupported-builtin", f"`{target.name}` is not called so", node)
    wanted = prune(expected) if expected is not None else None
    inner: Ty | None = None
    if type(wanted) is Con and wanted.name in {"Option", "Result"}:
        inner = wanted.args[1 if target.name == "Err" else 0]
    found = infer.expr(node.args[0], inner)
    match target.name:
        case "Some":
            return option(found)
        case "Ok":
            return Con("Result", (found, Var()))
        case _:
            return Con("Result", (Var(), found))


def _call_library(infer: Infer, node: tree.Call, target: Builtin, signature: Signature) -> Ty:
    if signature.key in {"Contract.old", "Contract.implies"} and infer.contract_result is None:
        raise Refusal("unknown-name", f"`{target.name}` stands only in contracts", node)
    if target.name == "from" and len(node.args) == 1:
        infer.expr(node.args[0])
        result = target.bindings["#Self"]
        group = target.key.split(".")[0]
        if group in {"Seq", "VecDeque", "HashSet", "BTreeSet", "HashMap", "BTreeMap"}:
            _link_collection(infer, node.args[0], result)
        return result
    return infer.call_signature(signature, node.args, node, target.bindings)


def _link_collection(infer: Infer, arg: tree.Expr, result: Ty) -> None:
    """`Vec::from(xs)`, `HashSet::from([…])`: the items are those of the argument."""
    found, known = infer.known(arg.ty), infer.known(result)
    assert type(known) is Con
    if type(found) is Con and found.name == "Str":
        infer.same(known, seq(PRIMITIVES["u8"]), arg)
        return
    item = infer.item_of(found, arg)
    if known.name in {"HashMap", "BTreeMap"}:
        infer.same(Con("tuple", known.args), item, arg)
    else:
        infer.same(known.args[0], item, arg)


def _method(infer: Infer, node: tree.MethodCall, expected: Ty | None) -> Ty:
    receiver = infer.expr(node.receiver)
    known = infer.known(receiver)
    if type(known) is Con and known.name.startswith("@"):
        found = _user_method(infer, node, known)
        if found is not None:
            return found
    for group in receiver_groups(known):
        signature = library()[group].get(node.name)
        if signature is not None and signature.has_self:
            return _library_method(infer, node, known, signature, expected)
    if type(known) is Var and not known.kind:
        message = f"the type that has `{node.name}` is not known here"
        raise Refusal(
            "unknown-type", message, node.receiver, "annotate it, for example `let x: u32`"
        )
    message = f"`{node.name}` of `{show(known)}` is outside the lifted subset"
    raise Refusal("unsupported-method", message, node.name_at)


def _user_method(infer: Infer, node: tree.MethodCall, known: Con) -> Ty | None:
    name = f"{known.name[1:]}.{node.name}"
    entry = infer.env.items.functions.get(name)
    if entry is None:
        for unread, refusal in infer.env.items.unread:
            if unread == name:
                message = f"`{name}` was not lifted: {refusal.message}"
                raise Refusal("calls-refused-function", message, node.name_at)
        if node.name in {"clone", "eq", "ne", "to_owned", "borrow", "as_ref", "into"}:
            return None
        message = f"`{node.name}` of `{show(known)}` is outside the lifted subset"
        raise Refusal("unsupported-method", message, node.name_at)
    signature = infer.env.signature(entry)
    if not signature.has_self:
        raise Refusal("unsupported-method", f"`{name}` has no receiver", node.name_at)
    node.target = FunctionName(name, signature)
    return infer.call_signature(signature, node.args, node, receiver=known)


def _library_method(
    infer: Infer, node: tree.MethodCall, known: Ty, signature: Signature, expected: Ty | None
) -> Ty:
    from autoform.frontends.rust.special import SPECIAL  # it extends this module

    node.target = Builtin(node.name, signature.key, signature)
    bindings: dict[str, Ty] = {"#Self": known}
    receiver: Ty = known
    head = signature.key.split(".")[0]
    if type(known) is Con:
        if known.name in INTEGERS:
            bindings["#Unsigned"] = PRIMITIVES["u" + known.name[1:]]
            bindings["#Signed"] = PRIMITIVES["i" + known.name[1:]]
        if head == "Iter" and known.name != "Iter":
            receiver = iterator(infer.item_of(node.receiver.ty, node.receiver))
            bindings["#Self"] = receiver
    special = SPECIAL.get(signature.key)
    if special is not None:
        return special(infer, node, receiver, expected)
    return infer.call_signature(signature, node.args, node, bindings, receiver)


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
                place = _field_place(shape, node.name, node)
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
        ty = types[_field_place(target.shape, name, node)]
        infer.flows(infer.expr(value, ty), ty, value)
    if node.base is not None:
        infer.flows(infer.expr(node.base, whole), whole, node.base)
    return whole


def _block(infer: Infer, node: tree.Block, expected: Ty | None) -> Ty:
    if node.label is None:
        return infer.block(node, expected)
    raise Refusal("unsupported-syntax", "a labelled block", node, "use a loop that breaks at once")


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
    infer.loops.append(_LoopFrame(node.label, UNIT))
    infer.block(node.body)
    infer.loops.pop()
    infer.locals.pop()
    return UNIT


def _loop(infer: Infer, node: tree.Loop, _: Ty | None) -> Ty:
    frame = _LoopFrame(node.label, Var())
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
    infer.loops.append(_LoopFrame(node.label, UNIT))
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


def _frame(infer: Infer, label: str | None, node: tree.Tree) -> _LoopFrame:
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


_Rule = Callable[[Infer, tree.Expr, Ty | None], Ty]
_INFER: Final[dict[type, _Rule]] = cast(
    "dict[type, _Rule]",
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
        tree.Call: _call,
        tree.MethodCall: _method,
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
