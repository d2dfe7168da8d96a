"""The options that name a language model, and what its rounds look like in the output."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer

import autoform
from autoform.diagnostics import Diagnostic, diagnostic
from autoform.source import NOWHERE

__all__ = [
    "BaseUrl",
    "ModelName",
    "ModelRounds",
    "ModelTimeout",
    "ModelTokens",
    "Replay",
    "Transcript",
    "model_entry",
    "model_lines",
    "model_settings",
    "unavailable",
]

_PANEL = "Language model"
_MOST_SHOWN = 5

ModelName: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="NAME",
        help="Ask this language model for what is left open; AUTOFORM_API_KEY or OPENAI_API_KEY "
        "is its key.",
        rich_help_panel=_PANEL,
    ),
]
BaseUrl: TypeAlias = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="Where the model is served, as OpenAI does it: http://localhost:8000/v1.",
        rich_help_panel=_PANEL,
    ),
]
ModelRounds: TypeAlias = Annotated[
    int, typer.Option(metavar="N", min=1, help="Questions a function.", rich_help_panel=_PANEL)
]
ModelTokens: TypeAlias = Annotated[
    int, typer.Option(metavar="N", min=1, help="Tokens a function.", rich_help_panel=_PANEL)
]
ModelTimeout: TypeAlias = Annotated[
    float,
    typer.Option(metavar="SECONDS", min=0.1, help="For one answer.", rich_help_panel=_PANEL),
]
Transcript: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="Append questions and answers, as JSON Lines.", rich_help_panel=_PANEL
    ),
]
Replay: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Take answers from a transcript, and use no network.",
        rich_help_panel=_PANEL,
    ),
]


def model_settings(
    name: str | None,
    base_url: str | None,
    *,
    rounds: int,
    tokens: int,
    timeout: float,
    transcript: Path | None,
    replay: Path | None,
) -> autoform.ModelSettings | None:
    """What the options ask for, if they ask for a model. Raises `ModelUnavailable`."""
    if name is None and replay is None:
        if base_url is None and transcript is None:
            return None
        raise autoform.ModelUnavailable("no model is named", "name one with `--model NAME`")
    return autoform.ModelSettings(
        name or "",
        base_url,
        rounds=rounds,
        tokens=tokens,
        timeout=timeout,
        transcript=transcript,
        replay=replay,
    )


def unavailable(error: autoform.ModelUnavailable) -> Diagnostic:
    """The finding behind a model that cannot be asked."""
    return diagnostic("model-unavailable", error.message, NOWHERE, help=error.remedy or None)


def model_entry(report: autoform.ModelReport) -> dict[str, Any]:
    """What the entry of `--json` says of the rounds with the model."""
    entry: dict[str, Any] = {
        "name": report.name,
        "rounds": report.rounds,
        "tokens": report.tokens,
        "kept": list(report.kept),
        "dropped": [{"text": each.text, "reason": each.reason} for each in report.dropped],
    }
    return entry | {"failure": report.failure} if report.failure else entry


def model_lines(report: autoform.ModelReport) -> Iterator[tuple[str, str]]:
    """Heads and texts of the lines below a verdict."""
    rounds = "1 round" if report.rounds == 1 else f"{report.rounds} rounds"
    yield "model", f"{report.name}: {rounds}, {report.tokens} tokens"
    for text in report.kept:
        yield "with", text
    for each in report.dropped[:_MOST_SHOWN]:
        yield "dropped", f"{each.text} ({each.reason})"
    if len(report.dropped) > _MOST_SHOWN:
        yield "", f"and {len(report.dropped) - _MOST_SHOWN} more, listed by --json"
