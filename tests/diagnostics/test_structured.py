"""Findings for other programs: JSON and SARIF."""

import json
from typing import Any

from autoform.diagnostics import CODES, Note, diagnostic, render_json, render_sarif
from autoform.source import NOWHERE, Span

PLACED = diagnostic(
    "type-mismatch",
    "`n` is an int",
    Span("src/a b.py", 2, 4, 3, 1),
    notes=(Note("declared here", Span("src/a b.py", 1, 0, 1, 3)), Note("and so")),
)
FILE_ONLY = diagnostic("unreadable-file", "cannot read", Span("/tmp/é.py", 0, 0, 0, 0))  # noqa: S108 - no file is made
UNPLACED = diagnostic("empty-file", "nothing there", NOWHERE)


def test_json_counts_from_one_and_knows_no_place_as_null() -> None:
    placed, file_only, unplaced = json.loads(render_json([PLACED, FILE_ONLY, UNPLACED]))[
        "diagnostics"
    ]
    assert placed == {
        "code": "type-mismatch",
        "severity": "error",
        "message": "`n` is an int",
        "hint": CODES["type-mismatch"].help,
        "file": "src/a b.py",
        "line": 2,
        "column": 5,
        "end_line": 3,
        "end_column": 2,
        "notes": [
            {
                "message": "declared here",
                "file": "src/a b.py",
                "line": 1,
                "column": 1,
                "end_line": 1,
                "end_column": 4,
            },
            {"message": "and so"},
        ],
    }
    assert (file_only["file"], file_only["line"]) == ("/tmp/é.py", None)  # noqa: S108
    assert (unplaced["file"], unplaced["column"]) == (None, None)


def sarif() -> dict[str, Any]:
    log: dict[str, Any] = json.loads(
        render_sarif([PLACED, FILE_ONLY, UNPLACED, PLACED], version="1.2.3")
    )
    return log


def test_sarif_log_has_one_run_of_this_tool() -> None:
    log = sarif()
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("autoform", "1.2.3")


def test_sarif_results_point_at_their_rules() -> None:
    (run,) = sarif()["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["empty-file", "type-mismatch", "unreadable-file"]
    for rule in rules:
        assert rule["shortDescription"]["text"] == CODES[rule["id"]].title
        assert rule["help"]["markdown"].startswith(f"# {rule['id']}\n")
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}
    assert len(run["results"]) == 4
    for result in run["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["defaultConfiguration"]["level"] == result["level"]
        assert result["message"]["text"]


def test_sarif_places() -> None:
    placed, file_only, unplaced, _ = sarif()["runs"][0]["results"]
    assert placed["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "src/a%20b.py"},
                "region": {"startLine": 2, "startColumn": 5, "endLine": 3, "endColumn": 2},
            }
        }
    ]
    (related,) = placed["relatedLocations"]
    assert related["message"] == {"text": "declared here"}
    assert related["physicalLocation"]["region"]["startLine"] == 1
    assert placed["message"]["text"].endswith("\nnote: and so")
    assert file_only["locations"] == [
        {"physicalLocation": {"artifactLocation": {"uri": "file:///tmp/%C3%A9.py"}}}
    ]
    assert "locations" not in unplaced


def test_sarif_uri_of_a_name_with_a_colon_is_no_scheme() -> None:
    found = diagnostic("syntax-error", "m", Span("c:d.py", 1, 0, 1, 1))
    log = json.loads(render_sarif([found], version="1"))
    (location,) = log["runs"][0]["results"][0]["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "./c:d.py"
