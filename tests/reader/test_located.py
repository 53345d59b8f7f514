"""Everything that is no scalar is found again by kind and tag, and read only when asked for."""

from __future__ import annotations

import json
import os
import tracemalloc
from pathlib import Path

import pytest

from tbnotebook.events.record import frame
from tbnotebook.events.schema import Event, SummaryValue
from tbnotebook.reader import LogDir
from tests.reader.files import append, read, records, scalar, start, version, write

SHARED = Path(os.environ.get("TBNOTEBOOK_SHARED", Path(__file__).parents[3] / "shared"))
CORPUS = SHARED / "corpus"


def value_event(step, wall_time=None, **fields):
    event = Event(wall_time=1000.0 + step if wall_time is None else wall_time, step=step)
    event.summary.value.append(SummaryValue(**fields))
    return event.SerializeToString()


def image(tag, step, data=b"png"):
    return value_event(step, tag=tag, image={"encoded_image_string": data, "width": 1, "height": 1})


def plugin(tag, step, name, **fields):
    return value_event(step, tag=tag, metadata={"plugin_data": {"plugin_name": name}}, **fields)


PAYLOADS = [
    (image(b"picture", 1), "images"),
    (value_event(1, tag=b"picture", histo={"num": 3.0}), "histograms"),
    (value_event(1, tag=b"picture", audio={"sample_rate": 8.0}), "audio"),
    (value_event(1, tag=b"picture", tensor={"dtype": 7, "string_val": [b"x"]}), "tensors"),
    (plugin(b"picture", 1, b"text", tensor={"dtype": 7, "string_val": [b"x"]}), "text"),
    (plugin(b"picture", 1, b"scalars", tensor={"dtype": 1, "float_val": [1.0, 2.0]}), "scalars"),
    (plugin(b"picture", 1, b"hparams"), "hparams"),
    (plugin(b"picture", 1, b"images", image={"encoded_image_string": b"png"}), "images"),
    (value_event(1, tag=b"picture"), ""),
    (value_event(1, tag=b"picture", obsolete_old_style_histogram=b"old"), ""),
]


@pytest.mark.parametrize(("payload", "kind"), PAYLOADS, ids=[f"{n}-{kind}" for n, (_, kind) in enumerate(PAYLOADS)])
def test_a_payload_is_found_by_the_plugin_that_would_show_it(tmp_path, payload, kind):
    write(tmp_path, version(), scalar("loss", 1), payload)
    run = read(tmp_path).run
    assert run.kinds == (kind,)
    [(tag, found)] = run.located(kind).items()
    assert (tag, found.step.tolist(), found.wall_time.tolist()) == ("picture", [1], [1001.0])
    assert found.read(0) == Event.FromString(payload).summary.value[0].SerializeToString()


def test_the_first_metadata_of_a_tag_says_what_its_later_values_are(tmp_path):
    tensor = {"dtype": 7, "string_val": [b"x"]}
    write(tmp_path, version(), plugin(b"note", 1, b"text", tensor=tensor), value_event(2, tag=b"note", tensor=tensor))
    assert read(tmp_path).run.located("text")["note"].step.tolist() == [1, 2]


def test_the_payloads_of_a_tag_come_from_all_files_of_the_attempt_in_order(tmp_path):
    write(tmp_path, version(), image(b"a", 1, b"one"), image(b"b", 1), name="1.tfevents")
    second = write(tmp_path, version(), image(b"a", 2, b"two"), name="2.tfevents")
    log = read(tmp_path)
    append(second, image(b"a", 3, b"three"))
    log.poll()
    found = log.run.located("images")["a"]
    assert (found.step.tolist(), found.file.tolist()) == ([1, 2, 3], [0, 1, 1])
    assert [Path(path).name for path in found.files] == ["1.tfevents", "2.tfevents"]
    assert [SummaryValue.FromString(found.read(n)).image.encoded_image_string for n in range(3)] == [
        b"one",
        b"two",
        b"three",
    ]


