from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tbnotebook.wire.polyline import ascending, compared, values_at

VECTORS = Path(__file__).parent.parent / "vectors" / "polyline.json"
WAYS: tuple[Literal["difference"], Literal["ratio"]] = ("difference", "ratio")


def _numbers(values: list[float | str]) -> NDArray[np.float64]:
    return np.array([float(value) for value in values])


def test_values_between_points_are_the_vectors_that_typescript_gives_too() -> None:
    vectors = json.loads(VECTORS.read_text("utf-8"))
    near = vectors["tolerance"]
    for case in vectors["cases"]:
        places = _numbers(case["places"])
        got = values_at(places, *ascending(_numbers(case["x"]), _numbers(case["y"])))
        np.testing.assert_allclose(got, _numbers(case["values"]), rtol=near, err_msg=case["name"])
        for how in WAYS:
            np.testing.assert_allclose(compared(places, got, how), _numbers(case[how]), rtol=near, err_msg=case["name"])
