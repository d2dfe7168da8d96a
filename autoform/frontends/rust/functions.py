"""One function of a file as a function of the IR."""

from __future__ import annotations

from functools import partial

from autoform.frontends.rust import adaptors, infer_exprs, lower_effects, lower_match, tree
from autoform.frontends.rust.building import NeedsStatements
from autoform.frontends.rust.env import Env, Scope
from autoform.frontends.rust.infer import Infer, diverges
from autoform.frontends.rust.library import FAMILIES
from autoform.frontends.rust.lower_control import block_into
from autoform.frontends.rust.lower_exprs import lower
from autoform.frontends.rust.lower_loops import loop_into
from autoform.frontends.rust.lower_patterns import bind
from autoform.frontends.rust.lowering import DISCARD, RETURN, Lower
from autoform.frontends.rust.names import Local
from autoform.frontends.rust.places import Place
from autoform.frontends.rust.prelude import Signature
from autoform.frontends.rust.read_items import FunctionEntry
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.rust.types import Con, Ty, mut_ref, show
from autoform.ir import exprs as ir
from autoform.ir import stmts
from autoform.ir.decls import ConstDecl, Function, Language, Param
from autoform.ir.traversal import MAX_DEPTH, depth
from autoform.ir.types import UNIT

_ENTERED = (FAMILIES, adaptors, infer_exprs, loop_into, lower_effects, lower_match)
"""Imported because they enter what they lower in tables of `lower_exprs`."""


class FunctionLift:
    """What lifting one function knows: types, names, and the IR so far."""

    def __init__(self, env: Env, entry: FunctionEntry) -> None:
        """Raises `Refusal` for a signature outside the subset."""
        self.env = env
        self.entry = entry
        self.item = entry.item
        self.scope: Scope = env.scope_of(entry.item, entry.impl)
        self.signature: Signature = env.signature(entry)
        self.locals: dict[str, Local] = {}
        self.params: list[Param] = []
        self.low = Lower(env, self.scope, entry.name, set())

    def lift(self) -> Function:
        """The function. Raises `Refusal`."""
        item = self.item
        if item.body is None:
            raise Refusal("unsupported-syntax", "a function without a body", item.name_at)
        self._check_signature()
        infer = Infer(self.env, self.scope, self.entry.name)
        self._infer_params(infer)
        result = self.signature.result
        infer.results.append(result)
        found = infer.block(item.body, result)
        if not diverges(item.body):
            infer.flows(found, result, item.body.tail or item.name_at)
        infer.settle()
        return self._lowered(item.body)

    def _check_signature(self) -> None:
        for param in self.item.generics:
            if param.const:
                raise Refusal("unsupported-type", "a const parameter", param, "use a concrete size")
        for ty, written in zip(self.signature.params, self.item.params, strict=True):
            _check_value(ty, written)
        _check_value(self.signature.result, self.item.result or self.item.name_at)

    def _infer_params(self, infer: Infer) -> None:
        signature = self.signature
        for param, ty, mutable in zip(
            self.item.params, signature.params, signature.mutable, strict=True
        ):
            infer.pattern(param.pattern, mut_ref(ty) if mutable else ty)

    def _lowered(self, body: tree.Block) -> Function:
        low = self.low
        low.result_type = low.type(self.signature.result, self.item.name_at)
        low.taken.update(_names(param.pattern) for param in self.item.params)
        low.taken.discard("")
        late = [self._param(low, at) for at in range(len(self.item.params))]
        for pattern, place in late:
            if pattern is not None:
                bind(low, pattern, place)
        try:
            block_into(low, body, DISCARD if low.result_type == UNIT else RETURN)
        except NeedsStatements as found:
            raise _needs_statements(found, body) from None
        function = self._function(low, low.out.done)
        if depth(function) > MAX_DEPTH:
            message = f"`{self.entry.name}` nests too deeply"
            raise Refusal("too-deeply-nested", message, self.item.name_at)
        return function

    def _param(self, low: Lower, at: int) -> tuple[tree.Pattern | None, Place]:
        """Enter a parameter; a pattern is taken apart once all have their names."""
        param = self.item.params[at]
        ty, mutable = self.signature.params[at], self.signature.mutable[at]
        pattern = param.pattern
        plain = isinstance(pattern, tree.BindPattern) and pattern.sub is None
        if isinstance(pattern, tree.BindPattern) and pattern.name != "_":
            name = pattern.name
        else:
            name = low.fresh(f"arg{at}")
        type_ = low.type(ty, param.type)
        variable = ir.Var(name, type_, span=low.span(param))
        span = low.span(param)
        host = self.env.syntax.data[param.type.start : param.type.end].decode()
        self.params.append(Param(name, type_, inout=mutable, host=host, span=span))
        if isinstance(pattern, tree.BindPattern) and plain:
            local = pattern.target
            assert isinstance(local, Local)
            local.bound = Place(variable) if mutable else variable
            if not (mutable or pattern.mutable):
                low.frozen.add(name)
            self.locals[name] = local
            return None, Place(variable)
        low.frozen.add(name)
        return pattern, Place(variable)

    def _function(self, low: Lower, body: stmts.Block) -> Function:
        item = self.item
        result = low.result_type
        assert result is not None
        written = item.result
        host = "" if written is None else self.env.syntax.data[written.start : written.end].decode()
        return Function(
            name=self.entry.name,
            params=tuple(self.params),
            result=result,
            body=body,
            type_params=tuple(name[1:] for name in self.signature.generics),
            language=Language.RUST,
            host_result=host,
            doc=item.doc,
            span=self.env.syntax.span(item.start, item.end),
        )


def _names(pattern: tree.Pattern) -> str:
    return pattern.name if isinstance(pattern, tree.BindPattern) else ""


def _check_value(ty: Ty, node: tree.Tree) -> None:
    """Parameters and results are values: no functions, no iterators, no references inside."""
    if type(ty) is not Con:
        return
    if ty.name == "fn":
        raise Refusal("higher-order-value", f"`{show(ty)}` is passed in", node)
    if ty.name in {"Iter", "Range"}:
        raise Refusal("unsupported-type", "an iterator is passed in or out", node, "use a slice")
    if ty.name == "RefMut":
        raise Refusal("mutable-borrow", "a mutable reference inside a value or result", node)
    for arg in ty.args:
        _check_value(arg, node)


def _needs_statements(found: NeedsStatements, node: tree.Tree) -> Refusal:
    place = found.place if isinstance(found.place, tree.Tree) else node
    message = "a change or a jump where only an expression can stand"
    return Refusal("unsupported-syntax", message, place, "do it in a statement of its own")


def lift_const(env: Env, name: str, item: tree.ConstItem) -> ConstDecl:
    """A constant. Raises `Refusal`."""
    owner = name.partition("::")[0] if "::" in name else ""
    scope = Scope()
    if owner in env.adts and not env.adts[owner].generics:
        scope.self_type = env.adts[owner].type
    if item.value is None:
        raise Refusal("unsupported-syntax", "a constant without a value", item)
    ty = env.type(item.type, scope)
    infer = Infer(env, scope)
    infer.flows(infer.expr(item.value, ty), ty, item)
    infer.settle()
    low = Lower(env, scope, name, set())
    type_ = low.type(ty, item)
    try:
        value = low.pure(partial(lower, low, item.value))
    except NeedsStatements as found:
        raise _needs_statements(found, item) from None
    if depth(value) > MAX_DEPTH:
        raise Refusal("too-deeply-nested", "the constant nests too deeply", item)
    return ConstDecl(name.replace("::", "_"), type_, value, span=low.span(item))
