"""P6: damage costs only the damaged record, and is marked."""

from __future__ import annotations

from tests.reader.files import (
    NAME,
    TWENTY,
    age,
    append,
    damage,
    loss_steps,
    offsets,
    read,
    records,
    scalar,
    start,
    version,
    write,
)


def put(path, offset, byte):
    """Write one byte in place, in a file that then looks still."""
    with open(path, "r+b", buffering=0) as file:
        file.seek(offset)
        file.write(bytes([byte]))
    age(path)


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
    untouched = [i - 1 for i in range(1, 1001) if begins[i + 1] <= 8192 or begins[i] >= 12288]
    log = read(tmp_path)
    assert loss_steps(log) == untouched
    assert len(log.problems) == 1


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


def test_a_file_that_only_bears_the_name_is_called_foreign(tmp_path):
    path = tmp_path / "my.tfevents.txt"
    path.write_text("no event file at all, just some text")
    age(path)
    log = read(tmp_path)
    assert dict(log.run.scalars) == {}
    assert [(p.kind, p.offset, p.path) for p in log.problems] == [("foreign", 0, str(path))]


def test_damage_before_a_start_does_not_stop_its_purge(tmp_path):
    payloads = [version(), *(scalar("loss", s) for s in range(6)), start(3), scalar("loss", 3)]
    path = write(tmp_path, *payloads)
    damage(path, offsets(payloads)[2] + 14)
    assert loss_steps(read(tmp_path)) == [0, 2, 3]
