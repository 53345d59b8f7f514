"""From what was recorded to the graph: what led nowhere is dropped, nodes get names, sums go up the scopes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import torch

from tbnotebook.graph import Edge, Graph, Node, Parameter, closed_below, name_nodes, structure_hashes
from tbnotebook.tracer.facts import ModuleFacts, describe_model

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tbnotebook.tracer.recorder import Recorder


def finished(recorder: Recorder, model: Any, mode: str, depth: int | None = None) -> Graph:
    """The graph of a forward pass that has ended. The model still has to be as the pass left it.

    Modules that stand `depth` calls below the model are not opened.
    """
    graph = Graph(recorder.tree.scopes, recorder.nodes, mode, str(torch.__version__), recorder.notes)
    facts = ModuleFacts(model)
    for index, module in recorder.tree.modules.items():
        facts.describe(graph.scopes[index], module)
    describe_model(graph, model)
    drop_dead(graph)
    name_nodes(graph)
    shorten_parameters(graph)
    sum_up(graph)
    if depth is not None:
        graph = closed_below(graph, depth)
    for scope, structure in zip(graph.scopes, structure_hashes(graph), strict=True):
        scope.hash = structure
    return graph


def drop_dead(graph: Graph) -> None:
    """Drop the nodes that no output depends on.

    Kept all the same: module calls, for they did run; writing into memory, unless it only counts (a step
    counter reads nothing that comes from an input); and everything, where the model returned no tensor.
    """
    nodes, scopes = graph.nodes, graph.scopes
    if not any(node.kind == "output" for node in nodes):
        return
    fed = _fed(nodes)
    _forget_bookkeeping(nodes, fed)
    live = reached(
        nodes,
        (
            number
            for number, node in enumerate(nodes)
            if node.kind in ("input", "output", "module") or (node.mutates and number in fed)
        ),
    )
    # From the innermost scope outwards, so that only the innermost silent call keeps its nodes.
    beneath: list[list[int]] = [[] for _ in scopes]
    for number, node in enumerate(nodes):
        if node.scope >= 0:
            beneath[node.scope].append(number)
    alive = [any(number in live for number in numbers) for numbers in beneath]
    for index in reversed(range(len(scopes))):
        if not alive[index] and scopes[index].called and beneath[index]:
            live |= reached(nodes, beneath[index])
            alive[index] = True
        if alive[index] and scopes[index].parent >= 0:
            alive[scopes[index].parent] = True
    _keep_only(graph, live)


def _fed(nodes: list[Node]) -> set[int]:
    """The nodes that depend on an input."""
    fed: set[int] = set()
    for number, node in enumerate(nodes):
        if node.kind == "input" or any(edge.source in fed for edge in node.inputs):
            fed.add(number)
    return fed


def _forget_bookkeeping(nodes: list[Node], fed: set[int]) -> None:
    """Unlink updates of the model's own state by what does not come from its inputs.

    Spectral norm's power iteration and the buffers that a data-parallel wrapper copies: what reads that state
    reads a buffer, the way it was kept up to date is no part of the network.
    """
    kept = {number for number, node in enumerate(nodes) if node.mutates and node.params and number not in fed}
    for node in nodes:
        if node.params:
            node.inputs = [edge for edge in node.inputs if edge.source not in kept]


def reached(nodes: list[Node], ends: Iterable[int]) -> set[int]:
    """The nodes that `ends` depend on, and themselves."""
    waiting = list(ends)
    seen = set(waiting)
    while waiting:
        for edge in nodes[waiting.pop()].inputs:
            if edge.source not in seen:
                seen.add(edge.source)
                waiting.append(edge.source)
    return seen


def _keep_only(graph: Graph, live: set[int]) -> None:
    places = [0]  # how many nodes are kept before each
    for number in range(len(graph.nodes)):
        places.append(places[-1] + (number in live))
    graph.nodes = [node for number, node in enumerate(graph.nodes) if number in live]
    for node in graph.nodes:
        node.inputs = [Edge(places[edge.source], edge.output, edge.arg) for edge in node.inputs]
    for scope in graph.scopes:
        scope.at = places[scope.at]


def shorten_parameters(graph: Graph) -> None:
    """Name the parameters that a node reads from its scope: "weight" within its own module."""
    first: dict[str, Parameter] = {}
    for scope in graph.scopes:
        prefix = f"{scope.path}." if scope.path else ""
        for own in scope.params:
            first.setdefault(prefix + own.name, own)
    for node in graph.nodes:
        path = graph.scopes[node.scope].path if node.scope >= 0 else ""
        for place, whole in enumerate(node.params):
            known = first.get(whole.name)
            name = whole.name.removeprefix(f"{path}.") if path else whole.name
            node.params[place] = replace(whole, name=name, shared=known.shared if known else "")


def sum_up(graph: Graph) -> None:
    """Add FLOPs and bytes of the nodes to their scopes, and of the scopes to those around them."""
    for node in graph.nodes:
        if node.scope < 0 or node.kind not in ("op", "module"):
            continue
        scope = graph.scopes[node.scope]
        scope.flops += node.flops
        if not (node.is_view or node.mutates):
            scope.bytes += sum(tensor.nbytes or 0 for tensor in node.outputs)
    for scope in reversed(graph.scopes):
        if scope.parent >= 0:
            graph.scopes[scope.parent].flops += scope.flops
            graph.scopes[scope.parent].bytes += scope.bytes
