"""Folders of event files to read, each made once for all readers."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import numpy as np

from tbnotebook import SummaryWriter
from tbnotebook.events.record import frame
from tbnotebook.events.schema import DataType, Event

MILLION = 1_000_000
TAGS = [f"layer{number}/loss" for number in range(20)]
NAME = "events.out.tfevents.0000000001.host.1.0"


def one_tag(folder: Path) -> None:
    """A million values of one tag."""
    with SummaryWriter(folder) as writer:
        for step in range(MILLION):
            writer.add_scalar("loss", step / 7, step)


def many_tags(folder: Path) -> None:
    """Twenty values a step."""
    with SummaryWriter(folder) as writer:
        for step in range(MILLION // len(TAGS)):
            for tag in TAGS:
                writer.add_scalar(tag, step / 7, step)


def hundred_runs(folder: Path) -> None:
    """A hundred runs of five tags and 10,000 steps."""
    for run in range(100):
        with SummaryWriter(folder / f"run{run}") as writer:
            for step in range(10_000):
                for tag in TAGS[:5]:
                    writer.add_scalar(tag, step / 7, step)


def mixed(folder: Path) -> None:
    """A million values whose tags, of unequal lengths, come in no order."""
    chance = random.Random(1)
    tags = [f"{'layer' * number}/loss" for number in range(20)]
    with SummaryWriter(folder) as writer:
        for step in range(MILLION):
            writer.add_scalar(chance.choice(tags), step / 7, step)


def tensors(folder: Path) -> None:
    """A million values as TensorFlow 2 writes them: tensors, with metadata in each event."""
    folder.mkdir()
    event = Event()
    value = event.summary.value.add(tag=b"loss")
    value.metadata.plugin_data.plugin_name = b"scalars"
    value.tensor.dtype = DataType.FLOAT
    value.tensor.tensor_shape.SetInParent()
    with open(folder / f"{NAME}.v2", "wb") as file:
        file.write(frame(Event(wall_time=1.7e9, file_version=b"brain.Event:2").SerializeToString()))
        for step in range(MILLION):
            event.wall_time, event.step = 1.7e9 + step / 100, step
            value.tensor.tensor_content = np.float32(step / 7).tobytes()
            file.write(frame(event.SerializeToString()))


def ten_thousand_runs(folder: Path) -> None:
    """Ten thousand runs of twenty values."""
    for run in range(10_000):
        own = folder / f"run{run}"
        own.mkdir(parents=True)
        events = [Event(wall_time=1.7e9 + run, file_version=b"brain.Event:2")]
        for step in range(20):
            event = Event(wall_time=1.7e9 + run + step / 3, step=step)
            event.summary.value.add(tag=b"loss", simple_value=step / 7 + run)
            events.append(event)
        (own / NAME).write_bytes(b"".join(frame(event.SerializeToString()) for event in events))


LOGS: dict[str, Callable[[Path], None]] = {
    "1tag": one_tag,
    "20tags": many_tags,
    "100runs": hundred_runs,
    "mixed": mixed,
    "tf2": tensors,
    "10kruns": ten_thousand_runs,
}
POINTS = dict.fromkeys(LOGS, MILLION) | {"100runs": 5 * MILLION, "10kruns": 200_000}
