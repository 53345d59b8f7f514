"""A server of a notebook as an app, Voila or marimo, from packages in a folder of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.browser.lab import end_group, free_port

ROOT = Path(__file__).parents[2]
START_TIMEOUT = 60.0


@contextmanager
def serving(arguments: Sequence[str], packages: Path, folder: Path, **environment: str) -> Iterator[str]:
    """Run `python -m` with these arguments in a folder until the end of the context; give its address.

    Parameters
    ----------
    arguments : sequence of str
        In them, "{port}" stands for the port.
    packages : Path
        Of an overlay; what it lacks comes from the environment of the tests.
    folder : Path
    **environment : str
    """
    port = free_port()
    command = [sys.executable, "-m", *(argument.format(port=port) for argument in arguments)]
    paths = os.pathsep.join([str(packages), str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": paths, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _await_answer(f"http://127.0.0.1:{port}/", process, log)
        yield f"http://127.0.0.1:{port}/"
    finally:
        end_group(process)


def _await_answer(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline and process.poll() is None:
        try:
            # No path of an app: asked for its page Voila would run the notebook.
            urllib.request.urlopen(address + "favicon.ico", timeout=10)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"no answer from {address}; it said:\n{log.read_text('utf-8', 'replace')[-3000:]}")
