"""z3's binding is autoform's own: who uses both is not disturbed."""

import z3 as installed

import autoform
from autoform.vc.smt.binding import z3

SOURCE = "def double(n: int) -> int:\n    '''post: __return__ == n + n'''\n    return 2 * n\n"


def test_terms_of_the_program_fit_together_after_a_proof() -> None:
    before = installed.Int("x")
    (result,) = autoform.prove(autoform.lift(autoform.SourceFile("double.py", SOURCE)))
    assert isinstance(result.verdict, autoform.Proved)
    assert (before + installed.Int("y")).ctx is installed.main_ctx()


def test_nothing_is_shared_with_the_installed_binding() -> None:
    assert z3.ExprRef is not installed.ExprRef
    assert z3.Z3Exception is not installed.Z3Exception
    assert z3.main_ctx() is not installed.main_ctx()
