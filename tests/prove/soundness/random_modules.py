"""Which random module a number stands for."""

from __future__ import annotations

from typing import Final

from autoform.ir.decls import Module
from autoform.testing.generate import (
    EVERYTHING,
    INTEGERS,
    MACHINE,
    SEQUENCES,
    Profile,
    plausible_module,
    random_module,
)

_WILD: Final[dict[int, tuple[str, Profile]]] = {
    0: ("integers", INTEGERS),
    1: ("sequences", SEQUENCES),
    2: ("machine integers", MACHINE),
    3: ("everything", EVERYTHING),
}
_ROUND: Final = 10


def kind_of(seed: int) -> str:
    """What the module is made of: six in ten look like someone's, the others are wild."""
    return _WILD[seed % _ROUND][0] if seed % _ROUND in _WILD else "plausible"


def made(seed: int) -> Module:
    """The module of that number."""
    wild = _WILD.get(seed % _ROUND)
    return plausible_module(seed) if wild is None else random_module(seed, wild[1])
