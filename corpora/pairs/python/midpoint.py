def midpoint(low: int, high: int) -> int:
    """The whole degree in the middle of two temperatures."""
    return (low + high) // 2
