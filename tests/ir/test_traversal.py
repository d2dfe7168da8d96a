"""What passes ask of the IR: children in order, copies that share, names bound and free."""

from __future__ import annotations

import copy
import pickle

import pytest

from autoform.ir.decls import Function, Module, Param
from autoform.ir.exprs import (
    FALSE,
    TRUE,
    Binder,
    Collection,
    Comprehension,
    Filter,
    Generator,
    IntLit,
    Lambda,
    Let,
    MapLit,
    Quant,
    Quantifier,
    Var,
)
from autoform.ir.node import Node
from autoform.ir.ops import apply
from autoform.ir.stmts import Assign, CallStmt, ForEach, If, VarDecl, While
from autoform.ir.traversal import (
    MAX_DEPTH,
    all_names,
    assigned_names,
    children,
    declared_names,
    depth,
    free_vars,
    fresh_name,
    freshen,
    map_children,
    rename,
    rewrite,
    substitute,
    variables,
    walk,
)
from autoform.ir.types import INT, STR, UNIT, SeqType

X, Y, XS = Var("x", INT), Var("y", INT), Var("xs", SeqType(INT))
ONE, TWO = IntLit(1, INT), IntLit(2, INT)


def nested(levels: int) -> Node:
    """A left-nested sum that many nodes deep."""
    expr = X
    for _ in range(levels - 1):
        expr = apply("add", expr, ONE)  # type: ignore[assignment] # any expression nests
    return expr


def test_children_come_in_the_order_of_the_fields() -> None:
    assert tuple(children(MapLit(INT, INT, (X, ONE), (Y, TWO)))) == (X, ONE, Y, TWO)
    assert tuple(children(VarDecl("x", INT))) == ()
    loop = While(TRUE, (Assign("x", Y),), decreases=(X,))
    assert tuple(children(loop)) == (TRUE, Assign("x", Y), X)


def test_walk_goes_outermost_first() -> None:
    expr = apply("add", apply("mul", X, Y), ONE)
    assert tuple(walk(expr)) == (expr, apply("mul", X, Y), X, Y, ONE)
    assert tuple(walk(X, ONE)) == (X, ONE)


def test_map_children_returns_the_node_itself_when_nothing_changes() -> None:
    expr = apply("add", X, ONE)
    assert map_children(expr, lambda child: child) is expr


def test_map_children_changes_every_kind_of_field() -> None:
    statement = If(TRUE, (Assign("x", ONE),), (Assign("x", TWO),))
    changed = map_children(statement, lambda c: FALSE if c == TRUE else c)
    assert changed == If(FALSE, statement.then, statement.orelse)


def test_rewrite_goes_innermost_first() -> None:
    def fold(node: Node) -> Node:
        return TWO if node == apply("add", ONE, ONE) else node

    assert rewrite(apply("mul", apply("add", ONE, ONE), X), fold) == apply("mul", TWO, X)


def test_free_vars_respect_the_scope_of_every_binder() -> None:
    assert free_vars(Let("x", X, apply("add", X, Y))) == {"x": INT, "y": INT}
    assert free_vars(Let("x", ONE, X)) == {}
    quant = Quant(Quantifier.FORALL, Binder("x", INT), XS, apply("lt", X, Y))
    assert free_vars(quant) == {"xs": XS.type, "y": INT}
    assert free_vars(Lambda((Binder("x", INT),), apply("add", X, Y))) == {"y": INT}
    comprehension = Comprehension(
        Collection.MAP,
        X,
        (Generator(Binder("x", INT), XS), Filter(apply("lt", X, Y))),
        key=Var("k", STR),
    )
    assert free_vars(comprehension) == {"xs": XS.type, "y": INT, "k": STR}


def test_substitute_replaces_all_at_once() -> None:
    assert substitute(apply("add", X, Y), {"x": Y, "y": X}) == apply("add", Y, X)
    assert substitute(X, {}) is X


@pytest.mark.parametrize("replacements", [{"y": ONE}, {"x": Y}])
def test_substitute_refuses_to_meet_a_binder(replacements: dict[str, IntLit | Var]) -> None:
    with pytest.raises(ValueError, match="binder of y"):
        substitute(Let("y", X, apply("add", X, Y)), replacements)


def test_rename_reaches_declarations_and_uses_and_leaves_the_rest() -> None:
    block = If(
        TRUE,
        (VarDecl("x", INT, Y), Assign("x", X), CallStmt("x", "x", (X,))),
    )
    z = Var("z", INT)
    assert rename(block, {"x": "z"}) == If(
        TRUE,
        (VarDecl("z", INT, Y), Assign("z", z), CallStmt("z", "x", (z,))),
    )


def test_freshen_gives_a_copy_with_new_binders() -> None:
    taken = {"x", "y"}
    let = Let("y", X, apply("add", X, Y))
    assert freshen(let, taken) == Let("y_1", X, apply("add", X, Var("y_1", INT)))
    assert taken == {"x", "y", "y_1"}


def test_assigned_names_are_those_that_outlive_the_block() -> None:
    block = (
        VarDecl("t", INT, ONE),
        Assign("t", TWO),
        ForEach(Binder("v", INT), XS, (Assign("x", Var("v", INT)),)),
        CallStmt("y", "f", (XS, X)),
    )
    assert assigned_names(block) == {"x", "y", "xs"}


def test_assigned_names_ask_the_module_which_arguments_are_inout() -> None:
    params = (Param("a", XS.type, inout=True), Param("b", INT))
    module = Module(functions=(Function("f", params, UNIT, ()),))
    block = (CallStmt(None, "f", (XS, X)),)
    assert assigned_names(block) == {"x", "xs"}
    assert assigned_names(block, module) == {"xs"}


def test_names_of_a_function() -> None:
    body = (VarDecl("t", INT, apply("add", X, Y)), ForEach(Binder("v", INT), XS, ()))
    function = Function("f", (Param("x", INT),), UNIT, body)
    assert declared_names(function) == {"x": INT, "t": INT, "v": INT}
    assert variables(function) == {"x": INT, "y": INT, "xs": XS.type}
    assert all_names(function) == {"x", "y", "xs", "t", "v"}


def test_fresh_name_counts_up() -> None:
    assert fresh_name("x", set()) == "x"
    assert fresh_name("x", {"x", "x_1", "x_3"}) == "x_2"


def test_depth_does_not_recurse() -> None:
    assert depth(X) == 1
    assert depth(nested(5_000)) == 5_000


def test_nodes_at_the_depth_bound_survive_what_recurses() -> None:
    one, other = nested(MAX_DEPTH), nested(MAX_DEPTH)
    assert depth(one) == MAX_DEPTH
    assert one == other
    assert hash(one) == hash(other)
    assert repr(one) == repr(other)
    assert copy.deepcopy(one) == one
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - what this test has pickled
    assert free_vars(one) == {"x": INT}  # type: ignore[arg-type] # it is an expression
