"""Names of nodes within their scopes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tbnotebook.graph.model import Graph


def name_nodes(graph: Graph) -> None:
    """Number the nodes of one name within their scope: "relu", "relu_1". Scopes keep their names."""
    taken: set[tuple[int, str]] = {(scope.parent, scope.name) for scope in graph.scopes}
    tried: dict[tuple[int, str], int] = {}
    for node in graph.nodes:
        base = node.name
        number = tried.get((node.scope, base), 0)
        while (node.scope, node.name) in taken:
            number += 1
            node.name = f"{base}_{number}"
        tried[node.scope, base] = number
        taken.add((node.scope, node.name))
