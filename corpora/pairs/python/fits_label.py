def fits_label(caption: str, unit: str, width: int) -> bool:
    """Whether a caption and its unit, with a space between them, fit a label."""
    needed = len(caption)
    if unit != "":
        needed += 1 + len(unit)
    return needed <= width
