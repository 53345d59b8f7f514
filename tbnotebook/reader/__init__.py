"""Event files → columns."""

from tbnotebook.reader.frame import Frame
from tbnotebook.reader.logdir import Changes, LogDir
from tbnotebook.reader.problem import Problem
from tbnotebook.reader.run import Attempt, Run
from tbnotebook.reader.series import Scalars

__all__ = ["Attempt", "Changes", "Frame", "LogDir", "Problem", "Run", "Scalars"]
