# SPDX-License-Identifier: Apache-2.0
from nagini_contracts.contracts import *
from typing import Tuple


def divide(a: int, b: int) -> Tuple[int, int]:
    Requires(a >= 0 and b > 0)
    Ensures(Result()[0] * b + Result()[1] == a)
    Ensures(0 <= Result()[1] and Result()[1] < b)
    q = 0
    r = a
    while r >= b:
        Invariant(q * b + r == a)
        Invariant(r >= 0)
        q += 1
        r -= b
    return q, r
