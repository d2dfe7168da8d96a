"""Inputs are gathered once for the same function, and anew for another."""

from autoform.crosscheck.prepare import prepare
from autoform.ir.text import parse_module

TEXT = """\
fn half(xs: Seq<Int>, n: Int) -> Int
  requires n > 3
{
  return n // 2;
}
"""


def test_the_same_call_finds_the_same_inputs() -> None:
    module = parse_module(TEXT)
    function = module.function("half")
    first = prepare(function, module, (), examples=10, seed=0)
    second = prepare(function, module, (), examples=10, seed=0)
    assert first.inputs
    assert all(one is two for one, two in zip(first.inputs, second.inputs, strict=True))
    first.inputs.clear()
    assert len(prepare(function, module, (), examples=10, seed=0).inputs) == len(second.inputs)


def test_another_function_or_another_seed_has_its_own() -> None:
    module, other = parse_module(TEXT), parse_module(TEXT.replace("n > 3", "n > 900"))
    found = prepare(module.function("half"), module, (), examples=10, seed=0)
    assert any(given[1] < 900 for given in found.inputs)
    found = prepare(other.function("half"), other, (), examples=10, seed=0)
    assert all(given[1] > 900 for given in found.inputs)
    again = prepare(module.function("half"), module, (), examples=10, seed=1)
    assert repr(again.inputs) != repr(
        prepare(module.function("half"), module, (), examples=10, seed=0).inputs
    )
