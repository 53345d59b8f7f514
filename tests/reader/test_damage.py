"""P6: damage costs only the damaged record, is marked, and nothing forged is believed."""

from __future__ import annotations

import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tbnotebook.events.crc import masked_crc32c
from tbnotebook.events.record import frame, header
from tbnotebook.events.schema import Event
from tbnotebook.reader import LogDir, frames
from tbnotebook.reader.frames import examine
from tbnotebook.reader.headers import chain, headers
from tbnotebook.reader.resync import CRC_WORK, Effort, Search
from tests.reader.files import NAME, age, append, points, read, records, scalar, start, steps, version, write

ROOT = Path(__file__).parents[2]
TWENTY = [version(), *(scalar("loss", step) for step in range(19))]


def loss_steps(log):
    return steps(log.run.scalars).get("loss", [])


def damage(path, offset, bit=0x01):
    data = bytearray(path.read_bytes())
    data[offset] ^= bit
    path.write_bytes(data)


def put(path, offset, byte):
    """Write one byte in place, in a file that then looks still."""
    with open(path, "r+b", buffering=0) as file:
        file.seek(offset)
        file.write(bytes([byte]))
    age(path)


def offsets(payloads):
    """Where each record begins."""
    sizes = [0, *(len(frame(payload)) for payload in payloads)]
    return np.cumsum(sizes).tolist()


def test_every_flipped_bit_costs_at_most_its_record_and_is_marked(tmp_path):
    path = write(tmp_path, *TWENTY)
    clean = path.read_bytes()
    begins = offsets(TWENTY)
    for at in range(len(clean)):
        hit = next(i for i in range(20) if begins[i] <= at < begins[i + 1])
        expected = [step for step in range(19) if step != hit - 1]
        for bit in range(8):
            put(path, at, clean[at] ^ 1 << bit)
            log = read(tmp_path)
            scalars = log.run.scalars["loss"]
            assert scalars.step.tolist() == expected, (at, bit)
            assert scalars.value.tolist() == expected, (at, bit)
            assert [(p.kind, p.offset) for p in log.problems] == [("damaged", begins[hit])], (at, bit)
        put(path, at, clean[at])


def test_a_file_cut_at_any_byte_gives_all_whole_records_and_waits_for_the_rest(tmp_path):
    path = tmp_path / NAME
    clean = records(*TWENTY)
    begins = offsets(TWENTY)
    for size in range(len(clean) + 1):
        path.write_bytes(clean[:size])
        log = read(tmp_path)
        whole = sum(end <= size for end in begins[1:])
        assert loss_steps(log) == list(range(max(whole - 1, 0))), size
        assert log.problems == [], size
        assert log.bytes_read == log.bytes_total == size


def test_bytes_that_wait_at_the_end_become_a_problem_when_the_file_has_been_still(tmp_path):
    path = write(tmp_path, *TWENTY)
    path.write_bytes(path.read_bytes()[:-5])
    log = read(tmp_path)
    assert log.problems == []
    age(path)
    (problem,) = log.poll().problems
    assert (problem.kind, problem.offset) == ("damaged", offsets(TWENTY)[19])
    assert "no record follows" in problem.reason
    path.write_bytes(records(*TWENTY))
    age(path)
    log.poll()
    assert (log.problems, len(loss_steps(log))) == ([], 19)


def test_bad_bytes_at_the_end_are_damage_as_soon_as_a_sound_record_follows(tmp_path):
    path = write(tmp_path, *TWENTY)
    with open(path, "ab") as file:
        file.write(b"torn by a crash")
    log = read(tmp_path)
    assert log.problems == []
    append(path, scalar("loss", 19))
    (problem,) = log.poll().problems
    assert problem.offset == offsets(TWENTY)[20]
    assert loss_steps(log) == list(range(20))


def test_a_record_behind_damage_is_read_where_tensorboard_stops(tmp_path):
    path = write(tmp_path, *TWENTY)
    damage(path, offsets(TWENTY)[10] + 14)
    assert loss_steps(read(tmp_path)) == [step for step in range(19) if step != 9]


def test_a_record_torn_and_followed_by_others_costs_only_itself(tmp_path):
    torn = records(scalar("loss", 5))[:20]
    path = tmp_path / NAME
    path.write_bytes(records(version(), scalar("loss", 4)) + torn + records(scalar("loss", 6), scalar("loss", 7)))
    log = read(tmp_path)
    assert loss_steps(log) == [4, 6, 7]
    assert [p.offset for p in log.problems] == [offsets([version(), scalar("loss", 4)])[2]]


