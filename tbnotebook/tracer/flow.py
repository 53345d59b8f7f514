"""Which node made a tensor: the edges of the graph come from here."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING

from torch.multiprocessing.reductions import StorageWeakRef

from tbnotebook.graph import Edge

if TYPE_CHECKING:
    import torch


class Flow:
    """Remembers the producer of every tensor object, and the last writer of every storage.

    A tensor is found by its object first. Its storage tells whether someone has written into it since, through
    a view or in place, and finds tensors whose Python object was made anew.
    """

    def __init__(self) -> None:
        self._made: dict[int, tuple[Edge, weakref.ref[torch.Tensor]]] = {}
        self._wrote: dict[int, tuple[Edge, StorageWeakRef]] = {}

    def made(
        self, tensor: torch.Tensor, storage: torch.UntypedStorage | None, node: int, output: int, *, view: bool = False
    ) -> None:
        """Output `output` of node `node` is `tensor`; a `view` looks at memory that it did not write.

        `storage` is the tensor's `storage_of`.
        """
        edge = Edge(node, output)
        self._made[id(tensor)] = edge, weakref.ref(tensor)
        if storage is not None and not view:
            self._wrote[storage._cdata] = edge, StorageWeakRef(storage)

    def sources(self, tensor: torch.Tensor, key: int | None) -> list[Edge]:
        """Where the value of `tensor` comes from: its producer, and whoever wrote into it later."""
        known = self._made.get(id(tensor))
        producer = known[0] if known is not None and known[1]() is tensor else None
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
