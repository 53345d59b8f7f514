"""What is no scalar as a file: histograms, texts, hyperparameters and the like."""

import csv
import io
import math

import numpy as np
import pyarrow
import pytest
from pyarrow import parquet

from tbnotebook import LogDir, SummaryWriter
from tbnotebook.report.command import main
from tbnotebook.report.export import write_csv, write_parquet


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("logs")
    with SummaryWriter(folder / "=run") as writer:
        for step in range(3):
            writer.add_histogram("weights", np.arange(50) * step, step)
            writer.add_text("notes", '+cmd "a",\r\n*b*', step)
        writer.add_image("picture", np.zeros((3, 4, 5), np.uint8), 0)
        writer.add_hparams({"lr": 0.1, "opt": "=2+3", "amp": True, "warm": None}, {"loss": math.inf})
    return folder


@pytest.mark.parametrize("kind", ["histograms", "texts", "hparams", "images"])
def test_parquet_holds_the_table(folder, tmp_path, kind, capsys):
    target = tmp_path / "a.parquet"
    assert main(["export", str(folder), "--kind", kind, "-o", str(target)]) == 0
    table, wanted = parquet.read_table(target), pyarrow.table(LogDir(folder).frame(kind))
    assert table.schema == wanted.schema
    assert repr(table.to_pydict()) == repr(wanted.to_pydict())
    count = "1 row" if len(table) == 1 else f"{len(table)} rows"
    assert capsys.readouterr().out == f"{target} ({count}, {target.stat().st_size / 1000:.0f} kB)\n"


def test_csv_computes_nothing_and_leaves_empty_what_is_missing(folder, capsys):
    assert main(["export", str(folder), "--kind", "hparams"]) == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out, newline="")))
    assert rows[0] == ["run", "session", "name", "type", "value", "number"]
    assert [row[0] for row in rows[1:]] == ["'=run"] * 5
    assert [row[2:] for row in rows[1:]] == [
        ["lr", "number", "0.1", "0.1"],
        ["opt", "text", "'=2+3", "nan"],
        ["amp", "bool", "True", "1.0"],
        ["warm", "none", "", "nan"],
        ["loss", "metric", "inf", "inf"],
    ]
    assert main(["export", str(folder), "--kind", "texts", "--tags", "notes"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out, newline="")))
    assert [row["value"] for row in rows] == ['\'+cmd "a",\r\n*b*'] * 3


def test_files_go_to_parquet_and_not_to_csv(folder, tmp_path):
    table = LogDir(folder).frame("images", encoded=True)
    write_parquet(table, tmp_path / "a.parquet")
    assert parquet.read_table(tmp_path / "a.parquet")["encoded"][0].as_py().startswith(b"\x89PNG")
    with pytest.raises(ValueError, match=r"'encoded' holds files, which CSV cannot: export it to \.parquet"):
        write_csv(table, io.StringIO())


def test_a_kind_that_is_not_there_is_told(folder, capsys):
    assert main(["export", str(folder), "--kind", "pr_curves"]) == 0
    out, error = capsys.readouterr()
    assert out == "run,attempt,tag,step,wall_time,threshold,precision,recall,tp,fp,tn,fn\n"
    assert error == f"tbnotebook: {folder} holds no pr_curve: the table has no rows\n"


def test_another_kind_is_refused_with_those_that_there_are(folder, capsys):
    with pytest.raises(SystemExit):
        main(["export", str(folder), "--kind", "meshes"])
    assert "histograms" in capsys.readouterr().err
