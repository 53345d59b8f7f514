"""The long table: the points of the runs, whatever reads them."""

import math
import pickle
import subprocess
import sys

import duckdb
import numpy as np
import pandas
import polars
import pyarrow
import pytest

from tbnotebook.reader import LogDir, frame
from tbnotebook.reader.columns import Points
from tbnotebook.reader.frame import Frame, Part
from tests.missing import refuse
from tests.reader.files import append, read, scalar, version, write

COLUMNS = ["run", "attempt", "tag", "step", "wall_time", "value"]


@pytest.fixture
def log(tmp_path):
    """Two runs, one with two attempts; tags out of order, of unequal length."""
    first = tmp_path / "run-10"
    write(first, version(), *(scalar("loss", step) for step in range(5)), name="events.out.tfevents.1")
    write(first, version(), *(scalar("loss", step, -step) for step in range(3)), name="events.out.tfevents.2")
    write(tmp_path / "run-2", version(), scalar("b/10", 7), scalar("b/2", 7), scalar("loss", 7, 0.5), scalar("b/2", 8))
    return read(tmp_path)


def expected(log):
    """The rows as the runs have them, as tuples whose numbers are comparable even where they are NaN."""
    return [
        (name, attempt.index, tag, *map(repr, point))
        for name, run in log.runs.items()
        for attempt in run.attempts
        for tag, x in attempt.scalars.items()
        for point in zip(x.step.tolist(), x.wall_time.tolist(), x.value.tolist())
    ]


def comparable(rows):
    return [(run, attempt, tag, *map(repr, point)) for run, attempt, tag, *point in rows]


def by_pyarrow(table):
    made = pyarrow.table(table)
    made.validate(full=True)
    return list(zip(*(made[name].to_pylist() for name in COLUMNS)))


def by_duckdb(points):
    return duckdb.sql("select * from points").fetchall()


def by_polars(table):
    return table.to_polars().rows()


def by_pandas(table):
    return list(zip(*(table.to_pandas()[name].tolist() for name in COLUMNS)))


def by_pandas_itself(table):
    made = pandas.DataFrame.from_arrow(table)
    return list(zip(*(made[name].tolist() for name in COLUMNS)))


READERS = [by_pyarrow, by_duckdb, by_polars, by_pandas, by_pandas_itself]


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_sees_the_points_of_the_runs_in_their_order(log, reader):
    rows = reader(log.frame("scalars"))
    assert comparable(rows) == expected(log)
    assert [row[:4] for row in rows] == [
        ("run-2", 0, "b/2", 7),
        ("run-2", 0, "b/2", 8),
        ("run-2", 0, "b/10", 7),
        ("run-2", 0, "loss", 7),
        *(("run-10", 0, "loss", step) for step in range(5)),
        *(("run-10", 1, "loss", step) for step in range(3)),
    ]


ODD = [
    b"__proto__",
    b"\xff\xfe",
    "🙂".encode(),
    b"=1+1",
    b'a,b\n"c"',
    b"nul\0",
    b"",
    b"nan",
    "\u202e\u2028".encode(),
    b"loss",
]


@pytest.mark.parametrize("reader", READERS)
def test_odd_tags_and_values_arrive_as_they_are(tmp_path, reader):
    values = [math.nan, math.inf, -math.inf, -0.0, 1e-45, 3.4e38]
    points = [scalar(tag, step, value) for tag in ODD for step, value in enumerate(values, -3)]
    write(tmp_path / "a b=🙂", version(), *points, scalar("step", 2**63 - 1), scalar("time", 0, wall_time=math.nan))
    log = read(tmp_path)
    rows = reader(log.frame())
    assert {row[2] for row in rows} >= {"\\xff\\xfe", "🙂", "__proto__", "", "nul\0", "\u202e\u2028"}
    assert comparable(rows) == expected(log)


