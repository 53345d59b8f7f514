"""The page of methods: each has a test in which it is written, one in which TensorBoard shows it, one in which we read
what the others wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from tbnotebook import SummaryWriter
from tests.faults_page import names_of_tests

HERE = Path(__file__).parent
PAGE = HERE / "METHODS.md"

SHOWS = "test_tensorboard_shows.py::test_"
READ = "../reader/test_media.py::test_"
PICTURES, ARRAYS, RUN = "test_add_pictures.py::test_", "test_add_arrays.py::test_", "test_whole_run.py::test_"
GRAPHS = "../graph/test_tensorboard.py::test_"
SCALARS = "../reader/test_corpus.py::test_every_file_gives_the_points_that_tensorboard_shows"

# Written as the peers do; shown by TensorBoard's server; read by us from files of torch, tensorboardX or TensorFlow.
METHODS = {
    "add_scalar": (
        "test_tensorboard_reads.py::test_values_steps_and_wall_times_are_equal",
        f"{SHOWS}scalars_and_layouts",
        SCALARS,
    ),
    "add_scalars": (
        "test_add_scalars.py::test_tensorboards_loaders_read_the_same_as_of_torchs_files",
        f"{SHOWS}scalars_and_layouts",
        "../reader/test_kinship.py::test_torchs_folders_fold_as_ours_do",
    ),
    "add_custom_scalars": (
        "test_custom_scalars.py::test_the_values_are_byte_by_byte_those_of_the_peers",
        f"{SHOWS}scalars_and_layouts",
        "../reader/test_chart_layout.py::test_a_layout_is_read_as_it_was_given_and_no_curve_of_its_own",
    ),
    "add_image": (
        f"{PICTURES}a_picture_has_the_pixels_that_torch_writes",
        f"{SHOWS}pictures",
        f"{READ}pictures_come_back",
    ),
    "add_images": (
        f"{PICTURES}several_pictures_are_laid_out_as_torch_does",
        f"{SHOWS}pictures",
        f"{READ}pictures_come_back",
    ),
    "add_image_with_boxes": (
        f"{PICTURES}boxes_are_drawn_where_they_are_said_to_be",
        f"{SHOWS}pictures",
        f"{READ}pictures_come_back",
    ),
    "add_figure": (f"{PICTURES}a_figure_is_a_picture_and_is_closed", f"{SHOWS}pictures", f"{READ}pictures_come_back"),
    "add_video": (f"{PICTURES}a_video_has_its_frames_and_their_rate", f"{SHOWS}pictures", f"{READ}pictures_come_back"),
    "add_histogram": (
        f"{ARRAYS}moments_are_those_that_torch_writes",
        f"{SHOWS}histograms_and_distributions",
        f"{READ}histograms_come_back_with_the_edges_that_were_counted",
    ),
    "add_histogram_raw": (
        f"{ARRAYS}a_histogram_counted_elsewhere_is_written_as_it_is",
        f"{SHOWS}histograms_and_distributions",
        f"{READ}histograms_come_back_with_the_edges_that_were_counted",
    ),
    "add_audio": (f"{ARRAYS}sound_is_the_wav_that_torch_writes", f"{SHOWS}sound", f"{READ}sounds_come_back"),
    "add_text": (
        f"{ARRAYS}text_is_what_torch_writes_and_tables_have_a_shape",
        f"{SHOWS}text",
        f"{READ}texts_come_back",
    ),
    "add_tensor": (
        f"{ARRAYS}a_tensor_comes_back_with_its_dtype_and_shape",
        "",
        f"{READ}tensors_are_what_tensorflow_makes_of_them",
    ),
    "add_pr_curve": (
        f"{ARRAYS}precision_and_recall_are_those_that_torch_writes",
        f"{SHOWS}precision_and_recall",
        f"{READ}precision_and_recall_come_back",
    ),
    "add_pr_curve_raw": (
        f"{ARRAYS}precision_and_recall_counted_elsewhere_are_written_as_they_are",
        f"{SHOWS}precision_and_recall",
        f"{READ}precision_and_recall_come_back",
    ),
    "add_mesh": (f"{ARRAYS}a_mesh_has_the_parts_that_torch_writes", f"{SHOWS}meshes", f"{READ}meshes_come_back"),
    "add_hparams": (
        "test_add_hparams.py::test_tensorboards_page_shows_what_was_given_and_how_it_ended",
        f"{SHOWS}hyperparameters",
        "../reader/test_corpus.py::test_every_file_gives_the_hyperparameters_that_it_holds",
    ),
    "add_embedding": (f"{RUN}an_embedding_has_the_files_that_torch_writes", f"{SHOWS}embeddings", ""),
    "add_onnx_graph": (
        "../graph/test_onnx.py::test_an_onnx_file_has_scopes_shapes_weights_and_sums",
        "../graph/test_onnx.py::test_it_goes_through_the_event_file_and_tensorboard_reads_it",
        "",
    ),
    "add_openvino_graph": (
        "../graph/test_openvino.py::test_a_models_xml_has_scopes_shapes_weights_and_sums",
        "../graph/test_openvino.py::test_it_goes_through_the_event_file_and_tensorboard_reads_it",
        "",
    ),
    "add_graph": (
        f"{GRAPHS}tensorboard_sees_the_network_with_shapes_on_its_edges",
        f"{SHOWS}graphs",
        "../reader/test_corpus.py::test_every_file_gives_the_points_that_tensorboard_shows",
    ),
}
# What else the peers' writers have.
BESIDES = {
    "names, order and defaults of all arguments": "test_signatures.py::test_a_call_of_the_peers_is_one_of_ours",
    "`SummaryWriter(log_dir=…)`, `SummaryWriter(logdir=…)`": "test_lifecycle.py::test_both_constructors_are_understood",
    "the folder where none is given": "test_lifecycle.py::test_the_default_folder_is_torchs",
    "`flush`": "test_lifecycle.py::test_flush_says_that_all_is_written",
    "`close`, `with`": "test_lifecycle.py::test_the_context_manager_closes",
    "`add_…` after `close`": "test_lifecycle.py::test_a_write_after_close_opens_a_new_file_and_leaves_the_first",
    "`use_metadata`": f"{RUN}what_holds_for_a_block_is_meant_where_a_call_says_nothing",
    "`export_scalars_to_json`": f"{RUN}scalars_of_several_keys_are_exported",
    "`GlobalSummaryWriter`": f"{RUN}a_writer_for_the_process_keeps_the_step_of_each_tag",
    "`file_writer.add_event`, `add_summary`": (
        "test_tensorboard_reads.py::test_foreign_summaries_and_events_pass_through"
    ),
    "`file_writer.add_graph`, `add_onnx_graph`, `add_openvino_graph`": (
        "test_tensorboard_reads.py::test_a_pair_of_graph_and_run_metadata_passes_through"
    ),
    "`file_writer.use_metadata`": f"{RUN}so_it_does_for_whole_events",
    "`file_writer.get_logdir`, `close`, `reopen`, `event_writer._file_name`; `all_writers`, `_get_file_writer`": (
        "test_lifecycle.py::test_frameworks_find_what_they_reach_for"
    ),
    "`tbnotebook.patch()` before their import": (
        "test_patch.py::test_code_that_imports_them_later_gets_ours_without_their_packages"
    ),
    "`tbnotebook.patch()` after it, and undone": (
        "test_patch.py::test_what_was_imported_before_is_replaced_where_it_stands_and_put_back"
    ),
    "arrays that change after the call": f"{PICTURES}a_picture_that_changes_after_the_call_is_written_as_it_was",
}
SAME = {
    "add_custom_scalars_multilinechart": "add_custom_scalars",
    "add_custom_scalars_marginchart": "add_custom_scalars",
}

HEAD = """# What each method writes, and who reads it

