"""What people hand to ``add_*``, as the plain numbers and bytes that an event holds."""

from __future__ import annotations

from typing import Any

MIN_STEP = -(2**63)
MAX_STEP = 2**63 - 1


class BadValue(ValueError):
    """An argument that no event can hold. A strict writer raises it; any other skips the event and counts it."""


def as_bad_value(error: Exception) -> BadValue:
    """Return what a strict writer raises for an argument that raised this when it was looked at."""
    if isinstance(error, BadValue):
        return error
    problem = BadValue(f"{type(error).__name__}: {error}")
    problem.__cause__ = error
    return problem


def to_number(value: Any) -> float:
    """Return a scalar as a float.

    Takes Python numbers, numpy scalars, and arrays or tensors of one element, of any dtype, on any device and
    with or without gradient. What has ``.item()`` is asked for it: that is how a tensor is recognised without
    importing torch, and it is exact for bfloat16 and float8.

    Raises
    ------
    BadValue
        Not one real number.
    """
    try:
        item = getattr(value, "item", None)
        return float(value if item is None else item())
    except Exception as problem:  # .item() of a foreign type may raise anything
        raise BadValue(f"a scalar is one real number; got {describe(value)} ({problem})") from problem


def to_step(step: Any) -> int:
    """Return a step as an int; a fraction is cut off, as torch does.

    Raises
    ------
    BadValue
        Not one number, or not within int64.
    """
    try:
        item = getattr(step, "item", None)
        number = int(step if item is None else item())
    except Exception as problem:  # as in to_number
        raise BadValue(f"a step is one whole number; got {describe(step)} ({problem})") from problem
    if not MIN_STEP <= number <= MAX_STEP:
        raise BadValue(f"a step lies between -2**63 and 2**63 - 1; got {describe(step)}")
    return number


def to_wall_time(wall_time: Any) -> float:
    """Return a wall time in seconds since the epoch.

    Raises
    ------
    BadValue
        Not one real number.
    """
    try:
        return float(wall_time)
    except Exception as problem:  # as in to_number
        raise BadValue(f"a wall time is in seconds; got {describe(wall_time)} ({problem})") from problem


def to_tag(tag: Any) -> bytes:
    """Return a tag as UTF-8.

    What is no Unicode (lone surrogates, other bytes) is written as backslash escapes: TensorBoard loses the
    whole run at a tag that is not UTF-8, and escapes keep two such tags apart.

    Raises
    ------
    BadValue
        Neither ``str`` nor ``bytes``.
    """
    if isinstance(tag, str):
        return tag.encode("utf-8", "backslashreplace")
    if isinstance(tag, bytes):
        return tag.decode("utf-8", "backslashreplace").encode()
    raise BadValue(f"a tag is text; got {describe(tag)}")


def describe(value: Any) -> str:
    """Return a short text for an error message: type and shape of an array, else the shortened repr."""
    kind = type(value).__name__
    shape = getattr(value, "shape", None)
    if shape is not None:
        return f"{kind} of shape {tuple(shape)}" if isinstance(shape, tuple) else kind
    try:
        text = repr(value)
    except Exception:  # a broken __repr__ must not hide the message that it was wanted for
        return kind
    return f"{kind} {text if len(text) <= 60 else text[:57] + '...'}"
