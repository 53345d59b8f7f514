"""Precision and recall by threshold."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tbnotebook.events import schema
from tbnotebook.writer.summaries.tensor import add_tensor
from tbnotebook.writer.values import BadValue

_LEAST_COUNT: Final = 1e-7  # instead of a division by zero, as TensorBoard has it


def curve_of(
    labels: NDArray[Any], predictions: NDArray[Any], thresholds: int, weights: NDArray[Any] | None
) -> NDArray[np.float32]:
    """Return true and false positives, true and false negatives, precision and recall, of shape (6, thresholds).

    As ``tensorboard.plugins.pr_curve.summary`` computes them: threshold k is k / (thresholds - 1), and what is at
    least as much is taken for positive. A prediction that is no number does not count.
    """
    guesses = predictions.reshape(-1).astype(np.float64)
    known = ~np.isnan(guesses)
    if not known.any():
        raise BadValue(f"a curve needs a prediction that is a number; got none of {guesses.size}")
    places = np.floor(guesses[known].clip(0, 1) * (thresholds - 1)).astype(np.intp)
    true = labels.reshape(-1)[known].astype(np.float64)
    weight = np.ones(len(true)) if weights is None else np.broadcast_to(weights, labels.shape).reshape(-1)[known]
    positive = np.bincount(places, true * weight, thresholds)[::-1].cumsum()[::-1]
    negative = np.bincount(places, (1 - true) * weight, thresholds)[::-1].cumsum()[::-1]
    missed = positive[0] - positive
    rows = [positive, negative, negative[0] - negative, missed]
    rows += [
        positive / np.maximum(_LEAST_COUNT, positive + negative),
        positive / np.maximum(_LEAST_COUNT, positive + missed),
    ]
    return np.stack(rows).astype(np.float32)


def check_predictions(labels: tuple[int, ...], predictions: tuple[int, ...], thresholds: Any) -> None:
    """Check that there is a prediction for each label, and more than one threshold.

    Raises
    ------
    BadValue
        It is not so.
    """
    if np.prod(labels) != np.prod(predictions) or 0 in labels:
        raise BadValue(f"labels and predictions are as many; got the shapes {labels} and {predictions}")
    if not (isinstance(thresholds, int) and thresholds > 1):
        raise BadValue(f"num_thresholds is a whole number above 1; got {thresholds!r}")


def add_pr_curve(summary: Any, tag: bytes, curve: NDArray[np.float32]) -> None:
    """Add a curve of shape (6, thresholds) to a summary."""
    known = schema.PrCurvePluginData(num_thresholds=curve.shape[1])
    add_tensor(summary, tag, curve, b"pr_curves", known.SerializeToString())
