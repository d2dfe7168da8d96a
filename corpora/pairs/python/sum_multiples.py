def sum_multiples(limit: int) -> int:
    """The sum of the multiples of 3 or 5 below a limit."""
    return sum(n for n in range(limit) if n % 3 == 0 or n % 5 == 0)
