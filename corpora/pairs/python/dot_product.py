def dot_product(left: list[int], right: list[int]) -> int:
    return sum(a * b for a, b in zip(left, right))
