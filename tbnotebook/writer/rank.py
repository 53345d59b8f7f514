"""Which of the processes that train one model together this is, and where it writes."""

from __future__ import annotations

import os
import sys
from typing import Literal

Ranks = Literal["all", "zero"]


def current_rank() -> int:
    """Return this process's rank: that of torch.distributed where it is in use, else what torchrun says, else 0."""
    distributed = sys.modules.get("torch.distributed")  # whoever uses it has loaded it
    if distributed is not None and distributed.is_available() and distributed.is_initialized():
        return int(distributed.get_rank())
    # RANK alone may be anybody's variable.
    rank, world_size = os.environ.get("RANK", ""), os.environ.get("WORLD_SIZE", "")
    return int(rank) if rank.isdecimal() and world_size.isdecimal() and int(world_size) > 1 else 0


def folder_of_rank(folder: str, rank: int) -> str:
    """Return where a rank writes: rank 0 into the folder that it was given, as if it were alone; any other below it."""
    return f"{folder.rstrip('/')}/rank{rank}" if rank else folder


def writes(ranks: Ranks, rank: int) -> bool:
    """Return whether a rank writes at all.

    Raises
    ------
    ValueError
        ``ranks`` is neither ``"all"`` nor ``"zero"``.
    """
    if ranks not in ("all", "zero"):
        raise ValueError(f'ranks is "all" or "zero"; got {ranks!r}')
    return ranks == "all" or rank == 0
