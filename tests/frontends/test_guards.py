"""Clauses that a body states by its first statements."""

from __future__ import annotations

from autoform.frontends.guards import may_raise, with_guards
from autoform.ir.decls import Contract, Function, Module, Param, RaisesClause
from autoform.ir.exprs import (
    FALSE,
    TRUE,
    And,
    Binder,
    Call,
    Expr,
    IfExpr,
    IntLit,
    Let,
    Quant,
    Quantifier,
    StrLit,
    Var,
)
from autoform.ir.ops import apply
from autoform.ir.stmts import (
    Assert,
    Assign,
    Block,
    Clause,
    If,
    Origin,
    Raise,
    Return,
    Stmt,
    VarDecl,
    While,
)
from autoform.ir.types import INT, SeqType
from autoform.ir.wellformed import require_wellformed

N, M = Var("n", INT), Var("m", INT)
XS = Var("xs", SeqType(INT))
ZERO, ONE = IntLit(0, INT), IntLit(1, INT)
LENGTH = apply("seq.len", XS)
FIRST = apply("seq.at", XS, ZERO)
NEGATIVE = apply("lt", N, ZERO)
LARGE = apply("gt", N, ONE)
EMPTY = apply("eq", LENGTH, ZERO)
RETURN = Return(ZERO)


def raises(name: str = "ValueError", message: Expr | None = None) -> Block:
    return (Raise(name, message),)


def negated(condition: Expr) -> Expr:
    return apply("not", condition)


def function(*body: Stmt, inout: bool = False, contract: Contract | None = None) -> Function:
    params = (Param("n", INT), Param("xs", SeqType(INT), inout))
    return Function("f", params, INT, (*body, RETURN), contract or Contract())


def found(*body: Stmt, raises_only: frozenset[str] | None = None) -> list[tuple[str, Expr]]:
    lifted = with_guards(function(*body), raises_only=raises_only)
    require_wellformed(Module((lifted,)))
    return [(clause.exception, clause.when) for clause in lifted.contract.raises]


def test_guards_in_sequence_exclude_each_other_by_their_order() -> None:
    body = If(NEGATIVE, raises()), If(EMPTY, raises("IndexError"))
    assert found(*body) == [("ValueError", NEGATIVE), ("IndexError", EMPTY)]


def test_else_if_chains() -> None:
    body = If(NEGATIVE, raises(), (If(EMPTY, raises("IndexError"), ()),))
    assert found(body) == [
        ("ValueError", NEGATIVE),
        ("IndexError", EMPTY),
    ]


def test_nested_conditions() -> None:
    body = If(NEGATIVE, (If(EMPTY, raises()),)), If(LARGE, raises("TypeError"))
    assert found(*body) == [("ValueError", And((NEGATIVE, EMPTY))), ("TypeError", LARGE)]


def test_early_returns_are_part_of_the_condition() -> None:
    body = If(EMPTY, (RETURN,)), If(NEGATIVE, raises())
    assert found(*body) == [("ValueError", And((negated(EMPTY), NEGATIVE)))]


def test_returns_in_one_branch_of_two_that_go_on() -> None:
    body = If(EMPTY, (If(LARGE, (RETURN,)),)), If(NEGATIVE, raises())
    reach = IfExpr(EMPTY, negated(LARGE), TRUE)
    assert found(*body) == [("ValueError", And((reach, NEGATIVE)))]


def test_guards_in_the_else_of_a_branch_that_leaves() -> None:
    body = If(EMPTY, (RETURN,), (If(NEGATIVE, raises()),))
    assert found(body) == [("ValueError", And((negated(EMPTY), NEGATIVE)))]


def test_total_locals_are_inlined() -> None:
    body = VarDecl("m", INT, LENGTH), If(apply("eq", M, ZERO), raises())
    assert found(*body) == [("ValueError", EMPTY)]


def test_locals_that_may_fail_are_evaluated_where_the_function_does() -> None:
    body = VarDecl("m", INT, FIRST), If(NEGATIVE, raises())
    ((_, condition),) = found(*body)
    assert isinstance(condition, Let)
    assert (condition.value, condition.body) == (FIRST, NEGATIVE)
    assert condition.name != "m"


def test_reassigned_locals_have_their_last_value() -> None:
    body = (
        VarDecl("m", INT, LENGTH),
        If(NEGATIVE, (Assign("m", ONE),)),
        If(apply("eq", M, ZERO), raises()),
    )
    merged = IfExpr(NEGATIVE, ONE, LENGTH)
    assert found(*body) == [("ValueError", apply("eq", merged, ZERO))]


