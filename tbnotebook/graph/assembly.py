"""A graph put together from a file that lists operations by name: scopes made of the names, sums of the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tbnotebook.graph.model import Graph, Scope
from tbnotebook.graph.names import name_nodes
from tbnotebook.graph.note import counted
from tbnotebook.graph.structure import structure_hashes

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tbnotebook.graph.model import Parameter

DEEPEST_SCOPE = 32
"""Levels of a name that become scopes."""
LONGEST_TEXT = 60
"""Characters of an attribute's text that are kept."""


class Assembly:
    """A graph while its nodes are added to it, each behind those that feed it."""

    def __init__(self, name: str, cls: str) -> None:
        self.graph = Graph([Scope(name, cls=cls, called=False)], mode=cls.lower())
        self._scopes: dict[tuple[int, str], int] = {}

    def scope(self, segments: Sequence[str]) -> int:
        """Index of the scope of these names, one within the other below the root. It is made if there is none."""
        scope = 0
        for segment in segments:
            known = self._scopes.get((scope, segment))
            if known is None:
                above = self.graph.scopes[scope].path
                path = f"{above}.{segment}" if above else segment
                self.graph.scopes.append(Scope(segment, path, parent=scope, at=len(self.graph.nodes), called=False))
                known = self._scopes[scope, segment] = len(self.graph.scopes) - 1
            scope = known
        return scope

    def finish(self, weights: Collection[Parameter], unknown: int) -> None:
        """Name the nodes and sum up what the scopes hold; `unknown` inputs name what is not in the file."""
        graph = self.graph
        if unknown:
            graph.notes.append(f"{counted(unknown, 'input names a tensor', 'inputs name tensors')} that nothing makes.")
        name_nodes(graph)
        below: list[dict[str, int]] = [{} for _ in graph.scopes]
        for node in graph.nodes:
            if node.scope >= 0:
                graph.scopes[node.scope].flops += node.flops
                graph.scopes[node.scope].bytes += sum(tensor.nbytes or 0 for tensor in node.outputs)
                below[node.scope].update((weight.name, weight.count) for weight in node.params)
        for index in reversed(range(len(graph.scopes))):
            scope = graph.scopes[index]
            scope.total = scope.trainable = sum(below[index].values())
            if scope.parent >= 0:
                graph.scopes[scope.parent].flops += scope.flops
                graph.scopes[scope.parent].bytes += scope.bytes
                below[scope.parent].update(below[index])
        graph.params = graph.trainable = sum(weight.count for weight in weights)
        counts: dict[str, int] = {}
        for weight in weights:
            counts[weight.dtype] = counts.get(weight.dtype, 0) + weight.count
        graph.dtypes = sorted(counts, key=lambda dtype: -counts[dtype])
        for scope, structure in zip(graph.scopes, structure_hashes(graph), strict=True):
            scope.hash = structure
