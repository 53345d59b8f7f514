"""A page that knows of each point whether it has it, as the browser's store does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tbnotebook.wire import Message
from tbnotebook.wire.columns import unpack
from tbnotebook.wire.fill import Wish
from tests.wire.fakes import parts_in

Key = tuple[int, int, str]


@dataclass
class Held:
    generation: int
    total: int = 0
    points: dict[int, tuple[float, float, float]] = field(default_factory=dict)
    whole: set[int] = field(default_factory=set)  # places that no stand-in is needed for


class FullPage:
    def __init__(self) -> None:
        self.stream: str | None = None
        self.seq = -1
        self.gap = True
        self.runs: dict[int, str] = {}
        self.series: dict[Key, Held] = {}
        self.coming = self.staying = 0

    @property
    def missing(self) -> int:
        return sum(held.total - len(held.whole) for held in self.series.values())

    @property
    def wishes(self) -> list[Wish]:
        """What it asks for: where more is missing than is on its way something was lost."""
        if self.gap or self.missing <= self.coming + self.staying:
            return []
        return [
            Wish(run, attempt, tag, held.generation, place, place + 1)
            for (run, attempt, tag), held in self.series.items()
            for place in range(held.total)
            if place not in held.whole
        ]

    def receive(self, message: Message) -> None:
        content = message.content
        if content["type"] == "fill":
            self._fill(message)
        elif content["kind"] == "key":
            self._key(message)
        else:
            self._delta(message)
        self.coming, self.staying = content.get("coming", 0), content.get("staying", 0)

    def values(self, name: str, tag: str, attempt: int = 0) -> list[float]:
        (number,) = (run for run, known in self.runs.items() if known == name)
        held = self.series[number, attempt, tag]
        return [held.points[place][2] for place in sorted(held.points)]

    def _key(self, message: Message) -> None:
        content = message.content
        if content["stream"] == self.stream and content["seq"] < self.seq:
            return
        self.stream, self.seq, self.gap = content["stream"], content["seq"], False
        self.runs = {info["id"]: info["name"] for info in content["runs"]}
        before, self.series = self.series, {}
        for part in content["series"]:
            key = part["run"], part["attempt"], part["tag"]
            held = before.get(key)
            if held is None or held.generation != part["gen"] or held.total > part["total"]:
                held = Held(part["gen"])
            self.series[key] = held
            self._take(held, part, message.buffer)

    def _delta(self, message: Message) -> None:
        content = message.content
        if self.gap or content["stream"] != self.stream or content["seq"] != self.seq + 1:
            self.gap = True
            return
        self.seq += 1
        self.runs |= {info["id"]: info["name"] for info in content["runs"]}
        for number in content.get("gone", []):
            del self.runs[number]
            self.series = {key: held for key, held in self.series.items() if key[0] != number}
        for part in parts_in(content):
            key = part["run"], part["attempt"], part["tag"]
            if part["from"] == 0:
                self.series[key] = Held(part["gen"])
            held = self.series[key]
            assert (held.generation, held.total) == (part["gen"], part["from"])
            self._take(held, part, message.buffer)

    def _fill(self, message: Message) -> None:
        if message.content["stream"] != self.stream:
            return
        for part in message.content["series"]:
            held = self.series.get((part["run"], part["attempt"], part["tag"]))
            if held is not None and held.generation == part["gen"] and part["total"] <= held.total:
                self._take(held, part, message.buffer)

    def _take(self, held: Held, part: dict[str, Any], buffer: bytes) -> None:
        columns = [unpack(part[name], part["count"], buffer).tolist() for name in ("step", "wall", "value")]
        places = range(part["from"], part["total"])
        if part["thinned"]:
            places = unpack(part["index"], part["count"], buffer).astype(np.int64).tolist()
        else:
            held.whole |= set(places)
        held.total = max(held.total, part["total"])
        held.points |= dict(zip(places, zip(*columns)))
