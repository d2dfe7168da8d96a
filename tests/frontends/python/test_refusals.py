"""What is refused: with which code, and at which line (marked `# here`)."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.frontends.python.lifting import finding

CASES = {
    # Aliases and mutation.
    "two names of one list": (
        "aliased-mutation",
        """
        def f(xs: list[int]) -> list[int]:
            ys = xs
            xs.append(1)  # here
            return ys
        """,
    ),
    "a parameter changed under another name": (
        "aliased-mutation",
        """
        def f(xs: list[int]) -> None:
            ys = xs
            ys.append(1)  # here
        """,
    ),
    "an element changed under its own name": (
        "aliased-mutation",
        """
        def f(m: list[list[int]]) -> list[list[int]]:
            row = m[0]
            row[0] = 1  # here
            return m
        """,
    ),
    "a list stored and then changed": (
        "aliased-mutation",
        """
        def f(n: int) -> list[list[int]]:
            row = [n]
            m = [row]
            row.append(1)  # here
            return m
        """,
    ),
    "rows that are one object": (
        "aliased-mutation",
        """
        def f(n: int) -> list[list[int]]:
            m = [[0] * n] * n
            m[0][0] = 1  # here
            return m
        """,
    ),
    "one list passed twice": (
        "aliased-mutation",
        """
        def f(xs: list[int]) -> None:
            move(xs, xs)  # here

        def move(xs: list[int], ys: list[int]) -> None:
            xs.append(ys.pop())
        """,
    ),
    "a callee that keeps its argument": (
        "aliased-mutation",
        """
        def wrap(row: list[int]) -> list[list[int]]:
            return [row]

        def f(row: list[int]) -> list[list[int]]:
            m = wrap(row)
            m[0].append(1)  # here
            return m
        """,
    ),
    "the loop's own rows": (
        "aliased-mutation",
        """
        def f(m: list[list[int]]) -> None:
            for row in m:
                row.append(0)  # here
        """,
    ),
    "a list that changes while a loop goes over it": (
        "mutation-while-iterating",
        """
        def f(xs: list[int]) -> None:
            for x in xs:
                xs.remove(x)  # here
        """,
    ),
    "a dict that grows while a loop goes over it": (
        "mutation-while-iterating",
        """
        def f(d: dict[int, int]) -> None:
            for k, v in d.items():
                d[k + 1] = v  # here
        """,
    ),
    "a mutable default": (
        "mutable-default",
        """
        def f(x: int, xs: list[int] = []) -> list[int]:  # here
            xs.append(x)
            return xs
        """,
    ),
    # Names.
    "a builtin with another meaning": (
        "rebound-builtin",
        """
        max = min

        def f(a: int, b: int) -> int:
            return max(a, b)  # here
        """,
    ),
    "a function that is bound again": (
        "rebound-builtin",
        """
        def f(a: int) -> int:  # here
            return a

        f = len
        """,
    ),
    "unbound on one path": (
        "possibly-unbound",
        """
        def f(n: int) -> int:
            if n > 0:
                r = 1
            return r  # here
        """,
    ),
    "unbound without a round": (
        "possibly-unbound",
        """
        def f(xs: list[int]) -> int:
            for x in xs:
                pass
            return x  # here
        """,
    ),
    "a local before its value, as Python scopes it": (
        "possibly-unbound",
        """
        N = 1

        def f() -> int:
            n = N  # here
            N = 2
            return n
        """,
    ),
    "a global that some function changes": (
        "mutable-global",
        """
        COUNT = 0

        def f() -> int:
            return COUNT  # here

        if __name__ == "__main__":
            global COUNT
        """,
    ),
    "a global list that escapes": (
        "mutable-global",
        """
        XS = [1, 2]

        def f() -> list[int]:
            return XS  # here
        """,
    ),
    "a function made in a loop": (
        "late-binding-closure",
        """
        def f(n: int) -> int:
            for i in range(n):
                g = lambda x: x + i  # here
            return n
        """,
    ),
    "a lambda that is kept": (
        "higher-order-value",
        """
        def f(n: int) -> int:
            fs = [lambda x: x + n]  # here
            return n
        """,
    ),
    "an unknown name": (
        "unknown-name",
        """
        def f(n: int) -> int:
            return n + m  # here
        """,
    ),
    # Numbers and identity.
    "identity of values": (
        "identity-comparison",
        """
        def f(a: int, b: int) -> bool:
            return a is b  # here
        """,
    ),
    "the text of what may be an int": (
        "mixed-int-float",
        """
        def f(xs: list[float]) -> str:
            return str(sum(xs))  # here
        """,
    ),
    "an int where a float is declared": (
        "mixed-int-float",
        """
        def f(n: int) -> float:
            return half(n)  # here

        def half(x: float) -> float:
            return x / 2
        """,
    ),
    "a truth value in a list of ints": (
        "type-mismatch",
        """
        def f(n: int) -> list[int]:
            return [n, True]  # here
        """,
    ),
    "floats in a set": (
        "unsupported-type",
        """
        def f(xs: list[float]) -> int:
            return len(set(xs))  # here
        """,
    ),
    "a float searched in a list": (
        "unsupported-operator",
        """
        def f(xs: list[float], x: float) -> bool:
            return x in xs  # here
        """,
    ),
    "an int compared with a text": (
        "type-mismatch",
        """
        def f(n: int, s: str) -> bool:
            return n == s  # here
        """,
    ),
    # Order, laziness.
    "the order of a set": (
        "set-order",
        """
        def f(s: set[int]) -> list[int]:
            return [x for x in s]  # here
        """,
    ),
    "an iterator that is kept": (
        "unsupported-type",
        """
        def f(xs: list[int]) -> int:
            pairs = zip(xs, xs)  # here
            return len(list(pairs)) + len(list(pairs))
        """,
    ),
    "elements that may fail while the loop goes": (
        "unsupported-syntax",
        """
        def f(xs: list[str]) -> int:
            for n in map(int, xs):  # here
                return n
            return 0
        """,
    ),
    "an effect in a comprehension": (
        "unsupported-syntax",
        """
        def f(xs: list[int]) -> list[int]:
            return [xs.pop() for _ in range(2)]  # here
        """,
    ),
    # Syntax.
    "try": (
        "try-except",
        """
        def f(n: int) -> int:
            try:  # here
                return 1 // n
            except ZeroDivisionError:
                return 0
        """,
    ),
    "yield": (
        "generator-function",
        """
        def f(n: int):
            yield n  # here
        """,
    ),
    "star arguments": (
        "star-arguments",
        """
        def f(*xs: int) -> int:  # here
            return len(xs)
        """,
    ),
    "global": (
        "global-state",
        """
        def f() -> None:
            global n  # here
            n = 1
        """,
    ),
    "print": (
        "input-output",
        """
        def f(n: int) -> None:
            print(n)  # here
        """,
    ),
    "async": (
        "async-code",
        """
        async def f(n: int) -> int:  # here
            return n
        """,
    ),
    "a method": (
        "class-method",
        """
        class A:
            def f(self) -> int:  # here
                return 1
        """,
    ),
    "Python 2": (
        "syntax-error",
        """
        def f(n):
            print n  # here
        """,
    ),
    "a syntax error inside one function": (
        "syntax-error",
        """
        def f(n: int) -> int:
            return n +  # here
        """,
    ),
    "a type outside the subset": (
        "unsupported-type",
        """
        def f(b: bytes) -> int:  # here
            return 1
        """,
    ),
    "a type that nothing tells": (
        "unknown-type",
        """
        def f(x):  # here
            return x
        """,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_refusal(name: str) -> None:
    code, source = CASES[name]
    lines = dedent(source).strip().splitlines()
    here = next(n for n, line in enumerate(lines, 1) if line.endswith("# here"))
    assert finding(source) == (code, here)
