from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from tbnotebook.wire.polyline import Polyline, against, over

VECTORS = Path(__file__).parent.parent / "vectors" / "against.json"


def _line(given: dict[str, list[float | str]]) -> Polyline:
    return np.array([float(v) for v in given["x"]]), np.array([float(v) for v in given["y"]])


def test_curves_against_others_give_the_vectors_that_typescript_gives_too() -> None:
    vectors = json.loads(VECTORS.read_text("utf-8"))
    for case in vectors["cases"]:
        curve, other = _line(case["curve"]), _line(case["other"])
        found = {"over": over(curve, other)}
        found |= {how: against(curve, other, how) for how in ("difference", "ratio")}
        for name, got in found.items():
            for mine, want in zip(got, _line(case[name]), strict=True):
                np.testing.assert_allclose(mine, want, rtol=vectors["tolerance"], err_msg=f"{case['name']}, {name}")


def test_a_loss_over_epochs_stands_between_them() -> None:
    steps = np.arange(5.0)
    x, y = over((steps, steps * 10), (np.array([0.0, 4.0]), np.array([0.0, 1.0])))
    assert x.tolist() == [0, 0.25, 0.5, 0.75, 1]
    assert y.tolist() == [0, 10, 20, 30, 40]


def test_a_run_is_compared_where_the_baseline_has_values() -> None:
    steps = np.arange(6.0)
    baseline = (np.array([1.0, 3.0]), np.array([2.0, 4.0]))
    assert against((steps, steps), baseline, "difference")[1].tolist() == [-1, -1, -1]
    assert against((steps, steps), baseline, "ratio")[0].tolist() == [1, 2, 3]
