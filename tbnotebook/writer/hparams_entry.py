"""``add_hparams``: what a run was given and how it ended, as entries of the scribe's list."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

from tbnotebook.events import schema
from tbnotebook.events.address import is_store
from tbnotebook.events.hparams import SESSION_START
from tbnotebook.writer.child import run_folder, tag_in_folder
from tbnotebook.writer.device_number import take_number, take_step
from tbnotebook.writer.encoder import RAW
from tbnotebook.writer.summaries import hparams
from tbnotebook.writer.values import BadValue, as_bad_value, describe, to_tag

if TYPE_CHECKING:
    from tbnotebook.writer.file_writer import FileWriter


class HParamsEntry:
    """Behind `SummaryWriter.add_hparams`, which documents it."""

    def __init__(self, writer: FileWriter) -> None:
        self._writer = writer
        self._portable = os.name == "nt" or is_store(writer.get_logdir())

    def add(self, given: Any, metrics: Any, domains: Any, run_name: str | None, global_step: Any) -> None:
        """Add both to a run of their own within the writer's; what cannot be is left out, or raises if strict."""
        self._writer.raise_if_strict()
        try:
            self._writer.scribe.extend(self._entries(given, metrics, domains, run_name, global_step))
        except Exception as error:  # a foreign object's own, too
            problem = as_bad_value(error)
            if self._writer.strict:
                raise problem from problem.__cause__
            self._writer.scribe.tally.leave_out("hyperparameters", problem)

    def _entries(self, given: Any, metrics: Any, domains: Any, run_name: str | None, global_step: Any) -> list[Any]:
        now = time.time()
        name = str(run_name or now)
        folder = run_folder(name, portable=self._portable)
        step = None if global_step is None else take_step(global_step)
        plain = hparams.flattened(given)
        if not hasattr(metrics, "items"):
            raise BadValue(f"metrics are a dict of tags and numbers; got {describe(metrics)}")
        values = {to_tag(tag).decode(): take_number(value) for tag, value in metrics.items()}
        summaries = [
            hparams.experiment(plain, list(values), _checked(domains, plain)),
            hparams.session_start(plain),
            hparams.session_end(),
        ]
        entries: list[Any] = []
        whole = tag_in_folder(folder, SESSION_START, name, RAW)
        for summary in summaries:
            event = schema.Event(wall_time=now, summary=summary)
            entries += whole, event.SerializeToString(), None, now
        for tag, value in values.items():
            entries += tag_in_folder(folder, tag, name, tag), value, 0 if step is None else step, now
        return entries


def _checked(domains: Any, given: dict[str, Any]) -> dict[str, Any]:
    for name, values in (domains or {}).items():
        if name not in given or not isinstance(values, (list, tuple)):
            raise BadValue(f"a domain is a list of what a hyperparameter may be; got {values!r} for {name!r}")
    return {name: [hparams.leaf(value) for value in values] for name, values in (domains or {}).items()}
