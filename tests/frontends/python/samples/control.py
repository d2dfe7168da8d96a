"""Statements, conditions, calls, constants."""

# mypy: ignore-errors


def cond_expr(a: int) -> str:
    return "a" if a > 0 else "b" if a == 0 else "c"


# cond_expr(1)
# cond_expr(0)
# cond_expr(-1)


def chain_cmp(a: int) -> bool:
    return 0 < a <= 10 != 5


# chain_cmp(5)
# chain_cmp(11)


def or_default(a: str) -> str:
    return a or "x"


# or_default('')
# or_default('b')


def and_val(xs: list[int]) -> int:
    return xs and xs[0] or -1


# refused[type-mismatch]
# and_val([2])
# and_val([0])


def or_int(a: int, b: int) -> int:
    return a or b


# or_int(0, 2)
# or_int(1, 2)


def walrus(xs: list[int]) -> int:
    if (n := len(xs)) > 2:
        return n
    return -n


# walrus([1])
# walrus([1, 2, 3])


def while_else(n: int) -> int:
    i = 2
    while i < n:
        if n % i == 0:
            break
        i += 1
    else:
        return -1
    return i


# while_else(9)
# while_else(7)


def for_else(xs: list[int]) -> int:
    for x in xs:
        if x < 0:
            break
    else:
        return 1
    return 2


# for_else([1])
# for_else([-1])


def while_true(n: int) -> int:
    while True:
        n //= 2
        if n < 5:
            break
    return n


# while_true(100)


def multi_for(n: int) -> list[tuple[int, int]]:
    return [(i, j) for i in range(n) for j in range(i) if i + j > 1]


# multi_for(4)


def kwargs_helper(a: int, b: int = 2, *, c: int = 3) -> int:
    return a + b * c


def kwargs(n: int) -> int:
    return kwargs_helper(n, c=1) + kwargs_helper(b=n, a=1)


# kwargs(4)


def isinstance_of(n: int) -> int:
    if not isinstance(n, int):
        raise TypeError("x")
    return n


# isinstance_of(1)


def print_stmt(xs: list[int]) -> int:
    return xs[0] if xs else 0


# print_stmt([3])
# print_stmt([])


def lambda_var(n: int) -> int:
    sq = lambda x: x * x
    return sq(n) + sq(n + 1)


# lambda_var(3)


def nested_def(n: int) -> int:
    def nested_def_helper(k: int) -> int:
        return k * n

    return nested_def_helper(2)


# nested_def(3)


LIMIT = 10
NAMES = ("a", "b")


def global_const(n: int) -> bool:
    return n < LIMIT and NAMES[0] == "a"


# global_const(3)
# global_const(11)


def type_eq(n: int) -> bool:
    return type(n) == int or type(n) is int


# refused[unsupported-builtin]
# type_eq(3)


def match(n: int) -> str:
    match n:
        case 0:
            return "z"
        case 1 | 2:
            return "s"
        case _:
            return "m"


# refused[unsupported-syntax]
# match(0)
# match(2)
# match(5)


def try_of(s: str) -> int:
    try:
        return int(s)
    except ValueError:
        return -1


# refused[try-except]
# try_of('1')
# try_of('x')
