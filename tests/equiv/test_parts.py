"""Loops beside what is one expression, begins a round later, or holds what was just passed."""

import pytest

from autoform.crosscheck import Input
from autoform.equiv.builders import builders_to_loops
from autoform.equiv.fusion import fused, loops_in_a_row
from autoform.equiv.matching import Side
from autoform.equiv.mirrors import mirrors_by_places
from autoform.equiv.product import Way, lowered
from autoform.equiv.proof import prove_pair
from autoform.equiv.requires import requiring, with_clause
from autoform.equiv.runs import Pair
from autoform.equiv.slices import over_wholes
from autoform.equiv.ways import ways
from autoform.frontends import lift
from autoform.ir.text import parse_module, print_module
from autoform.prove.houdini import with_function
from autoform.prove.pipeline import ProofSettings
from autoform.semantics.interpreter import call
from autoform.source import SourceFile

SOURCE = """\
def joined(names: list[str]) -> str:
    return ", ".join(names)


def joined_by_place(names: list[str]) -> str:
    out = ""
    for i in range(len(names)):
        if i > 0:
            out += ", "
        out += names[i]
    return out


def joined_unless_empty(names: list[str]) -> str:
    out = ""
    for name in names:
        if len(out) > 0:
            out += ", "
        out += name
    return out


def kept(text: str) -> str:
    return "".join(c for c in text if c != "-")


def kept_by_hand(text: str) -> str:
    out = ""
    for c in text:
        if c == "-":
            continue
        out += c
    return out


def kept_to_a_dash(text: str) -> str:
    out = ""
    for c in text:
        if c == "-":
            break
        out += c
    return out


def added(xs: list[int], ys: list[int], n: int) -> list[int]:
    out = list(xs)
    out.extend(ys[n:])
    return out


def added_one_by_one(xs: list[int], ys: list[int], n: int) -> list[int]:
    out = list(xs)
    i = n
    while i < len(ys):
        out.append(ys[i])
        i += 1
    return out


def added_but_last(xs: list[int], ys: list[int], n: int) -> list[int]:
    out = list(xs)
    i = n
    while i < len(ys) - 1:
        out.append(ys[i])
        i += 1
    return out


def greatest(xs: list[int]) -> int:
    if not xs:
        return 0
    best = xs[0]
    for x in xs[1:]:
        best = max(best, x)
    return best


def greatest_of_natural(xs: list[int]) -> int:
    best = 0
    for x in xs:
        if x > best:
            best = x
    return best


def groups(xs: list[int]) -> int:
    count = 0
    for i in range(len(xs)):
        if i == 0 or xs[i] != xs[i - 1]:
            count += 1
    return count


def groups_by_last(xs: list[int]) -> int:
    count = 0
    last: int | None = None
    for x in xs:
        if last != x:
            count += 1
        last = x
    return count


def groups_from_zero(xs: list[int]) -> int:
    count = 0
    last = 0
    for x in xs:
        if last != x:
            count += 1
        last = x
    return count


def mirrored(text: str) -> bool:
    return text == text[::-1]


def mirrored_by_two_places(text: str) -> bool:
    i = 0
    j = len(text) - 1
    while i < j:
        if text[i] != text[j]:
            return False
        i += 1
        j -= 1
    return True


def mirrored_but_at_the_ends(text: str) -> bool:
    i = 1
    j = len(text) - 2
    while i < j:
        if text[i] != text[j]:
            return False
        i += 1
        j -= 1
    return True


def sum_and_count(xs: list[int]) -> int:
    total = 0
    for x in xs:
        total += x
    return total * 10 + len([x for x in xs if x > 0])


def sum_and_count_at_once(xs: list[int]) -> int:
    total = 0
    count = 0
    for x in xs:
        total += x
        if x > 0:
            count += 1
    return total * 10 + count


def sum_and_count_till_a_million(xs: list[int]) -> int:
    total = 0
    count = 0
    for x in xs:
        total += x
        if x > 0 and total < 1000000:
            count += 1
    return total * 10 + count
"""
FILE = lift(SourceFile("a.py", SOURCE))
ROWS: list[Input] = [((),), ((1,),), ((2, 2),), ((1, 4, 4, 3),), ((5, 3, 9, 9, 1),)]
WORDS: list[Input] = [((),), (("a",),), (("a", "b"),), (("ab", "", "c"),)]
TEXTS: list[Input] = [("",), ("a",), ("ab",), ("abcd",)]
MIRRORS: list[Input] = [("",), ("a",), ("ab",), ("aba",), ("abba",), ("abca",), ("xabcax",)]
PARTS: list[Input] = [((), (), 0), ((1,), (2, 3), 0), ((1,), (2, 3, 4), 1), ((), (5,), 3)]


