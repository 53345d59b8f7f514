"""A frame or table as a file that other programs read: CSV or Parquet, a batch at a time."""

from __future__ import annotations

import io
import os
import secrets
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO

from tbnotebook.reader.frame import COLUMNS, Batch, Frame, gathered
from tbnotebook.reader.table import Table
from tbnotebook.report.csv_cell import csv_cell
from tbnotebook.report.export_table import write_table_csv, write_table_parquet

# Rows of a row group of Parquet, and what each column is written as: a fifth of the time and a third of the size that
# the defaults take. Every reader of Parquet 2 knows these.
_GROUP = 1 << 20
_ENCODING = {
    "compression": "zstd",
    "use_dictionary": ["run", "attempt", "tag"],
    "column_encoding": {
        "step": "DELTA_BINARY_PACKED",
        "wall_time": "BYTE_STREAM_SPLIT",
        "value": "BYTE_STREAM_SPLIT",
    },
}


def writer_for(path: Path) -> Callable[[Frame | Table, Path], int]:
    """Return what writes a frame or a table to a file of this name's ending, and returns how many rows.

    Raises
    ------
    ValueError
        If the ending is none of those that can be written; the error lists them.
    ImportError
        If what writes it is not installed.
    """
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return _write_csv_file
    if suffix == ".parquet":
        try:
            import pyarrow.parquet  # noqa: F401 - to say at once that it is missing
        except ImportError as error:
            raise ImportError(f'Parquet needs pyarrow ({error}): pip install "tbnotebook[parquet]"') from error
        return write_parquet
    raise ValueError(f"cannot export to {path.name!r}: its ending would be one of .csv, .parquet")


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a new file beside `path`, which takes its place at the end, or vanishes after an error."""
    target = Path(os.path.realpath(path))  # a link stays one
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    temporary.open("xb").close()
    try:
        yield temporary
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


@contextmanager
def standard_output() -> Iterator[TextIO]:
    """Give the standard output as UTF-8 with newlines as they are; whoever reads it may stop when they like."""
    output = io.TextIOWrapper(sys.stdout.buffer, "utf-8", newline="")
    try:
        yield output
        output.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what is still in buffers
    finally:
        output.detach()


def write_csv(frame: Frame | Table, file: TextIO) -> int:
    """Write a frame or table as CSV with a header: commas, newlines alone, numbers as Python would repeat them.

    A name or text that a spreadsheet would take for a formula begins with an apostrophe; a text that is none is empty.

    Returns
    -------
    int
        The rows.
    """
    if isinstance(frame, Table):
        return write_table_csv(frame, file)
    runs, tags = [csv_cell(run) for run in frame.runs], [csv_cell(tag) for tag in frame.tags]
    file.write(",".join(COLUMNS) + "\n")
    for batch in frame.batches():
        file.writelines(
            f"{runs[run]},{attempt},{tags[tag]},{step},{wall_time!r},{value!r}\n"
            for run, attempt, tag, step, wall_time, value in zip(*(column.tolist() for column in batch))
        )
    return len(frame)


def write_parquet(frame: Frame | Table, path: Path) -> int:
    """Write a frame or table as Parquet and return its rows: Zstandard, with names dictionary-encoded."""
    if isinstance(frame, Table):
        return write_table_parquet(frame, path)
    import pyarrow
    from pyarrow import parquet

    names = {"run": pyarrow.array(frame.runs, pyarrow.string()), "tag": pyarrow.array(frame.tags, pyarrow.string())}

    def record_batch(batch: Batch) -> Any:
        columns = {
            name: pyarrow.DictionaryArray.from_arrays(values, names[name]) if name in names else pyarrow.array(values)
            for name, values in batch._asdict().items()
        }
        return pyarrow.RecordBatch.from_pydict(columns)

    schema = record_batch(gathered(())).schema
    with parquet.ParquetWriter(path, schema, **_ENCODING) as file:
        for group in _row_groups(frame.batches()):
            file.write_table(pyarrow.Table.from_batches(map(record_batch, group)), _GROUP)
    return len(frame)


def _write_csv_file(frame: Frame | Table, path: Path) -> int:
    with path.open("w", encoding="utf-8", newline="") as file:
        return write_csv(frame, file)


def _row_groups(batches: Iterable[Batch]) -> Iterator[list[Batch]]:
    """Batches that together are a row group: as long as a reader likes them, and a bounded part of the table."""
    group: list[Batch] = []
    rows = 0
    for batch in batches:
        if group and rows + len(batch.step) > _GROUP:
            yield group
            group, rows = [], 0
        group.append(batch)
        rows += len(batch.step)
    if group:
        yield group
