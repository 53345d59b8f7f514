"""Everything that is no scalar, from every writer: decoded when it is looked at, and only then."""

from __future__ import annotations

import io

import numpy as np
import pytest
import tensorboardX
import torch.utils.tensorboard
from PIL import Image
from tensorboard.compat.proto.tensor_pb2 import TensorProto
from tensorboard.util import tensor_util

import tbnotebook
from tbnotebook.events import schema
from tbnotebook.reader import LogDir
from tbnotebook.reader.media import histogram_of, images_of, texts_of
from tbnotebook.reader.tensor import array_of
from tests.reader.files import NAME, records, version

DRAW = np.random.default_rng(2)
PIXELS = DRAW.integers(0, 256, (3, 5, 7), dtype=np.uint8)
VALUES = DRAW.normal(size=100)
LABELS, GUESSES = DRAW.integers(0, 2, 50), DRAW.random(50)
VERTICES = DRAW.random((1, 9, 3)).astype(np.float32)
WRITERS = {"ours": tbnotebook, "torch": torch.utils.tensorboard, "tensorboardX": tensorboardX}


@pytest.fixture(scope="module", params=WRITERS)
def run(request, tmp_path_factory):
    """A run with all that a writer writes."""
    folder = tmp_path_factory.mktemp("logs")
    with WRITERS[request.param].SummaryWriter(str(folder)) as writer:
        for step in (1, 4):
            writer.add_image("picture", PIXELS, step)
            writer.add_histogram("weights", VALUES, step, bins=10)
            writer.add_text("words", "a **b** ü", step)
            if request.param != "tensorboardX":  # which wants the package soundfile for it
                writer.add_audio("tone", np.zeros((1, 20), np.float32), step, 8000)
            writer.add_pr_curve("curve", LABELS, GUESSES, step, 11)
            writer.add_mesh(
                "cloud", VERTICES if request.param != "torch" else torch.from_numpy(VERTICES), global_step=step
            )
    log = LogDir(folder)
    log.poll()
    return log.runs["."]


def test_pictures_come_back(run):
    assert list(run.images) == ["picture"]
    pictures = run.images["picture"]
    assert (pictures.step.tolist(), len(pictures)) == ([1, 4], 2)
    (encoded,) = pictures[-1].encoded
    assert (np.asarray(Image.open(io.BytesIO(encoded))) == PIXELS.transpose(1, 2, 0)).all()
    assert (pictures[0].width, pictures[0].height) == (7, 5)


def test_histograms_come_back_with_the_edges_that_were_counted(run):
    found = run.histograms["weights"][1]
    counts, edges = np.histogram(VALUES, 10)
    assert found.count.tolist() == counts.tolist()
    assert np.append(found.left, found.right[-1]) == pytest.approx(edges)
    assert (found.min, found.max) == pytest.approx((VALUES.min(), VALUES.max()))


def test_texts_come_back(run):
    assert list(run.texts) == ["words/text_summary"]
    assert run.texts["words/text_summary"][0].tolist() == ["a **b** ü"]


def test_sounds_come_back(run):
    if not run.audio:
        pytest.skip("this writer was given none")
    found = run.audio["tone"][0]
    assert found.labels == ("",)
    assert found.encoded[0].startswith(b"RIFF")


def test_precision_and_recall_come_back(run):
    found = run.pr_curves["curve"][0]
    assert found.thresholds.tolist() == pytest.approx(np.linspace(0, 1, 11).tolist())
    assert found.true_positives[0] == LABELS.sum()
    assert (found.true_positives + found.false_negatives).tolist() == pytest.approx([LABELS.sum()] * 11)


def test_meshes_come_back(run):
    assert list(run.meshes) == ["cloud_VERTEX"]  # tensorboardX has the tag cloud_1
    assert run.meshes["cloud_VERTEX"][0] == pytest.approx(VERTICES)


def test_what_is_not_looked_at_is_not_read(tmp_path):
    with tbnotebook.SummaryWriter(tmp_path) as writer:
        writer.add_image("picture", PIXELS, 1)
    log = LogDir(tmp_path)
    log.poll()
    pictures = log.run.images["picture"]
    next(tmp_path.glob("*tfevents*")).unlink()
    assert pictures.step.tolist() == [1]
    with pytest.raises(OSError, match="tfevents"):
        pictures[0]


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6, dtype=np.int32).reshape(2, 3),
        np.array(0.5, np.float16),
        np.array([True, False]),
        np.array([b"a", b"\xff"], object),
        np.zeros((0, 3), np.float32),
        np.arange(4, dtype=np.uint64),
        np.array([[1.5, -2.5]], np.float64),
    ],
)
def test_tensors_are_what_tensorflow_makes_of_them(array):
    made = tensor_util.make_tensor_proto(array, shape=array.shape)
    found = array_of(schema.TensorProto.FromString(made.SerializeToString()))
    assert found.shape == array.shape
    assert found.tolist() == tensor_util.make_ndarray(made).tolist()


def test_the_last_value_fills_the_rest_of_a_tensor():
    made = TensorProto(dtype=1, float_val=[1.0, 2.0], tensor_shape={"dim": [{"size": 2}, {"size": 3}]})
    found = array_of(schema.TensorProto.FromString(made.SerializeToString()))
    assert found.tolist() == [[1, 2, 2], [2, 2, 2]]


def tensor(**fields):
    return schema.SummaryValue(tag=b"x", tensor=schema.TensorProto(**fields))


def shape(*sizes):
    return schema.TensorShapeProto(dim=[schema.TensorShapeDim(size=size) for size in sizes])


@pytest.mark.parametrize(
    "value",
    [
        tensor(dtype=1, float_val=[1.0], tensor_shape=shape(1 << 40)),
        tensor(dtype=1, tensor_content=b"abc", tensor_shape=shape(1)),
        tensor(dtype=1, float_val=[1.0], tensor_shape=shape(-1)),
        tensor(dtype=99, tensor_shape=shape()),
        tensor(dtype=7, string_val=[b"7", b"five", b"png"], tensor_shape=shape(3)),
        tensor(dtype=7, string_val=[b"7"], tensor_shape=shape(1)),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_reason(value):
    payload = value.SerializeToString()
    for decode in (images_of, histogram_of, texts_of) if value.tensor.dtype != 7 else (images_of, histogram_of):
        with pytest.raises(ValueError, match=r"\w"):
            decode(payload)
    with pytest.raises(ValueError, match=r"no Summary\.Value"):
        images_of(b"\xff" * 9)


def test_bytes_that_are_no_hyperparameters_give_none(tmp_path):
    value = schema.SummaryValue(tag=b"_hparams_/session_start_info")
    value.metadata.plugin_data.plugin_name = b"hparams"
    value.metadata.plugin_data.content = b"\xff" * 9
    event = schema.Event(summary=schema.Summary(value=[value]))
    (tmp_path / NAME).write_bytes(records(version(), event.SerializeToString()))
    log = LogDir(tmp_path)
    log.poll()
    assert log.run.kinds == ("hparams",)
    assert log.run.hparams is None
