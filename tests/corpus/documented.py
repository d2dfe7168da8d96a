"""The fields of public data sets as their publishers give them: names, types, allowed values.

A type is a class, a set of allowed values, a list of one form, or a structure; `Nullable` allows
null. Where they are from:

- DafnyBench: the record that loaders of `wendy-sun/DafnyBench` read, and the test ids that
  `DafnyBench/metadata/collect_metadata.py` of `sun-wendy/DafnyBench` writes as text.
- FVAPPS: the columns of `quinn-dougherty/fvapps` with the types that a published pydantic model of
  a sample gives them; the levels as they stand in vericoding's copies of its tasks, difficulties as
  in APPS; units in the form of `src/benchmark/testing/convert_units.py`.
- Verina: the features with which its publishers push `sunblaze-ucb/verina`, which make tests and
  rejected inputs text. `VERINA_FILES` is `src/verina/dataset/schema.py`, the pydantic models of the
  files `task.json` and `test.json` that those records are made of.
- vericoding: a line of `jsonl/dafny_tasks.jsonl` of
  `Beneficial-AI-Foundation/vericoding-benchmark`; -1 there stands where nothing was counted.
"""

from dataclasses import dataclass
from typing import Any

__all__ = ["DOCUMENTED", "VERINA_FILES", "Nullable", "fits"]


@dataclass(frozen=True)
class Nullable:
    """A form, or null."""

    form: Any


SIGNATURE: dict[str, Any] = {
    "name": str,
    "parameters": [{"param_name": str, "param_type": str}],
    "return_type": str,
}
DOCUMENTED: dict[str, dict[str, Any]] = {
    "dafnybench": {"test_ID": str, "test_file": str, "ground_truth": str, "hints_removed": str},
    "fvapps": {
        "apps_id": str,
        "apps_question": str,
        "spec": str,
        "units": str,
        "sorries": int,
        "apps_difficulty": Nullable({"introductory", "interview", "competition"}),
        "assurance_level": Nullable({"unguarded", "guarded", "guarded_and_plausible"}),
    },
    "verina": {
        "id": str,
        "description": str,
        "lean_code": str,
        "signature": SIGNATURE,
        "metadata": {
            "upstream": {
                "name": str,
                "link": Nullable(str),
                "task_id": str,
                "student_id": [int],
            }
        },
        "tests": [{"input": str, "expected": [str], "unexpected": [str]}],
        "reject_inputs": [{"input": str}],
        "difficulty": {"basic", "advanced", "unknown"},
    },
    "vericoding": {
        "id": str,
        "language": {"dafny", "lean", "verus"},
        "source": str,
        "source-id": str,
        "source-notes": str,
        "vc-description": str,
        "vc-preamble": str,
        "vc-helpers": str,
        "vc-spec": str,
        "vc-code": str,
        "vc-postamble": str,
        "qa-issue": int,
        "qa-issue-type": str,
        "qa-functions-with-default-values": int,
        "qa-methods-with-bodies": int,
        "qa-specs-with-default-values": int,
        "qa-execs-with-bodies": int,
        "qa-execs-with-ghost-types": int,
        "qa-definitions-with-sorry": int,
        "qa-near-duplicate-group": str,
        "qa-score": float,
    },
}
VERINA_FILES: dict[str, Any] = {
    "signature": SIGNATURE,
    "tests": [{"input": dict, "expected": [object], "unexpected": [object]}],
    "reject_inputs": [{"input": dict}],
}


def fits(value: object, wanted: Any) -> bool:
    """Whether a value has the documented form."""
    match wanted:
        case Nullable(form):
            return value is None or fits(value, form)
        case type():
            return wanted is object or type(value) is wanted
        case set():
            return value in wanted
        case [element]:
            return isinstance(value, list) and all(fits(each, element) for each in value)
        case dict():
            return (
                isinstance(value, dict)
                and list(value) == list(wanted)
                and all(fits(value[key], form) for key, form in wanted.items())
            )
        case _:
            return False
