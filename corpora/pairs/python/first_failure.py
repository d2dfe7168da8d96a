def first_failure(codes: list[int]) -> int:
    """The first code that is not 0, or 0."""
    failure = 0
    for code in codes:
        if code != 0 and failure == 0:
            failure = code
    return failure
