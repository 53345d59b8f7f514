"""The files of TensorBoard's Projector, which stand beside the event files."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tbnotebook.events.address import is_store
from tbnotebook.writer.child import run_folder
from tbnotebook.writer.summaries.image import as_bytes, lay_out
from tbnotebook.writer.summaries.png import encode_png
from tbnotebook.writer.values import BadValue, describe

CONFIG = "projector_config.pbtxt"


@dataclass(frozen=True)
class Embedding:
    """One embedding, as its files.

    Attributes
    ----------
    name
        The tensor's, in the Projector.
    folder
        Relative to the run's.
    files
        Name → content.
    sprite : tuple of int or None
        Width and height of each picture.
    """

    name: str
    folder: str
    files: Mapping[str, bytes]
    sprite: tuple[int, int] | None


def embedding_of(
    mat: NDArray[Any], metadata: Any, pictures: NDArray[Any] | None, header: Any, tag: str, step: int
) -> Embedding:
    """Return the files of an embedding of shape (points, dimensions).

    Raises
    ------
    BadValue
        There are not as many labels or pictures as points, or the shapes are others.
    """
    if mat.ndim != 2:
        raise BadValue(f"an embedding has the shape (points, dimensions); got {mat.shape}")
    files = {"tensors.tsv": _lines("\t".join(map(repr, row)) for row in mat.tolist())}
    if metadata is not None:
        files["metadata.tsv"] = _labels(metadata, header, len(mat))
    sprite = None
    if pictures is not None:
        if pictures.ndim != 4 or len(pictures) != len(mat):
            raise BadValue(f"label_img has the shape ({len(mat)}, C, H, W), one for each point; got {pictures.shape}")
        files["sprite.png"] = encode_png(_square(as_bytes(lay_out(pictures, "NCHW"))))
        sprite = (pictures.shape[3], pictures.shape[2])
    plain = run_folder(tag.replace("%", "%25").replace("/", "%2f").replace("\\", "%5c"), portable=False)
    return Embedding(f"{tag}:{step:05d}", f"{step:05d}/{plain}", files, sprite)


def config_of(embeddings: Iterable[Embedding]) -> bytes:
    """Return ``projector_config.pbtxt`` for all embeddings of a run."""
    blocks = []
    for each in embeddings:
        lines = [f"tensor_name: {_quoted(each.name)}", f"tensor_path: {_quoted(f'{each.folder}/tensors.tsv')}"]
        if "metadata.tsv" in each.files:
            lines.append(f"metadata_path: {_quoted(f'{each.folder}/metadata.tsv')}")
        if each.sprite is not None:
            sizes = " ".join(f"single_image_dim: {size}" for size in each.sprite)
            lines.append(f"sprite {{ image_path: {_quoted(f'{each.folder}/sprite.png')} {sizes} }}")
        blocks.append("embeddings {\n" + "".join(f"  {line}\n" for line in lines) + "}\n")
    return "".join(blocks).encode()


def store(root: str, embedding: Embedding, config: bytes) -> None:
    """Write the files below a folder of this machine or of an object store; the configuration last."""
    whole = {f"{embedding.folder}/{name}": content for name, content in embedding.files.items()} | {CONFIG: config}
    if is_store(root):
        import fsspec

        for path, content in whole.items():
            with fsspec.open(f"{root.rstrip('/')}/{path}", "wb") as file:
                file.write(content)
        return
    for path, content in whole.items():
        place = os.path.join(root, *path.split("/"))
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "wb") as file:
            file.write(content)


def _labels(metadata: Any, header: Any, count: int) -> bytes:
    rows: Sequence[Any] = list(metadata)
    if len(rows) != count:
        raise BadValue(f"there is a label for each of {count} points; got {len(rows)}")
    if not header:
        return _lines(map(_cell, rows))
    table = [list(header), *map(list, rows)]
    if any(len(row) != len(table[0]) for row in table):
        raise BadValue(f"each label has the {len(table[0])} columns of metadata_header; got {describe(rows[0])}")
    return _lines("\t".join(map(_cell, row)) for row in table)


def _cell(value: Any) -> str:
    item = getattr(value, "item", None)
    text = str(value if item is None or getattr(value, "size", 0) != 1 else item())
    return " ".join(text.split("\t")).replace("\n", " ").replace("\r", " ")


def _lines(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")


def _square(images: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Lay (N, H, W, C) out in as many columns as rows."""
    count, height, width, channels = images.shape
    side = math.isqrt(count - 1) + 1 if count else 1
    canvas = np.zeros((side * side, height, width, channels), np.uint8)
    canvas[:count] = images
    laid_out = canvas.reshape(side, side, height, width, channels).swapaxes(1, 2)
    found: NDArray[np.uint8] = laid_out.reshape(side * height, side * width, channels)
    return found


def _quoted(text: str) -> str:
    """Return a text as protobuf's text format has it: whatever is no plain letter as the octal of its bytes."""
    octets = text.encode("utf-8", "backslashreplace")
    return '"' + "".join(chr(o) if 32 <= o < 127 and o not in b'"\\' else f"\\{o:03o}" for o in octets) + '"'
