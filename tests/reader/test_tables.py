"""The long tables of what is no scalar, whatever reads them."""

import io
import math

import duckdb
import numpy as np
import polars
import pyarrow
import pytest
import tensorboardX
from PIL import Image
from torch.utils.tensorboard import SummaryWriter as TorchWriter

from tbnotebook import LogDir, SummaryWriter
from tbnotebook.reader import Table, table
from tbnotebook.reader.frame import KINDS
from tests.missing import refuse

EVERY = ("run", "attempt", "tag", "step", "wall_time")


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    """Two runs with something of every kind."""
    folder = tmp_path_factory.mktemp("logs")
    rng = np.random.default_rng(0)
    for number, name in enumerate(("run-10", "run-2")):
        with SummaryWriter(folder / name) as writer:
            for step in range(3):
                writer.add_histogram("weights", rng.standard_normal(200) + step, step, walltime=100.0 + step)
                writer.add_text("notes", f"=1+{number}, *step* {step}\n", step)
                writer.add_image("picture", np.full((3, 4, 5 + number), step, np.uint8), step)
            writer.add_audio("tone", np.sin(np.arange(800) / 9), 0, sample_rate=8000)
            writer.add_tensor("matrix", np.arange(6.0).reshape(2, 3), 7)
            writer.add_pr_curve("pr", np.array([0, 1, 1, 0]), np.array([0.1, 0.8, 0.6, 0.4]), 5, num_thresholds=11)
            given = {"lr": 10.0 ** -(number + 1), "opt": "adam", "amp": number == 0, "schedule": None}
            writer.add_hparams(given, {"hparam/loss": 0.5})
    return LogDir(folder)


def by_pyarrow(made):
    read = pyarrow.table(made)
    read.validate(full=True)
    return list(zip(*(read[name].to_pylist() for name in read.column_names)))


def by_duckdb(made):
    return duckdb.sql("select * from made").fetchall()


def by_polars(made):
    return made.to_polars().rows()


def by_pandas(made):
    return list(made.to_pandas().itertuples(index=False, name=None))


READERS = [by_pyarrow, by_duckdb, by_polars, by_pandas]


def comparable(rows):
    """Rows in which nothing, whatever it is called, equals itself."""
    return [tuple(None if value != value else value for value in row) for row in rows]


@pytest.mark.parametrize("kind", KINDS[1:])
def test_every_reader_sees_the_same_rows(log, kind):
    first, *others = [comparable(reader(log.frame(kind))) for reader in READERS]
    assert first
    for rows in others:
        assert rows == first


def test_a_histogram_has_a_row_a_bin(log):
    made = log.frame("histograms")
    assert isinstance(made, Table)
    assert made.columns == (*EVERY, "left", "right", "count")
    data = made.to_pandas()
    run = log.runs["run-2"].histograms["weights"]
    assert data[data["run"] == "run-2"].groupby("step")["count"].sum().tolist() == [200.0] * 3
    one = data[(data["run"] == "run-2") & (data["step"] == 1)]
    assert one["left"].tolist() == run[1].left.tolist()
    assert one["right"].tolist() == run[1].right.tolist()
    assert set(one["wall_time"]) == {101.0}


def test_texts_and_tensors_have_a_row_an_element(log):
    texts = log.frame("texts").to_polars()
    assert texts["value"].to_list()[:3] == [f"=1+1, *step* {step}\n" for step in range(3)]
    tensors = log.frame("tensors", runs="10").to_polars()
    assert tensors.select("step", "index", "shape", "value").rows() == [(7, i, "2x3", float(i)) for i in range(6)]


def test_pictures_and_sounds_tell_their_files_only_where_these_are_asked_for(log):
    pictures = log.frame("images").to_polars()
    assert pictures.columns == [*EVERY, "index", "width", "height", "format"]
    assert pictures.select("run", "width", "height", "format").rows()[::3] == [
        ("run-2", 6, 4, "png"),
        ("run-10", 5, 4, "png"),
    ]
    sounds = log.frame("audio", encoded=True).to_polars()
    assert sounds["format"].to_list() == ["wav", "wav"]
    assert sounds["encoded"][0].startswith(b"RIFF")
    file = log.frame("images", encoded=True, runs="^run-2$").to_pandas()["encoded"].iloc[2]
    picture = Image.open(io.BytesIO(file))
    assert (picture.size, set(np.asarray(picture).flat)) == ((6, 4), {2})


def test_a_curve_of_a_classifier_has_a_row_a_threshold(log):
    data = log.frame("pr_curves", runs="10").to_pandas()
    assert data["threshold"].tolist() == pytest.approx(np.linspace(0, 1, 11))
    assert (data[["tp", "fp", "tn", "fn"]].sum(axis=1) == 4).all()


