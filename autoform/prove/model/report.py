"""What came of asking a model about a function, for the user to read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dropped:
    """A piece of an answer that was not taken, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class ModelReport:
    """The rounds with a model on one function.

    `kept` are the clauses of its that the proof uses, as texts of the IR; `dropped` is all else
    that it said. `failure` is set when no answer came.
    """

    name: str
    rounds: int
    tokens: int
    kept: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    failure: str = ""

    @property
    def note(self) -> str:
        """Why the model did not help, as a reason of an unknown goes on."""
        if self.failure:
            return self.failure
        times = "once" if self.rounds == 1 else f"{self.rounds} times"
        return f"the model, asked {times}, proposed nothing that closes it"
