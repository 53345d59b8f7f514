"""The command `tbnotebook`: a report of a notebook or of a folder of logs, and what logs hold as a table."""

from __future__ import annotations

import argparse
import re
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import tbnotebook

if TYPE_CHECKING:
    from tbnotebook.reader import Frame, LogDir, Problem, Table

LEAST_BUDGET, MOST_BUDGET = 50_000, 300_000_000  # a browser reads no text of more than half a gigabyte


class _Refusal(Exception):
    """A request that cannot be met, in a sentence for the person who made it."""


def main(argv: list[str] | None = None) -> int:
    """Run the command.

    Returns
    -------
    int
        0, or 2 after an error, which one sentence on stderr explains.
    """
    arguments = _parser().parse_args(argv)
    try:
        arguments.run(arguments)
    except _Refusal as error:
        print(f"tbnotebook: {error}", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    from tbnotebook.reader.frame import KINDS

    parser = argparse.ArgumentParser(
        "tbnotebook", description="TensorBoard's curves and graphs in notebooks and reports."
    )
    parser.add_argument("--version", action="version", version=f"tbnotebook {tbnotebook.__version__}")
    commands = parser.add_subparsers(dest="command", required=True)
    report = commands.add_parser("report", help="write one HTML file that works without a network")
    report.add_argument("source", help="a notebook (.ipynb) or a folder with event files")
    report.add_argument("-o", "--output", help="the file to write; by default the source's name with .html, here")
    report.add_argument("--no-code", action="store_true", help="leave the code of the notebook's cells out")
    report.add_argument(
        "--budget",
        metavar="SIZE",
        type=_size,
        help="of a folder: what the file may hold of its data, as 20MB; more of it shows more points and more pictures "
        "(by default 240kB)",
    )
    report.set_defaults(run=_run_report)
    export = commands.add_parser("export", help="write what event files hold as one table, Parquet or CSV")
    export.add_argument("source", help="a folder with event files")
    export.add_argument("-o", "--output", default="-", help="a file .parquet or .csv; by default CSV to the output")
    export.add_argument("--kind", default=KINDS[0], choices=KINDS, help=f"what to write; by default {KINDS[0]}")
    export.add_argument("--runs", metavar="REGEX", help="only runs in whose name this is found, in whatever case")
    export.add_argument("--tags", metavar="REGEX", help="only tags in which this is found, in whatever case")
    export.set_defaults(run=_run_export)
    return parser


def _size(told: str) -> int:
    """A number of bytes as people write it."""
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(k|M|G|)B?\s*", told, re.IGNORECASE)
    if match is None:
        raise argparse.ArgumentTypeError(f"{told!r} is no size; one is 500kB, 20MB or 0.1GB")
    size = int(float(match[1]) * {"": 1, "k": 1e3, "m": 1e6, "g": 1e9}[match[2].lower()])
    if not LEAST_BUDGET <= size <= MOST_BUDGET:
        raise argparse.ArgumentTypeError(
            f"{told!r} is no size for a report: one has from {LEAST_BUDGET // 1000} kB to {MOST_BUDGET // 10**6} MB"
        )
    return size


def _run_report(arguments: argparse.Namespace) -> None:
    source, target = Path(arguments.source), arguments.output and Path(arguments.output)
    try:
        target = target or Path(f"{source.resolve().stem if source.is_file() else source.resolve().name}.html")
        html = _report(source, with_code=not arguments.no_code, budget=arguments.budget)
        target.write_text(html, "utf-8")
    except OSError as error:
        raise _Refusal(f"cannot write {target}: {error.strerror or error}") from error
    print(f"{target} ({len(html.encode()) / 1000:.0f} kB)")


def _run_export(arguments: argparse.Namespace) -> None:
    from tbnotebook.report.export import replacing, standard_output, write_csv, writer_for

    target = None if arguments.output == "-" else Path(arguments.output)
    rows = -1  # whoever reads the output may stop before the last
    try:
        with warnings.catch_warnings(record=True) as told:
            if target is None:
                log, frame = _read_frame(arguments)
                with standard_output() as output:
                    rows = write_csv(frame, output)
            else:
                write = writer_for(target)
                with replacing(target) as file:
                    log, frame = _read_frame(arguments)
                    rows = write(frame, file)
                print(f"{target} ({_summary(frame, rows)}, {target.stat().st_size / 1000:.0f} kB)")
    except (ValueError, ImportError) as error:
        raise _Refusal(str(error)) from error
    except OSError as error:
        raise _Refusal(f"cannot write {target or 'the output'}: {error.strerror or error}") from error
    if rows == 0:
        chosen = " that was asked for" if arguments.runs or arguments.tags else ""
        what = arguments.kind.removesuffix("s")
        print(f"tbnotebook: {arguments.source} holds no {what}{chosen}: the table has no rows", file=sys.stderr)
    for one in told:
        print(f"tbnotebook: {one.message}", file=sys.stderr)
    if log.problems:
        _tell_problems(log.problems)


def _summary(frame: Frame | Table, rows: int) -> str:
    from tbnotebook.reader import Frame

    return frame.summary if isinstance(frame, Frame) else f"{rows:,} row{'' if rows == 1 else 's'}"


def _read_frame(arguments: argparse.Namespace) -> tuple[LogDir, Frame | Table]:
    from tbnotebook.report.whole_log import read_whole

    log = read_whole(arguments.source)
    return log, log.frame(arguments.kind, runs=arguments.runs, tags=arguments.tags)


def _tell_problems(problems: list[Problem]) -> None:
    first = problems[0]
    place = first.path if first.offset is None else f"{first.path}, byte {first.offset}"
    count = "a problem in the log" if len(problems) == 1 else f"{len(problems)} problems in the log, the first"
    print(f"tbnotebook: {count}: {place}: {first.reason}", file=sys.stderr)


def _report(source: Path, *, with_code: bool, budget: int | None) -> str:
    try:
        if source.is_dir():
            from tbnotebook.report.log_report import log_report

            return log_report(source, budget)
        if budget is not None:
            raise _Refusal(f"--budget is for a folder with event files; {source} is none, and a notebook has its views")
        if not source.exists():
            raise _Refusal(f"{source} does not exist; give a notebook (.ipynb) or a folder with event files")
        return _notebook_report(source, with_code=with_code)
    except (ValueError, RuntimeError) as error:
        raise _Refusal(str(error)) from error


def _notebook_report(source: Path, *, with_code: bool) -> str:
    try:
        import nbformat
        from traitlets.config import Config

        from tbnotebook.report.exporter import ReportExporter
    except ImportError as error:
        raise _Refusal(f'a report of a notebook needs nbconvert ({error}): pip install "tbnotebook[report]"') from error
    try:
        notebook = nbformat.read(source, as_version=4)  # type: ignore[no-untyped-call]
    except (nbformat.reader.NotJSONError, nbformat.ValidationError, UnicodeDecodeError, AttributeError) as error:
        reason = str(error).splitlines()[0][:120]
        raise _Refusal(f"{source} is no notebook ({reason}); give a notebook (.ipynb) or a folder") from error
    except OSError as error:
        raise _Refusal(f"cannot read {source}: {error.strerror or error}") from error
    config = Config({"TemplateExporter": {"exclude_input": not with_code}})
    exporter = ReportExporter(config=config)  # type: ignore[no-untyped-call]
    resources = {"metadata": {"name": source.stem, "path": str(source.resolve().parent)}}
    html, _ = exporter.from_notebook_node(notebook, resources)
    return str(html)
