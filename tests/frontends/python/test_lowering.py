"""Source in, IR out: what each construct becomes."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.frontends.python.lifting import text

CASES = {
    "loop variables are binders where nothing else binds them": (
        """
        def f(n: int) -> int:
            total = 0
            for i in range(1, n):
                total += i
            return total
        """,
        """
        fn f(n: Int) -> Int {
            var total: Int = 0;
            for i in 1..n {
                total = total + i;
            }
            return total;
        }
        """,
    ),
    "loop variables that are assigned are other variables behind that": (
        """
        def f(n: int) -> int:
            total = 0
            for i in range(n):
                i += 1
                total += i
            return total
        """,
        """
        fn f(n: Int) -> Int {
            var total: Int = 0;
            for i in 0..n {
                var i_2: Int = i + 1;
                total = total + i_2;
            }
            return total;
        }
        """,
    ),
    "a name that is reused is another variable": (
        """
        def f(n: int) -> int:
            n = str(n)
            return len(n)
        """,
        """
        fn f(n: Int) -> Int {
            var n_2: Str = int.to_str(n);
            return str.len(n_2);
        }
        """,
    ),
    "mutation is an update of the variable": (
        """
        def f(xs: list[list[int]], i: int) -> None:
            xs[i][0] += 1
            xs.append([i])
        """,
        """
        fn f(inout xs: Seq<Seq<Int>>, i: Int) {
            xs = seq.update_neg(xs, i, seq.update(seq.at_neg(xs, i), 0, seq.at(seq.at_neg(xs, i), 0) + 1));
            xs = seq.append(xs, [i]);
            return ();
        }
        """,
    ),
    "an effect inside an expression comes before it": (
        """
        def f(xs: list[int]) -> int:
            return xs[0] + xs.pop()
        """,
        """
        fn f(inout xs: Seq<Int>) -> Int {
            var t: Int = seq.at(xs, 0);
            var popped: (Seq<Int>, Int) = seq.pop_last(xs);
            xs = popped.0;
            return t + popped.1;
        }
        """,
    ),
    "parallel assignment holds what would be overwritten": (
        """
        def f(n: int) -> int:
            a, b = 0, 1
            while a < n:
                a, b = b, a + b
            return a
        """,
        """
        fn f(n: Int) -> Int {
            var a: Int = 0;
            var b: Int = 1;
            while a < n {
                var t: Int = a + b;
                a = b;
                b = t;
            }
            return a;
        }
        """,
    ),
    "for-else waits for a flag": (
        """
        def f(xs: list[int]) -> bool:
            for x in xs:
                if x < 0:
                    break
            else:
                return True
            return False
        """,
        """
        fn f(xs: Seq<Int>) -> Bool {
            var broke: Bool = false;
            for x in xs {
                if x < 0 {
                    broke = true;
                    break;
                }
            }
            if !broke {
                return true;
            }
            return false;
        }
        """,
    ),
    "None is an option, and known to be there after a test": (
        """
        def f(xs: list[int]) -> int | None:
            best = None
            for x in xs:
                if best is None or x > best:
                    best = x
            return best
        """,
        """
        fn f(xs: Seq<Int>) -> Option<Int> {
            var best: Option<Int> = none::<Option<Int>>;
            for x in xs {
                if option.is_none(best) || x > option.unwrap(best) {
                    best = option.some(x);
                }
            }
            return best;
        }
        """,
    ),
    "an int that becomes a float is one from the start": (
        """
        def f(xs: list[float]) -> float:
            total = 0
            for x in xs:
                total += x
            return total
        """,
        """
        fn f(xs: Seq<Float>) -> Float {
            var total: Float = 0.0;
            for x in xs {
                total = total + x;
            }
            return total;
        }
        """,
    ),
    "comparisons chain without evaluating twice": (
        """
        def f(xs: list[int], n: int) -> bool:
            return 0 < sum(xs) <= n
        """,
        """
        fn f(xs: Seq<Int>, n: Int) -> Bool {
            return let m = seq.sum(xs) in 0 < m && m <= n;
        }
        """,
    ),
    "any and all stop where Python stops": (
        """
        def f(xs: list[int]) -> bool:
            return all(x % 2 == 0 for x in xs if x) and any(xs)
        """,
        """
        fn f(xs: Seq<Int>) -> Bool {
            return (forall x in xs: x == 0 || x % 2 == 0) && (exists x_2 in xs: x_2 != 0);
        }
        """,
    ),
    "nested functions take what they see": (
        """
        def f(n: int) -> list[int]:
            found = []

            def add(k: int) -> None:
                found.append(k * n)

            add(1)
            return found
        """,
        """
        fn f(n: Int) -> Seq<Int> {
            var found: Seq<Int> = []::<Seq<Int>>;
            call `f.add`(1, found, n);
            return found;
        }

        fn `f.add`(k: Int, inout found: Seq<Int>, n: Int) {
            found = seq.append(found, k * n);
            return ();
        }
        """,
    ),
    "constants, records and keyword arguments": (
        """
        from typing import NamedTuple

        LIMIT = 10 ** 2

        class Point(NamedTuple):
            x: int
            y: int = 0

        def f(n: int, scale: int = 2) -> Point:
            return Point(y=n, x=LIMIT * scale)

        def g(n: int) -> int:
            return f(n).x
        """,
        """
        const LIMIT: Int = int.pow(10, 2);
        record Point { x: Int, y: Int }

        fn f(n: Int, scale: Int = 2) -> Point {
            return new Point { x: ::LIMIT * scale, y: n };
        }

        fn g(n: Int) -> Int {
            return f(n, 2).x;
        }
        """,
    ),
    "types come from the examples beside the function": (
        '''
        def f(xs, t):
            """
            >>> f([("a", 1)], (1, 2, 3))
            """
            return [n for s, n in xs if n in t]
        ''',
        """
        fn f(xs: Seq<(Str, Int)>, t: Seq<Int>) -> Seq<Int> {
            return [item.1 for item in xs if seq.contains(t, item.1)];
        }
        """,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_lowering(name: str) -> None:
    source, expected = CASES[name]
    assert text(source).strip() == dedent(expected).strip()
