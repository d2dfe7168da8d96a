"""The statistics page of a data set: plots as PNG, and an HTML page that shows them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from autoform.corpus.statistics import TIME_BUCKETS, Statistics
from autoform.corpus.writing import write_whole, writing

__all__ = ["write_page"]

_KINDS: Final = ("proved", "refuted", "unknown", "unsupported", "failed")
_COLOURS: Final = ("#2a7f62", "#c0392b", "#d9a441", "#8e9aaf", "#3d3d3d")
_PAGE: Final = """\
<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>{{ title }}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
table { border-collapse: collapse; margin: 1rem 0 }
td, th { border-bottom: 1px solid #ddd; padding: .2rem .8rem; text-align: left }
td:last-child { text-align: right; font-variant-numeric: tabular-nums }
img { max-width: 100%; display: block; margin: 1rem 0 }
</style>
<h1>{{ title }}</h1>
<p>{{ rows }} rows.</p>
{% for name, text in plots %}<img src="{{ name }}" alt="{{ text }}">
{% endfor %}{% for what, counts in tables %}<h2>{{ what }}</h2>
<table>
{% for name, number in counts %}<tr><td>{{ name }}</td><td>{{ number }}</td></tr>
{% endfor %}</table>
{% endfor %}</html>
"""


def write_page(statistics: Statistics, out: Path, title: str) -> list[Path]:
    """Write `index.html` and its plots into a folder; all files written."""
    from jinja2 import Environment

    plots: list[tuple[str, str]] = []
    for name, text, draw in (
        ("constructs.png", "Verdicts by construct", _draw_constructs),
        ("times.png", "CPU time of a row", _draw_times),
        ("grades.png", "Mutants killed by the contract", _draw_grades),
    ):
        if draw(statistics, out / name, text):
            plots.append((name, text))
    tables = [
        (what, [(name.replace("\t", ": "), number) for name, number in statistics.get(what)])
        for what in statistics.counts
    ]
    template = Environment(autoescape=True).from_string(_PAGE)
    html = template.render(title=title, rows=statistics.rows, plots=plots, tables=tables)
    write_whole(out / "index.html", html + "\n")
    return [out / "index.html", *(out / name for name, _ in plots)]


def _draw_constructs(statistics: Statistics, path: Path, title: str) -> bool:
    by: dict[str, dict[str, int]] = {}
    for place, number in statistics.get("construct and verdict"):
        construct, kind = place.split("\t")
        by.setdefault(construct, {})[kind] = number
    if not by:
        return False
    names = sorted(by, key=lambda name: sum(by[name].values()))
    figure, axes = _figure(title, height=1.5 + 0.3 * len(names))
    left = [0] * len(names)
    for kind, colour in zip(_KINDS, _COLOURS, strict=True):
        widths = [by[name].get(kind, 0) for name in names]
        if any(widths):
            axes.barh(names, widths, left=left, color=colour, label=kind)
        left = [a + b for a, b in zip(left, widths, strict=True)]
    axes.legend()
    axes.set_xlabel("rows")
    _save(figure, path)
    return True


def _draw_times(statistics: Statistics, path: Path, title: str) -> bool:
    if not statistics.times:
        return False
    edges = [f"≤ {edge:g} s" for edge in TIME_BUCKETS] + [f"> {TIME_BUCKETS[-1]:g} s"]
    numbers = [statistics.times[place] for place in range(len(edges))]
    return _bars(path, title, edges, numbers)


def _draw_grades(statistics: Statistics, path: Path, title: str) -> bool:
    found = dict(statistics.get("grade"))
    if not found:
        return False
    names = [str(share) for share in range(0, 101, 10)]
    return _bars(path, title, [f"{n} %" for n in names], [found.get(n, 0) for n in names])


def _bars(path: Path, title: str, names: Sequence[str], numbers: Sequence[int]) -> bool:
    figure, axes = _figure(title, height=3.5)
    axes.bar(names, numbers, color=_COLOURS[0])
    axes.set_ylabel("rows")
    _save(figure, path)
    return True


def _figure(title: str, *, height: float) -> tuple[Any, Any]:
    """A figure that no window shows, with its axes."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, height), layout="constrained")
    axes = figure.add_subplot()
    axes.set_title(title)
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _save(figure: Any, path: Path) -> None:  # noqa: ANN401 - matplotlib's
    held = io.BytesIO()
    figure.savefig(held, format="png", dpi=110, metadata={"Software": None})
    with writing(path) as file:
        file.write(held.getvalue())
