"""Mutants: one fault each, well-formed, the contract untouched, the same every time."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autoform.crosscheck.mutation import OPERATORS, mutants
from autoform.ir.decls import Module
from autoform.ir.text import parse_module, print_function
from autoform.ir.wellformed import violations
from autoform.testing.generate import random_module

ROOT = Path(__file__).parents[3]
MODULE = parse_module(r"""
fn f(xs: Seq<Int>, n: Int) -> Int
    requires n > 0 ensures \result >= 0
{
    var r: Int = 0;
    for i in 0..seq.len(xs) invariant r >= 0 {
        if seq.at(xs, i) > n && !(seq.at(xs, i) == 7) {
            r = r + 1;
        } else {
            r = r + 2;
            break;
        }
    }
    while r > 100 decreases r { r = r - 100; }
    return r;
}
""")


def made(module: Module = MODULE, name: str = "f") -> dict[tuple[str, str, str], str]:
    return {
        (m.operator, m.before, m.after): print_function(m.function, module)
        for m in mutants(module, module.function(name))
    }


def test_every_operator_has_its_say() -> None:
    faults = {(operator, before, after) for operator, before, after in made()}
    assert faults >= {
        ("arithmetic", "r + 1", "r - 1"),
        ("relation", "seq.at(xs, i) > n", "seq.at(xs, i) >= n"),
        ("constant", "7", "8"),
        ("bound", "for i in 0..seq.len(xs)", "for i in 0..seq.len(xs) + 1"),
        ("bound", "seq.at(xs, i)", "seq.at(xs, i + 1)"),
        ("logic", "!(seq.at(xs, i) == 7)", "seq.at(xs, i) == 7"),
        ("negation", "while r > 100", "while !(r > 100)"),
        ("removal", "r = r + 2;", ""),
        ("jump", "break;", "continue;"),
        ("result", "return r;", "return r + 1;"),
    }
    assert {operator for operator, _, _ in faults} == {operator.name for operator in OPERATORS}


def test_a_mutant_differs_in_one_place_and_not_in_its_contract() -> None:
    original = MODULE.function("f")
    found = list(mutants(MODULE, original))
    assert len(found) == len({mutant.function for mutant in found})
    for mutant in found:
        assert mutant.function != original
        assert mutant.function.contract == original.contract
        text = print_function(mutant.function, MODULE)
        assert text.count("invariant[decorator] r >= 0") in {0, 1}  # its loop may be gone
        assert re.search(r"decreases (?!r\b)", text) is None


def test_branches_are_exchanged_whole() -> None:
    (text,) = (text for (operator, _, _), text in made().items() if operator == "branches")
    assert text.index("r = r + 2;") < text.index("r = r + 1;")


def test_numbers_of_machine_types_stay_in_their_type() -> None:
    module = parse_module("fn f(a: u8) -> u8 { return if a == 255u8 then 0u8 else a; }")
    constants = {(b, a) for operator, b, a in made(module) if operator == "constant"}
    assert constants == {("255u8", "254u8"), ("0u8", "1u8")}


@pytest.mark.parametrize("seed", range(15))
def test_mutants_of_random_functions_are_well_formed(seed: int) -> None:
    module = random_module(seed)
    function = module.functions[-1]
    for number, mutant in enumerate(mutants(module, function)):
        changed = tuple(mutant.function if f is function else f for f in module.functions)
        whole = Module(changed, module.records, module.enums, module.consts)
        assert violations(whole) == ()
        if number == 20:
            break


def test_the_page_lists_the_operators() -> None:
    page = (ROOT / "grammars" / "mutation.md").read_text()
    assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == [each.name for each in OPERATORS]
