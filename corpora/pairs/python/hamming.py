def hamming(left: str, right: str) -> int:
    """In how many places two strands of one length differ."""
    if len(left) != len(right):
        raise ValueError("strands must be of equal length")
    return sum(a != b for a, b in zip(left, right))
