<<<<<<< HEAD
"""autoform: Python and Rust functions as executable specifications, in Dafny and in Lean."""
=======
"""Functions in, formal meaning out: the public library of autoform.

Everything a user may import stands here and nowhere else; `tests/architecture` pins the list.
"""

__all__ = ["__version__"]

__version__ = "0.1.0"
>>>>>>> house
