"""The same calls given to our writer and to torch's, and the values that come to stand in their files."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from tensorboard.compat.proto.tensor_pb2 import TensorProto
from tensorboard.util import tensor_util
from torch.utils.tensorboard import SummaryWriter as TorchWriter

from tbnotebook import SummaryWriter
from tbnotebook.writer import BadValue, WriterWarning
from tests.events.reading import events_in

Call = Callable[[Any], None]


def values_in(folder: Path) -> dict[bytes, Any]:
    """The last value of each tag."""
    return {value.tag: value for event in events_in(folder) for value in event.summary.value}


def written_by_both(folder: Path, call: Call) -> tuple[dict[bytes, Any], dict[bytes, Any]]:
    """What a call writes with our writer, and what with torch's."""
    with SummaryWriter(folder / "ours", strict=True) as ours:
        call(ours)
    with TorchWriter(folder / "torchs") as torchs:
        call(torchs)
    return values_in(folder / "ours"), values_in(folder / "torchs")


def written(folder: Path, call: Call) -> Any:
    """The only value that a call writes with our writer."""
    with SummaryWriter(folder, strict=True) as writer:
        call(writer)
    (value,) = values_in(folder).values()
    return value


def given_and_flushed(writer: SummaryWriter, call: Call) -> None:
    """Call, and write what was added."""
    call(writer)
    writer.flush()


def check_left_out(folder: Path, call: Call) -> None:
    """A call costs its own event, counted, and no other; and raises in a strict writer."""
    with SummaryWriter(folder / "lax") as writer:
        with pytest.warns(WriterWarning):
            given_and_flushed(writer, call)
        writer.add_scalar("y", 1.0)
        writer.flush()
        assert (writer.health.written, writer.health.dropped) == (1, 1)
    with SummaryWriter(folder / "strict", strict=True) as writer, pytest.raises(BadValue):
        call(writer)


def pixels(value: Any) -> np.ndarray:
    """The pixels of a picture's value as red, green and blue."""
    return np.asarray(picture(value).convert("RGB"))


def picture(value: Any) -> Image.Image:
    return Image.open(io.BytesIO(value.image.encoded_image_string))


def array(value: Any) -> np.ndarray:
    """A tensor's value as TensorBoard makes an array of it."""
    return tensor_util.make_ndarray(TensorProto.FromString(value.tensor.SerializeToString()))
