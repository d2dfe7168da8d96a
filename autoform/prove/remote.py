"""The program of a worker process, `python -m autoform.prove.remote`: see `workers`.

It reads one request a line and answers each in a line. A request holds the text of a file, so
that the worker lifts what its owner lifted.
"""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from autoform.frontends import lift
from autoform.ir.decls import Assumption
from autoform.prove.cache import Cache
from autoform.prove.pipeline import ProofSettings, lowered, prove
from autoform.prove.records import Frame, write_result
from autoform.prove.session import remembering
from autoform.source import SourceFile

__all__ = ["answer", "main"]


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """The results on the functions that a request names, as records."""
    lifted = lift(SourceFile(request["path"], request["text"]))
    allow = frozenset(Assumption(each) for each in request["settings"].pop("allow"))
    settings = replace(ProofSettings(**request["settings"]), allow=allow)
    with ExitStack() as stack:
        path = request["cache"]
        cache = stack.enter_context(Cache(Path(path))) if path is not None else None
        remember = remembering(cache, settings)
        results = prove(lifted, request["names"], settings=settings, remember=remember)
        warnings = cache.warnings if cache is not None else []
    low = lowered(lifted.module)
    records = {}
    for result in results:
        function = lifted.module.function(result.name)
        frame = Frame(low, function, low.function(result.name), anywhere=True)
        records[result.name] = write_result(result, frame)
    told = [[found.code, found.message, found.span.path] for found in warnings]
    return {"results": records, "warnings": told}


def main() -> None:
    """Answer requests until there are no more."""
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
