"""What a view sends to the page, and when: frames, keyframes, signs of life; in between older points, and pictures."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from tbnotebook.widget.keyframes import Keyframes
from tbnotebook.widget.models import ViewModel
from tbnotebook.widget.pace import Pace
from tbnotebook.widget.poller import Folder, Poller
from tbnotebook.wire import ITEM_BYTES, Blobs, Feed, Fill, Message, Wanted, Wish, breathe

BEAT_BUSY, BEAT_IDLE = 0.9, 2.0  # seconds between two signs of life, while a cell runs and while none does
REPEAT, REPEATED = 30.0, 500_000  # seconds, and bytes of pictures that a page may lack which cannot ask for them
LEAST_GAP, READING_GAP = 0.2, 0.5  # seconds between two deltas, and while there is more to read: a page draws for each


class Sender:
    """The messages of one view; lives as long as the view, and is used under its folder's lock."""

    def __init__(self, widget: ViewModel, feed: Feed, folder: Folder, poller: Poller) -> None:
        self._widget = widget
        self._feed = feed
        self._folder = folder
        self._poller = poller
        self._last_sent = time.monotonic()
        self._keyframes = Keyframes(self._last_sent)
        self._pace = Pace(poller.line)
        self._revision = -1  # of the log, as the last frames have it
        self._told_busy = poller.busy
        self._panel: str | None = None
        self._repeat_at = self._last_sent + REPEAT
        self._blobs_next = True  # of two that both have something to send

    def tick(self, now: float, *, busy: bool) -> None:
        """Send what is due: new data, a keyframe that nobody had to ask for, a sign of life; else a chunk."""
        before = self._last_sent
        if now - self._last_sent >= (READING_GAP if self._folder.more else LEAST_GAP):
            least = self._feed.least_key
            key = self._keyframes.due(now, revision=self._folder.revision, busy=busy, least=least)
            if key is not None or self._revision != self._folder.revision or self._feed.stale:
                self.send(key=key)
        if busy and now >= self._repeat_at:
            self._feed.blobs.repeat(REPEATED)
            self._repeat_at = now + REPEAT
        if now - self._last_sent >= _beat(busy) or self._told_busy is not busy:
            self._send_beat(busy)
        if self._last_sent == before and self._fills(busy) and now >= self._pace.due(now, busy=busy):
            self._send_chunk(now)

    def next_at(self, now: float, *, busy: bool) -> float:
        """Return when the next sign of life or chunk is due."""
        beat = self._last_sent + _beat(busy)
        return min(beat, self._pace.due(now, busy=busy)) if self._fills(busy) else beat

    @property
    def has_bulk(self) -> bool:
        """There are points to send, or pictures and the like."""
        return self._feed.fill.waiting or self._feed.blobs.waiting

    def _fills(self, busy: bool) -> bool:
        """There is bulk to send, and a kernel that runs a cell has read all that there is before."""
        return not (busy and self._folder.more) and self.has_bulk

    def acknowledged(self, answer: Mapping[str, Any], now: float) -> None:
        """Take a page's word, which came at `now`, that it has a chunk, and what is in sight there."""
        number, tags, panel = answer.get("n"), answer.get("tags"), answer.get("panel")
        if answer.get("stream") != self._feed.stream or type(number) is not int:
            return
        self._pace.acknowledged(number, now)
        if isinstance(tags, list):
            self._feed.fill.look_at([tag for tag in tags if isinstance(tag, str)])
        if isinstance(panel, str):
            self._feed.blobs.look_at(panel)

    def want(self, answer: Mapping[str, Any]) -> None:
        """Take a page's word of the points that it lacks, or wants although they are to stay thinned."""
        told = answer.get("series")
        if answer.get("stream") == self._feed.stream and isinstance(told, list):
            take = self._feed.fill.detail if answer.get("type") == "detail?" else self._feed.fill.want
            take([wish for one in told if (wish := Wish.of(one)) is not None])

    def want_blobs(self, answer: Mapping[str, Any]) -> None:
        """Take a page's word of the pictures and the like that it lacks."""
        told = answer.get("items")
        if answer.get("stream") == self._feed.stream and isinstance(told, list):
            self._feed.blobs.want([wanted for one in told if (wanted := Wanted.of(one)) is not None])

    def flush(self) -> None:
        """Send at once all that has been read, and whether a cell runs."""
        self.send()
        if self._told_busy is not self._poller.busy:
            self._send_beat(self._poller.busy)

    def send_key(self, *, anew: bool = False) -> None:
        """Send a keyframe of all that one message holds; a page that comes anew is to get the rest in chunks."""
        self.send(key=self._feed.budget, anew=anew)
        if not anew:
            self._feed.blobs.renew(all_steps=False)

    def send(self, key: int | None = None, *, anew: bool = False) -> None:
        """Send what is new, and behind it a keyframe of at most `key` bytes where one is wanted."""
        began = time.thread_time()
        self._revision = self._folder.revision
        for message in self._feed.frames(time.time(), self._folder.interval, key=key, anew=anew):
            self._post(message, self._poller.busy)
            if message.content["kind"] == "key":
                self._keyframes.sent(
                    self._last_sent,
                    key or self._feed.budget,
                    revision=self._folder.revision,
                    took=time.thread_time() - began,
                    whole=self._feed.whole,
                )

    def announce_pause(self, seconds: float) -> None:
        """Tell the page that nothing can come for a time, if that is longer than it waits for a sign of life."""
        if seconds > BEAT_BUSY:
            self._send_beat(self._poller.busy, pause=seconds)

    def _send_chunk(self, now: float) -> None:
        """Send the next points, or pictures and the like; what is live does not wait behind them, nor its clock."""
        began = time.thread_time()
        if self._panel != self._widget.panel:
            self._panel = self._widget.panel
            self._feed.blobs.look_at(self._panel)
        sources: list[Blobs | Fill] = [self._feed.blobs, self._feed.fill]
        for source in sources if self._blobs_next else reversed(sources):
            chunk = source.chunk(time.time(), self._pace.size)
            if chunk is not None:
                break
        if chunk is None:
            return
        self._blobs_next = chunk.content["type"] != "blobs"
        facts = {**self._feed.fill.facts, **self._feed.blobs.facts, "next": _beat(self._told_busy)}
        self._widget.post(Message({**chunk.content, **facts}, chunk.buffer))
        size = len(chunk.buffer) + sum(ITEM_BYTES + len(item["tag"]) for item in chunk.content.get("items", ()))
        took = time.thread_time() - began
        self._pace.sent(chunk.content["n"], now, size, took=took)
        self._folder.apart += took

    def _send_beat(self, busy: bool, pause: float = 0.0) -> None:
        looked = time.monotonic() - self._folder.looked_at
        beat = self._feed.beat(time.time(), busy=busy, interval=self._folder.interval, looked=looked)
        self._post(beat, busy, pause)

    def _post(self, message: Message, busy: bool, pause: float = 0.0) -> None:
        """Send a message that tells when the next is due: the page takes the kernel for silent if none comes."""
        breathe()
        self._widget.post(Message({**message.content, "next": max(_beat(busy), pause)}, message.buffer))
        self._last_sent = time.monotonic()
        self._pace.others(self._last_sent, len(message.buffer))
        self._told_busy = busy


def _beat(busy: bool) -> float:
    return BEAT_BUSY if busy else BEAT_IDLE
