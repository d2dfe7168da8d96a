"""Inputs are gathered once for the same function, and anew for another."""

from autoform.crosscheck.prepare import Prepared, prepare
from autoform.ir.text import parse_module

TEXT = """\
fn half(xs: Seq<Int>, n: Int) -> Int
  requires n > 3
{
  return n // 2;
}
"""


def last(prepared: Prepared) -> list[int]:
    """The second argument of each input."""
    return [given[1] for given in prepared.inputs if isinstance(given[1], int)]


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
    assert min(last(found)) < 900
    found = prepare(other.function("half"), other, (), examples=10, seed=0)
    assert min(last(found)) > 900
    again = prepare(module.function("half"), module, (), examples=10, seed=1)
    assert repr(again.inputs) != repr(
        prepare(module.function("half"), module, (), examples=10, seed=0).inputs
    )
