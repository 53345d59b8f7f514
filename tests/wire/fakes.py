"""A log in memory, and a page that applies frames as the browser's store does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tbnotebook.wire import Message
from tbnotebook.wire.columns import unpack


@dataclass
class Series:
    step: np.ndarray
    wall_time: np.ndarray
    value: np.ndarray
    generation: int = 0


def series(values: list[float], *, start: int = 0, generation: int = 0) -> Series:
    n = len(values)
    step = np.arange(start, start + n, dtype=np.int64)
    return Series(step, 1e9 + step * 0.5, np.array(values, dtype=np.float64), generation)


@dataclass
class Places:
    """Payloads that lie nowhere but here."""

    payloads: list[bytes] = field(default_factory=list)
    generation: int = 0
    step: np.ndarray = field(init=False)
    wall_time: np.ndarray = field(init=False)
    length: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        self.step = np.arange(len(self.payloads), dtype=np.int64)
        self.wall_time = 1e9 + self.step * 0.5
        self.length = np.array([len(payload) for payload in self.payloads], np.int64)

    def __len__(self) -> int:
        return len(self.payloads)

    def read(self, index: int) -> bytes:
        return self.payloads[index]


@dataclass
class Attempt:
    scalars: dict[str, Series] = field(default_factory=dict)
    media: dict[str, dict[str, Places]] = field(default_factory=dict)
    hparams: Any = None

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(self.media)

    def located(self, kind: str) -> dict[str, Places]:
        return self.media.get(kind, {})


@dataclass
class Run:
    attempts: list[Attempt] = field(default_factory=lambda: [Attempt()])
    revision: int | None = None
    graph: Any = None
    graph_version: int = 0
    models: dict[str, list[Any]] = field(default_factory=dict)
    ended: bool = False
    ended_by: str | None = None
    first_wall_time: float | None = 1e9
    last_wall_time: float | None = 1e9
    parent: str | None = None
    keys: dict[str, str] = field(default_factory=dict)
    layout: tuple[Any, ...] = ()
    lost: dict[str, Any] | None = None

    def keras_model(self, tag: str) -> Any:
        return self.models[tag][-1]

    def grow(self, tag: str, values: list[float]) -> None:
        old = self.attempts[-1].scalars.get(tag, series([]))
        new = series([*old.value.tolist(), *values], generation=old.generation)
        self.attempts[-1].scalars[tag] = new


@dataclass
class Log:
    runs: dict[str, Run] = field(default_factory=dict)
    path: str = "/logs"
    state: str = "ok"
    file_count: int = 0
    bytes_read: int = 0
    bytes_total: int = 0
    problems: list[Any] = field(default_factory=list)


def parts_in(frame: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts of a frame, those that grew by a few points behind the others."""
    grown = frame.get("grown", {"series": []})
    parts, at = [], 0
    for run, attempt, tag, gen, start, count in grown["series"]:
        part = {"run": run, "attempt": attempt, "tag": tag, "gen": gen, "from": start, "count": count}
        for name in ("step", "wall", "value"):
            kind, offset = grown[name]["k"], grown[name]["o"]
            part[name] = {"k": kind, "o": offset + at * int(kind[1])}
        parts.append({**part, "total": start + count, "thinned": False})
        at += count
    return [*frame["series"], *parts]


class Page:
    """What a browser knows after the messages that reached it."""

    def __init__(self) -> None:
        self.stream: str | None = None
        self.seq: int | None = None
        self.gap = True
        self.runs: dict[int, dict[str, Any]] = {}
        self.series: dict[tuple[int, int, str], np.ndarray] = {}
        self.total: dict[tuple[int, int, str], int] = {}

    def receive(self, message: Message) -> None:
        frame = message.content
        if frame["kind"] == "key":
            if not self.gap and frame["seq"] == self.seq and frame["stream"] == self.stream:
                return
            self.series, self.total, self.runs, self.gap = {}, {}, {}, False
        elif self.gap or frame["seq"] != (self.seq or 0) + 1 or frame["stream"] != self.stream:
            self.gap = True
            return
        self.stream, self.seq = frame["stream"], frame["seq"]
        self.runs.update({info["id"]: info for info in frame["runs"]})
        for number in frame.get("gone", []):
            del self.runs[number]
            self.series = {key: values for key, values in self.series.items() if key[0] != number}
        for part in parts_in(frame):
            key = part["run"], part["attempt"], part["tag"]
            values = unpack(part["value"], part["count"], message.buffer)
            if part["from"]:
                assert part["from"] == self.total[key]
                values = np.concatenate([self.series[key], values])
            self.series[key] = values
            self.total[key] = part["total"]

    def values(self, name: str, tag: str, attempt: int = 0) -> list[float]:
        (number,) = (info["id"] for info in self.runs.values() if info["name"] == name)
        return self.series[number, attempt, tag].tolist()
