# SPDX-License-Identifier: Apache-2.0
from nagini_contracts.contracts import *
from typing import List


def contains(xs: List[int], v: int) -> bool:
    Requires(Acc(list_pred(xs)))
    Ensures(Acc(list_pred(xs)))
    Ensures(Result() == Exists(int, lambda k: 0 <= k and k < len(xs) and xs[k] == v))
    i = 0
    while i < len(xs):
        Invariant(Acc(list_pred(xs)))
        Invariant(0 <= i and i <= len(xs))
        Invariant(Forall(int, lambda k: Implies(0 <= k and k < i, xs[k] != v)))
        if xs[i] == v:
            return True
        i += 1
    return False
