"""The scalars as a file: what other programs read is what the log holds, and a failed export leaves nothing."""

import csv
import io
import json
import math
import os
import stat
import subprocess
import sys
import tracemalloc
from pathlib import Path

import duckdb
import numpy as np
import pandas
import polars
import pyarrow
import pytest
from pyarrow import parquet

from tbnotebook.reader import frame
from tbnotebook.reader.columns import Points
from tbnotebook.reader.frame import Frame, Part
from tbnotebook.report import export
from tbnotebook.report.command import main
from tests.missing import refuse
from tests.reader.files import read, records, scalar, version, write

COLUMNS = ["run", "attempt", "tag", "step", "wall_time", "value"]
VALUES = [0.1, 1 / 3, -1.5, math.nan, math.inf, -math.inf, -0.0, 1e-45, 3.4e38]


@pytest.fixture
def folder(tmp_path):
    """Two runs, one with two attempts."""
    runs = tmp_path / "logs"
    points = [scalar("loss", step, value, 1.7e9 + step / 7) for step, value in enumerate(VALUES)]
    write(runs / "b", version(), *points, scalar('a/1, "x"\n', 3), name="events.out.tfevents.1")
    write(runs / "b", version(), scalar("loss", 0, 2.0), name="events.out.tfevents.2")
    write(runs / "a", version(), scalar("größe 🙂", 1))
    return runs


def expected(folder):
    made = read(folder).frame()
    table = made.to_numpy()
    runs, tags = (np.array(names, object) for names in (made.runs, made.tags))
    return {**table, "run": runs[table["run"]], "tag": tags[table["tag"]]}


def assert_same(columns, folder):
    assert list(columns) == COLUMNS
    for name, wanted in expected(folder).items():
        got = np.asarray(columns[name])
        assert list(map(repr, got.tolist())) == list(map(repr, wanted.tolist()))


def test_parquet_holds_the_frame_and_keeps_its_dictionaries(folder, tmp_path, capsys):
    target = tmp_path / "scalars.parquet"
    assert main(["export", str(folder), "-o", str(target)]) == 0
    table = parquet.read_table(target)
    assert_same({name: table[name].to_pylist() for name in table.column_names}, folder)
    assert table.schema == pyarrow.table(read(folder).frame()).schema
    assert capsys.readouterr().out == f"{target} (12 rows, 2 runs, 3 tags, {target.stat().st_size / 1000:.0f} kB)\n"


def test_other_readers_of_parquet_agree(folder, tmp_path):
    target = tmp_path / "scalars.parquet"
    main(["export", str(folder), "-o", str(target)])
    names = duckdb.sql(f"select * from '{target}'")
    assert_same(dict(zip(COLUMNS, zip(*names.fetchall()))), folder)
    assert_same({name: column.to_list() for name, column in polars.read_parquet(target).to_dict().items()}, folder)


def test_csv_gives_back_every_bit_of_a_number(folder, tmp_path):
    target = tmp_path / "scalars.CSV"
    assert main(["export", str(folder), "-o", str(target)]) == 0
    table = pandas.read_csv(target)
    assert table.dtypes.astype(str).tolist()[3:] == ["int64", "float64", "float64"]
    assert_same({name: table[name].tolist() for name in table}, folder)


def test_csv_goes_to_the_output_where_no_file_is_named(folder, tmp_path, capsysbinary):
    main(["export", str(folder), "-o", str(tmp_path / "a.csv")])
    capsysbinary.readouterr()
    for options in ([], ["-o", "-"]):
        assert main(["export", str(folder), *options]) == 0
        assert capsysbinary.readouterr() == ((tmp_path / "a.csv").read_bytes(), b"")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝", "－"])
def test_what_a_spreadsheet_would_run_begins_with_an_apostrophe_and_numbers_stay(tmp_path, start, capsys):
    tag = f"{start}cmd|' /C calc'!A0"
    write(tmp_path / "-run", version(), scalar(tag, -3, -2.5), scalar("a=b", -3, -2.5))
    assert main(["export", str(tmp_path)]) == 0
    rows = {row[2]: row for row in csv.reader(io.StringIO(capsys.readouterr().out, newline=""))}
    assert rows.keys() == {"tag", f"'{tag}", "a=b"}
    assert rows[f"'{tag}"] == ["'-run", "0", f"'{tag}", "-3", "997.0", "-2.5"]


