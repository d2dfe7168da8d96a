def unique(items: list[int]) -> list[int]:
    """The items without repetition, in order of first appearance."""
    seen: set[int] = set()
    out: list[int] = []
    for item in items:
        if item not in seen:
            seen.add(item)
            out.append(item)
    return out
