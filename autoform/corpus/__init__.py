"""Ordinary functions as verified training data: one function, one row.

A source yields units (a file, a record of a public set, a generated function); a unit is lifted,
checked, proved and printed, which makes its rows; what can only be said of all rows together
(near-duplicates, overlap with benchmarks, the split) is added when all rows are there.
"""
