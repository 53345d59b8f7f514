"""`tbnotebook.patch`: code that imports the peers' writers gets ours, and theirs again once it is undone."""

from __future__ import annotations

from tests.writer.programs import run

THEIRS = """
import sys
import tbnotebook
from tbnotebook import GlobalSummaryWriter, SummaryWriter as Ours
"""


def test_code_that_imports_them_later_gets_ours_without_their_packages() -> None:
    run(
        THEIRS
        + """
class NotInstalled:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("tensorboard", "tensorboardX"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, NotInstalled())
tbnotebook.patch()
from torch.utils.tensorboard import FileWriter, SummaryWriter
from torch.utils.tensorboard.writer import SummaryWriter as Deep
import tensorboardX
import torch.utils.tensorboard as module
import torch
assert SummaryWriter is Deep is tensorboardX.SummaryWriter is module.SummaryWriter is Ours
assert torch.utils.tensorboard.SummaryWriter is Ours
assert FileWriter is tbnotebook.FileWriter
assert tensorboardX.GlobalSummaryWriter is GlobalSummaryWriter
"""
    )


def test_what_was_imported_before_is_replaced_where_it_stands_and_put_back() -> None:
    run(
        THEIRS
        + """
import torch.utils.tensorboard, tensorboardX
from torch.utils.tensorboard import SummaryWriter
from tensorboardX import SummaryWriter as Other
theirs, others = SummaryWriter, Other
with tbnotebook.patch():
    assert SummaryWriter is Other is Ours
    assert torch.utils.tensorboard.SummaryWriter is torch.utils.tensorboard.writer.SummaryWriter is Ours
    tbnotebook.patch()
    assert SummaryWriter is Ours
assert (SummaryWriter, Other) == (theirs, others)
assert torch.utils.tensorboard.SummaryWriter is torch.utils.tensorboard.writer.SummaryWriter is theirs
assert tensorboardX.SummaryWriter is others
assert tbnotebook.SummaryWriter is Ours
"""
    )


def test_undone_before_they_were_imported_nothing_is_left() -> None:
    run(
        THEIRS
        + """
patch = tbnotebook.patch()
from torch.utils.tensorboard import SummaryWriter
assert SummaryWriter is Ours
patch.undo()
from torch.utils.tensorboard import SummaryWriter
import tensorboardX
assert SummaryWriter.__module__ == "torch.utils.tensorboard.writer"
assert tensorboardX.SummaryWriter.__module__ == "tensorboardX.writer"
"""
    )


def test_the_rest_of_their_packages_is_found_where_it_is_installed() -> None:
    run(
        THEIRS
        + """
tbnotebook.patch()
from torch.utils.tensorboard.summary import hparams
from tensorboardX import summary
assert hparams({"lr": 0.1}, {}) and summary.scalar
assert "tensorflow" not in sys.modules
"""
    )
