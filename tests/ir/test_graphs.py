"""Components of graphs, and what reaches what."""

from __future__ import annotations

import random

from autoform.ir.graphs import components, joined, reachable

GRAPH = {"a": ("b", "c"), "b": ("d",), "c": ("a",), "d": ("d",), "e": ("a",)}


def test_what_is_reached_comes_with_its_successors() -> None:
    assert reachable(["b"], GRAPH.__getitem__) == {"b": ("d",), "d": ("d",)}


def test_successors_come_first() -> None:
    assert components(GRAPH) == [("d",), ("b",), ("a", "c"), ("e",)]


def test_a_name_stands_in_one_component_with_those_that_it_reaches_and_that_reach_it() -> None:
    rng = random.Random(0)  # noqa: S311 - a test
    names = [str(n) for n in range(9)]
    for _ in range(200):
        graph = {name: tuple(rng.sample(names, rng.randint(0, 2))) for name in names}
        found = components(graph)
        assert sorted(name for group in found for name in group) == names
        reached = {name: reachable([name], graph.__getitem__).keys() for name in names}
        for place, group in enumerate(found):
            earlier = {name for each in found[: place + 1] for name in each}
            for name in group:
                both = {other for other in reached[name] if name in reached[other]}
                assert both == set(group)
                assert reached[name] <= earlier


def test_deep_graphs_need_no_stack() -> None:
    graph = {str(n): (str(n + 1),) for n in range(5_000)} | {"5000": ()}
    assert len(components(graph)) == 5_001


def test_names_are_joined_in_both_directions() -> None:
    number = joined("abcd", [("a", "b"), ("c", "b"), ("d", "d")])
    assert number["a"] == number["b"] == number["c"] != number["d"]


def test_what_nothing_joins_is_apart() -> None:
    assert joined("ab", []) == {"a": 0, "b": 1}
    assert components({"a": (), "b": ("b",)}) == [("a",), ("b",)]
