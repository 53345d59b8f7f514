"""A log folder whose writer means harm: names, texts, hyperparameters, pictures, sounds, and what lies beside them.

What calls the canary would set ``tbnRan`` on a window where it is defined, what asks for something asks the beacon.
"""

from __future__ import annotations

import pickle
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tbnotebook import SummaryWriter
from tbnotebook.events import schema

# No sign in it ends an attribute without quotes, so that CommonMark takes such tags for HTML.
CANARY = "top.canary()"
# What lies outside the folder, to which links and paths in it lead: nobody may see it.
SECRET = "tbn-secret-2c7f"
DEFINED = "void (window.canary = () => { window.tbnRan = 1; })"


def names(beacon: str) -> list[str]:
    """Tags, runs and hyperparameters are called like this: all of it is text."""
    return [
        f"<img src=x onerror={CANARY}>",
        f"<script>{CANARY}</script>",
        f"<svg onload={CANARY}>",
        f'"><b onmouseover={CANARY}>bold',
        f"&lt;img src=x onerror={CANARY}&gt;",
        "{{7*7}}",
        f'<a href="{beacon}7">x</a>',
        "<a href=/lab?reset>x</a>",
        f'<span style="fill:url({beacon}9)">x</span>',
        f"<a popup= target=_top href={beacon}10>x</a>",
        "%{x}",
        "%{fullData.__proto__}",
        f"$\\href{{javascript:{CANARY}}}{{x}}$",
        "abc\u202egnp.exe",
        "nul\0esc\x1bline\nend",
        "loss\u200b",
        "loss",
        "__proto__",
        "constructor",
        "hasOwnProperty",
        f"</script><script>{CANARY}</script>",
        f"<!--<script>{CANARY}",
        "line\u2028separator",
        "=cmd|'/C calc'!A0",
    ]


def texts(beacon: str) -> dict[str, str]:
    """By what is tried, Markdown whose links, pictures, styles, forms and scripts must come to nothing."""
    run, at = CANARY, beacon
    script = f"<script>{run}</script><img src=x onerror={run}><svg onload={run}><b onclick={run}>bold</b>"
    return {
        "html": script,
        "html in a block": f"<div>\n{script}\n</div>\n\n<details open ontoggle={run}><summary>x</summary></details>",
        "script link": f"[a](javascript:{run}) <a href='javascript:{run}'>b</a>",
        "data link": f"[a](data:text/html,<script>{run}</script>) <a href='data:text/html,x'>b</a>",
        "entities": f"[a](JaVa&#x0A;script:{run}) <a href='JaVa&#x0A;script:{run}'>b</a> <a href='&#1;javascript:1'>",
        "by reference": f"[a]\n\n[a]: javascript:{run}",
        "own link": "[a](/lab?reset) <a href=//127.0.0.1/x>b</a> <a href=x>c</a> [d](#id) <a href='vbscript:1'>d</a>",
        "picture": f"![alt]({at}p) ![](data:image/png;base64,AAAA) ![x](/api/x)",
        "own picture": "<img src=/api/contents> <img srcset=/api/x> <picture><source srcset=/api/y></picture>",
        "style": f"<style>*{{background:url({at}s)}}</style><p style='background:url({at}t)'>x</p>",
        "link": f"<link rel=stylesheet href={at}l><link rel=prefetch href={at}f><meta http-equiv=refresh content=0>",
        "command": "<button data-commandlinker-command='notebook:run-all-cells' data-x=1>x</button>",
        "clobbering": "<a id=jupyterapp name=jupyterapp href=https://example.org/>x</a><img name=cookie><form id=body>",
        "class": "<div class='jp-Dialog tbn-overlay jp-mod-active'>x</div><p part=a slot=b is=c>y</p>",
        "form": f"<form action={at}form><input autofocus onfocus={run}><textarea></textarea></form>",
        "mathml": f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror={run}&gt;'>",
        "noscript": f"<noscript><p title='</noscript><img src=x onerror={run}>'>",
        "frame": f"<iframe srcdoc='<script>{run}</script>'></iframe><object data={at}o></object><embed src={at}e>",
        "base": f"<base href={at}><template><script>{run}</script></template><video src={at}v autoplay></video>",
        "autolink": f"<javascript:{run}> <{at}a> {at}b",
        "brackets": "[" * 20_000,
        "rows": "|a|b|\n|-|-|\n" + "|1|2|\n" * 100_000,
        "reopened": "".join(f"<b a{i}><i a{i}>" for i in range(400)) + "x\n\n" + "y\n\n" * 900,
        "deep": "<table><tr><td>" * 300 + ">" * 3000 + "- " * 3000,
    }


