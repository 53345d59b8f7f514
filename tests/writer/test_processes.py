"""Writers in processes that end, are killed, or fork."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tbnotebook.events.schema import SessionStatus
from tests.events.reading import events, events_in, files, scalars_in
from tests.writer.programs import run

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and fork")


def test_interrupts_amid_flush_and_close_neither_lose_nor_repeat_an_event(tmp_path: Path) -> None:
    output = run(
        """
        import itertools, os, signal, sys, time
        from tbnotebook import SummaryWriter
        from tbnotebook.writer import event_file
        write = os.write

        def slow_write(descriptor, data):  # so that most interrupts strike during a write
            count = write(descriptor, data)
            time.sleep(0.002)
            return count

        event_file.os.write = slow_write
        writer = SummaryWriter(sys.argv[1])
        interrupts, added, numbers = 0, [], itertools.count()
        armed = False

        def strike(*_):
            global armed, interrupts
            if armed:
                armed = False  # none strikes while another one is caught
                interrupts += 1
                raise KeyboardInterrupt

        signal.signal(signal.SIGALRM, strike)
        signal.setitimer(signal.ITIMER_REAL, 0.01, 0.003)
        while interrupts < 200:
            try:
                for number in numbers:
                    armed = True  # again, too, where Python ignored one that struck in a callback of its own
                    writer.add_scalar("x", number, 0)
                    added.append(number)
                    writer.close() if number % 50 == 0 else writer.flush()
            except KeyboardInterrupt:
                pass
        signal.setitimer(signal.ITIMER_REAL, 0)
        writer.close()
        print(*added)
        """,
        tmp_path,
        silent=False,  # an interrupt that strikes in a callback of Python's own is printed and ignored by Python
    )
    values = [value for _, _, value in scalars_in(tmp_path)]
    assert len(set(values)) == len(values)
    assert set(map(float, output.split())) <= set(values)


@pytest.mark.parametrize("ending", ["sys.exit(0)", "del writer"])
def test_a_process_that_ends_without_close_loses_nothing_and_notes_the_end(tmp_path: Path, ending: str) -> None:
    run(
        f"""
        import sys
        from tbnotebook import SummaryWriter
        writer = SummaryWriter(sys.argv[1])
        for step in range(1000):
            writer.add_scalar("x", step, step)
        {ending}
        """,
        tmp_path,
    )
    assert [step for _, step, _ in scalars_in(tmp_path)] == list(range(1000))
    assert events_in(tmp_path)[-1].session_log.status == SessionStatus.STOP


def test_what_is_added_while_the_interpreter_shuts_down_is_written(tmp_path: Path) -> None:
    run(
        """
        import atexit, sys
        writers = []
        atexit.register(lambda: writers[0].add_scalar("late", 1.0, 1))  # registered first, so called last
        from tbnotebook import SummaryWriter
        writers.append(SummaryWriter(sys.argv[1]))
        """,
        tmp_path,
    )
    assert scalars_in(tmp_path) == [(b"late", 1, 1.0)]


def test_a_method_fetched_before_a_fork_writes_to_the_file_of_its_process(tmp_path: Path) -> None:
    run(
        """
        import os, sys
        from tbnotebook import SummaryWriter
        writer = SummaryWriter(sys.argv[1])
        add_scalar = writer.add_scalar
        add_scalar("parent", 1.0, 1)
        if os.fork() == 0:
            add_scalar("child", 1.0, 1)
            assert writer.flush()
            os._exit(0)
        os.wait()
        add_scalar("parent", 1.0, 2)
        writer.close()
        """,
        tmp_path,
    )
    tags = [
        {value.tag for event in events(file.read_bytes()) for value in event.summary.value} for file in files(tmp_path)
    ]
    assert sorted(tags, key=str) == [{b"child"}, {b"parent"}]
    assert sorted(scalars_in(tmp_path)) == [(b"child", 1, 1.0), (b"parent", 1, 1.0), (b"parent", 2, 1.0)]


def test_a_forked_child_that_logs_is_heard_without_flush(tmp_path: Path) -> None:
    run(
        """
        import os, sys, time
        from tbnotebook import SummaryWriter
        writer = SummaryWriter(sys.argv[1])
        writer.add_scalar("parent", 1.0, 1)
        if os.fork() == 0:
            writer.add_scalar("child", 1.0, 1)
            time.sleep(1)
            os._exit(0)
        os.wait()
        """,
        tmp_path,
    )
    assert sorted(scalars_in(tmp_path)) == [(b"child", 1, 1.0), (b"parent", 1, 1.0)]


def test_forks_while_threads_write_never_hang_or_duplicate(tmp_path: Path) -> None:
    run(
        """
        import os, sys, warnings
        warnings.simplefilter("ignore")  # Python warns of forks beside threads
        from tbnotebook import SummaryWriter
        writer = SummaryWriter(sys.argv[1])
        step = 0
        for child in range(20):
            for _ in range(5000):
                writer.add_scalar("parent", step, step)
                step += 1
            if os.fork() == 0:
                if child % 2:
                    writer.add_scalar("child", child, child)
                    writer.close()
                sys.exit(0)
            os.wait()
        writer.close()
        """,
        tmp_path,
    )
    found = scalars_in(tmp_path)
    assert [step for tag, step, _ in found if tag == b"parent"] == list(range(100_000))
    assert sorted(step for tag, step, _ in found if tag == b"child") == list(range(1, 20, 2))
    assert len(files(tmp_path)) == 11


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_a_worker_process_that_just_returns_loses_nothing(tmp_path: Path, method: str) -> None:
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
    writer = SummaryWriter(sys.argv[1])
    context = multiprocessing.get_context(sys.argv[2])
    workers = [context.Process(target=work, args=(writer, f"w{number}")) for number in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
"""
    )
    run(program, tmp_path / "logs", method)
    found = scalars_in(tmp_path / "logs")
    for name in (b"w0", b"w1"):
        assert [step for tag, step, _ in found if tag == name] == list(range(100))


def test_a_writer_loads_nothing_of_the_notebook_and_no_torch(tmp_path: Path) -> None:
    loaded = run(
        """
        import sys
        import tbnotebook
        with tbnotebook.SummaryWriter(sys.argv[1]) as writer:
            writer.add_scalar("x", 1, 1)
        print(*sys.modules)
        """,
        tmp_path,
    ).split()
    for name in ("torch", "ipywidgets", "anywidget", "traitlets", "plotly", "PIL", "IPython", "tensorboard", "fsspec"):
        assert name not in loaded
