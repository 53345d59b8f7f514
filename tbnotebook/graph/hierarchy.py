"""Who stands in which scope, in which order, and how the members of one scope are wired to each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tbnotebook.graph.model import Graph

Member = int
"""A node by its number ``n``, a scope by ``~index``: the one is never negative, the other always."""


@dataclass(slots=True)
class Inside:
    """One scope from within."""

    members: list[Member] = field(default_factory=list)
    """In order of execution."""
    wires: list[tuple[Member, Member]] = field(default_factory=list)
    """From member to member, in the order in which the members read."""
    entries: list[tuple[int, Member]] = field(default_factory=list)
    """Tensors from outside: the k-th that the scope reads (from 0), and the member that reads it."""


def hierarchy(graph: Graph) -> list[Inside]:
    """The inside of every scope, by scope index. An edge appears in each scope that it runs through."""
    insides = [Inside() for _ in graph.scopes]
    for parent, members in enumerate(members_in_order(graph)):
        insides[parent].members = members
    depths = scope_depths(graph)
    seen: list[dict[tuple[int, int], int]] = [{} for _ in graph.scopes]
    for number, node in enumerate(graph.nodes):
        for edge in node.inputs:
            reader: Member = number
            scope = node.scope
            source: Member = edge.source
            above = graph.nodes[edge.source].scope
            while scope >= 0:
                while above >= 0 and depths[above] > depths[scope]:
                    source, above = ~above, graph.scopes[above].parent
                if above == scope:
                    if source != reader:
                        insides[scope].wires.append((source, reader))
                    break
                known = seen[scope]
                entry = known.setdefault((edge.source, edge.output), len(known))
                insides[scope].entries.append((entry, reader))
                reader, scope = ~scope, graph.scopes[scope].parent
    return insides


def members_in_order(graph: Graph) -> list[list[Member]]:
    """The members of every scope in order of execution, by scope index."""
    placed: list[list[tuple[int, int, Member]]] = [[] for _ in graph.scopes]
    for index, scope in enumerate(graph.scopes):
        if scope.parent >= 0:
            placed[scope.parent].append((scope.at, index - len(graph.scopes), ~index))
    for number, node in enumerate(graph.nodes):
        if node.scope >= 0:
            placed[node.scope].append((number, number, number))
    return [[member for _, _, member in sorted(members)] for members in placed]


def scope_depths(graph: Graph) -> list[int]:
    """How many scopes stand around each scope."""
    depths: list[int] = []
    for scope in graph.scopes:
        depths.append(depths[scope.parent] + 1 if scope.parent >= 0 else 0)
    return depths


def is_convex(inside: Inside, member: Member) -> bool:
    """Whether no path leaves `member` and comes back to it: only then can it be drawn as one box in the flow."""
    following: dict[Member, list[Member]] = {}
    for source, reader in inside.wires:
        following.setdefault(source, []).append(reader)
    waiting = [reader for reader in following.get(member, ()) if reader != member]
    seen = set(waiting)
    while waiting:
        for reader in following.get(waiting.pop(), ()):
            if reader == member:
                return False
            if reader not in seen:
                seen.add(reader)
                waiting.append(reader)
    return True