def test_a_zeroed_page_costs_the_records_that_it_touches(tmp_path):
    payloads = [version(), *(scalar("loss", step) for step in range(1000))]
    path = write(tmp_path, *payloads)
    data = bytearray(path.read_bytes())
    data[8192:12288] = bytes(4096)
    path.write_bytes(data)
    begins = offsets(payloads)
    untouched = [
        i - 1 for i in range(1, 1001) if begins[i + 1] <= 8192 or begins[i] >= 12288
    ]
    log = read(tmp_path)
    assert loss_steps(log) == untouched
    assert len(log.problems) == 1


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
    monkeypatch.setattr(
        "tbnotebook.reader.frames._crc", lambda source, at, length: summed.append(length) or 0
    )
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


def test_a_record_inside_a_sound_record_is_never_taken_for_one(tmp_path):
    inner = records(scalar("smuggled", 1))
    outer = Event(wall_time=1.0, step=3)
    outer.summary.value.add(tag=b"note").metadata.plugin_data.content = inner
    path = write(tmp_path, version(), scalar("loss", 1), outer.SerializeToString(), scalar("loss", 2))
    assert steps(read(tmp_path).run.scalars) == {"loss": [1, 2]}
    # Even where its outer record is damaged: its own header tells where the next one begins.
    damage(path, len(records(version(), scalar("loss", 1))) + 14)
    log = read(tmp_path)
    assert steps(log.run.scalars) == {"loss": [1, 2]}
    assert len(log.problems) == 1


@pytest.mark.parametrize("damaged", [(0,), (9,), (14,), (0, 14)], ids=["length", "its checksum", "data", "both"])
def test_a_record_in_a_text_is_not_taken_for_one_where_the_record_before_it_is_damaged(tmp_path, damaged):
    outer = Event(wall_time=1.0, step=3)
    outer.summary.value.add(tag=b"note").metadata.plugin_data.content = records(scalar("smuggled", 1))
    before = records(version())
    path = write(tmp_path, version(), scalar("loss", 1), outer.SerializeToString(), scalar("loss", 2))
    for place in damaged:
        damage(path, len(before) + place)
    log = read(tmp_path)
    assert steps(log.run.scalars) == {"loss": [2]}
    assert [problem.offset for problem in log.problems] == [len(before)]


def test_what_is_salvaged_from_a_record_whose_length_is_lost_is_marked_with_where_it_begins(tmp_path):
    outer = Event(wall_time=1.0, step=3)
    inner = records(scalar("smuggled", 1))
    outer.summary.value.add(tag=b"note").metadata.plugin_data.content = inner
    path = write(tmp_path, version(), outer.SerializeToString(), scalar("loss", 2))
    begin = len(records(version()))
    damage(path, begin)
    log = read(tmp_path)
    assert steps(log.run.scalars) == {"loss": [2], "smuggled": [1]}
    first, second = log.problems
    assert first.offset == begin
    assert f"reading goes on at {path.read_bytes().index(inner)}" in first.reason
    assert second.offset == path.read_bytes().index(inner) + len(inner)


def test_a_record_taken_from_a_half_written_one_is_given_back_when_that_one_is_whole(tmp_path):
    outer = Event(wall_time=1.0, step=3)
    outer.summary.value.add(tag=b"note").metadata.plugin_data.content = records(scalar("smuggled", 1)) + b"x" * 99
    data = records(version(), scalar("loss", 1), outer.SerializeToString(), scalar("loss", 2))
    path = tmp_path / NAME
    log = LogDir(tmp_path)
    for size in range(0, len(data) + 1, 7):
        path.write_bytes(data[:size])
        log.poll()
        assert points(log) == points(read(tmp_path)), size
    path.write_bytes(data)
    log.poll()
    assert steps(log.run.scalars) == {"loss": [1, 2]}
    assert log.problems == []


