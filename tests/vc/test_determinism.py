"""What is known of a function stands in one order, whatever Python hashes names to."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Final

PROGRAM: Final = '''
from autoform.ir.text import parse_module
from autoform.vc.execute import obligations
module = parse_module("""
    fn f(n: Int) -> Int {
        var one: Int = 0; var two: Int = 0; var three: Int = 0; var four: Int = 0;
        if n > 0 { one = 1; two = 2; three = 3; four = 4; }
        return one + two + three + four;
    }
""")
print([str(fact) for fact in obligations(module, "f").facts])
'''


def facts(seed: int) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
    command = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return done.stdout


def test_facts_do_not_depend_on_hashes() -> None:
    first, *others = map(facts, range(4))
    assert "three" in first
    assert all(other == first for other in others)
