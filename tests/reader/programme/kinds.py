"""A payload of each kind that writers write, and all that a log shows as something to compare."""

from __future__ import annotations

import struct

from tbnotebook.events.loss import Loss, encode_loss
from tbnotebook.events.schema import DataType, Event, GraphDef
from tests.reader.files import points


def tensor_scalar(tag, step, value=None, wall_time=None, *, plugin=b"scalars", content=False):
    """A scalar as TensorFlow 2 writes it; ``plugin`` None for one of a tag whose metadata came before."""
    event = Event(wall_time=1000.0 + step if wall_time is None else wall_time, step=step)
    entry = event.summary.value.add(tag=tag.encode())
    entry.tensor.dtype = DataType.FLOAT
    entry.tensor.tensor_shape.SetInParent()
    number = step if value is None else value
    if content:
        entry.tensor.tensor_content = struct.pack("<f", number)
    else:
        entry.tensor.float_val.append(number)
    if plugin is not None:
        entry.metadata.plugin_data.plugin_name = plugin
    return event.SerializeToString()


def several(step, wall_time=None, **values):
    """Simple values of several tags in one event."""
    event = Event(wall_time=1000.0 + step if wall_time is None else wall_time, step=step)
    for tag, value in values.items():
        event.summary.value.add(tag=tag.encode(), simple_value=value)
    return event.SerializeToString()


def image(tag, step, wall_time=None, data=b"\x89PNG data"):
    event = Event(wall_time=1000.0 + step if wall_time is None else wall_time, step=step)
    made = event.summary.value.add(tag=tag.encode()).image
    made.height, made.width, made.colorspace, made.encoded_image_string = 2, 3, 3, data
    return event.SerializeToString()


def audio(tag, step, wall_time=None):
    event = Event(wall_time=1000.0 + step if wall_time is None else wall_time, step=step)
    made = event.summary.value.add(tag=tag.encode()).audio
    made.sample_rate, made.num_channels, made.length_frames = 8000.0, 1, 2
    made.encoded_audio_string, made.content_type = b"RIFF data", b"audio/wav"
    return event.SerializeToString()


def histogram(tag, step, wall_time=None):
    event = Event(wall_time=1000.0 + step if wall_time is None else wall_time, step=step)
    made = event.summary.value.add(tag=tag.encode()).histo
    made.min, made.max, made.num, made.sum, made.sum_squares = 0.0, 2.0, 3.0, 3.0, 5.0
    made.bucket_limit.extend([1.0, 2.0])
    made.bucket.extend([1.0, 2.0])
    return event.SerializeToString()


def words(tag, step, wall_time=None, said=b"**said**"):
    """A text."""
    event = Event(wall_time=1000.0 + step if wall_time is None else wall_time, step=step)
    entry = event.summary.value.add(tag=tag.encode())
    entry.tensor.dtype = DataType.STRING
    entry.tensor.tensor_shape.dim.add(size=1)
    entry.tensor.string_val.append(said)
    entry.metadata.plugin_data.plugin_name = b"text"
    return event.SerializeToString()


def graphdef(*names):
    made = GraphDef()
    for name in names:
        made.node.add(name=name.encode(), op=b"NoOp")
    return made.SerializeToString()


def graph(name, wall_time=1000.0):
    return Event(wall_time=wall_time, graph_def=graphdef(name)).SerializeToString()


def meta_graph(name, wall_time=1000.0):
    data = graphdef(name)
    meta = b"\x12" + bytes([len(data)]) + data  # MetaGraphDef.graph_def = 2
    return Event(wall_time=wall_time, meta_graph_def=meta).SerializeToString()


def note(wall_time=1000.0, loss=None):
    """A log message: what a writer lost, or anything else."""
    event = Event(wall_time=wall_time)
    event.log_message.message = b"all is well" if loss is None else encode_loss(Loss(loss, None, "No space left"))
    return event.SerializeToString()


def shown(log):
    """All that a log shows, comparable; where the trouble is, too."""
    return {
        "points": points(log),
        "runs": {
            name: (
                None if run.graph is None else [node.name for node in run.graph.nodes],
                run.graph_attempt,
                run.ended,
                run.first_wall_time,
                run.last_wall_time,
                run.lost,
            )
            for name, run in log.runs.items()
        },
        "problems": [(p.run, p.kind, p.offset, p.reason) for p in log.problems],
    }
