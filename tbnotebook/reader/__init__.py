"""Event files → columns."""

from tbnotebook.reader.attempt import Attempt
from tbnotebook.reader.frame import Frame
from tbnotebook.reader.located import Located
from tbnotebook.reader.logdir import Changes, LogDir
from tbnotebook.reader.problem import Problem
from tbnotebook.reader.run import Run
from tbnotebook.reader.scan import Scan, scan
from tbnotebook.reader.series import Scalars
from tbnotebook.reader.store import Store
from tbnotebook.reader.table import Table

__all__ = [
    "Attempt",
    "Changes",
    "Frame",
    "Located",
    "LogDir",
    "Problem",
    "Run",
    "Scalars",
    "Scan",
    "Store",
    "Table",
    "scan",
]
