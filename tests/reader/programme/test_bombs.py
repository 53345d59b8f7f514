"""Small files that claim or unfold to much: none takes more than 512 MiB, raises, or costs the points beside it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tbnotebook.events.record import header
from tbnotebook.events.schema import DataType, Event, GraphDef
from tests.reader.files import records, scalar, version, write
from tests.reader.programme import kinds
from tests.soaking import scaled
from tests.writer.programs import ENVIRONMENT, REPOSITORY

pytestmark = [
    pytest.mark.scales,
    pytest.mark.skipif(sys.platform != "linux", reason="a limit of address space that the system keeps"),
]
READ = """
import json, resource, sys
from tbnotebook.reader import LogDir
resource.setrlimit(resource.RLIMIT_AS, (512 * 2**20, 512 * 2**20))
for folder in sys.argv[1:]:
    log = LogDir(folder)
    log.poll()
    run = log.run
    graph = run.graph
    problems = [problem.reason for problem in run.problems]
    steps = {tag: curve.step.tolist() for tag, curve in run.scalars.items() if len(tag) < 5}
    print(json.dumps([steps, len(run.scalars), graph and len(graph.nodes), problems]), flush=True)
    del log, run, graph
"""


def varint(number):
    found = b""
    while number > 127:
        found += bytes([number & 127 | 128])
        number >>= 7
    return found + bytes([number])


def inside(key, content, times=1):
    """A field that holds ``content``, in a field of the same key, and so on."""
    for _ in range(times):
        content = key + varint(len(content)) + content
    return content


def summary(*values):
    """The payload of an event from the bytes of its values."""
    return b"\x09" + bytes(8) + inside(b"\x2a", b"".join(inside(b"\x0a", value) for value in values))


def tensor(count, *sizes):
    """A tensor of ``count`` floats that says it has another shape."""
    event = Event(wall_time=1.0, step=1)
    made = event.summary.value.add(tag=b"t").tensor
    made.dtype = DataType.FLOAT
    made.float_val.extend([0.0] * count)
    for size in sizes:
        made.tensor_shape.dim.add(size=size)
    return event.SerializeToString()


def graph(data):
    return Event(wall_time=1.0, graph_def=data).SerializeToString()


def note(message):
    event = Event(wall_time=1.0)
    event.log_message.message = message
    return event.SerializeToString()


def star(count):
    """A node that is its own input, many times."""
    made = GraphDef()
    made.node.add(name=b"x").input.extend([b"x"] * count)
    return made.SerializeToString()


MANY, NODES = scaled(30_000, 1_000_000), scaled(20_000, 300_000)
BOMBS = {
    "lengths with a right checksum": lambda: [
        *(header(length) + b"x" * 40 for length in (2**20, 2**31 - 1, 2**31, 2**33, 2**40, 2**63, 2**64 - 1))
    ],
    "a shape of 2^160 numbers": lambda: tensor(1, *[2**40] * 4),
    "a million dimensions": lambda: tensor(1, *[1] * 10**6),
    "a billion in a dimension": lambda: tensor(1, 10**9),
    "two million numbers of a scalar": lambda: tensor(2 * 10**6),
    "tags of 10 MB": lambda: [scalar(bytes([letter]) * 10**7, 1) for letter in b"abc"],
    "many tags of 10 MB": lambda: [scalar(b"%d" % step + b"a" * 10**7, 1) for step in range(12)],
    "tags of 10 MB of digits": lambda: [scalar(b"1" * 10**7, 1), scalar(b"a1" * 5 * 10**6, 1)],
    "many empty values": lambda: summary(*[b""] * MANY),
    "many values of a tag": lambda: summary(*[inside(b"\x0a", b"v") + b"\x15" + bytes(4)] * MANY),
    "many tags": lambda: summary(
        *(inside(b"\x0a", b"tag %d" % n) + b"\x15" + bytes(4) for n in range(min(MANY, 100_000)))
    ),
    "groups in groups": lambda: summary(b"\x0b" * 10**6),
    "messages in messages": lambda: Event(wall_time=1.0).SerializeToString() + inside(b"\x4a", b"", 2000),
    "messages in a value": lambda: summary(inside(b"\x4a", b"", 2000)),
    "a note of brackets": lambda: note(b"[" * 10**6),
    "a loss of many digits": lambda: [
        note(b'{"tbnotebook_lost": {"count": %s, "steps": null, "reason": ""}}' % (b"9" * digits))
        for digits in (4000, 4300, 10**6)
    ],
    "a graph of many nodes": lambda: graph(inside(b"\x0a", b"") * NODES),
    "a graph of many edges": lambda: graph(star(NODES)),
    "a graph of deep names": lambda: graph(kinds.graphdef("a/" * 10**5, "a/" * 10**5 + "b", "/" * 10**6)),
    "functions in functions": lambda: graph(
        inside(b"\x0a", inside(b"\x2a", inside(b"\x12", inside(b"\x52", b"", 5000))))
    ),
}


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """What a process shows that has not more memory: for each bomb steps by tag, tags, nodes, problems."""
    folders = []
    for name, make in BOMBS.items():
        made = make()
        parts = made if isinstance(made, list) else [made]
        forged = name.startswith("lengths")
        path = write(tmp_path_factory.mktemp(name.replace(" ", "-")), version())
        path.write_bytes(
            records(version(), scalar("loss", 1))
            + (b"".join(parts) if forged else records(*parts))
            + records(scalar("loss", 2))
        )
        folders.append(str(path.parent))
    done = subprocess.run(
        [sys.executable, "-c", READ, *folders],
        cwd=REPOSITORY,
        env=ENVIRONMENT | {"OPENBLAS_NUM_THREADS": "1"},  # each thread of its pool takes address space
        capture_output=True,
        text=True,
        timeout=150,
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    return dict(zip(BOMBS, told)), done.stderr


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_costs_nothing_beside_it(seen, name):
    told, errors = seen
    assert name in told, errors
    steps, tags, nodes, problems = told[name]
    assert steps["loss"] == [1, 2]
    if name.startswith("lengths"):
        assert len(problems) == 7 or "more" in problems[-1]
    if name == "many tags":
        assert tags == min(MANY, 100_000) + 1
    if "of a tag" in name:
        assert len(steps["v"]) == MANY
    if name.startswith("a graph"):
        assert nodes
    assert all(len(reason) < 500 for reason in problems)
