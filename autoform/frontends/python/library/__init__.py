"""What is known of builtins, methods and the standard library, one module a family.

Importing `autoform.frontends.python.library.tables` enters all of it in the tables of `calls`.
"""
