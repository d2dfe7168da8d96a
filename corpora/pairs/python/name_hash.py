def name_hash(name: list[int], buckets: int) -> int:
    """The bucket of a name, given by its bytes."""
    code = 5381
    for byte in name:
        code = code * 33 + byte
    return code % buckets
