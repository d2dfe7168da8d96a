def nth_score(scores: list[int], rank: int) -> int:
    """The score at a rank, counted from 1."""
    return scores[rank - 1]
