"""``add_scalars``: what one call gives to several curves, as entries of the scribe's list."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

from tbnotebook.events import schema
from tbnotebook.events.address import is_store
from tbnotebook.events.record import payloads_of
from tbnotebook.writer.child import ChildTag, child_folder, child_tag
from tbnotebook.writer.device_number import take_number, take_step
from tbnotebook.writer.encoder import Style
from tbnotebook.writer.values import BadValue, describe, to_tag, to_wall_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tbnotebook.writer.file_writer import FileWriter


class ScalarsEntry:
    """Behind `SummaryWriter.add_scalars`, which documents it; knows the curves that came so far."""

    def __init__(self, writer: FileWriter) -> None:
        self._writer = writer
        self._portable = os.name == "nt" or is_store(writer.get_logdir())
        self._known: dict[tuple[Any, ...], ChildTag] = {}

    def add(
        self,
        main_tag: Any,
        tag_scalar_dict: Mapping[Any, Any],
        global_step: Any,
        walltime: Any,
        *,
        new_style: bool,
        double_precision: bool,
    ) -> None:
        """Add a point to the curve of each key; what cannot be is left out, or raises in a strict writer."""
        self._writer.raise_if_strict()
        now = time.time()
        entries: list[Any] = []
        items = self._items(main_tag, tag_scalar_dict)
        try:
            step = None if global_step is None else take_step(global_step)
            wall_time = now if walltime is None else to_wall_time(walltime)
        except BadValue as problem:
            for key, _ in items:
                self._leave_out(main_tag, key, problem)
            return
        for key, value in items:
            try:
                entries += self._tag(main_tag, key, (new_style, double_precision)), take_number(value), step, wall_time
            except BadValue as problem:
                self._leave_out(main_tag, key, problem)
        if entries:
            self._writer.scribe.extend(entries)

    def points(self) -> dict[tuple[str, str], list[tuple[float, int, float]]]:
        """Return what stands in the files: main tag and key → wall time, step and value of each point.

        Raises
        ------
        OSError
            A file cannot be read.
        """
        found: dict[tuple[str, str], list[tuple[float, int, float]]] = {}
        for main_tag, key, _ in self._known:
            name, own = to_tag(main_tag).decode(), _text_of_key(key)
            folder = child_folder(name, own, portable=self._portable)
            found[name, own] = list(_points(os.path.join(self._writer.folder, *folder.split("/")), name.encode()))
        return found

    def _leave_out(self, main_tag: Any, key: Any, problem: BadValue) -> None:
        if self._writer.strict:
            raise problem
        self._writer.scribe.tally.leave_out(f"an event of tag {describe(main_tag)} and key {describe(key)}", problem)

    def _items(self, main_tag: Any, given: Any) -> list[tuple[Any, Any]]:
        try:
            return list(given.items())
        except Exception as error:  # a foreign object's own
            problem = BadValue(f"scalars are a dict of keys and numbers; got {describe(given)} ({error})")
            self._leave_out(main_tag, None, problem)
            return []

    def _tag(self, main_tag: Any, key: Any, style: tuple[bool, bool]) -> ChildTag:
        try:
            known = self._known.get((main_tag, key, style))
        except TypeError:  # not hashable, and so no text
            known = None
        if known is None:
            name, own = to_tag(main_tag).decode(), _text_of_key(key)
            new_style, double_precision = style
            plain = Style(name, True, double_precision, "", "") if new_style or double_precision else name
            known = self._known[main_tag, key, style] = child_tag(name, own, plain, portable=self._portable)
        return known


def _points(folder: str, tag: bytes) -> Iterator[tuple[float, int, float]]:
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
        if "tfevents" in name:
            with open(os.path.join(folder, name), "rb") as file:
                events = [schema.Event.FromString(payload) for payload in payloads_of(file.read())]
            for event in events:
                for value in event.summary.value:
                    if value.tag == tag:
                        number = value.simple_value if value.HasField("simple_value") else _number(value.tensor)
                        yield event.wall_time, event.step, number


def _number(tensor: Any) -> float:
    return float((tensor.double_val or tensor.float_val)[0])


def _text_of_key(key: Any) -> str:
    if not isinstance(key, (str, bytes)):
        raise BadValue(f"a key of the scalars is text; got {describe(key)}")
    return to_tag(key).decode()
