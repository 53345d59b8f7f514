"""Pictures, histograms, texts and the like on their way to a page that may not be able to ask."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tbnotebook.events.schema import SummaryValue
from tbnotebook.wire import Colors, Feed, Message, Wanted
from tbnotebook.wire.blobs import Blobs
from tests.wire.fakes import Attempt, Log, Places, Run

SIZE = 20_000


def picture(data: bytes) -> bytes:
    return SummaryValue(tag=b"t", image={"width": 1, "height": 1, "encoded_image_string": data}).SerializeToString()


def text(words: bytes) -> bytes:
    shape = {"dim": [{"size": 1}]}
    return SummaryValue(tag=b"t", tensor={"dtype": 7, "string_val": [words], "tensor_shape": shape}).SerializeToString()


class Pictures:
    """A run of a log that logs pictures and texts."""

    def __init__(self) -> None:
        self.run = Run()
        self.log = Log({"a": self.run})
        self.feed = Feed(self.log, Colors())

    def log_pictures(self, size: int = 100, *tags: str) -> None:
        for tag in tags:
            self._add("images", tag, picture(bytes(size)))

    def log_text(self, tag: str, words: bytes = b"words") -> None:
        self._add("text", tag, text(words))

    def _add(self, kind: str, tag: str, payload: bytes) -> None:
        media = self.run.attempts[-1].media.setdefault(kind, {})
        old = media.get(tag, Places())
        media[tag] = Places([*old.payloads, payload], old.generation)

    @property
    def blobs(self) -> Blobs:
        return self.feed.blobs

    def news(self) -> None:
        self.feed.frames(0.0, 0.2)

    def chunk(self, size: int = SIZE) -> Message:
        message = self.feed.blobs.chunk(0.0, size)
        assert message is not None
        return message

    def rest(self, size: int = SIZE) -> list[dict[str, Any]]:
        """Return the items of all messages that are still to come."""
        items: list[dict[str, Any]] = []
        while (message := self.feed.blobs.chunk(0.0, size)) is not None:
            items += message.content["items"]
        return items


def names(items: list[dict[str, Any]]) -> list[tuple[str, int]]:
    return [(item["tag"], item["at"]) for item in items]


@pytest.fixture
def pictures() -> Pictures:
    return Pictures()


def test_the_newest_of_what_is_looked_at_comes_first_then_the_others_and_then_step_by_step_what_was_before(
    pictures: Pictures,
) -> None:
    for _ in range(3):
        pictures.log_pictures(100, "one", "two")
        pictures.log_text("note")
    pictures.news()
    pictures.blobs.look_at("images")
    newest = [("one", 2), ("two", 2), ("note", 2)]
    older = [("one", 1), ("two", 1), ("one", 0), ("two", 0), ("note", 1), ("note", 0)]
    assert names(pictures.rest()) == [*newest, *older]


def test_what_is_new_goes_before_all_that_is_old(pictures: Pictures) -> None:
    for _ in range(9):
        pictures.log_pictures(8000, "one", "two")
    pictures.news()
    assert names(pictures.chunk().content["items"]) == [("one", 8), ("two", 8)]
    assert names(pictures.chunk().content["items"]) == [("one", 7), ("two", 7)]
    pictures.log_pictures(8000, "two")
    pictures.news()
    assert names(pictures.chunk().content["items"]) == [("two", 9), ("one", 6)]


def test_of_pictures_that_come_faster_than_they_can_be_sent_each_tag_has_its_turn(pictures: Pictures) -> None:
    sent: Counter[str] = Counter()
    for _ in range(60):
        pictures.log_pictures(9000, "one", "two", "three", "four")
        pictures.news()
        sent.update(item["tag"] for item in pictures.chunk().content["items"])
    assert len(sent) == 4
    assert max(sent.values()) - min(sent.values()) <= 1


def test_what_is_not_looked_at_is_not_forgotten_where_what_is_takes_all_the_room(pictures: Pictures) -> None:
    pictures.log_text("note")
    came = []
    for _ in range(8):
        pictures.log_pictures(30_000, "one", "two")
        pictures.news()
        pictures.blobs.look_at("images")
        came += pictures.chunk().content["items"]
    assert ("note", 0) in names(came)


def test_what_is_large_comes_in_pieces_and_what_is_new_passes_it_by(pictures: Pictures) -> None:
    pictures.log_pictures(100_000, "large")
    pictures.news()
    first = pictures.chunk()
    assert first.content["items"][0]["piece"] == [0, 100_000]
    assert len(first.buffer) <= SIZE
    pictures.log_pictures(100, "small")
    pictures.news()
    second = pictures.chunk()
    assert names(second.content["items"]) == [("large", 0), ("small", 0)]
    end = sum(message.content["items"][0]["body"][1] for message in (first, second))
    for item in pictures.rest():
        assert item["piece"] == [end, 100_000]
        end += item["body"][1]
    assert end == 100_000


def test_of_older_steps_no_more_is_sent_unasked_than_a_page_keeps_but_all_that_is_new(pictures: Pictures) -> None:
    for _ in range(50):
        pictures.log_pictures(1000, "one")
    pictures.news()
    pictures.feed.blobs._most = 5000
    assert names(pictures.rest()) == [("one", at) for at in (49, 48, 47, 46, 45, 44)]
    assert pictures.blobs.facts == {}
    assert not pictures.blobs.waiting
    pictures.log_pictures(1000, "one")
    pictures.news()
    assert pictures.blobs.facts == {"blobs_coming": 1}
    assert names(pictures.rest()) == [("one", 50)]
    pictures.blobs.want([Wanted(("images", 0, 0, "one"), 0, 3)])
    assert names(pictures.rest()) == [("one", 3)]


@pytest.mark.parametrize(
    "told",
    [
        ["images", 0, 0, "one", 0, 5],
        ["images", 0, 0, "one", 0, -1],
        ["images", 0, 0, "one", 1, 0],
        ["images", 0, 1, "one", 0, 0],
        ["images", 7, 0, "one", 0, 0],
        ["images", 0, 0, "../../etc/passwd", 0, 0],
        ["text", 0, 0, "one", 0, 0],
    ],
)
def test_what_a_page_asks_for_and_is_not_there_is_passed_over(pictures: Pictures, told: list[Any]) -> None:
    pictures.log_pictures(100, "one")
    pictures.news()
    pictures.rest()
    wanted = Wanted.of(told)
    assert wanted is not None
    pictures.blobs.want([wanted])
    assert pictures.rest() == []


@pytest.mark.parametrize(
    "told", [None, "images", {}, [], ["images", 0, 0, "one", 0], ["images", 0, 0, "one", True, 0], [1, 0, 0, "a", 0, 0]]
)
def test_what_is_no_question_is_none(told: object) -> None:
    assert Wanted.of(told) is None


def test_what_is_asked_for_twice_comes_once_and_before_all_others(pictures: Pictures) -> None:
    for _ in range(6):
        pictures.log_pictures(100, "one")
    pictures.news()
    asked = Wanted(("images", 0, 0, "one"), 0, 2)
    pictures.blobs.want([asked, asked])
    assert names(pictures.rest()) == [("one", at) for at in (2, 5, 4, 3, 1, 0)]


def test_a_purged_series_comes_anew_and_one_that_has_gone_does_not_come(pictures: Pictures) -> None:
    for _ in range(3):
        pictures.log_pictures(100, "one", "two")
    pictures.news()
    pictures.rest()
    media = pictures.run.attempts[-1].media["images"]
    media["one"] = Places([picture(b"new")], generation=5)
    media["two"] = Places([*media["two"].payloads, picture(b"late")])
    pictures.news()
    del media["two"]
    pictures.news()
    (item,) = pictures.rest()
    assert (item["tag"], item["gen"], item["at"]) == ("one", 5, 0)
    pictures.log_pictures(100, "one")
    pictures.news()
    pictures.log.runs.clear()
    pictures.news()
    assert pictures.rest() == []


def test_of_an_older_attempt_comes_what_it_had_behind_the_newest_of_all(pictures: Pictures) -> None:
    for _ in range(2):
        pictures.log_pictures(100, "one")
    pictures.run.attempts.append(Attempt())
    pictures.log_pictures(100, "one")
    pictures.news()
    assert [(item["attempt"], item["at"]) for item in pictures.rest()] == [(1, 0), (0, 1), (0, 0)]


def test_a_page_that_comes_anew_gets_everything_again_and_one_that_asks_the_newest(pictures: Pictures) -> None:
    for _ in range(3):
        pictures.log_pictures(100, "one")
    pictures.news()
    assert len(pictures.rest()) == 3
    pictures.blobs.renew(all_steps=False)
    assert names(pictures.rest()) == [("one", 2)]
    pictures.feed.frames(0.0, 0.2, key=10_000, anew=True)
    assert names(pictures.rest()) == [("one", 2), ("one", 1), ("one", 0)]


def test_for_pages_that_cannot_ask_the_newest_of_all_tags_come_again_in_turn_when_nothing_else_is_to_come(
    pictures: Pictures,
) -> None:
    pictures.log_pictures(5000, *(f"tag{number}" for number in range(5)))
    pictures.log_pictures(300_000, "large")
    pictures.log_pictures(5000, "tag0")
    pictures.news()
    pictures.chunk()
    pictures.blobs.repeat(12_000)
    assert len(names(pictures.rest())) > 5
    came = []
    for _ in range(3):
        pictures.blobs.repeat(12_000)
        came.append(names(pictures.rest()))
    assert came == [[("tag0", 1), ("tag1", 0)], [("tag2", 0), ("tag3", 0)], [("tag4", 0), ("tag0", 1)]]


@settings(deadline=None, max_examples=50)
@given(
    st.lists(
        st.one_of(
            st.tuples(st.sampled_from(["one", "two", "three"]), st.sampled_from([10, 3000, 45_000])),
            st.sampled_from(["chunk", "ask"]),
        ),
        max_size=40,
    )
)
def test_everything_arrives_whole_whatever_is_logged_asked_and_sent_between(happenings: list[Any]) -> None:
    pictures, has = Pictures(), dict[tuple[str, int], bytearray]()

    def receive(message: Message | None) -> None:
        for item in message.content["items"] if message is not None else ():
            assert message is not None
            start, length = item["body"]
            at, of = item.get("piece", (0, length))
            held = has.setdefault((item["tag"], item["at"]), bytearray(of))
            held[at : at + length] = message.buffer[start : start + length]

    for number, happening in enumerate(happenings):
        if happening == "chunk":
            receive(pictures.blobs.chunk(0.0, SIZE))
        elif happening == "ask":
            pictures.blobs.want([Wanted(("images", 0, 0, "one"), 0, 0)])
        else:
            tag, size = happening
            pictures._add("images", tag, picture(bytes([number + 1]) * size))
            pictures.news()
    while (message := pictures.blobs.chunk(0.0, SIZE)) is not None:
        receive(message)
    images = pictures.run.attempts[-1].media.get("images", {})
    assert has.keys() == {(tag, at) for tag, places in images.items() for at in range(len(places))}
    for (tag, at), body in has.items():
        assert picture(bytes(body)) == images[tag].payloads[at]
    assert pictures.blobs.facts == {}
