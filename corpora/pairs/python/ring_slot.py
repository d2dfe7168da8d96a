def ring_slot(position: int, step: int, size: int) -> int:
    """The slot that lies `step` before `position` in a ring."""
    if size <= 0:
        raise ValueError("an empty ring")
    return (position - step) % size
