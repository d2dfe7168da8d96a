"""Which folder becomes which package. Everything else about packaging is in pyproject.toml.

`cli/` and `grammars/` stand at the top level of the repository, where a newcomer sees them, and
are installed under names that nobody else claims. pyproject.toml alone can rename a folder or
find packages by itself, but not both.
"""

from setuptools import find_packages, setup

FOLDERS = {"autoform": "autoform", "autoform_cli": "cli", "autoform.grammars": "grammars"}

setup(
    package_dir=FOLDERS,
    packages=[
        *FOLDERS,
        *(f"autoform.{name}" for name in find_packages("autoform")),
        *(f"autoform_cli.{name}" for name in find_packages("cli")),
    ],
)
