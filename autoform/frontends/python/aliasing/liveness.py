"""Which variables may still be read after a statement."""

from __future__ import annotations

from autoform.ir import exprs as ir
from autoform.ir import stmts as st
from autoform.ir.traversal import free_vars

Names = frozenset[str]


class Liveness:
    """Backwards over a body; `after` maps a statement's identity to the names live behind it."""

    def __init__(self, body: st.Block, at_exit: Names) -> None:
        """`at_exit` are read when the function is left: its inout parameters."""
        self.after: dict[int, Names] = {}
        self._exit = at_exit
        self._loops: list[tuple[Names, Names]] = []
        self._block(body, at_exit)

    def _block(self, block: st.Block, live: Names) -> Names:
        for statement in reversed(block):
            self.after[id(statement)] = self.after.get(id(statement), frozenset()) | live
            live = self._statement(statement, live)
        return live

    def _statement(self, statement: st.Stmt, live: Names) -> Names:
        match statement:
            case st.VarDecl(name, _, value):
                return live - {name} | _reads(value)
            case st.Assign(name, value):
                return live - {name} | _reads(value)
            case st.CallStmt(target, _, args):
                return live - {target or ""} | _reads(*args)
            case st.If(condition, then, orelse):
                return self._block(then, live) | self._block(orelse, live) | _reads(condition)
            case st.While(condition, body):
                return self._loop(body, live, live | _reads(condition))
            case st.ForRange(_, start, stop, step, body):
                return self._loop(body, live, live) | _reads(start, stop, step)
            case st.ForEach(binder, source, body):
                return self._loop(body, live, live) - {binder.name} | _reads(source)
            case st.Break():
                return self._loops[-1][0]
            case st.Continue():
                return self._loops[-1][1]
            case st.Return(value):
                return self._exit | _reads(value)
            case st.Raise(_, message):
                return self._exit | _reads(message)
            case st.Assert(condition):
                return live | _reads(condition)

    def _loop(self, body: st.Block, after: Names, head: Names) -> Names:
        while True:
            self._loops.append((after, head))
            found = head | self._block(body, head)
            self._loops.pop()
            if found == head:
                return head
            head = found


def _reads(*exprs: ir.Expr | None) -> Names:
    return frozenset(name for expr in exprs if expr is not None for name in free_vars(expr))