@pytest.mark.parametrize("reader", READERS)
def test_a_table_of_many_batches_is_the_same_table(monkeypatch, reader):
    monkeypatch.setattr(frame, "_ROWS", 64)
    monkeypatch.setattr(frame, "_ALONE", 16)
    rng = np.random.default_rng(0)
    table = made(rng.integers(1, 200, 40).tolist())
    assert len(list(table.batches())) > 40
    rows = reader(table)
    assert len(rows) == len(table)
    assert comparable(rows) == comparable(plain(table))


def test_the_table_has_the_types_it_should(log):
    schema = pyarrow.table(log.frame()).schema
    names = pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
    numbers = [pyarrow.int64(), pyarrow.float64(), pyarrow.float64()]
    assert schema.names == COLUMNS
    assert schema.types == [names, pyarrow.int32(), names, *numbers]
    assert pyarrow.schema(log.frame()) == schema
    data = log.frame().to_pandas()
    assert data.dtypes.astype(str).tolist() == ["category", "int32", "category", "int64", "float64", "float64"]
    assert data["tag"].cat.categories.tolist() == ["b/2", "b/10", "loss"]
    assert log.frame().to_polars().dtypes[:2] == [polars.Categorical, polars.Int32]


def test_it_says_what_it_is(log):
    table = log.frame()
    assert repr(table) == "<Frame: 12 rows, 2 runs, 3 tags; run, attempt, tag, step, wall_time, value>"
    assert (len(table), table.runs, table.tags) == (12, ("run-2", "run-10"), ("b/2", "b/10", "loss"))
    assert list(table.columns) == COLUMNS == list(table.to_numpy())


@pytest.mark.parametrize("reader", READERS)
def test_a_log_without_a_scalar_is_an_empty_table(tmp_path, reader):
    write(tmp_path, version())
    table = read(tmp_path).frame()
    assert len(table) == 0
    assert reader(table) == []
    assert pyarrow.table(table).schema.names == list(table.to_pandas()) == table.to_polars().columns == COLUMNS


def test_a_table_stays_as_it_was_when_the_log_grows(tmp_path):
    path = write(tmp_path, version(), scalar("loss", 0))
    log = read(tmp_path)
    before = log.frame()
    append(path, scalar("loss", 1), scalar("new", 1))
    log.poll()
    assert [row[2:4] for row in by_pyarrow(before)] == [("loss", 0)]
    assert [row[2:4] for row in by_pyarrow(log.frame())] == [("loss", 0), ("loss", 1), ("new", 1)]


def test_a_log_that_was_never_polled_is_read_first_and_a_known_one_is_not(tmp_path):
    path = write(tmp_path, version(), scalar("loss", 0))
    log = LogDir(tmp_path)
    assert len(log.frame()) == 1
    append(path, scalar("loss", 1))
    assert len(log.frame()) == 1


@pytest.mark.parametrize(
    ("wanted", "rows", "names"),
    [
        ({"runs": "2"}, 4, ("run-2",)),
        ({"runs": "RUN-1"}, 8, ("run-10",)),
        ({"tags": "^b/"}, 3, ("run-2",)),
        ({"runs": "10", "tags": "^b/"}, 0, ()),
    ],
)
def test_runs_and_tags_are_chosen_by_regular_expression(log, wanted, rows, names):
    table = log.frame(**wanted)
    assert (len(table), table.runs) == (rows, names)
    assert len(by_pyarrow(table)) == rows


def test_another_kind_or_what_is_no_expression_is_refused_with_what_would_be_right(log):
    with pytest.raises(ValueError, match=r"'meshes': the kinds are 'scalars', 'histograms', "):
        log.frame("meshes")
    with pytest.raises(ValueError, match=r"tags='\(' is no regular expression"):
        log.frame(tags="(")


