"""What documentation says of panics is told beside the verdict, and changes none."""

from __future__ import annotations

from pathlib import Path
from shutil import which

import pytest

from autoform.frontends import lift
from autoform.prove.cache import Cache
from autoform.prove.pipeline import ProofResult, prove
from autoform.prove.remote import answer
from autoform.prove.session import ProofSession
from autoform.source import SourceFile
from autoform.verifiers.verdict import Proved, Refuted, Unknown

DOC = "/// # Panics\n/// When there is nothing.\n"
FIRST = "fn first(xs: &[u32]) -> u32 { xs[0] }\n"
NOT_SHOWN = "fn left(n: u32) -> u32 { 100 - n.count_ones() }\n"
needs_rustc = pytest.mark.skipif(which("rustc") is None, reason="a refutation is replayed by rustc")


def result(text: str) -> ProofResult:
    (found,) = prove(lift(SourceFile("f.rs", text)))
    return found


@needs_rustc
def test_a_refutation_by_a_panic_shows_what_is_documented() -> None:
    documented = result(DOC + FIRST)
    (found,) = documented.findings
    assert found.code == "documented-panic"
    assert found.message.endswith("says when it panics: When there is nothing")
    assert (found.span.start_line, found.span.end_line) == (1, 2)
    plain = result(FIRST)
    assert isinstance(plain.verdict, Refuted)
    assert documented.verdict == plain.verdict
    assert plain.findings == ()


@needs_rustc
def test_a_refutation_by_a_result_does_not() -> None:
    wrong = result(DOC + "#[ensures(result > 0)]\nfn zero(n: u32) -> u32 { n }\n")
    assert isinstance(wrong.verdict, Refuted)
    assert wrong.findings == ()


def test_an_open_obligation_has_a_note_of_what_is_documented() -> None:
    documented, plain = result(DOC + NOT_SHOWN), result(NOT_SHOWN)
    assert isinstance(documented.verdict, Unknown)
    assert isinstance(plain.verdict, Unknown)
    assert documented.verdict.obligation == plain.verdict.obligation
    (found,), (bare,) = documented.findings, plain.findings
    assert (found.code, found.notes[:-1]) == ("not-proved", bare.notes)
    note = found.notes[-1]
    assert note.message == (
        "its documentation says when it panics: When there is nothing; "
        "state it as `#[requires(…)]` or a guard"
    )
    assert note.span is not None
    assert note.span.start_line == 1


def test_what_is_proved_or_open_for_another_reason_has_none() -> None:
    proved = result(DOC + "#[requires(xs.len() > 0)]\n" + FIRST)
    assert isinstance(proved.verdict, Proved)
    assert proved.findings == ()
    text = "#[ensures(result == 1)]\nfn one(n: u32) -> u32 { (n ^ 1) ^ n }\n"
    (found,) = result(DOC + text).findings
    assert found.code == "not-proved"
    assert found.notes == result(text).findings[0].notes


def test_what_is_remembered_is_told_with_what_the_documentation_says_now(tmp_path: Path) -> None:
    notes = []
    for doc in (DOC, DOC.replace("nothing", "little"), ""):
        lifted = lift(SourceFile("f.rs", doc + NOT_SHOWN))
        with Cache(tmp_path / "cache") as cache:
            ((found,),) = ProofSession(cache=cache).prove([(lifted, ["left"])])
        notes.append([n.message for n in found.findings[0].notes if "documentation" in n.message])
    assert [len(each) for each in notes] == [1, 1, 0]
    assert "When there is little;" in notes[1][0]


def test_another_process_tells_it_too() -> None:
    settings = {"steps": 50_000, "total_steps": 500_000, "allow": []}
    request = {"path": "f.rs", "text": DOC + NOT_SHOWN, "names": ["left"], "cache": None}
    record = answer(request | {"settings": settings})["results"]["left"]
    assert any("documentation" in message for message, _ in record["findings"][0]["notes"])
