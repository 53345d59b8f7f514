"""Who reads whom in a GraphDef, by the names of its nodes; an order in which they could run."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tbnotebook.graph.model import CONTROL
from tbnotebook.graph.note import counted

MOST_EDGES = 2_000_000
_LONGEST_NUMBER = 5

Inputs = list[tuple[int, int]]
"""The nodes that one reads, by place, and the number of the output of each; `CONTROL` where it only waits for it."""


@dataclass(slots=True)
class Flow:
    """The nodes of a graph, and by place what each reads."""

    nodes: list[Any] = field(default_factory=list)
    inputs: list[Inputs] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What was left out."""
    inside: set[int] = field(default_factory=set)
    """Places of the nodes that stand in a function."""
    results: dict[int, int] = field(default_factory=dict)
    """How many of its inputs, the first ones, a call gives on as its outputs."""
    functions: dict[bytes, bytes] = field(default_factory=dict)
    """The functions that opened calls show, by the whole name of the scope that holds their nodes."""


def flow_of(nodes: Sequence[Any], output_place: Callable[[bytes, bytes], int] = lambda op, output: 0) -> Flow:
    """Look up what each node reads; what names nothing is left out and noted.

    `output_place` tells which output of an op has a name: nodes in functions read "split:output:1".
    """
    flow = Flow(list(nodes))
    places = {node.name: place for place, node in reversed(list(enumerate(nodes)))}
    missing = read = 0
    for node in nodes:
        inputs: Inputs = []
        for reference in node.input:
            source, output = places.get(reference), 0
            if source is None:
                name, _, rest = reference.partition(b":")
                if name.startswith(b"^"):
                    source, output = places.get(name[1:]), CONTROL
                else:
                    source = places.get(name)
                    output = _output(rest, nodes[source].op, output_place) if source is not None else 0
            if source is None:
                missing += 1
            elif read < MOST_EDGES:
                read += 1
                inputs.append((source, output))
        flow.inputs.append(inputs)
    if read == MOST_EDGES:
        flow.notes.append(f"The first {MOST_EDGES:,} edges were read.")
    if missing:
        flow.notes.append(counted(missing, "input names a node that does", "inputs name nodes that do") + " not exist.")
    return flow


def _output(text: bytes, op: bytes, output_place: Callable[[bytes, bytes], int]) -> int:
    """The number of the output that "1" or "output:1" names."""
    name, _, number = text.rpartition(b":")
    place = int(number) if number.isdigit() and len(number) <= _LONGEST_NUMBER else 0
    return place + output_place(op, name) if name else place


def topological_order(inputs: Sequence[Inputs]) -> list[int]:
    """Places so that a node comes after what it reads, else as they were; cycles are cut at their first place."""
    if all(not known or max(known)[0] <= place for place, known in enumerate(inputs)):
        return list(range(len(inputs)))
    readers: list[list[int]] = [[] for _ in inputs]
    waits = [0] * len(inputs)
    for place, known in enumerate(inputs):
        for source, _ in known:
            if source != place:
                readers[source].append(place)
                waits[place] += 1
    ready = [place for place, count in enumerate(waits) if count == 0]
    order: list[int] = []
    placed = [False] * len(inputs)
    cut = 0
    while len(order) < len(inputs):
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
