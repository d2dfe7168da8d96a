"""Updates in place: cheap in loops, and never seen by anyone but the variable."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autoform.ir.decls import Module
from autoform.ir.exprs import Apply, Var
from autoform.ir.ops import OPS
from autoform.ir.text import print_expr
from autoform.ir.types import (
    INT,
    MapType,
    SeqType,
    SetType,
    TupleType,
    Type,
    format_type,
    substitute_type,
)
from autoform.semantics.compiler.thawing import POPS, UPDATES
from autoform.semantics.interpreter import Raised, Returned, call
from autoform.semantics.values import same
from tests.semantics.naive import naive_call
from tests.semantics.programs import module, run, value
from tests.semantics.strategies import values_of

FUEL = 100_000


@pytest.mark.parametrize(
    ("setup", "update", "answer"),
    [
        ("xs: Seq<Int> = []::<Seq<Int>>", "xs = seq.append(xs, i)", "seq.len(xs)"),
        ("xs: Seq<Int> = seq.repeat([0], n)", "xs = seq.update(xs, i, 1)", "seq.sum(xs)"),
        ("xs: Seq<Int> = seq.repeat([0], n)", "xs = seq.swap(xs, i, 0)", "seq.len(xs)"),
        ("xs: Set<Int> = {}::<Set<Int>>", "xs = set.add(xs, i)", "set.len(xs)"),
        ("xs: Map<Int, Int> = {}::<Map<Int, Int>>", "xs = map.insert(xs, i, i)", "map.len(xs)"),
        ('xs: Str = ""', 'xs = str.concat(xs, "a")', "str.len(xs)"),
    ],
)
def test_updates_in_a_loop_take_linear_fuel(setup: str, update: str, answer: str) -> None:
    text = f"""
    fn f(n: Int) -> Int {{
        var {setup};
        for i in 0..n {{ {update}; }}
        return {answer};
    }}
    """
    assert isinstance(run(text, 10_000, fuel=FUEL), Returned)


def test_pops_in_a_loop_take_linear_fuel() -> None:
    text = """
    fn f(n: Int) -> Int {
        var xs: Seq<Int> = seq.range(0, n, 1);
        var total: Int = 0;
        while seq.len(xs) > 0 {
            var p: (Seq<Int>, Int) = seq.pop_last(xs);
            xs = p.0;
            total = total + p.1;
        }
        return total;
    }
    """
    assert run(text, 10_000, fuel=FUEL) == Returned(10_000 * 9_999 // 2)


def test_inout_parameters_are_not_copied_at_calls() -> None:
    text = """
    fn f(n: Int) -> Int {
        var xs: Seq<Int> = []::<Seq<Int>>;
        for i in 0..n { call push(xs, i); }
        return seq.len(xs);
    }
    fn push(inout ys: Seq<Int>, y: Int) { ys = seq.append(ys, y); }
    """
    assert run(text, 10_000, fuel=FUEL) == Returned(10_000)


@pytest.mark.parametrize(
    "body",
    [
        "ys = xs; xs = seq.append(xs, 1); return (xs, ys);",
        "xs = seq.append(xs, 1); ys = xs; xs = seq.update(xs, 0, 9); return (xs, ys);",
        "xs = seq.append(xs, 1); xs = seq.concat(xs, xs); return (xs, ys);",
        "xs = seq.append(xs, seq.len(xs)); xs = seq.insert(xs, seq.len(xs), seq.at(xs, 0));"
        " return (xs, ys);",
        "xs = seq.reverse(xs); for x in xs { xs = seq.append(xs, x); ys = xs; } return (ys, xs);",
        "xs = seq.append(xs, 4); let_go = [xs, xs]; xs = seq.delete_at(xs, 0);"
        " return (seq.at(let_go, 0), xs);",
        "xs = seq.append(xs, 4); ys = [x + seq.len(xs) for x in xs]; xs = seq.swap(xs, 0, 1);"
        " return (xs, ys);",
        "xs = seq.append(xs, 4); ys = seq.sort_by(xs, |x: Int| seq.at(xs, 0) - x);"
        " xs = seq.replace_slice(xs, 0, 1, xs); return (xs, ys);",
        "xs = seq.append(xs, 4); while seq.len(xs) < 9 { ys = seq.slice(xs, 0, 2);"
        " xs = seq.concat(xs, ys); } return (xs, ys);",
        "p = seq.pop_last(xs); xs = p.0; xs = seq.append(xs, p.1 + 1); return (xs, p.0);",
        "var q: (Seq<Int>, Int) = seq.pop_last(xs); xs = q.0; xs = seq.append(xs, q.1 + 1);"
        " return (xs, q.0);",
        "xs = seq.append(xs, 4); ys = seq.fold([1], ys, |s: Seq<Int>, x: Int| xs);"
        " xs = seq.update(xs, 0, 9); return (xs, ys);",
        "p = seq.pop_last(xs); ys = p.0; xs = seq.append(xs, p.1); return (xs, ys);",
        "call change(xs, xs); return (xs, ys);",
        "xs = seq.append(xs, 1); call change(xs, ys); ys = seq.append(ys, 2); return (xs, ys);",
        "xs = seq.append(xs, 1); ys = same(xs); xs = seq.update(xs, 0, 7); return (xs, ys);",
    ],
)
def test_other_holders_of_a_sequence_do_not_see_its_updates(body: str) -> None:
    text = f"""
    fn f(a: Seq<Int>) -> (Seq<Int>, Seq<Int>) {{
        var xs: Seq<Int> = a;
        var ys: Seq<Int> = a;
        var let_go: Seq<Seq<Int>> = [a];
        var p: (Seq<Int>, Int) = (a, 0);
        {body}
    }}
    fn change(inout zs: Seq<Int>, by: Seq<Int>) {{
        zs = seq.append(zs, seq.len(by));
        zs = seq.update(zs, 0, -1);
    }}
    fn same(xs: Seq<Int>) -> Seq<Int> {{ return xs; }}
    """
    parsed = module(text)
    args = ((3, 1, 2),)
    expected = naive_call(parsed, "f", args, FUEL)
    assert isinstance(expected, Returned)
    assert call(parsed, "f", args) == expected
    assert args == ((3, 1, 2),)


TYPES: dict[str, Type] = {"seq": SeqType(INT), "set": SetType(INT), "map": MapType(INT, INT)}


def scheme(op: str) -> tuple[Type, list[Type]]:
    """The collection that an operator updates, and the types of its other operands."""
    bindings: dict[str, Type] = {"T": INT, "K": INT, "V": INT}
    params = OPS[op].params[1:]
    return TYPES[op.partition(".")[0]], [substitute_type(param, bindings) for param in params]


def update_module(op: str) -> Module:
    """A function that updates its inout parameter and returns what that was before."""
    kind, operands = scheme(op)
    pair = TupleType((kind, INT))
    args = [Var(f"a{n}", type_) for n, type_ in enumerate(operands)]
    applied = print_expr(Apply(op, (Var("xs", kind), *args), pair if op in POPS else kind))
    params = "".join(f", {arg.name}: {format_type(arg.type)}" for arg in args)
    text = format_type(kind)
    update, answer = f"xs = {applied};", "0"
    if op in POPS:
        update, answer = f"var p: {format_type(pair)} = {applied}; xs = p.0;", "p.1"
    return module(
        f"""
        fn f(inout xs: {text}{params}) -> (Int, {text}) {{
            var before: {text} = xs;
            {update}
            return ({answer}, before);
        }}
        """
    )


@pytest.mark.parametrize("op", sorted({*UPDATES, *POPS}))
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_update_in_place_is_the_operator(op: str, data: st.DataObject) -> None:
    kind, operands = scheme(op)
    small = st.integers(-7, 7)
    args = [
        data.draw(values_of(kind)),
        *(data.draw(small if t == INT else values_of(t)) for t in operands),
    ]
    parsed = update_module(op)
    expected, found = naive_call(parsed, "f", args, FUEL), call(parsed, "f", args)
    assert type(found) is type(expected)
    if isinstance(found, Raised) and isinstance(expected, Raised):
        assert found.exception == expected.exception
        assert same(found.inouts, expected.inouts)
    else:
        assert found == expected


def test_a_pair_that_is_used_otherwise_is_whole() -> None:
    text = """
    fn f(xs: Seq<Int>) -> (Seq<Int>, (Seq<Int>, Int)) {
        var ys: Seq<Int> = xs;
        ys = seq.append(ys, 5);
        var p: (Seq<Int>, Int) = seq.pop_last(ys);
        ys = p.0;
        ys = seq.append(ys, 6);
        return (ys, p);
    }
    """
    assert value(text, (1,)) == ((1, 6), ((1,), 5))
