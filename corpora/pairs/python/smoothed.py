def smoothed(readings: list[int]) -> list[int]:
    """Each reading averaged with what came before it."""
    out = []
    level = 0
    for reading in readings:
        level = (3 * level + reading) // 4
        out.append(level)
    return out