def test_long_series_are_handed_on_without_a_copy(monkeypatch):
    table = made([100_000, 20, 30, 300_000])
    arrow = pyarrow.table(table)
    inside = [
        any(np.shares_memory(np.asarray(chunk), part.points.value) for part in table._parts)
        for chunk in arrow["value"].chunks
    ]
    lengths = [len(chunk) for chunk in arrow["value"].chunks]
    assert sum(length for length, shared in zip(lengths, inside) if not shared) == 50
    # What has 24 bytes a point in the log costs little more than its indices' first rows.
    own = {buffer.address: buffer.size for name in ("run", "attempt", "tag") for buffer in buffers(arrow[name])}
    assert sum(own.values()) < arrow.nbytes / 4


def test_the_work_for_many_short_series_grows_as_their_number(monkeypatch):
    asked = 0

    def counted(part):
        nonlocal asked
        asked += 1
        return len(part.points.step)

    table = made([2] * 3000)
    monkeypatch.setattr(Part, "__len__", counted)
    assert [len(batch.step) for batch in table.batches()] == [6000]
    assert asked < 10 * 3000


def buffers(column):
    return [buffer for chunk in column.chunks for buffer in chunk.buffers() if buffer is not None]


def test_the_arrays_live_as_long_as_whatever_took_them():
    table = made([50_000, 3])
    rows = comparable(plain(table))
    arrow = pyarrow.table(table)
    del table
    np.full(60_000, 7.0)
    assert comparable(list(zip(*(arrow[name].to_pylist() for name in COLUMNS)))) == rows


def test_a_table_can_be_pickled(log):
    assert by_pyarrow(pickle.loads(pickle.dumps(log.frame()))) == by_pyarrow(log.frame())


@pytest.mark.parametrize(
    ("use", "missing", "said"),
    [
        (pyarrow.table, "nanoarrow", r'needs nanoarrow .*pip install "tbnotebook\[arrow\]"'),
        (pyarrow.schema, "nanoarrow", r'needs nanoarrow .*pip install "tbnotebook\[arrow\]"'),
        (Frame.to_pandas, "pandas", "needs pandas .*pip install pandas"),
        (Frame.to_polars, "polars", "needs polars .*pip install polars"),
        (Frame.to_polars, "nanoarrow", r'needs nanoarrow .*pip install "tbnotebook\[arrow\]"'),
    ],
)
def test_what_is_not_installed_is_said_with_how_to(log, monkeypatch, use, missing, said):
    refuse(monkeypatch, missing)
    with pytest.raises(ImportError, match=said):
        use(log.frame())


def test_a_polars_that_loses_rows_is_refused(log, monkeypatch):
    whole = polars.DataFrame
    monkeypatch.setattr(polars, "DataFrame", lambda table: whole(table).head(5))  # as 1.9 does, with the first batch
    with pytest.raises(ImportError, match="in part only: pip install -U polars"):
        log.frame().to_polars()


def test_duckdb_and_polars_need_no_pyarrow(log, tmp_path):
    script = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "from tbnotebook import LogDir; import duckdb\n"
        "frame = LogDir(sys.argv[1]).frame()\n"
        "print(duckdb.sql('select count(*), sum(value) from frame').fetchall(), frame.to_polars().height)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, log.path], capture_output=True, text=True)
    assert done.stdout.split() == ["[(12,", "29.5)]", "12"], done.stderr


def made(lengths):
    """A frame of series of these lengths, of a few runs and tags."""
    rng = np.random.default_rng(1)
    parts = []
    for index, length in enumerate(lengths):
        points = Points(np.arange(length), rng.standard_normal(length), rng.standard_normal(length))
        parts.append(Part(index // 6, index % 3, index % 2, points))
    return Frame(tuple(f"run {index}" for index in range(len(lengths) // 6 + 1)), ("a", "bb"), tuple(parts))


def plain(table):
    return [
        (table.runs[part.run], part.attempt, table.tags[part.tag], *point)
        for part in table._parts
        for point in zip(*(column.tolist() for column in part.points))
    ]
