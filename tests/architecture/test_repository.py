"""What the repository as a whole promises."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import autoform
from autoform.version import VERSION

ROOT = Path(__file__).parents[2]

# One import path per name: what a user of the library may rely on.
PUBLIC = {
    "Assumption",
    "CheckResult",
    "CheckVerdict",
    "Counterexample",
    "Counts",
    "Diagnostic",
    "Difference",
    "Domain",
    "Emitted",
    "EngineName",
    "EquivResult",
    "EquivVerdict",
    "Function",
    "Grade",
    "GradeResult",
    "Lifted",
    "MinedClause",
    "ModelReport",
    "ModelSettings",
    "ModelUnavailable",
    "Module",
    "ProofResult",
    "ProofSettings",
    "Property",
    "Proved",
    "Refuted",
    "SourceError",
    "SourceFile",
    "Span",
    "Specification",
    "SpecifyApart",
    "SpecifySettings",
    "Standing",
    "Unknown",
    "Unsupported",
    "Verdict",
    "__version__",
    "crosscheck",
    "emit",
    "equivalent",
    "grade",
    "lift",
    "prove",
    "read_source",
    "render_json",
    "render_sarif",
    "render_terminal",
    "specify",
}


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_public_names() -> None:
    assert set(autoform.__all__) == PUBLIC
    for name in PUBLIC:
        assert getattr(autoform, name) is not None


def test_the_version_is_said_once() -> None:
    metadata = project()
    assert "version" not in metadata["project"]
    assert (
        metadata["tool"]["setuptools"]["dynamic"]["version"]["attr"] == "autoform.version.VERSION"
    )
    newest = re.search(r"^## \[?(\S+?)\]?( |$)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert newest is not None
    assert newest[1] in {"Unreleased", VERSION}


def test_top_level_folders() -> None:
    allowed = {"autoform", "cli", "grammars", "corpora", "tests"}
    made_by_tools = {"build", "dist", "__pycache__"}
    found = {
        entry.name
        for entry in ROOT.iterdir()
        if entry.is_dir() and not entry.name.startswith(".") and entry.suffix != ".egg-info"
    }
    assert found - made_by_tools <= allowed


@pytest.mark.parametrize(
    "name", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"]
)
def test_links_between_documents_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", text)
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_architecture_speaks_of_what_is_there() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:autoform|cli|grammars|corpora|tests)/[\w./-]*)`", text)
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_architecture_names_every_package() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    packages = [path.parent for path in (ROOT / "autoform").glob("*/__init__.py")]
    assert [p.name for p in packages if f"`autoform/{p.name}/`" not in text] == []


def test_commands_for_developers_run_as_they_are() -> None:
    for script in [*(ROOT / ".dev").iterdir(), ROOT / ".ci" / "run"]:
        assert script.stat().st_mode & 0o111, script
        assert script.read_text(encoding="utf-8").startswith("#!")
