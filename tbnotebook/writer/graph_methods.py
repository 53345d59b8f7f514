"""The methods of `SummaryWriter` for networks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tbnotebook.writer.graph_records import graph_records

if TYPE_CHECKING:
    import os

    from tbnotebook.writer.file_writer import FileWriter


class GraphMethods:
    """Adds the graph of a model: of one that is run, or of one in a file."""

    file_writer: FileWriter

    def add_graph(
        self,
        model: Any,
        input_to_model: Any = None,
        verbose: bool = False,
        use_strict_trace: bool = True,
        depth: int | None = None,
        fake: bool | None = None,
    ) -> None:
        """Run a torch module once on ``input_to_model`` and add its graph.

        A tensor is one argument, a tuple or list the arguments, a dict keyword arguments. The model is left as it
        was. With ``depth``, modules that stand that many calls below the model are one node each. A model on the
        meta device is traced without memory; ``fake=True`` does that with any model (there are no values then, and
        code that asks for one is told to the graph's notes), ``fake=False`` with none. ``verbose`` and
        ``use_strict_trace`` are accepted for torch's sake: nothing is printed, and the forward pass is observed and
        not compiled, so that there is nothing to be strict about.

        Raises
        ------
        tbnotebook.tracer.TraceError
            The model raised: its own error, with the module's path and the shapes of its input.
        ImportError
            torch is not installed.
        """
        self.file_writer.raise_if_strict()
        from tbnotebook.tracer import trace_input

        self.file_writer.scribe.add(graph_records(trace_input(model, input_to_model, depth=depth, fake=fake)))

    def add_onnx_graph(
        self, onnx_model_file: str | os.PathLike[str] = "", *, prototxt: str | os.PathLike[str] = ""
    ) -> None:
        """Add the graph of the ONNX model in a file, as `add_graph` adds that of a torch module.

        Parameters
        ----------
        onnx_model_file, prototxt
            The file: the one as tensorboardX calls it, the other as torch does.

        Raises
        ------
        ImportError
            The package onnx is not installed.
        ValueError
            The file holds no ONNX model.
        """
        self.file_writer.raise_if_strict()
        from tbnotebook.graph import onnx_graph

        self.file_writer.scribe.add(graph_records(onnx_graph(onnx_model_file or prototxt)))

    def add_openvino_graph(self, xmlname: str | os.PathLike[str]) -> None:
        """Add the graph of an OpenVINO model, as `add_graph` adds that of a torch module.

        Parameters
        ----------
        xmlname
            The model's ``.xml``; the ``.bin`` beside it is not read.

        Raises
        ------
        ValueError
            The file holds no OpenVINO model.
        """
        self.file_writer.raise_if_strict()
        from tbnotebook.graph import openvino_graph

        self.file_writer.scribe.add(graph_records(openvino_graph(xmlname)))
