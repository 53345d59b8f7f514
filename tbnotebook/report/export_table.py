"""A table of what is no scalar as CSV or Parquet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from tbnotebook.reader.table import Columns, Field, Table
from tbnotebook.report.csv_cell import csv_cell


def write_table_csv(table: Table, file: TextIO) -> int:
    """Write a table as CSV and return its rows; see `tbnotebook.report.export.write_csv`.

    Raises
    ------
    ValueError
        The table has a column of files, which CSV has no cells for.
    """
    for field in table.fields:
        if field.type == "bytes":
            raise ValueError(f"the column {field.name!r} holds files, which CSV cannot: export it to .parquet")
    cells = [_cells_of(field) for field in table.fields]
    file.write(",".join(table.columns) + "\n")
    rows = 0
    for batch in table.batches():
        columns = (of(_values(batch, field)) for of, field in zip(cells, table.fields))
        file.writelines(",".join(row) + "\n" for row in zip(*columns))
        rows += _length(batch, table)
    return rows


def _cells_of(field: Field) -> Callable[[list[Any]], list[str]]:
    if field.type == "names":
        names = [csv_cell(name) for name in field.names]
        return lambda codes: [names[code] for code in codes]
    if field.type == "text":
        return lambda texts: ["" if text is None else csv_cell(text) for text in texts]
    return lambda numbers: list(map(repr, numbers))


def _values(batch: Columns, field: Field) -> list[Any]:
    column = batch[field.name]
    return column if isinstance(column, list) else column.tolist()


def _length(batch: Columns, table: Table) -> int:
    return len(batch[table.fields[0].name])


def write_table_parquet(table: Table, path: Path) -> int:
    """Write a table as Parquet and return its rows; see `tbnotebook.report.export.write_parquet`."""
    import pyarrow
    from pyarrow import parquet

    plain = {
        "int32": pyarrow.int32(),
        "int64": pyarrow.int64(),
        "float64": pyarrow.float64(),
        "text": pyarrow.string(),
        "bytes": pyarrow.binary(),
    }
    names = {
        field.name: pyarrow.array(field.names, pyarrow.string()) for field in table.fields if field.type == "names"
    }

    def column(batch: Columns, field: Field) -> Any:
        if field.name in names:
            return pyarrow.DictionaryArray.from_arrays(batch[field.name], names[field.name])
        return pyarrow.array(batch[field.name], plain[field.type])

    types = {
        field.name: pyarrow.dictionary(pyarrow.int32(), pyarrow.string()) if field.name in names else plain[field.type]
        for field in table.fields
    }
    with parquet.ParquetWriter(path, pyarrow.schema(types), compression="zstd") as file:
        rows = 0
        for batch in table.batches():
            file.write_batch(pyarrow.RecordBatch.from_pydict({f.name: column(batch, f) for f in table.fields}))
            rows += _length(batch, table)
    return rows
