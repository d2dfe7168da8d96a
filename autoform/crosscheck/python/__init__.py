"""Original Python functions: run in a limited process, with values of exactly their types."""
