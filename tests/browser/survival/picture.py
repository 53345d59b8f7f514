"""What is asked of a picture: it is what the event files give, with the time at which it was saved."""

from __future__ import annotations

import base64
import io
from datetime import datetime
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Locator, expect

from tbnotebook import LogDir
from tbnotebook.still import draw
from tbnotebook.still.log_picture import picture_of
from tbnotebook.wire import MIME, Colors, decode
from tbnotebook.wire.columns import unpack
from tests.browser.ink import FIRST_RUN, TOLERANCE
from tests.browser.survival.stage import TAG


def shown_picture(root: Locator, timeout: float) -> bytes:
    """Return the one picture that shows, large enough to be read; no view stands beside it."""
    pictures = root.locator("img").filter(visible=True)
    expect(pictures).to_have_count(1, timeout=timeout)
    expect(root.locator(".tbn-view").filter(visible=True)).to_have_count(0)
    box = pictures.bounding_box()
    assert box is not None
    assert box["width"] > 600
    return base64.b64decode(str(pictures.get_attribute("src")).partition("base64,")[2])


def saved_picture(saved: dict[str, Any]) -> bytes:
    """Return the picture of a saved output."""
    return base64.b64decode("".join(saved["image/png"]))


def drawn_anew(log: LogDir, saved: dict[str, Any]) -> bytes:
    """Draw what the event files hold now, as the view was left, with the saved output's time."""
    header, _ = decode(saved[MIME])
    note = "saved " + datetime.fromisoformat(saved[MIME]["created"]).astimezone().strftime("%H:%M")
    options, view = header["options"], header["id"]
    return draw(picture_of(log, options, colors=Colors(), title="logs", note=note, view_id=view))


def check_picture(picture: bytes, log: LogDir, saved: dict[str, Any]) -> None:
    """The picture is the saved one, and both it and the snapshot are of the event files."""
    assert picture == saved_picture(saved)
    check_snapshot(log, saved)
    if log.run.ended:
        assert picture == drawn_anew(log, saved), "the picture is not that of the event files with the time of saving"
    colors = np.asarray(Image.open(io.BytesIO(picture)).convert("RGB")).astype(int)
    assert (np.abs(colors - FIRST_RUN["light"]) <= TOLERANCE).all(axis=2).sum() > 200


def check_snapshot(log: LogDir, saved: dict[str, Any]) -> None:
    """Each curve of the snapshot is what its files began with; the newest of an ended run is whole."""
    header, buffer = decode(saved[MIME])
    assert len(header["frame"]["series"]) == len(log.run.attempts)
    assert len(header["frame"]["graphs"]) == 1
    for part, attempt in zip(header["frame"]["series"], log.run.attempts, strict=True):
        disk = attempt.scalars[TAG].value
        kept = unpack(part["value"], part["count"], buffer)
        assert not part["thinned"]
        assert np.array_equal(kept, disk[: len(kept)])
        assert len(kept) == (len(disk) if log.run.ended else part["total"])


def last_saved(saved: dict[str, Any]) -> float:
    """Return when the newest point of a snapshot was written."""
    header, _ = decode(saved[MIME])
    return max(float(run["last"]) for run in header["frame"]["runs"])
