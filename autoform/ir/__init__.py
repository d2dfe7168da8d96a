"""The spec IR: the typed, structured, executable language in which everything meets."""
