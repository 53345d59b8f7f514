"""Processes that end, are killed, or fork while they upload."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from tbnotebook import SummaryWriter
from tbnotebook.events.schema import SessionStatus
from tests.events.reading import events_in, files, scalars_in
from tests.writer.object_store.reading import download, file_count
from tests.writer.programs import ENVIRONMENT, run, start

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and fork")

IMPORTS = """
import os, signal, sys, time
import tests.writer.object_store.faulty
from tbnotebook import SummaryWriter
from tbnotebook.writer.store import uploader
url = sys.argv[1]
"""
KILLED = IMPORTS + """
writer = SummaryWriter(url)
for step in range(1000):
    writer.add_scalar("x", step, step)
    if step == 499:
        writer.flush(fsync=True)
writer.flush()
os.kill(os.getpid(), signal.SIGKILL)
"""
NEXT = IMPORTS + """
writer = SummaryWriter(url)
writer.add_scalar("x", 1000, 1000)
writer.close()
"""


def url(tmp_path: Path) -> str:
    return f"shared://{tmp_path}/store/run"


def steps(tmp_path: Path, tag: bytes = b"x") -> list[int]:
    download(url(tmp_path), tmp_path / "log")
    return [step for name, step, _ in scalars_in(tmp_path / "log") if name == tag]


def spool_folders(spools: Path) -> list[Path]:
    return list(spools.glob("*/*"))


@pytest.mark.parametrize("ending", ["pass", "sys.exit(0)", "del writer", "raise SystemExit"])
def test_the_end_of_the_process_uploads_the_rest_and_removes_the_spool(
    tmp_path: Path, spools: Path, ending: str
) -> None:
    program = f"""
writer = SummaryWriter(url)
for step in range(1000):
    writer.add_scalar("x", step, step)
{ending}
"""
    run(IMPORTS + program, url(tmp_path))
    assert steps(tmp_path) == list(range(1000))
    assert events_in(tmp_path / "log")[-1].session_log.status == SessionStatus.STOP
    assert spool_folders(spools) == []


def test_uploads_at_the_end_come_before_thread_pools_are_closed(tmp_path: Path) -> None:
    """aiohttp, on which most stores' packages are built, looks names up in such a pool."""
    program = """
from concurrent.futures import ThreadPoolExecutor
from tests.writer.object_store.faulty import SharedFileSystem
put = SharedFileSystem.pipe_file
pool = ThreadPoolExecutor(1)
SharedFileSystem.pipe_file = lambda self, path, value: pool.submit(put, self, path, value).result()
writer = SummaryWriter(url)
writer.add_scalar("x", 1, 1)
"""
    run(IMPORTS + program, url(tmp_path))
    assert steps(tmp_path) == [1]


def test_threads_that_outlive_the_main_one_are_uploaded_too(tmp_path: Path, spools: Path) -> None:
    program = """
import threading
writer = SummaryWriter(url)
def train():
    for step in range(50):
        writer.add_scalar("x", step, step)
        time.sleep(0.01)
threading.Thread(target=train).start()
"""
    run(IMPORTS + program, url(tmp_path))
    assert steps(tmp_path) == list(range(50))
    assert file_count(tmp_path / "log") == 1
    assert spool_folders(spools) == []


def test_what_a_killed_process_left_is_uploaded_by_the_next_writer_exactly_once(tmp_path: Path, spools: Path) -> None:
    process = start(KILLED, url(tmp_path))
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert steps(tmp_path) == list(range(500))
    (spool,) = spool_folders(spools)
    assert [step for _, step, _ in scalars_in(spool)] == list(range(1000))
    run(NEXT, url(tmp_path))
    assert sorted(steps(tmp_path)) == list(range(1001))
    assert spool_folders(spools) == []


def test_what_a_killed_process_left_of_a_key_of_add_scalars_is_uploaded_once_into_its_folder(
    tmp_path: Path, spools: Path
) -> None:
    process = start(KILLED.replace('add_scalar("x", step', 'add_scalars("x", {"a/b": step}'), url(tmp_path))
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    run(NEXT, url(tmp_path))
    download(f"{url(tmp_path)}/x_a/b", tmp_path / "child")
    assert [step for _, step, _ in scalars_in(tmp_path / "child")] == list(range(1000))
    assert steps(tmp_path) == [1000]
    assert spool_folders(spools) == []


