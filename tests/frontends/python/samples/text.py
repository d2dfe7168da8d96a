"""Text: methods, formatting, conversions."""

# mypy: ignore-errors

import string


def sw_lit(s: str) -> bool:
    return s.startswith("a", 1) or s.startswith("b", 0, 1)


# sw_lit('ba')
# sw_lit('xa')
# sw_lit('b')
# sw_lit('')


def find_lit(s: str, j: int) -> int:
    return s.find("a", 1, j) + 100 * s.find("a", 2) + 1000 * s.find("", 3)


# find_lit('xaxa', 2)
# find_lit('xaxa', -1)
# find_lit('', 9)
# find_lit('aaaaa', 5)


def count_lit(s: str, j: int) -> int:
    return s.count("a", 1) + 10 * s.count("aa", 0, j)


# count_lit('aaa', 3)
# count_lit('a', -1)
# count_lit('', 0)


def index_lit(s: str, j: int) -> int:
    return s.index("a", 1) + 10 * s.index("a", 0, j)


# index_lit('aaa', 3)
# index_lit('a', -1)
# index_lit('ba', 0)


def int_str_base(s: str, b: int) -> int:
    return int(s, b)


# int_str_base('ff', 16)
# int_str_base('101', 2)
# int_str_base('z', 36)
# int_str_base('2', 2)
# int_str_base(' 12 ', 0)
# int_str_base('0x1f', 0)


def binary(n: int) -> str:
    return bin(n)


# binary(5)
# binary(-3)
# binary(0)


def hex_of(n: int) -> str:
    return hex(n) + oct(n)


# hex_of(255)
# hex_of(-1)


def hex_slice(n: int) -> str:
    return hex(n)[2:].upper()


# hex_slice(255)


def str_zfill(s: str) -> str:
    return s.zfill(5)


# str_zfill('12')
# str_zfill('-1')
# str_zfill('123456')


def str_just(s: str) -> str:
    return s.ljust(4, ".") + s.rjust(4) + s.center(5, "*")


# str_just('ab')
# str_just('')
# str_just('abcdef')


def startswith_tuple(s: str) -> bool:
    return s.startswith(("a", "b")) or s.endswith("z")


# startswith_tuple('abc')
# startswith_tuple('xz')
# startswith_tuple('q')


def startswith_from(s: str, i: int) -> bool:
    return s.startswith("a", i)


# refused[unsupported-method]
# startswith_from('ba', 1)
# startswith_from('ba', 0)
# startswith_from('ba', -1)
# startswith_from('ba', 5)


def startswith_empty(s: str, i: int) -> bool:
    return s.startswith("", i)


# refused[unsupported-method]
# startswith_empty('ba', 1)
# startswith_empty('ba', 2)
# startswith_empty('ba', 3)


def isspace(s: str) -> bool:
    return s.isspace()


# isspace(' ')
# isspace('')
# isspace(' a')


def isnumeric(s: str) -> bool:
    return s.isnumeric() or s.isdecimal() or s.isalnum()


# isnumeric('12')
# isnumeric('')
# isnumeric('½')


def capitalize(s: str) -> str:
    return s.capitalize() + s.title() + s.swapcase()


# capitalize('hello World')
# capitalize('ß')


def lstrip(s: str) -> str:
    return s.lstrip("0") + s.rstrip() + s.strip("ab")


# lstrip('00a ')
# lstrip('')


def str_index(s: str) -> int:
    return s.index("a") * 10 + s.rindex("a") + s.find("b") + s.rfind("b")


# str_index('abab')
# str_index('b')


def str_find_range(s: str, i: int, j: int) -> int:
    return s.find("a", i, j)


# refused[unsupported-method]
# str_find_range('xaxa', 2, 4)
# str_find_range('xaxa', -3, -1)
# str_find_range('xa', 2, 1)


def str_count_range(s: str, i: int) -> int:
    return s.count("a", i)


# refused[unsupported-method]
# str_count_range('aaa', 1)
# str_count_range('aaa', -1)
# str_count_range('aaa', 9)


def str_index_from(s: str, i: int) -> int:
    return s.index("a", i)


# str_index_from('xaxa', 2)
# str_index_from('xa', 2)


def str_partition(s: str) -> tuple[str, str, str]:
    return s.partition("-")


# str_partition('a-b-c')
# str_partition('abc')
# str_partition('')


def str_rpartition(s: str) -> tuple[str, str, str]:
    return s.rpartition("-")


# str_rpartition('a-b-c')
# str_rpartition('abc')
# str_rpartition('')


def str_rsplit(s: str) -> list[str]:
    return s.rsplit("-", 1)


# str_rsplit('a-b-c')
# str_rsplit('abc')


def str_rsplit_plain(s: str) -> list[str]:
    return s.rsplit() + s.rsplit("-")


# str_rsplit_plain('a b-c')


def str_split_n(s: str) -> list[str]:
    return s.split("-", 1)


