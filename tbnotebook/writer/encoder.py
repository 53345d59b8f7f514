"""The flat list of what was added, as the bytes of an event file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tbnotebook.events import schema
from tbnotebook.events.record import frame
from tbnotebook.events.scalars import SMALL, encode_few, encode_scalars, scalar_payload
from tbnotebook.writer.child import ChildTag
from tbnotebook.writer.deferred import Deferred
from tbnotebook.writer.values import describe, to_step, to_tag, to_wall_time

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tbnotebook.writer.device_number import DeviceNumber
    from tbnotebook.writer.health import Tally

# An entry is FIELDS consecutive elements of the list: tag, value (a float), step (an int or None), wall time.
# The tag may be a `Style`, a `Deferred` for a summary to be made here, or a `ChildTag` for a child's file. Value and
# step may be a `DeviceNumber`, which is waited for here.
# No tuple an entry: the garbage collector would track each of them.
FIELDS: Final = 4
# Stands in place of the tag where the value is a whole serialized event.
RAW: Final = object()


@dataclass(frozen=True)
class Style:
    """Stands in place of the tag of a scalar that is more than tag and value.

    Attributes
    ----------
    tag
        As it was given.
    as_tensor
        The value is a tensor of plugin ``scalars``, of float64 if ``double_precision``, and no ``simple_value``.
    display_name, description
        Metadata of the tag.
    """

    tag: Any
    as_tensor: bool
    double_precision: bool
    display_name: str
    description: str


@dataclass(frozen=True)
class Batch:
    """Records to be appended to the file together.

    Attributes
    ----------
    data
        Whole records.
    count
        How many events of the user's they hold.
    steps
        Least and greatest step among these, if any has one.
    folder
        The child's whose file it is, relative to the run's; empty for the run's own.
    notes
        Payloads that a child's file must have before it.
    """

    data: bytes
    count: int
    steps: tuple[int, int] | None
    folder: str = ""
    notes: tuple[bytes, ...] = ()


class Encoder:
    """Encodes the entries of one writer. It knows the writer's tags and where each tag's own count stands."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._slots: dict[Any, int] = {}
        self._tags: list[bytes] = []
        self._last_steps = np.empty(0, np.int64)
        self._children: dict[str, Encoder] = {}

    def encode(self, entries: list[Any]) -> list[Batch]:
        """Return the entries as batches, one a file, in their order. What no event can hold is left out and counted."""
        try:
            batch = self._encode_few(entries) if len(entries) < SMALL * FIELDS else None
            return [batch or self._encode_columns(entries)]
        except Exception:
            # Some entry is no plain scalar with an explicit step: take each one by itself. Whatever else it is, memory
            # that is short or a foreign object's own error, must not cost the entries beside it.
            own, children = _dealt(entries)
            if not children:
                return [self._encode_each(entries)]
        batches = self.encode(own) if own else []
        for folder, (theirs, notes) in children.items():
            encoder = self._children.setdefault(folder, Encoder(self._tally))
            batches += (replace(batch, folder=folder, notes=tuple(notes)) for batch in encoder.encode(theirs))
        return [batch for batch in batches if batch.count]

    def _encode_columns(self, entries: list[Any]) -> Batch:
        count = len(entries) // FIELDS
        slots = self._slots_of(entries[0::FIELDS])
        steps = np.array(entries[2::FIELDS], np.int64)
        wall_times = np.array(entries[3::FIELDS], np.float64)
        values = _as_float32(entries[1::FIELDS])
        data = encode_scalars(self._tags, slots, wall_times, steps, values)
        self._last_steps[slots] = steps  # where a tag comes several times, numpy keeps the last
        return Batch(data, count, (int(steps.min()), int(steps.max())))

    def _encode_few(self, entries: list[Any]) -> Batch | None:
        """Do the same without numpy, whose fixed cost is more than that of a loop; None if some entry is not plain."""
        tags, values, steps, wall_times = (entries[place::FIELDS] for place in range(FIELDS))
        if {*map(type, values), *map(type, wall_times)} != {float} or {*map(type, steps)} != {int}:
            return None
        span = min(steps), max(steps)
        if span[0] < -(2**63) or span[1] >= 2**63:
            return None
        slots = list(map(self._slot_of, tags))
        try:
            data = encode_few(map(self._tags.__getitem__, slots), wall_times, steps, values)
        except OverflowError:  # beyond float32
            return None
        self._last_steps[slots] = steps  # where a tag comes several times, numpy keeps the last
        return Batch(data, len(slots), span)

    def _slots_of(self, tags: list[Any]) -> NDArray[np.intp]:
        first = tags[0]
        if tags.count(first) == len(tags):
            return np.full(len(tags), self._slot_of(first), np.intp)
        for tag in set(tags).difference(self._slots):
            self._slot_of(tag)
        return np.fromiter(map(self._slots.__getitem__, tags), np.intp, len(tags))

    def _slot_of(self, tag: Any) -> int:
        slot = self._slots.get(tag)
        if slot is None:
            name = to_tag(tag)
            slot = self._slots[tag] = len(self._tags)
            self._tags.append(name)
            self._last_steps = np.append(self._last_steps, -1)
        return slot

    def _encode_each(self, entries: list[Any]) -> Batch:
        records: list[bytes] = []
        steps: list[int] = []
        for start in range(0, len(entries), FIELDS):
            tag, value, step, wall_time = entries[start : start + FIELDS]
            try:
                payload, step = (value, step) if tag is RAW else self._payload(tag, value, step, wall_time)
            except Exception as problem:  # as above; no event is lost without being counted
                self._tally.leave_out(f"an event of tag {describe(getattr(tag, 'tag', tag))}", problem)
                continue
            records.append(frame(payload))
            if step is not None:
                steps.append(step)
        return Batch(b"".join(records), len(records), (min(steps), max(steps)) if steps else None)

    def _payload(self, tag: Any, value: Any, step: int | DeviceNumber | None, wall_time: Any) -> tuple[bytes, int]:
        """Return one event, serialized, and its step: the given one, or the next of the tag's own count."""
        style = tag if isinstance(tag, (Style, Deferred)) else None
        slot = self._slot_of(tag if style is None else style.tag)
        step = to_step(int(self._last_steps[slot]) + 1 if step is None else step)
        seconds = to_wall_time(wall_time)
        name = self._tags[slot]
        if style is None:
            payload = scalar_payload(name, seconds, step, _as_float32(value).tobytes())
        elif isinstance(style, Deferred):
            event = schema.Event(wall_time=seconds, step=step)
            style.fill(event.summary, name, value)
            payload = event.SerializeToString()
        else:
            payload = _styled_payload(style, name, seconds, step, value)
        self._last_steps[slot] = step
        return payload, step


