"""What a tensor on a GPU holds at the call, taken without waiting for the GPU.

``.item()`` would stop the training loop until the GPU has done all that it was given before. Instead a copy to the
host is put in line behind that work, and a mark behind the copy; the loop goes on, and the writer's thread waits for
the mark. What changes the tensor later stands in line behind the copy, so that the number is that of the call.
"""

from __future__ import annotations

from typing import Any

from tbnotebook.writer.values import BadValue, describe, to_number, to_step


class DeviceCopy:
    """What a tensor of a CUDA or ROCm device holds, on its way from there."""

    __slots__ = ("_host", "_mark")

    def __init__(self, tensor: Any) -> None:
        import torch  # whoever has a tensor has loaded it

        stream = torch.cuda.current_stream(tensor.device)
        # Into pinned memory, which torch takes by itself: else the copy would wait.
        self._host = tensor.detach().to("cpu", non_blocking=True)
        self._mark = torch.cuda.Event(blocking=True)  # who waits for it sleeps, and does not spin
        self._mark.record(stream)
        _on_their_way.add(self)

    def arrived(self) -> Any:
        """Wait until it is here, and return it as a tensor of the host.

        Raises
        ------
        BadValue
            The GPU failed at what it was given before.
        """
        try:
            self._mark.synchronize()
        except Exception as problem:  # work that failed on the GPU is told at the next wait for it
            raise BadValue(f"the GPU did not give what was asked: {problem}") from problem
        finally:
            _on_their_way.discard(self)
        return self._host


class DeviceNumber(DeviceCopy):
    """A number on its way from a CUDA or ROCm device. ``float()`` and ``int()`` wait until it is here.

    Raises
    ------
    BadValue
        ``tensor`` is not one real number.
    """

    __slots__ = ()

    def __init__(self, tensor: Any) -> None:
        if tensor.numel() != 1 or tensor.is_complex():
            raise BadValue(f"a tensor of one real element was expected; got {describe(tensor)}")
        super().__init__(tensor)

    def __float__(self) -> float:
        return float(self.arrived().item())

    def __int__(self) -> int:
        return int(self.arrived().item())


# A forked child keeps what its parent had under way: freeing pinned memory there calls the GPU's driver, which ends a
# process that has it from its parent.
_on_their_way: set[DeviceCopy] = set()


def take_number(value: Any) -> float | DeviceNumber:
    """Return a scalar as it is now, as `to_number` but for a tensor on a GPU, which is not waited for."""
    try:
        # No more look-ups than needed: in a loop that logs a tensor a step they are most of what it pays.
        if getattr(value, "is_cuda", False) and is_plain(value):
            return DeviceNumber(value)
        # A tensor's item() gives up the GIL, which a busy thread then keeps for 5 ms; its tolist() does not.
        number = value.tolist() if value.ndim == 0 else value.item()
    except BadValue:
        raise
    except Exception:  # a tensor subclass has no tolist()
        return to_number(value)  # says what is wrong, if anything is
    return number if type(number) is float else to_number(number)


def take_step(step: Any) -> int | DeviceNumber:
    """Return a step as it is now, as `to_step` but for a tensor on a GPU, which is not waited for."""
    if getattr(step, "is_cuda", False) and is_plain(step):
        return DeviceNumber(step)
    return to_step(step)


def is_plain(value: Any) -> bool:
    """Return whether copying a tensor is no more than that: a subclass's may talk to other processes."""
    import torch

    return not isinstance(value, torch.Tensor) or type(value) in (torch.Tensor, torch.nn.Parameter)
