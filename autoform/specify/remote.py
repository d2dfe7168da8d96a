"""The program that `apart` has specify, `python -m autoform.specify.remote`.

One JSON request a line, one JSON answer a line. A request to open holds the text of a file, so that
this process lifts what its owner lifted; its answer is that of the first step:

    {"do": "open", "path": …, "text": …, "names": […], "settings": …, "given_up": {…}, "model": …}
    {"do": "next"}
        → {"step": … or null} or {"failure": "…"} or {"ask": …}
    {"do": "answer", "reply": …}
        → likewise

What settings and steps look like is told in `records`. A model is asked by the owner, which alone
has the network and the key; `model` is its name.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Generator
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import Any, TextIO, TypeAlias

from autoform.frontends import lift
from autoform.processes import ProcessFailure
from autoform.prove.model.exchange import Answer, Door, Failed, Question, Reply
from autoform.source import SourceFile
from autoform.specify.pipeline import specifying
from autoform.specify.records import read_settings, write_specification

__all__ = ["main"]

Json: TypeAlias = dict[str, Any]


def main() -> None:
    """Answer until the requests end."""
    # Whatever a library prints must not be taken for an answer.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    serve(sys.stdin, answers)


@dataclass(frozen=True, slots=True)
class OwnersDoor:
    """The door to the model, which is the owner's: a question is an answer to its request."""

    name: str
    requests: TextIO
    answers: TextIO

    def ask(self, question: Question) -> Reply:
        """What the owner was told."""
        _write(self.answers, {"ask": asdict(question)})
        reply = json.loads(self.requests.readline())["reply"]
        return Failed(**reply) if "reason" in reply else Answer(**reply)

    def close(self) -> None:
        """Nothing is open here."""


def serve(requests: TextIO, answers: TextIO) -> None:
    """Answer each request with a line."""
    steps: Generator[Json | None, None, None] | None = None
    while line := requests.readline():
        request = json.loads(line)
        try:
            if request["do"] == "open":
                if steps is not None:
                    steps.close()
                name = request["model"]
                door = None if name is None else OwnersDoor(name, requests, answers)
                steps = _opened(request, door)
            assert steps is not None
            answer: Json = {"step": next(steps)}
        except (ProcessFailure, MemoryError) as error:
            answer = {"failure": f"{error}" or type(error).__name__}
        _write(answers, answer)
    if steps is not None:
        steps.close()


def _write(answers: TextIO, answer: Json) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


def _opened(request: Json, door: Door | None) -> Generator[Json | None, None, None]:
    lifted = lift(SourceFile(request["path"], request["text"]))
    settings = read_settings(request["settings"])
    steps = specifying(
        lifted, request["names"], settings=settings, given_up=request["given_up"], door=door
    )
    with closing(steps):
        for found in steps:
            yield None if found is None else write_specification(found, lifted.module)


if __name__ == "__main__":
    main()
