"""What containers, objects, arrays and random generators hold, kept so that it can be put back."""

from __future__ import annotations

import collections
import dataclasses
import random
import types
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import nn

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_DEEPEST = 5
_LARGEST_ARRAY = 64 << 20


class _Way(Enum):
    """How the contents of a value are kept."""

    CLOSED = auto()
    MAPPING = auto()
    SEQUENCE = auto()
    TUPLE = auto()
    OBJECT = auto()
    ARRAY = auto()
    GENERATOR = auto()


_CONTAINERS: dict[type, _Way] = {
    dict: _Way.MAPPING,
    collections.OrderedDict: _Way.MAPPING,
    collections.defaultdict: _Way.MAPPING,
    collections.Counter: _Way.MAPPING,
    list: _Way.SEQUENCE,
    set: _Way.SEQUENCE,
    collections.deque: _Way.SEQUENCE,
    bytearray: _Way.SEQUENCE,
    tuple: _Way.TUPLE,
}


class Contents:
    """Remembers what values hold, through containers and objects, and puts it back.

    An object is opened if it is a dataclass, a namespace, or of a class that is written in one of `homes`, the
    Python modules of the network's classes. Any other (a logger, a data loader that a model refers to) is somebody
    else's, and may rightly change meanwhile. Arrays of more than 64 MB are left out.
    """

    def __init__(self, homes: Collection[str] = ()) -> None:
        self._homes = homes
        self._ways = dict(_CONTAINERS)
        self._containers: dict[int, tuple[Any, Any]] = {}
        self._arrays: dict[int, tuple[Any, Any]] = {}
        self._generators: dict[int, tuple[Any, Any]] = {}

    def keep(self, value: Any, depth: int = 0) -> None:
        """Remember what `value` holds, and what the values in it hold."""
        way = self._ways.get(type(value)) or self._way(type(value))
        if way is _Way.CLOSED or depth > _DEEPEST:
            return
        if way is _Way.OBJECT:
            value, way = vars(value), _Way.MAPPING
        if way is _Way.ARRAY:
            if value.nbytes <= _LARGEST_ARRAY:
                self._arrays.setdefault(id(value), (value, value.copy()))
        elif way is _Way.GENERATOR:
            self._generators.setdefault(id(value), (value, state_of(value)))
        elif way is _Way.TUPLE:
            self._keep_all(value, depth + 1)
        elif id(value) not in self._containers:
            self._containers[id(value)] = (value, value.copy() if value else ())
            self._keep_all(value.values() if way is _Way.MAPPING else value, depth + 1)

    def _keep_all(self, parts: Iterable[Any], depth: int) -> None:
        for part in parts:
            if self._ways.get(type(part)) is not _Way.CLOSED:
                self.keep(part, depth)

    def restore(self) -> None:
        """Give back to every value what it held."""
        for container, copy in self._containers.values():
            if container or copy:
                _refill(container, copy)
        for array, copy in self._arrays.values():
            if array.shape == copy.shape and array.flags.writeable:
                array[...] = copy
        for generator, state in self._generators.values():
            put_back(generator, state)

    def _way(self, kind: type) -> _Way:
        """How values of this type are kept; asked once for each."""
        if issubclass(kind, (torch.Generator, random.Random, np.random.Generator, np.random.RandomState)):
            way = _Way.GENERATOR
        elif kind is np.ndarray:
            way = _Way.ARRAY
        elif issubclass(kind, tuple):
            way = _Way.TUPLE
        else:
            way = _Way.OBJECT if self._opens(kind) else _Way.CLOSED
        self._ways[kind] = way
        return way

    def _opens(self, kind: type) -> bool:
        if issubclass(kind, (nn.Module, torch.Tensor, type, types.FunctionType)) or not kind.__dictoffset__:
            return False
        return dataclasses.is_dataclass(kind) or kind is types.SimpleNamespace or kind.__module__ in self._homes


def state_of(generator: Any) -> Any:
    """Where a random generator of torch's, numpy's or Python's stands."""
    if isinstance(generator, random.Random):
        return generator.getstate()
    return generator.bit_generator.state if hasattr(generator, "bit_generator") else generator.get_state()


def put_back(generator: Any, state: Any) -> None:
    """Let a random generator stand where `state_of` found it."""
    if isinstance(generator, random.Random):
        generator.setstate(state)
    elif hasattr(generator, "bit_generator"):
        generator.bit_generator.state = state
    else:
        generator.set_state(state)


def _refill(container: Any, copy: Any) -> None:
    """Give `container` the members of `copy`, if one was added, removed, moved or replaced."""
    if len(container) == len(copy):
        if isinstance(container, dict):
            pairs = zip(container.items(), copy.items(), strict=True)
            if all(mine[0] is old[0] and mine[1] is old[1] for mine, old in pairs):
                return
        elif isinstance(container, (set, bytearray)):
            if container == copy:
                return
        elif all(mine is old for mine, old in zip(container, copy, strict=True)):
            return
    container.clear()
    if isinstance(container, (dict, set)):
        container.update(copy)
    else:
        container.extend(copy)
