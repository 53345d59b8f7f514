"""The objects of one folder of a store."""

from __future__ import annotations

from typing import Any


class Objects:
    """A folder of a store: each object is put once and stays as it is.

    Its methods raise whatever the store's package raises, and may take as long as the network likes.

    Parameters
    ----------
    url
        As fsspec takes it. Used by one process: after a fork the child needs `Objects` of its own.
    """

    def __init__(self, url: str) -> None:
        from fsspec.core import url_to_fs

        self._system: Any
        self._system, root = url_to_fs(url)
        self._root = str(root).rstrip("/")

    def sizes(self, child: str = "") -> dict[str, int]:
        """Return name and size of each object of the folder, or of a child's folder below it."""
        self._system.invalidate_cache()  # another machine may have put what fsspec has not listed
        try:
            listed = self._system.ls(f"{self._root}/{child}" if child else self._root, detail=True)
        except FileNotFoundError:
            return {}
        return {entry["name"].rpartition("/")[2]: entry["size"] for entry in listed if entry["type"] == "file"}

    def put(self, name: str, data: bytes) -> None:
        """Put an object, unless it is there: a try whose answer got lost may have brought it.

        Its name is relative to the folder.

        An object of another size is what a store that is no object store, such as SFTP, keeps of a try that was cut
        off. It is replaced by the whole.
        """
        path = f"{self._root}/{name}"
        if self._size(path) == len(data):
            return
        try:
            self._system.pipe_file(path, data)
        except FileNotFoundError:
            self._make_folders(path.rpartition("/")[0])
            self._system.pipe_file(path, data)

    def _size(self, path: str) -> int | None:
        self._system.invalidate_cache()
        try:
            return int(self._system.info(path)["size"])
        except (FileNotFoundError, PermissionError):  # who may only write is refused what is not there, too
            return None

    def _make_folders(self, folder: str) -> None:
        """Make a folder and those above it where the store has such; never a bucket, which is the first of them."""
        parts = folder.split("/")
        first = 2 if folder.startswith("/") else 1
        for count in range(first + 1, len(parts) + 1):
            above = "/".join(parts[:count])
            if not self._system.isdir(above):
                self._system.mkdir(above, create_parents=False)
