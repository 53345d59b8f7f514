from __future__ import annotations

import pytest

from tbnotebook.events.loss import Loss, encode_loss, parse_loss


@pytest.mark.parametrize("loss", [Loss(3, (1, 9), "No space left on device"), Loss(1, None, "ü")])
def test_a_loss_is_read_as_it_was_told(loss: Loss) -> None:
    assert parse_loss(encode_loss(loss)) == loss


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"training started",
        b"\xff\xfe",
        b"[]",
        b'{"tbnotebook_lost": 3}',
        b'{"tbnotebook_lost": {"count": "many", "steps": null, "reason": ""}}',
        b'{"tbnotebook_lost": {"count": 1e999, "steps": null, "reason": ""}}',
        b'{"tbnotebook_lost": {"count": 1, "steps": [1], "reason": ""}}',
        b'{"tbnotebook_lost": {"count": -1, "steps": null, "reason": ""}}',
        b'{"tbnotebook_lost": {"count": %s, "steps": null, "reason": ""}}' % (b"9" * 4000),
        b'{"tbnotebook_lost": {"count": 1, "steps": [0, 9223372036854775808], "reason": ""}}',
        b"[" * 100_000,
    ],
)
def test_any_other_message_tells_of_no_loss(message: bytes) -> None:
    assert parse_loss(message) is None
