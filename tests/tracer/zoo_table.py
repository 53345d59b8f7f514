"""``make zoo``: every model of the zoo through ``add_graph`` into a file and back, ours beside torch's, as a table.

Names given as arguments choose among the groups: ``python -m tests.tracer.zoo_table hf recurrent``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests import overlays
from tests.tracer.zoo import ALL_NAMES
from tests.tracer.zoo_case import CHANGED, FAILED, MISSING, OK, OURS, PEER, WRONG, Verdict

REPOSITORY = Path(__file__).parents[2]
RESULT = REPOSITORY / "build" / "zoo.json"
PACKAGES = [
    "torchvision==0.29.1",
    "timm==1.0.31",
    "lightning==2.6.6",
    "lightning-utilities==0.15.3",
    "torchmetrics==1.9.0",
    "diffusers==0.42.1",
    "torchao==0.18.0",
    "transformers==5.24.0",
    "huggingface-hub==2.4.0",
    "httpx2==2.16.2",
    "httpcore2==2.16.2",
    "truststore==0.10.5",
    "regex==2026.11.19",
    "safetensors==0.8.0",
    "tokenizers==0.23.3",
    "typer==0.29.2",
]
"""What the models are made of, with as much of what these require as they import; torch stays ours."""


def main(groups: list[str]) -> int:
    """Run the cases and tell the result; 0 if ours did all of them."""
    names = [name for name in ALL_NAMES if not groups or name.partition("/")[0] in groups]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(overlays.installed("zoo", PACKAGES)), "."])}
    ours, peers = (verdicts(writer, names, environment) for writer in (OURS, PEER))
    print(table(ours, peers))
    RESULT.parent.mkdir(exist_ok=True)
    rows = [{"writer": writer, **vars(v)} for writer, of in ((OURS, ours), (PEER, peers)) for v in of]
    RESULT.write_text(json.dumps(rows, indent=1) + "\n")
    return int(any(verdict.verdict != OK for verdict in ours) or not ours)


def verdicts(writer: str, names: list[str], environment: dict[str, str]) -> list[Verdict]:
    """What a writer makes of the cases. A case that ends its process costs only itself."""
    done: list[Verdict] = []
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "results"
        results.touch()
        while len(done) < len(names):
            command = [sys.executable, "-m", "tests.tracer.zoo_case", str(results), writer, *names[len(done) :]]
            ended = subprocess.run(
                command, cwd=REPOSITORY, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
            )
            done = [*done, *(Verdict(**json.loads(line)) for line in results.read_text("utf-8").splitlines())]
            results.write_text("")
            if len(done) < len(names):
                last = ended.stderr.strip().rpartition("\n")[2]
                done.append(Verdict(names[len(done)], FAILED, f"the process ended with {ended.returncode}: {last}"))
    return done


def table(ours: list[Verdict], peers: list[Verdict]) -> str:
    """The verdicts in columns, and what they sum up to."""
    head = ("", "ours", "nodes", "ms", "torch's", "nodes", "ms", "")
    rows = [head, *((own.name, *figures(own), *figures(peer), reasons(own, peer)) for own, peer in zip(ours, peers))]
    widths = [max(map(len, column)) for column in zip(*rows)]
    lines = [
        "  ".join(
            text.ljust(width) if place in (0, 1, 4, 7) else text.rjust(width)
            for place, (text, width) in enumerate(zip(row, widths))
        ).rstrip()
        for row in rows
    ]
    return "\n".join([*lines, "", total(OURS, ours), total(PEER, peers)])


def figures(verdict: Verdict) -> tuple[str, str, str]:
    """Verdict, nodes and milliseconds; the figures only where there is a graph."""
    if not verdict.nodes:
        return verdict.verdict, "", ""
    return verdict.verdict, f"{verdict.nodes:,}", f"{verdict.milliseconds:,.0f}"


def reasons(own: Verdict, peer: Verdict) -> str:
    """Why one of the two is not ok, ours first."""
    told = [f"ours: {own.detail}"] if own.detail else []
    told += [peer.detail] if peer.detail else []
    return "; ".join(told)[:100]


def total(writer: str, verdicts: list[Verdict]) -> str:
    """How many are ok, and how many are not, in which way."""
    counts = Counter(verdict.verdict for verdict in verdicts)
    rest = ", ".join(f"{counts[kind]} {kind}" for kind in (CHANGED, WRONG, FAILED, MISSING) if counts[kind])
    return f"{writer}: {counts[OK]} of {len(verdicts)}" + (f" ({rest})" if rest else "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
