"""Random modules that are well-formed, can be run, and mostly stop.

`random_module(seed)` is a plain function, for long runs that must be repeatable; `modules()` is the
same as a Hypothesis strategy, which shrinks. A `Profile` says what they may contain:

    random_module(7, SEQUENCES)

`plausible_module(seed)` makes functions that look like someone's, with contracts that look right.

Values stay small enough to run: loops go round a few times, sizes are taken modulo five, and what
makes numbers or sequences explode does not stand in a loop. An operator that can raise is mostly
guarded by its own conditions (`autoform.ir.definedness`), and sometimes not, so that exceptions
occur too. Contracts are random but can be evaluated; `raises` clauses come with their guards.
"""

from __future__ import annotations

from autoform.testing.generate.modules import modules, random_module
from autoform.testing.generate.plausible import plausible_module, small_value
from autoform.testing.generate.profile import EVERYTHING, INTEGERS, MACHINE, SEQUENCES, Profile

__all__ = [
    "EVERYTHING",
    "INTEGERS",
    "MACHINE",
    "SEQUENCES",
    "Profile",
    "modules",
    "plausible_module",
    "random_module",
    "small_value",
]
