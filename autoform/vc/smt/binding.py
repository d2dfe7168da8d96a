"""z3's Python binding, with less between a call and the solver's library.

The binding passes every argument through a function that returns it, asks the library after every
call whether it failed, and checks all arguments before. Building terms is mostly that. Here calls
that only read a term that exists, or count a reference to it, go straight to the library: they
cannot fail. Whatever makes a term is still asked about, and raises `Z3Exception` where sorts do not
fit; so do the coercions, which say nothing of it without the binding's checks.

Done once, when the package is imported, and for the whole process: there is no other way to tell
the binding.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any, Final

import z3
from z3 import z3core, z3types

_READERS: Final = frozenset(
    {"Z3_inc_ref", "Z3_dec_ref", "Z3_get_ast_id", "Z3_get_ast_kind", "Z3_get_ast_hash"}
    | {"Z3_is_eq_ast", "Z3_is_eq_sort", "Z3_get_sort", "Z3_get_sort_kind"}
    | {"Z3_is_finite_set_sort", "Z3_sort_to_ast", "Z3_func_decl_to_ast", "Z3_is_numeral_ast"}
    | {"Z3_get_app_num_args", "Z3_get_app_arg", "Z3_get_app_decl", "Z3_get_decl_kind"}
    | {"Z3_get_quantifier_body", "Z3_get_func_decl_id", "Z3_mk_int_sort", "Z3_mk_bool_sort"}
    | {"Z3_stats_inc_ref", "Z3_stats_dec_ref", "Z3_stats_size", "Z3_stats_get_uint_value"}
    | {"Z3_solver_get_statistics"}
)
"""Functions that cannot fail on handles of the kind that their names say."""


def hasten() -> None:
    """Call readers without a wrapper, let arguments pass, leave checks to the library."""
    for kind in vars(z3types).values():
        if isinstance(kind, type) and "from_param" in vars(kind):
            delattr(kind, "from_param")  # the one that it inherits does the same, and is no Python
    for name, wrapper in list(vars(z3core).items()):
        defaults = getattr(wrapper, "__defaults__", None)
        if not name.startswith("Z3_") or not defaults:
            continue
        function = defaults[-1].f
        if name in _READERS:
            function.argtypes = None
            for module in (z3core, z3.z3):
                setattr(module, name, function)
        else:
            function.argtypes = function.argtypes  # looks its kinds of arguments up again
    z3.AstRef.__init__ = _referred
    z3.AstRef.__del__ = _released
    z3.ExprRef.num_args, z3.ExprRef.arg = _count, _argument
    z3.ExprRef.decl, z3.ExprRef.kind, z3.ExprRef.children = _symbol, _kind, _children
    z3.z3._to_expr_ref = _typed  # noqa: SLF001 - makes terms everywhere in the binding
    z3.FuncDeclRef.__call__ = _applied
    z3.And, z3.Or = _joining(z3.And, z3core.Z3_mk_and), _joining(z3.Or, z3core.Z3_mk_or)
    z3.z3.Z3_DEBUG = False
    z3.z3._ctx_from_ast_arg_list = _common_context  # noqa: SLF001 - what it checks is vital
    for owner, name in ((z3.z3, "_coerce_expr_merge"), (z3.ArithSortRef, "cast")):
        setattr(owner, name, _fitting(getattr(owner, name)))


def _referred(term: z3.AstRef, ast: ctypes.c_void_p, ctx: z3.Context | None = None) -> None:
    """Take hold of a handle: every kind of them is one to the library."""
    term.ast = ast
    term.ctx = context = z3.main_ctx() if ctx is None else ctx
    z3core.Z3_inc_ref(context.ctx, ast)


def _released(term: z3.AstRef) -> None:
    """Let go of it, unless all is gone already, as it is when the interpreter ends."""
    release = getattr(z3core, "Z3_dec_ref", None)
    if term.ast is not None and term.ctx.ctx is not None and release is not None:
        release(term.ctx.ctx, term.ast)
        term.ast = None


_APPLICATIONS: Final = frozenset({z3.Z3_APP_AST, z3.Z3_NUMERAL_AST})


def _is_application(term: z3.ExprRef) -> bool:
    return z3core.Z3_get_ast_kind(term.ctx.ctx, term.ast) in _APPLICATIONS


def _demand_application(term: z3.ExprRef) -> None:
    """The library reads what is no application as if it were one."""
    if not _is_application(term):
        raise z3.Z3Exception("an application is expected")


def _count(term: z3.ExprRef) -> int:
    _demand_application(term)
    return int(z3core.Z3_get_app_num_args(term.ctx.ctx, term.ast))


def _argument(term: z3.ExprRef, place: int) -> z3.ExprRef:
    if not 0 <= place < _count(term):
        raise z3.Z3Exception(f"there is no argument {place}")
    return _typed(z3core.Z3_get_app_arg(term.ctx.ctx, term.ast, place), term.ctx)


def _symbol(term: z3.ExprRef) -> z3.FuncDeclRef:
    _demand_application(term)
    return z3.FuncDeclRef(z3core.Z3_get_app_decl(term.ctx.ctx, term.ast), term.ctx)


def _kind(term: z3.ExprRef) -> int:
    _demand_application(term)
    context = term.ctx.ctx
    return int(z3core.Z3_get_decl_kind(context, z3core.Z3_get_app_decl(context, term.ast)))


def _children(term: z3.ExprRef) -> list[z3.ExprRef]:
    if not _is_application(term):
        return []
    context, ast = term.ctx.ctx, term.ast
    count = z3core.Z3_get_app_num_args(context, ast)
    return [_typed(z3core.Z3_get_app_arg(context, ast, place), term.ctx) for place in range(count)]


_plainly_typed: Final = z3.z3._to_expr_ref  # noqa: SLF001 - the only one that knows all sorts
_plainly_applied: Final = z3.FuncDeclRef.__call__
_CLASSES: Final = {
    (z3.Z3_APP_AST, z3.Z3_BOOL_SORT): z3.BoolRef,
    (z3.Z3_APP_AST, z3.Z3_INT_SORT): z3.ArithRef,
    (z3.Z3_NUMERAL_AST, z3.Z3_INT_SORT): z3.IntNumRef,
    (z3.Z3_APP_AST, z3.Z3_ARRAY_SORT): z3.ArrayRef,
    (z3.Z3_APP_AST, z3.Z3_DATATYPE_SORT): z3.DatatypeRef,
}


def _typed(ast: ctypes.c_void_p, context: z3.Context) -> z3.ExprRef:
    """A term of the class of its sort."""
    ref = context.ctx
    kind = z3core.Z3_get_ast_kind(ref, ast)
    sort = z3core.Z3_get_sort_kind(ref, z3core.Z3_get_sort(ref, ast))
    found = _CLASSES.get((kind, sort))
    return _plainly_typed(ast, context) if found is None else found(ast, context)


def _applied(symbol: z3.FuncDeclRef, *args: Any) -> z3.ExprRef:  # noqa: ANN401 - terms or numbers
    """An application; the binding itself makes what does not fit as it is fit, or refuses it.

    The library must not be asked then: it would round a real where an integer is wanted.
    """
    if not args or not all(isinstance(arg, z3.ExprRef) for arg in args):
        return _plainly_applied(symbol, *args)
    ref = symbol.ctx.ctx
    for arg in args:
        _demand_context(symbol.ctx, arg)
    if [z3core.Z3_get_sort(ref, arg.ast).value for arg in args] != _domain(symbol):
        return _plainly_applied(symbol, *args)
    handles = (z3.Ast * len(args))(*(arg.ast for arg in args))
    return _typed(z3core.Z3_mk_app(ref, symbol.ast, len(args), handles), symbol.ctx)


def _domain(symbol: z3.FuncDeclRef) -> list[int]:
    """Where the sorts that a symbol takes are; kept with it, as it keeps them."""
    found: list[int] | None = vars(symbol).get("domain_of_handles")
    if found is None:
        ref, count = symbol.ctx.ctx, symbol.arity()
        found = [z3core.Z3_get_domain(ref, symbol.ast, place).value for place in range(count)]
        symbol.domain_of_handles = found
    return found


def _demand_context(context: z3.Context, term: z3.AstRef) -> None:
    """The library takes a handle of another context for one of its own."""
    if term.ctx is not context:
        raise z3.Z3Exception("the terms are of two contexts")


def _common_context(terms: Sequence[Any], default: z3.Context | None = None) -> z3.Context | None:
    """The one context of all terms."""
    known: list[Any] = [term for term in terms if isinstance(term, z3.AstRef | z3.Probe)]
    for term in known:
        _demand_context(known[0].ctx, term)
    return known[0].ctx if known else default


def _joining(plainly: Any, make: Any) -> Any:  # noqa: ANN401 - functions of a library without types
    """`And` or `Or`, quickly where all parts are formulas."""

    def joined(*args: Any) -> Any:  # noqa: ANN401 - as the binding has it
        parts = args[0] if len(args) == 1 and isinstance(args[0], list | tuple) else args
        if not parts or not all(isinstance(part, z3.BoolRef) for part in parts):
            return plainly(*args)
        context: Any = _common_context(parts)
        handles = (z3.Ast * len(parts))(*(part.ast for part in parts))
        return z3.BoolRef(make(context.ctx, len(parts), handles), context)

    return joined


def _fitting(coerce: Any) -> Any:  # noqa: ANN401 - functions of a library without types
    """A coercion that raises where it has nothing to give: without checks it gives `None`."""

    def fitting(wanted: Any, given: Any) -> Any:  # noqa: ANN401 - sorts, terms and numbers
        if wanted is not None and isinstance(given, z3.AstRef):
            _demand_context(wanted.ctx, given)
        found = coerce(wanted, given)
        if found is None and wanted is not None:
            raise z3.Z3Exception("sort mismatch")
        return found

    return fitting


hasten()
