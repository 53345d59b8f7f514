"""Files read by the workers of an executor give what they give when they are read here."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import time
import warnings
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from tbnotebook.events.record import frame
from tbnotebook.reader import LogDir, Scan, scan
from tests.reader.files import NAME, age, append, points, records, scalar, version, write
from tests.reader.test_bulk import SORTS
from tests.reader.test_located import image

SHARED = Path(os.environ.get("TBNOTEBOOK_SHARED", Path(__file__).parents[3] / "shared"))
CORPUS = SHARED / "corpus" / "files"


@pytest.fixture(scope="module")
def pool():
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        yield pool


@pytest.fixture
def log_of_all_sorts(tmp_path):
    """Runs of every sort, damaged and cut ones among them, large ones and many small ones."""
    for name, payloads in SORTS.items():
        path = write(tmp_path, *payloads, name=f"{name}/{NAME}")
        data = bytearray(path.read_bytes())
        for place, change in (("early", 40), ("middle", len(data) // 2), ("late", len(data) - 20)):
            if 0 < change < len(data):
                damaged = data[:change] + bytes([data[change] ^ 8]) + data[change + 1 :]
                own = tmp_path / f"{name} {place}" / NAME
                own.parent.mkdir()
                own.write_bytes(damaged)
                age(own)
                cut = tmp_path / f"{name} {place} cut" / NAME
                cut.parent.mkdir()
                cut.write_bytes(data[:change])
    write(tmp_path, version(), *(scalar("loss", n) for n in range(20_000)), image(b"p", 1), name=f"big/{NAME}")
    for run in range(100):
        write(tmp_path, version(), scalar("loss", run), name=f"run{run}/{NAME}")
    return tmp_path


def shown(log):
    curves = points(log)
    return {
        name: (
            curves[name],
            [(p.kind, p.offset, p.reason) for p in run.problems],
            (run.ended, run.first_wall_time, run.last_wall_time, run.graph_version),
            [(kind, tag, at.offset.tolist()) for kind in run.kinds for tag, at in run.located(kind).items()],
        )
        for name, run in log.runs.items()
    }


def read(folder, executor=None):
    log = LogDir(folder, executor=executor)
    log.poll()
    return log


def test_a_pool_of_processes_gives_the_same(log_of_all_sorts, pool):
    assert shown(read(log_of_all_sorts, pool)) == shown(read(log_of_all_sorts))


@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no corpus of event files in {CORPUS}")
def test_a_pool_of_processes_gives_the_same_of_the_corpus(pool):
    assert shown(read(CORPUS, pool)) == shown(read(CORPUS))


@pytest.mark.filterwarnings("ignore")
def test_dask_gives_the_same(log_of_all_sorts):
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        Client(cluster) as client,
        client.get_executor() as executor,
    ):
        log = read(log_of_all_sorts, executor)
    assert shown(log) == shown(read(log_of_all_sorts))


def test_what_was_read_elsewhere_is_read_on_here(tmp_path, pool):
    paths = [write(tmp_path, *SORTS["scalars"], name=f"run{run}/{NAME}") for run in range(3)]
    log = read(tmp_path, pool)
    torn = frame(scalar("loss", 20))
    with open(paths[0], "ab") as file:
        file.write(torn[:20])
    paths[1].write_bytes(records(version(), scalar("other", 1)))
    changes = log.poll()
    assert {name: set(tags) for name, tags in changes.tags.items() if tags} == {"run1": {"loss", "other"}}
    assert log.problems == []
    with open(paths[0], "ab") as file:
        file.write(torn[20:])
    changes = log.poll()
    assert changes.tags["run0"] == {"loss"}
    assert shown(log) == shown(read(tmp_path))


def test_series_read_elsewhere_grow_as_others_do(tmp_path, pool):
    path = write(tmp_path, *SORTS["scalars"])
    log = read(tmp_path, pool)
    before = log.run.scalars["loss"]
    append(path, scalar("loss", 20))
    log.poll()
    after = log.run.scalars["loss"]
    assert after.generation == before.generation
    assert after.step.tolist() == [*before.step.tolist(), 20]


def test_a_budget_is_kept_and_what_is_away_comes_with_a_later_poll(tmp_path):
    write(tmp_path, *SORTS["scalars"])

    class Late(ThreadPoolExecutor):
        def submit(self, *args):
            return super().submit(lambda: (time.sleep(0.3), args[0](*args[1:]))[1])

    with Late(1) as executor:
        log = LogDir(tmp_path, executor=executor)
        begin = time.monotonic()
        changes = log.poll(budget=0.02)
        assert time.monotonic() - begin < 0.25
        assert changes.more
        assert len(log.run.scalars) == 0
        polls = 0
        while not log.run.scalars and polls < 1000:
            time.sleep(0.005)
            polls += bool(log.poll(budget=0.01).tags)
        assert polls == 1
        assert not log.poll(budget=0.01).more
    assert len(log.run.scalars["loss"]) == 20


def test_files_of_a_store_are_read_elsewhere_too():
    import fsspec

    system = fsspec.filesystem("memory")
    for run in range(3):
        system.pipe_file(f"/elsewhere/run{run}/{NAME}", records(*SORTS["scalars"]))
    try:
        with ThreadPoolExecutor(2) as executor:
            log = read("memory://elsewhere", executor)
        assert shown(log) == shown(read("memory://elsewhere"))
        assert len(log.runs) == 3
    finally:
        system.rm("/elsewhere", recursive=True)


def test_what_was_away_when_an_executor_failed_is_read_by_the_same_poll(tmp_path):
    write(tmp_path, *SORTS["scalars"], name=f"a/{NAME}")
    given = []

    class Silent(Failing):
        def submit(self, *_, **__):
            given.append(Future())
            return given[-1]

    log = LogDir(tmp_path, executor=Silent())
    assert log.poll(budget=0.01).more
    given[0].set_exception(OSError("no worker is left"))
    with pytest.warns(RuntimeWarning, match="no worker is left"):
        log.poll()
    assert shown(log) == shown(read(tmp_path))


class Failing(Executor):
    """Takes work and fails at it."""

    def submit(self, *_, **__):
        future = Future()
        future.set_exception(OSError("no worker is left"))
        return future


class Refusing(Executor):
    """Takes no work."""

    def submit(self, *_, **__):
        raise RuntimeError("cannot schedule new futures after shutdown")


@pytest.mark.parametrize("executor", [Failing(), Refusing()])
def test_what_an_executor_cannot_do_is_done_here_and_said_once(tmp_path, executor):
    path = write(tmp_path, *SORTS["scalars"])
    log = LogDir(tmp_path, executor=executor)
    with pytest.warns(RuntimeWarning, match="no worker is left|after shutdown") as warned:
        log.poll()
    assert len(warned) == 1
    append(path, scalar("loss", 20))
    write(tmp_path, *SORTS["scalars"], name=f"other/{NAME}")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        log.poll()
    assert shown(log) == shown(read(tmp_path))


def test_a_worker_that_dies_costs_nothing(tmp_path):
    write(tmp_path, *SORTS["scalars"])

    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        pool.submit(os._exit, 1)
        with pytest.warns(RuntimeWarning, match="they are read in this process instead"):
            log = read(tmp_path, pool)
    assert shown(log) == shown(read(tmp_path))


def test_a_file_that_went_while_it_was_away_is_gone(tmp_path):
    path = write(tmp_path, *SORTS["scalars"])

    class Removing(ThreadPoolExecutor):
        def submit(self, *args):
            path.unlink()
            return super().submit(*args)

    with Removing(1) as executor, warnings.catch_warnings():
        warnings.simplefilter("error")
        log = read(tmp_path, executor)
    log.poll()
    assert dict(log.runs) == {}


def test_a_scan_tells_what_a_file_holds_and_where_to_go_on(tmp_path):
    path = write(tmp_path, version(), scalar("loss", 1), scalar("loss", 2))
    first = scan(str(path))
    append(path, scalar("loss", 3), scalar("acc", 3))
    with open(path, "ab") as file:
        file.write(frame(scalar("acc", 4))[:-1])
    second = scan(str(path), first.end)
    assert isinstance(first, Scan)
    assert [curve.step.tolist() for curve in first.scalars.values()] == [[1, 2]]
    assert {tag: curve.step.tolist() for tag, curve in second.scalars.items()} == {"loss": [3], "acc": [3]}
    assert second.end == len(path.read_bytes()) - len(frame(scalar("acc", 4))) + 1
    assert (first.problems, second.problems) == ((), ())
    with pytest.raises(FileNotFoundError):
        scan(str(tmp_path / "none"))


def test_a_scan_tells_of_a_damaged_end_that_has_been_still(tmp_path):
    path = write(tmp_path, *SORTS["scalars"])
    path.write_bytes(path.read_bytes()[:-3])
    assert scan(str(path)).problems == ()
    age(path)
    [problem] = pickle.loads(pickle.dumps(scan(str(path)))).problems
    assert problem.kind == "damaged"


def test_a_scan_is_pickled_in_about_the_size_of_its_points(tmp_path):
    path = write(tmp_path, version(), *(scalar("loss", n) for n in range(50_000)))
    found = scan(str(path))
    packed = pickle.dumps(found)
    assert len(packed) < 50_000 * 24 + 20_000
    again = pickle.loads(packed)
    assert (again.end, again.path) == (found.end, str(path))
    assert again.scalars["loss"].value.tolist() == found.scalars["loss"].value.tolist()
