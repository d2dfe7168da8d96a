"""The Hypothesis backend that draws inputs: its own, without a habit that is wrong here.

Hypothesis also draws constants that it reads out of the source of loaded modules, and keeps what
it read in a folder `.hypothesis`. Here those modules would be autoform's own: their constants mean
nothing to the function under test, and which are loaded differs from one installation to another.
Corner inputs take the place of constants.
"""

from __future__ import annotations

from typing import Any, Final

from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider

__all__ = ["BACKEND"]

BACKEND: Final = "autoform"


class Provider(HypothesisProvider):
    """Draws what Hypothesis draws, without constants."""

    def _maybe_draw_constant(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401 - unread
        return None


AVAILABLE_PROVIDERS[BACKEND] = f"{__name__}.{Provider.__name__}"
