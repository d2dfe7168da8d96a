"""Units and builds that several tests share: quick, for they stop after lifting."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from autoform.corpus.build import BuildOrder
from autoform.corpus.engines import Finished, Lot
from autoform.corpus.row import Licence
from autoform.corpus.settings import BuildSettings
from autoform.corpus.sources.unit import Unit
from autoform.corpus.workshop import Workshop

MIT: Licence = {"spdx": "MIT", "evidence": "manifest", "detail": "a test"}
UNLICENSED: Licence = {"spdx": None, "evidence": "none", "detail": "no licence was found"}
LIFT_ONLY = BuildSettings(depth="lift", confirm=False)

TOTAL = '''\
def total(xs: list[int]) -> int:
    """The sum."""
    so_far = 0
    for x in xs:
        so_far += x
    return so_far
'''
# The same function in other words: names, layout and documentation differ.
SUMMED = """\
def summed(numbers: list[int]) -> int:
    result = 0  # nothing yet
    for number in numbers:
        result += number

    return result
"""


def unit(text: str, item: str = "a.py", licence: Licence = MIT, corpus: str = "tests") -> Unit:
    """A Python program as a unit."""
    return Unit(corpus, item, item, text, "python", licence)


def many(count: int) -> Callable[[], Iterator[Unit]]:
    """Small programs that differ."""

    def units() -> Iterator[Unit]:
        for number in range(count):
            sign = "+-*"[number % 3]
            lines = "".join(f"    n = n {sign} {each}\n" for each in range(number % 7 + 1))
            yield unit(f"def f{number}(n: int) -> int:\n{lines}    return n\n", f"{number}.py")

    return units


def order(folder: Path, units: Callable[[], Iterator[Unit]], **changes: object) -> BuildOrder:
    """A build of small blocks and shards."""
    plain = {"block": 8, "shard_rows": 10, **changes}
    return BuildOrder(folder, plain.pop("settings", LIFT_ONLY), units, **plain)  # type: ignore[arg-type] # any of its fields


@dataclass(frozen=True, slots=True)
class InProcess:
    """An engine without workers, for tests of what is around engines."""

    settings: BuildSettings

    def run(self, lots: Iterable[Lot]) -> Iterator[Finished]:
        for lot in lots:
            for number, each in lot:
                workshop = Workshop(each, self.settings)
                made = tuple(workshop.make(name) for name in workshop.names)
                yield Finished(number, made, (0.0,) * len(made))


def data_of(folder: Path) -> dict[str, bytes]:
    """The files of a data set by their places, without what the build keeps for itself."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".build" not in path.relative_to(folder).parts
    }
