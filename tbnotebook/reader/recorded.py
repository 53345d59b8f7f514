"""Everything besides scalars, by kind."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from numpy.typing import NDArray

from tbnotebook.events.hparams import EXPERIMENT, PLUGIN, SESSION_START
from tbnotebook.reader.given import HParams, hparams_of
from tbnotebook.reader.located import Located
from tbnotebook.reader.media import (
    MESH_PARTS,
    Audio,
    Histogram,
    Images,
    PrCurve,
    audio_of,
    histogram_of,
    images_of,
    mesh_name_of,
    pr_curve_of,
    tensor_of,
    texts_of,
)
from tbnotebook.reader.payloads import Payloads, PayloadsByTag


class Recorded(ABC):
    """Decodes what lies in files, for whoever knows where it lies. Nothing is read before it is asked for."""

    @abstractmethod
    def located(self, kind: str) -> Mapping[str, Located]:
        """Return where the payloads of a kind lie, by tag."""

    @property
    def images(self) -> Mapping[str, Payloads[Images]]:
        """Pictures and videos, by tag."""
        return PayloadsByTag(self.located("images"), images_of)

    @property
    def audio(self) -> Mapping[str, Payloads[Audio]]:
        """Sounds, by tag."""
        return PayloadsByTag(self.located("audio"), audio_of)

    @property
    def histograms(self) -> Mapping[str, Payloads[Histogram]]:
        """Histograms, by tag."""
        return PayloadsByTag(self.located("histograms"), histogram_of)

    @property
    def texts(self) -> Mapping[str, Payloads[NDArray[Any]]]:
        """Texts, by tag: arrays of str."""
        return PayloadsByTag(self.located("text"), texts_of)

    @property
    def tensors(self) -> Mapping[str, Payloads[NDArray[Any]]]:
        """Tensors of no other kind, by tag."""
        return PayloadsByTag({**self.located("tensor"), **self.located("tensors")}, tensor_of)

    @property
    def pr_curves(self) -> Mapping[str, Payloads[PrCurve]]:
        """Precision and recall, by tag."""
        return PayloadsByTag(self.located("pr_curves"), pr_curve_of)

    @property
    def meshes(self) -> Mapping[str, Payloads[NDArray[Any]]]:
        """Parts of meshes, by name: vertices as ``<tag>_VERTEX``, then ``_FACE`` and ``_COLOR``, whoever wrote them."""
        named: dict[str, Located] = {}
        for tag, places in self.located("mesh").items():
            name = _mesh_name(tag, places)
            named[tag if name in named else name] = places
        return PayloadsByTag(named, tensor_of)

    @property
    def hparams(self) -> HParams | None:
        """What the run was given; None if nothing says so, or nothing legible."""
        places = self.located(PLUGIN)
        if SESSION_START not in places:
            return None
        told = places.get(EXPERIMENT)
        try:
            return hparams_of(places[SESSION_START].read(-1), None if told is None else told.read(-1))
        except (OSError, ValueError):
            return None


def _mesh_name(tag: str, places: Located) -> str:
    """What a part of a mesh is called: tensorboardX ends the tag with the number of its type."""
    if tag.endswith(tuple(f"_{part}" for part in MESH_PARTS)):
        return tag
    try:
        return mesh_name_of(places.read(0))
    except (OSError, ValueError):
        return tag
