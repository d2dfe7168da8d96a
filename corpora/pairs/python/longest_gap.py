def longest_gap(times: list[int]) -> int:
    """The longest pause between neighbouring times."""
    return max((b - a for a, b in zip(times, times[1:])), default=0)
