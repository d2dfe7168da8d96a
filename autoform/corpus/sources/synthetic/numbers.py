"""Families of functions over numbers: cases, guards, loops that count or divide, recursion."""

from __future__ import annotations

from autoform.corpus.sources.synthetic.draw import Draw
from autoform.corpus.sources.synthetic.program import Program, lines

__all__ = ["NUMBERS"]


def clamp(d: Draw) -> Program:
    """Bring a number between two bounds."""
    x, low, high = d.int_name(), *d.pick((("low", "high"), ("least", "most"), ("lo", "hi")))
    body = d.pick(
        (
            f"return max({low}, min({x}, {high}))",
            f"if {x} < {low}:\n    return {low}\nif {x} > {high}:\n    return {high}\nreturn {x}",
            f"return {low} if {x} < {low} else {high} if {x} > {high} else {x}",
        )
    )
    ensures = [
        f"{low} <= result <= {high}",
        f"result == {x} or result == {low} or result == {high}",
    ]
    params = [(name, "int") for name in (x, low, high)]
    return Program(
        "clamp",
        params,
        "int",
        f"`{x}`, brought between the bounds.",
        body,
        [f"{low} <= {high}"],
        ensures[: d.number(1, 2)],
    )


def piecewise(d: Draw) -> Program:
    """A tariff of several steps."""
    x = d.int_name()
    edges = sorted({d.number(0, 100) for _ in range(d.number(1, 3))})
    rates = sorted(d.number(1, 20) for _ in range(len(edges) + 1))
    body, before = [], 0
    for edge, rate in zip(edges, rates, strict=False):
        body.append(f"if {x} < {edge}:\n    return {before + rate} * {x}")
    body.append(f"return {rates[-1]} * {x} + {d.number(0, 50)}")
    return Program(
        "price",
        [(x, "int")],
        "int",
        "The price of an amount, by tariff.",
        lines(*body),
        [f"{x} >= 0"],
        ["result >= 0"],
    )


def of_several(d: Draw) -> Program:
    """The greatest or least of three or four, by cases."""
    names = ["a", "b", "c", "d"][: d.number(3, 4)]
    most = d.flip()
    sign = ">" if most else "<"
    best = d.total()
    body = [f"{best} = {names[0]}"]
    body += [f"if {name} {sign} {best}:\n    {best} = {name}" for name in names[1:]]
    some = " or ".join(f"result == {name}" for name in names)
    bounds = " and ".join(f"result {sign}= {name}" for name in names)
    return Program(
        "greatest" if most else "least",
        [(n, "int") for n in names],
        "int",
        f"The {'greatest' if most else 'least'} of {len(names)} numbers.",
        lines(*body, f"return {best}"),
        (),
        [bounds, some],
    )


def guarded(d: Draw) -> Program:
    """A computation behind a guard that raises."""
    a, b = d.int_name(), d.limit()
    number = d.number(2, 50)
    guard, doc, value, ensures = d.pick(
        (
            (f"{b} == 0", "divided", f"{a} // {b}", f"{a} == result * {b} + {a} % {b}"),
            (f"{b} <= 0", "modulo", f"{a} % {b}", f"0 <= result < {b}"),
            (f"{a} < {b}", "less", f"{a} - {b}", "result >= 0"),
            (f"{b} > {number}", "up to the most", f"{number} - {b}", "result >= 0"),
        )
    )
    body = lines(f'if {guard}:\n    raise ValueError("out of range")', f"return {value}")
    name = d.pick(("share", "remaining", "checked", "difference"))
    return Program(
        name, [(a, "int"), (b, "int")], "int", f"`{a}` {doc} by `{b}`.", body, (), [ensures]
    )


def series(d: Draw) -> Program:
    """A sum over a range with a closed form."""
    n, total, i = d.int_name(), d.total(), d.index()
    k = d.number(1, 9)
    term, closed = d.pick(
        (
            (f"{k} * {i}", f"{k} * {n} * ({n} - 1) // 2"),
            (f"2 * {i} + 1", f"{n} * {n}"),
            (f"{k}", f"{k} * {n}"),
            (f"2 * {i} + {k + 1}", f"{n} * {n} + {k} * {n}"),
        )
    )
    if d.flip():
        body = lines(
            f"{total} = 0", f"for {i} in range({n}):\n    {total} += {term}", f"return {total}"
        )
    else:
        body = lines(
            f"{total} = 0",
            f"{i} = 0",
            f"while {i} < {n}:\n    {total} = {total} + {term}\n    {i} += 1",
            f"return {total}",
        )
    return Program(
        "series",
        [(n, "int")],
        "int",
        f"The sum of `{term}` below `{n}`.",
        body,
        [f"{n} >= 0"],
        [f"result == {closed}"],
    )


