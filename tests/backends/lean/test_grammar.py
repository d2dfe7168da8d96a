"""Everything that is printed parses by the grammar, and what is not Lean's layout does not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest
from lark.exceptions import UnexpectedInput

from autoform.backends.lean import emit_lean
from autoform.backends.lean.layout import parse_lean
from autoform.backends.lean.names import KEYWORDS, USED
from autoform.backends.lean.operators import BUILT_IN, FORMS
from autoform.backends.lean.prelude import entries, mentioned, needed
from autoform.frontends import lift
from autoform.grammar_files import grammar
from autoform.ir.ops import OPS
from autoform.source import SourceFile
from autoform.testing.generate import EVERYTHING, INTEGERS, MACHINE, SEQUENCES, Profile
from autoform.testing.generate import random_module as random_module_of
from tests.passes.programs import random_module

SAMPLES: Final = sorted((Path(__file__).parents[3] / "corpora" / "samples").glob("*.py"))
PROFILES: Final = {
    "everything": EVERYTHING,
    "integers": INTEGERS,
    "machine": MACHINE,
    "sequences": SEQUENCES,
}


def file(declaration: str) -> str:
    return f"/- A file. -/\nnamespace A\n\n{declaration}\n\nend A\n"


@pytest.mark.parametrize("name", entries())
def test_prelude_parses(name: str) -> None:
    parse_lean(file(entries()[name].text))


@pytest.mark.parametrize("name", entries())
def test_prelude_is_complete_and_in_order(name: str) -> None:
    known = list(entries())
    assert entries()[name].mentions <= set(known[: known.index(name)])


def test_instances_come_with_what_they_are_for() -> None:
    assert "Py.listLt" in {entry.name for entry in needed(frozenset({"Py.Ordered"}))}
    assert "Py.mapBEq" in {entry.name for entry in needed(frozenset({"Py.Map"}))}


@pytest.mark.parametrize("profile", PROFILES)
def test_random_modules_parse(profile: str) -> None:
    kind: Profile = PROFILES[profile]
    for seed in range(12):
        parse_lean(emit_lean(random_module_of(seed, kind)).text)


def test_random_modules_that_jump_parse() -> None:
    for seed in range(6):
        found = emit_lean(random_module(seed))
        assert not found.diagnostics
        parse_lean(found.text)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_parse(path: Path) -> None:
    lifted = lift(SourceFile(path.name, path.read_text(encoding="utf-8")))
    parse_lean(emit_lean(lifted.module).text)


@pytest.mark.parametrize(
    "text",
    [
        "def f (n : Int) : Int :=\n  let m : Int := n m",
        "def f (n : Int) : Int :=\n  if n > 0 then n",
        "def f (n : Int) : Int :=\n  match n with\n  | 0, 1\n",
        "def f (n : Int) : Int :=\n  n +",
        "axiom f : False",
        "theorem f : 1 = 2 := by\n  exact h",
    ],
)
def test_what_is_never_printed_does_not_parse(text: str) -> None:
    with pytest.raises(UnexpectedInput):
        parse_lean(file(text))


def test_every_word_of_the_grammar_is_escaped_as_a_name() -> None:
    words = {word for word in _literals() if word.isidentifier()}
    assert words <= KEYWORDS | USED


def _literals() -> set[str]:
    return set(re.findall(r'"([^"\s]+)"', grammar("lean")))


def test_operators_are_known_and_use_the_prelude() -> None:
    assert set(FORMS) <= set(OPS)
    assert set(OPS) >= BUILT_IN
    for form in FORMS.values():
        for template in (form.total, form.partial):
            assert template is None or mentioned(template) - {"Py.Set", "Py.Map"} <= set(entries())
