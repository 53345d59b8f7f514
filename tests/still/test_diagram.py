"""The first look of a network: what is drawn, where, and what is said of the rest."""

import io
from itertools import pairwise

import pytest
from PIL import Image

from tbnotebook.graph import from_graphdef, outline
from tbnotebook.graph.tree import UPKEEP
from tbnotebook.still import Picture, draw
from tbnotebook.still.diagram import MOST_HEIGHT, Diagram
from tbnotebook.still.layout import LINE_HEIGHT, Density, place
from tbnotebook.still.routes import route
from tbnotebook.still.scene import scene
from tests.graph.test_foreign import graphdef
from tests.graph.test_upkeep import MODEL, SAVED

WIDTH = 884


def laid_out(payload):
    made = scene(payload)
    rows, height = place(made.blocks, made.flows, WIDTH, Density())
    return made, rows, height


def test_the_quickstarts_network_shows_both_shapes_and_the_opened_layer(payloads):
    made, rows, _ = laid_out(payloads.dense_net())
    assert [block.name for row in rows for block in row] == ["input", "dense", "output"]
    frame = rows[1][0]
    assert frame.form == "frame"
    assert [child.name for child in frame.children] == ["linear"]
    assert [(f.source.name, f.target.name, f.labels) for f in made.flows] == [
        ("input", "linear", ["2 × 10"]),
        ("linear", "output", ["2 × 1"]),
    ]
    assert all(drawn.label is not None for drawn in route(made.blocks, made.flows))


def test_what_stands_aside_has_the_last_row_and_no_lines():
    payload = outline(from_graphdef(graphdef(*MODEL, *SAVED).SerializeToString()))
    made, rows, _ = laid_out(payload)
    assert [block.name for block in rows[-1]] == [UPKEEP]
    assert made.flows
    assert rows[-1][0] not in [end for flow in made.flows for end in (flow.source, flow.target)]


def test_a_stack_is_one_box_that_says_how_often(payloads):
    made, _, _ = laid_out(payloads.residual_net())
    stack = next(block for block in made.blocks if block.name == "layer1")
    assert stack.repeats == 2
    assert stack.form == "box"


def test_repeated_structure_wears_one_colour_and_the_rest_none(payloads):
    made, _, _ = laid_out(payloads.residual_net())
    hues = {block.name: block.hue for block in made.blocks}
    assert hues["layer2"] == hues["layer3"] == hues["layer4"]
    assert hues["layer1"] not in (None, hues["layer2"])
    assert hues["stem"] is None


def test_branches_stand_side_by_side_and_data_flow_down(payloads):
    made, rows, _ = laid_out(payloads.attention())
    block = rows[1][0]
    by_name = {child.name: child for child in block.children}
    assert by_name["q_proj"].top == by_name["k_proj"].top == by_name["v_proj"].top
    lefts = sorted(
        (child.left, child.left + child.width)
        for name, child in by_name.items()
        if "_proj" in name and name != "out_proj"
    )
    assert all(a[1] < b[0] for a, b in pairwise(lefts))
    assert all(flow.source.top < flow.target.top for flow in made.flows)


def test_boxes_do_not_overlap_and_children_lie_in_their_frame(payloads):
    for payload in (payloads.dense_net(), payloads.residual_net(), payloads.attention()):
        made, rows, _ = laid_out(payload)
        for row, below in pairwise(rows):
            assert max(block.bottom for block in row) < min(block.top for block in below)
        for block in made.blocks:
            assert block.left >= 0
            assert block.left + block.width <= WIDTH
            for child in block.children:
                assert block.left < child.left
                assert child.left + child.width < block.left + block.width
                assert block.top < child.top
                assert child.bottom < block.bottom


def test_a_skip_goes_around_what_it_skips(payloads):
    made, _, _ = laid_out(payloads.residual_net())
    skip = next(
        d for d in route(made.blocks, made.flows) if d.flow.source.name == "stem" and d.flow.target.name == "layer4"
    )
    lane = skip.points[1][0]
    assert all(lane < block.left for block in made.blocks if block.form == "box")


def test_a_wrapper_goes_into_the_path_and_its_siblings_stay(payloads):
    p = payloads.Payload("Wrapper", "Wrapper")
    source = p.add("input", "x", 0)
    body = p.add("module", "body", 0, cls="Body", count=100)
    first, second = (p.layer(name, body, "Linear", "linear") for name in ("0", "1"))
    target = p.add("output", "y", 0)
    p.chain(source, (1,), first, (1,), second, (1,), target)
    made = scene(p.done(drawn=body))
    assert made.path == ["Wrapper", "body"]
    assert [block.name for block in made.blocks] == ["x", "0", "1", "y"]


def test_a_network_too_tall_is_cut_and_the_rest_counted(payloads):
    tall, short = (Diagram(payloads.tall(n), 0, 0, WIDTH) for n in (60, 5))
    assert tall.bottom <= MOST_HEIGHT + 60
    assert tall._left_out > 40
    assert short._left_out == 0
    png = draw(Picture("logs", graph=payloads.tall()))
    assert Image.open(io.BytesIO(png)).size[1] < 2 * (MOST_HEIGHT + 120)


def test_a_chain_that_nearly_fits_gets_lines_for_boxes_and_is_whole(payloads):
    diagram = Diagram(payloads.tall(11), 0, 0, WIDTH)
    assert diagram._left_out == 0
    assert {block.height for block in diagram._blocks if block.form == "box"} == {LINE_HEIGHT}
    draw(Picture("logs", graph=payloads.tall(11)))


def test_a_fold_says_what_it_holds(payloads):
    made, _, _ = laid_out(payloads.residual_net())
    assert next(block for block in made.blocks if block.name == "head").detail == "fc"


def test_a_graph_of_a_hundred_parallel_ways_is_cut_to_the_width(payloads):
    p = payloads.Payload("Wide", "Wide")
    source, target = p.add("input", "x", 0), p.add("output", "y", 0)
    for i in range(100):
        p.chain(source, (1,), p.layer(f"way{i}", 0, "Linear", "linear"), (1,), target)
    _, rows, _ = laid_out(p.done())
    assert rows[1][-1].name == "+ 96 more"
    draw(Picture("logs", graph=p.done()))


def test_a_cycle_and_unknown_shapes_are_drawn(payloads):
    p = payloads.Payload("Loop", "Loop")
    a, b = (p.layer(name, 0, "Cell", "op") for name in "ab")
    p.flow(a, b, None, 3)
    p.flow(b, a)
    p.edges[1].update(shape=None, bytes=None)
    draw(Picture("logs", graph=p.done(flops=None)))


def test_deep_nesting_ends_in_a_closed_box(payloads):
    p = payloads.Payload("Deep", "Deep")
    parent, opened = 0, []
    for i in range(400):
        parent = p.add("module", f"m{i}", parent, cls="M")
        opened.append(parent)
    p.chain(p.add("input", "x", 0), (1,), p.add("op", "relu", parent))
    draw(Picture("logs", graph=p.done(opened=tuple(opened))))


@pytest.mark.parametrize("name", ["dense_net", "residual_net", "attention"])
def test_boxes_and_edges_leave_ink(payloads, ink, name):
    png = draw(Picture("logs", graph=getattr(payloads, name)()))
    assert ink(png, (203, 208, 213), within=6) > 1000
    assert ink(png, (31, 35, 40)) > 500
