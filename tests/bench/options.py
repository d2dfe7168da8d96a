"""What the benchmarks of files are asked on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

__all__ = ["named_files"]


def named_files(doc: str | None, words: Sequence[str]) -> list[Path]:
    """The files that are named, of which there may be none. Ends the program for a missing one."""
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=doc, formatter_class=form)
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help="instead of all samples"
    )
    paths: list[Path] = parser.parse_args(words).files
    for path in paths:
        if not path.is_file():
            parser.error(f"there is no file {path}")
    return paths