def division(d: Draw) -> Program:
    """Quotient and remainder by repeated subtraction."""
    a, b = d.int_name(), d.limit()
    start = d.pick(("quotient, rest = 0, {a}", "quotient = 0\nrest = {a}")).format(a=a)
    body = lines(
        start, f"while rest >= {b}:\n    rest -= {b}\n    quotient += 1", "return quotient, rest"
    )
    return Program(
        "split_by",
        [(a, "int"), (b, "int")],
        "tuple[int, int]",
        "How often one number goes into another, and the rest.",
        body,
        [f"{a} >= 0", f"{b} > 0"],
        [f"result[0] * {b} + result[1] == {a}", f"0 <= result[1] < {b}"],
    )


def digits(d: Draw) -> Program:
    """Something of the digits of a number."""
    n, total = d.int_name(), d.total()
    base = d.pick((2, 3, 8, 10, 16))
    step, doc, ensures = d.pick(
        (
            (f"{total} += {n} % {base}", "The sum of the digits", "result >= 0"),
            (f"{total} += 1", "The number of digits", "result >= 0"),
            (f"if {n} % {base} == 0:\n        {total} += 1", "The number of zeros", "result >= 0"),
            (
                f"{total} = max({total}, {n} % {base})",
                "The greatest digit",
                f"0 <= result < {base}",
            ),
        )
    )
    body = lines(
        f"{total} = 0", f"while {n} > 0:\n    {step}\n    {n} //= {base}", f"return {total}"
    )
    return Program(
        "digits", [(n, "int")], "int", f"{doc} in base {base}.", body, [f"{n} >= 0"], [ensures]
    )


def recursion(d: Draw) -> Program:
    """A recursive function with a base case."""
    n = d.int_name()
    k = d.number(1, 9)
    name, base, step, ensures = d.pick(
        (
            (
                "factorial",
                f"if {n} <= 1:\n    return 1",
                f"{n} * factorial({n} - 1)",
                "result >= 1",
            ),
            (
                "sum_to",
                f"if {n} == 0:\n    return 0",
                f"{n} + sum_to({n} - 1)",
                f"result == {n} * ({n} + 1) // 2",
            ),
            (
                "scaled",
                f"if {n} == 0:\n    return 0",
                f"{k} + scaled({n} - 1)",
                f"result == {k} * {n}",
            ),
            ("fib", f"if {n} < 2:\n    return {n}", f"fib({n} - 1) + fib({n} - 2)", "result >= 0"),
            (
                "halvings",
                f"if {n} <= 1:\n    return 0",
                f"1 + halvings({n} // 2)",
                f"0 <= result <= {n}",
            ),
        )
    )
    return Program(
        name,
        [(n, "int")],
        "int",
        f"`{name}` of a number, by recursion.",
        lines(base, f"return {step}"),
        [f"{n} >= 0"],
        [ensures],
    )


def bits(d: Draw) -> Program:
    """Something of the bits of a number."""
    n, total = d.int_name(), d.total()
    body, result, doc, ensures = d.pick(
        (
            (
                f"{total} = 0\nwhile {n} > 0:\n    {total} += {n} & 1\n    {n} >>= 1\n"
                f"return {total}",
                "int",
                "The number of ones in binary.",
                "result >= 0",
            ),
            (
                f"{total} = 0\nwhile {n} > 0:\n    {n} >>= 1\n    {total} += 1\nreturn {total}",
                "int",
                "The number of binary digits.",
                "result >= 0",
            ),
            (
                f"return {n} > 0 and {n} & ({n} - 1) == 0",
                "bool",
                "Whether it is a power of two.",
                f"not result or {n} > 0",
            ),
        )
    )
    return Program("bits", [(n, "int")], result, doc, body, [f"{n} >= 0"], [ensures])


def calls(d: Draw) -> Program:
    """A function by means of another."""
    a, b = "a", "b"
    k = d.number(2, 9)
    inner = Program(
        "distance",
        [(a, "int"), (b, "int")],
        "int",
        "How far two numbers are apart.",
        f"if {a} > {b}:\n    return {a} - {b}\nreturn {b} - {a}",
        (),
        ["result >= 0", "result == abs(a - b)"],
    )
    value, ensures = d.pick(
        (
            (f"{k} * distance(a, b)", f"result == {k} * abs(a - b)"),
            (f"distance(a, b) + distance(b, {k})", "result >= 0"),
            (f"distance(a, {k}) + distance({k}, b)", f"result >= abs(a - {k})"),
        )
    )
    text = inner.text.removeprefix("import icontract\n\n\n")
    return Program(
        "cost",
        [(a, "int"), (b, "int")],
        "int",
        "A cost by distances.",
        f"return {value}",
        (),
        [ensures],
        before=text,
    )


NUMBERS = (clamp, piecewise, of_several, guarded, series, division, digits, recursion, bits, calls)
