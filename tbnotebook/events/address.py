"""What names a log: a folder of this machine, or a URL of an object store."""

from __future__ import annotations

import os
import re

# Two letters at least: `C://logs` is a folder on Windows. `a::b://c` is fsspec's way to chain file systems.
_URL = re.compile(r"(?:[A-Za-z][\w+.-]+::)*[A-Za-z][\w+.-]+://")
_LOCAL = "file://"


def is_store(log_dir: str) -> bool:
    """Whether ``log_dir`` is a URL of an object store. ``file://`` is none: it names a folder."""
    return _URL.match(log_dir) is not None and not log_dir.startswith(_LOCAL)


def absolute(log_dir: str) -> str:
    """Return what names the same place whatever the working directory becomes."""
    return log_dir if is_store(log_dir) else os.path.abspath(log_dir.removeprefix(_LOCAL))


def require(url: str) -> None:
    """See to it, without asking any network, that there is code for each protocol of ``url``.

    Raises
    ------
    ImportError
        fsspec or the package for a protocol is not installed.
    ValueError
        fsspec knows no such protocol.
    """
    try:
        import fsspec
    except ImportError as problem:
        raise ImportError(f'{url} needs fsspec: pip install "tbnotebook[fsspec]"') from problem
    for link in url.split("::"):
        protocol = link.partition("://")[0]
        try:
            fsspec.get_filesystem_class(protocol)
        except ImportError as problem:
            package = _package(protocol)
            raise ImportError(f"{url} needs a package for {protocol}: pip install {package} ({problem})") from problem
        except ValueError as problem:
            raise ValueError(f"{url}: fsspec knows no protocol {protocol!r}; e.g. s3, gs, abfs, memory") from problem


def _package(protocol: str) -> str:
    """The package of a protocol, which is what its class is imported from."""
    from fsspec.registry import known_implementations

    name: str = known_implementations[protocol]["class"]
    return name.partition(".")[0]
