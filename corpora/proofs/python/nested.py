# SPDX-License-Identifier: Apache-2.0
"""What nested loops add up and list, told by comprehensions with several generators."""

from icontract import ensure, require


@ensure(
    lambda xs, result: result
    == sum(1 for i in range(len(xs)) for j in range(i + 1, len(xs)) if xs[i] == xs[j])
)
def equal_pairs(xs: list[int]) -> int:
    """How many pairs of places hold the same."""
    count = 0
    for i in range(len(xs)):
        for j in range(i + 1, len(xs)):
            if xs[i] == xs[j]:
                count += 1
    return count


@ensure(
    lambda xs, result: result
    == sum(1 for i in range(len(xs)) for j in range(i + 1, len(xs)) if xs[i] == xs[j])
)
def equal_pairs_and_each(xs: list[int]) -> int:  # expect: refuted
    """Count each place with itself."""
    count = 0
    for i in range(len(xs)):
        for j in range(i, len(xs)):
            if xs[i] == xs[j]:
                count += 1
    return count


@ensure(lambda rows, result: result == sum(x for row in rows for x in row))
def sum_of_cells(rows: list[list[int]]) -> int:
    """The sum of all cells."""
    total = 0
    for row in rows:
        for x in row:
            total += x
    return total


@ensure(lambda rows, result: result == sum(sum(row) for row in rows))
def sum_of_sums(rows: list[list[int]]) -> int:
    """The sum of all cells, said otherwise."""
    total = 0
    for row in rows:
        for x in row:
            total += x
    return total


@ensure(lambda rows, result: result == sum(1 for row in rows for x in row if x < 0))
def negative_cells(rows: list[list[int]]) -> int:
    """How many cells are negative."""
    count = 0
    for row in rows:
        for x in row:
            if x < 0:
                count += 1
    return count


@ensure(lambda rows, result: result == sum(1 for row in rows for x in row if x < 0))
def negative_or_first(rows: list[list[int]]) -> int:  # expect: refuted
    """Let the loop of the first row begin late."""
    count = 0
    for i in range(len(rows)):
        for x in rows[i][1 if i == 0 else 0 :]:
            if x < 0:
                count += 1
    return count


@ensure(lambda rows, result: result == [x for row in rows for x in row])
def flattened(rows: list[list[int]]) -> list[int]:
    """All cells, row by row."""
    out: list[int] = []
    for row in rows:
        for x in row:
            out.append(x)
    return out


@ensure(lambda rows, result: result == [x for row in rows for x in row])
def flattened_by_rows(rows: list[list[int]]) -> list[int]:
    """All cells, a row at a time."""
    out: list[int] = []
    for row in rows:
        out += row
    return out


@ensure(lambda rows, result: result == [x for row in rows for x in row])
def flattened_backwards(rows: list[list[int]]) -> list[int]:  # expect: refuted
    """Put later rows first."""
    out: list[int] = []
    for row in rows:
        out = row + out
    return out


@require(lambda n, m: n >= 0 and m >= 0)
@ensure(lambda n, m, result: result == sum(i * j for i in range(n) for j in range(m)))
def table_total(n: int, m: int) -> int:
    """The sum of a table of products."""
    total = 0
    for i in range(n):
        for j in range(m):
            total += i * j
    return total


@require(lambda n: n >= 0)
@ensure(
    lambda n, result: result
    == sum(1 for i in range(n) for j in range(n) for k in range(n) if i + j == k)
)
def additive_triples(n: int) -> int:
    """How many triples below n add up."""
    count = 0
    for i in range(n):
        for j in range(n):
            for k in range(n):
                if i + j == k:
                    count += 1
    return count
