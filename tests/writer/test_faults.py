"""What a disk can do to a writer: real faults, in processes of their own where they concern the whole process."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tbnotebook import SummaryWriter
from tbnotebook.events.loss import parse_loss
from tbnotebook.writer import WriterWarning
from tests.events.reading import events, events_in, files, scalars_in
from tests.writer.programme.records import whole_records
from tests.writer.programs import run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits and folders deleted while open")


def test_what_was_in_a_deleted_file_is_counted_and_told_in_the_next(tmp_path: Path) -> None:
    writer = SummaryWriter(tmp_path)
    for step in range(10, 50):
        writer.add_scalar("x", 1.0, step)
    writer.flush()
    files(tmp_path)[0].unlink()
    writer.add_scalar("x", 1.0, 50)
    with pytest.warns(WriterWarning, match="deleted or replaced"):
        writer.close()
    assert (writer.health.written, writer.health.dropped) == (1, 40)
    told = [parse_loss(event.log_message.message) for event in events_in(tmp_path) if event.HasField("log_message")]
    assert [(loss.count, loss.steps) for loss in told if loss] == [(40, (10, 49))]


def test_a_file_that_was_moved_is_no_loss(tmp_path: Path) -> None:
    writer = SummaryWriter(tmp_path / "logs")
    writer.add_scalar("x", 1.0, 1)
    writer.flush()
    (tmp_path / "logs").rename(tmp_path / "kept")
    writer.add_scalar("x", 1.0, 2)
    with pytest.warns(WriterWarning, match="deleted or replaced"):
        writer.close()
    assert (writer.health.written, writer.health.dropped) == (2, 0)


def test_a_file_replaced_by_another_is_left_alone(tmp_path: Path) -> None:
    writer = SummaryWriter(tmp_path)
    (file,) = files(tmp_path)
    file.unlink()
    file.write_bytes(b"somebody else's")
    writer.add_scalar("x", 1.0, 1)
    with pytest.warns(WriterWarning, match="deleted or replaced"):
        writer.close()
    assert file.read_bytes() == b"somebody else's"
    file.unlink()
    assert scalars_in(tmp_path) == [(b"x", 1, 1.0)]


# The largest size of a file stands for a full disk: the write that meets it is cut short, the next ones fail.
FULL_DISK = """
    import resource, sys, time, warnings
    from tbnotebook import SummaryWriter
    from tbnotebook.writer import outbox

    def set_room(size):
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    outbox.LIMIT = int(sys.argv[2])
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        writer = SummaryWriter(sys.argv[1])
        set_room(100_001)
        slowest = 0
        for step in range(40_000):
            begin = time.perf_counter()
            writer.add_scalar("x", step, step)
            slowest = max(slowest, time.perf_counter() - begin)
            if step % 1000 == 999:
                assert writer.flush() == (writer.health.retried == 0)
        assert writer.health.retried > 1
        set_room(resource.RLIM_INFINITY)
        time.sleep(0.5)
        assert writer.flush()
        writer.add_scalar("x", -1, step + 1)
        writer.close()
    health = writer.health
    print(health.written, health.dropped, len([w for w in warned if "cannot write" in str(w.message)]))
"""


def test_a_full_disk_raises_nothing_and_once_there_is_room_nothing_is_lost(tmp_path: Path) -> None:
    assert run(FULL_DISK, tmp_path, 64 << 20).split() == ["40001", "0", "1"]
    assert [step for _, step, _ in scalars_in(tmp_path)] == list(range(40_001))


def test_what_a_full_disk_leaves_no_room_for_is_counted_and_told_in_the_file(tmp_path: Path) -> None:
    written, dropped, warnings = map(int, run(FULL_DISK, tmp_path, 300_000).split())
    assert written + dropped == 40_001
    assert dropped > 10_000
    assert warnings == 1
    steps = [step for _, step, _ in scalars_in(tmp_path)]
    assert len(steps) == written
    missing = sorted(set(range(40_001)) - set(steps))
    told = [parse_loss(event.log_message.message) for event in events_in(tmp_path) if event.HasField("log_message")]
    assert [(loss.count, loss.steps) for loss in told if loss] == [(dropped, (missing[0], missing[-1]))]


def test_close_on_a_full_disk_returns_and_counts(tmp_path: Path) -> None:
    output = run(
        """
        import resource, sys, time, warnings
        warnings.simplefilter("ignore")
        from tbnotebook import SummaryWriter
        writer = SummaryWriter(sys.argv[1])
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, resource.RLIM_INFINITY))
        for step in range(1000):
            writer.add_scalar("x", step, step)
        begin = time.monotonic()
        writer.close()
        assert time.monotonic() - begin < 3
        print(writer.health.written, writer.health.dropped)
        """,
        tmp_path,
    )
    # The room is for the first record and one more: what was cut off behind it was given together with it.
    assert output.split() == ["1", "999"]
    (file,) = files(tmp_path)
    assert len(events(whole_records(file.read_bytes()))) == 2
