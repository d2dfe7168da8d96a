"""The client over a real socket: whatever a server does becomes an answer or a reason."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from email.utils import formatdate

import pytest

from autoform.prove.model.client import MOST_BYTES, Client
from autoform.prove.model.exchange import Answer, Failed, Question, Reply
from autoform.prove.model.settings import ModelSettings, ModelUnavailable, key_in
from tests.prove.model.serving import KEY, Act, Server, fails, says, serving, waited

pytest.importorskip("openai")

QUESTION = Question("f", 1, "instructions", "text")


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@contextmanager
def client(server: Server, waits: list[float], timeout: float = 20.0) -> Iterator[Client]:
    settings = ModelSettings("m", server.address, timeout=timeout)
    with closing(Client(settings, KEY, sleep=waits.append)) as found:
        yield found


def ask(*acts: Act, timeout: float = 20.0) -> tuple[Reply, Server, list[float]]:
    """What comes of one question to a server that acts so, and how long was waited between."""
    waits: list[float] = []
    with serving(*acts) as server, client(server, waits, timeout) as asked:
        reply = asked.ask(QUESTION)
    assert KEY not in repr(reply)
    return reply, server, waits


def reason(*acts: Act, timeout: float = 20.0) -> str:
    reply, _, _ = ask(*acts, timeout=timeout)
    assert isinstance(reply, Failed)
    return reply.reason


def test_an_answer_comes_with_what_it_cost() -> None:
    reply, server, waits = ask(says("invariant L1: true"))
    assert reply == Answer("invariant L1: true", 100)
    assert server.keys == [f"Bearer {KEY}"]
    assert server.requests[0]["model"] == "m"
    assert server.requests[0]["messages"] == QUESTION.messages
    assert waits == []


def test_a_server_that_asks_to_wait_is_waited_for() -> None:
    reply, _, waits = ask(fails(429, retry_after="7"), says("yes"))
    assert reply == Answer("yes", 100)
    assert waits == [7.0]


def test_a_date_to_wait_for_is_understood() -> None:
    _, _, waits = ask(fails(503, retry_after=formatdate(time.time() + 20, usegmt=True)), says("y"))
    assert 15 < waits[0] <= 20


@pytest.mark.parametrize("text", ["soon", "", "-5", "1e400", "nan"])
def test_nonsense_in_retry_after_neither_hangs_nor_crashes(text: str) -> None:
    _, _, waits = ask(fails(429, retry_after=text), says("yes"))
    assert all(0 <= wait <= 60 for wait in waits)


def test_a_server_that_asks_for_an_hour_is_not_asked_again() -> None:
    reply, server, waits = ask(fails(429, retry_after="3600"))
    assert isinstance(reply, Failed)
    assert reply.lasting
    assert "3600 seconds" in reply.reason
    assert len(server.requests) == 1
    assert waits == []


def test_errors_of_the_server_are_tried_again_after_longer_and_longer() -> None:
    reply, _, waits = ask(fails(500), fails(502), fails(503), says("yes"))
    assert reply == Answer("yes", 100)
    assert waits == [0.5, 1.0, 2.0]


def test_a_server_that_keeps_failing_is_given_up() -> None:
    reply, server, _ = ask(fails(500))
    assert reply == Failed("the model's server answered with HTTP 500", lasting=True)
    assert len(server.requests) == 5


def test_a_spent_quota_is_not_waited_for() -> None:
    _, server, _ = ask(fails(429, code="insufficient_quota"))
    assert len(server.requests) == 1


def test_a_refused_key_is_said_without_the_key() -> None:
    found = reason(fails(401))
    assert "OPENAI_API_KEY" in found


def test_a_model_that_knows_the_limit_by_its_newer_name_gets_it_so() -> None:
    reply, server, _ = ask(fails(400, param="max_tokens"), says("yes"))
    assert reply == Answer("yes", 100)
    assert "max_tokens" in server.requests[0]
    assert "max_completion_tokens" in server.requests[1]


def test_a_server_that_hangs_is_left() -> None:
    started = time.monotonic()
    assert "in time" in reason(Act(stall=30), timeout=0.3)
    assert waited(started) < 10


def test_a_body_that_drips_is_left() -> None:
    started = time.monotonic()
    assert "in time" in reason(Act(says("x" * 2000).body, drip=0.1), timeout=0.5)
    assert waited(started) < 10


def test_a_body_without_end_is_left() -> None:
    assert str(MOST_BYTES) in reason(Act(b" " * (MOST_BYTES + 1)))


def test_so_is_the_body_of_an_error() -> None:
    assert str(MOST_BYTES) in reason(Act(b" " * (MOST_BYTES + 1), status=500))


def test_a_compressed_body_is_not_unpacked() -> None:
    assert "compressed" in reason(Act(b"x", headers={"Content-Encoding": "gzip"}))


@pytest.mark.parametrize(
    "act",
    [
        Act(says("yes").body[:-40]),
        Act(b""),
        Act(b"not json"),
        Act(b"\xff\xfe\x00"),
        Act(b"null"),
        Act(b"[]"),
        Act(b"{}"),
        Act(b'{"choices": []}'),
        Act(b'{"choices": [{"message": null}]}'),
        Act(b'{"choices": [{"message": {"content": "x"}}], "usage": 3}'),
        Act(b"[" * 100_000),
    ],
)
def test_malformed_answers_are_tried_once_more_and_said(act: Act) -> None:
    reply, server, _ = ask(act)
    assert reply == Failed("the model's server sent an answer that is cut off or malformed")
    assert len(server.requests) == 2


def test_a_connection_that_breaks_in_the_middle_is_no_answer() -> None:
    assert "the model's server" in reason(Act(says("yes").body, cut=True))


@pytest.mark.parametrize(
    "act",
    [
        says(None, refusal="I cannot help with that"),
        says("", finish="content_filter"),
        says(None),
        says("  \n"),
        Act(b'{"choices": [{"message": {"content": [1]}}]}'),
    ],
)
def test_refusals_are_not_argued_with(act: Act) -> None:
    reply, server, _ = ask(act)
    assert isinstance(reply, Failed)
    assert not reply.lasting
    assert len(server.requests) == 1


def test_nobody_listens() -> None:
    with serving(says("yes")) as server:
        address = server.address
    settings = ModelSettings("m", address)
    with closing(Client(settings, KEY, sleep=lambda _: None)) as asked:
        reply = asked.ask(QUESTION)
    assert reply == Failed("the model's server cannot be reached", lasting=True)


def test_a_key_that_the_server_says_back_is_struck_out() -> None:
    reply, _, _ = ask(says(f"invariant L1: true # {KEY}"))
    assert reply == Answer("invariant L1: true # [key]", 100)


def test_a_bill_that_makes_no_sense_is_replaced_by_an_estimate() -> None:
    reply, _, _ = ask(
        Act(b'{"choices": [{"message": {"content": "yes"}}], "usage": {"total_tokens": -5}}')
    )
    assert isinstance(reply, Answer)
    assert reply.tokens > 0


def test_keys_come_from_the_environment_in_this_order() -> None:
    assert key_in({"OPENAI_API_KEY": "a", "AUTOFORM_API_KEY": "b"}) == "b"
    assert key_in({"OPENAI_API_KEY": " a\n", "AUTOFORM_API_KEY": ""}) == "a"
    assert key_in({}) is None


@pytest.mark.parametrize(
    "address",
    [
        "localhost:8000",
        "ftp://x/",
        "http://",
        "http://[::1",
        "http://u:secret@h/v1",
        "http://h?k=secret",
    ],
)
def test_addresses_that_cannot_be_asked_or_hold_a_secret(address: str) -> None:
    with pytest.raises(ModelUnavailable) as found:
        ModelSettings("m", address)
    assert "secret" not in str(found.value) + found.value.remedy


def test_without_a_key_and_a_server_of_ones_own_nobody_is_asked() -> None:
    with pytest.raises(ModelUnavailable, match="no key"):
        Client(ModelSettings("m"), None)


def test_a_missing_package_is_said_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "openai", None)
    with pytest.raises(ModelUnavailable) as found:
        Client(ModelSettings("m", "http://localhost:1/v1"), None)
    assert "pip install 'autoform[model]'" in found.value.remedy
