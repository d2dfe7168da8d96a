def brightness(level: float, gain: float) -> int:
    """The value of a pixel, 0 to 255."""
    value = int(level * gain)
    if value > 255:
        return 255
    return value
