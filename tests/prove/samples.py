"""Small files to prove, and what is found of them."""

from __future__ import annotations

from autoform.frontends import lift
from autoform.frontends.lifted import Lifted
from autoform.prove.pipeline import ProofResult, ProofSettings, prove
from autoform.source import SourceFile

__all__ = ["HEAD", "SUM", "UNKNOWN", "WRONG", "found", "lifted"]

HEAD = "from icontract import ensure, require\n\n\n"
SUM = (
    "@ensure(lambda xs, result: result == sum(xs))\n"
    "def total(xs: list[int]) -> int:\n"
    "    acc = 0\n"
    "    for x in xs:\n"
    "        acc += x\n"
    "    return acc\n\n\n"
)
WRONG = (
    "@ensure(lambda xs, result: result == len(xs))\n"
    "def off(xs: list[int]) -> int:\n"
    "    n = 1\n"
    "    for x in xs:\n"
    "        n += 1\n"
    "    return n\n\n\n"
)
UNKNOWN = (
    "@require(lambda n: n >= 0)\n"
    "@ensure(lambda n, result: result > n or n != 123456789)\n"
    "def far(n: int) -> int:\n"
    "    return n\n\n\n"
)


def lifted(text: str, name: str = "sample.py") -> Lifted:
    """The file, with what contracts import."""
    return lift(SourceFile(name, HEAD + text))


def found(text: str, settings: ProofSettings | None = None) -> dict[str, ProofResult]:
    """The results by function."""
    return {r.name: r for r in prove(lifted(text), settings=settings)}
