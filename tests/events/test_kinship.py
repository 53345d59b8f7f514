from __future__ import annotations

import pytest

from tbnotebook.events.kinship import Kinship, encode_kinship, parse_kinship


@pytest.mark.parametrize("kinship", [Kinship("train/loss", "a", 1), Kinship("", "", 64), Kinship("ü\n", "\x00", 3)])
def test_a_kinship_is_read_as_it_was_told(kinship: Kinship) -> None:
    assert parse_kinship(encode_kinship(kinship)) == kinship


def test_a_long_key_is_cut_and_no_text_is_invalid() -> None:
    told = parse_kinship(encode_kinship(Kinship("\ud800", "k" * 5000, 1)))
    assert told is not None
    assert told.tag == "\\ud800"
    assert len(told.key) == 1000
    assert told.key.endswith("k…")


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"training started",
        b'{"tbnotebook_child',
        b'{"tbnotebook_child": 3}',
        b'{"tbnotebook_child": {"tag": "x", "key": "k"}}',
        b'{"tbnotebook_child": {"tag": "x", "key": 3, "up": 1}}',
        b'{"tbnotebook_child": {"tag": "x", "key": "k", "up": 0}}',
        b'{"tbnotebook_child": {"tag": "x", "key": "k", "up": true}}',
        b'{"tbnotebook_child": {"tag": "x", "key": "k", "up": 1e9}}',
        b'{"tbnotebook_child": {"tag": "x", "key": "k", "up": %s}}' % (b"9" * 5000),
        b'{"tbnotebook_child": ' + b"[" * 100_000,
        b'{"tbnotebook_child": {"tag": "\xff", "key": "k", "up": 1}}',
        b'{"tbnotebook_lost": {"count": 1, "steps": null, "reason": ""}}',
    ],
)
def test_any_other_message_tells_of_none(message: bytes) -> None:
    assert parse_kinship(message) is None
