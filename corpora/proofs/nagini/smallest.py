# SPDX-License-Identifier: Apache-2.0
from nagini_contracts.contracts import *
from typing import List


def smallest(xs: List[int]) -> int:
    Requires(Acc(list_pred(xs)))
    Requires(len(xs) > 0)
    Ensures(Acc(list_pred(xs)))
    Ensures(Forall(int, lambda k: Implies(0 <= k and k < len(xs), Result() <= xs[k])))
    Ensures(Exists(int, lambda k: 0 <= k and k < len(xs) and xs[k] == Result()))
    best = xs[0]
    at = 0
    i = 1
    while i < len(xs):
        Invariant(Acc(list_pred(xs)))
        Invariant(1 <= i and i <= len(xs))
        Invariant(0 <= at and at < i and xs[at] == best)
        Invariant(Forall(int, lambda k: Implies(0 <= k and k < i, best <= xs[k])))
        if xs[i] < best:
            best = xs[i]
            at = i
        i += 1
    return best
