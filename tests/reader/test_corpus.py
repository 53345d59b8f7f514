"""Real event files of 21 producers, against what TensorBoard's own readers find in them (the oracle)."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import struct
from pathlib import Path

import numpy as np
import pytest

from tbnotebook.reader import LogDir

SHARED = Path(os.environ.get("TBNOTEBOOK_SHARED", Path(__file__).parents[3] / "shared"))
CORPUS = SHARED / "corpus"

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no corpus of event files in {CORPUS}")


def oracle(slug):
    return json.loads((CORPUS / "oracle" / f"{slug}.json").read_text())


def cases(kind):
    return [
        pytest.param(slug.stem, name, id=f"{slug.stem}:{name[-60:]}")
        for slug in sorted(CORPUS.glob("oracle/*.json"))
        for name in oracle(slug.stem)[kind]
    ]


def summary(series):
    """A series as the oracle's docstring defines it: count, and the hash over (int64, float64, float32) rows."""
    digest = hashlib.sha256()
    for step, wall_time, value in zip(series.step, series.wall_time, series.value):
        digest.update(struct.pack("<qdf", step, wall_time, np.float32(value)))
    return len(series), digest.hexdigest()


def ours(run):
    return {tag: summary(series) for tag, series in run.scalars.items()}


def theirs(scalars):
    return {tag: (series["count"], series["sha256"]) for tag, series in scalars.items()}


@pytest.mark.parametrize(("slug", "name"), cases("files"))
def test_every_file_gives_the_points_that_tensorboard_shows(slug, name, tmp_path):
    shutil.copy(CORPUS / "files" / slug / name, tmp_path)
    log = LogDir(tmp_path)
    log.poll()
    told = oracle(slug)["files"][name]
    shown = told["plugin_accumulator"]
    # TensorBoard's interface leaves some files out by their name; what lies in them is in the raw view.
    expected = shown["by_plugin"].get("scalars", {}) if isinstance(shown, dict) else told["raw"]["scalars"]
    assert ours(log.run) == theirs(expected)
    assert len(log.run.attempts) == 1
    assert log.run.graph_version == (1 if told["raw"]["graphs"] or told["raw"]["meta_graphs"] else 0)
    assert log.problems == []


KINDS = {"images": "images", "audio": "audio", "histograms": "histograms", "text": "texts", "pr_curves": "pr_curves"}


@pytest.mark.parametrize(("slug", "name"), cases("files"))
def test_every_file_gives_the_pictures_histograms_and_texts_that_tensorboard_shows(slug, name, tmp_path):
    shutil.copy(CORPUS / "files" / slug / name, tmp_path)
    log = LogDir(tmp_path)
    log.poll()
    told = oracle(slug)["files"][name]
    shown = told["plugin_accumulator"]
    if not isinstance(shown, dict):
        pytest.skip(f"TensorBoard's interface leaves the file out: {shown}")
    for kind, mapping in KINDS.items():
        found = {}
        for tag, payloads in getattr(log.run, mapping).items():
            assert len(payloads[:]) == len(payloads.step)  # each is legible
            found[tag] = [len(payloads), int(payloads.step[0]), int(payloads.step[-1])]
        assert found == shown["by_plugin"].get(kind, {}), kind


@pytest.mark.parametrize(("slug", "name"), cases("files"))
def test_every_file_gives_the_hyperparameters_that_it_holds(slug, name, tmp_path):
    shutil.copy(CORPUS / "files" / slug / name, tmp_path)
    log = LogDir(tmp_path)
    log.poll()
    told = [
        each["data"]["sessionStartInfo"]
        for each in oracle(slug)["files"][name]["raw"]["hparams"]
        if each["kind"] == "session_start_info"
    ]
    found = log.run.hparams
    assert (None if found is None else found.values) == (told[-1]["hparams"] if told else None)


@pytest.mark.parametrize(("slug", "name"), cases("dirs"))
def test_every_folder_of_several_files_gives_the_points_that_tensorboard_shows(slug, name):
    log = LogDir(CORPUS / "files" / slug / name)
    log.poll()
    told = oracle(slug)["dirs"][name]
    assert ours(log.runs["."]) == theirs(told["plugin_accumulator"]["by_plugin"].get("scalars", {}))


def test_the_whole_corpus_is_one_log_of_all_its_folders():
    log = LogDir(CORPUS / "files")
    log.poll()
    assert log.file_count == 65
    assert log.bytes_read == log.bytes_total == sum(f.stat().st_size for f in CORPUS.glob("files/**/*tfevents*"))
    assert set(log.runs) == {
        f.parent.relative_to(CORPUS / "files").as_posix() for f in CORPUS.glob("files/**/*tfevents*")
    }


def test_a_really_corrupt_record_is_marked_and_the_good_ones_before_it_are_kept(tmp_path):
    damaged = next(CORPUS.glob("files/flow-corrupt/**/*1557358558*"))
    copy = tmp_path / damaged.name
    copy.write_bytes(damaged.read_bytes())
    os.utime(copy, (0, 0))
    log = LogDir(tmp_path)
    log.poll()
    assert log.run.graph_version == 1
    [problem] = log.problems
    assert (problem.kind, problem.offset) == ("damaged", 68599)
    assert "0xcb788ef7" in problem.reason


@pytest.mark.parametrize("slug", ["legged-gym", "sb3-a2c"])
def test_damage_in_the_middle_costs_only_the_damaged_record(slug, tmp_path):
    original = max(CORPUS.glob(f"files/{slug}/**/*tfevents*"), key=lambda file: file.stat().st_size)
    data = bytearray(original.read_bytes())
    whole = LogDir(original.parent)
    whole.poll()
    middle = len(data) // 2
    data[middle] ^= 0x10
    (tmp_path / original.name).write_bytes(data)
    log = LogDir(tmp_path)
    log.poll()
    count = sum(len(series) for series in whole.run.scalars.values())
    assert sum(len(series) for series in log.run.scalars.values()) == count - 1
    [problem] = log.problems
    assert problem.kind == "damaged"
    assert middle - 100 < problem.offset <= middle


def test_no_run_of_the_corpus_is_taken_for_a_part_of_another():
    log = LogDir(CORPUS / "files")
    log.poll()
    assert {run.parent for run in log.runs.values()} == {None}
