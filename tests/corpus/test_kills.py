"""The whole command, killed with its workers at work and while it puts files together."""

from pathlib import Path

from tests.bench.kills import QUICK, killed_build

PLAIN = '''\
# SPDX-License-Identifier: MIT
def f{number}(n: int) -> int:
    """
    post: __return__ == n + {number}
    """
    return n + {number}
'''


def test_a_killed_command_leaves_what_an_undisturbed_one_does(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for number in range(6):
        (source / f"{number}.py").write_text(PLAIN.format(number=number), "utf-8")
    arguments = [str(source), "--jobs", "2", *QUICK]
    outcome = killed_build(tmp_path, arguments, kills=4, seed=0)
    assert len(outcome.kills) == 4
    assert outcome.rows == outcome.units == 6
    assert outcome.different == []
    assert outcome.left_over == []
