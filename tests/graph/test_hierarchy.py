"""Structure: what is equal, what is tangled."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tbnotebook.graph.hierarchy import Inside, members_in_order, tangled
from tbnotebook.graph.structure import structure_hashes
from tests.graph.build import Builder


def two_blocks(*, second_size=8, second_op="relu", skip=False):
    net = Builder()
    for name, size, op in (("a", 8, "relu"), ("b", second_size, second_op)):
        with net.module(name, "Block"):
            start = net.last
            net.linear("fc", size=size)
            relu = net.node(op)
            net.node("add", reads=[relu, start] if skip and name == "b" else [relu])
    return net.finished()


def hashes_of_blocks(graph, **options):
    made = structure_hashes(graph, **options)
    return [made[index] for index, scope in enumerate(graph.scopes) if scope.cls == "Block"]


def test_repeats_have_one_hash_whatever_they_are_called():
    one, other = hashes_of_blocks(two_blocks())
    assert one == other


def test_sizes_count_only_where_asked_for():
    graph = two_blocks(second_size=16)
    assert len(set(hashes_of_blocks(graph))) == 1
    assert len(set(hashes_of_blocks(graph, sizes=True))) == 2


def test_another_operation_is_another_structure():
    assert len(set(hashes_of_blocks(two_blocks(second_op="gelu")))) == 2


def test_another_wiring_is_another_structure():
    assert len(set(hashes_of_blocks(two_blocks(skip=True)))) == 2


def test_members_are_in_order_of_execution():
    net = Builder()
    net.node("first")
    net.linear("fc")
    net.node("last")
    graph = net.finished()
    names = [
        graph.nodes[member].name if member >= 0 else graph.scopes[~member].name for member in members_in_order(graph)[0]
    ]
    assert names == ["first", "fc", "last"]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda wire: wire[0] != wire[1]), max_size=30))
def test_a_member_is_tangled_if_and_only_if_a_path_leads_back_to_it(wires):
    following = {}
    for source, reader in wires:
        following.setdefault(source, set()).add(reader)

    def comes_back(member):
        seen, waiting = set(), list(following.get(member, ()))
        while waiting:
            reader = waiting.pop()
            if reader not in seen:
                seen.add(reader)
                waiting.extend(following.get(reader, ()))
        return member in seen

    assert tangled(Inside(wires=wires)) == {member for member in range(10) if comes_back(member)}


def test_a_chain_of_any_length_is_walked_without_recursion():
    wires = [(number, number + 1) for number in range(50_000)]
    assert tangled(Inside(wires=wires)) == set()
    assert len(tangled(Inside(wires=[*wires, (50_000, 0)]))) == 50_001
