def by_priority(tasks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Tasks (priority, number) with the lowest priority first."""
    return sorted(tasks, key=lambda task: task[0])
