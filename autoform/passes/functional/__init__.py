"""The functional form: no loops, no assignments, no jumps.

Before:

    fn sum_to(n: Int) -> Int {
      var s: Int = 0;
      for i in 0..n by 1 { s = s + i; }
      return s;
    }

Each loop becomes a recursive function of what it reads and changes; each assignment a new local.

After:

    fn sum_to_loop1(i: Int, n: Int, s: Int) -> Int decreases n - i {
      if i >= n { return s; }
      var s_1: Int = s + i;
      return sum_to_loop1(i + 1, n, s_1);
    }
    fn sum_to(n: Int) -> Int {
      var s: Int = 0;
      var s_1: Int = sum_to_loop1(0, n, s);
      return s_1;
    }

A body is then a tail block:

    tail  ::= step* end
    step  ::= var x: T = e;  |  assert c;  |  if c { tail }          (a guard: the branch leaves)
    end   ::= return e;  |  raise E;  |  if c { tail } else { tail }

- Recursive calls of loops are always in tail position: `return f_loop1(…);`.
- An `if` that only computes becomes a conditional expression: `var x_1: T = if c then a else b;`.
- A loop that returns, at the end of its function, ends in what follows it. One inside another
  loop yields `ok(variables)` when it falls through and `err(value)` when it returns.
- What follows a fork and is too large to write twice becomes a function `f_after1`.
- `for x in xs` recurses on the rest of the sequence, so that a prover can use induction.
- Invariants become the loop function's `requires`, measures its `decreases`; neither is executed.
- Inout parameters have become results (`inout_to_result`): the state at a raise is lost.

Values, exceptions and their order are those of the source.
"""

from __future__ import annotations

from dataclasses import replace

from autoform.ir.decls import Module
from autoform.passes.blocks import Names
from autoform.passes.functional.writer import Writer
from autoform.passes.inout_to_result import inout_to_result
from autoform.passes.lower_labels import lower_labels

__all__ = ["functional_form"]


def functional_form(module: Module) -> Module:
    """The module in functional form; the functions keep their names. See the docstring above."""
    lowered = inout_to_result(lower_labels(module))
    names = Names({function.name for function in lowered.functions})
    functions = tuple(
        each for function in lowered.functions for each in Writer.write(function, names)
    )
    return replace(lowered, functions=functions)
