"""autoform: Python and Rust functions as executable specifications, in Dafny and in Lean."""
