"""A hash of what a scope is made of: repeats of one block have the same."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from tbnotebook.graph.hierarchy import hierarchy

if TYPE_CHECKING:
    from tbnotebook.graph.hierarchy import Inside, Member
    from tbnotebook.graph.model import Graph

_DIGEST_BYTES = 8
_OWN = frozenset(["seed", "seed2", "shared_name", "container"])
"""Attributes in TensorFlow's graphs that no two operations share; as those that begin with "_" they tell of no size."""


def structure_hashes(graph: Graph, *, sizes: bool = False, insides: list[Inside] | None = None) -> list[str]:
    """One hash a scope, of its class, parameters, members and their wiring, in order of execution.

    Names do not enter, nor do sizes unless `sizes` is set: then two scopes are equal only if all shapes of
    parameters and results are, too. `insides` is the graph's `hierarchy`, if the caller has it.
    """
    insides = hierarchy(graph) if insides is None else insides
    hashes = [""] * len(graph.scopes)
    for index in reversed(range(len(graph.scopes))):
        scope, inside = graph.scopes[index], insides[index]
        own = [(p.name, p.shape, p.dtype) if sizes else p.name for p in scope.params]
        places = {member: place for place, member in enumerate(inside.members)}
        reads: dict[Member, list[int]] = {}
        for source, reader in inside.wires:
            reads.setdefault(reader, []).append(places[source])
        for entry, reader in inside.entries:
            reads.setdefault(reader, []).append(~entry)
        labels = [
            (hashes[~member] if member < 0 else _label(graph, member, sizes), _each_once(reads.get(member, [])))
            for member in inside.members
        ]
        shapes = [tensor.shape for tensor in scope.outputs] if sizes else None
        text = repr((scope.cls, own, labels, shapes))
        hashes[index] = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=_DIGEST_BYTES).hexdigest()
    return hashes


def _each_once(places: list[int]) -> list[int]:
    return sorted(set(places)) if len(places) > 1 else places


def _label(graph: Graph, number: int, sizes: bool) -> object:
    node = graph.nodes[number]
    names = sorted([parameter.name for parameter in node.params]) if node.params else []
    if not sizes:
        return node.kind, node.op, names
    attrs = [(key, value) for key, value in sorted(node.attrs.items()) if not key.startswith("_") and key not in _OWN]
    return node.kind, node.op, names, [tensor.shape for tensor in node.outputs], attrs