def proved(f: str, g: str, inputs: list[Input], *requires: str) -> bool:
    """Whether the proof alone says that they are the same, whatever inputs would show."""
    module = FILE.module
    pair = Pair(FILE, FILE, Side(module, module.function(f)), Side(module, module.function(g)))
    for text in requires:
        pair = pair.with_first(
            with_clause(pair.first.function, requiring(module.function(f), text))
        )
    return bool(prove_pair(pair, inputs, ProofSettings(steps=200_000, total_steps=8_000_000)).by)


@pytest.mark.parametrize(
    ("f", "g", "inputs", "requires"),
    [
        ("joined", "joined_by_place", WORDS, ()),
        ("kept", "kept_by_hand", TEXTS, ()),
        ("added", "added_one_by_one", PARTS, ("n >= 0",)),
        ("greatest", "greatest_of_natural", ROWS, ("all(x >= 0 for x in xs)",)),
        ("groups", "groups_by_last", ROWS, ()),
        ("sum_and_count", "sum_and_count_at_once", ROWS, ()),
        ("mirrored", "mirrored_by_two_places", MIRRORS, ()),
    ],
)
def test_the_same_is_proved(f: str, g: str, inputs: list[Input], requires: tuple[str, ...]) -> None:
    assert proved(f, g, inputs, *requires)


@pytest.mark.parametrize(
    ("f", "g", "inputs", "requires"),
    [
        ("joined", "joined_unless_empty", [((),), (("a",),), (("a", "b"),)], ()),
        ("kept", "kept_to_a_dash", TEXTS, ()),
        ("added", "added_but_last", [((1,), (), 0), ((), (5,), 3)], ("n >= 0",)),
        ("greatest", "greatest_of_natural", ROWS, ()),
        ("groups", "groups_from_zero", [((),), ((1,),), ((2, 2),), ((1, 4, 4, 3),)], ()),
        ("sum_and_count", "sum_and_count_till_a_million", ROWS, ()),
        ("mirrored", "mirrored_but_at_the_ends", [("",), ("a",), ("abba",), ("abcda",)], ()),
    ],
)
def test_nothing_is_proved_of_what_differs(
    f: str, g: str, inputs: list[Input], requires: tuple[str, ...]
) -> None:
    """No input shows the difference: the proof alone must not be fooled."""
    assert not proved(f, g, inputs, *requires)


# ── Rewrites ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("result", "body"),
    [
        ("Str", 'return str.join("-", ws);'),
        ("Str", "return str.join(seq.at(ws, 0), ws);"),
        ("Str", 'return str.join("", [str.concat(w, "!") for w in ws if str.len(w) > 0]);'),
        ("Str", 'return str.join("/", [str.join("+", [v, w]) for w in ws for v in ws]);'),
        ("Str", "return str.from_chars(seq.reverse(str.to_chars(seq.at(ws, 0))));"),
        ("Str", "return str.from_chars([c for c in str.to_chars(seq.at(ws, 0)) if c != 'a']);"),
        ("Seq<Str>", "ws = seq.concat(ws, ws); return ws;"),
        ("Seq<Str>", 'ws = seq.concat(ws, [str.concat(w, "!") for w in ws]); return ws;'),
        ("Seq<Str>", "ws = seq.concat(ws, [v for w in ws for v in ws]); return ws;"),
        (
            "Seq<Str>",
            "var out: Seq<Str> = []::<Seq<Str>>; var more: Seq<Str> = [w for w in ws];"
            " out = seq.concat(out, more); return out;",
        ),
        (
            "Seq<Str>",
            "var out: Seq<Str> = []::<Seq<Str>>; var more: Seq<Str> = [w for w in ws];"
            " out = seq.concat(out, more); return seq.concat(more, out);",
        ),
    ],
)
def test_adding_part_by_part_changes_no_value(result: str, body: str) -> None:
    module = parse_module(f"fn f(ws: Seq<Str>) -> {result} {{ {body} }}")
    loops = builders_to_loops(module)
    for given in (("ab",), ("a", "", "ba"), ("xay", "b", "", "c")):
        assert call(loops, "f", (given,)) == call(module, "f", (given,))


def test_what_is_joined_or_added_becomes_loops() -> None:
    text = """\
fn f(ws: Seq<Str>) -> Str {
    var out: Seq<Str> = []::<Seq<Str>>;
    out = seq.concat(out, [w for w in ws]);
    return str.join("-", out);
}
"""
    loops = print_module(builders_to_loops(parse_module(text)))
    assert loops.count("for ") == 2
    assert "seq.concat" not in loops
    assert "str.join" not in loops


