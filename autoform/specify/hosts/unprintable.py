"""What cannot be written in a host language."""

from __future__ import annotations


class Unprintable(Exception):
    """The host language, or autoform's reading of it, has no form for the expression."""
