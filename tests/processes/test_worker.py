"""One program answers many requests, each within its own budget."""

import os
import sys

import pytest

from autoform.processes import Answer, MissingProgram, NoAnswer, Stop, Worker

SERVER = """
import json, os, sys, time
for line in sys.stdin:
    request = json.loads(line)
    if request == "spin":
        while True: pass
    elif request == "sleep":
        time.sleep(1000)
    elif request == "die":
        print("last words", file=sys.stderr); sys.exit(5)
    elif request == "babble":
        print("not json"); continue
    elif request == "twice":
        sys.stdout.write("1\\n2\\n"); sys.stdout.flush(); continue
    elif request == "flood":
        while True: sys.stdout.write("x" * 65536)
    elif request == "hog":
        x = bytearray(10**9)
    elif request == "pid":
        request = os.getpid()
    print(json.dumps(request), flush=True)
"""
ARGV = [sys.executable, "-I", "-u", "-c", SERVER]
BUDGET = {"timeout_cpu": 0.5, "timeout_wall": 60.0}


def test_many_requests_one_start() -> None:
    with Worker(ARGV) as worker:
        for i in range(500):
            assert worker.ask({"n": [i, "ü\n", None]}, **BUDGET) == Answer({"n": [i, "ü\n", None]})
        assert worker.starts == 1


def test_large_requests_and_answers() -> None:
    text = "é" * 500_000
    with Worker(ARGV) as worker:
        assert worker.ask(text, timeout_cpu=5, timeout_wall=60) == Answer(text)


@pytest.mark.parametrize(
    ("request_", "stop", "reason"),
    [
        ("spin", Stop.CPU, "stopped: cpu"),
        ("die", None, "ended with 5"),
        ("babble", None, "the answer is not JSON"),
        ("twice", None, "the answer is not JSON"),
        ("flood", Stop.OUTPUT, "stopped: output"),
        ("hog", None, "ended with 1"),
    ],
)
def test_a_failed_request_does_not_harm_the_next(
    request_: str, stop: Stop | None, reason: str
) -> None:
    with Worker(ARGV, max_answer_bytes=10_000_000, memory_bytes=500_000_000) as worker:
        assert worker.ask(1, **BUDGET) == Answer(1)
        reply = worker.ask(request_, timeout_cpu=2, timeout_wall=60)
        assert isinstance(reply, NoAnswer)
        assert (reply.stop, reply.reason) == (stop, reason)
        assert reply.timed_out == (stop is Stop.CPU)
        assert worker.ask(2, **BUDGET) == Answer(2)
        assert worker.starts == 2


def test_waiting_is_ended_by_the_guard() -> None:
    with Worker(ARGV) as worker:
        reply = worker.ask("sleep", timeout_cpu=5, timeout_wall=0.5)
        assert isinstance(reply, NoAnswer)
        assert reply.stop is Stop.WALL


def test_last_words_are_kept() -> None:
    with Worker(ARGV) as worker:
        reply = worker.ask("die", **BUDGET)
        assert isinstance(reply, NoAnswer)
        assert reply.stderr == b"last words\n"


def test_budget_is_per_request() -> None:
    with Worker([sys.executable, "-I", "-u", "-c", SPINNER]) as worker:
        for _ in range(5):
            assert worker.ask(0.2, timeout_cpu=0.6, timeout_wall=60) == Answer(0.2)
        assert worker.starts == 1


SPINNER = """
import json, sys, time
for line in sys.stdin:
    seconds = json.loads(line)
    start = time.process_time()
    while time.process_time() < start + seconds: pass
    print(seconds, flush=True)
"""


def test_nothing_is_left_when_the_worker_is_closed() -> None:
    with Worker(ARGV) as worker:
        reply = worker.ask("pid", **BUDGET)
        assert isinstance(reply, Answer)
        os.kill(reply.value, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(reply.value, 0)


def test_missing_program() -> None:
    with pytest.raises(MissingProgram):
        Worker(["no-such-program"])
