"""z3's Python binding, in an instance that autoform has for itself: the only door to z3.

The binding makes terms in one main context. Each proof starts a new one (`Universe`), so that what
was proved before changes nothing; a program that uses autoform as a library may use z3, too, and
its terms must go on to fit together. So the package's modules are loaded a second time, under a
name of their own, and nothing is shared but the code on the disk.
"""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Final

__all__ = ["z3", "z3core"]

_NAME: Final = f"{__name__}.instance"


def _instance() -> ModuleType:
    """The package z3 anew. Raises `ModuleNotFoundError` where it is not installed."""
    installed = importlib.util.find_spec("z3")
    if installed is None or installed.origin is None:
        raise ModuleNotFoundError("No module named 'z3'", name="z3")
    spec = importlib.util.spec_from_file_location(
        _NAME, installed.origin, submodule_search_locations=installed.submodule_search_locations
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[_NAME] = module  # before it runs: its modules import one another through it
    spec.loader.exec_module(module)
    return module


if TYPE_CHECKING:
    import z3
    from z3 import z3core
else:
    z3 = _instance()
    z3core = z3.z3core
