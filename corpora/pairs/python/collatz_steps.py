def collatz_steps(n: int) -> int | None:
    """How many steps of the Collatz map lead to 1."""
    if n < 1:
        return None
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps
