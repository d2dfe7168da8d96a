# SPDX-License-Identifier: Apache-2.0
from nagini_contracts.contracts import *


def multiply(a: int, b: int) -> int:
    Requires(b >= 0)
    Ensures(Result() == a * b)
    acc = 0
    i = 0
    while i < b:
        Invariant(0 <= i and i <= b)
        Invariant(acc == a * i)
        acc += a
        i += 1
    return acc
