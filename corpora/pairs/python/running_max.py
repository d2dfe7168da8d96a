def running_max(readings: list[int]) -> list[int]:
    """The largest reading so far, at each reading."""
    out: list[int] = []
    for reading in readings:
        if out and out[-1] > reading:
            out.append(out[-1])
        else:
            out.append(reading)
    return out
