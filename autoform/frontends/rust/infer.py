"""Local type inference: one walk in source order, unifying; what stays open of integers is `i32`.

As in rustc, a method is looked up when its call is reached, so the receiver's type must be known
by then, and the arguments that are closures are looked at after the others. Conversions whose
result the context decides (`collect`, `into`, `sum`) leave a variable and a wish to be settled.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from autoform.frontends.rust import tree
from autoform.frontends.rust.env import Adt, Env, Scope, VariantInfo
from autoform.frontends.rust.names import Builtin, ConstName, Local, VariantName
from autoform.frontends.rust.paths import resolve_path
from autoform.frontends.rust.prelude import Signature
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.rust.types import (
    ORDERING,
    UNIT,
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


@dataclass(slots=True, eq=False)
class LoopFrame:
    """A loop around the expression: its label, and the type of `break`'s value."""

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
        self.loops: list[LoopFrame] = []
        self.wishes: list[Callable[[], bool]] = []
        self.consts: dict[str, tree.ConstItem] = {}
        self.contract_result: Ty | None = None
        self.uses = env.items.uses

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
        if type(actual) is Con and type(expected) is Con and actual.name == expected.name == "fn":
            if len(actual.args) != len(expected.args):
                raise Refusal("type-mismatch", f"`{show(actual)}` and `{show(expected)}`", node)
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
            case tree.UseItem(names=names):
                self.uses = {**self.uses, **dict(names)}
            case tree.FunctionItem():
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

    def pattern(  # noqa: C901 - one case per kind of pattern
        self, pattern: tree.Pattern, ty: Ty, *, by_ref_mut: bool = False
    ) -> None:
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
                    place = field_place(shape, name, pattern)
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
        assert type(found) is Con
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
        found = RULES[type(node)](self, node, expected)
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


def field_place(shape: VariantInfo, name: str, node: tree.Tree) -> int:
    """Which field of a struct or variant a name is. Raises `Refusal`."""
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
        case tree.Block(statements=statements, tail=tail):
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


Rule: TypeAlias = Callable[[Infer, tree.Expr, Ty | None], Ty]
RULES: Final[dict[type, Rule]] = {}
"""How each kind of expression is typed; `infer_exprs` enters itself."""