def test_a_start_makes_pictures_void_but_no_graph(tmp_path):
    graph = Event(wall_time=1.0, step=5, graph_def=b"").SerializeToString()
    write(tmp_path, version(), graph, *(image(b"a", step) for step in range(6)), start(3), image(b"a", 3, b"new"))
    run = read(tmp_path).run
    assert run.located("images")["a"].step.tolist() == [0, 1, 2, 3]
    assert len(run.located("graph_def")[""]) == 1


def test_pictures_whose_steps_go_back_begin_an_attempt(tmp_path):
    write(tmp_path, version(), image(b"a", 1), image(b"a", 2), name="1.tfevents")
    write(tmp_path, version(), image(b"a", 1), name="2.tfevents")
    older, newer = read(tmp_path).run.attempts
    assert older.located("images")["a"].step.tolist() == [1, 2]
    assert newer.located("images")["a"].step.tolist() == [1]


def test_a_payload_of_a_file_that_was_cut_is_refused_with_its_place(tmp_path):
    path = write(tmp_path, version(), image(b"a", 1))
    found = read(tmp_path).run.located("images")["a"]
    path.write_bytes(path.read_bytes()[:50])
    with pytest.raises(OSError, match=r"of \d+ bytes at \d+ left"):
        found.read(0)


def test_pictures_cost_their_places_not_their_bytes(tmp_path):
    with open(tmp_path / "x.tfevents", "wb") as file:
        file.write(records(version()))
        for step in range(200):
            file.write(frame(image(b"a", step, bytes(200_000))))
    log = LogDir(tmp_path)
    tracemalloc.start()
    try:
        log.poll()
        kept, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(log.run.located("images")["a"]) == 200
    assert kept < 500_000, "of 40 MB"
    assert peak < 8_000_000, "of 40 MB"


def corpus():
    return [
        pytest.param(slug.stem, name, id=f"{slug.stem}:{name[-50:]}")
        for slug in sorted(CORPUS.glob("oracle/*.json"))
        for name in json.loads(slug.read_text())["files"]
    ]


@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no corpus of event files in {CORPUS}")
@pytest.mark.parametrize(("slug", "name"), corpus())
def test_every_payload_of_a_real_file_is_the_value_at_its_place(slug, name, tmp_path):
    """Counted by plain parsing of the records."""
    from tbnotebook.reader.frames import split

    data = (CORPUS / "files" / slug / name).read_bytes()
    log = LogDir(CORPUS / "files" / slug / name.rpartition("/")[0])
    log.poll()
    own = [
        (located.offset[row], located.length[row], tag)
        for run in log.runs.values()
        for attempt in run.attempts
        for kind in attempt.kinds
        for tag, located in attempt.located(kind).items()
        for row in range(len(located))
        if tag and Path(located.files[located.file[row]]).name == Path(name).name
    ]
    for offset, length, tag in own:
        value = SummaryValue.FromString(data[offset : offset + length])
        assert value.tag.decode("utf-8", "backslashreplace") == tag
        assert value.WhichOneof("value") != "simple_value"
    spans, _ = split(data)
    events = [Event.FromString(data[begin:end]) for begin, end in spans]
    starts = any(event.HasField("session_log") for event in events)
    bare = [v for e in events for v in e.summary.value if v.WhichOneof("value") not in ("simple_value", "tensor")]
    assert starts or len(own) >= len(bare)


def test_the_generation_stays_as_long_as_places_are_only_appended(tmp_path):
    first = write(tmp_path, version(), image(b"a", 1), name="1.tfevents")
    log = read(tmp_path)
    generation = log.run.located("images")["a"].generation
    append(first, image(b"a", 2))
    log.poll()
    assert log.run.located("images")["a"].generation == generation
    append(first, image(b"a", 3))
    second = write(tmp_path, version(), image(b"a", 4), name="2.tfevents")
    log.poll()
    found = log.run.located("images")["a"]
    assert (found.step.tolist(), found.generation) == ([1, 2, 3, 4], generation)
    append(first, image(b"a", 3))  # between what there was
    log.poll()
    third = log.run.located("images")["a"].generation
    assert third > generation
    append(second, start(4, wall_time=9999.0))
    log.poll()
    found = log.run.located("images")["a"]
    assert found.step.tolist() == [1, 2, 3, 3]
    assert found.generation > third
