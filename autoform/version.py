"""The version, said once: the packaging, the command and every verdict read it here."""

from typing import Final

__all__ = ["VERSION"]

VERSION: Final = "0.1.0"