def test_parquet_keeps_the_names_as_they_are(tmp_path):
    write(tmp_path / "logs", version(), scalar("=1+1", 0))
    main(["export", str(tmp_path / "logs"), "-o", str(tmp_path / "a.parquet")])
    assert parquet.read_table(tmp_path / "a.parquet")["tag"].to_pylist() == ["=1+1"]


def test_runs_and_tags_can_be_chosen(folder, capsys):
    assert main(["export", str(folder), "--runs", "^B$", "--tags", "LOSS"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {(row["run"], row["tag"]) for row in rows} == {("b", "loss")}
    assert len(rows) == len(VALUES) + 1


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_log_without_a_scalar_becomes_a_table_without_rows(tmp_path, ending):
    write(tmp_path / "logs", version())
    target = tmp_path / f"a.{ending}"
    assert main(["export", str(tmp_path / "logs"), "-o", str(target)]) == 0
    table = pandas.read_csv(target) if ending == "csv" else parquet.read_table(target).to_pandas()
    assert (list(table), len(table)) == (COLUMNS, 0)


def test_a_choice_that_fits_nothing_is_told(folder, capsys):
    assert main(["export", str(folder), "--tags", "lsos"]) == 0
    told = f"tbnotebook: {folder} holds no scalar that was asked for: the table has no rows\n"
    assert capsys.readouterr() == (",".join(COLUMNS) + "\n", told)


def test_a_full_disk_behind_the_output_is_an_error(folder):
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full here")
    code = "import sys; from tbnotebook.report.command import main; raise SystemExit(main(sys.argv[1:]))"
    with open("/dev/full", "wb") as full:
        done = subprocess.run([sys.executable, "-c", code, "export", str(folder)], stdout=full, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (2, b"tbnotebook: cannot write the output: No space left on device\n")


def test_damage_is_told_in_one_line_and_the_rest_is_exported(tmp_path, capsys):
    path = write(tmp_path, version(), *(scalar("loss", step) for step in range(10)))
    data = bytearray(path.read_bytes())
    offset = len(records(version(), scalar("loss", 0)))
    data[offset + 20] ^= 1
    path.write_bytes(data)
    assert main(["export", str(tmp_path)]) == 0
    out, error = capsys.readouterr()
    assert [row["step"] for row in csv.DictReader(io.StringIO(out))] == [str(step) for step in range(10) if step != 1]
    assert error.startswith(f"tbnotebook: a problem in the log: {path}, byte {offset}: ")
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("source", "options", "said"),
    [
        ("logs", ["-o", "a.xlsx"], "cannot export to 'a.xlsx': its ending would be one of .csv, .parquet"),
        ("logs", ["-o", "noending"], "its ending would be one of .csv, .parquet"),
        ("none", [], "none does not exist; give a folder with event files"),
        ("empty", [], "holds nothing, but no event file"),
        ("logs/a/events.out.tfevents.0000000001.host.1.0", [], "is a file; give the folder that it is in"),
        ("logs", ["--tags", "("], "tags='(' is no regular expression"),
        ("logs", ["-o", "none/a.csv"], "cannot write none/a.csv: No such file or directory"),
        ("logs", ["-o", "none/a.parquet"], "cannot write none/a.parquet: No such file or directory"),
        ("logs", ["-o", "folder.csv"], "cannot write folder.csv: Is a directory"),
        ("none", ["-o", "a.csv"], "none does not exist; give a folder with event files"),
    ],
)
def test_errors_are_one_sentence_and_code_2_and_leave_no_file(
    folder, tmp_path, monkeypatch, capsys, source, options, said
):
    (tmp_path / "empty").mkdir()
    (tmp_path / "folder.csv").mkdir()
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    assert main(["export", source, *options]) == 2
    out, error = capsys.readouterr()
    assert said in error
    assert error.startswith("tbnotebook: ")
    assert (error.count("\n"), out) == (1, "")
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize(("ending", "writes"), [("csv", "write_csv"), ("parquet", "gathered")])
def test_a_failed_export_leaves_the_file_that_was_there(folder, tmp_path, monkeypatch, capsys, ending, writes):
    target = tmp_path / f"a.{ending}"
    target.write_text("the last one")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export, writes, full)
    assert main(["export", str(folder), "-o", str(target)]) == 2
    assert capsys.readouterr().err == f"tbnotebook: cannot write {target}: No space left on device\n"
    assert target.read_text() == "the last one"
    assert {path.name for path in tmp_path.iterdir()} == {"logs", target.name}


def test_an_export_replaces_the_file_behind_a_link_and_has_the_usual_rights(folder, tmp_path):
    (tmp_path / "kept").mkdir()
    link = tmp_path / "a.csv"
    link.symlink_to(tmp_path / "kept" / "real.csv")
    mask = os.umask(0o027)
    try:
        assert main(["export", str(folder), "-o", str(link)]) == 0
    finally:
        os.umask(mask)
    assert link.is_symlink()
    assert stat.S_IMODE((tmp_path / "kept" / "real.csv").stat().st_mode) == 0o640


def test_without_pyarrow_the_error_says_what_to_install_and_csv_works(folder, tmp_path, monkeypatch, capsys):
    refuse(monkeypatch, "pyarrow", "nanoarrow", "pandas")
    assert main(["export", str(folder), "-o", str(tmp_path / "a.parquet")]) == 2
    assert 'pip install "tbnotebook[parquet]"' in capsys.readouterr().err
    assert main(["export", str(folder)]) == 0
    assert capsys.readouterr().out.count("\n") == 14


def test_whoever_reads_the_output_may_stop_early(tmp_path):
    write(tmp_path, version(), *(scalar("loss", step) for step in range(20_000)))
    code = "import sys; from tbnotebook.report.command import main; raise SystemExit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "export", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout.readline() == b"run,attempt,tag,step,wall_time,value\n"
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0


def many(rows):
    points = Points(np.arange(rows), np.arange(rows) + 1e9, np.arange(rows) / 7)
    return Frame(("run",), ("tag",), (Part(0, 0, 0, points),))


def test_csv_takes_the_memory_of_a_batch_not_of_the_table(monkeypatch, tmp_path):
    monkeypatch.setattr(frame, "_ROWS", 1000)
    table = many(50_000)
    with (tmp_path / "a.csv").open("w", newline="") as file:
        tracemalloc.start()
        export.write_csv(table, file)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 50_000 * 24 / 2
    assert pandas.read_csv(tmp_path / "a.csv")["value"].tolist() == (np.arange(50_000) / 7).tolist()


def test_parquet_is_written_a_row_group_at_a_time(monkeypatch, tmp_path):
    monkeypatch.setattr(frame, "_ROWS", 300)
    monkeypatch.setattr(frame, "_ALONE", 100)
    monkeypatch.setattr(export, "_GROUP", 1000)
    export.write_parquet(many(10_000), tmp_path / "a.parquet")
    file = parquet.ParquetFile(tmp_path / "a.parquet")
    sizes = [file.metadata.row_group(index).num_rows for index in range(file.num_row_groups)]
    assert (sum(sizes), sizes) == (10_000, [900] * 10 + [1000])
    assert file.read()["step"].to_pylist() == list(range(10_000))


def test_a_cell_is_what_the_page_writes_too():
    cases = json.loads((Path(__file__).parents[1] / "vectors" / "csv-cells.json").read_text("utf-8"))
    for case in cases:
        file = io.StringIO()
        point = Points(np.array([1]), np.array([2.0]), np.array([3.0]))
        export.write_csv(Frame((case["name"],), ("tag",), (Part(0, 0, 0, point),)), file)
        assert file.getvalue().split("\n", 1)[1] == f"{case['cell']},0,tag,1,2.0,3.0\n"
