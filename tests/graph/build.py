"""Graphs by hand: modules as nested calls, operations as a chain."""

from __future__ import annotations

from contextlib import contextmanager

from tbnotebook.graph import Edge, Graph, Node, Parameter, Scope, Tensor
from tbnotebook.graph.structure import structure_hashes


class Builder:
    """Grows a graph the way a trace does; every operation reads the one before it unless told otherwise."""

    def __init__(self, name="Net"):
        self.graph = Graph([Scope(name, cls=name)])
        self.here = 0
        self.last = self.node("x", "input", kind="input", scope=-1, reads=[])

    def node(self, name, op=None, *, kind="op", scope=None, reads=None, shape=(2, 8), params=()):
        scope = self.here if scope is None else scope
        reads = [self.last] if reads is None else reads
        edges = [Edge(source) for source in reads]
        self.graph.nodes.append(Node(name, op or name, kind, scope, [Tensor(shape, "float32")], edges, list(params)))
        self.last = len(self.graph.nodes) - 1
        return self.last

    @contextmanager
    def module(self, name, cls, *, params=(), called=True):
        parent, at = self.here, len(self.graph.nodes)
        path = f"{self.graph.scopes[parent].path}.{name}".lstrip(".")
        scope = Scope(name, path, cls, parent, at, called=called, params=list(params))
        self.graph.scopes.append(scope)
        self.here = len(self.graph.scopes) - 1
        yield
        self.here = parent

    def linear(self, name, *, size=8, reads=None):
        weight = Parameter("weight", (size, 8), "float32")
        with self.module(name, "Linear", params=[weight]):
            return self.node("linear", reads=reads, shape=(2, size), params=[weight])

    def finished(self):
        """The graph with an output, parameter sums and hashes."""
        self.node("output", kind="output", scope=-1)
        graph = self.graph
        for scope in reversed(graph.scopes):
            scope.total += sum(parameter.count for parameter in scope.params)
            if scope.parent >= 0:
                graph.scopes[scope.parent].total += scope.total
        graph.params = graph.scopes[0].total
        for scope, structure in zip(graph.scopes, structure_hashes(graph), strict=True):
            scope.hash = structure
        return graph


def decoder(layers, steps, *, unlike=0):
    """A stack of equal blocks, and `unlike` ones of which none is like another."""
    build = Builder("Decoder")
    build.linear("embed")
    with build.module("layers", "ModuleList", called=False):
        for layer in range(layers):
            with build.module(str(layer), "Block"):
                for part in ("attention", "mlp"):
                    with build.module(part, part.title()):
                        build.linear("up")
                        for step in range(steps):
                            build.node(f"{part}_step{step}")
    for number in range(unlike):
        with build.module(f"own{number}", f"Own{number}"), build.module("inner", "Inner"):
            for step in range(steps):
                build.node(f"unlike{number}_{step}", shape=(number + 2, step + 2))
    build.linear("head")
    return build.finished()


def drawn(payload):
    """What the first look draws, as (kind, name) in order."""
    group = payload["items"][payload["look"]["drawn"]]
    return [(payload["items"][child]["kind"], payload["items"][child]["name"]) for child in group["children"]]


def item(payload, name):
    """The only item of this name."""
    (found,) = (item for item in payload["items"] if item["name"] == name)
    return found


def opened(payload):
    return [payload["items"][number]["name"] for number in payload["look"]["open"]]
