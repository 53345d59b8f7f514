"""What a process that reads must do with."""

from __future__ import annotations

import os
import resource
from collections.abc import Mapping
from typing import Any

NOBODY = 65534  # root passes over permissions


def confine(limits: Mapping[str, Any], taken: int = 0) -> None:
    """Bind this process, for good.

    Parameters
    ----------
    limits
        ``memory``, bytes of address space besides those ``taken``; open ``files``; ``root``, False to have no rights.
    """
    if "memory" in limits:
        resource.setrlimit(resource.RLIMIT_AS, (taken + limits["memory"],) * 2)
    if "files" in limits:
        resource.setrlimit(resource.RLIMIT_NOFILE, (limits["files"],) * 2)
    if limits.get("root") is False and os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
