# SPDX-License-Identifier: Apache-2.0
"""Rows and columns."""

from icontract import ensure, require, snapshot


@require(lambda n: n >= 0)
@ensure(lambda n, result: len(result) == n)
@ensure(lambda n, result: all(len(row) == n for row in result))
def zeros(n: int) -> list[list[int]]:
    """A square of zeros."""
    rows: list[list[int]] = []
    for _ in range(n):
        row: list[int] = []
        for _ in range(n):
            row.append(0)
        rows.append(row)
    return rows


@require(lambda n: n >= 0)
@ensure(lambda n, result: len(result) == n and all(len(row) == n for row in result))
@ensure(
    lambda n, result: all(result[i][j] == (1 if i == j else 0) for i in range(n) for j in range(n))
)
def identity(n: int) -> list[list[int]]:
    """Ones on the diagonal."""
    rows: list[list[int]] = []
    for i in range(n):
        row: list[int] = []
        for j in range(n):
            row.append(1 if i == j else 0)
        rows.append(row)
    return rows


@ensure(lambda rows, result: len(result) == len(rows))
@ensure(lambda rows, result: all(result[i] == sum(rows[i]) for i in range(len(rows))))
def row_sums(rows: list[list[int]]) -> list[int]:
    """The sum of each row."""
    out: list[int] = []
    for row in rows:
        acc = 0
        for x in row:
            acc += x
        out.append(acc)
    return out


@ensure(lambda rows, v, result: result == any(v in row for row in rows))
def in_matrix(rows: list[list[int]], v: int) -> bool:
    """Whether a value stands anywhere."""
    for row in rows:
        for x in row:
            if x == v:
                return True
    return False


@require(lambda rows: all(len(row) == len(rows) for row in rows))
@ensure(lambda rows, result: result == sum(rows[i][i] for i in range(len(rows))))
def trace(rows: list[list[int]]) -> int:
    """The sum of the diagonal."""
    acc = 0
    for i in range(len(rows)):
        acc += rows[i][i]
    return acc


@ensure(lambda rows, result: result == all(x == 0 for row in rows for x in row))
def is_zero(rows: list[list[int]]) -> bool:
    """Whether every element is zero."""
    for row in rows:
        for x in row:
            if x != 0:
                return False
    return True


@require(lambda rows, m: m > 0 and all(len(row) == m for row in rows))
@ensure(lambda rows, m, result: len(result) == m and all(len(r) == len(rows) for r in result))
@ensure(
    lambda rows, m, result: all(
        result[j][i] == rows[i][j] for i in range(len(rows)) for j in range(m)
    )
)
def transposed(rows: list[list[int]], m: int) -> list[list[int]]:
    """Columns as rows."""
    out: list[list[int]] = []
    for j in range(m):
        column: list[int] = []
        for i in range(len(rows)):
            column.append(rows[i][j])
        out.append(column)
    return out


@require(lambda rows: len(rows) > 0 and all(len(row) > 0 for row in rows))
@ensure(lambda rows, result: all(x <= result for row in rows for x in row))
def greatest_element(rows: list[list[int]]) -> int:
    """The greatest of all elements."""
    best = rows[0][0]
    for row in rows:
        for x in row:
            if x > best:
                best = x
    return best


@snapshot(lambda rows: [row[:] for row in rows])
@ensure(lambda rows, k, OLD: len(rows) == len(OLD.rows))
@ensure(
    lambda rows, k, OLD: all(
        rows[i][j] == k * OLD.rows[i][j] for i in range(len(rows)) for j in range(len(rows[i]))
    )
)
def scale(rows: list[list[int]], k: int) -> None:
    """Multiply every element in place."""
    for i in range(len(rows)):
        for j in range(len(rows[i])):
            rows[i][j] *= k
