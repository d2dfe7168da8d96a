"""Parts of modules stand alone."""

from autoform.ir.restriction import restricted
from autoform.ir.text import parse_module
from autoform.ir.wellformed import violations

MODULE = parse_module("""
const UNUSED: Int = 1;
const BASE: Int = 2;
const LIMIT: Int = ::BASE + 1;
fn lower(n: Int) -> Int { return n + ::LIMIT; }
fn middle(inout xs: Seq<Int>) -> () { xs = seq.append(xs, lower(1)); return (); }
fn upper() -> Seq<Int> { var xs: Seq<Int> = []::<Seq<Int>>; call middle(xs); return xs; }
fn alone() -> Int { return 1; }
""")


def test_what_is_needed_stays_in_order_and_the_rest_goes() -> None:
    part = restricted(MODULE, ["upper"])
    assert [function.name for function in part.functions] == ["lower", "middle", "upper"]
    assert [const.name for const in part.consts] == ["BASE", "LIMIT"]
    assert violations(part) == ()


def test_nothing_named_keeps_nothing() -> None:
    assert restricted(MODULE, []).functions == ()
