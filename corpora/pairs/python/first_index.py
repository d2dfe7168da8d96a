def first_index(items: list[int], wanted: int) -> int | None:
    """Where `wanted` stands first."""
    for place, item in enumerate(items):
        if item == wanted:
            return place
    return None
