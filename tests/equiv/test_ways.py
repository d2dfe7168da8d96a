"""What lines two functions up: loops of other lengths, folds, short loops, failures alike."""

from itertools import product
from shutil import which

import pytest

from autoform.equiv.arithmetic import named_products, plain_arithmetic
from autoform.equiv.equivalent import equivalent
from autoform.equiv.guards import guarded
from autoform.equiv.matching import Side
from autoform.equiv.proof import prove_pair
from autoform.equiv.requires import CannotRead, requiring
from autoform.equiv.results import EquivVerdict
from autoform.equiv.runs import Pair
from autoform.equiv.unroll import unrolled
from autoform.frontends import lift
from autoform.ir.decls import Module
from autoform.ir.stmts import Raise
from autoform.ir.text import parse_module, print_expr, print_module
from autoform.ir.traversal import walk
from autoform.prove.pipeline import ProofSettings
from autoform.semantics.interpreter import call, evaluate
from autoform.source import SourceFile
from tests.bench.equiv import read_pairs

needs_rustc = pytest.mark.skipif(which("rustc") is None, reason="rustc is not installed")

PYTHON = """\
def share(n: int, k: int) -> int:
    return n // k


def share_with_a_temporary(n: int, k: int) -> int:
    shared = n // k
    return shared + 0


def share_or_zero(n: int, k: int) -> int:
    return n // k if k != 0 else 0


def item(xs: list[int], i: int) -> int:
    return xs[i] + 0


def item_of_two(xs: list[int], i: int) -> int:
    kept = xs[i]
    return kept


def item_or_zero(xs: list[int], i: int) -> int:
    return xs[i] if i < len(xs) else 0


def change(amount: int) -> int:
    count = 0
    for coin in [5, 2, 1]:
        count += amount // coin
        amount %= coin
    return count


def change_by_hand(amount: int) -> int:
    return amount // 5 + amount % 5 // 2 + amount % 5 % 2


def change_without_twos(amount: int) -> int:
    return amount // 5 + amount % 5


def evens(xs: list[int]) -> list[int]:
    return [x for x in xs if x % 2 == 0]


def evens_by_bits(xs: list[int]) -> list[int]:
    out: list[int] = []
    for x in xs:
        if x & 1:
            continue
        out.append(x)
    return out


def ascending(xs: list[int]) -> bool:
    i = 0
    while i + 1 < len(xs):
        if xs[i] > xs[i + 1]:
            return False
        i += 1
    return True


def ascending_to_the_end(xs: list[int]) -> bool:
    found = True
    for i in range(1, len(xs)):
        if xs[i] < xs[i - 1]:
            found = False
    return found


def sum_above(xs: list[int], least: int) -> int:
    if least < 0:
        return -1
    total = 0
    for x in xs:
        if x > least:
            total += x
    return total


def sum_above_then_test(xs: list[int], least: int) -> int:
    total = 0
    i = 0
    while i < len(xs):
        if xs[i] > least:
            total = xs[i] + total
        i += 1
    return total if least >= 0 else -1
"""


@pytest.fixture(scope="module")
def pair_of() -> dict[str, Side]:
    module = lift(SourceFile("a.py", PYTHON)).module
    return {function.name: Side(module, function) for function in module.functions}


def proved(
    sides: dict[str, Side], f: str, g: str, inputs: list[tuple[object, ...]], steps: int = 1_000_000
) -> bool:
    file = lift(SourceFile("a.py", PYTHON))
    pair = Pair(file, file, sides[f], sides[g])
    return bool(prove_pair(pair, inputs, ProofSettings(steps=steps)).by)  # type: ignore[arg-type] # values


ROWS: list[tuple[object, ...]] = [((),), ((1,),), ((2, 4),), ((-2, 3),), ((4, -1, 6),)]
NUMBERS: list[tuple[object, ...]] = [(7, 2), (-7, 2), (5, 5), (1, -3)]
PLACES: list[tuple[object, ...]] = [((1, 2), 0), ((1, 2), 1), ((3,), 0)]
SORTED: list[tuple[object, ...]] = [
    *ROWS,
    ((1, 2, 3, 4),),
    ((1, 5, 2, 7, 3),),
    ((3, 2, 1),),
    ((0, 0, 1, 0, 2),),
]
ABOVE: list[tuple[object, ...]] = [((1, 2, 5, 7), 1), ((3, 0), 0), ((), 2), ((1, 4, 9), -1)]
AMOUNTS: list[tuple[object, ...]] = [(0,), (1,), (5,), (6,)]


@pytest.mark.parametrize(
    ("f", "g", "inputs"),
    [
        ("share", "share_with_a_temporary", NUMBERS),
        ("item", "item_of_two", PLACES),
        ("change", "change_by_hand", AMOUNTS),
        ("evens", "evens_by_bits", ROWS),
        ("ascending", "ascending_to_the_end", SORTED),
        ("sum_above", "sum_above_then_test", ABOVE),
    ],
)
def test_the_same_is_proved(
    pair_of: dict[str, Side], f: str, g: str, inputs: list[tuple[object, ...]]
) -> None:
    assert proved(pair_of, f, g, inputs)


