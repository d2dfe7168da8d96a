"""Verdicts do not depend on the cache, nor on how many processes look for them."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from autoform.ir.decls import Assumption
from autoform.prove.cache import Cache
from autoform.prove.keys import key_of_verdict
from autoform.prove.pipeline import ProofResult, ProofSettings
from autoform.prove.session import ProofSession
from autoform.prove.workers import Workers
from autoform.verifiers.verdict import Proved, Refuted, Unknown
from tests.prove.samples import SUM, UNKNOWN, WRONG, lifted

CALLER = "def caller(xs: list[int]) -> int:\n    return total(xs)\n\n\n"
TEXT = SUM + WRONG + UNKNOWN + CALLER
NAMES = ["total", "off", "far", "caller"]


def run(
    text: str, cache: Cache | None = None, jobs: int = 1, settings: ProofSettings | None = None
) -> tuple[dict[str, ProofResult], ProofSession]:
    session = ProofSession(settings or ProofSettings(), jobs, cache)
    (results,) = session.prove([(lifted(text), NAMES)])
    return {result.name: result for result in results}, session


def shown(results: dict[str, ProofResult]) -> list[object]:
    return [(r.name, r.verdict, r.span, r.findings, r.proof is None) for r in results.values()]


def test_what_is_remembered_is_what_was_found(tmp_path: Path) -> None:
    with Cache(tmp_path / "c") as cache:
        first, _ = run(TEXT, cache)
        assert cache.hits == 0
        second, session = run(TEXT, cache)
        assert cache.hits == len(NAMES)
    assert shown(second) == shown(first)
    assert [type(r.verdict) for r in first.values()] == [Proved, Refuted, Unknown, Proved]
    assert second["total"].proof == first["total"].proof
    assert not session.findings


def test_lines_follow_the_function(tmp_path: Path) -> None:
    with Cache(tmp_path / "c") as cache:
        first, _ = run(TEXT, cache)
        second, _ = run("# one\n# two\n" + TEXT, cache)
        assert cache.hits == len(NAMES)
    for before, after in zip(first.values(), second.values(), strict=True):
        assert after.span.start_line == before.span.start_line + 2
        for old, new in zip(before.findings, after.findings, strict=True):
            assert new.span.start_line == old.span.start_line + 2


@pytest.mark.parametrize(
    ("old", "new", "missed"),
    [
        ("acc += x", "acc += x + 0", {"total", "caller"}),
        ("acc = 0", "acc = 1", {"total", "caller"}),
        ("return total(xs)", "return total(xs) + 1", {"caller"}),
        ("    n = 1", "    n = 2", {"off"}),
    ],
)
def test_a_change_is_noticed_by_those_it_concerns(
    tmp_path: Path, old: str, new: str, missed: set[str]
) -> None:
    with Cache(tmp_path / "c") as cache:
        run(TEXT, cache)
        cache.hits = 0
        run(TEXT.replace(old, new), cache)
        assert cache.hits == len(NAMES) - len(missed)


def test_the_key_holds_all_that_a_verdict_depends_on(monkeypatch: pytest.MonkeyPatch) -> None:
    file, settings = lifted(TEXT), ProofSettings()
    keys = {key_of_verdict(file, "total", settings)}
    for changed in (
        replace(settings, steps=settings.steps + 1),
        replace(settings, examples=settings.examples + 1),
        replace(settings, seed=settings.seed + 1),
        replace(settings, allow=frozenset({Assumption.FLOAT_AS_REAL})),
    ):
        keys.add(key_of_verdict(file, "total", changed))
    lawful = replace(file, comparable={"total": frozenset({"T"})})
    keys.add(key_of_verdict(lawful, "total", settings))
    monkeypatch.setattr(sys.modules[key_of_verdict.__module__], "fingerprint", lambda: "newer")
    keys.add(key_of_verdict(file, "total", settings))
    assert len(keys) == 7


def test_a_remembered_refutation_is_replayed(tmp_path: Path) -> None:
    with Cache(tmp_path / "c") as cache:
        run(WRONG + SUM + UNKNOWN + CALLER, cache)
        key = key_of_verdict(lifted(WRONG), "off", ProofSettings())
        record = cache.get(key)
        assert record is not None
        record["given"] = [[7, 7]]
        cache.put(key, record)
        results, _ = run(WRONG + SUM + UNKNOWN + CALLER, cache)
    verdict = results["off"].verdict
    assert isinstance(verdict, Refuted)
    assert verdict.counterexample.call == "off([7, 7])"
    assert verdict.counterexample.replayed


def test_a_record_of_another_shape_is_none(tmp_path: Path) -> None:
    file = lifted(TEXT)
    with Cache(tmp_path / "c") as cache:
        for name in NAMES:
            cache.put(key_of_verdict(file, name, ProofSettings()), {"verdict": {"is": "proved"}})
        results, _ = run(TEXT, cache)
    assert [type(r.verdict) for r in results.values()] == [Proved, Refuted, Unknown, Proved]


def test_processes_find_what_one_finds(tmp_path: Path) -> None:
    alone, _ = run(TEXT)
    with Cache(tmp_path / "c") as cache:
        together, session = run(TEXT, cache, jobs=2)
        again, _ = run(TEXT, cache)
        assert cache.hits == len(NAMES)
    assert shown(together) == shown(alone) == shown(again)
    assert not session.findings


def test_a_killed_worker_is_one_finding_and_nothing_is_lost() -> None:
    killed: list[int] = []

    def kill() -> None:
        for _ in range(600):
            for process in workers():
                os.kill(process, signal.SIGKILL)
                killed.append(process)
                return
            time.sleep(0.05)

    thread = threading.Thread(target=kill)
    thread.start()
    results, session = run(TEXT, jobs=2)
    thread.join()
    assert killed
    assert [type(r.verdict) for r in results.values()] == [Proved, Refuted, Unknown, Proved]
    assert [found.code for found in session.findings] == ["worker-lost"]


def workers() -> list[int]:
    """The worker processes that this one has started."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"autoform.prove.remote" in command and b"-m" in command and is_mine(folder):
            found.append(int(folder.name))
    return found


def is_mine(folder: Path) -> bool:
    """Whether a process descends from this one."""
    number = folder.name
    while number not in {"0", "1"}:
        if int(number) == os.getpid():
            return True
        try:
            number = Path("/proc", number, "stat").read_text().rpartition(")")[2].split()[1]
        except OSError:
            return False
    return False


def test_a_worker_that_dies_again_leaves_its_part_unknown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys.modules[Workers.__module__], "PROGRAM", "autoform.no_such_module")
    results, session = run(TEXT, jobs=2)
    assert all(isinstance(result.verdict, Unknown) for result in results.values())
    assert {found.code for found in session.findings} == {"worker-lost"}
    assert any("no_such_module" in found.message for found in session.findings)
