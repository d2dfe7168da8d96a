"""What is printed is Dafny: the parser and the resolver of the real one accept it."""

from __future__ import annotations

from dataclasses import replace

from autoform.backends.dafny import emit_dafny
from autoform.backends.dafny.names import RESERVED
from autoform.backends.dafny.operators import RULES, UNPRINTED
from autoform.backends.dafny.prelude import PRELUDE_NAMES
from autoform.ir.decls import Assumption, ConstDecl, Function, Module, Param
from autoform.ir.exprs import FloatLit, Let, Var
from autoform.ir.ops import OPS
from autoform.ir.stmts import Return
from autoform.ir.text import parse_module
from autoform.ir.types import FLOAT, INT
from autoform.testing.generate import EVERYTHING, random_module
from autoform.verifiers.dafny import Budget
from tests.backends.dafny.applications import applications, as_module
from tests.backends.dafny.real import needs_dafny, tool
from tests.backends.dafny.test_goldens import NAMES, emitted

ALL = frozenset(Assumption)
BUDGET = Budget(cpu_seconds=600)


def test_every_operator_has_a_line() -> None:
    assert RULES.keys() | UNPRINTED == OPS.keys()
    assert not RULES.keys() & UNPRINTED


@needs_dafny
def test_every_operator_resolves_on_every_type() -> None:
    found = tool()
    module = as_module(applications(floats=True))
    emitted_module = emit_dafny(module, dialect=found.dialect, allow=ALL)
    assert not emitted_module.diagnostics
    assert found.resolve(emitted_module.text, budget=BUDGET) == ()


@needs_dafny
def test_goldens_resolve() -> None:
    found = tool()
    modules = [
        f"module Golden_{name} {{\n{emitted(name, found.dialect).text}\n}}\n" for name in NAMES
    ]
    assert found.resolve("\n".join(modules), budget=BUDGET) == ()


@needs_dafny
def test_an_operator_that_asks_nothing_of_its_arguments_here_resolves_in_a_lambda() -> None:
    text = """
fn hex(xs: Seq<u8>) -> Seq<Str> {
    return [py.format_int(int.widen(x), "02x") for x in xs];
}
"""
    found = tool()
    printed = emit_dafny(parse_module(text), dialect=found.dialect).text
    assert found.resolve(printed, budget=BUDGET) == ()


def random_modules_resolve(seeds: range) -> bool:
    found = tool()
    texts = []
    for seed in seeds:
        emitted_module = emit_dafny(
            random_module(seed, EVERYTHING), dialect=found.dialect, allow=ALL
        )
        texts.append(f"module Random{seed} {{\n{emitted_module.text}\n}}\n")
    return found.resolve("\n".join(texts), budget=BUDGET) == ()


@needs_dafny
def test_random_modules_resolve() -> None:
    assert random_modules_resolve(range(40))


@needs_dafny
def test_no_name_of_a_source_is_a_stumbling_block() -> None:
    """Functions, parameters and locals named like reserved words, prelude and odd things."""
    odd = {"array", "array3", "bv8", "_", "_x", "naïve", "x__y", "Main", "None", "it", "result"}
    names = sorted(
        name for name in RESERVED | PRELUDE_NAMES | odd | {"ToString"} if name.isidentifier()
    )
    functions = [
        Function(
            name,
            (Param(name, INT), Param(f"{name}_2", INT)),
            INT,
            (Return(Let(f"{name}_3", Var(name, INT), Var(f"{name}_3", INT))),),
        )
        for name in names
    ]
    found = tool()
    text = emit_dafny(Module(tuple(functions)), dialect=found.dialect).text
    assert found.resolve(text, budget=BUDGET) == ()


def test_a_constant_that_is_no_number_is_not_printed() -> None:
    module = replace(
        parse_module("const NAN: Float = 1.0;\nfn f() -> Float { return ::NAN; }\n"),
        consts=(ConstDecl("NAN", FLOAT, FloatLit("nan")),),
    )
    emitted_module = emit_dafny(module, dialect=2, allow=ALL)
    assert [found.code for found in emitted_module.diagnostics] == ["unsupported-by-backend"]
    assert "NAN" not in emitted_module.text


def test_a_binder_that_stood_for_an_element_of_a_slice_is_a_name_again() -> None:
    text = (
        "fn f(xs: Seq<Int>, rows: Seq<Seq<Int>>) -> Bool\n"
        "  requires 0 < seq.len(xs)\n"
        "  ensures forall x in seq.subslice(xs, 0, 1): x == seq.at(xs, 0)\n"
        "  ensures forall row in rows: forall x in row: x == x\n"
        "{ return set.len({x + 1 for x in seq.subslice(xs, 0, 1)}) == 1; }\n"
    )
    printed = emit_dafny(parse_module(text), dialect=4).text
    assert "ensures forall row :: row in rows ==> forall x :: x in row ==> x == x" in printed
