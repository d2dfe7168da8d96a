"""How the tables of operators are written: each row is a `Meaning`.

`plain` rows are functions of the arguments alone. `sized` ones get the tank first, to pay for
what they are about to do. `typed` ones are given the types of the application and answer with the
function for those types: `add` on `u8` is checked against 255, `add` on `Int` is not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from autoform.ir.types import Type
from autoform.semantics.failure import EvaluationFailed, Tank
from autoform.semantics.values import Value

Function: TypeAlias = Callable[..., Value]


@dataclass(frozen=True, slots=True)
class Signature:
    """The types that an operator is applied at, without type variables where they are known."""

    args: tuple[Type, ...]
    result: Type


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an operator does. See the module for what `typed` and `sized` say."""

    function: Callable[..., Any]
    typed: bool = False
    sized: bool = False

    def at(self, signature: Signature) -> Function:
        """The function for those types; it takes the tank first when the row is `sized`."""
        function: Function = self.function(signature) if self.typed else self.function
        return function

    def run(self, signature: Signature, tank: Tank, *args: Value) -> Value:
        """Apply the operator once."""
        return self.at(signature)(tank, *args) if self.sized else self.at(signature)(*args)


def plain(function: Callable[..., Value]) -> Meaning:
    """The meaning is a Python function of the arguments."""
    return Meaning(function)


def sized(function: Callable[..., Value]) -> Meaning:
    """The meaning is a Python function of the tank and the arguments."""
    return Meaning(function, sized=True)


def typed(choose: Callable[[Signature], Function], *, sized: bool = False) -> Meaning:
    """The meaning depends on the types."""
    return Meaning(choose, typed=True, sized=sized)


def raising(function: Callable[..., Value], *exceptions: type[Exception]) -> Function:
    """The function, with the Python exceptions named raised as exceptions of the program.

    What is not named is a defect of this package and stays a Python exception.
    """

    def run(*args: Value) -> Value:
        try:
            return function(*args)
        except exceptions as error:
            name = next(each.__name__ for each in exceptions if isinstance(error, each))
            raise EvaluationFailed(name, str(error)) from None

    return run
