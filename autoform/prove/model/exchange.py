"""What is said between the prover and a model, as data."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Protocol, TypeAlias


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about one function in one round. The texts alone decide the answer wanted."""

    function: str
    round: int
    instructions: str
    text: str

    @property
    def messages(self) -> list[dict[str, str]]:
        """The question as chat messages."""
        return [
            {"role": "system", "content": self.instructions},
            {"role": "user", "content": self.text},
        ]

    @property
    def digest(self) -> str:
        """The same for the same messages, and for no others."""
        return hashlib.sha256(json.dumps(self.messages).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model said, and how many tokens question and answer took."""

    text: str
    tokens: int


@dataclass(frozen=True, slots=True)
class Failed:
    """No answer came, and why. `lasting` when the next question would fare no better."""

    reason: str
    lasting: bool = False


Reply: TypeAlias = Answer | Failed


class Door(Protocol):
    """Whoever answers questions. Never raises for what a server does."""

    @property
    def name(self) -> str:
        """The model's name."""
        ...

    def ask(self, question: Question) -> Reply:
        """The answer to a question, or why there is none."""
        ...

    def close(self) -> None:
        """Let go of connections and files."""
        ...
