"""Are two functions, in one language or in two, the same?

`equivalent` is the whole; what its verdicts mean stands in its docstring and nowhere weaker.
"""

from autoform.equiv.equivalent import equivalent
from autoform.equiv.results import Difference, Domain, EquivResult, EquivVerdict

__all__ = ["Difference", "Domain", "EquivResult", "EquivVerdict", "equivalent"]
