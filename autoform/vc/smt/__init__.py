"""The SMT encoding: the only package that imports z3."""
