# SPDX-License-Identifier: Apache-2.0
from nagini_contracts.contracts import *


def sum_of_odds(n: int) -> int:
    Requires(n >= 0)
    Ensures(Result() == n * n)
    acc = 0
    odd = 1
    i = 0
    while i < n:
        Invariant(0 <= i and i <= n)
        Invariant(odd == 2 * i + 1)
        Invariant(acc == i * i)
        acc += odd
        odd += 2
        i += 1
    return acc
