def is_palindrome(items: list[int]) -> bool:
    """Whether the items read the same from both ends."""
    return items == items[::-1]
