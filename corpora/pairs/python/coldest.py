def coldest(first: float, second: float) -> float:
    """The lower of two measurements."""
    return first if first < second else second
