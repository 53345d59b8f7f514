"""What a graph has, asked for in a word."""

from __future__ import annotations


def the(graph, **wanted):
    """The only node with these facts."""
    (found,) = (n for n in graph.nodes if all(getattr(n, key) == value for key, value in wanted.items()))
    return found


def reads(graph, node):
    return [graph.nodes[edge.source] for edge in node.inputs]


def scope(graph, path):
    return next(scope for scope in graph.scopes if scope.path == path)
