# SPDX-License-Identifier: Apache-2.0
from nagini_contracts.contracts import *


def largest_of_three(a: int, b: int, c: int) -> int:
    Ensures(Result() >= a and Result() >= b and Result() >= c)
    Ensures(Result() == a or Result() == b or Result() == c)
    best = a
    if b > best:
        best = b
    if c > best:
        best = c
    return best
