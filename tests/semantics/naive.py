"""A second interpreter, as plain as can be: it walks the IR and copies at every update.

It shares the operators' functions with the reference interpreter and nothing else. That the two
agree on random modules tests the translation to Python: order of evaluation, short circuits,
jumps, inout parameters, updates in place, tail calls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import cast

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import (
    And,
    Apply,
    BoolLit,
    Call,
    CharLit,
    Collection,
    Comprehension,
    ConstRef,
    Expr,
    FieldGet,
    FieldUpdate,
    FloatLit,
    Generator,
    IfExpr,
    IntLit,
    IsVariant,
    Lambda,
    Let,
    MapLit,
    NoneLit,
    Old,
    Or,
    Quant,
    Quantifier,
    RecordLit,
    ResultValue,
    SeqLit,
    SetLit,
    StrLit,
    TupleGet,
    TupleLit,
    Var,
    VariantGet,
    VariantLit,
    type_of,
)
from autoform.ir.ops import OUTSIDE
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
from autoform.ir.types import FnType, RecordType, SetType, Type, substitute_type
from autoform.semantics.compiler.instances import bindings_of_call, bindings_of_values
from autoform.semantics.failure import EvaluationFailed, FuelExhausted, Tank
from autoform.semantics.interpreter import Outcome, OutOfFuel, Raised, Returned
from autoform.semantics.meaning import Signature
from autoform.semantics.ops import MEANINGS
from autoform.semantics.ops.keys import key_guard
from autoform.semantics.values import NONE, MapValue, RecordValue, Value, VariantValue

Env = dict[str, Value]


class Jump(Exception):
    """`break` or `continue` of a loop with that label, or of the innermost one."""

    def __init__(self, label: str | None) -> None:
        self.label = label


class BreakJump(Jump):
    """`break`."""


class ContinueJump(Jump):
    """`continue`."""


class ReturnJump(Exception):
    """`return`."""

    def __init__(self, value: Value) -> None:
        self.value = value


def naive_call(module: Module, name: str, args: Sequence[Value], fuel: int) -> Outcome:
    """What `autoform.semantics.interpreter.call` answers, found out differently."""
    function = module.function(name)
    run = Naive(module, Tank(fuel), bindings_of_values(function, args))
    try:
        value, inouts = run.function(function, args)
    except EvaluationFailed as failure:
        has_inouts = any(param.inout for param in function.params)
        inouts = failure.inouts if has_inouts else ()
        return Raised(failure.exception, failure.message, inouts)
    except (FuelExhausted, RecursionError):
        return OutOfFuel()
    return Returned(value, inouts)


class Naive:
    """One activation of a function: its types and the fuel that all activations share."""

    def __init__(self, module: Module, tank: Tank, bindings: dict[str, Type]) -> None:
        self.module = module
        self.tank = tank
        self.bindings = bindings

    def function(
        self, function: Function, args: Sequence[Value]
    ) -> tuple[Value, tuple[Value, ...]]:
        self.tank.pay(1)
        env = dict(zip((param.name for param in function.params), args, strict=True))
        try:
            self.block(function.body, env)
            result: Value = ()
        except ReturnJump as jump:
            result = jump.value
        except EvaluationFailed as failure:
            failure.inouts = self.inouts(function, env)
            raise
        return result, self.inouts(function, env)

    def inouts(self, function: Function, env: Env) -> tuple[Value, ...]:
        return tuple(env[param.name] for param in function.params if param.inout)

    def call(
        self, name: str, args: Sequence[Expr], result: Type | None, env: Env
    ) -> tuple[Value, tuple[Value, ...]]:
        function = self.module.function(name)
        types = [self.resolve(type_of(arg)) for arg in args]
        bindings = bindings_of_call(function, types, result and self.resolve(result))
        values = [self.value(arg, env) for arg in args]
        return Naive(self.module, self.tank, bindings).function(function, values)

    def resolve(self, type_: Type) -> Type:
        return substitute_type(type_, self.bindings)

    # Statements

    def block(self, block: Block, env: Env) -> None:
        for stmt in block:
            self.statement(stmt, env)

    def statement(self, stmt: Stmt, env: Env) -> None:  # noqa: C901 - one case per node
        match stmt:
            case VarDecl(name, _, value):
                env.pop(name, None)
                if value is not None:
                    env[name] = self.value(value, env)
            case Assign(name, value):
                env[name] = self.value(value, env)
            case CallStmt():
                self.call_statement(stmt, env)
            case If(condition, then, orelse):
                self.block(then if self.value(condition, env) else orelse, env)
            case While(condition, body):
                self.loop(self.while_true(condition, env), None, body, stmt.label, env)
            case ForRange(binder, start, stop, step, body):
                bounds = [cast(int, self.value(bound, env)) for bound in (start, stop, step)]
                if bounds[2] == 0:
                    raise EvaluationFailed("ValueError", "")
                self.loop(iter(range(*bounds)), binder.name, body, stmt.label, env)
            case ForEach(binder, source, body):
                items = cast("tuple[Value, ...]", self.value(source, env))
                self.loop(iter(items), binder.name, body, stmt.label, env)
            case Break(label):
                raise BreakJump(label)
            case Continue(label):
                raise ContinueJump(label)
            case Return(value):
                raise ReturnJump(self.value(value, env))
            case Raise(exception, message):
                text = "" if message is None else self.value(message, env)
                raise EvaluationFailed(exception, str(text))
            case Assert(condition):
                if not self.value(condition, env):
                    raise EvaluationFailed("AssertionError", "")

    def call_statement(self, stmt: CallStmt, env: Env) -> None:
        params = self.module.function(stmt.function).params
        pairs = zip(params, stmt.args, strict=True)
        changed = [cast(Var, arg).name for param, arg in pairs if param.inout]
        try:
            result, inouts = self.call(stmt.function, stmt.args, None, env)
        except EvaluationFailed as failure:
            env.update(zip(changed, failure.inouts, strict=False))
            raise
        env.update(zip(changed, inouts, strict=True))
        if stmt.target is not None:
            env[stmt.target] = result

    def while_true(self, condition: Expr, env: Env) -> Iterator[Value]:
        while self.value(condition, env):
            yield ()

    def loop(
        self, rounds: Iterator[Value], name: str | None, body: Block, label: str | None, env: Env
    ) -> None:
        for item in rounds:
            self.tank.pay(1)
            if name is not None:
                env[name] = item
            try:
                self.block(body, env)
            except BreakJump as jump:
                if jump.label not in (None, label):
                    raise
                break
            except ContinueJump as jump:
                if jump.label not in (None, label):
                    raise

    # Expressions

    def value(self, expr: Expr, env: Env) -> Value:  # noqa: C901 - one case per node
        match expr:
            case IntLit() | BoolLit() | FloatLit() | CharLit() | StrLit():
                return expr.value
            case Var(name):
                return env[name]
            case ConstRef(name):
                const = next(each for each in self.module.consts if each.name == name)
                return self.value(const.value, {})
            case SeqLit(_, items) | TupleLit(items):
                return tuple(self.value(item, env) for item in items)
            case SetLit(element, items):
                return frozenset(self.key(self.value(item, env), element) for item in items)
            case MapLit(key, _, keys, values):
                return MapValue(
                    (self.key(self.value(k, env), key), self.value(v, env))
                    for k, v in zip(keys, values, strict=True)
                )
            case NoneLit():
                return NONE
            case RecordLit(type_, fields):
                return RecordValue(type_.name, tuple(self.value(f, env) for f in fields))
            case VariantLit(type_, variant, args):
                payload = tuple(self.value(arg, env) for arg in args)
                return VariantValue(type_.name, variant, payload)
            case FieldGet(record, field):
                return cast(RecordValue, self.value(record, env)).fields[self.place(record, field)]
            case FieldUpdate(record, field, value):
                found = cast(RecordValue, self.value(record, env))
                changed = list(found.fields)
                changed[self.place(record, field)] = self.value(value, env)
                return RecordValue(found.name, tuple(changed))
            case TupleGet(tuple_, index):
                return cast("tuple[Value, ...]", self.value(tuple_, env))[index]
            case IsVariant(value, variant):
                return cast(VariantValue, self.value(value, env)).variant == variant
            case VariantGet(value, variant, index):
                whole = cast(VariantValue, self.value(value, env))
                if whole.variant != variant:
                    raise EvaluationFailed("Panic", "")
                return whole.items[index]
            case Apply():
                return self.apply(expr, env)
            case Call(name, args, type_):
                return self.call(name, args, type_, env)[0]
            case And(items):
                return all(self.value(item, env) for item in items)
            case Or(items):
                return any(self.value(item, env) for item in items)
            case IfExpr(condition, then, orelse):
                return self.value(then if self.value(condition, env) else orelse, env)
            case Let(name, value, body):
                return self.value(body, env | {name: self.value(value, env)})
            case Quant():
                return self.quantifier(expr, env)
            case Comprehension():
                return self.comprehension(expr, env)
            case Lambda() | Old() | ResultValue():
                raise NotImplementedError(expr)

    def key(self, value: Value, type_: Type) -> Value:
        key_guard(type_)(value)
        return value

    def place(self, record: Expr, field: str) -> int:
        name = cast(RecordType, type_of(record)).name
        declared = next(each for each in self.module.records if each.name == name)
        return [each.name for each in declared.fields].index(field)

    def apply(self, expr: Apply, env: Env) -> Value:
        if expr.op == "implies":
            return not self.value(expr.args[0], env) or self.value(expr.args[1], env)
        args = [
            self.closure(arg, env) if isinstance(arg, Lambda) else self.value(arg, env)
            for arg in expr.args
        ]
        types = tuple(self.resolve(type_of(arg)) for arg in expr.args)
        signature = Signature(types, self.resolve(expr.type))
        assert all(isinstance(t, FnType) or a is not None for t, a in zip(types, args, strict=True))
        return MEANINGS[expr.op].run(signature, self.tank, *args)  # type: ignore[arg-type]

    def closure(self, expr: Lambda, env: Env) -> Callable[..., Value]:
        names = [param.name for param in expr.params]
        return lambda *args: self.value(expr.body, env | dict(zip(names, args, strict=True)))

    def quantifier(self, expr: Quant, env: Env) -> Value:
        domain = cast("tuple[Value, ...]", self.value(expr.domain, env))
        wanted = expr.kind is Quantifier.EXISTS
        answers = (self.value(expr.body, env | {expr.binder.name: x}) for x in domain)
        if not isinstance(type_of(expr.domain), SetType):
            return wanted if any(answer == wanted for answer in answers) else not wanted
        try:
            return wanted if wanted in list(answers) else not wanted
        except EvaluationFailed:
            raise EvaluationFailed(OUTSIDE) from None

    def comprehension(self, expr: Comprehension, env: Env) -> Value:
        first = cast(Generator, expr.clauses[0])
        source = self.value(first.source, env)
        rows = self.rows(expr, 0, env, source)
        sets = [c for c in expr.clauses if isinstance(c, Generator)]
        try:
            return self.collect(expr, rows)
        except EvaluationFailed:
            if any(isinstance(type_of(clause.source), SetType) for clause in sets):
                raise EvaluationFailed(OUTSIDE) from None
            raise

    def rows(self, expr: Comprehension, place: int, env: Env, source: Value) -> Iterator[Env]:
        clause = expr.clauses[place]
        if isinstance(clause, Generator):
            inner = [env | {clause.binder.name: x} for x in cast("tuple[Value, ...]", source)]
        else:
            inner = [env] if self.value(clause.condition, env) else []
        for row in inner:
            self.tank.pay(1)
            if place + 1 == len(expr.clauses):
                yield row
                continue
            after = expr.clauses[place + 1]
            inner_source = self.value(after.source, row) if isinstance(after, Generator) else ()
            yield from self.rows(expr, place + 1, row, inner_source)

    def collect(self, expr: Comprehension, rows: Iterator[Env]) -> Value:
        def key_of(row: Env) -> Value:
            key = expr.key or expr.element
            return self.key(self.value(key, row), type_of(key))

        match expr.kind:
            case Collection.SEQ:
                return tuple(self.value(expr.element, row) for row in rows)
            case Collection.SET:
                return frozenset(map(key_of, rows))
            case Collection.MAP:
                return MapValue((key_of(row), self.value(expr.element, row)) for row in rows)
