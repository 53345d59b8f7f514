"""Which node made a tensor: the edges of the graph come from here."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from torch.multiprocessing.reductions import StorageWeakRef
from torch.utils.weak import WeakTensorKeyDictionary

from tbnotebook.graph import Edge
from tbnotebook.tracer.values import unwrap

if TYPE_CHECKING:
    import torch


class Flow:
    """Remembers the producer of every tensor object, and the last writer of every storage.

    A tensor is found by its object first. Its storage tells whether someone has written into it since, through
    a view or in place, and finds tensors whose Python object was made anew.
    """

    def __init__(self) -> None:
        self._made: WeakTensorKeyDictionary = WeakTensorKeyDictionary()
        self._wrote: dict[int, tuple[Edge, StorageWeakRef]] = {}

    def made(self, tensor: torch.Tensor, key: int | None, node: int, output: int, *, view: bool = False) -> None:
        """Output `output` of node `node` is `tensor`; a `view` looks at memory that it did not write.

        `key` is the tensor's `storage_key`.
        """
        edge = Edge(node, output)
        # Some tensor subclasses cannot be keys; their storage still leads to the producer.
        with contextlib.suppress(Exception):
            self._made[tensor] = edge
        if key is not None and not view:
            with contextlib.suppress(Exception):
                self._wrote[key] = (edge, StorageWeakRef(unwrap(tensor).untyped_storage()))

    def sources(self, tensor: torch.Tensor, key: int | None) -> list[Edge]:
        """Where the value of `tensor` comes from: its producer, and whoever wrote into it later."""
        producer: Edge | None = self._made.get(tensor)
        writer = self._writer(key) if key is not None else None
        if producer is None:
            return [writer] if writer else []
        if writer is None or writer.source <= producer.source:
            return [producer]
        return [producer, writer]

    def _writer(self, key: int) -> Edge | None:
        """The last node that wrote into the storage at `key`, if that storage is still alive."""
        entry = self._wrote.get(key)
        if entry is None:
            return None
        edge, storage = entry
        if storage.expired():
            del self._wrote[key]
            return None
        return edge
