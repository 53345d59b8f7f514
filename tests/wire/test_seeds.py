from __future__ import annotations

import json
from pathlib import Path

from tbnotebook.wire.seeds import seeds_of, value_text

VECTORS = Path(__file__).parent.parent / "vectors" / "seeds.json"


def test_groups_give_the_vectors_that_typescript_gives_too() -> None:
    for case in json.loads(VECTORS.read_text("utf-8"))["cases"]:
        groups = seeds_of(case["names"], case["rule"], case.get("given", {}))
        got = [[group.name, list(group.members)] for group in groups]
        assert got == case["groups"], (case["names"], case["rule"])


def test_seeds_are_found_by_their_word_and_else_by_a_last_number() -> None:
    names = ["adam_seed0", "adam_seed1", "exp/1", "exp/2", "lr0.1", "lr0.2", "alone_seed3"]
    groups = {group.name: group.members for group in seeds_of(names, "seeds")}
    assert groups == {"adam": ("adam_seed0", "adam_seed1"), "exp": ("exp/1", "exp/2")}


def test_a_regular_expression_groups_by_its_groups_or_else_by_what_it_leaves() -> None:
    names = ["a-lr1-x", "b-lr1-y", "c-lr2-z", "d-lr2-z"]
    assert [group.name for group in seeds_of(names, r"lr(\d)")] == ["1", "2"]
    assert [group.members for group in seeds_of(["a-1-x", "a-2-x"], r"\d")] == [("a-1-x", "a-2-x")]
    assert seeds_of(names, "(") == []


def test_equal_hyperparameters_make_a_group_whatever_their_type_and_what_is_not_given_none() -> None:
    alike, none = {"lr": 0.1, "amp": True}, {"lr": None}
    given = {"a": alike, "b": alike, "c": none, "d": none, "e": {}}
    assert [(g.name, g.members) for g in seeds_of("abcdef", "hparam:lr", given)] == [
        ("lr=0.1", ("a", "b")),
        ("lr=None", ("c", "d")),
    ]
    assert [g.name for g in seeds_of("abcdef", "hparam:lr,amp", given)] == ["lr=0.1 amp=true"]
    assert [value_text(value) for value in (float("nan"), float("inf"), float("-inf"))] == ["nan", "inf", "-inf"]
