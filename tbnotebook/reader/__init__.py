"""Event files → columns."""

from tbnotebook.reader.logdir import Changes, LogDir
from tbnotebook.reader.problem import Problem
from tbnotebook.reader.run import Attempt, Run
from tbnotebook.reader.series import Scalars

__all__ = ["Attempt", "Changes", "LogDir", "Problem", "Run", "Scalars"]