def _dealt(entries: list[Any]) -> tuple[list[Any], dict[str, tuple[list[Any], dict[bytes, None]]]]:
    """Deal entries out: to the run itself, and by folder to its children, these with the notes of their tags."""
    own: list[Any] = []
    children: dict[str, tuple[list[Any], dict[bytes, None]]] = {}
    for start in range(0, len(entries), FIELDS):
        tag = entries[start]
        if type(tag) is ChildTag:
            theirs, notes = children.setdefault(tag.folder, ([], {}))
            notes[tag.note] = None
            theirs += tag.tag, *entries[start + 1 : start + FIELDS]
        else:
            own += entries[start : start + FIELDS]
    return own, children


def _as_float32(values: Any) -> NDArray[np.float32]:
    with np.errstate(over="ignore"):  # what is beyond float32 becomes inf, as with torch
        return np.array(values, np.float64).astype("<f4")


def _styled_payload(style: Style, name: bytes, wall_time: float, step: int, value: float | DeviceNumber) -> bytes:
    event = schema.Event(wall_time=wall_time, step=step)
    entry = event.summary.value.add(tag=name)
    entry.metadata.display_name = to_tag(style.display_name)
    entry.metadata.summary_description = to_tag(style.description)
    if not style.as_tensor:
        entry.simple_value = float(_as_float32(value))
    else:
        entry.metadata.plugin_data.plugin_name = b"scalars"
        if style.double_precision:
            entry.tensor.dtype = schema.DataType.DOUBLE
            entry.tensor.double_val.append(float(value))
        else:
            entry.tensor.dtype = schema.DataType.FLOAT
            entry.tensor.float_val.append(float(_as_float32(value)))
    payload: bytes = event.SerializeToString()
    return payload
