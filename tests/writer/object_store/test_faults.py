"""What a store does to the training, which is nothing, and what of a process that ended is uploaded all the same."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
import warnings
from pathlib import Path

import pytest

from tbnotebook import SummaryWriter
from tbnotebook.events.part import parse_part
from tbnotebook.writer import WriterWarning, uploader
from tests.events.reading import files, scalars_in
from tests.writer.object_store.stores import Failing, FaultyStore, Hanging, download
from tests.writer.programs import run, start
from tests.writer.waiting import wait_until

URL = "faulty://bucket/run"
needs_fork = pytest.mark.skipif(sys.platform == "win32", reason="signals, locks and fork")


def steps_in(folder: Path) -> list[int]:
    return [step for _, step, _ in scalars_in(folder)]


def test_a_failed_upload_is_tried_again_and_touches_no_call(tmp_path: Path, store: type[FaultyStore]) -> None:
    store.before = staticmethod(Failing(3))

    def train() -> SummaryWriter:
        writer = SummaryWriter(URL, strict=True)
        for step in range(100):
            writer.add_scalar("x", 1.0, step)
            assert writer.flush()
        writer.close()
        return writer

    with pytest.warns(WriterWarning, match="cannot upload to faulty.*the store is away") as warned:
        writer = train()
    assert len(warned) == 1
    assert writer.health.retried == 3
    assert writer.health.dropped == 0
    assert steps_in(download(URL, tmp_path / "run")) == list(range(100))


def test_a_store_that_took_it_and_failed_then_has_each_event_once(tmp_path: Path, store: type[FaultyStore]) -> None:
    store.after = staticmethod(Failing(2))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", WriterWarning)
        writer = SummaryWriter(URL)
        for step in range(300):
            writer.add_scalar("x", 1.0, step)
            if step % 100 == 0:
                writer.flush(fsync=True)
        writer.close()
    assert steps_in(download(URL, tmp_path / "run")) == list(range(300))
    assert len({put for put in store.puts if put[0] == store.puts[0][0]}) == 1  # the same bytes again


def test_a_store_that_hangs_holds_up_no_call_and_close_for_a_bounded_time(
    tmp_path: Path, store: type[FaultyStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploader, "PATIENCE", 0.3)
    hanging = Hanging()
    store.before = staticmethod(hanging)
    writer = SummaryWriter(URL)
    begin = time.monotonic()
    for step in range(100):
        writer.add_scalar("x", 1.0, step)
        assert writer.flush()
    assert not writer.flush(fsync=True)
    writer.close()
    assert time.monotonic() - begin < 10
    assert writer.health.written == 100
    assert writer.health.to_upload > 0
    strict = SummaryWriter(URL, strict=True)
    strict.add_scalar("x", 1.0, 100)
    with pytest.raises(OSError, match="not all is uploaded"):
        strict.close()
    with pytest.warns(WriterWarning, match=r"\d+ bytes did not get to faulty.*They stay in"):
        next(each for each in uploader._existing if each.folder == writer.file_writer.folder).end(0.1)
    hanging.free.set()
    writer.close()
    strict.close()
    assert sorted(steps_in(download(URL, tmp_path / "run"))) == list(range(101))


def test_a_writer_has_one_thread_for_its_store_and_none_while_nothing_is_to_be_sent(
    store: type[FaultyStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploader, "_IDLE", 2)

    def threads() -> int:
        return sum(thread.name == "tbnotebook-upload" for thread in threading.enumerate())

    before = threads()
    writer = SummaryWriter(URL)
    for step in range(3):
        writer.add_scalar("x", 1.0, step)
        writer.flush(fsync=True)
        assert threads() <= before + 1
        wait_until(lambda: threads() <= before)
    writer.close()


# Local folders as a store that a second process sees.
TRAIN = """
    import os, sys, time
    from tbnotebook import SummaryWriter
    writer = SummaryWriter("local://" + sys.argv[1])
    for step in range(100):
        writer.add_scalar("x", 1.0, step)
    writer.flush(fsync=True)
    for step in range(100, 200):
        writer.add_scalar("x", 1.0, step)
    writer.flush()
