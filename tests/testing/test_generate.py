"""Generated modules keep their promises, and carry the round trip of the text form."""

from __future__ import annotations

from typing import Final, get_args

import pytest
from hypothesis import HealthCheck, given, settings

from autoform.ir.decls import Module
from autoform.ir.exprs import Expr
from autoform.ir.features import features
from autoform.ir.stmts import Stmt
from autoform.ir.text import parse_module, print_module
from autoform.ir.traversal import map_children
from autoform.ir.wellformed import IllFormed, require_wellformed
from autoform.testing.generate import (
    EVERYTHING,
    INTEGERS,
    MACHINE,
    SEQUENCES,
    Profile,
    modules,
    random_module,
)

SEEDS: Final = range(120)
PROFILES: Final = {
    "everything": EVERYTHING,
    "integers": INTEGERS,
    "machine": MACHINE,
    "sequences": SEQUENCES,
}


def explained(module: Module) -> str:
    try:
        require_wellformed(module)
    except IllFormed as error:
        return str(error)
    return ""


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES.keys())
def test_generated_modules_are_wellformed_and_survive_their_text(profile: Profile) -> None:
    for seed in range(25):
        module = random_module(seed, profile)
        assert explained(module) == ""
        assert parse_module(print_module(module)) == module


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(modules())
def test_text_round_trip(module: Module) -> None:
    assert explained(module) == ""
    assert parse_module(print_module(module)) == module


def test_a_seed_is_repeatable() -> None:
    assert random_module(11) == random_module(11)
    assert random_module(11) != random_module(12)


def test_everything_is_generated() -> None:
    found = features(*(random_module(seed) for seed in SEEDS))
    wanted = {cls.__name__ for cls in (*get_args(Expr), *get_args(Stmt))}
    assert wanted <= found
    assert {"inout", "label", "type_params"} <= found
    assert sum(feature.startswith("op:") for feature in found) > 250


@pytest.mark.parametrize("profile", [INTEGERS, SEQUENCES, MACHINE], ids=["ints", "seqs", "machine"])
def test_a_profile_is_kept(profile: Profile) -> None:
    found = features(*(random_module(seed, profile) for seed in range(60)))
    ops = {feature.removeprefix("op:") for feature in found if feature.startswith("op:")}
    types = {feature.removeprefix("type:") for feature in found if feature.startswith("type:")}
    assert ops <= profile.ops
    assert types <= profile.types | {"Tuple"}


def test_map_children_with_the_identity_returns_what_it_got() -> None:
    for seed in range(20):
        module = random_module(seed)
        assert map_children(module, lambda node: node) is module
