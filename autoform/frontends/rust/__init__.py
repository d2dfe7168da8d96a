"""Rust, lifted: read by tree-sitter, typed by local inference, lowered to the IR."""
