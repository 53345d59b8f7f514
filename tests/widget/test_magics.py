from __future__ import annotations

import pytest

from tests.widget.kernel import Kernel

VIEW = "application/vnd.jupyter.widget-view+json"
WRITE = "from tbnotebook import SummaryWriter\nSummaryWriter('my logs').add_scalar('a', 1.0, 0)\n"


@pytest.mark.parametrize("line", ["%tbnotebook 'my logs'", "%tensorboard --logdir 'my logs' --height 300"])
def test_a_line_magic_shows_a_folder(kernel: Kernel, line: str) -> None:
    ran = kernel.run(WRITE + f"%load_ext tbnotebook\n{line}")
    assert ran.error is None
    assert VIEW in ran.shown[0]


def test_the_cell_magic_shows_the_view_before_the_code_runs(kernel: Kernel) -> None:
    kernel.run("%load_ext tbnotebook")
    ran = kernel.run("%%tbnotebook logs\nprint('training')\nx = 5")
    kinds = [m["msg_type"] for m in ran.messages if m["msg_type"] in ("display_data", "stream")]
    assert kinds[:3] == ["display_data", "display_data", "stream"]
    assert kernel.run("print(x)").text == "5\n"


def test_an_error_in_a_magics_cell_is_the_cells_own(kernel: Kernel) -> None:
    kernel.run("%load_ext tbnotebook")
    assert kernel.run("%%tbnotebook logs\n1 / 0").error == "ZeroDivisionError: division by zero"


def test_wrong_words_say_what_would_be_right(kernel: Kernel) -> None:
    kernel.run("%load_ext tbnotebook")
    complaint = kernel.run("%tbnotebook --port 6006 logs").complaint
    assert "usage: %tbnotebook [--height PIXELS] DIR\n       %tbnotebook auto [off]\n" in complaint
    assert "usage: %tbnotebook auto [off]; ./auto is a folder" in kernel.run("%tbnotebook auto on").complaint
    assert "the following arguments are required: --logdir" in kernel.run("%tensorboard start").complaint


def test_a_taken_tensorboard_magic_is_left_alone(kernel: Kernel) -> None:
    kernel.run("get_ipython().register_magic_function(lambda line: print('theirs'), 'line', 'tensorboard')")
    assert kernel.run("%load_ext tbnotebook\n%tensorboard --logdir x").text == "theirs\n"