@pytest.mark.parametrize(
    "said",
    [
        "xs == seq.reverse(xs)",
        "seq.reverse(xs) == xs",
        "str.to_chars(s) == seq.reverse(str.to_chars(s))",
    ],
)
def test_what_is_its_own_reverse_is_so_place_by_place(said: str) -> None:
    module = parse_module(f"fn f(xs: Seq<Int>, s: Str) -> Bool {{ return {said}; }}")
    places = mirrors_by_places(module)
    assert "reverse" not in print_module(places)
    for row in ((), (1,), (1, 2), (1, 1), (1, 2, 1), (1, 2, 2, 1), (1, 2, 3, 1), (2, 2, 1)):
        given = (row, "".join(map(str, row)))
        assert call(places, "f", given) == call(module, "f", given)


def test_the_float_in_the_middle_is_left_to_the_comparison() -> None:
    """Python says of the same NaN that it is the same."""
    text = "fn f(xs: Seq<Float>) -> Bool { return xs == seq.reverse(xs); }"
    module = parse_module(text)
    assert mirrors_by_places(module) is module


@pytest.mark.parametrize(
    "part", ["seq.slice_from(xs, n)", "seq.slice_to(xs, n)", "seq.subslice(xs, 1, n)"]
)
def test_places_in_the_whole_change_no_value(part: str) -> None:
    text = f"""\
fn f(xs: Seq<Int>, n: Int) -> Int {{
    var total: Int = 0;
    for x in {part} {{
        xs = []::<Seq<Int>>;
        if x == 3 {{ continue; }}
        if x == 6 {{ break; }}
        total = total * 10 + x;
    }}
    return total;
}}
"""
    module = parse_module(text)
    places = over_wholes(module)
    assert "for x in" not in print_module(places)
    for n in range(1, 6) if "subslice" in part else range(-8, 9):
        given = ((1, 2, 3, 4, 6, 7), n)
        assert call(places, "f", given) == call(module, "f", given)


def test_a_round_runs_before_where_one_side_always_runs_one_more() -> None:
    low = lowered(FILE.module)

    def tried(f: str, g: str, inputs: list[Input]) -> Way:
        return ways(low, low.function(f), low.function(g), inputs)[0]

    assert tried("greatest", "greatest_of_natural", ROWS) is Way.SECOND_AHEAD
    assert tried("greatest_of_natural", "greatest", ROWS) is Way.FIRST_AHEAD
    assert tried("groups", "groups_by_last", ROWS) is Way.IN_STEP
    assert tried("kept_by_hand", "kept_to_a_dash", [("a-b",), ("abc",)]) is Way.IN_STEP


ALIKE = """\
fn f(xs: Seq<Int>, n: Int) -> Int {{
    var a: Int = 1;
    var b: Int = 2;
    for x in xs {{ {first} }}
    {between}
    for y in xs {{ {second} }}
    return a * 100 + b;
}}
"""


def together(first: str, between: str, second: str, *, may_fail: bool = True) -> int:
    """How many loops are left of two; what they compute is the same."""
    module = parse_module(ALIKE.format(first=first, between=between, second=second))
    changed = fused(module.function("f"), may_fail=may_fail)
    for given in (((), 1), ((3,), 2), ((1, -2, 5, 4), 3)):
        assert call(with_function(module, changed), "f", given) == call(module, "f", given)
    return loops_in_a_row(changed)


def test_loops_that_do_not_see_each_other_become_one() -> None:
    assert together("a = a + x;", "b = n;", "b = b * y + n;") == 1


@pytest.mark.parametrize(
    ("first", "between", "second"),
    [
        ("a = a + x;", "", "b = b + a;"),
        ("a = a + b;", "", "b = b + y;"),
        ("a = a + x;", "b = a;", "b = b + y;"),
        ("a = a + b;", "b = n;", "n = b + y;"),
        ("a = a + x;", "", "a = a * y;"),
        ("xs = seq.append(xs, x);", "", "b = b + y;"),
        ("a = a + x;", "xs = seq.append(xs, n);", "b = b + y;"),
        ("if x == 1 { break; } a = a + x;", "", "b = b + y;"),
        ("a = a + x;", "", "if y == 1 { continue; } b = b + y;"),
        ("a = a + x;", "if n == 1 { return 4; }", "b = b + y;"),
    ],
)
def test_loops_that_see_each_other_or_leave_stay_two(first: str, between: str, second: str) -> None:
    assert together(first, between, second) == 2


def test_which_failure_comes_first_stays_where_it_counts() -> None:
    first, second = "a = a + 8 // n;", "b = b + seq.at(xs, n - 1);"
    assert together(first, "", second, may_fail=True) == 1
    assert together(first, "", second, may_fail=False) == 2
    assert together(first, "", "b = b + y;", may_fail=False) == 1