def test_hyperparameters_have_a_row_each_as_text_and_number(log):
    rows = log.frame("hparams").to_polars().rows()
    assert [row[2:] for row in comparable(rows) if row[0] == "run-2"] == [
        ("lr", "number", "0.01", 0.01),
        ("opt", "text", "adam", None),
        ("amp", "bool", "False", 0.0),
        ("schedule", "none", None, None),
        ("hparam/loss", "metric", "0.5", 0.5),
    ]
    wide = log.frame("hparams", tags="^lr$").to_pandas().pivot(index="run", columns="name", values="number")
    assert wide["lr"].to_dict() == {"run-2": 0.01, "run-10": 0.1}


def test_each_session_of_a_run_has_its_hyperparameters_and_metrics(tmp_path):
    for name, kind in {"ours": SummaryWriter, "torch": TorchWriter, "tensorboardX": tensorboardX.SummaryWriter}.items():
        with kind(str(tmp_path / name)) as writer:
            writer.add_scalar("loss", 0.25, 1)
            for trial in (1, 2):
                writer.add_hparams({"lr": trial}, {"acc": trial / 4})
    with SummaryWriter(tmp_path / "once") as writer:
        writer.add_scalar("acc", 0.125, 1)
        writer.add_hparams({"lr": 3}, {})
    log = LogDir(tmp_path)
    found = log.frame("hparams").to_pandas()
    assert set(found["run"]) == {"ours", "torch", "tensorboardX", "once"}
    assert {name for name, run in log.runs.items() if run.parent is None} == set(found["run"])
    wide = found.pivot(index=["run", "session"], columns="name", values="number")
    rows = [(run, row.lr, row.acc) for (run, _), row in wide.sort_values("lr").iterrows()]
    both = [(name, lr, lr / 4) for lr in (1, 2) for name in ("ours", "tensorboardX", "torch")]
    assert sorted(rows) == sorted([*both, ("once", 3, 0.125)])


def test_tables_of_many_batches_are_the_same_tables(log, monkeypatch):
    whole = by_pyarrow(log.frame("histograms"))
    monkeypatch.setattr(table, "_ROWS", 40)
    made = log.frame("histograms")
    assert len(list(made.batches())) > 3
    for reader in READERS:
        assert reader(made) == whole


def test_a_table_reads_nothing_before_rows_are_asked_for(log, monkeypatch):
    made = log.frame("images")

    def refuse(*_):
        raise AssertionError("a file was opened")

    monkeypatch.setattr(type(log.runs["run-2"]._storage), "open", refuse)
    assert repr(made) == "<Table of images: run, attempt, tag, step, wall_time, index, width, height, format>"
    with pytest.raises(AssertionError, match="opened"):
        made.to_numpy()


def test_a_record_that_cannot_be_read_has_no_rows_and_is_told(tmp_path):
    with SummaryWriter(tmp_path) as writer:
        writer.add_text("a", "kept", 0)
    log = LogDir(tmp_path)
    made = log.frame("texts")
    for file in tmp_path.glob("events*"):
        file.unlink()
    with pytest.warns(UserWarning, match="1 record of texts cannot be read: 'a/text_summary' of run '.' at step 0: "):
        assert len(made.to_pandas()) == 0


def test_a_log_without_any_is_an_empty_table_of_the_same_types(tmp_path, log):
    with SummaryWriter(tmp_path) as writer:
        writer.add_scalar("loss", 1, 0)
    for kind in KINDS[1:]:
        made = LogDir(tmp_path).frame(kind)
        assert pyarrow.table(made).schema == pyarrow.table(log.frame(kind)).schema
        assert [len(made.to_pandas()), made.to_polars().height] == [0, 0]


@pytest.mark.parametrize(
    ("use", "missing", "said"),
    [
        (pyarrow.table, "nanoarrow", r'needs nanoarrow .*pip install "tbnotebook\[arrow\]"'),
        (Table.to_pandas, "pandas", "needs pandas .*pip install pandas"),
        (Table.to_polars, "polars", "needs polars .*pip install polars"),
    ],
)
def test_what_is_not_installed_is_said_with_how_to(log, monkeypatch, use, missing, said):
    refuse(monkeypatch, missing)
    with pytest.raises(ImportError, match=said):
        use(log.frame("texts"))


def test_the_types_are_those_that_the_columns_say(log):
    schema = pyarrow.table(log.frame("images", encoded=True)).schema
    names = pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
    integers = [pyarrow.int64()] * 3
    assert schema.types == [
        names,
        pyarrow.int32(),
        names,
        pyarrow.int64(),
        pyarrow.float64(),
        *integers,
        pyarrow.string(),
        pyarrow.binary(),
    ]
    assert polars.DataFrame(log.frame("hparams")).dtypes[-1] == polars.Float64
    assert math.isnan(log.frame("hparams", tags="opt").to_numpy()["number"][0])
