"""Operators with Rust's meaning answer what Rust answers, at the corners of their types.

`rust_corners.txt` is what `rust_corners.rs` prints. A panic is any exception of the program.
"""

from __future__ import annotations

import ast
import math
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pytest

from autoform.ir.ops import OPS
from autoform.ir.types import (
    BOOL,
    FLOAT,
    INT,
    MACHINE_INTS,
    STR,
    MachineIntType,
    OptionType,
    TupleType,
    Type,
)
from autoform.semantics.failure import EvaluationFailed, Tank
from autoform.semantics.meaning import Signature
from autoform.semantics.ops import MEANINGS
from autoform.semantics.values import NONE, Some, Value, same

HERE: Final = Path(__file__).parent
ROWS: Final = (HERE / "rust_corners.txt").read_text(encoding="utf-8").splitlines()
HOSTS: Final[dict[str, Type]] = {"f64": FLOAT, "str": STR, **MACHINE_INTS}
COUNTED: Final = {"int.count_ones", "int.leading_zeros", "int.trailing_zeros"}
TO_INT: Final = COUNTED | {"int.ilog2", "int.ilog10"}


def signature(op: str, type_: Type, target: Type | None, arity: int) -> Signature:
    """The types of an application; the second operand of powers and shifts is an `Int`."""
    params = OPS[op].params
    args = tuple(INT if params[i] == INT else type_ for i in range(arity))
    result: Type = type_
    if target is not None:
        result = OptionType(target) if isinstance(OPS[op].result, OptionType) else target
    elif op in {"int.abs_diff", "int.unsigned_abs"} and isinstance(type_, MachineIntType):
        result = MACHINE_INTS[f"u{type_.bits}"]
    elif op in TO_INT:
        result = INT
    elif op == "int.as_float":
        result = FLOAT
    elif OPS[op].result == BOOL:
        result = BOOL
    elif op.startswith("int.checked_"):
        result = OptionType(type_)
    elif op.startswith("int.overflowing_"):
        result = TupleType((type_, BOOL))
    return Signature(args, result)


def read_args(text: str, type_: Type) -> list[Value]:
    if type_ == STR:
        return [ast.literal_eval(text.replace("\\u{663}", "\\u0663"))]
    return [read(word, type_) for word in text.split()]


def read(text: str, type_: Type) -> Value:
    """An answer or argument as Rust's `{:?}` prints it."""
    match type_:
        case OptionType(item):
            return NONE if text == "none" else Some(read(text, item))
        case TupleType((first, second)):
            left, right = text.strip("()").split(", ")
            return (read(left, first), read(right, second))
        case _:
            pass
    if type_ == FLOAT:
        return float(text)
    return text == "true" if type_ == BOOL else int(text)


def cases(row: str) -> tuple[str, str, Iterator[tuple[str, str]]]:
    head, _, rest = row.partition(": ")
    op, host = head.split()
    pairs = (case.rsplit(" = ", 1) for case in rest.split("; "))
    return op, host, ((args, answer) for args, answer in pairs)


def run(op: str, types: Signature, args: Sequence[Value]) -> Value | None:
    """What the operator answers; None when it raises one of the exceptions of its row."""
    try:
        return MEANINGS[op].run(types, Tank(10_000), *args)
    except EvaluationFailed as failure:
        if failure.exception not in OPS[op].raises:
            raise
        return None


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.partition(": ")[0])
def test_operator_answers_as_rust_does(row: str) -> None:
    named, host, found = cases(row)
    op, _, target = named.partition(":")
    for text, answer in found:
        args = read_args(text, HOSTS[host])
        types = signature(op, HOSTS[host], MACHINE_INTS.get(target), len(args))
        value = run(op, types, args)
        assert (value is None) == (answer == "panic"), (text, value)
        if value is None:
            continue
        expected = read(answer, types.result)
        if op == "float.powf" and isinstance(expected, float) and isinstance(value, float):
            # Whose `pow` is called may differ in the last bit.
            assert value == pytest.approx(expected, rel=1e-15, nan_ok=True), text
            assert math.copysign(1, value) == math.copysign(1, expected) or math.isnan(value)
        else:
            assert same(value, expected), (text, value, expected)


@pytest.mark.skipif(shutil.which("rustc") is None, reason="needs rustc")
def test_table_is_what_rust_prints(tmp_path: Path) -> None:
    program = tmp_path / "corners"
    flags = ["--edition", "2021", "-C", "overflow-checks=on", "-o", str(program)]
    subprocess.run(["rustc", *flags, str(HERE / "rust_corners.rs")], check=True)
    printed = subprocess.run([program], check=True, capture_output=True, encoding="utf-8").stdout
    assert printed.splitlines() == ROWS
