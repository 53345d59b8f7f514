"""Whatever is done with writers in whatever order: each event is in the files once and in order, or counted."""

from __future__ import annotations

import copy
import errno
import gc
import os
import shutil
import signal
import sys
import tempfile
import warnings
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from tbnotebook import SummaryWriter
from tbnotebook.writer import WriterWarning, event_file, scribe
from tests.events.reading import events, files
from tests.soaking import scaled
from tests.writer.programme.records import whole_records

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="fork")

BAD: list[tuple[Any, Any]] = [("high", 1), (None, 1), (1.0, 2**63), (1.0, "seven")]


class Disk:
    """Stands in for the system's ``write``: sound, taking a few bytes at a time, or none when `room` is used up."""

    def __init__(self) -> None:
        self.heal()

    def heal(self) -> None:
        self.most: int | None = None
        self.room = sys.maxsize

    @property
    def sound(self) -> bool:
        return self.most is None and self.room == sys.maxsize

    def write(self, descriptor: int, data: bytes) -> int:
        if self.room == 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        count = os.write(descriptor, data[: self.most][: self.room])
        if self.room < sys.maxsize:
            self.room -= count
        return count


def content(file: Path) -> bytes:
    """What the file holds: nothing where another writer gives it up, its first record finding no room on the disk."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""


def points_in(folder: Path) -> list[tuple[bytes, int, float]]:
    """Tag, step and value of each scalar, in file order; a record that is cut off at a file's end is none yet."""
    return [
        (value.tag, event.step, value.simple_value)
        for data in [whole_records(content(file)) for file in files(folder)]
        for event in events(data)
        for value in event.summary.value
    ]


class Modelled:
    """A writer and the list of what it was given."""

    def __init__(self, writer: SummaryWriter, name: str) -> None:
        self.writer = writer
        self.name = name
        self.given: list[tuple[bytes, int, float]] = []
        self.bad = 0
        self.closed_on_a_failing_disk = False

    def add(self, tag: str, step: int | None) -> None:
        tag = f"{self.name}/{tag}"
        value = float(len(self.given))
        self.writer.add_scalar(tag, value, step)
        if step is None:
            own = [given for name, given, _ in self.given if name == tag.encode()]
            step = own[-1] + 1 if own else 0
        self.given.append((tag.encode(), step, value))

    def found(self, folder: Path) -> list[tuple[bytes, int, float]]:
        begin = f"{self.name}/".encode()
        return [point for point in points_in(folder) if point[0].startswith(begin)]

    def check(self, folder: Path) -> None:
        """Compare the files with the list, after a flush that worked or a close."""
        found = self.found(folder)
        places = [int(value) for _, _, value in found]
        assert places == sorted(set(places)), "once, and in order"
        assert found == [self.given[place] for place in places]
        health = self.writer.health
        assert health.written == len(found)
        assert health.dropped == len(self.given) - len(found) + self.bad
        if not self.closed_on_a_failing_disk:
            assert health.dropped == self.bad


class Writers(RuleBasedStateMachine):
    """Up to four writers of one folder, and the children that are forked beside them."""

    writers: Bundle[Modelled] = Bundle("writers")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.disk = Disk()
        event_file.os = SimpleNamespace(**vars(os) | {"write": self.disk.write})  # type: ignore[attr-defined]
        self.modelled: list[Modelled] = []
        self.children: list[int] = []  # how many events each logged

    def _keep(self, writer: SummaryWriter) -> Modelled:
        self.modelled.append(Modelled(writer, f"w{len(self.modelled)}"))
        return self.modelled[-1]

    @initialize(target=writers)
    def begin(self) -> Modelled:
        return self._keep(SummaryWriter(self.folder))

    @precondition(lambda self: len(self.modelled) < 4)
    @rule(target=writers, modelled=writers)
    def copy(self, modelled: Modelled) -> Modelled:
        return self._keep(copy.deepcopy(modelled.writer))

    @rule(
        modelled=writers,
        points=st.lists(st.tuples(st.sampled_from("ab"), st.none() | st.integers(-5, 300)), min_size=1, max_size=8),
        times=st.sampled_from([1, 1, 30]),
    )
    def add(self, modelled: Modelled, points: list[tuple[str, int | None]], times: int) -> None:
        for tag, step in points * times:
            modelled.add(tag, step)

    @rule(modelled=writers, bad=st.sampled_from(BAD))
    def add_what_no_event_can_hold(self, modelled: Modelled, bad: tuple[Any, Any]) -> None:
        modelled.writer.add_scalar(f"{modelled.name}/bad", *bad)
        modelled.bad += 1

    @rule(modelled=writers, fsync=st.booleans())
    def flush(self, modelled: Modelled, fsync: bool) -> None:
        if modelled.writer.flush(fsync=fsync):
            modelled.check(self.folder)
        else:
            assert not self.disk.sound

    @rule(modelled=writers)
    def close(self, modelled: Modelled) -> None:
        modelled.closed_on_a_failing_disk |= not self.disk.sound
        modelled.writer.close()
        modelled.check(self.folder)

    @rule(most=st.sampled_from([1, 7, 50, 500]))
    def take_no_more_at_once_than(self, most: int) -> None:
        self.disk.most = most

    @rule(room=st.sampled_from([0, 0, 30, 100, 1000]))
    def have_room_for(self, room: int) -> None:
        self.disk.room = room

    @rule()
    def heal(self) -> None:
        self.disk.heal()

    @rule(modelled=writers, count=st.integers(0, 5), closes=st.booleans())
    def fork(self, modelled: Modelled, count: int, closes: bool) -> None:
        process = os.fork()
        if not process:
            signal.alarm(20)  # a child that hangs is killed
            self._live_as_a_child(modelled.writer, count, closes)
        _, status = os.waitpid(process, 0)
        assert status == 0, "the child failed" if os.WIFEXITED(status) else "the child hung"
        self.children.append(count)

    def _live_as_a_child(self, writer: SummaryWriter, count: int, closes: bool) -> None:
        done = 1
        try:
            self.disk.heal()
            for _ in range(count):
                writer.add_scalar(f"child{len(self.children)}", 0.0)
            if closes:
                writer.close()
            done = int(not writer.flush() or writer.health.written != count or writer.health.dropped != 0)
        finally:
            os._exit(done)

    def teardown(self) -> None:
        self.disk.heal()
        for modelled in self.modelled:
            modelled.writer.close()
            modelled.check(self.folder)
        found = points_in(self.folder)
        for number, count in enumerate(self.children):
            steps = [step for tag, step, _ in found if tag == f"child{number}".encode()]
            if count:
                assert len(steps) == count
                assert steps == list(range(steps[0], steps[0] + count))
        assert len(found) == sum(modelled.writer.health.written for modelled in self.modelled) + sum(self.children)
        event_file.os = os  # type: ignore[attr-defined]
        shutil.rmtree(self.folder)
        gc.collect()


@pytest.mark.scales
@pytest.mark.timeout(1200)
def test_each_event_is_written_once_and_in_order_or_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scribe, "TICK", 0.01)
    monkeypatch.setattr(scribe, "_CLOSING_TIME", 0.02)
    monkeypatch.setattr(event_file, "os", event_file.os)  # whatever happens it is as it was afterwards
    bounds = settings(
        max_examples=scaled(30, 1500),
        stateful_step_count=scaled(25, 60),
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", WriterWarning)
        warnings.simplefilter("ignore", DeprecationWarning)  # of forks beside threads, from Python 3.12 on
        run_state_machine_as_test(Writers, settings=bounds)
