def fibonacci(n: int) -> int:
    """The n-th number of Fibonacci, counted from 0."""
    numbers = [0, 1]
    while len(numbers) <= n:
        numbers.append(numbers[-1] + numbers[-2])
    return numbers[n]
