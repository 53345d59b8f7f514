"""The methods of `SummaryWriter` for pictures."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from tbnotebook.writer.array import Array, take_array
from tbnotebook.writer.summaries.boxes import check_boxes, with_boxes
from tbnotebook.writer.summaries.figure import pixels_of_figures
from tbnotebook.writer.summaries.image import add_picture, check_formats, pixels_of, rescaled
from tbnotebook.writer.summaries.video import add_video, check_video

if TYPE_CHECKING:
    from tbnotebook.writer.summary_entry import SummaryEntry, Taken


class PictureMethods:
    """Adds pictures. They are compressed by the writer's thread."""

    _summaries: SummaryEntry

    def add_image(
        self,
        tag: str,
        img_tensor: Any,
        global_step: Any = None,
        walltime: float | None = None,
        dataformats: str = "CHW",
    ) -> None:
        """Add a picture.

        Parameters
        ----------
        tag
            The picture's name; ``/`` groups.
        img_tensor
            An array or tensor of 1, 3 or 4 channels. ``uint8`` is taken as it is; floats are 0 to 1, what lies beyond
            is clipped, and no number is black; of any other whole numbers 0 to 255, or 0 and 1 where there is nothing
            above, and of ``uint16`` with anything above 255, 0 to 65535. What it holds at the call counts.
        global_step, walltime
            As for `add_scalar`.
        dataformats
            What its axes are: ``"CHW"``, ``"HWC"``, ``"HW"``, or ``"NCHW"`` for several in a grid, in any order.

        Raises
        ------
        BadValue, OSError
            Only in a strict writer, as for `add_scalar`.
        """

        def take() -> Taken:
            array = take_array(img_tensor)
            check_formats(array.shape, dataformats)
            return partial(_fill_picture, dataformats), (array,)

        self._summaries.add(tag, take, global_step, walltime)

    def add_images(
        self,
        tag: str,
        img_tensor: Any,
        global_step: Any = None,
        walltime: float | None = None,
        dataformats: str = "NCHW",
    ) -> None:
        """Add several pictures of one size, as one in rows of eight; else as `add_image`."""
        self.add_image(tag, img_tensor, global_step, walltime, dataformats)

    def add_image_with_boxes(
        self,
        tag: str,
        img_tensor: Any,
        box_tensor: Any,
        global_step: Any = None,
        walltime: float | None = None,
        rescale: float | str = 1,
        dataformats: Any = "CHW",
        labels: Sequence[str] | None = None,
    ) -> None:
        """Add a picture with boxes drawn into it.

        Parameters
        ----------
        box_tensor
            Of shape (number, 4): left, top, right and bottom in pixels.
        rescale
            The picture's size is multiplied by it, after the boxes were drawn. A text is taken for ``dataformats``,
            which stands here in tensorboardX, and what stands behind it for ``labels``.
        labels
            A text for each box; one text for all is a list of one.
        tag, img_tensor, global_step, walltime, dataformats
            As for `add_image`.

        Raises
        ------
        BadValue, OSError
            Only in a strict writer, as for `add_scalar`.
        """
        if isinstance(rescale, str):
            labels = labels if dataformats == "CHW" else dataformats
            rescale, dataformats = 1, rescale

        def take() -> Taken:
            texts = [labels] if isinstance(labels, str) else labels and list(labels)
            array, boxes = take_array(img_tensor), take_array(box_tensor)
            check_formats(array.shape, dataformats)
            check_boxes(boxes.shape, texts)
            return partial(_fill_boxes, dataformats, rescale, texts), (array, boxes)

        self._summaries.add(tag, take, global_step, walltime)

    def add_figure(
        self, tag: str, figure: Any, global_step: Any = None, close: bool = True, walltime: float | None = None
    ) -> None:
        """Add a figure of matplotlib or Plotly, or a list of them, as a picture.

        It is drawn at the call. A figure of Plotly needs the package kaleido, and that a Chrome.

        Parameters
        ----------
        close
            Whether to close figures of matplotlib.
        tag, global_step, walltime
            As for `add_image`.

        Raises
        ------
        ImportError
            kaleido is not installed.
        BadValue, OSError
            Only in a strict writer, as for `add_scalar`.
        """

        def take() -> Taken:
            return partial(_fill_picture, "NHWC"), (pixels_of_figures(figure, close=close),)

        self._summaries.add(tag, take, global_step, walltime)

    def add_video(
        self,
        tag: str,
        vid_tensor: Any,
        global_step: Any = None,
        fps: float = 4,
        walltime: float | None = None,
        dataformats: str = "NTCHW",
    ) -> None:
        """Add a video, as a GIF; several beside each other.

        Parameters
        ----------
        vid_tensor
            Videos of shape (N, T, C, H, W); values as for `add_image`.
        fps
            Frames a second.
        dataformats
            What its axes are, if it is another order.
        tag, global_step, walltime
            As for `add_image`.

        Raises
        ------
        BadValue, OSError
            Only in a strict writer, as for `add_scalar`.
        """

        def take() -> Taken:
            array = take_array(vid_tensor)
            check_video(array.shape, dataformats, fps)
            return partial(_fill_video, dataformats, fps), (array,)

        self._summaries.add(tag, take, global_step, walltime)


def _fill_picture(dataformats: str, summary: Any, tag: bytes, array: Array) -> None:
    add_picture(summary, tag, pixels_of(array, dataformats))


def _fill_boxes(
    dataformats: str, rescale: float, labels: Sequence[str] | None, summary: Any, tag: bytes, array: Array, boxes: Array
) -> None:
    pixels = with_boxes(pixels_of(array, dataformats), boxes, labels)
    add_picture(summary, tag, pixels if rescale == 1 else rescaled(pixels, rescale))


def _fill_video(dataformats: str, fps: float, summary: Any, tag: bytes, array: Array) -> None:
    add_video(summary, tag, array, dataformats, fps)
