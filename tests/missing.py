"""Packages that are not installed."""

from __future__ import annotations

import builtins
from typing import Any

import pytest


def refuse(monkeypatch: pytest.MonkeyPatch, *packages: str) -> None:
    """Let whoever imports one of these packages find that it is not there."""
    real = builtins.__import__

    def imported(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.partition(".")[0] in packages:
            raise ImportError(f"No module named {name!r}")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", imported)
