"""The magics: ``%tbnotebook DIR|auto``, ``%%tbnotebook DIR``, and ``%tensorboard --logdir DIR`` where it is free."""

from __future__ import annotations

import shlex
from argparse import ArgumentParser
from typing import Any, NoReturn

from IPython.core.error import UsageError

from tbnotebook.widget.opener import show
from tbnotebook.widget.session import session


class _Parser(ArgumentParser):
    """Says what is wrong in the notebook instead of ending the kernel."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}\n{self.format_usage()}")

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        raise UsageError(message or self.format_usage())


def register(ipython: Any) -> None:
    """Add the magics to a shell; ``%tensorboard`` only if no other package has taken it."""

    def tbnotebook(line: str, cell: str | None = None) -> None:
        """``%tbnotebook DIR [--height N]`` shows a folder; with ``%%`` the cell's code runs below the view.

        ``%tbnotebook auto`` gives every cell a slim view of the folder of the first writer that it makes, until
        ``%tbnotebook auto off``. A folder of this name is ``./auto``.
        """
        if line.split()[:1] == ["auto"] and cell is None:
            _switch_auto(line)
            return
        arguments = _parse(_own_parser(cell is not None), line)
        show(arguments.logdir, height=arguments.height)
        if cell is not None:
            ipython.run_cell(cell).raise_error()

    def tensorboard(line: str) -> None:
        """``%tensorboard --logdir DIR [--height N]``: our view in a notebook that was written for TensorBoard."""
        arguments = _parse(_tensorboard_parser(), line)
        show(arguments.logdir, height=arguments.height)

    ipython.register_magic_function(tbnotebook, "line_cell", "tbnotebook")
    if "tensorboard" not in ipython.magics_manager.magics["line"]:
        ipython.register_magic_function(tensorboard, "line", "tensorboard")


def _parse(parser: ArgumentParser, line: str) -> Any:
    try:
        words = shlex.split(line)
    except ValueError as error:
        raise UsageError(f"{error} in: {line}\n{parser.format_usage()}") from error
    return parser.parse_args(words)


def _switch_auto(line: str) -> None:
    _, *words = line.split()
    if words not in ([], ["off"]):
        wrong = " ".join(words)
        raise UsageError(f"not understood after auto: {wrong}\nusage: %tbnotebook auto [off]; ./auto is a folder")
    session().auto.switch(not words)


def _own_parser(cell: bool) -> ArgumentParser:
    usage = None if cell else "%(prog)s [--height PIXELS] DIR\n       %(prog)s auto [off]"
    parser = _Parser(prog="%%tbnotebook" if cell else "%tbnotebook", usage=usage, add_help=False)
    parser.add_argument("logdir", metavar="DIR")
    _add_height(parser)
    return parser


def _tensorboard_parser() -> ArgumentParser:
    parser = _Parser(prog="%tensorboard", add_help=False)
    parser.add_argument("--logdir", required=True, metavar="DIR")
    _add_height(parser)
    return parser


def _add_height(parser: ArgumentParser) -> None:
    parser.add_argument("--height", type=int, metavar="PIXELS", help="beyond it the view scrolls inside")
