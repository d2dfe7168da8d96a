"""Doors put together: the network or a transcript, behind a breaker, written down on request."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager

from autoform.prove.model.client import Client
from autoform.prove.model.exchange import Door, Failed, Question, Reply
from autoform.prove.model.settings import ModelSettings, key_in
from autoform.prove.model.transcript import Recorder, Replay

__all__ = ["Breaker", "Door", "open_door"]


class Breaker:
    """Asks until a failure that lasts; then it has that failure for an answer, at once."""

    def __init__(self, inner: Door) -> None:
        self.name = inner.name
        self._inner = inner
        self._broken: Failed | None = None

    def ask(self, question: Question) -> Reply:
        """The inner door's answer, as long as it has any."""
        if self._broken is not None:
            return self._broken
        reply = self._inner.ask(question)
        if isinstance(reply, Failed) and reply.lasting:
            self._broken = reply
        return reply

    def close(self) -> None:
        """Close the inner door."""
        self._inner.close()


@contextmanager
def open_door(settings: ModelSettings) -> Iterator[Door]:
    """The door that the settings ask for. Raises `ModelUnavailable` when there can be none."""
    door: Door
    if settings.replay is not None:
        door = Replay(settings.replay)
    else:
        door = Breaker(Client(settings, key_in(os.environ)))
    if settings.transcript is not None:
        door = Recorder(door, settings.transcript)
    with closing(door):
        yield door
