"""Where a translation goes wrong easily: order, short circuits, scopes, aliases, numbers."""

# mypy: ignore-errors


def right_side_first(xs: list[int], i: int) -> list[int]:
    xs[i] = 1 // len(xs)
    return xs


# right_side_first([], 3)
# right_side_first([1], 3)
# right_side_first([1, 2], -1)


def place_before_value(m: list[list[int]], i: int, d: int) -> list[list[int]]:
    m[i][0] += 1 // d
    return m


# place_before_value([[1]], 5, 0)
# place_before_value([[1]], 0, 0)
# place_before_value([[1]], 0, 1)


def operands_in_order(a: str, b: int) -> int:
    return int(a) + 1 // b


# operands_in_order('x', 0)
# operands_in_order('1', 0)
# operands_in_order('1', 1)


def conversion_after_operands(n: int, x: float, y: float) -> float:
    return n + x / y


# conversion_after_operands(10 ** 400, 1.0, 0.0)
# conversion_after_operands(10 ** 400, 1.0, 2.0)
# conversion_after_operands(2, 1.0, 4.0)


def short_circuit(xs: list[int], i: int) -> bool:
    return i < len(xs) and xs[i] > 0 or xs[0] == 7


# short_circuit([], 0)
# short_circuit([1], 0)
# short_circuit([7], 3)


def conditional_branches(n: int) -> int:
    return 1 // n if n else 0


# conditional_branches(0)
# conditional_branches(2)


def key_before_value(a: int, b: int) -> dict[int, int]:
    return {1 // a: 1 // b}


# key_before_value(0, 0)
# key_before_value(1, 0)
# key_before_value(1, 1)


def same_key_twice(a: int) -> list[tuple[int, str]]:
    return list({1: "a", 2: "b", a: "c"}.items())


# same_key_twice(1)
# same_key_twice(3)


def pop_in_the_middle(xs: list[int]) -> tuple[int, list[int]]:
    n = xs[0] * 10 + xs.pop() + len(xs)
    return n, xs


# pop_in_the_middle([1, 2])
# pop_in_the_middle([5])
# pop_in_the_middle([])


def list_seen_after_pop(xs: list[int]) -> list[int]:
    return xs + [xs.pop()]


# list_seen_after_pop([1, 2, 3])


def swap_elements(xs: list[int], i: int, j: int) -> list[int]:
    xs[i], xs[j] = xs[j], xs[i]
    return xs


# swap_elements([1, 2, 3], 0, 2)
# swap_elements([1, 2, 3], 1, -3)
# swap_elements([1], 0, 4)


def index_assigned_first(xs: list[int], i: int) -> list[int]:
    i, xs[i] = 0, 9
    return [i, *xs]


# index_assigned_first([1, 2], 1)


def shadows_builtins(list: list[int], max: int) -> int:
    sum = 0
    for x in list:
        if x < max:
            sum += x
    return sum


# shadows_builtins([1, 5, 9], 6)


def comprehension_scope(n: int) -> list[int]:
    xs = [n for n in range(n)]
    return xs + [n]


# comprehension_scope(3)


def loop_variable_after(n: int) -> int:
    i = -1
    for i in range(n):
        if i == 2:
            break
    return i


# loop_variable_after(0)
# loop_variable_after(2)
# loop_variable_after(9)


def loop_bound_once(n: int) -> tuple[int, int]:
    rounds = 0
    for _ in range(n):
        n = 0
        rounds += 1
    return rounds, n


# loop_bound_once(3)


def late_binding(n: int) -> int:
    offset = 1

    def shift(m: int) -> int:
        return m + offset

    offset = 10
    return shift(n)


# late_binding(1)


def truth_values_count(a: int, b: int) -> int:
    return (a > b) + (a == b) * 2 - (not a)


# truth_values_count(1, 0)
# truth_values_count(0, 0)


def int_or_float(n: int) -> float:
    if n > 3:
        return n / 2
    return n


# int_or_float(7)
# int_or_float(2)
# int_or_float(-0)


def exact_comparison(n: int, x: float) -> tuple[bool, bool, bool]:
    return n == x, n < x, n >= x


# exact_comparison(2 ** 53 + 1, 2.0 ** 53)
# exact_comparison(1, float('nan'))
# exact_comparison(10 ** 400, float('inf'))
# exact_comparison(3, 3.0)


def floor_and_modulo(a: int, b: int) -> tuple[int, int]:
    return a // b, a % b


# floor_and_modulo(-7, 2)
# floor_and_modulo(7, -2)
# floor_and_modulo(1, 0)


def negative_indexes(xs: list[int], i: int) -> int:
    return xs[i] + xs[-1]


# negative_indexes([1, 2, 3], -3)
# negative_indexes([1, 2, 3], -4)
# negative_indexes([], 0)


def slices_clamp(s: str, a: int, b: int) -> list[str]:
    return [s[a:b], s[a:], s[:b], s[::-1], s[b:a:-1], s[::2]]


# slices_clamp('abcdef', 1, -1)
# slices_clamp('abc', -9, 9)
# slices_clamp('', 0, 0)


def copies_are_new(xs: list[int]) -> tuple[list[int], list[int]]:
    ys = xs[:]
    zs = list(xs)
    ys.append(1)
    zs += [2]
    return ys, zs


# copies_are_new([0])


def dead_names_do_not_alias(n: int) -> list[int]:
    xs = [n]
    ys = xs
    ys.append(1)
    return ys


# dead_names_do_not_alias(3)


def rows_of_their_own(n: int) -> list[list[int]]:
    m = [[0] * n for _ in range(n)]
    for i in range(n):
        m[i][i] = 1
    row: list[int] = []
    for i in range(n):
        row = [i]
        row.append(n)
        m.append(row)
    return m


# rows_of_their_own(2)


def swapped_buffers(n: int) -> list[int]:
    previous, current = [1], [0]
    for _ in range(n):
        current.append(len(previous))
        previous, current = current, [0]
    return previous


# swapped_buffers(3)


def changed_by_the_callee(n: int) -> list[int]:
    xs = [n]
    grow(xs)
    grow(xs)
    return xs


# changed_by_the_callee(2)


def grow(xs: list[int]) -> None:
    xs.append(len(xs))


# grow([1])


def raised_while_changing(xs: list[int]) -> int:
    xs.append(1)
    return xs[9]


# raised_while_changing([2])


def walrus_in_a_loop(xs: list[int]) -> int:
    total = 0
    while xs and (last := xs.pop()) > 0:
        total += last
    return total


# walrus_in_a_loop([3, -1, 4, 1])
# walrus_in_a_loop([])


def defaults_and_keywords(a: int) -> int:
    return combined(b=a, a=1) + combined(a) + combined(a, c=5)


# defaults_and_keywords(2)


def combined(a: int, b: int = 10, *, c: int = 100) -> int:
    return a + 2 * b + 3 * c


def unicode_text(s: str) -> tuple[str, int, list[str], bool]:
    return s.upper(), len(s), list(s), s.isdigit()


# unicode_text('straße')
# unicode_text('٣²')
# unicode_text('a\U0001f600b')


def exceptions_by_name(n: int) -> int:
    if n < 0:
        raise ValueError(f"{n} is negative")
    if n == 0:
        raise KeyError
    assert n != 1, "one"
    return n


# exceptions_by_name(-1)
# exceptions_by_name(0)
# exceptions_by_name(1)
# exceptions_by_name(2)


def none_in_arithmetic(n: int) -> int:
    found = None
    if n > 0:
        found = n
    return found + 1


# none_in_arithmetic(0)
# none_in_arithmetic(1)