def test_what_types_decide_is_no_clause() -> None:
    assert found(If(negated(TRUE), raises("TypeError")), If(NEGATIVE, raises())) == [
        ("ValueError", NEGATIVE)
    ]
    assert found(If(FALSE, raises("TypeError"))) == []


def test_nothing_is_a_guard_behind_what_is_not_understood() -> None:
    guard = If(NEGATIVE, raises())
    assert found(While(NEGATIVE, ()), guard) == []
    assert found(VarDecl("m", INT, Call("f", (N, XS), INT)), guard) == []
    assert found(If(apply("lt", Call("f", (N, XS), INT), ZERO), ()), guard) == []
    assert found(If(EMPTY, (While(NEGATIVE, ()),)), guard) == []


def test_nothing_is_a_guard_behind_a_mutation() -> None:
    mutated = Assign("xs", apply("seq.append", XS, N))
    lifted = with_guards(function(mutated, If(EMPTY, raises()), inout=True))
    assert lifted.contract.raises == ()


def test_a_message_that_may_fail_raises_something_else() -> None:
    message = apply("str.at", StrLit("ab"), N)
    assert found(If(NEGATIVE, raises(message=message))) == []
    assert found(If(NEGATIVE, raises(message=StrLit("negative")))) == [("ValueError", NEGATIVE)]


def test_guards_do_not_excuse_what_the_contract_forbids() -> None:
    body = If(NEGATIVE, raises()), If(EMPTY, raises("IndexError"))
    assert found(*body, raises_only=frozenset()) == []
    # The second is reached only if the first did not raise.
    assert found(*body, raises_only=frozenset({"IndexError"})) == [
        ("IndexError", And((negated(NEGATIVE), EMPTY)))
    ]


def test_stated_clauses_stand_alone() -> None:
    stated = RaisesClause("ValueError", LARGE, Origin.DECORATOR)
    lifted = with_guards(function(If(NEGATIVE, raises()), contract=Contract(raises=(stated,))))
    assert lifted.contract.raises == (stated,)


def test_leading_asserts_are_requirements() -> None:
    body = Assert(NEGATIVE), Assert(LARGE), VarDecl("m", INT, ONE), Assert(EMPTY)
    lifted = with_guards(function(*body))
    assert lifted.contract.requires == (
        Clause(NEGATIVE, Origin.ASSERT),
        Clause(LARGE, Origin.ASSERT),
    )
    assert lifted.body == (*body, RETURN)


def test_asserts_that_are_checks_of_the_function_itself() -> None:
    assert with_guards(function(VarDecl("m", INT, N), Assert(LARGE))).contract.requires == ()
    call = apply("lt", Call("f", (N, XS), INT), ZERO)
    assert with_guards(function(Assert(call))).contract.requires == ()
    # Behind such a check a guard is reached only if it passed.
    body = VarDecl("m", INT, N), Assert(LARGE), If(EMPTY, raises())
    assert found(*body) == [("ValueError", And((LARGE, EMPTY)))]


def test_binders_of_clauses_are_not_those_of_the_body() -> None:
    some = Quant(Quantifier.EXISTS, Binder("x", INT), XS, apply("lt", Var("x", INT), N))
    ((_, condition),) = found(If(some, raises()))
    assert isinstance(condition, Quant)
    assert condition.binder.name != "x"
    lifted = with_guards(function(Assert(some)))
    require_wellformed(Module((lifted,)))
    assert len(lifted.contract.requires) == 1


def test_huge_conditions_are_left_to_the_body() -> None:
    body: list[Stmt] = [VarDecl("m", INT, N)]
    body.extend(Assign("m", apply("add", M, M)) for _ in range(40))
    assert found(*body, If(apply("lt", M, ZERO), raises())) == []


def test_what_may_raise_beside_the_guards() -> None:
    guarded = If(NEGATIVE, raises())
    assert may_raise(function(guarded), "ValueError") is None
    assert may_raise(function(guarded, While(LARGE, raises())), "ValueError") == Raise("ValueError")
    divided = apply("floor_div", N, M)
    body = VarDecl("m", INT, ONE), Assign("m", divided)
    assert may_raise(function(*body), "ZeroDivisionError") == divided
    assert may_raise(function(*body), "KeyError") is None
    assert may_raise(function(Assert(NEGATIVE)), "AssertionError") == Assert(NEGATIVE)
    call = Call("f", (N, XS), INT)
    assert may_raise(function(VarDecl("m", INT, call)), "KeyError") == call
