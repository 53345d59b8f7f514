"""A torch model → the graph model, by one real forward pass. torch is imported here and nowhere else."""

_OLDEST = (2, 4)

try:
    import torch
except ImportError as error:
    raise ImportError("add_graph needs torch: pip install tbnotebook[torch]") from error

if tuple(int(part) for part in torch.__version__.split(".")[:2]) < _OLDEST:
    raise ImportError(
        f"add_graph needs torch 2.4 or newer, this is {torch.__version__}: pip install -U tbnotebook[torch]"
    )

from tbnotebook.tracer.attempt import TraceError  # noqa: E402 - only with a torch that it works with
from tbnotebook.tracer.traced import Trace, trace, trace_input  # noqa: E402

__all__ = ["Trace", "TraceError", "trace", "trace_input"]
