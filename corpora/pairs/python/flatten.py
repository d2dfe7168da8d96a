def flatten(rows: list[list[int]]) -> list[int]:
    """The items of all rows that are not zero, row by row."""
    return [item for row in rows for item in row if item != 0]
