def has_duplicates(ids: list[int]) -> bool:
    return len(set(ids)) != len(ids)
