"""The rounds about one function: how often a model is asked, and why it is asked no more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from autoform.prove.model.exchange import Door, Failed, Question
from autoform.prove.model.report import Dropped, ModelReport
from autoform.prove.model.settings import ModelSettings


@dataclass(slots=True)
class Conversation:
    """Questions within the bounds of the settings; `failure` says what cut them short.

    A question that is the last one again ends it, too: the answer would be the same.
    """

    door: Door
    settings: ModelSettings
    rounds: int = 0
    tokens: int = 0
    failure: str = ""
    _last: str = ""

    def ask(self, question: Callable[[int], Question]) -> str | None:
        """The answer to the question of the next round, whose number is from 1; None at the end."""
        if self.rounds >= self.settings.rounds:
            return None
        if self.tokens >= self.settings.tokens:
            self.failure = f"the model's {self.settings.tokens} tokens are used up"
            return None
        asked = question(self.rounds + 1)
        if asked.text == self._last:
            return None
        self._last = asked.text
        self.rounds += 1
        reply = self.door.ask(asked)
        if isinstance(reply, Failed):
            self.failure = reply.reason
            return None
        self.tokens += reply.tokens
        return reply.text

    def report(self, kept: Iterable[str], dropped: Iterable[Dropped]) -> ModelReport:
        """What came of it."""
        return ModelReport(
            self.door.name, self.rounds, self.tokens, tuple(kept), tuple(dropped), self.failure
        )
