"""Volume control."""


def clamp(value: int, low: int, high: int) -> int:
    """`value` between `low` and `high`; `low` wins where the two cross."""
    return max(low, min(value, high))