Each cell names a test of `make test`: that the method writes what torch's writer does, or what it says, that the \
real TensorBoard's server shows it, with the loader in Python and with the one in Rust, and that our reader has it \
from files of torch, tensorboardX or TensorFlow. A dash: TensorBoard has no page for bare tensors, the files of \
embeddings are the Projector's alone, and a graph from ONNX or OpenVINO is one as any other.

| method | written | TensorBoard shows it | we read theirs |
| --- | --- | --- | --- |
"""


FOOT = """
What their writers have besides.

| what | shown by |
| --- | --- |
"""


PROOFS = {proof for proofs in METHODS.values() for proof in proofs if proof} | set(BESIDES.values())


def link(proof: str) -> str:
    file, _, test = proof.partition("::")
    return f"[`{test}`]({file})" if proof else "–"


def page() -> str:
    methods = "".join(f"| `{method}` | {' | '.join(map(link, proofs))} |\n" for method, proofs in METHODS.items())
    return HEAD + methods + FOOT + "".join(f"| {what} | {link(proof)} |\n" for what, proof in BESIDES.items())


def test_it_is_made_of_these_rows() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_method_has_a_row() -> None:
    methods = {name for name in dir(SummaryWriter) if name.startswith("add_")}
    assert methods - SAME.keys() == METHODS.keys()


@pytest.mark.parametrize("proof", sorted(PROOFS))
def test_each_test_it_names_exists(proof: str) -> None:
    file, _, test = proof.partition("::")
    assert test in names_of_tests((HERE / file).resolve())
