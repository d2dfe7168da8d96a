"""The documentation page of each code, which travels with the package."""

from __future__ import annotations

from importlib.resources import files

__all__ = ["page", "pages"]


def page(code_name: str) -> str:
    """The page that explains one code, in Markdown."""
    return (files(__package__) / "pages" / f"{code_name}.md").read_text(encoding="utf-8")


def pages() -> frozenset[str]:
    """The codes that have a page."""
    found = (entry.name for entry in (files(__package__) / "pages").iterdir())
    return frozenset(name.removesuffix(".md") for name in found if name.endswith(".md"))