# str_split_n('a-b-c')
# str_split_n('abc')


def str_split_max_kw(s: str) -> list[str]:
    return s.split("-", maxsplit=1)


# str_split_max_kw('a-b-c')


def str_split_ws_n(s: str) -> list[str]:
    return s.split(None, 1)


# refused[type-mismatch]
# str_split_ws_n(' a b  c ')
# str_split_ws_n('')


def splitlines(s: str) -> list[str]:
    return s.splitlines()


# splitlines('a\nb\r\nc')
# splitlines('')


def join_gen(xs: list[int]) -> str:
    return "-".join(str(x) for x in xs)


# join_gen([1, 2])
# join_gen([])


def join_chars(s: str) -> str:
    return "".join(sorted(s)) + "".join(reversed(s))


# join_chars('bca')


def join_map(xs: list[int]) -> str:
    return "".join(map(str, xs))


# join_map([1, 2])


def replace_n(s: str) -> str:
    return s.replace("a", "b", 1)


# replace_n('aaa')


def removeprefix(s: str) -> str:
    return s.removeprefix("ab").removesuffix("yz")


# removeprefix('abcyz')


def expandtabs(s: str) -> str:
    return s.expandtabs(4)


# refused[unsupported-method]
# expandtabs('a\tb')


def casefold(s: str) -> str:
    return s.casefold()


# casefold('Straße')


def format1(a: int, s: str) -> str:
    return "{} is {}".format(a, s)


# format1(1, 'b')


def format2(a: int, b: int) -> str:
    return "{1}-{0}".format(a, b)


# format2(1, 2)


def format3(a: int) -> str:
    return "{n:05d}|{n:>4}".format(n=a)


# format3(42)
# format3(-7)


def format_spec(a: int) -> str:
    return format(a, "b") + format(a, "x") + format(a, "08b")


# format_spec(42)
# format_spec(-7)


def percent1(a: int, s: str) -> str:
    return "%d-%s" % (a, s)


# percent1(1, 'x')


def percent2(a: int) -> str:
    return "%d" % a


# percent2(1)
# percent2(-5)


def percent3(a: int) -> str:
    return "%05d %x" % (a, a)


# percent3(42)


def fstring(a: int, x: float) -> str:
    return f"{a:>5}|{x:.2f}|{a!r}"


# fstring(3, 2.345)


def fstring2(a: int) -> str:
    return f"{a:,}" + f"{a:b}" + f"{a:04}"


# fstring2(1234567)


def ord_chr(s: str) -> str:
    return chr(ord(s) + 1)


# ord_chr('a')
# ord_chr('')
# ord_chr('ab')


def ascii_shift(s: str, k: int) -> str:
    return "".join(chr((ord(c) - 97 + k) % 26 + 97) for c in s)


# ascii_shift('abc', 3)


def str_mul(s: str, n: int) -> str:
    return s * n + n * s


# str_mul('ab', 2)
# str_mul('a', -1)


def str_cmp(a: str, b: str) -> bool:
    return a < b or a >= "m"


# str_cmp('a', 'b')
# str_cmp('z', 'a')


def str_in(a: str, b: str) -> bool:
    return a in b and a not in "xyz"


# str_in('a', 'ba')
# str_in('', 'a')


def str_iter(s: str) -> int:
    n = 0
    for i, c in enumerate(s):
        if c == "a":
            n += i
    return n


# str_iter('aba')


def str_rev(s: str) -> bool:
    return s == s[::-1]


# str_rev('aba')
# str_rev('ab')


def str_step(s: str) -> str:
    return s[::2] + s[1::2] + s[-1:] + s[5:1:-1]


# str_step('abcdefg')


def maketrans(s: str) -> str:
    return s.translate(str.maketrans("ab", "xy"))


# refused[unsupported-method]
# maketrans('abc')


def float_str(s: str) -> float:
    return float(s)


# float_str('1.5')
# float_str('x')
# float_str(' 2 ')


def str_float(a: float) -> str:
    return str(a) + repr(a)


# str_float(1.5)
# str_float(1e+20)


def str_misc(a: bool, s: str) -> str:
    return str(a) + str(s) + repr(s)


# refused[string-format]
# str_misc(True, "a'b")


def str_list(xs: list[int]) -> str:
    return str(xs)


# str_list([1, 2])
# str_list([])


def str_tuple(xs: tuple[int, str]) -> str:
    return str(xs)


# refused[string-format]
# str_tuple((1, 'a'))


def string_const(c: str) -> bool:
    return c in string.ascii_lowercase + string.digits


# string_const('a')
# string_const('A')


def bytes_no(s: str) -> int:
    return len(s.encode())


# refused[unsupported-method]
# bytes_no('aé')


def constants_have_methods(s: str) -> int:
    return string.ascii_uppercase.find(s) + len(string.digits.replace("1", ""))


# constants_have_methods("C")
# constants_have_methods("c")
