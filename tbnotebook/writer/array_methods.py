"""The methods of `SummaryWriter` for distributions, tensors, curves of a classifier, meshes, sound and text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from tbnotebook.writer.array import Array, arrived, take_array
from tbnotebook.writer.summaries.audio import add_sound, check_sound
from tbnotebook.writer.summaries.histogram import Histogram, add_histogram, histogram_of
from tbnotebook.writer.summaries.mesh import add_mesh, check_mesh, encode_config
from tbnotebook.writer.summaries.pr_curve import add_pr_curve, check_predictions, curve_of
from tbnotebook.writer.summaries.tensor import add_tensor
from tbnotebook.writer.summaries.text import SUFFIX, add_text, texts_of
from tbnotebook.writer.values import BadValue, to_number, to_tag

if TYPE_CHECKING:
    from tbnotebook.writer.summary_entry import SummaryEntry, Taken


class ArrayMethods:
    """Adds what is made from arrays and is no picture, by the writer's thread."""

    _summaries: SummaryEntry

    def add_tensor(self, tag: str, tensor: Any, global_step: Any = None, walltime: float | None = None) -> None:
        """Add an array or tensor of any shape, with all of its values.

        Raises
        ------
        BadValue, OSError
            Only in a strict writer, as for `add_scalar`.
        """
        self._summaries.add(tag, lambda: (_fill_tensor, (take_array(tensor),)), global_step, walltime)

    def add_histogram(
        self,
        tag: str,
        values: Any,
        global_step: Any = None,
        bins: Any = "tensorflow",
        walltime: float | None = None,
        max_bins: int | None = None,
    ) -> None:
        """Add how the values of an array are distributed.

        Parameters
        ----------
        tag
            Its name; ``/`` groups.
        values
            An array or tensor of any shape. What it holds at the call counts. Values that are no finite numbers are
            left out, and warned of once.
        global_step, walltime
            As for `add_scalar`.
        bins
            ``"tensorflow"``: ten per cent wide, each edge within half a per cent of TensorFlow's; values count as
            float32. Or whatever `numpy.histogram` takes.
        max_bins
            Neighbours are joined until there are no more.

        Raises
        ------
        BadValue, OSError
            Only in a strict writer, as for `add_scalar`.
        """

        def take() -> Taken:
            edges = bins if isinstance(bins, (str, int)) else arrived(take_array(bins))
            return partial(self._fill_histogram, edges, max_bins), (take_array(values),)

        self._summaries.add(tag, take, global_step, walltime)

    def _fill_histogram(self, bins: Any, max_bins: int | None, summary: Any, tag: bytes, array: Array) -> None:
        found = histogram_of(array, bins, max_bins)
        if found.left_out:
            self._summaries.warn(
                "values of histograms that are no finite numbers",
                f"{found.left_out} of {array.size} values of the histogram {tag.decode()!r} are no finite numbers",
            )
        add_histogram(summary, tag, found)

    def add_histogram_raw(
        self,
        tag: str,
        min: float,
        max: float,
        num: float,
        sum: float,
        sum_squares: float,
        bucket_limits: Any,
        bucket_counts: Any,
        global_step: Any = None,
        walltime: float | None = None,
    ) -> None:
        """Add a histogram that was counted elsewhere.

        Parameters
        ----------
        min, max, num, sum, sum_squares
            Of the values: the least and the greatest, how many, their sum and the sum of their squares.
        bucket_limits, bucket_counts
            The upper edge of each bin, and how many values it has; as many of these as of those.
        tag, global_step, walltime
            As for `add_histogram`.

        Raises
        ------
        BadValue, OSError
            Only in a strict writer, as for `add_scalar`.
        """

        def take() -> Taken:
            limits, counts = take_array(bucket_limits), take_array(bucket_counts)
            if np.prod(limits.shape) != np.prod(counts.shape):
                raise BadValue(f"there is a limit for each count; got the shapes {limits.shape} and {counts.shape}")
            moments = [to_number(each) for each in (min, max, num, sum, sum_squares)]
            return partial(_fill_histogram_raw, moments), (limits, counts)

        self._summaries.add(tag, take, global_step, walltime)

    def add_pr_curve(
        self,
        tag: str,
        labels: Any,
        predictions: Any,
        global_step: Any = None,
        num_thresholds: int = 127,
        weights: Any = None,
        walltime: float | None = None,
    ) -> None:
        """Add precision and recall by threshold.

        Parameters
        ----------
        labels
            Whether each is true: 0 or 1.
        predictions
            How probable each was taken to be, 0 to 1; what lies beyond counts as 0 or 1. What is no number is left
            out, and warned of once.
        num_thresholds
            How many, evenly from 0 to 1.
        weights
            How much each counts; by default 1.
        tag, global_step, walltime
            As for `add_histogram`.

        Raises
        ------
        BadValue, OSError
            Only in a strict writer, as for `add_scalar`.
        """

        def take() -> Taken:
            true, guessed = take_array(labels), take_array(predictions)
            check_predictions(true.shape, guessed.shape, num_thresholds)
            counted = () if weights is None else (take_array(weights),)
            return partial(self._fill_pr_curve, num_thresholds), (true, guessed, *counted)

        self._summaries.add(tag, take, global_step, walltime)

    def _fill_pr_curve(
        self, thresholds: int, summary: Any, tag: bytes, labels: Array, guesses: Array, weights: Array | None = None
    ) -> None:
        if left_out := int(np.isnan(guesses).sum()):
            self._summaries.warn(
                "predictions that are no numbers",
                f"{left_out} of {guesses.size} predictions of {tag.decode()!r} are no numbers",
            )
        add_pr_curve(summary, tag, curve_of(labels, guesses, thresholds, weights))

    def add_pr_curve_raw(
        self,
        tag: str,
        true_positive_counts: Any,
        false_positive_counts: Any,
        true_negative_counts: Any,
        false_negative_counts: Any,
        precision: Any,
        recall: Any,
        global_step: Any = None,
        num_thresholds: int = 127,
        weights: Any = None,
        walltime: float | None = None,
    ) -> None:
        """Add precision and recall that were counted elsewhere: six arrays of one value a threshold.

        ``num_thresholds`` and ``weights`` are accepted for the peers' sake; the arrays say how many there are.

        Raises
        ------
        BadValue, OSError
            Only in a strict writer, as for `add_scalar`.
        """

        def take() -> Taken:
            counts = [true_positive_counts, false_positive_counts, true_negative_counts, false_negative_counts]
            rows = [take_array(row) for row in (*counts, precision, recall)]
            if len({np.prod(row.shape) for row in rows}) > 1 or 0 in rows[0].shape:
                raise BadValue(f"six arrays of one length were expected; got the shapes {[row.shape for row in rows]}")
            return _fill_pr_curve_raw, rows

        self._summaries.add(tag, take, global_step, walltime)

    def add_mesh(
        self,
        tag: str,
        vertices: Any,
        colors: Any = None,
        faces: Any = None,
        config_dict: dict[str, Any] | None = None,
        global_step: Any = None,
        walltime: float | None = None,
    ) -> None:
        """Add meshes or clouds of points.

        Parameters
        ----------
        vertices
            Where the points lie, of shape (batch, number, 3).
        colors
            Red, green and blue of each, 0 to 255, of the same shape.
        faces
            Which three vertices make a triangle, of shape (batch, number of faces, 3).
        config_dict
            Names and configuration of ThreeJS's classes.
        tag, global_step, walltime
            As for `add_histogram`.

        Raises
        ------
        BadValue, OSError
            Only in a strict writer, as for `add_scalar`.
        """

        def take() -> Taken:
            given = {"VERTEX": vertices, "FACE": faces, "COLOR": colors}
            parts = {part: take_array(array) for part, array in given.items() if array is not None}
            check_mesh({part: array.shape for part, array in parts.items()})
            return partial(_fill_mesh, list(parts), encode_config(config_dict)), list(parts.values())

        self._summaries.add(tag, take, global_step, walltime)

    def add_audio(
        self,
        tag: str,
        snd_tensor: Any,
        global_step: Any = None,
        sample_rate: int = 44100,
        walltime: float | None = None,
    ) -> None:
        """Add a sound.

        Parameters
        ----------
        snd_tensor
            Of shape (frames,) or (channels, frames): floats of -1 to 1, clipped, or whole numbers that fill their
            dtype.
        sample_rate
            Frames a second.
        tag, global_step, walltime
            As for `add_histogram`.

        Raises
        ------
        BadValue, OSError
            Only in a strict writer, as for `add_scalar`.
        """

        def take() -> Taken:
            array = take_array(snd_tensor)
            check_sound(array.shape, sample_rate)
            return partial(_fill_sound, int(sample_rate)), (array,)

        self._summaries.add(tag, take, global_step, walltime)

    def add_text(self, tag: str, text_string: Any, global_step: Any = None, walltime: float | None = None) -> None:
        """Add a text, in Markdown; or a list or table of texts.

        Its tag in the file ends with ``/text_summary``, as with torch.

        Raises
        ------
        BadValue, OSError
            Only in a strict writer, as for `add_scalar`.
        """

        def take() -> Taken:
            return partial(_fill_text, *texts_of(text_string)), ()

        try:
            named = to_tag(tag).decode() + SUFFIX
        except BadValue:
            named = tag
        self._summaries.add(named, take, global_step, walltime)


def _fill_tensor(summary: Any, tag: bytes, array: Array) -> None:
    add_tensor(summary, tag, array)


def _fill_histogram_raw(moments: Sequence[float], summary: Any, tag: bytes, limits: Array, counts: Array) -> None:
    least, greatest, number, total, squares = moments
    edges, found = (each.reshape(-1).astype(np.float64) for each in (limits, counts))
    add_histogram(summary, tag, Histogram(least, greatest, number, total, squares, edges, found))


def _fill_pr_curve_raw(summary: Any, tag: bytes, *rows: Array) -> None:
    add_pr_curve(summary, tag, np.stack([row.reshape(-1) for row in rows]).astype(np.float32))


def _fill_mesh(parts: list[str], config: bytes, summary: Any, tag: bytes, *arrays: Array) -> None:
    add_mesh(summary, tag, dict(zip(parts, arrays)), config)


def _fill_sound(sample_rate: int, summary: Any, tag: bytes, array: Array) -> None:
    add_sound(summary, tag, array, sample_rate)


def _fill_text(texts: list[bytes], shape: tuple[int, ...], summary: Any, tag: bytes) -> None:
    add_text(summary, tag, texts, shape)
