"""`%tbnotebook auto`: which cells get a view, and that it is one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.widget.kernel import Kernel, Ran, kernel_in
from tests.widget.test_view import VIEW


@pytest.fixture(scope="module")
def auto(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kernel]:
    """One kernel for all tests, which have cells of their own."""
    with kernel_in(tmp_path_factory.mktemp("auto")) as kernel:
        ran = kernel.run("%load_ext tbnotebook\n%tbnotebook auto\nfrom tbnotebook import SummaryWriter, show")
        assert (ran.error, ran.shown) == (None, [])
        yield kernel


def views(ran: Ran) -> int:
    """Return how many live views a cell has shown; each with its saved output, or the test fails."""
    assert ran.error is None
    live = [VIEW in content["data"] for content in ran.of("display_data")]
    assert live == [True, False] * (len(live) // 2)
    return len(live) // 2


def heights(auto: Kernel, *cells: str) -> str:
    """Return the heights of the views that cells have now."""
    auto.run("from tbnotebook.widget.session import session")
    return auto.run(f"print([v.height for (c, _), v in session()._views.items() if c in {cells}])").text.strip()


def test_the_first_writer_of_a_cell_opens_a_slim_view_and_a_second_none(auto: Kernel) -> None:
    assert views(auto.run("SummaryWriter('a'); SummaryWriter('b')", cell="1")) == 1
    assert views(auto.run("SummaryWriter('b')", cell="2")) == 1
    assert heights(auto, "1", "2") == "[300, 300]"


def test_a_cell_that_is_run_again_has_its_view_again(auto: Kernel) -> None:
    for _ in range(2):
        assert views(auto.run("SummaryWriter('a')", cell="again")) == 1
    assert heights(auto, "again") == "[300]"


def test_a_show_in_the_same_cell_takes_the_slim_views_place(auto: Kernel) -> None:
    code = "writer = SummaryWriter('a')\nview = writer.show(smoothing=0.9)\nprint(view.height, view.smoothing)"
    ran = auto.run(code, cell="taken")
    assert views(ran) == 1
    assert ran.text == "None 0.9\n"
    assert "no such option: smooth" in str(auto.run("SummaryWriter('a').show(smooth=1)", cell="wrong").error)


@pytest.mark.parametrize("before", ["view = show('a')\n", "%%tbnotebook a\n"])
def test_a_cell_that_shows_the_folder_first_gets_no_second_view(auto: Kernel, before: str) -> None:
    assert views(auto.run(before + "writer = SummaryWriter('a')", cell=before)) == 1


def test_a_view_of_another_cell_or_folder_does_not_count(auto: Kernel) -> None:
    auto.run("view = show('a')", cell="shows")
    assert views(auto.run("SummaryWriter('a')", cell="writes")) == 1
    assert views(auto.run("view = show('other')\nSummaryWriter('a')", cell="both")) == 2


def test_off_ends_it(auto: Kernel) -> None:
    assert views(auto.run("%tbnotebook auto off\nSummaryWriter('a')")) == 0
    assert views(auto.run("%tbnotebook auto\nSummaryWriter('a')")) == 1


@pytest.mark.parametrize(
    "writer", ["SummaryWriter('a', write_to_disk=False)", "import pickle; pickle.loads(pickle.dumps(kept))"]
)
def test_a_writer_without_files_or_one_that_came_as_a_copy_opens_nothing(auto: Kernel, writer: str) -> None:
    auto.run("kept = SummaryWriter('kept')")
    assert views(auto.run(writer)) == 0


def test_a_forked_process_opens_nothing(auto: Kernel) -> None:
    ran = auto.run(
        "import os\nchild = os.fork()\nif child == 0:\n    SummaryWriter('forked').close()\n    os._exit(0)\n"
        "print(os.waitpid(child, 0)[1])"
    )
    assert views(ran) == 0
    assert ran.text.endswith("0\n")


def test_a_view_that_fails_leaves_the_writer_whole(auto: Kernel) -> None:
    auto.run("import tbnotebook.widget.opener as opener\ndef broken(log, options): raise OSError('no bundle')")
    auto.run("whole, opener.show_log = opener.show_log, broken")
    ran = auto.run("writer = SummaryWriter('a'); writer.add_scalar('x', 1.0); writer.close()")
    auto.run("opener.show_log = whole")
    assert ran.error is None
    assert "no view for this writer: OSError: no bundle" in ran.text


def test_a_folder_called_auto_can_be_shown(auto: Kernel) -> None:
    assert views(auto.run("%tbnotebook ./auto")) == 1
