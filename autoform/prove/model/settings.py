"""Which model is asked, where it is, and how much may be spent on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

KEY_VARIABLES: Final = ("AUTOFORM_API_KEY", "OPENAI_API_KEY")
"""Where the key is looked for, first found first taken.

The first is for servers that should not be sent the key of an account with OpenAI.
"""

INSTALL: Final = "pip install 'autoform[model]'"


class ModelUnavailable(Exception):
    """No model can be asked at all: a package, a file or an option is missing or wrong."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """A model behind an address that speaks OpenAI's chat completions, or a recorded one.

    `rounds` and `tokens` bound what is spent on one function, so that no function's verdict
    depends on what was spent on another. `replay` is a transcript that answers in place of the
    model; `transcript` is a file to which every question and answer is appended.
    """

    name: str = ""
    base_url: str | None = None
    rounds: int = 3
    tokens: int = 60_000
    answer_tokens: int = 8_192
    timeout: float = 300.0
    transcript: Path | None = None
    replay: Path | None = None

    def __post_init__(self) -> None:
        """Refuse what could never be asked, or would show a secret."""
        if not self.name and self.replay is None:
            raise ModelUnavailable("no model is named", "name one with `--model NAME`")
        if self.base_url is not None:
            _check_address(self.base_url)


def _check_address(address: str) -> None:
    try:
        parts = urlsplit(address)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise ModelUnavailable(
            "the address of the model's server is no http or https URL",
            "give one such as `http://localhost:8000/v1`",
        )
    if parts.username or parts.password or parts.query:
        # They would be shown wherever the address is, and the transcript is made to be shared.
        raise ModelUnavailable(
            "the address of the model's server holds a user name, a password or a query",
            f"give the key in the environment, as {KEY_VARIABLES[0]}",
        )


def key_in(environment: Mapping[str, str]) -> str | None:
    """The key, from the environment and nowhere else."""
    found = (environment.get(name, "").strip() for name in KEY_VARIABLES)
    return next((key for key in found if key), None)
