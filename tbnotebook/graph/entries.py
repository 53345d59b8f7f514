"""Attributes of a GraphDef's node as ready messages: a network has few that differ, and a copy is cheap."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from tbnotebook.events.schema import NodeDef
from tbnotebook.graph.attributes import ALL_SHAPES, DTYPE_NUMBERS, LARGEST_ATTRIBUTE, SHAPES, bytes_of

if TYPE_CHECKING:
    from tbnotebook.graph.model import Shape

_SURELY_SMALL = 8
_KEPT = 4096

Entry = Any
"""One entry of ``NodeDef.attr``; it is shared, and is copied into the node that it is given to."""


@functools.lru_cache(maxsize=_KEPT)
def text(key: str, value: str) -> Entry:
    """An attribute with a text."""
    entry = _entry(key)
    entry.value.s = bytes_of(value)
    return entry


@functools.lru_cache(maxsize=_KEPT)
def number(key: str, value: int) -> Entry:
    """An attribute with a whole number."""
    entry = _entry(key)
    entry.value.i = value
    return entry


@functools.lru_cache(maxsize=_KEPT)
def true(key: str) -> Entry:
    """An attribute that says that something is so."""
    entry = _entry(key)
    entry.value.b = True
    return entry


@functools.lru_cache(maxsize=_KEPT)
def texts(key: str, values: tuple[str, ...]) -> list[Entry]:
    """An attribute with a list of texts, or none if all are empty."""
    if not any(values):
        return []
    entry = _entry(key)
    entry.value.list.s.extend(bytes_of(value) for value in values)
    return [entry]


@functools.lru_cache(maxsize=_KEPT)
def dtype(name: str) -> list[Entry]:
    """The dtype, or none if TensorFlow has no number for it."""
    if name not in DTYPE_NUMBERS:
        return []
    entry = _entry("dtype")
    entry.value.type = DTYPE_NUMBERS[name]
    return [entry]


@functools.lru_cache(maxsize=_KEPT)
def shapes(values: tuple[Shape, ...]) -> list[Entry]:
    """The shapes of all outputs: TensorBoard prints entry k on the edges that leave output k.

    It drops an attribute of more than a kilobyte as a whole. Then it gets the shapes that there is room for, and all
    of them stand in an attribute of ours.
    """
    entry = _shapes(SHAPES, values)
    if len(values) <= _SURELY_SMALL or entry.value.ByteSize() <= LARGEST_ATTRIBUTE:
        return [entry]
    while entry.value.ByteSize() > LARGEST_ATTRIBUTE:
        del entry.value.list.shape[len(entry.value.list.shape) * 3 // 4 :]
    return [entry, _shapes(ALL_SHAPES, values)]


def _shapes(key: bytes, values: tuple[Shape, ...]) -> Entry:
    entry = _entry(key.decode())
    entry.value.list.SetInParent()
    for shape in values:
        proto = entry.value.list.shape.add()
        if shape is None:
            proto.unknown_rank = True
        else:
            for size in shape:
                proto.dim.add(size=-1 if size is None else size)
    return entry


def _entry(key: str) -> Entry:
    return NodeDef().attr.add(key=bytes_of(key))
