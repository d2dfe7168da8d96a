"""Statements and blocks."""

from __future__ import annotations

from typing import Final, assert_never

from autoform.ir.exprs import Apply, Call, Expr, IfExpr, Let, TupleGet, Var, type_of
from autoform.ir.stmts import (
    Assert,
    Assign,
    Block,
    Break,
    CallStmt,
    Continue,
    ForEach,
    ForRange,
    If,
    Raise,
    Return,
    Stmt,
    VarDecl,
    While,
)
from autoform.semantics.compiler.expressions import call_text, expression
from autoform.semantics.compiler.frame import Frame, Piece, variable
from autoform.semantics.compiler.instances import bindings_of_call
from autoform.semantics.compiler.loops import jump, loop
from autoform.semantics.compiler.thawing import (
    POPS,
    UPDATES,
    Update,
    inout_variables,
    mentions,
    popped_variable,
    updated_variable,
)

_UNSET: Final = "UNSET"


def block(frame: Frame, statements: Block) -> None:
    """Translate a block: its declarations are visible to its end."""
    visible = len(frame.visible)
    for stmt, after in zip(statements, (*statements[1:], None), strict=False):
        statement(frame, stmt, after)
    del frame.visible[visible:]


def statement(frame: Frame, stmt: Stmt, after: Stmt | None) -> None:
    """Translate one statement; `after` is the one that follows."""
    match stmt:
        case VarDecl():
            _declare(frame, stmt, after)
        case Assign():
            _assign(frame, stmt)
        case CallStmt():
            _call_statement(frame, stmt)
        case If():
            _if(frame, stmt)
        case While() | ForRange() | ForEach():
            loop(frame, stmt, block)
        case Break(label):
            jump(frame, label, "break")
        case Continue(label):
            jump(frame, label, "continue")
        case Return(value):
            _return(frame, value)
        case Raise(exception, message):
            text = expression(frame, message).text if message is not None else "''"
            frame.emit(f"raise EvaluationFailed({exception!r}, {text})")
        case Assert(condition):
            frame.fail_if(f"not {expression(frame, condition).text}", "AssertionError", "")
        case _:
            assert_never(stmt)


# ── Variables ─────────────────────────────────────────────────────────────────────────────────


def _declare(frame: Frame, stmt: VarDecl, after: Stmt | None) -> None:
    name = popped_variable(stmt, after)
    if name in frame.thawable and stmt.name in frame.split_pairs and isinstance(stmt.value, Apply):
        taken = _update(frame, name, stmt.value, POPS[stmt.value.op])
        frame.emit(f"{variable(stmt.name)} = (None, {taken})")
        frame.popped.add(stmt.name)
    elif stmt.value is not None:
        frame.emit(f"{variable(stmt.name)} = {expression(frame, stmt.value).text}")
    elif frame.traced:
        frame.emit(f"{variable(stmt.name)} = {_UNSET}")
    frame.visible.append(stmt.name)


def _assign(frame: Frame, stmt: Assign) -> None:
    match stmt:
        case Assign(_, TupleGet(Var(pair), 0)) if pair in frame.popped:
            return
        case Assign(name, Apply(op, (_, *_)) as value) if updated_variable(stmt) in frame.thawable:
            frame.emit(_update(frame, name, value, UPDATES[op]))
        case Assign(name, Apply("str.concat", (Var(read), added))) if read == name:
            piece = frame.store(expression(frame, added))
            frame.emit(f"k.pay_text(len({piece.text}))")
            # In this very form CPython extends the text where it is.
            frame.emit(f"{variable(name)} = {variable(name)} + {piece.text}")
        case Assign(name, value):
            frame.emit(f"{variable(name)} = {expression(frame, value).text}")


