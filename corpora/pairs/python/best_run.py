def best_run(changes: list[int]) -> int:
    """The largest sum of neighbouring changes; of none, 0 (Kadane)."""
    best = 0
    here = 0
    for change in changes:
        here = max(0, here + change)
        best = max(best, here)
    return best
