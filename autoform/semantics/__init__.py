"""What the IR means: values, every operator as a Python function, and the reference interpreter.

Everything else is tested against this package, and this package against the source languages.
"""
