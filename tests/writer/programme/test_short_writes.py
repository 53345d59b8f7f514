"""A write that takes only some bytes, for every number of them."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from tbnotebook import SummaryWriter
from tbnotebook.writer import event_file
from tests.events.reading import files, scalars_in

pytestmark = pytest.mark.filterwarnings("ignore::tbnotebook.writer.WriterWarning")
RECORDS = [(b"x", 1, 1.0), (b"x", 2, 2.0)]
ATTEMPTS = 3  # the writer's thread may take the first record before the second is there


class ShortWrite:
    """Once takes no more than ``most`` bytes; fails at the next call, if it is to ``fail``."""

    def __init__(self, most: int, *, fail: bool) -> None:
        self.most = most
        self.fail = fail
        self.calls: list[int] = []

    def __call__(self, descriptor: int, data: bytes) -> int:
        self.calls.append(len(data))
        if len(self.calls) == 1:
            return os.write(descriptor, data[: self.most])
        if len(self.calls) == 2 and self.fail:
            raise OSError(errno.EIO, "Input/output error")
        return os.write(descriptor, data)


def write(folder: Path, monkeypatch: pytest.MonkeyPatch, disk: ShortWrite | None) -> bytes:
    """Write two records; return what the file has beside its first."""
    writer = SummaryWriter(folder)
    (file,) = files(folder)
    opening = file.stat().st_size
    with monkeypatch.context() as during:
        if disk:
            during.setattr(event_file, "os", SimpleNamespace(**vars(os) | {"write": disk}))
        for tag, step, value in RECORDS:
            writer.add_scalar(tag.decode(), value, step, walltime=1.7e9)
        writer.flush()
        writer.flush()
    health = writer.health
    assert (health.written, health.dropped, health.retried) == (2, 0, int(disk is not None and disk.fail))
    written = file.read_bytes()[opening:]
    writer.close()
    return written


@pytest.mark.parametrize("fail", [False, True], ids=["then the rest", "then an error"])
def test_wherever_a_write_is_cut_the_file_is_as_if_it_was_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fail: bool
) -> None:
    expected = write(tmp_path / "whole", monkeypatch, None)
    for most in range(1, len(expected)):
        for attempt in range(ATTEMPTS):
            disk = ShortWrite(most, fail=fail)
            folder = tmp_path / f"{most}-{attempt}"
            assert write(folder, monkeypatch, disk) == expected, most
            assert scalars_in(folder) == RECORDS
            if disk.calls[0] == len(expected):
                break
        assert disk.calls[0] == len(expected), "both records in one write"