def write(folder: Path, beacon: str) -> None:
    """Write the folder."""
    with SummaryWriter(folder / "texts") as writer:
        for tag, text in texts(beacon).items():
            writer.add_text(tag, text, 0)
        writer.add_text("cells", [[f"<img src={beacon}c onerror={CANARY}>", f"[a](javascript:{CANARY})"]] * 2, 0)
    with SummaryWriter(folder / "names") as writer:
        tone = np.zeros(80, np.float32)
        flat = np.zeros((3, 2, 2), np.uint8)
        for name in names(beacon):
            writer.add_scalar(name, 1, 0)
            writer.add_text(name, "harmless", 0)
            writer.add_image(name, flat, 0)
            writer.add_audio(name, tone, 0, sample_rate=8000)
            writer.add_histogram(name, np.arange(9.0), 0)
        add_sounds(writer, "labels", [(b"", name) for name in names(beacon)])
    with SummaryWriter(folder / "pictures") as writer:
        for tag, encoded in pictures(beacon).items():
            value = schema.SummaryValue(tag=tag.encode())
            value.image.width = value.image.height = 8
            value.image.encoded_image_string = encoded
            writer.file_writer.add_summary(schema.Summary(value=[value]), 0)
    for number, name in enumerate(names(beacon)[:6]):
        # A folder's name can hold no slash.
        with SummaryWriter(folder / name.replace("/", "∕")) as writer:
            writer.add_text("of runs", "harmless", number)
            writer.add_hparams({one: one for one in names(beacon) if "\0" not in one}, {"loss": number}, run_name=".")
    write_beside(folder)


class Unpickled:
    """Whoever loads it says so, by a file."""

    def __init__(self, told: Path) -> None:
        self._told = told

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self._told,)


def write_beside(folder: Path) -> None:
    """Write what no reader of logs has to open: pickles, weights, a network whose data is elsewhere, a projector's.

    Whoever loads a pickle makes ``loaded`` beside the folder.
    """
    secret = folder.parent / "secret.txt"
    secret.write_text(SECRET)
    beside = folder / "beside"
    beside.mkdir()
    loaded = pickle.dumps(Unpickled(folder.parent / "loaded"))
    config = f'embeddings {{\n  metadata_path: "{secret}"\n  sprite {{ image_path: "../../secret.txt" }}\n}}\n'
    baits = {
        "state.pkl": loaded,
        "model.pt": loaded,
        "events.pickle": loaded,
        "model.onnx": f"location{secret}".encode(),
        "projector_config.pbtxt": config.encode(),
    }
    for name, content in baits.items():
        (beside / name).write_bytes(content)
    (beside / "etc").symlink_to("/etc")
    (beside / "up").symlink_to("../..")
    # Its name is that of an event file, its content is none.
    (beside / "events.out.tfevents.9.link").symlink_to(secret)


def pictures(beacon: str) -> dict[str, bytes]:
    """What claims to be a picture, and is none that a page should decode."""
    page = f"<!doctype html><script>{CANARY}</script><img src={beacon}polyglot>".encode()
    return {
        "svg": f"<svg xmlns='http://www.w3.org/2000/svg' onload='{CANARY}'><image href='{beacon}svg'/></svg>".encode(),
        "huge": png(60_000, 60_000, b"IDAT", zlib.compress(bytes(7501 * 600), 9)),
        "polyglot": b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0, 0, 0) + b"!\xfe" + bytes([len(page)]) + page + b"\0;",
        "frames": png(8, 8, b"acTL", struct.pack(">II", 1_000_000, 0)),
    }


def png(width: int, height: int, name: bytes, content: bytes) -> bytes:
    """Return a PNG of one bit a pixel with one more chunk."""
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)), (name, content), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*one) for one in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def add_sounds(writer: SummaryWriter, tag: str, sounds: list[tuple[bytes, str]]) -> None:
    """Write sounds with labels as TensorFlow does, whatever their bytes are."""
    value = schema.SummaryValue(tag=tag.encode())
    value.metadata.plugin_data.plugin_name = b"audio"
    value.tensor.dtype = 7
    for size in (len(sounds), 2):
        value.tensor.tensor_shape.dim.add(size=size)
    value.tensor.string_val.extend(_pairs(sounds))
    writer.file_writer.add_summary(schema.Summary(value=[value]), 0)


def _pairs(sounds: list[tuple[bytes, str]]) -> Iterator[bytes]:
    for encoded, label in sounds:
        yield encoded
        yield label.encode()
