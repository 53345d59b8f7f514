"""The names under which hyperparameters stand in an event file."""

from __future__ import annotations

from typing import Final

PLUGIN: Final = "hparams"
EXPERIMENT: Final = "_hparams_/experiment"
SESSION_START: Final = "_hparams_/session_start_info"
SESSION_END: Final = "_hparams_/session_end_info"
