"""Builds: what they leave, and that it is the same however often they were killed."""

import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pytest

from autoform.corpus.build import BuildBusy, PlanChanged, build
from autoform.corpus.engines import Finished, Lot
from autoform.corpus.journal import SourcesChanged
from autoform.corpus.schema import schema_problems
from autoform.corpus.settings import BuildSettings
from autoform.corpus.shards import read_rows
from tests.corpus.programs import (
    SUMMED,
    TOTAL,
    UNLICENSED,
    InProcess,
    data_of,
    many,
    order,
    unit,
)

ROOT = Path(__file__).parents[2]
UNITS = 40


def test_every_function_is_a_row_of_the_schema(tmp_path: Path) -> None:
    text = TOTAL + "\n\ndef bad(name: str) -> str:\n    return open(name).read()\n"
    build(order(tmp_path, lambda: iter([unit(text)])), InProcess)
    rows = [row for _, _, row in read_rows(tmp_path)]
    assert sorted(row["name"] for row in rows) == ["bad", "total"]
    assert [problem for row in rows for problem in schema_problems(row)] == []
    (bad,) = (row for row in rows if row["name"] == "bad")
    assert bad["verdict"]["kind"] == "unsupported"
    assert bad["verdict"]["findings"][0]["line"] == 10


def test_near_duplicates_share_a_group_and_a_split(tmp_path: Path) -> None:
    units = [unit(TOTAL, "a.py"), *many(5)(), unit(SUMMED, "b.py")]
    build(order(tmp_path, lambda: iter(units)), InProcess)
    rows = {row["name"]: row for _, _, row in read_rows(tmp_path)}
    first, second = rows["total"], rows["summed"]
    assert first["twins"] == {"group": first["id"], "size": 2, "first": True}
    assert second["twins"] == {"group": first["id"], "size": 2, "first": False}
    assert first["split"] == second["split"]
    assert rows["f0"]["twins"]["group"] != first["id"]


def test_what_is_in_a_benchmark_is_flagged_and_not_trained_on(tmp_path: Path) -> None:
    marks = [unit(SUMMED, "Public/7", corpus="Public")]
    made = order(tmp_path, lambda: iter([unit(TOTAL), *many(3)()]), benchmarks=lambda: iter(marks))
    build(made, InProcess)
    rows = {row["name"]: row for _, _, row in read_rows(tmp_path)}
    assert rows["total"]["overlap"] == [{"benchmark": "Public", "item": "Public/7", "how": "ir"}]
    assert rows["total"]["split"] == "test"
    assert rows["f0"]["overlap"] == []
    assert "summed" not in rows


def test_rows_without_a_licence_lie_apart(tmp_path: Path) -> None:
    units = [unit(TOTAL, "a.py"), unit(SUMMED, "b.py", UNLICENSED)]
    build(order(tmp_path, lambda: iter(units)), InProcess)
    inside = [row["name"] for _, _, row in read_rows(tmp_path, unlicensed=False)]
    assert inside == ["total"]
    assert len(list((tmp_path / "unlicensed" / "data").glob("*.parquet"))) == 1


def test_a_repeated_unit_is_written_once(tmp_path: Path) -> None:
    build(order(tmp_path, lambda: iter([unit(TOTAL), unit(TOTAL)])), InProcess)
    assert len(list(read_rows(tmp_path))) == 1


def test_other_settings_do_not_go_on_with_a_build(tmp_path: Path) -> None:
    build(order(tmp_path, many(2)), InProcess)
    other = order(tmp_path, many(2), settings=BuildSettings(depth="lift", confirm=False, seed=1))
    with pytest.raises(PlanChanged, match="settings"):
        build(other, InProcess)
    build(other, InProcess, restart=True)


def test_a_lot_of_which_a_kill_left_a_part_is_made_anew_as_a_whole(tmp_path: Path) -> None:
    settings = BuildSettings(depth="lift")
    given: list[list[int]] = []

    class Killed(Exception):
        """Stands for a kill while the rows of a lot are written down."""

    @dataclass(frozen=True)
    class Engine:
        own: InProcess
        most: int

        def run(self, lots: Iterable[Lot]) -> Iterator[Finished]:
            def noted() -> Iterator[Lot]:
                for lot in lots:
                    given.append([number for number, _ in lot])
                    yield lot

            yield from islice(self.own.run(noted()), self.most)
            if self.most < UNITS:
                raise Killed

    def built(folder: Path, most: int) -> None:
        made = order(folder, many(UNITS), settings=settings)
        build(made, lambda chosen: Engine(InProcess(chosen), most))

    built(tmp_path / "whole", UNITS)
    whole = list(given)
    assert [len(lot) for lot in whole] == [20, 20]
    for most in (27, 13):
        folder = tmp_path / str(most)
        with pytest.raises(Killed):
            built(folder, most)
        given.clear()
        built(folder, UNITS)
        assert given == [lot for lot in whole if lot[-1] >= most]
        assert data_of(folder) == data_of(tmp_path / "whole")


def test_changed_sources_are_noticed(tmp_path: Path) -> None:
    build(order(tmp_path, many(3)), InProcess)
    with pytest.raises(SourcesChanged):
        build(order(tmp_path, lambda: iter([unit(TOTAL)])), InProcess)
    with pytest.raises(SourcesChanged, match="there are 2 units"):
        build(order(tmp_path, many(2)), InProcess)


def test_more_sources_add_rows(tmp_path: Path) -> None:
    build(order(tmp_path / "grown", many(5)), InProcess)
    build(order(tmp_path / "grown", many(12)), InProcess)
    build(order(tmp_path / "whole", many(12)), InProcess)
    assert data_of(tmp_path / "grown") == data_of(tmp_path / "whole")


def test_two_builds_in_one_folder_do_not_mix(tmp_path: Path) -> None:
    def units() -> object:
        with pytest.raises(BuildBusy):
            build(order(tmp_path, many(1)), InProcess)
        return many(1)()

    build(order(tmp_path, units), InProcess)  # type: ignore[arg-type] # it is tried inside


SCRIPT = f"""
import os, signal, sys, threading, time
from pathlib import Path
from autoform.corpus.build import build
from tests.corpus.programs import InProcess, many, order

if len(sys.argv) > 2:
    kill = threading.Timer(float(sys.argv[2]), os.kill, (os.getpid(), signal.SIGKILL))
    kill.daemon = True
    kill.start()
began = time.monotonic()
build(order(Path(sys.argv[1]), many({UNITS})), InProcess)
print(time.monotonic() - began)
"""


def run(*arguments: object) -> "subprocess.CompletedProcess[str]":
    path = os.pathsep.join([str(ROOT), *sys.path])
    return subprocess.run(
        [sys.executable, "-c", SCRIPT, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_build_killed_at_any_moment_ends_as_if_undisturbed(tmp_path: Path) -> None:
    undisturbed, killed = tmp_path / "undisturbed", tmp_path / "killed"
    whole = float(run(undisturbed).stdout)
    chance = random.Random(0)  # noqa: S311 - to be repeated
    seconds = chance.uniform(0.2, 0.6) * whole
    while run(killed, seconds).returncode != -signal.SIGKILL:
        shutil.rmtree(killed)  # it was done before: a machine is now quick, now slow
        seconds /= 2
    for _ in range(2):
        run(killed, chance.uniform(0.05, 0.6) * whole)
    assert run(killed).returncode == 0
    assert data_of(killed) == data_of(undisturbed)
