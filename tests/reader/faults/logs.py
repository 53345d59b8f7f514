"""What holds a fault: folders of event files as they are made, and as they change under a reader.

Each function takes the folder and returns what a reader should show of it from then on.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import TypeAlias

from tbnotebook.events.record import frame, header
from tbnotebook.events.schema import Event
from tests.reader.files import NAME, append, records, scalar, start, version, write

Points: TypeAlias = list[tuple[int, float]]
SECOND = NAME.replace("0000000001", "0000000002")
PAGE = 4096
STRING = 7  # of DataType
BEFORE, AFTER = ([scalar("x", step) for step in range(begin, begin + 500)] for begin in (0, 500))
THOUSAND = [version(), *BEFORE, *AFTER]
BEGINS = [0, *accumulate(len(frame(payload)) for payload in THOUSAND)]
FIVE_HUNDREDTH = BEGINS[501]  # of step 500, behind the version and the steps before
RUNS, POINTS = 10_000, 20


@dataclass(frozen=True)
class Log:
    """What a folder holds.

    Attributes
    ----------
    points
        By run, step and value of all that is sound, whatever its tag.
    former
        The same of what was logged and is not to be shown, or no longer.
    """

    points: dict[str, Points]
    former: dict[str, Points] = field(default_factory=dict)


Make: TypeAlias = Callable[[Path], Log]


def steps(begin: int, end: int, *without: int) -> Points:
    return [(step, float(step)) for step in range(begin, end) if step not in without]


def negatives(begin: int, end: int) -> Points:
    """Points of the same steps with other values."""
    return [(step, -1.0 - step) for step in range(begin, end)]


def scalars(points: Points, tag: str = "x", delay: float = 0) -> list[bytes]:
    return [scalar(tag, step, value, 1000.0 + step + delay) for step, value in points]


def with_flipped_bit(offset: int, bit: int) -> Make:
    """Of 1000 points the one of step 500 is damaged, at an offset in its record."""

    def make(folder: Path) -> Log:
        path = write(folder, *THOUSAND)
        data = bytearray(path.read_bytes())
        data[FIVE_HUNDREDTH + offset] ^= bit
        path.write_bytes(data)
        return Log({".": steps(0, 1000, 500)}, {".": [(500, 500.0)]})

    return make


def with_zeroed_page(folder: Path) -> Log:
    path = write(folder, *THOUSAND)
    data = bytearray(path.read_bytes())
    begin, end = 4 * PAGE, 5 * PAGE
    data[begin:end] = bytes(PAGE)
    path.write_bytes(data)
    touched = [step for step in range(1000) if BEGINS[step + 1] < end and BEGINS[step + 2] > begin]
    return Log({".": steps(0, 1000, *touched)})


def with_bytes_between(between: bytes, *points: tuple[int, float]) -> Make:
    """Something stands between the first and the last 500 of 1000 points; it holds ``points`` itself."""

    def make(folder: Path) -> Log:
        data = records(version(), *BEFORE) + between + records(*AFTER)
        (folder / NAME).write_bytes(data)
        return Log({".": [*steps(0, 1000), *points]})

    return make


def with_forged_length(length: int) -> Make:
    return with_bytes_between(header(length) + b"not so long")


def _text_with_a_record() -> bytes:
    event = Event(wall_time=1500.0, step=500)
    value = event.summary.value.add(tag=b"note")
    value.metadata.plugin_data.plugin_name = b"text"
    value.tensor.dtype = STRING
    value.tensor.string_val.append(records(scalar("x", 7, 666.0)))
    return records(event.SerializeToString())


BAD_MESSAGE = records(b"\xff" * 30)
BAD_TAG = records(scalar(b"caf\xe9", 500, 0.5))
NO_TIME = records(scalar("no time", 500, 0.5, float("nan")))
SMUGGLER = _text_with_a_record()
DAMAGED_SMUGGLER = SMUGGLER[:14] + bytes([SMUGGLER[14] ^ 1]) + SMUGGLER[15:]


def with_cut_tail(folder: Path) -> Log:
    (folder / NAME).write_bytes(records(*THOUSAND)[:-20])
    return Log({".": steps(0, 999)})


def complete_tail(folder: Path) -> Points:
    """The writer goes on where it was."""
    with open(folder / NAME, "ab") as file:
        file.write(records(*THOUSAND)[-20:])
    append(folder / NAME, *scalars(steps(1000, 1099)))
    return steps(999, 1099)


def with_garbage_tail(folder: Path) -> Log:
    with write(folder, *THOUSAND).open("ab") as file:
        file.write(b"torn by a crash")
    return Log({".": steps(0, 1000)})


def with_first_start(folder: Path) -> Log:
    """A resumed run: its second file voids the steps from 500 on and has a hundred anew."""
    write(folder, *THOUSAND)
    write(folder, version(wall_time=3000.0), start(500, 3000.0), *scalars(negatives(500, 600), delay=3000), name=SECOND)
    return Log({".": [*steps(0, 500), *negatives(500, 600)]}, {".": steps(500, 1000)})


def with_one_file(folder: Path) -> Log:
    write(folder, *THOUSAND)
    return Log({".": steps(0, 1000)})


def with_two_files(folder: Path) -> Log:
    write(folder, version(), *BEFORE)
    write(folder, version(), *AFTER, name=SECOND)
    return Log({".": steps(0, 1000)})


def with_empty_first_file(folder: Path) -> Log:
    (folder / NAME).touch()
    write(folder, *THOUSAND, name=SECOND)
    return Log({".": steps(0, 1000)})


def with_pipe(folder: Path) -> Log:
    os.mkfifo(folder / "pipe.tfevents")
    return with_one_file(folder)


def rewrite_shorter(folder: Path) -> Log:
    write(folder, version(), *scalars(negatives(0, 300)))
    return Log({".": negatives(0, 300)}, {".": steps(0, 1000)})


def replace(folder: Path) -> Log:
    size = (folder / NAME).stat().st_size
    new = write(folder, version(), *scalars(negatives(0, 1000)), name="new")
    assert new.stat().st_size == size
    new.replace(folder / NAME)
    return Log({".": negatives(0, 1000)}, {".": steps(0, 1000)})


def begin_again(folder: Path) -> Log:
    shutil.rmtree(folder)
    return rewrite_shorter(folder)


def delete_first_file(folder: Path) -> Log:
    (folder / NAME).unlink()
    return Log({".": steps(500, 1000)}, {".": steps(0, 500)})


def append_to_first_file(folder: Path) -> Log:
    append(folder / NAME, *scalars(negatives(0, 100), tag="y"))
    return Log({".": [*steps(0, 1000), *negatives(0, 100)]})


def begin_first_file(folder: Path) -> Log:
    write(folder, version(), *scalars(negatives(0, 100), tag="y"))
    return Log({".": [*steps(0, 1000), *negatives(0, 100)]})


def append_late(folder: Path) -> Points:
    """A hundred events more, at the end of the newest file."""
    *_, newest = sorted(folder.glob("events*tfevents*"))
    append(newest, *scalars(steps(10_000, 10_100)))
    return steps(10_000, 10_100)


def with_link_in_a_circle(folder: Path) -> Log:
    write(folder / "run", *THOUSAND)
    (folder / "run" / "again").symlink_to(".")
    return Log({"run": steps(0, 1000)})


def with_forbidden_file(folder: Path) -> Log:
    write(folder / "open", *THOUSAND)
    write(folder / "shut", *THOUSAND).chmod(0)
    return Log({"open": steps(0, 1000), "shut": []})


def with_ten_thousand_runs(folder: Path) -> Log:
    data = records(version(), *scalars(steps(0, POINTS)))
    points = {}
    for number in range(RUNS):
        name = f"run{number:04}"
        (folder / name).mkdir()
        (folder / name / NAME).write_bytes(data)
        points[name] = steps(0, POINTS)
    return Log(points)
