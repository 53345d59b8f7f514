"""Who stands in which scope, in which order, and how the members of one scope are wired to each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tbnotebook.graph.model import CONTROL

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    """The inside of every scope, by scope index. A tensor's edge appears in each scope that it runs through."""
    insides = [Inside() for _ in graph.scopes]
    for parent, members in enumerate(members_in_order(graph)):
        insides[parent].members = members
    depths = scope_depths(graph)
    seen: list[dict[tuple[int, int], int]] = [{} for _ in graph.scopes]
    for number, node in enumerate(graph.nodes):
        for edge in node.inputs:
            if edge.output == CONTROL:
                continue
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


def tangled(inside: Inside) -> set[Member]:
    """The members that some path leaves and enters again: as boxes they would stand in a cycle.

    These are the members of strongly connected components of more than one, by Tarjan's algorithm (SIAM J.
    Comput. 1972), written without recursion for chains of any length.
    """
    following: dict[Member, list[Member]] = {}
    for source, reader in inside.wires:
        following.setdefault(source, []).append(reader)
    order: dict[Member, int] = {}
    lowest: dict[Member, int] = {}
    open_members: list[Member] = []
    is_open: set[Member] = set()
    found: set[Member] = set()

    def begin(member: Member) -> tuple[Member, Iterator[Member]]:
        order[member] = lowest[member] = len(order)
        open_members.append(member)
        is_open.add(member)
        return member, iter(following.get(member, ()))

    for start in following:
        if start in order:
            continue
        path = [begin(start)]
        while path:
            member, rest = path[-1]
            after = next(rest, None)
            if after is None:
                path.pop()
                if path:
                    above = path[-1][0]
                    lowest[above] = min(lowest[above], lowest[member])
                if lowest[member] == order[member]:
                    component = _taken_down_to(open_members, member)
                    is_open.difference_update(component)
                    if len(component) > 1:
                        found.update(component)
            elif after not in order:
                path.append(begin(after))
            elif after in is_open:
                lowest[member] = min(lowest[member], order[after])
    return found


def _taken_down_to(stack: list[Member], last: Member) -> list[Member]:
    taken = [stack.pop()]
    while taken[-1] != last:
        taken.append(stack.pop())
    return taken
