"""Values in the worker's encoding as Python source: what a user pastes into a prompt."""

from __future__ import annotations

import math
from typing import Any, Final

__all__ = ["cut", "describe", "show"]

_WIDTH: Final = 160
_LONGEST_DECIMAL: Final = 3_500
"""In hexadecimal digits; Python prints up to 4300 decimal ones, which are 3571 of these."""


def show(wire: Any) -> str:  # noqa: ANN401 - JSON: see `worker.encode`
    """The Python expression of a value.

    >>> show([{"tuple": [1]}, {"float": "inf"}])
    '[(1,), float("inf")]'
    """
    if isinstance(wire, list):
        return f"[{_joined(wire)}]"
    if not isinstance(wire, dict):
        return repr(wire)
    tag = next(iter(wire))
    content = wire[tag]
    match tag:
        case "int":
            # Python refuses to print huge integers in decimal.
            return content if len(content) > _LONGEST_DECIMAL else str(int(content, 16))
        case "float":
            return _float(float.fromhex(content))
        case "tuple":
            return f"({show(content[0])},)" if len(content) == 1 else f"({_joined(content)})"
        case "set":
            return f"{{{_joined(content)}}}" if content else "set()"
        case "dict":
            pairs = ", ".join(f"{show(k)}: {show(v)}" for k, v in content)
            return f"{wire['kind']}({{{pairs}}})" if "kind" in wire else f"{{{pairs}}}"
        case "enum":
            return ".".join(content)
        case "record":
            return f"{content[0]}({_joined(content[1:])})"
        case "range":
            return f"range({_joined(content)})"
        case "other":
            return f"<{content} object>"
        case _:  # frozenset, deque
            return f"{tag}([{_joined(content)}])"


def _joined(wires: list[Any]) -> str:
    return ", ".join(map(show, wires))


def _float(value: float) -> str:
    return repr(value) if math.isfinite(value) else f'float("{value}")'


def describe(wire: Any) -> str:  # noqa: ANN401 - JSON
    """The expression in backquotes, cut to a readable length."""
    return f"`{cut(show(wire))}`"


def cut(text: str, width: int = _WIDTH) -> str:
    """A text shortened in its middle, so that both of its ends are seen."""
    if len(text) <= width:
        return text
    half = (width - 5) // 2
    return f"{text[:half]} ... {text[-half:]}"