def test_an_unfinished_record_among_damage_is_taken_when_it_is_whole(tmp_path):
    outer = Event(wall_time=1.0, step=3)
    outer.summary.value.add(tag=b"note").metadata.plugin_data.content = records(scalar("smuggled", 1)) + b"x" * 99
    path = tmp_path / NAME
    data = records(version()) + b"torn by a crash" + records(outer.SerializeToString(), scalar("loss", 2))
    path.write_bytes(data[:-90])
    log = read(tmp_path)
    assert steps(log.run.scalars) == {"smuggled": [1]}
    path.write_bytes(data)
    log.poll()
    assert steps(log.run.scalars) == {"loss": [2]}
    assert points(log) == points(read(tmp_path))


def test_sound_records_that_hold_no_event_cost_only_themselves(tmp_path):
    junk = [b"\xff" * 30, b"\x0b", b"\x2a\x7f\x00", b"\x2a\x02\x0a\x7f", b"\x09\x00", b"\x10" + b"\xff" * 11]
    # A field of number 0, one that has no end, a session, a note and a value that are none.
    junk += [b"\x00\x00", b"\x10" + b"\x80" * 10 + b"\x00"]
    junk += [b"\x3a\x01\x08", b"\x32\x01\x0a", b"\x2a\x05\x0a\x03\x4a\x01\x0a"]
    payloads = [version(), *junk, scalar("loss", 1), b"", scalar("loss", 2)]
    write(tmp_path, *payloads)
    log = read(tmp_path)
    assert loss_steps(log) == [1, 2]
    assert [p.offset for p in log.problems] == [at + 12 for at in offsets(payloads)[1 : len(junk) + 1]]
    assert all(p.kind == "damaged" for p in log.problems)


def test_a_file_whose_damaged_first_record_would_name_its_version_is_not_purged_as_an_old_one(tmp_path):
    path = write(tmp_path, version(), scalar("loss", 5), scalar("loss", 3), scalar("loss", 4))
    for at in (0, 9, 14):
        clean = path.read_bytes()
        damage(path, at)
        assert loss_steps(read(tmp_path)) == [5, 3, 4]
        path.write_bytes(clean)
    write(tmp_path, b"\xff no event", scalar("loss", 5), scalar("loss", 3), scalar("loss", 4))
    assert loss_steps(read(tmp_path)) == [5, 3, 4]


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


def test_a_file_that_only_bears_the_name_is_called_foreign(tmp_path):
    path = tmp_path / "my.tfevents.txt"
    path.write_text("no event file at all, just some text")
    age(path)
    log = read(tmp_path)
    assert dict(log.run.scalars) == {}
    assert [(p.kind, p.offset, p.path) for p in log.problems] == [("foreign", 0, str(path))]


def test_headers_are_found_as_their_checksum_says():
    rng = np.random.default_rng(1)
    noise = bytes(rng.integers(0, 4, 5000, np.uint8))
    window = noise[:100] + header(7) + noise[100:] + header(2**31 - 1) + b"abc" + header(2**31)
    slow = [
        (at, struct.unpack_from("<Q", window, at)[0])
        for at in range(len(window) - 11)
        if masked_crc32c(window[at : at + 8]) == struct.unpack_from("<I", window, at + 8)[0]
        and struct.unpack_from("<Q", window, at)[0] < 2**31
    ]
    assert (100, 7) in slow
    assert [column.tolist() for column in headers(window)] == [list(column) for column in zip(*slow)]
    assert [column.tolist() for column in headers(window[:11])] == [[], []]


def test_a_chain_leads_past_what_looks_like_a_header_and_through_long_records():
    inner = records(scalar("inner", 1))
    parts = [records(x) for x in (scalar("a", 1), b"text " + inner + b" text", bytes(100_000), inner, scalar("b", 2))]
    data = b"junk" + b"".join(parts)
    offsets, sizes = chain(data, 4)
    assert sizes.tolist() == [len(part) for part in parts]
    assert offsets.tolist() == [4 + sum(map(len, parts[:n])) for n in range(len(parts))]
    assert chain(data[:-1], 4)[1].tolist() == [len(part) for part in parts[:-1]]
    assert chain(data, 5)[0].tolist() == []
    assert chain(data[:10], 4)[0].tolist() == []


def test_damage_before_a_start_does_not_stop_its_purge(tmp_path):
    payloads = [version(), *(scalar("loss", s) for s in range(6)), start(3), scalar("loss", 3)]
    path = write(tmp_path, *payloads)
    damage(path, offsets(payloads)[2] + 14)
    assert loss_steps(read(tmp_path)) == [0, 2, 3]
