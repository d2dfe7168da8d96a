"""The SMT encoding: the only package that imports z3."""

import autoform.vc.smt.binding  # noqa: F401 - once, before a term is made
