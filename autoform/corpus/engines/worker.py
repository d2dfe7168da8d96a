"""The program that a worker runs: it makes the rows of units, or checks rows, as it is asked.

One JSON request a line, one JSON answer a line:

    {"do": "open", "unit": …, "settings": …}   → {"names": […]}
    {"do": "make", "name": "f"}                → {"made": …, "seconds": …} or {"error": "…"}
    {"do": "check", "rows": […]}               → {"checked": […]}
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import asdict
from typing import TextIO

from autoform.corpus.checks import check_rows
from autoform.corpus.settings import BuildSettings
from autoform.corpus.sources.unit import Json, Unit
from autoform.corpus.workshop import Workshop

__all__ = ["main"]


def main() -> None:
    """Answer until the requests end."""
    # Whatever a library prints must not be taken for an answer.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    serve(sys.stdin, answers)


def serve(requests: TextIO, answers: TextIO) -> None:
    """Answer each request with a line."""
    workshop: Workshop | None = None
    for line in requests:
        request = json.loads(line)
        try:
            if request["do"] == "open":
                settings = BuildSettings.from_json(request["settings"])
                workshop = Workshop(Unit.from_json(request["unit"]), settings)
                answer: Json = {"names": workshop.names}
            elif request["do"] == "check":
                found = check_rows(request["rows"], prove_again=request["prove_again"])
                answer = {"checked": [asdict(each) for each in found]}
            else:
                assert workshop is not None
                answer = _make(workshop, request["name"])
        except Exception as error:  # noqa: BLE001 - a defect costs one row, which names it
            answer = {"error": f"{type(error).__name__} in autoform: {error}"[:500]}
        answers.write(json.dumps(answer, separators=(",", ":")) + "\n")
        answers.flush()


def _make(workshop: Workshop, name: str) -> Json:
    started = time.process_time()
    made = workshop.make(name)
    return {"made": made, "seconds": round(time.process_time() - started, 3)}


if __name__ == "__main__":
    main()
