"""Contracts for functions that have none: guessed from runs and texts, kept when proved.

Candidates come from templates (after M. Ernst et al., "The Daikon system for dynamic detection of
likely invariants", 2007), docstrings and the function's own text. What any run violates goes,
what the prover proves stays, what follows from the rest is dropped. `specify` is the whole;
`grade` says how much a contract, mined or written, asks for.
"""
