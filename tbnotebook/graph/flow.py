"""Who reads whom in a GraphDef, by the names of its nodes; an order in which they could run."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import Any

MOST_EDGES = 2_000_000
_LONGEST_NUMBER = 5


class References:
    """The inputs of each node, looked up; what names nothing is left out and noted."""

    def __init__(self, nodes: Sequence[Any]) -> None:
        self.sources: list[list[int]] = []
        """By place of the reader: the places of the nodes that it reads."""
        self.outputs: list[list[int]] = []
        """The number of the output that it reads of each."""
        self.notes: list[str] = []
        places = {node.name: place for place, node in reversed(list(enumerate(nodes)))}
        control = missing = read = 0
        for node in nodes:
            sources: list[int] = []
            outputs: list[int] = []
            for reference in node.input:
                source, output = places.get(reference), 0
                if source is None:
                    name, _, number = reference.partition(b":")
                    if name.startswith(b"^"):
                        control += 1
                        continue
                    source = places.get(name)
                    output = int(number) if number.isdigit() and len(number) <= _LONGEST_NUMBER else 0
                if source is None:
                    missing += 1
                elif read < MOST_EDGES:
                    read += 1
                    sources.append(source)
                    outputs.append(output)
            self.sources.append(sources)
            self.outputs.append(outputs)
        if read == MOST_EDGES:
            self.notes.append(f"The first {MOST_EDGES:,} edges were read.")
        if control:
            self.notes.append(f"{control:,} control edges are not drawn.")
        if missing:
            self.notes.append(f"{missing:,} inputs name nodes that do not exist.")


def topological_order(sources: Sequence[Sequence[int]]) -> list[int]:
    """Places so that a node comes after what it reads, else as they were; cycles are cut at their first place."""
    if all(max(known, default=0) <= place for place, known in enumerate(sources)):
        return list(range(len(sources)))
    readers: list[list[int]] = [[] for _ in sources]
    waits = [0] * len(sources)
    for place, known in enumerate(sources):
        for source in known:
            if source != place:
                readers[source].append(place)
                waits[place] += 1
    ready = [place for place, count in enumerate(waits) if count == 0]
    order: list[int] = []
    placed = [False] * len(sources)
    cut = 0
    while len(order) < len(sources):
        if not ready:
            while placed[cut]:
                cut += 1
            ready.append(cut)
        place = heapq.heappop(ready)
        if placed[place]:
            continue
        placed[place] = True
        order.append(place)
        for reader in readers[place]:
            waits[reader] -= 1
            if waits[reader] == 0 and not placed[reader]:
                heapq.heappush(ready, reader)
    return order
