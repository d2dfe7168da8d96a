"""The lark grammars, which stand in the top-level `grammars/` folder and travel in the package."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

_PACKAGED: Final = "autoform.grammars"
_CHECKOUT: Final = Path(__file__).parent.parent / "grammars"


@cache
def grammar(name: str) -> str:
    """The text of `grammars/<name>.lark`: the packaged file, or the one of this checkout.

    Raises `FileNotFoundError` when there is none.
    """
    file = f"{name}.lark"
    try:
        packaged = resources.files(_PACKAGED).joinpath(file)
        if packaged.is_file():
            return packaged.read_text(encoding="utf-8")
    except ModuleNotFoundError:
        pass  # not installed: run from the checkout's root
    return (_CHECKOUT / file).read_text(encoding="utf-8")
