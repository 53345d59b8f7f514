"""``add_scalar``: the one call that sits in every training loop.

It is a closure, as looking up attributes would double its time, and does no more than extend a list.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from tbnotebook.writer.device_number import DeviceNumber, take_number, take_step
from tbnotebook.writer.encoder import Style
from tbnotebook.writer.values import BadValue, describe, to_step, to_tag, to_wall_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from tbnotebook.writer.file_writer import FileWriter
    from tbnotebook.writer.scribe import Extend


def scalar_entry(writer: FileWriter) -> Callable[..., None]:
    """Return the function behind `SummaryWriter.add_scalar`, which documents it. It keeps ``writer`` alive."""
    extend: Extend = writer.scribe.extend
    now = time.time
    strict = writer.strict

    def arm(new_extend: Extend) -> None:
        nonlocal extend
        extend = new_extend

    writer.scribe.on_arm(arm)

    def add_scalar(
        tag: Any,
        scalar_value: Any,
        global_step: Any = None,
        walltime: Any = None,
        new_style: bool | str = False,
        double_precision: bool | str = False,
        display_name: str = "",
        summary_description: str = "",
    ) -> None:
        try:
            # Taken here and now: an array or tensor may have changed when the thread comes to it.
            if type(scalar_value) is not float:
                scalar_value = take_number(scalar_value)
            if type(global_step) is not int and global_step is not None:
                global_step = take_step(global_step)
            if strict:
                _check(tag, global_step, walltime)
                writer.raise_if_strict()
        except BadValue as problem:
            if strict:
                raise
            writer.scribe.tally.leave_out(f"an event of tag {describe(tag)}", problem)
            return
        if new_style or double_precision or display_name or summary_description:
            if isinstance(new_style, str):  # in tensorboardX the name and the description stand here
                display_name, summary_description = new_style, str(double_precision or summary_description)
                new_style = double_precision = False
            as_tensor = bool(new_style or double_precision)
            tag = Style(tag, as_tensor, bool(double_precision), display_name, summary_description)
        extend((tag, scalar_value, global_step, now() if walltime is None else walltime))

    return add_scalar


def _check(tag: Any, step: int | DeviceNumber | None, wall_time: Any) -> None:
    to_tag(tag)
    if step is not None and not isinstance(step, DeviceNumber):
        to_step(step)
    if wall_time is not None:
        to_wall_time(wall_time)
