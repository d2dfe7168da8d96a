"""`continue` becomes the end of the loop's body.

Before:

    for x in xs {
      if x < 0 { continue; }
      s = s + x;
    }

What follows a `continue` moves into the branch that does not take it.

After:

    for x in xs {
      if x < 0 { } else { s = s + x; }
    }

Jumps to outer loops are made jumps of the innermost loop first (`lower_labels`).
"""

from __future__ import annotations

from dataclasses import replace

from autoform.ir.decls import Function, Module
from autoform.ir.stmts import Block, Continue, Loop, Stmt
from autoform.passes.blocks import Names, contains, expand, map_functions, with_body
from autoform.passes.jumps import JumpRemover, late_variables, turned
from autoform.passes.lower_labels import lower_labels


def lower_continue(module: Module) -> Module:
    """Remove every `Continue`. See the module's docstring."""
    return map_functions(lower_labels(module), _in_function)


def _in_function(function: Function) -> Function:
    if not contains(function.body, Continue):
        return function
    return replace(function, body=continue_free(function.body, Names.of(function)))


def continue_free(block: Block, names: Names) -> Block:
    """The block with every loop in it freed of its unlabelled `continue`."""
    remover = JumpRemover(names, Continue, late_variables(block))

    def in_stmt(stmt: Stmt) -> Block:
        if isinstance(stmt, Loop) and remover.has_jump(stmt.body):
            return (with_body(stmt, turned(remover.without(stmt.body))),)
        return (stmt,)

    return expand(block, in_stmt)
