"""P6: nothing is believed or paid for of what a file only claims to hold."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tbnotebook.events.record import header
from tbnotebook.reader import frames
from tbnotebook.reader.frames import examine
from tbnotebook.reader.resync import CRC_WORK, Effort, Search
from tests.reader.files import (
    NAME,
    TWENTY,
    age,
    append,
    damage,
    loss_steps,
    offsets,
    points,
    read,
    records,
    scalar,
    version,
    write,
)

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("length", [2**64 - 1, 2**40, 8 * 2**30, 2**31 - 1, 2**20])
def test_a_forged_length_with_a_sound_checksum_costs_one_record_and_no_memory(tmp_path, length):
    path = tmp_path / NAME
    before, after = [scalar("loss", step) for step in range(500)], [scalar("loss", step) for step in range(500, 999)]
    path.write_bytes(records(version(), *before) + header(length) + b"not so long" + records(*after))
    log = read(tmp_path)
    assert loss_steps(log) == list(range(999))
    (problem,) = log.problems
    assert str(length) in problem.reason
    assert ("an event has at most" in problem.reason) == (length >= 2**31)


def test_forged_lengths_fit_into_little_memory(tmp_path):
    path = tmp_path / NAME
    path.write_bytes(b"".join(header(2**shift) + b"x" * 50 for shift in range(64)) + records(scalar("loss", 1)))
    script = f"""
import re, resource
from tbnotebook.reader import LogDir, frames
from tbnotebook.reader.frames import examine
limit = 512 * 2**20
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
log = LogDir({str(tmp_path)!r})
log.poll()
assert log.run.scalars["loss"].step.tolist() == [1]
print(re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())[1])
"""
    # The kernel's own count of this process: what getrusage tells of children is the largest of all that ever ran.
    ran = subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        env={"OPENBLAS_NUM_THREADS": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert int(ran.stdout) < 300 * 2**10


def test_the_checksum_work_on_a_field_of_forged_headers_is_bounded(tmp_path, monkeypatch):
    size = 12 * 3000
    forged = b"".join(header(max(size - at - 16, 0)) for at in range(0, size, 12))
    (tmp_path / NAME).write_bytes(records(version()) + b"!" + forged)
    summed = []
    monkeypatch.setattr("tbnotebook.reader.frames._crc", lambda source, at, length: summed.append(length) or 0)
    log = read(tmp_path)
    assert sum(summed) < (CRC_WORK + 2) * log.bytes_total
    age(tmp_path / NAME)
    (problem,) = log.poll().problems
    assert "too many false records" in problem.reason


def test_the_checksum_work_of_all_searches_together_is_bounded(tmp_path, monkeypatch):
    """Each forged field ends at a sound record, so that the next one is searched anew."""
    fields, headers_each = 40, 2
    sound = records(scalar("loss", 1))
    size = fields * (1 + 12 * headers_each + len(sound)) + 20_000
    data = bytearray()
    for _ in range(fields):
        data += b"!"
        for _ in range(headers_each):
            data += header(size - len(data) - 16)
        data += sound
    data += bytes(size - len(data))
    (tmp_path / NAME).write_bytes(records(version()) + data)
    summed = []
    summing = frames._crc
    monkeypatch.setattr(frames, "_crc", lambda *args: summed.append(args[2]) or summing(*args))
    log = read(tmp_path)
    assert sum(summed) < (CRC_WORK + 2) * log.bytes_total
    assert loss_steps(log)


def test_a_record_that_is_long_and_half_written_behind_damage_uses_up_no_effort(tmp_path):
    data = bytearray(records(version(), scalar("loss", 1), scalar("x" * 100_000, 2), scalar("loss", 3)))
    data[1] ^= 1
    path = tmp_path / NAME
    path.write_bytes(data[:200])
    log = read(tmp_path)
    path.write_bytes(data)
    log.poll()
    assert sorted(series.step.tolist() for series in log.run.scalars.values()) == [[1, 3], [2]]
    assert points(log) == points(read(tmp_path))


def forged(size, count):
    """Headers, each of a record to the end of a file of ``size`` bytes, none of which is sound."""
    return b"".join(header(size - at - 16) for at in range(0, 12 * count, 12))


def test_what_follows_false_records_is_found_when_the_file_has_grown(tmp_path):
    path = tmp_path / NAME
    path.write_bytes(forged(2000, 40) + bytes(2000 - 40 * 12))
    log = read(tmp_path)
    age(path)
    assert "too many false records" in log.poll().problems[0].reason
    append(path, *(scalar("loss", step) for step in range(200)))
    log.poll()
    assert loss_steps(log) == list(range(200))


def test_a_file_that_takes_the_place_of_a_forged_one_is_searched_afresh(tmp_path):
    path = tmp_path / NAME
    path.write_bytes(forged(20_000, 400) + bytes(20_000 - 400 * 12))
    log = read(tmp_path)
    write(tmp_path, *TWENTY)
    damage(path, offsets(TWENTY)[10])
    damage(path, offsets(TWENTY)[11] + 14)
    log.poll()
    assert loss_steps(log) == [step for step in range(19) if step not in (9, 10)]


def test_a_search_notes_no_more_than_some_records_that_may_begin(tmp_path):
    class Forged:
        """Ten thousand headers of records that reach beyond the end."""

        data = header(2**30) * 10_000

        def read(self, offset, length):
            return self.data[offset : offset + length]

    search = Search(0, examine(Forged(), 1, len(Forged.data)))
    effort = Effort()
    while search.more(len(Forged.data)):
        assert search.step(Forged(), len(Forged.data), effort) is None
    assert len(search.open) <= 1025


def test_thousands_of_damaged_records_give_a_short_list_with_a_count(tmp_path):
    payloads = [version(), *(scalar("loss", step) for step in range(2000))]
    path = write(tmp_path, *payloads)
    data = bytearray(path.read_bytes())
    for begin in offsets(payloads)[1:-1:2]:
        data[begin + 14] ^= 1
    path.write_bytes(data)
    log = read(tmp_path)
    assert loss_steps(log) == list(range(1, 2000, 2))
    assert len(log.problems) == 101
    assert log.problems[-1].reason.startswith("900 more")
