"""The methods of `SummaryWriter` for what concerns a run as a whole."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tbnotebook.writer.array import arrived, take_array
from tbnotebook.writer.embedding import Embedding, config_of, embedding_of, store
from tbnotebook.writer.values import as_bad_value, describe, to_step

if TYPE_CHECKING:
    from tbnotebook.writer.file_writer import FileWriter
    from tbnotebook.writer.hparams_entry import HParamsEntry
    from tbnotebook.writer.scalars_entry import ScalarsEntry
    from tbnotebook.writer.summary_entry import SummaryEntry


class RunMethods:
    """Adds hyperparameters and embeddings, and exports scalars."""

    file_writer: FileWriter
    log_dir: str
    _summaries: SummaryEntry
    _scalars: ScalarsEntry
    _hparams: HParamsEntry
    _embeddings: dict[str, Embedding]

    def add_hparams(
        self,
        hparam_dict: Mapping[str, Any],
        metric_dict: Mapping[str, Any],
        hparam_domain_discrete: Mapping[str, Sequence[Any]] | str | None = None,
        run_name: str | None = None,
        global_step: Any = None,
        *,
        name: str | None = None,
    ) -> None:
        """Add what the run was given and by what it is judged.

        They are written to a folder of their own below the run's, as torch does, where TensorBoard finds them.

        Parameters
        ----------
        hparam_dict
            Name → bool, number, text or None. A dict within gives ``outer/inner`` for each of its keys, a list
            ``name/0``, ``name/1`` and so on; anything else is its text.
        metric_dict
            Tag → one real number, as `add_scalar` takes it.
        hparam_domain_discrete
            Name → list of all that a hyperparameter may be. A text is taken for ``name``, which stands here in
            tensorboardX.
        run_name, name
            The folder's; by default the time in seconds.
        global_step
            The metrics' step.

        Raises
        ------
        BadValue, OSError
            Only in a strict writer, as for `add_scalar`; then nothing is added.
        """
        if isinstance(hparam_domain_discrete, str):
            name, hparam_domain_discrete = hparam_domain_discrete, None
        step = self._summaries.step_of(global_step)
        self._hparams.add(hparam_dict, metric_dict, hparam_domain_discrete, run_name or name, step)

    def add_embedding(
        self,
        mat: Any,
        metadata: Any = None,
        label_img: Any = None,
        global_step: Any = None,
        tag: str = "default",
        metadata_header: Sequence[str] | None = None,
    ) -> None:
        """Add points of many dimensions, for TensorBoard's Projector.

        Its files are written at the call, beside the event files: ``<step>/<tag>/tensors.tsv`` and what belongs to
        it, and ``projector_config.pbtxt`` for all of this writer.

        Parameters
        ----------
        mat
            Of shape (points, dimensions).
        metadata
            A label for each point; with ``metadata_header`` a list of as many columns.
        label_img
            A picture for each point, of shape (points, C, H, W), values as for `add_image`.
        global_step
            A whole number; by default 0.
        tag
            The embedding's name.
        metadata_header
            The names of the columns.

        Raises
        ------
        BadValue, OSError
            Only in a strict writer: an argument that no file can hold; a file that cannot be written.
        """
        self.file_writer.raise_if_strict()
        if not self.file_writer.writes:
            return
        try:
            step = to_step(self._summaries.step_of(global_step) or 0)
            pictures = None if label_img is None else arrived(take_array(label_img))
            found = embedding_of(arrived(take_array(mat)), metadata, pictures, metadata_header, str(tag), step)
            config = config_of((self._embeddings | {found.folder: found}).values())
            store(self.file_writer.place, found, config)
        except Exception as error:  # a foreign object's own, too
            problem = error if isinstance(error, OSError) else as_bad_value(error)
            if self.file_writer.strict:
                raise problem from problem.__cause__
            self.file_writer.scribe.tally.leave_out(f"an embedding of tag {describe(tag)}", problem)
            return
        # Of the files no more than their names is needed again.
        self._embeddings[found.folder] = Embedding(
            found.name, found.folder, dict.fromkeys(found.files, b""), found.sprite
        )

    def export_scalars_to_json(self, path: Any) -> None:
        """Write all points that this writer's `add_scalars` has in its files to a JSON file.

        As tensorboardX: ``{"<log_dir>/<main_tag>/<key>": [[wall time, step, value], …]}``.

        Raises
        ------
        OSError
            A file cannot be read or written.
        """
        self.file_writer.flush()
        found = self._scalars.points()
        with open(path, "w", encoding="utf-8") as file:
            json.dump({f"{self.log_dir}/{tag}/{key}": points for (tag, key), points in found.items()}, file)
