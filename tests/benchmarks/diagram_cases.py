"""How soon the diagram of a large network is there, and how long what a person does in it holds the page.

The page is one of our own, without a notebook (`tests.browser.graphs`); the graph comes as text, as over the wire.
"""

from __future__ import annotations

import time
from statistics import median

import numpy as np
from playwright.sync_api import Browser, sync_playwright

from tbnotebook.graph import from_graphdef
from tests.benchmarks.row import Row
from tests.browser.chromium import LAUNCH_ARGS, chromium_path
from tests.browser.graphs import LoneGraph, Took, message_of
from tests.browser.nets import NETS
from tests.graph.large import large_graphdef

DEEDS = 40
TURNS = 3
SETTLE = 1000  # milliseconds


def cases() -> list[Row]:
    """Measure a GraphDef of 100,000 nodes, and Llama of 70 billion parameters."""
    data = large_graphdef()
    start, start_cpu = time.perf_counter(), time.process_time()
    large = message_of(from_graphdef(data))
    read, read_cpu = time.perf_counter() - start, time.process_time() - start_cpu
    llama = message_of(next(net for net in NETS if net.name == "llama70b").graph())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=LAUNCH_ARGS)
        try:
            return [
                Row("diagram.100k.read", read, None, "s"),
                Row("diagram.100k.read.cpu", read_cpu, None, "s"),
                Row("diagram.100k.message", len(large) / 1e6, None, "MB"),
                *_worked(browser, "diagram.100k", large),
                Row("diagram.llama70b.message", len(llama) / 1e6, None, "MB"),
                *_worked(browser, "diagram.llama70b", llama),
            ]
        finally:
            browser.close()


def _worked(browser: Browser, name: str, message: str) -> list[Row]:
    """From the message to the picture, then groups opened one in the other: the slowest, and the longest task."""
    firsts: list[Took] = []
    deeds: list[Took] = []
    for turn in range(TURNS):
        page = browser.new_page(viewport={"width": 932, "height": 1000})
        lone = LoneGraph(page)
        lone.hold(message)
        page.wait_for_timeout(SETTLE)  # until the page has loaded what it has of its own
        firsts.append(lone.give())
        if turn + 1 == TURNS:
            deeds = _open(lone)
        page.close()
    return [
        Row(f"{name}.picture", median(first.time for first in firsts), None, "ms"),
        Row(f"{name}.picture.task", median(first.longest for first in firsts), None, "ms"),
        Row(f"{name}.open.p95", float(np.percentile([deed.time for deed in deeds], 95)), None, "ms"),
        Row(f"{name}.open.task", max(deed.longest for deed in deeds), None, "ms"),
    ]


def _open(lone: LoneGraph) -> list[Took]:
    """Open what can be opened, the first and the last in turn."""
    deeds: list[Took] = []
    tried: set[str] = set()
    while len(deeds) < DEEDS:
        closed = [key for key in lone.closed if key not in tried]
        if not closed:
            break
        key = closed[-(len(deeds) % 2)]
        tried.add(key)
        deeds.append(lone.toggle(key))
    return deeds
