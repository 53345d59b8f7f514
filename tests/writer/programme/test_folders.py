"""A folder that is no longer what it was when the writer was made."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tbnotebook import SummaryWriter
from tbnotebook.writer import WriterWarning
from tests.events.reading import files, scalars_in
from tests.writer.programs import run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="folders renamed while a file in them is open")


def test_a_folder_replaced_by_another_is_written_to_from_then_on(tmp_path: Path) -> None:
    folder, before = tmp_path / "logs", tmp_path / "before"
    writer = SummaryWriter(folder)
    writer.add_scalar("x", 1.0, 1)
    writer.flush()
    folder.rename(before)
    folder.mkdir()
    (folder / "events.out.tfevents.precious").write_bytes(b"")
    writer.add_scalar("x", 2.0, 2)
    with pytest.warns(WriterWarning, match="deleted or replaced"):
        writer.close()
    assert scalars_in(before) == [(b"x", 1, 1.0)]
    assert scalars_in(folder) == [(b"x", 2, 2.0)]
    assert writer.health.dropped == 0


@pytest.mark.parametrize("goes", [True, False], ids=["and gone again", "for good"])
def test_a_folder_replaced_by_a_file_raises_nothing_and_leaves_the_file_alone(tmp_path: Path, goes: bool) -> None:
    folder, before = tmp_path / "logs", tmp_path / "before"
    writer = SummaryWriter(folder)
    writer.add_scalar("x", 1.0, 1)
    writer.flush()
    folder.rename(before)
    folder.write_bytes(b"precious")

    def go_on() -> None:
        for step in range(2, 50):
            writer.add_scalar("x", step, step)
            assert not writer.flush()

    with pytest.warns(WriterWarning, match="cannot write") as warned:
        go_on()
    assert len(warned) == 1
    assert folder.read_bytes() == b"precious"
    if goes:
        folder.unlink()
        with pytest.warns(WriterWarning, match="deleted or replaced"):
            writer.close()
        assert [step for _, step, _ in scalars_in(folder)] == list(range(2, 50))
        assert writer.health.dropped == 0
    else:
        with pytest.warns(WriterWarning, match="until the writer was closed"):
            writer.close()
        assert folder.read_bytes() == b"precious"
        assert (writer.health.written, writer.health.dropped) == (1, 48)
    assert scalars_in(before) == [(b"x", 1, 1.0)]


@pytest.fixture
def anybodys() -> Iterator[Path]:
    """A folder that any user may write to; pytest's own are closed to others."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o777)
        yield Path(folder)


def test_a_folder_that_is_read_only_for_a_while_costs_nothing(anybodys: Path) -> None:
    folder = anybodys / "logs"
    output = run(
        """
        import os, sys, warnings
        from tbnotebook import SummaryWriter
        if os.getuid() == 0:
            os.setuid(65534)  # root passes over permissions
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            writer = SummaryWriter(sys.argv[1])
            writer.add_scalar("x", 1.0, 1)
            writer.close()
            os.chmod(sys.argv[1], 0o555)
            for step in range(2, 100):
                writer.add_scalar("x", step, step)
                assert not writer.flush()
            os.chmod(sys.argv[1], 0o755)
            assert writer.flush()
            os.chmod(sys.argv[1], 0o555)  # an open file goes on
            writer.add_scalar("x", 100, 100)
            assert writer.flush()
            writer.close()
            os.chmod(sys.argv[1], 0o755)
        print(writer.health.written, writer.health.dropped, writer.health.retried > 0, len(warned))
        """,
        folder,
    )
    assert output.split() == ["100", "0", "True", "1"]
    assert [step for _, step, _ in scalars_in(folder)] == list(range(1, 101))
    assert len(files(folder)) == 2
    assert os.stat(folder).st_uid == (65534 if os.getuid() == 0 else os.getuid())
