"""Runs the originals of Rust functions: compiled by rustc, many files at once, then called."""
