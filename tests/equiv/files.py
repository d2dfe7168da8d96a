"""Functions to compare, and a hand-made translation of some Rust."""

from dataclasses import replace

from autoform.frontends import Lifted, lift
from autoform.ir.decls import Language, Module
from autoform.ir.text import parse_module
from autoform.source import SourceFile

PYTHON = """\
def add(a: int, b: int) -> int:
    return a + b


def add_back(x: int, y: int) -> int:
    both = y + x
    return both


def subtract(x: int, y: int) -> int:
    return x - y


def larger(a: int, b: int) -> int:
    if a > b:
        return a
    return b


def larger_late(a: int, b: int) -> int:
    if b >= a:
        found = b
    else:
        found = a
    return found


def total(xs: list[int]) -> int:
    so_far = 0
    for x in xs:
        so_far += x
    return so_far


def total_by_index(ys: list[int]) -> int:
    acc = 0
    i = 0
    while i < len(ys):
        acc = ys[i] + acc
        i += 1
    return acc


def total_but_last(ys: list[int]) -> int:
    acc = 0
    i = 0
    while i < len(ys) - 1:
        acc = ys[i] + acc
        i += 1
    return acc


def gcd(a: int, b: int) -> int:
    while b != 0:
        a, b = b, a % b
    return a


def gcd_with_a_temporary(x: int, y: int) -> int:
    while y != 0:
        rest = x % y
        x = y
        y = rest
    return x


def find(xs: list[int], k: int) -> int:
    for i in range(len(xs)):
        if xs[i] == k:
            return i
    return -1


def find_counting(xs: list[int], k: int) -> int:
    i = 0
    for x in xs:
        if k == x:
            return i
        i = i + 1
    return -1


def find_last(xs: list[int], k: int) -> int:
    found = -1
    for i in range(len(xs)):
        if xs[i] == k:
            found = i
    return found


def root(n: int) -> int:
    if n < 0:
        raise ValueError("n")
    r = 0
    while (r + 1) * (r + 1) <= n:
        r += 1
    return r


def root_turned(n: int) -> int:
    if n < 0:
        raise ValueError("negative")
    x = 0
    while n >= (x + 1) * (x + 1):
        x = 1 + x
    return x


def root_of_another_class(n: int) -> int:
    if n < 0:
        raise TypeError("negative")
    x = 0
    while n >= (x + 1) * (x + 1):
        x = 1 + x
    return x


def factorial(n: int) -> int:
    if n <= 0:
        return 1
    return n * factorial(n - 1)


def factorial_again(m: int) -> int:
    if m <= 0:
        return 1
    return m * factorial_again(m - 1)


def factorial_from_two(m: int) -> int:
    if m <= 0:
        return 1
    return m * factorial_from_two(m - 2)


def triangle(n: int) -> int:
    s = 0
    for i in range(n + 1):
        s += i
    return s


def triangle_at_once(n: int) -> int:
    return n * (n + 1) // 2


def cubes_up(n: int) -> int:
    return n * n * n


def for_ever(n: int) -> int:
    while n != 0:
        n = n - 2
    return n


def zero(n: int) -> int:
    return 0


def appended(xs: list[int], x: int) -> None:
    xs.append(x)


def inserted_at_the_end(ys: list[int], y: int) -> None:
    ys.append(y + 0)


def inserted_at_the_start(ys: list[int], y: int) -> None:
    ys.insert(0, y)


def length_of_text(text: str) -> int:
    return len(text)


def fib(n: int) -> int:
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def quotient(a: int, b: int) -> int:
    return a // b


def parse_digit(letter: str) -> int:
    if letter == "1":
        return 1
    raise ValueError(letter)
"""

RUST = """\
fn add(a: i64, b: i64) -> i64 { a + b }
fn add_wrapping(a: i64, b: i64) -> i64 { a.wrapping_add(b) }
fn total(xs: &[i64]) -> i64 { let mut s = 0; for x in xs { s += x } s }
fn count(xs: &[i64]) -> usize { let mut n = 0usize; for _ in xs { n += 1 } n }
fn fib(n: u32) -> u64 { let (mut a, mut b) = (0u64, 1u64); for _ in 0..n { (a, b) = (b, a + b) } a }
fn quotient(a: i64, b: i64) -> i64 { a / b }
fn length_of_text(text: &str) -> usize { text.chars().count() }
fn parse_digit(c: char) -> Result<u8, String> { if c == '1' { Ok(1) } else { Err(c.to_string()) } }
fn gcd(a: u64, b: u64) -> u64 { if b == 0 { a } else { gcd(b, a % b) } }
"""
RUST_AS_IR = """\
fn add(a: i64, b: i64) -> i64 { return a + b; }
fn add_wrapping(a: i64, b: i64) -> i64 { return int.wrapping_add(a, b); }
fn total(xs: Seq<i64>) -> i64 { var s: i64 = 0i64; for x in xs { s = s + x; } return s; }
fn count(xs: Seq<i64>) -> usize { var n: usize = 0usize; for x in xs { n = n + 1usize; } return n; }
fn fib(n: u32) -> u64 {
  var a: u64 = 0u64;
  var b: u64 = 1u64;
  for i in 0u32..n by 1u32 { var c: u64 = a + b; a = b; b = c; }
  return a;
}
fn quotient(a: i64, b: i64) -> i64 { return trunc_div(a, b); }
fn length_of_text(text: Str) -> usize { return int.narrow(str.len(text))::<usize>; }
fn parse_digit(c: Char) -> Result<u8, Str> {
  if c == '1' { return result.ok(1u8)::<Result<u8, Str>>; }
  return result.err(char.to_str(c))::<Result<u8, Str>>;
}
fn gcd(a: u64, b: u64) -> u64 { if b == 0u64 { return a; } return gcd(b, trunc_rem(a, b)); }
"""
HOSTS = {"total": "&[i64]", "count": "&[i64]", "length_of_text": "&str", "parse_digit": "char"}


def python() -> Lifted:
    return lift(SourceFile("a.py", PYTHON))


def rust() -> Lifted:
    """The Rust as a front end would have it."""
    module = parse_module(RUST_AS_IR)
    functions = tuple(
        replace(
            function,
            language=Language.RUST,
            params=tuple(
                replace(param, host=HOSTS.get(function.name, "")) for param in function.params
            ),
        )
        for function in module.functions
    )
    return Lifted(SourceFile("b.rs", RUST), Module(functions))
