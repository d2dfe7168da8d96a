def two_sum(numbers: list[int], target: int) -> tuple[int, int] | None:
    """The places of two numbers that make `target`, the second as early as can be."""
    seen: dict[int, int] = {}
    for place, number in enumerate(numbers):
        rest = target - number
        if rest in seen:
            return seen[rest], place
        seen[number] = place
    return None
