"""Proof obligations of IR functions, and their encoding for an SMT solver."""