"""


@needs_fork
@pytest.mark.parametrize("cut", [False, True])
def test_what_a_killed_process_had_not_uploaded_the_next_writer_does_and_only_that(
    tmp_path: Path, spools: Path, cut: bool
) -> None:
    remote = tmp_path / "remote"
    process = start(TRAIN + "    print(flush=True); time.sleep(60)\n", remote)
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert steps_in(remote)[:100] == list(range(100))
    if cut:  # this store is no object store: a part may be there before it is whole
        (*_, last) = files(remote)
        last.write_bytes(last.read_bytes()[:-5])
    before = {file.name: file.read_bytes() for file in files(remote)}
    writer = SummaryWriter(f"local://{remote}")
    writer.add_scalar("x", 1.0, 200)
    wait_until(lambda: len(list(spools.glob("*/*/events*"))) == 1)  # its own
    writer.close()
    assert sorted(steps_in(remote)) == list(range(201))
    if not cut:
        assert all((remote / name).read_bytes() == data for name, data in before.items())


@needs_fork
def test_a_folder_of_a_process_that_lives_is_left_to_it(tmp_path: Path, spools: Path) -> None:
    remote = tmp_path / "remote"
    process = start(TRAIN + "    print(flush=True); time.sleep(60)\n", remote)
    assert process.stdout is not None
    process.stdout.readline()
    with SummaryWriter(f"local://{remote}") as writer:
        writer.add_scalar("x", 1.0, 200)
        time.sleep(0.2)
    assert len(list(spools.glob("*/*/events*"))) == 2
    process.kill()
    process.communicate()


@pytest.mark.parametrize("ending", ["pass", "sys.exit(0)", "del writer", "raise ValueError"])
def test_a_process_that_ends_without_close_uploads_all_and_leaves_no_spool(
    tmp_path: Path, spools: Path, ending: str
) -> None:
    process = start(TRAIN + f"    {ending}\n", tmp_path / "remote")
    process.communicate(timeout=60)
    assert steps_in(tmp_path / "remote") == list(range(200))
    assert list(spools.glob("*/*")) == []


def test_a_client_that_needs_a_pool_of_threads_has_it_at_the_end_of_the_process(tmp_path: Path) -> None:
    run(
        """
        import asyncio, sys
        import fsspec
        from fsspec.asyn import AsyncFileSystem

        class Pooled(AsyncFileSystem):
            protocol = "pooled"
            async def _pipe_file(self, path, value, **options):
                write = open(sys.argv[1] + "/" + path.rpartition("/")[2], "wb").write
                await asyncio.get_running_loop().run_in_executor(None, write, value)

        fsspec.register_implementation("pooled", Pooled)
        from tbnotebook import SummaryWriter
        writer = SummaryWriter("pooled://bucket/run")
        writer.add_scalar("x", 1.0, 1)
        """,
        tmp_path,
    )
    assert steps_in(tmp_path) == [1]


@needs_fork
def test_a_forked_child_uploads_its_own_and_leaves_its_parents_to_it(tmp_path: Path, spools: Path) -> None:
    run(
        """
        import os, sys, warnings
        warnings.simplefilter("ignore")  # Python warns of forks beside threads
        from tbnotebook import SummaryWriter
        writer = SummaryWriter("local://" + sys.argv[1])
        writer.add_scalar("parent", 1.0, 1)
        writer.flush(fsync=True)
        writer.add_scalar("parent", 1.0, 2)
        for logs in (True, False):
            if os.fork() == 0:
                if logs:
                    writer.add_scalar("child", 1.0, 1)
                sys.exit(0)
            os.wait()
        writer.add_scalar("parent", 1.0, 3)
        """,
        tmp_path / "remote",
    )
    found = sorted((tag, step) for tag, step, _ in scalars_in(tmp_path / "remote"))
    assert found == [(b"child", 1), (b"parent", 1), (b"parent", 2), (b"parent", 3)]
    wholes = {parse_part(file.name)[0] for file in files(tmp_path / "remote")}  # type: ignore[index]
    assert len(wholes) == 2
    assert list(spools.glob("*/*")) == []


@pytest.mark.parametrize("method", ["fork", "spawn"] if os.name != "nt" else ["spawn"])
def test_a_worker_process_that_just_returns_has_uploaded(tmp_path: Path, spools: Path, method: str) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        """
import multiprocessing, sys, warnings
warnings.simplefilter("ignore")
from tbnotebook import SummaryWriter

def work(writer, name):
    for step in range(100):
        writer.add_scalar(name, step, step)

if __name__ == "__main__":
    writer = SummaryWriter("local://" + sys.argv[1])
    context = multiprocessing.get_context(sys.argv[2])
    workers = [context.Process(target=work, args=(writer, f"w{number}")) for number in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
"""
    )
    run(program, tmp_path / "remote", method)
    found = scalars_in(tmp_path / "remote")
    for name in (b"w0", b"w1"):
        assert [step for tag, step, _ in found if tag == name] == list(range(100))
    assert list(spools.glob("*/*")) == []
