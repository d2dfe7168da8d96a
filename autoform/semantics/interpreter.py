"""The reference interpreter: calls of module functions and values of expressions.

It always stops. A call ends with a value, with an exception of the program, or without fuel; it
never raises. What it stops at, beside fuel, is documented here: `MAX_CALL_DEPTH` calls inside
each other (calls in tail position of the function itself do not count), Python's own recursion
limit when values nest very deeply, and loops nested too deeply for Python to compile.
"""

from __future__ import annotations

import sys
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeVar

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Expr
from autoform.ir.types import Type
from autoform.semantics.compiler.instances import bindings_of_values
from autoform.semantics.compiler.program import (
    MAX_CALL_DEPTH,
    Compiled,
    ExpressionCode,
    Program,
    freeze,
)
from autoform.semantics.failure import EvaluationFailed, FuelExhausted, Tank
from autoform.semantics.values import Value

_A = TypeVar("_A")

__all__ = [
    "DEFAULT_FUEL",
    "MAX_CALL_DEPTH",
    "EvaluationFailed",
    "Evaluator",
    "FuelExhausted",
    "OutOfFuel",
    "Outcome",
    "Raised",
    "Returned",
    "call",
    "evaluate",
    "evaluator",
    "with_room",
]

DEFAULT_FUEL: Final = 10_000_000
"""Operators, rounds and calls: from half a second to a few."""
_RECURSION_LIMIT: Final = 10_000
"""Python frames while a program runs. Frames of Python functions take no stack of C's."""
_PROGRAMS_KEPT: Final = 64


@dataclass(frozen=True, slots=True)
class Returned:
    """The function returned; `inouts` are the final values of its inout parameters, in order."""

    value: Value
    inouts: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Raised:
    """The function raised. With `OutsideSubset` no claim is made about the call."""

    exception: str
    message: str = ""
    inouts: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class OutOfFuel:
    """The function did not end within its fuel, or went too deep: no claim is made."""


Outcome: TypeAlias = Returned | Raised | OutOfFuel


def call(
    module: Module,
    name: str,
    args: Sequence[Value],
    *,
    fuel: int = DEFAULT_FUEL,
    type_args: Mapping[str, Type] | None = None,
) -> Outcome:
    """Call a function of a well-formed module with values of its parameters' types.

    The types of a generic function are `type_args`, and otherwise guessed from the values, a
    number being an `Int`. Raises `KeyError` when there is no such function and `ValueError` when
    it takes another number of arguments.
    """
    function = module.function(name)
    bindings = bindings_of_values(function, _checked(function, args)) | dict(type_args or {})
    return run(function, program(module).entry(name, bindings), args, Tank(fuel))


def run(function: Function, compiled: Compiled, args: Sequence[Value], tank: Tank) -> Outcome:
    """Run a compiled function to its outcome."""
    has_inouts = any(param.inout for param in function.params)
    try:
        returned = with_room(compiled, tank, MAX_CALL_DEPTH, *args)
    except EvaluationFailed as failure:
        inouts = tuple(map(freeze, failure.inouts)) if has_inouts else ()
        return Raised(failure.exception, failure.message, inouts)
    except (FuelExhausted, RecursionError, MemoryError):
        return OutOfFuel()
    if not has_inouts:
        return Returned(returned)
    value, *inouts_after = returned
    return Returned(value, tuple(map(freeze, inouts_after)))


def evaluate(
    module: Module,
    expr: Expr,
    env: Mapping[str, Value],
    *,
    old: Mapping[str, Value] | None = None,
    result: Value | None = None,
    fuel: int = DEFAULT_FUEL,
) -> Value:
    r"""The value of an expression where variables have the values of `env`.

    `old` are the values at entry, for `\old(e)`; `result` is the value of `\result`. Raises
    `EvaluationFailed` when the expression does, `FuelExhausted` when it takes too long, and
    `KeyError` or `ValueError` when a variable, `old` or `result` is missing that it reads. The
    translation is kept for as long as the node is.
    """
    return evaluator(module, expr)(env, old=old, result=result, fuel=fuel)


def evaluator(module: Module, expr: Expr) -> Evaluator:
    """The expression translated, for whoever evaluates it in many states."""
    return Evaluator(with_room(program(module).expression, expr))


@dataclass(frozen=True, slots=True)
class Evaluator:
    """A translated expression. Calling it is `evaluate`."""

    code: ExpressionCode

    def __call__(
        self,
        env: Mapping[str, Value],
        *,
        old: Mapping[str, Value] | None = None,
        result: Value | None = None,
        fuel: int = DEFAULT_FUEL,
    ) -> Value:
        """The value where variables have the values of `env`."""
        code = self.code
        if code.uses_result and result is None:
            raise ValueError("the expression speaks of a result that is not given")
        if code.at_entry and old is None:
            raise ValueError("the expression speaks of values at entry that are not given")
        args = [env[name] for name in code.now]
        if old is not None:
            args += [old[name] for name in code.at_entry]
        try:
            value: Value = with_room(code.function, Tank(fuel), MAX_CALL_DEPTH, result, *args)
        except (RecursionError, MemoryError):
            raise FuelExhausted from None
        return value


def _checked(function: Function, args: Sequence[Value]) -> Sequence[Value]:
    if len(args) != len(function.params):
        wanted = len(function.params)
        raise ValueError(f"{function.name} takes {wanted} arguments, not {len(args)}")
    return args


# ── Programs ──────────────────────────────────────────────────────────────────────────────────

_PROGRAMS: Final[OrderedDict[int, Program]] = OrderedDict()
"""By the identity of modules, which the programs keep alive; hashing a module reads all of it."""


def program(module: Module) -> Program:
    """The program of a module, the same one for the same object."""
    found = _PROGRAMS.get(id(module))
    if found is None:
        found = _PROGRAMS[id(module)] = Program(module)
        if len(_PROGRAMS) > _PROGRAMS_KEPT:
            _PROGRAMS.popitem(last=False)
    else:
        _PROGRAMS.move_to_end(id(module))
    return found


def with_room(function: Callable[..., _A], *args: object) -> _A:
    """Call with Python allowed to nest as many calls as a program may, or as deep IR needs.

    Evaluations take such room by themselves; a function that makes very many takes it once.
    """
    limit = sys.getrecursionlimit()
    if limit >= _RECURSION_LIMIT:
        return function(*args)
    sys.setrecursionlimit(_RECURSION_LIMIT)
    try:
        return function(*args)
    finally:
        sys.setrecursionlimit(limit)
