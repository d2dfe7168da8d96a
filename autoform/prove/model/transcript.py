"""Questions and answers written down, and answered again from what was written, with no network.

One JSON object a line. A file only grows: a kill at any moment costs at most its last line, and
of two answers to a question the later one counts.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Final, assert_never

from autoform.prove.model.exchange import Answer, Door, Failed, Question, Reply
from autoform.prove.model.settings import ModelUnavailable

SCHEMA: Final = 1
_UNKNOWN: Final = "the transcript has no answer to this question: it was recorded for another"


class Recorder:
    """Passes questions on, and appends each with its answer to a file."""

    def __init__(self, inner: Door, path: Path) -> None:
        """Open the file. Raises `ModelUnavailable` when it cannot be written."""
        self.name = inner.name
        self._inner = inner
        try:
            self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
        except OSError as error:
            inner.close()
            raise ModelUnavailable(f"cannot write the transcript: {error.strerror}") from error

    def ask(self, question: Question) -> Reply:
        """Ask, and write both down before anyone acts on the answer."""
        reply = self._inner.ask(question)
        line = json.dumps(_entry(self.name, question, reply)) + "\n"
        # One write to a file opened for appending: lines of several processes do not mix.
        os.write(self._file, line.encode("ascii"))
        return reply

    def close(self) -> None:
        """Close the file and what is behind it."""
        os.close(self._file)
        self._inner.close()


def _entry(name: str, question: Question, reply: Reply) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "schema": SCHEMA,
        "model": name,
        "function": question.function,
        "round": question.round,
        "question": question.digest,
        "messages": question.messages,
    }
    match reply:
        case Answer(text, tokens):
            entry["answer"] = {"text": text, "tokens": tokens}
        case Failed(reason, lasting):
            entry["failed"] = {"reason": reason, "lasting": lasting}
        case _:
            assert_never(reply)
    return entry


class Replay:
    """Answers from a transcript."""

    def __init__(self, path: Path) -> None:
        """Read the whole file. Raises `ModelUnavailable` when it is no transcript."""
        try:
            lines = path.read_text(encoding="utf-8").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not UTF-8"
            raise ModelUnavailable(f"cannot read the transcript: {reason}") from error
        self.name = ""
        self._replies: dict[str, Reply] = {}
        for number, line in enumerate(lines, 1):
            if line.strip():
                # What follows the last line's end was cut off while it was written.
                self._add(line, number, whole=number < len(lines))

    def _add(self, line: str, number: int, *, whole: bool) -> None:
        try:
            entry = json.loads(line)
            name, digest, reply = str(entry["model"]), str(entry["question"]), _reply(entry)
            known = entry["schema"] == SCHEMA
        except (ValueError, LookupError, TypeError, RecursionError):
            if whole:
                message = f"line {number} of the transcript is none of a transcript"
                raise ModelUnavailable(message) from None
            return
        if not known:
            raise ModelUnavailable(f"line {number} of the transcript has another schema")
        self.name = self.name or name
        self._replies[digest] = reply

    def ask(self, question: Question) -> Reply:
        """The recorded answer to the same messages."""
        return self._replies.get(question.digest, Failed(_UNKNOWN))

    def close(self) -> None:
        """Nothing is open."""


def _reply(entry: dict[str, Any]) -> Reply:
    if "answer" in entry:
        return Answer(str(entry["answer"]["text"]), int(entry["answer"]["tokens"]))
    return Failed(str(entry["failed"]["reason"]), entry["failed"]["lasting"] is True)
