"""Transcripts: what was answered is answered again, and a damaged file is not trusted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autoform.prove.model.door import Breaker
from autoform.prove.model.exchange import Answer, Failed, Question, Reply
from autoform.prove.model.settings import ModelUnavailable
from autoform.prove.model.transcript import Recorder, Replay


class Scripted:
    """A door with replies in store."""

    name = "scripted"

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.closed = False

    def ask(self, question: Question) -> Reply:
        del question
        return self.replies.pop(0)

    def close(self) -> None:
        self.closed = True


def question(text: str) -> Question:
    return Question("f", 1, "instructions", text)


def test_what_was_recorded_is_replayed(tmp_path: Path) -> None:
    replies = (Answer("a \ud800 \n b", 3), Failed("no", lasting=True))
    recorder = Recorder(Scripted(*replies), tmp_path / "t.jsonl")
    asked = [recorder.ask(question("one")), recorder.ask(question("two"))]
    recorder.close()
    replay = Replay(tmp_path / "t.jsonl")
    assert replay.name == "scripted"
    assert [replay.ask(question("one")), replay.ask(question("two"))] == asked == list(replies)


def test_another_question_has_no_answer(tmp_path: Path) -> None:
    recorder = Recorder(Scripted(Answer("a", 3)), tmp_path / "t.jsonl")
    recorder.ask(question("one"))
    recorder.close()
    reply = Replay(tmp_path / "t.jsonl").ask(question("other"))
    assert isinstance(reply, Failed)
    assert "transcript" in reply.reason


def test_a_file_grows_and_the_later_answer_counts(tmp_path: Path) -> None:
    for text in ("early", "late"):
        recorder = Recorder(Scripted(Answer(text, 3)), tmp_path / "t.jsonl")
        recorder.ask(question("one"))
        recorder.close()
    assert Replay(tmp_path / "t.jsonl").ask(question("one")) == Answer("late", 3)


def test_a_last_line_that_was_cut_off_is_forgiven_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    recorder = Recorder(Scripted(Answer("a", 1), Answer("b", 1)), path)
    recorder.ask(question("one"))
    recorder.ask(question("two"))
    recorder.close()
    whole = path.read_text()
    path.write_text(whole[:-30])
    assert Replay(path).ask(question("one")) == Answer("a", 1)
    assert isinstance(Replay(path).ask(question("two")), Failed)
    path.write_text(whole[40:])
    with pytest.raises(ModelUnavailable, match="line 1"):
        Replay(path)


@pytest.mark.parametrize(
    "line", ["[]", "{}", "3", '{"schema": 1, "model": "m", "question": "q"}', "[" * 100_000]
)
def test_what_is_no_transcript_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "t.jsonl").write_text(line + "\n")
    with pytest.raises(ModelUnavailable):
        Replay(tmp_path / "t.jsonl")


def test_transcripts_of_another_schema_are_refused(tmp_path: Path) -> None:
    entry = {"schema": 2, "model": "m", "question": "q", "answer": {"text": "", "tokens": 1}}
    (tmp_path / "t.jsonl").write_text(json.dumps(entry) + "\n")
    with pytest.raises(ModelUnavailable, match="schema"):
        Replay(tmp_path / "t.jsonl")


def test_missing_files_and_folders_are_said(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="cannot read"):
        Replay(tmp_path / "missing")
    inner = Scripted()
    with pytest.raises(ModelUnavailable, match="cannot write"):
        Recorder(inner, tmp_path / "missing" / "t.jsonl")
    assert inner.closed


def test_after_a_failure_that_lasts_nobody_is_asked() -> None:
    inner = Scripted(Failed("busy"), Failed("gone", lasting=True), Answer("never", 1))
    breaker = Breaker(inner)
    replies = [breaker.ask(question("one")) for _ in range(4)]
    assert replies == [Failed("busy"), *[Failed("gone", lasting=True)] * 3]
