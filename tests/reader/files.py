"""Event files made record by record, and the points of a log as plain Python."""

from __future__ import annotations

import os
import time
from itertools import accumulate
from pathlib import Path

from tbnotebook.events.record import frame
from tbnotebook.events.schema import Event, SessionStatus
from tbnotebook.reader import LogDir

NAME = "events.out.tfevents.0000000001.host.1.0"


def scalar(tag, step, value=None, wall_time=None):
    """The payload of one scalar event; the value defaults to the step, the wall time to 1000 + step."""
    event = Event(wall_time=1000.0 + step if wall_time is None else wall_time, step=step)
    event.summary.value.add(
        tag=tag.encode() if isinstance(tag, str) else tag, simple_value=step if value is None else value
    )
    return event.SerializeToString()


def version(text=b"brain.Event:2", wall_time=1000.0):
    return Event(wall_time=wall_time, file_version=text).SerializeToString()


def session(status, step=0, wall_time=2000.0, message=b""):
    event = Event(wall_time=wall_time, step=step)
    event.session_log.status = status
    event.session_log.msg = message
    return event.SerializeToString()


def start(step, wall_time=2000.0):
    return session(SessionStatus.START, step, wall_time)


def stop(wall_time=2000.0, message=b""):
    return session(SessionStatus.STOP, 0, wall_time, message)


def records(*payloads):
    return b"".join(frame(payload) for payload in payloads)


def offsets(payloads):
    """Where each record begins, and where the last one ends."""
    return list(accumulate((len(frame(payload)) for payload in payloads), initial=0))


TWENTY = [version(), *(scalar("loss", step) for step in range(19))]


def write(folder, *payloads, name=NAME):
    """Write a new event file and return its path."""
    path = Path(folder) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(records(*payloads))
    return path


def damage(path, offset, bit=0x01):
    """Flip a bit of a byte."""
    data = bytearray(path.read_bytes())
    data[offset] ^= bit
    path.write_bytes(data)


def append(path, *payloads):
    with open(path, "ab") as file:
        file.write(records(*payloads))


def age(path, seconds=100.0):
    """Let a file look as if it had been still for some time."""
    then = time.time() - seconds
    os.utime(path, (then, then))


def read(folder):
    """Read a whole log at once."""
    log = LogDir(folder)
    log.poll()
    return log


def steps(scalars):
    """The steps of every tag."""
    return {tag: series.step.tolist() for tag, series in scalars.items()}


def loss_steps(log):
    """The steps of the loss."""
    return steps(log.run.scalars).get("loss", [])


def points(log):
    """Everything that a log shows, comparable: for each run and attempt, tag by tag, (step, wall time, value)."""
    return {
        name: [
            {
                tag: [(int(s), repr(float(w)), repr(float(v))) for s, w, v in zip(x.step, x.wall_time, x.value)]
                for tag, x in attempt.scalars.items()
            }
            for attempt in run.attempts
        ]
        for name, run in log.runs.items()
    }
