"""Contracts in the customary form of the language that a function was written in."""
