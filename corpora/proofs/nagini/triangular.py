# SPDX-License-Identifier: Apache-2.0
from nagini_contracts.contracts import *


def triangular(n: int) -> int:
    Requires(n >= 0)
    Ensures(2 * Result() == n * (n + 1))
    acc = 0
    i = 0
    while i < n + 1:
        Invariant(0 <= i and i <= n + 1)
        Invariant(2 * acc == i * (i - 1))
        acc += i
        i += 1
    return acc