@pytest.mark.parametrize(
    ("f", "g", "inputs"),
    [
        ("share", "share_or_zero", NUMBERS),
        ("item", "item_or_zero", PLACES),
        ("change", "change_without_twos", AMOUNTS),
    ],
)
def test_nothing_is_proved_of_what_differs(
    pair_of: dict[str, Side], f: str, g: str, inputs: list[tuple[object, ...]]
) -> None:
    """No input shows the difference: the proof alone must not be fooled."""
    assert not proved(pair_of, f, g, inputs, steps=100_000)


SAMPLED = ("first_index", "digit_sum", "split_bill", "midpoint", "best_run", "binary_search")


@needs_rustc
@pytest.mark.parametrize("name", SAMPLED)
def test_a_pair_of_the_corpus(name: str) -> None:
    (pair,) = read_pairs(names=[name])
    result = pair.judge(examples=40)
    assert pair.is_done(result), result
    assert not pair.is_wrong(result)


def test_the_table_names_every_file() -> None:
    pairs = read_pairs()
    names = {pair.name for pair in pairs}
    assert len(names) == len(pairs) >= 40
    for language, suffix in (("python", "py"), ("rust", "rs")):
        files = {file.stem for file in (pairs[0].folder / language).glob(f"*.{suffix}")}
        assert files == names


# ── Rewrites ──────────────────────────────────────────────────────────────────────────────────


def values_of(module: Module, numbers: range) -> list[object]:
    (name,) = [function.name for function in module.functions if function.name != "times"]
    return [call(module, name, (n,)) for n in numbers]


@pytest.mark.parametrize(
    "body", ["int.shr(n, 3)", "int.shl(n, 2)", "int.bit_and(n, 7)", "int.bit_and(1, n)"]
)
def test_plain_arithmetic_changes_no_value(body: str) -> None:
    module = parse_module(f"fn f(n: Int) -> Int {{ return {body}; }}")
    plain = plain_arithmetic(module)
    assert "int." not in print_module(plain)
    assert values_of(plain, range(-40, 40)) == values_of(module, range(-40, 40))


def test_named_products_keep_the_bounds_that_they_claim() -> None:
    text = "fn f(n: Int) -> Int { return (n + 7) * (n - 10); }"
    module = parse_module(text)
    named = named_products(module, "f")
    assert "times(" in print_module(named)
    assert values_of(named, range(-30, 30)) == values_of(module, range(-30, 30))
    told = [clause.condition for clause in named.function("times").contract.ensures]
    assert told
    for a, b in product(range(-12, 13), repeat=2):
        given = {"a": a, "b": b}
        assert all(evaluate(named, each, given, old=given, result=a * b) for each in told)


def test_short_loops_are_written_out() -> None:
    text = """\
fn f(n: Int) -> Int {
    for k in [4, 3] {
        var q: Int = n // k;
        n = n - q;
    }
    return n;
}
"""
    module = parse_module(text)
    flat = unrolled(module)
    assert "for " not in print_module(flat)
    assert values_of(flat, range(-20, 20)) == values_of(module, range(-20, 20))


def test_guards_raise_what_the_operators_raise() -> None:
    text = "fn f(n: Int, xs: Seq<Int>) -> Int { return seq.at(xs, n) // n; }"
    module = parse_module(text)
    function = guarded(module.function("f"), {"IndexError", "ZeroDivisionError"})
    raised = [node.exception for node in walk(*function.body) if isinstance(node, Raise)]
    assert raised == ["IndexError", "ZeroDivisionError"]
    only = guarded(module.function("f"), {"IndexError"})
    assert sum(isinstance(node, Raise) for node in walk(*only.body)) == 1


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("n > 0 && n < 5", "`and` for `&&`"),
        ("n > 0 || n < 5", "`or` for `||`"),
        ("!(n > 0)", "`not` for `!`"),
        ("xs.len() > 2", "`len(xs)`"),
        ("n < i64::MAX", "2**63 - 1"),
        ("n >", "over `n`, `xs`"),
        ("m > 0", "over `n`, `xs`"),
    ],
)
def test_a_condition_in_another_syntax_is_told_what_to_write(text: str, hint: str) -> None:
    source = "def f(n: int, xs: list[int]) -> int:\n    return n\n"
    function = lift(SourceFile("a.py", source)).module.function("f")
    with pytest.raises(CannotRead) as caught:
        requiring(function, text)
    assert hint in (caught.value.found.help or "")


def test_rust_in_a_text_is_no_hint() -> None:
    function = lift(SourceFile("a.py", "def f(s: str) -> str:\n    return s\n")).module.function(
        "f"
    )
    assert print_expr(requiring(function, "s != '&&'").condition) == 's != "&&"'


@needs_rustc
def test_a_character_is_the_text_of_it() -> None:
    python = lift(SourceFile("a.py", 'def f(n: int) -> str:\n    return "a" if n > 0 else "b"\n'))
    text = "pub fn f(n: i64) -> char { if n <= 0 { 'b' } else { 'a' } }\n"
    result = equivalent(python, "f", lift(SourceFile("a.rs", text)), "f", examples=30)
    assert result.verdict == EquivVerdict.EQUIVALENT, result.open