def _update(frame: Frame, name: str, value: Apply, update: Update) -> str:
    """Emit all of an update in place but its last step, which is returned as text."""
    operands = [variable(name)]
    for arg in value.args[1:]:
        piece = expression(frame, arg)
        frozen = Piece(piece.text, 1) if mentions(arg, name) else piece
        operands.append(frame.store(frozen).text)
    frame.thaw(name)
    for condition, exception, message in update.guards:
        frame.fail_if(condition.format(*operands), exception, message)
    if update.checks_key and (guard := frame.linker.key_guard(type_of(value.args[1]))):
        frame.emit(f"{guard}({operands[1]})")
    if update.pays is not None:
        frame.emit(f"k.pay_items({update.pays.format(*operands)})")
    return update.text.format(*operands)


# ── Calls and returns ─────────────────────────────────────────────────────────────────────────


def _call_statement(frame: Frame, stmt: CallStmt) -> None:
    changed = [variable(name) for name in inout_variables(stmt, frame.linker.module)]
    text = call_text(frame, stmt.function, stmt.args)
    target = "_" if stmt.target is None else variable(stmt.target)
    if not changed:
        frame.emit(f"{target} = {text}")
        return
    names = "".join(f"{name}, " for name in changed)
    if not frame.inouts():
        frame.emit(f"{target}, {names}= {text}")
        return
    with frame.suite("try:"):
        frame.emit(f"{target}, {names}= {text}")
    with frame.suite("except EvaluationFailed as failure:"):
        frame.emit(f"{names}= failure.inouts")
        frame.emit("raise")


def _return(frame: Frame, value: Expr) -> None:
    """Return; where the function ends with a call of itself, start over with new arguments."""
    if not frame.tail_calls or frame.loops:
        return_piece(frame, expression(frame, value))
        return
    match value:
        case Call() if _calls_itself(frame, value):
            _start_over(frame, value)
        case IfExpr(condition, then, orelse):
            with frame.suite(f"if {expression(frame, condition).text}:"):
                _return(frame, then)
            _return(frame, orelse)
        case Let(name, bound, body):
            frame.emit(f"{frame.bind(name)} = {expression(frame, bound).text}")
            _return(frame, body)
        case _:
            return_piece(frame, expression(frame, value))


def _calls_itself(frame: Frame, call: Call) -> bool:
    function = frame.function
    if function is None or call.function != function.name:
        return False
    types = [frame.resolve(type_of(arg)) for arg in call.args]
    return bindings_of_call(function, types, frame.resolve(call.type)) == frame.bindings


def _start_over(frame: Frame, call: Call) -> None:
    """Assign the arguments to the parameters, all at once."""
    args = [expression(frame, arg).text for arg in call.args]
    if frame.function is not None and args:
        names = ", ".join(variable(param.name) for param in frame.function.params)
        frame.emit(f"{names} = {', '.join(args)}")
    frame.emit("continue")


def return_piece(frame: Frame, piece: Piece) -> None:
    """Return a value with what the inout parameters are now."""
    inouts = frame.inouts()
    if inouts:
        frame.emit(f"return ({piece.text}, {''.join(f'{variable(name)}, ' for name in inouts)})")
    else:
        frame.emit(f"return {piece.text}")


# ── Branches ──────────────────────────────────────────────────────────────────────────────────


def _if(frame: Frame, stmt: If) -> None:
    """A chain of conditions on one level, as far as they cannot fail."""
    _branch(frame, "if", expression(frame, stmt.condition), stmt.then)
    orelse = stmt.orelse
    while len(orelse) == 1 and isinstance(nested := orelse[0], If):
        with frame.aside() as lines:
            condition = expression(frame, nested.condition)
        if lines:
            break
        _branch(frame, "elif", condition, nested.then)
        orelse = nested.orelse
    if orelse:
        with frame.suite("else:"):
            block(frame, orelse)


def _branch(frame: Frame, word: str, condition: Piece, body: Block) -> None:
    with frame.suite(f"{word} {condition.text}:"):
        block(frame, body)
