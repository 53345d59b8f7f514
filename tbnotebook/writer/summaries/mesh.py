"""Meshes and clouds of points: vertices, and perhaps faces and colours."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tbnotebook.events import schema
from tbnotebook.writer.summaries.tensor import add_tensor
from tbnotebook.writer.values import BadValue

_PARTS: Final = {"VERTEX": 1, "FACE": 2, "COLOR": 3}


def check_mesh(shapes: Mapping[str, tuple[int, ...]]) -> None:
    """Check that each part is of shape (batch, number, 3).

    Raises
    ------
    BadValue
        One is not.
    """
    for part, shape in shapes.items():
        if len(shape) != 3 or shape[2] != 3:
            raise BadValue(f"vertices, colors and faces have the shape (batch, number, 3); got {shape} for {part}")


def encode_config(config: Any) -> bytes:
    """Return the dict of ThreeJS's classes and configuration as JSON.

    Raises
    ------
    BadValue
        It is none that JSON holds.
    """
    try:
        return json.dumps(config or {}, sort_keys=True).encode()
    except (TypeError, ValueError) as problem:
        raise BadValue(f"config_dict is a dict for JSON; got {config!r} ({problem})") from problem


def add_mesh(summary: Any, tag: bytes, parts: Mapping[str, NDArray[Any]], config: bytes) -> None:
    """Add a mesh to a summary: a value a part, ``<tag>_VERTEX`` and so on."""
    components = sum(1 << _PARTS[part] for part in parts)
    for part, array in parts.items():
        known = schema.MeshPluginData(
            name=tag, content_type=_PARTS[part], json_config=config, shape=array.shape, components=components
        )
        name = tag + f"_{part}".encode()
        add_tensor(summary, name, array.astype(np.float32), b"mesh", known.SerializeToString())
