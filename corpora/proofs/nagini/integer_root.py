# SPDX-License-Identifier: Apache-2.0
from nagini_contracts.contracts import *


def integer_root(n: int) -> int:
    Requires(n >= 0)
    Ensures(Result() >= 0)
    Ensures(Result() * Result() <= n and n < (Result() + 1) * (Result() + 1))
    r = 0
    while (r + 1) * (r + 1) <= n:
        Invariant(r >= 0 and r * r <= n)
        r += 1
    return r
