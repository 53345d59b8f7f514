"""Twenty tags of pictures from a busy cell: they are soon in the page, and the curves do not wait for them."""

from __future__ import annotations

from tests.browser.live_pictures import TAGS, measure
from tests.browser.notebook import Notebook

STEPS, PAUSE = 24, 0.5
SLOWEST_CURVE, SLOWEST_PICTURE = 4.0, 8.0  # seconds, beside other tests; what is promised (1 s, 3 s) is the benchmarks'
MB = 1_000_000


def test_pictures_come_while_the_cell_is_busy_and_curves_do_not_wait_for_them(notebook: Notebook) -> None:
    live = measure(notebook, STEPS, PAUSE, known=True)
    print(live)
    assert live.curve <= SLOWEST_CURVE
    assert live.picture <= SLOWEST_PICTURE
    assert live.came >= 3 * TAGS
    assert live.kernel < 60 * MB
    assert live.heap < 60 * MB
    assert live.saved <= 300_000
    assert live.control > live.shell, "the page is heard while the cell runs"
    assert live.idle == 0