def test_a_crash_between_upload_and_the_next_step_repeats_nothing(
    tmp_path: Path, spools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setitem(ENVIRONMENT, "SHARED_KILL", str(int(signal.SIGKILL)))
        process = start(KILLED, url(tmp_path))
        process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    found = steps(tmp_path)
    assert found == list(range(500))
    run(NEXT, url(tmp_path))
    assert sorted(steps(tmp_path)) == [*range(500), 1000]
    assert spool_folders(spools) == []


def test_a_torn_object_of_a_killed_process_is_replaced_by_the_whole(tmp_path: Path) -> None:
    process = start(KILLED, url(tmp_path))
    process.communicate(timeout=60)
    (first,) = files(tmp_path / "store" / "run")
    first.write_bytes(first.read_bytes()[:1000])
    run(NEXT, url(tmp_path))
    assert sorted(steps(tmp_path)) == list(range(1001))


def test_a_torn_record_at_the_end_of_a_spool_is_left_out(tmp_path: Path, spools: Path) -> None:
    start(KILLED, url(tmp_path)).communicate(timeout=60)
    (file,) = (file for spool in spool_folders(spools) for file in files(spool))
    os.truncate(file, file.stat().st_size - 3)
    run(NEXT, url(tmp_path))
    assert sorted(steps(tmp_path)) == [*range(999), 1000]
    assert spool_folders(spools) == []


def test_the_spool_of_a_living_process_is_left_alone(tmp_path: Path, spools: Path) -> None:
    program = """
uploader.due = lambda *_: False
writer = SummaryWriter(url)
writer.add_scalar("x", 0, 0)
writer.flush()
print("ready", flush=True)
time.sleep(60)
"""
    process = start(IMPORTS + program, url(tmp_path))
    assert process.stdout is not None
    process.stdout.readline()
    try:
        run(NEXT, url(tmp_path))
        assert steps(tmp_path) == [1000]
        assert len(spool_folders(spools)) == 1
    finally:
        process.kill()
        process.communicate()
    run(NEXT, url(tmp_path))
    assert sorted(steps(tmp_path)) == [0, 1000, 1000]
    assert not any(spools.iterdir())


def test_a_forked_child_has_a_spool_of_its_own_and_leaves_its_parents_alone(tmp_path: Path, spools: Path) -> None:
    program = """
writer = SummaryWriter(url)
add_scalar = writer.add_scalar
for step in range(1000):
    add_scalar("parent", step, step)
writer.flush(fsync=True)
for step in range(1000, 2000):
    add_scalar("parent", step, step)
folder = writer._folder
for child in range(3):
    if os.fork() == 0:
        if child:
            for step in range(1000):
                add_scalar("child", step, step)
            assert writer._folder != folder
            assert writer.flush(fsync=True)
        if child == 2:
            os._exit(0)
        sys.exit(0)
    os.wait()
    assert os.path.exists(folder)
writer.close()
"""
    run(IMPORTS + program, url(tmp_path))
    assert sorted(steps(tmp_path, b"child")) == sorted([*range(1000)] * 2)
    assert steps(tmp_path, b"parent") == list(range(2000))
    assert file_count(tmp_path / "log") == 3
    assert len(spool_folders(spools)) == 1  # that of the child that left by os._exit
    run(NEXT, url(tmp_path))
    assert spool_folders(spools) == []
    assert sorted(steps(tmp_path, b"child")) == sorted([*range(1000)] * 2)


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_worker_processes_upload_at_their_end(tmp_path: Path, spools: Path, method: str) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "import warnings; warnings.simplefilter('ignore')"
        + IMPORTS
        + """
import multiprocessing
def work(writer, name):
    for step in range(100):
        writer.add_scalar(name, step, step)
if __name__ == "__main__":
    writer = SummaryWriter(url)
    context = multiprocessing.get_context(sys.argv[2])
    workers = [context.Process(target=work, args=(writer, f"w{number}")) for number in range(2)]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]
"""
    )
    run(program, url(tmp_path), method)
    assert steps(tmp_path, b"w0") == steps(tmp_path, b"w1") == list(range(100))
    assert spool_folders(spools) == []


def test_the_end_of_the_process_waits_for_a_hanging_store_no_longer_than_it_may(tmp_path: Path, spools: Path) -> None:
    program = """
from tests.writer.object_store.faulty import FaultyFileSystem
uploader.PATIENCE = 1.0
FaultyFileSystem.open_gate.clear()
writers = [SummaryWriter("faulty://run") for _ in range(3)]
for writer in writers:
    writer.add_scalar("x", 1, 1)
"""
    begin = time.monotonic()
    run(IMPORTS + program, "", silent=False)
    assert time.monotonic() - begin < 20
    assert len(spool_folders(spools)) == 3
    assert len([found for spool in spool_folders(spools) for found in scalars_in(spool)]) == 3


def test_a_copy_that_is_used_only_in_a_forked_child_uploads_all(tmp_path: Path, spools: Path) -> None:
    program = """
import copy, threading
with SummaryWriter(url) as writer:
    unused = copy.deepcopy(writer)
    if os.fork() == 0:
        unused.add_scalar("x", 1, 1)
        unused.close()
        unused.add_scalar("x", 2, 2)
        unused.close()
        for thread in threading.enumerate():
            if thread.name == "tbnotebook-upload":
                thread.join(10)
                assert not thread.is_alive(), "it takes a closed file for an open one"
        sys.exit(0)
    os.wait()
"""
    run(IMPORTS + program, url(tmp_path))
    assert steps(tmp_path) == [1, 2]
    assert [event.session_log.status for event in events_in(tmp_path / "log")].count(SessionStatus.STOP) == 3
    assert spool_folders(spools) == []


def test_two_writers_of_one_process_take_nothing_from_each_other(tmp_path: Path) -> None:
    writers = [SummaryWriter("memory://run") for _ in range(2)]
    for step in range(10):
        for writer in writers:
            writer.add_scalar("x", step, step)
            writer.flush(fsync=True)
    for writer in writers:
        writer.close()
    download("memory://run", tmp_path / "log")
    assert sorted(step for _, step, _ in scalars_in(tmp_path / "log")) == sorted([*range(10)] * 2)
