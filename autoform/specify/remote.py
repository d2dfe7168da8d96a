"""The program that `apart` has specify, `python -m autoform.specify.remote`.

One JSON request a line, one JSON answer a line. A request to open holds the text of a file, so that
this process lifts what its owner lifted; its answer is that of the first step:

    {"do": "open", "path": …, "text": …, "names": […], "settings": …, "given_up": {…}}
    {"do": "next"}
        → {"step": …} or {"failure": "…"}

Settings and steps are pickled: both ends are autoform, and run no code of the file themselves.
"""

from __future__ import annotations

import base64
import json
import os
import pickle
import sys
from collections.abc import Generator
from typing import Any, TextIO

from autoform.frontends import lift
from autoform.processes import ProcessFailure
from autoform.source import SourceFile
from autoform.specify.pipeline import specifying
from autoform.specify.results import Specification

__all__ = ["main", "packed", "unpacked"]


def packed(value: object) -> str:
    """A value of ours as text."""
    return base64.b64encode(pickle.dumps(value)).decode("ascii")


def unpacked(text: str) -> Any:  # noqa: ANN401 - whatever was packed
    """The value that was packed."""
    return pickle.loads(base64.b64decode(text))  # noqa: S301 - it comes from autoform


def main() -> None:
    """Answer until the requests end."""
    # Whatever a library prints must not be taken for an answer.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    serve(sys.stdin, answers)


def serve(requests: TextIO, answers: TextIO) -> None:
    """Answer each request with a line."""
    steps: Generator[Specification | None, None, None] | None = None
    for line in requests:
        request = json.loads(line)
        try:
            if request["do"] == "open":
                if steps is not None:
                    steps.close()
                steps = _opened(request)
            assert steps is not None
            answer = {"step": packed(next(steps))}
        except (ProcessFailure, MemoryError) as error:
            answer = {"failure": f"{error}" or type(error).__name__}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()
    if steps is not None:
        steps.close()


def _opened(request: dict[str, Any]) -> Generator[Specification | None, None, None]:
    return specifying(
        lift(SourceFile(request["path"], request["text"])),
        request["names"],
        settings=unpacked(request["settings"]),
        given_up=request["given_up"],
    )


if __name__ == "__main__":
    main()
